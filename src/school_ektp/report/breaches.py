"""What a plan edited by hand breaks, in words: names, dates and the amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_ektp.model.language import Lang, date_text, number
from school_ektp.model.messages import BREACHES
from school_ektp.planning.checker import Violation

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan


def breach_text(plan: Plan, fault: Violation, lang: Lang) -> str:
    """Return a breach found by the judge as a sentence."""
    limit = fault.limit if fault.limit is not None else 0
    return BREACHES[fault.rule][lang].format(
        where=where_text(plan, fault, lang),
        amount=number(fault.amount, lang),
        limit=number(limit, lang),
        over=number(abs(fault.amount - limit), lang),
    )


def where_text(plan: Plan, fault: Violation, lang: Lang) -> str:
    """Return the team, day and school a breach is about, as far as it is about them."""
    names = plan.names
    parts = []
    if fault.crew is not None:
        parts.append(names.teams[fault.crew])
    if fault.day is not None:
        parts.append(date_text(names.date(fault.day), lang))
    if fault.site is not None:
        parts.append(plan.school_by_npsn[names.sites[fault.site]].name)
    return ", ".join(parts)
