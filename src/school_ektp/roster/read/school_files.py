"""Lists of schools, with their points audited: CSV, workbooks, JSON of the school APIs."""

from __future__ import annotations

import re

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.model.language import Lang
from school_ektp.model.school import School, SchoolLevel
from school_ektp.roster.issues import Issue, issue_table, worded
from school_ektp.roster.places import AUDIT, Placed, Places, audit_row, place
from school_ektp.roster.read.cells import digits
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.read.levels import school_level
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.result import row_count
from school_ektp.roster.read.sources import PathLike
from school_ektp.roster.read.tables import TableRow, table_rows
from school_ektp.roster.schema import ISSUES

SCHOOLS = Layout(
    name="schools",
    columns={
        "npsn": ("npsn", "school id", "nomor pokok sekolah nasional"),
        "name": (
            "nama sekolah",
            "sekolah",
            "nama",
            "name",
            "school name",
            "nama satuan pendidikan",
        ),
        "level": (
            *("bentuk pendidikan", "bentuk", "jenjang", "level", "type", "bp"),
            *("bentuk pendidikan id str", "jenis sekolah"),
        ),
        "status": ("status sekolah", "status", "state", "status sekolah id str"),
        "kecamatan": ("kecamatan", "district", "nama kecamatan"),
        "village": ("desa kelurahan", "kelurahan", "desa", "village", "nama desa"),
        "latitude": ("lintang", "latitude", "lat", "lat source"),
        "longitude": ("bujur", "longitude", "lon", "lng", "long", "lon source"),
        "point": (  # both in one column
            *("koordinat", "titik koordinat", "lat long", "lat lng", "lat lon", "latlong"),
            *("latitude longitude", "lintang bujur", "koordinat sekolah", "coordinates", "point"),
        ),
        "week_days": ("week days", "hari sekolah", "jumlah hari"),
        "session": ("session", "jam sekolah", "jam belajar"),
    },
    needs=(frozenset({"npsn"}), frozenset({"name"})),
)
_NPSN = re.compile(r"[0-9]{8}|[KP][0-9]{7}")
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.,]\d+)?")
_DEGREES = re.compile(
    r"(?P<degrees>\d{1,3}(?:[.,]\d+)?) ?[°º˚]?(?: ?(?P<minutes>\d{1,2}(?:[.,]\d+)?) ?['’′]?"  # noqa: RUF001
    r"(?: ?(?P<seconds>\d{1,2}(?:[.,]\d+)?) ?(?:[\"”″]|''|’’)?)?)? ?(?P<side>LS|LU|BT|BB|[NSEW])?",
    re.IGNORECASE,
)
_SOUTH_OR_WEST = frozenset({"LS", "S", "W", "BB"})
_POINT = re.compile(
    r"(?P<wkt>POINT)?\s*\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?"
    r"|(-?\d{1,3},\d+)\s*[;\s]\s*(-?\d{1,3},\d+)",
    re.IGNORECASE,
)
_MOST_LATITUDE = 90
_PREFIX = re.compile(r"^kec(?:amatan)?\b\.?\s*", re.IGNORECASE)
_PRIVATE = {"s", "swasta", "private", "false", "2"}


@attrs.frozen(kw_only=True, eq=False)
class ReadSchools:
    """
    Schools as they were read and placed.

    Attributes:
        schools: In order of NPSN.
        audit: Where each lies and how that is known, columns `school_ektp.roster.places.AUDIT`.
        coded_issues: Rows not used and points repaired, columns `CODED_ISSUES`.
        rows: Rows read; `schools` and the rows refused or of other levels sum to it.
    """

    schools: tuple[School, ...] = attrs.field(repr=lambda schools: f"<{len(schools)} schools>")
    audit: pl.DataFrame = attrs.field(repr=row_count)
    coded_issues: pl.DataFrame = attrs.field(repr=row_count)
    rows: int

    def issues(self, lang: Lang = "id") -> pl.DataFrame:
        """Return the issues in words, columns `school_ektp.roster.schema.ISSUES`."""
        return worded(self.coded_issues, lang).select(ISSUES.names())


