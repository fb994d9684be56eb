"""Sets of stops: each is filled in the best way there is."""

from __future__ import annotations

from itertools import accumulate, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.exact.sets import Sets
from school_ektp.planning.exact.types import Periods, day_types
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem

np = pytest.importorskip("numpy")  # comes with highspy
pytest.importorskip("highspy")

SCHOOLS = 4  # as many as a set holds at most
MOST = 4  # pupils of one visit


@st.composite
def seasons(draw):
    """One day of one crew, schools that close at times of their own, and a pace for each."""
    pace = draw(st.tuples(*[st.integers(1, 3)] * SCHOOLS))
    crew = Crew(
        start=SCHOOLS,
        end=SCHOOLS,
        shifts=((0, 60),),
        breaks=((),),
        kits=(draw(st.integers(1, 2)),),
        minutes_per_pupil=pace,
        setup=(1,) * SCHOOLS,
        packdown=(0,) * SCHOOLS,
    )
    closing = draw(st.tuples(*[st.integers(12, 30)] * SCHOOLS))
    sites = tuple(
        Site(groups=(Group(arrivals=((0, 40),)),), sessions=(((0, closes),),)) for closes in closing
    )
    nodes = range(SCHOOLS + 1)
    matrix = tuple(tuple(0 if a == b else 2 for b in nodes) for a in nodes)
    return VisitProblem(days=1, sites=sites, crews=(crew,), travel=(matrix,))


def most_worth(sets, row, worths):
    """Return the most that one set of stops is worth, by trying all numbers of pupils."""
    stops = [
        (site, room)
        for site, room in zip(sets.sites[row].tolist(), sets.room[row].tolist(), strict=True)
        if site < len(worths)
    ]
    best = 0.0
    for some in product(range(MOST + 1), repeat=len(stops)):
        pupils = [(site, each) for (site, _), each in zip(stops, some, strict=True)]
        ticks = accumulate(-(-n // sets.per_round[site]) * sets.ticks[site] for site, n in pupils)
        if all(taken <= room for taken, (_, room) in zip(ticks, stops, strict=True)):
            best = max(best, sum(worths[site, n] for site, n in pupils if n))
    return best


@given(seasons(), st.lists(st.integers(-1, 9), min_size=SCHOOLS * MOST, max_size=SCHOOLS * MOST))
def test_the_best_set_is_filled_as_well_as_can_be(problem, numbers):
    (kind,) = day_types(problem, 0, Periods((0,)))
    sets = Sets(problem, kind)
    worths = np.zeros((SCHOOLS, MOST + 1))
    worths[:, 1:] = np.reshape(numbers, (SCHOOLS, MOST))

    found = sets.listed(np.full(SCHOOLS, MOST)).best(worths, 0.0, len(sets.sites))

    expected = max((most_worth(sets, row, worths) for row in range(len(sets.sites))), default=0.0)
    assert max((sum(worths[n] for n in stops) for stops in found), default=0.0) == expected
    assert all(1 <= some <= MOST for stops in found for _, some in stops)
