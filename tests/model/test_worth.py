"""What a plan is worth, counted in pupils."""

from __future__ import annotations

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.worth import Worth


def test_balanced_is_the_default():
    assert Worth() == Worth.balanced()


def test_a_visit_must_bring_more_from_thorough_to_thrifty():
    settings = (Worth.thorough(), Worth.balanced(), Worth.thrifty())

    prices = [setting.visit for setting in settings]

    assert prices == sorted(set(prices))


def test_of_pupils_alone_nothing_costs():
    worth = Worth.pupils()

    assert worth.visit == worth.team_day == worth.driving_hour == worth.waiting_week == 0
    assert worth.weight(0) == worth.weight(3) == 1


def test_classes_can_count_for_more():
    assert Worth(weights={0: 2.5}).weight(0) == 2.5
    assert Worth(weights={0: 2.5}).weight(1) == 1


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("visit", -1, "visit must be a number of pupils from 0 to 1000, got -1"),
        ("team_day", "2", "team_day must be a number of pupils"),
        ("driving_hour", float("nan"), "driving_hour must be a number of pupils"),
        ("waiting_week", 1.5, "waiting_week must be from 0 to 1"),
        ("weights", {0: -1}, "weights must be a number of pupils"),
        ("weights", {-1: 1}, "weights must be a whole number at least 0"),
    ],
)
def test_a_fault_is_named_with_its_field(field, value, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        Worth(**{field: value})
