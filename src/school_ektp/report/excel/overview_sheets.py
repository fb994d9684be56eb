"""
Two sheets over the whole plan: days and teams, and coverage.

The first says why no visit can be made on the other days; the second goes by kecamatan, by level
and, where the roster is given, by sex.
"""

from __future__ import annotations

from collections import Counter

from school_ektp.model.messages import TEXTS, WORKBOOK
from school_ektp.plan.coverage import Share, coverage_by, coverage_in_all
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import day_grid
from school_ektp.plan.days import DayKind
from school_ektp.report.excel.book import HEADER_ROW, Book, Column
from school_ektp.report.excel.shared import new_sheet, span_text, thousandths
from school_ektp.report.grid_text import kind_text
from school_ektp.roster.new_workbook import Value

_COVERAGE = (
    Column("kecamatan", 25),
    Column("schools", 9, "count"),
    Column("recorded_before", 10, "count"),
    Column("waiting_first", 11, "count"),
    Column("waiting_last", 11, "count"),
    Column("planned", 10, "count"),
    Column("left_out", 11, "count"),
    Column("before", 11, "share"),
    Column("after", 11, "share"),
)


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


def coverage_sheet(book: Book, plan: PlanData, sexes: tuple[Share, ...]) -> None:
    """Write the sheet; without *sexes* it says why coverage by sex is missing."""
    sheet, lang = new_sheet(book, "coverage", landscape=False), book.lang
    notes = [WORKBOOK["coverage_note_before"][lang], WORKBOOK["coverage_note_after"][lang]]
    book.title(sheet, WORKBOOK["coverage_title"][lang], notes)
    everyone = _row(WORKBOOK["all"][lang], coverage_in_all(plan), len(plan.demand))
    below = book.table(sheet, _COVERAGE, [*_rows(plan, "kecamatan"), everyone], last_bold=True)
    level = (Column("level", 25), *_COVERAGE[1:])
    below = book.table(sheet, level, _rows(plan, "level"), row=below + 1, first=False)
    if sexes:
        sex = (Column("sex", 25), *_COVERAGE[1:])
        rows = [_row(TEXTS[f"page_sex_{share.name}"][lang], share, None) for share in sexes]
        below = book.table(sheet, sex, rows, row=below + 1, first=False)
    about = TEXTS["page_sex_about" if sexes else "page_sex_missing"][lang]
    book.put(sheet, below + (not sexes), 0, about, "note")
    sheet.freeze_panes(HEADER_ROW + 1, 1)


def _rows(plan: PlanData, by: str) -> list[tuple[Value, ...]]:
    schools = plan.school_by_npsn
    counts = Counter(str(getattr(schools[demand.npsn], by)) for demand in plan.demand)
    return [_row(share.name, share, counts[share.name]) for share in coverage_by(plan, by)]


def _row(name: str, share: Share, schools: int | None) -> tuple[Value, ...]:
    return (
        name,
        schools,
        share.before,
        share.waiting_first,
        share.recorded + share.left_out,
        share.recorded,
        share.left_out,
        thousandths(share.before, share.at_first),
        thousandths(share.before + share.recorded, share.people),
    )
