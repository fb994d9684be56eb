"""
Sets of stops that a day may be spent on, listed once and priced all together.

Quick and nearly complete, where the recursion of `pricing` is complete and slow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from school_ektp.planning.exact.master import Stops
from school_ektp.planning.exact.types import DayType, fewest_pupils, most_driving, most_stops
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.teamday import Stop, TeamDay
from school_ektp.planning.ways import MOST_STOPS, Orders

LOOKS = 2  # sets filled for each that is asked for
PRICES = 8  # of a minute, at which sets are valued
AT_ONCE = 1  # minute a round takes where all are recorded at once


class Sets:
    """
    The sets of stops of one type of day.

    Attributes:
        sites: For each set and place the site visited; one past the last where there is none.
        room: For each set and place the ticks for recording up to this stop.
        ticks: For each site what a round takes: the unit is the longest of which all are made.
    """

    def __init__(self, problem: VisitProblem, kind: DayType) -> None:
        import numpy as np  # comes with highspy

        self.np = np
        count = len(problem.sites)
        crew = problem.crews[kind.crew]
        day = _team_day(problem, kind)
        limit = most_driving(problem) or math.inf
        orders = Orders(day)
        needs = {number: stop.pace for number, stop in enumerate(orders.stops)}
        found = [
            (sites, order.minutes)
            for some in orders.sets(needs)
            for order, _, _ in some
            for sites in [[orders.stops[number].site for number in order.stops]]
            if _driving(problem, kind, sites) <= limit
        ]
        pace = [pace or AT_ONCE for pace in crew.minutes_per_pupil]
        unit = math.gcd(*pace)
        self.ticks = np.array([*pace, unit]) // unit
        self.sites = np.full((len(found), MOST_STOPS), count)
        self.room = np.zeros_like(self.sites)
        for row, (sites, minutes) in enumerate(found):
            self.sites[row, : len(sites)] = sites
            self.room[row] = minutes[-1] // unit
            self.room[row, : len(sites)] = [left // unit for left in minutes]
        self.per_round = np.array(
            [*(kind.kits if pace else problem.pupils for pace in crew.minutes_per_pupil), 1]
        )
        self.day_cap = day.most_pupils
        self.fewest = fewest_pupils(problem)

    def listed(self, caps: Any) -> Listing:  # noqa: ANN401
        """Return the sets of which every site has somebody waiting; *caps* by site."""
        alive = self.np.append(caps > 0, True)
        return Listing(self, self.np.flatnonzero(alive[self.sites].all(axis=1)), caps)


class Listing:
    """The sets whose sites have somebody waiting, ready to be priced."""

    def __init__(self, sets: Sets, chosen: Any, caps: Any) -> None:  # noqa: ANN401
        """
        Look up what the sets have in common at all prices.

        Args:
            sets: All sets of the type of day.
            chosen: Numbers of those to look at.
            caps: For each site, the most pupils one visit records.
        """
        np = sets.np
        self.np, self.sets = np, sets
        self.sites, self.room = sets.sites[chosen], sets.room[chosen]
        self.columns = np.ascontiguousarray(self.sites.T)
        self.minutes = self.room[:, -1].astype(float)
        rounds = np.arange(self.room.max(initial=0) + 1) // sets.ticks[:, None]
        heads = np.append(caps, 0)[:, None]
        self.pupils = np.minimum(rounds * sets.per_round[:, None], heads)  # by site and ticks
        self.pupils[rounds < -(-sets.fewest // sets.per_round[:, None])] = 0
        self.longest = (self.pupils < self.pupils[:, -1:]).sum(axis=1)  # ticks with fewer

    def best(self, worths: Any, above: float, most: int) -> list[Stops]:  # noqa: ANN401
        """
        Return how to spend a day so that it is worth more than *above*, the best first.

        Args:
            worths: For each site and number of pupils, what a visit that records them is worth.
            above: Worth that must be exceeded.
            most: How many to return at most.
        """
        np = self.np
        worths = np.concatenate([worths, np.zeros((1, worths.shape[1]))])
        worths[:, 0] = 0.0
        top = np.maximum.accumulate(worths, axis=1)  # fewer pupils may be worth more
        gains = top[np.arange(len(top))[:, None], self.pupils]
        likely = self._ranked(self._at_most(gains), above)[: LOOKS * most]
        if not len(likely):
            return []
        worth, ticks = self._filled(likely, gains)
        sites = self.sites[likely]
        gained = top[sites, self.pupils[sites, ticks]]
        fewest = (worths[sites] >= gained[..., None]).argmax(axis=2)  # that are worth as much
        pupils = np.minimum(fewest, np.maximum(self._day_left(fewest), 0))
        return [
            tuple(
                (site, some)
                for site, some in zip(sites[row].tolist(), pupils[row].tolist(), strict=True)
                if some
            )
            for row in np.argsort(-worth, kind="stable")[:most]
            if worth[row] > above
        ]

    def _ranked(self, worth: Any, above: float) -> Any:  # noqa: ANN401
        """Return the numbers of the sets worth more than *above*, the best first."""
        np = self.np
        paying = np.flatnonzero(worth > above)
        return paying[np.argsort(-worth[paying], kind="stable")]

    def _day_left(self, pupils: Any) -> Any:  # noqa: ANN401
        """Return for each stop what the stops before it leave of the most a day records."""
        return self.sets.day_cap - self.np.cumsum(pupils, axis=1) + pupils

    def _at_most(self, gains: Any) -> Any:  # noqa: ANN401
        """Return what each set is worth at most: the least over some prices of a minute."""
        np = self.np
        ticks = np.arange(gains.shape[1])
        steepest = np.sort((gains / np.maximum(ticks, 1)).max(axis=1))
        rates = steepest[[place * (len(steepest) - 1) // (PRICES - 1) for place in range(PRICES)]]
        by_site = (gains[:, None] - rates[:, None] * ticks).max(axis=2)
        worth = self.minutes[:, None] * rates
        for column in self.columns:
            worth += by_site.take(column, axis=0)
        least, *others = worth.T
        for other in others:
            np.minimum(least, other, out=least)
        return least

    def _filled(self, chosen: Any, gains: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Return what the sets are worth, and how long each stop records: the best there is."""
        np = self.np
        sites, room = self.sites[chosen], self.room[chosen]
        table, real = gains[sites], sites < len(gains) - 1
        rows, span = np.arange(len(chosen))[:, None], np.arange(gains.shape[1])
        before = [_in_time(np, table[:, 0], room[:, 0])]
        for place in range(1, MOST_STOPS - 1):
            worth = before[-1].copy()
            on = np.flatnonzero(real[:, place + 1])  # elsewhere it is the last stop
            longest = int(self.longest[sites[on, place]].max(initial=0))
            worth[on] = _in_time(
                np, _added(np, worth[on], table[on, place, : longest + 1]), room[on, place]
            )
            before.append(worth)
        ticks, left, best = np.zeros_like(sites), room[:, -1], np.zeros(len(chosen))
        for place in reversed(range(MOST_STOPS)):
            left = np.minimum(np.maximum(left, 0), room[:, place])
            rest = left[:, None] - span
            offered = np.where(rest >= 0, table[:, place], -np.inf)
            if place:
                offered += before[place - 1][rows, np.maximum(rest, 0)]
            ticks[:, place] = np.where(real[:, place], offered.argmax(axis=1), 0)
            best = np.where(real[:, place], np.maximum(best, offered.max(axis=1)), best)
            left = left - ticks[:, place]
        return np.where(room.min(axis=1) < 0, -np.inf, best), ticks


