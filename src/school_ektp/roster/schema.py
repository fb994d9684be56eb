"""Names and types of every table: the only place that spells them."""

from __future__ import annotations

import polars as pl

#: One row per pupil, after reading and checking.
ROSTER = pl.Schema(
    {
        "student_id": pl.String,  # key within the roster: NISN, else NIK, else file and row
        "npsn": pl.String,  # school
        "birth_date": pl.Date,
        "sex": pl.String,  # "L", "P"; null: unknown
        "grade": pl.Int8,  # 10, 11, 12; null: unknown
        "class_name": pl.String,  # rombel; "" unknown
        "married": pl.Boolean,
        "recorded_on": pl.Date,  # null: not recorded, or recorded on an unknown day
        "recorded": pl.Boolean,  # true: recorded; never null
        "home_region": pl.String,  # "17.02"; "" the regency of the school
        "special_needs": pl.Boolean,
        "nisn": pl.String,  # 10 digits; null: none
        "nik": pl.String,  # 16 digits; null: none
        "name": pl.String,  # null: not given
        "source_file": pl.String,  # file, or "" for a frame
        "source_sheet": pl.String,  # sheet, or ""
        "source_row": pl.Int64,  # row in the file as a spreadsheet counts, 1 is the first
    }
)

#: Columns a roster cannot do without; the others are filled with what unknown means.
REQUIRED = ("student_id", "npsn", "birth_date")

#: Columns that tell who a person is; they leave the roster only when asked for by name.
PERSONAL = ("student_id", "birth_date", "nisn", "nik", "name")

#: How grave an issue is; a refused row is set apart, the others stay in the roster.
SEVERITY: pl.DataType = pl.Enum(["refusal", "warning", "repair"])

#: One row per issue of a check.
ISSUES = pl.Schema(
    {
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),  # as a spreadsheet counts; null: the issue is about a file or school
        "column": pl.String(),
        "rule": pl.String(),
        "severity": SEVERITY,
        "npsn": pl.String(),  # "" unknown
        "message": pl.String(),  # with the way out, without a personal value
    }
)


def _part(schema: pl.Schema, *names: str) -> dict[str, pl.DataType]:
    return {name: schema[name] for name in names}


#: Where a row of a roster was read, and the same in tables of issues.
SOURCE = ("source_file", "source_sheet", "source_row")
PLACE = ("file", "sheet", "row")

_SOURCE = _part(ROSTER, *SOURCE)

#: One row per issue before it is put into words; `messages.worded` makes ISSUES of it.
CODED_ISSUES = pl.Schema(
    _part(ISSUES, *PLACE, "column", "rule", "npsn")
    | {"detail": pl.String()}  # what the message quotes: a count, a file; never personal
)

#: One row per row read that is not in the valid roster: where it stands and why it is out.
NOT_VALID = pl.Schema(
    _part(ISSUES, *PLACE)
    | {"place": pl.Enum(["refused", "left_school"])}  # by a list or a status
    | _part(ISSUES, "rule")  # the weightiest that put it out
)

#: One row per sheet of each file read; rows = head + blank + notes + leavers + pupils.
FILES = pl.Schema(
    {
        "file": pl.String,
        "sheet": pl.String,
        "layout": pl.String,  # "" when none was recognised or used: all its rows are notes
        "school": pl.String,  # name of the school as the file writes it; "" unknown
        "npsn": pl.String,  # from the caller, else from the titles; "" unknown
        "as_of": pl.Date,  # day the file speaks of; null: unknown
        "rows": pl.Int64,
        "head": pl.Int64,  # titles and header
        "blank": pl.Int64,
        "notes": pl.Int64,  # rows that are no pupil: footers, remarks, a header again
        "leavers": pl.Int64,  # rows of a list of pupils who left
        "pupils": pl.Int64,
        "unused": pl.String,  # headings that mean no column, with commas between
    }
)

#: One row per pupil of a list of leavers.
LEAVERS = pl.Schema(
    _part(ROSTER, "npsn", "nisn", "nik", "name", "birth_date")
    | {"left_on": pl.Date(), "school_name": pl.String()}  # left_on null: unknown
    | _SOURCE
)

#: One row per person of a civil-registry list.
REGISTER = pl.Schema(
    _part(ROSTER, "nik", "name", "birth_date", "sex")
    | {
        "recorded": pl.Boolean(),  # null: the list does not say
        "recorded_on": pl.Date(),
        "married": pl.Boolean(),  # null: the list does not say
        "home_region": pl.String(),  # regency of residence, "17.02"; "" unknown
        "village": pl.String(),  # village of residence, "17.02.09.1012"; "" unknown
    }
    | _SOURCE
)

#: What a roster column holds when nothing is known of it; the others hold null.
UNKNOWN: dict[str, str | bool] = {
    "class_name": "",
    "married": False,
    "recorded": False,
    "home_region": "",
    "special_needs": False,
    "source_file": "",
    "source_sheet": "",
}