@arguments.checked
def read_schools(
    source: PathLike,
    *,
    places: Places | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
) -> ReadSchools:
    """
    Read a list of schools; their points are held against their kecamatan and repaired.

    Args:
        source: CSV, workbook, or JSON as the common school APIs give it.
        places: Kecamatan and villages; without them points are taken as published.
        limits: Bounds on what is read.

    Raises:
        ReadError: It cannot be read, or has no columns for NPSN and name.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    rows = table_rows(source, SCHOOLS, limits)
    known = places or Places([])
    coded_issues: list[Issue] = []
    found: dict[str, tuple[School, Placed]] = {}
    seen: dict[str, int] = {}
    for row in rows:
        faults = _faults(row, seen)
        coded_issues += [_issue(row, rule, column, detail) for rule, column, detail in faults]
        if not faults:
            npsn = _npsn(row)
            seen[npsn] = row.row
            school, placed, doubts = _school(row, npsn, known)
            found[npsn] = school, placed
            coded_issues += [_issue(row, *one) for one in doubts]
    ordered = [found[npsn] for npsn in sorted(found)]
    return ReadSchools(
        schools=tuple(school for school, _ in ordered),
        audit=pl.DataFrame(
            [audit_row(school, placed) for school, placed in ordered], schema=AUDIT, orient="row"
        ),
        coded_issues=issue_table(coded_issues),
        rows=len(rows),
    )


def _npsn(row: TableRow) -> str:
    return digits(row.cells["npsn"]).upper()


def _level(row: TableRow) -> SchoolLevel | None:
    text = row.cells.get("level", "")
    return school_level(text) if text else school_level(row.cells["name"], is_name=True)


def _faults(row: TableRow, seen: dict[str, int]) -> list[tuple[str, str, str | None]]:
    """Return why a row is no school of ours: rule, column, detail."""
    npsn = _npsn(row)
    if not _NPSN.fullmatch(npsn):
        return [("npsn_form" if npsn else "npsn_missing", "npsn", None)]
    faults: list[tuple[str, str, str | None]] = []
    if not row.cells["name"]:
        faults.append(("school_name_missing", "name", None))
    elif _level(row) is None:
        return [("school_level", "level", None)]
    if not row.cells.get("kecamatan", ""):
        faults.append(("kecamatan_missing", "kecamatan", None))
    if npsn in seen:
        faults.append(("school_twice", "npsn", str(seen[npsn])))
    return faults


def _school(
    row: TableRow, npsn: str, places: Places
) -> tuple[School, Placed, list[tuple[str, str, str | None]]]:
    cells = row.cells
    numbers = [_degrees(cells.get(name, "")) for name in ("latitude", "longitude")]
    if numbers == [None, None]:
        numbers = _of_point(cells.get("point", ""))
    placed = place(
        numbers[0],
        numbers[1],
        kecamatan=cells["kecamatan"],
        village=cells.get("village", ""),
        places=places,
    )
    if placed.issue == "kecamatan_unknown" and not places.kecamatan:
        placed = attrs.evolve(placed, issue="")  # nothing to hold it against
    level = _level(row)
    school = School(
        npsn=npsn,
        name=cells["name"],
        level=level or "",
        state=cells.get("status", "").lower() not in _PRIVATE,
        kecamatan=_PREFIX.sub("", cells["kecamatan"]) or cells["kecamatan"],
        location=placed.location,
    )
    outside = "" if placed.km_outside is None else f"{placed.km_outside:g}"
    detail = placed.centre if placed.centre and not outside else outside
    doubts: list[tuple[str, str, str | None]]
    doubts = [("hidden_marks", column, None) for column in row.marked]
    doubts += [(placed.issue, "latitude", detail or None)] if placed.issue else []
    return school, placed, doubts


def _degrees(text: str) -> float | None:
    """Return degrees; None for an empty cell, not-a-number for one that is no number."""
    if not text:
        return None
    found = _NUMBER.fullmatch(text.replace(" ", ""))
    return float(found[0].replace(",", ".")) if found else _in_parts(text)


def _in_parts(text: str) -> float:
    """Return degrees of a text such as ``3°28'12" LS`` or ``102.52 BT``."""
    found = _DEGREES.fullmatch(" ".join(text.split()))
    if found is None:
        return float("nan")
    parts = (found["degrees"], found["minutes"], found["seconds"])
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3_600
    return -whole if (found["side"] or "").upper() in _SOUTH_OR_WEST else whole


def _of_point(text: str) -> list[float | None]:
    """Return latitude and longitude of a text that holds both; in WKT the longitude is first."""
    found = _POINT.fullmatch(text.strip())
    if found is None:
        return [None, None]
    one, other = (float(part.replace(",", ".")) for part in found.groups()[1:] if part is not None)
    is_turned = bool(found["wkt"]) or abs(one) > _MOST_LATITUDE
    return [other, one] if is_turned else [one, other]


def _issue(row: TableRow, rule: str, column: str, detail: str | None) -> Issue:
    npsn = _npsn(row)
    known = npsn if _NPSN.fullmatch(npsn) else ""
    return Issue(row.file, row.sheet, row.row, column, rule, known, detail)
