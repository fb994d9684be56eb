"""Teams × days as plain text, a block of seven days at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from school_ektp.model.language import Lang, check_lang, month, weekday
from school_ektp.model.messages import TEXTS

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan

CELL = 5
WEEK = 7


def grid_text(plan: Plan, lang: str) -> str:
    """Return the grid; a number counts pupils, ``.`` is a free day, ``-`` a day off."""
    said = check_lang(lang)
    monday = plan.calendar.first_day - dt.timedelta(days=plan.calendar.first_day.weekday())
    lines = [TEXTS["grid_title"][said]]
    while monday <= plan.calendar.last_day:
        lines += ["", *_week(plan, monday, said)]
        monday += dt.timedelta(days=WEEK)
    return "\n".join(lines)


def _week(plan: Plan, monday: dt.date, lang: Lang) -> Iterator[str]:
    days = [monday + dt.timedelta(days=number) for number in range(WEEK)]
    width = max(len(name) for name in (TEXTS["grid_team"][lang], *plan.names.teams)) + 1
    title = f"{month(monday.month, lang)[:3]} {monday.year}"
    names = "".join(f"{weekday(day, lang)[:3]:>{CELL}}" for day in days)
    dates = "".join(f"{day.day:>{CELL}}" for day in days)
    width = max(width, len(title) + 1)
    yield f"{title:<{width}}{names}"
    yield f"{TEXTS['grid_team'][lang]:<{width}}{dates}"
    for crew, name in enumerate(plan.names.teams):
        cells = "".join(f"{_cell(plan, crew, day):>{CELL}}" for day in days)
        yield f"{name:<{width}}{cells}".rstrip()


def _cell(plan: Plan, crew: int, day: dt.date) -> str:
    if day not in plan.calendar.span:
        return ""
    number = plan.calendar.day_number(day)
    visits = [v for v in plan.solution.visits if (v.team, v.day) == (crew, number)]
    if visits:
        return str(sum(visit.pupils for visit in visits))
    return "." if plan.problem.teams[crew].works(number) else "-"
