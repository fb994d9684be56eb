"""Taking visits out: which, how many, and never an announced one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.insertion import fill, insert_pins
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.removal import KINDS, removed
from school_ektp.planning.search.state import State
from school_ektp.testing import problems, random_problem


def filled(problem, seed):
    state = State(SearchData(problem), SearchParams())
    insert_pins(state)
    fill(state, range(len(problem.sites)), random.Random(seed))
    return state


def visits(state):
    return {(number, site) for number, route in state.routes.items() for site in route.sites}


@given(problems(), st.integers(0, 2**16), st.integers(0, len(KINDS) - 1))
def test_some_visits_go_and_announced_ones_stay(problem, seed, kind):
    state = filled(problem, seed)
    before = visits(state)
    weights = tuple(int(kind == number) for number in range(len(KINDS)))

    sites = removed(state, 4, weights, random.Random(seed))

    gone = before - visits(state)
    assert visits(state) <= before
    assert not gone & set(state.data.pins)
    assert sorted(sites) == sorted({site for _, site in gone})
    assert bool(gone) == bool(before - set(state.data.pins))
    whole_days = kind == 1  # may go beyond the number by the last day's visits
    assert len(gone) <= 4 or whole_days


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_the_same_numbers_drawn_take_the_same_visits(kind):
    weights = tuple(int(kind == number) for number in range(len(KINDS)))
    runs = [removed(filled(random_problem(151), 1), 5, weights, random.Random(2)) for _ in range(2)]

    assert runs[0]
    assert runs[0] == runs[1]


def test_a_round_takes_out_visits_near_each_other_only():
    """So that what is taken out competes for the same days, however large the problem is."""
    state = filled(random_problem(151), 1)
    near = {site: set(list_of[:2]) for site, list_of in enumerate(state.data.near)}
    state.data.near = [sites[:2] for sites in state.data.near]

    for seed in range(40):
        state.save()
        sites = removed(state, 5, (1, 0), random.Random(seed))
        state.restore()

        assert any(set(sites) <= beside for beside in near.values())
