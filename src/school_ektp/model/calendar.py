"""When schools can be visited: the horizon, holidays, closures and shortened days."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs
from attrs.converters import optional

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.model import arguments, fields
from school_ektp.model.classes import belongs, classes_meant
from school_ektp.model.clock import DaySpan, TimeWindow, minute_of_day
from school_ektp.model.holidays import public_holidays
from school_ektp.model.language import Lang
from school_ektp.model.npsn import npsn_text
from school_ektp.model.school import School, SchoolLevel
from school_ektp.model.weekly import MONDAY_TO_SATURDAY, check_rule, days_of

FRIDAY = 4
LONGEST = 3 * 366  # days of a season; more is a slip of the year
FRIDAY_ENDS = 11 * 60 + 30
RAMADAN_ENDS = 12 * 60 + 30

DayNames = tuple[tuple[dt.date, str], ...]


def _named_days(value: Mapping[dt.date, str] | Iterable[tuple[dt.date, str]]) -> DayNames:
    """Freeze days and their names; of several names of a day the one given last wins."""
    pairs = (
        value.items()
        if isinstance(value, Mapping)
        else fields.as_tuple(value, "VisitCalendar", "days off")
    )
    days: dict[dt.date, str] = {}
    for pair in pairs:
        day, name = pair if isinstance(pair, tuple | list) and len(pair) == 2 else (None, "")  # noqa: PLR2004
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            fault = "must hold datetime.date and names only; of read_holidays(...) give .holidays"
            raise InvalidFieldError("VisitCalendar", "holidays", fault)
        days[day] = str(name)
    return tuple(sorted(days.items()))


_in_lines = fields.of_pairs(None, fields.line)  # names of days stand in calendars and pages


@attrs.frozen
class Closure:
    """
    Days on which schools, or classes of them, cannot be visited: breaks, exams, PKL, events.

    Attributes:
        span: First to last day.
        reason: What the calendar says, such as ``"mid-term assessment"``.
        npsn: The one school it holds for; all schools when None.
        level: The one school level it holds for; all levels when None.
        class_name: The class (rombel) or grade, such as ``"XI TKJ 1"`` or ``"XI"``, that is away
            while the school stays open, or several as ``"X, XI"``; the whole school when empty.
            However a school writes a class, it is known: ``"Kelas 11 TKJ-1"`` is ``"XI TKJ 1"``.
    """

    span: DaySpan = attrs.field(validator=fields.one_of(DaySpan))
    reason: str = attrs.field(validator=fields.text)
    npsn: str | None = attrs.field(default=None, converter=optional(npsn_text), kw_only=True)
    level: SchoolLevel | None = attrs.field(
        default=None, converter=optional(SchoolLevel), kw_only=True
    )
    class_name: str = attrs.field(default="", kw_only=True, validator=fields.line)

    @arguments.checked
    def concerns(self, school: School) -> bool:
        """Return whether *school* is among those closed."""
        return self.npsn in (None, school.npsn) and self.level in (None, school.level)

    @arguments.checked
    def takes_away(self, class_name: str) -> bool:
        """Return whether *class_name* is the class, or belongs to the grade, that is away."""
        return belongs(class_name, self.classes)

    @cached_property
    def classes(self) -> tuple[tuple[str, ...], ...]:
        """The classes or grades that are away, each as its words; none for the whole school."""
        return classes_meant(self.class_name)


@attrs.frozen(kw_only=True)
class VisitCalendar:
    """
    The season: its days and what closes or shortens them.

    Attributes:
        first_day: First day on which a visit may take place.
        last_day: Last such day, the deadline.
        holidays: National holidays and their names.
        joint_leave: Joint leave days (cuti bersama) and their names.
        closures: School breaks, exams, absences of classes.
        friday_ends: Schools receive nobody after this time on Fridays.
        ramadan: Days of the fasting month within the season, or None.
        ramadan_ends: Schools receive nobody after this time in Ramadan.
        visit_days: Recurrence rule of the days on which visits take place at all.
    """

    first_day: dt.date = attrs.field(validator=fields.day)
    last_day: dt.date = attrs.field(validator=fields.day)
    holidays: DayNames = attrs.field(default=(), converter=_named_days, validator=_in_lines)
    joint_leave: DayNames = attrs.field(default=(), converter=_named_days, validator=_in_lines)
    closures: tuple[Closure, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(Closure)
    )
    friday_ends: int = attrs.field(default=FRIDAY_ENDS, converter=minute_of_day)
    ramadan: DaySpan | None = attrs.field(
        default=None, validator=fields.one_of(DaySpan, type(None))
    )
    ramadan_ends: int = attrs.field(default=RAMADAN_ENDS, converter=minute_of_day)
    visit_days: str = attrs.field(default=MONDAY_TO_SATURDAY, validator=check_rule)

    def __attrs_post_init__(self) -> None:
        if self.last_day < self.first_day:
            fault = f"must not be before the first day {self.first_day}, got {self.last_day}"
            raise InvalidFieldError("VisitCalendar", "last_day", fault)
        if (self.last_day - self.first_day).days >= LONGEST or self.last_day.year == dt.MAXYEAR:
            fault = f"must be within {LONGEST} days of the first day {self.first_day}"
            raise InvalidFieldError("VisitCalendar", "last_day", f"{fault}, got {self.last_day}")

    @arguments.checked
    def with_public_holidays(
        self,
        *,
        except_on: Iterable[dt.date] = (),
        lang: Lang = "id",
        joint_leave_missing_ok: bool = False,
    ) -> VisitCalendar:
        """
        Return the season with Indonesia's national holidays and joint leave, own days on top.

        Days that the calendar has already keep their kind and their name.

        Args:
            except_on: Days that are no days off here, such as an estimated feast that was decreed
                for another day.
            lang: Language of the names that are added.
            joint_leave_missing_ok: Do not warn about years without joint leave.

        Warns:
            SchoolEktpWarning: No joint leave is known for a year of the season: it is decreed in
                the year before.

        Raises:
            MissingExtraError: The extra ``calendar`` is not installed.
            InvalidFieldError: The package `holidays` does not know the years of the season.

        Examples:
            >>> season = VisitCalendar(
            ...     first_day=dt.date(2026, 8, 10),
            ...     last_day=dt.date(2026, 12, 31),
            ...     holidays={dt.date(2026, 12, 14): "Ulang tahun kabupaten"},
            ... )
            >>> for day, name in season.with_public_holidays().days_off.items():
            ...     print(day, name)
            2026-08-17 Hari Kemerdekaan Republik Indonesia
            2026-08-25 Maulid Nabi Muhammad
            2026-12-14 Ulang tahun kabupaten
            2026-12-24 Cuti Bersama Hari Raya Natal
            2026-12-25 Hari Raya Natal
        """
        open_days, own = frozenset(except_on), self.days_off
        january = dt.date(self.first_day.year, 1, 1)
        december = dt.date(self.last_day.year, 12, 31)
        known = public_holidays(january, december, lang=lang)
        announced = {day.year for day, _ in self.joint_leave} | {
            day.year for day in known.joint_leave
        }
        missing = [
            str(year) for year in range(january.year, december.year + 1) if year not in announced
        ]
        if missing and not joint_leave_missing_ok:
            warnings.warn(
                f"no joint leave is known for {', '.join(missing)}: give VisitCalendar"
                " joint_leave, or say joint_leave_missing_ok=True",
                SchoolEktpWarning,
                stacklevel=2,
            )
        national, joint_leave = (
            [item for item in days.items() if item[0] in self.span and item[0] not in own]
            for days in known
        )
        return attrs.evolve(
            self,
            holidays=[day for day in (*national, *self.holidays) if day[0] not in open_days],
            joint_leave=[d for d in (*joint_leave, *self.joint_leave) if d[0] not in open_days],
        )

    @cached_property
    def span(self) -> DaySpan:
        """First to last day of the season."""
        return DaySpan(self.first_day, self.last_day)

    @cached_property
    def days(self) -> tuple[dt.date, ...]:
        """All days of the season, open or not, in order."""
        return tuple(self.span)

    @cached_property
    def days_off(self) -> dict[dt.date, str]:
        """Holidays and joint leave by day, in order; a day that is both is a holiday."""
        return dict(sorted((dict(self.joint_leave) | dict(self.holidays)).items()))

    @cached_property
    def _visit_days(self) -> frozenset[dt.date]:
        return days_of(self.visit_days, self.span)

    @arguments.checked
    def day_number(self, day: dt.date) -> int:
        """Return the place of *day* in the season, the first day being 0; may lie outside."""
        return (day - self.first_day).days

    @arguments.checked
    def why_closed(self, school: School, day: dt.date) -> str:
        """Return why *school* receives nobody on *day*; empty when it does."""
        if day not in self.span:
            return "outside the season"
        if day in self.days_off:
            return self.days_off[day]
        if day not in self._visit_days or day.weekday() >= school.week_days:
            return "weekend"
        if day in school.closed:
            return "closed by the school"
        for closure in self.closures:
            if not closure.class_name and day in closure.span and closure.concerns(school):
                return closure.reason
        return ""

    def sessions(self, school: School, day: dt.date) -> tuple[TimeWindow, ...]:
        """Return the windows in which *school* can be visited on *day*; none when closed."""
        if self.why_closed(school, day):
            return ()
        ends = [self.friday_ends] if day.weekday() == FRIDAY else []
        ends += [self.ramadan_ends] if self.ramadan is not None and day in self.ramadan else []
        window = school.session.until(min(ends)) if ends else school.session
        return (window,) if window else ()

    @arguments.checked
    def class_away(self, school: School, class_name: str, day: dt.date) -> bool:
        """Return whether a class of *school* is absent on *day* while the school is open."""
        return any(
            day in closure.span and closure.concerns(school) and closure.takes_away(class_name)
            for closure in self.closures
        )
