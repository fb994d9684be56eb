"""A sheet of cells becomes the columns that are needed: the header is found by its names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import attrs
import polars as pl

from school_ektp.roster.issues import NO_ISSUES, Issue, issue_table
from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.headings import joint_readings, readings, spread, squeezed
from school_ektp.roster.read.layouts import (
    BELOW_MERGED,
    BIRTH_PARTS,
    HEADER_WITHIN,
    SUB_HEADERS,
    Layout,
    header_key,
)
from school_ektp.roster.schema import SOURCE

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
        coded_issues: What reading the cells found.
        hidden: Whoever opens the file does not see the sheet.
        ragged: Rows may be longer than the header by a slip, as in delimited text.
    """

    file: str
    sheet: str
    top: list[Row] = attrs.field(repr=False)
    height: int
    take: Callable[[list[int]], pl.DataFrame] = attrs.field(repr=False)
    system: DateSystem = DateSystem.FROM_1900
    coded_issues: pl.DataFrame = attrs.field(default=NO_ISSUES, repr=False)
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

    The row with most known names wins, then the layout with most marks of its own, then a header
    on two rows. Of several names for one column the one its layout lists first is taken.
    """
    several = tuple(layouts)
    best: tuple[tuple[int, int, int, int], Header] | None = None
    for names in _names_of_rows(top, several):
        for layout in several:
            header = _header(layout, names)
            if header is None:
                continue
            marks = len(layout.own_marks.intersection(names.whole))
            score = (len(header.columns), marks, names.rows, -names.row)
            if best is None or score > best[0]:
                best = (score, header)
    if best is None:
        return None
    header = best[1]
    return header._replace(rows=_header_rows(top, header))


_BELOW = frozenset(map(squeezed, SUB_HEADERS | BELOW_MERGED))


class _Names(NamedTuple):
    """What the columns can be called by one row, or by a row and the one below it."""

    row: int
    rows: int
    whole: list[str]  # squeezed
    readings: list[tuple[str, ...]]


def _names_of_rows(top: Sequence[Row], layouts: Sequence[Layout]) -> Iterator[_Names]:
    meant = {key for layout in layouts for key in layout.meanings}
    words = meant | _BELOW
    read = [[readings(cell) if cell else () for cell in row] for row in top[: HEADER_WITHIN + 1]]
    for number, row in enumerate(top[:HEADER_WITHIN]):
        whole = [keys[0] if keys else "" for keys in read[number]]
        if not all(map(meant.isdisjoint, read[number])):
            yield _Names(number, 1, whole, read[number])
        below = top[number + 1] if number + 1 < len(read) else ()
        if any(row) and _is_below_merged(row, below, words):
            both = [joint_readings(above, under or "") for above, under in _pairs(row, below)]
            yield _Names(number, 2, whole, both)


def _pairs(row: Row, below: Row) -> Iterator[tuple[str, str | None]]:
    above = spread(row, below)
    return zip(above, [*below, *[None] * (len(above) - len(below))], strict=True)


def _is_below_merged(row: Row, below: Row, words: set[str]) -> bool:
    """Return whether all cells of a row are names that stand below a name, and some are alone."""
    if not any(cell and not (n < len(below) and below[n]) for n, cell in enumerate(row)):
        return False
    known = 0
    for over, under in _pairs(row, below):
        if under and (not over or ((key := squeezed(under)) and key not in words)):
            return False
        known += bool(under and key)
    return known > 1


def _header(layout: Layout, names: _Names) -> Header | None:
    if layout.own_marks and not layout.own_marks.intersection(names.whole):
        return None
    meanings = layout.meanings
    found: dict[str, list[tuple[int, int, int]]] = {}  # surest reading, place in list, column
    for number, keys in enumerate(names.readings):
        for level, key in enumerate(keys):
            if key in meanings:
                column, place = meanings[key]
                found.setdefault(column, []).append((min(level, 1), place, number))
                break
    if not all(group.intersection(found) for group in layout.needs):
        return None
    if not found.keys() >= BIRTH_PARTS:  # a year alone is that of a parent
        found = {name: places for name, places in found.items() if name not in BIRTH_PARTS}
    best = {name: min(found[name]) for name in layout.columns if name in found}
    twice = {name: sum(other[:2] == best[name][:2] for other in found[name]) for name in best}
    return Header(
        layout,
        names.row,
        names.rows,
        {name: number for name, (_, _, number) in best.items()},
        {name: count for name, count in twice.items() if count > 1},
    )


def known_headings(top: Sequence[Row], layouts: Iterable[Layout]) -> str:
    """
    Return which known headings a sheet without a header has, for a message; empty when none.

    Only words that a layout knows are named: a row taken for a header may be a pupil's.
    """
    words = {key for layout in layouts for key in layout.meanings}
    rows = [
        [clean(cell) for cell in row if cell and words.intersection(readings(cell)[:1])]
        for row in top[:HEADER_WITHIN]
    ]
    best = max(rows, key=len, default=[])
    return ", ".join(dict.fromkeys(best))


def _header_rows(top: Sequence[Row], header: Header) -> int:
    """Return how many rows the header takes: names, sub-headers, column numbers."""
    rows = header.rows
    for row in top[header.row + rows : header.row + 3]:
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


_PLACE = (*SOURCE, "section")
_FIRST = "first"  # column of a sheet, where lines between pupils stand
_DIGITS_OF_A_PERSON = 6
_FOOT = (
    r"(?i)^\s*(?:(?:mengetahui|menyetujui|jumlah|sub ?total|total|rekap\w*|catatan|keterangan)\b"
    r"|(?:kepala|plt\.?|wakil kepala) (?:sekolah|madrasah|satuan)|wali kelas\b|nip\b|nuptk\b"
    r"|(?:laki ?-? ?laki|perempuan)\s*[:=]?\s*$)"
)
_NUMBER = re.compile(r"\(?(\d{1,3})\)?")


def _is_numbering(row: Row) -> bool:
    """Return whether a row numbers its columns 1, 2, 3 or a, b, c, as official forms do."""
    cells = [clean(cell) for cell in row if cell and clean(cell)]
    letters = [cell.strip("().").lower() for cell in cells]
    if all(len(letter) == 1 and letter.isascii() and letter.isalpha() for letter in letters):
        cells = [str(ord(letter) - ord("a") + 1) for letter in letters]
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

    A pupil's row has two cells or a number of a person; one with a single cell is a note. Columns
    of the school, and *extra* ones, say nothing about a person.
    """
    head = header.row + header.rows
    numbers = list(header.columns.values())
    first = next((n for n, cell in enumerate(grid.top[header.row]) if cell), numbers[0])
    cells = grid.take([*numbers, *({first} - set(numbers))])
    names = [*header.columns, *[_FIRST] * (len(cells.columns) - len(numbers))]
    cells = cells.rename(dict(zip(cells.columns, names, strict=True))).slice(head)
    cells = cells.with_columns(pl.all().replace("", None))
    beside = cells[_FIRST if _FIRST in names else names[numbers.index(first)]]
    cells = cells.select(list(header.columns))
    rows = cells.with_columns(
        source_file=pl.lit(grid.file),
        source_sheet=pl.lit(grid.sheet),
        source_row=pl.int_range(head + 1, head + 1 + pl.len(), dtype=pl.Int64),
    )
    own = [name for name in header.columns if name not in {"npsn", "school_name", *extra}]
    keys = [name for name in ("student_id", "nisn", "nik") if name in header.columns]
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in own)
    known = (
        pl.any_horizontal(pl.col(name).is_not_null() for name in keys) if keys else pl.lit(False)
    )
    kinds = rows.select(
        blank=pl.all_horizontal(pl.col(name).is_null() for name in header.columns),
        pupil=(filled > 1) | known,
    )
    again = _header_again(rows, header, grid)
    pupils = kinds["pupil"] & ~again & ~_is_foot(rows, keys)
    blank = int(kinds["blank"].sum())
    texts = rows.with_columns(section=_sections(beside, rows, pupils)).filter(pupils)
    notes = rows.height - blank - texts.height
    return Taken(texts, min(head, grid.height), blank, notes)


