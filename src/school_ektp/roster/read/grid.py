"""A sheet of cells becomes the columns that are needed: the header is found by its names."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import attrs
import polars as pl

from school_ektp.roster.messages import NO_FINDINGS
from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.layouts import HEADER_WITHIN, SUB_HEADERS, Layout, header_key
from school_ektp.roster.schema import FINDINGS

Row = Sequence[str | None]


@attrs.frozen(kw_only=True, eq=False)
class Grid:
    """
    The cells of one sheet, most of them not taken yet.

    Attributes:
        file: Name of the file.
        sheet: Name of the sheet, empty where a file has none.
        top: The first rows, whole; they hold titles and header.
        height: All rows.
        take: From column numbers, counted from column A as 0 like the cells of *top*, to a frame
            of these columns with all rows, in order.
        system: Day zero of serial numbers.
        findings: What reading the cells found.
        hidden: Whoever opens the file does not see the sheet.
        ragged: Rows may be longer than the header by a slip, as in delimited text.
    """

    file: str
    sheet: str
    top: list[Row] = attrs.field(repr=False)
    height: int
    take: Callable[[list[int]], pl.DataFrame] = attrs.field(repr=False)
    system: DateSystem = DateSystem.FROM_1900
    findings: pl.DataFrame = attrs.field(default=NO_FINDINGS, repr=False)
    hidden: bool = False
    ragged: bool = False


class Header(NamedTuple):
    """Where a header is and what it says."""

    layout: Layout
    row: int  # from 0
    rows: int  # 2 when sub-headers or column numbers follow
    columns: dict[str, int]  # our column to its number from 0
    twice: dict[str, int]  # our column to how often it occurs


class Taken(NamedTuple):
    """What was taken from a sheet; rows = head + blank + notes + texts."""

    texts: pl.DataFrame  # columns of ours, all text, with the source of each row
    head: int
    blank: int
    notes: int


def find_header(top: Sequence[Row], layouts: Iterable[Layout]) -> Header | None:
    """
    Return the best header within the first rows, or None.

    The row with most known names wins, then the layout with most marks of its own. Of several
    names for one column the one its layout lists first is taken.
    """
    best: tuple[tuple[int, int, int], Header] | None = None
    for number, row in enumerate(top[:HEADER_WITHIN]):
        keys = [header_key(cell) if cell else "" for cell in row]
        for layout in layouts:
            header = _header(layout, number, keys)
            if header is None:
                continue
            score = (len(header.columns), len(layout.marks.intersection(keys)), -number)
            if best is None or score > best[0]:
                best = (score, header)
    if best is None:
        return None
    header = best[1]
    return header._replace(rows=_header_rows(top, header))


def _header(layout: Layout, number: int, keys: list[str]) -> Header | None:
    if layout.marks and not layout.marks.intersection(keys):
        return None
    columns = {
        name: keys.index(next(key for key in known if key in keys))
        for name, known in layout.columns.items()
        if any(key in keys for key in known)
    }
    if not all(group.intersection(columns) for group in layout.needs):
        return None
    counts = Counter(keys)
    twice = {name: counts[keys[place]] for name, place in columns.items()}
    return Header(layout, number, 1, columns, {n: count for n, count in twice.items() if count > 1})


def _header_rows(top: Sequence[Row], header: Header) -> int:
    """Return how many rows the header takes: names, sub-headers, column numbers."""
    rows = 1
    for row in top[header.row + 1 : header.row + 3]:
        if not (_is_sub_header(row, header) or _is_numbering(row)):
            break
        rows += 1
    return rows


def _is_sub_header(row: Row, header: Header) -> bool:
    """Return whether a row only has names below merged cells, and nothing in our columns."""
    ours = set(header.columns.values())
    keys = [header_key(cell) if cell and n not in ours else "" for n, cell in enumerate(row)]
    empty = not any(row[number] for number in ours if number < len(row))
    return empty and bool(SUB_HEADERS.intersection(keys))


_PLACE = ("source_file", "source_sheet", "source_row")
_NUMBER = re.compile(r"\(?(\d{1,3})\)?")


def _is_numbering(row: Row) -> bool:
    """Return whether a row numbers its columns 1, 2, 3, as official forms do."""
    cells = [clean(cell) for cell in row if cell and clean(cell)]
    numbers = [int(found[1]) for cell in cells if (found := _NUMBER.fullmatch(cell))]
    least = 3
    return (
        len(numbers) == len(cells) >= least
        and numbers == sorted(set(numbers))
        and numbers[-1] - numbers[0] < 2 * len(numbers)
    )


def take(grid: Grid, header: Header, extra: Sequence[str] = ()) -> Taken:
    """
    Return the texts below a header: one row per pupil, and how many rows were none.

    A pupil's row has two cells or a number of a person; one with a single cell is a note.

    Args:
        grid: The sheet.
        header: Its header.
        extra: Columns that say nothing about a person, beside the school's.
    """
    head = header.row + header.rows
    numbers = list(header.columns.values())
    cells = grid.take(numbers)
    cells = cells.rename(dict(zip(cells.columns, header.columns, strict=True))).slice(head)
    cells = cells.with_columns(pl.all().replace("", None))
    rows = cells.with_columns(
        source_file=pl.lit(grid.file),
        source_sheet=pl.lit(grid.sheet),
        source_row=pl.int_range(head + 1, head + 1 + pl.len(), dtype=pl.Int64),
    )
    told = [name for name in header.columns if name not in {"npsn", "school_name", *extra}]
    keys = [name for name in ("student_id", "nisn", "nik") if name in header.columns]
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in told)
    known = (
        pl.any_horizontal(pl.col(name).is_not_null() for name in keys) if keys else pl.lit(False)
    )
    kinds = rows.select(
        blank=pl.all_horizontal(pl.col(name).is_null() for name in header.columns),
        pupil=(filled > 1) | known,
    )
    again = _header_again(rows, header, grid)
    pupils = kinds["pupil"] & ~again
    blank = int(kinds["blank"].sum())
    texts = rows.filter(pupils)
    notes = rows.height - blank - texts.height
    return Taken(texts, min(head, grid.height), blank, notes)


def _header_again(rows: pl.DataFrame, header: Header, grid: Grid) -> pl.Series:
    """Return which rows repeat the header, as printed pages do."""
    names = grid.top[header.row]
    equal = [
        (pl.col(name) == pl.lit(names[number])).fill_null(False)
        for name, number in header.columns.items()
    ]
    return rows.select(pl.sum_horizontal(equal) > 1).to_series()


_AS_OF = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ _T]\d{2}[:_.]\d{2}[:_.]\d{2})?")
_NO_SCHOOL = ("daftar", "kecamatan", "tanggal", "tahun", "semester", "kabupaten", "provinsi")
_SCHOOL = re.compile(r"(?:SMA|SMK|MA|SLB|PKBM|SEKOLAH|MADRASAH)(?:[NS]|IT|LB)*\b", re.IGNORECASE)


def title_school(grid: Grid, header: Header) -> str:
    """Return the school that the titles or the name of the file tell; empty when none does."""
    firsts = (next((t for c in row if c and (t := clean(c))), "") for row in grid.top[: header.row])
    titles = [text for text in firsts if text and not text.lower().startswith(_NO_SCHOOL)]
    for text in titles:
        if header.layout.titled or _SCHOOL.match(text):
            return text
    parts = grid.file.rsplit("/", 1)[-1].split("-")
    return parts[1].strip() if parts[0].startswith("daftar_pd") and len(parts) > 1 else ""


def as_of(grid: Grid, header: Header) -> dt.date | None:
    """Return the day the titles or the file name speak of."""
    titles = [cell for row in grid.top[: header.row] for cell in row if cell]
    told = [text for text in titles if "unduh" in text.lower()]
    for text in (*told, grid.file.rsplit("/", 1)[-1]):
        found = _AS_OF.search(text)
        if found:
            try:
                return dt.date.fromisoformat(found[1])
            except ValueError:
                continue
    return None


def about_header(grid: Grid, header: Header) -> pl.DataFrame:
    """Return findings about columns that are missing or there twice."""
    missing = [name for name in header.layout.expected if name not in header.columns]
    rows: list[tuple[str, str, str | None]] = [("column_missing", name, None) for name in missing]
    rows += [("column_twice", name, str(count)) for name, count in header.twice.items()]
    return pl.DataFrame(
        [(grid.file, grid.sheet, None, column, rule, "", detail) for rule, column, detail in rows],
        schema=FINDINGS,
        orient="row",
    )


def about_length(grid: Grid, header: Header) -> pl.DataFrame:
    """Return a finding for each row of a text with more cells than the header names."""
    names = grid.top[header.row]
    last = max(number for number, name in enumerate(names) if name)
    beyond = list(range(last + 1, len(names)))
    if not grid.ragged or not beyond:
        return NO_FINDINGS
    head = header.row + header.rows
    cells = grid.take(beyond).slice(head)
    longer = cells.select(pl.any_horizontal(pl.all().fill_null("") != "")).to_series().arg_true()
    found = [(grid.file, grid.sheet, head + 1 + row, "", "row_longer", "", None) for row in longer]
    return pl.DataFrame(found, schema=FINDINGS, orient="row")


_LINES_OF_ROWS = r"[,;\t|][^\n]*[,;\t|][^\n]*\n[^\n]*[,;\t|][^\n]*[,;\t|]"


def about_lines(grid: Grid, texts: pl.DataFrame) -> pl.DataFrame:
    """Return a finding for each cell that holds lines which look like rows of a table."""
    names = [name for name in texts.columns if name not in _PLACE]
    if grid.ragged:  # no line is left within quotes of a text
        return NO_FINDINGS
    lines = texts.select(pl.col(names).str.contains("\n", literal=True).any()).row(0)
    found = [NO_FINDINGS]
    for name in (name for name, has_lines in zip(names, lines, strict=True) if has_lines):
        rows = texts.filter(pl.col(name).str.contains(_LINES_OF_ROWS))["source_row"]
        told = [(grid.file, grid.sheet, row, name, "cell_with_rows", "", None) for row in rows]
        found.append(pl.DataFrame(told, schema=FINDINGS, orient="row"))
    return pl.concat(found)
