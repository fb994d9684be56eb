"""Whether the parts of a plan that was read belong together."""

from __future__ import annotations

from collections.abc import Iterator

from school_ektp.plan.data import PlanData
from school_ektp.planning.checker import violations

_FORM = frozenset({"unknown_team", "unknown_day", "unknown_site", "no_room"})


def misfits(plan: PlanData) -> Iterator[str]:
    """Yield where names, numbers and visits of a plan do not belong together."""
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
    try:
        faults = {fault.rule for fault in violations(problem, plan.solution)}
    except (IndexError, ZeroDivisionError, ValueError):
        yield "problem: lists of one team or site are shorter than others"
        return
    yield from (f"visits: {rule}" for rule in sorted(faults & _FORM))
