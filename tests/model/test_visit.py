"""Visits: a planned one says what it is, a pinned one refuses what cannot be."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.clock import DAY_MINUTES
from school_ektp.model.visit import PinnedVisit, Visit

DAY = dt.date(2024, 9, 9)
PINNED = {"day": DAY, "team": "Tim 1", "site": "10700669"}


def test_a_visit_is_a_value_that_can_be_a_key_and_be_changed_by_evolving():
    counts = {"room": 40, "called": 35, "recorded": 30}
    one = Visit(day=DAY, team="Tim 1", site="10700669", arrive=470, start=480, end=600, **counts)

    assert {one: 1}[attrs.evolve(one)] == 1
    assert attrs.evolve(one, team="Tim 2").team == "Tim 2"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.team = "Tim 2"


def test_a_pinned_visit_needs_a_day_a_team_and_a_school_and_leaves_the_rest_to_the_plan():
    pinned = PinnedVisit(day=DAY, team="Tim 1", site=" k9900001 ")

    assert (pinned.site, pinned.start, pinned.pupils) == ("K9900001", None, 0)
    assert PinnedVisit(**PINNED, start=DAY_MINUTES).start == DAY_MINUTES


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("day", "2024-09-09"), ("day", dt.datetime(2024, 9, 9)), ("team", ""), ("team", 1)),
        *(("start", -1), ("start", DAY_MINUTES + 1), ("start", "08:00"), ("start", True)),
        *(("pupils", -1), ("pupils", 0.5), ("pupils", None)),
    ],
)
def test_a_pin_that_cannot_be_is_refused_by_its_field(field, value):
    with pytest.raises(InvalidFieldError, match=rf"PinnedVisit\.{field} must"):
        PinnedVisit(**PINNED | {field: value})


def test_a_pin_to_no_school_is_refused():
    with pytest.raises(InvalidFieldError, match="must be 8 digits"):
        PinnedVisit(**PINNED | {"site": "SMAN 1"})
