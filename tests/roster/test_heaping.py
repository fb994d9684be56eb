"""Birth-date heaping: an alarm with its evidence, and none by chance."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given

from school_ektp.roster.heaping import birth_date_heaping
from school_ektp.testing import strategies as own

YEAR = pl.date_range(dt.date(2007, 1, 1), dt.date(2007, 12, 31), eager=True)


def school(npsn, births):
    return pl.DataFrame({"npsn": [npsn] * len(births), "birth_date": list(births)})


def test_heaping_on_1_july_raises_the_alarm():
    honest = school("10700001", YEAR)
    guessed = school("10700002", [*YEAR[:90], *[dt.date(2007, 7, 1)] * 12])

    [alarm] = birth_date_heaping(pl.concat([honest, guessed])).rows(named=True)

    assert alarm["npsn"] == "10700002"
    assert (alarm["heaping_day"], alarm["found"], alarm["pupils"]) == ("1 July", 12, 102)
    assert alarm["share"] == pytest.approx(12 / 102)
    assert alarm["expected_share"] == pytest.approx(1 / 365.25)
    assert alarm["probability"] < 1e-12


@pytest.mark.parametrize(
    ("day", "name"),
    [(dt.date(2007, 12, 31), "31 December"), (dt.date(2007, 4, 15), "15th")],
)
def test_each_heaping_day_is_reported_by_name(day, name):
    births = [*YEAR[:90], *[day] * 20]

    assert birth_date_heaping(school("1", births))["heaping_day"].to_list() == [name]


def test_a_year_of_births_is_above_suspicion():
    table = birth_date_heaping(school("1", YEAR), suspects_only=False)

    assert dict(table.select("heaping_day", "found").rows()) == {
        "1 July": 1,
        "15th": 12,
        "31 December": 1,
    }
    assert not table["suspect"].any()


def test_twins_raise_no_alarm():
    twins = school("1", [dt.date(2007, 7, 1)] * 2)

    assert birth_date_heaping(twins, alarm=1e-3).is_empty()


@given(own.rosters())
def test_every_known_birth_date_is_tested_for_every_heaping_day(roster):
    table = birth_date_heaping(roster, suspects_only=False)
    known = roster.drop_nulls("birth_date")

    assert table.height == 3 * known["npsn"].n_unique()
    assert table["pupils"].sum() == 3 * known.height
    days = [(born.day, born.month) for born in known["birth_date"]]
    assert table["found"].sum() == sum(born in {(1, 7), (31, 12)} or born[0] == 15 for born in days)
    assert birth_date_heaping(roster.lazy(), suspects_only=False).collect().equals(table)
