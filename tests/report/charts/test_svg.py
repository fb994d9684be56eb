"""Marks of an axis: round, evenly apart, around all there is to show."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.report.charts.svg import steps_of, ticks


@given(st.lists(st.floats(0, 1e6) | st.integers(0, 10**6), max_size=20), st.integers(1, 12))
@example([], 4)
@example([7], 4)
@example([3.2, 3.2], 4)
def test_marks_reach_around_all_values_evenly(values, wanted):
    marks = steps_of(values, wanted)

    assert marks[0] <= min(values, default=0)
    assert marks[-1] >= max(values, default=1)
    steps = {later - mark for mark, later in pairwise(marks)}
    [step] = steps
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert all(mark % step == 0 for mark in marks)
