"""Which of two constraints of a kind is the tighter, and that each kind binds in either reading."""

from __future__ import annotations

import attrs
import pytest

from school_ektp.planning.constraints import (
    Constraint,
    DrivingLimit,
    FewestPupils,
    KitDayCap,
    OneVisit,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.testing import best_value
from towns import town


@pytest.mark.parametrize(
    "kind", [VisitsPerDay, VisitsPerSite, TeamsAtOnce, DrivingLimit, KitDayCap, TeamDayBudget]
)
def test_of_upper_limits_the_least_binds(kind):
    assert kind.tightest([3, 1, 2]) == 1


@pytest.mark.parametrize("kind", [Spacing, FewestPupils, ReserveDays])
def test_of_lower_limits_the_greatest_binds(kind):
    assert kind.tightest([3, 1, 2]) == 3


def test_constraints_are_data():
    """They compare by what they ask, so a constraint may be looked for among others."""
    assert Spacing(2) == Spacing(2) != Spacing(3)
    assert Spacing(2) != VisitsPerSite(2)
    assert {OneVisit(1), OneVisit(1)} == {OneVisit(1)}
    assert issubclass(TeamDayBudget, Constraint)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Spacing(2).days = 3


@pytest.mark.parametrize(
    ("constraint", "pupils"),
    [
        (VisitsPerSite(1), 7),
        (Spacing(2), 7),
        (ReserveDays(1), 7),
        (TeamDayBudget(1, 0, 1), 7),
        (TeamDayBudget(1, 1, 1), 9),
        (OneVisit(0), 0),  # nine wait, and a day has time for seven
        (KitDayCap(4), 8),
        (FewestPupils(8), 7),
        (FewestPupils(7), 9),  # two on the first day and seven on the other
        (Spacing(1), 9),
        (DrivingLimit(20), 9),
        (DrivingLimit(19), 0),
    ],
)
def test_a_constraint_costs_what_it_must(constraint, pupils):
    """60 minutes less 20 of driving and 5 of set-up leave time for seven of nine, on two days."""
    assert best_value(town(9, days=2, constraints=(constraint,))).total == 1_000_000 * pupils
