"""Rosters that are frames already: their columns and types are checked and completed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from school_ektp.errors import RosterSchemaError
from school_ektp.roster.frames import AnyTable, lazy, settled
from school_ektp.roster.read.headings import readings
from school_ektp.roster.read.layouts import PLAIN
from school_ektp.roster.read.result import ROWS, ReadRoster
from school_ektp.roster.read.typed import FIELDS, typed
from school_ektp.roster.schema import FILES, REGISTER, REQUIRED, SOURCE, UNKNOWN

_KEYS = ("nisn", "nik")  # either can stand in for a student_id
_UTC = frozenset({"UTC", "GMT", "ZULU", "UCT", "GREENWICH"})


def from_frame(frame: AnyTable) -> ReadRoster:
    """
    Return a frame as a roster that was read.

    Text columns are read like the cells of a file. Rows are numbered from 1 where the frame does
    not say which row of which file they are.

    Raises:
        RosterSchemaError: Required columns are missing, or columns have types that cannot be read.
    """
    rows = settled(lazy(frame).collect(), ROWS)
    _check_columns(rows.schema)
    rows = rows.select(name for name in rows.columns if name in ROWS)
    read = typed(with_source(_as_accepted(rows)))
    complete = completed(read.rows)
    return ReadRoster(rows=complete, coded_issues=read.coded_issues, files=_files(complete))


def _check_columns(schema: pl.Schema) -> None:
    missing = [name for name in REQUIRED if name not in schema]
    if "student_id" in missing and any(name in schema for name in _KEYS):
        missing.remove("student_id")
    if "npsn" in missing and "school_name" in schema:
        missing.remove("npsn")
    wrong = {
        name: fault
        for name, dtype in schema.items()
        if name in ROWS and (fault := _fault(dtype, ROWS[name]))
    }
    if missing or wrong:
        table, called = "roster", _called_otherwise(schema)
        if "student_id" in missing and (key := next(filter(called.get, _KEYS), "")):
            missing[missing.index("student_id")] = key
        wrong = {n: f"is called {called[n]!r}; rename it" for n in missing if n in called} | wrong
        raise RosterSchemaError(table, [n for n in missing if n not in called], wrong)


def _called_otherwise(headings: Iterable[str]) -> dict[str, str]:
    """Return columns of ours that stand under the heading that a file would have for them."""
    meanings = PLAIN.meanings
    known = {
        meanings[key][0]: heading
        for heading in headings
        if heading not in ROWS
        for key in readings(heading)
        if key in meanings
    }
    return {column: heading for column, heading in known.items() if column in ROWS}


def _fault(given: pl.DataType, wanted: pl.DataType) -> str:
    """Return why a column cannot be taken; empty when it can."""
    if given in (wanted, pl.String, pl.Null):
        return ""
    if wanted == pl.String:
        if given.is_numeric():
            return f"expected text, got {given}; numbers lose their leading zeros"
        return "" if isinstance(given, pl.Enum | pl.Categorical) else f"expected text, got {given}"
    if (wanted == pl.Date and given == pl.Datetime) or (wanted.is_integer() and given.is_integer()):
        return ""
    return f"expected {wanted}, got {given}"


def _as_accepted(rows: pl.DataFrame) -> pl.DataFrame:
    """Cast the types that say the same in another way; grades beyond any grade stay beyond."""
    casts: list[pl.Expr | pl.Series] = []
    for name, dtype in rows.schema.items():
        wanted, column = ROWS[name], pl.col(name)
        if dtype in (wanted, pl.String) and name in (*FIELDS, *SOURCE):
            continue
        if isinstance(dtype, pl.Datetime):
            casts.append(_dates_of(rows[name], dtype.time_zone or ""))
            continue
        if name == "grade" and dtype.is_integer():
            column = column.cast(pl.Int64, strict=False).clip(-1, 99)
        casts.append(column.cast(wanted, strict=False))
    return rows.with_columns(casts)


def _dates_of(times: pl.Series, zone: str) -> pl.Series:
    """
    Return the dates of moments, as dates or as texts that are read like cells.

    In a zone of the world a moment has a date. In UTC or without a zone it may be a date that a
    program turned into a moment.
    """
    is_utc = zone.removeprefix("Etc/").upper() in _UTC
    if zone and not is_utc:
        return times.dt.date()
    if (times.dt.time() == dt.time()).all():  # nulls are left out
        return times.dt.date()
    return times.dt.strftime("%Y-%m-%d %H:%M:%S" + ("Z" if is_utc else ""))


def completed_register(people: pl.DataFrame) -> pl.DataFrame:
    """
    Return people with all columns `REGISTER`; what is lacking holds what unknown means.

    Raises:
        RosterSchemaError: Nobody can be found in it, or it does not say who is recorded.
    """
    names = set(people.columns)
    missing = [] if "nik" in names or {"name", "birth_date"} <= names else ["nik"]
    missing += [] if "recorded" in names else ["recorded"]
    if missing:
        table = "register"
        raise RosterSchemaError(table, missing, {}, [name for name in REGISTER if name in names])
    unknown = [pl.col(name).fill_null("") for name in ("home_region", "village")]
    return filled(with_source(people), REGISTER).cast(REGISTER).with_columns(unknown)


def with_source(rows: pl.DataFrame) -> pl.DataFrame:
    """Give every row a place of its own; rows that share one are renumbered."""
    for name in ("source_file", "source_sheet"):
        column = pl.col(name).fill_null("") if name in rows.columns else pl.lit("")
        rows = rows.with_columns(column.alias(name))
    given = "source_row" in rows.columns
    if given and rows["source_row"].null_count() == 0 and _is_key(rows):
        return rows
    numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return rows.with_columns(numbers.alias("source_row"))


def _is_key(rows: pl.DataFrame) -> bool:
    if rows["source_row"].is_unique().all():
        return True
    return bool(rows.select(pl.struct(SOURCE).is_unique().all()).item())


def filled(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Return rows with the columns of *schema*, in its order; what is lacking is null."""
    lacking = [
        pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
        if name not in rows.columns
    ]
    return rows.with_columns(lacking).select(schema.names())


def completed(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with all columns `ROWS`; what was not given holds what unknown means."""
    known = [pl.col(name).fill_null(value) for name, value in UNKNOWN.items()]
    keys = pl.coalesce("student_id", "nisn", "nik").alias("student_id")
    recorded = pl.col("recorded") | pl.col("recorded_on").is_not_null()
    return filled(rows, ROWS).with_columns(*known, keys).with_columns(recorded)


def _files(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the summary of a frame: every row of it is a pupil."""
    if rows.is_empty():
        rows = pl.DataFrame({"source_file": [""], "source_sheet": [""], "source_row": [None]})
    places = rows.group_by(file="source_file", sheet="source_sheet", maintain_order=True)
    counts = places.agg(rows=pl.col("source_row").count(), pupils=pl.col("source_row").count())
    fill = {"layout": "frame", "school": "", "npsn": "", "as_of": None, "unused": ""}
    zeros = dict.fromkeys(("head", "blank", "notes", "leavers"), 0)
    columns = {name: pl.lit(value, FILES[name]) for name, value in (fill | zeros).items()}
    return counts.with_columns(**columns).select(FILES.names()).cast(FILES)
