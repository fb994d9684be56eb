"""SpreadsheetML of 2003, which Dapodik calls .xls: read event by event, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat  # external and internal entities are refused below

import attrs
import polars as pl

from school_ektp.errors import ReadError
from school_ektp.roster.issues import Issue, issue_table
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.delimited import decoded
from school_ektp.roster.read.grid import Grid, Row
from school_ektp.roster.read.layouts import HEADER_WITHIN
from school_ektp.roster.read.limits import ReadLimits

_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HIDDEN = frozenset({"SheetHidden", "SheetVeryHidden"})
_TEXT_MOST = 4_096  # characters of a cell
_SEEN = 65_536  # characters given to the parser at once


def spreadsheetml_grids(content: bytes, file: str, limits: ReadLimits) -> Iterator[Grid]:
    """
    Yield the worksheets, every cell as text.

    A bare ``&``, which schools' names put into such files, is mended and reported.

    Raises:
        ReadError: Not well formed, with a document type or entities, or beyond the bounds.
    """
    text = _NOT_XML.sub("", decoded(content))
    text, mended = _BARE_AMPERSAND.subn("&amp;", _DECLARATION.sub("", text, count=1))
    reader = _Reader(file, limits)
    for number, (name, rows) in enumerate(reader.read(text)):
        grid = _grid(file, name, rows, mended)
        yield attrs.evolve(grid, system=reader.system, hidden=number in reader.hidden)
        mended = 0


def _grid(file: str, name: str, rows: list[list[str | None]], mended: int) -> Grid:
    top: list[Row] = list(rows[: HEADER_WITHIN + 2])

    def take(numbers: list[int]) -> pl.DataFrame:
        columns = {
            f"column_{place}": pl.Series(
                [row[number] if number < len(row) else None for row in rows], dtype=pl.String
            )
            for place, number in enumerate(numbers)
        }
        return pl.DataFrame(columns)

    issue = Issue(file, name, rule="ampersand_mended", detail=str(mended))
    issues = issue_table([issue] if mended else [])
    return Grid(file=file, sheet=name, top=top, height=len(rows), take=take, coded_issues=issues)


class _Reader:
    """Events of the parser become rows of cells."""

    def __init__(self, file: str, limits: ReadLimits) -> None:
        self.file = file
        self.limits = limits
        self.sheets: list[tuple[str, list[list[str | None]]]] = []
        self.hidden: set[int] = set()  # numbers of sheets
        self.system = DateSystem.FROM_1900
        self.depth = 0
        self.size = 0
        self.row = self.rows = self.column = self.cells = 0
        self.text: list[str] | None = None

    def read(self, text: str) -> list[tuple[str, list[list[str | None]]]]:
        self.size = len(text)
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            for place in range(0, len(text), _SEEN):
                parser.Parse(text[place : place + _SEEN].encode("utf-8", errors="replace"))
            parser.Parse(b"", True)
        except expat.ExpatError as error:  # its text has a line and no content
            raise ReadError(self.file, f"is no sound XML at line {error.lineno}") from None
        if not self.sheets:
            raise ReadError(self.file, "is XML without a worksheet")
        return self.sheets

    def _refuse(self, *_: object) -> None:
        raise ReadError(self.file, "declares XML entities, which no spreadsheet program writes")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self.limits.hold("depth", self.depth, self.file)
        name = _local(tag)
        own = {_local(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self.sheets.append((own.get("Name", "")[:_TEXT_MOST], []))
            self.limits.hold("sheets", len(self.sheets), self.file)
            self.row = self.column = 0
        elif name == "Date1904":
            self.system = DateSystem.FROM_1904
        elif self.sheets and name == "Row":
            self._start_row(own)
        elif self.sheets and name == "Cell":
            self._start_cell(own)
        elif self.sheets and name in {"Data", "Visible"}:
            self.text = []

    def _start_row(self, own: Mapping[str, str]) -> None:
        self.row = self._index(own, self.row + 1)
        self.column = 0

    def _start_cell(self, own: Mapping[str, str]) -> None:
        if not self.row:
            raise ReadError(self.file, "has a cell outside of a row")
        number = self._index(own, self.column + 1)
        merged = self._index({"Index": own.get("MergeAcross", "")}, 0)
        self.column = number + merged
        self.place = number - 1

    def _put(self, text: str) -> None:
        """Write a cell; rows and columns up to it are made, as far as cells have a value."""
        rows = self.sheets[-1][1]
        self.limits.hold("rows", self.rows + self.row - len(rows), self.file)  # of all sheets
        self.limits.hold("columns", self.column, self.file)
        if self.row > len(rows):
            self.rows += self.row - len(rows)
            rows.extend([] for _ in range(self.row - len(rows)))
        row = rows[self.row - 1]
        more = max(self.place + 1 - len(row), 0)
        self.cells += more
        self.limits.hold("cells", self.cells, self.file)
        self.limits.hold_room(self.cells, self.size, self.file)
        row.extend(None for _ in range(more))
        row[self.place] = text

    def _index(self, own: Mapping[str, str], usual: int) -> int:
        """Return a number that an attribute gives; one that is none, or goes back, is ignored."""
        text = own.get("Index", "")
        given = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else usual  # noqa: PLR2004
        return max(given, usual)

    def _data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data[:_TEXT_MOST])

    def _end(self, tag: str) -> None:
        self.depth -= 1
        name = _local(tag)
        if name in {"Data", "Visible"} and self.text is not None:
            text = "".join(self.text)[:_TEXT_MOST].strip()
            if name == "Visible" and text in _HIDDEN:
                self.hidden.add(len(self.sheets) - 1)
            elif name == "Data" and text and self.column:
                self._put(text)
            self.text = None


def _local(tag: str) -> str:
    return tag.rsplit(" ", 1)[-1]
