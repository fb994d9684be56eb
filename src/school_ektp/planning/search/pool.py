"""Routes of the plans that the search went through, and the best plan that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import gcd
from operator import mul
from typing import TypeAlias

import attrs

from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.photo import Shot, lay_out, shots_of
from school_ektp.planning.search.routes import Routes
from school_ektp.planning.simplex import Column, Packing

MOST_SITES, MOST_TEAM_DAYS = 250, 100  # with more, prices take long and choices are too many
MOST_ROUTES = 5_000  # that are kept; when there are more, half of them go
PIVOTS = 1.0  # exchanges in the linear program, times the stops of a route, ...
TRIED = 300  # ... and pairs of routes put beside one another, for each iteration of the search
CLOSE = 1e-6


@attrs.frozen(eq=False)
class Kept:
    """
    A route that can be driven again.

    Attributes:
        kind: Number of the team-days that can be spent so.
        sites: Its sites, one bit each.
        worth: What it records.
        column: The same for the linear program.
        shots: Its visits.
    """

    kind: int
    sites: int
    worth: int
    column: Column
    shots: list[Shot]


class RoutePool:
    """
    Keeps routes and puts together those that record most and share no site: set packing.

    A pool of routes beside a local search, after Rochat and Taillard (1995) and Subramanian,
    Uchoa and Ochi (2013). Only where sites are whole, so that a route asks nothing of the others.
    """

    def __init__(self, routes: Routes) -> None:
        self.routes = routes
        tables = routes.tables
        alike: dict[object, list[int]] = {}
        for route, (crew, _) in enumerate(tables.routes):
            team = routes.problem.crews[crew]
            hours = id(tables.windows[route]), id(tables.clock[route])  # equal ones are shared
            alike.setdefault((team.start, team.end, *hours), []).append(route)
        self.alike = [*alike.values()]  # team-days of each kind
        self.kind = {route: kind for kind, some in enumerate(self.alike) for route in some}
        weights = routes.goals_of.weight
        self.worth = [some * sum(weights[site][:1]) for site, some in enumerate(tables.total)]
        self.step = gcd(*self.worth) or 1  # by which a better plan is better at least
        self.limits = [float(len(some)) for some in self.alike] + [1.0] * tables.sites
        self.known: dict[tuple[int, int], Kept] = {}
        self.packing = Packing(self.limits)

    @staticmethod
    def possible(routes: Routes, insertion: Insertion) -> bool:
        """Return whether sites are whole and not too many, and nothing is pinned."""
        few = routes.tables.sites <= MOST_SITES and len(routes.count) <= MOST_TEAM_DAYS
        each = zip(insertion.whole, routes.tables.total, strict=True)
        return few and not routes.least and all(whole or not pupils for whole, pupils in each)

    def add(self, changed: Iterable[int]) -> None:
        """Keep the *changed* routes as they are now, those that are new."""
        routes = self.routes
        for route in changed:
            kind, sites = self.kind[route], [routes.site[visit] for visit in routes.stops(route)]
            bits = sum([1 << site for site in sites])
            if not sites or (kind, bits) in self.known:
                continue
            worth = sum([self.worth[site] for site in sites])
            limits = kind, *[len(self.alike) + site for site in sites]
            column = Column(float(worth), tuple([(limit, 1.0) for limit in limits]))
            self.known[kind, bits] = Kept(kind, bits, worth, column, shots_of(routes, route))
            self.packing.add(column)

    def better(self, worth: int, iterations: int) -> list[Kept]:
        """
        Return the routes that record most of all that share no site; none if not above *worth*.

        Prices of sites and team-days come from the linear relaxation. At any prices, no plan
        records more than the bound they give less what its routes lose on them, so routes that
        lose too much are left out, and few are left to try (reduced costs).

        Args:
            worth: What a plan at hand records.
            iterations: Of the search since this was last asked, with which the work must keep pace.
        """
        every = [*self.known.values()]
        stops = sum([len(kept.shots) for kept in every])
        _, duals = self.packing.solve(int(PIVOTS * iterations * len(every) / max(stops, 1)))
        prices = [max(dual, 0.0) for dual in duals]
        gains = [kept.column.gain(prices) for kept in every]
        rent = max(gains, default=0.0)  # more than 0 if the program was not solved to its end
        losses = [rent - gain for gain in gains]
        bound = sum(map(mul, prices, self.limits)) + rent * len(self.kind)
        parts = [
            (loss, kept.worth, kept.sites, kept.kind, number)
            for number, (loss, kept) in enumerate(zip(losses, every, strict=True))
            if loss < bound - worth
        ]
        parts += [(prices[kind] + rent, 0, 0, kind, IDLE) for kind in self.kind.values()]
        choice = Choice(self.alike, bound, worth, self.step, TRIED * iterations)
        choice.extend(sorted(parts), left=len(self.kind))
        if len(every) > MOST_ROUTES:
            self._forget(every, losses)
        return [every[number] for number in choice.best if number != IDLE]

    def _forget(self, every: Sequence[Kept], losses: Sequence[float]) -> None:
        """Keep only the routes that lose least."""
        ranked = sorted(range(len(every)), key=losses.__getitem__)
        some = [every[number] for number in ranked[: MOST_ROUTES // 2]]
        self.known = {(kept.kind, kept.sites): kept for kept in some}
        self.packing = Packing(self.limits)
        for kept in some:
            self.packing.add(kept.column)

    def place(self, chosen: Sequence[Kept]) -> None:
        """Make the routes *chosen* the plan."""
        free = [some[::-1] for some in self.alike]
        lay_out(self.routes, [(free[kept.kind].pop(), kept.shots) for kept in chosen])


# What a route loses at the prices, what it records, its sites, its kind, and its number.
Part: TypeAlias = tuple[float, int, int, int, int]
IDLE = -1  # number of a team-day that is not used


class Choice:
    """
    The parts that are worth most together: a search in depth, those first that lose least.

    Attributes:
        best: Numbers of the best parts found; none if they are not worth more than asked.
    """

    def __init__(
        self, alike: Sequence[Sequence[int]], bound: float, most: int, step: int, work: int
    ) -> None:
        self.free = [len(routes) for routes in alike]  # team-days of each kind left
        self.bound = bound
        self.most = most
        self.step = step
        self.work = work  # pairs of parts that may still be put beside one another
        self.chosen: list[int] = []
        self.best: list[int] = []

    def extend(self, parts: list[Part], left: int, lost: float = 0.0, worth: int = 0) -> None:
        """Choose *left* more of the *parts*, sorted, which share no site with those chosen."""
        if not left and worth > self.most:
            self.most, self.best = worth, [*self.chosen]
        for place, (loss, gives, sites, kind, number) in enumerate(parts if left else ()):
            # None that is still to be chosen loses less than this one.
            spare = self.bound - self.most - self.step + CLOSE
            if lost + left * loss > spare or self.work <= 0:
                return
            if self.free[kind]:
                self.work -= len(parts) - place
                self.free[kind] -= 1
                self.chosen.append(number)
                rest = [part for part in parts[place + 1 :] if not part[2] & sites]
                self.extend(rest, left - 1, lost + loss, worth + gives)
                self.chosen.pop()
                self.free[kind] += 1
