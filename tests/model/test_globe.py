"""Distances on the globe."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.globe import EARTH_KM, straight_km


def test_a_degree_of_the_equator_is_111_km():
    assert straight_km((0, 102), (0, 103)) == pytest.approx(111.195, abs=0.001)


points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(points, points, points)
def test_distance_obeys_the_laws_of_a_distance(a, b, c):
    assert straight_km(a, a) == pytest.approx(0, abs=1e-6)
    assert straight_km(a, b) == pytest.approx(straight_km(b, a))
    assert 0 <= straight_km(a, b) <= math.pi * EARTH_KM + 1e-6
    assert straight_km(a, c) <= straight_km(a, b) + straight_km(b, c) + 1e-3


@given(st.floats(-6, 6), st.floats(95, 140), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_near_the_equator_it_is_what_a_flat_map_says(north, east, up, right):
    """Agreement with Pythagoras within a thousandth, at the distances that teams drive."""
    flat = math.hypot(up, right * math.cos(math.radians(north + up / 2))) * math.pi / 180 * EARTH_KM

    assert straight_km((north, east), (north + up, east + right)) == pytest.approx(
        flat, rel=1e-3, abs=1e-6
    )


def test_curup_is_some_46_km_from_bengkulu():
    assert straight_km((-3.472953, 102.516669), (-3.7956, 102.2592)) == pytest.approx(45.8, abs=0.3)
