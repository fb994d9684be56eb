"""A pupil keeps identity to itself."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.student import Sex, Student

BORN = dt.date(2008, 2, 29)


def test_identity_stays_out_of_repr():
    shown = repr(
        Student(
            student_id="0081234567",
            school="10700669",
            birth_date=BORN,
            nisn="0087654321",
            nik="1702096902080000",
            name="Contoh Nama",
        )
    )

    for secret in ("0081234567", "0087654321", "2008", "1702096902080000", "Contoh"):
        assert secret not in shown


def test_sex_is_read_in_any_case():
    student = Student(student_id="1", school="10700669", birth_date=BORN, sex="p")

    assert student.sex is Sex.P


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("birth_date", dt.datetime(2008, 2, 29), "birth_date must be a datetime.date without"),
        ("birth_date", "2008-02-29", "birth_date must be a datetime.date"),
        ("recorded_on", "yesterday", "recorded_on must be a datetime.date"),
        ("grade", 14, "grade must be a whole number from 1 to 13"),
        ("sex", "X", "must be one of L, P"),
    ],
)
def test_a_fault_is_reported_without_the_value(field, value, fault):
    given = {"student_id": "1", "school": "10700669", "birth_date": BORN}
    with pytest.raises(InvalidFieldError, match=fault) as caught:
        Student(**given | {field: value})

    assert "2008-02-29" not in str(caught.value)
