"""Whatever a roster is written as, with any harmless quirks, it reads back equal."""

from __future__ import annotations

import datetime as dt
import pickle

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from few_pupils import CARRIED, ONE, SCHOOL, SEVERAL, roster_of
from school_ektp.roster.check import check_roster
from school_ektp.roster.read.cells import clean
from school_ektp.roster.read.grid import find_header
from school_ektp.roster.read.layouts import REGISTER_LAYOUTS, ROSTER_LAYOUTS, header_key
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container
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

CLASSES = ("X IPA 1", "XI TKJ 2", "XII IPS 1", "10 A", "")

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


def reads_as_merged(some):
    """Whether each class stands once, above pupils without one: it is filled down then."""
    classes = [pupil["class_name"] for pupil in some]
    named = [name for name in classes if name]
    return classes[0] and len(set(named)) == len(named) and len(classes) >= 5 * len(named)


rosters = (
    st.lists(pupils, min_size=1, max_size=8)
    .filter(lambda some: not reads_as_merged(some))
    .map(roster_of)
)


@given(rosters, quirks(), st.sampled_from(Container), st.integers(0, 99))
def test_a_dapodik_roster_reads_back_equal(roster, chosen, container, seed):
    content = dapodik_workbook(roster, SCHOOL, quirks=chosen, container=container, seed=seed)

    read = read_bytes(content, "daftar_pd.xlsx")

    assert read.rows.select(CARRIED).to_dicts() == roster.select(CARRIED).to_dicts()
    assert read.rows["school_name"].unique().to_list() == [SCHOOL.name]
    assert counted(read)


@given(rosters, quirks(), st.sampled_from(Container), st.booleans())
def test_an_emis_roster_reads_back_equal(roster, chosen, container, by_class):
    content = emis_workbook(roster, quirks=chosen, container=container, by_class=by_class)

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


def test_niks_that_a_spreadsheet_rounded_are_reported_for_the_sheet():
    numbered = SEVERAL.with_columns(
        nik=pl.concat_str(pl.lit("170209"), pl.col("nisn").str.tail(6), pl.lit("0003"))
    )

    read = read_bytes(dapodik_workbook(numbered, SCHOOL, quirks=[Quirk.NIK_NUMBERS]), "x.xlsx")

    # the serial 0003 becomes 0000: a rule of its own tells it
    assert read.rows["nik"].str.ends_with("0000").all()


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


@pytest.mark.parametrize("layout", [*ROSTER_LAYOUTS, *REGISTER_LAYOUTS], ids=lambda one: one.name)
def test_layouts_are_sound_data(layout):
    keys = [key for names in layout.columns.values() for key in names]

    assert [key for key in keys if header_key(key) != key] == []
    assert len(set(keys)) == len(keys), "one header would mean two columns"
    groups = [group.intersection(layout.columns) for group in layout.needs]
    assert all(groups)
    top = [[layout.columns[min(group)][0] for group in groups] + sorted(layout.marks)[:1]]
    assert find_header(top, [layout]) is not None
