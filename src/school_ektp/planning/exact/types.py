"""Crew-days that are alike, so that a proof counts them instead of telling them apart."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import attrs

from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.rules import FewestPupils, KitDayCap, ReserveDays, VisitsPerDay
from school_ektp.planning.search.clock import Clock

PERIODS = 4  # the season is cut into so many parts, at whose ends growing demand is counted
GROWING = 0.1  # share of pupils who come later from which on the season is cut at all


@attrs.frozen(kw_only=True)
class DayType:
    """
    Crew-days with the same crew, hours and open sites in one part of the season.

    Attributes:
        members: The (crew, day) themselves.
        crew: One of the crews; the others are like it.
        day: One of the days.
        period: Part of the season.
        length: Minutes worked in the shift.
        kits: Recording kits.
        spans: (site, from, until) in worked minutes in which a stay can lie, drives from the
            base and home already taken off.
        caps: For each span, the most pupils one visit can record.
        reserve: Crew whose reserve days these use up, -1 when none are asked.
    """

    members: tuple[tuple[int, int], ...]
    crew: int
    day: int
    period: int
    length: int
    kits: int
    spans: tuple[tuple[int, int, int], ...]
    caps: tuple[int, ...]
    reserve: int

    @property
    def count(self) -> int:
        """How many crew-days there are."""
        return len(self.members)


def period_of(problem: VisitProblem, day: int) -> int:
    """Return the part of the season *day* lies in."""
    return day * _periods(problem) // problem.days


@lru_cache(maxsize=8)
def _periods(problem: VisitProblem) -> int:
    first = sum(group.arrived(0) for site in problem.sites for group in site.groups)
    return PERIODS if problem.pupils - first >= GROWING * problem.pupils else 1


def period_end(problem: VisitProblem, period: int) -> int:
    """Return the last day of a part of the season."""
    return max(day for day in range(problem.days) if period_of(problem, day) == period)


def day_types(problem: VisitProblem, priority: int) -> tuple[DayType, ...]:
    """Return the crew-days that can record anyone up to a priority class, alike ones together."""
    reach = Reach(problem)
    reserved = any(isinstance(rule, ReserveDays) for rule in problem.rules)
    alike: dict[tuple[object, ...], list[tuple[int, int, tuple[int, ...]]]] = defaultdict(list)
    for crew, day in reach.crew_days:
        spans = tuple(reach.spans(crew, day))
        caps = tuple(_most(problem, crew, day, site, priority) for site, _, _ in spans)
        if any(caps):
            who = problem.crews[crew]
            shift = who.shifts[day] or (0, 0)
            key = (
                *(who.start, who.end, who.travel, who.kits[day]),
                *(who.minutes_per_pupil, who.setup, who.packdown),
                *(Clock(shift, who.breaks[day]).length, spans, period_of(problem, day)),
                crew if reserved else -1,
            )
            alike[key].append((crew, day, caps))
    return tuple(
        _as_type(problem, reach, some, crew if reserved else -1)
        for some in alike.values()
        for crew in [some[0][0]]
    )


def _as_type(
    problem: VisitProblem, reach: Reach, some: list[tuple[int, int, tuple[int, ...]]], reserve: int
) -> DayType:
    crew, day, _ = some[0]
    who = problem.crews[crew]
    return DayType(
        members=tuple((crew, day) for crew, day, _ in some),
        crew=crew,
        day=day,
        period=period_of(problem, day),
        length=Clock(who.shifts[day] or (0, 0), who.breaks[day]).length,
        kits=who.kits[day],
        spans=tuple(reach.spans(crew, day)),
        caps=tuple(max(caps) for caps in zip(*(caps for _, _, caps in some), strict=True)),
        reserve=reserve,
    )


def _most(problem: VisitProblem, crew: int, day: int, number: int, priority: int) -> int:
    """Return the most pupils one visit can record, with everyone who waits on the day called."""
    site = problem.sites[number]
    waiting = sum(
        group.arrived(day)
        for group in site.groups
        if group.priority <= priority and day not in group.away
    )
    caps = [r.pupils for r in problem.rules if isinstance(r, KitDayCap)]
    most = min([site.turnout * waiting // 100, *(c * problem.crews[crew].kits[day] for c in caps)])
    fewest = max((r.pupils for r in problem.rules if isinstance(r, FewestPupils)), default=1)
    everyone = sum(g.arrived(day) for g in site.groups if day not in g.away)
    return most if site.turnout * everyone // 100 >= fewest else 0


def most_stops(problem: VisitProblem) -> int | None:
    """Return the most visits a crew may make on one day, None without a rule."""
    return min((r.most for r in problem.rules if isinstance(r, VisitsPerDay)), default=None)
