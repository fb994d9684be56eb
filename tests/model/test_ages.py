"""The day an age is reached, and its inverse."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.model.ages import NEVER, LeapDay, latest_birth, reaches
from school_ektp.testing import strategies as own

MARCH_1, FEBRUARY_28 = LeapDay.MARCH_1, LeapDay.FEBRUARY_28
months = st.integers(0, 1440)
births = st.dates(dt.date(1850, 1, 1), dt.date(2150, 12, 31)) | own.births()


def test_born_29_february_turns_17_on_1_march():
    assert reaches(dt.date(2008, 2, 29), 17 * 12, MARCH_1) == dt.date(2025, 3, 1)


def test_born_29_february_turns_17_on_28_february_where_that_is_the_convention():
    assert reaches(dt.date(2008, 2, 29), 17 * 12, FEBRUARY_28) == dt.date(2025, 2, 28)


@pytest.mark.parametrize("leap_day", LeapDay)
def test_born_29_february_turns_16_on_29_february(leap_day):
    assert reaches(dt.date(2008, 2, 29), 16 * 12, leap_day) == dt.date(2024, 2, 29)


def test_sixteen_and_a_half_after_31_august_is_the_end_of_february_or_the_day_after():
    assert reaches(dt.date(2007, 8, 31), 198, FEBRUARY_28) == dt.date(2024, 2, 29)
    assert reaches(dt.date(2007, 8, 31), 198, MARCH_1) == dt.date(2024, 3, 1)


def test_an_age_beyond_the_calendar_is_never_reached():
    assert reaches(dt.date(9990, 1, 1), 17 * 12, MARCH_1) == NEVER


def test_nobody_is_old_enough_before_the_calendar_begins():
    assert latest_birth(dt.date(10, 1, 1), 17 * 12, MARCH_1) is None


@given(births, months)
def test_the_clipping_convention_is_that_of_dateutil(born, age):
    assert reaches(born, age, FEBRUARY_28) == born + relativedelta(months=age)


@given(births, months)
def test_the_conventions_differ_by_at_most_a_day(born, age):
    late, early = reaches(born, age, MARCH_1), reaches(born, age, FEBRUARY_28)

    assert late - early in {dt.timedelta(0), dt.timedelta(days=1)}


@given(births, births, months, own.leap_days())
@example(dt.date(2008, 2, 29), dt.date(2008, 3, 1), 17 * 12, MARCH_1)
def test_the_elder_reaches_an_age_first(one, other, age, leap_day):
    """What the cutoff rests on: the day an age is reached never falls as births get later."""
    elder, younger = sorted([one, other])

    assert reaches(elder, age, leap_day) <= reaches(younger, age, leap_day)


@given(births, months, own.leap_days())
def test_the_latest_birth_has_reached_the_age_and_the_next_has_not(on, age, leap_day):
    last = latest_birth(on, age, leap_day)
    if last is None:
        assert reaches(dt.date.min, age, leap_day) > on
        return

    assert reaches(last, age, leap_day) <= on
    assert reaches(last + dt.timedelta(days=1), age, leap_day) > on


def test_the_conventions_part_on_28_february_of_a_common_year():
    on = dt.date(2025, 2, 28)

    assert latest_birth(on, 17 * 12, MARCH_1) == dt.date(2008, 2, 28)
    assert latest_birth(on, 17 * 12, FEBRUARY_28) == dt.date(2008, 2, 29)
