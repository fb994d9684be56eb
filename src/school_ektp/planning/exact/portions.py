"""
Rows about one site that its visits break most: what portions of its pupils count for together.

A superadditive function of pupils gives such a row: no visits for whom a site has pupils count
more than all its pupils do (Gomory 1969; for packing, dual feasible functions, Lueker 1983).
Rounding gives some of these functions, the lots. Here the one is found that the visits of the
moment break most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.limits import CLEAR, Limit, OfLimit, Visit

CLOSE = 1e-6
SAME = 1e-9  # two sums of the same numbers in another order
ROUNDS = 20  # of adding patterns for one row; what is found by then holds as well


@attrs.frozen(kw_only=True, eq=False)
class Portions(OfLimit):
    """
    Visits count by the pupils they record, and together no more than the site has room for.

    Attributes:
        counts: For each number of pupils, from none to all, what a visit counts for.
    """

    counts: Any

    @property
    def most(self) -> float:
        """Right-hand side."""
        return float(self.counts[-1])

    def taken(self, some: Any) -> Any:  # noqa: ANN401 - a number, or an array of numbers
        """Return how much a visit takes of which *some* pupils count."""
        import numpy as np  # comes with highspy

        return self.counts[np.minimum(some, len(self.counts) - 1)]


def broken_portions(limit: Limit, visits: Iterable[Visit]) -> list[Portions]:
    """
    Return the row that visits within a limit break most, if any is.

    Its counts are the duals of packing the visits fractionally into as few sites as can be, where
    a site holds as many pupils as the limit says (Gilmore and Gomory 1961): if that takes more
    than one site, no share of whole plans gives these visits. Between the numbers of pupils that
    are visited now, a portion counts for the most that fits into it.
    """
    most = int(limit.most)
    shares: dict[int, float] = defaultdict(float)
    for pupils, share in limit.counted(visits):
        shares[min(pupils, most)] += share
    if sum(share / (most // pupils) for pupils, share in shares.items()) <= 1 + CLEAR:
        return []  # each visit counted for as much as can be
    sizes = sorted(shares)
    duals = _duals(sizes, shares, most)
    if duals is None:
        return []
    counts = _packed(sizes, duals, most)
    over = sum(share * counts[pupils] for pupils, share in shares.items()) - counts[most]
    return [Portions(limit=limit, counts=counts)] if over > CLEAR else []


def _duals(sizes: Sequence[int], shares: Mapping[int, float], most: int) -> Sequence[float] | None:
    """
    Return what a visit of each size counts for, so that no visits that fit exceed 1.

    None when the visits of the moment do not exceed it, either.
    """
    model = Model()
    for place, size in enumerate(sizes):
        model.variable(gain=shares[size])
        model.row({place: float(most // size)}, most=1.0)
    counts: Sequence[float] = ()
    for _ in range(ROUNDS):
        solved = model.solve()
        counts = solved.values
        if (solved.value or 0.0) <= 1 + CLEAR:  # more patterns only lower it
            return None
        patterns = _too_much(sizes, counts, _packed(sizes, counts, most).tolist())
        if not patterns:
            break
        for pattern in patterns:
            model.row(pattern, most=1.0)
    return counts


def _packed(sizes: Sequence[int], counts: Sequence[float], most: int) -> Any:  # noqa: ANN401
    """Return for each number of pupils what visits that fit into it count for at most."""
    import numpy as np

    best = np.zeros(most + 1)
    for size, count in zip(sizes, counts, strict=True):
        times = 1
        while times * size <= most:  # so many more of this size, then twice as many
            more = best[: -times * size] + times * count
            np.maximum(best[times * size :], more, out=best[times * size :])
            times *= 2
    return best


def _too_much(
    sizes: Sequence[int], counts: Sequence[float], best: Sequence[float]
) -> list[dict[int, float]]:
    """Return for each size the visits with one of it that count most, if they exceed 1."""
    found: list[dict[int, float]] = []
    for place, (size, count) in enumerate(zip(sizes, counts, strict=True)):
        rest = len(best) - 1 - size
        if count > SAME and count + best[rest] > 1 + CLOSE:
            pattern = _pattern(sizes, counts, best[: rest + 1])
            pattern[place] += 1
            if pattern not in found:
                found.append(pattern)
    return found


def _pattern(
    sizes: Sequence[int], counts: Sequence[float], best: Sequence[float]
) -> dict[int, float]:
    """Return how often each size is in the visits that count most."""
    found: dict[int, float] = defaultdict(float)
    room = len(best) - 1
    while best[room] > SAME:
        worth, place = max(
            (best[room - size] + count, place)
            for place, (size, count) in enumerate(zip(sizes, counts, strict=True))
            if size <= room
        )
        if worth < best[room] - SAME:
            room -= 1
        else:
            found[place] += 1
            room -= sizes[place]
    return found
