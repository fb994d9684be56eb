"""NIK as expressions: the same in meaning as the scalar, on good and damaged texts."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.model.nik import Nik, NikFinding, nik_finding
from school_ektp.roster import nik as roster_nik
from school_ektp.testing import strategies as own

digits = st.text("0123456789", min_size=14, max_size=18)
dates = st.dates(dt.date(1899, 1, 1), dt.date(2110, 1, 1))
plausible = st.builds(
    "{:02d}{:02d}{:02d}{:02d}{:02d}{:02d}{:04d}".format,
    st.sampled_from([11, 17, 10, 97]),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 75),
    st.integers(0, 13),
    st.integers(0, 99),
    st.sampled_from([0, 10]) | st.integers(0, 9999),
)
damaged = st.sampled_from(
    [
        "1,70209E+15",
        "1.70209050308E+15",
        "1e5",
        "1E+",
        "+170209050308001",
        "-1702090503080001",
        "\t",
    ]
)
texts = st.none() | own.niks() | plausible | digits | damaged | st.text(max_size=20)


def column(texts):
    return pl.DataFrame({"nik": texts}, schema={"nik": pl.String})


def values(frame, expression):
    return frame.select(out=expression)["out"].to_list()


def as_nik(text):
    return Nik(text) if nik_finding(text).is_number else None


@given(st.lists(texts, min_size=1))
def test_the_number_of_a_column_is_that_of_the_scalar(texts):
    scalars = [as_nik(text) for text in texts]

    assert values(column(texts), roster_nik.nik_number()) == [
        None if nik is None else int(nik.text) for nik in scalars
    ]


def unborn(*texts):
    return [(text, None, None) for text in texts]


@given(st.lists(st.tuples(texts, st.none() | dates, st.sampled_from(["L", "P", None])), min_size=1))
@example(
    [("1702090101000001", dt.date(1900, 1, 1), "L"), ("1702094103000001", dt.date(1900, 3, 1), "P")]
)
@example(unborn("0702092902000001", "1702092902000001", "1702096902010001", "170209050308001", " "))
def test_the_checks_of_a_column_are_those_of_the_scalar(rows):
    schema = {"nik": pl.String, "birth_date": pl.Date, "sex": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")

    checked = roster_nik.with_nik_checks(frame)

    assert checked.equals(roster_nik.with_nik_checks(frame.lazy()).collect())
    assert checked.columns == [
        *schema,
        "nik_finding",
        "nik_agrees_with_birth",
        "nik_agrees_with_sex",
    ]
    assert checked["nik_finding"].to_list() == [nik_finding(text).value for text, _, _ in rows]
    assert checked["nik_agrees_with_birth"].to_list() == [
        None if born is None or (nik := as_nik(text)) is None else nik.agrees_with(born)
        for text, born, _ in rows
    ]
    assert checked["nik_agrees_with_sex"].to_list() == [
        None if sex is None or (nik := as_nik(text)) is None else nik.sex == sex
        for text, _, sex in rows
    ]


@given(st.lists(own.niks() | st.none() | damaged), st.lists(own.niks() | st.none() | damaged))
def test_only_rows_with_a_recorded_number_leave(pupils, recorded):
    roster = column(pupils).with_columns(student_id=pl.int_range(pl.len()).cast(pl.String))
    known = {text for text in recorded if nik_finding(text).is_number}

    kept = roster_nik.without_recorded(roster, column(recorded))

    assert kept.equals(
        roster.filter(~pl.col("nik").is_in(known).fill_null(False)).sort("student_id")
    )
    lazy = roster_nik.without_recorded(roster.lazy(), column(recorded).lazy())
    assert lazy.collect().equals(kept)


def test_findings_are_listed_from_good_to_missing():
    assert roster_nik.FINDING.categories.to_list() == [finding.value for finding in NikFinding]
