"""
Quantiles of the beta and the gamma distribution, from the standard library alone.

The regularised incomplete beta and gamma functions are continued fractions, and a series where
those are slow (NIST Digital Library of Mathematical Functions, 8.17.22, 8.9.2 and 8.11.4),
summed by the method of Lentz as Thompson and Barnett (1986) gave it. A quantile is found by
bisection. Right to nine digits and more for the shapes that counts of a season make.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import count

_SMALLEST = 1e-300
_CLOSE = 1e-13
_HALVINGS = 60


def beta_quantile(share: float, a: float, b: float) -> float:
    """
    Return the number below which a beta variable lies with chance *share*.

    Args:
        share: From 0 to 1.
        a: First shape, above 0.
        b: Second shape, above 0.
    """
    if share <= 0 or share >= 1:
        return float(share >= 1)
    return _bisected(lambda x: beta_below(x, a, b), share, 1.0)


def gamma_quantile(share: float, shape: float, rate: float) -> float:
    """
    Return the number below which a gamma variable lies with chance *share*.

    Args:
        share: From 0, included, to 1, left out.
        shape: Above 0.
        rate: Above 0; the mean is shape / rate.
    """
    if share <= 0:
        return 0.0
    high = shape + 1.0
    while gamma_below(high, shape) < share:
        high *= 2
    return _bisected(lambda x: gamma_below(x, shape), share, high) / rate


def beta_below(x: float, a: float, b: float) -> float:
    """Return the chance that a beta variable lies below *x*."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(log_front + a * math.log(x) + b * math.log1p(-x))
    if x > (a + 1) / (a + b + 2):  # the fraction is fast on the other side
        return 1 - front / (b * _fraction(_beta_terms(1 - x, b, a)))
    return front / (a * _fraction(_beta_terms(x, a, b)))


def gamma_below(x: float, shape: float) -> float:
    """Return the chance that a gamma variable of rate 1 lies below *x*."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for n in count(1):
            term *= x / (shape + n)
            total += term
            if term < _CLOSE * total:
                return front * total
    return 1 - front / _fraction(_gamma_terms(x, shape))


def _beta_terms(x: float, a: float, b: float) -> Iterator[tuple[float, float]]:
    yield 0.0, 1.0
    for m in count():
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        n = m + 1
        yield n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n)), 1.0


def _gamma_terms(x: float, shape: float) -> Iterator[tuple[float, float]]:
    yield 0.0, x + 1 - shape
    for n in count(1):
        yield -n * (n - shape), x + 2 * n + 1 - shape


def _fraction(terms: Iterator[tuple[float, float]]) -> float:
    """Return b0 + a1 / (b1 + a2 / (b2 + ...)) of pairs (a, b), the first a unused."""
    _, first = next(terms)
    value = above = first or _SMALLEST
    below = 0.0
    for a, b in terms:
        below = 1 / ((b + a * below) or _SMALLEST)
        above = (b + a / above) or _SMALLEST
        change = above * below
        value *= change
        if abs(change - 1) < _CLOSE:
            break
    return value


def _bisected(below: Callable[[float], float], share: float, high: float) -> float:
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if below(middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
