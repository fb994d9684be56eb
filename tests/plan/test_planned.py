"""A plan in integers and in names: what is shown is one set of whole pupils."""

from __future__ import annotations

import math

import attrs
from hypothesis import given
from hypothesis import strategies as st

from two_schools import NEAR, TEAM, a_plan, at_near


@given(st.data())
def test_everything_that_is_shown_is_a_sum_of_the_same_pupils(drawn_plans, data):
    plan = data.draw(drawn_plans)

    assert plan.recorded == sum(visit.recorded for visit in plan.visit_list)
    assert plan.recorded == sum(plan.recorded_by_class)
    assert plan.recorded <= plan.waiting
    assert plan.team_days == len({(visit.day, visit.team) for visit in plan.visit_list})
    assert len(plan.visit_list) == len(plan.expected) == len(plan.solution.visits)
    assert plan.calendar.first_day <= plan.today <= plan.calendar.last_day


def test_the_gap_is_how_much_more_another_plan_can_be_worth():
    """The bound is 35, the plan of one visit is worth 26."""
    plan = at_near(a_plan())

    assert plan.gap == (plan.bound - plan.value.total) / plan.value.total
    assert attrs.evolve(plan, bound=0).gap == 0
    assert a_plan().gap == math.inf  # nothing is planned, and something could be


def test_schools_and_teams_are_found_by_name():
    plan = a_plan()

    assert plan.school_by_npsn[NEAR].name == "SMA Dekat"
    assert plan.team_by_name == {"Tim 1": TEAM}
    assert plan.recorded_before == 30
