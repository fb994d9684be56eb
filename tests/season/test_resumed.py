"""A plan from a day on: who counts as recorded, who stayed away, what was used up."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.season.replan import replan
from school_ektp.season.resumed import from_day

TUESDAY = dt.date(2024, 9, 10)
HALF = Risks(
    turnout=0.5, turnout_again=0.5, never=0, turnout_spread=0, pace_spread=0, day_lost=0,
    system_down=0, outage=0,
)  # fmt: skip


def test_before_the_first_day_nothing_is_past(three_days, make):
    assert from_day(three_days, make.monday) is three_days


def test_half_of_those_called_are_recorded_and_the_others_stayed_away(season, make):
    plan = season(
        demand=[make.demand(pupils=20, later=(TUESDAY, 4))],
        teams=[make.team(kits=4)],
        days=2,
        risks=HALF,
        iterations=0,
    ).with_visit(team="Tim 1", day=make.monday, site=make.npsn[0])

    now = from_day(plan, TUESDAY)

    (site,), (team,) = now.problem.sites, now.problem.teams
    assert site.groups[0].arrivals == ((0, 10), (1, 4))
    assert site.groups[0].stayed_away == (10,)
    assert (site.held, team.out, now.problem.today) == ((0,), {0}, 1)
    assert (now.recorded_before, now.solution.visits) == (10, ())


def test_two_teams_at_a_school_on_one_day_made_two_visits(season, make):
    """Of the three that it may have, one is left."""
    plan = season(
        demand=[make.demand(pupils=40)],
        teams=[make.team(), make.team(name="Tim 2")],
        days=3,
        rules=VisitRules(visits_per_school=3),
        risks=HALF,
        iterations=0,
    )
    for visit in plan.visit_list:
        plan = plan.without_visit(team=visit.team, day=visit.day, site=visit.site)
    for team in ("Tim 1", "Tim 2"):
        plan = plan.with_visit(team=team, day=make.monday, site=make.npsn[0])
    assert not plan.violations

    (site,) = from_day(plan, TUESDAY).problem.sites
    again = replan(plan, on=TUESDAY).plan

    assert site.held == (0, 0)
    assert len(again.visit_list) == 1


def test_a_class_that_was_away_still_waits_for_its_first_call(season, make):
    groups = [
        WaitingGroup(class_name="XI", steps=[(make.monday, 4)]),
        WaitingGroup(class_name="XII", steps=[(make.monday, 4)]),
    ]
    plan = season(
        demand=[SchoolDemand(npsn=make.npsn[0], groups=groups)],
        days=2,
        closures=[Closure(DaySpan(make.monday), "placement", class_name="XI")],
        iterations=0,
    ).with_visit(team="Tim 1", day=make.monday, site=make.npsn[0])

    now = from_day(plan, TUESDAY)

    assert {group.class_name: group.pupils for group in now.demand[0].groups} == {"XI": 4, "XII": 0}


def test_those_who_wait_the_longest_are_recorded_first(season, make):
    earlier = dt.date(2024, 8, 1)
    groups = [WaitingGroup(steps=[(earlier, 3), (make.monday, 6)])]
    plan = season(
        demand=[SchoolDemand(npsn=make.npsn[0], groups=groups)], days=2, iterations=0
    ).with_visit(team="Tim 1", day=make.monday, site=make.npsn[0])

    now = from_day(plan, TUESDAY)

    assert now.demand[0].groups[0].steps == ((make.monday, 4),)


def test_visits_and_team_days_used_up_count(season, make):
    rules = VisitRules(visits_per_school=2, team_days=2)
    plan = season(demand=[make.demand(pupils=20)], days=4, rules=rules)
    first = plan.visit_list[0].day

    now = from_day(plan, first + dt.timedelta(days=1))

    assert len(now.problem.sites[0].held) == len(now.problem.teams[0].out) == 1
    assert len(now.solution.visits) == 1
    assert not now.violations


@pytest.mark.parametrize("weeks", [3, 8])
def test_the_visits_to_come_and_the_pupils_recorded_make_up_the_plan(weeks, sample_plan):
    plan = sample_plan
    on = plan.calendar.first_day + dt.timedelta(weeks=weeks)
    past = sum(visit.recorded for visit in plan.visit_list if visit.day < on)

    now = from_day(plan, on)

    assert now.recorded_before - plan.recorded_before == pytest.approx(past, rel=0.01)
    assert now.waiting + now.recorded_before == plan.waiting + plan.recorded_before
    assert len(now.solution.visits) == sum(visit.day >= on for visit in plan.visit_list)
    assert now.recorded + past == pytest.approx(plan.recorded, rel=0.04)
