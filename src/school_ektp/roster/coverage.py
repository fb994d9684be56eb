"""Coverage by school, sex, kecamatan or anything else, with both denominators side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from school_ektp.model.coverage import Coverage, Denominator
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.roster.eligibility import is_known, is_obliged, is_open, is_recorded
from school_ektp.roster.frames import AnyTable, ArrowTable, Frame, lazy, same_kind, takes_frames
from school_ektp.roster.schema import ROSTER


@takes_frames(roster=ROSTER)
def coverage_counts(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    on: dt.date,
    by: str | Sequence[str] = (),
) -> Frame:
    """
    Count those who may be recorded and those who must hold a card, and the recorded of each.

    Rows without a possible birth date are in neither.

    Args:
        roster: Complete roster rows.
        policy: The default policy when None.
        on: The day.
        by: Columns to count by; all rows together when empty.

    Returns:
        The columns *by*, ``recordable``, ``recordable_recorded``, ``obliged`` and
        ``obliged_recorded`` (UInt32), sorted by *by*.
    """
    policy = policy or EligibilityPolicy()
    known, recorded = is_known(on=on), is_recorded(on=on)
    groups = {
        "recordable": known & is_open(policy, on=on),
        "obliged": known & is_obliged(policy, on=on),
    }
    counts = []
    for name, within in groups.items():
        counts += [within.sum().alias(name), (within & recorded).sum().alias(f"{name}_recorded")]
    rows = lazy(roster)
    counted = rows.group_by(by).agg(counts).sort(by) if by else rows.select(counts)
    return same_kind(counted, roster)


@takes_frames(roster=ROSTER)
def coverage_of(
    roster: AnyTable,
    policy: EligibilityPolicy | None = None,
    *,
    on: dt.date,
    denominator: Denominator | str,
) -> Coverage:
    """
    Return the coverage of a whole roster.

    Args:
        roster: Complete roster rows.
        policy: The default policy when None.
        on: The day.
        denominator: Whom to count; there is no default, because the two differ.
    """
    whom = Denominator(denominator)
    counts = coverage_counts(lazy(roster), policy, on=on).collect().row(0, named=True)
    name = whom.value.lower()
    return Coverage(recorded=counts[f"{name}_recorded"], people=counts[name], denominator=whom)
