"""The sheet of days and teams: pupils expected, and why no visit can be made on the other days."""

from __future__ import annotations

from school_ektp.model.messages import WORKBOOK
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import day_grid
from school_ektp.plan.days import DayKind
from school_ektp.report.excel.book import HEADER_ROW, Book, Column, Value
from school_ektp.report.excel.shared import new_sheet, span_text
from school_ektp.report.grid_text import kind_text


def grid_sheet(book: Book, plan: PlanData) -> None:
    """Write the sheet: a row for each day, a column for each team."""
    sheet, lang = new_sheet(book, "grid", landscape=False), book.lang
    title = f"{WORKBOOK['grid_title'][lang]}, {span_text(plan, lang)}"
    book.title(sheet, title, [WORKBOOK["grid_note"][lang]])
    grid = day_grid(plan)
    columns = (
        Column("date", 17, "date"),
        *(Column("team", 14, "count", title=team, total=True) for team in grid.teams),
    )
    table = {day: [grid.cell(team, day) for team in grid.teams] for day in grid.days}
    rows: list[tuple[Value, ...]] = [
        (day, *(cell.pupils if cell.made else None for cell in cells))
        for day, cells in table.items()
    ]
    book.table(sheet, columns, rows, total=True)
    for row, cells in enumerate(table.values(), start=HEADER_ROW + 1):
        for column, cell in enumerate(cells, start=1):
            if not cell.made:
                look = "free" if cell.kind is DayKind.FREE else "closed"
                book.put(sheet, row, column, kind_text(plan, cell.kind, cell.day, lang), look)
