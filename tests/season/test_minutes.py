"""Minutes per pupil and of set-up, told apart by visits of different size."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_calls import TEAMS, call, learnt, timed
from school_ektp.model.school import SchoolLevel


def test_minutes_and_set_up_are_told_apart():
    known = learnt(timed(random.Random(2), 200, pace=8.0, fixed=60.0))

    assert known.rate("minutes").value == pytest.approx(8.0, abs=0.2)
    assert known.rate("fixed").value == pytest.approx(60.0, abs=4)
    (team, _) = known.teams(TEAMS)
    assert team.minutes_per_pupil == 8
    assert team.setup_minutes + team.packdown_minutes in {57, 58, 59, 60}


def test_one_timed_visit_moves_minutes_a_little():
    known = learnt([call(minutes=45 + 10 * 17)])  # twice as long a pupil

    assert 5 < known.rate("minutes").value < 5.6


def test_teams_and_levels_have_minutes_of_their_own():
    rng = random.Random(4)
    slb = {"level": SchoolLevel.SLB, "pupil_minutes": 25}
    calls = [
        *timed(rng, 60, pace=5.0, fixed=45.0),
        *timed(rng, 60, pace=9.0, fixed=45.0, team="Tim 2"),
        *timed(rng, 60, pace=15.0, fixed=45.0, **slb),
    ]

    known = learnt(calls)

    fast, slow = known.teams(TEAMS)
    assert dict(fast.minutes_by_level)[SchoolLevel.SLB] in {15, 16}
    assert dict(slow.minutes_by_level)[SchoolLevel.SMA] in {8, 9}
    assert dict(fast.minutes_by_level).get(SchoolLevel.SMA, fast.minutes_per_pupil) in {5, 6}


@given(st.integers(50, 300), st.integers(1, 60))
def test_longer_visits_never_lower_both_minutes(minutes, more):
    calls = [call(minutes=minutes), call(1, minutes=120, recorded=10)]
    longer = [attrs.evolve(calls[0], minutes=minutes + more), calls[1]]

    before, after = learnt(calls), learnt(longer)

    assert any(
        after.rate(name).value > before.rate(name).value - 1e-9 for name in ("minutes", "fixed")
    )
