"""Whatever a roster is written as, with any harmless quirks, it reads back equal."""

from __future__ import annotations

import datetime as dt
import pickle

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.model.school import School
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.check import check_roster
from school_ektp.roster.read.cells import clean, grade_of_class
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet
from school_ektp.testing.strategies import births, niks
from school_ektp.testing.workbooks import (
    DATE_QUIRKS,
    HARMLESS,
    SECRETS,
    Quirk,
    dapodik_leavers_workbook,
    dapodik_workbook,
    emis_workbook,
    web_service_json,
)

SCHOOL = School(npsn="10700669", name="SMA N 1 & Rejang", level="SMA", kecamatan="Curup")
CARRIED = ["name", "birth_date", "sex", "grade", "class_name", "special_needs", "nisn", "nik"]
CLASSES = ("X IPA 1", "XI TKJ 2", "XII IPS 1", "10 A", "")
#: Never put in the place of a roster column by any harmless quirk.
EMPTY = roster_from_students([])

names = st.text(min_size=2, max_size=40).map(clean).filter(lambda name: len(name) > 1) | (
    st.sampled_from(["SITI AMINAH", "M. RIZKI", "=SUM(A1)", "O'NEIL <b>&amp;", "Ayu-Putri, S.Pd"])
)
pupils = st.fixed_dictionaries(
    {
        "name": names,
        "birth_date": births(),
        "sex": st.sampled_from(["L", "P"]),
        "class_name": st.sampled_from(CLASSES),
        "special_needs": st.booleans(),
        "nisn": st.none() | st.integers(10**6, 10**10 - 1).map(lambda number: f"{number:010d}"),
        "nik": st.none() | niks(),
    }
)


@st.composite
def quirks(draw):
    """Return any set of harmless quirks with at most one way to write dates."""
    others = sorted(HARMLESS.difference(DATE_QUIRKS))
    dates = sorted(HARMLESS.intersection(DATE_QUIRKS))
    chosen = draw(st.sets(st.sampled_from(others)))
    return frozenset(chosen | draw(st.sets(st.sampled_from(dates), max_size=1)))


def roster_of(rows: list[dict]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={name: EMPTY.schema[name] for name in CARRIED})
    grades = [grade_of_class(name) for name in frame["class_name"]]
    complete = frame.with_columns(
        grade=pl.Series(grades, dtype=pl.Int8), recorded_on=pl.lit(None, pl.Date)
    )
    return pl.concat([EMPTY, complete], how="diagonal")


rosters = st.lists(pupils, min_size=1, max_size=8).map(roster_of)


@given(rosters, quirks(), st.sampled_from(Container), st.integers(0, 99))
def test_a_dapodik_roster_reads_back_equal(roster, asked, container, seed):
    content = dapodik_workbook(roster, SCHOOL, quirks=asked, container=container, seed=seed)

    read = read_bytes(content, "daftar_pd.xlsx")

    assert read.rows.select(CARRIED).to_dicts() == roster.select(CARRIED).to_dicts()
    assert read.rows["school_name"].unique().to_list() == [SCHOOL.name]
    assert counted(read)


@given(rosters, quirks(), st.sampled_from(Container), st.booleans())
def test_an_emis_roster_reads_back_equal(roster, asked, container, by_class):
    content = emis_workbook(roster, quirks=asked, container=container, by_class=by_class)

    read = read_bytes(content, "emis.xlsx")

    ordered = roster.sort("class_name", maintain_order=True) if by_class else roster
    rows = read.rows.select(CARRIED)
    if by_class:
        rows = rows.sort("class_name", maintain_order=True)
    assert rows.to_dicts() == ordered.select(CARRIED).to_dicts()
    assert counted(read)


@given(rosters)
def test_a_web_service_answer_reads_back_equal(roster):
    carried = [name for name in CARRIED if name != "special_needs"]

    read = read_bytes(web_service_json(roster), "ws.json")

    assert read.rows.select(carried).to_dicts() == roster.select(carried).to_dicts()
    assert counted(read)


