"""Teams and days: who is where on each, and what a day without a visit is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.clock import DaySpan
from school_ektp.model.rules import VisitRules
from school_ektp.plan.days import DayKind, day_kind, routes, team_days

MONDAY = dt.date(2024, 9, 9)


@given(st.data())
def test_every_visit_is_in_one_team_day_and_every_team_day_is_a_route(drawn_plans, data):
    plan = data.draw(drawn_plans)
    days = team_days(plan)

    assert [(one.day, one.team) for one in days] == sorted({(one.day, one.team) for one in days})
    assert sorted(v.site for one in days for v in one.visits) == sorted(
        visit.site for visit in plan.visit_list
    )
    assert sum(one.pupils for one in days) == plan.recorded
    assert all(0 < one.fullness <= 1 for one in days)
    for one, way in zip(days, routes(plan), strict=True):
        assert (way.day, way.team, way.pupils) == (one.day, one.team, one.pupils)
        assert way.stops == tuple(visit.site for visit in one.visits)


@pytest.mark.parametrize(
    ("parts", "day", "kind"),
    [
        ({}, 0, DayKind.FREE),
        ({}, 7, DayKind.OUTSIDE),
        ({"holidays": {MONDAY: "Maulid"}}, 0, DayKind.HOLIDAY),
        ({"away": [DaySpan(MONDAY)]}, 0, DayKind.OFF),
        ({"closed": [MONDAY]}, 0, DayKind.CLOSED),
        ({"rules": VisitRules(reserve_days=1)}, 2, DayKind.KEPT),
    ],
)
def test_a_day_without_a_visit_says_why(parts, day, kind, season, make):
    away, closed = parts.pop("away", ()), parts.pop("closed", ())
    plan = season(
        schools=[make.school(closed=closed)], teams=[make.team(away=away)], days=3,
        iterations=0, **parts,
    )  # fmt: skip

    assert day_kind(plan, "Tim 1", MONDAY + dt.timedelta(days=day)) is kind


def test_a_team_day_is_full_by_its_time(hand_plan):
    days = team_days(hand_plan)

    assert sum(one.pupils for one in days) == hand_plan.recorded
    for one in days:
        worked = sum(visit.end - visit.start for visit in one.visits) + one.driving
        assert 0 < one.fullness <= min(worked / 400, 1)
