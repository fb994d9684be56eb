"""The plan as data: what follows from it, and the changes an office makes by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks
from two_schools import FAR, FRIDAY, MONDAY, NEAR, TUESDAY, a_plan, at_near


def test_repr_counts_and_names_nobody():
    assert repr(at_near(a_plan())) == (
        "<Plan 2024-09-09 to 2024-09-13: 30 of 38 pupils in 1 team-days, gap 34.7%>"
    )


def test_a_visit_added_moved_and_taken_back_is_checked_at_once():
    plan = at_near(a_plan())
    moved = plan.moved(team="Tim 1", day=MONDAY, site=NEAR, to_day=FRIDAY)
    bare = moved.without_visit(team="Tim 1", day=FRIDAY, site=NEAR)

    assert plan.violations == moved.violations == ()
    assert moved.visits["date"].to_list() == [FRIDAY]
    assert bare.recorded == 0
    assert [visit.site for visit in moved.visit_list] == [NEAR]


def test_the_outlook_is_that_of_the_plan():
    plan = at_near(a_plan(risks=Risks()))

    assert plan.outlook.seasons == 1_000
    assert plan.outlook.p10 <= plan.outlook.p50 <= plan.outlook.p90
    last = plan.outlook.by_date.row(-1, named=True)
    assert (last["planned"], last["p10"], last["p90"]) == (
        plan.recorded,
        plan.outlook.p10,
        plan.outlook.p90,
    )
    assert plan.outlook is plan.outlook


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"team": "Tim 9"}, "Plan.team is not in this plan: another text; it has Tim 1"),
        ({"site": "10700699"}, "Plan.site is not in this plan"),
        ({"day": dt.date(2025, 1, 1)}, "Plan.day must lie in the season, got 2025-01-01"),
    ],
)
def test_an_edit_of_something_unknown_is_refused(changes, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        at_near(a_plan(), **changes)


def test_an_edit_that_finds_no_place_is_refused():
    plan = at_near(a_plan())
    with pytest.raises(InvalidFieldError, match="no place for Tim 1 at 10700669 on 2024-09-10"):
        at_near(plan, day=TUESDAY)
    with pytest.raises(InvalidFieldError, match="is not planned: Tim 1 at 10700670"):
        plan.without_visit(team="Tim 1", day=MONDAY, site=FAR)


def test_plans_are_changed_by_evolving():
    plan = at_near(a_plan())
    moved = plan.moved(team="Tim 1", day=MONDAY, site=NEAR, to_day=FRIDAY)

    assert plan.value.total > moved.value.total  # pupils wait four days longer
