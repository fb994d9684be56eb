"""The sample regency: real schools and holidays, invented pupils, teams and school calendar."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl

from school_ektp.datasets.pupils import AS_OF, invented_roster
from school_ektp.datasets.tables import public_holidays, regency_schools
from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.priorities import Priorities
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, LocationMethod, School, SchoolLevel
from school_ektp.model.team import Break, Team
from school_ektp.model.totals import ARTICLE_TOTALS, StatedTotals
from school_ektp.roster.demand import demand_of

FIRST_DAY = dt.date(2024, 9, 9)
POLLING_DAY = dt.date(2024, 11, 27)

#: Centre of the kecamatan Curup, where the registry office is.
CURUP = Location(-3.472953, 102.516669, method=LocationMethod.KECAMATAN)

_FRIDAY = frozenset({4})
_OTHER_DAYS = frozenset({0, 1, 2, 3, 5})
_TUESDAY_TO_SATURDAY = "FREQ=WEEKLY;BYDAY=TU,WE,TH,FR,SA"


@attrs.frozen(kw_only=True, eq=False)
class Region:
    """
    Everything a season is planned from.

    Attributes:
        name: The regency.
        code: Its Kemendagri code.
        as_of: Day the roster speaks of.
        schools: Its SMA-level schools, in order of NPSN.
        roster: One row per pupil, columns of `school_ektp.roster.schema.ROSTER`; not shown.
        teams: Its field teams.
        calendar: The season; its last day is the deadline.
        rules: What the office asks of a plan.
        stated: Totals as the press printed them, one of them wrong; see `check_totals`.
    """

    name: str
    code: str
    as_of: dt.date
    schools: tuple[School, ...] = attrs.field(repr=lambda schools: f"<{len(schools)} schools>")
    roster: pl.DataFrame = attrs.field(repr=lambda roster: f"<{roster.height} pupils>")
    teams: tuple[Team, ...] = attrs.field(repr=lambda teams: f"<{len(teams)} teams>")
    calendar: VisitCalendar = attrs.field(repr=False)
    rules: VisitRules = attrs.field(repr=False)
    stated: StatedTotals = attrs.field(repr=False)

    @property
    def first_day(self) -> dt.date:
        """First day of the season."""
        return self.calendar.first_day

    @property
    def deadline(self) -> dt.date:
        """Last day of the season, by which the deadline cohort turns 17."""
        return self.calendar.last_day

    @arguments.checked
    def demand(
        self,
        policy: EligibilityPolicy | None = None,
        *,
        priorities: Priorities | None = None,
        residents_only: bool = False,
    ) -> tuple[SchoolDemand, ...]:
        """
        Return who waits at each school from which day, in order of NPSN.

        Grades that the calendar has away (industry placement) are kept apart, other classes not.

        Args:
            policy: Who may be recorded from which day; from 16, or married, when None.
            priorities: Classes recorded first; when None, 17 by the deadline, then as in
                `Priorities.usual`.
            residents_only: Set aside pupils registered in other regencies. By default they are
                planned for like the others: any office may record them (Permendagri 8/2016).
        """
        return demand_of(
            self.roster.with_columns(self._absent_class().alias("class_name")),
            policy,
            priorities=priorities or Priorities.usual(self.deadline),
            by_class=True,
            residents_of=self.code if residents_only else None,
            on=self.as_of,
        )

    def _absent_class(self) -> pl.Expr:
        """String: the class or grade of the closure that takes a pupil's class away, else empty."""
        names = self.roster["class_name"].unique().drop_nulls().to_list()
        found = pl.lit("")
        for closure in self.calendar.closures:
            gone = [name for name in names if closure.takes_away(name)]
            concerned = [school.npsn for school in self.schools if closure.concerns(school)]
            hit = pl.col("npsn").is_in(concerned) & pl.col("class_name").is_in(gone)
            away = " ".join(closure.class_name.split())
            found = pl.when(hit).then(pl.lit(away)).otherwise(found) if gone else found
        return found


@arguments.checked
def rejang_lebong(seed: int = 1, *, names: bool = False) -> Region:
    """
    Return Rejang Lebong before the election of 27 November 2024, with invented pupils.

    Real: the 45 SMA-level schools with repaired places, public holidays, and the counts of
    3 September 2024: 6,000 first-timers aged 16 or over, 3,000 recorded, 3,000 waiting.
    Invented: every pupil, school sizes, school weeks and hours, exam weeks, industry placement,
    the three teams. A few pupils are registered in other regencies; they are among these counts.

    Args:
        seed: Equal seeds give equal pupils on every machine; the rest does not depend on it.
        names: Give the pupils plainly invented names; without, the column is null.

    Raises:
        InvalidFieldError: The seed is not a whole number.

    Examples:
        >>> region = rejang_lebong(seed=1)
        >>> len(region.schools), region.deadline
        (45, datetime.date(2024, 11, 27))
    """
    if isinstance(seed, bool) or not isinstance(seed, int):
        fault = f"must be a whole number, got a {type(seed).__name__}"
        raise InvalidFieldError("rejang_lebong", "seed", fault)
    schools = regency_schools()
    days_off = {day for days in public_holidays(AS_OF.year) for day in days}
    return Region(
        name="Rejang Lebong",
        code="17.02",
        as_of=AS_OF,
        schools=schools,
        roster=invented_roster(schools, days_off, seed=seed, names=names),
        teams=_teams(),
        calendar=_calendar(),
        rules=VisitRules(),
        stated=ARTICLE_TOTALS,
    )


def _teams() -> tuple[Team, ...]:
    breaks = (Break("11:45-12:45", weekdays=_FRIDAY), Break("12:00-12:30", weekdays=_OTHER_DAYS))
    first = Team(name="Tim 1", base=CURUP, kits=2, breaks=breaks)
    return (
        first,
        attrs.evolve(first, name="Tim 2"),
        attrs.evolve(first, name="Tim 3", works=_TUESDAY_TO_SATURDAY),
    )


def _calendar() -> VisitCalendar:
    season = DaySpan(FIRST_DAY, POLLING_DAY)
    national, joint_leave = public_holidays(FIRST_DAY.year)
    return VisitCalendar(
        first_day=season.first,
        last_day=season.last,
        holidays={day: name for day, name in national.items() if day in season},
        joint_leave={day: name for day, name in joint_leave.items() if day in season},
        closures=_closures(),
        friday_ends="11:30",
    )


def _closures() -> tuple[Closure, ...]:
    """Return plausible weeks; the real ones are the province's and the schools' to set."""
    exams = {
        SchoolLevel.SMA: DaySpan(dt.date(2024, 9, 23), dt.date(2024, 9, 28)),
        SchoolLevel.SLB: DaySpan(dt.date(2024, 9, 23), dt.date(2024, 9, 28)),
        SchoolLevel.SMK: DaySpan(dt.date(2024, 9, 30), dt.date(2024, 10, 5)),
        SchoolLevel.MA: DaySpan(dt.date(2024, 10, 7), dt.date(2024, 10, 12)),
    }
    placement = Closure(
        DaySpan(dt.date(2024, 10, 7), dt.date(2024, 11, 9)),
        "industry placement (PKL)",
        level=SchoolLevel.SMK,
        class_name="XI",
    )
    weeks = (Closure(span, "mid-term assessment", level=level) for level, span in exams.items())
    return (*weeks, placement)
