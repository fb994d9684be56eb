"""In which order pupils are recorded when there is not time for all."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol, runtime_checkable

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.ages import YEAR_MONTHS, LeapDay, latest_birth, reaches
from school_ektp.model.eligibility import CARD_YEARS, MOST_YEARS
from school_ektp.model.student import Student

FINAL_GRADE = 12  # after the examinations in May its pupils are gone


@runtime_checkable
class PriorityClass(Protocol):
    """
    A named class of pupils; write your own with these two members.

    To be used with a roster frame it also needs a method ``expression()`` that returns the same
    as a Boolean polars expression over roster columns.
    """

    @property
    def label(self) -> str:
        """Name that demand and reports show."""

    def holds(self, student: Student) -> bool:
        """Return whether a pupil belongs to the class."""


@attrs.frozen
class DeadlineCohort:
    """
    Those who complete an age by a day: the voters of a polling day.

    Attributes:
        day: The day by which the age is reached.
        years: The age, 17 by default.
        leap_day: What holds where a month lacks the day of birth.
        label: Name that demand and reports show.
    """

    day: dt.date = attrs.field(validator=fields.day)
    years: int = attrs.field(
        default=CARD_YEARS, validator=fields.whole_number(0, MOST_YEARS), kw_only=True
    )
    leap_day: LeapDay = attrs.field(default=LeapDay.MARCH_1, converter=LeapDay, kw_only=True)
    label: str = attrs.field(
        default=attrs.Factory(lambda cohort: f"{cohort.years} by {cohort.day}", takes_self=True),
        validator=fields.text,
        kw_only=True,
    )

    @property
    def born_by(self) -> dt.date | None:
        """Last day of birth that is in."""
        return latest_birth(self.day, self.years * YEAR_MONTHS, self.leap_day)

    @arguments.checked
    def holds(self, student: Student) -> bool:
        """Return whether a pupil completes the age by the day."""
        return reaches(student.birth_date, self.years * YEAR_MONTHS, self.leap_day) <= self.day


@attrs.frozen
class FinalGrade:
    """
    Those about to leave school.

    Attributes:
        grade: This grade and above (some SMK have a thirteenth).
        label: Name that demand and reports show.
    """

    grade: int = attrs.field(default=FINAL_GRADE, validator=fields.whole_number(1, 13))
    label: str = attrs.field(default="final grade", validator=fields.text, kw_only=True)

    @arguments.checked
    def holds(self, student: Student) -> bool:
        """Return whether a pupil is in the final grade; not when the grade is unknown."""
        return student.grade is not None and student.grade >= self.grade


@attrs.frozen
class Married:
    """
    Those ever married: obliged to hold a card at any age.

    Attributes:
        label: Name that demand and reports show.
    """

    label: str = attrs.field(default="married", validator=fields.text)

    @arguments.checked
    def holds(self, student: Student) -> bool:
        """Return whether a pupil was ever married."""
        return student.married


@attrs.frozen
class SpecialNeeds:
    """
    Those who need more time or care.

    Attributes:
        label: Name that demand and reports show.
    """

    label: str = attrs.field(default="special needs", validator=fields.text)

    @arguments.checked
    def holds(self, student: Student) -> bool:
        """Return whether a pupil has special needs."""
        return student.special_needs


def _one_rank_each(
    instance: object, attribute: attrs.Attribute[Any], value: tuple[PriorityClass, ...]
) -> None:
    labels = [one.label for one in value]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise fields.refuse(
            instance, attribute, f"must have labels of their own, got {twice} twice"
        )


@attrs.frozen
class Priorities:
    """
    Priority classes in the order in which their pupils are recorded.

    A pupil belongs to the first class that holds, or to the rest.

    Attributes:
        classes: First the class recorded first; empty to treat all alike.
        rest: Name of those in no class.
    """

    classes: tuple[PriorityClass, ...] = attrs.field(
        default=(),
        converter=fields.frozen,
        validator=[fields.all_of(PriorityClass), _one_rank_each],
    )
    rest: str = attrs.field(
        default=attrs.Factory(lambda own: "rest" if own.classes else "all", takes_self=True),
        validator=fields.text,
        kw_only=True,
    )

    def __attrs_post_init__(self) -> None:
        if self.rest in [one.label for one in self.classes]:
            fault = f"must not be the label of a class, got {self.rest!r}"
            raise InvalidFieldError("Priorities", "rest", fault)

    @classmethod
    def usual(cls, deadline: dt.date, *, leap_day: LeapDay = LeapDay.MARCH_1) -> Priorities:
        """Return 17 by *deadline*, then the final grade, the married, special needs, the rest."""
        cohort = DeadlineCohort(deadline, leap_day=leap_day)
        return cls((cohort, FinalGrade(), Married(), SpecialNeeds()))

    @property
    def labels(self) -> tuple[str, ...]:
        """Names by rank, the rest last."""
        return (*(one.label for one in self.classes), self.rest)

    @arguments.checked
    def rank(self, student: Student) -> int:
        """Return the place of a pupil's class, 0 for the first."""
        held = (rank for rank, one in enumerate(self.classes) if one.holds(student))
        return next(held, len(self.classes))

    def before(self, *classes: PriorityClass) -> Priorities:
        """Return the same with *classes* in front."""
        return attrs.evolve(self, classes=(*classes, *self.classes))
