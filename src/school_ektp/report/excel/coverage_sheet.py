"""The sheet of coverage: by kecamatan, by level and, where the roster is given, by sex."""

from __future__ import annotations

from collections import Counter

from school_ektp.model.messages import TEXTS, WORKBOOK
from school_ektp.plan.coverage import Share, coverage_by, coverage_in_all
from school_ektp.plan.data import PlanData
from school_ektp.report.excel.book import HEADER_ROW, Book, Column, Value
from school_ektp.report.excel.shared import new_sheet, thousandths

_COLUMNS = (
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


def coverage_sheet(book: Book, plan: PlanData, sexes: tuple[Share, ...]) -> None:
    """Write the sheet; without *sexes* it says why coverage by sex is missing."""
    sheet, lang = new_sheet(book, "coverage", landscape=False), book.lang
    notes = [WORKBOOK["coverage_note_before"][lang], WORKBOOK["coverage_note_after"][lang]]
    book.title(sheet, WORKBOOK["coverage_title"][lang], notes)
    everyone = _row(WORKBOOK["all"][lang], coverage_in_all(plan), len(plan.demand))
    below = book.table(sheet, _COLUMNS, [*_rows(plan, "kecamatan"), everyone], last_bold=True)
    level = (Column("level", 25), *_COLUMNS[1:])
    below = book.table(sheet, level, _rows(plan, "level"), row=below + 1, first=False)
    if sexes:
        sex = (Column("sex", 25), *_COLUMNS[1:])
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
