"""The roster of the sample plan with invented NIKs, and the call sheets of the plan."""

from __future__ import annotations

import polars as pl
import pytest

from school_ektp.model.priorities import Priorities


@pytest.fixture(scope="module")
def roster(region):
    nik = pl.format("170209{}0000", pl.col("birth_date").dt.strftime("%d%m%y"))
    return region.roster.with_columns(nik.alias("nik"))


@pytest.fixture(scope="module")
def options(region):
    return {"priorities": Priorities.usual(region.deadline), "on": region.as_of}


@pytest.fixture(scope="module")
def sheets(hand_plan, roster, options):
    return hand_plan.call_sheets(roster, **options)
