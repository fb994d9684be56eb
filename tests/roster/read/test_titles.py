"""Which school a sheet belongs to: its titles, its name and the name of the file."""

from __future__ import annotations

import datetime as dt

import pytest

from few_pupils import ONE, SCHOOL
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet
from school_ektp.testing.workbooks import Quirk, dapodik_workbook


def test_the_day_of_the_download_and_the_school_come_from_the_titles():
    read = read_bytes(dapodik_workbook(ONE, SCHOOL, as_of=dt.date(2024, 8, 1)), "x.xlsx")

    assert read.files["as_of"].to_list() == [dt.date(2024, 8, 1)]
    assert read.files["school"].to_list() == [SCHOOL.name]


def test_the_name_of_the_file_tells_both_when_the_titles_are_gone():
    content = dapodik_workbook(ONE, SCHOOL, quirks=[Quirk.TITLES_REMOVED])

    read = read_bytes(content, "daftar_pd-SMAN 1 Rejang-2024-07-22 08_15_00.xlsx")

    assert read.files["as_of"].to_list() == [dt.date(2024, 7, 22)]
    assert read.rows["school_name"].to_list() == ["SMAN 1 Rejang"]


def sheet(*rows, container=Container.XLSX) -> bytes:
    return spreadsheet({"Sheet1": [list(row) for row in rows]}, container)


HEAD = ["No", "Nama", "NIPD", "JK", "NISN", "Tanggal Lahir", "NIK", "Rombel Saat Ini"]

ROW = [1, "BUDI UJI", "1", "L", "0081234501", "2008-10-01", "1702090110080001", "XI 1"]

LETTERHEAD = [["PEMERINTAH PROVINSI BENGKULU"], ["DINAS PENDIDIKAN DAN KEBUDAYAAN"]]


@pytest.mark.parametrize(
    ("titles", "school", "npsn"),
    [
        ([*LETTERHEAD, ["SMKN 2 REJANG LEBONG"], ["Jl. Uji No. 1"]], "SMKN 2 REJANG LEBONG", ""),
        ([["YAYASAN UJI"], ["SMA IT AL-FURQON"]], "SMA IT AL-FURQON", ""),
        ([*LETTERHEAD, ["Nama Sekolah : SMAN 1 UJI"]], "SMAN 1 UJI", ""),
        ([["Nama Sekolah", None, ": SMAN 1 UJI"]], "SMAN 1 UJI", ""),
        (
            [["Nama Sekolah", ":", "Taruna Uji"], ["NPSN", ":", "10700669"]],
            "Taruna Uji",
            "10700669",
        ),
        ([["DAFTAR SISWA SMA NEGERI 1 UJI TAHUN PELAJARAN 2024/2025"]], "SMA NEGERI 1 UJI", ""),
        ([["Daftar Peserta Didik"], ["SMAN 1 UJI"], ["NPSN: 10700669"]], "SMAN 1 UJI", "10700669"),
        ([["Daftar Peserta Didik"], ["TARUNA UJI"], ["Kecamatan Kec. Uji"]], "TARUNA UJI", ""),
        ([*LETTERHEAD, ["Jl. SMA No. 1"]], "", ""),
    ],
)
def test_the_school_is_found_among_titles(titles, school, npsn):
    read = read_bytes(sheet(*titles, HEAD, ROW), "daftar.xlsx")

    assert read.files.select("school", "npsn").rows() == [(school, npsn)]
    assert read.rows.select("school_name", "npsn").rows() == [(school or None, npsn or None)]


@pytest.mark.parametrize(
    ("file", "school", "npsn"),
    [
        ("daftar_pd-SMA IT AL-FURQON-2024-07-22 08_15_00.xlsx", "SMA IT AL-FURQON", ""),
        ("daftar_pd-SMA IT AL-FURQON-2024-07-22 08_15_00 (1).xlsx", "SMA IT AL-FURQON", ""),
        ("daftar_pd-TARUNA UJI.xlsx", "TARUNA UJI", ""),
        ("Data siswa SMKN 1 UJI.xlsx", "SMKN 1 UJI", ""),
        ("10700669 siswa.xlsx", "", "10700669"),
        ("siswa_20240722.xlsx", "", ""),
        ("siswa.xlsx", "", ""),
    ],
)
def test_the_name_of_the_file_tells_the_school_where_no_title_does(file, school, npsn):
    read = read_bytes(sheet(HEAD, ROW), file)

    assert read.files.select("school", "npsn").rows() == [(school, npsn)]


@pytest.mark.parametrize(
    ("titles", "file", "school"),
    [
        ([["Nama Sekolah : SMAN 1 UJI   NPSN : 10700669"]], "a.xlsx", "SMAN 1 UJI"),
        ([["Sekolah: SMK UJI, Kecamatan Curup"]], "a.xlsx", "SMK UJI"),
        ([], "SMAN 1 UJI - Kelas XI.xlsx", "SMAN 1 UJI"),
        ([], "SMAN 1 UJI_XII_IPA.xlsx", "SMAN 1 UJI"),
        ([], "SMK IT AL-FURQON data siswa 2024.xlsx", "SMK IT AL-FURQON"),
    ],
)
def test_what_follows_the_name_of_a_school_is_cut_off(titles, file, school):
    assert read_bytes(sheet(*titles, HEAD, ROW), file).files["school"].to_list() == [school]


def book(sheets: dict[str, list[list]]) -> bytes:
    return spreadsheet(sheets, Container.XLSX)


NO_CLASS = HEAD[:-1]


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("X IPA 1", 10),
        ("XI-TKJ", 11),
        ("XII", 12),
        ("10 Mesin", 10),
        ("Kelas 11.2", 11),
        ("XI MARKETING", 11),
        ("X.I", 10),
    ],
)
def test_a_sheet_named_after_its_class_names_the_class_of_its_pupils(name, grade):
    read = read_bytes(book({name: [NO_CLASS, ROW[:-1]]}), "SMAN 1 UJI.xlsx")

    assert read.rows.select("class_name", "grade").rows() == [(name, grade)]
    assert "column_missing" not in read.coded_issues["rule"]


@pytest.mark.parametrize(
    "name",
    ["Sheet1", "Sheet11", "Data", "10-08-2026", "12 Agustus", "SMAN 10 UJI", "100"],
)
def test_any_other_name_of_a_sheet_is_no_class(name):
    read = read_bytes(book({name: [NO_CLASS, ROW[:-1]]}), "SMAN 1 UJI.xlsx")

    assert read.rows.select("class_name", "grade").rows() == [("", None)]


def test_a_title_with_the_class_counts_before_the_name_of_the_sheet():
    titles = [["Kelas", ":", "XI IPS 2"], ["Wali Kelas : CONTOH"]]

    read = read_bytes(book({"X": [*titles, NO_CLASS, ROW[:-1]]}), "SMAN 1 UJI.xlsx")

    assert read.rows.select("class_name", "grade").rows() == [("XI IPS 2", 11)]


def test_a_column_of_classes_counts_before_titles_and_sheets():
    read = read_bytes(book({"X": [["Kelas : XII"], HEAD, ROW]}), "SMAN 1 UJI.xlsx")

    assert read.rows.select("class_name", "grade").rows() == [("XI 1", 11)]
