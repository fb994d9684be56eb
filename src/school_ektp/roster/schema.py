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

#: How grave a finding is; a refused row is set apart, the others stay in the roster.
SEVERITY: pl.DataType = pl.Enum(["refusal", "warning", "repair"])

#: One row per finding of a check.
ISSUES = pl.Schema(
    {
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),  # as a spreadsheet counts; null: the finding is about a file or school
        "column": pl.String(),
        "rule": pl.String(),
        "severity": SEVERITY,
        "npsn": pl.String(),  # "" unknown
        "message": pl.String(),  # with the way out, without a personal value
    }
)
