"""The best of many lines, and of what follows each place."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.relaxation.lines import NEVER, best_after, suffix


def test_suffix_applies_the_function_to_each_tail():
    assert suffix(max, [1.0, 3.0, 2.0]) == [3.0, 3.0, 2.0]


@st.composite
def lines(draw):
    size = draw(st.integers(1, 12))
    some = st.lists(st.integers(0, 9), min_size=size, max_size=size)
    value = [NEVER if one == 0 else float(one) for one in draw(some)]
    slope = [*accumulate(draw(some))][::-1]
    at = [*accumulate(draw(some))]
    gap = draw(st.integers(0, 3))
    since = [min(place + gap, size) for place in range(size)]
    return value, [one / 8 for one in slope], [float(one) for one in at], since


@given(lines())
def test_the_best_line_is_the_one_that_trying_all_finds(drawn):
    value, slope, at, since = drawn
    size = range(len(value))

    found = best_after(value, slope, at, since)

    tried = [
        max((value[p] - slope[p] * at[q] for p in size[since[q] :]), default=NEVER) for q in size
    ]
    assert found == pytest.approx(tried)
