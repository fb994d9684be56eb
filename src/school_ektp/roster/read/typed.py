"""From a table of texts to a table of types, with an issue for each cell that was doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import attrs
import polars as pl

from school_ektp.model.nik import DIGITS
from school_ektp.roster.issues import NO_ISSUES, as_issues
from school_ektp.roster.read import cells
from school_ektp.roster.read.dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    DateOrder,
    DateSystem,
    Times,
    read_date,
)
from school_ektp.roster.read.distinct import CellReader, read_column
from school_ektp.roster.read.evidence import Turned, date_evidence, turned_back, with_niks
from school_ektp.roster.read.standing import read_activity, read_deleted, read_remark

_PLAIN_NAME = r"^[A-Za-z][A-Za-z0-9'.,-]*( [A-Za-z0-9'.,-]+)*$"  # nothing to clean away
_LONGER_THAN_BLANK = max(map(len, cells.BLANKS)) + 1
_NOT_ZERO = r"^[0-9]*[1-9][0-9]*$"
_IDENTIFIER = r"^[0-9A-Za-z_:-]*[0-9][0-9A-Za-z_:-]*$"  # holds a digit, so it says something


@attrs.frozen
class Field:
    """
    How the cells of one column are read.

    Attributes:
        reader: Function of one text.
        dtype: Type of the values.
        plain: Pattern of texts that are their own value, so that they need not be read.
        lengths: Least and most characters such a text has.
        renames: Other names for notes, where a fault weighs less in this column.
    """

    reader: CellReader
    dtype: pl.DataType
    plain: str = ""
    lengths: tuple[int, int] = (1, cells.LONGEST)
    renames: Mapping[str, str] = attrs.field(factory=dict)


def _unreadable_as(rule: str) -> dict[str, str]:
    return {"date_impossible": rule, "date_unreadable": rule}


_TEXT = Field(cells.read_text, pl.String(), _PLAIN_NAME, (_LONGER_THAN_BLANK, cells.LONGEST))
_BOOLEAN = pl.Boolean()

#: Column to how it is read. A text column that is not here is not taken from a file.
FIELDS: Mapping[str, Field] = {
    "student_id": Field(cells.read_text, pl.String(), _IDENTIFIER),
    "npsn": Field(cells.read_npsn, pl.String(), r"^[0-9]{8}$"),
    "school_name": _TEXT,
    "birth_date": Field(partial(read_date, times=Times.DATE), pl.Date()),
    "sex": Field(cells.read_sex, pl.String(), r"^[LP]$"),
    "grade": Field(cells.read_grade, pl.Int8()),
    "class_name": _TEXT,
    "married": Field(cells.read_married, _BOOLEAN),
    "recorded": Field(cells.read_recorded, _BOOLEAN),
    "status": Field(cells.read_status, _BOOLEAN),
    "unrecorded": Field(cells.read_recorded, _BOOLEAN),
    "recorded_on": Field(read_date, pl.Date(), renames=_unreadable_as("recorded_on_unreadable")),
    "left_on": Field(read_date, pl.Date(), renames=_unreadable_as("left_on_unreadable")),
    "village": Field(cells.read_region, pl.String(), r"^[0-9.]{13}$"),
    "home_region": Field(cells.read_region, pl.String(), r"^[0-9]{2}\.[0-9]{2}$"),
    "special_needs": Field(cells.read_special_needs, _BOOLEAN),
    "disability": Field(cells.read_special_needs, _BOOLEAN),
    "activity": Field(read_activity, _BOOLEAN),
    "deleted": Field(read_deleted, _BOOLEAN),
    "remark": Field(read_remark, _BOOLEAN),
    "doubt": Field(read_remark, _BOOLEAN),
    "left_why": _TEXT,
    "nisn": Field(cells.read_nisn, pl.String(), _NOT_ZERO, (cells.NISN_DIGITS,) * 2),
    "nik": Field(cells.read_nik, pl.String(), r"^[1-9][0-9]*$", (DIGITS,) * 2),
    "no_kk": Field(cells.read_nik, pl.String(), renames={"nik_lost": "", "nik_form": ""}),
    "name": _TEXT,
}


class Typed(NamedTuple):
    """A table with types, as long as its texts, and what was found on the way."""

    rows: pl.DataFrame
    coded_issues: pl.DataFrame


def typed(texts: pl.DataFrame, *, system: DateSystem = DateSystem.FROM_1900) -> Typed:
    """Read every text column of `FIELDS` of one sheet or file; leave the others as they are."""
    texts = with_whole_births(texts)
    rows, found = texts, []
    for name in texts.columns:
        if name in FIELDS and texts[name].dtype == pl.String:
            niks = texts["nik"] if name == "birth_date" and "nik" in texts.columns else None
            column = _column(texts[name].replace("", None), FIELDS[name], system, niks)
            rows = rows.with_columns(column.values.alias(name))
            found += column.about_all
            if column.notes.null_count() < len(column.notes):
                found.append(_about_cells(texts, name, column.notes))
    coded_issues = pl.concat([NO_ISSUES, *(_with_place(texts, frame) for frame in found)])
    return Typed(rows, coded_issues)


def with_whole_births(texts: pl.DataFrame) -> pl.DataFrame:
    """Return texts with birth dates in one column where day, month and year stood in three."""
    parts = ["birth_date", "birth_month", "birth_year"]
    there = [name for name in parts[1:] if name in texts.columns]
    if not there:
        return texts
    if all(name in texts.columns for name in parts):
        are_days = texts["birth_date"].str.contains(r"^\s*[0-9]{1,2}(?:[.,]0+)?\s*$").all()
        if are_days and texts["birth_date"].null_count() < texts.height:
            whole = [pl.col(name).str.strip_chars().str.replace(r"[.,]0+$", "") for name in parts]
            texts = texts.with_columns(pl.concat_str(whole, separator=" ").alias("birth_date"))
    return texts.drop(there)


class _Column(NamedTuple):
    values: pl.Series
    notes: pl.Series  # rule names; null: nothing to say
    about_all: list[pl.DataFrame]  # issues about the column as a whole


def _column(texts: pl.Series, field: Field, system: DateSystem, niks: pl.Series | None) -> _Column:
    if field.dtype == pl.Date:
        return _dates(texts, field, system, niks)
    if field.dtype == pl.Boolean or field.reader is cells.read_sex:
        texts = cells.letters_settled(texts)
    return _Column(*_values(texts, field), [])


def _values(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series]:
    if not field.plain:
        return _renamed(read_column(texts, field.reader, field.dtype), field)
    fits = texts.str.len_bytes().is_between(*field.lengths)
    plain = (texts.str.contains(field.plain) & fits).fill_null(False)
    odd = texts.zip_with(~plain, pl.Series([None], dtype=pl.String))
    if odd.null_count() == len(odd):
        return texts, _no_notes(len(texts))
    values, notes = _renamed(read_column(odd, field.reader, field.dtype), field)
    return texts.zip_with(plain, values), notes


def _no_notes(rows: int) -> pl.Series:
    return pl.Series("note", [None], dtype=pl.String).new_from_index(0, rows)


def _renamed(read: pl.DataFrame, field: Field) -> tuple[pl.Series, pl.Series]:
    notes = read["note"]
    if field.renames:
        notes = notes.replace({old: new or None for old, new in field.renames.items()})
    return read["value"], notes


def _dates(texts: pl.Series, field: Field, system: DateSystem, niks: pl.Series | None) -> _Column:
    iso = texts.str.to_date("%Y-%m-%d", strict=False)
    sound = iso.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR).fill_null(False)
    odd = texts.zip_with(~sound, pl.Series([None], dtype=pl.String))
    if odd.null_count() == len(odd):
        return _Column(iso, _no_notes(len(texts)), [])
    proved = date_evidence(texts.drop_nulls().unique().to_list(), with_niks(texts, niks), system)
    reader: CellReader = partial(field.reader, order=proved.order, system=system)
    values, notes = _renamed(read_column(odd, reader, field.dtype), field)
    dates = iso.zip_with(sound, values)
    rules = {
        "month_day_order": proved.order is DateOrder.MONTH_DAY,
        "dates_turned": proved.turned is Turned.YES,
        "dates_maybe_turned": proved.turned is Turned.MAYBE,
        "dates_mixed": proved.odd > 0,
    }
    about = [
        _about_column(texts.name, rule, str(proved.odd)) for rule, holds in rules.items() if holds
    ]
    is_turned = proved.turned is Turned.YES
    return _Column(turned_back(dates, texts) if is_turned else dates, notes, about)


def _about_column(name: str, rule: str, detail: str) -> pl.DataFrame:
    return pl.DataFrame({"column": [name], "rule": [rule], "detail": [detail]})


def _about_cells(texts: pl.DataFrame, name: str, notes: pl.Series) -> pl.DataFrame:
    place = texts.select(file="source_file", sheet="source_sheet", row="source_row")
    frame = place.with_columns(column=pl.lit(name), rule=notes)
    return frame.filter(pl.col("rule").is_not_null())


def _with_place(texts: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Complete issues; those about a column as a whole belong to the sheet of the first row."""
    file, sheet = texts.select("source_file", "source_sheet").row(0) if len(texts) else ("", "")
    return as_issues(found, file=file, sheet=sheet)
