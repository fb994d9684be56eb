"""The expressions say what the rules say, on every date."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.model.ages import LeapDay
from school_ektp.model.eligibility import EligibilityPolicy, WholeMonths, WholeYears
from school_ektp.roster import eligibility
from school_ektp.testing import strategies as own

LEAP_BIRTH = dt.date(2008, 2, 29)
pupils = st.lists(st.tuples(st.none() | own.any_births(), st.booleans()), min_size=1)


def frame_of(pupils):
    schema = {"birth_date": pl.Date, "married": pl.Boolean}
    return pl.DataFrame(pupils, schema=schema, orient="row")


def values(frame, expression):
    """Return an expression's values; eager and lazy must agree, with the column's length."""
    eager = frame.select(out=expression)["out"]
    lazy = frame.lazy().select(out=expression).collect()["out"]
    assert eager.to_list() == lazy.to_list()
    assert len(eager) == len(frame)
    return eager.to_list()


@given(own.rules(), pupils, own.leap_days())
@example(WholeYears(17), [(LEAP_BIRTH, False)], LeapDay.FEBRUARY_28)
@example(WholeYears(17), [(dt.date(9999, 12, 31), False)], LeapDay.MARCH_1)
@example(WholeMonths(1440), [(dt.date(1, 1, 1), False)], LeapDay.MARCH_1)
def test_the_opening_day_of_a_column_is_that_of_the_rule(rule, pupils, leap_day):
    expected = [
        None if born is None else rule.opens_on(born, married=married, leap_day=leap_day)
        for born, married in pupils
    ]

    expression = eligibility.opening_day(rule.opening(leap_day))
    assert values(frame_of(pupils), expression) == expected


@given(own.rules(), pupils, own.days() | st.dates(), own.leap_days())
@example(WholeYears(17), [(LEAP_BIRTH, False)], dt.date(2025, 2, 28), LeapDay.FEBRUARY_28)
@example(WholeYears(17), [(LEAP_BIRTH, False)], dt.date(2025, 2, 28), LeapDay.MARCH_1)
def test_the_one_day_decision_of_a_column_is_that_of_the_rule(rule, pupils, on, leap_day):
    expected = [
        born is not None and rule.opens_on(born, married=married, leap_day=leap_day) <= on
        for born, married in pupils
    ]

    expression = eligibility.born_within(rule.cutoff(on, leap_day=leap_day))
    assert values(frame_of(pupils), expression) == expected


@given(own.policies(), own.rosters(), own.days())
def test_all_expressions_of_a_policy_agree_with_it(policy, roster, on):
    rows = list(roster.select("birth_date", "married").iter_rows())

    def scalar(question):
        return [None if born is None else question(born, married) for born, married in rows]

    opens = scalar(lambda born, married: policy.opens_on(born, married=married))
    cards = scalar(lambda born, married: policy.card_on(born, married=married))
    assert values(roster, eligibility.opens_on(policy)) == opens
    assert values(roster, eligibility.card_on(policy)) == cards
    assert values(roster, eligibility.is_open(policy, on=on)) == [
        day is not None and day <= on for day in opens
    ]
    assert values(roster, eligibility.is_obliged(policy, on=on)) == [
        day is not None and day <= on for day in cards
    ]


@given(own.policies(), own.rosters(), own.days())
def test_the_status_of_a_column_is_that_of_the_policy(policy, roster, on):
    rows = roster.select("birth_date", "recorded", "recorded_on", "married").iter_rows()
    expected = [
        policy.status(
            born, on=on, recorded=recorded and (day is None or day <= on), married=married
        ).value
        for born, recorded, day, married in rows
    ]

    assert values(roster, eligibility.status(policy, on=on)) == expected


def test_an_unknown_marriage_counts_as_none():
    roster = frame_of([(dt.date(2012, 1, 1), None), (dt.date(2000, 1, 1), None)])
    on = dt.date(2024, 9, 3)

    assert values(roster, eligibility.is_open(EligibilityPolicy(), on=on)) == [False, True]


@pytest.mark.parametrize("leap_day", LeapDay)
@pytest.mark.parametrize("years", [0, 1, 4, 15, 16, 17, 18, 60, 100, 119, 120])
def test_the_cutoff_around_each_february(years, leap_day):
    """A dense sample of the exhaustive check that `make nightly` runs."""
    rule = WholeYears(years)
    for year in (1900, 2000, 2023, 2024, 2025, 2100):
        first = max(year - years - 5, 1)
        births = pl.date_range(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), eager=True)
        opens = pl.Series([rule.opens_on(born, leap_day=leap_day) for born in births])
        frame = pl.DataFrame({"birth_date": births})

        for on in [dt.date(year, 2, 25) + dt.timedelta(days=offset) for offset in range(8)]:
            decided = frame.select(eligibility.born_within(rule.cutoff(on, leap_day=leap_day)))
            assert decided.to_series().equals(opens <= on)
