"""Coverage before and after: every pupil in one group, whatever the groups are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.plan.coverage import (
    Share,
    coverage_by,
    coverage_by_part,
    coverage_by_sex,
    coverage_in_all,
    recorded_by_school,
)
from two_schools import NEAR, a_plan, at_near


def test_who_may_be_recorded_is_recorded_before_now_or_left_out():
    """Of 38 who wait 30 are recorded, and 30 were before."""
    plan = at_near(a_plan())

    share = coverage_in_all(plan)

    assert share == Share("", before=30, waiting_first=38, recorded=30, left_out=8)
    assert (share.at_first, share.people) == (68, 68)
    assert recorded_by_school(plan) == {NEAR: 30}


def test_groups_are_sorted_by_name():
    shares = coverage_by(at_near(a_plan()), "kecamatan")

    assert [(one.name, one.recorded, one.left_out) for one in shares] == [
        ("Curup", 30, 3),
        ("Kota Padang", 0, 5),
    ]


@given(st.data(), st.sampled_from(["kecamatan", "level"]))
def test_groups_add_up_to_all(drawn_plans, data, by):
    plan = data.draw(drawn_plans)
    shares, whole = coverage_by(plan, by), coverage_in_all(plan)

    for name in ("before", "waiting_first", "recorded", "left_out", "people", "at_first"):
        assert sum(getattr(one, name) for one in shares) == getattr(whole, name)
        assert getattr(whole, name) >= 0


def test_sexes_of_the_roster_add_up_to_all(small_plan, hand_plan, region):
    shares, whole = coverage_by_sex(hand_plan, region.roster), coverage_in_all(hand_plan)

    assert {one.name for one in shares} >= {"P", "L"}
    assert sum(one.recorded for one in shares) == whole.recorded
    assert sum(one.people for one in shares) == whole.people


def test_another_grouping_or_roster_is_refused(hand_plan):
    with pytest.raises(InvalidFieldError, match="must be 'kecamatan' or 'level', got 'sex'"):
        coverage_by(hand_plan, "sex")
    with pytest.raises(InvalidFieldError, match="does not hold the pupils of the plan at"):
        coverage_by_part(hand_plan, {"all": hand_plan.demand[1:]})
