"""Shorter orders of the stays of a day."""

from __future__ import annotations

from itertools import permutations

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.local import shorten
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.state import State
from school_ektp.testing import problems
from towns import town


def day_of(problem, sites):
    """Return a state whose first team-day visits *sites* in this order, one pupil each."""
    state = State(SearchData(attrs.evolve(problem, constraints=())), SearchParams())
    for place, site in enumerate(sites if state.data.team_days else ()):
        state.insert(site, 0, place, 1)
    return state


@given(problems(), st.data())
def test_a_shorter_day_has_the_same_stays_and_holds(problem, data):
    numbers = st.integers(0, len(problem.sites) - 1)
    sites = data.draw(st.lists(numbers, unique=True, min_size=1, max_size=5))
    state = day_of(problem, sites)
    assume(state.routes and state.routes[0].fits)
    driving, objective = state.routes[0].driving, state.objective

    shorten(state, [0])

    assert sorted(state.routes[0].sites) == sorted(sites)
    assert state.routes[0].driving <= driving
    assert state.objective >= objective
    assert violations(state.data.problem, state.solution(state.snapshot())) == ()


def test_on_a_line_any_order_becomes_a_shortest_one():
    problem = town(1, 1, 1, 1, hours=300)
    for order in permutations(range(4)):
        state = day_of(problem, order)
        shorten(state, [0])
        assert state.routes[0].driving == 80


def test_a_day_with_an_announced_stay_keeps_its_order():
    state = day_of(town(1, 1, 1, 1, hours=300), [1, 3, 0, 2])
    state.data.announced[0][3] = (60, 300)
    before = list(state.routes[0].sites)

    shorten(state, [0])

    assert state.routes[0].sites == before
