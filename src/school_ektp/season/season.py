"""A season: what was planned and announced, what happened, and what is planned now."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.files import read_bytes
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.priorities import Priorities
from school_ektp.model.school import School
from school_ektp.model.team import KitOutage, Team
from school_ektp.plan.data import P
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.roster.frames import AnyTable
from school_ektp.season.data import SeasonData
from school_ektp.season.findings import Finding
from school_ektp.season.learnt import overrule as overruled_with
from school_ektp.season.rates import Trust
from school_ektp.season.rebuild import PARTS
from school_ektp.season.records import Record, Records, known_pupils, records_of
from school_ektp.season.replan import ROUNDS, planned_again
from school_ektp.season.resumed import resumed
from school_ektp.season.rosters import CountedRoster
from school_ektp.season.saved import REST, season_parts
from school_ektp.season.standing import Standing
from school_ektp.season.turns import OnProgress, Turns

NOTICE_DAYS = 7


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Season(SeasonData[P]):
    """
    A season of visits, as a value: each call returns another season and changes nothing.

    What it holds and knows is in `SeasonData`; here is what can be told and asked.
    """

    # What happened

    def record(
        self,
        outcomes: Records,
        *,
        roster: AnyTable | None = None,
        policy: EligibilityPolicy | None = None,
        priorities: Priorities | None = None,
    ) -> Season[P]:
        """
        Return the season with what happened.

        The same outcome twice changes nothing, and a later one replaces an earlier one. Two of
        one call that disagree are told, and what was known before stays.

        Args:
            outcomes: `Outcome` and `OfficeOutcome`, alone or several in any order; what
                `read_outcomes` gives; or a frame, see `records.OUTCOMES`.
            roster: The roster that the keys of pupils are of; without it pupils are counted by
                school and class, and their keys only tell whether somebody was recorded twice.
            policy: As for the demand; the default policy when None.
            priorities: As for the demand; all alike when None.

        Raises:
            InvalidFieldError: Something else than records.

        Warns:
            SchoolEktpWarning: Records were not taken; `findings` says which and why.
        """
        records, refused = self._fitting(records_of(outcomes))
        ledger, told = self.ledger.recorded(records)
        people, unknown = known_pupils(records, roster, policy, priorities)
        fresh = {one.key: one for one in (*self.people, *people)}
        missing = (*refused, *(one for one in told if one.kind == "disagree"))
        if missing:
            message = (
                f"{len(missing)} records were not taken: "
                + " ".join(one.text("en") for one in missing)
                + " See Season.findings."
            )
            warnings.warn(message, SchoolEktpWarning, stacklevel=2)
        return attrs.evolve(
            self,
            ledger=ledger,
            people=tuple(sorted(fresh.values())),
            told=tuple(dict.fromkeys((*self.told, *refused, *told, *unknown))),
        )

    def _fitting(self, records: Iterable[Record]) -> tuple[list[Record], list[Finding]]:
        sites = {school.npsn for school in self._known.schools}
        taken: list[Record] = []
        refused: list[Finding] = []
        for one in records:
            if one.day not in self.calendar.span:
                refused.append(Finding("outside_season", one.day, one.team, one.site))
            elif one.site and one.site not in sites:
                refused.append(Finding("unknown_site", one.day, one.team, one.site))
            else:
                taken.append(one)
        return taken, refused

    def withdraw(self, *, day: dt.date, team: str, site: str) -> Season[P]:
        """Return the season without the outcomes of a visit that were told by mistake."""
        return attrs.evolve(self, ledger=self.ledger.without(day, team, site))

    def with_demand(
        self,
        demand: Iterable[SchoolDemand],
        *,
        on: dt.date,
        knows_recorded: bool = True,
        schools: Iterable[School] | None = None,
    ) -> Season[P]:
        """
        Return the season with a new roster, counted: a new class in July, transfers, a register.

        Args:
            demand: Its pupils, as `demand_of` counts them; schools that are not in it have none.
            on: The day from whose morning it holds. A roster of the same day is replaced.
            knows_recorded: Whether those recorded before count as recorded in it, as after a
                match with a register of that day. If not, they are taken out again.
            schools: All schools, if there are others now.

        Raises:
            InvalidFieldError: It holds from the first day or before, or before another one.
        """
        first = self.rosters[0].on
        if on <= first:
            fault = f"must be after the first day {first}, got {on}"
            raise InvalidFieldError("Season.with_demand", "on", fault)
        new = CountedRoster(on=on, demand=tuple(demand), knows_recorded=knows_recorded)
        rosters = sorted(
            (new, *(one for one in self.rosters if one.on != on)), key=lambda one: one.on
        )
        there = self.schools if schools is None else _by_npsn(schools)
        return attrs.evolve(self, rosters=tuple(rosters), schools=there)

    # What is different now

    def pause(self, first: dt.date, last: dt.date) -> Season[P]:
        """Return the season in which no team goes out from *first* to *last*."""
        span = DaySpan(first, last)
        teams = tuple(attrs.evolve(team, away=(*team.away, span)) for team in self.teams)
        return attrs.evolve(self, teams=teams)

    def lose_day(self, team: str, day: dt.date) -> Season[P]:
        """Return the season in which one team does not go out on *day*."""
        old = self._team(team)
        return self._with(attrs.evolve(old, away=(*old.away, DaySpan(day))))

    def lose_kits(self, team: str, first: dt.date, last: dt.date, *, kits: int = 1) -> Season[P]:
        """Return the season in which *kits* of a team are out of order from *first* to *last*."""
        old = self._team(team)
        outage = KitOutage(DaySpan(first, last), kits=kits)
        return self._with(attrs.evolve(old, outages=(*old.outages, outage)))

    def close_school(
        self, site: str, first: dt.date, last: dt.date | None = None, *, reason: str
    ) -> Season[P]:
        """Return the season in which a school receives nobody from *first* to *last*, or on."""
        if site not in {school.npsn for school in self.schools}:
            raise InvalidFieldError("Season.close_school", "site", f"is not in the plan: {site!r}")
        closure = Closure(DaySpan(first, last or self.calendar.last_day), reason, npsn=site)
        closures = (*self.calendar.closures, closure)
        return attrs.evolve(self, calendar=attrs.evolve(self.calendar, closures=closures))

    def with_team(self, team: Team) -> Season[P]:
        """Return the season with one more team, or with another one of the same name."""
        return self._with(team)

    def _team(self, name: str) -> Team:
        found = [team for team in self.teams if team.name == name]
        if not found:
            raise InvalidFieldError("Season", "team", f"is not in the plan: {name!r}")
        return found[0]

    def _with(self, team: Team) -> Season[P]:
        others = (one for one in self.teams if one.name != team.name)
        return attrs.evolve(self, teams=_by_name((team, *others)))

    def overrule(
        self,
        rate: str,
        value: float | None,
        *,
        site: str = "",
        team: str = "",
        level: str = "",
    ) -> Season[P]:
        """
        Return the season in which a rate is what somebody says, whatever is learnt.

        Args:
            rate: Which, such as ``"turnout"``, see `learnt`.
            value: A share, walk-ins a visit, or minutes; None goes back to what is learnt.
            site: For one school.
            team: For one team.
            level: For one school level.

        Raises:
            InvalidFieldError: There is no such rate, or its value cannot be.
        """
        overruled = overruled_with(self.overruled, rate, value, site=site, team=team, level=level)
        return attrs.evolve(self, overruled=overruled)

    # What is planned

    def replan(
        self,
        *,
        on: dt.date,
        notice_days: int = NOTICE_DAYS,
        pupils_per_move: int | None = 1,
        learn: bool = True,
        bound: bool = True,
        stop: Stop | None = None,
        seed: int = 0,
        on_progress: OnProgress | None = None,
        **changes: object,
    ) -> Season[P]:
        """
        Return the season planned again from a day on; what lies before it stays as it was.

        Recorded visits count with their outcomes. Visits before *on* without an outcome count as
        expected, and `findings` tells them. Team-days with an outcome are past, whatever *on* is.

        Args:
            on: First day that can still be changed.
            notice_days: Visits of so many days from *on* are announced: they stay at their
                minute, if they can be made at all.
            pupils_per_move: A later visit is moved or dropped only if the new plan is worth so
                many pupils more for each; None keeps every one that can be kept.
            learn: Plan with the rates that were learnt, see `learnt`.
            bound: Work out how far the plan is from the best; seconds for a regency. Without it
                the gap is told against everybody recorded at no cost.
            stop: Stop rule of the whole call; ``MaxIterations(1000)`` when None.
            seed: Seed of each search.
            on_progress: Called with the progress of all searches together.
            **changes: What is different from now on: `schools`, `teams`, `calendar`, `rules`,
                `worth`, `risks`.

        Returns:
            A season whose `changes` tells what was moved, added and dropped.

        Raises:
            InvalidFieldError: *on* is before `today`, a number is negative, or there is no such
                change.
            ProblemError: The changed parts do not fit together.

        Warns:
            SchoolEktpWarning: Pinned visits of the rules cannot be kept; `unkept` holds them.
        """
        turns = Turns(stop or MaxIterations(ROUNDS))
        self._check(on, notice_days, pupils_per_move, changes)
        season = self._changed(changes)
        past, coming = self._split(on)
        where = season._standing(on, past)  # noqa: SLF001 - a season, too
        until = on + dt.timedelta(days=notice_days)
        found = planned_again(
            resumed(self.plan, where, **season._circumstances(where, learn=learn)),  # noqa: SLF001
            before=coming,
            turns=turns,
            announced=[visit for visit in coming if visit.day >= until],
            fixed=[visit for visit in coming if visit.day < until],
            pupils_per_move=pupils_per_move,
            bound=bound,
            seed=seed,
            on_progress=on_progress,
        )
        if found.unkept:
            message = (
                f"{len(found.unkept)} pinned visits cannot be kept; Season.unkept holds them, "
                "take them out of rules.pinned"
            )
            warnings.warn(message, SchoolEktpWarning, stacklevel=2)
        return attrs.evolve(season, plan=found.plan, past=past, before=coming, unkept=found.unkept)

    def _check(
        self,
        on: dt.date,
        notice_days: int,
        pupils_per_move: int | None,
        changes: Iterable[str],
    ) -> None:
        owner = "Season.replan"
        if on < self.today:
            fault = f"must not be before {self.today}, the day planned from last, got {on}"
            raise InvalidFieldError(owner, "on", fault)
        for name, value in (("notice_days", notice_days), ("pupils_per_move", pupils_per_move)):
            if value is not None and value < 0:
                raise InvalidFieldError(owner, name, f"must be at least 0, got {value}")
        for name in changes:
            if name not in PARTS or name == "demand":
                raise InvalidFieldError(owner, name, "is no part of a season that can change")

    def _changed(self, changes: Mapping[str, object]) -> Season[P]:
        parts: dict[str, Any] = dict(changes)
        if "schools" in parts:
            parts["schools"] = _by_npsn(parts["schools"])
        if "teams" in parts:
            parts["teams"] = _by_name(parts["teams"])
        return attrs.evolve(self, **parts)

    def _circumstances(self, where: Standing, *, learn: bool) -> dict[str, object]:
        """Return what the next plan is made of, beside who is left."""
        parts: dict[str, object] = {name: getattr(self, name) for name in PARTS if name != "demand"}
        gone = {(day, team) for day, team, _ in self.ledger.visits}
        pinned = tuple(
            pin
            for pin in self.rules.pinned
            if pin.day >= where.on and (pin.day, pin.team) not in gone
        )
        parts["rules"] = attrs.evolve(self.rules, pinned=pinned)
        if learn and self.teams:
            learnt = self._learnt(where)
            parts |= {"risks": learnt.risks(self.risks), "teams": learnt.teams(self.teams)}
        return parts


def _by_npsn(schools: Iterable[School]) -> tuple[School, ...]:
    return tuple(sorted(schools, key=lambda school: school.npsn))


def _by_name(teams: Iterable[Team]) -> tuple[Team, ...]:
    return tuple(sorted(teams, key=lambda team: team.name))


def begin(plan: P, *, trust: Trust | None = None) -> Season[P]:
    """
    Return the season of a plan, in which nothing has happened yet.

    Args:
        plan: The plan that is announced.
        trust: How much the plan's own rates weigh against what outcomes teach; `Trust()` when
            None.
    """
    first = CountedRoster(on=plan.names.date(plan.problem.today), demand=plan.demand)
    return Season(
        begun=plan,
        plan=plan,
        rosters=(first,),
        before=plan.visit_list,
        schools=plan.schools,
        teams=plan.teams,
        calendar=plan.calendar,
        rules=plan.rules,
        worth=plan.worth,
        risks=plan.risks,
        trust=trust or Trust(),
    )


def season_from_text(text: str | bytes, kind: type[P], source: str = "the text") -> Season[P]:
    """
    Return the season of a document, see `Season.text`.

    Args:
        text: The document.
        kind: The class of its plans.
        source: What messages call it, such as the name of the file.

    Raises:
        ReadError: Not such a document, of a later edition, damaged, or its parts do not fit
            together.
    """
    begun, plan, rest = season_parts(text, kind, source)
    return Season(begun=begun, plan=plan, **{name: getattr(rest, name) for name in REST})


def season_from_file(file: Path | str, kind: type[P]) -> Season[P]:
    """
    Read a season that `Season.save` wrote.

    Args:
        file: The file.
        kind: The class of its plans.

    Raises:
        ReadError: As for `season_from_text`, or the file cannot be opened.
    """
    return season_from_text(read_bytes(file), kind, Path(file).name)
