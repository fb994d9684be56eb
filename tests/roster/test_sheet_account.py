"""Where every row went: the places of a sheet sum to its rows."""

from __future__ import annotations

import datetime as dt

import polars as pl

from few_pupils import SCHOOL, SEVERAL
from school_ektp.roster.check import check_roster
from school_ektp.roster.read.roster_files import joined, read_bytes
from school_ektp.roster.sheet_account import PLACES, sheet_account
from school_ektp.testing.workbooks import Quirk, dapodik_leavers_workbook, dapodik_workbook

ON = dt.date(2024, 9, 3)


def test_each_row_of_each_sheet_is_in_one_place():
    """Of 25 pupils 3 left, and 25 rows of a second download are copies or left, too."""
    files = {
        "a.xlsx": dapodik_workbook(SEVERAL, SCHOOL),
        "b.xlsx": dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.FOOTER, Quirk.SHEETS_ADDED]),
        "c.xlsx": dapodik_leavers_workbook(SEVERAL.head(3), SCHOOL, left_on=dt.date(2024, 7, 1)),
    }
    read = joined(read_bytes(content, name) for name, content in files.items())

    account = sheet_account(check_roster(read, schools=[SCHOOL], on=ON))

    assert account.columns == ["file", "sheet", "rows", *PLACES]
    for row in account.iter_rows(named=True):
        assert row["rows"] == sum(row[place] for place in PLACES), row["file"]
    sums = account.sum()
    assert sums.select("valid", "refused", "left_school", "leavers").row(0) == (22, 22, 6, 3)
    assert sums["notes"].item() > 0
    assert account["rows"].to_list() == read.files.sort("file", "sheet")["rows"].to_list()


def test_a_frame_is_one_sheet_without_a_name():
    rows = SEVERAL.with_columns(npsn=pl.lit(SCHOOL.npsn))

    account = sheet_account(check_roster(rows, schools=[SCHOOL], on=ON))

    assert account.select("file", "sheet", "rows", "valid").rows() == [("", "", 25, 25)]
