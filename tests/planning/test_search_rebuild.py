"""Team-days planned anew together."""

from __future__ import annotations

from functools import cache
from itertools import islice

import pytest

from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.testing.oracle import best_score
from school_ektp.testing.problems import random_tiny_problem


def rebuilt(problem, *, lots=False):
    """Return a search whose routes, empty before, were all planned anew."""
    search = Search(problem, 0)
    search.rebuild(range(len(search.routes.count)), lots=lots)
    return search


def schools(*waiting, days):
    """Schools 10 minutes from the base and each other; on a day 14 are recorded, 10 at two."""
    base = len(waiting)
    crew = Crew(
        start=base,
        end=base,
        shifts=((0, 100),) * days,
        breaks=((),) * days,
        kits=(1,) * days,
        minutes_per_pupil=(5,) * base,
        setup=(10,) * base,
        packdown=(0,) * base,
    )
    hours = (((0, 100),),) * days
    sites = tuple(Site(groups=(Group(arrivals=((0, n),)),), sessions=hours) for n in waiting)
    travel = tuple(tuple(10 * (a != b) for b in range(base + 1)) for a in range(base + 1))
    return VisitProblem(days=days, sites=sites, crews=(crew,), travel=(travel,))


@cache
def divisible_problems(number):
    problems = (random_tiny_problem(seed) for seed in range(1_000))
    usable = (p for p in problems if not p.rules and Search(p, 0).rebuild.possible())
    return tuple(islice((p for p in usable if best_score(p).pupils), number))


@pytest.mark.parametrize("number", range(12))
def test_empty_team_days_become_a_plan_that_holds(number):
    problem = divisible_problems(12)[number]
    search = rebuilt(problem)

    plan = solution_of(search.routes)
    assert violations(problem, plan) == ()
    assert search.routes.pupils > 0


def test_most_small_problems_are_solved_at_once():
    solved = [
        rebuilt(problem).routes.pupils == best_score(problem).pupils
        for problem in divisible_problems(12)
    ]

    assert sum(solved) >= 11


@pytest.mark.parametrize("number", range(12))
def test_with_lots_counted_team_days_become_a_plan_that_holds(number):
    problem = divisible_problems(12)[number]
    search = rebuilt(problem, lots=True)

    assert violations(problem, solution_of(search.routes)) == ()
    assert search.routes.pupils > 0


@pytest.mark.parametrize(
    ("waiting", "days", "without"),
    [((12, 16), 3, 27), ((16, 16), 4, 30), ((16, 28), 4, 43), ((10, 16, 16), 5, 40)],
)
def test_with_lots_counted_shares_become_better_team_days(waiting, days, without):
    """Everyone is recorded, where shares of visits that no whole days can have leave some."""
    problem = schools(*waiting, days=days)

    assert rebuilt(problem).routes.pupils == without
    assert rebuilt(problem, lots=True).routes.pupils == sum(waiting)


def test_what_was_planned_anew_can_be_undone():
    search = rebuilt(divisible_problems(12)[0])
    search.routes.rollback()

    assert search.routes.pupils == 0
    assert solution_of(search.routes).visits == ()
