"""One run of the search: seeds, the log, the first plan, and how it paces itself."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import Pinned
from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.state import FIRST
from school_ektp.planning.stop import MaxIterations, begin
from school_ektp.testing import problems, random_problem
from towns import town


def run(problem, iterations=20, seed=0, start=None, watch=None):
    search = Search(SearchData(problem), SearchParams(), seed)
    steps = []
    plan = search.run(watch or begin(MaxIterations(iterations)), start, steps.append)
    return search, plan, steps


@given(problems(), st.integers(0, 2**16))
def test_the_log_rises_and_ends_with_the_plan(problem, seed):
    search, plan, steps = run(problem, seed=seed)

    objectives = [objective for _, objective in search.log]
    value = evaluate(search.data.problem, plan)
    assert objectives == sorted(set(objectives))
    assert objectives[-1] == value.total - FIRST * value.shortfall
    better = [(now.iterations, now.value) for now in steps if now.improved == now.iterations]
    assert [*dict.fromkeys(better)] == search.log
    assert search.iterations == 20


@given(problems(), st.integers(0, 2**16))
def test_the_same_seed_makes_the_same_plan(problem, seed):
    first, second = run(problem, seed=seed), run(problem, seed=seed)

    assert first[1] == second[1]
    assert first[0].log == second[0].log


def test_other_seeds_make_other_plans():
    problem = random_problem(151)

    assert len({run(problem, seed=seed)[1] for seed in range(5)}) > 1


def test_zero_iterations_give_the_greedy_plan():
    search, plan, _ = run(town(9, 9, hours=100), iterations=0)

    assert search.iterations == 0
    assert sorted(visit.site for visit in plan.visits) == [0, 1]


def test_a_plain_callable_ends_the_search():
    problem = random_problem(151)
    search, plan, _ = run(problem, watch=lambda now: now.iterations >= 15)

    assert search.iterations == 15
    assert violations(problem, plan) == ()


def test_a_problem_without_schools_teams_or_pupils_has_an_empty_plan():
    for empty in (town(), town(0), town(5, teams=0), town(5, hours=0)):
        search, plan, _ = run(empty, iterations=3)
        assert plan.visits == ()
        assert search.iterations == 3


def test_a_pin_where_nobody_is_served_is_kept_and_nothing_more_is_looked_for():
    _, plan, _ = run(town(0, 9, constraints=[Pinned(0, 0, 0, pupils=1)]))

    assert sorted(visit.site for visit in plan.visits) == [0, 1]


def test_the_random_numbers_of_others_are_left_alone():
    random.seed(1)
    expected = random.random()
    random.seed(1)
    run(town(9, 9))

    assert random.random() == expected
