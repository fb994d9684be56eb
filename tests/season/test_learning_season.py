"""What outcomes teach reaches the next plan, unless somebody says otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.model.outcome import Outcome
from school_ektp.model.risks import Risks
from school_ektp.plan.simulation import simulate
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.season.rates import Trust
from school_ektp.season.season import begin, season_from_text

FEW = MaxIterations(20)
HALF = Risks(turnout=0.8, never=0.0, day_lost=0.0, system_down=0.0, outage=0.0)


@pytest.fixture
def started(season, make):
    """A season of three schools, of whom nearly nobody comes in the first days."""
    plan = season(
        schools=[make.school(number) for number in range(3)],
        demand=[make.demand(number, pupils=30) for number in range(3)],
        teams=[make.team(kits=4)],
        days=5,
        risks=HALF,
    )
    on = plan.calendar.first_day + dt.timedelta(days=3)
    outcomes = [
        Outcome(
            day=visit.day, team=visit.team, site=visit.site, recorded=2, absent=visit.called - 2
        )
        for visit in plan.visit_list
        if visit.day < on
    ]
    return begin(plan).record(outcomes), on


def test_the_next_plan_expects_what_was_learnt(started):
    season, on = started

    learning = season.replan(on=on, stop=FEW).plan
    not_learning = season.replan(on=on, stop=FEW, learn=False).plan

    assert learning.risks.turnout < not_learning.risks.turnout == HALF.turnout
    assert learning.recorded < not_learning.recorded
    assert simulate(learning).mean < simulate(not_learning).mean
    assert simulate(learning).mean == pytest.approx(learning.recorded, abs=1.5)


def test_what_was_learnt_is_not_learnt_twice(started):
    """Rates lean on what the season began with, however often it is planned again."""
    season, on = started

    once = season.replan(on=on, stop=FEW)
    twice = once.replan(on=on, stop=FEW)

    assert twice.learnt == once.learnt
    assert twice.plan.risks == once.plan.risks
    assert twice.risks == HALF


def test_a_rate_that_somebody_set_goes_before_what_was_learnt(started):
    season, on = started

    plan = season.overrule("turnout", 0.9).replan(on=on, stop=FEW).plan

    assert plan.risks.turnout == 0.9


def test_an_office_says_how_much_its_own_rates_weigh(started):
    season, _ = started
    doubting = begin(season.begun, trust=Trust(calls=10)).record(season.ledger.outcomes)

    assert doubting.learnt.rate("turnout").value < season.learnt.rate("turnout").value
    assert season_from_text(doubting.text, Plan).learnt == doubting.learnt


def test_slow_visits_give_later_ones_less_room(season, make):
    plan = season(demand=[make.demand(pupils=30)], days=12)
    outcomes = [
        Outcome(
            day=visit.day,
            team=visit.team,
            site=visit.site,
            recorded=visit.recorded,
            absent=0,
            start=visit.start,
            end=visit.start + 10 + 20 * visit.recorded,
        )
        for visit in plan.visit_list[:3]
    ]
    on = plan.visit_list[2].day + dt.timedelta(days=1)

    again = begin(plan).record(outcomes).replan(on=on, stop=FEW).plan

    assert again.teams[0].minutes_per_pupil > plan.teams[0].minutes_per_pupil
    assert max(visit.room for visit in again.visit_list) < max(v.room for v in plan.visit_list)
