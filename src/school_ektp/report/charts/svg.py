"""Elements of SVG as text: everything not an element itself is escaped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape


class Piece(str):
    """Markup that is safe as it stands; templates do not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def element(tag: str, *children: object, **attributes: object) -> Piece:
    """
    Return ``<tag attribute="...">children</tag>``, or ``<tag attribute="..."/>`` without children.

    Pieces among the children stand as they are, anything else as text. In the name of an attribute
    ``_`` reads ``-``, and one at its end is dropped (``class_``). Floats are rounded to a tenth,
    which no eye tells apart. None is left out.
    """
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = "".join(
        child if isinstance(child, Piece) else escape(str(child))
        for child in children
        if child is not None
    )
    return Piece(f"<{tag}{named}>{inside}</{tag}>" if inside else f"<{tag}{named}/>")


def joined(*pieces: Piece) -> Piece:
    """Return pieces one after the other."""
    return Piece("".join(pieces))


def _value(value: object) -> str:
    return decimal(value) if isinstance(value, float) else str(value)


def decimal(value: float) -> str:
    """Return ``12.5``, and ``12`` without a fraction; never ``-0``."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """Return the ``d`` of a line through *points*."""
    line = "L".join(f"{decimal(x)} {decimal(y)}" for x, y in points)
    return f"M{line}{'Z' if closed else ''}"


def ticks(highest: int, wanted: int) -> list[int]:
    """Return about *wanted* round numbers from 0 on, the last at or above *highest*."""
    rough = max(highest, 1) / wanted
    unit = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(int(unit * n) for n in (1, 2, 5, 10) if unit * n >= rough)
    return list(range(0, math.ceil(max(highest, 1) / step) * step + 1, step))


def steps_of(values: Sequence[float], wanted: int) -> list[int]:
    """Return about *wanted* round numbers that reach from the least to the greatest of *values*."""
    low, high = min(values, default=0), max(values, default=1)
    step = max(ticks(math.ceil(high - low), wanted)[1], 1)
    first = math.floor(low / step)
    return [step * number for number in range(first, max(math.ceil(high / step), first + 1) + 1)]
