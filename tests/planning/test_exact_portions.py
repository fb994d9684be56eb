"""Rows about the pupils of one site: never too tight, and found where visits cannot be whole."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("highspy")

from school_ektp.planning.exact.limits import Limit
from school_ektp.planning.exact.portions import broken_portions


def site_of(pupils):
    return Limit(sites=(0,), first=0, last=1, most=float(pupils))


def test_visits_that_cannot_be_together_count_for_more_than_one_site():
    """Of ten pupils either one visit records six, or two record five each."""
    (row,) = broken_portions(site_of(10), [(0, 6, 0.9), (1, 5, 0.92)])

    assert [float(row.taken(some)) for some in (4, 5, 6, 10)] == pytest.approx([0, 0.5, 1, 1])
    assert row.most == pytest.approx(1)


@pytest.mark.parametrize(
    "visits",
    [
        [(0, 6, 1.0), (0, 4, 1.0)],
        [(0, 5, 2.0)],
        [(0, 6, 0.5), (0, 4, 0.5), (1, 5, 1.0)],  # half of each of the two plans above
        [(0, 10, 1.0), (2, 10, 1.0)],  # the second is in a part of which the limit says nothing
        [],
    ],
)
def test_shares_of_whole_plans_break_nothing(visits):
    assert broken_portions(site_of(10), visits) == []


visits_of_a_site = st.lists(
    st.tuples(st.integers(0, 1), st.integers(1, 12), st.floats(0.05, 1.0)), max_size=6
)


@given(st.integers(1, 12), visits_of_a_site)
def test_no_whole_visits_break_a_row(pupils, visits):
    visits = [(part, min(some, pupils), share) for part, some, share in visits]
    for row in broken_portions(site_of(pupils), visits):
        for number in range(1, 5):
            for together in combinations_with_replacement(range(1, pupils + 1), number):
                if sum(together) <= pupils:
                    assert sum(map(row.taken, together)) <= row.most + 1e-9


@given(st.integers(2, 12), visits_of_a_site)
def test_a_row_is_broken_by_the_visits_it_was_found_for(pupils, visits):
    visits = [(part, min(some, pupils), share) for part, some, share in visits]
    for row in broken_portions(site_of(pupils), visits):
        assert sum(share * row.taken(some) for _, some, share in visits) > row.most
