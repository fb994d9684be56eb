"""Outcomes that teams filled in on a workbook, brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from school_ektp.errors import InvalidFieldError
from school_ektp.model.npsn import npsn_text
from school_ektp.model.outcome import Outcome
from school_ektp.report.excel.sheet import (
    CellIssue,
    Row,
    Table,
    headings_of,
    read_count,
    read_minute,
    table_in,
)
from school_ektp.roster.read.cells import read_npsn
from school_ektp.roster.read.grid import Grid

_COUNTS = (
    *("recorded", "failed", "absent", "under_age"),
    *("already_recorded", "elsewhere", "walk_ins"),
)
_OUTCOME_NEEDS = ("date", "team", "site", "recorded")
_MORE = ("class_name", *_COUNTS, "cancelled", "start", "end")
#: Headings that many lists have and that say nothing about an outcome.
_BESIDE = headings_of(
    ("number", "site_name", "level", "kecamatan", "arrive", "room", "called", "planned", "remarks")
) | {"no", "nomor", "nama sekolah", "hari", "keterangan", "petugas", "paraf", "tanda tangan"}


class OutcomeSheet(NamedTuple):
    """Outcomes of the rows that are filled in, what could not be taken, and rows not filled in."""

    outcomes: list[Outcome]
    issues: list[CellIssue]
    empty: int


def outcomes_of(grids: Iterable[Grid], name: str) -> OutcomeSheet:
    """
    Return the outcomes of the first sheet that has their columns.

    Raises:
        ReadError: No sheet has them.
    """
    table = table_in(grids, name, _OUTCOME_NEEDS, _MORE)
    found: list[Outcome] = []
    issues = [*table.unread(_BESIDE)]
    empty = 0
    for row in table.rows:
        if not any(row.text(name) for name in (*_COUNTS, "cancelled")):
            empty += bool(row.text("date"))
            continue
        outcome, faults = _outcome(row, table)
        issues += faults
        found += [outcome] if outcome else []
    return OutcomeSheet(found, issues, empty)


def _outcome(row: Row, table: Table) -> tuple[Outcome | None, list[CellIssue]]:
    counts, faults = _counts(row, table)
    (start, end), late = _times(row, table)
    day, site, nowhere = _place(row, table)
    faults += late + nowhere
    cancelled = row.text("cancelled")
    if cancelled and any(counts.values()):
        faults.append(table.issue(row.number, "cancelled", "cancelled_with_counts"))
    if faults or day is None or site is None:
        return None, faults
    outcome = Outcome(
        day=day,
        site=site,
        team=row.text("team"),
        class_name=row.text("class_name"),
        recorded=counts["recorded"],
        failed=counts["failed"],
        absent=counts["absent"] if row.text("absent") and not cancelled else None,
        under_age=counts["under_age"],
        already_recorded=counts["already_recorded"],
        elsewhere=counts["elsewhere"],
        walk_ins=counts["walk_ins"],
        cancelled=cancelled,
        start=start,
        end=end,
    )
    return outcome, []


def _counts(row: Row, table: Table) -> tuple[dict[str, int], list[CellIssue]]:
    faults, counts = [], {}
    for name in _COUNTS:
        text = row.text(name)
        value = read_count(text) if text else 0
        if value is None:
            faults.append(table.issue(row.number, name, "pupils_unreadable"))
        counts[name] = value or 0
    if counts["walk_ins"] > counts["recorded"]:
        amount, limit = counts["walk_ins"], counts["recorded"]
        over = "walk_ins_over_recorded"
        faults.append(table.issue(row.number, "walk_ins", over, amount=amount, limit=limit))
    return counts, faults


def _times(row: Row, table: Table) -> tuple[tuple[int | None, int | None], list[CellIssue]]:
    start, end = read_minute(row.text("start")), read_minute(row.text("end"))
    late = start is not None and end is not None and end < start
    faults = [
        table.issue(row.number, name, "time_unreadable")
        for name, bad in (("start", start is None), ("end", end is None or late))
        if bad and row.text(name)
    ]
    return (start, end), faults


def _place(row: Row, table: Table) -> tuple[dt.date | None, str | None, list[CellIssue]]:
    faults = []
    day, site = table.date(row), _npsn(row.text("site"))
    if day is None:
        cause = "date_unreadable" if row.text("date") else "date_missing"
        faults.append(table.issue(row.number, "date", cause))
    if not row.text("team"):
        faults.append(table.issue(row.number, "team", "team_missing"))
    if site is None:
        cause = "npsn_form" if row.text("site") else "school_missing"
        faults.append(table.issue(row.number, "site", cause))
    return day, site, faults


def _npsn(text: str) -> str | None:
    try:
        return npsn_text(read_npsn(text).value or "")
    except InvalidFieldError:
        return None
