"""Recurring days: those that fall, counted from the first day asked for, within a moment."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.clock import DaySpan
from school_ektp.model.weekly import MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY, check_rule, days_of

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
spans = st.builds(
    lambda first, length: DaySpan(first, first + dt.timedelta(days=length)),
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 60),
)


@attrs.frozen
class Ruled:
    """Anything with a rule."""

    rule: str = attrs.field(validator=check_rule)


@given(spans, st.sets(st.sampled_from(range(7)), min_size=1))
def test_the_weekdays_of_a_rule_are_all_days_of_the_span_with_their_name(span, weekdays):
    rule = f"FREQ=WEEKLY;BYDAY={','.join(NAMES[day] for day in sorted(weekdays))}"

    assert days_of(Ruled(rule).rule, span) == {day for day in span if day.weekday() in weekdays}


@given(spans, st.integers(1, 5))
def test_every_so_many_days_are_counted_from_the_first_day_of_the_span(span, step):
    assert days_of(f"FREQ=DAILY;INTERVAL={step}", span) == {*list(span)[::step]}


def test_every_other_week_begins_with_the_week_of_the_first_day():
    span = DaySpan(dt.date(2024, 9, 9), dt.date(2024, 10, 4))

    assert sorted(days_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", span)) == [
        *(dt.date(2024, 9, 10), dt.date(2024, 9, 24))
    ]


@given(spans)
def test_usual_weeks_differ_by_saturdays(span):
    more = days_of(MONDAY_TO_SATURDAY, span) - days_of(MONDAY_TO_FRIDAY, span)

    assert more == {day for day in span if day.weekday() == 5}


@pytest.mark.parametrize("rule", [MONDAY_TO_FRIDAY, "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=YEARLY"])
def test_rules_of_days_and_longer_are_taken(rule):
    assert Ruled(rule).rule == rule


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        *((None, "of days such as"), ("", "and cannot be read"), ("Tuesdays", "cannot be read")),
        *(("FREQ=HOURLY", "of days such as"), ("FREQ=DAILY;BYHOUR=8", "of days such as")),
        *(("FREQ=DAILY;INTERVAL=0", "of days such as"), ("FREQ=DAILY;INTERVAL=-1", "of days")),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "that falls on some day"),
        ("FREQ=DAILY;" + "X" * 1_000, "of days such as"),
    ],
)
def test_a_rule_without_days_or_without_an_end_of_looking_is_refused(rule, fault):
    with pytest.raises(InvalidFieldError, match=rf"Ruled\.rule must be a recurrence rule.*{fault}"):
        Ruled(rule)
