"""When schools can be visited."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.school import School

MONDAY = dt.date(2024, 9, 9)
FRIDAY = dt.date(2024, 9, 13)
SATURDAY = dt.date(2024, 9, 14)
MAULID = dt.date(2024, 9, 16)
LAST = dt.date(2024, 11, 27)


def a_calendar(**changes):
    return VisitCalendar(**{"first_day": MONDAY, "last_day": LAST} | changes)


def a_school(**changes):
    given = {"npsn": "10700669", "name": "x", "level": "SMK", "kecamatan": "Curup"}
    return School(**given | changes)


def windows(calendar, school, day):
    return [str(window) for window in calendar.sessions(school, day)]


def test_fridays_end_early():
    assert windows(a_calendar(), a_school(), MONDAY) == ["07:30-13:00"]
    assert windows(a_calendar(), a_school(), FRIDAY) == ["07:30-11:30"]


def test_saturday_is_a_school_day_for_some():
    assert windows(a_calendar(), a_school(week_days=6), SATURDAY) == ["07:30-13:00"]
    assert windows(a_calendar(), a_school(week_days=5), SATURDAY) == []


def test_nobody_is_received_outside_the_season_or_on_sunday():
    assert a_calendar().why_closed(a_school(), MONDAY - dt.timedelta(days=1)) == (
        "outside the season"
    )
    assert a_calendar().why_closed(a_school(), SATURDAY + dt.timedelta(days=1)) == "weekend"


def test_holidays_and_joint_leave_close_every_school_and_are_named():
    calendar = a_calendar(holidays={MAULID: "Maulid Nabi"}, joint_leave=[(FRIDAY, "Cuti bersama")])

    assert calendar.why_closed(a_school(), MAULID) == "Maulid Nabi"
    assert calendar.why_closed(a_school(), FRIDAY) == "Cuti bersama"


def test_ramadan_shortens_and_the_shorter_end_counts():
    calendar = a_calendar(ramadan=DaySpan(MONDAY, SATURDAY), ramadan_ends="12:00")

    assert windows(calendar, a_school(), MONDAY) == ["07:30-12:00"]
    assert windows(calendar, a_school(), FRIDAY) == ["07:30-11:30"]


def test_a_session_that_begins_after_the_early_end_is_none():
    assert windows(a_calendar(), a_school(session="12:00-15:00"), FRIDAY) == []


def test_closures_hold_for_whom_they_name():
    exams = Closure(DaySpan(MONDAY), "exam", level="SMK")
    event = Closure(DaySpan(MONDAY), "anniversary", npsn="10700670")

    assert windows(a_calendar(closures=[exams]), a_school(), MONDAY) == []
    assert windows(a_calendar(closures=[exams]), a_school(level="SMA"), MONDAY) != []
    assert windows(a_calendar(closures=[event]), a_school(), MONDAY) != []
    assert windows(a_calendar(closures=[event]), a_school(npsn="10700670"), MONDAY) == []


def test_a_school_closes_days_of_its_own():
    assert windows(a_calendar(), a_school(closed=[MONDAY]), MONDAY) == []


def test_placement_takes_a_grade_or_a_class_away_and_leaves_the_school_open():
    pkl = Closure(DaySpan(MONDAY, FRIDAY), "PKL", level="SMK", class_name="XI")
    calendar, school = a_calendar(closures=[pkl]), a_school()

    assert windows(calendar, school, MONDAY) != []
    assert calendar.class_away(school, "XI TKJ 1", MONDAY)
    assert not calendar.class_away(school, "XII TKJ 1", MONDAY)
    assert not calendar.class_away(school, "", MONDAY)
    assert not calendar.class_away(a_school(level="SMA"), "XI TKJ 1", MONDAY)
    assert not calendar.class_away(school, "XI TKJ 1", SATURDAY)


def test_visits_can_be_kept_to_a_weekly_pattern():
    calendar = a_calendar(visit_days="FREQ=WEEKLY;BYDAY=TU,WE,TH")

    assert windows(calendar, a_school(), MONDAY) == []
    assert windows(calendar, a_school(), MONDAY + dt.timedelta(days=1)) != []


def test_a_season_that_ends_before_it_starts_is_refused():
    with pytest.raises(InvalidFieldError, match="last_day must not be before the first day"):
        a_calendar(last_day=MONDAY - dt.timedelta(days=1))


@given(st.dates(MONDAY, LAST), st.sampled_from([5, 6]), st.booleans())
def test_sessions_exist_exactly_when_nothing_closes_the_school(day, week_days, holiday):
    calendar = a_calendar(holidays={day: "x"} if holiday else {})
    school = a_school(week_days=week_days)

    assert bool(calendar.sessions(school, day)) == (not calendar.why_closed(school, day))


def test_of_several_names_of_a_day_the_one_given_last_wins():
    day = dt.date(2024, 9, 16)
    calendar = VisitCalendar(
        first_day=day, last_day=day, holidays=[(day, "Z of a table"), (day, "A of the user")]
    )

    assert calendar.days_off == {day: "A of the user"}


@pytest.mark.parametrize("kind", ["holidays", "joint_leave"])
@pytest.mark.parametrize(
    "name",
    ["Natal\u2028", "Na\x07tal", "Natal\nBEGIN:VEVENT", "\ud800", "\u202eNatal", "Na\u200btal"],
)
def test_a_name_of_a_day_is_one_line(kind, name):
    day = dt.date(2024, 12, 25)

    with pytest.raises(InvalidFieldError, match=rf"{kind} must be one line of text without"):
        VisitCalendar(first_day=day, last_day=day, **{kind: {day: name}})


@pytest.mark.parametrize("last", [dt.date(2124, 11, 27), dt.date(2027, 9, 12), dt.date.max])
def test_a_season_of_more_than_three_years_is_a_slip_of_the_year(last):
    """Planning day by day for a century took minutes, and nobody was told why."""
    with pytest.raises(InvalidFieldError, match=r"last_day must be within 1098 days of the first"):
        VisitCalendar(first_day=dt.date(2024, 9, 9), last_day=last)


def test_a_season_may_take_three_years():
    first = dt.date(2024, 9, 9)

    assert (
        len(VisitCalendar(first_day=first, last_day=first + dt.timedelta(days=1097)).days) == 1098
    )
