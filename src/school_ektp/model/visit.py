"""A planned visit, and one that a plan must hold."""

from __future__ import annotations

import datetime as dt

import attrs

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
        site: NPSN of the school.
        arrive: Minute of the day the team arrives.
        start: Minute set-up begins.
        end: Minute pack-down is done.
        room: Pupils for whom there is time.
        called: Pupils to call.
        recorded: Pupils expected to be recorded.
    """

    day: dt.date
    team: str
    site: str
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
        site: NPSN of the school.
        start: Minute set-up begins; None lets the plan choose.
        pupils: Fewest pupils it has room for.
    """

    day: dt.date = attrs.field(validator=fields.day)
    team: str = attrs.field(validator=fields.text)
    site: str = attrs.field(converter=npsn_text)
    start: int | None = attrs.field(default=None, validator=_optional_minute)
    pupils: int = attrs.field(default=0, validator=fields.whole_number(0))
