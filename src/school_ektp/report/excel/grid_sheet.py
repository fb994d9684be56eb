"""The sheet of days and teams: pupils expected, and why no visit can be made on the other days."""

from __future__ import annotations

from school_ektp.model.messages import WORKBOOK
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import DayKind, day_kind, team_days
from school_ektp.report.excel.book import HEADER_ROW, Book, Column, Value
from school_ektp.report.excel.shared import new_sheet, span_text
from school_ektp.report.html.week_grid import kind_text


def grid_sheet(book: Book, plan: PlanData) -> None:
    """Write the sheet: a row for each day, a column for each team."""
    sheet, lang = new_sheet(book, "grid", landscape=False), book.lang
    title = f"{WORKBOOK['grid_title'][lang]}, {span_text(plan, lang)}"
    book.title(sheet, title, [WORKBOOK["grid_note"][lang]])
    teams, days = plan.names.teams, plan.calendar.days
    columns = (
        Column("date", 17, "date"),
        *(Column("team", 14, "count", title=team, total=True) for team in teams),
    )
    pupils = {(one.day, one.team): one.pupils for one in team_days(plan)}
    rows: list[tuple[Value, ...]] = [
        (day, *(pupils.get((day, team)) for team in teams)) for day in days
    ]
    book.table(sheet, columns, rows, total=True)
    for row, day in enumerate(days, start=HEADER_ROW + 1):
        for column, team in enumerate(teams, start=1):
            kind = day_kind(plan, team, day)
            if (day, team) not in pupils:
                look = "free" if kind is DayKind.FREE else "closed"
                book.put(sheet, row, column, kind_text(plan, kind, day, lang), look)
