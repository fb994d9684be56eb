"""Each remedy in the smallest season in which it is the one, verified by planning under it."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.worth import Worth
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.problem import PUPIL
from school_ektp.planning.stop import MaxSeconds
from school_ektp.season.remedies import Remedy, RemedyKind, remedies, remedy_plan

SATURDAY = dt.date(2024, 9, 14)


def complete(plan, npsn):
    return {one.kind: one for one in remedies(plan, npsn) if one.complete}


def test_one_pupil_over_the_hour_needs_ten_minutes_or_a_kit_or_another_day(season, make):
    plan = season()
    assert plan.recorded == 5

    found = complete(plan, make.npsn[0])

    assert found[RemedyKind.OVERTIME].size == 10
    assert found[RemedyKind.OVERTIME].day == make.monday
    assert found[RemedyKind.MINUTES].size == 10
    assert found[RemedyKind.KIT].size == 1
    assert found[RemedyKind.EXTRA_TEAM].size == 1
    assert found[RemedyKind.DEADLINE].size == 1
    others = {RemedyKind.SEARCH, RemedyKind.SATURDAY, RemedyKind.EXAM_MOVED}
    assert not others & found.keys()
    assert all((one.recorded, one.gained, one.value) == (1, 1, 1) for one in found.values())


def test_remedies_are_ordered_by_the_value_that_a_team_day_gains(season, make):
    found = remedies(season(), make.npsn[0])

    assert [one.per_team_day for one in found] == sorted(
        (one.per_team_day for one in found), reverse=True
    )
    assert found[0].team_days == 0


def test_a_remedy_that_costs_more_than_it_brings_is_none(season, make):
    """The sixth pupil is worth ten minutes and a kit, but not a visit more."""
    plan = season(worth=Worth(visit=1.5, team_day=0, driving_hour=0, waiting_week=0))

    found = {one.kind for one in remedies(plan, make.npsn[0])}

    assert {RemedyKind.OVERTIME, RemedyKind.MINUTES, RemedyKind.KIT} <= found
    assert not {RemedyKind.EXTRA_TEAM, RemedyKind.DEADLINE} & found


def test_what_a_visit_costs_is_taken_from_the_value_gained(season, make):
    """Ten pupils more on a second day are worth eight: the visit costs two."""
    worth = Worth(visit=2, team_day=0, driving_hour=0, waiting_week=0)
    plan = season(demand=[make.demand(pupils=10)], worth=worth)

    found = complete(plan, make.npsn[0])

    assert (found[RemedyKind.DEADLINE].recorded, found[RemedyKind.DEADLINE].value) == (5, 3)


def test_expected_pupils_are_reported_in_hundredths(season, make):
    risks = Risks(
        turnout=0.8, turnout_again=0.8, never=0, turnout_spread=0, pace_spread=0,
        day_lost=0, system_down=0, outage=0,
    )  # fmt: skip
    plan = season(demand=[make.demand(pupils=20)], risks=risks)

    found = {one.kind: one for one in remedies(plan, make.npsn[0])}

    assert 4.5 < found[RemedyKind.DEADLINE].recorded <= 20 * 0.8


def test_a_saturday_helps_a_school_that_is_open_on_it(season, make):
    week = {"days": 6, "closures": [Closure(DaySpan(make.monday, make.monday), "event")]}
    closed = [make.monday + dt.timedelta(days=number) for number in range(5)]
    plan = season(schools=[make.school(closed=closed)], **week)
    assert plan.recorded == 0

    found = complete(plan, make.npsn[0])
    partial = {one.kind: one for one in remedies(plan, make.npsn[0])}

    assert RemedyKind.SATURDAY not in found
    saturday = partial[RemedyKind.SATURDAY]
    assert (saturday.recorded, saturday.size) == (5, 1)
    assert RemedyKind.OVERTIME not in partial


def test_an_exam_week_is_moved(season, make):
    exam = Closure(DaySpan(make.monday, make.monday + dt.timedelta(days=4)), "mid-term")
    plan = season(demand=[make.demand(pupils=5)], days=5, closures=[exam])

    found = complete(plan, make.npsn[0])

    assert found[RemedyKind.EXAM_MOVED].size == 1
    assert found[RemedyKind.EXAM_MOVED].day == make.monday + dt.timedelta(days=7)
    assert RemedyKind.KIT not in found


#: Rules, pupils, days, and the milder value that lets all be recorded.
RULES = {
    RemedyKind.FEWEST: ({"fewest_pupils": 6}, 10, 2, 5),
    RemedyKind.SPACING: ({"days_between_visits": 3}, 6, 2, 1),
    RemedyKind.VISITS: ({"visits_per_school": 1}, 6, 2, 2),
    RemedyKind.DRIVING: ({"driving_minutes_per_day": 1}, 5, 1, 16),
    RemedyKind.KIT_DAY: ({"pupils_per_kit_day": 2}, 5, 1, 12),
    RemedyKind.RESERVE: ({"reserve_days": 1}, 6, 2, 0),
    RemedyKind.TEAM_DAYS: ({"team_days": 1}, 6, 2, 2),
    RemedyKind.MONTH: ({"team_days_per_month": 1}, 6, 2, 2),
    RemedyKind.ONE_VISIT: ({"one_visit": True}, 6, 2, 1),
}


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_in_the_way_is_made_milder_by_as_little_as_helps(kind, season, make):
    rules, pupils, days, value = RULES[kind]
    demand = [make.demand(pupils=pupils)]
    plan = season(demand=demand, days=days, rules=VisitRules(**rules))
    assert plan.recorded < pupils

    found = complete(plan, make.npsn[0])

    assert found[kind].size == value
    assert not ({*RULES} - {kind}) & found.keys()


def test_one_more_team_at_once_is_allowed(season, make):
    plan = season(
        teams=[make.team(), make.team(name="Tim 2")],
        rules=VisitRules(teams_at_once=1),
    )

    assert complete(plan, make.npsn[0])[RemedyKind.TEAMS_AT_ONCE].size == 2


def test_one_more_visit_a_day_is_allowed(season, make):
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=1), make.demand(1, pupils=1)],
        rules=VisitRules(visits_per_team_day=1),
    )
    (left,) = plan.left_out_list

    assert complete(plan, left.site)[RemedyKind.VISITS_PER_DAY].size == 2


def test_a_forbidden_pair_is_allowed(season, make):
    rules = VisitRules(forbidden_pairs={("Tim 1", make.npsn[0])})
    plan = season(demand=[make.demand(pupils=5)], rules=rules)

    found = complete(plan, make.npsn[0])

    assert found[RemedyKind.PAIR].team == "Tim 1"


def test_a_school_without_a_place_is_tried_in_the_middle_of_its_district(season, make):
    plan = season(
        schools=[make.school(), make.school(1, location=None)],
        demand=[make.demand(pupils=5), make.demand(1, pupils=5)],
        days=2,
    )

    (one,) = remedies(plan, make.npsn[1])

    assert (one.kind, one.complete, one.recorded) == (RemedyKind.LOCATION, True, 5)


def test_room_that_was_missed_needs_nothing_but_planning_again(season, make):
    plan = season(demand=[make.demand(pupils=5)], iterations=0)

    (one,) = remedies(plan, make.npsn[0])

    assert (one.kind, one.complete, one.gained) == (RemedyKind.SEARCH, True, 5)
    assert remedy_plan(plan, make.npsn[0], one).recorded == 5


def test_other_remedies_are_measured_from_the_plan_planned_again(season, make):
    plan = season(iterations=0)

    found = {one.kind: one for one in remedies(plan, make.npsn[0])}

    assert found[RemedyKind.SEARCH].recorded == 5
    assert found[RemedyKind.KIT].recorded == 1


def test_every_kind_of_remedy_is_shown_above():
    shown = {
        *RULES, RemedyKind.OVERTIME, RemedyKind.MINUTES, RemedyKind.KIT, RemedyKind.EXTRA_TEAM,
        RemedyKind.DEADLINE, RemedyKind.SATURDAY, RemedyKind.EXAM_MOVED, RemedyKind.PAIR,
        RemedyKind.LOCATION, RemedyKind.SEARCH, RemedyKind.VISITS_PER_DAY,
        RemedyKind.TEAMS_AT_ONCE,
    }  # fmt: skip
    assert shown == {*RemedyKind}


def test_the_plan_of_each_remedy_holds_and_is_worth_what_the_remedy_says(season, make):
    plan = season(worth=Worth(visit=0.3, team_day=0.2, driving_hour=0.1, waiting_week=0))
    before = evaluate(plan.problem, plan.solution)
    found = remedies(plan, make.npsn[0])
    assert found

    for one in found:
        under = remedy_plan(plan, make.npsn[0], one)

        assert not violations(under.problem, under.solution)
        after = evaluate(under.problem, under.solution)
        assert after.total - before.total == pytest.approx(one.value * PUPIL)
        assert after.pupils - before.pupils == pytest.approx(one.gained * 100)
        assert under.bound >= after.total


def test_a_remedy_for_another_school_has_no_plan(season, make):
    plan = season()
    alien = Remedy(
        kind=RemedyKind.PAIR, size=1, site=make.npsn[0], recorded=1, complete=True,
        gained=1, value=1, team_days=0,
    )  # fmt: skip

    with pytest.raises(InvalidFieldError, match="is not one for '10700669': forbidden_pair"):
        remedy_plan(plan, make.npsn[0], alien)


def test_nobody_left_needs_no_remedy(season, make):
    with pytest.raises(InvalidFieldError, match="has nobody left out: '10700669'"):
        remedies(season(demand=[make.demand(pupils=5)]), make.npsn[0])


def test_seconds_hold_for_the_whole_call(season, make):
    """The clock moves by a second whenever somebody looks; without a limit it is looked at more."""
    plan, site = season(demand=[make.demand(pupils=30)]), make.npsn[0]

    def looks(seconds):
        clock = count()
        found = remedies(plan, site, stop=MaxSeconds(seconds, clock=lambda: next(clock)))
        return next(clock), found

    short, few = looks(20)
    long, more = looks(2_000)

    assert short <= 30 < long <= 2_200
    assert {one.kind for one in few} < {one.kind for one in more}


def test_a_remedy_is_planned_in_the_seconds_that_are_given(season, make):
    plan, site = season(), make.npsn[0]
    first = remedies(plan, site)[0]

    again = remedy_plan(plan, site, first, stop=MaxSeconds(0.1))

    assert (
        evaluate(again.problem, again.solution).pupils
        > evaluate(plan.problem, plan.solution).pupils
    )


@pytest.mark.parametrize("site", ["10700699", None])
def test_a_school_that_the_plan_does_not_have_needs_no_remedy(site, season):
    with pytest.raises(InvalidFieldError, match=r"remedies\.site is not in this plan"):
        remedies(season(), site)
