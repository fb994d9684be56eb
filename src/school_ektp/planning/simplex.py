"""
A small linear program that grows: maximise worth, in limits that are never negative.

The revised simplex method (Dantzig and Orchard-Hays, 1954) with the inverse of the basis written
out, which suits some dozens of limits; where limits are added, the dual one (Lemke 1954). Its
prices only guide `lagrange`, where any prices give a valid bound, so rounding errors cost
sharpness, never truth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from operator import mul

import attrs

EPSILON = 1e-9
PIVOT = 1e-6  # rates below it are rounding errors
LOOKED_AT = 20  # columns that gain most, taken in turn before all are looked at again
NOTHING = 0.0, 0
NUDGE = 1e-7
REFRESHED = 300  # exchanges after which the basis is inverted anew
PIVOTS = 500  # for one call of solve; enough, and an end in case of cycles


@attrs.define(eq=False)
class Column:
    """
    Something that can be bought in any amount.

    Attributes:
        worth: What one is worth.
        weights: (limit, how much of it one takes up); limits that are added add to them.
    """

    worth: float
    weights: tuple[tuple[int, float], ...]

    def gain(self, prices: Sequence[float]) -> float:
        """Return its worth less the prices of the limits it takes up."""
        return self.worth - sum([prices[limit] * weight for limit, weight in self.weights])


class Packing:
    """Columns to buy as much of as limits allow."""

    def __init__(self, limits: Sequence[float]) -> None:
        # Limits differ a little, so that no two are reached in the same step.
        self.limits = [most + _nudge(row) for row, most in enumerate(limits)]
        self.unused = [Column(0.0, ((row, 1.0),)) for row in range(len(limits))]
        self.columns = [*self.unused]
        self._buy_nothing()

    def _buy_nothing(self) -> None:
        size = range(len(self.limits))
        self.amounts = [*self.limits]
        # Column by column: a column to buy takes up few limits, so few are needed for it.
        self.inverse = [[1.0 if row == limit else 0.0 for row in size] for limit in size]
        self.basis = [*self.unused]
        self.exchanged = 0

    def add(self, column: Column) -> None:
        """Offer a column."""
        self.columns.append(column)

    def tie(self, most: float, taken: Callable[[Column], float]) -> None:
        """
        Add a limit, which what is bought may exceed till the program is solved again.

        Args:
            most: The limit.
            taken: How much of it one of a column takes up.
        """
        row = len(self.limits)
        for column in self.columns:
            weight = taken(column)
            if weight:
                column.weights += ((row, weight),)
        self.limits.append(most + _nudge(row))
        self.unused.append(Column(0.0, ((row, 1.0),)))
        self.columns.append(self.unused[-1])
        self.basis.append(self.unused[-1])

    def bought(self) -> list[tuple[Column, float]]:
        """Return the columns in use, and how much of each is bought."""
        return [
            (column, amount)
            for column, amount in zip(self.basis, self.amounts, strict=True)
            if column.worth and amount > 1000 * NUDGE
        ]

    def solve(self) -> tuple[float, list[float]]:
        """Return the greatest worth, and the price of each limit."""
        if len(self.basis) > len(self.amounts):
            self._refresh()
            self._keep_limits()
        prices = self._prices()
        pivots, some = 0, list[Column]()
        while pivots < PIVOTS:
            gain, best = max(
                ((column.gain(prices), -n) for n, column in enumerate(some)), default=NOTHING
            )
            if gain <= EPSILON:
                if self.exchanged > REFRESHED:
                    self._refresh()
                    prices = self._prices()
                some = self._promising(prices)
                if not some:
                    break
                continue
            row = self._buy(some[-best])
            if row is None:
                break
            pivots += 1
            prices = [price + gain * part for price, part in zip(prices, row, strict=True)]
        worth = sum(
            column.worth * amount for column, amount in zip(self.basis, self.amounts, strict=True)
        )
        return worth, prices

    def _refresh(self) -> None:
        """Invert the basis anew, as rounding errors grow with every exchange."""
        basis = self.basis
        kept = {id(column) for column in basis}
        free = [row for row, column in enumerate(self.unused) if id(column) not in kept]
        unused = {id(column) for column in self.unused}
        self._buy_nothing()
        for column in basis:
            if id(column) not in unused:
                change = self._change(column)
                size, leaving = max((abs(change[row]), row) for row in free)
                if size > PIVOT:  # else it says what others say
                    free.remove(leaving)
                    self._exchange(column, change, leaving)
        self.exchanged = 0

    def _keep_limits(self) -> None:
        """Buy less of what exceeds limits that were added, at the least loss."""
        prices = self._prices()
        gains = [column.gain(prices) for column in self.columns]
        for _ in range(PIVOTS):
            least, leaving = min(zip(self.amounts, range(len(self.amounts)), strict=True))
            if least >= -EPSILON:
                return
            base = [parts[leaving] for parts in self.inverse]
            rates = [sum([base[row] * part for row, part in c.weights]) for c in self.columns]
            losses = [
                (min(gain, 0.0) / rate, rate, number)
                for number, (gain, rate) in enumerate(zip(gains, rates, strict=True))
                if rate < -PIVOT
            ]
            if not losses:
                return
            lost = min(losses)[0] + PIVOT
            _, loss, number = min((rate, loss, n) for loss, rate, n in losses if loss <= lost)
            gains = [gain - loss * rate for gain, rate in zip(gains, rates, strict=True)]
            column = self.columns[number]
            self._exchange(column, self._change(column), leaving)

    def _promising(self, prices: Sequence[float]) -> list[Column]:
        """Return the columns that gain most at *prices*, the best first; none when none gains."""
        gains = [column.gain(prices) for column in self.columns]
        best = nlargest(LOOKED_AT, zip(gains, range(0, -len(gains), -1), strict=True))
        return [self.columns[-number] for gain, number in best if gain > EPSILON]

    def _prices(self) -> list[float]:
        worths = [column.worth for column in self.basis]
        return [sum(map(mul, worths, parts)) for parts in self.inverse]

    def _buy(self, column: Column) -> list[float] | None:
        """
        Bring *column* into the basis and return its row of the inverse.

        None if nothing stops it, which limits rule out.
        """
        change = self._change(column)
        steps = [(self.amounts[row] / rate, row) for row, rate in enumerate(change) if rate > PIVOT]
        return self._exchange(column, change, min(steps)[1]) if steps else None

    def _change(self, column: Column) -> list[float]:
        """Return how much less is bought, by row of the basis, for one of *column*."""
        change = [0.0] * len(self.amounts)
        for limit, weight in column.weights:
            parts = self.inverse[limit]
            change = [rate + weight * part for rate, part in zip(change, parts, strict=True)]
        return change

    def _exchange(self, column: Column, change: list[float], leaving: int) -> list[float]:
        """Buy *column* in place of what is *leaving*; return its row of the inverse."""
        self.exchanged += 1
        pivot = change[leaving]
        step = self.amounts[leaving] / pivot
        bases = [parts[leaving] / pivot for parts in self.inverse]
        change[leaving] = pivot - 1.0  # which makes its own row what is bought
        changed = [(row, rate) for row, rate in enumerate(change) if rate]
        for row, rate in changed:
            self.amounts[row] -= step * rate
        for parts, base in zip(self.inverse, bases, strict=True):
            if base:
                for row, rate in changed:  # few
                    parts[row] -= base * rate
        self.basis[leaving] = column
        return bases


def _nudge(row: int) -> float:
    """Return by how much limits differ, so that no two are reached in the same step."""
    return NUDGE * (1 + 37 * row % 101)
