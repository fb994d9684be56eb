"""Priority classes as expressions over roster columns."""

from __future__ import annotations

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.priorities import (
    DeadlineCohort,
    FinalGrade,
    Married,
    Priorities,
    PriorityClass,
    SpecialNeeds,
)
from school_ektp.model.student import Student


@attrs.frozen(kw_only=True)
class Where:
    """
    A priority class given by an expression over roster columns.

    Attributes:
        label: Name that demand and reports show.
        condition: Boolean; null counts as false.
    """

    label: str = attrs.field(validator=fields.text)
    condition: pl.Expr = attrs.field(validator=fields.one_of(pl.Expr))

    def expression(self) -> pl.Expr:
        """Boolean: belongs to the class."""
        return self.condition

    @arguments.checked
    def holds(self, student: Student) -> bool:
        """Return whether a pupil belongs to the class."""
        from school_ektp.roster.build import roster_from_students

        return bool(roster_from_students([student]).select(belongs_to(self)).item())


def belongs_to(one: PriorityClass) -> pl.Expr:
    """
    Boolean: belongs to a priority class, whatever classes come before it. Never null.

    Raises:
        InvalidFieldError: A class of the user's own without a method ``expression``.
    """
    match one:
        case DeadlineCohort():
            held = pl.col("birth_date") <= pl.lit(one.born_by, dtype=pl.Date)
        case FinalGrade():
            held = pl.col("grade") >= one.grade
        case Married():
            held = pl.col("married")
        case SpecialNeeds():
            held = pl.col("special_needs")
        case _:
            held = _own(one)
    return held.fill_null(False)


def _own(one: PriorityClass) -> pl.Expr:
    expression = getattr(one, "expression", None)
    if expression is None:
        fault = "needs a method expression() to be used with a roster frame"
        raise InvalidFieldError(type(one).__name__, "expression", fault)
    held: pl.Expr = expression()
    return held


def priority_rank(priorities: Priorities) -> pl.Expr:
    """UInt8: rank of the first class that holds, the number of classes for the rest."""
    rank = pl.lit(len(priorities.classes), dtype=pl.UInt8)
    for place, one in reversed(list(enumerate(priorities.classes))):
        rank = pl.when(belongs_to(one)).then(pl.lit(place, dtype=pl.UInt8)).otherwise(rank)
    return rank
