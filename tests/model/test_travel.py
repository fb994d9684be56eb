"""Travel times as they are given: in any order of places, with no route where none is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.travel import NO_ROUTE, RoadEstimate, TravelTable, base_of, end_of


def test_a_travel_table_answers_in_any_order_of_places():
    table = TravelTable(["a", "b"], [[0, 7], [None, 0]])

    assert table.among(["b", "a"]) == ((0, NO_ROUTE), (7, 0))


def test_a_day_or_more_is_no_route_in_tables_and_estimates():
    table = TravelTable(["a", "b"], [[0, NO_ROUTE - 1], [10**30, 0]])

    assert table.minutes == ((0, NO_ROUTE - 1), (None, 0))
    assert RoadEstimate(overrides={("a", "b"): 10**30, ("b", "a"): None}).overrides == (
        *((("a", "b"), NO_ROUTE), (("b", "a"), NO_ROUTE)),
    )


def test_a_route_may_go_over_other_places():
    table = TravelTable(["a", "b", "c"], [[0, 5, None], [None, 0, 5], [None, None, 0]])

    assert table.has_route("a", "c")
    assert not table.has_route("c", "a")
    with pytest.raises(InvalidFieldError, match="lacks x"):
        table.has_route("a", "x")


@pytest.mark.parametrize(
    ("places", "minutes", "fault"),
    [
        (["a", "a"], [[0, 0], [0, 0]], "must not name a place twice"),
        (["a", "b"], [[0, 1]], "must hold 2 rows of 2 values"),
        (["a"], [[-1]], "whole minutes from 0"),
        (["a"], [[1.5]], "whole minutes from 0"),
    ],
)
def test_a_table_that_is_no_matrix_is_refused(places, minutes, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        TravelTable(places, minutes)


def test_places_a_table_lacks_are_all_named():
    with pytest.raises(InvalidFieldError, match="lacks 10700669, 10700670"):
        TravelTable(["a"], [[0]]).among(["10700669", "a", "10700670"])


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"circuity": 0.9}, "circuity must be at least 1"),
        ({"overrides": {("a", "b"): -5}}, "from a to b must be whole minutes from 0, got -5"),
    ],
)
def test_an_estimate_that_cannot_be_is_refused(changes, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        RoadEstimate(**changes)


cells = st.none() | st.integers(0, 2 * NO_ROUTE)
tables = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=n, max_size=n)
)


@given(tables, st.randoms(use_true_random=False))
def test_minutes_among_places_are_those_given_whatever_their_order(rows, rng):
    places = [str(number) for number in range(len(rows))]
    table = TravelTable(places, rows)
    shuffled = [*places]
    rng.shuffle(shuffled)

    found = table.among(shuffled)

    for a, row in zip(shuffled, found, strict=True):
        for b, minutes in zip(shuffled, row, strict=True):
            given_minutes = rows[int(a)][int(b)]
            is_route = given_minutes is not None and given_minutes < NO_ROUTE
            assert minutes == (0 if a == b else given_minutes if is_route else NO_ROUTE)


@given(tables)
def test_there_is_a_route_where_steps_that_are_known_lead(rows):
    """Agreement with adding one step after another until nothing new is reached."""
    places = [str(number) for number in range(len(rows))]
    table = TravelTable(places, rows)

    for start in range(len(rows)):
        reached = {start}
        for _ in rows:
            reached |= {
                b for a in reached for b, cell in enumerate(table.minutes[a]) if cell is not None
            }
        assert {int(b) for b in places if table.has_route(str(start), b)} == reached


def test_a_team_has_a_place_to_start_and_may_have_another_to_end():
    assert (base_of("Tim 1"), end_of("Tim 1")) == ("Tim 1/base", "Tim 1/end")


def test_equal_estimates_are_equal_however_their_pairs_are_ordered():
    one = RoadEstimate(overrides={("a", "b"): 5, ("b", "a"): 7})
    other = RoadEstimate(overrides={("b", "a"): 7, ("a", "b"): 5})

    assert one == other
    assert hash(one) == hash(other)
