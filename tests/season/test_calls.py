"""The calls of a season, as evidence: what they count hangs together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from made_standings import at, records, where
from school_ektp.model.team import Break


def test_minutes_of_a_call_leave_pauses_out(season, make):
    plan = season(teams=[make.team(breaks=[Break("08:30-08:40")])], iterations=0)

    found = where(plan, at(recorded=4, absent=0, start=480, end=560))

    [call] = found.calls
    assert (call.minutes, call.kits, call.pupil_minutes) == (70, 1, 10)


@given(st.lists(records, max_size=8))
def test_nobody_comes_who_was_not_called(any_plan, outcomes):
    for call in where(any_plan, *outcomes).calls:
        assert 0 <= call.came <= call.first + call.again
        assert call.walk_ins <= call.recorded
        if call.first_came is not None:
            assert call.first_came <= call.first
            assert call.again_came <= call.again


def test_a_visit_that_did_not_take_place_counts_nobody(twenty):
    [call] = where(twenty, at(cancelled="hujan")).calls

    assert (call.held, call.reason) == (False, "hujan")
    assert not any((call.first, call.again, call.came, call.recorded, call.failed))
