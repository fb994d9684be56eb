"""Whether the parts of a plan that was read belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from school_ektp.plan.data import PlanData
from school_ektp.planning.constraints import Floor, ReachedBy
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.soundness import faults, solution_faults

_LISTED = 10  # faults of a document that are listed


def misfits(plan: PlanData) -> Iterator[str]:
    """Yield where names, numbers and visits of a plan do not belong together."""
    unsound = [*_names(plan), *faults(plan.problem)]
    yield from unsound or solution_faults(plan.problem, plan.solution)


def in_short(found: Sequence[str]) -> str:
    """Return what does not fit as one sentence, the first faults of many."""
    more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return f"its parts do not fit together: {'; '.join(found[:_LISTED])}{more}"


def _names(plan: PlanData) -> Iterator[str]:
    names, problem = plan.names, plan.problem
    sizes = (
        ("sites", len(names.sites), len(problem.sites)),
        ("teams", len(names.teams), len(problem.teams)),
        ("days", len(plan.calendar.days), problem.days),
    )
    yield from (f"{what}: {named} named, {n} planned" for what, named, n in sizes if named != n)
    known = {school.npsn for school in plan.schools}
    wanted = {*names.sites, *names.unplaced, *(demand.npsn for demand in plan.demand)}
    if not wanted <= known:
        yield f"schools: {len(wanted - known)} have pupils but no entry"
    if len(names.priorities) < problem.priorities:
        yield f"priorities: {len(names.priorities)} named, {problem.priorities} planned"
    if len(names.districts) <= max(_districts(problem), default=-1):
        yield "districts: fewer named than planned"
    if names.first_day != plan.calendar.first_day:
        yield "days: the names begin on another day than the calendar"
    if len(set(names.sites)) < len(names.sites):
        yield "sites: a name is given twice"
    if names.teams != tuple(team.name for team in plan.teams) or len(set(names.teams)) < len(
        names.teams
    ):
        yield "teams: the names are others than those of the teams"
    if plan.bound < 0:
        yield "bound: must not be below 0"


def _districts(problem: VisitProblem) -> Iterator[int]:
    yield from (site.district for site in problem.sites)
    yield from (
        rule.district for rule in problem.constraints if isinstance(rule, Floor | ReachedBy)
    )
