"""Plans that several rooms share: drawn ones, and plans of the sample regency."""

from __future__ import annotations

import datetime as dt
import warnings

import attrs
import pytest
from hypothesis import strategies as st

from drawn_seasons import Season, seasons
from plan_of import plan_of
from school_ektp.datasets import rejang_lebong
from school_ektp.errors import ProblemError
from school_ektp.planning import edit
from school_ektp.planning.stop import MaxIterations
from school_ektp.report.plan import Plan
from school_ektp.workflow import plan_visits


def empty_plan(season: Season) -> Plan:
    """Return the plan of a season without a visit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # absences of classes that the demand does not tell apart
        return plan_of(**attrs.asdict(season, recurse=False))


@pytest.fixture(scope="session")
def make_empty_plan():
    """Give the function from a season to its plan without a visit."""
    return empty_plan


@st.composite
def plans_with_visits(draw: st.DrawFn) -> Plan:
    """Draw plans whose visits were put in by hand, in time but not always by the rules."""
    season = draw(seasons())
    try:
        plan = empty_plan(season)
    except ProblemError:  # no working day: closed by holidays
        season = attrs.evolve(season, calendar=attrs.evolve(season.calendar, holidays={}))
        season = attrs.evolve(season, teams=tuple(attrs.evolve(t, away=()) for t in season.teams))
        plan = empty_plan(season)
    problem, solution = plan.problem, plan.solution
    for _ in range(draw(st.integers(0, 6)) if problem.sites else 0):
        changed = edit.with_visit(
            problem,
            solution,
            team=draw(st.integers(0, len(problem.teams) - 1)),
            day=draw(st.integers(0, problem.days - 1)),
            site=draw(st.integers(0, len(problem.sites) - 1)),
            most=draw(st.integers(1, 80)),
        )
        solution = changed or solution
    return attrs.evolve(plan, solution=solution)


@pytest.fixture(scope="session")
def drawn_plans() -> st.SearchStrategy[Plan]:
    """Give the strategy for plans; tests draw from it with `st.data`."""
    return plans_with_visits()


#: Team, day of September 2024 and place of the school in the list of the regency.
BY_HAND = (
    ("Tim 1", 9, 0),
    ("Tim 1", 10, 1),
    ("Tim 1", 11, 0),
    ("Tim 2", 9, 2),
    ("Tim 2", 9, 3),
    ("Tim 2", 12, 4),
    ("Tim 3", 10, 7),
    ("Tim 3", 14, 9),
    ("Tim 3", 17, 20),
)


@pytest.fixture(scope="session")
def region():
    """Give the sample regency, its pupils with invented names."""
    return rejang_lebong(names=True)


@pytest.fixture(scope="session")
def sample_plan() -> Plan:
    """Give the plan that the search makes of the whole sample regency in a few iterations."""
    region = rejang_lebong(seed=1)
    return plan_visits(
        region.schools, region.demand(), region.teams, region.calendar, stop=MaxIterations(20)
    )


def by_hand(plan: Plan, visits) -> Plan:
    for team, day, place in visits:
        npsn = plan.names.sites[place]
        plan = plan.with_visit(team=team, day=dt.date(2024, 9, day), site=npsn)
    return plan


@pytest.fixture(scope="session")
def hand_plan(region) -> Plan:
    """Give a plan of the sample regency with nine visits, legal and short."""
    parts = (region.schools, region.demand(), region.teams, region.calendar)
    plan = by_hand(plan_of(*parts, rules=region.rules), BY_HAND)
    assert plan.violations == ()
    return plan


@pytest.fixture(scope="session")
def small_plan(region) -> Plan:
    """Give a plan of eight schools and twelve days with six visits: quick to explain."""
    schools = region.schools[:8]
    known = {school.npsn for school in schools}
    demand = [demand for demand in region.demand() if demand.npsn in known]
    calendar = attrs.evolve(region.calendar, last_day=dt.date(2024, 9, 20))
    plan = plan_of(schools, demand, region.teams[:2], calendar, rules=region.rules)
    return by_hand(plan, BY_HAND[:6])
