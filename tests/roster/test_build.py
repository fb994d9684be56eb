"""Pupils as objects and as rows."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.student import Student
from school_ektp.roster.build import roster_from_students, to_students
from school_ektp.roster.check import check_roster
from school_ektp.roster.schema import ROSTER
from school_ektp.testing import strategies as own

ON = dt.date(2024, 9, 3)


@given(st.lists(own.students()))
def test_objects_to_rows_and_back_are_the_same_objects(pupils):
    roster = roster_from_students(pupils)

    assert roster.schema == ROSTER
    assert to_students(roster) == pupils
    assert to_students(roster.lazy()) == pupils


@given(st.lists(own.students(), min_size=1))
def test_rows_say_which_pupil_they_are(pupils):
    assert roster_from_students(pupils)["source_row"].to_list() == list(range(1, len(pupils) + 1))


def test_a_row_without_a_birth_date_cannot_be_an_object():
    roster = pl.DataFrame({column: [None] for column in ROSTER}, schema=ROSTER)

    with pytest.raises(InvalidFieldError, match="is not in 1; filter those rows out first"):
        to_students(roster)


def test_a_pupil_given_twice_is_found_by_the_nisn():
    once = Student(
        student_id="a", school="10700669", birth_date=dt.date(2008, 2, 29),
        name="Siswa Contoh", nisn="0081234567",
    )  # fmt: skip
    twice = attrs.evolve(once, student_id="b")

    checked = check_roster(roster_from_students([once, twice]), schools=None, on=ON)

    assert (checked.valid.height, checked.refused) == (1, 1)
    assert "duplicate_nisn" in checked.issues["rule"].to_list()
    assert "0081234567" not in str(checked.issues.rows())
