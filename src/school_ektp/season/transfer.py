"""The visits of a plan in another problem: by name, and as far as they hold there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from school_ektp.planning.build import Names
from school_ektp.planning.checker import violations
from school_ektp.planning.edit import with_visit
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution


def transferred(
    old_names: Names, solution: Solution, problem: VisitProblem, names: Names
) -> Solution:
    """
    Return the visits of *solution* that the other problem allows.

    As they stand if they break nothing but pins that the solution does not know; else one by one
    in the order of the days, each at the time and with the room that the new circumstances allow.

    Args:
        old_names: What the numbers of the solution stand for.
        solution: The visits.
        problem: The other problem.
        names: What its numbers stand for.
    """
    whole = placed(old_names, solution, problem, names)
    if {fault.rule for fault in violations(problem, whole)} <= {"pinned"}:
        return whole
    return one_by_one(problem, whole.visits)


def one_by_one(problem: VisitProblem, visits: Iterable[SiteVisit]) -> Solution:
    """Return the plan that takes each visit in turn unless it brings a new violation."""
    plan = Solution()
    faults = set(violations(problem, plan))
    for visit in visits:
        wider = with_visit(
            problem, plan, team=visit.team, day=visit.day, site=visit.site, most=visit.room
        )
        if wider is None:
            continue
        found = set(violations(problem, wider))
        if found <= faults:  # a pin kept makes one fault fewer
            plan, faults = wider, found
    return plan


def placed(old_names: Names, solution: Solution, problem: VisitProblem, names: Names) -> Solution:
    """Return the visits as they stand, where team, site and day are there; arguments as above."""
    return Solution(tuple(_placed(old_names, solution, problem, names)))


def _placed(
    old_names: Names, solution: Solution, problem: VisitProblem, names: Names
) -> Iterator[SiteVisit]:
    shift = (old_names.first_day - names.first_day).days
    teams = {name: number for number, name in enumerate(names.teams)}
    sites = {npsn: number for number, npsn in enumerate(names.sites)}
    for visit in solution.visits:
        team = teams.get(old_names.teams[visit.team])
        site = sites.get(old_names.sites[visit.site])
        day = visit.day + shift
        if team is not None and site is not None and problem.today <= day < problem.days:
            yield attrs.evolve(visit, team=team, site=site, day=day)
