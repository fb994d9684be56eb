"""Rows that are one pupil twice, or two pupils with one number, within and across files."""

from __future__ import annotations

import polars as pl

from school_ektp.roster.issues import NO_ISSUES, issues_at
from school_ektp.roster.names import name_keys, plain_name
from school_ektp.roster.schema import PLACE, ROSTER, SOURCE

_CONTENT = tuple(name for name in ROSTER if name not in SOURCE)
_PERSON = ("birth_date", "_name")
_ENDING = 5  # letters that two ways to write a name have in common; cheap to compare


def repeated(rows: pl.DataFrame) -> pl.DataFrame:
    """
    Return issues for rows that repeat another one; ``as_of`` is the day the file of a row is of.

    Of rows with one identifier, the one of the newest file stays, then the first in the order of
    their contents, so that the order of rows does not matter.
    """
    found = [_same(rows, ["student_id"], "duplicate_id", "student_id")]
    rows = _without(rows, found)
    for number in ("nisn", "nik"):
        found += _same_number(rows, number)
        rows = _without(rows, found)
    found.append(_same_person(rows))
    return pl.concat([NO_ISSUES, *found])


def _without(rows: pl.DataFrame, found: list[pl.DataFrame]) -> pl.DataFrame:
    out = [frame.filter(pl.col("rule").str.starts_with("duplicate")) for frame in found]
    if not any(map(len, out)):
        return rows
    keys = pl.concat(out).select("file", "sheet", "row")
    return rows.join(keys, left_on=SOURCE, right_on=PLACE, how="anti")


def _same_number(rows: pl.DataFrame, number: str) -> list[pl.DataFrame]:
    """Return the same person twice as refusals, and persons who share a number as warnings."""
    if rows[number].eq_missing(rows["student_id"]).all():
        return []
    shared = _doubled(rows, [number]).with_columns(plain_name().alias("_name"))
    twice = _same(shared, [number, *_PERSON], f"duplicate_{number}", number)
    alone = _without(shared, [twice])
    return [twice, _same(alone, [number], f"{number}_shared", number)]


def _same_person(rows: pl.DataFrame) -> pl.DataFrame:
    """Return issues for rows of one name, however it is written, and one birth date."""
    if rows["name"].null_count() == len(rows):
        return NO_ISSUES
    ends = rows.with_columns(plain_name().str.tail(_ENDING).alias("_end"))
    some = _doubled(ends.filter(pl.col("_end") != ""), ["birth_date", "_end"]).drop("_end")
    keyed = some.with_columns(name_keys(some["name"]).alias("_name"))
    return _same(keyed.filter(pl.col("_name").is_not_null()), list(_PERSON), "same_person", "name")


def _doubled(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return the rows whose keys, none of them null, occur more than once."""
    if len(keys) == 1:
        [key] = keys
        return rows.filter(pl.col(key).is_duplicated() & pl.col(key).is_not_null())
    hashes = rows.select(pl.struct(keys).hash()).to_series()
    some = rows.filter(hashes.is_duplicated())  # a few more than needed, and soon told apart
    return some.filter(pl.struct(keys).is_duplicated() & pl.col(keys[0]).is_not_null())


def _same(rows: pl.DataFrame, keys: list[str], rule: str, column: str) -> pl.DataFrame:
    """Return an issue for each row but the first of those with the same keys."""
    doubled = _doubled(rows, keys)
    if doubled.is_empty():
        return NO_ISSUES
    newest_first = ["as_of", *_CONTENT, *SOURCE]
    down = [name == "as_of" for name in newest_first]
    ordered = doubled.sort(newest_first, descending=down, nulls_last=True)
    sheet = pl.concat_str(pl.lit(" "), "source_sheet").str.strip_chars_end()
    place = pl.concat_str("source_file", sheet, pl.lit(":"), "source_row")
    numbered = ordered.with_columns(
        detail=place.str.strip_chars_start(" :").first().over(keys),
        _nth=pl.int_range(pl.len()).over(keys),
    ).filter(pl.col("_nth") > 0)
    return issues_at(numbered, rule, column, detail=pl.col("detail"))
