"""
What is lost because nobody knows how many will come.

Room is planned before it is known who comes. Whatever the room, some of it stays empty or some
find none (the newsvendor's problem; Silver, Pyke and Thomas, as in `planning.availability`).
"""

from __future__ import annotations

from statistics import NormalDist

import attrs

UNIT = NormalDist()
ENOUGH = 0.01  # pupils: room for all but so many is room for all
FAR = 4.0  # standard deviations beyond which nobody is
_STEPS = 64
_COSTS = (
    0.0,
    *(UNIT.pdf(UNIT.inv_cdf(1 - step / _STEPS)) for step in range(1, _STEPS)),
    0.0,
)


@attrs.frozen
class Comers:
    """
    Who comes to a visit on some day that takes place.

    Attributes:
        mean: Pupils.
        deviation: Standard deviation, at least.
        absent: Called, and not expected to come.
        more: How many more come if the visit before did not take place.
    """

    mean: float
    deviation: float
    absent: float
    more: float = 0.0


def spread_cost(ratio: float) -> float:
    """
    Return what not knowing a unit normal number costs at least (the newsvendor's problem).

    Room is bought before the number is known, at *ratio* for each, and each for whom there is no
    room costs one. The cost is a concave function of the ratio; chords lie below it.
    """
    if not 0 < ratio < 1:
        return 0.0
    place = ratio * _STEPS
    step = int(place)
    return _COSTS[step] + (place - step) * (_COSTS[step + 1] - _COSTS[step])


def unserved(room: float, mean: float, deviation: float) -> float:
    """Return how many of a normal number of comers find no room in the mean."""
    if deviation <= 0:
        return max(mean - room, 0.0)
    z = (room - mean) / deviation
    return deviation * max(UNIT.pdf(z) - z * (1 - UNIT.cdf(z)), 0.0)


def least_loss(comers: Comers, price: float, extra: float, each: float, most: float) -> float:
    """
    Return what room for an uncertain number of comers costs at least beyond that for the mean.

    Args:
        comers: The comers.
        price: Of room for one.
        extra: Of room for one beyond *most*, besides.
        each: What is lost with one who finds no room.
        most: Room of a single visit.
    """
    mean, deviation = comers.mean, comers.deviation
    loss = deviation * each * spread_cost(price / each)
    called = mean + comers.absent
    limit = price * comers.absent
    if called > most + ENOUGH:
        limit += extra * (called - most)
    if most < mean + FAR * deviation and _wanted(price / each, comers) > most:
        dear = (price + extra) / each
        if dear < 1 and _wanted(dear, comers) >= most:
            loss = deviation * each * spread_cost(dear) + extra * (mean - most)
        else:
            loss = price * (most - mean) + each * unserved(most, mean, deviation)
    return max(min(loss, limit), 0.0)


def _wanted(ratio: float, comers: Comers) -> float:
    """Return the room that costs least if it costs so much of what is lost without it."""
    z = UNIT.inv_cdf(1 - ratio) if 0 < ratio < 1 else FAR
    return comers.mean + comers.deviation * z
