"""What may be asked of a plan, outcomes of visits, and travel tables."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.outcome import Outcome
from school_ektp.model.rules import VisitRules

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
