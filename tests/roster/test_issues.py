"""Issues in codes: one row each, of one schema, whichever way they are made."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.messages import REFUSALS, RULES
from school_ektp.roster.issues import (
    NO_ISSUES,
    Issue,
    as_issues,
    in_words,
    issue_table,
    issues_at,
    worded,
)
from school_ektp.roster.schema import CODED_ISSUES, ISSUES

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


rules = st.sampled_from(sorted(RULES))
issues = st.lists(
    st.tuples(
        st.sampled_from(["a.csv", "b.csv"]),
        st.just(""),
        st.none() | st.integers(1, 9),
        st.sampled_from(["nik", "name"]),
        rules,
        st.sampled_from(["", "10700669"]),
        st.none() | st.sampled_from(["7", "x"]),
    )
)


@settings(max_examples=20)
@given(issues, st.sampled_from(["id", "en"]))
def test_every_issue_is_put_into_words_and_keeps_its_place(rows, lang):
    coded = pl.DataFrame(rows, schema=CODED_ISSUES, orient="row")

    table = in_words(coded, lang)

    kept = ["file", "sheet", "row", "column", "rule", "npsn"]
    assert table.schema == ISSUES
    assert table.select(kept).equals(coded.select(kept))
    assert table["severity"].to_list() == [RULES[row[4]].severity for row in rows]
    assert table["message"].to_list() == [RULES[row[4]].says(row[6] or "", lang) for row in rows]
    assert worded(coded, lang).equals(in_words(coded.sort(coded.columns), lang))


def test_no_issues_are_no_words():
    assert worded(NO_ISSUES).schema == ISSUES
    assert worded(NO_ISSUES).is_empty()


def test_a_language_that_is_not_written_is_refused():
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'jv'"):
        in_words(NO_ISSUES, "jv")


def test_refusals_are_the_rules_that_refuse():
    assert [name for name in RULES if RULES[name].severity == "refusal"] == [*REFUSALS]


def test_a_frame_becomes_issues_with_what_is_known_and_nothing_else():
    found = pl.DataFrame({"row": [3, 4], "npsn": ["10700001", ""], "other": ["x", "y"]})

    issues = as_issues(found, rule="row_longer", file="a.csv")

    assert issues.schema == CODED_ISSUES
    assert issues.select("file", "sheet", "row", "rule", "npsn", "detail").rows() == [
        ("a.csv", "", 3, "row_longer", "10700001", None),
        ("a.csv", "", 4, "row_longer", "", None),
    ]
