"""The workbook of a plan, sheet by sheet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from school_ektp.model.clock import clock_text
from school_ektp.model.language import Lang, check_lang, counted, date_text, month
from school_ektp.model.messages import GUIDE, NOUNS, SHEETS, WORKBOOK
from school_ektp.model.school import School
from school_ektp.planning.solution import SiteVisit
from school_ektp.report.breaches import breach_text
from school_ektp.report.filenames import sheet_names
from school_ektp.report.left import why_text
from school_ektp.report.summary import priority_text
from school_ektp.report.workbook.book import (
    EMPTY_ROWS,
    HEADER_ROW,
    LINE_HEIGHT,
    Book,
    Column,
    Value,
    Worksheet,
    lines_of,
)

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan

#: The sheet that is read back; order and widths may change, the names may not.
PLAN_COLUMNS = (
    Column("number", 5, "count"),
    Column("date", 17, "date", edit=True),
    Column("team", 14, edit=True),
    Column("npsn", 11, "code", edit=True),
    Column("school", 38),
    Column("kecamatan", 20),
    Column("start", 8, "time"),
    Column("end", 8, "time"),
    Column("called", 11, "count"),
    Column("planned", 10, "count", edit=True),
)
#: The sheet that teams fill in; read back by `read_outcomes_workbook`.
OUTCOME_COLUMNS = (
    Column("date", 17, "date"),
    Column("team", 14),
    Column("npsn", 11, "code"),
    Column("school", 34),
    Column("class_name", 12, edit=True),
    Column("called", 11, "count"),
    Column("recorded", 10, "count", edit=True),
    Column("failed", 10, "count", edit=True),
    Column("absent", 10, "count", edit=True),
    Column("under_age", 11, "count", edit=True),
    Column("already_recorded", 10, "count", edit=True),
    Column("elsewhere", 10, "count", edit=True),
    Column("walk_ins", 10, "count", edit=True),
)
_TEAM_COLUMNS = (
    Column("date", 17, "date"),
    Column("school", 38),
    Column("kecamatan", 20),
    Column("drive", 9, "count", total=True),
    Column("arrive", 8, "time"),
    Column("start", 8, "time"),
    Column("end", 8, "time"),
    Column("called", 11, "count", total=True),
    Column("planned", 10, "count", total=True),
    Column("needs", 14),
    Column("remarks", 24),
)
_SCHOOL_COLUMNS = (
    Column("kecamatan", 20),
    Column("npsn", 11, "code"),
    Column("school", 38),
    Column("level", 8),
    Column("recorded_before", 10, "count", total=True),
    Column("waiting", 11, "count", total=True),
    Column("planned", 10, "count", total=True),
    Column("left", 12, "count", total=True),
    Column("too_young", 10, "count", total=True),
    Column("set_aside", 17, "count", total=True),
    Column("visits", 11, "count", total=True),
    Column("visit_dates", 40),
)
_LEFT_COLUMNS = (
    Column("npsn", 11, "code"),
    Column("school", 34),
    Column("kecamatan", 20),
    Column("class", 26),
    Column("pupils", 8, "count", total=True),
    Column("reason", 66),
)
_ISSUE_COLUMNS = (
    Column("file", 24),
    Column("sheet", 14),
    Column("row", 8, "count"),
    Column("column", 16),
    Column("severity", 11),
    Column("npsn", 11, "code"),
    Column("message", 76),
)
_COVERAGE_COLUMNS = (
    Column("kecamatan", 26),
    Column("schools", 9, "count", total=True),
    Column("recorded_before", 10, "count", total=True),
    Column("waiting", 10, "count", total=True),
    Column("planned", 10, "count", total=True),
    Column("left", 11, "count", total=True),
    Column("before", 11, "share"),
    Column("after", 11, "share"),
)
_LEVEL_COLUMNS = (Column("level", 26), *_COVERAGE_COLUMNS[1:])
_GUIDE_COLUMNS = (Column("topic", 74), Column("topic", 74))
_LIST_ROWS = 500  # rows below the table in which the lists to choose from are offered too


def workbook_bytes(
    plan: Plan, *, lang: str = "id", issues: pl.DataFrame | None = None, created: dt.date | None
) -> bytes:
    """
    Return the workbook of a plan; equal plans give equal bytes.

    Args:
        plan: The plan.
        lang: ``"id"`` or ``"en"``; the last sheet explains in both.
        issues: What the check of the roster found, in the columns of `roster.schema.ISSUES`.
        created: Date of making in the properties; the first day of the season when None.

    Raises:
        InvalidFieldError: Another language.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    said = check_lang(lang)
    title = WORKBOOK["plan_title"][said]
    book = Book(title, said, created or plan.calendar.first_day, "Plan.to_excel()")
    own = [SHEETS[key][said] for key in SHEETS]
    teams = sheet_names(plan.names.crews, taken=own)
    _plan_sheet(book, plan)
    for team, name in teams.items():
        _team_sheet(book, plan, team, name)
    _school_sheet(book, plan)
    _left_sheet(book, plan)
    _issue_sheet(book, plan, issues)
    _coverage_sheet(book, plan)
    _outcome_sheet(book, plan)
    _guide_sheet(book)
    _list_sheet(book, plan)
    return book.to_bytes()


