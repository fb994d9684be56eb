"""Dates as rosters write them: ISO, date cells, Excel serials, day-month order, month names."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum

from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.distinct import EMPTY, Cell


class DateOrder(Enum):
    """Which of two numbers before a year is the day."""

    DAY_MONTH = "day_month"  #: Indonesian
    MONTH_DAY = "month_day"  #: American
    SHORT_YEAR_FIRST = "short_year_first"  #: 08-10-25 is 25 October 2008


class DateSystem(Enum):
    """Day zero of the serial numbers of a workbook."""

    FROM_1900 = "1900"  #: counts a 29 February 1900 that never was
    FROM_1904 = "1904"  #: old Macintosh workbooks


class Times(Enum):
    """What a time beside a date means."""

    DATE = "date"  #: nothing: a program made a moment of a date, and the nearest midnight is meant
    MOMENT = "moment"  #: something happened then, by day


EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_PIVOT = 50  # two-digit years: 00 to 49 lie after 2000, the others before

_FALSE_LEAP_DAY = 60  # serial of 29 February 1900
_BEFORE_IT = dt.date(1899, 12, 31)
_AFTER_IT = dt.date(1899, 12, 30)
_EPOCH = dt.date(1970, 1, 1)
_MAC_EPOCH = dt.date(1904, 1, 1)
_LAST_SERIAL = 73_415  # 31 December 2100
_YEAR_ALONE = range(EARLIEST_YEAR, LATEST_YEAR + 1)

_YEAR_HAS = 12  # months
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MONTHS = {
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
_ROMAN = {roman: month for month, roman in enumerate(_NUMERALS, start=1)}

_CLOCK = (
    r"(?:[ t](?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>am|pm)?\s*(?P<zone>(?:utc|gmt)?[+-]\d{2}(?::?\d{2})?|z|utc|gmt|wib|wita|wit|ict)?"
    r"(?:\s*\([^)]*\))?)?"  # a zone's name, as browsers add it
)
YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})" + _CLOCK)
YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _CLOCK)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]+)[-/., ]*(\d{4}|\d{2})" + _CLOCK)
_NAME_FIRST = re.compile(r"([a-z]+)[-/. ]*(\d{1,2})[, ]+(\d{4})" + _CLOCK)
_COMPACT = re.compile(r"\d{8}")
_SERIAL = re.compile(r"(\d{1,5})(?:[.,](\d+))?")
_PLACE = re.compile(
    r"^(?:[^\d,]*,\s*(?=\S)|.*,\s*(?=\d{1,2}[-/. ]))"  # "Curup, 5 Maret 2008"; "Rabu, 5 Maret 2008"
    r"|^[^\d]*[a-z.)]\s*[ :/]\s*(?=\d{1,4}[-/. ])"  # "Curup 05-03-2008"
)
_WEEK_DAY = re.compile(
    r"^(?:sen(?:in)?|sel(?:asa)?|rabu?|kam(?:is)?|jum'?(?:at)?|sab(?:tu)?|minggu|ahad"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?)\.?\s+(?=\S)"
)
_YEAR_AFTER_CLOCK = re.compile(
    r"([a-z]{3} \d{1,2}) (\d{2}:\d{2}:\d{2}(?: [a-z]+(?:[+-][\d:]+)?)?) (\d{4})"
)
_MARKS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212_\\", "-"))
_LOOSE = re.compile(r"(?<=\d)\s*([-/.])\s*(?=\d)")
_SECONDS = re.compile(r"/?(?:date)?\(?(?:(-?\d{11,13})(?:[+-]\d{4})?|(1\d{9}))\)?/?")  # from 1970

_HOUR, _DAY = 3_600, 86_400  # seconds
_NOON = _DAY // 2
_UTC = frozenset({"z", "utc", "gmt", "+00:00", "+0000", "+00", "-00:00", "-0000", "-00"})
_NEXT_DAY_HERE = 15 * _HOUR  # in UTC: midnight in Jayapura; 16 in Makassar, 17 in Jakarta
_AFTER_WORK = 23 * _HOUR  # until a minute before midnight, by which people mean the day's end
_END_OF_DAY = _DAY - 60
_MEAN_TIME = _DAY - 900  # what programs lose that reckon in the local mean time of old

_IMPOSSIBLE = Cell(None, "date_impossible")
_UNREADABLE = Cell(None, "date_unreadable")


def plain_date(text: str) -> str:
    """
    Return the text of a date in lower case, without a place or a day of the week before it.

    Spaces around marks and other kinds of dashes go; a year after the time goes before it.
    """
    plain = clean(text).lower().strip("' .,;").translate(_MARKS)
    if plain[:1].isdigit():
        return _LOOSE.sub(r"\1", plain)
    plain = _YEAR_AFTER_CLOCK.sub(r"\1 \3 \2", _WEEK_DAY.sub("", _LOOSE.sub(r"\1", plain), count=1))
    if _NAME_FIRST.fullmatch(plain):
        return plain
    return _PLACE.sub("", plain, count=1) or plain


def read_date(
    text: str,
    *,
    order: DateOrder = DateOrder.DAY_MONTH,
    system: DateSystem = DateSystem.FROM_1900,
    times: Times = Times.MOMENT,
) -> Cell:
    """
    Return the date a cell shows.

    Notes name repairs (``date_from_serial``, ``date_short_year``, ``date_month_day``,
    ``date_other_order``, ``date_compact``, ``date_with_time``, ``date_next_day``) and faults
    (``date_impossible``: a day that no calendar has, or a year out of 1900 to 2100;
    ``date_unreadable``). Formats that leave no doubt have no note.

    A time beside a date counts so. Of a `Times.DATE` in UTC or without a zone the nearest midnight
    is taken, so 23:52:48 and 17:00 UTC are the day after; noon stays. Of a `Times.MOMENT` in UTC,
    15:00 and later are the day after, which has begun in Jayapura then; without a zone, 23:00 to
    23:58, when nobody works and a program has lost minutes. Any other zone has the date it writes,
    save for the last quarter of an hour.
    Numbers of ten digits are seconds since 1970 in UTC, of 11 to 13 digits thousandths of them.

    Args:
        text: The cell.
        order: What the numbers before a year mean.
        system: What a bare number means.
        times: What a time means.
    """
    plain = plain_date(text)
    if not plain:
        return EMPTY
    if found := _SERIAL.fullmatch(plain):
        return _serial(found, system, times)
    if _COMPACT.fullmatch(plain):
        return _compact(plain)
    if found := _SECONDS.fullmatch(plain):
        return _since_1970(int(found[2] or found[1]) // (1 if found[2] else 1_000), times)
    for form, read in _FORMS:
        if found := form.fullmatch(plain):
            return _at_time(read(found, order), found, times)
    return _UNREADABLE


def _at_time(cell: Cell, found: re.Match[str], times: Times) -> Cell:
    """Return the day that a date and its time mean."""
    if found["hour"] is None or cell.value is None:
        return cell
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "pm")
    seconds = hour * _HOUR + minute * 60 + second
    if seconds > _DAY:
        return _UNREADABLE
    return _on_day(cell, seconds, _zone(found["zone"]), times)


def _zone(text: str | None) -> str:
    plain = (text or "").removeprefix("utc").removeprefix("gmt") or text or ""
    return "utc" if plain in _UTC else plain


def _since_1970(seconds: int, times: Times) -> Cell:
    days, rest = divmod(seconds, _DAY)
    day = _EPOCH + dt.timedelta(days=days)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return _IMPOSSIBLE
    return _on_day(Cell(day, "date_with_time"), rest, "utc", times)


def _on_day(cell: Cell, seconds: int, zone: str, times: Times) -> Cell:
    if times is Times.DATE and zone in {"", "utc"}:
        later, note = seconds > _NOON, "date_with_time" if seconds else cell.note
    elif zone == "utc":
        later, note = seconds >= _NEXT_DAY_HERE, cell.note
    elif zone:
        later, note = _MEAN_TIME <= seconds < _END_OF_DAY or seconds == _DAY, cell.note
    else:
        later, note = _AFTER_WORK <= seconds < _END_OF_DAY or seconds == _DAY, cell.note
    if later:
        return Cell(cell.value + dt.timedelta(days=1), "date_next_day")
    return Cell(cell.value, note)


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


def _year_first(found: re.Match[str], _: DateOrder) -> Cell:
    year, month, day = (int(found[number]) for number in (1, 2, 3))
    if month > _YEAR_HAS >= day:
        return _cell(year, day, month, "date_other_order")
    return _cell(year, month, day)


def _ordered(found: re.Match[str], order: DateOrder) -> Cell:
    first, second = int(found[1]), int(found[2])
    if order is DateOrder.SHORT_YEAR_FIRST and len(found[3]) <= 2:  # noqa: PLR2004 - no long year
        year, note = _year(found[1])
        return _cell(year, second, int(found[3]), note)
    year, note = _year(found[3])
    is_month_first = order is DateOrder.MONTH_DAY
    month, day = (first, second) if is_month_first else (second, first)
    if month > _YEAR_HAS >= day:  # a slip in a number would be right this way round by chance only
        return _cell(year, day, month, "date_other_order")
    return _cell(year, month, day, "date_month_day" if is_month_first else note)


def _day_first(found: re.Match[str], _: DateOrder) -> Cell:
    return _named(found[1], found[2], found[3])


def _name_first(found: re.Match[str], _: DateOrder) -> Cell:
    return _named(found[2], found[1], found[3])


def _named(day: str, name: str, year: str) -> Cell:
    month = MONTHS.get(name) or _ROMAN.get(name)
    if month is None:
        return _UNREADABLE
    number, note = _year(year)
    return _cell(number, month, int(day), note)


_FORMS = (
    (YEAR_LAST, _ordered),
    (YEAR_FIRST, _year_first),
    (_NAMED, _day_first),
    (_NAME_FIRST, _name_first),
)


def _compact(plain: str) -> Cell:
    """Year first or last: no text can be both, as a month would be 19 or more."""
    if plain[:2] in {"19", "20"} and int(plain[4:6]) <= 12:  # noqa: PLR2004 - months
        return _cell(int(plain[:4]), int(plain[4:6]), int(plain[6:]), "date_compact")
    return _cell(int(plain[4:]), int(plain[2:4]), int(plain[:2]), "date_compact")


def _serial(found: re.Match[str], system: DateSystem, times: Times) -> Cell:
    number = int(found[1])
    if number in _YEAR_ALONE or number < 1:  # a year, and no day
        return _UNREADABLE
    if number > _LAST_SERIAL:
        return _IMPOSSIBLE
    cell = serial_date(number, system)
    if cell.value is None or not (found[2] or "").strip("0"):
        return cell
    return _on_day(cell, round(float(f"0.{found[2]}") * _DAY), "", times)


def serial_date(number: int, system: DateSystem) -> Cell:
    """Return the date of a serial number; 60 in the 1900 system is a day that never was."""
    if system is DateSystem.FROM_1904:
        day = _MAC_EPOCH + dt.timedelta(days=number)
        return Cell(day, "date_from_serial") if day.year <= LATEST_YEAR else _IMPOSSIBLE
    if number == _FALSE_LEAP_DAY:
        return _IMPOSSIBLE
    epoch = _BEFORE_IT if number < _FALSE_LEAP_DAY else _AFTER_IT
    return Cell(epoch + dt.timedelta(days=number), "date_from_serial")
