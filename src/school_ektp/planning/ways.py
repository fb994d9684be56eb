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

from school_ektp.planning.lots import Curve, Tariff
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
        self.alike = [(early, some) for (_, early, _), some in alike.items()]
        self.counted: frozenset[int] = frozenset()  # sites whose lots are counted
        self.tables = [_Table(some, early, self.needs) for early, some in self.alike]

    def __len__(self) -> int:
        return sum(len(some) for _, some in self.alike)

    def paying(self, tariff: Tariff, above: float, most: int) -> list[Takes]:
        """
        Return ways worth more than *above*, the best first.

        Args:
            tariff: What visits are worth.
            above: Worth that a way must exceed.
            most: How many to return at most.
        """
        above += CLOSE
        self._count(tariff.lots)
        prices = self._prices(tariff)
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
            worth, way = self._best(order, tariff, prices.curves)
            if worth > above:
                insort(ways, (-worth, number, way))
                del ways[most:]
        return [way for _, _, way in ways]

    def _count(self, sites: Iterable[int]) -> None:
        """Keep the sets apart that hold one of the sites whose lots are counted."""
        counted = frozenset(sites)
        if counted == self.counted:
            return
        self.counted, self.tables = counted, []
        stops = {number for number, stop in self.stops.items() if stop.site in counted}
        for early, some in self.alike:
            for table, hold in (_Table, False), (_LotsTable, True):
                same = [one for one in some if hold != stops.isdisjoint(one[0].stops)]
                if same:
                    self.tables.append(table(same, early, self.needs))

    def _prices(self, tariff: Tariff) -> _Prices:
        """Look up what the stops are worth; a price is never taken as negative."""
        worth: dict[int, float] = {}
        rate: list[tuple[float, int]] = []
        curves: dict[int, Curve] = {}
        for number, stop in self.stops.items():
            each = max(tariff.pupil[stop.site], 0.0)
            worth[number] = each * stop.most + tariff.visit[stop.site]
            rate.append((each * stop.per_round / stop.pace, number))
            if stop.site in tariff.lots:
                curves[number] = curve = Curve(stop, tariff)
                worth[number] = curve.values[-1]
        rate.sort()
        place = {number: place for place, (_, number) in enumerate(rate)}
        rates = [each for each, _ in rate]
        return _Prices(worth, place, rates, [self.needs[number] for _, number in rate], curves)

    def _best(
        self, order: Order, tariff: Tariff, curves: Mapping[int, Curve]
    ) -> tuple[float, Takes]:
        """
        Return what a set is worth, and how many each stop records.

        The dearest come first, as far as time goes. Where lots are counted, pupils of a stop are
        not all worth the same; then each stop is tried as the one that gets what time is left.
        """
        pupil, numbers = tariff.pupil, order.stops
        turn = sorted(range(len(numbers)), key=lambda p: -pupil[self.stops[numbers[p]].site])
        turns = [turn]
        if not curves.keys().isdisjoint(numbers):
            turns = [[*(p for p in turn if p != last), last] for last in turn]
        ways = [self._filled(order, turn, tariff, curves) for turn in turns]
        worths = [sum([tariff.of(site, some) for site, _, some in way]) for way in ways]
        best = max(worths)
        return best, ways[worths.index(best)]

    def _filled(
        self, order: Order, turn: Iterable[int], tariff: Tariff, curves: Mapping[int, Curve]
    ) -> Takes:
        """Return how many each stop records if they take what time they need in this *turn*."""
        room, left = list(order.minutes), float(self.day.most_pupils)
        takes: list[Take] = [(0, 1.0, 0.0)] * len(room)
        for place in turn:
            number = order.stops[place]
            stop, curve = self.stops[number], curves.get(number)
            fit = max(min(room[place:]) // stop.pace, 0)
            if curve is not None:
                some = curve.pupils[min(fit, curve.enough)]
            else:
                some = stop.pupils(min(fit, stop.rounds if tariff.pupil[stop.site] > 0 else 1))
            some = min(some, left)
            takes[place] = stop.site, 1.0, some
            left -= some
            used = -int(-some // stop.per_round) * stop.pace
            room[place:] = [minutes - used for minutes in room[place:]]
        return tuple([take for take in takes if take[2] > 0])


@attrs.frozen(eq=False)
class _Prices:
    """
    What stops are worth, by number.

    Attributes:
        worth: A visit that records everyone.
        place: The stop's place among all, those first where a minute is worth least.
        rates: What a minute is worth, by place.
        needs: Minutes of recording till nobody waits, by place.
        curves: What stops are worth where lots are counted.
    """

    worth: dict[int, float]
    place: dict[int, int]
    rates: list[float]
    needs: list[int]
    curves: dict[int, Curve]


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
        self.needs = needs
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


class _LotsTable(_Table):
    """The same where at least one stop is worth less or more by the lots it records."""

    def worths(self, prices: _Prices) -> Iterable[float]:
        """
        Return what each set is worth if one stop goes without all the time that is lacking.

        Stops that record less than everyone leave time to others.
        """
        worth, curves = prices.worth, prices.curves
        spare = {number: curve.spare for number, curve in curves.items()}
        rates = {number: prices.rates[at] for number, at in prices.place.items()}

        def lost(number: int, lacks: int) -> float:
            if number in curves:
                return curves[number].lost(lacks)
            return lacks * rates[number] if lacks < self.needs[number] else -NEVER

        worths = [sum([worth[number] for number in order.stops]) for order in self.orders]
        for lacking, columns in self.lacking:
            for row, stops in enumerate(zip(*columns, strict=True)):
                lacks = lacking[row] - sum([spare.get(number, 0) for number in stops])
                if lacks > 0:
                    worths[row] -= min([lost(number, lacks) for number in stops])
        return worths


def _lacks(order: Order, early: int, needs: Mapping[int, int]) -> int:
    """Return the minutes that the first stops lack to record everyone."""
    return max(sum([needs[stop] for stop in order.stops[:early]]) - order.minutes[early - 1], 0)
