"""A season of a handful of schools, so small that the figures can be checked by hand."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from plan_of import plan_of
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.outcome import Outcome
from school_ektp.model.risks import Risks
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.worth import Worth
from school_ektp.planning.relaxation.bound import upper_bound
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
CURUP = Location(-3.4726, 102.5202)
NEAR = Location(-3.4800, 102.5300)
FAR = Location(-3.4247, 102.9758)
NPSNS = ("10700669", "10700670", "10700671")


def a_school(number=0, **changes):
    usual = {
        "npsn": NPSNS[number],
        "name": f"SMA {number + 1}",
        "level": "SMA",
        "kecamatan": "Curup",
        "location": NEAR,
        "session": "08:00-09:00",
        "week_days": 6,
    }
    return School(**usual | changes)


def some_demand(number=0, pupils=6, later=None, **changes):
    """Pupils who wait from the first day, and (date, pupils) who come of age later."""
    steps = [(MONDAY, pupils), *([later] if later else [])]
    return SchoolDemand(npsn=NPSNS[number], groups=[WaitingGroup(steps=steps)], **changes)


def a_team(**changes):
    """One kit, 10 minutes a pupil, 5 before and after: 5 pupils in a session of an hour."""
    usual = {
        "name": "Tim 1",
        "base": CURUP,
        "kits": 1,
        "shift": "07:00-09:30",
        "minutes_per_pupil": 10,
        "setup_minutes": 5,
        "packdown_minutes": 5,
    }
    return Team(**usual | changes)


def a_season(
    *,
    schools=None,
    demand=None,
    teams=None,
    days=1,
    rules=None,
    worth=None,
    risks=None,
    iterations=60,
    **calendar,
):
    """Plan a small season, in which luck and effort count for nothing."""
    schools = schools or (a_school(),)
    demand = demand or (some_demand(),)
    teams = teams or (a_team(),)
    span = VisitCalendar(
        first_day=MONDAY, last_day=MONDAY + dt.timedelta(days=days - 1), **calendar
    )
    plan = plan_of(
        schools,
        demand,
        teams,
        span,
        rules=rules,
        worth=worth or Worth.pupils(),
        risks=risks or Risks.none(),
    )
    plan = attrs.evolve(plan, bound=upper_bound(plan.problem).value)
    if not iterations:
        return plan
    found = solve(plan.problem, stop=MaxIterations(iterations), seed=1)
    return attrs.evolve(plan, solution=found.solution)


def outcome(visit, recorded=None, **counts):
    """What came of a planned visit: as many recorded as expected when nothing is said."""
    return Outcome(
        day=visit.day,
        team=visit.team,
        site=visit.site,
        recorded=visit.recorded if recorded is None else recorded,
        **counts,
    )


@pytest.fixture(scope="session")
def two_of_ten():
    """Return a plan of two schools of ten and one team: five pupils a day, four days of five."""
    demand = [some_demand(pupils=10), some_demand(1, pupils=10)]
    return a_season(schools=[a_school(), a_school(1)], demand=demand, days=5)


@pytest.fixture(scope="session")
def three_days():
    """Return a plan of two schools of five and one team: five pupils a day, three days."""
    demand = [some_demand(pupils=5), some_demand(1, pupils=5)]
    return a_season(schools=[a_school(), a_school(1)], demand=demand, days=3)


@pytest.fixture
def season():
    """Return a function that plans a small season, in which luck and effort count for nothing."""
    return a_season


@pytest.fixture(scope="session")
def any_plan():
    """Return a plan of twelve days without a visit, the same for all examples of a property."""
    return a_season(days=12, iterations=0)


@pytest.fixture(scope="session")
def any_season(two_of_ten):
    """Return the season of two schools of ten and one team, as it begins."""
    return begin(two_of_ten)


@pytest.fixture(scope="session")
def short_plan():
    """Return a plan of one school of twelve and two days: two pupils find no room."""
    return a_season(demand=[some_demand(pupils=12)], days=2)


@pytest.fixture
def make():
    """Return the makers of schools, demand and teams."""

    class Make:
        school = staticmethod(a_school)
        demand = staticmethod(some_demand)
        team = staticmethod(a_team)
        near, far, monday, npsn = NEAR, FAR, MONDAY, NPSNS

    return Make
