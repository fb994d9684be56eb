"""Trade-offs: every point is a plan, and none has more pupils with fewer team-days."""

from __future__ import annotations

from itertools import count

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.stop import MaxIterations, MaxSeconds
from school_ektp.season.frontier import FRONTIER, frontier

FEW = MaxIterations(30)


@pytest.fixture
def plan(season, make):
    """Three team-days of five, five and two pupils."""
    return season(demand=[make.demand(pupils=12)], days=3)


def test_each_team_day_records_what_its_hour_holds(plan):
    found = frontier(plan, stop=FEW)

    assert found.table.schema == FRONTIER
    assert found.table.select(
        "team_days", "recorded", "recorded_first", "lost", "per_team_day"
    ).rows() == [
        (3, 12, 12, 0, 2.0),
        (2, 10, 10, 2, 5.0),
        (1, 5, 5, 7, 5.0),
        (0, 0, 0, 12, None),
    ]
    assert found.table["value"].to_list() == [12, 10, 5, 0]


def test_every_point_is_a_plan_that_holds(plan):
    found = frontier(plan, stop=FEW)

    for row, solution in zip(found.table.rows(named=True), found.solutions, strict=True):
        assert not violations(plan.problem, solution)
        reached = evaluate(plan.problem, solution)
        assert (reached.team_days, reached.pupils / 100) == (row["team_days"], row["recorded"])


def test_more_team_days_record_more(season, make):
    plan = season(
        schools=[make.school(), make.school(1), make.school(2, location=make.far)],
        demand=[make.demand(pupils=9), make.demand(1, pupils=7), make.demand(2, pupils=4)],
        teams=[make.team(), make.team(name="Tim 2")],
        days=3,
    )

    table = frontier(plan, stop=FEW).table

    assert table["team_days"].is_sorted(descending=True)
    assert table["recorded"].is_sorted(descending=True)
    assert table["recorded"].is_unique().all()


def test_the_smallest_budget_asked_for_ends_the_table(plan):
    assert frontier(plan, least=2, stop=FEW).table["team_days"].to_list() == [3, 2]


def test_points_are_at_equal_distances(season, make):
    plan = season(demand=[make.demand(pupils=35)], days=5)

    assert frontier(plan, points=3, stop=FEW).table["team_days"].to_list() == [5, 3, 1, 0]


def test_pinned_visits_stay(season, make):
    pinned = [PinnedVisit(day=make.monday, team="Tim 1", site=make.npsn[0])]
    plan = season(demand=[make.demand(pupils=12)], days=3, rules=VisitRules(pinned=pinned))

    found = frontier(plan, stop=FEW)

    assert found.table["team_days"].to_list() == [3, 2, 1]


def test_spacing_that_the_rest_no_longer_keeps_is_repaired(season, make):
    rules = VisitRules(days_between_visits=2)
    plan = season(demand=[make.demand(pupils=12)], days=5, rules=rules)

    found = frontier(plan, stop=FEW)

    assert found.table["team_days"].to_list() == [3, 2, 1, 0]
    for solution in found.solutions:
        assert not violations(plan.problem, solution)


def test_seconds_hold_for_the_whole_call(season, make):
    """The clock moves by a second whenever somebody looks; budgets without time are left out."""
    plan = season(demand=[make.demand(pupils=60)], days=12)

    def looks(seconds):
        clock = count()
        found = frontier(plan, stop=MaxSeconds(seconds, clock=lambda: next(clock)))
        return next(clock), found.table.height

    ticks, points = looks(200)

    assert ticks <= 220
    assert 2 <= points <= 13
    assert looks(0)[1] == 1  # the plan itself


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"least": -1}, "frontier.least must be at least 0, got -1"),
        ({"points": 0}, "frontier.points must be at least 1, got 0"),
        ({"points": 2.5}, "frontier.points must be a whole number, got a float"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(wrong, match, plan):
    with pytest.raises(InvalidFieldError, match=match):
        frontier(plan, **wrong)
