"""
Crew-days that are alike, and what one is worth at most when pupils and visits have prices.

Without regard to the order of the stays, and so never too low: time is a knapsack into which stays
are packed by worth per minute, each with its set-up and half of the two shortest drives around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
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
        (_by_minutes(day, price, bonus), *within_limits(day, price, bonus)),
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


def within_limits(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> list[Worth]:
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
