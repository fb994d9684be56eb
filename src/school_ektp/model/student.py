"""A pupil, for those who build a roster from objects; identity stays out of repr."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.model import fields
from school_ektp.model.npsn import npsn_text


class Sex(fields.Choice):
    """As Indonesian rosters write it."""

    L = "L"  #: laki-laki, male
    P = "P"  #: perempuan, female


_line = attrs.validators.optional(fields.line)


@attrs.frozen(kw_only=True)
class Student:
    """
    A pupil of a school; `repr` shows school, grade and class, and nothing else of a person.

    Attributes:
        student_id: Key within the roster, such as the NISN; never shown.
        school: NPSN of the school.
        birth_date: Day of birth; never shown.
        sex: ``"L"`` or ``"P"``, None when unknown.
        grade: 10, 11 or 12, as the roster writes it; None when unknown.
        class_name: Class group (rombel), empty when unknown.
        married: Ever married, which obliges at any age.
        recorded_on: Day of ID recording, None when not yet recorded.
        recorded: Recorded already; needed only when the day of recording is not known.
        special_needs: Needs more time or care at recording.
        home_region: Kemendagri code of the regency of residence, such as ``"17.02"``; empty means
            the regency of the school.
        nisn: Pupil number as text, by which doubles and leavers are found; never shown.
        nik: Population number as text; never shown.
        name: Full name; never shown.
    """

    student_id: str = attrs.field(repr=False, validator=fields.text)
    school: str = attrs.field(converter=npsn_text)
    birth_date: dt.date = attrs.field(repr=False, validator=fields.day)
    sex: Sex | None = attrs.field(
        default=None, converter=attrs.converters.optional(Sex), repr=False
    )
    grade: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(fields.whole_number(1, 13))
    )
    class_name: str = attrs.field(default="", validator=fields.line)
    married: bool = attrs.field(default=False, validator=fields.switch, repr=False)
    recorded_on: dt.date | None = attrs.field(
        default=None, validator=attrs.validators.optional(fields.day), repr=False
    )
    recorded: bool = attrs.field(
        default=attrs.Factory(lambda student: student.recorded_on is not None, takes_self=True),
        validator=fields.switch,
        repr=False,
    )
    special_needs: bool = attrs.field(default=False, validator=fields.switch, repr=False)
    home_region: str = attrs.field(default="", validator=fields.line, repr=False)
    nisn: str | None = attrs.field(default=None, validator=_line, repr=False)
    nik: str | None = attrs.field(default=None, validator=_line, repr=False)
    name: str | None = attrs.field(default=None, validator=_line, repr=False)
