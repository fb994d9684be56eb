"""From the cells of a sheet to rows of pupils: where the header is, and what stands below."""

from __future__ import annotations

import pytest

from few_pupils import SCHOOL, SEVERAL
from school_ektp.roster.read.grid import find_header
from school_ektp.roster.read.layouts import ROSTER_LAYOUTS, SUB_HEADERS
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import spreadsheet
from school_ektp.testing.workbooks import Quirk, dapodik_workbook

HEAD = "Nama;NISN;Tanggal Lahir\n"


def read(text: str | bytes):
    return read_bytes(text if isinstance(text, bytes) else text.encode(), "t.csv")


def test_blank_lines_count_as_rows():
    read_rows = read(HEAD + "\n\nAYU;0081234567;2008-03-05\n\n")

    assert read_rows.rows["source_row"].to_list() == [4]
    assert read_rows.files.select("rows", "head", "blank", "pupils").row(0) == (5, 1, 3, 1)


def test_titles_above_the_header_do_no_harm():
    text = "DATA SISWA;;\nSMA NEGERI 1 CURUP;;\n;;\n" + HEAD + "AYU;0081234567;2008-03-05\n"

    read_rows = read(text)

    assert read_rows.rows["source_row"].to_list() == [5]
    assert read_rows.rows["school_name"].to_list() == ["SMA NEGERI 1 CURUP"]
    assert read_rows.files["head"].item() == 4


def test_notes_below_the_table_are_no_pupils():
    text = HEAD + "AYU;0081234567;2008-03-05\n;;\n;;Curup, 1 Juli 2024\nKepala Sekolah;;\n"

    files = read(text).files

    assert files.select("pupils", "blank", "notes").row(0) == (1, 1, 2)


def test_names_below_a_merged_cell_are_never_a_pupils():
    top = [
        ["Nama", "NIK", "Data Ayah", None, "Tanggal Lahir", "NIPD"],
        [None, None, "Nama", "NIK", None, None],
    ]

    header = find_header(top, ROSTER_LAYOUTS)

    assert (header.columns["name"], header.columns["nik"], header.rows) == (0, 1, 2)
    assert {"nama", "nik"} <= SUB_HEADERS


def test_row_numbers_are_those_a_spreadsheet_shows():
    plain = read_bytes(dapodik_workbook(SEVERAL, SCHOOL), "x.xlsx")
    lower = read_bytes(dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.ROWS_ABOVE]), "x.xlsx")

    assert plain.rows["source_row"].to_list() == list(range(7, 32))
    assert lower.rows["source_row"].to_list() == list(range(10, 35))


def test_a_column_there_twice_is_said():
    content = b"Nama,Nama,Tanggal Lahir\nSITI,AYAH,2008-03-05\n"

    read = read_bytes(content, "x.csv")

    assert read.rows["name"].to_list() == ["SITI"]
    assert ("column_twice", "name", "2") in read.coded_issues.select(
        "rule", "column", "detail"
    ).rows()


@pytest.mark.parametrize(
    "foot",
    [
        ["Mengetahui,", None, "Curup, 1 Juli 2024"],
        ["Kepala Sekolah", None, "Wali Kelas"],
        ["NIP. 197001011995031001", None, "NIP. 197101011995032001"],
        ["Jumlah", "2", None],
        ["Laki-laki", "1", None],
    ],
)
def test_sums_and_signatures_below_a_list_are_no_pupils(foot):
    head = ["Nama", "NISN", "Tanggal Lahir"]
    rows = [head, ["JUMLAH SARI", "0081234501", "2008-10-01"], [], foot]

    read = read_bytes(spreadsheet({"SMAN 1 UJI": rows}), "a.xlsx")

    assert read.rows["name"].to_list() == ["JUMLAH SARI"]
    assert read.files.select("rows", "head", "blank", "notes", "pupils").row(0) == (4, 1, 1, 1, 1)
