"""Dates as rosters write them: ISO, date cells, Excel serials, day-month order, month names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import Enum

from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.distinct import EMPTY, Cell


class DateOrder(Enum):
    """Which of two numbers before a year is the day."""

    DAY_MONTH = "day_month"  #: Indonesian
    MONTH_DAY = "month_day"  #: American


class DateSystem(Enum):
    """Day zero of the serial numbers of a workbook."""

    FROM_1900 = "1900"  #: counts a 29 February 1900 that never was
    FROM_1904 = "1904"  #: old Macintosh workbooks


EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_PIVOT = 50  # two-digit years: 00 to 49 lie after 2000, the others before

_FALSE_LEAP_DAY = 60  # serial of 29 February 1900
_BEFORE_IT = dt.date(1899, 12, 31)
_AFTER_IT = dt.date(1899, 12, 30)
_MAC_EPOCH = dt.date(1904, 1, 1)
_LAST_SERIAL = 73_415  # 31 December 2100
_YEAR_ALONE = range(EARLIEST_YEAR, LATEST_YEAR + 1)

_MONTHS = {
    **dict.fromkeys(("januari", "january", "jan"), 1),
    **dict.fromkeys(("februari", "february", "pebruari", "feb", "peb", "febr"), 2),
    **dict.fromkeys(("maret", "march", "mar", "mrt"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mei", "may"), 5),
    **dict.fromkeys(("juni", "june", "jun"), 6),
    **dict.fromkeys(("juli", "july", "jul"), 7),
    **dict.fromkeys(("agustus", "august", "agt", "agst", "agu", "ags", "aug"), 8),
    **dict.fromkeys(("september", "sept", "sep"), 9),
    **dict.fromkeys(("oktober", "october", "okt", "oct"), 10),
    **dict.fromkeys(("november", "nopember", "nov", "nop"), 11),
    **dict.fromkeys(("desember", "december", "des", "dec"), 12),
}

_CLOCK = r"(?:[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})" + _CLOCK)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _CLOCK)
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-z]+)[-/., ]*(\d{4}|\d{2})" + _CLOCK)
_NAME_FIRST = re.compile(r"([a-z]+)[-/. ]*(\d{1,2})[, ]+(\d{4})" + _CLOCK)
_COMPACT = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(\d{1,5})(?:[.,]\d+)?")
_PLACE = re.compile(r"^[^\d,]*,\s*(?=\S)")  # "Curup, 5 Maret 2008"; "Rabu, 5 Maret 2008"

_IMPOSSIBLE = Cell(None, "date_impossible")
_UNREADABLE = Cell(None, "date_unreadable")


def read_date(
    text: str,
    *,
    order: DateOrder = DateOrder.DAY_MONTH,
    system: DateSystem = DateSystem.FROM_1900,
) -> Cell:
    """
    Return the date a cell shows.

    Notes name repairs (``date_from_serial``, ``date_short_year``, ``date_month_day``,
    ``date_compact``) and faults (``date_impossible``: a day that no calendar has, or a year out
    of 1900 to 2100; ``date_unreadable``). Formats that leave no doubt have no note.

    Args:
        text: The cell.
        order: What the numbers before a year mean.
        system: What a bare number means.
    """
    plain = clean(text).lower().strip("' ")
    plain = _PLACE.sub("", plain, count=1) or plain
    if not plain:
        return EMPTY
    if found := _YEAR_LAST.fullmatch(plain):
        return _ordered(found, order)
    if found := _SERIAL.fullmatch(plain):
        return _serial(int(found[1]), system)
    return _unmistakable(plain)


def _unmistakable(plain: str) -> Cell:
    """Read the forms that mean one day in any column."""
    if found := _YEAR_FIRST.fullmatch(plain):
        return _cell(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(plain):
        return _named(found[1], found[2], found[3])
    if found := _NAME_FIRST.fullmatch(plain):
        return _named(found[2], found[1], found[3])
    return _compact(plain) if _COMPACT.fullmatch(plain) else _UNREADABLE


def _cell(year: int, month: int, day: int, note: str = "") -> Cell:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return _IMPOSSIBLE
    try:
        return Cell(dt.date(year, month, day), note)
    except ValueError:  # its text is not shown: it quotes the date
        return _IMPOSSIBLE


def _year(text: str) -> tuple[int, str]:
    number = int(text)
    if len(text) > 2:  # noqa: PLR2004 - digits of a short year
        return number, ""
    return number + (2000 if number < _PIVOT else 1900), "date_short_year"


def _ordered(found: re.Match[str], order: DateOrder) -> Cell:
    first, second = int(found[1]), int(found[2])
    year, note = _year(found[3])
    if order is DateOrder.MONTH_DAY:
        return _cell(year, first, second, "date_month_day")
    return _cell(year, second, first, note)


def _named(day: str, name: str, year: str) -> Cell:
    month = _MONTHS.get(name)
    if month is None:
        return _UNREADABLE
    number, note = _year(year)
    return _cell(number, month, int(day), note)


def _compact(plain: str) -> Cell:
    """Year first or last: no text can be both, as a month would be 19 or more."""
    if plain[:2] in {"19", "20"} and int(plain[4:6]) <= 12:  # noqa: PLR2004 - months
        return _cell(int(plain[:4]), int(plain[4:6]), int(plain[6:]), "date_compact")
    return _cell(int(plain[4:]), int(plain[2:4]), int(plain[:2]), "date_compact")


def _serial(number: int, system: DateSystem) -> Cell:
    if number in _YEAR_ALONE or number < 1:  # a year, and no day
        return _UNREADABLE
    if number > _LAST_SERIAL:
        return _IMPOSSIBLE
    return serial_date(number, system)


def serial_date(number: int, system: DateSystem) -> Cell:
    """Return the date of a serial number; 60 in the 1900 system is a day that never was."""
    if system is DateSystem.FROM_1904:
        day = _MAC_EPOCH + dt.timedelta(days=number)
        return Cell(day, "date_from_serial") if day.year <= LATEST_YEAR else _IMPOSSIBLE
    if number == _FALSE_LEAP_DAY:
        return _IMPOSSIBLE
    epoch = _BEFORE_IT if number < _FALSE_LEAP_DAY else _AFTER_IT
    return Cell(epoch + dt.timedelta(days=number), "date_from_serial")


def date_order(texts: Iterable[str]) -> DateOrder:
    """
    Return the order that a column of dates proves.

    Month-day only when some dates cannot be day-month and none cannot be month-day; a third of
    all dates can be both, so about ten rows settle a column.

    Args:
        texts: Cells; those in other formats prove nothing.
    """
    pairs = [pair for text in texts if (pair := _pair(text))]
    over = [(first > 12, second > 12) for first, second in pairs]  # noqa: PLR2004 - months
    proves_month_day = any(second for _, second in over) and not any(first for first, _ in over)
    return DateOrder.MONTH_DAY if proves_month_day else DateOrder.DAY_MONTH


def _pair(text: str) -> tuple[int, int] | None:
    plain = clean(text).lower()
    found = _YEAR_LAST.fullmatch(_PLACE.sub("", plain, count=1) or plain)
    if not found or max(int(found[1]), int(found[2])) > 31:  # noqa: PLR2004 - days
        return None
    return int(found[1]), int(found[2])
