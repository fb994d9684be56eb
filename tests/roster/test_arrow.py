"""Whatever speaks Arrow goes through every door that takes a frame, to the same result."""

from __future__ import annotations

import importlib

import polars as pl
import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

import school_ektp as ek
from roster_doors import DOORS, NO_REGISTER, Minimal
from school_ektp.errors import RosterSchemaError
from school_ektp.roster.frames import frame_of
from school_ektp.roster.match import REVIEW, match_register
from school_ektp.roster.places import places_from_frames
from school_ektp.testing.strategies import rosters


class Silent:
    """A table that fails when it is read."""

    def __arrow_c_stream__(self, requested_schema=None):
        raise ValueError("RAHASIANAMA is no date")


@pytest.fixture(scope="module")
def roster():
    return ek.datasets.rejang_lebong(seed=1).roster.head(2_000)


def same(one, other):
    if isinstance(one, pl.DataFrame):
        assert_frame_equal(one, other)
    else:
        assert one == other


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_minimal_table_goes_through_every_door(door, roster):
    same(door(Minimal(roster)), door(roster))


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_table_that_cannot_be_read_is_reported_without_its_words(door):
    message = r"speaks Arrow, got a Silent that cannot be read \(ValueError\)"

    with pytest.raises(RosterSchemaError, match=message) as caught:
        door(Silent())

    assert "RAHASIANAMA" not in str(caught.value)


@given(rosters())
def test_any_roster_is_read_as_it_is(rows):
    assert_frame_equal(frame_of(Minimal(rows), "roster"), rows)


def test_what_is_returned_is_a_polars_frame(roster):
    assert isinstance(ek.registry.with_nik_checks(Minimal(roster)), pl.DataFrame)


def test_register_review_and_places_may_speak_arrow(roster):
    accepted = REVIEW.to_frame()
    villages = pl.DataFrame(
        {"name": ["Hulu"], "kecamatan": ["Ilir"], "latitude": [-2.0], "longitude": [104.0]}
    )

    plain = match_register(roster, NO_REGISTER, accepted=accepted)
    other = match_register(roster, Minimal(NO_REGISTER), accepted=Minimal(accepted))
    places = places_from_frames(Minimal(villages), Minimal(villages))

    assert_frame_equal(plain.matches, other.matches)
    assert places == places_from_frames(villages, villages)


@pytest.mark.parametrize("package", ["pandas", "pyarrow", "duckdb"])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_tables_of_other_packages_where_they_are_installed(package, door, roster):
    pytest.importorskip(package)
    pytest.importorskip("pyarrow")
    tables = {"pandas": roster.to_pandas, "pyarrow": roster.to_arrow, "duckdb": roster.to_arrow}
    table = tables[package]()
    if package == "duckdb":
        table = importlib.import_module("duckdb").from_arrow(table)

    same(door(table), door(roster))
