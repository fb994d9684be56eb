"""Weekly and other recurring patterns, written as RFC 5545 recurrence rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
from dateutil.rrule import rrulestr

from school_ektp.model.clock import DaySpan
from school_ektp.model.fields import refuse

MONDAY_TO_FRIDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
MONDAY_TO_SATURDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"


def days_of(rule: str, span: DaySpan) -> frozenset[dt.date]:
    """
    Return the days of *span* on which *rule* falls.

    Args:
        rule: Recurrence rule such as ``"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"``; it counts from the
            first day of *span*.
        span: Days asked for.
    """
    start = dt.datetime.combine(span.first, dt.time())
    end = dt.datetime.combine(span.last, dt.time())
    found = rrulestr(rule, dtstart=start).between(start, end, inc=True)
    return frozenset(moment.date() for moment in found)


def check_rule(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """Validate a recurrence rule of whole days."""
    try:
        rrulestr(str(value), dtstart=dt.datetime(2024, 1, 1))
    except (ValueError, TypeError, KeyError, AttributeError):
        fault = f"must be a recurrence rule such as {MONDAY_TO_FRIDAY!r}, got {value!r}"
        raise refuse(instance, attribute, fault) from None
