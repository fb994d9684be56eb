"""Teams × days as plain text, a block of seven days at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from school_ektp.model.language import Lang, check_lang, month, weekday
from school_ektp.model.messages import TEXTS
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import DayKind, TeamDay, day_kind, team_days

CELL = 5
WEEK = 7
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


def grid_text(plan: PlanData, lang: str) -> str:
    """Return the grid; a number counts pupils, a sign says what an empty day is, see `SIGNS`."""
    said = check_lang(lang)
    monday = plan.calendar.first_day - dt.timedelta(days=plan.calendar.first_day.weekday())
    found = {(one.day, one.team): one for one in team_days(plan)}
    lines = [TEXTS["grid_title"][said]]
    while monday <= plan.calendar.last_day:
        lines += ["", *_week(plan, monday, found, said)]
        monday += dt.timedelta(days=WEEK)
    return "\n".join(lines)


def _week(
    plan: PlanData, monday: dt.date, found: Mapping[tuple[dt.date, str], TeamDay], lang: Lang
) -> Iterator[str]:
    days = [monday + dt.timedelta(days=number) for number in range(WEEK)]
    width = max(len(name) for name in (TEXTS["grid_team"][lang], *plan.names.teams)) + 1
    title = f"{month(monday.month, lang)[:3]} {monday.year}"
    names = "".join(f"{weekday(day, lang)[:3]:>{CELL}}" for day in days)
    dates = "".join(f"{day.day:>{CELL}}" for day in days)
    width = max(width, len(title) + 1)
    yield f"{title:<{width}}{names}"
    yield f"{TEXTS['grid_team'][lang]:<{width}}{dates}"
    for name in plan.names.teams:
        cells = "".join(f"{_cell(plan, name, day, found):>{CELL}}" for day in days)
        yield f"{name:<{width}}{cells}".rstrip()


def _cell(
    plan: PlanData, team: str, day: dt.date, found: Mapping[tuple[dt.date, str], TeamDay]
) -> str:
    one = found.get((day, team))
    return str(one.pupils) if one else SIGNS[day_kind(plan, team, day)]
