"""Rules of a row: where each is broken, and where it is just kept."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings

from school_ektp.model.messages import RULES
from school_ektp.model.school import School
from school_ektp.roster.read.result import ROWS
from school_ektp.roster.rules import (
    OLDEST,
    YOUNGEST,
    RowRule,
    grade_and_class,
    issues_of,
    nik_doubts,
    refusal_rules,
    school_year_start,
    warning_rules,
)
from school_ektp.roster.schema import CODED_ISSUES
from school_ektp.testing import strategies as own

ON = dt.date(2024, 9, 3)
SCHOOL = School(npsn="10700669", name="SMAN 1", level="SMA", kecamatan="Curup")


def rows(*pupils: dict) -> pl.DataFrame:
    usual = {"student_id": "1", "npsn": SCHOOL.npsn, "birth_date": dt.date(2008, 3, 5)}
    places = {"source_file": "a.csv", "source_sheet": ""}
    known = [
        {**dict.fromkeys(ROWS), **usual, **places, "source_row": number, **pupil}
        for number, pupil in enumerate(pupils, start=1)
    ]
    return pl.DataFrame(known, schema=ROWS)


def test_each_rule_is_worded_and_refuses_or_warns_as_it_says():
    assert {RULES[rule.name].severity for rule in refusal_rules(None, on=ON)} == {"refusal"}
    assert {RULES[rule.name].severity for rule in warning_rules(None, on=ON)} == {"warning"}
    assert {rule.column for rule in refusal_rules(None, on=ON)} <= set(ROWS)


@settings(max_examples=15)
@given(own.rosters())
def test_an_issue_stands_where_a_rule_is_broken_and_nowhere_else(roster):
    """Agreement with a count row by row."""
    read = roster.with_columns(school_name=pl.lit(None, pl.String)).select(ROWS.names())
    rule = RowRule("grade_range", "grade", pl.col("grade") == 12)

    found = issues_of(read, [rule, RowRule("age_low", "birth_date", pl.lit(None))])

    assert found.schema == CODED_ISSUES
    assert found["row"].to_list() == read.filter(pl.col("grade") == 12)["source_row"].to_list()
    assert set(found["rule"]) <= {"grade_range"}, "null counts as kept"


@settings(max_examples=15)
@given(own.days())
def test_ages_are_doubted_from_the_day_after_the_last_usual_one(on):
    youngest, oldest = on - relativedelta(years=YOUNGEST), on - relativedelta(years=OLDEST + 1)
    day = dt.timedelta(days=1)
    born = [youngest, youngest + day, oldest + day, oldest]

    found = issues_of(rows(*({"birth_date": one} for one in born)), warning_rules(None, on=on))

    assert found.select("row", "rule").sort("row").rows() == [(2, "age_low"), (4, "age_high")]


@pytest.mark.parametrize(
    ("npsn", "name", "rule"),
    [
        *((None, None, "npsn_missing"), (None, "SMAN 9", "school_unknown")),
        *(("1", None, "npsn_form"), ("10700670", None, "school_unknown"), ("10700669", None, None)),
    ],
)
def test_a_school_is_refused_by_one_rule_at_most(npsn, name, rule):
    found = issues_of(rows({"npsn": npsn, "school_name": name}), refusal_rules([SCHOOL], on=ON))

    assert found["rule"].to_list() == ([rule] if rule else [])


def test_a_class_says_its_grade_or_nothing():
    given_rows = rows(
        {"class_name": "XI TKJ 1", "grade": 11},
        {"class_name": "XI TKJ 1", "grade": 12},
        {"class_name": "Anggrek", "grade": 12},
        {"class_name": "XI TKJ 1", "grade": None},
    )

    found = issues_of(given_rows, [grade_and_class(["XI TKJ 1", "Anggrek"])])

    assert found["row"].to_list() == [2]


@given(own.days())
def test_a_school_year_starts_on_the_last_first_of_july(day):
    start = school_year_start(day)

    assert (start.month, start.day) == (7, 1)
    assert start <= day < start + relativedelta(years=1)


def test_a_damaged_nik_is_doubted_once_and_a_missing_one_not_at_all():
    found = nik_doubts(
        rows({"nik": None}, {"nik": "9902090503080001"}, {"nik": "1702090603080001", "sex": "L"})
    )

    assert found.select("row", "rule").rows() == [(2, "nik_region"), (3, "nik_birth_date")]
    assert set(found["rule"]) <= set(RULES)
