"""Times of day as whole minutes from midnight, and spans of days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields

DAY_MINUTES = 24 * 60
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")


def minute_of_day(value: int | str | dt.time) -> int:
    """
    Return minutes from midnight.

    Args:
        value: Minutes, ``"07:30"`` or ``"07.30"``, or a time of day.

    Raises:
        InvalidFieldError: Not a time between 00:00 and 24:00.
    """
    match value:
        case bool():
            minute = -1
        case dt.time():
            minute = value.hour * 60 + value.minute
        case int():
            minute = value
        case str() if found := _CLOCK.fullmatch(value.strip()):
            minute = int(found[1]) * 60 + int(found[2])
        case _:
            minute = -1
    if not 0 <= minute <= DAY_MINUTES:
        fault = f"must be a time such as '07:30' from 00:00 to 24:00, got {fields.shown(value)}"
        raise InvalidFieldError("clock", "time", fault)
    return minute


def clock_text(minute: int) -> str:
    """Return ``"07:30"`` for 450."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@attrs.frozen(order=True)
class TimeWindow:
    """
    From one time of a day to a later one.

    Attributes:
        start: First minute, counted from midnight; ``"07:30"`` is accepted.
        end: Minute at which the window is over.
    """

    start: int = attrs.field(converter=minute_of_day)
    end: int = attrs.field(converter=minute_of_day)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            fault = f"must be after {clock_text(self.start)}, got {clock_text(self.end)}"
            raise InvalidFieldError("TimeWindow", "end", fault)

    def __str__(self) -> str:
        return f"{clock_text(self.start)}-{clock_text(self.end)}"

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start

    @arguments.checked
    def until(self, minute: int) -> TimeWindow | None:
        """Return the part before *minute*, or None when nothing is left."""
        end = min(self.end, minute)
        return TimeWindow(self.start, end) if end > self.start else None


def as_window(value: TimeWindow | str | tuple[str | int, str | int]) -> TimeWindow:
    """Return a window from itself, from ``"07:30-12:30"`` or from a pair of times."""
    if isinstance(value, TimeWindow):
        return value
    given: object = value
    parts = value.split("-") if isinstance(value, str) else []
    if isinstance(given, list | tuple):
        parts = [*given]
    if len(parts) != 2:  # noqa: PLR2004 - a window has two ends
        raise InvalidFieldError("TimeWindow", "value", "must look like '07:30-12:30'")
    return TimeWindow(parts[0], parts[1])


@attrs.frozen(order=True)
class DaySpan:
    """
    Days from *first* to *last*, both included.

    Attributes:
        first: First day.
        last: Last day; the first when not given.
    """

    first: dt.date = attrs.field(validator=fields.day)
    last: dt.date = attrs.field(
        default=attrs.Factory(lambda span: span.first, takes_self=True), validator=fields.day
    )

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            fault = f"must not be before {self.first}, got {self.last}"
            raise InvalidFieldError("DaySpan", "last", fault)

    def __contains__(self, value: dt.date) -> bool:
        return self.first <= value <= self.last

    def __iter__(self) -> Iterator[dt.date]:
        return (
            self.first + dt.timedelta(days=number)
            for number in range((self.last - self.first).days + 1)
        )
