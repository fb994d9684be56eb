"""Who left: found by number, else by name and birth date, at the school that was left."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from school_ektp.model.messages import RULES
from school_ektp.roster.issues import NO_ISSUES
from school_ektp.roster.leavers import LEFT, who_left
from school_ektp.roster.read.result import ROWS
from school_ektp.roster.schema import CODED_ISSUES, LEAVERS

ON = dt.date(2024, 9, 3)
PERSON = {"nisn": "0081234567", "nik": "1702094503080001", "name": "SITI AMINAH"}
PERSON |= {"birth_date": dt.date(2008, 3, 5), "npsn": "10700669"}


def table(schema, *persons: dict) -> pl.DataFrame:
    rows = [
        {**dict.fromkeys(schema), **PERSON, "source_file": "a.xlsx", "source_row": number, **one}
        for number, one in enumerate(persons, start=1)
    ]
    return pl.DataFrame(rows, schema=schema)


def left(pupil: dict, leaver: dict) -> list[str]:
    """Return by which columns a pupil is found among the leavers."""
    found = who_left(table(ROWS, pupil), table(LEAVERS, leaver), on=ON)
    assert set(found["rule"]) <= {LEFT}
    return found["column"].to_list()


@pytest.mark.parametrize(
    ("unknown", "column"),
    [
        ({}, "nisn"),
        ({"nisn": None}, "nik"),
        ({"nisn": None, "nik": None}, "name"),
        ({"nisn": None, "nik": None, "birth_date": None}, None),
        ({"nisn": None, "nik": None, "name": None}, None),
    ],
)
def test_a_pupil_is_known_by_the_surest_that_is_given(unknown, column):
    assert left({}, unknown) == ([column] if column else [])


@pytest.mark.parametrize(
    ("leaver", "is_out"),
    [
        *(({"left_on": ON}, True), ({"left_on": None}, True)),
        ({"left_on": ON + dt.timedelta(days=1)}, False),
        *(({"npsn": None}, True), ({"npsn": "10700610"}, False)),
    ],
    ids=["today", "any day", "tomorrow", "of any school", "of another school"],
)
def test_who_left_this_school_by_the_day_is_out(leaver, is_out):
    assert bool(left({}, leaver)) is is_out


def test_a_row_is_out_once_and_tells_which_list_says_so():
    leavers = table(LEAVERS, {"source_file": "keluar.xlsx"}, {"source_file": "keluar.xlsx"})

    found = who_left(table(ROWS, {}, {"nisn": "1", "nik": "1", "name": "BUDI"}), leavers, on=ON)

    assert found.schema == CODED_ISSUES
    assert found.select("row", "rule", "npsn", "detail").rows() == [
        (1, LEFT, "10700669", "keluar.xlsx")
    ]
    assert LEFT in RULES


def test_without_leavers_nobody_left():
    assert who_left(table(ROWS, {}), LEAVERS.to_frame(), on=ON).equals(NO_ISSUES)
