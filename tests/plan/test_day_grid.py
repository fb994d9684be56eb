"""Teams × days: one grid, the same in every form in which it is shown."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.plan.day_grid import day_grid
from school_ektp.plan.days import DayKind, day_kind, team_days
from school_ektp.report.grid_text import SIGNS, kind_text
from school_ektp.report.html.week_grid import weeks

SUNDAY = 6


@given(st.data())
def test_every_team_day_is_one_cell_and_every_other_cell_says_what_the_day_is(drawn_plans, data):
    plan = data.draw(drawn_plans)
    grid = day_grid(plan)

    cells = [cell for team in grid.teams for cell in grid.row(team)]

    assert [
        cell.made for cell in sorted(cells, key=lambda cell: (cell.day, cell.team)) if cell.made
    ] == [*team_days(plan)]
    assert sum(cell.pupils for cell in cells) == plan.recorded
    assert all((cell.kind is DayKind.VISITS) == (cell.made is not None) for cell in cells)
    assert all((cell.level > 0) == (cell.made is not None) for cell in cells)
    assert all(cell.kind is day_kind(plan, cell.team, cell.day) for cell in cells if not cell.made)


@given(st.data())
def test_the_weeks_hold_every_day_once_and_no_weekday_on_which_anybody_works_is_missing(
    drawn_plans, data
):
    plan = data.draw(drawn_plans)
    grid = day_grid(plan)

    days = [day for week in grid.weeks() for day in week]
    shown = {day for week in grid.weeks(grid.weekdays) for day in week}

    assert days == [days[0] + dt.timedelta(days=number) for number in range(len(days))]
    assert days[0].weekday() == 0
    assert days[-1].weekday() == SUNDAY
    assert set(grid.days) <= set(days)
    assert {one.day for one in team_days(plan)} <= shown


def test_a_day_outside_the_season_is_blank(hand_plan):
    grid = day_grid(hand_plan)

    cell = grid.cell("Tim 1", hand_plan.calendar.first_day - dt.timedelta(days=1))

    assert (cell.kind, cell.pupils, cell.level) == (DayKind.OUTSIDE, 0, 0)
    assert SIGNS[cell.kind] == ""


def test_when_nobody_ever_works_every_weekday_is_shown(hand_plan):
    idle = tuple(
        attrs.evolve(team, shifts=(None,) * hand_plan.problem.days)
        for team in hand_plan.problem.teams
    )
    plan = attrs.evolve(
        hand_plan,
        problem=attrs.evolve(hand_plan.problem, teams=idle),
        solution=attrs.evolve(hand_plan.solution, visits=()),
    )

    assert day_grid(plan).weekdays == tuple(range(7))


def test_text_and_page_say_the_same_of_each_day(small_plan):
    """The sign of the text and the cell of the page come from one cell."""
    grid = day_grid(small_plan)
    signs = [sign for line in small_plan.grid("en").splitlines() for sign in line.split()[2:]]
    shown = [cell for week in weeks(small_plan, "en") for row in week.rows for cell in row.cells]

    cells = [cell for team in grid.teams for cell in grid.row(team)]
    assert sum(cell.pupils for cell in shown) == sum(cell.pupils for cell in cells)
    for kind in (DayKind.FREE, DayKind.HOLIDAY):
        mine = [cell for cell in cells if cell.kind is kind]
        words = {kind_text(small_plan, kind, cell.day, "en") for cell in mine}
        assert [cell.kind for cell in shown].count(kind) == len(mine)
        assert {cell.label for cell in shown if cell.kind == kind} == words
        assert signs.count(SIGNS[kind]) >= len(mine)
