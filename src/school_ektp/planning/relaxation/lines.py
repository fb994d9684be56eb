"""The best of many straight lines, and of what follows each place of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import inf

NEVER = -inf


def suffix(function: Callable[[float, float], float], values: Sequence[float]) -> list[float]:
    """Return for each place *function* of all values from there on."""
    return [*accumulate(reversed(values), function)][::-1]


def best_after(
    value: Sequence[float], slope: Sequence[float], at: Sequence[float], since: Sequence[int]
) -> list[float]:
    """
    Return for each place q the most of value[p] - slope[p] * at[q] over all p from since[q] on.

    Args:
        value: By place; minus infinity where nothing is to be had.
        slope: By place, never rising.
        at: By place, never falling.
        since: By place, never falling; beyond the last place there is nothing.
    """
    found = [NEVER] * len(value)
    heights: list[float] = []  # of the lines that are best somewhere, the last on the left
    falls: list[float] = []
    head, place = 0, len(value) - 1
    for here in range(len(value) - 1, -1, -1):
        first = since[here]
        while place >= first:
            if value[place] > NEVER:
                _add(heights, falls, head, value[place], slope[place])
            place -= 1
        if head < len(heights):
            x = at[here]
            best = heights[head] - falls[head] * x
            for later in range(head + 1, len(heights)):
                height = heights[later] - falls[later] * x
                if height < best:
                    break
                best, head = height, later  # what it beats here, it beats on the left
            found[here] = best
    return found


def _add(heights: list[float], falls: list[float], head: int, height: float, fall: float) -> None:
    """Add a line that falls at least as steeply as the others; drop those it makes useless."""
    size = len(heights)
    while size > head:
        before, gentle = heights[-1], falls[-1]
        if fall <= gentle:
            if height <= before:
                return
        elif size - head == 1 or (height - heights[-2]) * (gentle - falls[-2]) < (
            before - heights[-2]
        ) * (fall - falls[-2]):
            break
        heights.pop()
        falls.pop()
        size -= 1
    heights.append(height)
    falls.append(fall)
