"""Schools and places: what a user may type, and what is refused with a way out."""

from __future__ import annotations

import math

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.npsn import Npsn
from school_ektp.model.school import Location, LocationMethod, School, SchoolLevel


def a_school(**changes):
    given = {"npsn": "10700669", "name": "SMAN 1", "level": "SMA", "kecamatan": "Curup"}
    return School(**given | changes)


def test_a_school_is_read_as_people_write_it():
    school = a_school(npsn=" p1234567 ", level="pkbm", session="08:00-12.30")

    assert school.npsn == "P1234567"
    assert school.level is SchoolLevel.PKBM
    assert str(school.session) == "08:00-12:30"


@pytest.mark.parametrize("npsn", ["1070066", "107006699", "X1234567", "", "1070066a"])
def test_a_number_that_is_no_npsn_is_refused(npsn):
    with pytest.raises(InvalidFieldError, match="text must be 8 digits, or K or P"):
        a_school(npsn=npsn)


def test_a_numeric_npsn_is_refused_since_numbers_lose_zeros():
    with pytest.raises(InvalidFieldError, match="must be text, got a int"):
        a_school(npsn=10700669)


def test_npsn_is_written_without_spaces():
    assert str(Npsn(" 10700669")) == "10700669"


@pytest.mark.parametrize(
    ("latitude", "longitude", "fault"),
    [
        (math.nan, 102.5, "finite numbers; leave the location out"),
        (-3.4, math.inf, "finite numbers; leave the location out"),
        (0, 0, "both 0, which means unset"),
        (102.5, -3.4, "look swapped"),
        (95.0, 200.0, "must be from -90 to 90"),
        ("-3.4", 102.5, "must be numbers of degrees"),
    ],
)
def test_a_point_that_cannot_be_is_refused(latitude, longitude, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        Location(latitude, longitude)


def test_a_point_keeps_how_it_was_obtained():
    assert Location(-3.4, 102.5, method="village").method is LocationMethod.VILLAGE


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("name", "  ", "School.name must be a text that is not blank"),
        ("level", "SMP", "must be one of SMA, SMK, MA, SLB, PKBM"),
        ("week_days", 7, "must be 5 .* or 6"),
        ("session", "13:00-07:30", "must be after 13:00, got 07:30"),
        ("session", "25:00-26:00", "from 00:00 to 24:00"),
        ("session", "07:30", "must look like '07:30-12:30'"),
        ("closed", "2024-09-09", "must hold datetime.date values only"),
    ],
)
def test_a_fault_is_named_with_its_field(field, value, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        a_school(**{field: value})
