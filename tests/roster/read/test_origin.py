"""Where a table begins on its sheet changes nothing: empty rows above, empty columns beside."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from school_ektp.model.clock import DaySpan
from school_ektp.roster.read import read_closures, read_holidays, read_schools, read_travel
from school_ektp.roster.read.layouts import DAPODIK_LEAVERS, ROSTER_LAYOUTS
from school_ektp.roster.read.register_files import register_bytes
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet

BORN = dt.date(2008, 10, 1)
VALUES = {
    "name": "BUDI UJI",
    "sex": "L",
    "nisn": "0081234501",
    "birth_date": BORN,
    "nik": "1702090110080003",
    "class_name": "XI TKJ 1",
    "grade": 11,
    "special_needs": "Tuna netra",
    "npsn": "10700669",
    "school_name": "SMA UJI",
    "left_on": dt.date(2024, 7, 1),
}
ORIGINS = [(0, 0), (0, 1), (3, 0), (2, 1), (1, 30)]
placed = pytest.mark.parametrize(("down", "right"), ORIGINS)
in_every_container = pytest.mark.parametrize("container", Container)


def sheet(rows, down, right, container):
    """Return a workbook whose table begins *down* rows and *right* columns further."""
    moved = [[]] * down + [[None] * right + list(row) for row in rows]
    return spreadsheet({"Lembar": moved}, container)


def as_text(rows, down, right):
    lines = [";".join([""] * right + ["" if v is None else str(v) for v in row]) for row in rows]
    return "\n".join([""] * down + lines).encode()


def table_of(layout):
    """Return a header with every column of a layout and a mark of it, and one row below."""
    marks = sorted(layout.marks.difference(*layout.columns.values()))[:1]
    names = list(layout.columns)
    foreign = {mark for other in ROSTER_LAYOUTS if other is not layout for mark in other.marks}
    header = [
        *marks,
        *(next(key for key in layout.columns[name] if key not in foreign) for name in names),
    ]
    return [header, [*("x" for _ in marks), *(VALUES.get(name) for name in names)]]


@in_every_container
@placed
@pytest.mark.parametrize("layout", ROSTER_LAYOUTS, ids=lambda one: one.name)
def test_a_roster_in_any_layout_may_begin_anywhere(layout, down, right, container):
    read = read_bytes(sheet(table_of(layout), down, right, container), "x.xlsx")

    assert read.files["layout"].to_list() == [layout.name]
    found = read.leavers if layout is DAPODIK_LEAVERS else read.rows
    row = found.row(0, named=True)
    shared = layout.columns.keys() & VALUES.keys() & row.keys()
    wanted = {name: VALUES[name] for name in shared}
    assert {name: row[name] for name in shared} == {
        **wanted,
        **({"special_needs": True} if "special_needs" in shared else {}),
    }
    assert row["source_row"] == down + 2


@placed
@pytest.mark.parametrize("layout", ROSTER_LAYOUTS, ids=lambda one: one.name)
def test_text_may_begin_anywhere(layout, down, right):
    read = read_bytes(as_text(table_of(layout), down, right), "x.csv")

    found = read.leavers if layout is DAPODIK_LEAVERS else read.rows
    assert found.select("name", "birth_date", "nik", "source_row").row(0) == (
        *("BUDI UJI", BORN, VALUES["nik"]),
        down + 2,
    )


@in_every_container
@placed
def test_a_list_of_the_registry_may_begin_anywhere(down, right, container):
    rows = [
        ["NIK", "NAMA_LGKP", "JENIS_KLMIN", "TGL_LHR", "NO_PROP", "NO_KAB", "EKTP_STATUS"],
        [VALUES["nik"], "BUDI UJI", "1", BORN, 17, 2, "3"],
    ]

    people = register_bytes(sheet(rows, down, right, container), "x.xlsx").people

    columns = ("nik", "name", "birth_date", "recorded", "home_region")
    assert people.select(columns).row(0) == (VALUES["nik"], "BUDI UJI", BORN, True, "17.02")


@in_every_container
@placed
def test_small_tables_may_begin_anywhere(down, right, container, tmp_path):
    tables = {
        "schools": [["NPSN", "Nama Sekolah", "Kecamatan"], ["10700669", "SMA UJI", "Curup"]],
        "holidays": [["Tanggal", "Keterangan"], ["2024-12-25", "Natal"]],
        "closures": [["Mulai", "Kegiatan", "Kelas"], ["2024-09-02", "PKL", "XII"]],
        "travel": [["Dari", "Ke", "Menit"], ["a", "b", 10], ["b", "a", 12]],
    }
    files = {name: tmp_path / f"{name}.xlsx" for name in tables}
    for name, rows in tables.items():
        files[name].write_bytes(sheet(rows, down, right, container))

    school = read_schools(files["schools"]).schools[0]
    closure = read_closures(files["closures"])[0]

    assert (school.npsn, school.name, school.kecamatan) == ("10700669", "SMA UJI", "Curup")
    assert read_holidays(files["holidays"]).holidays == {dt.date(2024, 12, 25): "Natal"}
    assert (closure.span, closure.class_name) == (DaySpan(dt.date(2024, 9, 2)), "XII")
    assert read_travel(files["travel"]).minutes == ((0, 10), (12, 0))


def test_a_column_that_is_empty_throughout_keeps_its_place():
    rows = [["Nama", None, "NISN", None, "Tanggal Lahir"], ["BUDI UJI", None, "0081234501", None]]

    read = read_bytes(spreadsheet({"a": [[None, *row] for row in rows]}), "x.xlsx")

    assert read.rows.select("name", "nisn", "birth_date").row(0) == ("BUDI UJI", "0081234501", None)


def test_a_sheet_without_cells_is_read_as_empty():
    read = read_bytes(
        spreadsheet({"kosong": [], "a": [["Nama", "Tanggal Lahir"], ["BUDI UJI", BORN]]}), "x.xlsx"
    )

    assert read.files.select("rows", "pupils").rows() == [(0, 0), (2, 1)]
    assert read.rows.select(pl.col("name")).to_series().to_list() == ["BUDI UJI"]
