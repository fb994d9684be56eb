"""A field team: where it starts, what it carries, when and how fast it works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.clock import DaySpan, TimeWindow, as_window
from school_ektp.model.school import Location, School, SchoolLevel
from school_ektp.model.weekly import MONDAY_TO_FRIDAY, check_rule, days_of

EQUIPMENT = ("power", "signal", "slb")
SLB_MINUTES = 25  # field reports for disabled pupils


def _weekdays(values: Iterable[int]) -> frozenset[int]:
    days = fields.as_tuple(values, "Break", "weekdays")
    if any(
        isinstance(day, bool) or not isinstance(day, int) or day not in range(7) for day in days
    ):
        raise InvalidFieldError("Break", "weekdays", "must hold days from 0, Monday, to 6 only")
    return frozenset(days)


@attrs.frozen
class Break:
    """
    A pause in which a team neither drives nor records.

    Attributes:
        window: From when to when.
        weekdays: Days of the week it holds on, Monday is 0; all days when empty.
    """

    window: TimeWindow = attrs.field(converter=as_window)
    weekdays: frozenset[int] = attrs.field(factory=frozenset, converter=_weekdays, kw_only=True)

    @arguments.checked
    def falls_on(self, day: dt.date) -> bool:
        """Return whether the pause holds on *day*."""
        return not self.weekdays or day.weekday() in self.weekdays


@attrs.frozen
class KitOutage:
    """Kits that are out of order from *span*'s first day to its last."""

    span: DaySpan = attrs.field(validator=fields.one_of(DaySpan))
    kits: int = attrs.field(default=1, validator=fields.whole_number(1), kw_only=True)


def _levels(value: Mapping[SchoolLevel | str, int]) -> tuple[tuple[SchoolLevel, int], ...]:
    pairs = dict(fields.as_pairs(value, "Team", "minutes_by_level"))
    return tuple(sorted((SchoolLevel(name), minutes) for name, minutes in pairs.items()))


def _office_hours() -> TimeWindow:
    return TimeWindow("07:00", "15:30")


def _words(values: Iterable[str]) -> frozenset[str]:
    words = [values] if isinstance(values, str) else fields.as_tuple(values, "Team", "equipment")
    unknown = [word for word in words if not isinstance(word, str) or word not in EQUIPMENT]
    if unknown:
        known = ", ".join(map(repr, EQUIPMENT))
        fault = f"must hold {known} only, got {fields.shown(unknown[0])}"
        raise InvalidFieldError("Team", "equipment", fault)
    return frozenset(words)


@attrs.frozen(kw_only=True)
class Team:
    """
    A team that goes to schools with recording kits.

    Attributes:
        name: How the office calls it; unique among the teams of a plan.
        base: Where each day begins.
        end: Where each day ends; the base when not given.
        kits: Recording kits that work side by side.
        shift: From leaving the base to being back.
        works: Recurrence rule of working days.
        away: Spans in which the team does not go out (leave, a pause of the programme).
        outages: Kits out of order for a while.
        minutes_per_pupil: Minutes one kit needs for one pupil.
        minutes_by_level: The same for some school levels; SLB takes 25 by default.
        setup_minutes: From arrival to the first pupil, in each visit.
        packdown_minutes: From the last pupil to leaving, in each visit.
        breaks: Pauses such as Friday prayer and lunch.
        speed_kmh: Mean driving speed on the road.
        equipment: What it carries beyond kits: ``"power"``, ``"signal"``, ``"slb"``.
    """

    name: str = attrs.field(validator=fields.text)
    base: Location = attrs.field(validator=fields.one_of(Location))
    end: Location = attrs.field(
        default=attrs.Factory(lambda team: team.base, takes_self=True),
        validator=fields.one_of(Location),
    )
    kits: int = attrs.field(default=2, validator=fields.whole_number(1))
    shift: TimeWindow = attrs.field(factory=_office_hours, converter=as_window)
    works: str = attrs.field(default=MONDAY_TO_FRIDAY, validator=check_rule)
    away: tuple[DaySpan, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(DaySpan)
    )
    outages: tuple[KitOutage, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(KitOutage)
    )
    minutes_per_pupil: int = attrs.field(default=5, validator=fields.whole_number(1))
    minutes_by_level: tuple[tuple[SchoolLevel, int], ...] = attrs.field(
        factory=lambda: {SchoolLevel.SLB: SLB_MINUTES},
        converter=_levels,
        validator=fields.of_pairs(None, fields.whole_number(1)),
    )
    setup_minutes: int = attrs.field(default=30, validator=fields.whole_number(0))
    packdown_minutes: int = attrs.field(default=15, validator=fields.whole_number(0))
    breaks: tuple[Break, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(Break)
    )
    speed_kmh: float = attrs.field(default=30.0, validator=fields.number(0, 200, " km/h"))
    equipment: frozenset[str] = attrs.field(factory=frozenset, converter=_words)

    @arguments.checked
    def kits_on(self, day: dt.date) -> int:
        """Return how many kits work on *day*."""
        broken = sum(outage.kits for outage in self.outages if day in outage.span)
        return max(self.kits - broken, 0)

    @arguments.checked
    def working_days(self, span: DaySpan) -> frozenset[dt.date]:
        """Return the days of *span* on which the team goes out."""
        days = days_of(self.works, span)
        return frozenset(day for day in days if not any(day in away for away in self.away))

    @arguments.checked
    def pupil_minutes(self, school: School) -> int:
        """Return the minutes one kit needs for one pupil of *school*."""
        return dict(self.minutes_by_level).get(school.level, self.minutes_per_pupil)

    @arguments.checked
    def may_visit(self, school: School, *, slb_kit: bool = False) -> bool:
        """
        Return whether the team carries what *school* lacks.

        Args:
            school: The school to be visited.
            slb_kit: Ask for the equipment ``"slb"`` at special-needs schools.
        """
        needs = {"power"} if not school.power else set()
        needs |= {"signal"} if not school.signal else set()
        needs |= {"slb"} if slb_kit and school.level is SchoolLevel.SLB else set()
        return needs <= self.equipment
