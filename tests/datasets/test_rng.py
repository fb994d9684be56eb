"""Chance alike on every machine: draws in bounds, shares that add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.datasets.rng import Rng, apportion

seeds = st.integers(-(2**70), 2**70)


@given(st.integers(0, 10_000), st.lists(st.integers(0, 1_000), min_size=1).filter(any))
def test_shares_add_up_and_are_off_by_less_than_one(total, weights):
    shares = apportion(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


@given(seeds, st.integers(1, 50))
def test_draws_stay_in_bounds(seed, width):
    rng = Rng(seed)

    for _ in range(20):
        assert 0 <= rng.below(width) < width
        assert -width <= rng.between(-width, width) <= width
        assert -width <= rng.bell(width) <= width
        assert rng.weighted([0, width, 0, 1]) in {1, 3}
    assert sorted(rng.shuffled(range(width))) == list(range(width))
