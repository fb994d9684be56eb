"""Whole parts of a total, by largest remainder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

ONE = 100  # hundredths of one pupil


def apportioned(total: int, sizes: Iterable[int]) -> tuple[int, ...]:
    """Return *total* in whole parts like *sizes*, by largest remainder, earlier parts first."""
    parts = tuple(sizes)
    whole = sum(parts)
    if not whole:
        return (0,) * len(parts)
    return rounded([total * size for size in parts], whole, total=total)


def rounded(parts: Sequence[int], unit: int = ONE, *, total: int | None = None) -> tuple[int, ...]:
    """
    Return each part in whole units, by largest remainder, earlier parts first; some may be below 0.

    Without a *total* they sum to their rounded sum, a half up: then each part is the whole number
    below or above. A total farther off goes round the parts again, and what is too much is taken
    from the largest.
    """
    if total is None:
        total = (2 * sum(parts) + unit) // (2 * unit)
    whole = [part // unit for part in parts]
    order = sorted(range(len(parts)), key=lambda k: (-(parts[k] % unit), k))
    missing = total - sum(whole)
    for step in range(missing):
        whole[order[step % len(order)]] += 1
    for _ in range(-missing):
        whole[whole.index(max(whole))] -= 1
    return tuple(whole)
