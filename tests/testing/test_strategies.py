"""Drawn pupils and rules: every edge turns up, and what is drawn first is the plain case."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.nik import Nik, NikFinding
from school_ektp.model.risks import Risks
from school_ektp.model.worth import Worth
from school_ektp.roster.schema import ROSTER
from school_ektp.testing import strategies as draw

PLAINEST = {
    "policies": EligibilityPolicy(),
    "risks": Risks.none(),
    "worths": Worth.balanced(),
}


@pytest.mark.parametrize("name", PLAINEST)
def test_values_shrink_to_the_plainest_case(name):
    found = find(getattr(draw, name)(), lambda _: True, settings=settings(database=None))

    assert found == PLAINEST[name]


BIRTHS = {
    "29 February": lambda day: (day.month, day.day) == (2, 29),
    "28 February": lambda day: (day.month, day.day) == (2, 28),
    "the last of August": lambda day: (day.month, day.day) == (8, 31),
    "New Year": lambda day: (day.month, day.day) == (1, 1),
}
ROWS = {
    "no birth date": pl.col("birth_date").is_null(),
    "a birth in the future": pl.col("birth_date") > dt.date(2024, 9, 1),
    "a birth centuries ago": pl.col("birth_date") < dt.date(1900, 1, 1),
    "married": pl.col("married"),
    "recorded": pl.col("recorded"),
    "no class": pl.col("class_name") == "",
    "no NIK": pl.col("nik").is_null(),
    "a school without an NPSN of digits": pl.col("npsn").cast(pl.String).str.starts_with("K"),
}


def several(strategy, count=300):
    """Return what a strategy draws, the same every time."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(strategy)
    def take(value):
        found.append(value)

    take()
    return found


@pytest.mark.parametrize("edge", BIRTHS)
def test_births_on_which_conventions_part_turn_up(edge):
    assert any(map(BIRTHS[edge], several(draw.births())))


@pytest.fixture(scope="module")
def rosters():
    return several(draw.rosters(), 60)


@pytest.mark.parametrize("edge", ROWS)
def test_every_kind_of_row_turns_up(edge, rosters):
    assert any(frame.filter(ROWS[edge]).height for frame in rosters)


def test_rosters_have_the_columns_of_a_roster_and_keys_of_their_own(rosters):
    assert any(frame.is_empty() for frame in rosters)
    for frame in rosters:
        assert {*frame.columns} <= {*ROSTER}
        assert frame["student_id"].n_unique() == frame.height


@given(draw.niks())
def test_every_nik_is_one_that_no_office_gives_out(nik):
    assert nik.endswith("0000")
    assert Nik(nik).finding is NikFinding.SERIAL
