"""Who is left out, with names and dates, and the sentence that says why."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import attrs

from school_ektp.model.apportion import rounded
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.groups import grouped
from school_ektp.model.language import Lang, check_lang, long_date, month
from school_ektp.model.messages import REASONS, TEXTS, WHY, say
from school_ektp.model.small_cells import FEWEST
from school_ektp.plan.planned import Planned
from school_ektp.planning.explain.explain import left_out_pupils
from school_ektp.planning.explain.one_visit import has_room_for_all
from school_ektp.planning.explain.reasons import LeftOutPupils, Reason
from school_ektp.planning.problem import EXPECTED


@attrs.frozen(kw_only=True)
class LeftOut:
    """
    Pupils of one school and one priority class who wait when the season is over, and why.

    Attributes:
        site: NPSN of the school.
        priority: Rank of their priority class.
        pupils: How many.
        pupils_first: How many of them are in the first priority class.
        reason: Code, one of `planning.explain.reasons.Reason`.
        amount: Minutes, days or pupils that the reason speaks of.
        limit: What the rule that stands against them allows or asks; None without a rule.
        no_room: Whether their school takes one visit for all, and a whole day of any team that may
            go there has no room for all.
        team: Team that came nearest; None when the reason is about the school alone.
        day: Date the reason speaks of; None when there is none. A day on which pupils come of age
            is the birthday of some: it is shown only of `model.small_cells.FEWEST` or more.
        month: First day of the month in which the first of those too young comes of age, where
            their day is not shown; None for the month of the deadline, which reads "after".
        brings: Hundredths of pupils that a further visit would bring, where one was tried.
        price: Hundredths of a pupil that it would cost, waiting counted in.
        parts: The reasons that hold together when the code is ``several``.
    """

    site: str
    priority: int = 0
    pupils: int
    pupils_first: int
    reason: str
    amount: int = 0
    limit: int | None = None
    no_room: bool = False
    team: str | None = None
    day: dt.date | None = None
    month: dt.date | None = None
    brings: int = 0
    price: int = 0
    parts: tuple[LeftOut, ...] = ()

    @property
    def codes(self) -> str:
        """The code, or those of the parts joined by ``+``."""
        return "+".join(part.reason for part in self.parts) or self.reason

    @property
    def for_office(self) -> bool:
        """Whether they are called by a visit and not expected: no fault, the office calls them."""
        return self.reason == Reason.ABSENT.value

    def text(self, lang: Lang = "id") -> str:
        """Return the sentence: how many, the limit, its figure and date."""
        language = check_lang(lang)
        reason = why_text(self, language)
        return say(TEXTS["why_line"], language, pupils=self.pupils, reason=reason)


def left_out(plan: Planned) -> tuple[LeftOut, ...]:
    """
    Return who is left at schools with and without a location, by NPSN and priority class.

    Expectations are rounded so that a school's counts are those who wait less those shown as
    recorded; a reason that rounds to nobody is left out.
    """
    left = left_out_pupils(plan.problem, plan.solution)
    by_class = grouped(left, lambda one: (one.site, one.priority))
    waiting = _whole_left(plan)
    found = [
        _named(plan, one, pupils)
        for key, some in by_class.items()
        for one, pupils in zip(
            some, rounded([one.pupils for one in some], total=waiting[key]), strict=True
        )
        if pupils
    ]
    found += [one for demand in plan.demand for one in _unplaced(plan, demand)]
    return tuple(sorted(found, key=lambda left: (left.site, left.priority, left.reason)))


def _whole_left(plan: Planned) -> dict[tuple[int, int], int]:
    """Return for each site and class how many wait in the end, less those shown as recorded."""
    left: defaultdict[tuple[int, int], int] = defaultdict(int)
    for place, site in enumerate(plan.problem.sites):
        for group in site.groups:
            left[place, group.priority] += group.arrived(plan.problem.days - 1)
    for visit, counts in zip(plan.solution.visits, plan.shown.recorded, strict=True):
        for group, pupils in zip(plan.problem.sites[visit.site].groups, counts, strict=True):
            left[visit.site, group.priority] -= pupils
    return dict(left)


def too_young(plan: Planned) -> tuple[LeftOut, ...]:
    """Return who comes of age only after the season, by NPSN and priority class."""
    last = plan.calendar.last_day
    return tuple(
        _too_young(demand.npsn, priority, later, last)
        for demand in sorted(plan.demand, key=lambda demand: demand.npsn)
        for priority, later in sorted(_later(demand.groups, last).items())
    )


def _later(groups: Iterable[WaitingGroup], last: dt.date) -> dict[int, Counter[dt.date]]:
    """Return for each priority class how many come of age on which day after the last."""
    found: defaultdict[int, Counter[dt.date]] = defaultdict(Counter)
    for group in groups:
        for day, pupils in group.steps:
            if day > last and pupils:
                found[group.priority][day] += pupils
    return dict(found)


def _too_young(npsn: str, priority: int, later: Counter[dt.date], last: dt.date) -> LeftOut:
    pupils, first = later.total(), min(later)
    on_it, begin = later[first], first.replace(day=1)
    return LeftOut(
        site=npsn,
        priority=priority,
        pupils=pupils,
        pupils_first=pupils * (priority == 0),
        reason=Reason.TOO_YOUNG.value,
        amount=pupils,
        day=first if on_it >= FEWEST else None,
        month=begin if on_it < FEWEST and begin > last else None,
    )


#: Reasons whose long words begin with a team that has time on a day.
_HAS_TIME = frozenset(
    {
        Reason.FORBIDDEN.value,
        Reason.SPACING.value,
        Reason.VISITS_PER_SITE.value,
        Reason.VISITS_PER_DAY.value,
        Reason.TEAMS_AT_ONCE.value,
        Reason.RESERVE_DAYS.value,
        Reason.TEAM_DAY_BUDGET.value,
    }
)


def reason_text(lefts: Iterable[LeftOut], lang: Lang) -> str:
    """Return why, without dates, for those left out who share their codes."""
    some = tuple(lefts)
    parts = zip(*(left.parts or (left,) for left in some), strict=True)
    return TEXTS["and"][lang].join(_short_text(alike, lang) for alike in parts)


def why_text(left: LeftOut, lang: Lang) -> str:
    """
    Return why, with the figures and the date concerned.

    Of several reasons, only the first may say that the team has time, and only if all do.
    """
    parts = left.parts or (left,)
    are_alike = all(part.reason in _HAS_TIME for part in parts)
    texts = (
        _short_text((part,), lang)
        if part.reason in _HAS_TIME and not (are_alike and place == 0)
        else _long_text(part, lang)
        for place, part in enumerate(parts)
    )
    return TEXTS["and"][lang].join(texts)


def _short_text(alike: tuple[LeftOut, ...], lang: Lang) -> str:
    schools = {left.site for left in alike if left.no_room}
    if schools and not all(left.no_room for left in alike):
        return say(TEXTS["one_visit_no_room_at"], lang, schools=len(schools))
    least = min(alike, key=lambda left: left.amount)
    return say(_plain_reason(least), lang, amount=least.amount)


def _long_text(left: LeftOut, lang: Lang) -> str:
    day = long_date(left.day, lang) if left.day else "–"
    brings, price = _brings_and_price(left)
    text = _why(left)
    if left.for_office and left.price:
        text = {lang: f"{text[lang]} ({WHY[Reason.NOT_WORTH.value][lang]})"}
    return say(
        text,
        lang,
        amount=left.amount,
        limit=left.limit or 0,
        team=left.team or TEXTS["one_more_team"][lang],
        day=day,
        month=f"{month(left.month.month, lang)} {left.month.year}" if left.month else "",
        brings=brings,
        price=price,
    )


def _why(left: LeftOut) -> Mapping[Lang, str]:
    """Return the words for a reason, with a date only where it may be shown."""
    if left.reason == Reason.TOO_YOUNG.value and left.day is None:
        return TEXTS["too_young_month"] if left.month else REASONS[left.reason]
    return TEXTS["one_visit_no_room"] if left.no_room else WHY[left.reason]


def _plain_reason(left: LeftOut) -> Mapping[Lang, str]:
    return TEXTS["one_visit_no_room"] if left.no_room else REASONS[left.reason]


def _brings_and_price(left: LeftOut) -> tuple[int | Decimal, int | Decimal]:
    """Return both in whole pupils, or in tenths where rounding would hide that one is less."""
    brings, price = ((part + EXPECTED // 2) // EXPECTED for part in (left.brings, left.price))
    if 0 < brings < price:
        return brings, price
    tenth = EXPECTED // 10
    return Decimal(max(left.brings // tenth, 1)) / 10, Decimal(-(-left.price // tenth)) / 10


def _named(plan: Planned, left: LeftOutPupils, pupils: int) -> LeftOut:
    names = plan.names
    parts = left.parts if left.reason is Reason.SEVERAL else ()
    of_age = left.reason is Reason.NOT_YET  # the day would be a birthday
    return LeftOut(
        site=names.sites[left.site],
        priority=left.priority,
        pupils=pupils,
        pupils_first=pupils if left.priority == 0 else 0,
        reason=left.reason.value,
        amount=left.amount,
        limit=left.limit,
        no_room=_has_no_room(plan, left),
        team=None if left.team is None else names.teams[left.team],
        day=None if left.day is None or of_age else names.date(left.day),
        brings=left.brings,
        price=left.price,
        parts=tuple(_named(plan, part, pupils) for part in parts),
    )


def _has_no_room(plan: Planned, left: LeftOutPupils) -> bool:
    too_small = left.reason is Reason.ONE_VISIT and left.amount < (left.limit or 0)
    return too_small and not has_room_for_all(plan.problem, left.site)


def _unplaced(plan: Planned, demand: SchoolDemand) -> Iterator[LeftOut]:
    if demand.npsn not in plan.names.unplaced:
        return
    last = plan.calendar.last_day
    for rank in sorted({group.priority for group in demand.groups}):
        pupils = demand.on(last, priority=rank)
        if pupils:
            yield LeftOut(
                site=demand.npsn,
                priority=rank,
                pupils=pupils,
                pupils_first=pupils if rank == 0 else 0,
                reason=Reason.NO_LOCATION.value,
            )
