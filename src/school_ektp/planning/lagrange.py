"""
A bound by prices: what all crew-days are worth together when every limit of a site has a price.

Limits that tie crew-days together (a site's pupils, its visits) are taken out of the problem and
paid for instead. What is left falls apart into crew-days, each of which earns the most it can;
with the worth of the limits themselves that is an upper bound, whatever the prices are
(Held and Karp, 1971). Good prices are the duals of a linear program that shares the limits among
the crew-days found so far, and grows by what they earn at these prices (column generation;
Gilmore and Gomory, 1961; prices smoothed after Wentges, 1997).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from school_ektp.planning.simplex import Column, Packing
from school_ektp.planning.teamday import (
    Stop,
    Take,
    TeamDay,
    Worth,
    can_be_routed,
    fitted,
    packed,
    routed,
)
from school_ektp.planning.ways import Orders, Pool

Answer = Callable[[TeamDay, Sequence[float], Sequence[float]], list[Worth]]


@attrs.frozen(eq=False, kw_only=True)
class Limit:
    """
    What no plan exceeds at a site: pupils recorded, less so many for each visit, <= most.

    Attributes:
        site: Number of the site.
        most: Right-hand side.
        pupils: Weight of a pupil recorded.
        visits: Weight of a visit.
    """

    site: int
    most: float
    pupils: float = 1.0
    visits: float = 0.0


@attrs.frozen(eq=False, kw_only=True)
class Split:
    """
    A problem taken apart: kinds of crew-days and the limits that tied them together.

    Attributes:
        days: Kinds of crew-days.
        limits: Limits of the sites.
        sites: Number of sites.
        per_pupil: For each site, what a pupil recorded is worth; 1 each when empty.
        per_visit: For each kind of crew-day, what a visit to each site is worth by itself.
        usable: For each crew, days it may go out, if it must keep some free.
    """

    days: tuple[TeamDay, ...]
    limits: tuple[Limit, ...]
    sites: int
    per_pupil: tuple[float, ...] = ()
    per_visit: tuple[tuple[float, ...], ...] = ()
    usable: dict[int, int] = attrs.field(factory=dict)

    @cached_property
    def limits_of(self) -> dict[int, list[tuple[int, Limit]]]:
        """Limits of each site with their numbers."""
        found: dict[int, list[tuple[int, Limit]]] = defaultdict(list)
        for number, limit in enumerate(self.limits):
            found[limit.site].append((number, limit))
        return found

    @cached_property
    def worth(self) -> tuple[float, ...]:
        """What a pupil recorded is worth, by site."""
        return self.per_pupil or (1.0,) * self.sites

    def reward(self, kind: int, site: int) -> float:
        """Return what a visit is worth by itself."""
        return self.per_visit[kind][site] if self.per_visit else 0.0

    def priced(self, kind: int, prices: Sequence[float]) -> tuple[list[float], list[float]]:
        """Return for each site what a pupil and what a visit is worth when limits have *prices*."""
        price = [*self.worth]
        bonus = [self.reward(kind, site) for site in range(self.sites)]
        for limit, cost in zip(self.limits, prices, strict=True):
            price[limit.site] -= cost * limit.pupils
            bonus[limit.site] -= cost * limit.visits
        return price, bonus

    @property
    def listable(self) -> bool:
        """Whether the ways to spend its days can be listed: pupils have a worth, stays a length."""
        return any(self.worth) and all(stop.pace for day in self.days for stop in day.stops)

    def work(self, tick: int) -> float:
        """Return how much work it is to find the best path of each kind of day, roughly."""
        return sum(
            len(day.stops) ** 2 * (max(stop.closes for stop in day.stops) / tick)
            for day in self.days
            if day.stops
        )


@attrs.frozen(eq=False)
class Reading:
    """The bound at some prices, and the days that earn it, by kind."""

    bound: float
    worths: tuple[tuple[Worth, ...], ...]


def bound_at(split: Split, prices: Sequence[float], answer: Answer) -> Reading:
    """Return the bound at *prices*, one for each limit, none negative."""
    worths = tuple(
        tuple(answer(day, *split.priced(kind, prices))) for kind, day in enumerate(split.days)
    )
    bound = sum(cost * limit.most for cost, limit in zip(prices, split.limits, strict=True))
    left: dict[int, int] = defaultdict(lambda: 1 << 60, split.usable)
    values = [(found[0].value, day) for found, day in zip(worths, split.days, strict=True)]
    for value, day in sorted(values, key=lambda entry: -entry[0]):
        used = min(day.count, left[day.crew])  # the best days of a crew that keeps some free
        left[day.crew] -= used
        bound += used * max(value, 0.0)
    return Reading(bound, worths)


def by_packing(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> list[Worth]:
    """Return the worth of a day without regard to the order of its stays."""
    return [packed(day, price, bonus)]


def by_routing(tick: int) -> Answer:
    """Return a function that finds the best path of a day, to the *tick*; see `routed`."""

    def answer(day: TeamDay, price: Sequence[float], bonus: Sequence[float]) -> list[Worth]:
        if not can_be_routed(day):
            return by_packing(day, price, bonus)
        return routed(day, price, bonus, tick=tick)

    return answer


def least_bound(split: Split, answers: Iterator[Answer], known: float) -> float:
    """
    Return the least bound found with one round for each of *answers*, or the one *known*.

    It begins at the prices that fit the ways listed, where they can be, and ends early when no
    prices can give a bound lower by half a pupil.
    """
    shares = Shares(split)
    least, best = known, [0.0] * len(split.limits)
    if split.listable:
        _list_ways(shares, known)
    read = float("inf")
    for answer in answers:
        value, duals = shares.solve()
        if least - value < NEAR:
            break
        prices = [
            (1 - SMOOTHING) * new + SMOOTHING * old if read < float("inf") else new
            for new, old in zip(duals, best, strict=True)
        ]
        reading = bound_at(split, prices, answer)
        if reading.bound < read:
            read, best = reading.bound, prices
        least = min(least, read)
        shares.grow(reading)
    return least


def _list_ways(shares: Shares, known: float) -> None:
    """List ways to spend the days, the most frequent kinds first, till they reach the bound."""
    days = shares.split.days
    pools: dict[int, Pool] = {}
    for kind in sorted(range(len(days)), key=lambda kind: (-days[kind].count, kind)):
        value = shares.settle(pools)
        if known - value < NEAR:
            return
        pools[kind] = Pool(days[kind], Orders(days[kind]))
    shares.settle(pools)


OFFERED = 10  # ways of a kind of day that a round adds
NEAR = 0.5  # pupils between the bound and what prices can reach
SMOOTHING = 0.5  # share of the best prices so far in those tried next


class Shares:
    """The linear program that shares limits among the days found so far."""

    def __init__(self, split: Split) -> None:
        self.split = split
        self.known: set[tuple[int, tuple[Take, ...]]] = set()
        self.ways: dict[int, tuple[int, tuple[Take, ...]]] = {}  # kind and visits by column
        crews = {crew: row for row, crew in enumerate(sorted(split.usable), len(split.days))}
        self.first_limit = len(split.days) + len(crews)
        self.packing = Packing(
            [float(day.count) for day in split.days]
            + [float(split.usable[crew]) for crew in crews]
            + [limit.most for limit in split.limits]
        )
        self._own_rows = [
            [kind, crews[day.crew]] if day.crew in crews else [kind]
            for kind, day in enumerate(split.days)
        ]
        self._rows = [
            [(self.first_limit + n, one.pupils, one.visits) for n, one in split.limits_of[site]]
            for site in range(split.sites)
        ]
        for kind, day in enumerate(split.days):
            for stop in day.stops:
                self.add(kind, (_alone(stop),))

    def solve(self) -> tuple[float, list[float]]:
        """Return the value of the program, and the prices of the limits."""
        value, duals = self.packing.solve()
        return value, [max(dual, 0.0) for dual in duals[self.first_limit :]]

    def settle(self, pools: Mapping[int, Pool], most: int = OFFERED) -> float:
        """
        Add ways of the pools, by kind of day, till none pays; return the value.

        Kinds that have nothing to offer are asked again when no other has.
        """
        every = [*pools]
        asked = every
        while True:
            value, duals = self.packing.solve()
            offered = [kind for kind in asked if self._offer(kind, pools[kind], duals, most)]
            if not offered and asked == every:
                return value
            asked = offered or every

    def priced(self, kind: int, duals: Sequence[float]) -> tuple[list[float], list[float], float]:
        """Return what a pupil and a visit are worth, by site, and what a day of a kind costs."""
        prices = [max(dual, 0.0) for dual in duals[self.first_limit :]]
        return (*self.split.priced(kind, prices), sum([duals[row] for row in self._own_rows[kind]]))

    def _offer(self, kind: int, pool: Pool, duals: Sequence[float], most: int) -> bool:
        """Add the best ways of a pool at the prices of the moment; return whether one is new."""
        paying = pool.paying(*self.priced(kind, duals), most)
        return sum(self.add(kind, takes) for takes in paying) > 0

    def grow(self, reading: Reading) -> None:
        """Add the days that earn the most, cut down to the minute where need be."""
        for kind, worths in enumerate(reading.worths):
            day = self.split.days[kind]
            for worth in worths:
                takes = fitted(day, worth.takes) if can_be_routed(day) else worth.takes
                if takes:
                    self.add(kind, takes)

    def chosen(self) -> list[tuple[float, int, tuple[Take, ...]]]:
        """Return how much of which days is chosen: (amount, kind, visits)."""
        return [(amount, *self.ways[id(column)]) for column, amount in self.packing.bought()]

    def add(self, kind: int, takes: tuple[Take, ...]) -> bool:
        """Offer a day of a kind spent on given visits; return whether it is new."""
        if (kind, takes) in self.known:
            return False
        self.known.add((kind, takes))
        split, rows = self.split, self._rows
        weights, worth = dict.fromkeys(self._own_rows[kind], 1.0), 0.0
        for site, visits, pupils in takes:
            worth += split.worth[site] * pupils + split.reward(kind, site) * visits
            for row, per_pupil, per_visit in rows[site]:
                weight = per_pupil * pupils + per_visit * visits
                weights[row] = weights[row] + weight if row in weights else weight
        column = Column(worth, tuple(weights.items()))
        self.packing.add(column)
        self.ways[id(column)] = kind, takes
        return True


def _alone(stop: Stop) -> Take:
    """Return the longest stay that fits into the session of a stop."""
    free = stop.closes - stop.opens - stop.fixed
    rounds = min(stop.rounds, free // stop.pace) if stop.pace else 1
    return stop.site, 1.0, stop.pupils(rounds)
