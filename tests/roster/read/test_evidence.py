"""What a column of dates proves: the order of day and month, and cells that a program turned."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.read.dates import DateOrder, DateSystem, read_date
from school_ektp.roster.read.evidence import Turned, date_evidence, date_order
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet
from school_ektp.testing.strategies import births

HEAD = ["Nama", "NISN", "Tanggal Lahir", "NIK"]
BORN = [
    dt.date(2008, month, day)
    for month, day in [
        *((1, 2), (3, 5), (7, 4), (11, 12), (2, 25)),
        *((6, 30), (9, 17), (12, 31), (4, 13), (8, 20)),
    ]
]
AMBIGUOUS = [dt.date(2010, month, month % 12 + 1) for month in range(1, 12)]


def turned(day):
    """Return what a program that expects month before day makes of a text in d/m order."""
    return dt.date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"


def nik_of(day, number=3):
    return f"170209{day:%d%m%y}{number:04d}"


def roster_of(cells, container=Container.XLSX, niks=()):
    rows = [
        [f"UJI {number}", f"00812345{number:02d}", cell, *niks[number : number + 1]]
        for number, cell in enumerate(cells)
    ]
    return read_bytes(spreadsheet({"a": [HEAD, *rows]}, container), "a.xlsx")


def about_column(roster):
    found = roster.coded_issues.filter(pl.col("row").is_null() & (pl.col("column") == "birth_date"))
    return found.select("rule", "detail").rows()


@pytest.mark.parametrize("container", Container)
def test_date_cells_that_a_spreadsheet_turned_are_put_back(container):
    roster = roster_of([turned(day) for day in BORN], container)

    assert roster.rows["birth_date"].to_list() == BORN
    assert about_column(roster) == [("dates_turned", "0")]


def test_date_cells_turned_where_month_comes_first():
    cells = [
        dt.date(2008, day.day, day.month) if day.day <= 12 else f"{day:%m/%d/%Y}" for day in BORN
    ]

    roster = roster_of(cells)

    assert roster.rows["birth_date"].to_list() == BORN
    assert [rule for rule, _ in about_column(roster)] == ["month_day_order", "dates_turned"]


def test_cells_and_texts_of_two_people_stay_as_they_are():
    cells = [day if number % 2 else f"{day:%d/%m/%Y}" for number, day in enumerate(BORN)]

    roster = roster_of(cells)

    assert roster.rows["birth_date"].to_list() == BORN
    assert about_column(roster) == []


def test_a_few_cells_are_a_doubt_and_no_proof():
    days = [dt.date(2008, 1, 2), dt.date(2008, 3, 5), dt.date(2008, 2, 25), dt.date(2008, 6, 30)]

    roster = roster_of([turned(day) for day in days])

    assert roster.rows["birth_date"].to_list()[:2] == [dt.date(2008, 2, 1), dt.date(2008, 5, 3)]
    assert about_column(roster) == [("dates_maybe_turned", "0")]


def test_a_nik_settles_what_few_cells_cannot():
    days = [dt.date(2008, 1, 2), dt.date(2008, 3, 5), dt.date(2008, 7, 4), dt.date(2008, 6, 30)]
    niks = [nik_of(day) for day in days]

    wrong = roster_of([turned(day) for day in days], niks=niks)
    right = roster_of([*days[:3], "30/06/2008"], niks=niks)

    assert wrong.rows["birth_date"].to_list() == days
    assert right.rows["birth_date"].to_list() == days
    assert about_column(right) == []


def test_one_odd_date_does_not_turn_a_whole_column():
    cells = [f"{day:%d/%m/%Y}" for day in AMBIGUOUS]

    roster = roster_of([*cells, "05/13/2010"])

    assert roster.rows["birth_date"].to_list() == [*AMBIGUOUS, dt.date(2010, 5, 13)]
    assert about_column(roster) == [("dates_mixed", "1")]
    assert "date_other_order" in roster.coded_issues["rule"].to_list()


def test_niks_prove_an_order_that_no_date_does():
    cells = [f"{day:%m/%d/%Y}" for day in AMBIGUOUS]

    roster = roster_of(cells, niks=[nik_of(day) for day in AMBIGUOUS])

    assert roster.rows["birth_date"].to_list() == AMBIGUOUS
    assert about_column(roster) == [("month_day_order", "0")]


def test_one_slip_does_not_turn_a_column_that_is_month_first():
    days = [dt.date(2008, 1, 1) + dt.timedelta(days=5 * number) for number in range(73)]
    cells = [f"{day:%m/%d/%Y}" for day in days]

    roster = roster_of([*cells * 2, "25/12/2008"])

    assert roster.rows["birth_date"].to_list()[:73] == days


def test_women_have_forty_added_to_their_day_in_the_nik():
    day = dt.date(2010, 3, 2)
    nik = f"170209{day.day + 40}{day:%m%y}0003"

    assert date_evidence(["03/02/2010"], [("03/02/2010", nik)] * 3).order is DateOrder.MONTH_DAY


def test_serial_numbers_are_date_cells_of_their_system():
    texts = [f"{day:%d/%m/%Y}" for day in BORN if day.day > 12]
    days = [dt.date(day.year, day.day, day.month) for day in BORN if day.day <= 12]
    numbers = [str((day - dt.date(1904, 1, 1)).days) for day in days]

    assert date_evidence([*texts, *numbers], system=DateSystem.FROM_1904).turned is Turned.YES


@given(st.lists(births(), min_size=1, max_size=60), st.data())
def test_a_nik_that_agrees_keeps_every_date_where_it_is(days, data):
    """Whatever mixture of cells and texts a column is, a NIK that agrees turns none."""
    as_cells = data.draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))
    texts = [
        f"{day} 00:00:00" if cell else f"{day:%d/%m/%Y}"
        for day, cell in zip(days, as_cells, strict=True)
    ]
    niks = [(text, nik_of(day)) for text, day in zip(texts, days, strict=True)]
    telling = [
        cell
        for cell, day in zip(as_cells, days, strict=True)
        if day.day != day.month and day.day <= 12
    ]

    found = date_evidence(texts, niks)

    assert found.order is DateOrder.DAY_MONTH
    assert found.odd == 0
    assert sum(telling) < 3 or found.turned is Turned.NO


@given(st.lists(births().map(lambda day: f"{day:%d/%m/%Y}"), max_size=40))
def test_row_order_and_repetition_prove_nothing(texts):
    assert date_order(texts) is date_order(list(reversed(texts)))
    assert date_evidence(texts).turned is Turned.NO


@pytest.mark.parametrize(
    ("odd", "day"),
    [("05/13/2009", dt.date(2009, 5, 13)), ("12/31/2008", dt.date(2008, 12, 31))],
)
def test_one_date_the_other_way_round_is_read_and_reported(odd, day):
    """Twelve rows say day/month; the one that is no date so is one the other way round."""
    usual = [f"{n + 13}/0{1 + n % 9}/2009" for n in range(12)]

    evidence = date_evidence([*usual, odd])
    cell = read_date(odd, order=evidence.order)

    assert evidence.order is DateOrder.DAY_MONTH
    assert (cell.value, cell.note) == (day, "date_other_order")
    assert all(read_date(text, order=evidence.order).note == "" for text in usual)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/13/2008", "03/05/2008"], DateOrder.MONTH_DAY),
        (["13/03/2008", "03/05/2008"], DateOrder.DAY_MONTH),
        (["13/03/2008", "03/13/2008"], DateOrder.DAY_MONTH),
        (["03/05/2008"], DateOrder.DAY_MONTH),
        (["2008-03-05", "x"], DateOrder.DAY_MONTH),
        ([], DateOrder.DAY_MONTH),
    ],
)
def test_only_proof_makes_a_column_month_day(texts, order):
    assert date_order(texts) is order


@given(st.lists(births(), min_size=1))
def test_a_day_month_column_is_never_taken_for_month_day(born):
    assert date_order([f"{day:%d/%m/%Y}" for day in born]) is DateOrder.DAY_MONTH


texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2008-03-05", "05/03/2008", "L", "1702094503080000", "81234567", "XI", ""]),
    st.none(),
)


def test_times_of_half_days_prove_that_the_month_comes_first():
    american = ["10/1/2008 12:00:00 AM", "3/5/2008 12:00:00 AM"]

    roster = roster_of(american)

    assert roster.rows["birth_date"].to_list() == [dt.date(2008, 10, 1), dt.date(2008, 3, 5)]
    assert about_column(roster) == [("month_day_order", "0")]
    assert date_order([*american, "25/12/2008 12:00:00 AM"]) is DateOrder.DAY_MONTH


def test_turned_cells_among_sound_ones_are_reported():
    several = [day.replace(year=year) for year in (2006, 2007, 2009) for day in BORN]
    cells = [*map(turned, several), *several]

    assert about_column(roster_of(cells)) == [("dates_maybe_turned", "0")]


def test_a_short_year_that_comes_first():
    roster = roster_of([f"{day:%y-%m-%d}" for day in BORN])

    assert roster.rows["birth_date"].to_list() == BORN
    assert set(roster.coded_issues.drop_nulls("row")["rule"]) == {"date_short_year"}


@pytest.mark.parametrize("cells", [["08-10-01", "07-03-22"], [f"{d:%d-%m-%y}" for d in BORN]])
def test_a_short_year_comes_last_unless_several_rows_prove_otherwise(cells):
    assert date_order(cells) is DateOrder.DAY_MONTH


def test_a_day_between_year_and_month_is_read_and_reported():
    roster = roster_of([f"{day:%Y-%d-%m}" for day in BORN])

    assert roster.rows["birth_date"].to_list() == BORN
    assert about_column(roster) == [("dates_turned", "0")]
