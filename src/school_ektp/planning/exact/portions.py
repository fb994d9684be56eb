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
from typing import Any, TypeAlias

import attrs

from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.limits import Limit, OfLimit

CLEAR = 0.01  # by which a row must be broken to be added
CLOSE = 1e-6
MOST_PATTERNS = 60  # for one row; what is found by then holds as well

Visit: TypeAlias = tuple[int, int, float]  # part of the season, pupils, share of it that is chosen


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
        """Return how much a visit takes that records *some* pupils."""
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
    import numpy as np

    most = int(limit.most)
    shares: dict[int, float] = defaultdict(float)
    for period, pupils, share in visits:
        if limit.holds_in(period):
            shares[min(pupils, most)] += share
    if sum(share / (most // pupils) for pupils, share in shares.items()) <= 1 + CLEAR:
        return []  # each visit counted for as much as can be
    sizes = sorted(shares)
    counts = _packed(sizes, _duals(sizes, shares, most), most)[0]
    over = sum(share * counts[pupils] for pupils, share in shares.items()) - counts[most]
    return [Portions(limit=limit, counts=np.array(counts))] if over > CLEAR else []


def _duals(sizes: Sequence[int], shares: Mapping[int, float], most: int) -> Sequence[float]:
    """Return what a visit of each size counts for, so that no visits that fit exceed 1."""
    model = Model()
    for place, size in enumerate(sizes):
        model.variable(gain=shares[size])
        model.row({place: float(most // size)}, most=1.0)
    counts: Sequence[float] = ()
    for _ in range(MOST_PATTERNS):
        counts = model.solve().values
        best, last = _packed(sizes, counts, most)
        if best[most] <= 1 + CLOSE:
            break
        model.row(_pattern(sizes, last), most=1.0)
    return counts


def _packed(
    sizes: Sequence[int], counts: Sequence[float], most: int
) -> tuple[list[float], list[int]]:
    """Return for each number of pupils what visits that fit count at most, and the last of them."""
    best, last = [0.0], [-1]
    known = [*enumerate(zip(sizes, counts, strict=True))]
    for room in range(1, most + 1):
        top, chosen = best[-1], -1
        for place, (size, count) in known:
            if size > room:
                break
            if best[room - size] + count > top:
                top, chosen = best[room - size] + count, place
        best.append(top)
        last.append(chosen)
    return best, last


def _pattern(sizes: Sequence[int], last: Sequence[int]) -> dict[int, float]:
    """Return how often each size is in the visits that count most."""
    found: dict[int, float] = defaultdict(float)
    room = len(last) - 1
    while room:
        if last[room] < 0:
            room -= 1
        else:
            found[last[room]] += 1
            room -= sizes[last[room]]
    return found
