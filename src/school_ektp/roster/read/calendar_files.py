"""Days on which schools cannot be visited: holidays, and closures such as exams and PKL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

import polars as pl

from school_ektp.errors import InvalidFieldError, ReadError
from school_ektp.model import arguments
from school_ektp.model.calendar import Closure
from school_ektp.model.classes import classes_meant
from school_ektp.model.clock import DaySpan
from school_ektp.model.holidays import Holidays
from school_ektp.roster.read.cells import FLAG, digits, letters_settled, word_key
from school_ektp.roster.read.dates import DateOrder, read_date
from school_ektp.roster.read.evidence import date_order
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.read.levels import school_level
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.sources import PathLike
from school_ektp.roster.read.tables import TableRow, table_rows

HOLIDAYS = Layout(
    name="holidays",
    columns={
        "day": (
            "tanggal",
            "day",
            "date",
            "tgl",
            "holiday date",
            "date iso",
            "tanggal libur",
            "start",
            "mulai",
            "tanggal mulai",
            "start date",
        ),
        "last": ("selesai", "sampai", "tanggal selesai", "end", "akhir", "last", "end date"),
        "name": (
            *("keterangan", "nama", "name", "hari libur", "libur", "holiday name", "summary"),
            *("local name", "peringatan", "deskripsi", "description", "title", "holiday"),
            *("nama hari libur", "nama libur", "hari libur nasional", "perayaan", "uraian"),
        ),
        "kind": (
            *("jenis", "kind", "type", "kategori", "types", "category", "holiday type", "status"),
            *("jenis libur", "jenis hari libur", "primary type", "sifat"),
        ),
        "joint_leave": (
            *("cuti bersama", "is cuti", "is cuti bersama", "is joint leave", "joint leave"),
        ),
        "day_off": (
            *("is national holiday", "national holiday", "libur nasional", "is libur nasional"),
            *("is national", "national", "nasional", "is public holiday", "public holiday"),
            *("is holiday", "is libur", "is day off", "is off", "day off", "global"),
        ),
    },
    needs=(frozenset({"day"}), frozenset({"name"})),
)
CLOSURES = Layout(
    name="closures",
    columns={
        "first": ("mulai", "dari", "tanggal mulai", "first", "start", "awal", "tanggal"),
        "last": ("selesai", "sampai", "tanggal selesai", "last", "end", "akhir"),
        "reason": ("kegiatan", "keterangan", "reason", "alasan", "acara", "summary"),
        "npsn": ("npsn", "school"),
        "level": ("jenjang", "level", "bentuk"),
        "class_name": ("kelas", "rombel", "class", "class name", "tingkat"),
    },
    needs=(frozenset({"first"}), frozenset({"reason"})),
)
_JOINT = re.compile(
    r"cuti (?:bersama|massal|kolektif)|(?:joint|collective|shared|common|mass|combined) "
    r"(?:\w+ )?(?:leave|holidays?|days? off|vacation)|bridge day|bridging day|libur bersama"
)
_LONGEST_HOLIDAY = 60  # days; a longer one is a slip of the year, or a school break
_JOINT_KINDS = frozenset({"joint", "collective", "cuti", "leave"})
_NO_DAY_OFF = re.compile(
    r"(?:bukan|tidak|non|not a?) ?(?:hari )?(?:libur|holiday)|observance|peringatan|perayaan\b"
    r"|season\b|optional|fakultatif|working day|hari kerja|half day|regional|lokal|local holiday"
)
_Made = TypeVar("_Made")


@arguments.checked
def read_holidays(source: PathLike, *, limits: ReadLimits = DEFAULT_LIMITS) -> Holidays:
    """
    Read national holidays and joint leave (cuti bersama).

    A row is joint leave when its kind or its name says so, or a column of its own does. Other rows
    that say they are no day off, such as ``is_national_holiday: false`` or the kind *Observance*,
    are left out: schools are open.

    Args:
        source: CSV, workbook or JSON with a day and a name per row, and a last day where there
            are several; or a calendar as .ics or as Google gives it in JSON.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read; rows whose day cannot be read are all named.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    rows = _settled(table_rows(source, HOLIDAYS, limits))
    found = Holidays({}, {})
    order = _order(rows, "day", "last")
    rows = [row for row in rows if _is_joint(row) or _is_day_off(row)]
    for row, span in zip(rows, _each(rows, lambda row: _holiday(row, order)), strict=True):
        kind = found.joint_leave if _is_joint(row) else found.holidays
        kind.update(dict.fromkeys(span, row.cells["name"] or "holiday"))
    return found


