"""How users' code must type-check: read by mypy, never run."""

from __future__ import annotations

from typing import assert_type

import school_ektp as ek
from school_ektp.errors import InvalidFieldError, MissingExtraError


def handle_a_missing_extra(error: MissingExtraError) -> str:
    """A caller may tell the user which extra to install."""
    assert_type(error.extra, str)
    return error.extra


def handle_a_bad_field(error: InvalidFieldError) -> str:
    """A form may show a fault beside the field it belongs to."""
    assert_type(error.name, str)
    return error.fault


def catch_as_a_builtin(error: ValueError) -> bool:
    """An error is also the builtin it is a kind of."""
    return isinstance(error, InvalidFieldError)


def plan_a_season(region: ek.datasets.Region) -> str:
    """The first six lines; worth, risks and stop may be given."""
    plan = ek.plan_visits(
        region.schools,
        region.demand(),
        region.teams,
        region.calendar,
        worth=ek.Worth.thrifty(),
        risks=ek.Risks(turnout=0.9),
    )
    assert_type(plan.recorded, int)
    assert_type(plan.gap, float)
    assert_type(plan.outlook.p10, int)
    assert_type([visit.called for visit in plan.visit_list], list[int])
    assert_type(plan.with_visit(team="Tim 1", day=region.first_day, site="10700669"), ek.Plan)
    assert_type(ek.replan(plan).plan, ek.Plan)
    return plan.summary("en")
