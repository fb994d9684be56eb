"""Who on a list is a pupil: columns and titles that say who is none any more, lists of staff."""

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
        *(("D.O.", False), ("T. Aktif", False), ("Sdh keluar", False), ("Telah Pindah", False)),
        *(("Ikut orang tua pindah", False), ("Menikah (keluar)", False), ("Off", False)),
        *(("Tidak Terdaftar", False), ("Passed away", False), ("Aktif (Pindahan)", True)),
        *(("Pindah kelas", True), ("Pindah dari SMA 2", True), ("Aktif kembali", True)),
        *(("\u2713", True), ("\u2717", True)),
    ],
)
def test_words_for_who_is_a_pupil(word, stays):
    assert read_activity(word) == Cell(stays)


@pytest.mark.parametrize(
    ("header", "words", "left"),
    [
        ("Status Akademik", ["Aktif", "Lulus"], 1),
        ("Keadaan Siswa", ["Aktif", "Pindah"], 1),
        ("Catatan", ["Aktif", "Keluar"], 1),
        ("Alumni", ["Tidak", "Ya"], 1),
        ("Aktif", ["Y", "T"], 1),
        ("Aktif", ["\u2713", "\u2717"], 1),
        ("Aktif", ["T", "F"], 1),
        ("Tgl Mutasi", ["", "", "2024-01-05"], 0),  # on the list of leavers
        ("Alasan Keluar", ["", "", "Pindah"], 0),
        ("Mutasi", ["", "Masuk", "Keluar"], 1),
    ],
)
def test_columns_under_other_headings_say_who_left(header, words, left):
    checked = with_column(header, words)

    assert (checked.left_school, checked.valid.height) == (left, len(words) - 1)


def test_a_remark_among_others_puts_nobody_out_and_is_reported():
    remarks = ["Yatim", "KIP", "KPS", "Pindah ke Bengkulu", "akan pindah", ""]

    checked = with_column("Keterangan", remarks)

    assert checked.valid.height == 6
    issues = checked.issues.filter(pl.col("rule") == "left_maybe")
    assert issues.select("row", "severity").rows() == [(5, "warning")]


def test_status_and_remark_count_together():
    rows = [[*pupil(0), "Aktif", ""], [*pupil(1), "Aktif", "Pindah"], [*pupil(2), "Lulus", ""]]

    checked = check_roster(read([[*HEAD, "Status", "Ket"], *rows]), schools=None, on=ON)

    assert checked.valid["name"].to_list() == ["UJI 0"]


def test_blank_cells_beside_ticks_are_reported():
    checked = with_column("Aktif", ["v", "v", ""])

    assert checked.issues.filter(pl.col("rule") == "activity_unknown")["row"].to_list() == [4]


def test_a_word_nobody_knows_counts_as_a_pupil_and_is_reported():
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


@pytest.mark.parametrize(
    ("titles", "name", "sheet"),
    [
        ([], "a.xlsx", "Alumni"),
        ([], "a.xlsx", "Siswa Keluar"),
        ([], "a.xlsx", "DO"),
        ([], "Data siswa pindah 2024.xlsx", "Data"),
        ([["DAFTAR SISWA MUTASI KELUAR"]], "a.xlsx", "Data"),
        ([["SMA UJI"], ["Daftar Alumni Tahun 2023"]], "a.xlsx", "Data"),
    ],
)
def test_a_sheet_that_names_those_who_left_counts_nobody(titles, name, sheet):
    roster = read([*titles, HEAD, pupil(1), pupil(2)], name, sheet)

    assert (roster.rows.height, roster.leavers.height) == (0, 2)
    assert roster.coded_issues["rule"].to_list() == ["list_of_leavers"]
    counts = roster.files.select("rows", "head", "blank", "notes", "pupils", "leavers").row(0)
    assert counts[0] == sum(counts[1:])


@pytest.mark.parametrize("sheet", ["Siswa Pindahan", "Mutasi Masuk", "Belum Lulus", "Siswa Aktif"])
def test_a_sheet_that_names_those_who_came_counts_them(sheet):
    assert read([HEAD, pupil(1)], sheet=sheet).rows.height == 1


def test_a_pupil_on_a_sheet_of_leavers_counts_nowhere():
    book = spreadsheet({"XI": [HEAD, pupil(1), pupil(2)], "Keluar": [HEAD, pupil(2)]})

    checked = check_roster(read_bytes(book, "a.xlsx"), schools=None, on=ON)

    assert (checked.valid["name"].to_list(), checked.left_school) == (["UJI 1"], 1)


@pytest.mark.parametrize("line", ["SISWA MUTASI KELUAR", "Daftar siswa keluar", "Alumni"])
@pytest.mark.parametrize("place", [0, 1])
def test_pupils_below_a_line_about_those_who_left_are_reported(line, place):
    """They still count: the line may be a slip, and nothing else says where it ends."""
    head, rows = ["No", *HEAD], [[n, *pupil(n)] for n in range(4)]
    between = [None] * place + [line]
    back = [None] * place + ["SISWA KELAS XI"]

    checked = check_roster(
        read([head, *rows[:2], between, rows[2], back, rows[3]]), schools=None, on=ON
    )

    assert checked.valid.height == 4
    issues = checked.issues.filter(pl.col("rule") == "left_maybe")
    assert issues["row"].to_list() == [5]


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