def _holiday(row: TableRow, order: DateOrder) -> DaySpan:
    span = _span(row, "day", order)
    if (span.last - span.first).days >= _LONGEST_HOLIDAY:
        raise InvalidFieldError("row", "last", f"is more than {_LONGEST_HOLIDAY} days on")
    return span


def _settled(rows: list[TableRow]) -> list[TableRow]:
    """Return rows whose answers by letter are settled by their whole column."""
    flags = [name for name in ("joint_leave", "day_off") if rows and name in rows[0].cells]
    for name in flags:
        texts = letters_settled(pl.Series([row.cells[name] for row in rows], dtype=pl.String))
        for row, text in zip(rows, texts, strict=True):
            row.cells[name] = text
    return rows


def _order(rows: list[TableRow], *columns: str) -> DateOrder:
    """Return the order of day and month that all days of a table prove."""
    return date_order({text for row in rows for name in columns if (text := row.cells.get(name))})


def _is_joint(row: TableRow) -> bool:
    flag = FLAG.get(word_key(row.cells.get("joint_leave", "")))
    kind, name = word_key(row.cells.get("kind", "")), word_key(row.cells["name"])
    return flag is True or kind in _JOINT_KINDS or bool(_JOINT.search(f"{kind} {name}"))


def _is_day_off(row: TableRow) -> bool:
    flag = FLAG.get(word_key(row.cells.get("day_off", "")))
    return flag is not False and not _NO_DAY_OFF.search(word_key(row.cells.get("kind", "")))


@arguments.checked
def read_closures(source: PathLike, *, limits: ReadLimits = DEFAULT_LIMITS) -> tuple[Closure, ...]:
    """
    Read closures: school breaks, exams, and absences of classes such as PKL.

    Args:
        source: CSV, workbook or JSON with first day, last day (the first when empty) and reason
            per row, and where they hold: NPSN, level, class; empty cells, and words such as *Semua
            kelas*, mean all. Or a calendar, as for `read_holidays`.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read; rows that make no closure are all named.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    rows = table_rows(source, CLOSURES, limits)
    order = _order(rows, "first", "last")
    return tuple(_each(rows, lambda row: _closure(row, order)))


def _closure(row: TableRow, order: DateOrder) -> Closure:
    class_name, level = (row.cells.get(name, "") for name in ("class_name", "level"))
    is_everyone = not classes_meant(class_name) and bool(word_key(class_name))
    return Closure(
        _span(row, "first", order),
        row.cells["reason"],
        npsn=digits(row.cells.get("npsn", "")) or None,
        level=school_level(level) or level or None,
        class_name="" if is_everyone else class_name,
    )


def _span(row: TableRow, first: str, order: DateOrder) -> DaySpan:
    """Return the days of a row: one where no last day is given."""
    day = _day(row, first, order)
    return DaySpan(day, _day(row, "last", order) if row.cells.get("last") else day)


def _day(row: TableRow, column: str, order: DateOrder) -> dt.date:
    day = read_date(row.cells[column], order=order, system=row.system).value
    if not isinstance(day, dt.date):
        raise InvalidFieldError("row", column, "is no date; write it like 2024-09-23")
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
        bad = "1 bad row" if len(faults) == 1 else f"{len(faults)} bad rows"
        raise ReadError(rows[0].file, f"has {bad}:{''.join(faults)}")
    return made
