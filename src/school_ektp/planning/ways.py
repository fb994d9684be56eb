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
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest, nsmallest
from operator import add, itemgetter
from typing import TypeAlias

import attrs

from school_ektp.planning.teamday import NEVER, Stop, Take, TeamDay

MOST_STOPS = 4  # of a way
NEAREST = 5  # stops around one: of three or more, each is near another
LOOKS = 4  # ways filled for each that is asked for
FEW = 2  # stops to which a far one may be added
CLOSE = 1e-6
MINUTES = 24 * 60  # of a day
NOTHING = -1, MINUTES  # where nobody has been yet, and how long

Takes: TypeAlias = tuple[Take, ...]  # how a crew-day is spent: visits in order
Name: TypeAlias = tuple[int, int, int]  # site, opens, closes: what tells stops apart


def name_of(stop: Stop) -> Name:
    """Return what tells a stop from others of the day, however many wait there."""
    return stop.site, stop.opens, stop.closes


@attrs.frozen(eq=False)
class Order:
    """
    A set of stops in its best order.

    Attributes:
        stops: Their numbers.
        minutes: Minutes for recording up to each of them, as if waits were of no use.
        wider: The sets with one stop more, by the number of this stop.
    """

    stops: tuple[int, ...]
    minutes: tuple[int, ...]
    wider: dict[int, Order] = attrs.field(factory=dict, repr=False)

    @cached_property
    def last(self) -> int:
        """The greatest number of a stop; -1 if there is none."""
        return max(self.stops, default=-1)

    @cached_property
    def early(self) -> int:
        """How many stops come before one that closes later than time is left for."""
        minutes = self.minutes
        late = [place for place, left in enumerate(minutes, start=1) if left < minutes[-1]]
        return late[-1] if late else 0


# A set, the minutes of recording till nobody waits at its stops, and at the longest of them.
Listed: TypeAlias = tuple[Order, int, int]


class Orders:
    """In which order sets of stops are made on crew-days that are alike, remembered."""

    def __init__(self, day: TeamDay) -> None:
        """
        Begin with no sets.

        Args:
            day: One of the days, with all stops at which anyone may ever wait.
        """
        self.day = day
        self.stops = sorted(day.stops, key=name_of)
        self.numbers = {name_of(stop): number for number, stop in enumerate(self.stops)}
        self.nothing = Order((), (MINUTES,))

    @cached_property
    def near(self) -> list[frozenset[int]]:
        """For each stop those that it is one of the nearest to."""
        near: list[set[int]] = [set() for _ in self.stops]
        for number, stop in enumerate(self.stops):
            away = self.day.drive[stop.site]
            far = [(away[other.site], one) for one, other in enumerate(self.stops)]
            for _, other in nsmallest(NEAREST + 1, far):
                near[other].add(number)
        return [frozenset(others) for others in near]

    def sets(self, needs: Mapping[int, int]) -> list[list[Listed]]:
        """
        Return the sets of stops worth a look, by their number of stops.

        Args:
            needs: By the number of a stop, minutes of recording till nobody waits there.
        """
        known = sorted(needs)
        found = [self._one_more([(self.nothing, 0, 0)], known, needs)]
        while found[-1] and len(found) < min(self.day.most_visits, MOST_STOPS):
            found.append(self._one_more(found[-1], known, needs))
        return found

    def _one_more(
        self, some: Iterable[Listed], known: Sequence[int], needs: Mapping[int, int]
    ) -> list[Listed]:
        """Return the sets that hold one stop more, a later one than all chosen."""
        stops, found = self.stops, list[Listed]()
        rows = [(n, needs[n], stops[n].site, stops[n].closes, stops[n].fixed) for n in known]
        for order, spent, longest in some:
            left, last = order.minutes[-1], order.last
            here, until = (
                (stops[last].site, stops[order.stops[-1]].closes) if last >= 0 else NOTHING
            )
            later = rows[bisect_right(known, last) :]
            if len(order.stops) >= FEW:
                near = frozenset().union(*[self.near[stop] for stop in order.stops])
                later = [row for row in later if row[0] in near]
            for number, need, site, closes, fixed in later:
                # Nobody lacks time but at the longest stop; if not so here, then in no wider set.
                full = spent if need >= longest else spent - longest + need
                free = left - fixed if closes <= until else left - fixed + closes - until
                if free <= full or site == here:
                    continue
                wider = order.wider.get(number)
                if wider is None:
                    wider = order.wider[number] = self._widened(order.stops, number)
                if wider.minutes[-1] > full:
                    found.append((wider, spent + need, max(need, longest)))
        return found

    def _widened(self, stops: tuple[int, ...], new: int) -> Order:
        """Put a stop where it leaves most minutes at the end."""
        orders = [(*stops[:place], new, *stops[place:]) for place in range(len(stops) + 1)]
        timed = [Order(order, self._minutes(order)) for order in orders]
        return max(timed, key=lambda o: (min(o.minutes) > 0, o.minutes[-1], sum(o.minutes)))

    def _minutes(self, stops: Iterable[int]) -> tuple[int, ...]:
        """Return the minutes for recording up to each stop, as if waits were of no use."""
        clock, here, found = 0, -1, list[int]()
        for number in stops:
            stop = self.stops[number]
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
        numbers = [orders.numbers.get(name_of(stop), -1) for stop in day.stops]
        self.stops = {n: stop for n, stop in zip(numbers, day.stops, strict=True) if n >= 0}
        self.needs = {number: stop.rounds * stop.pace for number, stop in self.stops.items()}
        alike: dict[tuple[int, int, bool], list[tuple[Order, int]]] = defaultdict(list)
        for size, some in enumerate(orders.sets(self.needs), start=1):
            for order, spent, _ in some:
                lacks = max(spent - order.minutes[-1], 0)
                alike[size, order.early, lacks > 0].append((order, lacks))
        self.tables = [_Table(some, early, self.needs) for (_, early, _), some in alike.items()]

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
        prices = self._prices(price, bonus)
        found: list[tuple[float, Order]] = []
        for table in self.tables:
            ranked = zip(table.worths(prices), table.orders, strict=True)
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

    def _prices(self, price: Sequence[float], bonus: Sequence[float]) -> _Prices:
        """Look up what the stops are worth; a price is never taken as negative."""
        worth: dict[int, float] = {}
        rate: list[tuple[float, int]] = []
        for number, stop in self.stops.items():
            each = max(price[stop.site], 0.0)
            worth[number] = each * stop.most + bonus[stop.site]
            rate.append((each * stop.per_round / stop.pace, number))
        rate.sort()
        place = {number: place for place, (_, number) in enumerate(rate)}
        rates = [each for each, _ in rate]
        return _Prices(worth, place, rates, [self.needs[number] for _, number in rate])

    def _filled(self, order: Order, price: Sequence[float]) -> Takes:
        """Return how many each stop records; the dearest come first, as far as time goes."""
        room, left = list(order.minutes), float(self.day.most_pupils)
        stops = [self.stops[number] for number in order.stops]
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


