"""
What one crew-day is worth at most when pupils and visits have prices.

Two answers, both never too low. `packed` forgets the order of the stays: time is a knapsack into
which stays are packed by worth per minute, each with its set-up and half of the two shortest
drives around it. `routed` knows the order: the best path through sites and minutes, in which a
site may come again after another one (a relaxation that makes the path a plain recursion over time;
Christofides, Mingozzi and Toth, 1981).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

import attrs

from school_ektp.planning.problem import Matrix

Take: TypeAlias = tuple[int, float, float]  # site, visits, pupils: fractions allowed
NEVER = float("-inf")


@attrs.frozen(eq=False, kw_only=True)
class Stop:
    """
    A session of a site as a crew-day can use it.

    Attributes:
        site: Number of the site.
        opens: First minute on the crew's clock at which a stay can begin.
        closes: Last minute by which it must be over, so that the crew gets home.
        fixed: Minutes of set-up and pack-down.
        pace: Minutes of a round of recording.
        per_round: Pupils recorded in a round.
        most: Pupils one visit can record, given that all its time is used.
        detour: Minutes of driving that every visit costs at least, whatever is before and after.
    """

    site: int
    opens: int
    closes: int
    fixed: int
    pace: int
    per_round: float
    most: int
    detour: float = 0.0

    @cached_property
    def rounds(self) -> int:
        """Rounds of recording after which nobody is left to record."""
        return max(-int(-self.most // self.per_round), 1) if self.pace else 1

    def pupils(self, rounds: int) -> float:
        """Return how many *rounds* record."""
        return min(rounds * self.per_round, self.most) if self.pace else self.most


@attrs.frozen(eq=False, kw_only=True)
class TeamDay:
    """
    Crew-days that are alike.

    Attributes:
        crew: Crew whose days they are, or -1 where it does not matter.
        count: How many there are.
        stops: Sessions that can be used.
        drive: Minutes between sites.
        most_pupils: Pupils the kits may record in a day.
        most_visits: Visits a day may have.
    """

    crew: int
    count: int
    stops: tuple[Stop, ...]
    drive: Matrix
    most_pupils: int
    most_visits: int

    @cached_property
    def closings(self) -> tuple[list[int], list[float]]:
        """For each stop the number of its closing time; for each of these the minutes up to it."""
        opens = min(stop.opens - stop.detour for stop in self.stops)
        times = sorted({stop.closes + stop.detour for stop in self.stops})
        numbers = {time: number for number, time in enumerate(times)}
        return (
            [numbers[stop.closes + stop.detour] for stop in self.stops],
            [time - opens for time in times],
        )


@attrs.frozen(eq=False)
class Worth:
    """The most a crew-day can earn, and by which visits."""

    value: float
    takes: tuple[Take, ...] = ()


def packed(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> Worth:
    """Return the worth of a day without regard to the order of its stays."""
    if not day.stops:
        return Worth(0.0)
    return min(
        (_by_minutes(day, price, bonus), *_by_limits(day, price, bonus)),
        key=lambda worth: worth.value,
    )


def detours(drive: Matrix, sites: int) -> tuple[float, ...]:
    """
    Return for each site half the shortest drive to or from another one.

    A drive between two sites then takes at least the sum of their detours.
    """
    columns = tuple(zip(*(row[:sites] for row in drive[:sites]), strict=True))
    return tuple(
        min((*there[:site], *there[site + 1 : sites], *back[:site], *back[site + 1 :]), default=0)
        / 2
        for site, (there, back) in enumerate(zip(drive, columns, strict=False))
    )


# Without order ------------------------------------------------------------------------------


def _by_minutes(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> Worth:
    """
    Fill the day with stays by worth per minute; the last ones may be fractions.

    Until each closing time, no more fits than the minutes up to it: nested limits, for which
    taking the best first is best (Edmonds, 1971).
    """
    closings, left = day.closings
    room = list(left)
    pieces = [
        (gain / minutes if minutes else float("inf"), number, minutes, gain, take)
        for number, stop in enumerate(day.stops)
        for minutes, gain, take in _pieces(stop, price[stop.site], bonus[stop.site])
    ]
    pieces.sort(key=lambda piece: (-piece[0], piece[1]))
    value, takes = 0.0, list[Take]()
    for _, number, minutes, gain, (site, visits, pupils) in pieces:
        since = closings[number]
        free = min(room[since:])
        if free <= 0 and minutes:
            if not since and room[-1] <= 0:
                break
            continue
        share = min(1.0, free / minutes) if minutes else 1.0
        value += share * gain
        takes.append((site, share * visits, share * pupils))
        for later in range(since, len(room)):
            room[later] -= share * minutes
    return Worth(value, tuple(takes))


def _pieces(stop: Stop, price: float, bonus: float) -> list[tuple[float, float, Take]]:
    """
    Return the concave hull of a visit's worth over its minutes: (minutes, gain, take) pieces.

    From nothing to the best worth per minute, then on to all pupils of the site.
    """
    fixed = stop.fixed + 2 * stop.detour
    corners = [
        (fixed + rounds * stop.pace, stop.pupils(rounds))
        for rounds in sorted({1, max(stop.rounds - 1, 1), stop.rounds})
    ]
    if price <= 0:
        corners = [(corners[0][0], 1.0)]
    points = [(minutes, bonus + price * pupils, pupils) for minutes, pupils in corners]
    pieces: list[tuple[float, float, Take]] = []
    minutes, gain, done, visits = 0.0, 0.0, 0.0, 1.0
    while points:
        best = max(points, key=lambda point: _slope(point[0] - minutes, point[1] - gain))
        if best[1] <= gain:
            break
        take = (stop.site, visits, best[2] - done)
        pieces.append((best[0] - minutes, best[1] - gain, take))
        minutes, gain, done, visits = best[0], best[1], best[2], 0.0
        points = [point for point in points if point[0] > minutes]
    return pieces


def _slope(minutes: float, gain: float) -> float:
    if minutes > 0:
        return gain / minutes
    return float("inf") if gain > 0 else NEVER


def _by_limits(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> list[Worth]:
    """Return what the limits on pupils and on visits of a day leave, each taken alone."""
    worths = []
    whole = [
        (bonus[stop.site] + max(price[stop.site], 0.0) * stop.most, stop) for stop in day.stops
    ]
    if day.most_visits < len(day.stops):
        best = sorted(whole, key=lambda entry: -entry[0])[: day.most_visits]
        takes = tuple((stop.site, 1.0, float(stop.most)) for gain, stop in best if gain > 0)
        worths.append(Worth(sum(gain for gain, _ in best if gain > 0), takes))
    if day.most_pupils < sum(stop.most for stop in day.stops):
        worths.append(_by_pupils(day, price, bonus))
    return worths


def _by_pupils(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> Worth:
    """Give the day's pupils to the best prices; every bonus is earned at once."""
    left, value, takes = day.most_pupils, 0.0, list[Take]()
    for stop in sorted(day.stops, key=lambda stop: -price[stop.site]):
        pupils = min(stop.most, left) if price[stop.site] > 0 else 0
        gain = max(bonus[stop.site], 0.0) + price[stop.site] * pupils
        left -= pupils
        value += gain
        if gain > 0:
            takes.append((stop.site, 1.0, float(pupils)))
    return Worth(value, tuple(takes))


