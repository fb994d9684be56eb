"""Issues as a workbook that a school mends and returns, and the way back into the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import attrs
import polars as pl

from school_ektp.files import write_bytes
from school_ektp.model import arguments
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import CORRECTION_COLUMNS, CORRECTION_HEADERS, SHEETS
from school_ektp.roster.check import CheckedRoster
from school_ektp.roster.issues import Issue, issue_table, worded
from school_ektp.roster.new_workbook import NewWorkbook, put
from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.layouts import Layout, header_key
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.result import ROWS, ReadRoster
from school_ektp.roster.read.sources import PathLike, as_path
from school_ektp.roster.read.tables import TableRow, table_rows
from school_ektp.roster.read.typed import typed
from school_ektp.roster.schema import PLACE, SOURCE

_BY_KEY = {
    header_key(text): "nisn" if column == "student_id" else column
    for column, texts in CORRECTION_COLUMNS.items()
    for text in (column, *texts.values())
}


def _with_and_without(heading: str) -> tuple[str, str]:
    """Return a heading with its hint in brackets and without."""
    return heading, heading.partition("(")[0]


_RETURNED = Layout(
    name="corrections",
    columns={
        column: tuple(header_key(key) for text in texts.values() for key in _with_and_without(text))
        for column, texts in CORRECTION_HEADERS.items()
        if column not in {"message", "now", "name"}
    },
    needs=(frozenset({"row"}), frozenset({"column"}), frozenset({"new"})),
)
_YES = frozenset({"ya", "y", "yes", "x", "hapus", "1", "true", "v"})
_WIDTHS = {"file": 30, "sheet": 14, "row": 7, "name": 28, "column": 18, "message": 70}
_CREATED = dt.datetime(2024, 1, 1)  # fixed: equal issues give equal bytes


@arguments.checked
def to_workbook_for_correction(
    checked: CheckedRoster,
    path: PathLike,
    *,
    npsn: str | None = None,
    rows: ReadRoster | None = None,
    names: bool = False,
    lang: Lang = "id",
) -> int:
    """
    Write the refusals and warnings about single rows as a workbook to be mended and returned.

    Args:
        checked: What the check found.
        path: File to write, ``.xlsx``.
        npsn: One school; all when None.
        rows: The roster as read, for the names and values of *names*.
        names: Show pupils' names and the values now, which the school needs to find them. The file
            then holds personal data.
        lang: Language.

    Returns:
        How many issues were written.

    Raises:
        MissingExtraError: The extra ``excel`` is not installed.
    """
    lang = check_lang(lang)
    issues = _correctable(worded(checked.coded_issues, lang), npsn)
    columns = [name for name in CORRECTION_HEADERS if names or name not in {"name", "now"}]
    known = _values(rows) if names and rows is not None else {}
    table = [_line(issue, known, lang) for issue in issues.iter_rows(named=True)]
    data = _workbook([[line[name] for name in columns] for line in table], columns, lang)
    write_bytes(as_path(path), data)
    return issues.height


def _correctable(issues: pl.DataFrame, npsn: str | None) -> pl.DataFrame:
    wanted = (pl.col("severity") != "repair") & pl.col("row").is_not_null()
    if npsn is not None:
        wanted = wanted & (pl.col("npsn") == npsn)
    return issues.filter(wanted)


def _values(rows: ReadRoster) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(row[name] for name in SOURCE): row for row in rows.rows.iter_rows(named=True)}


def _line(
    issue: Mapping[str, Any], known: Mapping[tuple[Any, ...], Mapping[str, Any]], lang: Lang
) -> dict[str, Any]:
    row = known.get(tuple(issue[name] for name in PLACE), {})
    column = issue["column"]
    now = row.get(column)
    return {
        **{name: issue[name] for name in (*PLACE, "message")},
        "name": row.get("name"),
        "column": CORRECTION_COLUMNS[column][lang] if column in CORRECTION_COLUMNS else column,
        "now": None if now is None else str(now),
        "new": None,
        "remove": None,
    }


def _workbook(table: Sequence[Sequence[Any]], columns: Sequence[str], lang: Lang) -> bytes:
    book = NewWorkbook("writing a workbook", _CREATED)
    sheet = book.sheet(SHEETS["corrections"][lang])
    text, bold = book.look(num_format="@"), book.look(bold=True)  # "@" keeps zeros that are typed
    for place, name in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(name, 20), text)
        put(sheet, (0, place), CORRECTION_HEADERS[name][lang], bold)
    for number, line in enumerate(table, start=1):
        for place, value in enumerate(line):
            put(sheet, (number, place), value, text if isinstance(value, str) else None)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table), 1), len(columns) - 1)
    return book.to_bytes()


class _Patch(NamedTuple):
    """One returned line that says something."""

    line: TableRow
    place: tuple[str, str, int] | None  # None: there is no such row
    column: str  # "" when it cannot be corrected
    text: str
    removes: bool


@arguments.checked
def apply_corrections(
    read: ReadRoster, source: PathLike, *, limits: ReadLimits = DEFAULT_LIMITS
) -> ReadRoster:
    """
    Return the roster with what a school wrote into a workbook of `to_workbook_for_correction`.

    New values are read like any cell, so they may be doubtful again. A row marked to be removed is
    refused by the check, with that reason. Lines that fit nothing become issues. Check the
    result again: a correction may uncover something else.

    Args:
        read: The roster as read, from the same files.
        source: The workbook as it came back; a CSV of it will do.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read, or lacks the columns for row, column and new value.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    places = _places(read.rows)
    lines = table_rows(source, _RETURNED, limits)
    patches = [patch for line in lines if (patch := _patch(line, places)) is not None]
    removed = [p for p in patches if p.removes and p.place]
    changed = [p for p in patches if not p.removes and p.place and p.column]
    rows, coded_issues = _changed(read.rows, read.coded_issues, changed)
    issues = [
        *(_issue(p, "removed_by_school", "student_id") for p in removed),
        *(_issue(p, "corrected", p.column) for p in changed),
        *(_lost(p) for p in patches if p.place is None or not (p.column or p.removes)),
    ]
    added = issue_table(issues).unique(maintain_order=True)
    keyed = _with_keys(read.rows, rows)
    return attrs.evolve(read, rows=keyed, coded_issues=pl.concat([coded_issues, added]))


