"""The problem without one limit: what a reason claims to stand in the way, taken away."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import attrs

from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.reasons import RULE_REASONS, LeftOver, Reason
from school_ektp.planning.rules import Forbidden, Rule

DAY_END = 24 * 60


def relaxed(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    """
    Return the problem without the one limit that *left* names, and no other change.

    Minutes are given back as many as were short; a full calendar gets one more crew, on the day
    of the trial only. `SEVERAL` relaxes its parts one after the other, `MISSED` nothing.
    """
    return _RELAXED.get(left.reason, _without_rule)(problem, left)


def _unchanged(problem: VisitProblem, _left: LeftOver) -> VisitProblem:
    return problem


def _without_rule(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    kind = RULE_REASONS[left.reason]
    kept = (rule for rule in problem.rules if not _stands(rule, kind, left))
    return attrs.evolve(problem, rules=tuple(kept))


def _always_open(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    whole_days = (((0, DAY_END),),) * problem.days
    return _with_site(
        problem, left.site, attrs.evolve(problem.sites[left.site], sessions=whole_days)
    )


def _all_come(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    return _with_site(problem, left.site, attrs.evolve(problem.sites[left.site], turnout=100))


def _all_at_work(problem: VisitProblem, _left: LeftOver) -> VisitProblem:
    return attrs.evolve(problem, crews=tuple(_always_at_work(crew) for crew in problem.crews))


def _without_all(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    return reduce(relaxed, left.parts, problem)


def _with_site(problem: VisitProblem, number: int, site: Site) -> VisitProblem:
    sites = list(problem.sites)
    sites[number] = site
    return attrs.evolve(problem, sites=tuple(sites))


def _of_age(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    last = problem.days - 1
    return _with_groups(
        problem, left, lambda group: attrs.evolve(group, arrivals=((0, group.arrived(last)),))
    )


def _present(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    return _with_groups(problem, left, lambda group: attrs.evolve(group, away=frozenset()))


def _with_groups(
    problem: VisitProblem, left: LeftOver, change: Callable[[Group], Group]
) -> VisitProblem:
    site = problem.sites[left.site]
    groups = (change(g) if g.priority == left.priority else g for g in site.groups)
    return _with_site(problem, left.site, attrs.evolve(site, groups=tuple(groups)))


def _always_at_work(crew: Crew) -> Crew:
    usual = [shift for shift in crew.shifts if shift is not None]
    shift = max(sorted(set(usual)), key=usual.count, default=(0, DAY_END))
    kits = max(*crew.kits, 1)
    return attrs.evolve(
        crew,
        shifts=tuple(own or shift for own in crew.shifts),
        kits=tuple(own or kits for own in crew.kits),
    )


def _with_longer_day(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    """Let the shift of one crew, and the sessions of that day, end later."""
    day, more = left.day or 0, left.amount
    sites = tuple(
        attrs.evolve(
            site,
            sessions=tuple(
                tuple((a, b + more) for a, b in windows) if number == day else windows
                for number, windows in enumerate(site.sessions)
            ),
        )
        for site in problem.sites
    )
    crews = list(problem.crews)
    who = crews[left.crew or 0]
    shifts = tuple(
        (shift[0], shift[1] + more) if shift and number == day else shift
        for number, shift in enumerate(who.shifts)
    )
    crews[left.crew or 0] = attrs.evolve(who, shifts=shifts)
    return attrs.evolve(problem, sites=sites, crews=tuple(crews))


def _with_one_more_crew(problem: VisitProblem, left: LeftOver) -> VisitProblem:
    """Add a crew like that of the trial, which works on the day of the trial only."""
    like, day = problem.crews[left.crew or 0], left.day or 0
    shifts = (like.shifts[day] if number == day else None for number in range(problem.days))
    return attrs.evolve(problem, crews=(*problem.crews, attrs.evolve(like, shifts=tuple(shifts))))


def _stands(rule: Rule, kind: type, left: LeftOver) -> bool:
    """Return whether *rule* is the limit of *left*; a forbidden pair is one crew at one site."""
    if isinstance(rule, Forbidden):
        return kind is Forbidden and (rule.crew, rule.site) == (left.crew, left.site)
    return isinstance(rule, kind)


_RELAXED: dict[Reason, Callable[[VisitProblem, LeftOver], VisitProblem]] = {
    Reason.NO_LOCATION: _unchanged,
    Reason.TOO_YOUNG: _unchanged,
    Reason.MISSED: _unchanged,
    Reason.NOT_YET: _of_age,
    Reason.AWAY: _present,
    Reason.NO_SESSION: _always_open,
    Reason.NO_TEAM: _all_at_work,
    Reason.ABSENT: _all_come,
    Reason.TOO_FAR: _with_longer_day,
    Reason.SHORT: _with_longer_day,
    Reason.FULL: _with_one_more_crew,
    Reason.SEVERAL: _without_all,
}
