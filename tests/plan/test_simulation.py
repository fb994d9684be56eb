"""Seasons by the thousand, in frames; `tests/planning/test_simulation.py` checks the luck."""

from __future__ import annotations

import pytest
from polars.testing import assert_frame_equal, assert_series_equal

from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks
from school_ektp.plan.simulation import BY_DATE, BY_SITE, simulate
from school_ektp.planning.build import build_problem, with_risks


@pytest.fixture
def plan(season, make):
    """Five pupils in an hour on each of three days; eleven wait."""
    return season(demand=[make.demand(pupils=11)], days=3)


def test_without_risk_all_goes_as_planned(plan):
    run = simulate(plan, seasons=50)

    assert (run.planned, run.p10, run.p50, run.p90, run.mean) == (11, 11, 11, 11, 11)
    assert run.by_site.rows() == [(plan.names.sites[0], 11, 11, 11, 11, 11.0)]
    assert run.by_date["p50"].to_list() == run.by_date["planned"].to_list() == [5, 10, 11]


@pytest.mark.parametrize("risk", ["day_lost", "system_down", "outage"])
def test_a_risk_of_one_stops_every_visit(risk, plan):
    always = Risks(**{"turnout": 1.0, risk: 1.0})

    assert simulate(plan, seasons=20, risks=always).p90 == 0


def test_a_plan_is_played_with_its_own_risks_or_with_others(season, make):
    risks = Risks(turnout=0.5, turnout_again=0.4)
    plan = season(demand=[make.demand(pupils=40)], teams=[make.team(kits=8)], risks=risks)

    own, other = simulate(plan), simulate(plan, risks=Risks())

    assert own.mean == pytest.approx(plan.value.pupils / 100, rel=0.02)
    assert other.mean > own.mean + 5
    assert_series_equal(simulate(plan, risks=risks).recorded, own.recorded)


def test_other_risks_change_luck_and_turn_out_alone(season, make):
    plan = season(schools=[make.school(), make.school(1)], demand=[make.demand(), make.demand(1)])
    risks = Risks(turnout_by_school={make.npsn[1]: 0.4})

    rates = with_risks(plan.problem, plan.names, risks)

    assert rates == build_problem(
        plan.schools, plan.demand, plan.teams, plan.calendar,
        rules=plan.rules, worth=plan.worth, risks=risks,
    )[0]  # fmt: skip


def test_equal_seeds_give_equal_seasons(plan):
    first, again, other = (
        simulate(plan, seasons=300, seed=seed, risks=Risks()) for seed in (7, 7, 8)
    )

    assert_series_equal(first.recorded, again.recorded)
    assert_frame_equal(first.by_date, again.by_date)
    assert not first.recorded.equals(other.recorded)


def test_two_plans_meet_the_same_luck(season, make):
    """A plan that leaves one visit out is never ahead in any season, and lags by that visit."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=5), make.demand(1, pupils=5)],
        days=2,
        risks=Risks(),
    )
    one = plan.visit_list[0]
    fewer = plan.without_visit(team=one.team, day=one.day, site=one.site)
    other = next(npsn for npsn in make.npsn[:2] if npsn != one.site)

    whole, part = simulate(plan, seed=3), simulate(fewer, seed=3)

    assert (whole.recorded >= part.recorded).all()
    rows = [run.by_site.filter(site=other).row(0) for run in (whole, part)]
    assert rows[0][2:] == rows[1][2:]


def test_tables_have_their_columns_and_sum_up(plan):
    run = simulate(plan, seasons=500, risks=Risks())

    assert (run.by_site.schema, run.by_date.schema) == (BY_SITE, BY_DATE)
    assert run.by_date["p50"].is_sorted()
    assert run.by_date["p50"][-1] == run.p50
    assert run.by_site["mean"].sum() == pytest.approx(run.recorded.mean())
    assert run.by_site["planned"].sum() == run.by_date["planned"][-1] == run.planned
    assert run.p10 <= run.p50 <= run.p90 <= 11
    assert run.certainty(run.p10) >= 0.9


def test_a_season_at_least_is_asked_for(plan):
    with pytest.raises(InvalidFieldError, match="seasons must be at least 1, got 0"):
        simulate(plan, seasons=0)


def test_more_seasons_than_fit_into_memory_are_refused(plan):
    with pytest.raises(InvalidFieldError, match="seasons must be at most 100,000"):
        simulate(plan, seasons=10**12)
