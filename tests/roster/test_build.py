"""Pupils as objects and as rows."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.roster.build import roster_from_students, to_students
from school_ektp.roster.schema import ROSTER
from school_ektp.testing import strategies as own


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
