"""The visits of a plan in another problem: by name, and as far as they hold there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs

from school_ektp.planning.build import Names
from school_ektp.planning.edit import with_visit
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import Group, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution


def transferred(
    old: VisitProblem,
    old_names: Names,
    solution: Solution,
    problem: VisitProblem,
    names: Names,
) -> Solution:
    """
    Return the visits of *solution* that the other problem allows.

    As they stand if the judge passes them all; else one by one in the order of the days, each
    at the time and with the pupils that the new circumstances allow.

    Args:
        old: Problem the solution answers.
        old_names: What its numbers stand for.
        solution: The visits.
        problem: The other problem.
        names: What its numbers stand for.
    """
    placed = [*_placed(old_names, solution, problem, names)]
    if len(placed) == len(solution.visits):
        whole = Solution(tuple(_regrouped(old, problem, placed)))
        if not violations(problem, whole):
            return whole
    return one_by_one(problem, (after for _, after in placed))


def one_by_one(
    problem: VisitProblem, visits: Iterator[SiteVisit], start: Solution | None = None
) -> Solution:
    """Return the plan that takes each visit in turn unless it brings a new breach."""
    plan = start or Solution()
    faults = set(violations(problem, plan))
    for visit in visits:
        wider = with_visit(
            problem,
            plan,
            crew=visit.crew,
            day=visit.day,
            site=visit.site,
            most=max(visit.pupils, 1),
        )
        if wider is None:
            continue
        found = set(violations(problem, wider))
        if found <= faults:  # a pin kept makes one fault fewer
            plan, faults = wider, found
    return plan


def _placed(
    old_names: Names,
    solution: Solution,
    problem: VisitProblem,
    names: Names,
) -> Iterator[tuple[SiteVisit, SiteVisit]]:
    """Yield each visit as it was and with the new numbers of crew, site and day."""
    shift = (old_names.first_day - names.first_day).days
    crews = {name: number for number, name in enumerate(names.crews)}
    sites = {npsn: number for number, npsn in enumerate(names.sites)}
    for visit in solution.visits:
        crew = crews.get(old_names.crews[visit.crew])
        site = sites.get(old_names.sites[visit.site])
        day = visit.day + shift
        if crew is not None and site is not None and 0 <= day < problem.days:
            yield visit, attrs.evolve(visit, crew=crew, site=site, day=day)


def _regrouped(
    old: VisitProblem, problem: VisitProblem, placed: Sequence[tuple[SiteVisit, SiteVisit]]
) -> Iterator[SiteVisit]:
    """
    Yield the visits with their pupils in the groups of the new problem.

    In another season groups part or merge, as absences after the old one tell them apart; those
    of one class who were away alike so far share what they had together.
    """
    done: dict[tuple[int, int], int] = defaultdict(int)
    for before, after in sorted(
        placed, key=lambda pair: (pair[1].day, pair[1].start, pair[1].crew)
    ):
        common = range(min(old.days, problem.days) + abs(after.day - before.day))
        keys = [_likeness(group, common) for group in old.sites[before.site].groups]
        called, recorded = Counter[Likeness](), Counter[Likeness]()
        for key, some, came in zip(keys, before.called, before.recorded, strict=True):
            called[key] += some
            recorded[key] += came
        called_now: list[int] = []
        recorded_now: list[int] = []
        site = problem.sites[after.site]
        for number, group in enumerate(site.groups):
            key = _likeness(group, common)
            waiting = group.arrived(after.day) - done[after.site, number]
            some = min(called[key], waiting)
            expected = site.turnout * (sum(called_now) + some) // 100 - sum(recorded_now)
            came = min(recorded[key], some, max(expected, 0))
            recorded[key] -= came
            called[key] -= some
            done[after.site, number] += came
            called_now.append(some)
            recorded_now.append(came)
        yield attrs.evolve(after, called=tuple(called_now), recorded=tuple(recorded_now))


Likeness: TypeAlias = tuple[int, frozenset[int]]


def _likeness(group: Group, days: range) -> Likeness:
    return group.priority, frozenset(day for day in group.away if day in days)
