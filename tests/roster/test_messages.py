"""Coded issues in words: every one, in order, with its severity and its detail."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.roster.issues import NO_ISSUES
from school_ektp.roster.messages import REFUSALS, RULES, in_words, worded
from school_ektp.roster.schema import CODED_ISSUES, ISSUES

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
