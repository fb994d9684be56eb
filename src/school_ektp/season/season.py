"""A season: what was planned and announced, what happened, and what is planned now."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.files import read_bytes
from school_ektp.model import arguments
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.priorities import Priorities
from school_ektp.model.school import School
from school_ektp.model.team import KitOutage, Team
from school_ektp.model.visit import PinnedVisit, Visit
from school_ektp.plan.data import P
from school_ektp.plan.unkept import pin_text, warn_of_days
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.roster.frames import AnyTable
from school_ektp.season.data import SeasonData
from school_ektp.season.issues import SeasonIssue
from school_ektp.season.learnt import overrule as overruled_with
from school_ektp.season.rates import Trust
from school_ektp.season.rebuild import PARTS, check_parts
from school_ektp.season.records import Record, Records, given_records, known_pupils
from school_ektp.season.replan import ROUNDS, planned_again
from school_ektp.season.resumed import resumed
from school_ektp.season.rosters import CountedRoster
from school_ektp.season.saved import REST, season_parts
from school_ektp.season.standing import Standing
from school_ektp.season.turns import OnProgress, Turns

NOTICE_DAYS = 7

Part = TypeVar("Part", School, Team)


@attrs.frozen(kw_only=True, repr=False)
class Season(SeasonData[P]):
    """
    A season of visits, as a value: each call returns another season and changes nothing.

    What it holds and knows is in `SeasonData`; here is what can be reported and asked.
    """

    # What happened

    @arguments.checked
    def record(
        self,
        outcomes: Records,
        *,
        sheets: Iterable[Any] = (),
        roster: AnyTable | None = None,
        policy: EligibilityPolicy | None = None,
        priorities: Priorities | None = None,
    ) -> Season[P]:
        """
        Return the season with what happened.

        The same outcome twice changes nothing, and a later one replaces an earlier one. Two of
        one call that disagree are reported, and what was known before stays.

        Args:
            outcomes: `Outcome` and `OfficeOutcome`, alone or several in any order; the path of a
                file or folder that teams brought back, or a pattern; what `read_outcomes` gives;
                or a frame, see `frames.OUTCOMES`.
            sheets: The call sheets that were printed; without them ticks are not read.
            roster: The roster that the keys of pupils are of, and that names in a frame are matched
                to; without it pupils are counted by school and class, and their keys only tell
                whether somebody was recorded twice.
            policy: As for the demand; the default policy when None.
            priorities: As for the demand; all alike when None.

        Raises:
            InvalidFieldError: Something else than records.
            RosterSchemaError: A frame lacks columns, or holds what cannot be read.
            ReadError: A path leads to nothing.

        Warns:
            SchoolEktpWarning: Records were not taken; `issues` says which and why. Or rows of
                files, or columns of files and frames, were not; `read_outcomes` gives them.
        """
        given = given_records(outcomes, self.plan, sheets, roster)
        if given.issues:
            message = f"not everything was read, see read_outcomes():\n{_cut(given.issues)}"
            warnings.warn(message, SchoolEktpWarning, stacklevel=3)
        records, refused = self._fitting(given.records)
        ledger, noted = self.ledger.recorded(records)
        people, unknown = known_pupils(records, roster, policy, priorities)
        fresh = {one.key: one for one in (*self.people, *people)}
        missing = (*refused, *(one for one in noted if one.kind == "disagree"))
        if missing:
            some = "1 record was" if len(missing) == 1 else f"{len(missing)} records were"
            message = (
                f"{some} not taken: "
                + " ".join(one.text("en") for one in self._named(missing))
                + " See Season.issues."
            )
            warnings.warn(message, SchoolEktpWarning, stacklevel=3)
        return attrs.evolve(
            self,
            ledger=ledger,
            people=tuple(sorted(fresh.values())),
            told=tuple(dict.fromkeys((*self.told, *refused, *noted, *given.doubtful, *unknown))),
        )

    def _fitting(self, records: Iterable[Record]) -> tuple[list[Record], list[SeasonIssue]]:
        sites = {school.npsn for school in self._known.schools}
        taken: list[Record] = []
        refused: list[SeasonIssue] = []
        for one in records:
            if one.day not in self.calendar.span:
                refused.append(SeasonIssue("outside_season", one.day, one.team, one.site))
            elif one.site and one.site not in sites:
                refused.append(SeasonIssue("unknown_site", one.day, one.team, one.site))
            else:
                taken.append(one)
        return taken, refused

    @arguments.checked
    def withdraw(self, *, day: dt.date, team: str = "", site: str = "") -> Season[P]:
        """
        Return the season without what was reported of a visit, or of the office, by mistake.

        Args:
            day: The date that it was reported of.
            team: Name of the team; empty for what was reported of the office.
            site: NPSN of the school; empty when the office asked for none.

        Raises:
            InvalidFieldError: Nothing was reported of it.
        """
        ledger = self.ledger.without(day, team, site)
        if ledger == self.ledger:
            where = ", ".join(part for part in (team, site) if part) or "the office"
            fault = f"must be a date of which something was reported of {where}, got {day}"
            raise InvalidFieldError("Season.withdraw", "day", fault)
        return attrs.evolve(self, ledger=ledger)

    @arguments.checked
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
            InvalidFieldError: It holds from the first day or before, or after the last one; it
                counts a school twice, or one that is not among the schools.
        """
        owner, first, last = "Season.with_demand", self.rosters[0].on, self.calendar.last_day
        if not first < on <= last:
            fault = f"must be after the first day {first} and not after the last, {last}, got {on}"
            raise InvalidFieldError(owner, "on", fault)
        hint = "SchoolDemand, such as demand_of(roster) returns"
        counts = arguments.several(owner, "demand", demand, SchoolDemand, hint)
        new = CountedRoster(on=on, demand=counts, knows_recorded=knows_recorded)
        rosters = sorted(
            (new, *(one for one in self.rosters if one.on != on)), key=lambda one: one.on
        )
        season = self if schools is None else self._changed({"schools": schools})
        counted = Counter(one.npsn for one in new.demand)
        if twice := sorted(npsn for npsn, times in counted.items() if times > 1):
            raise InvalidFieldError(owner, "demand", f"counts schools twice: {', '.join(twice)}")
        if missing := sorted(counted.keys() - {school.npsn for school in season.schools}):
            fault = f"counts schools that are not there, give schools=: {', '.join(missing)}"
            raise InvalidFieldError(owner, "demand", fault)
        return attrs.evolve(season, rosters=tuple(rosters))

    # What is different now

    def pause(self, first: dt.date, last: dt.date) -> Season[P]:
        """
        Return the season in which no team goes out from *first* to *last*.

        It holds for teams that come later, too.

        Raises:
            InvalidFieldError: No day of it lies in the season.
        """
        span = self._touching("pause", DaySpan(first, last))
        return attrs.evolve(self, pauses=(*self.pauses, span))

    def lose_day(self, team: str, day: dt.date) -> Season[P]:
        """
        Return the season in which one team does not go out on *day*.

        Raises:
            InvalidFieldError: There is no such team, or the day is not in the season.
        """
        old = self._team(team)
        span = self._touching("lose_day", DaySpan(day))
        return self._with(attrs.evolve(old, away=(*old.away, span)))

    def lose_kits(self, team: str, first: dt.date, last: dt.date, *, kits: int = 1) -> Season[P]:
        """
        Return the season in which *kits* of a team are out of order from *first* to *last*.

        Raises:
            InvalidFieldError: There is no such team, or no day of it lies in the season.
        """
        old = self._team(team)
        outage = KitOutage(self._touching("lose_kits", DaySpan(first, last)), kits=kits)
        return self._with(attrs.evolve(old, outages=(*old.outages, outage)))

    def close_school(
        self, site: str, first: dt.date, last: dt.date | None = None, *, reason: str
    ) -> Season[P]:
        """
        Return the season in which a school receives nobody from *first* to *last*, or on.

        Raises:
            InvalidFieldError: There is no such school, or no day of it lies in the season.
        """
        owner = "Season.close_school"
        arguments.known(owner, "site", site, {school.npsn for school in self.schools})
        arguments.date(owner, "first", first)
        if last is None:
            last = max(self.calendar.last_day, first)
        span = self._touching("close_school", DaySpan(first, last))
        closure = Closure(span, reason, npsn=site)
        closures = (*self.calendar.closures, closure)
        return attrs.evolve(self, calendar=attrs.evolve(self.calendar, closures=closures))

    def with_team(self, team: Team) -> Season[P]:
        """Return the season with one more team, or with another one of the same name."""
        return self._with(team)

    def _touching(self, call: str, span: DaySpan) -> DaySpan:
        """Return a span of which some day lies in the season."""
        whole = self.calendar.span
        if span.last < whole.first or span.first > whole.last:
            name = "day" if call == "lose_day" else "first"
            fault = f"must lie in the season from {whole.first} to {whole.last}, got {span.first}"
            raise InvalidFieldError(f"Season.{call}", name, fault)
        return span

    def _team(self, name: str) -> Team:
        by_name = {team.name: team for team in self.teams}
        arguments.known("Season", "team", name, by_name)
        return by_name[name]

    def _with(self, team: Team) -> Season[P]:
        others = (one for one in self.teams if one.name != getattr(team, "name", ""))
        return self._changed({"teams": (team, *others)})

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
            InvalidFieldError: There is no such rate, school or team, or its value cannot be.
        """
        owner, known = "Season.overrule", self._known
        if site or not isinstance(site, str):
            arguments.known(owner, "site", site, {one.npsn for one in known.schools})
        if team or not isinstance(team, str):
            arguments.known(owner, "team", team, {one.name for one in known.teams})
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
        expected, and `issues` tells them. Days on which a team has been out are past, whatever
        *on* is. A visit that was cancelled for a day to come is not planned again for that day.

        Args:
            on: First day that can still be changed.
            notice_days: Visits of so many days from *on* are announced: they stay at their
                minute, if they can be made at all.
            pupils_per_move: A later visit is moved or dropped only if the new plan is worth so
                many pupils more for each; None keeps every one that can be kept. Less than
                `replan` asks: there every visit counts as announced, here those within the
                notice do, and they stay.
            learn: Plan with the rates that were learnt, see `learnt`.
            bound: Work out how far the plan is from the best; seconds for a regency. Without it
                the gap is measured against everybody recorded at no cost.
            stop: Stop rule of the whole call; ``MaxIterations(1000)`` when None.
            seed: Seed of each search.
            on_progress: Called with the progress of all searches together.
            **changes: What is different from now on: `schools`, `teams`, `calendar`, `rules`,
                `worth`, `risks`.

        Returns:
            A season whose `changes` tells what was moved, added and dropped.

        Raises:
            InvalidFieldError: *on* is no date or before `today`, a number is negative, or there is
                no such change.
            ProblemError: The changed parts do not fit together.

        Warns:
            SchoolEktpWarning: Pinned visits of the rules cannot be kept, those of days gone by
                among them; `unkept` holds them. No day is left to plan, or days kept free are all
                that a team has.
        """
        turns = Turns(MaxIterations(ROUNDS) if stop is None else stop)
        self._check(on, notice_days, pupils_per_move, changes)
        season = self._changed(changes)
        past, coming = self._split(on)
        where = season._standing(on, past)  # noqa: SLF001 - a season, too
        fresh = resumed(self.plan, where, **season._circumstances(where, coming, learn=learn))  # noqa: SLF001
        warn_of_days(fresh, rules="rules" in changes)
        found = planned_again(
            fresh,
            before=coming,
            turns=turns,
            announced=[visit for visit in coming if (visit.day - on).days >= notice_days],
            fixed=[visit for visit in coming if (visit.day - on).days < notice_days],
            pupils_per_move=pupils_per_move,
            bound=bound,
            seed=seed,
            on_progress=on_progress,
        )
        unkept = (*season._missed(on, past), *found.unkept)  # noqa: SLF001
        if unkept:
            visits = "1 pinned visit" if len(unkept) == 1 else f"{len(unkept)} pinned visits"
            which = "; ".join(pin_text(found.plan, pin, "en") for pin in unkept)
            message = (
                f"{visits} cannot be kept: {which}; Season.unkept holds them, take them out of "
                "rules.pinned"
            )
            warnings.warn(message, SchoolEktpWarning, stacklevel=2)
        return attrs.evolve(season, plan=found.plan, past=past, before=coming, unkept=unkept)

    def _check(
        self,
        on: dt.date,
        notice_days: int,
        pupils_per_move: int | None,
        changes: dict[str, object],
    ) -> None:
        owner = "Season.replan"
        arguments.date(owner, "on", on)
        check_parts(owner, changes, [name for name in PARTS if name != "demand"])
        if on < self.today:
            fault = f"must not be before {self.today}, the day planned from last, got {on}"
            raise InvalidFieldError(owner, "on", fault)
        arguments.whole(owner, "notice_days", notice_days)
        if pupils_per_move is not None:
            arguments.whole(owner, "pupils_per_move", pupils_per_move)

    def _changed(self, changes: Mapping[str, object]) -> Season[P]:
        """Return the season with other parts; schools and teams that are gone stay known."""
        parts: dict[str, Any] = dict(changes)
        check_parts("Season", parts)
        if "schools" in parts:
            parts["schools"] = _by_npsn(parts["schools"])
            gone = {one.npsn: one for one in (*self.former_schools, *self.schools)}
            parts["former_schools"] = _left(gone, {one.npsn for one in parts["schools"]})
        if "teams" in parts:
            parts["teams"] = _by_name(parts["teams"])
            left = {one.name: one for one in (*self.former_teams, *self.teams)}
            parts["former_teams"] = _left(left, {one.name for one in parts["teams"]})
        return attrs.evolve(self, **parts)

    def _circumstances(
        self, where: Standing, coming: Sequence[Visit], *, learn: bool
    ) -> dict[str, object]:
        """Return what the next plan is made of."""
        parts: dict[str, Any] = {name: getattr(self, name) for name in PARTS if name != "demand"}
        known = {school.npsn for school in self.schools}
        gone = {one.npsn for one in self.former_schools} | {one.name for one in self.former_teams}
        parts["risks"] = self.risks.without(gone)
        parts["demand"] = tuple(
            one for one in where.demand if one.npsn in known or one.on(dt.date.max)
        )
        if learn and self.teams:
            learnt = self._learnt(where)
            there = known.union(team.name for team in self.teams)
            parts["risks"] = learnt.risks(parts["risks"], of=there)
            parts["teams"] = learnt.teams(self.teams)
        pinned = [pin for pin in self.rules.pinned if self._can_come(where.on, pin)]
        closed, idle = self._cancelled_ahead(where.on, [*coming, *pinned])
        parts["rules"] = attrs.evolve(
            self.rules,
            pinned=pinned,
            forbidden_dates=[*self.rules.forbidden_dates, *closed],
        )
        parts["teams"] = tuple(
            attrs.evolve(team, away=(*team.away, *self.pauses, *idle[team.name]))
            for team in parts["teams"]
        )
        return parts

    def _can_come(self, on: dt.date, pin: PinnedVisit) -> bool:
        """Whether nothing that happened decides about a pinned visit."""
        is_reported = (pin.day, pin.team, pin.site) in self.ledger.visits
        return (
            pin.day >= on and not is_reported and (pin.day, pin.team) not in self.ledger.team_days
        )

    def _missed(self, on: dt.date, past: Iterable[Visit]) -> tuple[PinnedVisit, ...]:
        """Return pinned visits of days gone by that were never planned nor reported."""
        known = {(visit.day, visit.team, visit.site) for visit in past} | self.ledger.visits.keys()
        return tuple(
            pin
            for pin in self.rules.pinned
            if not self._can_come(on, pin) and (pin.day, pin.team, pin.site) not in known
        )

    def _cancelled_ahead(
        self, on: dt.date, coming: Iterable[Visit | PinnedVisit]
    ) -> tuple[list[tuple[str, dt.date]], Mapping[str, list[DaySpan]]]:
        """
        Return what keeps visits cancelled for days to come from being planned once more.

        The school receives nobody on that day, and its team is free for others. Where another
        team comes to the school on that day, the team stays at home instead.
        """
        visited = {(visit.day, visit.site) for visit in coming}
        known = {school.npsn for school in self.schools}
        closed: list[tuple[str, dt.date]] = []
        idle: defaultdict[str, list[DaySpan]] = defaultdict(list)
        for day, team, site in sorted(self.ledger.cancelled):
            if day < on or site not in known or (day, team) in self.ledger.team_days:
                continue
            if (day, site) in visited:
                idle[team].append(DaySpan(day))
            else:
                closed.append((site, day))
        return closed, idle


def _cut(lines: str) -> str:
    """Return the first lines of a text, and how many more there are."""
    several = lines.splitlines()
    more = [f"... and {len(several) - _LINES} more"] if len(several) > _LINES else []
    return "\n".join([*several[:_LINES], *more])


_LINES = 20  # of a warning


def _left(known: Mapping[str, Part], still: Collection[str]) -> tuple[Part, ...]:
    """Return what is not there any more, by name."""
    return tuple(known[name] for name in sorted(known.keys() - set(still)))


def _by_npsn(schools: Iterable[School]) -> tuple[School, ...]:
    return tuple(sorted(schools, key=lambda school: school.npsn))


def _by_name(teams: Iterable[Team]) -> tuple[Team, ...]:
    return tuple(sorted(teams, key=lambda team: team.name))


@arguments.checked
def begin(plan: P, *, trust: Trust | None = None) -> Season[P]:
    """
    Return the season of a plan, in which nothing has happened yet.

    Args:
        plan: The plan that is announced.
        trust: How much the plan's own rates weigh against what outcomes teach; `Trust()` when
            None.

    Raises:
        InvalidFieldError: An argument is of another kind.
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
