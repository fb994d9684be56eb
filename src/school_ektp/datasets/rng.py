"""Chance that falls alike on every machine and Python."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


class Rng:
    """
    Integers drawn from a seed.

    Python promises to keep the sequence of `random.Random.random` and of nothing else in the
    module, so that is all that is used; no logarithm or sine, which differ between machines.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def below(self, end: int) -> int:
        """Return a number from 0 to *end* - 1, all equally likely."""
        return int(self._random() * end)

    def between(self, least: int, most: int) -> int:
        """Return a number from *least* to *most*, both included."""
        return least + self.below(most - least + 1)

    def chance(self, percent: int) -> bool:
        """Return True *percent* times in a hundred."""
        return self.below(100) < percent

    def bell(self, width: int) -> int:
        """Return a number around 0, at most *width* away, mostly nearer: like a normal spread."""
        return sum(self.below(width + 1) for _ in range(4)) // 2 - width

    def weighted(self, weights: Sequence[int]) -> int:
        """Return a place in *weights*, each as likely as its weight."""
        steps = list(accumulate(weights))
        return bisect_right(steps, self.below(steps[-1]))

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return *values* in any order."""
        deck = list(values)
        for last in range(len(deck) - 1, 0, -1):
            other = self.below(last + 1)
            deck[last], deck[other] = deck[other], deck[last]
        return deck
