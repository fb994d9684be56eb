"""The rosters of a season, counted: the first one, and those that came later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.demand import SchoolDemand


def _by_npsn(demand: Iterable[SchoolDemand]) -> tuple[SchoolDemand, ...]:
    demand = fields.as_tuple(demand, "CountedRoster", "demand")
    if not all(isinstance(one, SchoolDemand) for one in demand):
        raise InvalidFieldError("CountedRoster", "demand", "must hold SchoolDemand only")
    return tuple(sorted(demand, key=lambda one: one.npsn))


@attrs.frozen(kw_only=True)
class CountedRoster:
    """
    A roster, counted, from the morning of a day on.

    Attributes:
        on: The day from whose morning it holds.
        demand: Its pupils, by NPSN.
        knows_recorded: Whether pupils recorded before that morning are counted as recorded in
            it, as after a match with a register of that day; otherwise it counts them as waiting,
            and the season takes them out again.
    """

    on: dt.date = attrs.field(validator=fields.day)
    demand: tuple[SchoolDemand, ...] = attrs.field(converter=_by_npsn)
    knows_recorded: bool = attrs.field(default=True, validator=fields.switch)


@attrs.frozen(order=True)
class KnownPupil:
    """
    Where a pupil known by key waited: the school, the class and the priority class.

    Attributes:
        key: Key in the roster; personal, left out of `repr`.
        site: NPSN of the school.
        class_name: Class (rombel); empty when unknown.
        priority: Rank of the priority class; None when nobody waited for the pupil.
    """

    key: str = attrs.field(repr=False)
    site: str
    class_name: str = ""
    priority: int | None = None