@attrs.frozen(eq=False)
class _Prices:
    """
    What stops are worth, by number.

    Attributes:
        worth: A visit that records everyone.
        place: The stop's place among all, those first where a minute is worth least.
        rates: What a minute is worth, by place.
        needs: Minutes of recording till nobody waits, by place.
    """

    worth: dict[int, float]
    place: dict[int, int]
    rates: list[float]
    needs: list[int]


class _Table:
    """
    Sets of equal size that are built alike, as columns: the fast form in CPython.

    Attributes:
        orders: The sets.
        columns: For each place in the order the stops.
        lacking: Where time is short, for each set the minutes that are lacking, and the columns
            of the stops that share them: first all, then those before the ones that close later.
    """

    def __init__(
        self, some: Sequence[tuple[Order, int]], early: int, needs: Mapping[int, int]
    ) -> None:
        self.orders = [order for order, _ in some]
        self.columns = [*zip(*[order.stops for order in self.orders], strict=True)]
        soon = [_lacks(order, early, needs) if early else 0 for order in self.orders]
        in_all = [max(lacks - before, 0) for (_, lacks), before in zip(some, soon, strict=True)]
        shares = (in_all, self.columns), (soon, self.columns[:early])
        self.lacking = [(minutes, columns) for minutes, columns in shares if any(minutes)]

    def worths(self, prices: _Prices) -> Iterable[float]:
        """
        Return what each set is worth.

        What there is no time for is left at the stop where a minute is worth least. Where that is
        the whole of the stop, the set without it is worth more, and this one is never taken.
        """
        worth, place, rates, needs = prices.worth, prices.place, prices.rates, prices.needs
        first, *others = self.columns
        worths: Iterable[float] = map(worth.__getitem__, first)
        for column in others:
            worths = map(add, worths, map(worth.__getitem__, column))
        for lacking, columns in self.lacking:
            places = [map(place.__getitem__, column) for column in columns]
            least = map(min, *places) if len(places) > 1 else places[0]
            worths = [
                one - lacks * rates[at] if lacks < needs[at] else NEVER
                for one, lacks, at in zip(worths, lacking, least, strict=True)
            ]
        return worths


def _lacks(order: Order, early: int, needs: Mapping[int, int]) -> int:
    """Return the minutes that the first stops lack to record everyone."""
    return max(sum([needs[stop] for stop in order.stops[:early]]) - order.minutes[early - 1], 0)