@given(
    rosters,
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.booleans(),
)
def test_a_plain_table_reads_back_equal(roster, delimiter, encoding, indonesian):
    names = {"name": "Nama", "birth_date": "Tgl Lahir", "sex": "Jenis Kelamin"}
    wanted = roster.select(CARRIED)
    written = wanted.rename(names) if indonesian else wanted
    text = written.write_csv(separator=delimiter)

    read = read_bytes(text.encode(encoding), "plain.csv")

    assert read.rows.select(CARRIED).to_dicts() == wanted.to_dicts()
    assert counted(read)


def counted(read) -> bool:
    """Return whether every row of every sheet is in one place."""
    places = pl.sum_horizontal("head", "blank", "notes", "leavers", "pupils")
    return read.files.select((places == pl.col("rows")).all()).item()


ONE = roster_of(
    [
        {
            "name": "SITI CONTOH",
            "birth_date": dt.date(2008, 3, 5),
            "sex": "P",
            "class_name": "XI IPA 1",
            "special_needs": False,
            "nisn": "0081234567",
            "nik": "1702094503080000",
        }
    ]
)
SEVERAL = pl.concat(
    [
        ONE.with_columns(
            name=pl.lit(f"SISWA {number}"),
            birth_date=pl.lit(dt.date(2008, 3, number)),
            nisn=pl.lit(f"00812345{number:02d}"),
            nik=pl.lit(None, pl.String),
        )
        for number in range(1, 26)
    ]
)


def test_the_day_of_the_download_and_the_school_come_from_the_titles():
    read = read_bytes(dapodik_workbook(ONE, SCHOOL, as_of=dt.date(2024, 8, 1)), "x.xlsx")

    assert read.files["as_of"].to_list() == [dt.date(2024, 8, 1)]
    assert read.files["school"].to_list() == [SCHOOL.name]


def test_the_name_of_the_file_tells_both_when_the_titles_are_gone():
    content = dapodik_workbook(ONE, SCHOOL, quirks=[Quirk.TITLES_REMOVED])

    read = read_bytes(content, "daftar_pd-SMAN 1 Rejang-2024-07-22 08_15_00.xlsx")

    assert read.files["as_of"].to_list() == [dt.date(2024, 7, 22)]
    assert read.rows["school_name"].to_list() == ["SMAN 1 Rejang"]


def test_row_numbers_are_those_a_spreadsheet_shows():
    plain = read_bytes(dapodik_workbook(SEVERAL, SCHOOL), "x.xlsx")
    lower = read_bytes(dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.ROWS_ABOVE]), "x.xlsx")

    assert plain.rows["source_row"].to_list() == list(range(7, 32))
    assert lower.rows["source_row"].to_list() == list(range(10, 35))


def test_a_column_that_proves_month_day_order_is_read_so_and_said():
    content = dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.DATES_MONTH_DAY])

    read = read_bytes(content, "x.xlsx")

    assert read.rows["birth_date"].to_list() == SEVERAL["birth_date"].to_list()
    assert read.coded_issues["rule"].value_counts().sort("rule").rows() == [
        ("date_month_day", 25),
        ("month_day_order", 1),
    ]


def test_niks_that_a_spreadsheet_rounded_are_told_for_the_sheet():
    numbered = SEVERAL.with_columns(
        nik=pl.concat_str(pl.lit("170209"), pl.col("nisn").str.tail(6), pl.lit("0003"))
    )

    read = read_bytes(dapodik_workbook(numbered, SCHOOL, quirks=[Quirk.NIK_NUMBERS]), "x.xlsx")

    # the serial 0003 becomes 0000: a rule of its own tells it
    assert read.rows["nik"].str.ends_with("0000").all()


