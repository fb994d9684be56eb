"""A season: what was planned and announced, what happened, and what is planned now."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Generic

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.files import read_bytes, write_text
from school_ektp.model.achieved import SeasonProgress
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.outcome import Result
from school_ektp.model.priorities import Priorities
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import School
from school_ektp.model.team import KitOutage, Team
from school_ektp.model.visit import PinnedVisit, Visit
from school_ektp.model.worth import Worth
from school_ektp.plan.comparison import Comparison, compare_visits
from school_ektp.plan.data import P
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.roster.frames import AnyTable, frame_of
from school_ektp.season.account import SeasonAccount, season_account
from school_ektp.season.calls import Call
from school_ektp.season.findings import Finding
from school_ektp.season.learnt import Learnt
from school_ektp.season.learnt import learn as learn_rates
from school_ektp.season.learnt import overrule as overruled_with
from school_ektp.season.ledger import Ledger
from school_ektp.season.past import Past
from school_ektp.season.progress import FORTNIGHT, season_progress
from school_ektp.season.progress import before as happened_before
from school_ektp.season.rates import RateKey, Trust
from school_ektp.season.rebuild import PARTS
from school_ektp.season.records import Record, Records, known_pupils, records_of
from school_ektp.season.replan import ROUNDS, planned_again
from school_ektp.season.resumed import resumed
from school_ektp.season.rosters import CountedRoster, KnownPupil
from school_ektp.season.saved import REST, SeasonRest, season_parts, season_text
from school_ektp.season.standing import Standing, standing
from school_ektp.season.turns import OnProgress, Turns

NOTICE_DAYS = 7


@attrs.frozen
class _Known:
    """What a season is played with."""

    schools: tuple[School, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    risks: Risks


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Season(Generic[P]):
    """
    A season of visits, as a value: each call returns another season and changes nothing.

    Attributes:
        begun: The plan it began with.
        plan: What is planned now, from `today` on.
        rosters: The first roster, counted, and those that came later, by day.
        ledger: What happened, as far as it was told.
        people: Where pupils known by key waited, by key.
        past: Visits as they stood when their day came.
        before: Visits that the plan before the last planning had from `today` on.
        schools: All schools, as they are known now; the next planning takes them, and the
            `teams`, `calendar`, `rules`, `worth` and `risks` below.
        teams: The teams, with the minutes that are believed before anything is learnt.
        calendar: The season's days.
        rules: What is asked.
        worth: What visits, team-days, driving and waiting are worth.
        risks: What is believed to go wrong before anything is learnt.
        trust: How many calls, visits and days what is believed weighs against what is learnt.
        overruled: Rates that somebody set, against what is learnt.
        told: What was told of the records themselves: corrected, in doubt, not taken.
        unkept: Pinned visits of the rules that the plan could not keep.
    """

    begun: P
    plan: P
    rosters: tuple[CountedRoster, ...]
    ledger: Ledger = attrs.field(factory=Ledger)
    people: tuple[KnownPupil, ...] = ()
    past: tuple[Visit, ...] = ()
    before: tuple[Visit, ...] = ()
    schools: tuple[School, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules
    worth: Worth
    risks: Risks
    trust: Trust = attrs.field(factory=Trust)
    overruled: tuple[tuple[RateKey, float], ...] = ()
    told: tuple[Finding, ...] = ()
    unkept: tuple[PinnedVisit, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Season on {self.today}: {len(self.ledger.visits)} visits told,"
            f" {len(self.plan.visit_list)} planned>"
        )

    # What is known

    @property
    def today(self) -> dt.date:
        """The first day that can still be planned, as of the last planning."""
        return self.plan.names.date(self.plan.problem.today)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Planned visits of the whole season: the past ones, then those planned now."""
        return (*self.past, *self.plan.visit_list)

    @cached_property
    def standing(self) -> Standing:
        """Where the season stands, with everything that was told."""
        return self._standing(self.today, self.visits)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Visits with known outcomes, as evidence for rates."""
        return self.standing.calls

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be told of the records, and of the days gone by."""
        return (*self.told, *self.standing.findings)

    @cached_property
    def account(self) -> SeasonAccount:
        """Where every pupil is, and what became of every visit."""
        history = compare_visits(self.begun.visit_list, self.visits)
        return season_account(self.standing, history, self.ledger)

    @cached_property
    def changes(self) -> Comparison:
        """What the last planning moved, added and dropped, by school."""
        return compare_visits(self.before, self.plan.visit_list)

    @cached_property
    def learnt(self) -> Learnt:
        """Rates as the outcomes teach them, beginning from those believed."""
        return self._learnt(self.standing)

    def _learnt(self, where: Standing) -> Learnt:
        return learn_rates(
            where.calls,
            risks=self.risks,
            teams=self.teams,
            trust=self.trust,
            overruled=self.overruled,
        )

    def progress(
        self, *, on: dt.date | None = None, since: dt.date | None = None
    ) -> SeasonProgress:
        """
        Return target against actual: by date, school, class, team and kecamatan.

        `progress_tables` makes frames of it, `Plan.to_html` and `fortnight_page` pages.

        Args:
            on: The morning of the day; what happened before it counts. When None, `today`, or the
                day after the last outcome if that is later.
            since: First day of those that are reported; when None, a fortnight before *on*, but
                not before the season.

        Raises:
            InvalidFieldError: *on* is before `today`, or *since* after *on*.
        """
        told = [one.day for one in self.ledger.outcomes] + [one.day for one in self.ledger.office]
        day = on or max([self.today, *(one + dt.timedelta(days=1) for one in told)])
        if day < self.today:
            owner = "Season.progress"
            fault = f"must not be before {self.today}, the day planned from last, got {day}"
            raise InvalidFieldError(owner, "on", fault)
        first = since or max(day - dt.timedelta(days=FORTNIGHT), self.calendar.first_day)
        past, _ = self._split(day)
        ledger, earlier = (happened_before(self.ledger, one) for one in (day, first))
        where = self._standing(day, past, ledger)
        known = [one for one in self.rosters[1:] if one.on <= day]
        return season_progress(
            self.begun,
            self.plan if day == self.today else resumed(self.plan, where),
            where=where,
            ledger=ledger,
            since=first,
            earlier=self._standing(first, past, earlier),
            roster=[self.rosters[0], *known][-1].demand,
        )

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

    def marked(self, roster: AnyTable) -> pl.DataFrame:
        """
        Return the roster with the pupils known by key who were recorded meanwhile marked so.

        Call sheets of the plan of now are made from it, with ``roster_changed=True``. Those that
        were only counted cannot be marked.

        Args:
            roster: The roster whose keys were told.

        Returns:
            The same rows; ``recorded`` is true and ``recorded_on`` the day, where it is known.
        """
        days = {
            pupil.key: one.day
            for one in reversed(self.ledger.outcomes)
            for pupil in one.pupils
            if pupil.result in (Result.RECORDED, Result.ALREADY_RECORDED)
        } | {key: one.day for one in reversed(self.ledger.office) for key in one.pupils}
        told = pl.col("student_id").replace_strict(
            list(days), list(days.values()), default=None, return_dtype=pl.Date
        )
        frame = frame_of(roster, "roster", needed=("student_id", "recorded")).lazy()
        marks = [(pl.col("recorded") | told.is_not_null()).alias("recorded")]
        if "recorded_on" in frame.collect_schema():
            marks.append(pl.coalesce("recorded_on", told).alias("recorded_on"))
        return frame.with_columns(marks).collect()

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

    # What is kept

    @property
    def text(self) -> str:
        """The season as a JSON document without names; equal seasons give equal texts."""
        rest = SeasonRest(**{name: getattr(self, name) for name in REST})
        return season_text(self.begun, self.plan, rest)

    def save(self, file: Path | str) -> Path:
        """
        Write the season as a JSON document that `read_season` reads back, and return the file.

        It holds no names. Pupils known by key are in it by their key, which is NISN or NIK in most
        rosters: keep it as you keep the roster.

        Args:
            file: Replaced when there, whole or not at all.

        Raises:
            WriteError: It cannot be written; what was there is unchanged.
        """
        return write_text(file, self.text)

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

    def _split(self, on: dt.date) -> tuple[tuple[Visit, ...], tuple[Visit, ...]]:
        """Return the visits that are past on the morning of *on*, and those to come."""
        gone = {(day, team) for day, team, _ in self.ledger.visits}
        coming = [v for v in self.plan.visit_list if v.day >= on and (v.day, v.team) not in gone]
        to_come = {*coming}
        past = (visit for visit in self.plan.visit_list if visit not in to_come)
        return (*self.past, *past), tuple(coming)

    def _standing(
        self, on: dt.date, visits: Iterable[Visit], ledger: Ledger | None = None
    ) -> Standing:
        return standing(
            self._known,
            self.rosters,
            self.ledger if ledger is None else ledger,
            visits,
            on=on,
            people=self.people,
            past=Past.of(self.begun.problem, self.begun.names),
        )

    @property
    def _known(self) -> _Known:
        """The schools and teams of now, and those that were there when the season began."""
        schools = {one.npsn: one for one in (*self.begun.schools, *self.schools)}
        teams = {one.name: one for one in (*self.begun.teams, *self.teams)}
        return _Known(tuple(schools.values()), tuple(teams.values()), self.calendar, self.risks)

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
