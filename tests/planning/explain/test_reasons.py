"""The reasons why pupils are left: each found by its check, each with a problem of its own."""

from __future__ import annotations

import pytest

from left_for_a_reason import SMALLEST
from school_ektp.planning.checker import violations
from school_ektp.planning.explain.explain import left_out_pupils
from school_ektp.planning.explain.reasons import (
    CONSTRAINT_REASONS,
    LeftOutPupils,
    Reason,
    reason_of,
)
from school_ektp.planning.explain.trials import with_day
from school_ektp.testing.oracle import plan_exhaustively


def test_every_reason_that_planning_finds_has_its_smallest_problem():
    others = {Reason.NO_LOCATION, Reason.TOO_YOUNG, Reason.SEVERAL, Reason.MISSED}
    assert {*SMALLEST} | others == {*Reason}
    assert CONSTRAINT_REASONS.keys() <= SMALLEST.keys()


@pytest.mark.parametrize("reason", CONSTRAINT_REASONS)
def test_a_reason_is_found_by_the_check_of_its_constraint(reason):
    """The checker, asked about a plan that breaks the constraint, names a check of the reason."""
    problem, _ = SMALLEST[reason]
    (left,) = left_out_pupils(problem, plan_exhaustively(problem))

    broken = violations(problem, with_day(plan_exhaustively(problem), left.visits))

    assert {reason_of(fault.rule) for fault in broken} == {reason}


def test_a_check_behind_which_no_constraint_stands_is_no_reason():
    assert reason_of("drive_home") is None
    assert reason_of("room_for_all") is Reason.ONE_VISIT


def test_reasons_are_those_of_all_parts():
    part = LeftOutPupils(site=0, reason=Reason.FORBIDDEN)
    deeper = LeftOutPupils(site=0, reason=Reason.NOT_WORTH, parts=(part,))
    whole = LeftOutPupils(site=0, reason=Reason.SEVERAL, parts=(deeper,))

    assert whole.reasons == {Reason.SEVERAL, Reason.NOT_WORTH, Reason.FORBIDDEN}
