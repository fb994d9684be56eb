"""The plan in words: who waits, what is expected, who is left, how good it is, what counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

import attrs

from school_ektp.model.language import Figure, Lang, check_lang, counted, date_text, number, percent
from school_ektp.model.messages import NOUNS, TEXTS
from school_ektp.model.small_cells import MARK
from school_ektp.plan.coverage import coverage_in_all
from school_ektp.plan.data import PlanData
from school_ektp.plan.left_out import LeftOut, reason_text
from school_ektp.planning.problem import ALL
from school_ektp.report.priority_text import priority_text
from school_ektp.report.violation_text import violation_text
from school_ektp.report.worth_text import gap_line, value_line, worth_lines


@attrs.frozen(kw_only=True)
class Summary:
    """
    The lines of a summary, by what they speak of.

    Attributes:
        waiting: Who waits.
        promise: What is expected, by when, with what effort, and who is left for the office.
        unkept: What was asked and is not kept.
        left: Who is left out, a line for each reason after a first line.
        worth: How far from the best, and what counts how much.
    """

    waiting: str
    promise: tuple[str, ...] = ()
    unkept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    worth: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines in their order."""
        return (self.waiting, *self.promise, *self.unkept, *self.left, *self.worth)


def summary_text(plan: PlanData, lang: str) -> str:
    """Return the summary, one sentence or two per line."""
    return "\n".join(summary_of(plan, check_lang(lang)).lines)


def summary_of(
    plan: PlanData, lang: Lang, *, hidden: Collection[str] = (), fewest: int = 1
) -> Summary:
    """
    Return the lines of the summary.

    Args:
        plan: The plan.
        lang: Language.
        hidden: Codes of reasons whose number of pupils is hidden.
        fewest: Priority classes are listed only if each has none or at least so many.
    """
    faults = tuple(
        TEXTS["unkept"][lang].format(fault=violation_text(plan, fault, lang))
        for fault in plan.violations
    )
    if not plan.waiting:
        first, last = plan.today, plan.calendar.last_day
        span = {"first": date_text(first, lang), "last": date_text(last, lang)}
        return Summary(waiting=TEXTS["nobody_waits"][lang].format(**span), unkept=faults)
    return Summary(
        waiting=_waiting(plan, lang),
        promise=tuple(_promise(plan, lang, fewest)),
        unkept=faults,
        left=tuple(_left_lines(plan, lang, hidden)),
        worth=(gap_line(plan, lang), value_line(plan, lang), *worth_lines(plan, lang)),
    )


def _waiting(plan: PlanData, lang: Lang) -> str:
    day = as_of(plan)
    waiting, recorded = sum(demand.on(day) for demand in plan.demand), plan.recorded_before
    return TEXTS["who_waits"][lang].format(
        all=Figure(waiting + recorded, lang),
        day=date_text(day, lang),
        recorded=Figure(recorded, lang),
        waiting=Figure(waiting, lang),
        more=Figure(plan.waiting - waiting, lang),
        last=date_text(plan.calendar.last_day, lang),
    )


def as_of(plan: PlanData) -> dt.date:
    """
    Return the day of the first sentence.

    It is the day the roster is of if all demand says the same, else the first day. Once days of the
    season are past, it is not before the first that is still planned: counts are of that day.
    """
    days = {demand.as_of for demand in plan.demand}
    [day] = days if len(days) == 1 else [None]
    if day is None or day > plan.calendar.last_day:
        return plan.today
    return max(day, plan.today) if plan.problem.today else day


def _promise(plan: PlanData, lang: Lang, fewest: int) -> list[str]:
    first, last = plan.today, plan.calendar.last_day
    days = {"first": date_text(first, lang), "last": date_text(last, lang)}
    share, left = coverage_in_all(plan), plan.waiting - plan.recorded
    lines = [
        TEXTS["expected"][lang].format(
            **days,
            recorded=number(plan.recorded, lang),
            waiting=counted(plan.waiting, NOUNS["pupil"], lang),
            p10=number(plan.outlook.p10, lang),
        ),
        TEXTS["coverage"][lang].format(
            **days,
            before=percent(share.before, share.at_first, lang),
            after=percent(share.before + share.recorded, share.people, lang),
        ),
        _effort(plan, lang),
    ]
    office = "office" if left else "nobody_for_office"
    lines.append(TEXTS[office][lang].format(pupils=counted(left, NOUNS["pupil"], lang)))
    return [*lines, *_priorities(plan, lang, fewest), _luck(plan, lang)]


