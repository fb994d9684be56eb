"""
Pages of simple HTML as sheets of a workbook, so that letters have one wording for both.

Understood are headings, paragraphs, lists, tables and line breaks, with the classes ``grid``
(with lines), ``right``, ``centre`` and ``sign`` (on the right); other marks are left out and
their text is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

import attrs

from school_ektp.model.language import Lang
from school_ektp.report.excel.book import LINE_HEIGHT, Book, Style, lines_of
from school_ektp.report.filenames import sheet_names
from school_ektp.roster.new_workbook import Worksheet

PAGE_WIDTH = 92.0  # characters of an A4 page in portrait
_LEAST, _MOST = 5.0, 40.0  # characters of a column
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "li", "div", "header", "table", "ol", "ul", "article"})
_TEXT_STYLES: dict[str, Style] = {
    "h1": {"bold": True, "font_size": 13, "align": "center"},
    "h2": {"bold": True, "font_size": 11},
    "h3": {"bold": True},
}
_ALIGN = {"right": "right", "centre": "center", "number": "right", "tick": "center"}


@attrs.define
class Block:
    """
    A paragraph, heading or list item.

    Attributes:
        tag: What it was.
        classes: Of it and of what it stands in.
        text: Its words.
    """

    tag: str
    classes: frozenset[str]
    text: str = ""


@attrs.define
class Table:
    """
    A table.

    Attributes:
        lines: Drawn with lines.
        rows: Cells: text, classes, whether it heads a column, columns it spans.
    """

    lines: bool
    rows: list[list[Cell]] = attrs.field(factory=list)

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((sum(cell.span for cell in row) for row in self.rows), default=0)


@attrs.define
class Cell:
    """A cell of a table."""

    classes: frozenset[str]
    head: bool
    span: int = 1
    text: str = ""


class _Reader(HTMLParser):
    """Reads the body of a page into blocks and tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Block | Table] = []
        self._around: list[tuple[str, frozenset[str]]] = []
        self._numbers: list[int] = []
        self._into: Block | Cell | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        classes = frozenset((values.get("class") or "").split())
        if tag == "br":
            self._add("\n")
            return
        if tag in {"meta", "link", "img", "hr", "input"}:
            return
        self._around.append((tag, classes))
        inside = frozenset().union(*(some for _, some in self._around))
        if tag == "table":
            self.parts.append(Table("grid" in classes))
        elif tag == "tr" and self._table:
            self._table.rows.append([])
        elif tag in {"td", "th"} and self._table and self._table.rows:
            span = values.get("colspan") or "1"
            self._into = Cell(classes, tag == "th", int(span) if span.isdigit() else 1)
            self._table.rows[-1].append(self._into)
        elif tag in {"ol", "ul"}:
            self._numbers.append(0)
        elif tag in _BLOCKS:
            self._into = Block(tag, inside)
            self.parts.append(self._into)
            if tag == "li" and self._numbers:
                self._numbers[-1] += 1
                self._into.text = f"{self._numbers[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        while self._around and self._around[-1][0] != tag:
            self._around.pop()
        if self._around:
            self._around.pop()
        if tag in {"ol", "ul"} and self._numbers:
            self._numbers.pop()
        if tag in {"td", "th"} or tag in _BLOCKS:
            self._into = None

    def handle_data(self, data: str) -> None:
        self._add(" ".join(data.split()) if data.strip() else " ", data)

    @property
    def _table(self) -> Table | None:
        part = self.parts[-1] if self.parts else None
        return part if isinstance(part, Table) else None

    def _add(self, text: str, original: str = "") -> None:
        if any(tag in {"style", "script"} for tag, _ in self._around):
            return
        if self._into is None:
            if not text.strip():
                return
            self._into = Block("p", frozenset())
            self.parts.append(self._into)
        before = " " if original[:1].isspace() and text.strip() else ""
        after = " " if original[-1:].isspace() and text.strip() else ""
        self._into.text += before + text + after


