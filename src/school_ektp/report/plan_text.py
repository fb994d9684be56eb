"""
What a plan says of itself: classes, what it breaks or could not keep, and what it is worth.

Every number of its worth stands in a sentence, and its value is the sum of its parts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from school_ektp.model.apportion import rounded
from school_ektp.model.language import Lang, date_text, number
from school_ektp.model.messages import PIN_CAUSES, PRIORITIES, TEXTS, VIOLATIONS, say
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import WEEK
from school_ektp.plan.unkept import pin_cause
from school_ektp.planning.checker import Violation
from school_ektp.planning.problem import ALL, EXPECTED, PUPIL

OF_A_KECAMATAN = frozenset({"floor", "reached_by"})
HOUR = 60
PLAIN = 10  # tenths that a pupil counts when no weight is given
_TURNS_BY = re.compile(r"(?P<years>\d+) by (?P<day>\d{4}-\d{2}-\d{2})")  # as model.priorities says


def priority_text(label: str, lang: Lang) -> str:
    """Return the name of a priority class; one the library did not give is said as it is."""
    if label in PRIORITIES:
        return PRIORITIES[label][lang]
    if found := _TURNS_BY.fullmatch(label):
        day = dt.date.fromisoformat(found["day"])
        return say(TEXTS["turns_by"], lang, years=found["years"], day=day)
    return label


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


def worth_lines(plan: PlanData, lang: Lang) -> list[str]:
    """Return what visits, team-days, driving, waiting and classes count, as the plan counts it."""
    price = plan.problem.price
    costs = {
        "visit": price.visit,
        "team_day": price.team_day,
        "driving": HOUR * price.driving_minute,
    }
    lines = [
        say(
            TEXTS[f"worth_{what}" if cost else f"worth_{what}_free"],
            lang,
            pupils=_plain(cost, PUPIL),
        )
        for what, cost in costs.items()
    ]
    waiting = "worth_waiting" if price.waiting else "worth_waiting_free"
    lines.append(say(TEXTS[waiting], lang, share=_share(WEEK * price.waiting, lang)))
    return [*lines, *_weights(plan, lang)]


def _weights(plan: PlanData, lang: Lang) -> Iterator[str]:
    labels = plan.names.priorities
    weights = [plan.problem.price.weight(rank) for rank in range(len(labels))]
    if set(weights) <= {PLAIN}:
        if len(labels) > 1:
            yield TEXTS["worth_alike"][lang]
        return
    for label, weight in zip(labels, weights, strict=True):
        if label:  # else nobody is of this class
            yield say(
                TEXTS["worth_weight"],
                lang,
                label=priority_text(label, lang),
                weight=_plain(weight, PLAIN),
            )


def value_parts(plan: PlanData) -> dict[str, int]:
    """
    Return the parts of a plan's value in tenths of a pupil; they sum to it.

    ``recorded``: those expected, by weight; ``waiting``: what waiting takes off; ``visits``,
    ``team_days``, ``driving``: what they cost, below 0.
    """
    value, price = plan.value, plan.problem.price
    recorded = sum(
        price.weight(rank) * pupils * (PUPIL // (PLAIN * EXPECTED))
        for rank, pupils in enumerate(value.recorded)
    )
    parts = {
        "recorded": recorded,
        "waiting": value.worth - recorded,
        "visits": -price.visit * value.visits,
        "team_days": -price.team_day * value.team_days,
        "driving": -price.driving_minute * value.driving,
    }
    return dict(zip(parts, rounded([*parts.values()], PUPIL // 10), strict=True))


def value_line(plan: PlanData, lang: Lang) -> str:
    """Return what the plan is worth, part by part."""
    parts = value_parts(plan)
    amounts = {**parts, "total": sum(parts.values())}
    return say(
        TEXTS["value"], lang, **{name: _plain(tenths, 10) for name, tenths in amounts.items()}
    )


def gap_line(plan: PlanData, lang: Lang) -> str:
    """Return how much more another plan can be worth, rounded up so that it holds."""
    more, worth = plan.bound - plan.value.total, plan.value.total
    if more <= 0:
        return TEXTS["proved"][lang]
    if worth <= 0:
        bound = -(-plan.bound * 10 // PUPIL)
        return say(TEXTS["gap_pupils"], lang, bound=_plain(bound, 10))
    return say(TEXTS["gap"], lang, gap=_share(-(-more * ALL // worth), lang))


def _plain(value: int, unit: int) -> Decimal:
    """Return *value* in units with at most three decimals, and none that says nothing."""
    thousandths = (2 * ALL * value + unit) // (2 * unit)
    whole, rest = divmod(thousandths, ALL)
    return Decimal(whole) if not rest else (Decimal(thousandths) / ALL).normalize()


def _share(thousandths: int, lang: Lang) -> str:
    """Return thousandths as a percentage: ``1,4 %`` or ``1.4%``."""
    text = number(_plain(thousandths, 10), lang)
    return f"{text} %" if lang == "id" else f"{text}%"
