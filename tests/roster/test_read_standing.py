"""Columns and sheets that say: do not count. Who left, who teaches, what is hidden."""

from __future__ import annotations

import datetime as dt
import io

import polars as pl
import pytest
import xlsxwriter

from school_ektp.errors import ReadError
from school_ektp.roster.check import check_roster
from school_ektp.roster.read import read_schools
from school_ektp.roster.read.distinct import Cell
from school_ektp.roster.read.register_files import register_bytes
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.read.standing import read_activity
from school_ektp.roster.sheet_account import PLACES, sheet_account
from school_ektp.testing.containers import Container, spreadsheet

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
    ],
    ids=["dapodik", "header", "title", "file", "sheet", "nip"],
)
def test_a_list_of_staff_is_no_list_of_pupils(rows, file, sheet):
    header = rows[-1]
    values = {"Nama": "GURU UJI", "Tanggal Lahir": dt.date(1999, 3, 5), "JK": "L"}

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
    ],
)
def test_a_teacher_named_beside_pupils_hides_nobody(titles, file):
    assert read([*titles, HEAD, pupil(1)], file).rows.height == 1


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


def test_a_hidden_sheet_is_not_counted_and_told():
    roster = read_bytes(hidden([HEAD, pupil(1)], [HEAD, pupil(2)]), "a.xlsx")

    assert roster.rows["name"].to_list() == ["UJI 1"]
    assert roster.coded_issues.filter(pl.col("rule") == "sheet_hidden")["sheet"].to_list() == [
        "Lama"
    ]
    assert roster.files["notes"].to_list() == [0, 2]


def test_a_list_that_is_hidden_is_asked_for():
    with pytest.raises(ReadError, match="has its list on a hidden sheet; show the sheet"):
        read_bytes(hidden([["Petunjuk"]], [HEAD, pupil(2)]), "a.xlsx")


@pytest.mark.parametrize("visible", ["SheetHidden", "SheetVeryHidden"])
def test_a_hidden_sheet_of_xml_is_not_counted_and_told(visible):
    options = (
        '<x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f"<x:Visible>{visible}</x:Visible></x:WorksheetOptions>"
    )
    sheets = {"Siswa": [HEAD, pupil(1)], "Lama": [HEAD, pupil(2)], "Baru": [HEAD, pupil(3)]}
    before, lama, after = spreadsheet(sheets, Container.SPREADSHEETML).partition(b'ss:Name="Lama"')
    own, end, others = after.partition(b"</Worksheet>")

    roster = read_bytes(before + lama + own + options.encode() + end + others, "a.xls")

    assert roster.rows["name"].to_list() == ["UJI 1", "UJI 3"]
    assert roster.coded_issues.filter(pl.col("rule") == "sheet_hidden")["sheet"].to_list() == [
        "Lama"
    ]


def test_a_hidden_list_of_the_registry_is_not_counted_and_told():
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
