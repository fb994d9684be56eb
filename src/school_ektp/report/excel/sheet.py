"""A sheet that came back: its columns found by their headers, and what is wrong in which cell."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import attrs

from school_ektp.errors import ReadError
from school_ektp.model.clock import DAY_MINUTES
from school_ektp.model.language import LANGS, Figure, Lang, check_lang
from school_ektp.model.messages import HEADERS, VIOLATIONS, say
from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.dates import DateOrder, read_date
from school_ektp.roster.read.evidence import date_order
from school_ektp.roster.read.grid import Grid

#: What a heading may be besides what the workbook of a plan writes: everyday words of an office.
_ALSO: dict[str, tuple[str, ...]] = {
    "date": ("tgl", "hari, tanggal"),
    "team": ("nama tim",),
    "recorded": ("direkam", "jumlah terekam"),
    "absent": ("absen", "tidak datang", "not present"),
    "failed": ("gagal", "failed"),
    "under_age": ("belum 16 tahun", "belum cukup umur"),
    "already_recorded": ("sudah punya ktp",),
    "elsewhere": ("luar daerah",),
    "walk_ins": ("tidak dipanggil",),
    "cancelled": ("batal", "dibatalkan", "cancelled"),
    "class_name": ("kelas", "class"),
}
_HEADING_MOST = 40  # characters of a heading that are quoted
_COUNT = re.compile(r"(\d{1,6})(?:[.,]0+)?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(am|pm)?", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class CellIssue:
    """
    One thing that is wrong with a sheet that came back.

    Attributes:
        sheet: Name of the sheet.
        cell: The cell, such as ``"J7"``.
        cause: Name of the rule, a key of `messages.VIOLATIONS`.
        amount: Minutes, pupils, days or visits the cause speaks of; None without one.
        limit: What is allowed or there; None without one.
        texts: The sentence in each language.
    """

    sheet: str
    cell: str
    cause: str
    amount: int | None = None
    limit: int | None = None
    texts: Mapping[Lang, str] = attrs.field(repr=False)

    def text(self, lang: Lang = "id") -> str:
        """Return sheet, cell and what is wrong there."""
        return f"{self.sheet}!{self.cell}: {self.texts[check_lang(lang)]}"


class Row(NamedTuple):
    """One row of a table: its number as a spreadsheet counts, and its texts by column."""

    number: int
    texts: dict[str, str]

    def text(self, name: str) -> str:
        """Return the text of a column; empty when the table has no such column."""
        return self.texts.get(name, "")


@attrs.frozen(kw_only=True)
class Table:
    """The columns of a sheet that are asked for."""

    sheet: str
    grid: Grid
    header: int  # row as a spreadsheet counts
    columns: dict[str, int]  # from 0
    rows: tuple[Row, ...]
    others: tuple[tuple[int, str], ...] = ()  # further columns, from 0, and their headings

    @cached_property
    def order(self) -> DateOrder:
        """Day before month, unless the dates of the sheet prove the contrary."""
        return date_order(row.text("date") for row in self.rows)

    def date(self, row: Row) -> dt.date | None:
        """Return the date of a row; None when it has none or one that cannot be read."""
        day: dt.date | None = read_date(
            row.text("date"), order=self.order, system=self.grid.system
        ).value
        return day

    def issue(
        self,
        row: int,
        column: str,
        cause: str,
        *,
        amount: int | None = None,
        limit: int | None = None,
        texts: Mapping[Lang, str] | None = None,
    ) -> CellIssue:
        """Return an issue at a cell of the sheet."""
        return CellIssue(
            sheet=self.sheet,
            cell=f"{_letters(self.columns[column])}{row}",
            cause=cause,
            amount=amount,
            limit=limit,
            texts=texts or {lang: _formatted(cause, lang, amount, limit) for lang in LANGS},
        )

    def unread(self, known: Collection[str]) -> Iterator[CellIssue]:
        """Yield an issue for each further column whose heading, in small letters, is unknown."""
        for column, text in self.others:
            if text.casefold() not in known:
                heading = text[:_HEADING_MOST]
                texts = {
                    lang: say(VIOLATIONS["heading_unread"], lang, heading=heading) for lang in LANGS
                }
                yield CellIssue(
                    sheet=self.sheet,
                    cell=f"{_letters(column)}{self.header}",
                    cause="heading_unread",
                    texts=texts,
                )


def _formatted(cause: str, lang: Lang, amount: int | None, limit: int | None) -> str:
    values = {"amount": Figure(amount or 0, lang), "limit": Figure(limit or 0, lang)}
    return VIOLATIONS[cause][lang].format_map(defaultdict(str, values))


def _letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_order(cell: str) -> tuple[int, int, str]:
    """Return what puts cells such as ``J7`` in order: by row, then by column."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters


def table_in(sheets: Iterable[Grid], name: str, needs: Sequence[str], more: Sequence[str]) -> Table:
    """
    Return the first sheet that has all columns of *needs*, with those of *more* that it has.

    Raises:
        ReadError: None of them is such a sheet; it says which of the columns were found.
    """
    best: dict[str, int] = {}
    for grid in sheets:
        for row, texts in enumerate(grid.top):
            columns = _columns(texts, (*needs, *more))
            if set(needs) <= columns.keys():
                return _taken(grid, row, columns, name)
            best = max(best, columns, key=len)
    in_order = dict.fromkeys((*needs, *more))
    wanted, found = (
        ", ".join(HEADERS[column]["id"] for column in in_order if column in some)
        for some in (needs, best)
    )
    fault = f"holds no sheet with the columns {wanted}; headings found: {found or 'none of these'}"
    raise ReadError(name, fault)


def _columns(texts: Sequence[str | None], names: Iterable[str]) -> dict[str, int]:
    """Return where the columns are, by their header in either language or an everyday one."""
    found = {clean(text or "").casefold(): place for place, text in enumerate(texts)}
    columns: dict[str, int] = {}
    for name in names:
        headings = [*(HEADERS[name][lang].casefold() for lang in LANGS), *_ALSO.get(name, ())]
        places = [found[head] for head in headings if head in found]
        if places:
            columns[name] = places[0]
    return columns


def _taken(grid: Grid, header: int, columns: dict[str, int], name: str) -> Table:
    places = sorted(set(columns.values()))
    order = {name: places.index(place) for name, place in columns.items()}
    cells = grid.take(places).rows()
    rows = (
        Row(row + 1, {name: clean(cells[row][place] or "") for name, place in order.items()})
        for row in range(header + 1, len(cells))
    )
    return Table(
        sheet=grid.sheet or name,
        grid=grid,
        header=header + 1,
        columns=columns,
        rows=tuple(row for row in rows if any(row.texts.values())),
        others=tuple(
            (place, text)
            for place, cell in enumerate(grid.top[header])
            if place not in places and (text := clean(cell or ""))
        ),
    )


def headings_of(names: Iterable[str]) -> frozenset[str]:
    """Return the headings of columns in both languages, in small letters."""
    return frozenset(HEADERS[name][lang].casefold() for name in names for lang in LANGS)


def read_count(text: str) -> int | None:
    """Return a whole number; None when the text is none."""
    found = _COUNT.fullmatch(text)
    return int(found[1]) if found else None


def read_minute(text: str) -> int | None:
    """Return the minute of the day of a time such as ``08:00``; None when the text holds none."""
    found = _CLOCK.search(text)
    if not found:
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + 12 * (found[3].lower() == "pm")
    return min(hour * 60 + int(found[2]), DAY_MINUTES)
