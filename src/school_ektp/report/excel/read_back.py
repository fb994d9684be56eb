"""
What an office changed in a workbook, brought back: the plan through the checker, the outcomes.

Visits on rows that were not touched stay as they were, to the minute. Days that were touched are
timed anew. Whatever does not fit is still put into the plan, and the checker says what it
breaks: a plan that an office wants is not mended behind its back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import attrs

from school_ektp.errors import InvalidFieldError, ReadError
from school_ektp.model.language import LANGS, Lang, check_lang, counted, number
from school_ektp.model.messages import HEADERS, NOUNS, TEXTS, VIOLATIONS, day_text
from school_ektp.model.npsn import npsn_text
from school_ektp.model.outcome import Outcome
from school_ektp.plan.data import PlanData
from school_ektp.planning.checker import Violation
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.report.excel.retime import forced_day
from school_ektp.report.violation_text import violation_text, where_text
from school_ektp.roster.read.cells import clean, read_npsn
from school_ektp.roster.read.dates import DateOrder, read_date
from school_ektp.roster.read.evidence import date_order
from school_ektp.roster.read.grid import Grid
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.sources import content_of, grids

_COUNT = re.compile(r"(\d{1,6})(?:[.,]0+)?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(am|pm)?", re.IGNORECASE)
_PLAN_NEEDS = ("date", "team", "site", "room")
_COUNTS = (
    *("recorded", "failed", "absent", "under_age"),
    *("already_recorded", "elsewhere", "walk_ins"),
)
_OUTCOME_NEEDS = ("date", "team", "site", "recorded")
_LATEST = 24 * 60

#: In which column of the plan sheet an issue is told; in the room otherwise.
_COLUMN_OF = {
    **dict.fromkeys(("day_off", "school_closed", "spacing", "teams_at_once", "past"), "date"),
    **dict.fromkeys(("reserve_days", "team_day_budget", "reached_by"), "date"),
    **dict.fromkeys(("forbidden", "visits_per_day"), "team"),
    **dict.fromkeys(("visits_per_site", "one_visit", "driving_limit", "drive"), "site"),
    **dict.fromkeys(("duplicate_visit", "pinned", "floor"), "site"),
}
#: Rules that are told without an amount.
_PLAIN = frozenset({"day_off", "forbidden", "past", "reserve_days"})


@attrs.frozen(kw_only=True)
class CellIssue:
    """
    One thing that is wrong with a sheet that came back.

    Attributes:
        sheet: Name of the sheet.
        cell: The cell, such as ``"J7"``.
        cause: Name of the rule, a key of `messages.VIOLATIONS`.
        amount: Minutes, pupils, days or visits the cause speaks of; None without one.
        limit: What is allowed or there; None without one.
        texts: The sentence in each language.
    """

    sheet: str
    cell: str
    cause: str
    amount: int | None = None
    limit: int | None = None
    texts: Mapping[Lang, str] = attrs.field(repr=False)

    def text(self, lang: Lang = "id") -> str:
        """Return sheet, cell and what is wrong there."""
        return f"{self.sheet}!{self.cell}: {self.texts[check_lang(lang)]}"


@attrs.frozen(kw_only=True)
class EditedPlan:
    """
    A plan that came back from a workbook.

    Attributes:
        plan: The plan as the sheet says it; rows that could not be read are not in it.
        issues: What stands against it, in the order of the rows; empty when it holds.
        kept: Visits that stayed as they were.
        new: Visits that were changed or added.
        gone: Visits that were changed or taken out.
    """

    plan: PlanData
    issues: tuple[CellIssue, ...]
    kept: int
    new: int
    gone: int

    @property
    def holds(self) -> bool:
        """Whether nothing stands against it."""
        return not self.issues

    def summary(self, lang: Lang = "id") -> str:
        """Return what changed, and every issue on a line of its own."""
        said = check_lang(lang)
        visits = {
            name: counted(value, NOUNS["visit"], said)
            for name, value in (("kept", self.kept), ("new", self.new), ("gone", self.gone))
        }
        head = TEXTS["edited"][said].format(**visits, violations=number(len(self.issues), said))
        return "\n".join([head, *(f"- {issue.text(said)}" for issue in self.issues)])


@attrs.frozen(kw_only=True)
class OutcomeSheet:
    """
    Outcomes that came back from a workbook.

    Attributes:
        outcomes: One per row that is filled in, in the order of the rows.
        issues: Rows that could not be taken, and why; they are not among the outcomes.
        empty: Rows of visits that are not filled in yet.
    """

    outcomes: tuple[Outcome, ...]
    issues: tuple[CellIssue, ...]
    empty: int


def read_plan_workbook(file: Path | str, plan: PlanData) -> EditedPlan:
    """
    Return the plan as the sheet ``Rencana`` (or ``Plan``) of a workbook now says it.

    The sheet is found by its headers, so it may have been renamed, moved, sorted or saved as CSV.

    Args:
        file: A workbook written by `Plan.to_excel`, edited.
        plan: The plan it was written from; an edit is told against it.

    Raises:
        ReadError: The file cannot be read, or holds no such sheet.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    table = _table(Path(file), _PLAN_NEEDS, ("site_name", "start"))
    reader = _PlanRows(plan, table)
    wishes = [wish for row in table.rows if (wish := reader.wish(row)) is not None]
    made = _made(plan, wishes)
    edited = attrs.evolve(plan, solution=Solution(tuple(made.visits)))
    told = [*reader.issues, *_violations(edited, wishes, made, table)]
    return EditedPlan(
        plan=edited,
        issues=tuple(sorted(told, key=lambda one: _cell_order(one.cell))),
        kept=len(made.kept),
        new=len(wishes) - len(made.kept),
        gone=len(plan.solution.visits) - len(made.kept),
    )


