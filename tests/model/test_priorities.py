"""Priority classes: named, ordered, and open to classes of the user's own."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.ages import LeapDay
from school_ektp.model.priorities import DeadlineCohort, FinalGrade, Married, Priorities
from school_ektp.model.student import Student
from school_ektp.roster.build import roster_from_students
from school_ektp.roster.priorities import Where, priority_rank
from school_ektp.testing import strategies as own

POLLING_DAY = dt.date(2025, 2, 28)


@attrs.frozen
class OfClass:
    """A class of the user's own: those of one rombel."""

    class_name: str

    @property
    def label(self):
        return f"class {self.class_name}"

    def holds(self, student):
        return student.class_name == self.class_name

    def expression(self):
        return pl.col("class_name") == self.class_name


def test_the_rest_is_called_all_when_there_are_no_classes():
    assert Priorities().labels == ("all",)
    assert Priorities((FinalGrade(),)).labels == ("final grade", "rest")


def test_a_class_can_be_put_in_front():
    priorities = Priorities((FinalGrade(),)).before(Married())

    assert priorities.labels == ("married", "final grade", "rest")


def test_the_deadline_cohort_follows_the_leap_day_convention():
    born = dt.date(2008, 2, 29)
    one = Student(student_id="1", school="10700001", birth_date=born)

    assert not DeadlineCohort(POLLING_DAY).holds(one)
    assert DeadlineCohort(POLLING_DAY, leap_day=LeapDay.FEBRUARY_28).holds(one)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Priorities((Married(), Married())), r"labels of their own, got \['married'\]"),
        (lambda: Priorities((Married(),), rest="married"), "must not be the label of a class"),
        (lambda: DeadlineCohort("soon"), r"DeadlineCohort\.day must be a datetime\.date"),
        (lambda: FinalGrade(14), "from 1 to 13, got 14"),
        (lambda: Married(label=" "), r"Married\.label must be a text"),
    ],
)
def test_a_wrong_order_is_refused(make, message):
    with pytest.raises(InvalidFieldError, match=message):
        make()


@given(st.lists(own.students(), min_size=1), own.priorities())
def test_the_rank_of_a_column_is_that_of_the_objects(pupils, order):
    order = order.before(OfClass("X IPA 1"), Where(label="girls", condition=pl.col("sex") == "P"))
    ranks = roster_from_students(pupils).select(priority_rank(order)).to_series()

    assert ranks.to_list() == [order.rank(one) for one in pupils]
