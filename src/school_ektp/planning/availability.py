"""
Who may still come to a site, and how many of them its visits are expected to record.

The model of luck is the simplest that agrees with played seasons. Of each group some pupils
are called for the first time, the others stayed away before and come less often; a few never
come. A visit takes place or fails as a whole. Whether none failed so far, the first one, or a
later one first is told apart, because those whom a failed visit leaves do not all find room in
the next. How many come is spread about its mean, so the room of a visit is not always filled:
the expected number recorded is that of a normal variable cut at the room, if not all who wait
have room, by the unit normal loss function (Silver, Pyke and Thomas, Inventory and Production
Management in Supply Chains, 4th ed., appendix II).

Pupils are counted in ten-thousandths (`FINE`), so that no rounding is felt; what is recorded is
rounded down to hundredths for each visit and group.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from operator import add, sub
from typing import TypeAlias

from school_ektp.planning.problem import ALL, EXPECTED, Group, Site, VisitProblem

FINE = 10_000  # one pupil, in the units of this module
CERTAIN = 1_000_000  # a probability of one
_UNIT = CERTAIN * (FINE // EXPECTED)  # a hundredth of a pupil times a certainty
_BRANCHES = 3  # courses of luck told apart
_MOST_KNOWN = 400_000  # forecasts remembered for all sites together
_STEPS = 100  # of the loss table, for one standard deviation
_WIDTH = 4  # standard deviations beyond which nothing is lost

#: Visits to a site in order, each with its day, its room, and its team: if no team is given, or
#: one beyond the last, that which fails least.
Calls: TypeAlias = tuple[tuple[int, ...], ...]


def _unit_loss(z: float) -> float:
    """Return the expected excess of a standard normal variable over *z*."""
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return density - z * math.erfc(z / math.sqrt(2)) / 2


#: The unit normal loss in millionths, for each step of a deviation; whole on every machine.
LOSS = tuple(round(_unit_loss(step / _STEPS) * 1_000_000) for step in range(_WIDTH * _STEPS))


class Forecast:
    """
    What the visits to one site are expected to bring, and who may come to the next one.

    Attributes:
        worth: Millionths of a pupil that those recorded are worth.
        recorded: Hundredths of pupils recorded, for each visit and group.
        if_held: Hundredths of pupils that each visit records if it takes place.
        pupils: Hundredths of pupils recorded by all visits.
        day: Day of the last visit.
        chances: In millionths, that no visit failed, that the first one did, that a later one was
            the first to fail.
        fresh: Of each group, those never called before, in the mean: if no visit failed, then if
            the first one did, then if a later one was the first to fail.
        again: Likewise those who stayed away before.
        done: Of each group, hundredths of pupils recorded.
    """

    __slots__ = (
        "again", "chances", "day", "done", "fresh", "if_held", "pupils", "recorded", "worth",
    )  # fmt: skip

    worth: int
    recorded: tuple[tuple[int, ...], ...]
    if_held: tuple[int, ...]
    pupils: int
    day: int
    chances: tuple[int, ...]
    fresh: tuple[int, ...]
    again: tuple[int, ...]
    done: list[int]


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
    """
    Forecasts for one site, each made once from that of the visits before the last day.

    Calling it with the visits of the site, each (day, room) in order, returns their forecast.
    """

    def __init__(self, problem: VisitProblem, number: int) -> None:
        site = problem.sites[number]
        luck, price = problem.luck, problem.price
        self._rates = site.turnout, site.turnout_again, luck.turnout_spread, luck.room_spread
        self._held = problem.held[number]
        self._groups = range(len(site.groups))
        self._weights = [price.weight(group.priority) for group in site.groups]
        self._present = [
            [g for g, group in enumerate(site.groups) if day not in group.away]
            for day in range(problem.days)
        ]
        self._repeat = tuple(repeat_comers(group, site, luck.never) for group in site.groups)
        by_group = [_fresh_by_day(group, problem) for group in site.groups]
        self._fresh = [tuple(fresh[day] for fresh in by_group) for day in range(problem.days)]
        self._queues = [_Queue(group, problem.today, price.waiting) for group in site.groups]
        self._most_known = _MOST_KNOWN // len(problem.sites)
        self._known: dict[Calls, Forecast] = {(): self._nothing()}

    def _nothing(self) -> Forecast:
        made = Forecast()
        made.worth = made.pupils = made.day = 0
        made.recorded, made.if_held, made.done = (), (), [0] * len(self._groups)
        made.chances, made.fresh, made.again = (CERTAIN,), self._fresh[0], self._repeat
        return made

    def __call__(self, calls: Calls) -> Forecast:
        """Return what visits on these days with this room are expected to bring."""
        known = self._known.get(calls)
        if known is None:
            last = len(calls) - 1
            day = calls[last][0]
            while last and calls[last - 1][0] == day:
                last -= 1
            if len(self._known) > self._most_known:
                self._known = {(): self._known[()]}
            known = self._known[calls] = self._step(self(calls[:last]), day, calls[last:])
        return known

    def expected(self, calls: Calls, day: int, *, all_present: bool = False) -> int:
        """
        Return hundredths of pupils who come to a visit on *day* after others, if it is held.

        With *all_present* groups that are away on that day are counted, too.
        """
        before, turnout, repeat = self(calls), self._rates[0], self._rates[1]
        present = self._groups if all_present else self._present[day]
        fresh, came, size = self._arrived(before, day), 0, len(self._groups)
        for place, chance in enumerate(before.chances):
            come, first = 0, place * size
            for g in present:
                come += (turnout * fresh[first + g] + repeat * before.again[first + g]) // ALL
            came += chance * come
        return came // _UNIT

    def _arrived(self, before: Forecast, day: int) -> list[int]:
        """Return who was never called, with those who arrive up to *day*."""
        more = [*map(sub, self._fresh[day], self._fresh[before.day])]
        return [*map(add, before.fresh, more * len(before.chances))]

    def _step(self, before: Forecast, day: int, calls: Calls) -> Forecast:
        """
        Return the forecast with one more day; its visits share those who come by their room.

        Teams that meet at a site count as the one that fails least: more room never loses.
        """
        rooms = [call[1] for call in calls]
        held = max([self._chance(call) for call in calls])
        room, fails, size = sum(rooms), ALL - held, len(self._groups)
        made = Forecast()
        made.day, made.done = day, before.done[:]
        fresh, again = self._arrived(before, day), before.again
        new, old, came = fresh[:], [*again], [0] * size
        for place, chance in enumerate(before.chances):
            taken = self._call(day, room * FINE, place * size, (fresh, again), (new, old))
            for g in self._groups:
                came[g] += chance * taken[g]
        for place in range(size, len(new)):
            new[place] = (held * new[place] + fails * fresh[place]) // ALL
            old[place] = (held * old[place] + fails * again[place]) // ALL
        smooth, *rough = before.chances
        still = smooth * held // ALL
        lost = smooth - still
        if lost and len(rough) < _BRANCHES - 1:
            rough.append(lost)
            new += fresh[:size]
            old += again[:size]
        elif lost:
            later, rough[-1] = rough[-1], rough[-1] + lost
            for g in self._groups:
                place = g - size
                new[place] = (lost * fresh[g] + later * new[place]) // rough[-1]
                old[place] = (lost * again[g] + later * old[place]) // rough[-1]
        made.chances, made.fresh, made.again = (still, *rough), tuple(new), tuple(old)
        worth, recorded, if_held = before.worth, before.recorded, before.if_held
        for part in rooms:
            mine = came if part == room else [pupils * part // room for pupils in came]
            counts = tuple([held * pupils // (ALL * _UNIT) for pupils in mine])
            recorded = (*recorded, counts)
            if_held = (*if_held, sum(mine) // _UNIT)
            worth += self._worth(day, made.done, counts)
        made.worth, made.recorded, made.if_held = worth, recorded, if_held
        made.pupils = sum(made.done)
        return made

    def _chance(self, call: tuple[int, ...]) -> int:
        """Return thousandths of such visits that take place."""
        last = len(self._held) - 1
        return self._held[min(call[2], last) if len(call) > 2 else last]  # noqa: PLR2004

    def _call(
        self,
        day: int,
        room: int,
        first: int,
        waiting: tuple[Sequence[int], Sequence[int]],
        left: tuple[list[int], list[int]],
    ) -> list[int]:
        """
        Return who is recorded of each group on a day that takes place, and write who is left.

        Args:
            day: The day.
            room: For how many there is room.
            first: Place of the first group of the course of luck.
            waiting: Those never called before, and those who stayed away before.
            left: Gets who of them is left, those without room as they were.
        """
        turnout, repeat, turnout_spread, room_spread = self._rates
        absent, absent_again = ALL - turnout, ALL - repeat
        (fresh, again), (new, old) = waiting, left
        recorded = [0] * len(self._groups)
        mean = variance = served = called = 0
        room_variance = (room_spread * room // ALL) ** 2
        for g in self._present[day]:
            place = first + g
            some, others = fresh[place], again[place]
            by_first, by_repeat = turnout * some, repeat * others
            both = by_first + by_repeat
            if not both:
                continue
            mean += both // ALL
            called += some + others
            variance += (absent * by_first + absent_again * by_repeat) // (ALL * ALL // FINE)
            spread = turnout_spread * mean // ALL
            deviation = math.isqrt(variance + spread * spread + room_variance)
            most, apart = (mean, room - mean) if mean <= room else (room, mean - room)
            if room < called and apart < _WIDTH * deviation:
                most -= deviation * LOSS[apart * _STEPS // deviation] // 1_000_000
            total = recorded[g] = max(most - served, 0)
            served += total
            come, of_first = by_first // ALL, total * by_first // both
            new[place] = max(come - of_first, 0)
            old[place] = max(others - total + of_first, 0) + some - come
        return recorded

    def _worth(self, day: int, done: list[int], counts: tuple[int, ...]) -> int:
        """Return what those recorded are worth, the longest waiting first, and count them."""
        worth = 0
        for g, pupils in enumerate(counts):
            if pupils:
                since = done[g]
                done[g] = since + pupils
                worth += self._weights[g] * self._queues[g].worth(since, done[g], day)
        return worth


class _Queue:
    """
    The pupils of a group in the order in which they are recorded, the longest waiting first.

    Places in the queue are hundredths of pupils.
    """

    __slots__ = ("_days", "_places", "_rate", "_sums")

    def __init__(self, group: Group, today: int, rate: int) -> None:
        place = 0
        self._rate = rate
        self._places, self._days = [], []  # of the first of each cohort
        self._sums: list[int] = []  # of the days from which those before it wait
        total = 0
        for day, pupils in group.arrivals:
            since, some = max(day, today), EXPECTED * pupils
            self._places.append(place)
            self._days.append(since)
            self._sums.append(total)
            place += some
            total += some * since

    def worth(self, since: int, until: int, day: int) -> int:
        """Return what those from place *since* to *until* are worth, recorded on *day*."""
        rate = self._rate
        if rate * day > ALL:  # those who waited too long are worth nothing any more
            first = bisect_right(self._days, day - -(-ALL // rate))
            since = until if first == len(self._days) else max(since, self._places[first])
            since = min(since, until)
        days = self._until(until) - self._until(since)
        return (until - since) * (ALL - rate * day) + rate * days

    def _until(self, place: int) -> int:
        """Return the sum of the days from which those before *place* wait."""
        cohort = bisect_right(self._places, place) - 1
        return self._sums[cohort] + (place - self._places[cohort]) * self._days[cohort]


def _fresh_by_day(group: Group, problem: VisitProblem) -> list[int]:
    """Return for each day how many have arrived who may come and were never called."""
    called = sum(group.stayed_away)
    share = FINE * (ALL - problem.luck.never) // ALL
    return [max(group.arrived(day) - called, 0) * share for day in range(problem.days)]