# With order ---------------------------------------------------------------------------------


def can_be_routed(day: TeamDay) -> bool:
    """Return whether every stay takes time, without which the recursion has no beginning."""
    return bool(day.stops) and all(stop.fixed + stop.pace > 0 for stop in day.stops)


def routed(
    day: TeamDay,
    price: Sequence[float],
    bonus: Sequence[float],
    *,
    tick: int = 1,
) -> list[Worth]:
    """
    Return the worth of a day as the best path over sites and minutes, first of a list.

    The others are the best paths that end elsewhere, for whoever wants more than one.
    With a *tick* of several minutes all times are rounded in the day's favour: quicker, and
    still never too low.
    """
    paths = Paths(day, price, bonus, tick).best()
    caps = [worth.value for worth in _by_limits(day, price, bonus)]
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

    def __init__(
        self,
        day: TeamDay,
        price: Sequence[float],
        bonus: Sequence[float],
        tick: int,
    ) -> None:
        self.day = day
        self.stops = [
            stop
            for stop in day.stops
            if bonus[stop.site] + max(price[stop.site], price[stop.site] * stop.most) > 0
        ]
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
        self.stays = [self._stays(stop, price[stop.site], bonus[stop.site]) for stop in self.stops]
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

    def _stays(self, stop: Stop, price: float, bonus: float) -> list[tuple[int, float, float]]:
        """Return (ticks, worth, pupils) of a stay by its rounds; the longest of each tick."""
        best: dict[int, tuple[float, float]] = {}
        for rounds in range(1, stop.rounds + 1 if price > 0 else 2):
            pupils = stop.pupils(rounds) if price > 0 else 1.0
            ticks = (stop.fixed + rounds * stop.pace) // self.tick
            best[ticks] = (bonus + price * pupils, pupils)
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


PATHS = 8  # paths returned at once
