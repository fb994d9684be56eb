"""Small pieces of HTML for notebooks: escaped, without scripts, readable without styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_TABLE = "border-collapse:collapse;font-size:90%"
_CELL = "border:1px solid #ccc;padding:1px 6px;text-align:"


def table_html(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, words: int = 1
) -> str:
    """Return a table whose first *words* columns hold words, and the others numbers."""
    sides = ["left" if place < words else "right" for place in range(len(header))]
    body = "".join(_row("td", row, sides) for row in rows)
    return (
        f'<table style="{_TABLE}"><caption style="text-align:left">{escape(caption)}</caption>'
        f"<thead>{_row('th', header, sides)}</thead><tbody>{body}</tbody></table>"
    )


def lines_html(text: str) -> str:
    """Return lines of text as paragraphs."""
    return "".join(f"<p style='margin:2px 0'>{escape(line)}</p>" for line in text.splitlines())


def _row(tag: str, values: Sequence[object], sides: Sequence[str]) -> str:
    cells = (_cell(tag, value, side) for value, side in zip(values, sides, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _cell(tag: str, value: object, side: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return f'<{tag}{scope} style="{_CELL}{side}">{escape(str(value))}</{tag}>'
