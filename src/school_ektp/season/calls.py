"""The calls of a season: who was called to a visit, who came, and how long it took."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.model.school import SchoolLevel


@attrs.frozen(kw_only=True)
class Call:
    """
    One visit of which the outcome is known, as the evidence from which rates are learnt.

    Classes of one visit are added up. Who was called follows from who waited on that day at the
    school, which the season works out from its demand and all earlier outcomes.

    Attributes:
        day: The date.
        team: Name of the team.
        site: NPSN of the school.
        level: Its level.
        planned: Whether the visit stood in the plan when its day came.
        held: Whether it took place; the counts of one that did not are all 0.
        reason: Why it did not take place; empty when it did.
        first: Pupils called for the first time.
        again: Pupils called who stayed away before.
        came: Of both, those who stood before the team, recorded or not; walk-ins are none.
        first_came: Of `first`, those who came; None unless all are known by key.
        again_came: Of `again`, those who came; None unless all are known by key.
        recorded: Pupils recorded, walk-ins among them.
        failed: Captures that failed.
        walk_ins: Recorded without having been called.
        full: Whether the room of the visit may have ended it, so that `came` says little of who
            would have come: nobody counted the absent, and as many were seen as had been planned.
        expected: Pupils the plan expected to be recorded; None for a visit it did not hold.
        minutes: From the beginning of set-up to the end of pack-down, pauses of the team left
            out; None when the office did not note both.
        kits: Kits of the team that worked on that day.
        pupil_minutes: Minutes that one kit needs per pupil, as planned.
    """

    day: dt.date
    team: str
    site: str
    level: SchoolLevel
    planned: bool
    held: bool
    reason: str = ""
    first: int = 0
    again: int = 0
    came: int = 0
    first_came: int | None = None
    again_came: int | None = None
    recorded: int = 0
    failed: int = 0
    walk_ins: int = 0
    full: bool = False
    expected: int | None = None
    minutes: int | None = None
    kits: int = 1
    pupil_minutes: int = 5
