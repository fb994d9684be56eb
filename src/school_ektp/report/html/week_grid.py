"""Teams × days by week, as the page shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from school_ektp.model.day_names import day_text
from school_ektp.model.language import Lang, date_text, long_date, month, short_weekday
from school_ektp.model.messages import TEXTS, say
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import DayCell, DayGrid, day_grid, monday_of
from school_ektp.plan.days import DayKind
from school_ektp.report.disclosure import EVERYTHING, Disclosure
from school_ektp.report.grid_text import kind_text


@attrs.frozen(kw_only=True)
class Cell:
    """
    One team on one date.

    Attributes:
        kind: What the day is to the team, see `plan.days.DayKind`.
        label: All it says, for screen readers.
        pupils: Expected to be recorded.
        level: 1 to 4, how full the day is; 0 without visits.
        target: Id of the first of its visits on the page.
    """

    kind: str
    label: str
    pupils: int | None = 0
    level: int = 0
    target: str = ""


@attrs.frozen(kw_only=True)
class Row:
    """A team in one week."""

    team: str
    cells: tuple[Cell, ...]


@attrs.frozen(kw_only=True)
class Week:
    """
    Seven days, or those of them on which anybody ever works.

    Attributes:
        caption: First and last of them.
        headings: Name of the weekday in three letters, day of the month, and date of each.
        rows: One for each team.
        totals: Pupils of all teams for each day.
        pupils: Expected to be recorded in the week.
    """

    caption: str
    headings: tuple[tuple[str, int, str], ...]
    rows: tuple[Row, ...]
    totals: tuple[int | None, ...]
    pupils: int | None


def weeks(plan: PlanData, lang: Lang, disclosure: Disclosure = EVERYTHING) -> tuple[Week, ...]:
    """Return the weeks of the season, from Monday on."""
    grid = day_grid(plan)
    return tuple(_week(plan, grid, days, lang, disclosure) for days in grid.weeks(grid.weekdays))


def about_days(plan: PlanData, shown: tuple[Week, ...], lang: Lang) -> Iterator[str]:
    """Yield why days are free and why some visits are longer than those called need."""
    rows = (row for week in shown for row in week.rows)
    if any(cell.kind == DayKind.FREE.value for row in rows for cell in row.cells):
        yield TEXTS["page_grid_free"][lang]
    if any(visit.room > visit.called for visit in plan.visit_list):
        yield TEXTS["page_grid_room"][lang]


def _week(
    plan: PlanData, grid: DayGrid, days: tuple[dt.date, ...], lang: Lang, disclosure: Disclosure
) -> Week:
    found = {team: grid.row(team, days) for team in grid.teams}
    rows = tuple(
        Row(team=team, cells=tuple(_cell(plan, cell, lang, disclosure) for cell in cells))
        for team, cells in found.items()
    )
    columns = zip(*found.values(), strict=True)
    sums = {
        day: sum(cell.pupils for cell in column) for day, column in zip(days, columns, strict=True)
    }
    monday = monday_of(days[0])
    return Week(
        caption=say(TEXTS["page_week"], lang, span=_span(days[0], days[-1], lang)),
        headings=tuple((short_weekday(day, lang), day.day, day.isoformat()) for day in days),
        rows=rows,
        totals=tuple(disclosure.count(pupils, "day", day) for day, pupils in sums.items()),
        pupils=disclosure.count(sum(sums.values()), "week", monday),
    )


def _span(first: dt.date, last: dt.date, lang: Lang) -> str:
    """Return ``9–14 September 2024``, and no more of the first day than differs."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_text(last, lang)}"
    if first.year == last.year:
        return f"{first.day} {month(first.month, lang)} – {date_text(last, lang)}"
    return f"{date_text(first, lang)} – {date_text(last, lang)}"


def _cell(plan: PlanData, one: DayCell, lang: Lang, disclosure: Disclosure) -> Cell:
    if one.made is None:
        return Cell(kind=one.kind.value, label=kind_text(plan, one.kind, one.day, lang))
    pupils = disclosure.count(one.pupils, "team_day", one.day, one.team)
    label = say(
        TEXTS["page_cell"],
        lang,
        team=one.team,
        day=long_date(one.day, lang),
        pupils=pupils,
        visits=len(one.made.visits),
    )
    where = target(one.day, plan.names.teams.index(one.team))
    return Cell(kind=one.kind.value, label=label, pupils=pupils, level=one.level, target=where)


def target(day: dt.date, team: int) -> str:
    """Return the id of a team-day on the page."""
    return f"d{day:%Y%m%d}-{team}"


def holidays(plan: PlanData, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield date and name of the days off that the grid shows."""
    shown = day_grid(plan).weekdays
    for day, name in sorted(plan.calendar.days_off.items()):
        if day in plan.calendar.span and day.weekday() in shown:
            yield date_text(day, lang), day_text(name, lang)


def closures(plan: PlanData, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield days and reason of the closures of all schools, by their first day."""
    for one in sorted(plan.calendar.closures, key=lambda one: one.span):
        first, last = one.span.first, one.span.last
        is_within = first <= plan.calendar.last_day and last >= plan.calendar.first_day
        if is_within and one.npsn is None and one.level is None and not one.class_name:
            yield date_text(first, lang) if first == last else _span(first, last, lang), one.reason
