"""What a plan breaks or could not keep, in words: names, dates and the amount."""

from __future__ import annotations

from school_ektp.model.language import Lang, date_text
from school_ektp.model.messages import PIN_CAUSES, VIOLATIONS, say
from school_ektp.plan.data import PlanData
from school_ektp.plan.unkept import pin_cause
from school_ektp.planning.checker import Violation

OF_A_KECAMATAN = frozenset({"floor", "reached_by"})


def violation_text(plan: PlanData, fault: Violation, lang: Lang) -> str:
    """Return a violation as a sentence."""
    limit = fault.limit if fault.limit is not None else 0
    missing = fault.rule == "pinned" and not limit
    text = say(
        VIOLATIONS["pinned_missing" if missing else fault.rule],
        lang,
        where=where_text(plan, fault, lang),
        amount=fault.amount,
        limit=limit,
        over=abs(fault.amount - limit),
    )
    if fault.rule == "pinned" and not fault.amount:
        cause = PIN_CAUSES[pin_cause(plan, fault.team, fault.day, fault.site)][lang]
        text = f"{text} ({cause})"
    return text.removeprefix(": ")


def where_text(plan: PlanData, fault: Violation, lang: Lang) -> str:
    """Return the team, day and school a violation is about, as far as it is about them."""
    names = plan.names
    parts = []
    if fault.team is not None:
        parts.append(names.teams[fault.team])
    if fault.day is not None:
        parts.append(date_text(names.date(fault.day), lang))
    if fault.site is not None:
        school = plan.school_by_npsn[names.sites[fault.site]]
        parts.append(school.kecamatan if fault.rule in OF_A_KECAMATAN else school.name)
    return ", ".join(parts)
