"""
The cutoff against the scalar rule: every birth, every day of nine years, every age.

77,066 births × 3,286 days × 121 ages × 2 conventions are 61 thousand million decisions. For one age
the opening days are computed one birth at a time by the scalar rule and found to be in order; who
is open on a day is then a prefix of the births, and two prefixes are equal when they are as long.
"""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from school_ektp.model.ages import LeapDay
from school_ektp.model.eligibility import WholeYears
from school_ektp.roster.eligibility import born_within, opening_day

BIRTHS = pl.date_range(dt.date(1900, 1, 1), dt.date(2110, 12, 31), eager=True).alias("birth_date")
YEARS = (1900, 2000, *range(2023, 2029), 2100)
DAYS = pl.concat(
    pl.date_range(dt.date(year, 1, 1), dt.date(year, 12, 31), eager=True) for year in YEARS
)
BEFORE = dt.date(1899, 12, 31)  # stands for a cutoff before all births


def scalar_openings(rule, leap_day):
    return pl.Series([rule.opens_on(born, leap_day=leap_day) for born in BIRTHS])


@pytest.mark.nightly
@pytest.mark.parametrize("leap_day", LeapDay)
@pytest.mark.parametrize("years", range(121))
def test_the_cutoff_is_the_scalar_rule_on_every_date(years, leap_day):
    rule = WholeYears(years)
    opens = scalar_openings(rule, leap_day)
    assert opens.is_sorted()
    cutoffs = [rule.cutoff(day, leap_day=leap_day).born_by for day in DAYS]
    lasts = pl.Series([max(last or BEFORE, BEFORE) for last in cutoffs])

    open_by_rule = opens.search_sorted(DAYS, side="right")
    open_by_cutoff = BIRTHS.search_sorted(lasts, side="right")

    assert open_by_rule.equals(open_by_cutoff, check_names=False)
    frame = BIRTHS.to_frame()
    by_expression = frame.select(opening_day(rule.opening(leap_day))).to_series()
    assert by_expression.equals(opens, check_names=False)


@pytest.mark.nightly
@pytest.mark.parametrize("leap_day", LeapDay)
@pytest.mark.parametrize("years", [0, 16, 17, 18, 100])
def test_the_mask_is_the_scalar_rule_on_every_date(years, leap_day):
    """The comparison itself, row by row and day by day, for the ages in use and two extremes."""
    rule = WholeYears(years)
    opens = scalar_openings(rule, leap_day)
    frame = BIRTHS.to_frame()
    for day in DAYS:
        mask = frame.select(born_within(rule.cutoff(day, leap_day=leap_day))).to_series()
        assert (mask == (opens <= day)).all()
