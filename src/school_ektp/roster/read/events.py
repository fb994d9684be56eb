"""Events of calendars: as any program exports them (.ics), or as Google gives them in JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from school_ektp.errors import ReadError
from school_ektp.roster.read.delimited import decoded

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z-]+)(?:;(?:\"[^\"]*\"|[^\":])*)?:(.*)")
_ESCAPED = re.compile(r"\\(.)")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(.*)", re.DOTALL)


def ical_rows(content: bytes, file: str) -> list[dict[str, Any]]:
    """
    Return the events of an iCalendar file (RFC 5545) as rows of `event_rows`.

    Raises:
        ReadError: An event comes again by a rule, which gives no days by itself.
    """
    rows: list[dict[str, Any]] = []
    event: dict[str, str] | None = None
    for line in _FOLD.sub("", decoded(content)).splitlines():
        found = _LINE.fullmatch(line)
        name, value = (found[1].upper(), found[2]) if found else ("", "")
        if (name, value.upper()) == ("BEGIN", "VEVENT"):
            event = {}
        elif (name, value.upper()) == ("END", "VEVENT") and event is not None:
            rows += _of_ical(event, file)
            event = None
        elif event is not None:
            event.setdefault(name, _ESCAPED.sub(_plain, value))  # alarms come after their event
    return rows


def _plain(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] in "nN" else escaped[1]


def _of_ical(event: Mapping[str, str], file: str) -> Iterator[dict[str, Any]]:
    if "RRULE" in event:
        fault = "has an event that comes again by a rule (RRULE); export its days one by one"
        raise ReadError(file, fault)
    first, last = event.get("DTSTART", ""), event.get("DTEND", "")
    return _event(first, last, {key.lower(): value for key, value in event.items()})


def event_rows(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """
    Yield an event of Google Calendar as a row like those of any table, and any other row as it is.

    The row says ``start``, ``end`` (its last day: in calendars it is the day after), ``summary``
    and ``type``, the first line of its description. Cancelled events are left out.
    """
    first, last = (_of_google(row.get(name)) for name in ("start", "end"))
    return _event(first, last, row) if first else iter([row])


def _of_google(moment: object) -> str:
    found = moment if isinstance(moment, dict) else {}
    return str(found.get("date") or found.get("dateTime") or "")


def _event(first: str, last: str, event: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if str(event.get("status", "")).lower() == "cancelled":
        return
    description = str(event.get("description") or "").strip()
    yield {
        "start": _day(first, 0),
        "end": _day(last, 1) if last else None,
        "summary": event.get("summary"),
        "type": description.splitlines()[0] if description else None,
    }


def _day(text: str, days_less: int) -> str:
    """Return a day as text, or the one before; one with a time of day is the day itself."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return text
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return text
    whole_days = 0 if found[4] else days_less
    return (day - dt.timedelta(days=whole_days)).isoformat() if day.year > 1 else text
