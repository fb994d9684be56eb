"""What may be asked of a plan, outcomes of visits, and travel tables."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.outcome import Outcome
from school_ektp.model.rules import VisitRules
from school_ektp.model.travel import NO_ROUTE, RoadEstimate, TravelTable

DAY = dt.date(2024, 9, 9)


def test_defaults_are_those_that_offices_report():
    rules = VisitRules()

    assert rules.pupils_per_kit_day == 150
    assert rules.fewest_pupils is None
    assert rules.one_visit is False


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("team_days", 0, "at least 1, got 0"),
        ("one_visit", ["1"], "must be 8 digits"),
        ("reached_by", {"Curup": "2024-10-01"}, "must be a datetime.date"),
        ("visits_per_school", 0, "at least 1, got 0"),
        ("reserve_days", -1, "at least 0, got -1"),
        ("floors", {"Curup": 1.5}, "must be above 0 and at most 1"),
        ("forbidden_dates", [("1", DAY)], "must be 8 digits"),
    ],
)
def test_a_fault_is_named_with_its_field(field, value, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        VisitRules(**{field: value})


def test_values_can_be_changed_by_evolving():
    rules = VisitRules(floors={"Curup": 0.5}, one_visit={"10700669"})

    assert attrs.evolve(rules, reserve_days=2).floors == rules.floors


def test_walk_ins_are_part_of_the_recorded():
    assert Outcome(day=DAY, team="A", site="10700669", recorded=52, walk_ins=17).came == 52
    with pytest.raises(InvalidFieldError, match="walk_ins must not exceed recorded 1, got 2"):
        Outcome(day=DAY, team="A", site="10700669", recorded=1, walk_ins=2)


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
