"""Drawn seasons: each can be planned, and every edge turns up among them."""

from __future__ import annotations

from collections import Counter

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from drawn_seasons import AWKWARD_NAMES, seasons
from school_ektp.errors import ProblemError
from school_ektp.planning.build import build_problem

EDGES = {
    "a school of unknown place": lambda s: any(one.location is None for one in s.schools),
    "a school without power": lambda s: any(not one.power for one in s.schools),
    "a school without signal": lambda s: any(not one.signal for one in s.schools),
    "a school of five days": lambda s: any(one.week_days == 5 for one in s.schools),
    "a school where nobody waits": lambda s: any(not one.groups for one in s.demand),
    "a second priority class": lambda s: any(g.priority for one in s.demand for g in one.groups),
    "classes told apart": lambda s: any(g.class_name for one in s.demand for g in one.groups),
    "a team that ends elsewhere": lambda s: any(one.end != one.base for one in s.teams),
    "a team that is away": lambda s: any(one.away for one in s.teams),
    "a kit that fails": lambda s: any(one.outages for one in s.teams),
    "a holiday": lambda s: s.calendar.holidays,
    "a closure": lambda s: s.calendar.closures,
    "a floor": lambda s: s.rules.floors,
    "a season of one day": lambda s: len(s.calendar.days) == 1,
    "a name that spoils files": lambda s: any(t.name in AWKWARD_NAMES[1:] for t in s.teams),
}


@pytest.fixture(scope="module")
def drawn():
    """Give a hundred seasons, the same ones every time."""
    found = []

    @settings(
        max_examples=100,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(seasons())
    def draw(season):
        found.append(season)

    draw()
    return found


@pytest.mark.parametrize("edge", EDGES)
def test_every_edge_turns_up(edge, drawn):
    assert any(EDGES[edge](season) for season in drawn)


@pytest.mark.filterwarnings("ignore::school_ektp.errors.SchoolEktpWarning")
@given(seasons())
def test_a_season_can_be_planned_unless_nobody_can_work_on_any_day(season):
    names = ("rules", "worth", "risks")
    parts = (season.schools, season.demand, season.teams, season.calendar)

    try:
        problem, _ = build_problem(*parts, **{name: getattr(season, name) for name in names})
    except ProblemError as fault:
        (only,) = fault.faults
        assert only.startswith("no working day")
    else:
        assert problem.days == len(season.calendar.days)


@given(seasons())
def test_each_school_has_one_demand_and_no_two_teams_one_name(season):
    assert [one.npsn for one in season.demand] == [one.npsn for one in season.schools]
    assert set(Counter(team.name for team in season.teams).values()) == {1}
    assert attrs.evolve(season) == season
