"""Each cure in the smallest season in which it is the one, verified by planning under it."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.rules import VisitRules
from school_ektp.planning.feasibility import violations
from school_ektp.season.cures import CureKind, cure_plan, cures

SATURDAY = dt.date(2024, 9, 14)


def complete(plan, npsn):
    return {cure.kind: cure for cure in cures(plan, npsn) if cure.complete}


def everyone(**rules):
    return VisitRules(turnout=1.0, **rules)


def test_one_pupil_over_the_hour_needs_ten_minutes_or_a_kit_or_another_day(season, make):
    plan = season()
    assert plan.recorded == 5

    found = complete(plan, make.npsn[0])

    assert found[CureKind.OVERTIME].size == 10
    assert found[CureKind.OVERTIME].day == make.monday
    assert found[CureKind.MINUTES].size == 10
    assert found[CureKind.KIT].size == 1
    assert found[CureKind.TEAM_DAYS].size == 1
    assert found[CureKind.DEADLINE].size == 1
    assert not {CureKind.SEARCH, CureKind.SATURDAY, CureKind.EXAM_MOVED} & found.keys()
    assert all((cure.recorded, cure.gained) == (1, 1) for cure in found.values())


def test_cures_are_ordered_by_what_a_team_day_gains(season, make):
    found = cures(season(), make.npsn[0])

    assert [cure.per_team_day for cure in found] == sorted(
        (cure.per_team_day for cure in found), reverse=True
    )
    assert found[0].team_days == 0


def test_a_saturday_helps_a_school_that_is_open_on_it(season, make):
    week = {"days": 6, "closures": [Closure(DaySpan(make.monday, make.monday), "event")]}
    closed = [make.monday + dt.timedelta(days=number) for number in range(5)]
    plan = season(schools=[make.school(closed=closed)], **week)
    assert plan.recorded == 0

    found = complete(plan, make.npsn[0])
    partial = {cure.kind: cure for cure in cures(plan, make.npsn[0])}

    assert CureKind.SATURDAY not in found
    assert (partial[CureKind.SATURDAY].recorded, partial[CureKind.SATURDAY].size) == (5, 1)
    assert CureKind.OVERTIME not in partial


def test_an_exam_week_is_moved(season, make):
    exam = Closure(DaySpan(make.monday, make.monday + dt.timedelta(days=4)), "mid-term")
    plan = season(demand=[make.demand(pupils=5)], days=5, closures=[exam])

    found = complete(plan, make.npsn[0])

    assert found[CureKind.EXAM_MOVED].size == 1
    assert found[CureKind.EXAM_MOVED].day == make.monday + dt.timedelta(days=7)
    assert CureKind.KIT not in found


RULES = {
    CureKind.FEWEST: ({"fewest_pupils": 6}, 5, 5),
    CureKind.SPACING: ({"days_between_visits": 3}, 6, 1),
    CureKind.VISITS: ({"visits_per_school": 1}, 6, 2),
    CureKind.DRIVING: ({"driving_minutes_per_day": 1}, 5, 16),
    CureKind.KIT_DAY: ({"pupils_per_kit_day": 2}, 5, 12),
    CureKind.RESERVE: ({"reserve_days": 1}, 6, 0),
}


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_in_the_way_is_made_milder_by_as_little_as_helps(kind, season, make):
    rules, pupils, value = RULES[kind]
    days = 1 if pupils == 5 else 2
    plan = season(demand=[make.demand(pupils=pupils)], days=days, rules=everyone(**rules))
    assert plan.recorded < pupils

    found = complete(plan, make.npsn[0])

    assert found[kind].size == value
    assert not ({*RULES} - {kind}) & found.keys()


def test_one_more_visit_a_day_is_allowed(season, make):
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=1), make.demand(1, pupils=1)],
        rules=everyone(visits_per_team_day=1),
    )
    (left,) = plan.left

    assert complete(plan, left.npsn)[CureKind.VISITS_PER_DAY].size == 2


def test_a_forbidden_pair_is_allowed(season, make):
    rules = everyone(forbidden_pairs={("Tim 1", make.npsn[0])})
    plan = season(demand=[make.demand(pupils=5)], rules=rules)

    found = complete(plan, make.npsn[0])

    assert found[CureKind.PAIR].team == "Tim 1"


def test_a_school_without_a_place_is_tried_in_the_middle_of_its_district(season, make):
    plan = season(
        schools=[make.school(), make.school(1, location=None)],
        demand=[make.demand(pupils=5), make.demand(1, pupils=5)],
        days=2,
    )

    (cure,) = cures(plan, make.npsn[1])

    assert (cure.kind, cure.complete, cure.recorded, cure.team_days) == (
        CureKind.LOCATION, True, 5, 1,
    )  # fmt: skip


def test_room_that_was_missed_needs_nothing_but_planning_again(season, make):
    plan = season(demand=[make.demand(pupils=5)], iterations=0)

    best = cures(plan, make.npsn[0])[0]

    assert (best.kind, best.complete) in {(CureKind.SEARCH, True), (CureKind.OVERTIME, True)}
    assert complete(plan, make.npsn[0])[CureKind.SEARCH].gained == 5


def test_every_kind_of_cure_is_shown_above():
    shown = {
        *RULES, CureKind.OVERTIME, CureKind.MINUTES, CureKind.KIT, CureKind.TEAM_DAYS,
        CureKind.DEADLINE, CureKind.SATURDAY, CureKind.EXAM_MOVED, CureKind.PAIR,
        CureKind.LOCATION, CureKind.SEARCH, CureKind.VISITS_PER_DAY,
    }  # fmt: skip
    assert shown == {*CureKind}


def test_the_plan_of_each_cure_holds_and_records_what_the_cure_says(season, make):
    plan = season()
    for cure in cures(plan, make.npsn[0]):
        under = cure_plan(plan, make.npsn[0], cure)

        assert not violations(under.problem, under.solution)
        assert under.recorded == plan.recorded + cure.gained


def test_nobody_left_needs_no_cure(season, make):
    with pytest.raises(InvalidFieldError, match="has nobody left out: '10700669'"):
        cures(season(demand=[make.demand(pupils=5)]), make.npsn[0])
