"""Team-days planned anew together."""

from __future__ import annotations

from functools import cache
from itertools import islice

import pytest

from school_ektp.planning.feasibility import violations
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.testing.oracle import best_score
from school_ektp.testing.problems import random_tiny_problem


def rebuilt(problem, seed=0):
    """Return a search whose routes, empty before, were all planned anew."""
    search = Search(problem, seed)
    search.rebuild(range(len(search.routes.count)))
    return search


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


def test_what_was_planned_anew_can_be_undone():
    search = rebuilt(divisible_problems(12)[0])
    search.routes.rollback()

    assert search.routes.pupils == 0
    assert solution_of(search.routes).visits == ()
