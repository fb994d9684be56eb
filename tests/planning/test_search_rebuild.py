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


def rebuilt(problem, seed=0):
    """Return a search whose routes, empty before, were all planned anew."""
    search = Search(problem, seed)
    search.rebuild(range(len(search.routes.count)))
    return search


def three_schools_a_day_apart():
    """One crew and one day; 20, 21 and 22 wait, and from school to school it is too far."""
    crew = Crew(
        start=3,
        end=3,
        shifts=((0, 300),),
        breaks=((),),
        kits=(1,),
        minutes_per_pupil=(5,) * 3,
        setup=(10,) * 3,
        packdown=(10,) * 3,
    )
    sites = tuple(
        Site(groups=(Group(arrivals=((0, waiting),)),), sessions=(((0, 300),),))
        for waiting in (20, 21, 22)
    )
    far = tuple(
        tuple(0 if a == b else 50 if 3 in (a, b) else 100 for b in range(4)) for a in range(4)
    )
    return VisitProblem(days=1, sites=sites, crews=(crew,), travel=(far,))


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
def test_what_worths_are_blurred_by_is_forgotten_the_next_time(number):
    problem = divisible_problems(12)[number]
    search = Search(problem, 0)
    routes = range(len(search.routes.count))
    search.rebuild(routes, blur=0.9)
    assert violations(problem, solution_of(search.routes)) == ()

    search.rebuild(routes)

    assert search.routes.pupils == rebuilt(problem).routes.pupils


def test_blurred_worths_lead_to_another_plan():
    """Three schools a day apart, of which one day records one: which one, the blur decides."""
    problem = three_schools_a_day_apart()

    chosen = set()
    for seed in range(20):
        search = Search(problem, seed)
        search.rebuild([0], blur=0.5)
        chosen |= {visit.site for visit in solution_of(search.routes).visits}

    assert chosen == {0, 1, 2}
    assert {v.site for v in solution_of(rebuilt(problem).routes).visits} == {2}


def test_what_was_planned_anew_can_be_undone():
    search = rebuilt(divisible_problems(12)[0])
    search.routes.rollback()

    assert search.routes.pupils == 0
    assert solution_of(search.routes).visits == ()
