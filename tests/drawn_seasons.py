"""
Whole seasons drawn by Hypothesis: schools, pupils counted, teams, a calendar, rules and rates.

They shrink to one school, one team and one day. Names hold what spoils files now and then:
markup, formulas, quotes, line ends, letters of other scripts, names that differ in case only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import attrs
from hypothesis import strategies as st

from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan, TimeWindow
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, LocationMethod, School, SchoolLevel
from school_ektp.model.team import Break, KitOutage, Team
from school_ektp.model.worth import Worth
from school_ektp.testing.strategies import risks, worths

#: Names that a file format may stumble over.
AWKWARD_NAMES = (
    "SMAN 1",
    "</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://example.org","SMA")',
    "+62 812",
    "-1+1",
    "@SUM(A1)",
    "SMA 'Budi' \"Luhur\" & Co; a,b",
    "SMA\\Négeri — ١٢٣ 学校",
    "sma [1]:*?/",
    "SMK dengan nama yang panjang sekali sampai lebih dari tiga puluh satu huruf",
)
MONDAY = dt.date(2024, 9, 9)
DISTRICTS = ("Curup", "Bermani Ulu", "<b>Sindang</b> & Kelingi")
LABELS = ("17 by 2024-11-27", "final grade", "rest")


@attrs.frozen(kw_only=True)
class Season:
    """
    What a plan is made from.

    Attributes:
        schools: By NPSN.
        demand: By NPSN.
        teams: By name.
        calendar: The horizon.
        rules: What is asked.
        worth: What visits, team-days, driving and waiting are worth.
        risks: What may go wrong.
    """

    schools: tuple[School, ...]
    demand: tuple[SchoolDemand, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules
    worth: Worth
    risks: Risks


def names() -> st.SearchStrategy[str]:
    """Draw names of schools and teams, awkward ones among them."""
    letters = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
    return st.sampled_from(AWKWARD_NAMES) | letters


def locations() -> st.SearchStrategy[Location]:
    """Draw points within some twenty kilometres of Curup."""
    return st.builds(
        lambda north, east, method: Location(
            -3.47 + north / 1e4, 102.52 + east / 1e4, method=method
        ),
        st.integers(-900, 900),
        st.integers(-900, 900),
        st.sampled_from(LocationMethod),
    )


def calendars() -> st.SearchStrategy[VisitCalendar]:
    """Draw horizons of one to twelve days with holidays, closures and absent classes."""
    day = st.integers(0, 11).map(lambda number: MONDAY + dt.timedelta(days=number))
    closure = st.builds(
        lambda first, level, class_name: Closure(
            DaySpan(first), "ujian", level=level, class_name=class_name
        ),
        day,
        st.none() | st.sampled_from(SchoolLevel),
        st.sampled_from(["", "XI", "XI TKJ 1"]),
    )
    return st.builds(
        lambda days, holidays, closures: VisitCalendar(
            first_day=MONDAY,
            last_day=MONDAY + dt.timedelta(days=days),
            holidays=dict.fromkeys(holidays, "Libur <nasional>"),
            closures=closures,
        ),
        st.integers(0, 11),
        st.sets(day, max_size=1),
        st.lists(closure, max_size=2),
    )


@st.composite
def schools(draw: st.DrawFn, npsn: str) -> School:
    """Draw a school, now and then without a location, power or signal."""
    opens = draw(st.integers(420, 480))
    return School(
        npsn=npsn,
        name=draw(names()),
        level=draw(st.sampled_from(SchoolLevel)),
        state=draw(st.booleans()),
        kecamatan=draw(st.sampled_from(DISTRICTS)),
        location=draw(locations()) if draw(st.integers(0, 9)) else None,
        week_days=draw(st.sampled_from([6, 5])),
        session=TimeWindow(opens, opens + draw(st.integers(120, 360))),
        power=draw(st.integers(0, 5)) > 0,
        signal=draw(st.integers(0, 5)) > 0,
    )


@st.composite
def demands(draw: st.DrawFn, npsn: str) -> SchoolDemand:
    """Draw the counted pupils of a school: up to three priority classes that grow."""
    group = st.builds(
        lambda rank, class_name, now, later: WaitingGroup(
            priority=rank,
            label=LABELS[rank],
            class_name=class_name,
            steps=((MONDAY - dt.timedelta(days=30), now), (MONDAY + dt.timedelta(days=3), later)),
        ),
        st.integers(0, 2),
        st.sampled_from(["", "XI", "XI TKJ 1", "XII IPS 2"]),
        st.integers(0, 60),
        st.integers(0, 5),
    )
    groups = draw(st.lists(group, max_size=3, unique_by=lambda one: (one.priority, one.class_name)))
    return SchoolDemand(
        npsn=npsn,
        groups=tuple(groups),
        recorded=draw(st.integers(0, 50)),
        set_aside=draw(st.integers(0, 3)),
    )


@st.composite
def teams(draw: st.DrawFn, name: str) -> Team:
    """Draw a team, now and then with another end, breaks, leave or a broken kit."""
    base = draw(locations())
    return Team(
        name=name,
        base=base,
        end=draw(locations()) if draw(st.booleans()) else base,
        kits=draw(st.integers(1, 3)),
        away=(DaySpan(MONDAY),) if draw(st.integers(0, 5)) == 1 else (),
        outages=(KitOutage(DaySpan(MONDAY)),) if draw(st.integers(0, 5)) == 1 else (),
        minutes_per_pupil=draw(st.integers(1, 10)),
        breaks=(Break("12:00-12:30"),) if draw(st.booleans()) else (),
        speed_kmh=draw(st.sampled_from([30.0, 40.5])),
        equipment=draw(st.sets(st.sampled_from(["power", "signal", "slb"]))),
    )


def visit_rules() -> st.SearchStrategy[VisitRules]:
    """Draw rules; most are off."""
    some = st.none() | st.integers(1, 40)
    few = st.none() | st.integers(1, 3)
    days = st.integers(0, 11).map(lambda number: MONDAY + dt.timedelta(days=number))
    return st.builds(
        VisitRules,
        visits_per_team_day=few,
        visits_per_school=few,
        days_between_visits=few,
        fewest_pupils=some,
        team_days=some,
        team_days_per_month=some,
        one_visit=st.sampled_from([False, False, True]),
        reserve_days=st.integers(0, 1),
        floors=st.just({}) | st.just({DISTRICTS[0]: 0.5}),
        reached_by=st.just({}) | st.dictionaries(st.just(DISTRICTS[0]), days, max_size=1),
    )


@st.composite
def seasons(draw: st.DrawFn) -> Season:
    """Draw seasons of up to four schools and two teams."""
    numbers = [f"1070000{place}" for place in range(1, 1 + draw(st.integers(1, 4)))]
    team_names = draw(st.lists(names(), min_size=1, max_size=2, unique=True))
    drawn = tuple(draw(schools(npsn)) for npsn in numbers)
    rules, rates = draw(visit_rules()), draw(risks())
    lost = st.dictionaries(st.sampled_from(team_names), st.floats(0, 0.2), max_size=1)
    rates = attrs.evolve(
        rates,
        turnout_by_school=_of(rates.turnout_by_school, numbers),
        outage_by_school=_of(rates.outage_by_school, numbers),
        day_lost_by_team=draw(lost),
    )
    if DISTRICTS[0] not in {school.kecamatan for school in drawn}:
        rules = attrs.evolve(rules, floors={}, reached_by={})
    demand = tuple(draw(demands(npsn)) for npsn in numbers)
    return Season(
        schools=drawn,
        demand=demand,
        teams=tuple(draw(teams(name)) for name in sorted(team_names)),
        calendar=_with_known_classes(draw(calendars()), drawn, demand),
        rules=rules,
        worth=draw(worths()),
        risks=rates,
    )


def _of(rates: Iterable[tuple[str, float]], names: Collection[str]) -> dict[str, float]:
    return {name: rate for name, rate in rates if name in names}


def _with_known_classes(
    calendar: VisitCalendar, schools: Iterable[School], demand: Iterable[SchoolDemand]
) -> VisitCalendar:
    """Return the calendar with the grade in place of a class that no school concerned has."""
    classes = {one.npsn: {group.class_name for group in one.groups} for one in demand}
    given = tuple(schools)

    def known(closure: Closure) -> Closure:
        concerned = [classes[school.npsn] for school in given if closure.concerns(school)]
        if closure.class_name in set().union(*concerned):
            return closure
        return attrs.evolve(closure, class_name=closure.class_name.partition(" ")[0])

    return attrs.evolve(calendar, closures=[*map(known, calendar.closures)])
