"""Pupils who left: a roster taken before, or a list kept apart, may still hold them."""

from __future__ import annotations

import datetime as dt

import polars as pl

from school_ektp.roster.issues import NO_ISSUES, issues_at
from school_ektp.roster.names import plain_name

#: Rule of the issue that puts a pupil who left out of the roster.
LEFT = "left_school"
_WAYS = (["nisn"], ["nik"], ["_name", "birth_date"])


def who_left(rows: pl.DataFrame, leavers: pl.DataFrame, *, on: dt.date) -> pl.DataFrame:
    """
    Return an issue for each row whose pupil is on a list of leavers by day *on*.

    A pupil is known by NISN, else NIK, else name and birth date. One who left another school
    has come to this one and stays.
    """
    gone = leavers.filter((pl.col("left_on") <= on).fill_null(True))
    if gone.is_empty() or rows.is_empty():
        return NO_ISSUES
    names = plain_name().replace("", None).alias("_name")
    rows, gone = rows.with_columns(names), gone.with_columns(names)
    hits = [_hits(rows, gone, keys) for keys in _WAYS]
    return pl.concat(hits).unique(["file", "sheet", "row"], keep="first", maintain_order=True)


def _hits(rows: pl.DataFrame, gone: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    columns = [*keys, pl.col("npsn").alias("_from"), pl.col("source_file").alias("detail")]
    pairs = rows.join(gone.select(columns), on=keys, how="inner", maintain_order="left_right")
    same_school = (pl.col("npsn") == pl.col("_from")) | pl.col("_from").is_null()
    left = pairs.filter(same_school.fill_null(True))
    return issues_at(left, LEFT, keys[0].strip("_"), detail=pl.col("detail"))
