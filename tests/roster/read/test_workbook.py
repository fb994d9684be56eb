"""Workbooks: hidden sheets are not counted, and empty columns keep their place."""

from __future__ import annotations

import datetime as dt
import io

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.roster.read import read_schools
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.register_files import register_bytes
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.read.sniff import FileKind
from school_ektp.roster.read.workbook import workbook_grids
from school_ektp.testing.containers import Container, spreadsheet

BORN = dt.date(2008, 10, 1)

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]


def pupil(number, *more):
    return [f"UJI {number}", f"00812345{number:02d}", BORN, "10700669", *more]


def read(rows, name="a.xlsx", sheet="Data"):
    return read_bytes(spreadsheet({sheet: rows}), name)


def hidden(rows, other):
    """Return a workbook whose second sheet is hidden."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    for name, cells in (("Siswa", rows), ("Lama", other)):
        sheet = book.add_worksheet(name)
        for place, row in enumerate(cells):
            sheet.write_row(place, 0, row)
        if name == "Lama":
            sheet.hide()
    book.close()
    return buffer.getvalue()


def test_a_hidden_sheet_is_not_counted_and_reported():
    roster = read_bytes(hidden([HEAD, pupil(1)], [HEAD, pupil(2)]), "a.xlsx")

    assert roster.rows["name"].to_list() == ["UJI 1"]
    assert roster.coded_issues.filter(pl.col("rule") == "sheet_hidden")["sheet"].to_list() == [
        "Lama"
    ]
    assert roster.files["notes"].to_list() == [0, 2]


def test_a_list_that_is_hidden_is_asked_for():
    with pytest.raises(ReadError, match="has its list on a hidden sheet; show the sheet"):
        read_bytes(hidden([["Petunjuk"]], [HEAD, pupil(2)]), "a.xlsx")


def test_a_hidden_list_of_the_registry_is_not_counted_and_reported():
    head = ["NIK", "NAMA_LGKP", "TGL_LHR", "EKTP_STATUS"]
    new = ["1702090110080003", "UJI 1", "01-10-2008", "3"]
    old = ["1702090110080004", "UJI 2", "01-10-2008", "3"]

    read = register_bytes(hidden([head, new], [head, old]), "a.xlsx")

    assert read.people["name"].to_list() == ["UJI 1"]
    assert read.coded_issues.select("sheet", "rule").rows() == [("Lama", "sheet_hidden")]
    assert read.files["notes"].to_list() == [0, 2]
    with pytest.raises(ReadError, match="has its list on a hidden sheet; show the sheet"):
        register_bytes(hidden([["Petunjuk"]], [head, old]), "a.xlsx")


def test_a_hidden_table_of_schools_gives_way_to_one_that_is_shown(tmp_path):
    head = ["NPSN", "Nama Sekolah", "Kecamatan"]
    old, new = ["10700001", "SMA LAMA", "Curup"], ["10700002", "SMA BARU", "Curup"]
    file = tmp_path / "a.xlsx"
    file.write_bytes(hidden([head, new], [head, old]))

    assert [school.npsn for school in read_schools(file).schools] == ["10700002"]


def test_many_sheets_are_refused():
    content = spreadsheet({str(n): [["x"]] for n in range(5)}, Container.XLS)

    with pytest.raises(ReadError, match=r"of ReadLimits\.sheets"):
        read_bytes(content, "f", limits=ReadLimits(sheets=4))


words = st.none() | st.sampled_from(["Nama", "0081", "ä & <b>", "x" * 200])
KINDS = {Container.XLSX: FileKind.XLSX, Container.XLS: FileKind.XLS}


@settings(max_examples=15)
@given(
    st.lists(st.lists(words, min_size=1, max_size=4), min_size=1, max_size=5),
    st.sampled_from(sorted(KINDS)),
    st.booleans(),
    st.data(),
)
def test_columns_taken_in_any_order_hold_the_cells_of_the_sheet(rows, container, old, data):
    """Agreement: each cell is where it was written, gaps included, whichever columns are taken."""
    filled = [*rows, ["end"] * 5]
    content = spreadsheet({"Data": filled}, container, date_1904=old)
    columns = data.draw(st.lists(st.integers(0, 6), max_size=5, unique=True))

    [grid] = workbook_grids(content, KINDS[container], "f", DEFAULT_LIMITS)

    def cell(row, number):
        return row[number] if number < len(row) else None

    first = next(n for n, row in enumerate(filled) if any(row))
    assert grid.height == len(filled)
    assert grid.take(columns).rows() == (
        [tuple(cell(row, number) for number in columns) for row in filled] if columns else []
    )
    assert [list(row[:5]) for row in grid.top[first:]] == [
        [cell(row, number) for number in range(5)] for row in filled[first:]
    ]
    assert grid.system is (DateSystem.FROM_1904 if old else DateSystem.FROM_1900)
    assert (grid.sheet, grid.hidden) == ("Data", False)
