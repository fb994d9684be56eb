"""Quantiles of beta and gamma against sums of whole numbers and known tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.season.quantiles import beta_below, beta_quantile, gamma_below, gamma_quantile

counts = st.integers(1, 60)
shares = st.floats(0.001, 0.999)


@given(counts, counts, shares)
def test_beta_of_whole_shapes_is_a_binomial_tail(a, b, x):
    n = a + b - 1
    tail = sum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))

    assert beta_below(x, a, b) == pytest.approx(tail, abs=1e-9)


@given(counts, st.floats(0.01, 150))
def test_gamma_of_a_whole_shape_is_a_poisson_tail(shape, x):
    tail = 1 - sum(math.exp(j * math.log(x) - x - math.lgamma(j + 1)) for j in range(shape))

    assert gamma_below(x, shape) == pytest.approx(tail, abs=1e-9)


@given(st.floats(0.5, 2_000), st.floats(0.5, 2_000), st.floats(0.01, 0.99))
def test_a_quantile_undoes_the_distribution(a, b, share):
    assert beta_below(beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-6)
    assert gamma_below(gamma_quantile(share, a, b) * b, a) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("share", "shape", "chi_square"),
    [(0.95, 0.5, 3.841458821), (0.95, 5.0, 18.307038053), (0.05, 10.0, 10.850811395)],
)
def test_gamma_quantiles_are_those_of_printed_chi_square_tables(share, shape, chi_square):
    assert gamma_quantile(share, shape, 0.5) == pytest.approx(chi_square, rel=1e-9)


def test_the_arcsine_law_has_the_quantiles_of_a_sine():
    assert beta_quantile(0.05, 0.5, 0.5) == pytest.approx(math.sin(math.pi * 0.025) ** 2, rel=1e-9)


def test_quantiles_of_0_and_1_are_the_ends_of_the_range():
    assert (beta_quantile(0, 2, 3), beta_quantile(1, 2, 3)) == (0.0, 1.0)
    assert (beta_below(0, 2, 3), beta_below(1, 2, 3)) == (0.0, 1.0)
    assert gamma_quantile(0, 2, 3) == gamma_below(0, 2) == 0.0