def _new(book: Book, key: str, *, landscape: bool = True) -> Worksheet:
    footer = WORKBOOK["no_personal_data"][book.lang]
    return book.sheet(SHEETS[key][book.lang], landscape=landscape, footer=footer)


def _minute(value: int) -> dt.time:
    return dt.time(value // 60 % 24, value % 60)


# Plan and teams -----------------------------------------------------------------------------


def _plan_sheet(book: Book, plan: Plan) -> None:
    sheet = _new(book, "plan")
    lang = book.lang
    totals = WORKBOOK["plan_totals"][lang].format(
        visits=counted(len(plan.solution.visits), NOUNS["visit"], lang),
        team_days=counted(plan.team_days, NOUNS["team_day"], lang),
        recorded=counted(plan.recorded, NOUNS["pupil"], lang),
        waiting=counted(plan.waiting, NOUNS["pupil"], lang),
    )
    title = f"{WORKBOOK['plan_title'][lang]}, {_span_text(plan, lang)}"
    book.title(sheet, title, [totals, WORKBOOK["plan_note"][lang]])
    below = book.table(sheet, PLAN_COLUMNS, _plan_rows(plan))
    sheet.print_area(0, 0, max(below - 1, HEADER_ROW), len(PLAN_COLUMNS) - 1)
    last = book.empty_rows(sheet, below, PLAN_COLUMNS)
    sheet.autofilter(HEADER_ROW, 0, last - 1, len(PLAN_COLUMNS) - 1)
    _offer_choices(book, plan, sheet, last + _LIST_ROWS)


def _span_text(plan: Plan, lang: Lang) -> str:
    first, last = plan.calendar.first_day, plan.calendar.last_day
    return f"{date_text(first, lang)} – {date_text(last, lang)}"


def _plan_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    for number, visit in enumerate(plan.solution.visits, start=1):
        school = _school(plan, visit)
        yield (
            number,
            plan.names.date(visit.day),
            plan.names.crews[visit.crew],
            school.npsn,
            school.name,
            school.kecamatan,
            _minute(visit.start),
            _minute(visit.end),
            sum(visit.called),
            visit.pupils,
        )


def _school(plan: Plan, visit: SiteVisit) -> School:
    return plan.school_by_npsn[plan.names.sites[visit.site]]


def _offer_choices(book: Book, plan: Plan, sheet: Worksheet, last: int) -> None:
    """Offer teams and schools to choose from, and warn of dates and counts that cannot be."""
    lists, lang = SHEETS["lists"][book.lang], book.lang
    first_day, last_day = plan.calendar.first_day, plan.calendar.last_day
    days = {"first": date_text(first_day, lang), "last": date_text(last_day, lang)}
    crews, sites = len(plan.names.crews), len(plan.names.sites)
    choices: dict[str, dict[str, object]] = {
        "date": {
            "validate": "date",
            "criteria": "between",
            "minimum": first_day,
            "maximum": last_day,
            "error_message": WORKBOOK["pick_date"][lang].format(**days),
        },
        "team": {
            "validate": "list",
            "source": f"='{lists}'!$A$1:$A${max(crews, 1)}",
            "error_message": WORKBOOK["pick_team"][lang],
        },
        "npsn": {
            "validate": "list",
            "source": f"='{lists}'!$B$1:$B${max(sites, 1)}",
            "error_message": WORKBOOK["pick_npsn"][lang],
        },
        "planned": _count_choice(lang),
    }
    for place, column in enumerate(PLAN_COLUMNS):
        if column.name in choices:
            choice = {"error_type": "warning", **choices[column.name]}
            sheet.data_validation(HEADER_ROW + 1, place, last, place, choice)


def _count_choice(lang: Lang) -> dict[str, object]:
    return {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_type": "warning",
        "error_message": WORKBOOK["pick_pupils"][lang],
    }


def _list_sheet(book: Book, plan: Plan) -> None:
    sheet = _new(book, "lists")
    for place, names in enumerate((plan.names.crews, plan.names.sites)):
        for row, name in enumerate(names):
            sheet.write_string(row, place, name)
    sheet.hide()


def _team_sheet(book: Book, plan: Plan, team: str, name: str) -> None:
    sheet = book.sheet(name, footer=WORKBOOK["no_personal_data"][book.lang])
    lang, crew = book.lang, plan.names.crews.index(team)
    who = plan.team_by_name[team]
    note = WORKBOOK["team_note"][lang].format(
        kits=counted(who.kits, NOUNS["kit"], lang),
        opens=clock_text(who.shift.start),
        closes=clock_text(who.shift.end),
    )
    title = WORKBOOK["team_title"][lang].format(team=team)
    book.title(sheet, f"{title}, {_span_text(plan, lang)}", [note])
    rows = [*_team_rows(plan, crew, lang)]
    below = book.table(sheet, _TEAM_COLUMNS, rows, total=True, by=0)
    if not rows:
        book.put(sheet, below, 0, WORKBOOK["no_visits"][lang], "note")


def _team_rows(plan: Plan, crew: int, lang: Lang) -> Iterator[Sequence[Value]]:
    who = plan.problem.crews[crew]
    drive = plan.problem.travel[who.travel]
    here, day = who.start, -1
    for visit in plan.solution.visits:
        if visit.crew != crew:
            continue
        here = here if visit.day == day else who.start
        school = _school(plan, visit)
        yield (
            plan.names.date(visit.day),
            school.name,
            school.kecamatan,
            drive[here][visit.site],
            _minute(visit.arrive),
            _minute(visit.start),
            _minute(visit.end),
            sum(visit.called),
            visit.pupils,
            _lacks(school, lang),
            None,
        )
        here, day = visit.site, visit.day


def _lacks(school: School, lang: Lang) -> str:
    missing = [("power", school.power), ("signal", school.signal)]
    return ", ".join(WORKBOOK[what][lang] for what, there in missing if not there)


# Schools, those left, issues, coverage ------------------------------------------------------


def _school_sheet(book: Book, plan: Plan) -> None:
    sheet = _new(book, "schools")
    book.title(sheet, WORKBOOK["schools_title"][book.lang], [WORKBOOK["schools_note"][book.lang]])
    dates: defaultdict[str, list[dt.date]] = defaultdict(list)
    for visit in plan.solution.visits:
        dates[plan.names.sites[visit.site]].append(plan.names.date(visit.day))
    rows = [
        (
            row["kecamatan"],
            row["npsn"],
            row["school"],
            row["level"],
            row["recorded_before"],
            row["waiting"],
            row["recorded"],
            row["left"],
            row["too_young"],
            row["set_aside"],
            row["visits"],
            _dates_text(dates[row["npsn"]], book.lang),
        )
        for row in plan.by_school.sort("kecamatan", "school", "npsn").iter_rows(named=True)
    ]
    book.table(sheet, _SCHOOL_COLUMNS, rows, total=True, by=0)


def _dates_text(days: Iterable[dt.date], lang: Lang) -> str:
    return ", ".join(f"{day.day} {month(day.month, lang)[:3]}" for day in sorted(set(days)))


def _left_sheet(book: Book, plan: Plan) -> None:
    sheet = _new(book, "left")
    lang = book.lang
    book.title(sheet, WORKBOOK["left_title"][lang])
    lefts = sorted(plan.left, key=lambda left: (-left.pupils, left.npsn, left.priority))
    rows = []
    for left in lefts:
        school = plan.school_by_npsn[left.npsn]
        label = plan.names.priorities[left.priority]
        rows.append(
            (
                school.npsn,
                school.name,
                school.kecamatan,
                priority_text(label, lang),
                left.pupils,
                why_text(left, lang),
            )
        )
    book.table(sheet, _LEFT_COLUMNS, rows, total=True)


def _issue_sheet(book: Book, plan: Plan, issues: pl.DataFrame | None) -> None:
    sheet = _new(book, "issues")
    lang = book.lang
    book.title(sheet, WORKBOOK["issues_title"][lang])
    rows: list[Sequence[Value]] = [*_plan_issues(plan, lang)]
    if issues is not None:
        wanted = ("file", "sheet", "row", "column", "severity", "npsn", "message")
        rows += [tuple(row[name] for name in wanted) for row in issues.iter_rows(named=True)]
    below = book.table(sheet, _ISSUE_COLUMNS, rows)
    if not rows:
        book.put(sheet, below, 0, WORKBOOK["no_issues"][lang], "note")


def _plan_issues(plan: Plan, lang: Lang) -> Iterator[Sequence[Value]]:
    """Yield what the plan itself has to tell: breaches, schools that could not be planned."""
    name = SHEETS["plan"][lang]
    for npsn in plan.names.unplaced:
        school = plan.school_by_npsn[npsn].name
        yield None, name, None, None, None, npsn, WORKBOOK["unplaced"][lang].format(school=school)
    for fault in plan.violations:
        npsn = "" if fault.site is None else plan.names.sites[fault.site]
        yield None, name, None, None, None, npsn, breach_text(plan, fault, lang)


def _coverage_sheet(book: Book, plan: Plan) -> None:
    sheet = _new(book, "coverage", landscape=False)
    lang = book.lang
    book.title(sheet, WORKBOOK["coverage_title"][lang], [WORKBOOK["coverage_note"][lang]])
    rows = [
        *_shares(plan.by_school, "kecamatan"),
        _share(WORKBOOK["all"][lang], plan.by_school),
    ]
    below = book.table(sheet, _COVERAGE_COLUMNS, rows)
    book.table(sheet, _LEVEL_COLUMNS, _shares(plan.by_school, "level"), row=below + 1)
    book.header(sheet, _COVERAGE_COLUMNS)


def _shares(schools: pl.DataFrame, by: str) -> Iterator[Sequence[Value]]:
    for name, found in schools.sort(by, "npsn").group_by(by, maintain_order=True):
        yield _share(str(name[0]), found)


def _share(name: str, schools: pl.DataFrame) -> Sequence[Value]:
    counts = schools.select(pl.col("recorded_before", "waiting", "recorded", "left").sum())
    before, waiting, planned, left = counts.row(0)
    whole = before + waiting
    first, then = _thousandths(before, whole), _thousandths(before + planned, whole)
    return name, schools.height, before, waiting, planned, left, first, then


def _thousandths(part: int, whole: int) -> float | None:
    """Return a share rounded down, so that nothing short of everyone reads 100 %."""
    return part * 1000 // whole / 1000 if whole else None


# Outcomes and the guide ---------------------------------------------------------------------


def _outcome_sheet(book: Book, plan: Plan) -> None:
    sheet = _new(book, "outcomes")
    lang = book.lang
    book.title(sheet, WORKBOOK["outcomes_title"][lang], [WORKBOOK["outcomes_note"][lang]])
    blank = (None,) * sum(column.edit for column in OUTCOME_COLUMNS[5:])
    rows = [
        (
            plan.names.date(visit.day),
            plan.names.crews[visit.crew],
            school.npsn,
            school.name,
            None,
            sum(visit.called),
            *blank,
        )
        for visit in plan.solution.visits
        for school in [_school(plan, visit)]
    ]
    below = book.table(sheet, OUTCOME_COLUMNS, rows)
    sheet.freeze_panes(HEADER_ROW + 1, 4)
    sheet.print_area(0, 0, max(below - 1, HEADER_ROW), len(OUTCOME_COLUMNS) - 1)
    last = book.empty_rows(sheet, below, OUTCOME_COLUMNS)
    first = next(place for place, column in enumerate(OUTCOME_COLUMNS) if column.name == "recorded")
    choice = _count_choice(lang)
    sheet.data_validation(
        HEADER_ROW + 1, first, last + EMPTY_ROWS, len(OUTCOME_COLUMNS) - 1, choice
    )


def _guide_sheet(book: Book) -> None:
    sheet = _new(book, "guide")
    book.title(sheet, WORKBOOK["guide_title"][book.lang])
    book.widths(sheet, _GUIDE_COLUMNS)
    for row, line in enumerate(GUIDE, start=TITLE_GAP):
        for column, lang in enumerate(_languages(book.lang)):
            text = line[lang]
            heading = text.startswith("# ")
            book.put(sheet, row, column, text.removeprefix("# "), "heading" if heading else "plain")
        lines = (lines_of(text, _GUIDE_COLUMNS[0].width) for text in line.values())
        sheet.set_row(row, LINE_HEIGHT * (max(lines) + line[book.lang].startswith("# ")))


TITLE_GAP = 2


def _languages(first: Lang) -> tuple[Lang, Lang]:
    return ("id", "en") if first == "id" else ("en", "id")