def _is_foot(rows: pl.DataFrame, keys: Sequence[str]) -> pl.Series:
    """Return which rows are sums or signatures below a list, and no pupil's."""
    nobody = pl.repeat(value=False, n=rows.height, eager=True)
    if "name" not in rows.columns:
        return nobody
    lengths = [pl.col(key).str.len_bytes().fill_null(0) for key in keys]
    is_short = pl.all_horizontal(*(one < _DIGITS_OF_A_PERSON for one in lengths), pl.lit(True))
    shown = rows.select("name", is_short=is_short)  # without keys the literal holds for all rows
    places = shown["is_short"].arg_true()  # only these are looked at
    is_foot = rows["name"].gather(places).str.contains(_FOOT).fill_null(False)
    return nobody.scatter(places.filter(is_foot), True) if is_foot.any() else nobody


def _sections(beside: pl.Series, rows: pl.DataFrame, pupils: pl.Series) -> pl.Series:
    """Return for each row the last line between pupils that stands above it; null above all."""
    if pupils.all():
        return pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    columns = [name for name in rows.columns if name not in _PLACE]
    line = pl.coalesce(beside, *columns)
    between = pl.when(line.str.contains("[A-Za-z]{3}") & ~pupils).then(line)
    return rows.select(between.forward_fill()).to_series()


