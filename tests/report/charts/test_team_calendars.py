"""A calendar for each team: pupils per day, darker where the day is fuller."""

from __future__ import annotations

import itertools

from drawn_charts import parts, words
from read_pages import contrast, luminance
from school_ektp.plan.day_grid import day_grid
from school_ektp.report import plot
from school_ektp.report.charts.team_calendars import CELL, DATES, LEVELS, calendars_drawing


def test_fuller_days_are_darker_in_grey_too():
    shades = [luminance(ground) for ground, _ in LEVELS]

    assert shades == sorted(shades, reverse=True)
    assert all(contrast(a, b) > 1.15 for (a, _), (b, _) in itertools.pairwise(LEVELS))


def test_the_grid_holds_every_pupil_of_the_plan(hand_plan):
    chart = plot.grid(hand_plan)
    shown = sum(int(word) for word in words(chart) if word.isdigit())

    assert shown == hand_plan.recorded
    held = [cell for team in hand_plan.names.teams for cell in day_grid(hand_plan).row(team)]
    assert len(parts(chart, "rect")) == 1 + sum(
        cell.day.weekday() in day_grid(hand_plan).weekdays for cell in held
    )


def test_calendars_stand_side_by_side_as_far_as_there_is_room(hand_plan):
    """Three teams in one row, in two rows, or one below the other; never wider than asked."""
    grid = day_grid(hand_plan)
    one = DATES + CELL * len(grid.weekdays)

    heights = [
        calendars_drawing(grid, width=width, lang="id")[1] for width in (4 * one, 3 * one, one)
    ]

    assert heights == [heights[0], 2 * heights[0], 3 * heights[0]]
