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

LOOKS = 3  # sets filled for each that is asked for
PRICES = 16  # of a minute, at which sets are valued
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
        orders = [
            order
            for some in Orders(day).sets({(s.site, s.opens, s.closes): s.pace for s in day.stops})
            for order in some
            if _driving(problem, kind, [site for site, _, _ in order[0]]) <= limit
        ]
        pace = [pace or AT_ONCE for pace in crew.minutes_per_pupil]
        unit = math.gcd(*pace)
        self.ticks = np.array([*pace, unit]) // unit
        self.sites = np.full((len(orders), MOST_STOPS), count)
        self.room = np.zeros_like(self.sites)
        for row, (names, minutes) in enumerate(orders):
            self.sites[row, : len(names)] = [site for site, _, _ in names]
            self.room[row] = minutes[-1] // unit
            self.room[row, : len(names)] = [left // unit for left in minutes]
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
        rises = np.pad(worths[:, 1:] > top[:, :-1], ((0, 0), (1, 0)))
        fewer = np.maximum.accumulate(np.where(rises, np.arange(rises.shape[1]), 0), axis=1)
        gains = np.take_along_axis(top, self.pupils, axis=1)
        likely = self._ranked(self._at_most(gains), above)[: LOOKS * most]
        worth, ticks = self._filled(likely, gains)
        sites = self.sites[likely]
        pupils = fewer[sites, self.pupils[sites, ticks]]
        pupils = np.minimum(pupils, np.maximum(self._day_left(pupils), 0))
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
        rates = (gains / np.maximum(ticks, 1)).max(axis=1)
        worth = np.full(len(self.sites), np.inf)
        for rate in np.quantile(rates, np.linspace(0, 1, PRICES)):
            by_site = (gains - rate * ticks).max(axis=1)
            np.minimum(worth, sum(by_site[self.columns]) + rate * self.room[:, -1], out=worth)
        return worth

    def _filled(self, chosen: Any, gains: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Return what the sets are worth, and how long each stop records: the best there is."""
        np = self.np
        sites, room = self.sites[chosen], self.room[chosen]
        span = np.arange(gains.shape[1])
        table = gains[sites]
        worths = [np.zeros((len(chosen), len(span)))]  # up to each place, by ticks at most
        for place in range(MOST_STOPS):
            before, wider = worths[-1], np.maximum(worths[-1], table[:, place])
            longest = int(self.longest[sites[:, place]].max(initial=0)) if place else 0
            for some in range(1, longest + 1):
                offered = before[:, : len(span) - some] + table[:, place, some, None]
                np.maximum(wider[:, some:], offered, out=wider[:, some:])
            in_time = np.minimum(span, np.maximum(room[:, place, None], 0))
            worths.append(np.take_along_axis(wider, in_time, axis=1))
        rows, ticks, left = np.arange(len(chosen)), np.zeros_like(sites), room[:, -1]
        for place in reversed(range(MOST_STOPS)):
            left = np.clip(left, 0, room[:, place])
            rest = left[:, None] - span
            offered = np.take_along_axis(worths[place], np.maximum(rest, 0), axis=1)
            offered = np.where(rest < 0, -np.inf, offered + table[:, place])
            ticks[:, place] = offered.argmax(axis=1)
            left = left - ticks[:, place]
        return np.where(room.min(axis=1) < 0, -np.inf, worths[-1][rows, -1]), ticks


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
