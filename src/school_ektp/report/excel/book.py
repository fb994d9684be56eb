"""
Sheets that print well: one way to write titles, tables and totals.

Texts are always written as texts, so that nothing that comes from a file can become a formula
or a link. Equal content gives equal bytes.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import attrs

from school_ektp.model.language import Lang
from school_ektp.model.messages import HEADERS, WORKBOOK
from school_ektp.roster.new_workbook import Format, NewWorkbook, Value, Worksheet, put

Style: TypeAlias = Mapping[str, str | int | bool]

A4 = 9
TITLE_ROW, HEADER_ROW = 0, 3  # a title, two lines, the header, then the table
EMPTY_ROWS = 10  # below a table that is filled in by hand
LINE_HEIGHT = 15  # points, of a line of text
BOLD = 1.2  # times as wide as plain letters, with some air

_GREY, _LINE, _HEAD, _YELLOW = "#666666", "#BFBFBF", "#DDE6EE", "#FFF8D6"
_LINK, _SHUT = "#0B5D66", "#DDDDDD"
_DATES: dict[Lang, str] = {
    "id": "[$-421]ddd, d mmm yyyy",
    "en": "[$-809]ddd, d mmm yyyy",
}
_BOX: Style = {"border": 1, "border_color": _LINE, "valign": "top"}
_EDIT: Style = {"bg_color": _YELLOW}
_KINDS: dict[str, Style] = {
    "text": {"text_wrap": True},
    "code": {"num_format": "@"},
    "date": {"align": "left"},
    "time": {"num_format": "hh:mm", "align": "center"},
    "count": {"num_format": "#,##0", "align": "right", "indent": 1},
    "share": {"num_format": "0.0%", "align": "right", "indent": 1},
    "tick": {"align": "center", "font_size": 13},
}
_LOOKS: dict[str, Style] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"font_color": _GREY},
    "heading": {"bold": True, "font_size": 12, "valign": "bottom"},
    "plain": {"text_wrap": True, "valign": "top"},
    "plain_bold": {"text_wrap": True, "valign": "top", "bold": True},
    "free": {**_BOX, "font_color": _GREY, "text_wrap": True},
    "closed": {**_BOX, "font_color": _GREY, "bg_color": _SHUT, "text_wrap": True},
    "header": {**_BOX, "bold": True, "bg_color": _HEAD, "text_wrap": True, "valign": "vcenter"},
}


@attrs.frozen
class Column:
    """
    A column of a table.

    Attributes:
        name: Key of its header in `messages.HEADERS`.
        width: In characters.
        kind: How its cells are shown: text, code, date, time, count, share, tick.
        edit: Meant to be changed by hand: shown in yellow.
        total: Added up below the table.
        spread: How many columns of the sheet it takes; more than one only in the last of a table.
        title: Its header, when it is no word of the library, such as the name of a team.
    """

    name: str
    width: float
    kind: str = "text"
    edit: bool = False
    total: bool = False
    spread: int = 1
    title: str = ""


class Book:
    """
    A workbook in the making.

    Args:
        title: Shown in the properties of the file.
        lang: Language of headers, dates and page numbers.
        created: Date of making written into the file; a fixed one makes equal files.
        capability: What needs the extra, for the message when it is missing.

    Raises:
        MissingExtraError: The extra ``excel`` is not installed.
    """

    def __init__(self, title: str, lang: Lang, created: dt.date, capability: str) -> None:
        self.lang = lang
        moment = dt.datetime.combine(created, dt.time())
        self._book = NewWorkbook(capability, moment, title=title)
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def to_bytes(self) -> bytes:
        """Return the finished file; nothing can be added after."""
        return self._book.to_bytes()

    # Sheets

    def sheet(self, name: str, *, landscape: bool = True, footer: str = "") -> Worksheet:
        """Return a new sheet for A4, one page wide, with page numbers."""
        sheet = self._book.sheet(name)
        sheet.set_paper(A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(1)
        left = footer.replace("&", "&&")[:200]
        sheet.set_footer(f"&L&8{left}&R&8{WORKBOOK['page'][self.lang]}")
        return sheet

    def title(self, sheet: Worksheet, title: str, notes: Sequence[str] = ()) -> None:
        """Write the title and up to two lines below it."""
        self.put(sheet, TITLE_ROW, 0, title, "title")
        for place, note in enumerate(notes[: HEADER_ROW - 1], start=1):
            self.put(sheet, TITLE_ROW + place, 0, note, "note")

    def widths(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        """Set the widths of columns."""
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)

    def _header(self, sheet: Worksheet, columns: Sequence[Column], row: int) -> None:
        texts = [column.title or HEADERS[column.name][self.lang] for column in columns]
        for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
            self._cell(sheet, (row, place), column.spread, text, _LOOKS["header"])
        sheet.set_row(row, _height(columns, texts, BOLD))

    def table(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        row: int = HEADER_ROW,
        first: bool = True,
        total: bool = False,
        last_bold: bool = False,
        by: int | None = None,
    ) -> int:
        """
        Write header and rows, and return the first row below.

        The *first* table of its sheet sets the widths of columns, stays in sight and is repeated on
        every printed page. *total* adds up the columns meant for it below; with *last_bold* the
        last row sums up the others. Changes of column *by*, such as the date, draw a line across.
        """
        found = [tuple(values) for values in rows]
        if first:
            self.widths(sheet, columns)
            sheet.freeze_panes(row + 1, 0)
            sheet.repeat_rows(row)
        self._header(sheet, columns, row)
        above: Value = None
        for number, values in enumerate(found, start=1):
            row += 1
            apart = by is not None and values[by] != above
            above = values[by] if by is not None else None
            more: Style = {"top": 2} if apart else {}
            if last_bold and number == len(found):
                more = {"top": 2, "bold": True}
            self.row(sheet, row, columns, values, more)
        if total and found:
            row += 1
            self._total(sheet, row, columns, found)
        return row + 1

    def row(
        self,
        sheet: Worksheet,
        row: int,
        columns: Sequence[Column],
        values: Sequence[Value],
        more: Style = MappingProxyType({}),
    ) -> None:
        """Write one row of a table, its cells with *more* properties."""
        sheet.set_row(row, _height(columns, values))
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            style = {**self._style(column), **more}
            self._cell(sheet, (row, place), column.spread, value, style)

    def empty_rows(self, sheet: Worksheet, row: int, columns: Sequence[Column]) -> int:
        """Write rows to be filled in by hand, and return the first row below."""
        for place in range(EMPTY_ROWS):
            self.row(sheet, row + place, columns, [None] * len(columns))
        return row + EMPTY_ROWS

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: str) -> None:
        """Write a text beside the tables."""
        sheet.write_string(row, column, text, self._format(_LOOKS[look]))

    def link(
        self,
        sheet: Worksheet,
        at: tuple[int, int],
        column: Column | None,
        text: str,
        target: str,
    ) -> None:
        """Write a text that leads to another sheet of the workbook, in a table or beside it."""
        style = {} if column is None else self._style(column)
        look = self._format({**style, "font_color": _LINK, "underline": 1})
        quoted = target.replace("'", "''")
        sheet.write_url(*at, f"internal:'{quoted}'!A1", look, text)

    def span(
        self, sheet: Worksheet, row: int, columns: tuple[int, int], text: str, style: Style
    ) -> None:
        """Write a text across columns, first to last."""
        first, last = columns
        self._cell(sheet, (row, first), last - first + 1, text, style)

    def _total(
        self,
        sheet: Worksheet,
        row: int,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
    ) -> None:
        for place, column in enumerate(columns):
            style = {**self._style(attrs.evolve(column, edit=False)), "bold": True, "top": 2}
            value: Value = WORKBOOK["total"][self.lang] if place == 0 else None
            if column.total:
                value = sum(number for values in rows if isinstance(number := values[place], int))
            put(sheet, (row, place), value, self._format(style))

    # Cells

    def _cell(
        self, sheet: Worksheet, at: tuple[int, int], spread: int, value: Value, style: Style
    ) -> None:
        """Write a value into a cell, or into several side by side made one."""
        look = self._format(style)
        if spread > 1:
            row, first = at
            sheet.merge_range(row, first, row, first + spread - 1, "", look)
        put(sheet, at, value, look)

    def _style(self, column: Column) -> Style:
        date = {"num_format": _DATES[self.lang]} if column.kind == "date" else {}
        return {**_BOX, **_KINDS[column.kind], **date, **(_EDIT if column.edit else {})}

    def _format(self, style: Style) -> Format:
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.look(**style)
        return self._formats[key]


def _height(columns: Sequence[Column], values: Sequence[Value], wider: float = 1) -> float:
    """Return the height that holds the longest text, which not all programs work out."""
    lines = (
        lines_of(value, column.width / wider)
        for column, value in zip(columns, values, strict=True)
        if isinstance(value, str)
    )
    return LINE_HEIGHT * max(lines, default=1) + 1


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes, broken between words at *width* characters."""
    return sum(max(len(textwrap.wrap(line, max(int(width), 1))), 1) for line in text.split("\n"))
