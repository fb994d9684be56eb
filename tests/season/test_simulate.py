"""Seasons by the thousand: what chance does to a plan, and that it is fair chance."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from school_ektp.datasets import rejang_lebong
from school_ektp.errors import InvalidFieldError
from school_ektp.model.rules import VisitRules
from school_ektp.season.dice import Dice
from school_ektp.season.simulate import (
    BY_DATE,
    BY_SCHOOL,
    RESERVES,
    Risks,
    percentile,
    reserve_days_needed,
    simulate,
)
from school_ektp.workflow import plan_visits

CERTAIN = Risks.none()


def only(**risks):
    return Risks(**{name: 0.0 for name in SPREADS if name not in risks} | risks)


SPREADS = ("turnout_spread", "pace_spread", "kit_breaks", "day_lost", "system_down", "road_cut",
           "outage")  # fmt: skip


@pytest.fixture
def plan(season, make):
    """Five pupils in an hour on each of three days; eleven wait."""
    return season(demand=[make.demand(pupils=11)], days=3)


def test_without_risk_and_absence_all_goes_as_planned(plan):
    run = simulate(plan, seasons=50, risks=CERTAIN)

    assert (run.planned, run.p10, run.p50, run.p90) == (11, 11, 11, 11)
    assert run.by_school.rows() == [(plan.names.sites[0], 11, 11, 11, 11, 11.0)]
    assert run.by_date["p50"].to_list() == run.by_date["planned"].to_list()


@pytest.mark.parametrize("risk", ["day_lost", "system_down", "road_cut", "outage", "kit_breaks"])
def test_what_always_happens_stops_every_visit(risk, plan):
    assert simulate(plan, seasons=20, risks=only(**{risk: 1.0})).p90 == 0


@pytest.mark.parametrize("risk", SPREADS)
def test_each_risk_alone_costs_pupils(risk, season, make):
    plan = season(
        demand=[make.demand(pupils=10)], days=2, rules=VisitRules(turnout=0.9, overbook=True)
    )
    usual = simulate(plan, seasons=2_000, risks=CERTAIN)

    some = simulate(plan, seasons=2_000, risks=only(**{risk: 0.3}))

    assert some.recorded.sum() < usual.recorded.sum()


def test_a_lost_day_is_made_up_on_a_reserve_day(season, make):
    """One visit, lost in half of the seasons; the reserve day is lost in half of these."""
    plan = season(demand=[make.demand(pupils=5)], days=2)
    half = only(day_lost=0.5)

    alone = simulate(plan, risks=half, reserve_days=0)
    spare = simulate(plan, risks=half, reserve_days=1)

    assert alone.certainty(5) == pytest.approx(0.5, abs=0.02)
    assert spare.certainty(5) == pytest.approx(0.75, abs=0.02)
    assert (spare.recorded >= alone.recorded).all()


def test_a_school_closed_on_the_reserve_day_gains_nothing_from_it(season, make):
    tuesday = make.monday + dt.timedelta(days=1)
    plan = season(schools=[make.school(closed=[tuesday])], demand=[make.demand(pupils=5)], days=2)
    half = only(day_lost=0.5)

    spare = simulate(plan, seasons=200, risks=half, reserve_days=1)

    assert_series_equal(spare.recorded, simulate(plan, seasons=200, risks=half).recorded)


def test_one_broken_kit_of_two_leaves_half_the_room(season, make):
    plan = season(demand=[make.demand(pupils=10)], teams=[make.team(kits=2)])
    assert plan.recorded == 10

    run = simulate(plan, risks=Risks(
        turnout_spread=0, pace_spread=0, kit_breaks=0.5, kit_days=1, day_lost=0, system_down=0,
        road_cut=0, outage=0,
    ))  # fmt: skip

    shares = {pupils: run.recorded.eq(pupils).mean() for pupils in (0, 5, 10)}
    assert shares == pytest.approx({0: 0.25, 5: 0.5, 10: 0.25}, abs=0.02)


def test_those_missed_by_one_visit_are_called_by_the_next(season, make):
    """The second day has an hour for two pupils; whoever the first misses fills it."""
    plan = season(demand=[make.demand(pupils=7)], days=2)
    lost_first = only(day_lost=0.5)

    run = simulate(plan, risks=lost_first)

    assert run.recorded.unique().sort().to_list() in ([0, 2, 5, 7], [0, 5, 7])


def test_equal_seeds_give_equal_seasons(plan):
    again = simulate(plan, seasons=300, seed=7).recorded

    assert_series_equal(simulate(plan, seasons=300, seed=7).recorded, again)
    assert not again.equals(simulate(plan, seasons=300, seed=8).recorded)


def test_two_plans_meet_the_same_luck(season, make):
    """A plan that leaves one visit out is never ahead in any season, and lags by that visit."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=5), make.demand(1, pupils=5)],
        days=2,
    )
    one = plan.visit_list[0]
    fewer = plan.without_visit(team=one.team, day=one.day, npsn=one.npsn)
    other = next(npsn for npsn in make.npsn[:2] if npsn != one.npsn)

    whole, part = simulate(plan, seed=3), simulate(fewer, seed=3)

    assert (whole.recorded >= part.recorded).all()
    rows = [run.by_school.filter(npsn=other).row(0) for run in (whole, part)]
    assert rows[0] == rows[1]


