"""Rows about the pupils of one site: never too tight, and found where visits cannot be whole."""

from __future__ import annotations

from itertools import accumulate, combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("highspy")

from school_ektp.planning.exact.limits import Limit, broken_lots
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


def who_came(arrivals):
    """Return for each part of the season what visits till then record at most, lifted."""
    met = list(accumulate(arrivals))
    return [
        Limit(
            sites=(0,),
            first=0,
            last=last,
            most=float(pupils),
            later=tuple(some - pupils for some in met[last + 1 :]),
        )
        for last, pupils in enumerate(met)
    ]


def rows_of(limit, visits):
    return broken_lots(limit, visits) + broken_portions(limit, visits)


def test_a_share_of_a_later_visit_does_not_meet_all_who_came_since():
    """Ten at first and two more later: a sixth of a visit to twelve is not a visit to the two."""
    first, _ = who_came([10, 2])

    (row,) = broken_lots(first, [(0, 10, 1.0), (1, 12, 1 / 6)])

    assert row.limit.free_in(1) == 2
    assert row.most < 10 + 10 / 6


@given(
    st.lists(st.integers(0, 6), min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.floats(0.05, 1.0)), max_size=8),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), max_size=6),
)
def test_whole_plans_break_no_row_about_later_visits(arrivals, shares, visits):
    """Visits in order, each to some of those who wait by then."""
    met, recorded, plan = list(accumulate(arrivals)), 0, []
    for part, some in sorted(visits):
        pupils = min(some, met[part] - recorded) if part < len(met) else 0
        if pupils:
            recorded += pupils
            plan.append((part, pupils, 1.0))

    for limit in who_came(arrivals):
        for row in rows_of(limit, shares) if limit.most else ():
            assert sum(share * row.taken(some) for some, share in limit.counted(plan)) <= (
                row.most + 1e-9
            )


@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.floats(0.05, 1.0)), max_size=8),
)
def test_rows_about_later_visits_are_broken_by_what_they_were_found_for(arrivals, shares):
    for limit in who_came(arrivals):
        for row in rows_of(limit, shares):
            assert sum(share * row.taken(some) for some, share in limit.counted(shares)) > row.most
