"""The grid of the page: every pupil once, and every empty day named."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.plan.days import DayKind
from school_ektp.planning.constraints import ReserveDays
from school_ektp.report.html.page import page_html
from school_ektp.report.html.week_grid import about_days, closures, weeks

DAY = dt.timedelta(days=1)


@given(st.data())
def test_the_grid_counts_the_pupils_of_the_plan(drawn_plans, data):
    plan = data.draw(drawn_plans)

    grid = weeks(plan, "id")

    assert sum(week.pupils for week in grid) == plan.recorded
    cells = [cell for week in grid for row in week.rows for cell in row.cells if cell.target]
    assert sum(cell.pupils for cell in cells) == plan.recorded
    assert len({cell.target for cell in cells}) == len(cells) == plan.team_days


def test_days_that_cannot_be_planned_are_told_apart_from_free_ones(hand_plan):
    problem = attrs.evolve(
        hand_plan.problem,
        today=1,
        sites=tuple(
            attrs.evolve(site, sessions=(*site.sessions[:10], (), *site.sessions[11:]))
            for site in hand_plan.problem.sites
        ),
        constraints=(ReserveDays(2),),
    )

    cells = [
        cell.kind
        for week in weeks(attrs.evolve(hand_plan, problem=problem), "en")
        for row in week.rows
        for cell in row.cells
    ]

    assert cells.count("closed") == 3  # of three teams
    assert cells.count("kept") == 2 * 3
    assert set(cells) == {"visits", *DayKind} - {"past"}


@pytest.mark.parametrize(
    ("lang", "holiday"),
    [
        ("id", "libur: Maulid Nabi Muhammad SAW"),
        ("en", "holiday: Prophet&#39;s Birthday (Maulid Nabi)"),
    ],
)
def test_holidays_are_named_in_the_language_of_the_page(lang, holiday, hand_plan):
    assert holiday in page_html(hand_plan, lang=lang)


def test_closures_of_all_schools_are_named_with_their_days(hand_plan):
    def closed(first, last, **where):
        begin, end = (hand_plan.calendar.first_day + number * DAY for number in (first, last))
        return Closure(DaySpan(begin, end), f"closed {first}", **where)

    several = (closed(2, 5), closed(1, 1), closed(3, 3, level="SMK"), closed(9_000, 9_000))
    calendar = attrs.evolve(hand_plan.calendar, closures=several)

    found = list(closures(attrs.evolve(hand_plan, calendar=calendar), "en"))

    assert found == [("10 September 2024", "closed 1"), ("11–14 September 2024", "closed 2")]


def test_free_days_and_visits_with_room_to_spare_are_explained(hand_plan):
    """The office asks both of a plan: why a team stays in, and why it stays so long."""
    grid = weeks(hand_plan, "en")
    visits = hand_plan.solution.visits
    roomy = attrs.evolve(
        hand_plan,
        solution=attrs.evolve(
            hand_plan.solution, visits=tuple(attrs.evolve(v, room=v.room + 500) for v in visits)
        ),
    )
    full = tuple(
        attrs.evolve(
            week,
            rows=tuple(
                attrs.evolve(
                    row, cells=tuple(attrs.evolve(cell, kind="visits") for cell in row.cells)
                )
                for row in week.rows
            ),
        )
        for week in grid
    )

    free, room = about_days(roomy, grid, "en")

    assert "some days stay free" in free
    assert "pupils of a visit that did not take place" in room
    assert list(about_days(roomy, full, "en")) == [room]
    assert all(line in page_html(roomy, lang="en") for line in (free, room))


def test_nothing_is_explained_that_the_plan_does_not_have(hand_plan):
    tight = attrs.evolve(
        hand_plan,
        solution=attrs.evolve(
            hand_plan.solution,
            visits=tuple(attrs.evolve(v, room=1) for v in hand_plan.solution.visits),
        ),
    )

    lines = list(about_days(tight, weeks(tight, "en"), "en"))

    assert not any("did not take place" in line for line in lines)
