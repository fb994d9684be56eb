"""Times of day and spans of days: written and read back, and nothing outside of a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.clock import (
    DAY_MINUTES,
    DaySpan,
    TimeWindow,
    as_window,
    clock_text,
    minute_of_day,
)

MONDAY = dt.date(2024, 9, 9)

FRIDAY = dt.date(2024, 9, 13)


@pytest.mark.parametrize(
    ("given", "minute"), [("07:30", 450), ("7.30", 450), (dt.time(7, 30), 450), (0, 0)]
)
def test_times_are_read_as_people_write_them(given, minute):
    assert minute_of_day(given) == minute


@pytest.mark.parametrize("given", ["7", "07:60", "24:30", -1, True, None, 1.5])
def test_what_is_no_time_is_refused(given):
    with pytest.raises(InvalidFieldError, match="must be a time such as '07:30'"):
        minute_of_day(given)


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(InvalidFieldError, match="last must not be before 2024-09-13"):
        DaySpan(FRIDAY, MONDAY)


minutes = st.integers(0, DAY_MINUTES)
windows = (
    st.tuples(minutes, minutes)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: TimeWindow(min(pair), max(pair)))
)


@given(minutes)
def test_a_minute_reads_back_from_its_text(minute):
    assert minute_of_day(clock_text(minute)) == minute_of_day(minute) == minute
    assert minute_of_day(f" {clock_text(minute).replace(':', '.')} ") == minute


@given(windows)
def test_a_window_reads_back_from_its_text_or_its_ends(window):
    assert as_window(str(window)) == window
    assert as_window((window.start, window.end)) == as_window(window) == window


@given(windows, minutes)
def test_the_part_before_a_minute_and_the_rest_make_the_window(window, minute):
    part = window.until(minute)

    inside = sum(window.start <= one < min(window.end, minute) for one in range(DAY_MINUTES))
    assert (part.minutes if part else 0) == inside
    assert part is None or (part.start, part.end) == (window.start, min(window.end, minute))


@pytest.mark.parametrize(("start", "end"), [("13:00", "07:30"), ("08:00", "08:00")])
def test_a_window_that_does_not_go_forward_is_refused(start, end):
    with pytest.raises(InvalidFieldError, match=f"end must be after {start}, got {end}"):
        TimeWindow(start, end)


@pytest.mark.parametrize("value", ["07:30", "07:30-12:00-13:00", ("07:30",)])
def test_a_window_has_two_ends(value):
    with pytest.raises(InvalidFieldError, match="must look like '07:30-12:30'"):
        as_window(value)


@given(st.dates(MONDAY, FRIDAY), st.integers(0, 40))
def test_a_span_holds_each_of_its_days_once_and_no_other(first, length):
    span = DaySpan(first, first + dt.timedelta(days=length))
    days = list(span)

    assert days == sorted(set(days))
    assert (days[0], days[-1], len(days)) == (span.first, span.last, length + 1)
    assert all(day in span for day in days)
    assert span.first - dt.timedelta(days=1) not in span
    assert span.last + dt.timedelta(days=1) not in span
    assert DaySpan(first).last == first
