"""Visits in minutes and plans at random, as tests trust them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.testing import (
    problems,
    random_problem,
    thrown_together,
)
from school_ektp.testing.stays import lone_visit, moment_after, next_visit, stay_minutes, unplaced
from towns import town


@pytest.mark.parametrize(
    ("minutes", "breaks", "moment"),
    [
        (0, (), 100),
        (30, (), 130),
        (30, ((110, 120),), 140),
        (10, ((110, 120),), 110),  # done as the break begins
        (30, ((90, 105),), 135),  # begins within a break
        (30, ((60, 90),), 130),  # over before
        (30, ((110, 120), (125, 126)), 141),
        (30, ((115, 120), (110, 116)), 140),  # they overlap
    ],
)
def test_moment_after_skips_breaks(minutes, breaks, moment):
    assert moment_after(100, minutes, breaks) == moment


def test_a_lone_visit_has_room_for_all_who_wait_if_there_is_time():
    """60 minutes less 20 of driving and 5 of set-up leave time for seven."""
    assert lone_visit(town(5), team=0, day=0, site=0).room == 5
    assert lone_visit(town(9), team=0, day=0, site=0).room == 7
    assert lone_visit(town(9), team=0, day=0, site=0, most=2).room == 2
    assert lone_visit(town(9, hours=29), team=0, day=0, site=0) is None


@given(problems(), st.integers(0, 2**32))
def test_random_plans_break_no_rule_but_pins(problem, seed):
    plan = thrown_together(problem, seed)

    assert {fault.rule for fault in violations(problem, plan)} <= {"pinned"}
    assert thrown_together(problem, seed) == plan


def test_random_plans_have_visits():
    made = [len(thrown_together(random_problem(seed), seed).visits) for seed in range(40)]

    assert max(made) > 8
    assert sum(made) > 100


@given(problems(), st.integers(0, 2**16))
def test_a_visit_begins_after_the_drive_within_a_session_and_no_earlier_than_asked(problem, seed):
    rng = random.Random(seed)
    team, site = rng.randrange(len(problem.teams)), rng.randrange(len(problem.sites))
    day, early = rng.randrange(problem.days), rng.randrange(600)
    plain = unplaced(day=day, team=team, site=site, room=rng.randint(1, 20))

    visit = next_visit(problem, None, plain, not_before=early)

    if visit is not None:
        who, sessions = problem.teams[team], problem.sites[site].sessions[day]
        drive = problem.travel[who.travel][who.start][site]
        assert visit.arrive >= who.shifts[day][0] + drive
        assert visit.start >= max(visit.arrive, early)
        assert any(opens <= visit.start and visit.end <= closes for opens, closes in sessions)
        assert visit.end - visit.start >= stay_minutes(who, day, site, visit.room)
