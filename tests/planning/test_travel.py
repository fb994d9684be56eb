"""Driving minutes from coordinates, and the closing of a table under the triangle law."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.travel import NO_ROUTE
from school_ektp.planning.travel import close_triangle, road_matrix

POINTS = st.lists(st.tuples(st.floats(-4.0, -3.0), st.floats(102.0, 103.0)), min_size=2, max_size=7)


@given(POINTS)
def test_roads_from_coordinates_are_closed_already(points):
    matrix = road_matrix(points, circuity=1.35, speed_kmh=30)

    assert close_triangle(matrix) == (matrix, ())


@given(st.integers(2, 5).flatmap(lambda n: st.lists(
    st.lists(st.integers(0, 99), min_size=n, max_size=n), min_size=n, max_size=n)))  # fmt: skip
def test_a_closed_matrix_has_no_shorter_way_round(rows):
    given_matrix = tuple(
        tuple(0 if i == j else cell for j, cell in enumerate(row)) for i, row in enumerate(rows)
    )
    closed, pairs = close_triangle(given_matrix)
    places = range(len(rows))

    assert all(
        closed[a][c] <= closed[a][b] + closed[b][c] for a in places for b in places for c in places
    )
    assert set(pairs) == {
        (a, b) for a in places for b in places if closed[a][b] < given_matrix[a][b]
    }


def test_minutes_are_rounded_up():
    """A thousandth of a degree of latitude is 111.195 m: at 30 km/h, 13.3 seconds."""
    matrix = road_matrix([(0, 102), (0.001, 102), (0.009, 102)], circuity=1.0, speed_kmh=30)

    assert matrix == ((0, 1, 3), (1, 0, 2), (3, 2, 0))


def test_a_way_round_that_is_shorter_replaces_the_straight_one():
    assert close_triangle(((0, 9, 2), (9, 0, 3), (2, 3, 0))) == (
        ((0, 5, 2), (5, 0, 3), (2, 3, 0)),
        ((0, 1), (1, 0)),
    )


MINUTES = st.one_of(st.integers(0, 300), st.sampled_from((NO_ROUTE, 2**30 - 1)))


@given(st.integers(2, 6).flatmap(lambda n: st.lists(
    st.lists(MINUTES, min_size=n, max_size=n), min_size=n, max_size=n)))  # fmt: skip
def test_ways_are_the_shortest_over_all_chains_of_places(rows):
    matrix = tuple(
        tuple(0 if i == j else cell for j, cell in enumerate(row)) for i, row in enumerate(rows)
    )
    places = range(len(rows))

    def shortest(start, end):
        between = [place for place in places if place not in (start, end)]
        chains = (c for count in range(len(between) + 1) for c in permutations(between, count))
        return min(sum(matrix[a][b] for a, b in pairwise((start, *chain, end))) for chain in chains)

    closed, _ = close_triangle(matrix)
    assert closed == tuple(tuple(0 if a == b else shortest(a, b) for b in places) for a in places)
