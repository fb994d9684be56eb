"""Outcomes that teams filled in on a workbook, brought back."""

from __future__ import annotations

from pathlib import Path

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model.npsn import npsn_text
from school_ektp.model.outcome import Outcome
from school_ektp.report.excel.sheet import CellIssue, Row, Table, read_count, table_of
from school_ektp.roster.read.cells import read_npsn

_COUNTS = (
    *("recorded", "failed", "absent", "under_age"),
    *("already_recorded", "elsewhere", "walk_ins"),
)
_OUTCOME_NEEDS = ("date", "team", "site", "recorded")


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
    table = table_of(Path(file), _OUTCOME_NEEDS, ("class_name", *_COUNTS))
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


def _outcome(row: Row, table: Table) -> tuple[Outcome | None, list[CellIssue]]:
    faults: list[CellIssue] = []
    counts: dict[str, int] = {}
    for name in _COUNTS:
        text = row.text(name)
        value = read_count(text) if text else 0
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