def _header_again(rows: pl.DataFrame, header: Header, grid: Grid) -> pl.Series:
    """Return which rows repeat the header, as printed pages do."""
    names = grid.top[header.row]
    equal = [
        (pl.col(name) == pl.lit(names[number])).fill_null(False)
        for name, number in header.columns.items()
    ]
    return rows.select(pl.sum_horizontal(equal) > 1).to_series()


_AS_OF = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ _T]\d{2}[:_.]\d{2}[:_.]\d{2})?")


_HEADING_MOST = 40  # characters of a heading in the summary


def as_of(grid: Grid, header: Header) -> dt.date | None:
    """Return the day the titles or the file name speak of."""
    titles = [cell for row in grid.top[: header.row] for cell in row if cell]
    downloaded = [text for text in titles if "unduh" in text.lower()]
    for text in (*downloaded, grid.file.rsplit("/", 1)[-1]):
        found = _AS_OF.search(text)
        if found:
            try:
                return dt.date.fromisoformat(found[1])
            except ValueError:
                continue
    return None


def unused_headings(grid: Grid, header: Header) -> str:
    """Return the headings of a sheet that mean no column of its layout, for the summary."""
    used = set(header.columns.values())
    rows = grid.top[header.row : header.row + header.rows]
    width = max(map(len, rows), default=0)
    texts = [
        next((clean(row[n] or "") for row in rows if n < len(row) and row[n]), "")
        for n in range(width)
    ]
    names = [text for n, text in enumerate(texts) if text and n not in used]
    return ", ".join(dict.fromkeys(name[:_HEADING_MOST] for name in names))


def about_header(grid: Grid, header: Header, known: Collection[str] = ()) -> pl.DataFrame:
    """Return issues about columns that are there twice, or missing and not *known* otherwise."""
    expected = (name for name in header.layout.expected if name not in known)
    missing = [name for name in expected if name not in header.columns]
    place = grid.file, grid.sheet
    issues = [Issue(*place, column=name, rule="column_missing") for name in missing]
    issues += [
        Issue(*place, column=name, rule="column_twice", detail=str(count))
        for name, count in header.twice.items()
    ]
    return issue_table(issues)


def about_length(grid: Grid, header: Header) -> pl.DataFrame:
    """Return an issue for each row of a text with more cells than the header names."""
    names = grid.top[header.row]
    last = max(number for number, name in enumerate(names) if name)
    beyond = list(range(last + 1, len(names)))
    if not grid.ragged or not beyond:
        return NO_ISSUES
    head = header.row + header.rows
    cells = grid.take(beyond).slice(head)
    longer = cells.select(pl.any_horizontal(pl.all().fill_null("") != "")).to_series().arg_true()
    return issue_table(
        Issue(grid.file, grid.sheet, head + 1 + row, rule="row_longer") for row in longer
    )


_LINES_OF_ROWS = r"[,;\t|][^\n]*[,;\t|][^\n]*\n[^\n]*[,;\t|][^\n]*[,;\t|]"


def about_lines(grid: Grid, texts: pl.DataFrame) -> pl.DataFrame:
    """Return an issue for each cell that holds lines which look like rows of a table."""
    names = [name for name in texts.columns if name not in _PLACE]
    if grid.ragged:  # no line is left within quotes of a text
        return NO_ISSUES
    lines = texts.select(pl.col(names).str.contains("\n", literal=True).any()).row(0)
    return issue_table(
        Issue(grid.file, grid.sheet, row, name, "cell_with_rows")
        for name in (name for name, has_lines in zip(names, lines, strict=True) if has_lines)
        for row in texts.filter(pl.col(name).str.contains(_LINES_OF_ROWS))["source_row"]
    )
