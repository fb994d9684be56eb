"""The visits of a plan in another problem: by name, and as far as they hold there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from school_ektp.planning.build import Names
from school_ektp.planning.checker import violations
from school_ektp.planning.edit import with_visit
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.schedule import Clock
from school_ektp.planning.solution import SiteVisit, Solution


def transferred(
    old_names: Names, solution: Solution, problem: VisitProblem, names: Names
) -> Solution:
    """
    Return the visits of *solution* that the other problem allows.

    As they stand if they break nothing but pins that the solution does not know; else one by one
    in the order of the days, each at its minute if it can be, perhaps with less room, or else at
    the time and with the room that the new circumstances allow.

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
        for wider in _ways(problem, plan, visit):
            found = set(violations(problem, wider))
            if found <= faults:  # a pin kept makes one fault fewer
                plan, faults = wider, found
                break
    return plan


def _ways(problem: VisitProblem, plan: Solution, visit: SiteVisit) -> Iterator[Solution]:
    """Yield the plan with a visit: as it stands, in its minutes, and where it has most room."""
    yield Solution((*plan.visits, visit))
    room = _room_within(problem, visit)
    if 0 < room < visit.room:
        yield Solution((*plan.visits, attrs.evolve(visit, room=room)))
    placed = with_visit(
        problem, plan, team=visit.team, day=visit.day, site=visit.site, most=visit.room
    )
    if placed is not None:
        yield placed


def _room_within(problem: VisitProblem, visit: SiteVisit) -> int:
    """Return for how many pupils a visit has time in the minutes that it has; 0 on a day off."""
    team, site = problem.teams[visit.team], visit.site
    shift, pace = team.shifts[visit.day], team.minutes_per_pupil[visit.site]
    if shift is None or not pace:
        return 0
    clock = Clock(shift, team.breaks[visit.day])
    worked = clock.worked(visit.end) - clock.worked(visit.start)
    return (worked - team.setup[site] - team.packdown[site]) // pace * team.kits[visit.day]


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
