"""What page, workbook and charts all show, counted once."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.school import Location
from school_ektp.model.visit import Visit
from school_ektp.planning.schedule import driving_minutes
from school_ektp.report.rounding import apportioned
from school_ektp.roster.demand import demand_of
from school_ektp.roster.frames import AnyTable, lazy, takes_frames
from school_ektp.roster.schema import ROSTER

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan


@attrs.frozen
class Progress:
    """
    Where the season stands at the end of a day.

    Attributes:
        day: The date.
        waiting: Pupils who would wait if nobody were recorded; never falls.
        recorded: Pupils expected to be recorded from the first day on.
    """

    day: dt.date
    waiting: int
    recorded: int


def progress(plan: Plan) -> tuple[Progress, ...]:
    """Return one row per day of the season."""
    first, days = plan.calendar.first_day, plan.calendar.days
    arrivals: Counter[dt.date] = Counter()
    for demand in plan.demand:
        for group in demand.groups:
            for day, pupils in group.steps:
                arrivals[max(day, first)] += pupils
    visited: Counter[dt.date] = Counter()
    for visit in plan.visit_list:
        visited[visit.day] += visit.recorded
    waiting = accumulate(arrivals[day] for day in days)
    recorded = accumulate(visited[day] for day in days)
    return tuple(map(Progress, days, waiting, recorded))


@attrs.frozen
class TeamDay:
    """
    One team on one date with at least one visit.

    Attributes:
        day: The date.
        team: Name of the team.
        visits: Its visits, by start.
        driving: Minutes from the base and back.
        fullness: Share of the shift, without breaks, that visits and driving take; at most 1.
    """

    day: dt.date
    team: str
    visits: tuple[Visit, ...]
    driving: int
    fullness: float

    @property
    def pupils(self) -> int:
        """Pupils expected to be recorded."""
        return sum(visit.recorded for visit in self.visits)


def team_days(plan: Plan) -> tuple[TeamDay, ...]:
    """Return the team-days by date and team."""
    found: defaultdict[tuple[dt.date, str], list[Visit]] = defaultdict(list)
    for visit in plan.visit_list:
        found[visit.day, visit.team].append(visit)
    return tuple(_team_day(plan, *key, tuple(visits)) for key, visits in sorted(found.items()))


def _team_day(plan: Plan, day: dt.date, team: str, visits: tuple[Visit, ...]) -> TeamDay:
    number = plan.calendar.day_number(day)
    who = plan.problem.teams[plan.names.teams.index(team)]
    opens, closes = who.shifts[number] or (0, 0)
    pauses = [(max(begin, opens), min(end, closes)) for begin, end in who.breaks[number]]
    sites = [plan.names.sites.index(visit.site) for visit in visits]
    driving = driving_minutes(plan.problem, who, sites)
    working = sum(_without(pauses, visit.start, visit.end) for visit in visits) + driving
    shift = _without(pauses, opens, closes)
    full = min(working / shift, 1.0) if shift else 1.0
    return TeamDay(day, team, visits, driving, full)


def _without(pauses: Iterable[tuple[int, int]], begin: int, end: int) -> int:
    """Return the minutes from *begin* to *end* that lie in no pause."""
    lost = sum(max(min(end, last) - max(begin, first), 0) for first, last in pauses)
    return end - begin - lost


class DayKind(StrEnum):
    """What a day without visits is to a team."""

    OUTSIDE = "outside"  #: not in the season
    HOLIDAY = "holiday"  #: a day off for all
    OFF = "off"  #: the team is off duty
    PAST = "past"  #: over when the plan was made
    KEPT = "kept"  #: kept free for making up
    CLOSED = "closed"  #: no school receives anybody
    FREE = "free"  #: the team could go out


def day_kind(plan: Plan, team: str, day: dt.date) -> DayKind:
    """Return what a day is to a team that makes no visit on it."""
    calendar, problem = plan.calendar, plan.problem
    if day not in calendar.span:
        return DayKind.OUTSIDE
    if day in calendar.days_off:
        return DayKind.HOLIDAY
    who, number = plan.names.teams.index(team), calendar.day_number(day)
    kinds = (
        (DayKind.OFF, not problem.teams[who].works(number)),
        (DayKind.PAST, number < problem.today),
        (DayKind.KEPT, (who, number) in problem.kept_free),
        (DayKind.CLOSED, not any(site.sessions[number] for site in problem.sites)),
    )
    return next((kind for kind, holds in kinds if holds), DayKind.FREE)


@attrs.frozen
class Share:
    """
    Pupils of one group by what has become of them on the last day.

    Attributes:
        name: The group, such as a kecamatan.
        before: Recorded before the season.
        waiting_first: Waiting on the first day.
        recorded: Expected to be recorded by the plan.
        left: Waiting after the last day.
    """

    name: str
    before: int
    waiting_first: int
    recorded: int
    left: int

    @property
    def at_first(self) -> int:
        """Pupils who may be recorded on the first day, or were: the denominator before."""
        return self.before + self.waiting_first

    @property
    def people(self) -> int:
        """Pupils who may be recorded on the last day, or were: the denominator after."""
        return self.before + self.recorded + self.left


def coverage_by(plan: Plan, by: str) -> tuple[Share, ...]:
    """
    Return the coverage of groups of schools, sorted by name.

    Args:
        plan: The plan.
        by: ``"kecamatan"`` or ``"level"``.

    Raises:
        InvalidFieldError: Another grouping.
    """
    if by not in ("kecamatan", "level"):
        owner, fault = "coverage", f"must be 'kecamatan' or 'level', got {by!r}"
        raise InvalidFieldError(owner, "by", fault)
    schools = plan.school_by_npsn
    return _shares(plan, lambda demand: str(getattr(schools[demand.npsn], by)))


def coverage_in_all(plan: Plan) -> Share:
    """Return the coverage of all schools together."""
    [share] = _shares(plan, lambda _: "") or (Share("", 0, 0, 0, 0),)
    return share


def _shares(plan: Plan, name_of: Callable[[SchoolDemand], str]) -> tuple[Share, ...]:
    served = recorded_by_school(plan)
    calendar = plan.calendar
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for demand in plan.demand:
        recorded = served.get(demand.npsn, 0)
        at_last = demand.on(calendar.last_day) - recorded
        row = (demand.recorded, demand.on(calendar.first_day), recorded, at_last)
        name = name_of(demand)
        counts[name] = [a + b for a, b in zip(counts[name], row, strict=True)]
    return tuple(Share(name, *numbers) for name, numbers in sorted(counts.items()))


def recorded_by_school(plan: Plan) -> Mapping[str, int]:
    """Return the pupils expected to be recorded at each school that is visited."""
    served: Counter[str] = Counter()
    for visit in plan.visit_list:
        served[visit.site] += visit.recorded
    return served


def coverage_by_part(plan: Plan, parts: Mapping[str, Iterable[SchoolDemand]]) -> tuple[Share, ...]:
    """
    Return the coverage of parts of the pupils, such as girls and boys.

    A plan counts pupils and does not choose them: what it records at a school is shared out over
    the parts as they wait there, to whole pupils by largest remainder.

    Args:
        plan: The plan.
        parts: Name of each part and its demand; together they are the demand of the plan.

    Raises:
        InvalidFieldError: The parts do not add up to the demand of the plan.
    """
    first, last = plan.calendar.first_day, plan.calendar.last_day
    by_part = {name: {one.npsn: one for one in demand} for name, demand in parts.items()}
    served = recorded_by_school(plan)
    counts = {name: [0, 0, 0, 0] for name in by_part}
    for whole in plan.demand:
        here = {
            name: schools[whole.npsn] for name, schools in by_part.items() if whole.npsn in schools
        }
        _check_whole(plan, whole, here)
        waiting = [one.on(last) for one in here.values()]
        shared = apportioned(served.get(whole.npsn, 0), waiting)
        for (name, one), recorded, waits in zip(here.items(), shared, waiting, strict=True):
            row = (one.recorded, one.on(first), recorded, waits - recorded)
            counts[name] = [a + b for a, b in zip(counts[name], row, strict=True)]
    return tuple(Share(name, *numbers) for name, numbers in counts.items())


@takes_frames(roster=ROSTER)
def coverage_by_sex(
    plan: Plan,
    roster: AnyTable,
    policy: EligibilityPolicy | None = None,
    residents_of: str | Collection[str] | None = None,
) -> tuple[Share, ...]:
    """
    Return the coverage of girls (``"P"``), boys (``"L"``) and, if any, ``"unknown"``.

    Args:
        plan: The plan.
        roster: The roster that the demand was counted from.
        policy: As for the demand; the default policy when None.
        residents_of: As for the demand.

    Raises:
        InvalidFieldError: The roster is not the one of the plan.
    """
    sex = pl.col("sex")
    sexes = {
        "P": sex.eq_missing("P"),
        "L": sex.eq_missing("L"),
        "unknown": ~sex.is_in(["L", "P"]).fill_null(value=False),
    }
    parts = {
        name: demand_of(lazy(roster).filter(of), policy, residents_of=residents_of)
        for name, of in sexes.items()
    }
    return tuple(share for share in coverage_by_part(plan, parts) if share.people)


def _check_whole(plan: Plan, whole: SchoolDemand, parts: Mapping[str, SchoolDemand]) -> None:
    last = plan.calendar.last_day
    waiting = sum(one.on(last) for one in parts.values())
    recorded = sum(one.recorded for one in parts.values())
    if (waiting, recorded) != (whole.on(last), whole.recorded):
        fault = (
            f"does not hold the pupils of the plan at {whole.npsn}: {waiting} waiting and"
            f" {recorded} recorded instead of {whole.on(last)} and {whole.recorded};"
            " give the roster and the policy the demand was counted from"
        )
        raise InvalidFieldError("Plan", "roster", fault)


@attrs.frozen
class Route:
    """
    The way of one team on one day, straight from place to place.

    Attributes:
        day: The date.
        team: Name of the team.
        stops: NPSN of the schools, in order.
        base: Where it begins.
        end: Where it ends.
        pupils: Pupils expected to be recorded on it.
    """

    day: dt.date
    team: str
    stops: tuple[str, ...]
    base: Location
    end: Location
    pupils: int


def routes(plan: Plan) -> tuple[Route, ...]:
    """Return the routes by date and team."""
    teams = {team.name: team for team in plan.teams}
    return tuple(
        Route(
            day=one.day,
            team=one.team,
            stops=tuple(visit.site for visit in one.visits),
            base=teams[one.team].base,
            end=teams[one.team].end,
            pupils=one.pupils,
        )
        for one in team_days(plan)
    )
