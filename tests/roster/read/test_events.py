"""Calendars: exports of any program (.ics), and what Google gives in JSON."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read import read_closures, read_holidays, read_roster
from school_ektp.roster.read.events import event_rows

KARTINI = "Perayaan\nUntuk menyembunyikan perayaan, buka Setelan Google Kalender"
EVENTS = [
    ("2024-08-17", "2024-08-18", "Hari Kemerdekaan", "Hari libur nasional", "confirmed"),
    ("2024-04-21", "2024-04-22", "Hari Kartini", KARTINI, "confirmed"),
    ("2024-04-08", "2024-04-10", "Cuti Bersama Idul Fitri", "", "confirmed"),
    ("2024-05-02", "2024-05-03", "Dibatalkan", "Hari libur nasional", "cancelled"),
]
HOLIDAYS = {dt.date(2024, 8, 17): "Hari Kemerdekaan"}
JOINT_LEAVE = dict.fromkeys((dt.date(2024, 4, 8), dt.date(2024, 4, 9)), "Cuti Bersama Idul Fitri")


def google(events=EVENTS):
    return {
        "kind": "calendar#events",
        "summary": "Hari libur di Indonesia",
        "items": [
            {
                "kind": "calendar#event",
                "id": str(number),
                "status": status,
                "summary": name,
                "description": about,
                "start": {"date": first},
                "end": {"date": after},
            }
            for number, (first, after, name, about, status) in enumerate(events)
        ],
    }


def ical(events=EVENTS, more=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for first, after, name, about, status in events:
        lines += [
            "BEGIN:VEVENT",
            f"DTSTART;VALUE=DATE:{first.replace('-', '')}",
            f"DTEND;VALUE=DATE:{after.replace('-', '')}",
            f"SUMMARY;LANGUAGE=id:{name[:6]}\r\n {name[6:]}",
            "DESCRIPTION:" + about.replace(",", "\\,").replace("\n", "\\n"),
            f"STATUS:{status.upper()}{more}",
            *("BEGIN:VALARM", "DESCRIPTION:Perayaan", "END:VALARM", "END:VEVENT"),
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


@pytest.mark.parametrize("text", [ical(), json.dumps(google())], ids=["ics", "google"])
def test_a_calendar_gives_its_days_off(text, tmp_path):
    """An observance is no day off, a cancelled event none at all, and the end is the day after."""
    file = tmp_path / "libur"
    file.write_text(text, encoding="utf-8")

    found = read_holidays(file)

    assert (found.holidays, found.joint_leave) == (HOLIDAYS, JOINT_LEAVE)


@pytest.mark.parametrize("text", [ical(), json.dumps(google())], ids=["ics", "google"])
def test_a_calendar_gives_closures(text, tmp_path):
    file = tmp_path / "ujian"
    file.write_text(text, encoding="utf-8")

    spans = [(one.reason, one.span.first, one.span.last) for one in read_closures(file)]

    assert spans[2] == ("Cuti Bersama Idul Fitri", dt.date(2024, 4, 8), dt.date(2024, 4, 9))
    assert len(spans) == 3


def test_an_event_with_times_is_on_its_day():
    row = {
        "start": {"dateTime": "2024-09-23T07:30:00+07:00"},
        "end": {"dateTime": "2024-09-23T12:00:00+07:00"},
        "summary": "PTS",
    }

    [found] = event_rows(row)

    assert (found["start"], found["end"]) == ("2024-09-23", "2024-09-23")


def test_a_row_of_another_kind_stays_as_it_is():
    row = {"start": "2024-09-23", "nama": "SITI"}

    assert list(event_rows(row)) == [row]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ical(more="\r\nRRULE:FREQ=YEARLY"), r"comes again by a rule \(RRULE\); export its days"),
        (ical([("2024-02-30", "", "X", "", "")]), "row 2: day is no date"),
        (ical([("2024-02-03", "2024-06-03", "X", "", "")]), "row 2: last is more than 60 days on"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "has no table of holidays"),
    ],
)
def test_what_gives_no_days_is_refused(text, fault, tmp_path):
    file = tmp_path / "x.ics"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ReadError, match=fault):
        read_holidays(file)


def test_a_calendar_is_no_roster(tmp_path):
    file = tmp_path / "x.ics"
    file.write_text(ical(), encoding="utf-8")

    with pytest.raises(ReadError, match="has no header with a name or number"):
        read_roster(file)


def test_a_holiday_of_several_days_in_a_table(tmp_path):
    file = tmp_path / "libur.csv"
    file.write_text("Mulai,Selesai,Keterangan\n08/04/2024,09/04/2024,Cuti Bersama Idul Fitri\n")

    assert read_holidays(file).joint_leave == JOINT_LEAVE
