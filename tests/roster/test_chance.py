"""How likely a count is by chance: the binomial law, at any size."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.chance import at_least


@given(st.integers(1, 80), st.data(), st.sampled_from([1 / 365.25, 12 / 365.25, 0.5]))
def test_the_probability_is_that_of_the_binomial_law(trials, data, share):
    found = data.draw(st.integers(0, trials))
    chance = Fraction(share)
    exact = sum(
        comb(trials, hits) * chance**hits * (1 - chance) ** (trials - hits)
        for hits in range(found, trials + 1)
    )

    assert at_least(found, trials, share) == pytest.approx(float(exact), rel=1e-9)


def test_a_nation_in_one_school_is_no_trouble():
    assert at_least(300_000, 10_000_000, 12 / 365.25) == 1
    assert at_least(0, 0, 0.5) == 1


@given(st.integers(1, 60), st.floats(0.01, 0.99))
def test_more_is_never_likelier_than_less(trials, share):
    chances = [at_least(found, trials, share) for found in range(trials + 1)]

    assert chances[0] == 1.0
    assert all(one >= other - 1e-12 for one, other in pairwise(chances))
    assert chances[-1] == pytest.approx(share**trials)
