"""Rosters from pupils as objects, and back."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.student import Student
from school_ektp.roster.frames import AnyTable, lazy, takes_frames
from school_ektp.roster.schema import ROSTER

#: Roster columns a `Student` has, by its own name for them; the rest say where a row came from.
_FIELDS = {
    "student_id": "student_id",
    "school": "npsn",
    "birth_date": "birth_date",
    "sex": "sex",
    "grade": "grade",
    "class_name": "class_name",
    "married": "married",
    "recorded_on": "recorded_on",
    "recorded": "recorded",
    "home_region": "home_region",
    "special_needs": "special_needs",
    "nisn": "nisn",
    "nik": "nik",
    "name": "name",
}


def roster_from_students(students: Iterable[Student]) -> pl.DataFrame:
    """
    Return complete roster rows in the order of *students*.

    Args:
        students: Pupils, already checked by their own class.

    Returns:
        Columns `ROSTER`; `source_row` counts from 1.
    """
    pupils = arguments.several("roster_from_students", "students", students, Student, "Student")
    columns = {column: [getattr(pupil, own) for pupil in pupils] for own, column in _FIELDS.items()}
    origin = {"source_file": "", "source_sheet": "", "source_row": range(1, len(pupils) + 1)}
    return pl.DataFrame(columns | origin, schema=ROSTER)


@takes_frames(roster=ROSTER)
def to_students(roster: AnyTable) -> list[Student]:
    """
    Return the rows of a roster as objects, in the same order.

    Raises:
        InvalidFieldError: Rows without a birth date, which an object cannot be without.
    """
    rows = lazy(roster).select(pl.col(column).alias(own) for own, column in _FIELDS.items())
    frame = rows.collect()
    unknown = frame["birth_date"].null_count()
    if unknown:
        fault = f"must be known in every row, is not in {unknown}; filter those rows out first"
        raise InvalidFieldError("roster", "birth_date", fault)
    return [Student(**row) for row in frame.iter_rows(named=True)]
