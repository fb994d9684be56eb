"""A plan from a day on, after what happened, or after what was expected to happen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from school_ektp.model.rules import VisitRules
from school_ektp.plan.data import P
from school_ektp.season.ledger import Ledger
from school_ektp.season.past import Past, by_days_away
from school_ektp.season.rebuild import rebuilt
from school_ektp.season.rosters import CountedRoster
from school_ektp.season.standing import Standing, standing


def from_day(plan: P, on: dt.date) -> P:
    """
    Return the plan as it stands on the morning of a day, with its visits from then on.

    Of those whom earlier visits called, as many as were expected count as recorded, the longest
    waiting first; the others stayed away, or are still to be called for the first time.

    Args:
        plan: The plan.
        on: The first day that can still be planned.
    """
    if (on - plan.names.first_day).days <= plan.problem.today:
        return plan
    first = CountedRoster(on=plan.names.date(plan.problem.today), demand=plan.demand)
    known = Past.of(plan.problem, plan.names)
    return resumed(plan, standing(plan, [first], Ledger(), plan.visit_list, on=on, past=known))


def resumed(plan: P, where: Standing, **changes: object) -> P:
    """
    Return the plan for the season as it stands, with its visits from that day on.

    Pins of past days are gone, unless there are new rules.

    Args:
        plan: The plan.
        where: Where the season stands.
        **changes: What is different now, as for `rebuilt`.
    """
    parts: dict[str, Any] = {
        "schools": plan.schools,
        "calendar": plan.calendar,
        "rules": _without_past_pins(plan.rules, where.on),
        "demand": where.demand,
    } | changes
    past = Past(
        today=where.on,
        stayed_away=by_days_away(where.stayed_away, parts["schools"], parts["calendar"]),
        held=where.held,
        out=where.out,
    )
    return rebuilt(plan, past, **parts)


def _without_past_pins(rules: VisitRules, on: dt.date) -> VisitRules:
    return attrs.evolve(rules, pinned=tuple(pin for pin in rules.pinned if pin.day >= on))
