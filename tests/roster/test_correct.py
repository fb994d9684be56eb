"""Issues go out as a workbook, come back mended, and the roster takes the mending."""

from __future__ import annotations

import datetime as dt

import fastexcel
import polars as pl
import pytest

from school_ektp.errors import ReadError
from school_ektp.model.school import School
from school_ektp.roster.check import check_roster
from school_ektp.roster.correct import apply_corrections, to_workbook_for_correction
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.sheet_account import sheet_account

ON = dt.date(2024, 9, 3)
SCHOOL = School(npsn="10700669", name="SMAN 1", level="SMA", kecamatan="Curup")
TEXT = """NISN,Nama,NIK,JK,Tanggal Lahir,Kelas,NPSN
0081234561,SITI CONTOH,1702094503080000,P,2008-02-30,XI IPA 1,10700669
0081234562,BUDI CONTOH,1702090503080000,Q,2008-03-05,XI IPA 1,10700669
0081234562,BUDI CONTOH,1702090503080000,L,2008-03-05,XI IPA 1,10700669
12,CITRA CONTOH,,P,2008-04-05,XI IPA 1,10700669
0081234565,DEWI CONTOH,,P,2008-05-06,XI IPA 1,10700669
"""


@pytest.fixture
def read():
    return read_bytes(TEXT.encode(), "siswa.csv")


def checked(read):
    return check_roster(read, schools=[SCHOOL], on=ON)


def returned(path, *fixes: tuple[int, str, str, str], heads: str = "id"):
    """Write what a school sends back: (row, column, new value, remove)."""
    words = {
        "id": "Berkas,Lembar,Baris,Kolom,Isi Baru,Hapus Baris (ya)",
        "en": "File,Sheet,Row,Column,New value,Remove row (yes)",
    }
    lines = [f"siswa.csv,,{row},{column},{new},{remove}" for row, column, new, remove in fixes]
    path.write_text("\n".join([words[heads], *lines]) + "\n", encoding="utf-8")
    return path


def test_the_workbook_lists_refusals_and_warnings_and_no_person(read, tmp_path):
    count = to_workbook_for_correction(checked(read), tmp_path / "p.xlsx")

    book = fastexcel.read_excel(tmp_path / "p.xlsx")
    table = book.load_sheet(0, dtypes="string").to_polars()
    assert table.height == count > 0
    assert table.columns[:5] == ["Berkas", "Lembar", "Baris", "Kolom", "Masalah"]
    assert "CONTOH" not in table.write_csv()
    assert "0081234561" not in table.write_csv()


def test_names_are_shown_only_when_asked_for(read, tmp_path):
    to_workbook_for_correction(checked(read), tmp_path / "p.xlsx", rows=read, names=True)

    table = fastexcel.read_excel(tmp_path / "p.xlsx").load_sheet(0, dtypes="string").to_polars()
    assert "SITI CONTOH" in table["Nama Siswa"].to_list()


def test_equal_issues_give_equal_bytes(read, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        to_workbook_for_correction(checked(read), tmp_path / name)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_only_one_school_is_written_when_it_is_named(read, tmp_path):
    assert to_workbook_for_correction(checked(read), tmp_path / "p.xlsx", npsn="10700610") == 0


def test_a_returned_workbook_mends_the_roster(read, tmp_path):
    fixes = returned(
        tmp_path / "p.csv",
        (2, "Tanggal Lahir", "28 Februari 2008", ""),
        (3, "Jenis Kelamin", "Laki-laki", ""),
        (4, "Identitas", "", "ya"),
        (5, "NISN", "0081234564", ""),
    )

    before, after = checked(read), checked(apply_corrections(read, fixes))

    assert (before.valid.height, before.refused) == (3, 2)
    assert (after.valid.height, after.refused) == (4, 1)
    assert after.not_valid.select("row", "rule").rows() == [(4, "removed_by_school")]
    born = after.valid.filter(pl.col("name") == "SITI CONTOH")["birth_date"].item()
    assert born == dt.date(2008, 2, 28)
    assert after.valid.filter(pl.col("name") == "CITRA CONTOH")["student_id"].item() == "0081234564"
    assert sorted(after.issues.filter(pl.col("rule") == "corrected")["row"]) == [2, 3, 5]


def test_the_account_still_sums_after_corrections(read, tmp_path):
    fixes = returned(tmp_path / "p.csv", (4, "NISN", "", "ya"))

    account = sheet_account(checked(apply_corrections(read, fixes)))

    places = pl.sum_horizontal(
        "head", "blank", "notes", "leavers", "valid", "refused", "left_school"
    )
    assert account.select((places == pl.col("rows")).all()).item()


def test_heads_without_their_hints_are_read_too(read, tmp_path):
    fixes = returned(tmp_path / "p.csv", (4, "NISN", "", "ya"))
    fixes.write_text(fixes.read_text(encoding="utf-8").replace(" (ya)", ""), encoding="utf-8")

    after = checked(apply_corrections(read, fixes))

    assert after.not_valid.filter(rule="removed_by_school")["row"].to_list() == [4]


def test_english_heads_are_read_too(read, tmp_path):
    fixes = returned(tmp_path / "p.csv", (2, "Birth date", "2008-02-28", ""), heads="en")

    assert checked(apply_corrections(read, fixes)).refused == 1


def test_the_workbook_itself_comes_back_without_effect_when_nothing_was_written(read, tmp_path):
    to_workbook_for_correction(checked(read), tmp_path / "p.xlsx", rows=read, names=True)

    again = apply_corrections(read, tmp_path / "p.xlsx")

    assert again.rows.equals(read.rows)
    assert again.coded_issues.equals(read.coded_issues)


def test_a_correction_that_is_doubtful_itself_is_reported(read, tmp_path):
    fixes = returned(tmp_path / "p.csv", (2, "Tanggal Lahir", "31/02/2008", ""))

    after = checked(apply_corrections(read, fixes))

    assert after.not_valid["rule"].to_list() == ["date_impossible", "duplicate_id"]


def test_corrections_that_match_no_row_or_column_are_reported(read, tmp_path):
    fixes = returned(
        tmp_path / "p.csv",
        (99, "NISN", "0081234564", ""),
        (2, "Nama Ibu", "X", ""),
    )

    after = apply_corrections(read, fixes)

    assert after.rows.equals(read.rows)
    issues = after.coded_issues.filter(pl.col("rule").str.starts_with("correction"))
    assert issues["rule"].to_list() == ["correction_unknown_row", "correction_unknown_column"]
    assert issues["row"].to_list() == [2, 3]


def test_a_table_that_is_no_correction_is_refused(read, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(ReadError, match="has no table of corrections with columns for row"):
        apply_corrections(read, tmp_path / "x.csv")
