"""Demand is a step function that never falls by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.demand import SchoolDemand, WaitingGroup

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
STEPS = st.lists(st.tuples(DAYS, st.integers(0, 9)), max_size=6)
DEMANDS = st.builds(
    SchoolDemand,
    npsn=st.just("10700669"),
    groups=st.lists(st.builds(WaitingGroup, priority=st.integers(0, 2), steps=STEPS), max_size=4),
    recorded=st.integers(0, 99),
    set_aside=st.integers(0, 9),
)


@given(DEMANDS, DAYS, DAYS)
def test_waiting_never_falls(demand, one, other):
    assert demand.on(min(one, other)) <= demand.on(max(one, other))


@given(DEMANDS, DAYS)
def test_classes_sum_to_all_and_the_young_are_the_rest(demand, day):
    assert sum(demand.on(day, priority=rank) for rank in range(3)) == demand.on(day)
    accounted = demand.on(day) + demand.not_yet(day) + demand.recorded + demand.set_aside
    assert accounted == demand.pupils


@given(DEMANDS)
def test_the_order_in_which_groups_and_steps_come_is_irrelevant(demand):
    turned = SchoolDemand(
        npsn=demand.npsn,
        groups=[
            WaitingGroup(priority=g.priority, steps=g.steps[::-1]) for g in demand.groups[::-1]
        ],
        recorded=demand.recorded,
        set_aside=demand.set_aside,
    )

    assert [turned.on(day) for day, _ in _steps(demand)] == [
        demand.on(day) for day, _ in _steps(demand)
    ]


def _steps(demand):
    return [step for group in demand.groups for step in group.steps]


def test_steps_on_one_day_are_added_up():
    group = WaitingGroup(steps=[(dt.date(2024, 9, 9), 2), (dt.date(2024, 9, 9), 3)])

    assert group.steps == ((dt.date(2024, 9, 9), 5),)


def test_a_negative_step_is_refused():
    with pytest.raises(InvalidFieldError, match="steps must not hold negative counts"):
        WaitingGroup(steps=[(dt.date(2024, 9, 9), -1)])
