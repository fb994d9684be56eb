"""Counted rosters, and pupils known by key."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.season.rosters import CountedRoster, KnownPupil

MONDAY = dt.date(2024, 9, 9)


def test_the_order_of_schools_does_not_matter(make):
    demand = [make.demand(1), make.demand(0)]

    assert CountedRoster(on=MONDAY, demand=demand) == CountedRoster(on=MONDAY, demand=demand[::-1])


@pytest.mark.parametrize(
    ("parts", "match"),
    [
        ({"demand": [3]}, "must hold SchoolDemand only"),
        ({"demand": 3}, "must be a list or another iterable"),
        ({"on": "2024-09-09"}, "without a time, got a str"),
    ],
)
def test_what_is_no_roster_is_refused(parts, match):
    with pytest.raises(InvalidFieldError, match=match):
        CountedRoster(**({"on": MONDAY, "demand": []} | parts))


def test_a_key_stays_out_of_sight():
    pupil = KnownPupil("1702090503080001", "10700669", "XI", 0)

    assert "1702" not in repr(pupil)
    assert pupil < KnownPupil("1702090503080002", "10700669")
