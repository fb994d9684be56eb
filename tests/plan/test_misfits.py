"""Whether the parts of a plan that was read belong together."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.plan.misfits import in_short, misfits
from two_schools import NEAR, a_plan, at_near


@given(data=st.data())
def test_a_plan_that_was_made_fits(data, drawn_plans):
    assert [*misfits(data.draw(drawn_plans))] == []


def names(plan, **changes):
    return attrs.evolve(plan, names=attrs.evolve(plan.names, **changes))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda plan: names(plan, sites=plan.names.sites[:1]), "sites: 1 named, 2 planned"),
        (lambda plan: names(plan, sites=(NEAR, NEAR)), "sites: a name is given twice"),
        (lambda plan: names(plan, sites=(NEAR, "99")), "schools: 1 have pupils but no entry"),
        (lambda plan: names(plan, teams=("Tim 2",)), "teams: the names are others"),
        (lambda plan: names(plan, first_day=dt.date(2024, 9, 1)), "days: the names begin on"),
        (lambda plan: names(plan, priorities=()), "priorities: 0 named, 2 planned"),
        (lambda plan: names(plan, districts=()), "districts: fewer named than planned"),
        (lambda plan: attrs.evolve(plan, bound=-5), "bound: must not be below 0"),
    ],
)
def test_parts_of_two_plans_do_not_fit(change, fault):
    found = [*misfits(change(at_near(a_plan())))]

    assert [one for one in found if one.startswith(fault)]


def test_the_first_of_many_faults_are_listed():
    assert in_short(["a", "b"]) == "its parts do not fit together: a; b"
    assert in_short([f"{n}" for n in range(15)]).endswith("; 9; and 5 more")
