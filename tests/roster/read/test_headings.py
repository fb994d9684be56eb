"""Headings as people and programs write them: hints, camel case, one above another."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.roster.read.headings import joint_readings, readings
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet

PUPIL = [1, "BUDI UJI", "0081234501", "L", "CURUP", "01-10-2008", "XI 1", "10700669"]
BORN = dt.date(2008, 10, 1)


def sheet(*rows, container=Container.XLSX) -> bytes:
    return spreadsheet({"Sheet1": [list(row) for row in rows]}, container)


# headings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("NISN (10 digit)", "nisn"),
        ("NISN*", "nisn"),
        ("3. NISN", "nisn"),
        ("NISN - wajib diisi", "nisn"),
        ("Jenis Kelamin (L/P)", "jeniskelamin"),
        ("Jenis Kelamin L/P", "jeniskelamin"),
        ("Tanggal Lahir (DD/MM/YYYY)", "tanggallahir"),
        ("Tanggal Lahir dd-mm-yyyy", "tanggallahir"),
        ("Tanggal Lahir\n[hh/bb/tttt]", "tanggallahir"),
        ("Tanggal Lahir: contoh 2008-03-05", "tanggallahir"),
        ("tanggalLahir", "tanggallahir"),
        ("TANGGAL_LAHIR", "tanggallahir"),
        ("NISN_Unnamed: 2_level_1", "nisn"),
        ("Unnamed: 0_level_0_NISN", "nisn"),
        ("Kelahiran_Tanggal Lahir", "tanggallahir"),
        ("Nama / Name", "nama"),
    ],
)
def test_a_hint_does_not_change_what_a_heading_means(text, meant):
    assert meant in readings(text)


@pytest.mark.parametrize(
    "text", ["Nama (Ayah)", "Nama: Ibu", "Nama / Orang Tua", "Data Ayah_Nama", "Nama (Sekolah)"]
)
def test_a_heading_about_somebody_else_is_not_the_pupils(text):
    assert "nama" not in readings(text)


def test_a_heading_below_another_one_means_both():
    assert "tanggallahir" in joint_readings("Kelahiran", "Tanggal")
    assert "tanggallahir" in joint_readings("Kelahiran", "Tanggal Lahir")
    assert "nama" not in joint_readings("Data Ayah", "Nama")
    assert "tanggal" not in joint_readings("Perekaman", "Tanggal")


HINTED = (
    *("No", "Nama Siswa", "NISN (10 digit)", "Jenis Kelamin (L/P)", "Tempat Lahir"),
    *("Tanggal Lahir (DD/MM/YYYY)", "Nama Kelas", "NPSN Sekolah"),
)
CAMEL = (
    *("no", "namaSiswa", "nisn", "jenisKelamin", "tempatLahir", "tanggalLahir", "namaKelas"),
    "npsn",
)
FLATTENED = (
    *("No_Unnamed: 0_level_1", "Nama_Unnamed: 1_level_1", "NISN_Unnamed: 2_level_1"),
    *("L/P_Unnamed: 3_level_1", "Tempat, Tanggal Lahir_Tempat", "Tempat, Tanggal Lahir_Tanggal"),
    *("Kelas_Unnamed: 6_level_1", "NPSN_Unnamed: 7_level_1"),
)
ABOVE = ("No", "Nama", "NISN", "L/P", "Tempat, Tanggal Lahir", None, "Kelas", "NPSN")
OF_BIRTH = ("No", "Nama", "NISN", "L/P", "Kelahiran", None, "Kelas", "NPSN")


@pytest.mark.parametrize("container", Container)
@pytest.mark.parametrize(
    "head",
    [
        [HINTED],
        [CAMEL],
        [FLATTENED],
        [ABOVE, (None, None, None, None, "Tempat", "Tanggal", None, None)],
        [OF_BIRTH, (None, None, None, None, "Tempat Lahir", "Tanggal Lahir", None, None)],
        [OF_BIRTH, (None, None, None, None, "Tempat", "Tgl", None, None), range(1, 9)],
    ],
    ids=["hints", "camel case", "flattened", "merged", "merged full", "merged numbered"],
)
def test_a_plain_list_is_read_whatever_its_headings(head, container):
    read = read_bytes(sheet(*head, PUPIL, container=container), "a.xlsx")

    columns = ("name", "nisn", "sex", "birth_date", "class_name", "npsn")
    assert read.rows.select(columns).rows() == [
        ("BUDI UJI", "0081234501", "L", BORN, "XI 1", "10700669")
    ]
    assert read.files["head"].to_list() == [len(head)]
    assert read.coded_issues.is_empty()


def test_headings_that_were_not_used_are_listed():
    rows = [
        ["Nama", "Hobi", "NISN", "Tanggal Lahir", "Alamat"],
        ["A", "x", "0081234501", BORN, "y"],
    ]

    assert read_bytes(sheet(*rows), "a.xlsx").files["unused"].to_list() == ["Hobi, Alamat"]


def test_a_missing_heading_lists_those_found_and_no_cell_of_a_pupil():
    rows = [["Nama", "NISN", "Kelas"], ["BUDI UJI", "0081234501", "XI 1"]]

    with pytest.raises(ReadError, match=r"headings found: Nama, NISN, Kelas$") as caught:
        read_bytes(sheet(*rows), "a.xlsx")
    assert "BUDI" not in str(caught.value)
    with pytest.raises(ReadError, match="no heading of such a list was found"):
        read_bytes(b"BUDI UJI,0081234501\nANI UJI,0081234502\n", "a.csv")


@given(
    st.text(alphabet="aBz 019", max_size=12) | st.sampled_from(["NIK 16 digit", "nama wajib diisi"])
)
def test_a_plain_heading_means_what_the_whole_way_finds(text):
    """Letters, digits and spaces are read by a short way; an empty bracket takes the long one."""
    assert readings(text) == readings(f"{text}()")


@pytest.mark.parametrize(
    "head",
    [
        ["No", "namaSiswa", "NISN No.", "M/F", "Tempat", "Birthday", "Grade/Class", "School NPSN"],
        [
            "no",
            "nm_siswa",
            "nisn_siswa",
            "jns_klmin",
            "tmp",
            "tgl_lhr_siswa",
            "kls",
            "kode_sekolah",
        ],
        ["No", "student_name", "student_nisn", "gender", "x", "tanggal kelahiran", "class", "npsn"],
        [
            *("no", "siswa.nama", "siswa.nisn", "siswa.jenis_kelamin", "siswa.tempat"),
            *("siswa.tanggal_lahir", "rombel.nama", "sekolah.npsn"),
        ],
        [
            *("No", "Name of Student", "No. Induk Siswa Nasional", "Jantina", "x"),
            *("Date of Birth (dd/mm/yyyy)", "Class Name", "School Number (NPSN)"),
        ],
    ],
    ids=["english", "short", "student", "paths", "malay"],
)
def test_headings_of_other_makers(head):
    rows = read_bytes(sheet(head, PUPIL), "a.xlsx").rows

    columns = rows.select("name", "nisn", "sex", "birth_date", "class_name", "npsn")
    assert columns.rows() == [("BUDI UJI", "0081234501", "L", BORN, "XI 1", "10700669")]


@pytest.mark.parametrize("text", ["ayah.nama", "ibu.nik", "wali.tanggal_lahir", "jurusan.nama"])
def test_a_path_of_somebody_else_is_not_the_pupils(text):
    assert {"nama", "nik", "tanggallahir"}.isdisjoint(readings(text))


@pytest.mark.parametrize(
    ("above", "head"),
    [
        (
            ["No", "Nama", "NISN", "Tanggal Lahir", None, None],
            [None, None, None, "Tgl", "Bln", "Thn"],
        ),
        (None, ["No", "Nama", "NISN", "Tgl Lahir", "Bulan Lahir", "Tahun Lahir"]),
    ],
    ids=["two rows", "one row"],
)
@pytest.mark.parametrize("month", [10, "Oktober", "X"])
def test_a_date_in_three_columns_is_one(above, head, month):
    rows = [*([above] if above else []), head, [1, "BUDI UJI", "0081234501", 1, month, 2008]]

    assert read_bytes(sheet(*rows), "a.xlsx").rows["birth_date"].to_list() == [BORN]


def test_a_year_of_birth_beside_a_whole_date_changes_nothing():
    head = ["Nama", "NISN", "Tanggal Lahir", "Bulan Lahir", "Tahun Lahir"]

    rows = read_bytes(sheet(head, ["A", "0081234501", "01-10-2008", 10, 2008]), "a.xlsx").rows

    assert rows["birth_date"].to_list() == [BORN]


def test_columns_numbered_by_letters_are_no_pupil():
    head = ["No", "Nama", "NISN", "JK", "Tempat", "Tanggal Lahir", "Kelas", "NPSN"]

    read = read_bytes(sheet(head, list("abcdefgh"), PUPIL), "a.xlsx")

    assert read.rows["name"].to_list() == ["BUDI UJI"]


def test_years_of_birth_of_parents_are_no_column_of_the_pupil():
    parents = ["Nama Ayah", "Tahun Lahir", "Nama Ibu", "Tahun Lahir"]
    heads = ["No", "Nama", "NISN", "JK", "Tempat Lahir", "Tanggal Lahir", "Kelas", "NPSN"]

    read = read_bytes(sheet([*heads, *parents], [*PUPIL, "X", "1975", "Y", "1978"]), "a.xlsx")

    assert read.rows["birth_date"].to_list() == [BORN]
    assert read.coded_issues.is_empty()
    assert "Tahun Lahir" in read.files["unused"].item()
