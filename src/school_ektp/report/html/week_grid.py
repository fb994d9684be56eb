"""Teams × days by week, as the page shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from school_ektp.model.language import Lang, counted, date_text, month, weekday
from school_ektp.model.messages import NOUNS, TEXTS, day_text
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import DayKind, TeamDay, day_kind, team_days
from school_ektp.report.html.words import long_day

WEEK = 7
SHADES = (0.5, 0.75, 0.9)  # fullness at which a cell gets darker


@attrs.frozen(kw_only=True)
class Cell:
    """
    One team on one date.

    Attributes:
        kind: ``"visits"``, or a kind of day without any, see `views.DayKind`.
        label: All it says, for screen readers.
        pupils: Expected to be recorded.
        level: 1 to 4, how full the day is; 0 without visits.
        target: Id of the first of its visits on the page.
    """

    kind: str
    label: str
    pupils: int = 0
    level: int = 0
    target: str = ""


@attrs.frozen(kw_only=True)
class Row:
    """A team in one week."""

    team: str
    cells: tuple[Cell, ...]

    @property
    def pupils(self) -> int:
        """Expected to be recorded in the week."""
        return sum(cell.pupils for cell in self.cells)


@attrs.frozen(kw_only=True)
class Week:
    """
    Seven days, or those of them on which anybody ever works.

    Attributes:
        caption: First and last of them.
        heads: Name of the weekday in three letters, day of the month, and date of each.
        rows: One for each team.
        totals: Pupils of all teams for each day.
    """

    caption: str
    heads: tuple[tuple[str, int, str], ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """Expected to be recorded in the week."""
        return sum(self.totals)


def weeks(plan: PlanData, lang: Lang) -> tuple[Week, ...]:
    """Return the weeks of the season, from Monday on."""
    found = {(one.day, one.team): one for one in team_days(plan)}
    shown = _weekdays(plan)
    first = plan.calendar.first_day
    monday = first - dt.timedelta(days=first.weekday())
    result = []
    while monday <= plan.calendar.last_day:
        days = [monday + dt.timedelta(days=number) for number in shown]
        result.append(_week(plan, days, found, lang))
        monday += dt.timedelta(days=WEEK)
    return tuple(result)


def _weekdays(plan: PlanData) -> list[int]:
    """Return the weekdays on which a team works at least once in the season."""
    days, teams = enumerate(plan.calendar.days), plan.problem.teams
    working = {day.weekday() for number, day in days if any(who.works(number) for who in teams)}
    visited = {plan.names.date(visit.day).weekday() for visit in plan.solution.visits}
    return sorted(working | visited) or list(range(WEEK))


def _week(
    plan: PlanData, days: list[dt.date], found: dict[tuple[dt.date, str], TeamDay], lang: Lang
) -> Week:
    rows = tuple(
        Row(
            team=team,
            cells=tuple(_cell(plan, team, day, found.get((day, team)), lang) for day in days),
        )
        for team in plan.names.teams
    )
    columns = zip(*(row.cells for row in rows), strict=True)
    return Week(
        caption=TEXTS["page_week"][lang].format(span=_span(days[0], days[-1], lang)),
        heads=tuple((weekday(day, lang)[:3], day.day, day.isoformat()) for day in days),
        rows=rows,
        totals=tuple(sum(cell.pupils for cell in column) for column in columns),
    )


def _span(first: dt.date, last: dt.date, lang: Lang) -> str:
    """Return ``9–14 September 2024``, and no more of the first day than differs."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_text(last, lang)}"
    if first.year == last.year:
        return f"{first.day} {month(first.month, lang)} – {date_text(last, lang)}"
    return f"{date_text(first, lang)} – {date_text(last, lang)}"


def _cell(plan: PlanData, team: str, day: dt.date, one: TeamDay | None, lang: Lang) -> Cell:
    if one is not None:
        label = TEXTS["page_cell"][lang].format(
            team=team,
            day=long_day(day, lang),
            pupils=counted(one.pupils, NOUNS["pupil"], lang),
            visits=counted(len(one.visits), NOUNS["visit"], lang),
        )
        level = 1 + sum(one.fullness >= shade for shade in SHADES)
        where = target(day, plan.names.teams.index(team))
        return Cell(kind="visits", label=label, pupils=one.pupils, level=level, target=where)
    kind = day_kind(plan, team, day)
    return Cell(kind=kind.value, label=kind_text(plan, kind, day, lang))


def kind_text(plan: PlanData, kind: DayKind, day: dt.date, lang: Lang) -> str:
    """Return what a day without visits is, a holiday with its name."""
    name = day_text(plan.calendar.days_off.get(day, ""), lang)
    return TEXTS[f"page_{kind.value}"][lang].format(name=name)


def target(day: dt.date, team: int) -> str:
    """Return the id of a team-day on the page."""
    return f"d{day:%Y%m%d}-{team}"


def holidays(plan: PlanData, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield date and name of the days off that the grid shows."""
    shown = _weekdays(plan)
    for day, name in sorted(plan.calendar.days_off.items()):
        if day in plan.calendar.span and day.weekday() in shown:
            yield date_text(day, lang), day_text(name, lang)
