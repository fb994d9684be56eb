"""Two plans side by side, and planning again without upsetting the schools."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.feasibility import violations
from school_ektp.season.compare import BY_SCHOOL, CHANGES, compare
from school_ektp.season.replan import replan

TUESDAY = dt.date(2024, 9, 10)


@pytest.fixture
def three_days(season, make):
    """Two schools of ten pupils, one team, three days: one session for each five pupils."""
    return season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=5), make.demand(1, pupils=5)],
        days=3,
    )


def test_a_plan_compared_with_itself_changes_nothing(three_days):
    found = compare(three_days, three_days)

    assert (found.gained, found.visits_before, found.count("kept")) == (0, 2, 2)
    assert found.changes.is_empty()
    assert found.changes.schema == CHANGES
    assert found.text("en") == "0 of 2 visits moved, 0 added, 0 dropped; +0 pupils recorded."


def test_a_visit_on_another_day_is_moved_and_one_less_is_dropped(three_days, make):
    plan = three_days
    one = plan.visit_list[0]
    moved = plan.moved(team="Tim 1", day=one.day, npsn=one.npsn, to_day=dt.date(2024, 9, 11))
    fewer = plan.without_visit(team="Tim 1", day=one.day, npsn=one.npsn)

    assert compare(plan, moved).count("moved") == 1
    assert compare(plan, moved).text("id").startswith("1 dari 2 kunjungan dipindahkan")
    dropped = compare(plan, fewer)
    assert (dropped.count("dropped"), dropped.gained) == (1, -5)
    assert compare(fewer, plan).count("added") == 1
    assert dropped.by_school.schema == BY_SCHOOL
    assert dropped.by_school.filter(npsn=one.npsn)["gained"].to_list() == [-5]


def test_pupils_gained_by_school_add_up(three_days, season, make):
    other = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=3), make.demand(1, pupils=15)],
        days=4,
    )

    found = compare(three_days, other)

    assert found.by_school["gained"].sum() == found.gained == other.recorded - three_days.recorded


def test_replanning_without_a_change_moves_nobody(three_days):
    again = replan(three_days)

    assert (again.moved, again.kept, again.announced) == (0, 2, 2)
    assert again.comparison.count("moved") == 0


def test_only_the_visit_that_cannot_be_made_is_moved(three_days):
    lost = three_days.visit_list[0]
    closed = closed_on(three_days, lost)

    again = replan(three_days, calendar=closed)

    assert (again.moved, again.kept) == (1, 1)
    assert again.comparison.count("moved") == 1
    assert again.plan.recorded == three_days.recorded
    assert not violations(again.plan.problem, again.plan.solution)


def closed_on(plan, visit):
    closure = Closure(DaySpan(visit.day), "event", npsn=visit.npsn)
    return attrs.evolve(plan.calendar, closures=(closure,))


def crowded(season, make):
    """One visit is possible: three pupils were announced, five wait at the other school."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=3), make.demand(1, pupils=5)],
        rules=VisitRules(turnout=1.0, visits_per_team_day=1),
        iterations=0,
    )
    return plan.with_visit(team="Tim 1", day=make.monday, npsn=make.npsn[0])


@pytest.mark.parametrize(("price", "recorded", "moved"), [(2, 5, 1), (3, 3, 0), (None, 3, 0)])
def test_an_announced_visit_is_moved_only_for_the_stated_number(
    price, recorded, moved, season, make
):
    again = replan(crowded(season, make), pupils_per_move=price)

    assert (again.plan.recorded, again.moved) == (recorded, moved)


def test_visits_that_were_not_announced_are_free(season, make):
    again = replan(crowded(season, make), pupils_per_move=100, announced=[])

    assert (again.plan.recorded, again.announced, again.moved) == (5, 0, 0)
    same = PinnedVisit(day=make.monday, team="Tim 1", npsn=make.npsn[0])
    assert replan(crowded(season, make), pupils_per_move=100, announced=[same]).kept == 1


def test_days_gone_by_stay_as_they_were(season, make):
    plan = season(demand=[make.demand(pupils=14)], days=3, iterations=0)
    plan = plan.with_visit(team="Tim 1", day=make.monday, npsn=make.npsn[0], pupils=2)

    again = replan(plan, on=TUESDAY, pupils_per_move=0).plan

    assert [(visit.day, visit.recorded) for visit in again.visit_list] == [
        (make.monday, 2),
        (TUESDAY, 5),
        (TUESDAY + dt.timedelta(days=1), 5),
    ]
    assert again.problem == plan.problem


def test_a_negative_price_is_refused(three_days):
    with pytest.raises(InvalidFieldError, match="pupils_per_move must be at least 0, got -1"):
        replan(three_days, pupils_per_move=-1)