def _places(rows: pl.DataFrame) -> dict[tuple[str, str, int], tuple[str, str, int]]:
    """Return places by what is left of them once they went through a spreadsheet."""
    given = rows.select(SOURCE).iter_rows()
    return {(clean(file), clean(sheet), row): (file, sheet, row) for file, sheet, row in given}


def _patch(
    line: TableRow, places: Mapping[tuple[str, str, int], tuple[str, str, int]]
) -> _Patch | None:
    text = line.cells["new"]
    removes = line.cells.get("remove", "").lower() in _YES
    if not text and not removes:
        return None
    number = line.cells["row"].split(".")[0]
    row = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0  # noqa: PLR2004
    place = places.get((line.cells.get("file", ""), line.cells.get("sheet", ""), row))
    return _Patch(line, place, _BY_KEY.get(header_key(line.cells["column"]), ""), text, removes)


def _issue(patch: _Patch, rule: str, column: str) -> Issue:
    file, sheet, row = patch.place or ("", "", None)
    return Issue(file, sheet, row, column, rule)


def _lost(patch: _Patch) -> Issue:
    rule = "correction_unknown_row" if patch.place is None else "correction_unknown_column"
    return Issue(patch.line.file, patch.line.sheet, patch.line.row, rule=rule)


def _changed(
    rows: pl.DataFrame, coded_issues: pl.DataFrame, patches: Sequence[_Patch]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows with new values, and issues without those of cells that were replaced."""
    for column in dict.fromkeys(patch.column for patch in patches):
        last = {patch.place: patch.text for patch in patches if patch.column == column}
        texts = pl.DataFrame(
            [(*place, text) for place, text in last.items() if place],
            schema={**{name: ROWS[name] for name in SOURCE}, column: pl.String()},
            orient="row",
        )
        new = typed(texts)
        value = new.rows.rename({column: "_new"}).with_columns(_hit=pl.lit(True))
        joined = rows.join(value, on=SOURCE, how="left", maintain_order="left")
        kept = pl.when(pl.col("_hit")).then("_new").otherwise(column).alias(column)
        rows = joined.with_columns(kept).select(ROWS.names())
        places = dict(zip(SOURCE, PLACE, strict=True))
        cells = texts.select(SOURCE).rename(places).with_columns(column=pl.lit(column))
        coded_issues = coded_issues.join(
            cells, on=[*PLACE, "column"], how="anti", maintain_order="left"
        )
        coded_issues = pl.concat([coded_issues, new.coded_issues])
    return rows, coded_issues


def _with_keys(before: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Give rows whose key was made of a number that changed a key made of the new one."""
    old = before.select(old_nisn="nisn", old_nik="nik")
    both = pl.concat([rows, old], how="horizontal")
    key = pl.col("student_id")
    made = key.is_null() | (key == pl.col("old_nisn")) | (key == pl.col("old_nik"))
    made = made.fill_null(False) | key.str.contains("#", literal=True).fill_null(True)
    fresh = pl.coalesce("nisn", "nik", key)
    return both.with_columns(pl.when(made).then(fresh).otherwise(key).alias("student_id")).select(
        ROWS.names()
    )
