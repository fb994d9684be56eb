"""Headings, titles and shapes as people and programs write them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.roster.read import read_holidays, read_register, read_roster, read_schools
from school_ektp.roster.read.headings import joint_readings, readings
from school_ektp.roster.read.register_files import register_bytes
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


# the civil registry's lists


@pytest.mark.parametrize(
    "head",
    [
        ["NIK", "NAMA", "TANGGAL LAHIR", "STATUS REKAM"],
        ["nik", "nama", "tanggallahir", "status_rekam"],
        ["NIK (16 digit)", "namaLengkap", "Tgl. Lahir", "Status"],
    ],
)
def test_a_list_of_the_registry_needs_no_marks_of_its_own(head, tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(sheet(head, ["1702090110080001", "BUDI UJI", "2008-10-01", "SUDAH REKAM"]))

    people = read_register(file).people

    assert people.select("nik", "name", "birth_date", "recorded").rows() == [
        ("1702090110080001", "BUDI UJI", BORN, True)
    ]


def test_the_population_book_tells_recorded_and_married_apart():
    head = ["NO", "Nama Lengkap", "NIK", "Tanggal Lahir", "JK", "Stat Kwn", "Status", "Stat Rkm"]
    rows = [
        [1, "BUDI UJI", "1702090110080001", "01-10-2008", "Lk", "BK", "BLM DPT", "SUDAH\nREKAM"],
        [2, "SITI UJI", "1702094110070002", "01-10-2007", "Pr", "K", "SDH DPT", "CARD SHIPPED"],
        [3, "ANI UJI", "1702094110070003", "02-10-2007", "Pr", "CH", "BLM DPT", "BELUM REKAM"],
        [4, "ADI UJI", "1702090210070004", "02-10-2007", "Lk", "CM", "BLM DPT", "BELUM REKAM"],
    ]

    read = register_bytes(sheet(head, *rows), "bip.xlsx")

    assert read.people["recorded"].to_list() == [True, True, False, False]
    assert read.people["married"].to_list() == [False, True, True, True]
    assert read.coded_issues.is_empty()


@pytest.mark.parametrize(
    ("values", "recorded", "married", "rules"),
    [
        (("SUDAH REKAM", "BELUM REKAM"), [True, False], [None, None], []),
        (("8", "2"), [True, False], [None, None], []),
        (("BK", "K"), [None, None], [False, True], []),
        (("BLM DPT", "SDH DPT"), [None, None], [None, None], ["status_not_recording"]),
        ((None, None), [None, None], [None, None], []),
    ],
)
def test_a_bare_status_means_what_its_values_say(values, recorded, married, rules):
    head = ["NIK", "NAMA", "STATUS"]
    rows = [[f"170209011008000{n}", f"UJI {n}", value] for n, value in enumerate(values, 1)]

    read = register_bytes(sheet(head, *rows), "a.xlsx")

    assert read.people["recorded"].to_list() == recorded
    assert read.people["married"].to_list() == married
    assert read.coded_issues["rule"].to_list() == rules


def test_a_list_of_nik_alone_is_a_list_of_those_recorded_if_the_caller_says_so():
    read = register_bytes(b"NIK\n1702090110080001\n1702094110070002\n", "a.csv", recorded=True)

    assert read.people.select("nik", "recorded").rows() == [
        ("1702090110080001", True),
        ("1702094110070002", True),
    ]


@pytest.mark.parametrize("container", Container)
def test_a_list_of_nik_needs_no_heading(container):
    rows = [["1702090110080001"], ["'1702094110070002"]]

    read = register_bytes(sheet(*rows, container=container), "a.xlsx", recorded=True)

    assert read.people["nik"].to_list() == ["1702090110080001", "1702094110070002"]
    assert read.people["source_row"].to_list() == [1, 2]
    with pytest.raises(ReadError, match="has no header"):
        register_bytes(b"1702090110080001\nBUDI UJI\n", "a.csv")


# titles


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


# shapes of JSON


PERSON = {"nama": "BUDI UJI", "nisn": "0081234501", "tanggalLahir": "2008-10-01"}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([PERSON]),
        json.dumps({"results": 1, "rows": PERSON}),
        json.dumps({"data": {"rows": [PERSON], "total": 1}}),
        json.dumps({"status": "ok", "siswa": [PERSON]}),
        json.dumps({"0081234501": {"nama": "BUDI UJI", "tanggal_lahir": "2008-10-01"}}),
        json.dumps(PERSON) + "\n" + json.dumps({**PERSON, "nama": None, "nisn": None}),
        "\ufeff" + json.dumps([PERSON]),
    ],
    ids=["list", "one object", "nested", "other key", "keyed", "lines", "byte order mark"],
)
def test_pupils_are_found_in_json_of_any_shape(content):
    rows = read_bytes(content.encode(), "a.json").rows.head(1)

    assert rows.select("name", "nisn", "birth_date").rows() == [("BUDI UJI", "0081234501", BORN)]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ({"BUDI UJI": [1, 2], "n": 3}, r"an object of 1 × list, 1 × number$"),
        ([1, "BUDI UJI"], r"a list of 2 values \(number, text\)$"),
        ([], "no header"),
        ({}, "an empty object$"),
    ],
)
def test_json_without_rows_tells_its_shape_and_no_value(value, shape):
    with pytest.raises(ReadError, match=shape) as caught:
        read_bytes(json.dumps(value).encode(), "a.json")
    assert "BUDI" not in str(caught.value)


def test_half_a_character_in_json_is_no_foreign_error():
    content = b'[{"nama": "BUDI \\ud800UJI", "nisn": "0081234501", "tanggal lahir": "2008-10-01"}]'

    assert read_bytes(content, "a.json").rows["name"].to_list() == ["BUDI \ufffdUJI"]


def test_schools_are_read_from_geojson(tmp_path):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [102.52, -3.47]},
        "properties": {
            "npsn": "10700669",
            "nama": "SMAN 1 UJI",
            "bentuk": "SMA",
            "kecamatan": "Curup",
        },
    }
    file = tmp_path / "s.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    (school,) = read_schools(file).schools

    assert (school.npsn, school.location.latitude, school.location.longitude) == (
        *("10700669", -3.47, 102.52),
    )


@pytest.mark.parametrize(
    "value",
    [
        {"2024-12-25": "Natal", "info": {"updated": "x"}},
        {"2024-12-25": {"summary": "Natal"}},
        {"2024-12-25": [{"name": "Natal"}]},
        {"2024-12-25": {"summary": ["Natal"], "holiday": True}},
        {"data": {"2024-12-25": {"name": "Natal"}}},
    ],
)
def test_holidays_keyed_by_date_are_read(value, tmp_path):
    file = tmp_path / "h.json"
    file.write_text(json.dumps(value))

    assert read_holidays(file).holidays == {dt.date(2024, 12, 25): "Natal"}


@pytest.mark.parametrize(
    "other",
    [
        {"is_national_holiday": False},
        {"is_national": 0},
        {"isHoliday": "tidak"},
        {"type": "Observance"},
    ],
)
def test_days_that_are_called_no_holiday_are_none(other, tmp_path):
    file = tmp_path / "h.json"
    given = {"date": "2024-09-16", "name": "Maulid", **dict.fromkeys(other, True)}
    given.pop("type", None)
    file.write_text(json.dumps([given, {"date": "2024-09-25", "name": "Galungan", **other}]))

    assert list(read_holidays(file).holidays) == [dt.date(2024, 9, 16)]


def test_a_folder_is_read_as_before(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(sheet(HEAD, ROW))
    (tmp_path / "b.xlsx").write_bytes(sheet(["Laporan"], ["isi"]))

    read = read_roster(tmp_path)

    assert (read.rows.height, read.coded_issues["rule"].to_list()) == (1, ["file_unreadable"])


@given(
    st.text(alphabet="aBz 019", max_size=12) | st.sampled_from(["NIK 16 digit", "nama wajib diisi"])
)
def test_a_plain_heading_means_what_the_whole_way_finds(text):
    """Letters, digits and spaces are read by a short way; an empty bracket takes the long one."""
    assert readings(text) == readings(f"{text}()")
