"""Elements of SVG, and marks of an axis: round, evenly apart, around all there is to show."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.report.charts.svg import Piece, decimal, element, steps_of, ticks

HOSTILE = "</script><img src=x onerror=alert(1)>"


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


def test_elements_escape_what_they_are_given():
    assert element("text", HOSTILE, id='"') == (
        '<text id="&quot;">&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</text>'
    )
    assert element("g", Piece("<a/>"), None, x=1.25, data_team=2) == (
        '<g x="1.2" data-team="2"><a/></g>'
    )


@given(st.integers(0, 10**7), st.integers(2, 8))
def test_ticks_are_few_round_and_enough(highest, wanted):
    marks = ticks(highest, wanted)

    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= wanted + 2


@given(st.floats(-1e6, 1e6))
def test_decimals_are_short_and_never_minus_zero(value):
    assert abs(float(decimal(value)) - value) <= 0.0501
    assert decimal(value) != "-0"
