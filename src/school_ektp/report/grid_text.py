"""Teams × days as plain text, a block of seven days at a time, and the words for an empty day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from school_ektp.model.day_names import day_text
from school_ektp.model.language import Lang, check_lang, month, short_weekday
from school_ektp.model.messages import TEXTS, say
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import DayCell, DayGrid, day_grid
from school_ektp.plan.days import DayKind

CELL = 5
#: What an empty day is to a team.
SIGNS = {
    DayKind.OUTSIDE: "",
    DayKind.HOLIDAY: "x",
    DayKind.CLOSED: "x",
    DayKind.OFF: "-",
    DayKind.PAST: "<",
    DayKind.KEPT: "o",
    DayKind.FREE: ".",
}


def sign(cell: DayCell) -> str:
    """Return the pupils of a day, or what it is without visits, see `SIGNS`."""
    return str(cell.pupils) if cell.made else SIGNS[cell.kind]


def kind_text(plan: PlanData, kind: DayKind, day: dt.date, lang: Lang) -> str:
    """Return what a day without visits is, a holiday with its name."""
    name = day_text(plan.calendar.days_off.get(day, ""), lang)
    return say(TEXTS[f"page_{kind.value}"], lang, name=name)


def grid_text(plan: PlanData, lang: str) -> str:
    """Return the grid; a number counts pupils, a sign says what an empty day is, see `SIGNS`."""
    language, grid = check_lang(lang), day_grid(plan)
    lines = [TEXTS["grid_title"][language]]
    for days in grid.weeks():
        lines += ["", *_week(grid, days, language)]
    return "\n".join(lines)


def _week(grid: DayGrid, days: tuple[dt.date, ...], lang: Lang) -> Iterator[str]:
    title = f"{month(days[0].month, lang)[:3]} {days[0].year}"
    width = max(len(name) for name in (title, TEXTS["grid_team"][lang], *grid.teams)) + 1
    names = "".join(f"{short_weekday(day, lang):>{CELL}}" for day in days)
    dates = "".join(f"{day.day:>{CELL}}" for day in days)
    yield f"{title:<{width}}{names}"
    yield f"{TEXTS['grid_team'][lang]:<{width}}{dates}"
    for team in grid.teams:
        cells = "".join(f"{sign(cell):>{CELL}}" for cell in grid.row(team, days))
        yield f"{team:<{width}}{cells}".rstrip()
