"""Team-days planned anew together: a linear relaxation of them, fixed the most certain first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from random import Random
from typing import TypeAlias

from school_ektp.planning.bound import Yields
from school_ektp.planning.lagrange import Shares, Split, bound_at, by_routing
from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.routes import Routes
from school_ektp.planning.search.ruin import any_visit
from school_ektp.planning.teamday import Take, TeamDay

Takes: TypeAlias = tuple[Take, ...]  # how a team-day is spent

FEWEST, MOST = 3, 6  # team-days planned anew at once
TOGETHER = 0.5  # share of times when they are neighbours
SITES = 16  # sites looked at, those of the team-days among them
TICK = 10  # minutes to which paths are found
NEAREST = 6  # sites from which one is reached
ROUNDS = 2  # of prices, before some team-days are fixed
SURE = 0.9  # share of a team-day from which on it is fixed
SPARE = 2  # pupils by which a team-day may fall short to be fixed beside others
WHOLE = 0.8  # share of its pupils from which on a team-day of the pool is worth a look
POOL = 400  # team-days kept of each kind
WEEK = 7  # days in which those who wait count as the same
NEAR = 0.5  # pupils that more prices could still win
CLOSE = 1e-4


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
        self.pool: dict[object, dict[Takes, None]] = {}  # by likeness of the days
        self.work = 0.0  # as `Split.work` counts it
        self.known: dict[int, object] = {}  # likeness of the routes looked at

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

    def work_done(self) -> float:
        """Return the work done since this was last asked."""
        work, self.work = self.work, 0.0
        return work

    def choose(self) -> list[int]:
        """Return team-days to plan anew: neighbours, or from anywhere."""
        routes, dice = self.routes, self.dice
        tables = routes.tables
        number = min(FEWEST + int(dice.random() * (MOST + 1 - FEWEST)), len(routes.count))
        seed = any_visit(routes, dice)
        chosen = {routes.route[seed]: None}
        if dice.random() < TOGETHER:
            for site in (routes.site[seed], *tables.near[routes.site[seed]]):
                for visit in routes.visits_of[site]:
                    if len(chosen) < number and dice.random() < TOGETHER:
                        chosen[routes.route[visit]] = None
        for _ in range(2 * number):
            if len(chosen) < number:
                chosen[self._any_route()] = None
        return [route for route in sorted(chosen) if not self._pinned(route)]

    def _any_route(self) -> int:
        return int(self.dice.random() * len(self.routes.count))

    def _pinned(self, route: int) -> bool:
        least = self.routes.least
        return bool(least) and any(visit in least for visit in self.routes.stops(route))

    def __call__(self, chosen: Sequence[int]) -> tuple[list[int], list[int]]:
        """Plan *chosen* anew; return routes and sites that may have room or pupils left."""
        routes = self.routes
        dropped: dict[int, None] = {}
        for route in chosen:
            for visit in routes.stops(route):
                dropped[routes.site[visit]] = None
                routes.drop(visit)
            routes.tidy(route)
        only = self._sites(dropped)
        free = list(chosen)
        while free:
            done = self._fix(free, only)
            if not done:
                break
            free = [route for route in free if route not in done]
        return list(chosen), list(dropped)

    def _sites(self, dropped: Iterable[int]) -> set[int]:
        """Return sites to look at: those that lost pupils, and some where most wait."""
        routes, random = self.routes, self.dice.random
        sites = set(dropped)
        others = [s for s, left in enumerate(routes.left) if left > 0 and s not in sites]
        others.sort(key=lambda site: -routes.left[site] * random())
        return sites.union(others[: max(SITES - len(sites), FEWEST)])

    # One step down -----------------------------------------------------------------------

    def _fix(self, free: list[int], only: set[int]) -> set[int]:
        """Solve the relaxation over the *free* routes, fix the surest, and return these."""
        members: dict[object, list[int]] = {}
        for route in free:
            key = self.likeness(route), self.routes.tables.day[route] // WEEK
            members.setdefault(key, []).append(route)
        groups = list(members.values())
        kinds = [self._kind(group, only) for group in groups]
        left = [pupils if s in only else 0 for s, pupils in enumerate(self.routes.left)]
        if not any(kind.stops for kind in kinds):
            return set()
        split = self.yields.split(kinds, left, left, self._worths())
        shares = Shares(split)
        for number, group in enumerate(groups):
            self._offer(shares, number, kinds[number], self.pool.get(self.likeness(group[0]), ()))
        old = len(shares.ways)
        self._price(split, shares)
        for number, takes in list(shares.ways.values())[old:]:
            self._remember(self.likeness(groups[number][0]), takes)
        return self._place_surest(shares, groups)

    def _kind(self, group: list[int], only: set[int]) -> TeamDay:
        tables = self.routes.tables
        day = tables.day[group[0]]
        waiting = [self._waiting(site, day) if site in only else 0 for site in range(tables.sites)]
        days = [tables.routes[route] for route in group]
        return self.yields.kinds(days, waiting, apart=False)[0][0]

    def _waiting(self, site: int, day: int) -> int:
        left = self.routes.left[site]
        if not left:
            return 0
        call, record = self.insertion.ledger.waiting(site, day)
        return min(left, sum(map(min, call, record)))

    def _worths(self) -> tuple[float, ...]:
        """Return what a pupil of each site is worth, on average over those who wait."""
        routes, goals = self.routes, self.routes.goals_of
        if goals.classes == 1 and not routes.short:
            return ()
        last = routes.problem.days - 1
        worths = []
        for site, weights in enumerate(goals.weight):
            call, _ = self.insertion.ledger.waiting(site, last)
            all_ = sum(call) or 1
            worth = sum(w * n for w, n in zip(weights, call, strict=True)) / all_
            worths.append(worth + goals.bonus(site, 1, routes.by_district))
        top = max(worths, default=1.0) or 1.0
        return tuple(worth / top for worth in worths)

    def _offer(self, shares: Shares, number: int, kind: TeamDay, pool: Iterable[Takes]) -> None:
        """Offer the team-days of the pool that nearly hold, cut down to who waits."""
        room: dict[int, int] = {}
        for stop in kind.stops:
            room[stop.site] = max(stop.most, room.get(stop.site, 0))
        for takes in pool:
            cut = tuple([(s, v, min(n, room[s])) for s, v, n in takes if s in room])
            if cut and sum([n for _, _, n in cut]) >= WHOLE * sum([n for _, _, n in takes]):
                shares.add(number, cut)

    def _remember(self, likeness: object, takes: Takes) -> None:
        pool = self.pool.setdefault(likeness, {})
        pool[takes] = None
        if len(pool) > POOL:
            del pool[next(iter(pool))]

    def _price(self, split: Split, shares: Shares) -> None:
        """Let the relaxation grow by the best paths at its prices."""
        bound, best = float("inf"), list[float]()
        for _ in range(ROUNDS):
            value, duals = shares.solve()
            if bound - value < NEAR:
                return
            prices = [(a + b) / 2 for a, b in zip(duals, best or duals, strict=True)]
            reading = bound_at(split, prices, by_routing(TICK, NEAREST))
            self.work += split.work(TICK)
            bound, best = reading.bound, prices
            shares.grow(reading)
        shares.solve()

    def _place_surest(self, shares: Shares, groups: list[list[int]]) -> set[int]:
        chosen = sorted(shares.chosen(), key=lambda way: -way[0])
        fixed: set[int] = set()
        for share, number, takes in chosen:
            times = int(share + CLOSE) or int(share >= SURE or not fixed)
            for route in groups[number][:times]:
                if fixed and not self._holds(takes, route):
                    break
                self._place(route, takes)
                groups[number].remove(route)
                fixed.add(route)
        return fixed

    def _holds(self, takes: Takes, route: int) -> bool:
        day = self.routes.tables.day[route]
        return all(self._waiting(site, day) + SPARE >= pupils for site, _, pupils in takes)

    def _place(self, route: int, takes: Takes) -> None:
        after = 2 * route
        for site, _, pupils in takes:
            visit = self.insertion.append(site, after, max(round(pupils), 1))
            after = after if visit is None else visit
