"""Who waits at a school from which day: where rosters and planning meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs
from attrs import validators as v

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.npsn import npsn_text

Steps = tuple[tuple[dt.date, int], ...]


_GROUP = "WaitingGroup"
_MOST_PUPILS = 10**9
_LAST_RANK = 999  # of a priority class; each rank takes room in a plan


def _steps(value: Iterable[tuple[dt.date, int]]) -> Steps:
    total: dict[dt.date, int] = {}
    for step in fields.as_tuple(value, _GROUP, "steps"):
        day, pupils = _step(step)
        total[day] = total.get(day, 0) + pupils
    return tuple(sorted((day, pupils) for day, pupils in total.items() if pupils))


def _step(step: object) -> tuple[dt.date, int]:
    pair = tuple(step) if isinstance(step, tuple | list) else ()
    if len(pair) != 2:  # noqa: PLR2004 - a day and a count
        raise InvalidFieldError(_GROUP, "steps", "must hold pairs of a day and a count of pupils")
    day, pupils = pair
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        fault = f"must begin with a datetime.date without a time, got a {type(day).__name__}"
        raise InvalidFieldError(_GROUP, "steps", fault)
    if isinstance(pupils, bool) or not isinstance(pupils, int) or abs(pupils) > _MOST_PUPILS:
        fault = f"must count pupils in whole numbers up to {_MOST_PUPILS:,}"
        raise InvalidFieldError(_GROUP, "steps", f"{fault}, got a {type(pupils).__name__}")
    return day, pupils


def _shown(steps: Steps) -> str:
    """Return how many pupils; the days on which they come of age are birthdays."""
    return f"<{sum(pupils for _, pupils in steps)} pupils>"


@attrs.frozen(kw_only=True)
class WaitingGroup:
    """
    Pupils of one school who share a priority class and, where it matters, a class.

    Attributes:
        priority: Rank of the priority class; 0 is recorded first.
        label: Name of the priority class.
        class_name: Class (rombel) for absences of classes; empty when not told apart.
        steps: (day, pupils who start waiting on it) for pupils not yet recorded, ascending; not
            shown, as such a day is a birthday.
    """

    priority: int = attrs.field(default=0, validator=fields.whole_number(0, _LAST_RANK))
    label: str = attrs.field(default="all", validator=fields.line)
    class_name: str = attrs.field(default="", validator=fields.line)
    steps: Steps = attrs.field(converter=_steps, repr=_shown)

    def __attrs_post_init__(self) -> None:
        if any(pupils < 0 for _, pupils in self.steps):
            raise InvalidFieldError(_GROUP, "steps", "must not hold negative counts")

    @arguments.checked
    def on(self, day: dt.date) -> int:
        """Return how many wait on *day* if nobody is recorded meanwhile."""
        return sum(pupils for first, pupils in self.steps if first <= day)

    @property
    def pupils(self) -> int:
        """All pupils of the group, whenever they start waiting."""
        return sum(pupils for _, pupils in self.steps)


def _group_order(group: WaitingGroup) -> tuple[int, str, str]:
    return group.priority, group.label, group.class_name


def _in_order(groups: Iterable[WaitingGroup]) -> tuple[WaitingGroup, ...]:
    several = fields.as_tuple(groups, "SchoolDemand", "groups")
    if not all(isinstance(group, WaitingGroup) for group in several):
        raise InvalidFieldError("SchoolDemand", "groups", "must hold WaitingGroup only")
    return tuple(sorted(several, key=_group_order))


@attrs.frozen(kw_only=True)
class SchoolDemand:
    """
    The pupils of one school, counted: a step function of days that never falls by itself.

    Attributes:
        npsn: The school.
        groups: Pupils not yet recorded, in priority order.
        recorded: Pupils of the roster already recorded.
        set_aside: Pupils of the roster nobody waits for here: registered elsewhere, unknown
            birth date, left the school.
        as_of: The day the roster is of, when it is known.
    """

    npsn: str = attrs.field(converter=npsn_text)
    groups: tuple[WaitingGroup, ...] = attrs.field(converter=_in_order)
    recorded: int = attrs.field(default=0, validator=fields.whole_number(0))
    set_aside: int = attrs.field(default=0, validator=fields.whole_number(0))
    as_of: dt.date | None = attrs.field(default=None, validator=v.optional(fields.day))

    @arguments.checked
    def on(self, day: dt.date, *, priority: int | None = None) -> int:
        """
        Return how many wait on *day* if nobody is recorded meanwhile.

        Args:
            day: The day asked about.
            priority: Count this priority class only.
        """
        wanted = (g for g in self.groups if priority is None or g.priority == priority)
        return sum(group.on(day) for group in wanted)

    @arguments.checked
    def not_yet(self, day: dt.date) -> int:
        """Return how many of the roster are still too young on *day*."""
        return sum(group.pupils for group in self.groups) - self.on(day)

    @property
    def pupils(self) -> int:
        """All roster rows of the school: waiting now or later, recorded, set aside."""
        return sum(group.pupils for group in self.groups) + self.recorded + self.set_aside
