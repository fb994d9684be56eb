"""All schools on one sheet, and a sheet for each school that is visited."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from school_ektp.model.groups import grouped
from school_ektp.model.language import Lang, short_date
from school_ektp.model.messages import HEADERS, SHEETS, WORKBOOK, say
from school_ektp.plan.data import PlanData
from school_ektp.plan.left_out import LeftOut, why_text
from school_ektp.report.excel.book import Book, Column
from school_ektp.report.excel.shared import (
    lacks_text,
    named_sheet,
    new_sheet,
    span_text,
)
from school_ektp.report.filenames import sheet_names
from school_ektp.report.plan_text import priority_text
from school_ektp.roster.new_workbook import Value, Worksheet

SHEETS_BY_DEFAULT = 100  # schools; with more, their sheets are made when asked for

_SCHOOLS = (
    Column("kecamatan", 20),
    Column("npsn", 11, "code"),
    Column("school", 38),
    Column("level", 8),
    Column("recorded_before", 10, "count", total=True),
    Column("waiting", 11, "count", total=True),
    Column("planned", 10, "count", total=True),
    Column("left_out", 12, "count", total=True),
    Column("too_young", 10, "count", total=True),
    Column("set_aside", 17, "count", total=True),
    Column("visits", 11, "count", total=True),
    Column("visit_dates", 40),
)
_NAME = next(place for place, column in enumerate(_SCHOOLS) if column.name == "school")
_VISITS = (
    Column("date", 20, "date"),
    Column("team", 14),
    Column("arrive", 9, "time"),
    Column("start", 9, "time"),
    Column("end", 9, "time"),
    Column("called", 11, "count", total=True),
    Column("planned", 11, "count", total=True),
    Column("remarks", 22),
)
_COUNTS = (Column("pupils", 20), Column("count", 14, "count"))
_COUNTED = ("recorded_before", "waiting", "planned", "left_out", "too_young", "set_aside")
_LEFT = (Column("class", 20), Column("pupils", 14, "count"), Column("reason", 71, spread=6))


def visited(plan: PlanData) -> dict[str, pl.DataFrame]:
    """Return the visits of each school that is visited, schools by kecamatan, name and NPSN."""
    ordered = plan.visits.sort("kecamatan", "site_name", "site", maintain_order=True)
    groups = ordered.group_by("site", maintain_order=True)
    return {str(site): visits for (site,), visits in groups}


def names_of_sheets(plan: PlanData, taken: Iterable[str]) -> dict[str, str]:
    """Return the name of a sheet for each school that is visited, by NPSN."""
    schools = [plan.school_by_npsn[npsn] for npsn in visited(plan)]
    alike = Counter(school.name for school in schools)
    titles = {
        school.npsn: school.name if alike[school.name] == 1 else f"{school.npsn} {school.name}"
        for school in schools
    }
    short = sheet_names(titles.values(), taken=taken)
    return {site: short[name] for site, name in titles.items()}


# All schools --------------------------------------------------------------------------------


def schools_sheet(book: Book, plan: PlanData, sheets: Mapping[str, str]) -> None:
    """Write the sheet of all schools; a name leads to the sheet of its school, if there is one."""
    sheet = new_sheet(book, "schools")
    book.title(sheet, WORKBOOK["schools_title"][book.lang], [WORKBOOK["schools_note"][book.lang]])
    visits = visited(plan)
    schools = plan.by_site.sort("kecamatan", "site_name", "site").rows(named=True)
    rows = [_school_row(row, visits.get(row["site"]), book.lang) for row in schools]
    top = book.table(sheet, _SCHOOLS, rows, total=True, by=0) - len(rows) - bool(rows)
    for place, row in enumerate(schools):
        if row["site"] in sheets:
            column = _SCHOOLS[_NAME]
            book.link(sheet, (top + place, _NAME), column, row["site_name"], sheets[row["site"]])


def _school_row(row: Mapping[str, Any], visits: pl.DataFrame | None, lang: Lang) -> Sequence[Value]:
    return (
        row["kecamatan"],
        row["site"],
        row["site_name"],
        row["level"],
        *(count for _, count in _counts(row, lang)),
        row["visits"],
        "" if visits is None else _dates_text(visits["date"], lang),
    )


def _counts(row: Mapping[str, Any], lang: Lang) -> Iterator[tuple[str, int]]:
    """Yield what is counted at a school, with its name."""
    for name in _COUNTED:
        yield HEADERS[name][lang], row["recorded" if name == "planned" else name]


def _dates_text(days: Iterable[dt.date], lang: Lang) -> str:
    return ", ".join(short_date(day, lang) for day in sorted(set(days)))


# One school ---------------------------------------------------------------------------------


def school_sheets(book: Book, plan: PlanData, sheets: Mapping[str, str]) -> None:
    """Write a sheet for each school of *sheets*: its visits, its counts, who is left and why."""
    counts = {row["site"]: row for row in plan.by_site.iter_rows(named=True)}
    left = grouped(plan.left_out_list, lambda one: one.site)
    for site, visits in visited(plan).items():
        if site in sheets:
            sheet = named_sheet(book, sheets[site], landscape=False)
            _head(book, sheet, plan, site)
            below = _visits(book, sheet, visits)
            rows = [*_counts(counts[site], book.lang)]
            below = book.table(sheet, _COUNTS, rows, row=below + 1, first=False)
            _left(book, sheet, plan, left[site], below + 1)


def _head(book: Book, sheet: Worksheet, plan: PlanData, site: str) -> None:
    school, lang = plan.school_by_npsn[site], book.lang
    facts = say(
        WORKBOOK["school_facts"],
        lang,
        npsn=site,
        level=school.level,
        kecamatan=school.kecamatan,
        span=span_text(plan, lang),
    )
    lacks = lacks_text(school, lang)
    lacking = [say(WORKBOOK["school_lacks"], lang, what=lacks)] if lacks else []
    book.title(sheet, school.name, [facts, *lacking])
    back = SHEETS["schools"][lang]
    at = (0, len(_VISITS) - 1)
    book.link(sheet, at, None, WORKBOOK["schools_title"][lang], back)


def _visits(book: Book, sheet: Worksheet, visits: pl.DataFrame) -> int:
    shown = visits.select("date", "team", "arrive", "start", "end", "called", "recorded")
    rows = [(*visit, None) for visit in shown.iter_rows()]  # remarks are filled in by hand
    return book.table(sheet, _VISITS, rows, total=True)


def _left(book: Book, sheet: Worksheet, plan: PlanData, lefts: Sequence[LeftOut], row: int) -> None:
    lang = book.lang
    if not lefts:
        book.put(sheet, row, 0, WORKBOOK["school_nobody_left"][lang], "note")
        return
    rows = [
        (priority_text(plan.names.priorities[one.priority], lang), one.pupils, why_text(one, lang))
        for one in sorted(lefts, key=lambda one: (one.priority, one.reason))
    ]
    book.table(sheet, _LEFT, rows, row=row, first=False)
