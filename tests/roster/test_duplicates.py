"""Rows that repeat another: one of each stays, and which does not hang on their order."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.roster.duplicates import repeated
from school_ektp.roster.schema import CODED_ISSUES, ROSTER

BORN = dt.date(2008, 3, 5)
TYPES = pl.Schema([*ROSTER.items(), ("as_of", pl.Date())])
persons = st.fixed_dictionaries(
    {
        "student_id": st.sampled_from("abcd"),
        "nisn": st.none() | st.sampled_from(["0081234567", "0081234568"]),
        "nik": st.none() | st.sampled_from(["1702094503080001", "1702094503080002"]),
        "name": st.sampled_from(["M. RIZKI", "Muhammad Rizki", "AYU", None]),
        "birth_date": st.sampled_from([BORN, dt.date(2007, 3, 5)]),
        "as_of": st.none() | st.just(BORN),
    }
)
rosters = st.lists(persons, max_size=8)
few = settings(max_examples=25)


def frame(rows: list[dict]) -> pl.DataFrame:
    usual = {"npsn": "10700669", "source_file": "a.csv", "source_sheet": ""}
    numbered = [
        {**dict.fromkeys(TYPES), **usual, "source_row": number, **row}
        for number, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(numbered, schema=TYPES)


def refused(found: pl.DataFrame) -> set[int]:
    return set(found.filter(pl.col("rule").str.starts_with("duplicate"))["row"])


@few
@given(rosters)
def test_of_each_identifier_one_row_stays(rows):
    found = repeated(frame(rows))
    out = refused(found)

    kept = [row for number, row in enumerate(rows, start=1) if number not in out]
    assert found.schema == CODED_ISSUES
    assert len({row["student_id"] for row in kept}) == len(kept)
    again = frame(kept)
    assert refused(repeated(again)) == set(), "nothing is left to refuse"


@few
@given(rosters, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, rng):
    one = frame(rows)
    order = list(range(len(rows)))
    rng.shuffle(order)

    key = ["row", "rule", "detail"]
    assert repeated(one).sort(key).equals(repeated(one[order]).sort(key))


@few
@given(rosters)
def test_each_issue_names_a_row_that_stays_or_shares(rows):
    found = repeated(frame(rows))

    for row, detail in found.select("row", "detail").iter_rows():
        assert detail in {f"a.csv:{number}" for number in range(1, len(rows) + 1)} - {
            f"a.csv:{row}"
        }


def test_one_number_of_one_person_is_refused_and_of_two_is_reported():
    one = {"student_id": "a", "nisn": "0081234567", "name": "AYU", "birth_date": BORN}
    same, other = one | {"student_id": "b"}, one | {"student_id": "c", "name": "BUDI"}

    assert repeated(frame([one, same])).select("row", "rule").rows() == [(2, "duplicate_nisn")]
    assert repeated(frame([one, other])).select("row", "rule").rows() == [(2, "nisn_shared")]


def test_the_newest_file_stays_then_the_first_by_content():
    old = {"student_id": "a", "as_of": BORN, "class_name": "XI A"}
    new = {"student_id": "a", "as_of": BORN + dt.timedelta(days=1), "class_name": "XI Z"}

    assert refused(repeated(frame([old, new]))) == {1}
    assert refused(repeated(frame([new | {"as_of": BORN}, old]))) == {1}


def test_the_place_of_the_first_is_written_with_its_sheet_or_without():
    row = {"student_id": "a", "name": None, "birth_date": BORN}
    sheets = frame([row, row]).with_columns(source_sheet=pl.lit("Sheet1"))

    assert repeated(frame([row, row]))["detail"].to_list() == ["a.csv:1"]
    assert repeated(sheets)["detail"].to_list() == ["a.csv Sheet1:1"]