def test_tables_have_their_columns_and_sum_up(plan):
    run = simulate(plan, seasons=500)

    assert (run.by_school.schema, run.by_date.schema) == (BY_SCHOOL, BY_DATE)
    assert run.by_date["p50"].is_sorted()
    assert run.by_date["p50"][-1] == run.p50
    assert run.by_school["mean"].sum() == pytest.approx(run.recorded.mean())
    assert run.p10 <= run.p50 <= run.p90 <= 11


def test_reserve_days_are_added_until_the_target_is_sure(season, make):
    plan = season(demand=[make.demand(pupils=5)], days=4)

    answer = reserve_days_needed(plan, 5, certainty=0.85, risks=only(day_lost=0.5), most=3)

    assert answer.days == 2  # 1 - 0.5 ** 3 = 0.875
    assert answer.table.schema == RESERVES
    assert answer.table["certainty"].to_list() == pytest.approx([0.5, 0.75, 0.875], abs=0.02)


def test_a_target_out_of_reach_has_no_number_of_reserve_days(plan):
    answer = reserve_days_needed(plan, 12, most=3, seasons=50)

    assert answer.days is None
    assert answer.table.height == 1


def test_keeping_days_free_costs_pupils_where_every_day_is_needed(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=2)

    answer = reserve_days_needed(
        plan, 5, certainty=0.7, risks=only(day_lost=0.5), seasons=2_000, most=1
    )

    assert answer.table["planned"].to_list() == [10]  # one visit of two is sure enough
    answer = reserve_days_needed(
        plan, 5, certainty=0.9, risks=only(day_lost=0.5), seasons=2_000, most=1
    )
    assert answer.table["planned"].to_list() == [10, 5]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (lambda plan: simulate(plan, seasons=0), "seasons must be at least 1, got 0"),
        (lambda plan: simulate(plan, reserve_days=-1), "reserve_days must be at least 0"),
        (lambda _: Risks(outage=1.5), "Risks.outage must be from 0 to 1, got 1.5"),
        (lambda _: Risks(pace_spread=-1.0), "Risks.pace_spread must be at least 0"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(asked, fault, plan):
    with pytest.raises(InvalidFieldError, match=fault):
        asked(plan)


# Dice


@given(st.integers(0, 2**40), st.text(max_size=5), st.integers(0, 99))
def test_a_draw_depends_on_seed_and_name_alone(seed, name, number):
    dice = Dice(64, seed)

    first = dice.uniform(name, number)

    dice.uniform("another")
    assert_series_equal(dice.uniform(name, number), first)
    assert first.min() >= 0
    assert first.max() < 1
    assert not first.equals(dice.uniform(name, number + 1))


def test_draws_are_uniform_normal_and_unrelated():
    dice = Dice(20_000, 1)
    one, two, bell = dice.uniform("one"), dice.uniform("two"), dice.normal("bell")

    assert one.mean() == pytest.approx(0.5, abs=0.01)
    assert one.var() == pytest.approx(1 / 12, abs=0.003)
    assert pl.select(pl.corr(one, two)).item() == pytest.approx(0, abs=0.03)
    assert (bell.mean(), bell.std()) == pytest.approx((0, 1), abs=0.03)


def test_draws_are_the_same_on_every_machine():
    assert Dice(3, 1).uniform("kit", "Tim 1").to_list() == [
        0.1826017368993882,
        0.8766818676150042,
        0.6656168099466774,
    ]


def test_percentiles_are_values_that_occurred():
    column = pl.Series([5, 1, 4, 2, 3, 6, 7, 8, 9, 10])

    assert [percentile(column, percent) for percent in (0, 10, 50, 90, 100)] == [1, 2, 6, 10, 10]


def test_percentiles_of_the_sample_are_in_order():
    region = rejang_lebong(seed=1)
    plan = plan_visits(
        region.schools, region.demand(), region.teams, region.calendar, stop=lambda _: True
    )

    run = simulate(plan, seasons=1_000)

    assert 0 < run.p10 <= run.p50 <= run.p90 <= plan.waiting
