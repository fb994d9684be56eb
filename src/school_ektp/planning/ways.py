"""
The ways in which a crew-day can be spent: sets of stops, listed once and priced often.

Pupils are divisible and time is what is scarce, so of the stops of a day that is spent best all
but one record everyone who waits (the extreme points of a knapsack; Dantzig 1957). That leaves few
sets of stops worth a look: those in which all but the largest can be recorded whole and time is
left for that one. In which order a set leaves most minutes for recording is found once.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest, nsmallest
from itertools import chain, repeat
from operator import add, itemgetter, mul
from typing import TypeAlias

from school_ektp.planning.teamday import NEVER, Stop, Take, TeamDay

MOST_STOPS = 4  # of a way
NEAREST = 5  # stops around one: of three or more, each is near another
LOOKS = 4  # ways filled for each that is asked for
FEW = 2  # stops to which a far one may be added
CLOSE = 1e-6
MINUTES = 24 * 60  # of a day
NOTHING = -1, -1, -1
EMPTY = (), ()

Takes: TypeAlias = tuple[Take, ...]  # how a crew-day is spent: visits in order
Name: TypeAlias = tuple[int, int, int]  # site, opens, closes: what tells stops apart
Order: TypeAlias = tuple[tuple[Name, ...], tuple[int, ...]]  # stops, minutes up to each


def name_of(stop: Stop) -> Name:
    """Return what tells a stop from others of the day, however many wait there."""
    return stop.site, stop.opens, stop.closes


class Orders:
    """In which order sets of stops are made on crew-days that are alike, remembered."""

    def __init__(self, day: TeamDay) -> None:
        """
        Begin with no sets.

        Args:
            day: One of the days, with all stops at which anyone may ever wait.
        """
        self.day = day
        self.stops = {name_of(stop): stop for stop in day.stops}
        self.near: dict[Name, frozenset[Name]] = {}
        self.known: dict[frozenset[Name], Order] = {}

    def _near(self, name: Name) -> frozenset[Name]:
        """Return the stops around one."""
        if name not in self.near:
            away = self.day.drive[name[0]]
            nearest = nsmallest(NEAREST + 1, self.stops, key=lambda other: (away[other[0]], other))
            self.near[name] = frozenset(nearest)
        return self.near[name]

    def sets(self, needs: Mapping[Name, int]) -> list[list[Order]]:
        """
        Return the sets of stops worth a look, by their number of stops.

        Args:
            needs: For each stop, minutes of recording till nobody waits there.
        """
        known = sorted(name for name in needs if name in self.stops)
        found = [[*self._one_more(EMPTY, known, needs)]]
        while found[-1] and len(found) < min(self.day.most_visits, MOST_STOPS):
            wider = [one for order in found[-1] for one in self._one_more(order, known, needs)]
            found.append(wider)
        return found

    def _one_more(
        self, order: Order, names: Sequence[Name], needs: Mapping[Name, int]
    ) -> Iterator[Order]:
        """Yield the sets that hold one stop more, a later name than all chosen."""
        chosen, stops = frozenset(order[0]), self.stops
        last, few = max(chosen, default=NOTHING), len(chosen) < FEW
        recording = [needs[name] for name in chosen]
        spent, longest = sum(recording), max(recording, default=0)
        left, closes = (order[1][-1], order[0][-1][2]) if chosen else (MINUTES, MINUTES)
        for name in names[bisect_right(names, last) :]:
            if name[0] == last[0] or not (few or chosen & self._near(name)):
                continue
            # Nobody lacks time but at the stop that takes longest; if not so here, in no wider set.
            full = spent + min(needs[name] - longest, 0)
            if left + max(name[2] - closes, 0) - stops[name].fixed <= full:
                continue
            wide = chosen | {name}
            found = self.known.get(wide)
            if found is None:
                found = self.known[wide] = self._widened(order[0], name)
            if found[1][-1] > full:
                yield found

    def _widened(self, names: tuple[Name, ...], new: Name) -> Order:
        """Put a stop where it leaves most minutes at the end."""
        orders = [(*names[:place], new, *names[place:]) for place in range(len(names) + 1)]
        timed = [(order, self._minutes(order)) for order in orders]
        return max(timed, key=lambda one: (min(one[1]) > 0, one[1][-1], sum(one[1])))

    def _minutes(self, names: Iterable[Name]) -> tuple[int, ...]:
        """Return the minutes for recording up to each stop, as if waits were of no use."""
        clock, here, found = 0, -1, list[int]()
        for name in names:
            stop = self.stops[name]
            gate = clock + (self.day.drive[here][stop.site] if here >= 0 else 0)
            clock, here = max(gate, stop.opens) + stop.fixed, stop.site
            found.append(stop.closes - clock)
        return tuple(found)


class Pool:
    """The sets of stops worth a look when so many wait at each, ready to be priced."""

    def __init__(self, day: TeamDay, orders: Orders) -> None:
        """
        List the sets.

        Args:
            day: A crew-day, with the stops at which somebody waits.
            orders: Of days that are alike.
        """
        self.day = day
        self.stops = {name_of(stop): stop for stop in day.stops}
        needs = {name: stop.rounds * stop.pace for name, stop in self.stops.items()}
        alike: dict[tuple[int, int], list[Order]] = defaultdict(list)
        for order in chain.from_iterable(orders.sets(needs)):
            alike[len(order[0]), _early(order[1])].append(order)
        self.tables = [_Table(some, early, self.stops, needs) for (_, early), some in alike.items()]

    def __len__(self) -> int:
        return sum(len(table.orders) for table in self.tables)

    def paying(
        self, price: Sequence[float], bonus: Sequence[float], above: float, most: int
    ) -> list[Takes]:
        """
        Return ways worth more than *above*, the best first.

        Args:
            price: For each site, what a pupil recorded is worth.
            bonus: For each site, what a visit is worth by itself.
            above: Worth that a way must exceed.
            most: How many to return at most.
        """
        above += CLOSE
        found: list[tuple[float, Order]] = []
        for table in self.tables:
            worths = table.worths([max(one, 0.0) for one in price], bonus)
            ranked = zip(worths, table.orders, strict=True)
            found += [one for one in ranked if one[0] > above]
        ways: list[tuple[float, int, Takes]] = []  # less than none, so that the best come first
        # Whole rounds lower what is promised, so the next may be better till it promises less.
        for number, (promised, order) in enumerate(
            nlargest(LOOKS * most, found, key=itemgetter(0))
        ):
            if len(ways) == most and -ways[-1][0] >= promised:
                break
            way = self._filled(order, price)
            worth = _worth(way, price, bonus)
            if worth > above:
                insort(ways, (-worth, number, way))
                del ways[most:]
        return [way for _, _, way in ways]

    def _filled(self, order: Order, price: Sequence[float]) -> Takes:
        """Return how many each stop records; the dearest come first, as far as time goes."""
        names, minutes = order
        room, left = list(minutes), float(self.day.most_pupils)
        stops = [self.stops[name] for name in names]
        takes: list[Take] = [(stop.site, 1.0, 0.0) for stop in stops]
        for place in sorted(range(len(stops)), key=lambda p: -price[stops[p].site]):
            stop = stops[place]
            most = stop.rounds if price[stop.site] > 0 else 1
            rounds = max(min(min(room[place:]) // stop.pace, most), 0)
            some = min(stop.pupils(rounds), left)
            takes[place] = stop.site, 1.0, some
            left -= some
            used = -int(-some // stop.per_round) * stop.pace
            room[place:] = [minutes - used for minutes in room[place:]]
        return tuple([take for take in takes if take[2] > 0])


def _worth(takes: Takes, price: Sequence[float], bonus: Sequence[float]) -> float:
    return sum([price[site] * pupils + bonus[site] for site, _, pupils in takes])


def _early(minutes: Sequence[int]) -> int:
    """Return how many stops of a set come before one that closes later than time is left for."""
    return max((place + 1 for place, left in enumerate(minutes) if left < minutes[-1]), default=0)


class _Table:
    """
    Sets of equal size that are built alike, as columns: the fast form in CPython.

    Attributes:
        orders: The sets.
        early: How many stops come before the later ones, which close later; 0 if none.
        soon: For each set, the minutes its early stops lack to record everyone.
        lacks: For each set, the minutes all its stops lack beyond these.
        columns: For each place in the order: sites, who waits, pupils a minute, minutes needed.
    """

    def __init__(
        self,
        orders: list[Order],
        early: int,
        stops: Mapping[Name, Stop],
        needs: Mapping[Name, int],
    ) -> None:
        self.orders = orders
        self.early = early
        self.soon = _lacks(orders, early - 1, needs) if early else [0] * len(orders)
        in_all = _lacks(orders, -1, needs)
        self.lacks = [max(a - b, 0) for a, b in zip(in_all, self.soon, strict=True)]
        self.columns: list[tuple[list[int], list[int], list[float], list[int]]] = []
        for names in zip(*(names for names, _ in orders), strict=True):
            own = [stops[name] for name in names]
            heads = [stop.most for stop in own]
            rates = [stop.per_round / stop.pace for stop in own]
            column = [stop.site for stop in own], heads, rates, [needs[name] for name in names]
            self.columns.append(column)

    def worths(self, price: Sequence[float], bonus: Sequence[float]) -> Iterable[float]:
        """
        Return what each set is worth at prices that are not negative.

        What there is no time for is left at the stop where a minute is worth least. Where that is
        the whole of the stop, the set without it is worth more, and this one is never taken.
        """
        worths: Iterable[float] = repeat(0.0, len(self.orders))
        minutes: list[list[tuple[float, int]]] = []  # what one is worth at a stop, and how many
        for sites, heads, rates, needs in self.columns:
            worths = map(add, worths, map(bonus.__getitem__, sites))
            worths = map(add, worths, map(mul, map(price.__getitem__, sites), heads))
            rated = map(mul, map(price.__getitem__, sites), rates)
            minutes.append(list(zip(rated, needs, strict=True)))
        for lacks, some in ((self.lacks, minutes), (self.soon, minutes[: self.early])):
            if some:
                least = map(min, *some) if len(some) > 1 else some[0]
                worths = [
                    worth - lack * rate if lack < most else NEVER
                    for worth, lack, (rate, most) in zip(worths, lacks, least, strict=True)
                ]
        return worths


def _lacks(orders: Iterable[Order], place: int, needs: Mapping[Name, int]) -> list[int]:
    """Return the minutes that the stops up to a place lack to record everyone."""
    return [
        max(
            sum([needs[name] for name in (names[: place + 1] if place >= 0 else names)])
            - left[place],
            0,
        )
        for names, left in orders
    ]
