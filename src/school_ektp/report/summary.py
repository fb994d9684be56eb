"""The plan in words: who waits, what is expected, who is left, how good it is, what counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import attrs

from school_ektp.model.groups import grouped
from school_ektp.model.language import Lang, check_lang, percent
from school_ektp.model.messages import TEXTS, say
from school_ektp.plan.coverage import coverage_in_all
from school_ektp.plan.data import PlanData
from school_ektp.plan.left_out import LeftOut, reason_text
from school_ektp.planning.problem import ALL
from school_ektp.report.plan_text import (
    gap_line,
    priority_text,
    value_line,
    violation_text,
    worth_lines,
)


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

    *hidden* are codes of reasons whose number of pupils is hidden. Priority classes are listed only
    if each has none or at least *fewest* pupils.
    """
    faults = tuple(
        say(TEXTS["unkept"], lang, fault=violation_text(plan, fault, lang))
        for fault in plan.violations
    )
    if not plan.waiting:
        nobody = say(TEXTS["nobody_waits"], lang, first=plan.today, last=plan.calendar.last_day)
        return Summary(waiting=nobody, unkept=faults)
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
    return say(
        TEXTS["who_waits"],
        lang,
        all=waiting + recorded,
        day=day,
        recorded=recorded,
        waiting=waiting,
        more=plan.waiting - waiting,
        last=plan.calendar.last_day,
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
    days = {"first": plan.today, "last": plan.calendar.last_day}
    share, left = coverage_in_all(plan), plan.waiting - plan.recorded
    lines = [
        say(
            TEXTS["expected"],
            lang,
            **days,
            recorded=plan.recorded,
            waiting=plan.waiting,
            p10=plan.outlook.p10,
        ),
        say(
            TEXTS["coverage"],
            lang,
            **days,
            before=percent(share.before, share.at_first, lang),
            after=percent(share.before + share.recorded, share.people, lang),
        ),
        _effort(plan, lang),
    ]
    office = "office" if left else "nobody_for_office"
    lines.append(say(TEXTS[office], lang, pupils=left))
    return [*lines, *_priorities(plan, lang, fewest), _luck(plan, lang)]


def _effort(plan: PlanData, lang: Lang) -> str:
    visits = plan.visit_list
    if not visits:
        return TEXTS["no_visit"][lang]
    return say(
        TEXTS["effort"],
        lang,
        visits=len(visits),
        schools=len({visit.site for visit in visits}),
        team_days=plan.team_days,
        teams=len({visit.team for visit in visits}),
        day=visits[-1].day,
    )


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
        say(
            TEXTS["priority_part"],
            lang,
            label=priority_text(label, lang),
            recorded=counts[rank][0],
            waiting=counts[rank][1],
        )
        for rank, label in labels.items()
        if counts[rank][1]
    ]
    return [say(TEXTS["priority"], lang, classes="; ".join(parts))]


def _luck(plan: PlanData, lang: Lang) -> str:
    sites, luck, risks = plan.problem.sites, plan.problem.luck, plan.risks
    held = [plan.problem.held[visit.site][visit.team] for visit in plan.solution.visits]
    first = [site.turnout for site in sites] or [round(ALL * risks.turnout)]
    again = [site.turnout_again for site in sites] or [round(ALL * risks.turnout_again)]
    return say(
        TEXTS["luck"],
        lang,
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
    by_reason = grouped(plan.left_out_list, lambda left: left.codes)
    classes = sorted(by_reason.values(), key=lambda lefts: (-_pupils(lefts), lefts[0].reason))
    whole = plan.left_out_list
    head = say(TEXTS["left"], lang, pupils=_pupils(whole), schools=_schools(whole))
    lines = (
        say(
            TEXTS["left_line"],
            lang,
            pupils=None if lefts[0].codes in hidden else _pupils(lefts),
            schools=_schools(lefts),
            reason=reason_text(lefts, lang),
        )
        for lefts in classes
    )
    return [head, *lines]


def _pupils(lefts: Iterable[LeftOut]) -> int:
    return sum(left.pupils for left in lefts)


def _schools(lefts: Iterable[LeftOut]) -> int:
    return len({left.site for left in lefts})
