"""What may go wrong, and how often."""

from __future__ import annotations

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks


def test_turnout_can_be_known_for_one_school():
    risks = Risks(turnout=0.8, turnout_again=0.6, turnout_by_school={"10700669": 0.4})

    assert risks.turnout_at("10700669") == 0.4
    assert risks.turnout_at("10700670") == 0.8


def test_who_comes_again_changes_in_proportion_and_never_beyond_all():
    risks = Risks(
        turnout=0.8, turnout_again=0.6, turnout_by_school={"10700669": 0.4, "10700670": 1}
    )

    assert risks.turnout_again_at("10700669") == pytest.approx(0.3)
    assert Risks(turnout=0.5, turnout_by_school={"10700670": 1}).turnout_again_at("10700670") == 1
    assert risks.turnout_again_at("10700671") == pytest.approx(0.6)


def test_a_visit_takes_place_if_nothing_stops_it():
    own = {"day_lost_by_team": {"Tim 2": 0.3}, "outage_by_school": {"10700670": 0}}
    risks = Risks(day_lost=0.1, system_down=0.2, outage=0.5, **own)

    assert risks.held_at("10700669", "Tim 1") == pytest.approx(0.9 * 0.8 * 0.5)
    assert risks.held_at("10700670", "Tim 2") == pytest.approx(0.7 * 0.8)
    assert Risks.none().held_at("10700669", "Tim 1") == 1


def test_rates_of_schools_and_teams_that_are_gone_are_dropped():
    schools = {"10700669": 0.4, "10700670": 0.5}
    risks = Risks(
        turnout_by_school=schools, outage_by_school=schools, day_lost_by_team={"Tim 1": 0.3}
    )

    left = {"10700670": 0.5}
    assert risks.without({"10700669", "Tim 1"}) == Risks(
        turnout_by_school=left, outage_by_school=left
    )
    assert risks.without(()) == risks


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("turnout", 0, "must be above 0 and at most 1"),
        ("turnout", 1.2, "must be above 0 and at most 1"),
        ("never", -0.1, "must be from 0 to 1"),
        ("outage", "often", "must be from 0 to 1"),
        ("day_lost", float("nan"), "must be from 0 to 1"),
        ("day_lost_by_team", {"Tim 1": -0.1}, "must be from 0 to 1"),
        ("outage_by_school", {"10700669": 2}, "must be from 0 to 1"),
        ("turnout_by_school", {"10700669": 2}, "must be above 0 and at most 1"),
        ("turnout_by_school", 0.5, "turnout_by_school must be a list or another iterable"),
        ("outage_by_school", ["10700669"], "outage_by_school must be a mapping or hold pairs"),
        ("day_lost_by_team", {1: 0.5}, "must be a mapping with names of teams"),
    ],
)
def test_a_fault_is_named_with_its_field(field, value, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        Risks(**{field: value})
