"""The visits of a plan in another problem: by name, and as far as they hold there."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from school_ektp.planning.build import Names
from school_ektp.planning.edit import with_visit
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import VisitProblem
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
    renamed = [*_renamed(old, old_names, solution, problem, names)]
    if len(renamed) == len(solution.visits) and all(same for _, same in renamed):
        whole = Solution(tuple(visit for visit, _ in renamed))
        if not violations(problem, whole):
            return whole
    return one_by_one(problem, (visit for visit, _ in renamed))


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


def _renamed(
    old: VisitProblem,
    old_names: Names,
    solution: Solution,
    problem: VisitProblem,
    names: Names,
) -> Iterator[tuple[SiteVisit, bool]]:
    """Yield each visit in the new numbers, and whether its groups are the same as before."""
    shift = (old_names.first_day - names.first_day).days
    crews = {name: number for number, name in enumerate(names.crews)}
    sites = {npsn: number for number, npsn in enumerate(names.sites)}
    for visit in solution.visits:
        crew = crews.get(old_names.crews[visit.crew])
        site = sites.get(old_names.sites[visit.site])
        day = visit.day + shift
        if crew is None or site is None or not 0 <= day < problem.days:
            continue
        groups = [
            [(g.priority, g.away) for g in p.sites[s].groups]
            for p, s in ((old, visit.site), (problem, site))
        ]
        ranks = [[rank for rank, _ in some] for some in groups]
        yield attrs.evolve(visit, crew=crew, site=site, day=day), ranks[0] == ranks[1]
