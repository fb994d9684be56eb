"""
What an office changed of the plan in a workbook, brought back through the checker.

Visits on rows that were not touched stay as they were, to the minute. Days that were touched are
timed again. Whatever does not fit is still put into the plan, and the checker says what it
breaks: a plan that an office wants is not mended behind its back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, NamedTuple

import attrs

from school_ektp.model.clock import DAY_MINUTES
from school_ektp.model.day_names import day_text
from school_ektp.model.groups import grouped
from school_ektp.model.language import LANGS, Lang, check_lang
from school_ektp.model.messages import TEXTS, VIOLATIONS, say
from school_ektp.plan.data import P, PlanData
from school_ektp.planning.checker import Violation
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.report.excel.retime import forced_day
from school_ektp.report.excel.sheet import (
    CellIssue,
    Row,
    Table,
    cell_order,
    read_count,
    read_minute,
    table_in,
)
from school_ektp.report.plan_text import violation_text, where_text
from school_ektp.roster.read.cells import clean, read_npsn
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.sources import as_path, content_of, grids

_PLAN_NEEDS = ("date", "team", "site", "room")

#: In which column of the plan sheet an issue is reported; in the room otherwise.
_COLUMN_OF = {
    **dict.fromkeys(("day_off", "school_closed", "spacing", "teams_at_once", "past"), "date"),
    **dict.fromkeys(("reserve_days", "team_day_budget", "reached_by"), "date"),
    **dict.fromkeys(("forbidden", "visits_per_day"), "team"),
    **dict.fromkeys(("visits_per_site", "one_visit", "driving_limit", "drive"), "site"),
    **dict.fromkeys(("duplicate_visit", "pinned", "floor"), "site"),
}
#: Rules that are reported without an amount.
_PLAIN = frozenset({"day_off", "forbidden", "past", "reserve_days"})


@attrs.frozen(kw_only=True)
class EditedPlan(Generic[P]):
    """
    A plan that came back from a workbook.

    Attributes:
        plan: The plan as the sheet says it; rows that could not be read are not in it.
        issues: What stands against it, in the order of the rows; empty when it holds.
        kept: Visits that stayed as they were.
        new: Visits that were changed or added.
        gone: Visits that were changed or taken out.
    """

    plan: P
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
        language = check_lang(lang)
        head = say(
            TEXTS["edited"],
            language,
            kept=self.kept,
            new=self.new,
            gone=self.gone,
            violations=len(self.issues),
        )
        return "\n".join([head, *(f"- {issue.text(language)}" for issue in self.issues)])


def read_plan_workbook(file: Path | str, plan: P) -> EditedPlan[P]:
    """
    Return the plan as the sheet ``Rencana`` (or ``Plan``) of a workbook now says it.

    The sheet is found by its headers, so it may have been renamed, moved, sorted or saved as CSV.

    Args:
        file: A workbook written by `Plan.to_excel`, edited.
        plan: The plan it was written from; edits are compared with it.

    Raises:
        ReadError: The file cannot be read, or holds no such sheet.
        MissingExtraError: The extra ``excel`` is not installed.
    """
    path = as_path(file)
    sheets = grids(content_of(path, path.name, DEFAULT_LIMITS), path.name, DEFAULT_LIMITS)
    table = table_in(sheets, path.name, _PLAN_NEEDS, ("site_name", "start"))
    reader = _PlanRows(plan, table)
    wishes = [wish for row in table.rows if (wish := reader.wish(row)) is not None]
    made = _made(plan, wishes)
    edited = attrs.evolve(plan, solution=Solution(tuple(made.visits)))
    issues = [*reader.issues, *_violations(edited, wishes, made, table)]
    return EditedPlan(
        plan=edited,
        issues=tuple(sorted(issues, key=lambda one: cell_order(one.cell))),
        kept=len(made.kept),
        new=len(wishes) - len(made.kept),
        gone=len(plan.solution.visits) - len(made.kept),
    )


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

    def __init__(self, plan: PlanData, table: Table) -> None:
        self._plan = plan
        self._table = table
        self._teams = {_name_key(name): team for team, name in enumerate(plan.names.teams)}
        self._sites = {site: number for number, site in enumerate(plan.names.sites)}
        self.issues: list[CellIssue] = []

    def wish(self, row: Row) -> _Wish | None:
        """Return the visit a row asks for; None for a cancelled one and one with faults."""
        if not any(row.text(name) for name in _PLAN_NEEDS):
            return None
        day, team = self._day(row), self._team(row)
        site, room = self._site(row), self._room(row)
        if day is None or team is None or site is None or room is None:
            return None
        return _Wish(row.number, team, day, site, room, _start(row))

    def _fault(self, row: Row, column: str, cause: str, amount: int | None = None) -> None:
        self.issues.append(self._table.issue(row.number, column, cause, amount=amount))

    def _day(self, row: Row) -> int | None:
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

    def _team(self, row: Row) -> int | None:
        text = row.text("team")
        team = self._teams.get(_name_key(text))
        if team is None:
            self._fault(row, "team", "team_unknown" if text else "team_missing")
        return team

    def _site(self, row: Row) -> int | None:
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

    def _room(self, row: Row) -> int | None:
        text = row.text("room")
        room = read_count(text)
        if not room:
            self._fault(row, "room", "room_unreadable" if text else "room_missing")
            return None
        return room


def _name_key(name: str) -> str:
    return clean(name).casefold()


def _start(row: Row) -> int:
    """Return the minute a row shows; the last one of the day when it shows none."""
    minute = read_minute(row.text("start"))
    return DAY_MINUTES if minute is None else minute


# From wishes to visits ----------------------------------------------------------------------


class _Made(NamedTuple):
    """What the rows become."""

    visits: list[SiteVisit]
    kept: dict[int, SiteVisit]  # row to the visit it had before


def _made(plan: PlanData, wishes: Sequence[_Wish]) -> _Made:
    kept = _kept(plan, wishes)
    days = grouped(wishes, lambda wish: (wish.team, wish.day))
    before = grouped(plan.solution.visits, lambda visit: (visit.team, visit.day))
    visits: list[SiteVisit] = []
    for (team, day), wishes_of_day in sorted(days.items()):
        old = before[team, day]
        untouched = len(old) == len(wishes_of_day) and all(
            wish.row in kept for wish in wishes_of_day
        )
        order = sorted(wishes_of_day, key=lambda wish: (wish.start, wish.row))
        stays = [(wish.site, wish.room) for wish in order]
        visits += old if untouched else forced_day(plan.problem, team, day, stays)
    return _Made(visits, kept)


def _kept(plan: PlanData, wishes: Iterable[_Wish]) -> dict[int, SiteVisit]:
    """Return by row the visits that a row repeats: same team, day, school and room."""
    before = grouped(plan.solution.visits, lambda one: (one.team, one.day, one.site, one.room))
    found = {}
    for wish in sorted(wishes, key=lambda wish: (wish.start, wish.row)):
        same = before[wish.team, wish.day, wish.site, wish.room]
        if same:
            found[wish.row] = same.pop(0)
    return found


# From the checker to cells ------------------------------------------------------------------


def _violations(
    plan: PlanData, wishes: Sequence[_Wish], made: _Made, table: Table
) -> Iterator[CellIssue]:
    for fault in plan.violations:
        row = _row_of(fault, wishes, made, table)
        cause, amount, limit = _cause(plan, fault)
        column = _COLUMN_OF.get(cause, "room")
        texts = {lang: _cause_text(plan, fault, cause, amount, lang) for lang in LANGS}
        yield table.issue(row, column, cause, amount=amount, limit=limit, texts=texts)


def _row_of(fault: Violation, wishes: Sequence[_Wish], made: _Made, table: Table) -> int:
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
    """Return cause, amount and limit; a stay outside its session is reported in minutes."""
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
    where, reason = where_text(plan, fault, lang), day_text(why, lang) or "–"
    return say(VIOLATIONS[cause], lang, where=where, amount=amount or 0, why=reason)
