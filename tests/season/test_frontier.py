"""Trade-offs: every point is a plan, and none is better in both respects."""

from __future__ import annotations

import attrs
import pytest

from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.frontier import EQUITY, FRONTIER, equity_frontier, frontier

FEW = MaxIterations(30)


@pytest.fixture
def plan(season, make):
    """Three team-days of five, five and two pupils."""
    return season(demand=[make.demand(pupils=12)], days=3)


def test_each_team_day_records_what_its_hour_holds(plan):
    found = frontier(plan, stop=FEW)

    assert found.table.schema == FRONTIER
    assert found.table.rows() == [
        (3, 12, 12, 0, 2.0),
        (2, 10, 10, 2, 5.0),
        (1, 5, 5, 7, 5.0),
        (0, 0, 0, 12, None),
    ]


def test_every_point_is_a_plan_that_holds(plan):
    found = frontier(plan, stop=FEW)

    for row, solution in zip(found.table.rows(named=True), found.solutions, strict=True):
        assert not violations(plan.problem, solution)
        reached = score(plan.problem, solution)
        assert (-reached.team_days, reached.pupils) == (row["team_days"], row["recorded"])


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


def test_the_least_number_asked_for_ends_the_table(plan):
    assert frontier(plan, least=2, stop=FEW).table["team_days"].to_list() == [3, 2]


def test_pinned_visits_stay(season, make):
    pinned = [PinnedVisit(day=make.monday, team="Tim 1", npsn=make.npsn[0])]
    plan = season(
        demand=[make.demand(pupils=12)], days=3, rules=VisitRules(turnout=1.0, pinned=pinned)
    )

    found = frontier(plan, stop=FEW)

    assert found.table["team_days"].to_list() == [3, 2, 1]


def test_spacing_that_the_rest_no_longer_keeps_is_repaired(season, make):
    rules = VisitRules(turnout=1.0, days_between_visits=2)
    plan = season(demand=[make.demand(pupils=12)], days=5, rules=rules)

    for solution in frontier(plan, stop=FEW).solutions:
        assert not violations(plan.problem, solution)


def test_equity_costs_pupils_and_every_step_serves_the_least_better(season, make):
    """A visit to the far school takes the morning: it gains one pupil and costs five."""
    plan = season(
        schools=[make.school(), make.school(1, kecamatan="Kota Padang", location=make.far)],
        demand=[make.demand(pupils=5), make.demand(1, pupils=4)],
        teams=[make.team(shift="06:00-11:30")],
        rules=VisitRules(turnout=1.0, visits_per_team_day=1),
    )
    assert plan.recorded == 5

    found = equity_frontier(plan, stop=FEW)

    assert found.table.schema == EQUITY
    assert found.table["recorded"].is_sorted(descending=True)
    assert found.table["least_coverage"].is_sorted()
    assert not any(violations(plan.problem, one) for one in found.solutions)


def test_two_days_shared_between_two_districts(season, make):
    """Both days in Curup record ten; a day for each records five and three."""
    plan = season(
        schools=[make.school(), make.school(1, kecamatan="Kota Padang")],
        demand=[make.demand(pupils=10), make.demand(1, pupils=3)],
        days=2,
        rules=VisitRules(turnout=1.0, visits_per_team_day=1),
    )

    table = equity_frontier(plan, stop=FEW).table

    assert table.select("least_coverage", "kecamatan", "recorded", "lost").rows() == [
        (0.0, "Kota Padang", 10, 0),
        (0.5, "Curup", 8, 2),
    ]
    assert attrs.evolve(plan).recorded == 10
