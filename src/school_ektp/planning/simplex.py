"""
A small linear program that grows: maximise worth, in limits that are never negative.

The revised simplex method (Dantzig and Orchard-Hays, 1954) with the inverse of the basis written
out, which suits some dozens of limits. Its prices only guide `lagrange`, where any prices give a
valid bound, so rounding errors cost sharpness, never truth.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

EPSILON = 1e-9
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


class Packing:
    """Columns to buy as much of as limits allow."""

    def __init__(self, limits: Sequence[float]) -> None:
        size = range(len(limits))
        # Limits differ a little, so that no two are reached in the same step.
        self.amounts = [most + NUDGE * (1 + 37 * row % 101) for row, most in enumerate(limits)]
        self.inverse = [[1.0 if row == column else 0.0 for column in size] for row in size]
        self.basis: list[Column] = [Column(0.0, ((row, 1.0),)) for row in size]
        self.columns = list(self.basis)

    def add(self, column: Column) -> None:
        """Offer a column."""
        self.columns.append(column)

    def bought(self) -> list[tuple[Column, float]]:
        """Return the columns in use, and how much of each is bought."""
        return [
            (column, amount)
            for column, amount in zip(self.basis, self.amounts, strict=True)
            if column.worth and amount > 1000 * NUDGE
        ]

    def solve(self) -> tuple[float, list[float]]:
        """Return the greatest worth, and the price of each limit."""
        prices = self._prices()
        for _ in range(PIVOTS):
            gain, column = max(
                ((_gain(column, prices), column) for column in self.columns),
                key=lambda entry: entry[0],
            )
            if gain <= EPSILON or not self._buy(column):
                break
            prices = self._prices()
        worth = sum(
            column.worth * amount for column, amount in zip(self.basis, self.amounts, strict=True)
        )
        return worth, prices

    def _prices(self) -> list[float]:
        prices = [0.0] * len(self.basis)
        for column, row in zip(self.basis, self.inverse, strict=True):
            if column.worth:
                worth = column.worth
                prices = [price + worth * part for price, part in zip(prices, row, strict=True)]
        return prices

    def _buy(self, column: Column) -> bool:
        """Bring *column* into the basis; False if nothing stops it, which limits rule out."""
        change = [sum(row[limit] * w for limit, w in column.weights) for row in self.inverse]
        steps = [
            (self.amounts[row] / rate, row) for row, rate in enumerate(change) if rate > EPSILON
        ]
        if not steps:
            return False
        step, leaving = min(steps)
        pivot = [part / change[leaving] for part in self.inverse[leaving]]
        for row, rate in enumerate(change):
            if row != leaving and abs(rate) > EPSILON:
                self.amounts[row] -= step * rate
                self.inverse[row] = [
                    part - rate * base for part, base in zip(self.inverse[row], pivot, strict=True)
                ]
        self.inverse[leaving], self.amounts[leaving] = pivot, step
        self.basis[leaving] = column
        return True


NUDGE = 1e-7


def _gain(column: Column, prices: Sequence[float]) -> float:
    gain = column.worth
    for limit, weight in column.weights:
        gain -= prices[limit] * weight
    return gain
