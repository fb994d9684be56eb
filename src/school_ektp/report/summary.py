"""The plan in one sentence, who is left out by reason, and how good the plan is."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from school_ektp.model.language import Lang, check_lang, counted, date_text, number, percent
from school_ektp.model.messages import NOUNS, PRIORITIES, TEXTS
from school_ektp.report.left import LeftOut, reason_text

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan

_TURNS_BY = re.compile(r"(?P<years>\d+) by (?P<day>\d{4}-\d{2}-\d{2})")  # as model.priorities says


def summary_text(plan: Plan, lang: str) -> str:
    """Return the sentence, the leftovers by reason and the bound, one per line."""
    said = check_lang(lang)
    lines = [_sentence(plan, said)]
    if plan.waiting:
        lines += [*_priority(plan, said), *_turnout(plan, said)]
        lines += [*_left_lines(plan, said), _bound_line(plan, said)]
    return "\n".join(lines)


def _sentence(plan: Plan, lang: Lang) -> str:
    first, last = plan.calendar.first_day, plan.calendar.last_day
    span = {"first": date_text(first, lang), "last": date_text(last, lang)}
    if not plan.waiting:
        return TEXTS["nobody_waits"][lang].format(**span)
    before = plan.recorded_before
    at_first = before + sum(demand.on(first) for demand in plan.demand)
    return TEXTS["sentence"][lang].format(
        **span,
        recorded=number(plan.recorded, lang),
        waiting=counted(plan.waiting, NOUNS["pupil"], lang),
        team_days=counted(plan.team_days, NOUNS["team_day"], lang),
        teams=counted(len(plan.teams), NOUNS["team"], lang),
        before=percent(before, at_first, lang),
        after=percent(before + plan.recorded, before + plan.waiting, lang),
    )


def _priority(plan: Plan, lang: Lang) -> list[str]:
    last = plan.calendar.last_day
    if len(plan.names.priorities) < 2:  # noqa: PLR2004 - one class needs no line of its own
        return []
    waiting = sum(demand.on(last, priority=0) for demand in plan.demand)
    return [
        TEXTS["priority"][lang].format(
            label=priority_text(plan.names.priorities[0], lang),
            recorded=number(plan.score.recorded[0], lang),
            waiting=counted(waiting, NOUNS["pupil"], lang),
        )
    ]


def priority_text(label: str, lang: Lang) -> str:
    """Return the name of a priority class; one the library did not give is said as it is."""
    if label in PRIORITIES:
        return PRIORITIES[label][lang]
    if found := _TURNS_BY.fullmatch(label):
        day = date_text(dt.date.fromisoformat(found["day"]), lang)
        return TEXTS["turns_by"][lang].format(years=found["years"], day=day)
    return label


def _turnout(plan: Plan, lang: Lang) -> list[str]:
    shares = {site.turnout for site in plan.problem.sites}
    if shares <= {100}:
        return []
    least, most = (percent(share, 100, lang) for share in (min(shares), max(shares)))
    share = least if least == most else f"{least} – {most}"
    return [TEXTS["turnout"][lang].format(share=share)]


def _left_lines(plan: Plan, lang: Lang) -> list[str]:
    if not plan.left:
        return [TEXTS["nobody_left"][lang]]
    by_reason: defaultdict[str, list[LeftOut]] = defaultdict(list)
    for left in plan.left:
        by_reason[left.codes].append(left)
    classes = sorted(by_reason.values(), key=lambda lefts: (-_pupils(lefts), lefts[0].reason))
    head = TEXTS["left"][lang].format(**_counts(list(plan.left), lang))
    return [head, *(_left_line(lefts, lang) for lefts in classes)]


def _left_line(lefts: list[LeftOut], lang: Lang) -> str:
    reason = reason_text(lefts, lang)
    return TEXTS["left_line"][lang].format(**_counts(lefts, lang), reason=reason)


def _counts(lefts: list[LeftOut], lang: Lang) -> dict[str, str]:
    return {
        "pupils": counted(_pupils(lefts), NOUNS["pupil"], lang),
        "schools": counted(len({left.npsn for left in lefts}), NOUNS["school"], lang),
    }


def _pupils(lefts: list[LeftOut]) -> int:
    return sum(left.pupils for left in lefts)


def _bound_line(plan: Plan, lang: Lang) -> str:
    said = {
        "bound": counted(plan.bound, NOUNS["pupil"], lang),
        "gap": counted(plan.gap, NOUNS["pupil"], lang),
    }
    return TEXTS["gap" if plan.gap else "proved"][lang].format(**said)
