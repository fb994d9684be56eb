"""What was asked of a plan and is not in it: pins that found no place, floors and dates missed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from school_ektp.plan.planned import Planned
from school_ektp.planning.checker import Violation, evaluate
from school_ektp.planning.constraints import Floor, ReachedBy
from school_ektp.planning.problem import EXPECTED


def unkept(plan: Planned) -> Iterator[Violation]:
    """
    Yield what the checker does not call a violation: the plan comes as near to it as it can.

    A pin of a day outside the season, or of a school that is not planned, is a ``pinned`` without
    day or site. Pupils missing to a floor or not called by a date are a ``floor`` or
    ``reached_by``, at the first school of the kecamatan.
    """
    for pin in plan.rules.pinned:
        known = pin.site in plan.names.sites
        inside = pin.day in plan.calendar.span
        if not (known and inside):
            yield Violation(
                rule="pinned",
                team=plan.names.teams.index(pin.team),
                day=plan.calendar.day_number(pin.day) if inside else None,
                site=plan.names.sites.index(pin.site) if known else None,
                amount=0,
                limit=pin.pupils,
            )
    asks: list[Floor | ReachedBy] = [*plan.problem.all_of(Floor)]
    asks += plan.problem.all_of(ReachedBy)
    for asked in asks:
        alone = attrs.evolve(plan.problem, constraints=(asked,))
        missing = evaluate(alone, plan.solution).shortfall
        if missing:
            sites = enumerate(plan.problem.sites)
            yield Violation(
                rule="floor" if isinstance(asked, Floor) else "reached_by",
                day=asked.day if isinstance(asked, ReachedBy) else None,
                site=next((n for n, site in sites if site.district == asked.district), None),
                amount=-(-missing // EXPECTED),
                limit=asked.pupils if isinstance(asked, Floor) else None,
            )
