"""
Why pupils are left at a site: found by trying, confirmed by the judge.

One more pupil of the class in question is put wherever a crew could go. If no place holds, one
limit at a time is relaxed, and the first that lets a trial through is the reason. A reason is
never given unless the judge passed the trial, in the problem that `relax.relaxed` makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from school_ektp.planning.feasibility import Violation
from school_ektp.planning.problem import Group, VisitProblem
from school_ektp.planning.reasons import RULE_REASONS, LeftOver, Reason
from school_ektp.planning.relax import relaxed
from school_ektp.planning.rules import Forbidden
from school_ektp.planning.solution import Solution
from school_ektp.planning.trials import Outlook, Trial, Wish, minutes_short, trials
from school_ektp.planning.waiting import left_waiting

ALL = 100  # percent of those called
MOST_LIMITS = 6  # relaxed together at most
LONGEST_STRETCH = 60  # minutes a day is stretched at most; beyond, one speaks of another team-day

__all__ = ["LeftOver", "Reason", "left_over", "tried", "why_left"]


def left_over(problem: VisitProblem, solution: Solution) -> tuple[LeftOver, ...]:
    """
    Return why pupils are left, by site and priority class.

    Pupils of one class who come of age too late are told apart from the others. The work grows
    with the crew-days on which the sites with pupils left are open.
    """
    plan = Outlook(problem, solution)
    left = left_waiting(problem, solution)
    return tuple(one for site, pupils in enumerate(left) for one in _at_site(plan, site, pupils))


def why_left(problem: VisitProblem, solution: Solution, site: int) -> tuple[LeftOver, ...]:
    """Return `left_over` for one site."""
    pupils = left_waiting(problem, solution)[site]
    return tuple(_at_site(Outlook(problem, solution), site, pupils))


def tried(problem: VisitProblem, solution: Solution, left: LeftOver) -> Solution | None:
    """Return the plan with one pupil of *left* more that the relaxed problem allows, or None."""
    plan = Outlook(relaxed(problem, left), solution)
    case = _Case(plan, left.site, left.priority, left.pupils)
    wanted = {(left.crew, left.day), (len(problem.crews), left.day)}  # the latter is the extra one
    days = sorted(case.open_days(), key=lambda crew_day: crew_day not in wanted)
    scan = (one for crew, day in days for one in trials(plan, case.wish, crew, day))
    return next((one.solution for one in scan if not one.broken), None)


def _at_site(plan: Outlook, site: int, pupils: tuple[int, ...]) -> Iterator[LeftOver]:
    groups = plan.problem.sites[site].groups
    pupils = tuple(max(n, 0) for n in pupils)  # an edited plan may record more than wait
    for rank in sorted({g.priority for g, n in zip(groups, pupils, strict=True) if n}):
        mine = (n if g.priority == rank else 0 for g, n in zip(groups, pupils, strict=True))
        yield from _reasons(_Case(plan, site, rank, tuple(mine)))


@attrs.frozen
class _Case:
    """The pupils of one priority class left at one site, for each group of the site."""

    plan: Outlook
    site: int
    priority: int
    pupils: tuple[int, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        own = zip(self.plan.problem.sites[self.site].groups, self.pupils, strict=True)
        return tuple(group for group, pupils in own if pupils)

    @property
    def wish(self) -> Wish:
        return Wish(self.site, tuple(number for number, pupils in enumerate(self.pupils) if pupils))

    def open_days(self) -> list[tuple[int, int]]:
        """Return each (crew, day) on which crew, session and pupils of the class meet."""
        sessions, groups = self.plan.problem.sites[self.site].sessions, self.groups
        return [
            (number, day)
            for day in range(self.plan.problem.days)
            if sessions[day] and any(g.arrived(day) and day not in g.away for g in groups)
            for number, crew in enumerate(self.plan.problem.crews)
            if crew.works(day)
        ]

    def found(
        self,
        reason: Reason,
        *,
        amount: int = 0,
        limit: int | None = None,
        crew: int | None = None,
        day: int | None = None,
        parts: tuple[LeftOver, ...] = (),
    ) -> LeftOver:
        return LeftOver(
            site=self.site,
            priority=self.priority,
            pupils=self.pupils,
            reason=reason,
            amount=amount,
            limit=limit,
            crew=crew,
            day=day,
            parts=parts,
        )


def _reasons(case: _Case) -> Iterator[LeftOver]:
    """Yield those who come of age too late, then the others."""
    late, rest = _by_age(case)
    if sum(late.pupils):
        found = [_of_age_too_late(late)]
        yield _first_confirmed(late, found, found, 0)
    if sum(rest.pupils):
        yield _diagnosed(rest)


def _by_age(case: _Case) -> tuple[_Case, _Case]:
    """Part those who come of age after the last day on which they could be met."""
    final = [_final_day(case, group) for group in case.plan.problem.sites[case.site].groups]
    last = case.plan.problem.days - 1
    groups = case.plan.problem.sites[case.site].groups
    late = tuple(
        0 if day is None else min(pupils, group.arrived(last) - group.arrived(day))
        for group, day, pupils in zip(groups, final, case.pupils, strict=True)
    )
    rest = tuple(pupils - n for pupils, n in zip(case.pupils, late, strict=True))
    return attrs.evolve(case, pupils=late), attrs.evolve(case, pupils=rest)


def _final_day(case: _Case, group: Group) -> int | None:
    """Return the last day on which a crew could meet the group, of age or not."""
    problem = case.plan.problem
    sessions = problem.sites[case.site].sessions
    days = (
        day
        for day in reversed(range(problem.days))
        if sessions[day] and day not in group.away and any(c.works(day) for c in problem.crews)
    )
    return next(days, None)


def _of_age_too_late(case: _Case) -> LeftOver:
    final = max(_final_day(case, group) or 0 for group in case.groups)
    days = [day for g in case.groups for day, n in g.arrivals if n and final < day]
    return case.found(Reason.NOT_YET, amount=sum(case.pupils), day=min(days))


def _diagnosed(case: _Case, depth: int = 0) -> LeftOver:
    """Return that there is room after all, or the limit, or limits, that a trial confirms."""
    open_days = case.open_days()
    fits: list[Trial] = []
    for crew, day in open_days:
        here = [*trials(case.plan, case.wish, crew, day)]
        if any(not trial.broken for trial in here):
            return case.found(Reason.MISSED, crew=crew, day=day)
        fits += here
    alone = _never_met(case) if not open_days else _by_rule(case, fits)
    candidates = [*alone, *_by_time(case, open_days), *_absent(case)]
    return _first_confirmed(case, candidates, [*_among_several(case, fits), *candidates], depth)


def _first_confirmed(
    case: _Case, candidates: Sequence[LeftOver], opening: Sequence[LeftOver], depth: int
) -> LeftOver:
    for one in candidates:
        if tried(case.plan.problem, case.plan.solution, one):
            return one
    if depth == MOST_LIMITS or not opening:
        return case.found(Reason.SEVERAL)
    return _with_others(case, opening[0], depth)


def _with_others(case: _Case, first: LeftOver, depth: int) -> LeftOver:
    """Return *first* together with what stands in the way once it is relaxed."""
    plan = Outlook(relaxed(case.plan.problem, first), case.plan.solution)
    other = _diagnosed(attrs.evolve(case, plan=plan), depth + 1)
    if other.reason is Reason.SEVERAL and not other.parts:
        return other  # no trial went through: nothing is claimed
    return case.found(Reason.SEVERAL, day=first.day, parts=(first, *(other.parts or (other,))))


# Candidates, the most particular first ------------------------------------------------------


def _never_met(case: _Case) -> Iterator[LeftOver]:
    """Yield why crew, session and pupils never meet on one day."""
    problem = case.plan.problem
    opened = [day for day, hours in enumerate(problem.sites[case.site].sessions) if hours]
    if not opened:
        yield case.found(Reason.NO_SESSION)
        return
    met = [day for day in opened if any(crew.works(day) for crew in problem.crews)]
    if not met:
        yield case.found(Reason.NO_TEAM, amount=len(opened), day=opened[-1])
        return
    away = [day for day in met if any(day in group.away for group in case.groups)]
    if away:
        yield case.found(Reason.AWAY, amount=len(away), day=away[-1])
    yield case.found(Reason.NO_SESSION, day=opened[-1])


def _by_rule(case: _Case, fits: Sequence[Trial]) -> Iterator[LeftOver]:
    """Yield each rule that alone stands against some trial, where it is missed by least."""
    alone = [trial for trial in fits if len(trial.laws) == 1]
    for reason in RULE_REASONS:
        ours = [trial for trial in alone if trial.laws == {reason.value}]
        if ours:
            best = min(ours, key=_excess)
            yield _ruled_out(case, reason, best, best.broken[0])


def _ruled_out(case: _Case, reason: Reason, trial: Trial, fault: Violation) -> LeftOver:
    return case.found(
        reason, amount=fault.amount, limit=fault.limit, crew=trial.crew, day=trial.day
    )


def _excess(trial: Trial) -> tuple[int, int, int]:
    fault = trial.broken[0]
    return abs(fault.amount - (fault.limit or 0)), trial.day, trial.crew


def _among_several(case: _Case, fits: Sequence[Trial]) -> Iterator[LeftOver]:
    """Yield one of the rules that the mildest trial breaks."""
    mildest = min(fits, key=lambda trial: (len(trial.laws), trial.day, trial.crew), default=None)
    if mildest is None:
        return
    faults = {fault.rule: fault for fault in mildest.broken}
    for reason in RULE_REASONS:
        if reason.value in faults:
            yield _ruled_out(case, reason, mildest, faults[reason.value])


def _absent(case: _Case) -> Iterator[LeftOver]:
    turnout = case.plan.problem.sites[case.site].turnout
    if turnout < ALL:
        yield case.found(Reason.ABSENT, amount=sum(case.pupils), limit=turnout)


def _by_time(case: _Case, open_days: Sequence[tuple[int, int]]) -> Iterator[LeftOver]:
    """Yield too far, or some minutes short; then that every team-day is full."""
    shorts = _shortest(case, open_days)
    if not shorts:
        return
    minutes, day, crew = shorts[0]
    if _too_far(case, open_days):
        yield case.found(Reason.TOO_FAR, amount=minutes, crew=crew, day=day)
    elif minutes <= LONGEST_STRETCH:
        yield case.found(Reason.SHORT, amount=minutes, crew=crew, day=day)
    for _, day, crew in _best_of_each_crew(shorts):
        yield case.found(Reason.FULL, amount=len(shorts), crew=crew, day=day)


def _shortest(case: _Case, days: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return (minutes short, day, crew), ascending, crews that may not go there last."""
    rules = case.plan.problem.rules
    shorts = []
    for crew, day in days:
        minutes = minutes_short(case.plan, case.wish, crew, day)
        if minutes:
            shorts.append((Forbidden(crew, case.site) in rules, minutes, day, crew))
    return [(minutes, day, crew) for _, minutes, day, crew in sorted(shorts)]


def _best_of_each_crew(shorts: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    best: dict[int, tuple[int, int, int]] = {}
    for short in shorts:
        best.setdefault(short[2], short)
    return [*best.values()]


def _too_far(case: _Case, days: Sequence[tuple[int, int]]) -> bool:
    """Return whether even a free day of every crew is too short."""
    empty = Outlook(case.plan.problem, Solution())
    return all(minutes_short(empty, case.wish, crew, day) != 0 for crew, day in days)
