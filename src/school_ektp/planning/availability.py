"""
Who may still come to a site, and how many of them its visits are expected to record.

The model of luck is the simplest that agrees with played seasons. Of each group some pupils
are called for the first time, the others stayed away before and come less often; a few never
come. A visit takes place or fails as a whole; whether any visit was held yet is told apart,
because a failed first visit leaves everybody for the second. How many come is spread about its
mean, so the room of a visit is not always filled: the expected number recorded is that of a
normal variable cut at the room, if not all who wait have room, by the unit normal loss function (Silver, Pyke and Thomas,
Inventory and Production Management in Supply Chains, 4th ed., appendix II).

Pupils are counted in ten-thousandths (`FINE`), so that no rounding is felt; what is recorded is
rounded down to hundredths for each visit and group.
"""

from __future__ import annotations

import math
from typing import TypeAlias

from school_ektp.planning.problem import ALL, EXPECTED, Group, Site, VisitProblem

FINE = 10_000  # one pupil, in the units of this module
CERTAIN = 1_000_000  # a probability of one
_UNIT = CERTAIN * (FINE // EXPECTED)  # a hundredth of a pupil times a certainty
_MOST_KNOWN = 20_000  # forecasts remembered for one site
_STEPS = 100  # of the loss table, for one standard deviation
_WIDTH = 4  # standard deviations beyond which nothing is lost

#: Visits to a site in order, each with its day, its room, and what the caller adds.
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
        none_held: Chance that no visit was held, in millionths.
        fresh: Of each group, those never called before, given that some visit was held.
        again: Likewise those who stayed away before.
        done: Of each group, hundredths of pupils recorded.
    """

    __slots__ = (
        "again", "day", "done", "fresh", "if_held", "none_held", "pupils", "recorded", "worth",
    )  # fmt: skip

    worth: int
    recorded: tuple[tuple[int, ...], ...]
    if_held: tuple[int, ...]
    pupils: int
    day: int
    none_held: int
    fresh: list[int]
    again: list[int]
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
        self._held, self._rate = luck.held, price.waiting
        self._groups = range(len(site.groups))
        self._weights = [price.weight(group.priority) for group in site.groups]
        self._present = [
            [g for g, group in enumerate(site.groups) if day not in group.away]
            for day in range(problem.days)
        ]
        self._repeat = [repeat_comers(group, site, luck.never) for group in site.groups]
        by_group = [_fresh_by_day(group, problem) for group in site.groups]
        self._fresh = [[fresh[day] for fresh in by_group] for day in range(problem.days)]
        self._cohorts = [_cohorts(group, problem.today) for group in site.groups]
        self._known: dict[Calls, Forecast] = {(): self._nothing()}

    def _nothing(self) -> Forecast:
        made = Forecast()
        made.worth = made.pupils = made.day = 0
        made.recorded, made.if_held, made.none_held = (), (), CERTAIN
        made.fresh, made.again, made.done = [], [], [0] * len(self._groups)
        return made

    def __call__(self, calls: Calls) -> Forecast:
        """Return what visits on these days with this room are expected to bring."""
        known = self._known.get(calls)
        if known is None:
            last = len(calls) - 1
            day = calls[last][0]
            while last and calls[last - 1][0] == day:
                last -= 1
            if len(self._known) > _MOST_KNOWN:
                self._known = {(): self._known[()]}
            rooms = [call[1] for call in calls[last:]]
            known = self._known[calls] = self._step(self(calls[:last]), day, rooms)
        return known

    def expected(self, calls: Calls, day: int) -> int:
        """Return hundredths of pupils who come to a visit on *day* after others, if it is held."""
        before = self(calls)
        came = before.none_held * self._comers(day, self._fresh[day], self._repeat)
        if before.none_held < CERTAIN:
            fresh = self._arrived(before, day)
            came += (CERTAIN - before.none_held) * self._comers(day, fresh, before.again)
        return came // _UNIT

    def _comers(self, day: int, fresh: list[int], again: list[int]) -> int:
        turnout, repeat, *_ = self._rates
        come = 0
        for g in self._present[day]:
            come += (turnout * fresh[g] + repeat * again[g]) // ALL
        return come

    def _arrived(self, before: Forecast, day: int) -> list[int]:
        now, then = self._fresh[day], self._fresh[before.day]
        return [f + a - b for f, a, b in zip(before.fresh, now, then, strict=True)]

    def _step(self, before: Forecast, day: int, rooms: list[int]) -> Forecast:
        """Return the forecast with one more day; its visits share those who come by their room."""
        none_held, held = before.none_held, self._held
        some_held = CERTAIN - none_held
        room = sum(rooms)
        made = Forecast()
        made.day, made.done = day, before.done[:]
        came, new, old = self._call(day, self._fresh[day], self._repeat, room * FINE)
        now, again = none_held * held // ALL, some_held * held // ALL
        made.none_held = none_held - now
        if some_held:
            fresh = self._arrived(before, day)
            came_then, new_then, old_then = self._call(day, fresh, before.again, room * FINE)
            failed, either = some_held - again, some_held + now
            for g in self._groups:
                came[g] = none_held * came[g] + some_held * came_then[g]
                kept = again * new_then[g] + failed * fresh[g]
                new[g] = (now * new[g] + kept) // either
                kept = again * old_then[g] + failed * before.again[g]
                old[g] = (now * old[g] + kept) // either
        else:
            came = [CERTAIN * pupils for pupils in came]
        made.fresh, made.again = new, old
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

    def _call(
        self, day: int, fresh: list[int], again: list[int], room: int
    ) -> tuple[list[int], list[int], list[int]]:
        """
        Return who is recorded of each group on a day that takes place, and who is left.

        Those left are who were never called before, or had no room, and who stayed away.
        """
        turnout, repeat, turnout_spread, room_spread = self._rates
        absent, absent_again = ALL - turnout, ALL - repeat
        recorded = [0] * len(fresh)
        fresh_left, again_left = fresh[:], again[:]
        mean = variance = served = waiting = 0
        room_variance = (room_spread * room // ALL) ** 2
        for g in self._present[day]:
            new, old = turnout * fresh[g], repeat * again[g]
            both = new + old
            if not both:
                continue
            mean += both // ALL
            waiting += fresh[g] + again[g]
            variance += (absent * new + absent_again * old) // (ALL * ALL // FINE)
            spread = turnout_spread * mean // ALL
            deviation = math.isqrt(variance + spread * spread + room_variance)
            most, apart = (mean, room - mean) if mean <= room else (room, mean - room)
            if room < waiting and apart < _WIDTH * deviation:
                most -= deviation * LOSS[apart * _STEPS // deviation] // 1_000_000
            total = recorded[g] = max(most - served, 0)
            served += total
            came, of_new = new // ALL, total * new // both
            fresh_left[g] = max(came - of_new, 0)
            again_left[g] = max(again[g] - total + of_new, 0) + fresh[g] - came
        return recorded, fresh_left, again_left

    def _worth(self, day: int, done: list[int], counts: tuple[int, ...]) -> int:
        """Return what those recorded are worth, the longest waiting first, and count them."""
        worth, rate = 0, self._rate
        for g, pupils in enumerate(counts):
            if pupils:
                since = done[g]
                until = done[g] = since + pupils
                value = 0
                for start, first, last in self._cohorts[g]:
                    if last > since:
                        part = (until if until < last else last) - (since if since > first else first)
                        value += part * max(ALL - rate * (day - start), 0)
                        if last >= until:
                            break
                worth += self._weights[g] * value
        return worth


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