def parts_of(body: str) -> list[Block | Table]:
    """Return the blocks and tables of the body of a page, empty blocks left out."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    for part in reader.parts:
        for holder in [part] if isinstance(part, Block) else [c for r in part.rows for c in r]:
            lines = holder.text.split("\n")
            holder.text = "\n".join(" ".join(line.split()) for line in lines)
    return [
        part
        for part in reader.parts
        if isinstance(part, Table) or part.text or "gap" in part.classes
    ]


def workbook_of_pages(
    pages: Iterable[tuple[str, str]], title: str, lang: Lang, created: dt.date
) -> bytes:
    """
    Return a workbook with a sheet for each page, given by name and body.

    Equal pages give equal bytes.
    """
    book = Book(title, lang, created, "writing letters as workbooks")
    found = list(pages)
    keys = [f"{name}\x00{place}" for place, (name, _) in enumerate(found)]
    names = sheet_names(keys)
    for key, (_, body) in zip(keys, found, strict=True):
        _write_page(book, book.sheet(names[key], landscape=False), parts_of(body))
    return book.to_bytes()


def _write_page(book: Book, sheet: Worksheet, parts: Sequence[Block | Table]) -> None:
    widths = _widths([part for part in parts if isinstance(part, Table)])
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    row = 0
    for part in parts:
        if isinstance(part, Block):
            _write_block(book, sheet, row, part, widths)
            row += 1
        else:
            row = _write_table(book, sheet, row, part, widths) + 1


def _widths(tables: Sequence[Table]) -> list[float]:
    """Return the widths of columns: by the widest table, filled up to the page."""
    columns = max((table.width for table in tables), default=1)
    widths = [_LEAST] * columns
    for table in tables:
        if table.width < columns:
            continue
        for row in table.rows:
            for place, cell in enumerate(row):
                widths[place] = max(widths[place], min(len(cell.text) * 1.1 + 1, _MOST))
    factor = PAGE_WIDTH / sum(widths)
    return [width * factor for width in widths]


def _write_block(
    book: Book, sheet: Worksheet, row: int, block: Block, widths: Sequence[float]
) -> None:
    first = _half(widths) if "sign" in block.classes else 0
    align = next((_ALIGN[name] for name in _ALIGN if name in block.classes), "left")
    if block.classes & {"region", "office", "address"}:
        align = "center"
    style: dict[str, str | int | bool] = {"text_wrap": True, "valign": "top", "align": align}
    style |= _TEXT_STYLES.get(block.tag, {})
    if "office" in block.classes:
        style |= {"bold": True, "font_size": 14}
    lines = lines_of(block.text, sum(widths[first:]))
    sheet.set_row(row, LINE_HEIGHT * (3 if "gap" in block.classes else lines) + 3)
    book.span(sheet, row, (first, len(widths) - 1), block.text, style)


def _half(widths: Sequence[float]) -> int:
    """Return the first column that begins in the right half of the page."""
    left = 0.0
    for place, width in enumerate(widths):
        if left >= sum(widths) / 2:
            return place
        left += width
    return len(widths) - 1


def _write_table(
    book: Book, sheet: Worksheet, row: int, table: Table, widths: Sequence[float]
) -> int:
    """Write a table, its columns spread over those of the sheet; return the row below."""
    ends = _ends(table, widths)
    for cells in table.rows:
        place, lines = 0, 1
        for cell in cells:
            first = ends[place - 1] + 1 if place else 0
            place = min(place + cell.span, len(ends))
            last = ends[place - 1]
            book.span(sheet, row, (first, last), cell.text, _cell_style(cell, lines=table.lines))
            lines = max(lines, lines_of(cell.text, sum(widths[first : last + 1])))
        sheet.set_row(row, LINE_HEIGHT * lines + 1)
        row += 1
    return row


def _ends(table: Table, widths: Sequence[float]) -> list[int]:
    """Return for each column of a table the last column of the sheet that it covers."""
    count, columns = table.width, len(widths)
    if count == columns:
        return list(range(columns))
    longest = [_LEAST] * count
    for row in table.rows:
        for place, cell in enumerate(row):
            longest[place] = max(longest[place], min(len(cell.text) + 1.0, _MOST))
    ends: list[int] = []
    for place in range(count):
        wanted = sum(longest[: place + 1]) / sum(longest) * sum(widths)
        least = ends[-1] + 1 if ends else 0
        most = columns - (count - place)
        end = least
        while end < most and sum(widths[: end + 1]) < wanted:
            end += 1
        ends.append(end)
    ends[-1] = columns - 1
    return ends


def _cell_style(cell: Cell, *, lines: bool) -> Style:
    align = next((_ALIGN[name] for name in _ALIGN if name in cell.classes), "left")
    style: dict[str, str | int | bool] = {"text_wrap": True, "valign": "top", "align": align}
    if align == "right":
        style |= {"indent": 1}
    if lines:
        style |= {"border": 1, "border_color": "#808080"}
    if cell.head:
        style |= {"bold": True, "bg_color": "#EEEEEE"}
    return style
