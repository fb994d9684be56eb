"""What the season asks of a plan, and a plan built anew after a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

import attrs

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.planning.build import Names, build_problem
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Matrix, VisitProblem
from school_ektp.planning.solution import Score, Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import Stop
from school_ektp.planning.travel import close_triangle
from school_ektp.season.transfer import transferred


class Planned(Protocol):
    """A plan as the season sees it; `report.plan.Plan` is one."""

    @property
    def schools(self) -> tuple[School, ...]:
        """All schools."""

    @property
    def demand(self) -> tuple[SchoolDemand, ...]:
        """Their pupils, counted."""

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams."""

    @property
    def calendar(self) -> VisitCalendar:
        """The season."""

    @property
    def rules(self) -> VisitRules:
        """What was asked of the plan."""

    @property
    def problem(self) -> VisitProblem:
        """The same in integers."""

    @property
    def names(self) -> Names:
        """What the integers stand for."""

    @property
    def solution(self) -> Solution:
        """The visits in integers."""

    @property
    def bound(self) -> int:
        """Pupils that no plan can exceed."""


P = TypeVar("P", bound=Planned)
Thing = TypeVar("Thing")


def rebuilt(plan: P, **changes: object) -> P:
    """
    Return *plan* for other circumstances, with as many of its visits as still hold.

    Driving times between places that the plan knew stay as they were, at the same speed.

    Args:
        plan: The plan.
        **changes: New `schools`, `demand`, `teams`, `calendar` or `rules`.

    Raises:
        ProblemError: The changed parts do not fit together.
    """
    parts: dict[str, Any] = {
        name: changes.get(name, getattr(plan, name))
        for name in ("schools", "demand", "teams", "calendar", "rules")
    }
    problem, names = build_problem(
        parts["schools"],
        parts["demand"],
        parts["teams"],
        parts["calendar"],
        rules=parts["rules"],
    )
    parts["teams"] = tuple(sorted(parts["teams"], key=lambda team: team.name))
    problem = _with_known_driving(plan, problem, names, parts["teams"])
    solution = transferred(plan.problem, plan.names, plan.solution, problem, names)
    made = {"problem": problem, "names": names, "solution": solution, "bound": problem.pupils}
    return evolved(plan, parts | made)


def improved(plan: P, *, stop: Stop, seed: int = 0) -> P:
    """Return *plan* after a search that begins from it; never worse in the goals' order."""
    found = solve(plan.problem, stop=stop, seed=seed, start=plan.solution)
    return taken(plan, found.solution, found.bound)


def taken(plan: P, solution: Solution, bound: int) -> P:
    """Return *plan* with *solution* if that is better, or if its own does not hold."""
    tighter = min(plan.bound, bound)
    holds = not violations(plan.problem, plan.solution)
    if holds and score(plan.problem, solution) <= score(plan.problem, plan.solution):
        return evolved(plan, {"bound": tighter})
    return evolved(plan, {"solution": solution, "bound": tighter})


def richer(plan: P, solution: Solution, bound: int) -> P:
    """
    Return *plan* with *solution* if that records more pupils, or as many and is better.

    A search may give up many pupils for one of an earlier class, as the goals demand; where
    circumstances are compared, more must never look like less.
    """
    tighter = min(plan.bound, bound)
    if violations(plan.problem, plan.solution) or worth(plan, solution) > worth(plan):
        return evolved(plan, {"solution": solution, "bound": tighter})
    return evolved(plan, {"bound": tighter})


def worth(plan: Planned, solution: Solution | None = None) -> tuple[int, Score]:
    """Return pupils, then the goals: of the plan, or of other visits in its place."""
    reached = score(plan.problem, solution or plan.solution)
    return reached.pupils, reached


def evolved(thing: Thing, changes: Mapping[str, object]) -> Thing:
    """Return an attrs object with some fields changed."""
    return attrs.evolve(thing, **changes)  # type: ignore[misc]  # Thing is an attrs class


# Driving ------------------------------------------------------------------------------------

Place = str | tuple[float, float]  # an NPSN, or the point of a base


def _with_known_driving(
    plan: Planned, problem: VisitProblem, names: Names, teams: tuple[Team, ...]
) -> VisitProblem:
    """Overwrite estimated minutes by those the plan was made with, where it knew both ends."""
    now = _places(problem, names, teams)
    before = {place: node for node, place in _places(plan.problem, plan.names, plan.teams).items()}
    profile = {
        team.speed_kmh: plan.problem.travel[crew.travel]
        for team, crew in zip(plan.teams, plan.problem.crews, strict=True)
    }
    matrices = list(problem.travel)
    for team, crew in zip(teams, problem.crews, strict=True):
        known = profile.get(team.speed_kmh)
        if known is not None:
            matrices[crew.travel] = _overlaid(problem.travel[crew.travel], now, known, before)
    return attrs.evolve(problem, travel=tuple(matrices))


def _places(problem: VisitProblem, names: Names, teams: tuple[Team, ...]) -> dict[int, Place]:
    places: dict[int, Place] = dict(enumerate(names.sites))
    for team, crew in zip(teams, problem.crews, strict=True):
        places |= {crew.start: _point(team.base), crew.end: _point(team.end)}
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