@pytest.mark.parametrize(
    ("endings", "percent"),
    [
        *(("000000000", "100"), ("0000", "100"), ("0000000123", "70"), ("00", None)),
        *(("0000123456789123456789", None), ("1203405060", None)),
    ],
)
def test_so_many_zeros_at_the_end_that_chance_cannot_make_them_are_told(endings, percent):
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


def test_niks_in_scientific_form_are_lost_and_said():
    read = read_bytes(dapodik_workbook(ONE, SCHOOL, quirks=[Quirk.NIK_SCIENTIFIC]), "x.xlsx")

    assert read.rows["nik"].to_list() == [None]
    assert read.coded_issues["rule"].to_list() == ["nik_lost"]
    assert read.coded_issues["row"].to_list() == [7]


@pytest.mark.parametrize("container", Container)
def test_leavers_are_taken_out_of_the_roster(container):
    gone = dapodik_leavers_workbook(
        SEVERAL.head(3), SCHOOL, left_on=dt.date(2024, 7, 1), container=container
    )
    left, here = read_bytes(gone, "keluar.xls"), read_bytes(dapodik_workbook(SEVERAL, SCHOOL), "a")
    both = type(here)(
        rows=here.rows,
        coded_issues=here.coded_issues,
        files=pl.concat([here.files, left.files]),
        leavers=left.leavers,
    )

    checked = check_roster(both, schools=[SCHOOL], on=dt.date(2024, 9, 3))

    assert (checked.valid.height, checked.left_school, checked.refused) == (22, 3, 0)
    assert left.files["leavers"].to_list() == [3]


@pytest.mark.parametrize(
    "content",
    [
        dapodik_workbook(SEVERAL, SCHOOL),
        dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.COLUMNS_MOVED]),
        dapodik_workbook(SEVERAL, SCHOOL, container=Container.XLS),
        dapodik_workbook(SEVERAL, SCHOOL, quirks=[Quirk.HEADER_FLAT]),
        emis_workbook(SEVERAL),
        web_service_json(SEVERAL),
    ],
    ids=["dapodik", "moved", "xls", "flat", "emis", "json"],
)
def test_parents_income_bank_and_telephone_never_enter(content):
    written = b"".join(SECRETS[0].encode(code) for code in ("utf-8", "utf-16-le"))
    read = read_bytes(content, "x.xlsx")
    checked = check_roster(read, schools=[SCHOOL], on=dt.date(2024, 9, 3))

    dump = pickle.dumps((read, checked))

    assert written
    assert b"SISWA 1" in dump
    assert [word for word in SECRETS if word.encode() in dump] == []
    for frame in (read.rows, read.coded_issues, read.leavers, checked.valid, checked.issues):
        assert "RAHASIA" not in frame.write_csv()


def test_a_file_without_a_header_says_what_it_looked_for():
    content = spreadsheet({"a": [["Laporan"], ["isi"]]})

    with pytest.raises(ReadError, match="has no header with a name or number and a birth date"):
        read_bytes(content, "x.xlsx")


def test_a_column_there_twice_is_said():
    content = b"Nama,Nama,Tanggal Lahir\nSITI,AYAH,2008-03-05\n"

    read = read_bytes(content, "x.csv")

    assert read.rows["name"].to_list() == ["SITI"]
    assert ("column_twice", "name", "2") in read.coded_issues.select(
        "rule", "column", "detail"
    ).rows()


def test_a_stated_number_of_rows_that_is_wrong_is_said():
    content = web_service_json(SEVERAL).replace(b'"results": 25', b'"results": 26')

    read = read_bytes(content, "x.json")

    assert read.coded_issues["rule"].to_list() == ["rows_stated"]


def test_a_bare_ampersand_is_mended_and_said():
    content = dapodik_workbook(ONE, SCHOOL, container=Container.SPREADSHEETML)
    broken = content.replace(b"&amp;", b"&")

    read = read_bytes(broken, "x.xls")

    assert read.rows["school_name"].to_list() == [SCHOOL.name]
    assert read.coded_issues["rule"].to_list() == ["ampersand_mended"]
