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
    lines: list[tuple[float, float]] = []  # those that are best somewhere, the last on the left
    head, place = 0, len(value) - 1
    for here in range(len(value) - 1, -1, -1):
        while place >= since[here]:
            if value[place] > NEVER:
                _add(lines, head, value[place], slope[place])
            place -= 1
        x = at[here]
        # What a later line beats here, it beats further on the left.
        while head + 1 < len(lines) and _height(lines[head + 1], x) >= _height(lines[head], x):
            head += 1
        if head < len(lines):
            found[here] = _height(lines[head], x)
    return found


def _height(line: tuple[float, float], x: float) -> float:
    return line[0] - line[1] * x


def _add(lines: list[tuple[float, float]], head: int, height: float, fall: float) -> None:
    """Add a line that falls at least as steeply as the others; drop those it makes useless."""
    while len(lines) > head:
        before, gentle = lines[-1]
        if fall <= gentle:
            if height <= before:
                return
        elif len(lines) - head < 2:  # noqa: PLR2004
            break
        else:
            first, least = lines[-2]
            if (height - first) * (gentle - least) < (before - first) * (fall - least):
                break
        lines.pop()
    lines.append((height, fall))
