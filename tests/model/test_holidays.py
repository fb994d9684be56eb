"""Holidays of any year: by the package's categories, whatever words it uses."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, MissingExtraError, SchoolEktpWarning
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.holidays import public_holidays

YEARS = range(2020, 2031)
DECREED = range(2020, 2028)
years = pytest.mark.parametrize("year", YEARS)
days = st.dates(dt.date(2020, 1, 1), dt.date(2027, 12, 31))


def of_year(year, **options):
    return public_holidays(dt.date(year, 1, 1), dt.date(year, 12, 31), **options)


def category(name, year):
    return set(country_holidays("ID", years=year, categories=(name,)))


def a_season(first, last, **changes):
    return VisitCalendar(first_day=first, last_day=last, **changes)


@years
def test_kinds_are_the_categories_of_the_package(year):
    found = of_year(year)

    assert set(found.holidays) == category("public", year)
    assert set(found.joint_leave) == category("government", year) - category("public", year)


@years
def test_days_that_never_move_are_national_holidays(year):
    fixed = {dt.date(year, 1, 1), dt.date(year, 5, 1), dt.date(year, 8, 17), dt.date(year, 12, 25)}

    assert fixed <= set(of_year(year).holidays)
    assert 14 <= len(of_year(year).holidays) <= 20


@years
def test_joint_leave_is_known_for_the_years_that_were_decreed(year):
    assert bool(of_year(year).joint_leave) == (year in DECREED)


@years
def test_the_language_changes_names_and_no_day(year):
    indonesian, english = of_year(year), of_year(year, lang="en")

    assert [set(kind) for kind in indonesian] == [set(kind) for kind in english]
    assert indonesian.holidays[dt.date(year, 12, 25)] == "Hari Raya Natal"
    assert english.holidays[dt.date(year, 12, 25)] == "Christmas Day"


@given(days, days)
def test_a_season_has_the_days_of_its_years_that_lie_in_it(one, other):
    first, last = sorted([one, other])
    whole = public_holidays(dt.date(first.year, 1, 1), dt.date(last.year, 12, 31))

    found = public_holidays(first, last)

    for kind, all_days in zip(found, whole, strict=True):
        assert list(kind) == sorted(kind)
        assert set(kind) == {day for day in all_days if first <= day <= last}
    assert not set(found.holidays) & set(found.joint_leave)


@given(days, days, st.dictionaries(days, st.just("own"), max_size=5), days)
def test_own_days_stay_and_days_excepted_are_no_days_off(one, other, own, excepted):
    first, last = sorted([one, other])
    last = min(last, first + dt.timedelta(days=1_000))  # a calendar is three years at the most

    season = a_season(first, last, joint_leave=own).with_public_holidays(except_on=[excepted])

    found = public_holidays(first, last)
    expected = set(found.holidays) | set(found.joint_leave) | set(own)
    assert set(season.days_off) == expected - {excepted}
    assert {day for day in own if day != excepted} <= dict(season.joint_leave).keys()
    assert not dict(season.joint_leave).keys() & dict(season.holidays).keys()


def test_the_rest_of_the_season_stays_as_it_was():
    season = a_season(dt.date(2026, 8, 1), dt.date(2026, 8, 31), friday_ends="11:00")

    closed = season.with_public_holidays()

    assert closed.friday_ends == 11 * 60
    assert dict(closed.holidays)[dt.date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"


def test_a_year_without_joint_leave_is_reported_and_the_switch_silences_it():
    season = a_season(dt.date(2027, 11, 1), dt.date(2028, 2, 1))

    with pytest.warns(SchoolEktpWarning, match="known for 2028: give VisitCalendar joint_leave"):
        season.with_public_holidays()
    assert season.with_public_holidays(joint_leave_missing_ok=True).days_off
    own = a_season(season.first_day, season.last_day, joint_leave={dt.date(2028, 1, 28): "Imlek"})
    assert dt.date(2028, 1, 28) in own.with_public_holidays().days_off


def test_years_the_package_does_not_know_are_refused():
    with pytest.raises(InvalidFieldError, match="last_day must lie from 1946 to 2100, got 2101-01"):
        public_holidays(dt.date(2100, 1, 1), dt.date(2101, 1, 1))


def test_without_the_extra_the_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)

    with pytest.raises(MissingExtraError, match=r"holidays of any year needs.*\[calendar\]"):
        of_year(2026)
