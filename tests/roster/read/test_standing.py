"""Columns that say who on a list is a pupil no more."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from school_ektp.roster.check import check_roster
from school_ektp.roster.read.distinct import Cell
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.read.standing import read_activity
from school_ektp.roster.sheet_account import PLACES, sheet_account
from school_ektp.testing.containers import spreadsheet

ON = dt.date(2024, 9, 3)
BORN = dt.date(2008, 10, 1)
HEAD = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]


def pupil(number, *more):
    return [f"UJI {number}", f"00812345{number:02d}", BORN, "10700669", *more]


def read(rows, name="a.xlsx", sheet="Data"):
    return read_bytes(spreadsheet({sheet: rows}), name)


def with_column(header, words):
    rows = [pupil(number, word) for number, word in enumerate(words)]
    return check_roster(read([[*HEAD, header], *rows]), schools=None, on=ON)


@pytest.mark.parametrize("header", ["Status", "Status Siswa", "STATUS_KEAKTIFAN", "Keterangan"])
def test_only_those_who_are_pupils_count(header):
    words = ["Aktif", "Lulus", "Mutasi Keluar", "Tidak Aktif", "", "Aktif", "Meninggal"]

    checked = with_column(header, words)

    assert checked.valid["name"].to_list() == ["UJI 0", "UJI 4", "UJI 5"]
    assert (checked.rows_read, checked.left_school, checked.refused) == (7, 4, 0)
    out = checked.issues.filter(pl.col("rule") == "not_active")
    assert out["row"].to_list() == [3, 4, 5, 8]
    account = sheet_account(checked).row(0, named=True)
    assert account["rows"] == sum(account[place] for place in PLACES)


@pytest.mark.parametrize(
    ("word", "stays"),
    [
        *(("AKTIF", True), ("Masih sekolah", True), ("Mutasi Masuk", True), ("Belum lulus", True)),
        *(("Pindahan", True), ("Siswa Baru", True), ("Naik kelas XII", True), ("ya", True)),
        *(("Lulus", False), ("Sudah lulus 2024", False), ("Alumni", False), ("DO", False)),
        *(("Non-aktif", False), ("Nonaktif", False), ("Tidak Aktif", False), ("INACTIVE", False)),
        *(("Pindah ke SMA 2", False), ("Mutasi", False), ("Dikeluarkan", False)),
        *(("Mengundurkan diri", False), ("Putus Sekolah", False), ("Wafat", False)),
        *(("Drop-Out", False), ("Graduated", False), ("tidak", False), ("-", None)),
    ],
)
def test_words_for_who_is_a_pupil(word, stays):
    assert read_activity(word) == Cell(stays)


def test_a_word_nobody_knows_counts_as_a_pupil_and_is_told():
    checked = with_column("Status Siswa", ["Aktif", "Beasiswa"])

    assert checked.valid.height == 2
    assert "activity_unknown" in checked.issues["rule"].to_list()


@pytest.mark.parametrize(
    "words", [["Anak kandung", "Anak tiri"], ["Negeri", "Swasta"], ["", ""], ["1", "0"]]
)
def test_a_status_about_something_else_puts_nobody_out(words):
    checked = with_column("Status", words)

    assert checked.valid.height == 2
    assert not set(checked.issues["rule"]) & {"not_active", "activity_unknown"}


def test_a_bare_status_about_recording_is_taken_for_that():
    checked = with_column("Status", ["Sudah Rekam", "Belum Rekam", "PRR"])

    assert checked.valid["recorded"].to_list() == [True, False, True]


@pytest.mark.parametrize(
    ("header", "words"),
    [("soft_delete", ["0", "1", ""]), ("deleted_at", ["", "2024-07-01 10:00:00", ""])],
)
def test_rows_that_a_program_deleted_do_not_count(header, words):
    assert with_column(header, words).valid["name"].to_list() == ["UJI 0", "UJI 2"]


@pytest.mark.parametrize("header", ["Tanggal Keluar", "Keluar Karena"])
def test_a_list_of_all_pupils_may_say_who_left(header):
    words = ["", "2024-07-01" if header == "Tanggal Keluar" else "Mutasi", "", ""]
    more = [] if header == "Tanggal Keluar" else ["Tanggal Keluar"]
    rows = [pupil(number, word) for number, word in enumerate(words)]

    roster = read([[*HEAD, header, *more], *rows])
    checked = check_roster(roster, schools=None, on=ON)

    assert checked.valid["name"].to_list() == ["UJI 0", "UJI 2", "UJI 3"]
    assert roster.files.select("rows", "head", "pupils", "leavers").row(0) == (5, 1, 3, 1)


def test_a_list_of_leavers_without_every_day_is_of_leavers_still():
    rows = [pupil(1, "2024-07-01"), pupil(2, ""), pupil(3, "2024-07-01")]

    roster = read([[*HEAD, "Tanggal Keluar"], *rows])

    assert (roster.rows.height, roster.leavers.height) == (0, 3)
