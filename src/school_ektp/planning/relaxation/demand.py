"""Who may come to one site: how many, when, and with what chance so many visits record them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import comb, inf, sqrt
from operator import sub
from typing import TypeAlias

import attrs

from school_ektp.planning.availability import FINE, repeat_comers
from school_ektp.planning.constraints import OneVisit, Spacing, VisitsPerSite
from school_ektp.planning.problem import ALL, Group, Site, VisitProblem
from school_ektp.planning.relaxation.spread import Comers

MANY = 8  # visits that are told apart
FEW = 4  # days of visits that are told apart at a site where nobody comes of age
GROWTH = 5  # pupils coming of age for whom one more is told apart
ROUNDING = 0.0003  # pupils by which whole numbers may be above fractions, for each group and visit

Arrival: TypeAlias = tuple[int, float]  # day met first, pupils


def working_teams(problem: VisitProblem) -> list[int]:
    """Return how many teams can work, by day."""
    teams = range(len(problem.teams))
    return [sum(problem.can_work(team, day) for team in teams) for day in range(problem.days)]


def most_visits(problem: VisitProblem, number: int, team_days: int) -> int:
    """
    Return how many visits to a site can still be planned.

    Args:
        problem: The problem.
        number: The site.
        team_days: On how many team-days it can be visited.
    """
    held = len(problem.sites[number].held)
    limits = [problem.limit(VisitsPerSite)]
    limits += [1 for rule in problem.all_of(OneVisit) if rule.site == number]
    return max(min([team_days, *(limit - held for limit in limits if limit is not None)]), 0)


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


def _arrivals(problem: VisitProblem, number: int) -> Iterator[tuple[_Kind, Arrival]]:
    site, luck, held = problem.sites[number], problem.luck, problem.held[number][-1]
    fresh = chances(held, site.turnout, site.turnout_again)
    again = chances(held, site.turnout_again, site.turnout_again)
    for group in site.groups:
        weight = problem.price.weight(group.priority) / 10
        left = sum(group.stayed_away)
        if left:
            repeat = repeat_comers(group, site, luck.never) / FINE
            yield _Kind(again, weight, group.away), (0, repeat)
        for day, pupils in group.arrivals:
            yield _Kind(fresh, weight, group.away), (day, max(pupils - left, 0) * _may(problem))
            left = max(left - pupils, 0)


def _may(problem: VisitProblem) -> float:
    return 1 - problem.luck.never / ALL


class _Mass:
    """
    Pupils of one kind on the days on which their site can be visited.

    Attributes:
        weight: What one counts.
        met: Who has come of age, by day.
        calls: Share recorded in the first, second, ... visit.
        comes: Share that comes to a first visit that takes place.
        away: Whether they are not at school, by day.
        counts: What one counts who waits from day 0, by day; infinite where none is at school.
    """

    def __init__(
        self,
        kind: _Kind,
        arrivals: Sequence[Arrival],
        days: Sequence[int],
        share: Sequence[float],
        held: float,
    ) -> None:
        self.weight, self._chances = kind.weight, kind.chances
        pupils = [0.0] * len(days)
        for day, new in arrivals:
            place = bisect_left(days, day)
            if place < len(days):
                pupils[place] += new
        self.met = [*accumulate(pupils)]
        self.calls: list[float] = [*map(sub, kind.chances[1:], kind.chances)]
        self.comes = min(self.calls[0] / held, 1.0)
        self.away = [day in kind.away for day in days]
        self.counts = [
            self.weight * part if met > 0 and not away else inf
            for part, met, away in zip(share, self.met, self.away, strict=True)
        ]

    def recorded(self, visits: int) -> float:
        """Return the share recorded in so many visits with ample room."""
        return self._chances[min(visits, MANY + 1)]

    def second(self, held: float) -> float:
        """Return the share that comes to a second visit if both take place."""
        share = self.calls[1] / held - (1 - held) * self.comes
        return max(share, 0.0) / held


class SiteDemand:
    """
    What visits to one site can bring, whatever they cost.

    Attributes:
        days: Days on which some team can visit it, ascending; what is by day goes by these.
        held: Share of visits that take place, by the team that fails least.
        teams: How many teams can work, by day.
        visits: Most visits that can be planned.
        share: What a pupil counts who waits from day 0, by day.
        masses: Pupils by kind.
        met: Pupils of all kinds who have come of age, by day.
        told: Most days of visits that are told apart.
        rounding: By how much a visit can be worth more in whole numbers.
        first: Who comes to a first visit, by day.
        second: Who of those who wait from the beginning comes to a second visit.
        begin: Place of the first day on which a visit can follow those held.
        ready: Place of the first day on which a visit can follow one, by day.
        credit: What pupils are worth more for having come of age late, by number of days of
            visits, the last row being for more than are told apart, and last day of visits.
    """

    def __init__(
        self,
        problem: VisitProblem,
        number: int,
        days: Sequence[int],
        working: Sequence[int] | None = None,
    ) -> None:
        """
        Read the site.

        Args:
            problem: The problem.
            number: The site.
            days: Days on which some team can visit it, ascending.
            working: How many teams can work on each day of the problem; counted if not given.
        """
        site, luck = problem.sites[number], problem.luck
        self.days, self.held = tuple(days), problem.held[number][-1] / ALL
        working = working_teams(problem) if working is None else working
        self.teams = [working[day] for day in days]
        self.visits = most_visits(problem, number, sum(self.teams)) if self.held else 0
        rate = problem.price.waiting / ALL
        self.share = [max(1 - rate * day, 0.0) for day in days]  # of what a pupil counts
        kinds: dict[_Kind, list[Arrival]] = defaultdict(list)
        for kind, arrival in _arrivals(problem, number):
            kinds[kind].append(arrival)
        self.masses = [
            _Mass(kind, some, self.days, self.share, self.held)
            for kind, some in kinds.items()
            if self.visits
        ]
        if not self.masses:
            self.visits = 0
        if not self.visits:
            return
        self.met = [*map(sum, zip(*(mass.met for mass in self.masses), strict=True))]
        growth = self.met[-1] - self.met[0]
        self.told = min(self.visits, len(days), MANY, FEW + int(growth / GROWTH))
        self.rounding = ROUNDING * len(site.groups)
        spread = luck.turnout_spread / ALL
        places = range(len(days))
        self.first = [self._first(place, spread) for place in places]
        self.second = self._second(spread)
        self._read_rules(problem, site)
        self._read_credit(problem, number)

    def _first(self, place: int, spread: float) -> Comers:
        here = [(mass, mass.met[place]) for mass in self.masses if not mass.away[place]]
        mean = sum(mass.comes * pupils for mass, pupils in here)
        variance = sum(mass.comes * (1 - mass.comes) * pupils for mass, pupils in here)
        absent = sum(pupils for _, pupils in here) - mean
        return Comers(mean, sqrt(variance + (spread * mean) ** 2), absent)

    def _second(self, spread: float) -> Comers:
        """Return who comes again of those who wait from the beginning; on no day are they away."""
        mean = variance = absent = more = 0.0
        for mass in self.masses:
            pupils, share = mass.met[0], mass.second(self.held)
            called = (1 - mass.comes) * pupils
            if any(mass.away):
                continue
            mean += share * pupils
            more += max(mass.comes - share, 0.0) * pupils
            if called:
                absent += max(called - share * pupils, 0.0)
                variance += share * pupils * max(1 - share * pupils / called, 0.0)
        return Comers(mean, sqrt(variance + (spread * mean) ** 2), absent, more)

    def _read_rules(self, problem: VisitProblem, site: Site) -> None:
        """Read from which day on a visit can follow those held, or one on some day."""
        days, spacing = self.days, problem.limit(Spacing) or 0
        self.begin = bisect_left(days, site.held[-1] + spacing) if site.held else 0
        self.ready = [bisect_left(days, day + max(spacing, 1)) for day in days]

    def _read_credit(self, problem: VisitProblem, number: int) -> None:
        """
        Read what pupils are worth more for not having waited from the first day on.

        By number of days of visits and the last of them. The longest waiting are recorded first,
        so that the credit grows with the number recorded.
        """
        rows = [[0.0] * len(self.days) for _ in range(self.told + 2)]
        rate = problem.price.waiting / ALL
        site, luck, held = problem.sites[number], problem.luck, problem.held[number][-1]
        first, again = site.turnout, site.turnout_again
        fresh, repeat = chances(held, first, again), chances(held, again, again)
        for group in site.groups:
            weight = rate * problem.price.weight(group.priority) / 10
            called = sum(group.stayed_away)
            old = repeat_comers(group, site, luck.never) / FINE
            new = [max(group.arrived(day) - called, 0) * _may(problem) for day in self.days]
            for visits, row in enumerate(rows):
                calls = visits if visits <= self.told else MANY + 1
                before, begun = -1.0, 0.0
                for place, pupils in enumerate(new):
                    if pupils > before:
                        done = pupils * fresh[calls] + old * repeat[calls]
                        before, begun = pupils, weight * _begun(group, problem.today, done)
                    row[place] += begun
        self.credit = rows


def _begun(group: Group, today: int, pupils: float) -> float:
    """Return the sum of the days from which the first so many of a group wait."""
    total = 0.0
    for day, some in group.arrivals:
        now = min(some, pupils)
        total += now * max(day, today)
        pupils -= now
        if pupils <= 0:
            break
    return total
