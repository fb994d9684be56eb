"""Lists of teachers are no pupils, and a teacher named beside pupils hides nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import spreadsheet

BORN = dt.date(2008, 10, 1)

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]


def pupil(number, *more):
    return [f"UJI {number}", f"00812345{number:02d}", BORN, "10700669", *more]


def read(rows, name="a.xlsx", sheet="Data"):
    return read_bytes(spreadsheet({sheet: rows}), name)


STAFF_HEAD = ["No", "Nama", "NUPTK", "JK", "Tanggal Lahir", "Status Kepegawaian", "Jenis PTK"]


@pytest.mark.parametrize(
    ("rows", "file", "sheet"),
    [
        (
            [["Daftar Pendidik dan Tenaga Kependidikan"], ["SMA UJI"], STAFF_HEAD],
            *("daftar_guru-X.xlsx", "Data"),
        ),
        ([STAFF_HEAD], "a.xlsx", "Data"),
        ([["DATA GURU"], [*HEAD[:1], "NIK", "Tanggal Lahir"]], "a.xlsx", "Data"),
        ([["Nama", "NIK", "Tanggal Lahir"]], "daftar_tendik-SMA UJI.xlsx", "Data"),
        ([["Nama", "NIK", "Tanggal Lahir"]], "a.xlsx", "PTK"),
        ([["Nama", "NIP", "Tanggal Lahir"]], "a.xlsx", "Data"),
        ([["Nama", "Jabatan", "Tanggal Lahir"]], "a.xlsx", "Data"),
        ([["Name", "Position", "Date of Birth"]], "a.xlsx", "Data"),
        ([["DATA ORANG TUA SISWA"], ["Nama", "NIK", "Tanggal Lahir"]], "a.xlsx", "Data"),
        ([["Nama", "NIK", "Tanggal Lahir"]], "a.xlsx", "Wali Murid"),
    ],
    ids=[
        *("dapodik", "header", "title", "file", "sheet", "nip", "post", "english", "parents"),
        "guardians",
    ],
)
def test_a_list_of_staff_is_no_list_of_pupils(rows, file, sheet):
    header = rows[-1]
    values = {
        "Nama": "GURU UJI",
        "Date of Birth": dt.date(1999, 3, 5),
        "Tanggal Lahir": dt.date(1999, 3, 5),
        "JK": "L",
    }

    roster = read([*rows, [values.get(name) for name in header]], file, sheet)

    assert roster.rows.is_empty()
    assert roster.files.select("layout", "rows", "notes").row(0) == ("staff", *[len(rows) + 1] * 2)
    assert roster.coded_issues["rule"].to_list() == ["staff_list"]


@pytest.mark.parametrize(
    ("titles", "file"),
    [
        ([["Wali Kelas: Guru Uji"]], "a.xlsx"),
        ([], "data guru dan siswa.xlsx"),
        ([["Guru wali: X"], ["Daftar Peserta Didik"]], "guru.xlsx"),
        ([["Data orang tua dan siswa"]], "a.xlsx"),
    ],
)
def test_a_teacher_named_beside_pupils_hides_nobody(titles, file):
    assert read([*titles, HEAD, pupil(1)], file).rows.height == 1
