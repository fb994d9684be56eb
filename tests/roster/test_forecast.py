"""What comes: openings, birthday and print lists, the polling day, new classes."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given

from school_ektp.model.ages import LeapDay
from school_ektp.model.student import Student
from school_ektp.roster import forecast
from school_ektp.roster.build import roster_from_students
from school_ektp.testing import strategies as own

SEPTEMBER = {"first_day": dt.date(2024, 9, 1), "last_day": dt.date(2024, 9, 30)}
FIRST_BIRTH = dt.date(1900, 1, 1)


def pupil(number, born, **facts):
    return Student(student_id=str(number), school="10700001", birth_date=born, **facts)


def students_of(table):
    return table["student_id"].to_list()


def test_the_birthday_list_of_a_month_holds_those_who_turn_16_in_it():
    roster = roster_from_students(
        [
            pupil(1, dt.date(2008, 8, 31)),
            pupil(2, dt.date(2008, 9, 30)),
            pupil(3, dt.date(2008, 9, 1)),
            pupil(4, dt.date(2008, 10, 1)),
            pupil(5, dt.date(2008, 9, 2), recorded=True),
        ]
    )

    assert students_of(forecast.opening_list(roster, **SEPTEMBER, named=True)) == ["3", "2"]


def test_a_list_shows_nobody_unless_asked_to():
    roster = roster_from_students([pupil(1, dt.date(2008, 9, 1), name="Contoh")])

    for make in (forecast.opening_list, forecast.print_list):
        columns = make(roster, **SEPTEMBER).columns
        assert not {"student_id", "name", "birth_date", "nik"} & set(columns)


def test_cards_are_printed_for_the_recorded_who_turn_17_or_were_recorded_late():
    roster = roster_from_students(
        [
            pupil(1, dt.date(2007, 9, 5), recorded_on=dt.date(2024, 3, 1)),
            pupil(2, dt.date(2006, 1, 1), recorded_on=dt.date(2024, 9, 6)),
            pupil(3, dt.date(2009, 1, 1), recorded_on=dt.date(2024, 9, 4), married=True),
            pupil(4, dt.date(2007, 9, 5)),
            pupil(5, dt.date(2007, 9, 5), recorded=True),
            pupil(6, dt.date(2008, 9, 5), recorded=True),
        ]
    )

    table = forecast.print_list(roster, **SEPTEMBER, named=True)

    assert students_of(table) == ["3", "1", "5", "2"]
    assert table["card_on"].dt.day().to_list() == [4, 5, 5, 6]


def test_the_polling_list_holds_voters_without_a_recording():
    polling_day = dt.date(2024, 11, 27)
    roster = roster_from_students(
        [
            pupil(1, dt.date(2007, 11, 27)),
            pupil(2, dt.date(2007, 11, 28)),
            pupil(3, dt.date(2009, 1, 1), married=True),
            pupil(4, dt.date(2000, 1, 1), recorded=True),
        ]
    )

    table = forecast.polling_list(roster, polling_day=polling_day, named=True)

    assert dict(table.select("student_id", "turns_on").iter_rows()) == {"1": polling_day, "3": None}


@pytest.mark.parametrize(("leap_day", "voters"), [("MARCH_1", 0), ("FEBRUARY_28", 1)])
def test_on_28_february_the_convention_decides_who_votes(leap_day, voters):
    roster = roster_from_students([pupil(1, dt.date(2008, 2, 29))])
    table = forecast.polling_list(
        roster, polling_day=dt.date(2025, 2, 28), leap_day=LeapDay(leap_day)
    )

    assert len(table) == voters


def test_a_new_class_adds_its_pupils_year_by_year():
    born = [dt.date(2008, 6, 30), dt.date(2008, 7, 1), dt.date(2009, 6, 30), dt.date(2012, 1, 1)]
    roster = roster_from_students([pupil(number, day) for number, day in enumerate(born)])

    table = forecast.july_cohorts(roster, first_year=2024, years=2)

    assert table.select("academic_year", "pupils").rows() == [
        ("before", 1),
        ("2024/2025", 2),
        ("after", 1),
    ]


@given(own.rosters(), own.policies(), own.days(), own.days())
def test_openings_are_what_counting_by_hand_finds(roster, policy, one, other):
    first, last = sorted([one, other])
    expected = Counter()
    for row in roster.iter_rows(named=True):
        born = row["birth_date"]
        if row["recorded"] or born is None or not FIRST_BIRTH <= born <= last:
            continue
        day = policy.opens_on(born, married=row["married"])
        if first <= day <= last:
            expected[row["npsn"], row["sex"], day] += 1
    span = {"first_day": first, "last_day": last, "by": ("npsn", "sex")}

    counts = forecast.opening_counts(roster, policy, **span)

    assert {row[:-1]: row[-1] for row in counts.rows()} == expected
    assert forecast.opening_counts(roster.lazy(), policy, **span).collect().equals(counts)
    listed = forecast.opening_list(roster, policy, first_day=first, last_day=last)
    assert len(listed) == counts["pupils"].sum()


@given(own.rosters(), own.policies())
def test_every_pupil_to_be_recorded_is_in_one_cohort(roster, policy):
    counts = forecast.july_cohorts(roster, policy, first_year=2024)
    born = pl.col("birth_date")
    known = born.is_between(FIRST_BIRTH, dt.date(2027, 7, 1)).fill_null(False)

    assert counts["pupils"].sum() == len(roster.filter(known & ~pl.col("recorded")))
    lazy = forecast.july_cohorts(roster.lazy(), policy, first_year=2024).collect()
    assert lazy.equals(counts)


@given(own.rosters(), own.days())
def test_lists_do_not_depend_on_row_order_or_laziness(roster, day):
    span = {"first_day": day, "last_day": day + dt.timedelta(days=30), "named": True}
    for make in (forecast.opening_list, forecast.print_list):
        table = make(roster, **span)

        assert make(roster.reverse().lazy(), **span).collect().equals(table)
    table = forecast.polling_list(roster, polling_day=day, named=True)
    lazy = forecast.polling_list(roster.reverse().lazy(), polling_day=day, named=True)
    assert lazy.collect().equals(table)
