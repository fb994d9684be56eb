"""What visits to one site can be worth together at most, at given prices of visits and room."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from operator import add, mul, sub

from school_ektp.planning.relaxation.demand import SiteDemand
from school_ektp.planning.relaxation.lines import NEVER, best_after, suffix
from school_ektp.planning.relaxation.spread import least_loss, spread_cost

MORE = 3  # days of visits left, or more than that


def most_worth(
    site: SiteDemand, visit: Sequence[float], pupil: Sequence[float], most: float
) -> float:
    """
    Return the most that visits to a site are worth less their prices, in pupils.

    Args:
        site: The site.
        visit: Price of a visit on each of its days; what is below 0 is earned on every team-day.
        pupil: Price of each pupil recorded on each of its days.
        most: Pupils that one visit is expected to record at most.
    """
    if not site.visits or most <= 0:
        return 0.0
    earned = 0.0
    if min(visit) < 0:
        costs = zip(visit, site.teams, strict=True)
        every = sum(max(-price, 0.0) * some for price, some in costs)
        earned = min(every, site.visits * -min(visit))
    return earned + _AtPrices(site, visit, pupil, most).best()


class _AtPrices:
    """
    A site at prices.

    Days of visits are chosen one after the other. With room for all, who is recorded on which of
    them follows from chances; whoever finds no room is worth no more than a pupil who has never
    been called is worth from then on. What is lost because nobody knows who will come is the
    least of any room. A day of visits is worked out three times: as the last one, as the one
    before the last, and as an earlier one, which says who may still be recorded later.
    """

    def __init__(
        self, site: SiteDemand, visit: Sequence[float], pupil: Sequence[float], most: float
    ) -> None:
        self.site, self.most = site, most
        self.visit = [max(price, 0.0) for price in visit]
        self.place = [price * site.held for price in pupil]  # of room for one
        self.cheapest = min(self.visit)
        # By kind, what one is worth who is recorded on a day or, if better, after it.
        self.worth = [
            [
                max(value, 0.0)
                for value in suffix(
                    max,
                    [
                        NEVER if away else mass.weight * share - price
                        for share, price, away in zip(site.share, pupil, mass.away, strict=True)
                    ],
                )
            ]
            for mass in site.masses
        ]
        self.later = [[*worth[1:], 0.0] for worth in self.worth]

    def best(self) -> float:
        """Return the most that any number of visits is worth."""
        site = self.site
        costs = [price - site.rounding for price in self.visit]
        self.calls = min(site.visits, len(site.days))  # days of visits
        once = self._with(self._first(1), costs, site.credit[1])
        best = max(once[site.begin :], default=0.0)
        most = self._all() + site.credit[-1][-1]
        if self.cheapest > 0:  # more visits cost more than they can bring
            self.calls = min(self.calls, max(int((most - best) / self.cheapest), 1))
        told = min(site.told, self.calls)
        if told > 1 or self.calls > told:
            best = max(best, self._more(told, costs))
        return max(min(best, self._plain()), 0.0)

    def _plain(self) -> float:
        """Return what as many pupils as visits have room for are worth, each at its best."""
        site, most = self.site, self.most
        everyone = min(site.met[-1], site.visits * most)
        each = max(worth[0] for worth in self.worth)
        worths = (
            some * each - max(some / most, 1.0) * self.cheapest
            for some in (everyone, min(everyone, most))
        )
        return max(worths) + site.credit[-1][-1]

    def _all(self) -> float:
        """Return what everybody is worth on the best day for each."""
        total = 0.0
        for mass, worth in zip(self.site.masses, self.worth, strict=True):
            new = map(sub, mass.met, [0.0, *mass.met[:-1]])
            total += sum(some * each for some, each in zip(new, worth, strict=True))
        return total

    @staticmethod
    def _with(worth: list[float], costs: list[float], ahead: Sequence[float]) -> list[float]:
        return [some - cost + more for some, cost, more in zip(worth, costs, ahead, strict=True)]

    def _more(self, told: int, costs: list[float]) -> float:
        """Return the most of two days of visits and more; `told` of them are told apart."""
        site, met = self.site, self.site.met
        one = two = [NEVER] * len(costs)
        more = self._tail(told) if self.calls > told else one
        last, before = self._newly(1), self._newly(2)
        for call in range(told, 0, -1):
            newly = self._newly(self.calls - call + 1)
            parts = (
                (1, site.credit[call], last),
                (2, one, before),
                (MORE, [*map(max, two, more)], newly),
            )
            values = []
            for left, ahead, new in parts:
                worth: Sequence[float] = ahead
                if max(ahead) > NEVER:
                    day = self._first(left) if call == 1 else self._next(call, left, new)
                    worth = self._with(day, costs, ahead)
                values.append(worth)
            if call > 1:
                one, two, more = (
                    best_after(some, new, met, site.ready)
                    for some, (_, _, new) in zip(values, parts, strict=True)
                )
        return max(max(some[site.begin :], default=0.0) for some in values)

    def _newly(self, visits: int) -> list[float]:
        """Return what a pupil is worth, by the day of the first of so many visits it is met in."""
        rows = []
        for mass, worth, later in zip(self.site.masses, self.worth, self.later, strict=True):
            now = mass.calls[0]
            then = mass.recorded(visits) - now
            rows.append([now * a + then * b for a, b in zip(worth, later, strict=True)])
        return rows[0] if len(rows) == 1 else [*map(max, *rows)]

    def _tail(self, told: int) -> list[float]:
        """Return what more visits than are told apart add, by the last day of these."""
        site = self.site
        best = [max(column) for column in zip(*self.worth, strict=True)]
        new = map(sub, site.met, [0.0, *site.met[:-1]])
        grown = [*suffix(add, [some * each for some, each in zip(new, best, strict=True)]), 0.0]
        rest = sum(
            mass.met[0] * (mass.recorded(self.calls) - mass.recorded(told)) * mass.weight
            for mass in site.masses
        )
        fixed = rest + site.credit[-1][-1] - self.cheapest
        return [
            grown[place + 1] + fixed if since < len(best) else NEVER
            for place, since in enumerate(site.ready)
        ]

    # One day of visits -----------------------------------------------------------------------

    def _first(self, left: int) -> list[float]:
        """
        Return what the first day of visits is worth.

        Args:
            left: Days of visits from it on: 1, 2, or 3 for more.
        """
        total = [-loss for loss in self._losses(left)]
        visits = left if left < MORE else self.calls
        for mass, worth, later in zip(self.site.masses, self.worth, self.later, strict=True):
            now, waiting = mass.calls[0], mass.met[0]
            then = mass.recorded(visits) - now if left > 1 else 0.0
            parts = zip(total, mass.met, worth, later, strict=True)
            total = [t + met * now * a + (met - waiting) * then * b for t, met, a, b in parts]
        return total

    def _next(self, call: int, left: int, newly: Sequence[float]) -> list[float]:
        """
        Return what a later day of visits is worth if everybody were met in it for the first time.

        Those who come of age before the day of visits before it have to be taken off.
        """
        total = [*map(mul, self.site.met, newly)]
        if call == 2:  # noqa: PLR2004
            total = [*map(sub, total, self._losses_again(left))]
        for mass, worth in zip(self.site.masses, self.worth, strict=True):
            some = mass.calls[call - 1] * mass.met[0]
            total = [t + some * each for t, each in zip(total, worth, strict=True)]
        return total

    def _again(self, left: int, before: float) -> list[float]:
        """
        Return which share of those who find no room can be recorded later, by kind.

        Args:
            left: Days of visits from this one on.
            before: Chance that the visits before it took place as those who find no room need it.
        """
        if left == 1:
            return [0.0] * len(self.site.masses)
        visits = left - 1 if left < MORE else self.calls - 1
        return [mass.recorded(visits) / before for mass in self.site.masses]

    def _kept(self, shares: Sequence[float]) -> tuple[list[float], list[float]]:
        """
        Return what is lost at least with a pupil who finds no room, and may be had of it later.

        By day; infinite where nobody is at school. *shares* of each kind can be recorded later.
        """
        rows = []
        for again, mass, later in zip(shares, self.site.masses, self.later, strict=True):
            had = [again * then for then in later]
            rows.append(([*map(sub, mass.counts, had)], had))
        if len(rows) == 1:
            return rows[0]
        lost, had_of = zip(*rows, strict=True)
        return [*map(min, *lost)], [*map(min, *had_of)]

    def _losses(self, left: int) -> list[float]:
        """Return what is lost at least on a first day of visits, by day."""
        site, held, most = self.site, self.site.held, self.most
        days = left if left < MORE else min(self.calls, site.told + 1)
        shares = self._again(left, held)
        # Who finds no room was called, and takes a place of a later visit only when coming again.
        places = held * most * (days - 1)
        fills = min(self._again(left, 1.0))
        free = places / fills if fills else 0.0
        together = max(site.teams) > 1 and left < site.visits
        beyond = together or (left == MORE and self.calls > days)
        found = []
        parts = zip(site.first, *self._kept(shares), self.place, self.visit, strict=True)
        for comers, lost, had, price, visit in parts:
            each = held * lost
            if lost == inf or price >= each:
                found.append(0.0)
                continue
            extra = visit / most * held if together else inf
            loss = least_loss(comers, price, extra, each, most / held)
            over = held * comers.mean - most - free
            if over > 0:  # no later visit has room for so many
                instead = had
                if beyond:
                    instead = min(instead, max(self.cheapest, 0.0) / most)
                if together:
                    instead = min(instead, max((extra - each + price) / held, 0.0))
                loss += over * instead
            found.append(loss)
        return found

    def _losses_again(self, left: int) -> list[float]:
        """
        Return what is lost at least on a second day of visits, by day.

        Either its room is for many more than come again, in case the first visit did not take
        place, or there is no room for them then.
        """
        held, comers = self.site.held, self.site.second
        found = [0.0] * len(self.place)
        lost_by_day, _ = self._kept(self._again(left, 1.0))
        for place, (lost, price) in enumerate(zip(lost_by_day, self.place, strict=True)):
            each = held * lost
            if lost == inf or price >= each:
                continue
            every = price * held * comers.more
            net = price - (1 - held) * each  # of room for one more who comes in any case
            if net > 0:
                missed = (1 - held) * (each - price) * comers.more
                chance = held * each
                spread = comers.deviation * chance * spread_cost(net / chance)
                every = min(every, missed + min(spread, net * comers.absent))
            found[place] = every
        return found
