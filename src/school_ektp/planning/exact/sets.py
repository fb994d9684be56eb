"""
Sets of stops that a day may be spent on, listed once and priced all together.

Quick and nearly complete, where the recursion of `pricing` is complete and slow.
"""

from __future__ import annotations

from typing import Any

from school_ektp.planning.exact.master import Stops
from school_ektp.planning.exact.types import DayType, fewest_pupils, most_stops
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.teamday import Stop, TeamDay
from school_ektp.planning.ways import MOST_STOPS, Orders

LOOKS = 4  # sets filled for each that is asked for
NEVER = 1 << 30
AT_ONCE = 1  # minute a round takes where all are recorded at once


class Sets:
    """
    The sets of stops of one type of day.

    Attributes:
        sites: For each set and place the site visited; one past the last where there is none.
        minutes: For each set and place the minutes for recording up to this stop.
    """

    def __init__(self, problem: VisitProblem, kind: DayType) -> None:
        import numpy as np  # comes with highspy

        self.np = np
        count = len(problem.sites)
        crew = problem.crews[kind.crew]
        day = _team_day(problem, kind)
        orders = [
            order
            for some in Orders(day).sets({(s.site, s.opens, s.closes): s.pace for s in day.stops})
            for order in some
        ]
        self.sites = np.full((len(orders), MOST_STOPS), count)
        self.minutes = np.full((len(orders), MOST_STOPS), kind.length)
        self.last = np.array([minutes[-1] for _, minutes in orders], dtype=int)
        for row, (names, minutes) in enumerate(orders):
            self.sites[row, : len(names)] = [site for site, _, _ in names]
            self.minutes[row, : len(names)] = minutes
        self.pace = np.array([*(pace or AT_ONCE for pace in crew.minutes_per_pupil), AT_ONCE])
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
        self.sites, self.minutes = sets.sites[chosen], sets.minutes[chosen]
        self.heads = np.append(caps, 0)
        rounds = -(-self.heads // sets.per_round)
        self.needs = (rounds * sets.pace)[self.sites]
        self.short = np.maximum(self.needs.sum(axis=1) - sets.last[chosen], 0)
        self.places = np.arange(self.sites.shape[1])

    def best(self, worths: Any, above: float, most: int) -> list[Stops]:  # noqa: ANN401
        """
        Return how to spend a day so that it is worth more than *above*, the best first.

        Args:
            worths: For each site and number of pupils, what a visit that records them is worth.
            above: Worth that must be exceeded.
            most: How many to return at most.
        """
        np, sets = self.np, self.sets
        worths = np.concatenate([worths, np.zeros((1, worths.shape[1]))])
        every = np.arange(len(worths))
        whole, one = worths[every, self.heads], worths[every, np.minimum(self.heads, 1)]
        rate = np.maximum(whole - one, 0.0) / np.maximum(self.heads - 1, 1)
        rate *= sets.per_round / sets.pace
        rate[-1] = NEVER
        worth = np.maximum(whole, one)[self.sites].sum(axis=1) - self._lost(rate)
        paying = np.flatnonzero(worth > above)
        likely = paying[np.argsort(-worth[paying], kind="stable")][: LOOKS * most]
        sites, pupils = self.sites[likely], self._filled(likely, rate)
        # Fewer pupils may be worth more.
        top = np.maximum.accumulate(worths[:, 1:], axis=1)
        worth = np.where(pupils > 0, top[sites, pupils - 1], 0.0).sum(axis=1)
        paying = np.flatnonzero(worth > above)
        ranked = paying[np.argsort(-worth[paying], kind="stable")][:most]
        return [
            tuple(
                (site, int(worths[site, 1 : some + 1].argmax()) + 1)
                for site, some in zip(sites[row].tolist(), pupils[row].tolist(), strict=True)
                if some
            )
            for row in ranked
        ]

    def _lost(self, rate: Any) -> Any:  # noqa: ANN401
        """Return the worth of what there is no time for: left where a minute is worth least."""
        np = self.np
        order = np.argsort(rate[self.sites], axis=1)
        lost, short = np.zeros(len(order)), self.short
        rates = np.take_along_axis(rate[self.sites], order, axis=1)
        needs = np.take_along_axis(self.needs, order, axis=1)
        for place in range(order.shape[1]):
            less = np.minimum(short, needs[:, place])
            lost += less * rates[:, place]
            short = short - less
        return lost

    def _filled(self, chosen: Any, rate: Any) -> Any:  # noqa: ANN401
        """
        Return how many each stop records, none where time is too short for all of them.

        One round each, then the dearest minutes first, as far as time goes.
        """
        np, sets = self.np, self.sets
        sites, rows = self.sites[chosen], np.arange(len(chosen))
        pace, lot = sets.pace[sites], sets.per_round[sites]
        pupils = np.minimum(self.heads[sites], -(-sets.fewest // lot) * lot)
        room = self.minutes[chosen] - np.cumsum(-(-pupils // lot) * pace, axis=1)
        left = sets.day_cap - pupils.sum(axis=1)
        pupils[(room.min(axis=1) < 0) | (left < 0)] = 0
        for place in np.argsort(-rate[sites], axis=1, kind="stable").T:
            later = self.places[None, :] >= place[:, None]
            free = np.maximum(np.where(later, room, NEVER).min(axis=1), 0)
            more = free // pace[rows, place] * lot[rows, place]
            more = np.minimum(more, self.heads[sites[rows, place]] - pupils[rows, place])
            more = np.where(pupils[rows, place] > 0, np.clip(more, 0, left), 0)
            pupils[rows, place] += more
            left -= more
            used = -(-more // lot[rows, place]) * pace[rows, place]
            room = room - np.where(later, used[:, None], 0)
        return pupils


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
