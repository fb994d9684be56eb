"""The places in which a pupil of a season can be."""

from __future__ import annotations

from school_ektp.model.outcome import Result
from school_ektp.season.pupil_places import IN_SEASON, LEAVING, MOVES, PLACES, RECORDED


def test_places_and_moves_exclude_each_other():
    assert len({*PLACES, *MOVES}) == len(PLACES) + len(MOVES)


def test_whoever_leaves_or_is_recorded_is_in_a_place():
    assert {*LEAVING.values(), *RECORDED, *IN_SEASON} <= {*PLACES}


def test_whoever_still_waits_after_a_visit_does_not_leave():
    assert not LEAVING.keys() & {Result.ABSENT, Result.FAILED, Result.UNDER_AGE}
