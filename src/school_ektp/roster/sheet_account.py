"""Where every row of every file went: each in exactly one place, summing to the rows read."""

from __future__ import annotations

import polars as pl

from school_ektp.model import arguments
from school_ektp.roster.check import CheckedRoster
from school_ektp.roster.schema import FILES

#: Places a row can be in; together they are all rows of a sheet.
PLACES = ("head", "blank", "notes", "leavers", "valid", "refused", "left_school")

_KEYS = ["file", "sheet"]


def sheet_account(checked: CheckedRoster) -> pl.DataFrame:
    """
    Return the rows of each sheet by the place they are in.

    ``rows`` counts the sheet as it was read; the places are counted where the rows went, so that
    their sum proves that none was lost or used twice.

    Returns:
        Columns file, sheet, rows, head (titles, header), blank, notes (footers, remarks), leavers
        (rows of a list of those who left), valid, refused, left_school (pupils found on such a
        list, or no longer pupils by a status of their own), in order of file and sheet.
    """
    arguments.one("sheet_account", "checked", checked, CheckedRoster)
    valid = checked.valid.select(file="source_file", sheet="source_sheet", place=pl.lit("valid"))
    others = checked.not_valid.select(*_KEYS, pl.col("place").cast(pl.String))
    places = pl.concat([valid, others])
    counts = [
        pl.col("place").eq(name).sum().cast(pl.Int64).alias(name)
        for name in ("valid", "refused", "left_school")
    ]
    counted = places.group_by(_KEYS).agg(counts)
    files = checked.files.select(*_KEYS, "rows", *(p for p in PLACES if p in FILES))
    joined = files.join(counted, on=_KEYS, how="full", coalesce=True).fill_null(0)
    return joined.select(*_KEYS, "rows", *PLACES).sort(_KEYS)
