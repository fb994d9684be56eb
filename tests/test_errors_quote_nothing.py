"""
Names stand where numbers belong: a message about one gives the place, never the text.

Columns of a school's list slip to the side, and people type a name into any parameter. An error
is copied into chats and logs, so it must not hold it.
"""

from __future__ import annotations

import datetime as dt
import traceback

import polars as pl
import pytest

import school_ektp as ek
from school_ektp.errors import SchoolEktpError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.school import Location, School
from school_ektp.model.team import Break, Team
from school_ektp.roster.check import check_roster
from school_ektp.roster.demand import demand_of
from school_ektp.roster.read import (
    read_closures,
    read_register,
    read_roster,
    read_schools,
    read_travel,
)

NAME = "RAHASIANAMA BUDI"
DAY = dt.date(2024, 9, 2)
PUPIL = {"student_id": ["1"], "npsn": ["10700669"], "birth_date": [dt.date(2008, 1, 1)]}
HOME = Location(-3.47, 102.52)


def shown_by(error: BaseException) -> str:
    """Return what a traceback shows of an error, without the lines of code in it."""
    shown = traceback.TracebackException.from_exception(error)
    inner = (shown.__cause__, None if shown.__suppress_context__ else shown.__context__)
    return "".join(
        line for one in (shown, *inner) if one is not None for line in one.format_exception_only()
    )


DOORS = {
    "School.npsn": lambda: School(npsn=NAME, name="SMA", level="SMA", kecamatan="Curup"),
    "School.level": lambda: School(npsn="10700669", name="SMA", level=NAME, kecamatan="Curup"),
    "School.session": lambda: School(
        npsn="10700669", name="SMA", level="SMA", kecamatan="Curup", session=NAME
    ),
    "School.week_days": lambda: School(
        npsn="10700669", name="SMA", level="SMA", kecamatan="Curup", week_days=NAME
    ),
    "SchoolDemand.npsn": lambda: SchoolDemand(npsn=NAME, groups=[]),
    "Closure.npsn": lambda: Closure(DaySpan(DAY, DAY), "PTS", npsn=NAME),
    "Closure.level": lambda: Closure(DaySpan(DAY, DAY), "PTS", level=NAME),
    "Team.works": lambda: Team(name="Tim 1", base=HOME, works=NAME),
    "Team.works, a list": lambda: Team(name="Tim 1", base=HOME, works=[NAME]),
    "Team.works, part of a rule": lambda: Team(
        name="Tim 1", base=HOME, works=f"FREQ=WEEKLY;BYDAY={NAME}"
    ),
    "Team.works, a key": lambda: Team(name="Tim 1", base=HOME, works=f"FREQ=WEEKLY;{NAME}=1"),
    "Team.shift": lambda: Team(name="Tim 1", base=HOME, shift=NAME),
    "Team.breaks": lambda: Team(name="Tim 1", base=HOME, breaks=[NAME]),
    "Break": lambda: Break(NAME),
    "check_roster, birth date": lambda: check_roster(
        pl.DataFrame(PUPIL | {"birth_date": [NAME]}), schools=None, on=DAY
    ),
    "check_roster, npsn": lambda: check_roster(
        pl.DataFrame(PUPIL | {"npsn": [NAME]}), schools=None, on=DAY
    ),
    "check_roster, a list of npsn": lambda: check_roster(
        pl.DataFrame(PUPIL | {"npsn": [[NAME]]}), schools=None, on=DAY
    ),
    "demand_of, npsn": lambda: demand_of(pl.DataFrame(PUPIL | {"npsn": [NAME]}), on=DAY),
}
#: Reader, name of a file, its text, and what else the reader is given.
FILES = {
    "roster, npsn": (read_roster, "a.csv", f"Nama;Tanggal Lahir;NPSN\nX;2008-10-01;{NAME}\n", {}),
    "roster, no header": (read_roster, "a.csv", f"{NAME};2008-10-01\n{NAME};2008-10-02\n", {}),
    "roster, one column": (read_roster, "a.csv", f"{NAME}\n{NAME}\n", {}),
    "roster, json": (read_roster, "a.json", f'{{"{NAME}": "{NAME}"}}', {}),
    "roster, json cut": (read_roster, "a.json", f'[{{"nama": "{NAME}", "nisn": ', {}),
    "roster, npsn given": (
        *(read_roster, "a.csv", "Nama;NISN;Tanggal Lahir\nX;0081234501;2008-10-01\n"),
        {"npsn": NAME},
    ),
    "register": (read_register, "a.csv", f"{NAME}\n{NAME}\n", {}),
    "schools, npsn": (
        *(read_schools, "a.csv", f"npsn,nama,bentuk,kecamatan\n{NAME},U,SMA,C\n"),
        {},
    ),
    "closures, npsn": (
        *(read_closures, "a.csv", f"mulai;kegiatan;npsn\n2024-09-01;UTS;{NAME}\n"),
        {},
    ),
    "closures, day": (read_closures, "a.csv", f"mulai;kegiatan\n{NAME};UTS\n", {}),
    "closures, level": (
        *(read_closures, "a.csv", f"mulai;kegiatan;jenjang\n2024-09-01;UTS;{NAME}\n"),
        {},
    ),
    "travel, minutes": (read_travel, "a.csv", f"dari;ke;menit\na;b;{NAME}\n", {}),
    "travel, matrix": (
        *(read_travel, "a.json", f'{{"durations": [["{NAME}", 0], [0, 0]]}}'),
        {"places": ["a", "b"]},
    ),
    "plan": (ek.Plan.from_json, "a.json", f'{{"format": "{NAME}"}}', {}),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_name_at_a_door_is_not_quoted(door):
    try:
        made = DOORS[door]()
    except SchoolEktpError as error:
        shown = shown_by(error)
    else:
        shown = f"{made!r}{getattr(made, 'issues', '')}"
        if isinstance(getattr(made, "issues", None), pl.DataFrame):
            shown += made.issues.write_csv()

    assert NAME not in shown
    assert "BUDI" not in shown


@pytest.mark.parametrize("file", FILES)
def test_a_name_in_a_file_is_not_quoted(file, tmp_path):
    read, name, text, options = FILES[file]
    path = tmp_path / name
    path.write_text(text)
    try:
        made = read(path, **options)
    except SchoolEktpError as error:
        shown = shown_by(error)
    else:
        coded = getattr(made, "coded_issues", None)
        shown = repr(made) + (coded.write_csv() if coded is not None else "")
        if read is read_roster:
            shown += check_roster(made, schools=None, on=DAY).issues.write_csv()

    assert NAME not in shown
    assert "BUDI" not in shown


def test_shown_by_sees_what_a_traceback_shows():
    """The test itself: a cause is seen, a context that is suppressed is not."""
    cause = ValueError(NAME)
    error = SchoolEktpError("x")
    error.__cause__ = cause

    assert NAME in shown_by(error)
    error.__cause__, error.__context__, error.__suppress_context__ = None, cause, True
    assert NAME not in shown_by(error)
    error.__suppress_context__ = False
    assert NAME in shown_by(error)
