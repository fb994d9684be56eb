"""Issues in codes: one row each, of one schema, whichever way they are made."""

from __future__ import annotations

import polars as pl

from school_ektp.roster.issues import NO_ISSUES, Issue, issue_table, issues_at
from school_ektp.roster.schema import CODED_ISSUES

ROWS = pl.DataFrame(
    {
        "source_file": ["a.xlsx", "a.xlsx"],
        "source_sheet": ["X 1", "X 2"],
        "source_row": [7, 8],
        "npsn": ["10700001", None],
    }
)


def test_an_issue_has_the_columns_of_the_table_in_order():
    assert Issue._fields == tuple(CODED_ISSUES)


def test_a_table_without_issues_has_all_columns():
    assert issue_table([]).equals(NO_ISSUES)
    assert issue_table([]).schema == CODED_ISSUES


def test_what_an_issue_leaves_out_is_unknown():
    table = issue_table([Issue("a.xlsx", rule="sheet_hidden")])

    assert table.rows() == [("a.xlsx", "", None, "", "sheet_hidden", "", None)]


def test_rows_become_issues_where_they_stand():
    assert issues_at(ROWS, "nik_short", "nik", detail="15").equals(
        issue_table(
            [
                Issue("a.xlsx", "X 1", 7, "nik", "nik_short", "10700001", "15"),
                Issue("a.xlsx", "X 2", 8, "nik", "nik_short", "", "15"),
            ]
        )
    )


def test_a_detail_is_quoted_by_row_and_a_school_left_out():
    detail = pl.col("source_row").cast(pl.String)
    table = issues_at(ROWS.drop("npsn"), "nik_short", "nik", npsn=None, detail=detail)

    assert table["npsn"].to_list() == ["", ""]
    assert table["detail"].to_list() == ["7", "8"]


def test_no_rows_are_no_issues():
    assert issues_at(ROWS.clear(), "nik_short", "nik").equals(NO_ISSUES)
