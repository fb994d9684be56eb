"""When an age is reached, and its inverse: which births have reached it by a given day."""

from __future__ import annotations

import calendar
import datetime as dt

from school_ektp.model.fields import Choice

#: Stands for "on no day": later than every day that can be asked about.
NEVER = dt.date.max

YEAR_MONTHS = 12


class LeapDay(Choice):
    """
    On which day an age is reached when its month lacks the day of birth.

    Indonesian law is silent.
    The case is that of 29 February at 17, and with ages in months that of every month end.
    """

    MARCH_1 = "MARCH_1"  #: on the first day of the next month
    FEBRUARY_28 = "FEBRUARY_28"  #: on the last day of the month, as most date libraries do


def reaches(birth_date: dt.date, months: int, leap_day: LeapDay) -> dt.date:
    """
    Return the first day on which someone is *months* old; `NEVER` beyond the year 9999.

    Args:
        birth_date: Day of birth.
        months: Age in whole months, 0 or more.
        leap_day: What holds where the month lacks the day of birth.
    """
    year, month = _months_later(birth_date, months)
    if year > dt.MAXYEAR:
        return NEVER
    last = _last_day(year, month)
    if birth_date.day <= last.day:
        return last.replace(day=birth_date.day)
    return last if leap_day is LeapDay.FEBRUARY_28 else last + dt.timedelta(days=1)


def latest_birth(on: dt.date, months: int, leap_day: LeapDay) -> dt.date | None:
    """
    Return the last day of birth with which one is *months* old on day *on*.

    All earlier births have reached the age too, so one comparison decides; the proof is in
    ``docs/explanation/eligibility.md``.

    Returns:
        The day, or None when nobody born since the year 1 is that old.
    """
    if on == NEVER:
        return NEVER
    year, month = _months_later(on, -months)
    if year < dt.MINYEAR:
        return None
    last = _last_day(year, month)
    clips = leap_day is LeapDay.FEBRUARY_28
    if clips and on == _last_day(on.year, on.month):
        return last
    return last.replace(day=min(on.day, last.day))


def _months_later(day: dt.date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * YEAR_MONTHS + day.month - 1 + months, YEAR_MONTHS)
    return year, month + 1


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
