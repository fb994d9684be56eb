"""Files, folders and patterns: all of them read, each with a line in the summary."""

from __future__ import annotations

import datetime as dt
import io
import sys

import polars as pl
import pytest

from school_ektp.datasets import rejang_lebong
from school_ektp.errors import InvalidFieldError, MissingExtraError, ReadError, RosterSchemaError
from school_ektp.roster.check import check_roster
from school_ektp.roster.read import ReadLimits, read_register, read_roster
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.schema import FILES
from school_ektp.roster.sheet_account import sheet_account
from school_ektp.testing.containers import Container, spreadsheet
from school_ektp.testing.workbooks import Quirk, dapodik_workbook, emis_workbook

REGION = rejang_lebong(seed=1, names=True)
SCHOOLS = REGION.schools[:3]
ON = dt.date(2024, 9, 3)


def pupils_of(npsn: str) -> pl.DataFrame:
    rows = REGION.roster.filter(npsn=npsn)
    numbers = pl.int_range(pl.len()) + int(npsn[-4:]) * 1_000 + 10_000_000
    return rows.with_columns(nisn=numbers.cast(pl.String).str.zfill(10))


@pytest.fixture
def folder(tmp_path):
    first, second, third = SCHOOLS
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.xlsx").write_bytes(dapodik_workbook(pupils_of(first.npsn), first))
    (tmp_path / "sub" / "b.xls").write_bytes(
        dapodik_workbook(pupils_of(second.npsn), second, container=Container.SPREADSHEETML)
    )
    (tmp_path / "c.xlsx").write_bytes(
        emis_workbook(pupils_of(third.npsn), quirks=[Quirk.SHEETS_ADDED, Quirk.FOOTER])
    )
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    (tmp_path / "notes.docx").write_bytes(b"ignored")
    return tmp_path


def expected() -> int:
    return sum(pupils_of(school.npsn).height for school in SCHOOLS)


def test_a_folder_is_read_whole_and_every_row_is_accounted_for(folder):
    read = read_roster(folder, npsn={"c.xlsx": SCHOOLS[2].npsn})
    checked = check_roster(read, schools=SCHOOLS, on=ON)

    assert checked.valid.height == expected()
    assert read.files["file"].unique().sort().to_list() == ["a.xlsx", "b.xls", "c.xlsx"]
    account = sheet_account(checked)
    places = pl.sum_horizontal(
        "head", "blank", "notes", "leavers", "valid", "refused", "left_school"
    )
    assert account.select((places == pl.col("rows")).all()).item()


def test_an_npsn_for_a_file_that_is_not_there_is_reported(folder):
    found = read_roster(folder, npsn={"d.xlsx": SCHOOLS[2].npsn}).coded_issues

    issues = found.filter(pl.col("rule") == "npsn_for_no_file")
    assert issues.select("file", "column").rows() == [("d.xlsx", "npsn")]


