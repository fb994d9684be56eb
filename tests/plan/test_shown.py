"""Whole pupils of each visit: how many are called."""

from __future__ import annotations

import attrs

from school_ektp.model.risks import Risks
from two_schools import FRIDAY, TEAM, a_plan, at_near


def test_everybody_who_waits_is_called_where_there_is_room():
    plan = at_near(a_plan(risks=Risks()))

    assert plan.visits.select("room", "called").row(0) == (30, 30)


def test_a_visit_calls_a_tenth_more_than_fill_its_room():
    """Room for 10 at a turn-out of 0.85 is filled by 11.8, and a tenth more are 13."""
    plan = at_near(a_plan(risks=Risks()), pupils=10)

    assert plan.visits.select("room", "called").row(0) == (10, 13)
    assert plan.shown.called == ((13, 0),)


def test_a_visit_again_calls_those_expected_to_wait_still():
    plan = at_near(at_near(a_plan(risks=Risks())), day=FRIDAY)
    expected = plan.expected[1].waiting

    assert plan.visit_list[1].called == -(-sum(expected) // 100) < 30


def test_two_teams_on_one_day_share_out_those_who_wait():
    second = attrs.evolve(TEAM, name="Tim 2")
    plan = at_near(a_plan(risks=Risks(), teams=(TEAM, second)), pupils=10)
    plan = at_near(plan, team="Tim 2", pupils=40)

    assert [visit.called for visit in plan.visit_list] == [10, 20]


def test_a_team_that_comes_beside_another_calls_some_even_if_the_other_has_room_for_all():
    """A letter of assignment said that a team calls nobody, and expects to record eighteen."""
    second = attrs.evolve(TEAM, name="Tim 2")
    plan = at_near(a_plan(risks=Risks(), teams=(TEAM, second)), pupils=30)
    plan = at_near(plan, team="Tim 2", pupils=30)

    first, other = plan.visit_list

    assert (first.called, other.called) == (23, 7)
    assert all(visit.recorded <= visit.called for visit in (first, other))


def test_the_team_that_comes_first_finds_all_who_wait_whatever_its_name():
    """Tim 1 comes to NEAR in the afternoon, when Tim 2 has been there with room for nearly all."""
    second = attrs.evolve(TEAM, name="Tim 2")
    plan = a_plan(risks=Risks(), teams=(attrs.evolve(TEAM, shift="11:00-15:30"), second))
    plan = at_near(at_near(plan, team="Tim 2", pupils=25), pupils=5)

    late, early = plan.visit_list

    assert late.start > early.start
    assert early.called + late.called == 30
    assert all(visit.recorded <= visit.called for visit in (early, late))
