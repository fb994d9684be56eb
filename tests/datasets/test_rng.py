"""Chance alike on every machine: draws in bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.datasets.rng import Rng

seeds = st.integers(-(2**70), 2**70)


@given(seeds, st.integers(1, 50))
def test_draws_stay_in_bounds(seed, width):
    rng = Rng(seed)

    for _ in range(20):
        assert 0 <= rng.below(width) < width
        assert -width <= rng.between(-width, width) <= width
        assert -width <= rng.bell(width) <= width
        assert rng.weighted([0, width, 0, 1]) in {1, 3}
    assert sorted(rng.shuffled(range(width))) == list(range(width))