def test_progress_is_reported_after_each_file(folder):
    steps = []

    read_roster(folder, progress=steps.append)

    assert [(step.files_done, step.files) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert steps[-1].pupils == expected()


def test_a_pattern_and_several_paths_mean_the_same_files(folder):
    pattern = read_roster(f"{folder}/*.xlsx")
    several = read_roster([folder / "a.xlsx", folder / "c.xlsx"])

    assert pattern.rows.equals(several.rows)


def test_one_bad_file_among_several_is_an_issue_and_the_others_are_read(folder):
    (folder / "d.xlsx").write_bytes(b"PK\x03\x04 torn")

    read = read_roster(folder)

    bad = read.issues("en").filter(pl.col("rule") == "file_unreadable")
    assert bad["file"].to_list() == ["d.xlsx"]
    assert "damaged zip archive" in bad["message"].item()
    assert read.rows.height == expected()


def test_a_bad_parquet_among_several_says_what_it_lacks(folder):
    pl.DataFrame({"x": [1]}).write_parquet(folder / "e.parquet")

    assert "lacks columns" in read_roster(folder).issues("en")["message"].str.join(" ").item()
    with pytest.raises(RosterSchemaError, match="'birth_date': missing"):
        read_roster(folder / "e.parquet")


def test_files_of_one_name_are_told_apart_by_their_folders(folder):
    (folder / "sub" / "a.xlsx").write_bytes((folder / "a.xlsx").read_bytes())

    files = read_roster(folder).files["file"].unique().sort().to_list()

    assert files == ["a.xlsx", "c.xlsx", "sub/a.xlsx", "sub/b.xls"]


def test_the_same_download_twice_is_refused_as_duplicates(folder):
    (folder / "copy.xlsx").write_bytes((folder / "a.xlsx").read_bytes())

    checked = check_roster(
        read_roster(folder, npsn={"c.xlsx": SCHOOLS[2].npsn}), schools=SCHOOLS, on=ON
    )

    assert checked.valid.height == expected()
    assert checked.refused == pupils_of(SCHOOLS[0].npsn).height
    assert set(checked.not_valid["rule"]) == {"duplicate_id"}


def test_a_school_that_no_file_names_is_refused_with_a_way_out(folder):
    checked = check_roster(read_roster(folder / "c.xlsx"), schools=SCHOOLS, on=ON, lang="en")

    refused = checked.issues.filter(pl.col("rule") == "npsn_missing")
    assert refused.height == pupils_of(SCHOOLS[2].npsn).height
    assert "name it when reading this file" in refused["message"][0]


def test_a_number_that_is_none_is_refused_before_reading(folder):
    with pytest.raises(InvalidFieldError, match="must be 8 digits"):
        read_roster(folder, npsn="123")


def test_a_missing_file_is_named_in_the_error(tmp_path):
    with pytest.raises(ReadError, match="there is no such file"):
        read_roster(tmp_path / "none.xlsx")
    with pytest.raises(ReadError, match="there is no such file"):
        read_roster(tmp_path)


def test_more_files_than_the_bound_are_refused(folder):
    with pytest.raises(ReadError, match=r"has 3 files, more than the 2 of ReadLimits\.files"):
        read_roster(folder, limits=ReadLimits(files=2))


@pytest.mark.parametrize("read", [read_roster, read_register])
def test_without_the_extra_a_workbook_names_it(read, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastexcel", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[excel\]'"):
        read(folder / "a.xlsx")


def test_without_the_extra_spreadsheetml_is_read_all_the_same(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastexcel", None)

    assert read_roster(folder / "sub" / "b.xls").rows.height == pupils_of(SCHOOLS[1].npsn).height


def test_a_parquet_file_reads_back_equal(tmp_path):
    REGION.roster.write_parquet(tmp_path / "r.parquet")

    checked = check_roster(read_roster(tmp_path / "r.parquet"), schools=REGION.schools, on=ON)

    kept = [name for name in REGION.roster.columns if not name.startswith("source_")]
    assert checked.valid.select(kept).equals(REGION.roster.sort("npsn", "student_id").select(kept))


def test_the_summary_has_a_line_per_sheet(folder):
    files = read_roster(folder).files

    assert files.schema == FILES
    assert files.filter(pl.col("file") == "c.xlsx")["sheet"].to_list() == [
        *("Data Siswa", "Catatan", "Kosong")
    ]


@pytest.mark.parametrize(
    ("endings", "percent"),
    [
        *(("000000000", "100"), ("0000", "100"), ("0000000123", "70"), ("00", None)),
        *(("0000123456789123456789", None), ("1203405060", None)),
    ],
)
def test_so_many_zeros_at_the_end_that_chance_cannot_make_them_are_reported(endings, percent):
    rows = [["Nama", "NIK", "Tanggal Lahir"]]
    rows += [
        [f"UJI {number}", f"17020901100800{number % 9 + 1}{digit}", dt.date(2008, 10, 1)]
        for number, digit in enumerate(endings)
    ]

    found = read_bytes(spreadsheet({"a": rows}), "a.xlsx").coded_issues

    rounded = found.filter(pl.col("rule") == "nik_rounded")["detail"].to_list()
    assert rounded == ([percent] if percent else [])


@pytest.mark.parametrize(
    ("needs", "disability", "special"),
    [
        ("Tidak Ada", "Tuna Netra", True),
        ("Tuna rungu", "", True),
        ("Bukan ABK", "Tidak Ada", False),
        ("", "", False),
    ],
)
def test_a_need_counts_in_either_of_two_columns(needs, disability, special):
    rows = [
        ["Nama Lengkap", "Tanggal Lahir", "Umur", "Kebutuhan Khusus", "Disabilitas"],
        ["BUDI UJI", "2008-10-01", "15", needs, disability],
    ]

    read = read_bytes(spreadsheet({"a": rows}), "emis.xlsx")

    assert read.rows["special_needs"].to_list() == [special]


def test_a_file_without_a_header_says_what_it_looked_for():
    content = spreadsheet({"a": [["Laporan"], ["isi"]]})

    with pytest.raises(ReadError, match="has no header with a name or number and a birth date"):
        read_bytes(content, "x.xlsx")


def sheet(*rows, container=Container.XLSX) -> bytes:
    return spreadsheet({"Sheet1": [list(row) for row in rows]}, container)


HEAD = ["No", "Nama", "NIPD", "JK", "NISN", "Tanggal Lahir", "NIK", "Rombel Saat Ini"]

ROW = [1, "BUDI UJI", "1", "L", "0081234501", "2008-10-01", "1702090110080001", "XI 1"]


def test_a_folder_is_read_as_before(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(sheet(HEAD, ROW))
    (tmp_path / "b.xlsx").write_bytes(sheet(["Laporan"], ["isi"]))

    read = read_roster(tmp_path)

    assert (read.rows.height, read.coded_issues["rule"].to_list()) == (1, ["file_unreadable"])


def written(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


ONE = pl.DataFrame(
    {"name": "A", "nisn": "0081234501", "birth_date": dt.date(2008, 1, 1), "npsn": "10700669"}
)


def test_a_parquet_file_of_many_equal_rows_is_refused_by_its_metadata():
    content = written(pl.concat([ONE] * 1).select(pl.all().repeat_by(3_000_000).explode()))

    assert len(content) < 200_000
    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(content, "f")


def test_a_parquet_file_that_repeats_a_long_text_is_refused():
    long = ONE.with_columns(name=pl.lit("x" * 1_000_000)).select(pl.all().repeat_by(100).explode())

    with pytest.raises(ReadError, match=r"of ReadLimits\.repeated_bytes"):
        read_bytes(written(long), "f")


def sheet_of(classes, heading="Nama"):
    rows = [[heading, "Tgl Lahir", "Kelas"]]
    rows += [[f"Anak {n}", f"2010-01-{n % 28 + 1:02d}", name] for n, name in enumerate(classes)]
    return read_bytes(spreadsheet({"Data": rows}), "x.xlsx")


def test_a_class_that_stands_once_above_its_pupils_is_filled_in_and_reported():
    read = sheet_of(["X A", *[None] * 5, "XI B", *[None] * 5])

    assert read.rows["class_name"].to_list() == ["X A"] * 6 + ["XI B"] * 6
    assert read.rows["grade"].to_list() == [10] * 6 + [11] * 6
    found = read.coded_issues.filter(rule="class_filled")
    assert found.select("column", "detail").rows() == [("class_name", "10")]


@pytest.mark.parametrize(
    "classes",
    [
        [None, "X A", *[None] * 10],
        ["X A", *[None] * 5, "X A", *[None] * 5],
        ["X A", None, "X B", None, "X C", None],
        [None] * 12,
    ],
)
def test_classes_that_are_simply_missing_stay_missing(classes):
    read = sheet_of(classes)

    assert read.rows["class_name"].to_list() == [name or "" for name in classes]
    assert "class_filled" not in read.coded_issues["rule"]


def test_learners_of_a_pkbm_have_names():
    assert sheet_of(["Paket C"] * 3, "Nama Warga Belajar").rows["name"][0] == "Anak 0"


def test_sums_below_a_list_without_numbers_of_persons_are_no_pupils():
    text = "Nama,Tanggal Lahir,NPSN\nA,2008-01-01,10700669\nB,2008-01-02,10700669\nJumlah,2,\n"

    read = read_bytes(text.encode(), "siswa.csv")

    assert read.rows["name"].to_list() == ["A", "B"]
    assert read.files["notes"].to_list() == [1]
