"""Bars of parts, one below the other: who is recorded, will be, and is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from school_ektp.model.language import Lang, number
from school_ektp.report.charts.chart import LETTER
from school_ektp.report.charts.svg import Piece, decimal, element, joined, ticks

STEP, THICK, FOOT, RIGHT = 26, 18, 24, 20  # pixels


@attrs.frozen
class Bar:
    """A bar: its name and the sizes of its parts, in the order of the styles."""

    name: str
    parts: tuple[int, ...]


def bars_drawing(
    bars: Sequence[Bar], styles: Sequence[str], *, width: int, lang: Lang
) -> tuple[Piece, int]:
    """Return the bars as elements, and the height they take, in pixels."""
    left = 16 + round(LETTER * max((len(bar.name) for bar in bars), default=0))
    marks = ticks(max((sum(bar.parts) for bar in bars), default=0), 5)
    scale = (width - left - RIGHT) / marks[-1]
    foot = STEP * len(bars) + 4
    drawn = joined(
        *_axis([(left + mark * scale, number(mark, lang)) for mark in marks], foot),
        *(piece for row, bar in enumerate(bars) for piece in _bar(bar, styles, row, left, scale)),
    )
    return drawn, foot + FOOT


def _axis(marks: Iterable[tuple[float, str]], foot: int) -> Iterator[Piece]:
    for x, text in marks:
        yield element("path", d=f"M{decimal(x)} 0V{foot}", class_="rule")
        yield element("text", text, x=x, y=foot + 15, text_anchor="middle")


def _bar(bar: Bar, styles: Sequence[str], row: int, left: int, scale: float) -> Iterator[Piece]:
    y, x = STEP * row + (STEP - THICK) // 2, float(left)
    yield element("text", bar.name, x=left - 8, y=y + 13, text_anchor="end")
    for part, style in zip(bar.parts, styles, strict=True):
        tip = element("title", f"{bar.name}: {part}")
        yield element("rect", tip, x=x, y=y, width=part * scale, height=THICK, class_=style)
        x += part * scale
