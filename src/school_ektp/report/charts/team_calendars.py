"""A calendar for each team: pupils per day, darker where the day is fuller."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from school_ektp.model.language import Lang, short_date, short_weekday
from school_ektp.plan.day_grid import DayCell, DayGrid, monday_of
from school_ektp.plan.days import DayKind
from school_ektp.report.charts.svg import Piece, element, joined

#: Background and text of a cell, by how full the day is; dark enough to read.
LEVELS = (
    ("#e4f1f2", "#10272b"),
    ("#b5dade", "#10272b"),
    ("#7cbac1", "#10272b"),
    ("#0b5d66", "#ffffff"),
)
OFF, FREE, LINE = "#c9cdce", "#ffffff", "#d9e1e2"
DATES, CELL, ROW, HEAD, GAP = 74, 32, 20, 36, 24  # pixels


def calendars_drawing(grid: DayGrid, *, width: int, lang: Lang) -> tuple[Piece, int]:
    """Return the calendars side by side as far as there is room, and the height they take."""
    one = DATES + CELL * len(grid.weekdays)
    columns = max((width + GAP) // (one + GAP), 1)
    height = HEAD + ROW * len(grid.weeks()) + GAP
    rows = -(-len(grid.teams) // columns)
    drawn = [
        element(
            "g",
            *_calendar(grid, team, lang),
            transform=f"translate({(one + GAP) * (place % columns)} {height * (place // columns)})",
        )
        for place, team in enumerate(grid.teams)
    ]
    return joined(*drawn), height * rows


def _calendar(grid: DayGrid, team: str, lang: Lang) -> Iterator[Piece]:
    yield element("text", team, x=DATES, y=14, font_weight="bold")
    weeks = grid.weeks(grid.weekdays)
    for column, day in enumerate(weeks[0]):
        x = DATES + CELL * column + CELL / 2
        yield element("text", short_weekday(day, lang), x=x, y=HEAD - 6, text_anchor="middle")
    for row, days in enumerate(weeks):
        y = HEAD + ROW * row
        yield element("text", _week(days[0], lang), x=DATES - 6, y=y + 14, text_anchor="end")
        for column, cell in enumerate(grid.row(team, days)):
            yield from _cell(cell, DATES + CELL * column, y)


def _week(day: dt.date, lang: Lang) -> str:
    return short_date(monday_of(day), lang)


def _cell(cell: DayCell, x: int, y: int) -> Iterator[Piece]:
    if cell.kind is DayKind.OUTSIDE:
        return
    ground, ink = LEVELS[cell.level - 1] if cell.made else (OFF, "")
    if cell.kind is DayKind.FREE:
        ground = FREE
    yield element("rect", x=x, y=y, width=CELL, height=ROW, fill=ground, stroke=LINE)
    if cell.made:
        middle = x + CELL / 2
        looks = {"text_anchor": "middle", "font_weight": "bold", "fill": ink}
        yield element("text", cell.pupils, x=middle, y=y + 14, **looks)
