"""Travel matrices in whole minutes, closed under the triangle inequality."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from school_ektp.model.globe import Point, straight_km
from school_ektp.planning.problem import Matrix

Closed: TypeAlias = tuple[tuple[int, int], ...]


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

    Returns:
        The closed matrix (Floyd 1962, Warshall 1962) and the pairs that became shorter.
    """
    rows = [list(row) for row in matrix]
    for middle in range(len(rows)):
        onward = rows[middle]
        for number, row in enumerate(rows):
            over = [row[middle] + rest for rest in onward]
            rows[number] = list(map(min, row, over))
    closed = tuple(
        (i, j)
        for i, (before, after) in enumerate(zip(matrix, rows, strict=True))
        for j in range(len(rows))
        if after[j] < before[j]
    )
    return tuple(map(tuple, rows)), closed
