"""
What one crew-day is worth at most, in order: the best path through sites and minutes.

A site may come again after another one, a relaxation that makes the path a plain recursion over
time (Christofides, Mingozzi and Toth, 1981).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import attrs

from school_ektp.planning.lots import Curve, Tariff
from school_ektp.planning.teamday import NEVER, Stop, Take, TeamDay, Worth, within_limits

PATHS = 8  # paths returned at once


def can_be_routed(day: TeamDay) -> bool:
    """Return whether every stay takes time, without which the recursion has no beginning."""
    return bool(day.stops) and all(stop.fixed + stop.pace > 0 for stop in day.stops)


def routed(day: TeamDay, tariff: Tariff, *, tick: int = 1) -> list[Worth]:
    """
    Return the worth of a day as the best path over sites and minutes, first of a list.

    The others are the best paths that end elsewhere, for whoever wants more than one.
    With a *tick* of several minutes all times are rounded in the day's favour: quicker, and
    still never too low.
    """
    paths = Paths(day, tariff, tick).best()
    caps = [worth.value for worth in within_limits(day, tariff.pupil, tariff.visit)]
    return [attrs.evolve(paths[0], value=min(paths[0].value, *caps)), *paths[1:]] if caps else paths


def fitted(day: TeamDay, takes: Sequence[Take]) -> tuple[Take, ...]:
    """Return visits in their order with as many pupils as the minutes of the day allow."""
    fitting: list[Take] = []
    clock, here = 0, -1
    for site, visits, pupils in takes:
        for stop in day.stops:
            gate = clock + (day.drive[here][site] if here >= 0 else 0)
            start = max(gate, stop.opens)
            free = stop.closes - start - stop.fixed
            rounds = min(free // stop.pace, stop.rounds) if stop.pace else 1
            if stop.site == site and free >= 0 and rounds >= 1:
                some = min(stop.pupils(rounds), pupils)
                used = -int(-some // stop.per_round) if stop.pace else 1
                fitting.append((site, visits, some))
                clock, here = start + stop.fixed + max(used, 1) * stop.pace, site
                break
    return tuple(fitting)


class Paths:
    """
    Best worth of all paths that leave a stop by a tick, for each stop and tick.

    Time advances in strides no longer than the shortest stay, so that whole rows of ticks
    are taken at once: whoever leaves within a stride arrived before it.
    """

    def __init__(self, day: TeamDay, tariff: Tariff, tick: int) -> None:
        self.day = day
        worths = [(stop, _by_rounds(stop, tariff)) for stop in day.stops]
        worths = [(stop, rounds) for stop, rounds in worths if max(rounds)[0] > 0]
        self.stops = [stop for stop, _ in worths]
        # A stay rounded down must still take a tick.
        self.tick = tick = min([tick, *(stop.fixed + stop.pace for stop in self.stops)])
        self.opens = [stop.opens // tick for stop in self.stops]
        self.closes = [-(-stop.closes // tick) for stop in self.stops]
        self.sites = [stop.site for stop in self.stops]
        self.drive = [[day.drive[a][b] // tick for b in self.sites] for a in self.sites]
        self.ways = [self._ways(number) for number in range(len(self.sites))]
        self.length = 1 + max(self.closes, default=0)
        # Rows begin `pad` ticks early, so that a look back never leaves them.
        self.pad = max((max(row) for row in self.drive), default=0)
        self.stays = [self._stays(stop, rounds) for stop, rounds in worths]
        self.earliest = [
            opens + stays[0][0] for opens, stays in zip(self.opens, self.stays, strict=True)
        ]
        self.arrive: list[list[float]] = [[] for _ in self.stops]
        self.leave: list[list[float]] = [[NEVER] * self.pad for _ in self.stops]
        self._fill()

    def _ways(self, number: int) -> list[tuple[int, int]]:
        """Return (other stop, drive) for the stops from which one may come, the nearest first."""
        ways = [(row[number], other) for other, row in enumerate(self.drive) if other != number]
        return [(other, drive) for drive, other in sorted(ways)]

    def _stays(
        self, stop: Stop, worths: Sequence[tuple[float, float]]
    ) -> list[tuple[int, float, float]]:
        """Return (ticks, worth, pupils) of a stay by its rounds; the longest of each tick."""
        best: dict[int, tuple[float, float]] = {}
        for rounds, (worth, pupils) in enumerate(worths, start=1):
            if pupils:
                ticks = (stop.fixed + rounds * stop.pace) // self.tick
                best[ticks] = worth, pupils
        return [(ticks, worth, pupils) for ticks, (worth, pupils) in best.items()]

    def _fill(self) -> None:
        stride = min((stays[0][0] for stays in self.stays), default=1)
        for begin in range(0, self.length, stride):
            end = min(begin + stride, self.length)
            for number in range(len(self.stops)):
                self.leave[number] += self._leaving(number, begin, end)
            for number in range(len(self.stops)):
                self.arrive[number] += self._arriving(number, begin, end)

    def _leaving(self, number: int, begin: int, end: int) -> list[float]:
        arrive, opens = self.arrive[number], self.opens[number]
        row = [NEVER] * (end - begin)
        until = min(end, self.closes[number] + 1)
        for ticks, worth, _ in self.stays[number]:
            since = max(begin, opens + ticks)
            if since >= until:
                break
            part = slice(since - begin, until - begin)
            before = arrive[since - ticks : until - ticks]
            row[part] = map(max, row[part], [earned + worth for earned in before])
        return row

    def _arriving(self, number: int, begin: int, end: int) -> list[float]:
        """Return the best worth at the gate of a stop; whoever is early may wait."""
        row = [self.arrive[number][-1] if begin else NEVER] * (end - begin)
        if begin <= self.opens[number] < end:
            place = self.opens[number] - begin
            row[place] = max(row[place], 0.0)
        for other, drive in self.ways[number]:
            # Outside these ticks nobody leaves the other stop: the row says never.
            if end - drive > self.earliest[other] and begin - drive <= self.closes[other]:
                back = self.pad - drive
                row = list(map(max, row, self.leave[other][begin + back : end + back]))
        return list(accumulate(row, max))

    def best(self) -> list[Worth]:
        """Return the best path for each last stop, the best of all first."""
        ends = sorted(
            ((max(row), number) for number, row in enumerate(self.leave)),
            key=lambda end: (-end[0], end[1]),
        )
        paths = [
            Worth(worth, self._visits(number, self.leave[number].index(worth) - self.pad))
            for worth, number in ends[:PATHS]
            if worth > 0
        ]
        return paths or [Worth(0.0)]

    def _visits(self, number: int, tick: int) -> tuple[Take, ...]:
        """Return the visits of the path that leaves a stop at *tick*, by going back."""
        takes: list[Take] = []
        while number >= 0:
            pupils, start = self._stay(number, tick)
            takes.append((self.sites[number], 1.0, pupils))
            number, tick = self._before(number, start)
        return tuple(reversed(takes))

    def _stay(self, number: int, tick: int) -> tuple[float, int]:
        """Return the pupils of the stay that ends at *tick*, and when its crew arrived."""
        worth, arrive = self.leave[number][tick + self.pad], self.arrive[number]
        for ticks, gain, pupils in self.stays[number]:
            start = tick - ticks
            if start >= self.opens[number] and arrive[start] + gain == worth:
                return pupils, bisect_left(arrive, arrive[start])
        raise AssertionError

    def _before(self, number: int, tick: int) -> tuple[int, int]:
        """Return the stop and tick of leaving it from which a crew arrives at *tick*."""
        worth = self.arrive[number][tick]
        for other, leave in enumerate(self.leave):
            left = tick - self.drive[other][number]
            if other != number and left >= 0 and leave[left + self.pad] == worth:
                return other, left
        return -1, 0


def _by_rounds(stop: Stop, tariff: Tariff) -> list[tuple[float, float]]:
    """Return worth and pupils of a stay that pays most, from one round on."""
    price, bonus = tariff.pupil[stop.site], tariff.visit[stop.site]
    if stop.site in tariff.lots:
        curve = Curve(stop, tariff)
        return [*zip(curve.values, curve.pupils, strict=True)][1:]
    if price <= 0:
        return [(bonus + price, 1.0)]
    some = [stop.pupils(rounds) for rounds in range(1, stop.rounds + 1)]
    return [(bonus + price * pupils, pupils) for pupils in some]
