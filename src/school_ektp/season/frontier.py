"""A trade-off: pupils against team-days."""

from __future__ import annotations

import attrs
import polars as pl

from school_ektp.model import arguments
from school_ektp.model.groups import summed
from school_ektp.plan.data import PlanData
from school_ektp.plan.frontier import FRONTIER, Frontier
from school_ektp.planning.checker import evaluate, expectations, violations
from school_ektp.planning.constraints import Pinned, TeamDayBudget
from school_ektp.planning.problem import EXPECTED, PUPIL, VisitProblem
from school_ektp.planning.solution import Solution, Value
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.season.rebuild import standing
from school_ektp.season.transfer import one_by_one
from school_ektp.season.turns import Shares

POINTS = 12


def frontier(
    plan: PlanData, *, least: int = 0, points: int = POINTS, stop: Stop | None = None, seed: int = 0
) -> Frontier:
    """
    Return how many pupils budgets of team-days record, from those of the plan downwards.

    The team-days that are worth least are given up, and the season is planned again within the
    budget that is left; so every point is a plan, not an estimate. Pinned visits stay.

    Args:
        plan: The plan with all its team-days.
        least: Smallest budget asked about.
        points: Budgets tried below that of the plan, at equal distances; each one when there
            are no more than that.
        stop: Seconds hold for the whole call: budgets that they leave no time for are not in the
            table. Iterations count for each budget. ``MaxIterations(100)`` when None.
        seed: Seed of each search.

    Raises:
        InvalidFieldError: An argument is of another kind, *least* negative or *points* below 1.
    """
    owner = "frontier"
    arguments.one(owner, "plan", plan, PlanData, "Plan")
    arguments.whole(owner, "least", least)
    arguments.whole(owner, "points", points, least=1)
    shares = Shares.of(MaxIterations(100) if stop is None else stop)
    problem, found = plan.problem, [plan.solution]
    budgets = _budgets(evaluate(problem, plan.solution).team_days, least, points)
    for place, budget in enumerate(budgets):
        if shares.over:
            break
        limit = TeamDayBudget(budget, 0, problem.days - 1)
        narrow = attrs.evolve(problem, constraints=(*problem.constraints, limit))
        start = _within(narrow, found[-1], budget)
        watch = shares.watch(len(budgets) - place)
        again = solve(narrow, stop=watch, seed=seed, start=start).whole()
        held = [one for one in (start, again) if not violations(narrow, one)]
        if not held:
            break
        found.append(max(held, key=lambda one: standing(problem, one)))
    return _frontier(problem, found)


def _budgets(team_days: int, least: int, points: int) -> list[int]:
    """Return budgets below *team_days*, descending to *least*."""
    step = max(-(-(team_days - least) // points), 1)
    return [*range(team_days - step, least, -step), *([least] if least < team_days else [])]


def _within(problem: VisitProblem, solution: Solution, budget: int) -> Solution:
    """Return the plan without the team-days that are worth least, down to the budget."""
    worth = summed(
        ((visit.team, visit.day), one.worth - problem.price.visit)
        for visit, one in zip(solution.visits, expectations(problem, solution), strict=True)
    )
    pins = {(rule.team, rule.day) for rule in problem.all_of(Pinned)}
    past = sum(len(team.out) for team in problem.teams)
    order = sorted(worth, key=lambda one: (one in pins, worth[one], one), reverse=True)
    order.sort(key=lambda one: one not in pins)
    kept = set(order[: max(budget - past, 0)])
    rest = Solution(tuple(v for v in solution.visits if (v.team, v.day) in kept))
    return one_by_one(problem, rest.visits) if violations(problem, rest) else rest


def _frontier(problem: VisitProblem, found: list[Solution]) -> Frontier:
    kept: list[tuple[Value, Solution]] = []
    for value, solution in sorted(
        ((evaluate(problem, one), one) for one in found),
        key=lambda pair: (pair[0].team_days, -pair[0].pupils),
    ):
        if not kept or value.pupils > kept[-1][0].pupils:
            kept.append((value, solution))
    kept.reverse()
    most = kept[0][0].pupils
    rows = []
    for place, (value, _) in enumerate(kept):
        last = None
        if place + 1 < len(kept):
            below = kept[place + 1][0]
            last = (value.pupils - below.pupils) / (value.team_days - below.team_days) / EXPECTED
        rows.append(
            (
                value.team_days,
                value.visits,
                value.pupils / EXPECTED,
                value.recorded[0] / EXPECTED,
                value.total / PUPIL,
                (most - value.pupils) / EXPECTED,
                last,
            )
        )
    table = pl.DataFrame(rows, schema=FRONTIER, orient="row")
    return Frontier(table, tuple(solution for _, solution in kept))