def _in_time(np: Any, worth: Any, room: Any) -> Any:  # noqa: ANN401
    """Return what is worth so much by ticks, where no more ticks than *room* can be used."""
    return np.minimum(worth, worth[np.arange(len(worth)), np.maximum(room, 0)][:, None])


def _added(np: Any, before: Any, stop: Any) -> Any:  # noqa: ANN401
    """Return what one more stop makes of what is worth so much by ticks: the best split of them."""
    (count, width), ways = before.shape, stop.shape[1]
    padded = np.full((count, ways - 1 + width), -np.inf)
    padded[:, ways - 1 :] = before
    row, step = padded.strides
    earlier = np.ndarray((count, ways, width), padded.dtype, padded, 0, (row, step, step))
    return (earlier + stop[:, ::-1, None]).max(axis=1)


def _team_day(problem: VisitProblem, kind: DayType) -> TeamDay:
    crew = problem.crews[kind.crew]
    stops = tuple(
        Stop(
            site=site,
            opens=opens,
            closes=closes,
            fixed=crew.setup[site] + crew.packdown[site],
            pace=crew.minutes_per_pupil[site] or AT_ONCE,
            per_round=float(kind.kits),
            most=cap,
        )
        for (site, opens, closes), cap in zip(kind.spans, kind.caps, strict=True)
        if cap
    )
    return TeamDay(
        crew=kind.crew,
        count=kind.count,
        stops=stops,
        drive=problem.travel[crew.travel],
        most_pupils=min(Reach(problem).kit_cap * kind.kits, problem.pupils),
        most_visits=most_stops(problem) or MOST_STOPS,
    )


def _driving(problem: VisitProblem, kind: DayType, sites: Sequence[int]) -> int:
    """Return the minutes driven by way of some sites, from the base and home."""
    crew = problem.crews[kind.crew]
    drive = problem.travel[crew.travel]
    return sum(drive[a][b] for a, b in pairwise([crew.start, *sites, crew.end]))
