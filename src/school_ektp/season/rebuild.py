"""A plan built again after a change, with the visits that still hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.worth import Worth
from school_ektp.plan.data import P, PlanData
from school_ektp.planning.build import Names, build_problem
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.problem import Matrix, VisitProblem
from school_ektp.planning.relaxation.bound import all_recorded
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import Stop
from school_ektp.planning.travel import close_triangle
from school_ektp.season.past import Past
from school_ektp.season.transfer import transferred

_KINDS: Mapping[str, type] = {
    "schools": School,
    "demand": SchoolDemand,
    "teams": Team,
    "calendar": VisitCalendar,
    "rules": VisitRules,
    "worth": Worth,
    "risks": Risks,
}
PARTS = tuple(_KINDS)


def check_parts(owner: str, changes: dict[str, object], parts: Sequence[str] = PARTS) -> None:
    """
    Refuse what is no part that can change, or of another kind; lists become tuples in *changes*.

    Args:
        owner: The call.
        changes: The parts that are different, by name.
        parts: Names of parts that can change.

    Raises:
        InvalidFieldError: There is no such part, or it is of another kind.
    """
    for name, value in changes.items():
        if name not in parts:
            fault = f"is no part that can change: {', '.join(parts)}"
            raise InvalidFieldError(owner, name, fault)
        kind = _KINDS[name]
        if name in SEVERAL:
            changes[name] = arguments.several(owner, name, value, kind, kind.__name__)  # type: ignore[arg-type]
        else:
            arguments.one(owner, name, value, kind)


SEVERAL = ("schools", "demand", "teams")


def rebuilt(plan: P, past: Past | None = None, /, **changes: object) -> P:
    """
    Return *plan* for other circumstances, with as many of its visits as still hold.

    Driving times between places that the plan knew stay as they were, at the same speed; so does
    what is known of days gone by. Rates of schools and teams that left are dropped, unless risks
    are given. The bound is a plain one: everybody recorded, at no cost.

    Args:
        plan: The plan.
        past: What is known of the days gone by; what the plan knows when None.
        **changes: New `schools`, `demand`, `teams`, `calendar`, `rules`, `worth` or `risks`.

    Raises:
        InvalidFieldError: There is no such part, or it is of another kind.
        ProblemError: The changed parts do not fit together.
    """
    check_parts("plan", changes)
    parts: dict[str, Any] = {name: changes.get(name, getattr(plan, name)) for name in PARTS}
    if "risks" not in changes:
        parts["risks"] = plan.risks.without(_gone(plan, parts["schools"], parts["teams"]))
    problem, names = build_problem(**parts, begins=False)
    parts["teams"] = tuple(sorted(parts["teams"], key=lambda team: team.name))
    problem = _with_known_driving(plan, problem, names, parts["teams"])
    known = past or Past.of(plan.problem, plan.names)
    problem, names = known.onto(problem, names), known.elsewhere(names)
    solution = transferred(plan.names, plan.solution, problem, names)
    made: dict[str, Any] = {
        "problem": problem,
        "names": names,
        "solution": solution,
        "bound": all_recorded(problem).value,
    }
    return attrs.evolve(plan, **parts, **made)


def _gone(plan: PlanData, schools: Sequence[School], teams: Sequence[Team]) -> set[str]:
    """Return the schools and teams of a plan that are not among others, by NPSN and name."""
    before = {*(one.npsn for one in plan.schools), *(one.name for one in plan.teams)}
    return before - {*(one.npsn for one in schools), *(one.name for one in teams)}


def improved(plan: P, *, stop: Stop, seed: int = 0) -> P:
    """Return *plan* after a search that begins from it; never worth less."""
    found = solve(plan.problem, stop=stop, seed=seed, start=plan.solution)
    return taken(plan, found.whole())


def taken(plan: P, solution: Solution) -> P:
    """Return *plan* with *solution* if that is better."""
    if len(violations(plan.problem, solution)) > len(violations(plan.problem, plan.solution)):
        return plan  # seen in a tenth of the time that its value takes
    better = standing(plan.problem, solution) > standing(plan.problem, plan.solution)
    return attrs.evolve(plan, solution=solution) if better else plan


def standing(problem: VisitProblem, solution: Solution) -> tuple[int, int, int]:
    """Return what plans are compared by: violations, shortfall, value; the greater is better."""
    return -len(violations(problem, solution)), *evaluate(problem, solution).rank


# Driving ------------------------------------------------------------------------------------

Place = str | tuple[float, float]  # an NPSN, or the point of a base


def _with_known_driving(
    plan: PlanData, problem: VisitProblem, names: Names, teams: tuple[Team, ...]
) -> VisitProblem:
    """Overwrite estimated minutes by those the plan was made with, where it knew both ends."""
    now = _places(problem, names, teams)
    before = {place: node for node, place in _places(plan.problem, plan.names, plan.teams).items()}
    profile = {
        team.speed_kmh: plan.problem.travel[numbers.travel]
        for team, numbers in zip(plan.teams, plan.problem.teams, strict=True)
    }
    matrices = list(problem.travel)
    for team, numbers in zip(teams, problem.teams, strict=True):
        known = profile.get(team.speed_kmh)
        if known is not None:
            matrices[numbers.travel] = _overlaid(problem.travel[numbers.travel], now, known, before)
    return attrs.evolve(problem, travel=tuple(matrices))


def _places(problem: VisitProblem, names: Names, teams: tuple[Team, ...]) -> dict[int, Place]:
    places: dict[int, Place] = dict(enumerate(names.sites))
    for team, numbers in zip(teams, problem.teams, strict=True):
        places |= {numbers.start: _point(team.base), numbers.end: _point(team.end)}
    return places


def _point(place: Location) -> tuple[float, float]:
    return place.latitude, place.longitude


def _overlaid(
    estimated: Matrix, now: dict[int, Place], known: Matrix, before: dict[Place, int]
) -> Matrix:
    shared = [(node, before[place]) for node, place in now.items() if place in before]
    rows = [list(row) for row in estimated]
    for node, old_node in shared:
        for target, old_target in shared:
            rows[node][target] = known[old_node][old_target]
    overlaid = tuple(map(tuple, rows))
    return overlaid if overlaid == estimated else close_triangle(overlaid)[0]
