"""A line through points: how much more a further team-day records."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from school_ektp.model.language import Lang, number
from school_ektp.report.charts.svg import Piece, decimal, element, joined, path, steps_of

LEFT, RIGHT, TOP, BOTTOM = 56, 20, 26, 26  # pixels
FEW = 12  # points that each have a mark of their own
Point = tuple[float, float]


def points_drawing(
    points: Sequence[Point], *, axis: str, size: tuple[int, int], lang: Lang
) -> Piece:
    """
    Return points joined by a line, in order; both axes begin near the least, not at 0.

    Across are whole numbers, upwards any; *axis* names the latter. The size is in pixels.
    """
    width, height = size
    across = _marks([x for x, _ in points])
    upwards = steps_of([y for _, y in points], 4)
    low, high = across[0], max(across[-1], across[0] + 1)

    def at(point: Point) -> Point:
        x = LEFT + (width - LEFT - RIGHT) * (point[0] - low) / (high - low)
        span = max(upwards[-1] - upwards[0], 1)
        return x, TOP + (height - TOP - BOTTOM) * (1 - (point[1] - upwards[0]) / span)

    places = [at(point) for point in points]
    return joined(
        *_upwards([(at((low, mark))[1], number(mark, lang)) for mark in upwards], width),
        element("text", axis, x=LEFT - 8, y=12, text_anchor="end"),
        *_across([(at((mark, upwards[0]))[0], number(mark, lang)) for mark in across], height),
        *([element("path", d=path(places), class_="line recorded")] if places else []),
        *(element("circle", cx=x, cy=y, r=4, class_="waiting") for x, y in places),
    )


def _marks(values: Sequence[float]) -> list[int]:
    """Return where the axis across has marks: at each value if they are few."""
    whole = sorted({math.floor(value) for value in values})
    return whole if 0 < len(whole) <= FEW else steps_of(values, 8)


def _upwards(marks: Sequence[tuple[float, str]], width: int) -> Iterator[Piece]:
    for y, text in marks:
        yield element("path", d=f"M{LEFT} {decimal(y)}H{width - RIGHT}", class_="rule")
        yield element("text", text, x=LEFT - 8, y=y + 4, text_anchor="end")


def _across(marks: Sequence[tuple[float, str]], height: int) -> Iterator[Piece]:
    for x, text in marks:
        yield element("path", d=f"M{decimal(x)} {height - BOTTOM}v5", class_="rule strong")
        yield element("text", text, x=x, y=height - BOTTOM + 18, text_anchor="middle")
