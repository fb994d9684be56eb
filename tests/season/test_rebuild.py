"""A plan built again: what it knew stays, what changes is checked."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.rules import VisitRules
from school_ektp.model.travel import TravelTable, base_of
from school_ektp.planning.build import build_problem
from school_ektp.planning.checker import violations
from school_ektp.planning.solution import Solution
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.changes import Circumstances, under
from school_ektp.season.rebuild import check_parts, improved, rebuilt, standing, taken

FEW = MaxIterations(40)


def test_driving_times_that_were_given_stay(season, make):
    """A plan made with a table of its own keeps it, also where a team is added."""
    places = [make.npsn[0], base_of("Tim 1")]
    table = TravelTable(places, [[0, 7], [7, 0]])
    plan = season()
    problem, names = build_problem(
        plan.schools, plan.demand, plan.teams, plan.calendar, rules=plan.rules,
        worth=plan.worth, risks=plan.risks, travel=table,
    )  # fmt: skip
    given_table = attrs.evolve(plan, problem=problem, names=names)

    wider = under(given_table, Circumstances(teams=2, deadline=dt.date(2024, 9, 11)))

    assert {wider.problem.travel[0][c.start][0] for c in wider.problem.teams} == {7}
    assert rebuilt(plan).problem == plan.problem


def test_classes_that_only_a_longer_season_tells_apart_keep_their_pupils(season, make):
    """In the second week one class is away: one group of the first week becomes two."""
    groups = [
        WaitingGroup(class_name="XI", steps=[(make.monday, 4)]),
        WaitingGroup(class_name="XII", steps=[(make.monday, 4)]),
    ]
    week_two = DaySpan(make.monday + dt.timedelta(days=7), make.monday + dt.timedelta(days=11))
    plan = season(
        demand=[SchoolDemand(npsn=make.npsn[0], groups=groups)],
        days=2,
        closures=[Closure(week_two, "placement", class_name="XI")],
    )

    longer = under(plan, Circumstances(deadline=make.monday + dt.timedelta(days=13)))

    assert [len(p.problem.sites[0].groups) for p in (plan, longer)] == [1, 2]
    assert longer.solution == plan.solution
    assert longer.recorded == plan.recorded > 0
    assert not violations(longer.problem, longer.solution)


def test_a_plan_without_a_change_is_the_same(three_days):
    again = rebuilt(three_days)

    assert (again.problem, again.solution, again.names) == (
        three_days.problem, three_days.solution, three_days.names,
    )  # fmt: skip


def test_only_a_better_plan_is_taken(three_days):
    nothing = Solution()

    assert taken(three_days, nothing) is three_days
    assert taken(attrs.evolve(three_days, solution=nothing), three_days.solution).recorded == 10
    assert improved(three_days, stop=FEW).recorded >= three_days.recorded


def test_a_plan_that_breaks_nothing_stands_before_one_worth_more(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=3)
    narrow = rebuilt(plan, rules=VisitRules(visits_per_school=1))

    assert standing(narrow.problem, narrow.solution) > standing(narrow.problem, plan.solution)


def test_parts_are_named_and_of_their_kind(three_days):
    changes = {"teams": [*three_days.teams]}

    check_parts("call", changes)

    assert changes == {"teams": three_days.teams}
    with pytest.raises(
        InvalidFieldError, match=r"call\.travel is no part that can change: schools"
    ):
        check_parts("call", {"travel": None})
    with pytest.raises(InvalidFieldError, match=r"call\.worth must be a Worth, got a float"):
        check_parts("call", {"worth": 2.5})
