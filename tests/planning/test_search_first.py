"""The first plan, what bounds it, and the last touch."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.datasets import rejang_lebong
from school_ektp.planning.build import build_problem
from school_ektp.planning.edit import with_visit
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.guards import guards_for
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.routes import Routes
from school_ektp.planning.search.summit import summit
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import plan_exhaustively, random_tiny_problem
from school_ektp.testing.problems import problems

FIRST = MaxIterations(0)
PARTED = ((10, 60), (100, 200))


def school(*arrivals, days):
    return Site(groups=(Group(arrivals=arrivals),), sessions=(((0, 300),),) * days)


def season(*sites, days, crews=1):
    """Schools in a line, 10 minutes from one to the next, the base at the end; one kit."""
    count = len(sites)
    crew = Crew(
        start=count,
        end=count,
        shifts=((0, 300),) * days,
        breaks=((),) * days,
        kits=(1,) * days,
        minutes_per_pupil=(5,) * count,
        setup=(20,) * count,
        packdown=(10,) * count,
    )
    travel = tuple(tuple(10 * abs(a - b) for b in range(count + 1)) for a in range(count + 1))
    return VisitProblem(days=days, sites=sites, crews=(crew,) * crews, travel=(travel,))


def test_the_first_plan_of_the_sample_leaves_nobody_who_can_be_recorded():
    region = rejang_lebong(seed=1)
    problem, _ = build_problem(
        region.schools, region.demand(), region.teams, region.calendar, rules=region.rules
    )

    found = solve(problem, stop=FIRST).score

    reach = Reach(problem)
    last = problem.priorities - 1
    sites = range(len(problem.sites))
    assert found.pupils == sum(reach.recordable(site, last) for site in sites)
    assert found.team_days >= -65  # of 168


def test_the_first_plan_begins_late_when_one_day_holds_everyone():
    """Ten wait and ten come on the last day: one team-day is enough, but only that day."""
    problem = season(school((0, 10), (9, 10), days=10), days=10)

    found = solve(problem, stop=FIRST)

    assert (found.score.recorded, found.score.team_days) == ((20,), -1)
    assert {visit.day for visit in found.solution.visits} == {9}


@pytest.mark.parametrize("turnout", [100, 50])
def test_those_who_are_soonest_out_of_reach_are_called_first(turnout):
    """Time for six a day: those who are away on the second day must come on the first."""
    classes = Group(arrivals=((0, 6),)), Group(arrivals=((0, 6),), away=frozenset({1}))
    site = Site(groups=classes, sessions=(((0, 70),),) * 2, turnout=turnout)
    problem = attrs.evolve(season(site, days=2), overbook=False)

    found = solve(problem, stop=FIRST)

    assert found.score == score(problem, plan_exhaustively(problem))
    assert [v.called for v in found.solution.visits] == [(0, 6), (6, 0)]


def test_a_class_that_ranks_first_is_called_first_however_long_it_can_wait():
    classes = Group(arrivals=((0, 6),)), Group(priority=1, arrivals=((0, 6),), away=frozenset({1}))
    problem = season(Site(groups=classes, sessions=(((0, 70),), ())), days=2)

    assert solve(problem, stop=FIRST).solution.visits[0].recorded == (6, 0)


def test_a_plan_to_begin_with_keeps_whom_it_leaves_to_later_visits():
    """Six of each class each day; those who are away on the second are recorded on the first."""
    classes = Group(arrivals=((0, 6),)), Group(arrivals=((0, 6),), away=frozenset({1}))
    problem = season(Site(groups=classes, sessions=(((0, 70),),) * 2), days=2)
    start = plan_exhaustively(problem)
    assert [visit.recorded for visit in start.visits] == [(0, 6), (6, 0)]

    assert solve(problem, start=start, stop=FIRST).solution == start


def test_a_plan_to_begin_with_keeps_the_session_where_a_break_parts_two():
    """A stay begins in the minute of work in which one session ends and the next begins."""
    problem = season(Site(groups=(Group(arrivals=((0, 9),)),), sessions=(PARTED,)), days=1)
    crew = attrs.evolve(problem.crews[0], breaks=(((60, 100),),))
    problem = attrs.evolve(problem, crews=(crew,))
    start = with_visit(problem, Solution(), crew=0, day=0, site=0)
    assert start is not None
    assert (start.visits[0].start, start.visits[0].pupils) == (100, 9)

    assert solve(problem, start=start, stop=FIRST).score == score(problem, start)


@given(problems(), st.integers(0, 5))
@settings(max_examples=40)
def test_the_first_plan_holds(problem, seed):
    found = solve(problem, stop=FIRST, seed=seed)

    assert violations(problem, found.solution) == ()


@given(problems())
@settings(max_examples=40)
def test_the_summit_is_what_sites_can_give_alone(problem):
    """Two readings of one thing; those of `Reach` are told of visits per site, too."""
    bare = attrs.evolve(problem, rules=())
    reach = Reach(bare)
    sites = range(len(bare.sites))
    alone = tuple(
        sum(reach.recordable(site, rank) for site in sites) for rank in range(bare.priorities)
    )

    assert summit(Routes(bare, guards_for(bare.rules))) == alone


@pytest.mark.parametrize("seed", [5, 27, 351, 646, 920, 1279, 1369])
def test_what_one_change_betters_is_bettered(seed):
    """Orders, crews, days and spare team-days that annealing leaves as they fall."""
    problem = random_tiny_problem(seed)

    found = solve(problem, stop=MaxIterations(300)).score

    assert found == score(problem, plan_exhaustively(problem))


@given(problems(), st.integers(0, 5))
@settings(max_examples=30)
def test_polish_loses_nothing_and_holds(problem, seed):
    search = Search(problem, seed)
    search.run(FIRST.start(), search.all_pupils, None, None)
    before = search.routes.goals()

    search.polish(100_000)

    assert search.routes.goals() >= before
    assert violations(problem, solution_of(search.routes)) == ()
