"""A drawing that stands alone: with its title and key, for notebooks and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.files import write_bytes, write_text
from school_ektp.model.extras import extra
from school_ektp.report.charts.svg import Piece, element

WIDTH = 720  # pixels
STYLE = Path(__file__).parent / "chart.css"
INK = "#1b2426"
FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, Arial, sans-serif"
LETTER = 6.4  # mean width of a letter, in pixels
_TOP, _LINE, _SAMPLE, _GAP = 34, 20, 30, 24  # of the title, of a row of the key, within it
_RULE = re.compile(r"^(?=[.a-z])", re.MULTILINE)


@attrs.frozen(repr=False)
class Chart:
    """
    A drawing as SVG: it shows itself in a notebook, and is saved, without a network.

    Attributes:
        title: What stands above it.
        svg: The whole document; its letters stay letters, to be searched and read aloud.
    """

    title: str
    svg: str

    def __repr__(self) -> str:
        return f"<Chart {self.title!r}>"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, file: Path | str, *, scale_factor: float = 1.0) -> Path:
        """
        Write the chart and return the file.

        Args:
            file: Ends in ``.svg`` or ``.png``; replaced when there.
            scale_factor: Pixels of a picture for each pixel of the drawing.

        Raises:
            InvalidFieldError: Another ending.
            MissingExtraError: A picture is wanted and the extra ``report`` is not installed.
            WriteError: It cannot be written; what was there is unchanged.
        """
        ending = Path(file).suffix.lower()
        if ending == ".svg":
            return write_text(file, self.svg)
        if ending != ".png":
            raise InvalidFieldError("Chart", "file", f"must end in .svg or .png, got {ending!r}")
        with extra("report", "Chart.save()"):
            import vl_convert
        return write_bytes(file, vl_convert.svg_to_png(self.svg, scale=scale_factor))


@attrs.frozen
class Key:
    """A sample of what is drawn, 30 × 10 pixels, and what it stands for."""

    sample: Piece
    text: str


def stroke(style: str) -> Piece:
    """Return a sample of a line."""
    return element("path", d="M0 5H30", class_=style)


def patch(style: str | None = None, *, fill: str | None = None) -> Piece:
    """Return a sample of an area."""
    return element("path", d="M0 0H30V10H0Z", class_=style, fill=fill)


def standing_alone(
    title: str, drawing: Piece, size: tuple[int, int], *, below: str = "", keys: Iterable[Key] = ()
) -> Chart:
    """
    Return a drawing with its title above it.

    Below it are the name of its axis across and the key. The size is width and height in pixels.
    """
    width, height = size
    foot = _TOP + height + (_LINE if below else 0)
    placed = [*_placed(keys, width)]
    rows = max((row for _, _, row in placed), default=-1) + 1
    whole = foot + _LINE * rows + _GAP // 2
    svg = element(
        "svg",
        element("title", title),
        element("style", Piece(_style())),
        element("rect", width=width, height=whole, fill="#ffffff"),
        element("text", title, x=8, y=20, font_size=14, font_weight="bold"),
        element("g", drawing, transform=f"translate(0 {_TOP})"),
        element("text", below, x=width // 2, y=foot - 6, text_anchor="middle") if below else None,
        *(_drawn(key, x, foot + _LINE * row) for key, x, row in placed),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {whole}",
        width=width,
        height=whole,
        class_="ektp",
        role="img",
        font_family=FONT,
        font_size=12,
        fill=INK,
    )
    return Chart(title, svg)


def _style() -> str:
    """Return the style sheet of all charts, so that it touches nothing around this one."""
    return _RULE.sub(".ektp ", STYLE.read_text(encoding="utf-8"))


def _placed(keys: Iterable[Key], width: int) -> Iterator[tuple[Key, int, int]]:
    """Yield each key with its place across and its row."""
    x, row = 8, 0
    for key in keys:
        wide = _SAMPLE + 6 + round(LETTER * len(key.text)) + _GAP
        if x + wide > width and x > 8:  # noqa: PLR2004 - where a row begins
            x, row = 8, row + 1
        yield key, x, row
        x += wide


def _drawn(key: Key, x: int, y: int) -> Piece:
    text = element("text", key.text, x=_SAMPLE + 6, y=9)
    return element("g", key.sample, text, transform=f"translate({x} {y})")
