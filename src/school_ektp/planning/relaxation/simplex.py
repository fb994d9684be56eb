"""
A small linear program that grows: maximise worth, in limits that are never negative.

The revised simplex method (Dantzig and Orchard-Hays, 1954) with the inverse of the basis written
out, which suits some dozens of limits. Its prices only guide `lagrange`, where any prices give a
valid bound, so rounding errors cost sharpness, never truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest
from operator import mul

import attrs

EPSILON = 1e-9
LOOKED_AT = 20  # columns that gain most, taken in turn before all are looked at again
PIVOTS = 500  # for one call of solve; enough, and an end in case of cycles


@attrs.frozen(eq=False)
class Column:
    """
    Something that can be bought in any amount.

    Attributes:
        worth: What one is worth.
        weights: (limit, how much of it one takes up).
    """

    worth: float
    weights: tuple[tuple[int, float], ...]

    def gain(self, prices: Sequence[float]) -> float:
        """Return its worth less the prices of the limits it takes up."""
        return self.worth - sum([prices[limit] * weight for limit, weight in self.weights])


class _Shelf:
    """
    Columns that take up equally many limits, one list for each place: the fast form in CPython.

    Attributes:
        numbers: Minus the number of each column.
        worths: What one of each is worth.
        places: For each place limits and weights.
    """

    def __init__(self, width: int) -> None:
        self.numbers: list[int] = []
        self.worths: list[float] = []
        self.places: list[tuple[list[int], list[float]]] = [([], []) for _ in range(width)]

    def add(self, number: int, column: Column) -> None:
        """Put a column to the others."""
        self.numbers.append(-number)
        self.worths.append(column.worth)
        for (limits, weights), (limit, weight) in zip(self.places, column.weights, strict=True):
            limits.append(limit)
            weights.append(weight)

    def gaining(self, prices: Sequence[float]) -> Iterator[tuple[float, int]]:
        """Yield what columns gain at *prices*, and minus their numbers, of those that gain."""
        gains = self.worths
        for limits, weights in self.places:
            gains = [
                gain - prices[limit] * weight
                for gain, limit, weight in zip(gains, limits, weights, strict=True)
            ]
        found = zip(gains, self.numbers, strict=True)
        return ((gain, number) for gain, number in found if gain > EPSILON)


class Packing:
    """Columns to buy as much of as limits allow."""

    def __init__(self, limits: Sequence[float]) -> None:
        size = range(len(limits))
        # Limits differ a little, so that no two are reached in the same step.
        self.amounts = [most + NUDGE * (1 + 37 * row % 101) for row, most in enumerate(limits)]
        # Column by column: a column to buy takes up few limits, so few are needed for it.
        self.inverse = [[1.0 if row == limit else 0.0 for row in size] for limit in size]
        self.basis: list[Column] = [Column(0.0, ((row, 1.0),)) for row in size]
        self.columns: list[Column] = []
        self.shelves: dict[int, _Shelf] = {}  # by the limits that a column takes up
        for column in self.basis:
            self.add(column)

    def add(self, column: Column) -> None:
        """Offer a column."""
        width = len(column.weights)
        if width not in self.shelves:
            self.shelves[width] = _Shelf(width)
        self.shelves[width].add(len(self.columns), column)
        self.columns.append(column)

    def bought(self) -> list[tuple[Column, float]]:
        """Return the columns in use, and how much of each is bought."""
        return [
            (column, amount)
            for column, amount in zip(self.basis, self.amounts, strict=True)
            if column.worth and amount > 1000 * NUDGE
        ]

    def solve(self, most: int = PIVOTS) -> tuple[float, list[float]]:
        """Return the greatest worth, and the price of each limit, in *most* exchanges at most."""
        prices = self._prices()
        pivots, some = 0, list[Column]()
        while pivots < most:
            gains = [column.gain(prices) for column in some]
            gain = max(gains, default=0.0)
            if gain <= EPSILON:
                some = self._promising(prices)
                if not some:
                    break
                continue
            row = self._buy(some[gains.index(gain)])
            if row is None:
                break
            pivots += 1
            prices = [price + gain * part for price, part in zip(prices, row, strict=True)]
        worth = sum(
            column.worth * amount for column, amount in zip(self.basis, self.amounts, strict=True)
        )
        return worth, prices

    def _promising(self, prices: Sequence[float]) -> list[Column]:
        """Return the columns that gain most at *prices*, the best first; none when none gains."""
        gaining = [one for shelf in self.shelves.values() for one in shelf.gaining(prices)]
        return [self.columns[-number] for _, number in nlargest(LOOKED_AT, gaining)]

    def _prices(self) -> list[float]:
        worths = [column.worth for column in self.basis]
        return [sum(map(mul, worths, parts)) for parts in self.inverse]

    def _buy(self, column: Column) -> list[float] | None:
        """
        Bring *column* into the basis and return its row of the inverse.

        None if nothing stops it, which limits rule out.
        """
        change = [0.0] * len(self.amounts)
        for limit, weight in column.weights:
            parts = self.inverse[limit]
            change = [rate + weight * part for rate, part in zip(change, parts, strict=True)]
        steps = [
            (self.amounts[row] / rate, row) for row, rate in enumerate(change) if rate > EPSILON
        ]
        if not steps:
            return None
        step, leaving = min(steps)
        pivot = change[leaving]
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


NUDGE = 1e-7
