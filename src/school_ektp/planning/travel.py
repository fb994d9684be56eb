"""Travel matrices in whole minutes, closed under the triangle inequality."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import TypeAlias

from school_ektp.model.globe import Point, straight_km
from school_ektp.planning.problem import Matrix

Closed: TypeAlias = tuple[tuple[int, int], ...]

_FIELD = 32  # bits of a number of minutes
_GUARD = _FIELD - 1
_MOST = (1 << _GUARD) - 1


def road_matrix(points: Sequence[Point], *, circuity: float, speed_kmh: float) -> Matrix:
    """
    Return driving minutes among *points*, rounded up.

    Great circles obey the triangle inequality and rounding up keeps it, so the matrix is closed.
    Takes time and memory quadratic in the number of points.
    """
    minutes_per_km = 60 * circuity / speed_kmh
    rows = [[0] * len(points) for _ in points]
    for i, a in enumerate(points):
        for j in range(i):
            # The last digits of a sine differ between platforms; a millionth of a minute does not.
            minutes = math.ceil(round(straight_km(a, points[j]) * minutes_per_km, 6))
            rows[i][j] = rows[j][i] = minutes
    return tuple(map(tuple, rows))


def close_triangle(matrix: Matrix) -> tuple[Matrix, Closed]:
    """
    Return *matrix* with every way replaced by the shortest one over other places.

    A row is worked on as one whole number with a field of bits for each place, so that one
    addition or comparison serves all of them (Lamport, "Multiple byte processing with full-word
    instructions", 1975): 700 places take a second or two, not twenty.

    Args:
        matrix: Minutes, below 2**30.

    Returns:
        The closed matrix (Floyd 1962, Warshall 1962) and the pairs that became shorter.
    """
    size = len(matrix)
    ones = int.from_bytes(struct.pack("<I", 1) * size, "little")
    guards = ones << _GUARD  # the highest bit of each field is free for comparisons
    layout = f"<{size}I"
    rows = [int.from_bytes(struct.pack(layout, *row), "little") for row in matrix]
    for middle in range(size):
        onward = rows[middle]
        for number, row in enumerate(rows):
            over = onward + ones * (row >> _FIELD * middle & _MOST)
            as_short = ((over | guards) - row) & guards  # where the row is no longer
            if as_short != guards:
                same = as_short - (as_short >> _GUARD)
                rows[number] = over ^ (over ^ row) & same
    after = tuple(struct.unpack(layout, row.to_bytes(size * _FIELD // 8, "little")) for row in rows)
    closed = tuple(
        (i, j)
        for i, (was, now) in enumerate(zip(matrix, after, strict=True))
        if was != now
        for j in range(size)
        if now[j] < was[j]
    )
    return after, closed
