"""Tables in: any that speaks Arrow, with the types that are needed, or an error of ours."""

from __future__ import annotations

import datetime as dt
import importlib

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import school_ektp as ek
from roster_doors import Minimal
from school_ektp.errors import RosterSchemaError
from school_ektp.roster.frames import (
    ArrowTable,
    frame_of,
    is_in_memory,
    same_kind,
    settled,
    takes_frames,
    type_fault,
)
from school_ektp.roster.schema import ROSTER

ON = dt.date(2024, 9, 3)


@pytest.fixture(scope="module")
def roster():
    return ek.datasets.rejang_lebong(seed=1).roster.head(2_000)


def test_days_as_midnights_and_numbers_as_whole_floats_are_taken():
    """As pandas keeps them."""
    days, grades = [dt.datetime(2008, 3, 5), None], [11.0, float("nan")]
    rows = pl.DataFrame({"birth_date": days, "grade": grades})

    read = frame_of(Minimal(rows), "roster", {"birth_date": pl.Date, "grade": pl.Int8})

    assert read["birth_date"].to_list() == [dt.date(2008, 3, 5), None]
    assert read["grade"].to_list() == [11, None]


@pytest.mark.parametrize("grade", [10.5, float("inf"), 1e300])
def test_numbers_that_are_not_whole_stay_and_are_reported(grade):
    rows = pl.DataFrame({"student_id": ["1"], "npsn": ["1"], "birth_date": [ON], "grade": [grade]})

    with pytest.raises(RosterSchemaError, match=r"'grade': expected Int8, got Float64"):
        ek.check_roster(Minimal(rows), schools=None, on=ON)


def test_times_of_a_day_are_no_dates():
    rows = Minimal(pl.DataFrame({"birth_date": [dt.datetime(2008, 3, 5, 8)]}))

    with pytest.raises(RosterSchemaError, match=r"'birth_date': expected Date, got Datetime"):
        ek.demand_of(rows)


@pytest.mark.parametrize("value", [pl.Series([1]), Minimal(pl.Series([1])), Minimal, object()])
def test_what_is_no_table_is_reported(value):
    with pytest.raises(RosterSchemaError, match="or a table that speaks Arrow, got a"):
        ek.demand_of(value)


def test_a_table_whose_package_lacks_another_says_which():
    class Bare:
        def __arrow_c_stream__(self, requested_schema=None):
            importlib.import_module("pyarrow_that_is_not_here")

    with pytest.raises(RosterSchemaError, match="without the package pyarrow_that_is_not_here"):
        ek.demand_of(Bare())


def test_the_protocol_knows_frames_and_minimal_tables(roster):
    assert isinstance(roster, ArrowTable)
    assert isinstance(Minimal(roster), ArrowTable)
    assert not isinstance(roster.lazy(), ArrowTable)


whole = st.integers(-(2**40), 2**40).map(float)


@given(st.lists(st.none() | whole | st.just(float("nan"))))
def test_whole_floats_become_the_integers_they_are(numbers):
    frame = pl.DataFrame({"a": numbers, "b": numbers}, schema={"a": pl.Float64, "b": pl.Float64})

    read = settled(frame, {"a": pl.Int8()})

    expected = [None if n is None or n != n else int(n) for n in numbers]  # noqa: PLR0124 - NaN
    assert read["a"].to_list() == expected
    assert read["b"].dtype == pl.Float64, "nobody asked for it"


def test_a_frame_comes_back_as_it_was_given():
    rows = pl.DataFrame({"a": [1]})

    assert isinstance(same_kind(rows.lazy(), rows), pl.DataFrame)
    assert isinstance(same_kind(rows.lazy(), rows.lazy()), pl.LazyFrame)
    assert (is_in_memory(rows), is_in_memory(rows.lazy())) == (True, False)


@pytest.mark.parametrize(
    ("given_type", "wanted", "fault"),
    [
        *((pl.Int64(), pl.Int8(), ""), (pl.Enum(["a"]), pl.String(), ""), (pl.Date(),) * 2 + ("",)),
        (pl.Int64(), pl.String(), "expected String, got Int64"),
        (pl.Float64(), pl.Int8(), "expected Int8, got Float64"),
        (pl.String(), pl.Date(), "expected Date, got String"),
    ],
)
def test_a_type_stands_for_another_where_nothing_is_lost(given_type, wanted, fault):
    assert type_fault(given_type, wanted) == fault


@takes_frames(rows=ROSTER, other=ROSTER)
def joined(rows, other=None):
    return rows.select(pl.col("npsn"), pl.col("village").cast(pl.Int64, strict=True))


def test_an_error_of_polars_is_reported_without_its_words_and_names_the_table():
    """Its words may quote a cell."""
    rows = pl.DataFrame({"npsn": ["RAHASIA"], "village": ["RAHASIA"]})

    with pytest.raises(RosterSchemaError, match=r"(?s)rows .*cannot be worked with") as caught:
        joined(rows)
    with pytest.raises(RosterSchemaError, match=r"rows has 1 bad column:\n - 'village': missing"):
        joined(rows.drop("village"))
    with pytest.raises(RosterSchemaError, match=r"other has 1 bad column:\n - 'npsn': expected"):
        joined(rows, pl.DataFrame({"npsn": [1]}))

    assert "RAHASIA" not in str(caught.value)
    assert caught.value.__suppress_context__
