"""Weekly and other recurring patterns, written as RFC 5545 recurrence rules."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import attrs
from dateutil.rrule import rrulestr

from school_ektp.model.clock import DaySpan
from school_ektp.model.fields import refuse

MONDAY_TO_FRIDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
MONDAY_TO_SATURDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"

_SOME_DAY = dt.datetime(2024, 1, 1)
_LATE = dt.datetime(9970, 1, 1)  # a rule that never falls is looked through to the year 9999
_LONGEST = 1_000  # characters
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_FREQUENCY = re.compile(r"FREQ=([^;\n]*)")
_STEP = re.compile(r"INTERVAL=([^;\n]*)")
_NEVER = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=")


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
    """Validate a recurrence rule of whole days, one whose days can be found in a moment."""
    if not isinstance(value, str) or len(value) > _LONGEST or not _is_daily(value):
        fault = f"must be a recurrence rule of days such as {MONDAY_TO_FRIDAY!r}"
        raise refuse(instance, attribute, fault)
    try:
        falls = "UNTIL" in value.upper() or any(True for _ in rrulestr(value, dtstart=_LATE))
        if falls:
            rrulestr(value, dtstart=_SOME_DAY).between(_SOME_DAY, _SOME_DAY, inc=True)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        fault = f"must be a recurrence rule such as {MONDAY_TO_FRIDAY!r}, and cannot be read"
        raise refuse(instance, attribute, fault) from None
    if not falls:
        raise refuse(instance, attribute, "must be a recurrence rule that falls on some day")


def _is_daily(rule: str) -> bool:
    """Return whether a rule counts in days or longer, and comes forward."""
    given = rule.upper().replace(" ", "")
    steps = _STEP.findall(given)
    return (
        all(name in _FREQUENCIES for name in _FREQUENCY.findall(given))
        and all(step.isascii() and step.isdigit() and int(step[:6]) > 0 for step in steps)
        and not _NEVER.search(given)
    )
