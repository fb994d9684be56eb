"""What a number of visits to one site can be worth at most, whatever room they have."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from math import comb
from operator import add
from typing import TypeAlias

import attrs

from school_ektp.planning.availability import FINE, repeat_comers
from school_ektp.planning.constraints import OneVisit, VisitsPerSite
from school_ektp.planning.problem import ALL, Group, Site, VisitProblem

NEVER = float("-inf")
MANY = 8  # visits beyond which everybody who may come is taken as recorded


def most_visits(problem: VisitProblem, number: int) -> int:
    """Return how many visits to a site can still be planned, `MANY` + 1 if more."""
    held = len(problem.sites[number].held)
    limits = [problem.limit(VisitsPerSite)]
    limits += [1 for rule in problem.all_of(OneVisit) if rule.site == number]
    return max(min([MANY + 1, *(limit - held for limit in limits if limit is not None)]), 0)


def chances(held: int, first: int, again: int) -> tuple[float, ...]:
    """
    Return the chance that a pupil is recorded in none, one, two, ... visits with ample room.

    Args:
        held: Thousandths of visits that take place.
        first: Thousandths of those called for the first time who come.
        again: Thousandths of those called again who come.
    """
    takes_place, comes, returns = held / ALL, first / ALL, again / ALL

    def missed(calls: int) -> float:
        return (1 - comes) * (1 - returns) ** (calls - 1) if calls else 1.0

    def recorded(visits: int) -> float:
        return 1 - sum(
            comb(visits, calls)
            * takes_place**calls
            * (1 - takes_place) ** (visits - calls)
            * missed(calls)
            for calls in range(visits + 1)
        )

    return (*(recorded(visits) for visits in range(MANY + 1)), 1.0)


Arrival: TypeAlias = tuple[int, int, float]  # day met first, day from which waiting counts, pupils


@attrs.frozen
class _Kind:
    """
    What pupils have in common who may come.

    Attributes:
        chances: Of being recorded in so many visits.
        weight: What one counts.
        away: Days on which they are not at school.
    """

    chances: tuple[float, ...]
    weight: float
    away: frozenset[int]


def _arrivals(problem: VisitProblem, site: Site) -> Iterator[tuple[_Kind, Arrival]]:
    luck, today = problem.luck, problem.today
    fresh = chances(luck.held, site.turnout, site.turnout_again)
    again = chances(luck.held, site.turnout_again, site.turnout_again)
    for group in site.groups:
        weight = problem.price.weight(group.priority) / 10
        left = called = sum(group.stayed_away)
        if called:
            repeat = repeat_comers(group, site, luck.never) / FINE
            yield _Kind(again, weight, group.away), (0, _start_of(group, called, today), repeat)
        for day, pupils in group.arrivals:
            new = max(pupils - left, 0) * (1 - luck.never / ALL)
            left = max(left - pupils, 0)
            yield _Kind(fresh, weight, group.away), (day, max(day, today), new)


def _start_of(group: Group, called: int, today: int) -> int:
    """Return the day from which the last of those called counts as waiting."""
    passed = 0
    for day, pupils in group.arrivals:
        passed += pupils
        if passed >= called:
            return max(day, today)
    return today


class _Mass:
    """Pupils of one kind on the days on which their site can be visited."""

    def __init__(
        self, kind: _Kind, arrivals: Iterable[Arrival], days: Sequence[int], rate: float
    ) -> None:
        self._kind, self._days, self._rate = kind, days, rate
        self._away = [day in kind.away for day in days]
        pupils, credit = [0.0] * len(days), [0.0] * len(days)
        for day, since, new in arrivals:
            place = bisect_left(days, day)
            if place < len(days):
                pupils[place] += new
                credit[place] += new * kind.weight * rate * since  # for having waited less
        self._new = [*zip(pupils, credit, strict=True)]
        self._met = [*zip(accumulate(pupils), accumulate(credit), strict=True)]

    def read(self, price: Sequence[float]) -> tuple[list[float], list[float], list[float]]:
        """
        Return what a first visit on each day gives when every call succeeds.

        In it alone, in it or later, and from those who are called only later.
        """
        gain = [
            NEVER if away else self._kind.weight * (1 - self._rate * day) - minutes
            for day, minutes, away in zip(self._days, price, self._away, strict=True)
        ]
        best = suffix(max, gain)
        alone, first = _worths(self._met, gain), _worths(self._met, best)
        rest = [*suffix(add, _worths(self._new, best))[1:], 0.0]
        for place, away in enumerate(self._away):
            if away:
                rest[place], first[place] = rest[place] + first[place], 0.0
        return alone, first, rest


def _worths(pupils: Sequence[tuple[float, float]], gain: Sequence[float]) -> list[float]:
    """Return what (pupils, credit) are worth; all may also be left."""
    return [
        0.0 if each == NEVER else extra + some * max(each, 0.0)
        for (some, extra), each in zip(pupils, gain, strict=True)
    ]


def suffix(function: Callable[[float, float], float], values: Sequence[float]) -> list[float]:
    """Return for each place *function* of all values from there on."""
    return [*accumulate(reversed(values), function)][::-1]


class SiteDemand:
    """
    The most that visits to one site are worth, less what they cost, at given prices.

    Each pupil who may come is recorded with the chance that so many calls give, on the day that
    is best for this pupil alone: not before the first visit, nor before coming of age.
    """

    def __init__(self, problem: VisitProblem, number: int, days: Sequence[int]) -> None:
        """
        Read the site.

        Args:
            problem: The problem.
            number: The site.
            days: Days on which some team can visit it, ascending.
        """
        self.days = tuple(days)
        teams = range(len(problem.teams))
        self._most = sum(problem.can_work(team, day) for team in teams for day in days)
        self.visits = min(most_visits(problem, number), self._most)
        kinds: dict[_Kind, list[Arrival]] = defaultdict(list)
        for kind, arrival in _arrivals(problem, problem.sites[number]):
            kinds[kind].append(arrival)
        self._heaviest = max((kind.weight for kind in kinds), default=0.0)
        self._masses: dict[tuple[float, ...], list[_Mass]] = defaultdict(list)
        for kind, some in kinds.items():
            mass = _Mass(kind, some, self.days, problem.price.waiting / ALL)
            self._masses[kind.chances].append(mass)

    def best(self, visit: Sequence[float], pupil: Sequence[float], most: float) -> float:
        """
        Return the most that visits are worth less their prices, in pupils.

        Args:
            visit: Price of a visit on each of `days`.
            pupil: Price of each pupil recorded on each of `days`.
            most: Pupils that one visit is expected to record at most.
        """
        if not self.visits:
            return 0.0
        read = {
            chances: [[*map(sum, zip(*parts, strict=True))] for parts in zip(*some, strict=True)]
            for chances, masses in self._masses.items()
            for some in [[mass.read(pupil) for mass in masses]]
        }
        room = [most * max(self._heaviest - price, 0.0) for price in suffix(min, pupil)]
        next_visit, best = suffix(min, visit), 0.0
        for visits in range(1, self.visits + 1):
            worth = [0.0] * len(room)
            for chances, (alone, first, rest) in read.items():
                now, later = chances[visits], chances[-1 if visits > MANY else visits - 1]
                parts = zip(worth, alone if visits == 1 else first, rest, strict=True)
                worth = [total + now * a + later * b for total, a, b in parts]
            span = visits, self._most if visits > MANY else visits
            best = max(best, *map(_worth, repeat(span), worth, room, visit, next_visit))
        return best


def _worth(span: tuple[int, int], pupils: float, room: float, first: float, other: float) -> float:
    """
    Return the most that visits with *room* each are worth less their prices.

    Args:
        span: Fewest and most visits.
        pupils: What all pupils who may come are worth.
        room: What a visit is worth at most.
        first: Price of the first visit.
        other: Price of each other visit; less than 0 if it is cheaper than its late minutes.
    """
    least, most = span
    visits: float = least
    if other < 0:
        visits = most
    elif room > other:  # a further visit pays while pupils lack room
        visits = min(max(least, pupils / room), most)
    return min(pupils, visits * room) - first - (visits - 1) * other
