"""How likely a count is by chance alone, and how much likelier another cause makes it."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_NOTHING = 1e-17  # of a sum, lost in rounding


def at_least(found: int, trials: int, share: float) -> float:
    """Return the chance of *found* or more of *trials*, each with chance *share*."""
    if found <= trials * share:  # the long tail: add up the short one
        return 1.0 - _tail(trials - found + 1, trials, 1.0 - share) if found else 1.0
    return _tail(found, trials, share)


def _tail(found: int, trials: int, share: float) -> float:
    ways = lgamma(trials + 1) - lgamma(found + 1) - lgamma(trials - found + 1)
    term = exp(ways + found * log(share) + (trials - found) * log1p(-share))
    total, odds = 0.0, share / (1.0 - share)
    for hits in range(found, trials + 1):
        total += term
        if term < total * _NOTHING:
            break
        term *= (trials - hits) / (hits + 1) * odds
    return min(total, 1.0)
