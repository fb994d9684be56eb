"""A problem without one limit: nothing else changes, and a better plan lets itself be made."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from left_for_a_reason import SMALLEST, school, season
from school_ektp.model.travel import NO_ROUTE
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import (
    Floor,
)
from school_ektp.planning.explain.explain import left_out_pupils
from school_ektp.planning.explain.reasons import CONSTRAINT_REASONS, Reason
from school_ektp.planning.explain.relax import has_route, longer, relaxed
from school_ektp.planning.explain.trials import with_day
from school_ektp.planning.solution import Solution
from school_ektp.testing.oracle import plan_exhaustively
from school_ektp.testing.problems import problems


@pytest.mark.parametrize("reason", [r for r in SMALLEST if r is not Reason.NOT_WORTH])
def test_without_the_limit_that_is_reported_the_best_plan_is_better(reason):
    problem, _ = SMALLEST[reason]
    plan = plan_exhaustively(problem)
    (left,) = left_out_pupils(problem, plan)

    without = relaxed(problem, left)

    assert evaluate(without, plan_exhaustively(without)).total > evaluate(problem, plan).total


def test_a_way_there_without_one_back_is_no_route():
    problem = season(school(1))
    problem = attrs.evolve(problem, travel=(((0, NO_ROUTE), (10, 0)),))

    (left,) = left_out_pupils(problem, Solution())

    assert left.reason is Reason.NO_ROUTE
    assert not violations(relaxed(problem, left), with_day(Solution(), left.visits))


def test_a_team_that_pauses_through_its_days_off_is_put_to_work_without_pauses():
    problem = season(school(1), off=[0])
    paused = attrs.evolve(problem.teams[0], breaks=(((0, 24 * 60),),))

    (left,) = left_out_pupils(attrs.evolve(problem, teams=(paused,)), Solution())

    assert left.reason is Reason.NO_TEAM


@pytest.mark.parametrize("reason", SMALLEST)
def test_without_the_limit_the_plan_that_was_made_still_holds(reason):
    problem, _ = SMALLEST[reason]
    plan = plan_exhaustively(problem)
    (left,) = left_out_pupils(problem, plan)

    assert violations(relaxed(problem, left), plan) == ()


@pytest.mark.parametrize("reason", CONSTRAINT_REASONS)
def test_of_the_constraints_only_the_one_that_is_named_is_gone(reason):
    problem, _ = SMALLEST[reason]
    more = attrs.evolve(problem, constraints=(*problem.constraints, Floor(0, 0)))
    (left,) = left_out_pupils(problem, plan_exhaustively(problem))

    assert relaxed(more, left) == attrs.evolve(problem, constraints=(Floor(0, 0),))


@given(problems(), st.integers(1, 60), st.integers(0, 2), st.integers(0, 7))
def test_longer_days_end_later_by_so_many_minutes_for_whom_they_are_meant(
    problem, minutes, team, day
):
    longer_problem = longer(problem, minutes, [team], [day])

    for number, (before, after) in enumerate(zip(problem.teams, longer_problem.teams, strict=True)):
        for here, (old, new) in enumerate(zip(before.shifts, after.shifts, strict=True)):
            more = minutes if (number, here) == (team, day) else 0
            assert new == (old and (old[0], old[1] + more))
    for before, after in zip(problem.sites, longer_problem.sites, strict=True):
        for here, (old, new) in enumerate(zip(before.sessions, after.sessions, strict=True)):
            more = minutes if here == day else 0
            assert new == tuple((opens, closes + more) for opens, closes in old)


def test_a_route_leads_there_and_back():
    problem = season(school(1))
    one_way = attrs.evolve(problem, travel=(((0, NO_ROUTE), (10, 0)),))

    assert has_route(problem, problem.teams[0], 0)
    assert not has_route(one_way, problem.teams[0], 0)
