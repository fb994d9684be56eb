"""Where the season stands at the end of each day."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.plan.progress import progress


@given(st.data())
def test_both_curves_rise_to_what_the_plan_says(drawn_plans, data):
    plan = data.draw(drawn_plans)
    rows = progress(plan)

    assert [row.day for row in rows] == [*plan.calendar.days]
    for before, after in pairwise(rows):
        assert before.waiting <= after.waiting
        assert before.recorded <= after.recorded
    assert (rows[-1].waiting, rows[-1].recorded) == (plan.waiting, plan.recorded)
    for row in rows[:: max(len(rows) // 5, 1)]:
        assert row.waiting == sum(demand.on(row.day) for demand in plan.demand)
