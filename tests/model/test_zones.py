"""In which time zone a place of Indonesia lies."""

from __future__ import annotations

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.zones import Zone, as_zone, zone_of

PLACES = {
    "Banda Aceh": (5.55, 95.32, "WIB"),
    "Curup": (-3.47, 102.52, "WIB"),
    "Pontianak": (-0.03, 109.33, "WIB"),
    "Putussibau": (0.86, 112.93, "WIB"),
    "Palangka Raya": (-2.21, 113.92, "WIB"),
    "Muara Teweh": (-0.95, 114.9, "WIB"),
    "Banyuwangi": (-8.21, 114.37, "WIB"),
    "Banjarmasin": (-3.32, 114.59, "WITA"),
    "Sendawar": (-0.24, 115.7, "WITA"),
    "Tarakan": (3.3, 117.63, "WITA"),
    "Gilimanuk": (-8.17, 114.44, "WITA"),
    "Denpasar": (-8.65, 115.22, "WITA"),
    "Makassar": (-5.14, 119.43, "WITA"),
    "Manado": (1.49, 124.84, "WITA"),
    "Talaud": (4.0, 126.8, "WITA"),
    "Kupang": (-10.17, 123.6, "WITA"),
    "Kalabahi": (-8.22, 124.52, "WITA"),
    "Ternate": (0.79, 127.38, "WIT"),
    "Sanana": (-2.05, 125.97, "WIT"),
    "Ambon": (-3.7, 128.18, "WIT"),
    "Jayapura": (-2.53, 140.7, "WIT"),
}


@pytest.mark.parametrize("name", PLACES)
def test_towns_near_the_borders_lie_in_their_zone(name):
    *point, zone = PLACES[name]

    assert zone_of([point]) == zone


def test_places_lie_in_the_zone_of_their_middle():
    assert zone_of([(-8.2, 114.3), (-8.6, 115.2), (-8.5, 115.3)]) is Zone.WITA
    assert zone_of([]) is Zone.WIB


@pytest.mark.parametrize("name", ["wit", " WIT ", "Asia/Jayapura", Zone.WIT])
def test_a_zone_has_several_names(name):
    assert as_zone(name) is Zone.WIT


@pytest.mark.parametrize("name", ["", "UTC", None, 9])
def test_other_zones_are_refused(name):
    with pytest.raises(InvalidFieldError, match="must be WIB, WITA, WIT"):
        as_zone(name)
