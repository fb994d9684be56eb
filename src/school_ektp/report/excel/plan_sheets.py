"""The workbook of a plan, sheet by sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import polars as pl

from school_ektp.model.clock import clock_text
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import CORRECTION_COLUMNS, GUIDE, SHEETS, TEXTS, WORKBOOK, say
from school_ektp.model.visit import Visit
from school_ektp.plan.coverage import Share
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import team_days
from school_ektp.plan.left_out import why_text
from school_ektp.report.excel.book import (
    EMPTY_ROWS,
    HEADER_ROW,
    LINE_HEIGHT,
    Book,
    Column,
    lines_of,
)
from school_ektp.report.excel.overview_sheets import coverage_sheet, grid_sheet
from school_ektp.report.excel.school_sheets import (
    SHEETS_BY_DEFAULT,
    names_of_sheets,
    schools_sheet,
)
from school_ektp.report.excel.school_sheets import school_sheets as write_school_sheets
from school_ektp.report.excel.shared import (
    clock,
    lacks_text,
    named_sheet,
    new_sheet,
    span_text,
)
from school_ektp.report.filenames import sheet_names
from school_ektp.report.plan_text import priority_text, violation_text
from school_ektp.roster.frames import AnyTable, frame_of
from school_ektp.roster.new_workbook import Value, Worksheet

#: The sheet that is read back; order and widths may change, the names may not.
PLAN_COLUMNS = (
    Column("number", 5, "count"),
    Column("date", 17, "date", edit=True),
    Column("team", 14, edit=True),
    Column("site", 11, "code", edit=True),
    Column("site_name", 38),
    Column("kecamatan", 20),
    Column("start", 8, "time"),
    Column("end", 8, "time"),
    Column("room", 10, "count", edit=True),
    Column("called", 11, "count"),
    Column("planned", 11, "count"),
)
#: The sheet that teams fill in; read back by `read_outcomes`.
OUTCOME_COLUMNS = (
    Column("date", 17, "date"),
    Column("team", 14),
    Column("site", 11, "code"),
    Column("site_name", 34),
    Column("class_name", 12, edit=True),
    Column("called", 11, "count"),
    Column("recorded", 10, "count", edit=True),
    Column("failed", 10, "count", edit=True),
    Column("absent", 10, "count", edit=True),
    Column("under_age", 11, "count", edit=True),
    Column("already_recorded", 10, "count", edit=True),
    Column("elsewhere", 10, "count", edit=True),
    Column("walk_ins", 10, "count", edit=True),
    Column("cancelled", 18, edit=True),
    Column("start", 9, "time", edit=True),
    Column("end", 9, "time", edit=True),
)
_TEAM_COLUMNS = (
    Column("date", 17, "date"),
    Column("site_name", 38),
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
_LEFT_COLUMNS = (
    Column("site", 11, "code"),
    Column("site_name", 34),
    Column("kecamatan", 20),
    Column("class", 33),
    Column("pupils", 8, "count", total=True),
    Column("reason", 68),
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
_GUIDE_COLUMNS = (Column("topic", 86), Column("topic", 86))
_LIST_ROWS = 500  # rows below the table in which the lists to choose from are offered too


def workbook_bytes(
    plan: PlanData,
    *,
    lang: str = "id",
    issues: AnyTable | None = None,
    sexes: tuple[Share, ...] = (),
    school_sheets: bool | None = None,
    created: dt.date | None,
) -> bytes:
    """
    Return the workbook of a plan, see `Plan.to_excel`; equal plans give equal bytes.

    *issues* has the columns of `roster.schema.ISSUES`, *sexes* is the coverage by sex.
    """
    language = check_lang(lang)
    title = WORKBOOK["plan_title"][language]
    book = Book(title, language, created or plan.calendar.first_day, "Plan.to_excel()")
    own = [texts[language] for texts in SHEETS.values()]
    teams = sheet_names(plan.names.teams, taken=own)
    schools = names_of_sheets(plan, [*own, *teams.values()])
    if school_sheets is None:
        school_sheets = len(schools) <= SHEETS_BY_DEFAULT
    if not school_sheets:
        schools = {}
    _plan_sheet(book, plan)
    grid_sheet(book, plan)
    for team, name in teams.items():
        _team_sheet(book, plan, team, name)
    schools_sheet(book, plan, schools)
    _left_sheet(book, plan)
    _issue_sheet(book, plan, issues)
    coverage_sheet(book, plan, sexes)
    _outcome_sheet(book, plan)
    _guide_sheet(book)
    write_school_sheets(book, plan, schools)  # last, so that the others stay within reach
    _list_sheet(book, plan)
    return book.to_bytes()


# Plan and teams -----------------------------------------------------------------------------


def _plan_sheet(book: Book, plan: PlanData) -> None:
    sheet = new_sheet(book, "plan")
    lang = book.lang
    totals = say(
        WORKBOOK["plan_totals"],
        lang,
        visits=len(plan.solution.visits),
        team_days=plan.team_days,
        recorded=plan.recorded,
        waiting=plan.waiting,
    )
    title = f"{WORKBOOK['plan_title'][lang]}, {span_text(plan, lang)}"
    book.title(sheet, title, [totals, WORKBOOK["plan_note"][lang]])
    shown = ("date", "team", "site", "site_name", "kecamatan", "start", "end", "room", "called")
    visits = plan.visits.select(*shown, "recorded").with_row_index(offset=1)
    below = book.table(sheet, PLAN_COLUMNS, visits.rows())
    sheet.print_area(0, 0, max(below - 1, HEADER_ROW), len(PLAN_COLUMNS) - 1)
    last = book.empty_rows(sheet, below, PLAN_COLUMNS)
    sheet.autofilter(HEADER_ROW, 0, last - 1, len(PLAN_COLUMNS) - 1)
    _offer_choices(book, plan, sheet, last + _LIST_ROWS)


def _offer_choices(book: Book, plan: PlanData, sheet: Worksheet, last: int) -> None:
    """Offer teams and schools to choose from, and warn of dates and counts that cannot be."""
    lists, lang = SHEETS["lists"][book.lang], book.lang
    first_day, last_day = plan.calendar.first_day, plan.calendar.last_day
    teams, sites = len(plan.names.teams), len(plan.names.sites)
    choices: dict[str, dict[str, object]] = {
        "date": {
            "validate": "date",
            "criteria": "between",
            "minimum": first_day,
            "maximum": last_day,
            "error_message": say(WORKBOOK["pick_date"], lang, first=first_day, last=last_day),
        },
        "team": {
            "validate": "list",
            "source": f"='{lists}'!$A$1:$A${max(teams, 1)}",
            "error_message": WORKBOOK["pick_team"][lang],
        },
        "site": {
            "validate": "list",
            "source": f"='{lists}'!$B$1:$B${max(sites, 1)}",
            "error_message": WORKBOOK["pick_site"][lang],
        },
        "room": _count_choice(lang, least=1),
    }
    for place, column in enumerate(PLAN_COLUMNS):
        if column.name in choices:
            choice = {"error_type": "warning", **choices[column.name]}
            sheet.data_validation(HEADER_ROW + 1, place, last, place, choice)


def _count_choice(lang: Lang, *, least: int = 0) -> dict[str, object]:
    return {
        "validate": "integer",
        "criteria": ">=",
        "value": least,
        "error_type": "warning",
        "error_message": say(WORKBOOK["pick_pupils"], lang, least=least),
    }


def _list_sheet(book: Book, plan: PlanData) -> None:
    sheet = new_sheet(book, "lists")
    for place, names in enumerate((plan.names.teams, plan.names.sites)):
        for row, name in enumerate(names):
            sheet.write_string(row, place, name)
    sheet.hide()


def _team_sheet(book: Book, plan: PlanData, team: str, name: str) -> None:
    sheet = named_sheet(book, name)
    lang = book.lang
    who = plan.team_by_name[team]
    note = say(
        WORKBOOK["team_note"],
        lang,
        kits=who.kits,
        opens=clock_text(who.shift.start),
        closes=clock_text(who.shift.end),
    )
    title = say(WORKBOOK["team_title"], lang, team=team)
    book.title(sheet, f"{title}, {span_text(plan, lang)}", [note])
    rows = [*_team_rows(plan, team, lang)]
    below = book.table(sheet, _TEAM_COLUMNS, rows, total=True, by=0)
    if not rows:
        book.put(sheet, below, 0, WORKBOOK["no_visits"][lang], "note")


def _team_rows(plan: PlanData, team: str, lang: Lang) -> Iterator[Sequence[Value]]:
    who = plan.problem.teams[plan.names.teams.index(team)]
    drive = plan.problem.travel[who.travel]
    for one in team_days(plan):
        if one.team != team:
            continue
        here = who.start
        for visit in one.visits:
            school = plan.school_by_npsn[visit.site]
            site = plan.names.sites.index(visit.site)
            yield (
                visit.day,
                school.name,
                school.kecamatan,
                drive[here][site],
                clock(visit.arrive),
                clock(visit.start),
                clock(visit.end),
                visit.called,
                visit.recorded,
                lacks_text(school, lang),
                _kits_text(plan, visit, lang),
            )
            here = site


def _kits_text(plan: PlanData, visit: Visit, lang: Lang) -> str | None:
    """Return how many kits come, where it is not the usual number."""
    team = plan.team_by_name[visit.team]
    kits = team.kits_on(visit.day)
    return None if kits == team.kits else say(WORKBOOK["team_kits"], lang, kits=kits)


# Those left, and issues ---------------------------------------------------------------------


def _left_sheet(book: Book, plan: PlanData) -> None:
    sheet = new_sheet(book, "left_out")
    lang = book.lang
    book.title(sheet, WORKBOOK["left_title"][lang])
    lefts = sorted(plan.left_out_list, key=lambda left: (-left.pupils, left.site, left.priority))
    rows = []
    for left in lefts:
        school = plan.school_by_npsn[left.site]
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


def _issue_sheet(book: Book, plan: PlanData, issues: AnyTable | None) -> None:
    sheet = new_sheet(book, "issues")
    lang = book.lang
    book.title(sheet, WORKBOOK["issues_title"][lang])
    rows: list[Sequence[Value]] = [*_plan_issues(plan, lang)]
    if issues is not None:
        wanted = ("file", "sheet", "row", "column", "severity", "npsn", "message")
        frame = frame_of(issues, "issues", needed=wanted).lazy().select(wanted).collect()
        rows += sorted((_worded(row, lang) for row in frame.iter_rows()), key=_weight(lang))
    below = book.table(sheet, _ISSUE_COLUMNS, rows)
    if issues is None or not rows:
        note = "not_checked" if issues is None else "no_issues"
        book.put(sheet, below, 0, WORKBOOK[note][lang], "note")


def _worded(row: Sequence[Value], lang: Lang) -> Sequence[Value]:
    """Return a row of issues with column and severity as a clerk calls them."""
    file, sheet, number, column, severity, *rest = row
    column = CORRECTION_COLUMNS[str(column)][lang] if column in CORRECTION_COLUMNS else column
    return file, sheet, number, column, _severities(lang).get(str(severity), severity), *rest


def _severities(lang: Lang) -> dict[str, str]:
    """Return the words for severities, the weightiest first."""
    names = ("refusal", "warning", "repair")
    return {name: TEXTS[f"page_severity_{name}"][lang] for name in names}


def _weight(lang: Lang) -> Callable[[Sequence[Value]], int]:
    order = [*_severities(lang).values()]
    return lambda row: order.index(str(row[4])) if row[4] in order else len(order)


def _plan_issues(plan: PlanData, lang: Lang) -> Iterator[Sequence[Value]]:
    """Yield what stands against the plan itself: what it could not keep, schools not planned."""
    name = SHEETS["plan"][lang]
    for site in plan.names.unplaced:
        school = plan.school_by_npsn[site].name
        yield None, name, None, None, None, site, say(WORKBOOK["unplaced"], lang, school=school)
    for fault in plan.violations:
        site = "" if fault.site is None else plan.names.sites[fault.site]
        yield None, name, None, None, None, site, violation_text(plan, fault, lang)


# Outcomes and the guide ---------------------------------------------------------------------


def _outcome_sheet(book: Book, plan: PlanData) -> None:
    sheet = new_sheet(book, "outcomes")
    lang = book.lang
    book.title(sheet, WORKBOOK["outcomes_title"][lang], [WORKBOOK["outcomes_note"][lang]])
    blank = (None,) * sum(column.edit for column in OUTCOME_COLUMNS[5:])
    visits = plan.visits.select("date", "team", "site", "site_name", pl.lit(None), "called")
    rows = [(*visit, *blank) for visit in visits.iter_rows()]
    below = book.table(sheet, OUTCOME_COLUMNS, rows)
    sheet.freeze_panes(HEADER_ROW + 1, 4)
    sheet.print_area(0, 0, max(below - 1, HEADER_ROW), len(OUTCOME_COLUMNS) - 1)
    last = book.empty_rows(sheet, below, OUTCOME_COLUMNS)
    first = next(place for place, column in enumerate(OUTCOME_COLUMNS) if column.name == "recorded")
    choice = _count_choice(lang)
    final = next(place for place, column in enumerate(OUTCOME_COLUMNS) if column.name == "walk_ins")
    sheet.data_validation(HEADER_ROW + 1, first, last + EMPTY_ROWS, final, choice)


def _guide_sheet(book: Book) -> None:
    sheet = new_sheet(book, "guide")
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
