"""Days on which schools cannot be visited: holidays, and closures such as exams and PKL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from school_ektp.errors import InvalidFieldError, ReadError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.roster.read.dates import read_date
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.sources import PathLike
from school_ektp.roster.read.tables import TableRow, table_rows

HOLIDAYS = Layout(
    name="holidays",
    columns={
        "day": ("tanggal", "day", "date", "tgl", "holiday date"),
        "name": (
            *("keterangan", "nama", "name", "hari libur", "libur", "holiday name", "summary"),
            *("local name", "peringatan", "deskripsi", "description", "title", "holiday"),
        ),
        "kind": ("jenis", "kind", "type", "kategori"),
        "joint_leave": ("cuti bersama", "is cuti", "joint leave"),
        "national": (
            *("is national holiday", "is national", "libur nasional", "national", "nasional"),
            *("is holiday", "is libur", "is day off", "is public holiday", "public holiday"),
        ),
    },
    needs=(frozenset({"day"}), frozenset({"name"})),
)
CLOSURES = Layout(
    name="closures",
    columns={
        "first": ("mulai", "dari", "tanggal mulai", "first", "start", "awal", "tanggal"),
        "last": ("selesai", "sampai", "tanggal selesai", "last", "end", "akhir"),
        "reason": ("kegiatan", "keterangan", "reason", "alasan", "acara"),
        "npsn": ("npsn", "school"),
        "level": ("jenjang", "level", "bentuk"),
        "class_name": ("kelas", "rombel", "class", "class name", "tingkat"),
    },
    needs=(frozenset({"first"}), frozenset({"reason"})),
)
_JOINT = ("cuti bersama", "joint_leave", "joint leave")
_YES = {"1", "true", "ya", "yes", "y"}
_NO = {"0", "false", "tidak", "no", "n", "bukan"}
_OBSERVANCES = {"observance", "season", "peringatan", "bukan libur", "hari peringatan"}
_Made = TypeVar("_Made")


class Holidays(NamedTuple):
    """Days off by kind, as `school_ektp.model.calendar.VisitCalendar` takes them."""

    holidays: dict[dt.date, str]
    joint_leave: dict[dt.date, str]


def read_holidays(source: PathLike, *, limits: ReadLimits = DEFAULT_LIMITS) -> Holidays:
    """
    Read national holidays and joint leave (cuti bersama).

    A row is joint leave when its kind or its name says so, or a column of its own does. A row
    that a column such as ``is_national_holiday`` calls no holiday, or whose kind is
    ``observance``, is left out.

    Args:
        source: CSV, workbook or JSON with a day and a name per row.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read; rows whose day cannot be read are all named.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    rows = table_rows(source, HOLIDAYS, limits)
    told = Holidays({}, {})
    rows = [row for row in rows if _is_joint(row) or not _is_no_holiday(row)]
    for row, day in zip(rows, _each(rows, lambda row: _day(row, "day")), strict=True):
        kind = told.joint_leave if _is_joint(row) else told.holidays
        kind[day] = row.cells["name"] or "holiday"
    return told


def _is_joint(row: TableRow) -> bool:
    words = f"{row.cells.get('kind', '')} {row.cells['name']}".lower()
    return row.cells.get("joint_leave", "").lower() in _YES or any(w in words for w in _JOINT)


def _is_no_holiday(row: TableRow) -> bool:
    is_observance = row.cells.get("kind", "").lower() in _OBSERVANCES
    return is_observance or row.cells.get("national", "").lower() in _NO


def read_closures(source: PathLike, *, limits: ReadLimits = DEFAULT_LIMITS) -> tuple[Closure, ...]:
    """
    Read closures: school breaks, exams, and absences of classes such as PKL.

    Args:
        source: CSV, workbook or JSON with first day, last day (the first when empty) and reason
            per row, and where they hold: NPSN, level, class; empty cells mean all.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read; rows that make no closure are all named.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    rows = table_rows(source, CLOSURES, limits)
    return tuple(_each(rows, _closure))


def _closure(row: TableRow) -> Closure:
    first = _day(row, "first")
    last = _day(row, "last") if row.cells.get("last") else first
    return Closure(
        DaySpan(first, last),
        row.cells["reason"],
        npsn=row.cells.get("npsn") or None,
        level=row.cells.get("level") or None,
        class_name=row.cells.get("class_name", ""),
    )


def _day(row: TableRow, column: str) -> dt.date:
    day = read_date(row.cells[column], system=row.system).value
    if not isinstance(day, dt.date):
        owner = "row"
        raise InvalidFieldError(owner, column, "is no date; write it like 2024-09-23")
    return day


def _each(rows: list[TableRow], make: Callable[[TableRow], _Made]) -> list[_Made]:
    """Make something of every row; the faults of all rows become one error."""
    made, faults = [], []
    for row in rows:
        try:
            made.append(make(row))
        except InvalidFieldError as error:
            faults.append(f"\n - {row.place}: {error.name} {error.fault}")
    if faults:
        raise ReadError(rows[0].file, f"has {len(faults)} bad rows:{''.join(faults)}")
    return made
