"""Who is left out, with names and dates, and the sentence that says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from school_ektp.model.demand import SchoolDemand
from school_ektp.model.language import Lang, check_lang, counted, date_text, weekday
from school_ektp.model.messages import NOUNS, REASON_NOUNS, REASONS, TEXTS, WHY
from school_ektp.planning.explain import LeftOver, left_over
from school_ektp.planning.reasons import Reason

if TYPE_CHECKING:
    from school_ektp.report.plan import Plan


@attrs.frozen(kw_only=True)
class LeftOut:
    """
    Pupils of one school and one priority class who wait when the season is over, and why.

    Attributes:
        npsn: The school.
        priority: Rank of their priority class.
        pupils: How many.
        pupils_first: How many of them are in the first priority class.
        reason: Code, one of `planning.reasons.Reason`.
        amount: Minutes, days or pupils that the reason speaks of.
        limit: What the rule that stands against them allows or asks; None without a rule.
        team: Team that came nearest; None when the reason is about the school alone.
        day: Date the reason speaks of; None when there is none.
        parts: The reasons that hold together when the code is ``several``.
    """

    npsn: str
    priority: int = 0
    pupils: int
    pupils_first: int
    reason: str
    amount: int = 0
    limit: int | None = None
    team: str | None = None
    day: dt.date | None = None
    parts: tuple[LeftOut, ...] = ()

    @property
    def codes(self) -> str:
        """The code, or those of the parts joined by ``+``."""
        return "+".join(part.reason for part in self.parts) or self.reason

    def text(self, lang: Lang = "id") -> str:
        """Return the sentence: how many, the limit, its figure and date."""
        said = check_lang(lang)
        pupils = counted(self.pupils, NOUNS["pupil"], said)
        return TEXTS["why_line"][said].format(pupils=pupils, reason=why_text(self, said))


def left_out(plan: Plan) -> tuple[LeftOut, ...]:
    """Return who is left at schools with and without a location, by NPSN and priority class."""
    found = [_named(plan, one) for one in left_over(plan.problem, plan.solution)]
    found += [one for demand in plan.demand for one in _unplaced(plan, demand)]
    return tuple(sorted(found, key=lambda left: (left.npsn, left.priority, left.reason)))


def too_young(plan: Plan) -> tuple[LeftOut, ...]:
    """Return the pupils of the roster who come of age only after the season, by NPSN."""
    last = plan.calendar.last_day
    return tuple(
        LeftOut(
            npsn=demand.npsn,
            priority=group.priority,
            pupils=group.pupils - group.on(last),
            pupils_first=(group.pupils - group.on(last)) * (group.priority == 0),
            reason=Reason.TOO_YOUNG.value,
            amount=group.pupils - group.on(last),
            day=min(day for day, _ in group.steps if day > last),
        )
        for demand in sorted(plan.demand, key=lambda demand: demand.npsn)
        for group in demand.groups
        if group.pupils > group.on(last)
    )


def reason_text(lefts: Iterable[LeftOut], lang: Lang) -> str:
    """Return why, without dates, for leftovers that share their codes."""
    some = tuple(lefts)
    parts = zip(*(left.parts or (left,) for left in some), strict=True)
    return TEXTS["and"][lang].join(_short_text(alike, lang) for alike in parts)


def why_text(left: LeftOut, lang: Lang) -> str:
    """Return why, with the figures and the date concerned."""
    return TEXTS["and"][lang].join(_long_text(part, lang) for part in left.parts or (left,))


def _short_text(alike: tuple[LeftOut, ...], lang: Lang) -> str:
    least = min(alike, key=lambda left: left.amount)
    return REASONS[least.reason][lang].format(amount=_amount(least, lang))


def _long_text(left: LeftOut, lang: Lang) -> str:
    day = f"{weekday(left.day, lang)} {date_text(left.day, lang)}" if left.day else "–"
    return WHY[left.reason][lang].format(
        amount=_amount(left, lang),
        limit=left.limit,
        team=left.team or TEXTS["one_more_team"][lang],
        day=day,
    )


def _amount(left: LeftOut, lang: Lang) -> str:
    noun = REASON_NOUNS.get(left.reason)
    return counted(left.amount, NOUNS[noun], lang) if noun else str(left.amount)


def _named(plan: Plan, left: LeftOver) -> LeftOut:
    names, pupils = plan.names, sum(left.pupils)
    known = left.crew is not None and left.crew < len(names.teams)
    return LeftOut(
        npsn=names.sites[left.site],
        priority=left.priority,
        pupils=pupils,
        pupils_first=pupils if left.priority == 0 else 0,
        reason=left.reason.value,
        amount=left.amount,
        limit=left.limit,
        team=names.teams[left.crew] if known and left.crew is not None else None,
        day=None if left.day is None else names.date(left.day),
        parts=tuple(_named(plan, part) for part in left.parts),
    )


def _unplaced(plan: Plan, demand: SchoolDemand) -> Iterator[LeftOut]:
    if demand.npsn not in plan.names.unplaced:
        return
    last = plan.calendar.last_day
    for rank in sorted({group.priority for group in demand.groups}):
        pupils = demand.on(last, priority=rank)
        if pupils:
            yield LeftOut(
                npsn=demand.npsn,
                priority=rank,
                pupils=pupils,
                pupils_first=pupils if rank == 0 else 0,
                reason=Reason.NO_LOCATION.value,
            )
