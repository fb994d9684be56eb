"""
Who may still come to a site, and how many of them its visits are expected to record.

The model of luck is the simplest that agrees with played seasons. Of each group some pupils
are called for the first time, the others stayed away before and come less often; a few never
come. A visit takes place or fails as a whole. Which visit was the first to fail is told apart,
because those whom it leaves do not all find room in the next. How many come is spread about its
mean, so the room of a visit is not always filled: the expected number recorded
is that of a normal variable cut at the room, by the unit normal loss function (Silver, Pyke and
Thomas, Inventory and Production Management in Supply Chains, 4th ed., appendix II).

Pupils are counted in ten-thousandths (`FINE`), so that no rounding is felt; what is recorded is
rounded down to hundredths for each visit and group.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import attrs

from school_ektp.planning.problem import ALL, EXPECTED, Group, Site, VisitProblem

FINE = 10_000  # one pupil, in the units of this module
CERTAIN = 1_000_000  # a probability of one
_STEPS = 100  # of the loss table, for one standard deviation
_WIDTH = 4  # standard deviations beyond which nothing is lost

Calls: TypeAlias = tuple[tuple[int, int], ...]  # (day, room) of each visit to a site, in order


def _unit_loss(z: float) -> float:
    """Return the expected excess of a standard normal variable over *z*."""
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return density - z * math.erfc(z / math.sqrt(2)) / 2


#: The unit normal loss in millionths, for each step of a deviation; whole on every machine.
LOSS = tuple(round(_unit_loss(step / _STEPS) * 1_000_000) for step in range(_WIDTH * _STEPS))


def least_of(mean: int, variance: int, room: int) -> int:
    """Return the expectation of the smaller of *room* and a normal number who come."""
    spread = math.isqrt(variance)
    gap = room - mean
    if abs(gap) >= _WIDTH * spread:
        return min(mean, room)
    lost = spread * LOSS[abs(gap) * _STEPS // spread] // 1_000_000
    return max(min(mean, room) - lost, 0)


@attrs.frozen
class Forecast:
    """
    What the visits to one site are expected to bring.

    Attributes:
        worth: Millionths of a pupil that those recorded are worth.
        recorded: Hundredths of pupils recorded, for each visit and group.
        if_held: Hundredths of pupils that each visit records if it takes place.
    """

    worth: int
    recorded: tuple[tuple[int, ...], ...]
    if_held: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """Hundredths of pupils recorded by all visits."""
        return sum(map(sum, self.recorded))


def repeat_comers(group: Group, site: Site, never: int) -> int:
    """
    Return how many of those who stayed away before may come at all, in `FINE`.

    By Bayes: the more often pupils stayed away, the more of them are of those who never come.
    """
    mass, absent = 0, ALL - site.turnout
    for times, pupils in enumerate(group.stayed_away, start=1):
        may_come = (ALL - never) * absent
        all_absent = may_come + never * ALL**times
        mass += pupils * FINE * may_come // all_absent if all_absent else pupils * FINE
        absent *= ALL - site.turnout_again
    return mass


class SiteForecast:
    """Forecasts for one site, each made once; the visits of a site are a few (day, room)."""

    def __init__(self, problem: VisitProblem, number: int) -> None:
        site = problem.sites[number]
        luck, price = problem.luck, problem.price
        self._turnout, self._again = site.turnout, site.turnout_again
        self._luck, self._rate, self._today = luck, price.waiting, problem.today
        self._groups = range(len(site.groups))
        self._weights = [price.weight(group.priority) for group in site.groups]
        self._away = [group.away for group in site.groups]
        self._repeat = [repeat_comers(group, site, luck.never) for group in site.groups]
        self._fresh = [_fresh_by_day(group, problem) for group in site.groups]
        self._cohorts = [_cohorts(group, problem.today) for group in site.groups]
        self._known: dict[Calls, Forecast] = {}

    def __call__(self, calls: Calls) -> Forecast:
        """Return what visits on these days with this room are expected to bring."""
        known = self._known.get(calls)
        if known is None:
            known = self._known[calls] = self._forecast(calls)
        return known

    def _forecast(self, calls: Calls) -> Forecast:
        held, groups = self._luck.held, self._groups
        # One branch if no visit failed so far, then one for each visit that may be the first
        # that failed: its chance, and means of those never called and of those called before.
        start = [self._fresh[g][0] for g in groups]
        branches: list[tuple[int, list[int], list[int]]] = [(CERTAIN, start, self._repeat)]
        recorded: list[tuple[int, ...]] = []
        if_held: list[int] = []
        worth, last, done = 0, 0, [0] * len(groups)
        for day, rooms in _events(calls):
            present = [g for g in groups if day not in self._away[g]]
            arriving = [self._fresh[g][day] - self._fresh[g][last] for g in groups]
            before = [
                (chance, [new + more for new, more in zip(fresh, arriving, strict=True)], again)
                for chance, fresh, again in branches
            ]
            after = [self._held(present, fresh, again, rooms) for _, fresh, again in before]
            for place in range(len(rooms)):
                came = [
                    sum(
                        chance * counts[place][g]
                        for (chance, _, _), (counts, _, _) in zip(before, after, strict=True)
                    )
                    for g in groups
                ]
                counts = tuple(held * c // (CERTAIN * ALL * (FINE // EXPECTED)) for c in came)
                recorded.append(counts)
                if_held.append(sum(came) // (CERTAIN * (FINE // EXPECTED)))
                worth += self._worth(day, done, counts)
            chance, fresh, again = before[0]
            still = chance * held // ALL
            branches = [(still, after[0][1], after[0][2])]
            if still < chance:
                branches.append((chance - still, fresh, again))
            branches += [
                (chance, _mixed(held, left[1], fresh), _mixed(held, left[2], again))
                for (chance, fresh, again), left in zip(before[1:], after[1:], strict=True)
            ]
            last = day
        return Forecast(worth, tuple(recorded), tuple(if_held))

    def _held(
        self, present: list[int], fresh: Sequence[int], again: Sequence[int], rooms: list[int]
    ) -> tuple[list[list[int]], list[int], list[int]]:
        """Return who is recorded in each visit of a day that takes place, and who is left."""
        fresh_left, again_left = list(fresh), list(again)
        recorded = [[0] * len(fresh_left) for _ in rooms]
        turnout, repeat, luck = self._turnout, self._again, self._luck
        mean = variance = 0
        before = [0] * len(rooms)
        for g in present:
            new, old = turnout * fresh[g], repeat * again[g]
            mean += (new + old) // ALL
            variance += ((ALL - turnout) * new + (ALL - repeat) * old) // (ALL * ALL // FINE)
            total = 0
            for place, pupils in enumerate(rooms):
                room = pupils * FINE
                spread = (luck.turnout_spread * mean // ALL) ** 2
                spread += (luck.room_spread * room // ALL) ** 2
                most = max(least_of(mean, variance + spread, room), before[place])
                recorded[place][g] = max(most - before[place] - total, 0)
                total += recorded[place][g]
                before[place] = most
            if new + old:
                came = new // ALL
                of_new = total * new // (new + old)
                fresh_left[g] = max(came - of_new, 0)
                again_left[g] = max(again[g] - (total - of_new), 0) + fresh[g] - came
        return recorded, fresh_left, again_left

    def _worth(self, day: int, done: list[int], counts: tuple[int, ...]) -> int:
        """Return what those recorded are worth, the longest waiting first, and count them."""
        worth = 0
        for g, pupils in enumerate(counts):
            since, until = done[g], done[g] + pupils
            for start, first, last in self._cohorts[g]:
                part = min(until, last) - max(since, first)
                if part > 0:
                    share = max(ALL - self._rate * (day - start), 0)
                    worth += self._weights[g] * part * share
            done[g] = until
        return worth


def _mixed(held: int, left: Sequence[int], before: Sequence[int]) -> list[int]:
    """Return the mean of who is left whether or not a visit was held."""
    return [
        (held * one + (ALL - held) * other) // ALL for one, other in zip(left, before, strict=True)
    ]


def _events(calls: Calls) -> list[tuple[int, list[int]]]:
    """Return each day with the rooms of its visits, each added to those before it."""
    events: list[tuple[int, list[int]]] = []
    for day, room in calls:
        if events and events[-1][0] == day:
            events[-1][1].append(events[-1][1][-1] + room)
        else:
            events.append((day, [room]))
    return events


def _fresh_by_day(group: Group, problem: VisitProblem) -> list[int]:
    """Return for each day how many have arrived who may come and were never called."""
    called = sum(group.stayed_away)
    share = FINE * (ALL - problem.luck.never) // ALL
    return [max(group.arrived(day) - called, 0) * share for day in range(problem.days)]


def _cohorts(group: Group, today: int) -> list[tuple[int, int, int]]:
    """Return (day from which waiting counts, first and last place in the queue) of each cohort."""
    cohorts, place = [], 0
    for day, pupils in group.arrivals:
        cohorts.append((max(day, today), place, place + EXPECTED * pupils))
        place += EXPECTED * pupils
    return cohorts