def _effort(plan: PlanData, lang: Lang) -> str:
    visits = plan.visit_list
    if not visits:
        return TEXTS["no_visit"][lang]
    counts = {
        "visits": ("visit", len(visits)),
        "schools": ("school", len({visit.site for visit in visits})),
        "team_days": ("team_day", plan.team_days),
        "teams": ("team", len({visit.team for visit in visits})),
    }
    figures = {name: counted(value, NOUNS[noun], lang) for name, (noun, value) in counts.items()}
    return TEXTS["effort"][lang].format(**figures, day=date_text(visits[-1].day, lang))


def _priorities(plan: PlanData, lang: Lang, fewest: int) -> list[str]:
    """Return a line with every class in which pupils wait, if there are several."""
    last = plan.calendar.last_day
    labels = {rank: label for rank, label in enumerate(plan.names.priorities) if label}
    if len(labels) < 2:  # noqa: PLR2004 - one class needs no line of its own
        return []
    counts = {
        rank: (
            plan.recorded_by_class[rank],
            sum(one.on(last, priority=rank) for one in plan.demand),
        )
        for rank in labels
    }
    pupils_named = (
        n for recorded, waiting in counts.values() for n in (recorded, waiting - recorded)
    )
    if any(0 < pupils < fewest for pupils in pupils_named):
        return []
    parts = [
        TEXTS["priority_part"][lang].format(
            label=priority_text(label, lang),
            recorded=number(counts[rank][0], lang),
            waiting=number(counts[rank][1], lang),
        )
        for rank, label in labels.items()
        if counts[rank][1]
    ]
    return [TEXTS["priority"][lang].format(classes="; ".join(parts))]


def _luck(plan: PlanData, lang: Lang) -> str:
    sites, luck, risks = plan.problem.sites, plan.problem.luck, plan.risks
    held = [plan.problem.held[visit.site][visit.team] for visit in plan.solution.visits]
    first = [site.turnout for site in sites] or [round(ALL * risks.turnout)]
    again = [site.turnout_again for site in sites] or [round(ALL * risks.turnout_again)]
    return TEXTS["luck"][lang].format(
        first=_span(first, lang),
        again=_span(again, lang),
        never=_span([luck.never], lang),
        held=_span(held or [luck.held], lang),
    )


def _span(thousandths: Sequence[int], lang: Lang) -> str:
    """Return one share, or the least and the most of several."""
    ends = sorted({min(thousandths), max(thousandths)})
    return " – ".join(percent(share, ALL, lang) for share in ends)


def _left_lines(plan: PlanData, lang: Lang, hidden: Collection[str]) -> list[str]:
    if not plan.left_out_list:
        return [TEXTS["nobody_left"][lang]]
    by_reason: defaultdict[str, list[LeftOut]] = defaultdict(list)
    for left in plan.left_out_list:
        by_reason[left.codes].append(left)
    classes = sorted(by_reason.values(), key=lambda lefts: (-_pupils(lefts), lefts[0].reason))
    head = TEXTS["left"][lang].format(**_counts(list(plan.left_out_list), lang))
    return [head, *(_left_line(lefts, lang, lefts[0].codes in hidden) for lefts in classes)]


def _left_line(lefts: list[LeftOut], lang: Lang, hidden: bool) -> str:  # noqa: FBT001
    counts = _counts(lefts, lang)
    if hidden:
        counts["pupils"] = f"{MARK} {NOUNS['pupil'][lang][-1]}"
    return TEXTS["left_line"][lang].format(**counts, reason=reason_text(lefts, lang))


def _counts(lefts: list[LeftOut], lang: Lang) -> dict[str, str]:
    return {
        "pupils": counted(_pupils(lefts), NOUNS["pupil"], lang),
        "schools": counted(len({left.site for left in lefts}), NOUNS["school"], lang),
    }


def _pupils(lefts: list[LeftOut]) -> int:
    return sum(left.pupils for left in lefts)
