"""How a plan shows itself in a notebook: the sentence and the grid, in both languages."""

from __future__ import annotations

import datetime as dt
from html import escape

from school_ektp.model.language import Lang, short_date, short_weekday
from school_ektp.model.markup import lines_html
from school_ektp.model.messages import TEXTS
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import DayCell, day_grid
from school_ektp.plan.days import DayKind
from school_ektp.report.grid_text import sign
from school_ektp.report.summary import summary_text

_CELL = "border:1px solid #ccc;padding:0 4px;text-align:center;font-size:80%;white-space:nowrap"
_OFF, _FULL, _HALF = "#eeeeee", "#9ecae1", "#deebf7"


def plan_html(plan: PlanData) -> str:
    """Return summary and grid; Indonesian in sight, English folded below. No personal data."""
    english = lines_html(summary_text(plan, "en"))
    return (
        f"<div>{lines_html(summary_text(plan, 'id'))}{_grid(plan, 'id')}"
        f"<details><summary>English</summary>{english}{_grid(plan, 'en')}</details></div>"
    )


def _grid(plan: PlanData, lang: Lang) -> str:
    """Return teams × days, all days side by side; darker days record more."""
    grid = day_grid(plan)
    table = {team: grid.row(team) for team in grid.teams}
    most = max((cell.pupils for row in table.values() for cell in row), default=1)
    days = grid.days
    head = "".join(
        _day_head(day, lang, month_too=day in (days[0], day.replace(day=1))) for day in days
    )
    rows = "".join(
        f'<tr><th scope="row" style="{_CELL}">{escape(team)}</th>'
        + "".join(_day_cell(cell, most) for cell in row)
        + "</tr>"
        for team, row in table.items()
    )
    title = escape(TEXTS["grid_title"][lang])
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse">'
        f'<caption style="text-align:left">{title}</caption>'
        f"<thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _day_head(day: dt.date, lang: Lang, *, month_too: bool) -> str:
    name = f"{short_weekday(day, lang)} {short_date(day, lang)}"
    shown = short_date(day, lang) if month_too else str(day.day)
    return f'<th scope="col" style="{_CELL}" title="{escape(name)}">{shown}</th>'


def _day_cell(cell: DayCell, most: int) -> str:
    colour = "#ffffff" if cell.kind is DayKind.FREE else _OFF
    if cell.made:
        colour = _FULL if 2 * cell.pupils > most else _HALF
    return f'<td style="{_CELL};background:{colour};color:#000">{escape(sign(cell))}</td>'
