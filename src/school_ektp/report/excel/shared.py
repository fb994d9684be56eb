"""What several sheets of the workbook need."""

from __future__ import annotations

import datetime as dt

from school_ektp.model.language import Lang, date_text, tenths_of_percent
from school_ektp.model.messages import SHEETS, WORKBOOK
from school_ektp.model.school import School
from school_ektp.plan.data import PlanData
from school_ektp.report.excel.book import Book
from school_ektp.roster.new_workbook import Worksheet


def new_sheet(book: Book, key: str, *, landscape: bool = True) -> Worksheet:
    """Return a new sheet by its key in `messages.SHEETS`, with the usual footer."""
    return named_sheet(book, SHEETS[key][book.lang], landscape=landscape)


def named_sheet(book: Book, name: str, *, landscape: bool = True) -> Worksheet:
    """Return a new sheet of that name, with the usual footer."""
    footer = WORKBOOK["no_personal_data"][book.lang]
    return book.sheet(name, landscape=landscape, footer=footer)


def clock(minute: int) -> dt.time:
    """Return a minute of the day as a time."""
    return dt.time(minute // 60 % 24, minute % 60)


def span_text(plan: PlanData, lang: Lang) -> str:
    """Return the first and the last day of the season."""
    first, last = plan.calendar.first_day, plan.calendar.last_day
    return f"{date_text(first, lang)} – {date_text(last, lang)}"


def lacks_text(school: School, lang: Lang) -> str:
    """Return what a team cannot count on at a school; empty when nothing is missing."""
    missing = [("power", school.power), ("signal", school.signal)]
    return ", ".join(WORKBOOK[what][lang] for what, there in missing if not there)


def thousandths(part: int, whole: int) -> float | None:
    """Return a share as the report rounds it, None of nobody."""
    return tenths_of_percent(part, whole) / 1000 if whole else None
