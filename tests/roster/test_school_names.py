"""Schools by name: spellings of one school agree, and those of two do not."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.model.school import School
from school_ektp.roster.school_names import npsn_by_name, school_key

SCHOOL = School(npsn="10700669", name="SMA NEGERI 1 REJANG LEBONG", level="SMA", kecamatan="Curup")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SMAN 1 Rejang Lebong", "SMA NEGERI 1 REJANG LEBONG"),
        ("SMAS Xaverius", "SMA XAVERIUS"),
        ("SMKN 2 RL", "Sekolah Menengah Kejuruan Negeri 2 RL"),
        ("MAN Rejang Lebong", "MA NEGERI Rejang Lebong"),
        ("SMA SWASTA PGRI 1", "SMAS PGRI 1"),
    ],
)
def test_ways_to_write_one_school(one, other):
    assert school_key(one) == school_key(other)


def test_schools_of_other_kinds_or_numbers_are_told_apart():
    names = ["SMAN 1 RL", "SMAN 2 RL", "SMKN 1 RL", "MAN 1 RL", "SMA 1 RL"]

    assert len({school_key(name) for name in names}) == 5


def test_a_name_that_two_schools_share_finds_neither():
    twin = attrs.evolve(SCHOOL, npsn="10700670", name="SMAN 1 Rejang Lebong")

    assert npsn_by_name([SCHOOL, twin]) == {}


parts = st.sampled_from(["SMAN", "SMA", "SMKS", "MA", "NEGERI", "SWASTA", "1", "2", "CURUP"])


@given(st.lists(parts, max_size=5).map(" ".join))
@example("")
@example("- . -")
@example("SMA SMA SMA")
def test_case_marks_and_a_second_look_change_no_key(name):
    key = school_key(name)

    assert school_key(name.lower().replace(" ", " - ")) == key
    assert school_key(key) == key


def test_schools_are_found_by_their_own_names():
    other = attrs.evolve(SCHOOL, npsn="10700610", name="SMK Negeri 1")

    found = npsn_by_name([SCHOOL, other])

    assert {found[school_key(one.name)] for one in (SCHOOL, other)} == {SCHOOL.npsn, other.npsn}
