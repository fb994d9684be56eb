"""Who may be recorded from which day, as the law has it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.ages import NEVER, LeapDay, reaches
from school_ektp.model.eligibility import (
    AnyOf,
    BornBy,
    EligibilityPolicy,
    EverMarried,
    PupilStatus,
    TurnsBy,
    WholeMonths,
    WholeYears,
)
from school_ektp.testing import strategies as own

POLLING_DAY = dt.date(2024, 11, 27)
DEFAULT = EligibilityPolicy()


def test_recording_opens_on_the_16th_birthday():
    born = dt.date(2008, 9, 3)

    assert DEFAULT.opens_on(born) == dt.date(2024, 9, 3)
    assert not DEFAULT.is_open(born, on=dt.date(2024, 9, 2))
    assert DEFAULT.is_open(born, on=dt.date(2024, 9, 3))


def test_a_card_is_due_on_the_17th_birthday():
    assert DEFAULT.card_on(dt.date(2008, 9, 3)) == dt.date(2025, 9, 3)


def test_whoever_is_married_is_obliged_at_any_age_and_may_be_recorded():
    born, on = dt.date(2010, 1, 1), dt.date(2024, 9, 3)

    assert not DEFAULT.is_open(born, on=on)
    assert DEFAULT.is_open(born, on=on, married=True)
    assert DEFAULT.is_obliged(born, on=on, married=True)


def test_months_open_at_sixteen_and_a_half():
    assert WholeMonths(198).opens_on(dt.date(2008, 3, 31)) == dt.date(2024, 10, 1)


def test_who_turns_17_by_polling_day_may_come_at_once():
    rule = TurnsBy(17, POLLING_DAY)
    in_time, late = dt.date(2007, 11, 27), dt.date(2007, 11, 28)

    assert rule.opens_on(in_time) == in_time
    assert rule.opens_on(late) == dt.date(2024, 11, 28)
    assert rule.cutoff(dt.date(2024, 9, 3)).born_by == in_time


def test_a_birth_year_cut_off_admits_that_year_and_none_after():
    assert BornBy(2007).opens_on(dt.date(2007, 12, 31)) == dt.date(2007, 12, 31)
    assert BornBy(2007).opens_on(dt.date(2008, 1, 1)) == NEVER


def test_after_a_birth_year_cut_off_recording_still_opens_with_the_obligation():
    policy = EligibilityPolicy(recording=BornBy(2007))

    assert policy.opens_on(dt.date(2008, 1, 1)) == dt.date(2025, 1, 1)


def test_marriage_alone_never_opens_for_the_unmarried():
    assert EverMarried().opens_on(dt.date(2000, 1, 1)) == NEVER


def test_any_of_opens_with_the_first():
    rule = AnyOf((WholeYears(17), BornBy(2006)))

    assert rule.opens_on(dt.date(2006, 5, 1)) == dt.date(2006, 5, 1)
    assert rule.opens_on(dt.date(2007, 5, 1)) == dt.date(2024, 5, 1)


def test_a_whole_age_stands_for_its_rule():
    assert EligibilityPolicy(recording=15).recording == WholeYears(15)


def test_several_rules_stand_for_any_of_them():
    rules = (WholeYears(15), EverMarried())

    assert EligibilityPolicy(recording=rules).recording == AnyOf(rules)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: WholeYears(121), r"WholeYears\.years must be a whole number from 0 to 120"),
        (lambda: WholeYears(True), "got a bool"),
        (lambda: WholeMonths(-1), "from 0 to 1440, got -1"),
        (lambda: TurnsBy(17, "2024-11-27"), r"TurnsBy\.day must be a datetime\.date"),
        (lambda: BornBy(0), r"BornBy\.year"),
        (lambda: AnyOf(()), "at least one rule"),
        (lambda: AnyOf((16,)), "eligibility rules only, got a int"),
        (lambda: EligibilityPolicy(recording=16.5), "a whole age in years or one of WholeYears"),
        (lambda: EligibilityPolicy(recording="16"), "eligibility rules only, got a str"),
        (lambda: EligibilityPolicy(leap_day="today"), "must be one of MARCH_1, FEBRUARY_28"),
    ],
)
def test_a_wrong_rule_is_refused_with_the_way_out(make, message):
    with pytest.raises(InvalidFieldError, match=message):
        make()


@given(own.rules(), own.any_births(), own.days() | st.dates(), st.booleans(), own.leap_days())
@example(WholeYears(17), dt.date(2008, 2, 29), dt.date(2025, 2, 28), False, LeapDay.FEBRUARY_28)
@example(
    TurnsBy(0, dt.date(2024, 1, 1)), dt.date(2023, 1, 1), dt.date(2022, 1, 1), False, "MARCH_1"
)
@example(BornBy(2007), dt.date(2007, 5, 1), dt.date(2007, 1, 1), False, LeapDay.MARCH_1)
def test_the_cutoff_is_the_rule(rule, born, on, married, leap_day):
    """One comparison of the birth date with a cutoff says what the opening day says."""
    leap_day = LeapDay(leap_day)
    opens = rule.opens_on(born, married=married, leap_day=leap_day)

    assert rule.cutoff(on, leap_day=leap_day).admits(born, married=married) == (opens <= on)


@given(own.rules(), own.any_births(), st.booleans(), own.leap_days())
def test_a_rule_says_what_its_name_says(rule, born, married, leap_day):
    """The definition, written out once more without the normal form that rules share."""

    def first_day(rule):
        match rule:
            case WholeYears():
                return reaches(born, rule.years * 12, leap_day)
            case WholeMonths():
                return reaches(born, rule.months, leap_day)
            case TurnsBy():
                birthday = reaches(born, rule.years * 12, leap_day)
                return born if birthday <= rule.day else birthday
            case BornBy():
                return born if born.year <= rule.year else NEVER
            case EverMarried():
                return born if married else NEVER
            case AnyOf():
                return min(map(first_day, rule.rules))

    assert rule.opens_on(born, married=married, leap_day=leap_day) == first_day(rule)


@given(own.policies(), own.any_births(), st.booleans())
def test_recording_is_open_to_whoever_is_obliged(policy, born, married):
    assert policy.opens_on(born, married=married) <= policy.card_on(born, married=married)


@given(own.policies(), own.births(), own.days(), own.days(), st.booleans())
def test_whoever_is_eligible_stays_eligible(policy, born, one, other, married):
    first, second = sorted([one, other])
    assume(policy.is_open(born, on=first, married=married))

    assert policy.is_open(born, on=second, married=married)


@given(own.any_births(), own.days() | st.dates(), own.leap_days())
def test_age_is_the_number_of_birthdays_reached(born, on, leap_day):
    policy = EligibilityPolicy(leap_day=leap_day)
    age = policy.age_in_years(born, on=on)
    if age is None:
        assert born > on
        return

    assert reaches(born, age * 12, leap_day) <= on
    assert on < reaches(born, age * 12 + 12, leap_day) or on == NEVER


@pytest.mark.parametrize(
    ("born", "recorded", "married", "status"),
    [
        (dt.date(2008, 9, 4), False, False, PupilStatus.TOO_YOUNG),
        (dt.date(2008, 9, 3), False, False, PupilStatus.WAITING),
        (dt.date(2007, 9, 3), False, False, PupilStatus.CARD_DUE),
        (dt.date(2009, 9, 3), False, True, PupilStatus.CARD_DUE),
        (dt.date(2008, 9, 3), True, False, PupilStatus.RECORDED),
        (dt.date(2007, 9, 3), True, False, PupilStatus.RECORDED_OBLIGED),
        (dt.date(2024, 9, 4), False, False, PupilStatus.NOT_KNOWN),
        (dt.date(1899, 12, 31), True, False, PupilStatus.NOT_KNOWN),
        (None, False, True, PupilStatus.NOT_KNOWN),
    ],
)
def test_status_on_a_day(born, recorded, married, status):
    on = dt.date(2024, 9, 3)

    assert DEFAULT.status(born, on=on, recorded=recorded, married=married) is status


def test_those_waited_for_are_those_not_recorded_who_may_be():
    assert [status for status in PupilStatus if status.waits] == [
        PupilStatus.WAITING,
        PupilStatus.CARD_DUE,
    ]
