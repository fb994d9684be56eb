"""Conventional birth dates: an alarm with its evidence, and none by chance."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from math import comb

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.chance import at_least
from school_ektp.roster.conventional import conventional_births, is_conventional
from school_ektp.testing import strategies as own

YEAR = pl.date_range(dt.date(2007, 1, 1), dt.date(2007, 12, 31), eager=True)


def school(npsn, births):
    return pl.DataFrame({"npsn": [npsn] * len(births), "birth_date": list(births)})


def test_a_pile_up_on_1_july_raises_the_alarm():
    honest = school("10700001", YEAR)
    guessed = school("10700002", [*YEAR[:90], *[dt.date(2007, 7, 1)] * 12])

    [alarm] = conventional_births(pl.concat([honest, guessed])).rows(named=True)

    assert alarm["npsn"] == "10700002"
    assert (alarm["convention"], alarm["found"], alarm["pupils"]) == ("1 July", 12, 102)
    assert alarm["share"] == pytest.approx(12 / 102)
    assert alarm["expected_share"] == pytest.approx(1 / 365.25)
    assert alarm["probability"] < 1e-12


@pytest.mark.parametrize(
    ("day", "convention"),
    [(dt.date(2007, 12, 31), "31 December"), (dt.date(2007, 4, 15), "15th")],
)
def test_each_convention_is_told_by_name(day, convention):
    births = [*YEAR[:90], *[day] * 20]

    assert conventional_births(school("1", births))["convention"].to_list() == [convention]


def test_a_year_of_births_is_above_suspicion():
    table = conventional_births(school("1", YEAR), suspects_only=False)

    assert dict(table.select("convention", "found").rows()) == {
        "1 July": 1,
        "15th": 12,
        "31 December": 1,
    }
    assert not table["suspect"].any()


def test_twins_raise_no_alarm():
    twins = school("1", [dt.date(2007, 7, 1)] * 2)

    assert conventional_births(twins, alarm=1e-3).is_empty()


@given(st.integers(1, 80), st.data(), st.sampled_from([1 / 365.25, 12 / 365.25, 0.5]))
def test_the_probability_is_that_of_the_binomial_law(trials, data, share):
    found = data.draw(st.integers(0, trials))
    chance = Fraction(share)
    exact = sum(
        comb(trials, hits) * chance**hits * (1 - chance) ** (trials - hits)
        for hits in range(found, trials + 1)
    )

    assert at_least(found, trials, share) == pytest.approx(float(exact), rel=1e-9)


def test_a_nation_in_one_school_is_no_trouble():
    assert at_least(300_000, 10_000_000, 12 / 365.25) == 1
    assert at_least(0, 0, 0.5) == 1


@given(own.rosters())
def test_every_known_birth_date_is_judged_for_every_convention(roster):
    table = conventional_births(roster, suspects_only=False)
    known = roster.drop_nulls("birth_date")

    assert table.height == 3 * known["npsn"].n_unique()
    assert table["pupils"].sum() == 3 * known.height
    assert table["found"].sum() == known.select(is_conventional().sum()).item()
    assert conventional_births(roster.lazy(), suspects_only=False).collect().equals(table)