def read_outcomes_workbook(file: Path | str) -> OutcomeSheet:
    """
    Return the outcomes filled in on the sheet ``Hasil`` (or ``Outcomes``) of a workbook.

    A row without any count is a visit not yet made; in a row with a count, empty cells are 0, but
    for the absent: if that cell is empty, nobody counted them.

    Args:
        file: A workbook written by `Plan.to_excel`, filled in.

    Raises:
        ReadError: The file cannot be read, or holds no such sheet.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    table = _table(Path(file), _OUTCOME_NEEDS, ("class_name", *_COUNTS))
    found: list[Outcome] = []
    issues: list[CellIssue] = []
    empty = 0
    for row in table.rows:
        if not any(row.text(name) for name in _COUNTS if name in table.columns):
            empty += bool(row.text("date"))
            continue
        outcome, faults = _outcome(row, table)
        issues += faults
        found += [outcome] if outcome else []
    return OutcomeSheet(outcomes=tuple(found), issues=tuple(issues), empty=empty)


# Sheets and cells ---------------------------------------------------------------------------


class _Row(NamedTuple):
    """One row of a table: its number as a spreadsheet counts, and its texts by column."""

    number: int
    texts: dict[str, str]

    def text(self, name: str) -> str:
        return self.texts.get(name, "")


@attrs.frozen(kw_only=True)
class _Table:
    """The columns of a sheet that are asked for."""

    sheet: str
    grid: Grid
    header: int  # row as a spreadsheet counts
    columns: dict[str, int]  # from 0
    rows: tuple[_Row, ...]

    @cached_property
    def order(self) -> DateOrder:
        """Day before month, unless the dates of the sheet prove the contrary."""
        return date_order(row.text("date") for row in self.rows)

    def date(self, row: _Row) -> dt.date | None:
        """Return the date of a row; None when it has none or one that cannot be read."""
        day: dt.date | None = read_date(
            row.text("date"), order=self.order, system=self.grid.system
        ).value
        return day

    def issue(
        self,
        row: int,
        column: str,
        cause: str,
        *,
        amount: int | None = None,
        limit: int | None = None,
        texts: Mapping[Lang, str] | None = None,
    ) -> CellIssue:
        """Return an issue told at a cell of the sheet."""
        said = {lang: _formatted(cause, lang, amount, limit) for lang in LANGS}
        return CellIssue(
            sheet=self.sheet,
            cell=f"{_letters(self.columns[column])}{row}",
            cause=cause,
            amount=amount,
            limit=limit,
            texts=texts or said,
        )


def _formatted(cause: str, lang: Lang, amount: int | None, limit: int | None) -> str:
    values = {"amount": number(amount or 0, lang), "limit": number(limit or 0, lang)}
    return VIOLATIONS[cause][lang].format_map(defaultdict(str, values))


def _letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell_order(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters


def _table(file: Path, needs: Sequence[str], more: Sequence[str]) -> _Table:
    content = content_of(file, file.name, DEFAULT_LIMITS)
    for grid in grids(content, file.name, DEFAULT_LIMITS):
        for row, texts in enumerate(grid.top):
            columns = _columns(texts, (*needs, *more))
            if set(needs) <= columns.keys():
                return _taken(grid, row, columns, file)
    wanted = ", ".join(HEADERS[name]["id"] for name in needs)
    raise ReadError(file.name, f"holds no sheet with the columns {wanted}")


def _columns(texts: Sequence[str | None], names: Iterable[str]) -> dict[str, int]:
    """Return where the columns are, by their header in either language."""
    found = {clean(text or "").casefold(): place for place, text in enumerate(texts)}
    columns: dict[str, int] = {}
    for name in names:
        heads = [HEADERS[name][lang].casefold() for lang in LANGS]
        places = [found[head] for head in heads if head in found]
        if places:
            columns[name] = places[0]
    return columns


def _taken(grid: Grid, header: int, columns: dict[str, int], file: Path) -> _Table:
    places = sorted(set(columns.values()))
    order = {name: places.index(place) for name, place in columns.items()}
    cells = grid.take(places).rows()
    rows = (
        _Row(row + 1, {name: clean(cells[row][place] or "") for name, place in order.items()})
        for row in range(header + 1, len(cells))
    )
    return _Table(
        sheet=grid.sheet or file.name,
        grid=grid,
        header=header + 1,
        columns=columns,
        rows=tuple(row for row in rows if any(row.texts.values())),
    )


def _read_count(text: str) -> int | None:
    found = _COUNT.fullmatch(text)
    return int(found[1]) if found else None


# From rows to wishes ------------------------------------------------------------------------


class _Wish(NamedTuple):
    """A visit that a row asks for."""

    row: int
    team: int
    day: int
    site: int
    room: int
    start: int  # minute the row shows; late when it shows none


class _PlanRows:
    """Reads rows of the plan sheet and collects what is wrong with them."""

    def __init__(self, plan: PlanData, table: _Table) -> None:
        self._plan = plan
        self._table = table
        self._teams = {_name_key(name): team for team, name in enumerate(plan.names.teams)}
        self._sites = {site: number for number, site in enumerate(plan.names.sites)}
        self.issues: list[CellIssue] = []

    def wish(self, row: _Row) -> _Wish | None:
        """Return the visit a row asks for; None for a cancelled one and one with faults."""
        if not any(row.text(name) for name in _PLAN_NEEDS):
            return None
        day, team = self._day(row), self._team(row)
        site, room = self._site(row), self._room(row)
        if day is None or team is None or site is None or room is None:
            return None
        return _Wish(row.number, team, day, site, room, _start(row.text("start")))

    def _fault(self, row: _Row, column: str, cause: str, amount: int | None = None) -> None:
        self.issues.append(self._table.issue(row.number, column, cause, amount=amount))

    def _day(self, row: _Row) -> int | None:
        text = row.text("date")
        day = self._table.date(row)
        calendar = self._plan.calendar
        if day is None:
            self._fault(row, "date", "date_unreadable" if text else "date_missing")
            return None
        if day not in calendar.span:
            before, after = (calendar.first_day - day).days, (day - calendar.last_day).days
            self._fault(row, "date", "outside_season", max(before, after))
            return None
        return calendar.day_number(day)

    def _team(self, row: _Row) -> int | None:
        text = row.text("team")
        team = self._teams.get(_name_key(text))
        if team is None:
            self._fault(row, "team", "team_unknown" if text else "team_missing")
        return team

    def _site(self, row: _Row) -> int | None:
        npsn = read_npsn(row.text("site")).value or self._by_name(row.text("site_name"))
        site = self._sites.get(npsn)
        if site is None:
            known = npsn in self._plan.school_by_npsn
            cause = "school_unplaced" if known else "school_unknown" if npsn else "school_missing"
            self._fault(row, "site", cause)
        return site

    def _by_name(self, name: str) -> str:
        """Return the NPSN of the one school of that name; empty for none and for several."""
        key = _name_key(name)
        alike = [school.npsn for school in self._plan.schools if _name_key(school.name) == key]
        return alike[0] if len(alike) == 1 else ""

    def _room(self, row: _Row) -> int | None:
        text = row.text("room")
        room = _read_count(text)
        if not room:
            self._fault(row, "room", "room_unreadable" if text else "room_missing")
            return None
        return room


def _name_key(name: str) -> str:
    return clean(name).casefold()


def _start(text: str) -> int:
    found = _CLOCK.search(text)
    if not found:
        return _LATEST
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + 12 * (found[3].lower() == "pm")
    return min(hour * 60 + int(found[2]), _LATEST)


# From wishes to visits ----------------------------------------------------------------------


class _Made(NamedTuple):
    """What the rows become."""

    visits: list[SiteVisit]
    kept: dict[int, SiteVisit]  # row to the visit it had before


def _made(plan: PlanData, wishes: Sequence[_Wish]) -> _Made:
    kept = _kept(plan, wishes)
    days: defaultdict[tuple[int, int], list[_Wish]] = defaultdict(list)
    for wish in wishes:
        days[wish.team, wish.day].append(wish)
    before: defaultdict[tuple[int, int], list[SiteVisit]] = defaultdict(list)
    for visit in plan.solution.visits:
        before[visit.team, visit.day].append(visit)
    visits: list[SiteVisit] = []
    for (team, day), asked in sorted(days.items()):
        old = before[team, day]
        untouched = len(old) == len(asked) and all(wish.row in kept for wish in asked)
        order = sorted(asked, key=lambda wish: (wish.start, wish.row))
        stays = [(wish.site, wish.room) for wish in order]
        visits += old if untouched else forced_day(plan.problem, team, day, stays)
    return _Made(visits, kept)


def _kept(plan: PlanData, wishes: Iterable[_Wish]) -> dict[int, SiteVisit]:
    """Return by row the visits that a row repeats: same team, day, school and room."""
    before: defaultdict[tuple[int, int, int, int], list[SiteVisit]] = defaultdict(list)
    for visit in plan.solution.visits:
        before[visit.team, visit.day, visit.site, visit.room].append(visit)
    found = {}
    for wish in sorted(wishes, key=lambda wish: (wish.start, wish.row)):
        same = before[wish.team, wish.day, wish.site, wish.room]
        if same:
            found[wish.row] = same.pop(0)
    return found


# From the checker to cells ------------------------------------------------------------------


def _violations(
    plan: PlanData, wishes: Sequence[_Wish], made: _Made, table: _Table
) -> Iterator[CellIssue]:
    for fault in plan.violations:
        row = _row_of(fault, wishes, made, table)
        cause, amount, limit = _cause(plan, fault)
        column = _COLUMN_OF.get(cause, "room")
        texts = {lang: _cause_text(plan, fault, cause, amount, lang) for lang in LANGS}
        yield table.issue(row, column, cause, amount=amount, limit=limit, texts=texts)


def _row_of(fault: Violation, wishes: Sequence[_Wish], made: _Made, table: _Table) -> int:
    """Return the row to blame: the last one concerned, one that was changed if there is one."""
    concerned = [
        wish
        for wish in wishes
        if fault.team in (None, wish.team)
        and fault.day in (None, wish.day)
        and fault.site in (None, wish.site)
    ]
    changed = [wish.row for wish in concerned if wish.row not in made.kept]
    return max(changed or [wish.row for wish in concerned], default=table.header)


def _cause(plan: PlanData, fault: Violation) -> tuple[str, int | None, int | None]:
    """Return cause, amount and limit; a stay outside its session is told in minutes."""
    if fault.rule in _PLAIN:
        return fault.rule, None, None
    if fault.rule == "drive_home":
        return fault.rule, (fault.limit or 0) - fault.amount, None
    if fault.rule != "session" or fault.site is None or fault.day is None:
        return fault.rule, fault.amount, fault.limit
    sessions = plan.problem.sites[fault.site].sessions[fault.day]
    if not sessions:
        return "school_closed", None, None
    ends = [
        visit.end
        for visit in plan.solution.visits
        if (visit.team, visit.day, visit.site, visit.start)
        == (fault.team, fault.day, fault.site, fault.amount)
    ]
    over = max(ends, default=0) - max(closes for _, closes in sessions)
    return ("session_over", over, None) if over > 0 else (fault.rule, fault.amount, None)


def _cause_text(
    plan: PlanData, fault: Violation, cause: str, amount: int | None, lang: Lang
) -> str:
    if cause == fault.rule:
        return violation_text(plan, fault, lang)
    why = ""
    if fault.site is not None and fault.day is not None:
        school = plan.school_by_npsn[plan.names.sites[fault.site]]
        why = plan.calendar.why_closed(school, plan.names.date(fault.day))
    where, said = where_text(plan, fault, lang), day_text(why, lang) or "–"
    return VIOLATIONS[cause][lang].format(where=where, amount=number(amount or 0, lang), why=said)


# Outcomes -----------------------------------------------------------------------------------


def _outcome(row: _Row, table: _Table) -> tuple[Outcome | None, list[CellIssue]]:
    faults: list[CellIssue] = []
    counts: dict[str, int] = {}
    for name in _COUNTS:
        text = row.text(name)
        value = _read_count(text) if text else 0
        if value is None:
            faults.append(table.issue(row.number, name, "pupils_unreadable"))
        counts[name] = value or 0
    day = table.date(row)
    if day is None:
        cause = "date_unreadable" if row.text("date") else "date_missing"
        faults.append(table.issue(row.number, "date", cause))
    if not row.text("team"):
        faults.append(table.issue(row.number, "team", "team_missing"))
    site = _npsn(row.text("site"))
    if site is None:
        cause = "npsn_form" if row.text("site") else "school_missing"
        faults.append(table.issue(row.number, "site", cause))
    if counts["walk_ins"] > counts["recorded"]:
        amount, limit = counts["walk_ins"], counts["recorded"]
        over = "walk_ins_over_recorded"
        faults.append(table.issue(row.number, "walk_ins", over, amount=amount, limit=limit))
    if faults or day is None or site is None:
        return None, faults
    class_name, team = row.text("class_name"), row.text("team")
    outcome = Outcome(
        day=day,
        site=site,
        team=team,
        class_name=class_name,
        recorded=counts["recorded"],
        failed=counts["failed"],
        absent=counts["absent"] if row.text("absent") else None,
        under_age=counts["under_age"],
        already_recorded=counts["already_recorded"],
        elsewhere=counts["elsewhere"],
        walk_ins=counts["walk_ins"],
    )
    return outcome, []


def _npsn(text: str) -> str | None:
    try:
        return npsn_text(read_npsn(text).value or "")
    except InvalidFieldError:
        return None
