"""Priority classes of a column: what each class says of a pupil, and the first that holds."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.priorities import FinalGrade, Married, Priorities, SpecialNeeds
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.priorities import Where, belongs_to, priority_rank
from school_ektp.testing import strategies as own

pupils = st.lists(own.students(), max_size=8)


@settings(max_examples=25)
@given(pupils, own.priorities())
def test_who_is_in_a_class_by_a_column_is_so_by_the_model(students, priorities):
    """Whatever classes come before it; `tests/model/test_priorities.py` holds ranks together."""
    rows = roster_from_students(students)

    for one in priorities.classes:
        held = rows.select(belongs_to(one)).to_series()
        assert held.to_list() == [one.holds(student) for student in students]


@pytest.mark.parametrize("one", [FinalGrade(), Married(), SpecialNeeds()])
def test_who_is_unknown_is_in_no_class(one):
    unknown = pl.DataFrame({"grade": [None], "married": [None], "special_needs": [None]})

    assert unknown.select(belongs_to(one)).to_series().to_list() == [False]


@given(pupils)
def test_a_class_told_by_an_expression_holds_for_pupils_alike(students):
    girls = Where(label="girls", condition=pl.col("sex") == "P")
    rows = roster_from_students(students)

    assert [girls.holds(student) for student in students] == [s.sex == "P" for s in students]
    assert rows.select(priority_rank(Priorities((girls,)))).to_series().to_list() == [
        0 if student.sex == "P" else 1 for student in students
    ]


def test_a_class_without_an_expression_cannot_be_used_with_a_frame():
    class Tall:
        label = "tall"

        def holds(self, student):
            return True

    with pytest.raises(InvalidFieldError, match=r"Tall\.expression needs a method expression"):
        belongs_to(Tall())
