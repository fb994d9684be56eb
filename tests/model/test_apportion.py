"""Whole parts of a total: near what is asked, complete, the largest remainder first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.apportion import apportioned, rounded


@given(st.lists(st.integers(-5_000, 5_000), max_size=8), st.sampled_from([1, 10, 100]))
def test_parts_are_rounded_to_the_rounded_sum(parts, unit):
    whole = rounded(parts, unit)

    assert sum(whole) == (2 * sum(parts) + unit) // (2 * unit)
    for part, shown in zip(parts, whole, strict=True):
        assert part // unit <= shown <= -(-part // unit)


def test_a_half_goes_up_and_the_earlier_part_first():
    assert rounded([150]) == (2,)
    assert rounded([-150]) == (-1,)
    assert rounded([50, 50]) == (1, 0)


@given(st.lists(st.integers(0, 3_000), min_size=1, max_size=8), st.integers(0, 50))
def test_parts_are_rounded_to_the_total_asked_for(parts, total):
    whole = rounded(parts, total=total)

    assert sum(whole) == total
    if total == sum(rounded(parts)):
        assert whole == rounded(parts)


def test_rounding_spreads_a_distant_total_over_all_parts():
    assert rounded([110, 250], total=5) == (2, 3)
    assert rounded([110, 250], total=6) == (2, 4)
    assert rounded([110, 250], total=2) == (1, 1)


@given(st.integers(0, 500), st.lists(st.integers(0, 300), max_size=6))
def test_apportioned_parts_are_whole_near_and_complete(total, sizes):
    parts = apportioned(total, sizes)

    assert sum(parts) == (total if sum(sizes) else 0)
    for part, size in zip(parts, sizes, strict=True):
        assert abs(part * max(sum(sizes), 1) - total * size) < max(sum(sizes), 1)
