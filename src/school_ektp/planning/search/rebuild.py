"""Team-days planned anew together: a linear relaxation of them, fixed the most certain first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from random import Random
from typing import TypeAlias

import attrs

from school_ektp.planning.bound import Yields
from school_ektp.planning.lagrange import Shares
from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.ledger import EVERYBODY
from school_ektp.planning.search.routes import Routes
from school_ektp.planning.teamday import TeamDay
from school_ektp.planning.ways import Orders, Pool, Takes

FEWEST, MOST = 3, 8  # team-days planned anew at once
TOGETHER = 0.5  # share of times when they are neighbours
COMPARED = 3  # team-days for each that is chosen
SITES, EACH = 16, 3  # sites looked at, at least and for each team-day, theirs among them
MOST_STOPS = 3  # of a way; where there is time for one more, recreating adds it
SURE = 0.9  # share of a team-day from which on it is fixed
SPARE = 0.02  # share of its pupils that a team-day may lose to be fixed beside others
PARTS = 12  # of the pupils; days between which as many differ count as alike
CLOSE = 1e-4

Way: TypeAlias = tuple[int, Takes]  # group of team-days that are alike, and how one is spent


class Rebuild:
    """
    Plans some team-days anew as if they were a small problem of their own.

    Column generation (Dantzig and Wolfe, 1960) over ways to spend them finds the best shares of
    the pupils whom the other team-days leave; diving (Joncour, Michel, Sadykov, Sverdlov and
    Vanderbeck, 2010) makes whole team-days of the shares. Only where a site is divisible.
    """

    def __init__(self, routes: Routes, insertion: Insertion, dice: Random) -> None:
        self.routes = routes
        self.insertion = insertion
        self.dice = dice
        self.orders: dict[object, Orders] = {}  # by likeness of the days
        self.work = 0  # ways listed
        self.seems: list[float] = []  # parts that a pupil of each site seems worth, if not all
        self.known: dict[int, object] = {}  # likeness of the routes looked at
        # What is worth how much by the relaxation of all: routes, and by site pupils and visits.
        self.rents: dict[int, float] = {}
        self.prices: list[list[float]] = [[], []]

    @cached_property
    def yields(self) -> Yields:
        """What the problem can yield, read when it is first needed."""
        return Yields(self.routes.problem)

    def likeness(self, route: int) -> object:
        """Return what *route* has in common with team-days that are alike."""
        if route not in self.known:
            crew, day = self.routes.tables.routes[route]
            self.known[route] = self.yields.likeness(crew, day, apart=False)
        return self.known[route]

    def possible(self) -> bool:
        """Return whether sites are divisible and every stay takes time."""
        tables = self.routes.tables
        return all(pace > 0 for row in tables.pace for pace in row)

    def work_done(self) -> int:
        """Return the work done since this was last asked."""
        work, self.work = self.work, 0
        return work

    def few(self) -> int:
        """Return a number of team-days that are soon planned anew."""
        return FEWEST + int(self.dice.random() * (MOST + 1 - FEWEST))

    def choose(self, number: int) -> list[int]:
        """
        Return so many team-days to plan anew, or all: neighbours, or from anywhere.

        Once all have been planned anew together, each is the one of some that falls short most of
        its price in the relaxation. What a plan lacks to the relaxation is just this, summed over
        team-days, and what the pupils left are worth.
        """
        routes, dice = self.routes, self.dice
        if number >= len(routes.count):
            return self._unpinned()
        first = self._poor_route()
        chosen = {first: None}
        if dice.random() < TOGETHER:
            for site in self._around(first):
                for visit in routes.visits_of[site]:
                    if len(chosen) < number and dice.random() < TOGETHER:
                        chosen[routes.route[visit]] = None
        for _ in range(2 * number):
            if len(chosen) < number:
                chosen[self._poor_route()] = None
        return [route for route in sorted(chosen) if not self._pinned(route)]

    def _poor_route(self) -> int:
        """Return the route of some that falls short most; any, if that is not known."""
        number, random = len(self.routes.count), self.dice.random
        return max([int(random() * number) for _ in range(COMPARED)], key=self.shortfall)

    def shortfall(self, route: int) -> float:
        """Return by how much a route is worth less than its price; 0 if that is not known."""
        routes, (price, bonus) = self.routes, self.prices
        if route not in self.rents:
            return 0.0
        stays = [(routes.site[visit], routes.heads[visit]) for visit in routes.stops(route)]
        return self.rents[route] - sum([price[site] * n + bonus[site] for site, n in stays])

    def _around(self, route: int) -> list[int]:
        """Return a site of a route and those near to it; none if it has no stop."""
        stops = self.routes.stops(route)
        if not stops:
            return []
        site = self.routes.site[stops[int(self.dice.random() * len(stops))]]
        return [site, *self.routes.tables.near[site]]

    def _unpinned(self) -> list[int]:
        return [route for route in range(len(self.routes.count)) if not self._pinned(route)]

    def _pinned(self, route: int) -> bool:
        least = self.routes.least
        return bool(least) and any(visit in least for visit in self.routes.stops(route))

    def __call__(
        self, chosen: Sequence[int], stopped: Callable[[], bool] = bool, blur: float = 0.0
    ) -> tuple[list[int], list[int]]:
        """
        Plan *chosen* anew; return routes and sites that may have room or pupils left.

        Args:
            chosen: Routes without pins.
            stopped: Whether the time is over; routes not planned by then stay empty.
            blur: Part that a pupil may seem worth less, drawn for each site, to come to another
                plan than before.
        """
        routes = self.routes
        self.seems = []
        if blur:
            self.seems = [1 - blur * self.dice.random() for _ in range(routes.tables.sites)]
        dropped: dict[int, None] = {}
        for route in chosen:
            for visit in routes.stops(route):
                dropped[routes.site[visit]] = None
                routes.drop(visit)
            routes.tidy(route)
        only = self._sites(dropped, max(SITES, EACH * len(chosen)))
        free = list(chosen)
        while free and not stopped():
            done = self._fix(free, only)
            if not done:
                break
            free = [route for route in free if route not in done]
        return list(chosen), list(dropped)

    def _sites(self, dropped: Iterable[int], most: int) -> set[int]:
        """Return sites to look at: those that lost pupils, and some where most wait."""
        routes, random = self.routes, self.dice.random
        sites = set(dropped)
        others = [s for s, left in enumerate(routes.left) if left > 0 and s not in sites]
        others.sort(key=lambda site: -routes.left[site] * random())
        return sites.union(others[: max(most - len(sites), FEWEST)])

    def _orders(self, route: int) -> Orders:
        """Return the orders of stops on days like that of *route*."""
        like = self.likeness(route)
        if like not in self.orders:
            days = [self.routes.tables.routes[route]]
            day, _ = self.yields.kinds(days, self.yields.everybody, apart=False)[0]
            self.orders[like] = Orders(
                attrs.evolve(day, most_visits=min(day.most_visits, MOST_STOPS))
            )
        return self.orders[like]

    # One step down -----------------------------------------------------------------------

    def _fix(self, free: list[int], only: set[int]) -> set[int]:
        """Solve the relaxation over the *free* routes, fix the surest, and return these."""
        members: dict[object, list[int]] = {}
        for route in free:
            key = self.likeness(route), self._part(route, only)
            members.setdefault(key, []).append(route)
        groups = list(members.values())
        kinds = [self._kind(group, only) for group in groups]
        left = [pupils if s in only else 0 for s, pupils in enumerate(self.routes.left)]
        if not any(kind.stops for kind in kinds):
            return set()
        split = self.yields.split(kinds, left, left, self._worths())
        shares = Shares(split)
        pools = [
            Pool(kind, self._orders(group[0])) for kind, group in zip(kinds, groups, strict=True)
        ]
        shares.settle(dict(enumerate(pools)))
        self.work += sum(len(pool) for pool in pools)
        if len(free) == len(self._unpinned()):
            self._learn(shares, groups)
        return self._place_surest(shares, groups)

    def _learn(self, shares: Shares, groups: Sequence[Sequence[int]]) -> None:
        """Remember what team-days, pupils and visits are worth by the relaxation of all."""
        _, duals = shares.packing.solve()
        for kind, group in enumerate(groups):
            *self.prices, rent = shares.priced(kind, duals)  # prices are those of all kinds
            self.rents.update(dict.fromkeys(group, rent))

    def _part(self, route: int, only: set[int]) -> int:
        """Return a number that is the same for routes on whose days about as many wait."""
        waiting = sum(self._waiting(site, route) for site in only)
        return PARTS * waiting // (1 + sum(self.routes.left[site] for site in only))

    def _kind(self, group: list[int], only: set[int]) -> TeamDay:
        """Return days that are alike, as if on each as many waited as on the best of them."""
        tables = self.routes.tables
        waiting = [0] * tables.sites
        for site in only:
            waiting[site] = max(self._waiting(site, route) for route in group)
        days = [tables.routes[route] for route in group]
        return self.yields.kinds(days, waiting, apart=False)[0][0]

    def _waiting(self, site: int, route: int) -> int:
        """Return how many wait at a site whom a visit of *route* may call."""
        routes, most = self.routes, self.routes.left[site]
        for limit in routes.visit_limits if most else ():
            most = min(most, limit(routes, route, site))
        if not most:
            return 0
        call, record = self.insertion.ledger.waiting(site, routes.tables.day[route])
        return min(most, sum(map(min, call, record)))

    def _worths(self) -> tuple[float, ...]:
        """Return what a pupil of each site is worth, on average over those who wait."""
        routes, goals = self.routes, self.routes.goals_of
        if goals.classes == 1 and not routes.short:
            return tuple(self.seems)
        last = routes.problem.days - 1
        worths = []
        for site, weights in enumerate(goals.weight):
            call, _ = self.insertion.ledger.waiting(site, last)
            all_ = sum(call) or 1
            worth = sum(w * n for w, n in zip(weights, call, strict=True)) / all_
            worths.append(worth + goals.bonus(site, 1, routes.by_district))
        if self.seems:
            worths = [worth * part for worth, part in zip(worths, self.seems, strict=True)]
        top = max(worths, default=1.0) or 1.0
        return tuple(worth / top for worth in worths)

    def _place_surest(self, shares: Shares, groups: list[list[int]]) -> set[int]:
        """
        Fix what is whole or nearly so, and beside what is just whole the surest part of one.

        Without that part the relaxation would come to the same shares of the others again.
        """
        whole: list[Way] = []
        parts: list[tuple[float, Way]] = []
        for share, number, takes in sorted(shares.chosen(), key=itemgetter(0), reverse=True):
            times = int(share + CLOSE)
            whole += [(number, takes)] * times
            if share - times > CLOSE:
                parts.append((share - times, (number, takes)))
        parts.sort(key=itemgetter(0), reverse=True)
        sure = sum(part >= SURE for part, _ in parts)
        fixed: set[int] = set()
        for number, takes in [*whole, *(way for _, way in parts[: max(sure, 1)])]:
            group = groups[number]
            if not group:
                continue
            lost, _, route = min(
                (self._lost(takes, r), self.routes.tables.day[r], r) for r in group
            )
            if not fixed or lost <= SPARE * sum(pupils for _, _, pupils in takes):
                self._place(route, takes)
                group.remove(route)
                fixed.add(route)
        return fixed

    def _lost(self, takes: Takes, route: int) -> float:
        """Return how many pupils of a way cannot be recorded on the day of *route*."""
        turnout = self.routes.tables.turnout
        waiting = [
            (n, turnout[site] * self._waiting(site, route) // EVERYBODY) for site, _, n in takes
        ]
        return sum([max(n - most, 0) for n, most in waiting])

    def _place(self, route: int, takes: Takes) -> None:
        after = 2 * route
        for site, _, pupils in takes:
            visit = self.insertion.append(site, after, max(round(pupils), 1))
            after = after if visit is None else visit
