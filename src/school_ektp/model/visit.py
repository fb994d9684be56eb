"""A planned visit, and what came of one."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.clock import DAY_MINUTES
from school_ektp.model.npsn import npsn_text


@attrs.frozen(kw_only=True)
class Visit:
    """
    A team at a school on a day.

    Attributes:
        day: The date.
        team: Name of the team.
        npsn: The school.
        arrive: Minute of the day the team arrives.
        start: Minute set-up begins.
        end: Minute pack-down is done.
        room: Pupils for whom there is time.
        called: Pupils to call.
        recorded: Pupils expected to be recorded.
    """

    day: dt.date
    team: str
    npsn: str
    arrive: int
    start: int
    end: int
    room: int
    called: int
    recorded: int


_optional_minute = attrs.validators.optional(fields.whole_number(0, DAY_MINUTES))


@attrs.frozen(kw_only=True)
class PinnedVisit:
    """
    A visit the plan must hold, because it is announced or already agreed.

    Attributes:
        day: The date.
        team: Name of the team.
        npsn: The school.
        start: Minute set-up begins; None lets the plan choose.
        pupils: Fewest pupils it has room for.
    """

    day: dt.date = attrs.field(validator=fields.day)
    team: str = attrs.field(validator=fields.text)
    npsn: str = attrs.field(converter=npsn_text)
    start: int | None = attrs.field(default=None, validator=_optional_minute)
    pupils: int = attrs.field(default=0, validator=fields.whole_number(0))


@attrs.frozen(kw_only=True)
class Outcome:
    """
    What a team counted at one visit, in the words offices use.

    Attributes:
        day: The date of the visit.
        team: Name of the team.
        npsn: The school.
        class_name: Class (rombel) the counts are for; empty for the whole visit.
        recorded: `terekam`.
        failed: `terekam_gagal`, capture failed.
        absent: `tidak_hadir`, called and did not come.
        under_age: `kurang_dari_16_tahun`.
        already_recorded: `sudah_punya`.
        elsewhere: `luar_wilayah`, registered in another regency.
        walk_ins: Recorded without having been called; part of `recorded`.
    """

    day: dt.date = attrs.field(validator=fields.day)
    team: str = attrs.field(validator=fields.text)
    npsn: str = attrs.field(converter=npsn_text)
    class_name: str = ""
    recorded: int = attrs.field(default=0, validator=fields.whole_number(0))
    failed: int = attrs.field(default=0, validator=fields.whole_number(0))
    absent: int = attrs.field(default=0, validator=fields.whole_number(0))
    under_age: int = attrs.field(default=0, validator=fields.whole_number(0))
    already_recorded: int = attrs.field(default=0, validator=fields.whole_number(0))
    elsewhere: int = attrs.field(default=0, validator=fields.whole_number(0))
    walk_ins: int = attrs.field(default=0, validator=fields.whole_number(0))

    def __attrs_post_init__(self) -> None:
        if self.walk_ins > self.recorded:
            fault = f"must not exceed recorded {self.recorded}, got {self.walk_ins}"
            raise InvalidFieldError("Outcome", "walk_ins", fault)

    @property
    def came(self) -> int:
        """Pupils who stood before the team, recorded or not."""
        return self.recorded + self.failed + self.under_age + self.already_recorded + self.elsewhere
