"""Crew-days that are alike, so that a proof counts them instead of telling them apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from school_ektp.planning.problem import Group, VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.rules import (
    DrivingLimit,
    FewestPupils,
    KitDayCap,
    ReserveDays,
    Spacing,
    VisitsPerDay,
)
from school_ektp.planning.search.clock import Clock

MOST_TYPES = 24  # kinds of crew-days; each is priced apart
NEGLIGIBLE = 300  # a part of the pupils that is not worth telling days apart

Key: TypeAlias = tuple[object, ...]


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

    def lots(self, problem: VisitProblem, place: int) -> list[tuple[int, int]]:
        """Return (minutes, most pupils) of the stays in a span: whole rounds."""
        (site, opens, closes), cap = self.spans[place], self.caps[place]
        crew = problem.crews[self.crew]
        fixed, pace = crew.setup[site] + crew.packdown[site], crew.minutes_per_pupil[site]
        if not pace:
            return [(fixed, cap)]
        room = closes - opens - fixed
        rounds = min(-(-cap // self.kits), room // pace)
        least = -(-fewest_pupils(problem) // self.kits)  # others than those priced may fill them
        return [
            (fixed + pace * one, min(cap, self.kits * one))
            for one in range(least, max(rounds, least) + 1)
            if pace * one <= room
        ]

    def largest(self, problem: VisitProblem, site: int) -> int:
        """Return the most pupils that one visit to a site can record."""
        places = (place for place, span in enumerate(self.spans) if span[0] == site)
        return max((some for place in places for _, some in self.lots(problem, place)), default=0)

    @property
    def count(self) -> int:
        """How many crew-days there are."""
        return len(self.members)


@attrs.frozen
class Periods:
    """
    The parts of the season, within which days are not told apart.

    Attributes:
        firsts: First day of each part, ascending; the first part begins on day 0.
    """

    firsts: tuple[int, ...]

    def of(self, day: int) -> int:
        """Return the part *day* lies in."""
        return bisect_right(self.firsts, day) - 1


def periods(problem: VisitProblem) -> Periods:
    """
    Return the finest parts of the season that leave no more than MOST_TYPES kinds of crew-days.

    A part ends where so many pupils have come, gone or come back since it began, that days in it
    are no longer alike.
    """
    reach = Reach(problem)
    alike = _alike(problem, reach)
    waiting = [
        [0 if day in group.away else group.arrived(day) for group in _groups(problem)]
        for day in range(problem.days)
    ]
    change = problem.pupils // NEGLIGIBLE
    while True:
        found = Periods(tuple(_turns(waiting, change)))
        kinds = {(key, found.of(day)) for key, some in alike.items() for _, day in some}
        if len(kinds) <= max(MOST_TYPES, len(alike)):
            return found
        change = 2 * change + 1


def _groups(problem: VisitProblem) -> Iterator[Group]:
    return (group for site in problem.sites for group in site.groups)


def _turns(waiting: Sequence[Sequence[int]], change: int) -> Iterator[int]:
    """Yield the first day of each part: day 0, and those that differ by more than *change*."""
    since: Sequence[int] | None = None
    for day, now in enumerate(waiting):
        if since is None or sum(abs(a - b) for a, b in zip(now, since, strict=True)) > change:
            since = now
            yield day


def _alike(problem: VisitProblem, reach: Reach) -> dict[Key, list[tuple[int, int]]]:
    """Return the crew-days by what they have in common."""
    reserved = any(isinstance(rule, ReserveDays) for rule in problem.rules)
    alike: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for crew, day in reach.crew_days:
        who = problem.crews[crew]
        clock = Clock(who.shifts[day] or (0, 0), who.breaks[day])
        key = (
            *(who.travel, who.kits[day]),
            *(who.minutes_per_pupil, who.setup, who.packdown),
            *(clock.length, tuple(reach.spans(crew, day))),
            crew if reserved else -1,
        )
        alike[key].append((crew, day))
    return alike


def day_types(
    problem: VisitProblem, priority: int, parts: Periods | None = None
) -> tuple[DayType, ...]:
    """Return the crew-days that can record anyone up to a priority class, alike ones together."""
    reach, parts = Reach(problem), parts or periods(problem)
    split: dict[tuple[Key, int], list[tuple[int, int, tuple[int, ...]]]] = defaultdict(list)
    for key, some in _alike(problem, reach).items():
        for crew, day in some:
            spans = reach.spans(crew, day)
            caps = tuple(_most(problem, crew, day, site, priority) for site, _, _ in spans)
            if any(caps):
                split[key, parts.of(day)].append((crew, day, caps))
    reserved = any(isinstance(rule, ReserveDays) for rule in problem.rules)
    return tuple(
        _as_type(problem, reach, some, some[0][0] if reserved else -1, period)
        for (_, period), some in split.items()
    )


def _as_type(
    problem: VisitProblem,
    reach: Reach,
    some: list[tuple[int, int, tuple[int, ...]]],
    reserve: int,
    period: int,
) -> DayType:
    crew, day, _ = some[0]
    who = problem.crews[crew]
    return DayType(
        members=tuple((crew, day) for crew, day, _ in some),
        crew=crew,
        day=day,
        period=period,
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
    everyone = sum(g.arrived(day) for g in site.groups if day not in g.away)
    return most if site.turnout * everyone // 100 >= fewest_pupils(problem) else 0


def fewest_pupils(problem: VisitProblem) -> int:
    """Return the fewest pupils a visit must record."""
    return max((r.pupils for r in problem.rules if isinstance(r, FewestPupils)), default=1)


def most_stops(problem: VisitProblem) -> int | None:
    """Return the most visits a crew may make on one day, None without a rule."""
    return min((r.most for r in problem.rules if isinstance(r, VisitsPerDay)), default=None)


def most_driving(problem: VisitProblem) -> int | None:
    """Return the most minutes a crew may drive on one day, None without a rule."""
    return min((r.minutes for r in problem.rules if isinstance(r, DrivingLimit)), default=None)


def days_apart(problem: VisitProblem) -> int:
    """Return the days that two visits to a site on different days are apart; 0 without a rule."""
    days = max((r.days for r in problem.rules if isinstance(r, Spacing)), default=0)
    return days if days > 1 else 0
