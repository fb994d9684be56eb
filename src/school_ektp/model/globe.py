"""Distances on the globe."""

from __future__ import annotations

import math
from typing import TypeAlias

EARTH_KM = 6371.0088  # mean radius, IUGG

Point: TypeAlias = tuple[float, float]  # degrees north, degrees east


def straight_km(a: Point, b: Point) -> float:
    """Return the great-circle distance in km by the haversine formula."""
    north_a, north_b = math.radians(a[0]), math.radians(b[0])
    half_north = math.sin((north_b - north_a) / 2)
    half_east = math.sin(math.radians(b[1] - a[1]) / 2)
    chord = half_north**2 + math.cos(north_a) * math.cos(north_b) * half_east**2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
