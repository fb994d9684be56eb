"""The planner: the best plan found until a stop rule says enough."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from school_ektp.planning.feasibility import score
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.search.engine import Search
from school_ektp.planning.solution import Score, Solution
from school_ektp.planning.stop import Progress, Stop, begin, needs_bound


@attrs.frozen(kw_only=True)
class SearchResult:
    """
    What a search found.

    Attributes:
        solution: The best plan.
        score: Its goals, counted by the judge.
        bound: Pupils no plan can exceed: all who wait, or the upper bound if *stop* asked for it.
        iterations: Rounds of improvement done.
        log: (iteration, pupils) of each improvement in pupils, from the first plan on.
    """

    solution: Solution
    score: Score
    bound: int
    iterations: int
    log: tuple[tuple[int, int], ...]


def solve(
    problem: VisitProblem,
    *,
    stop: Stop,
    seed: int = 0,
    start: Solution | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> SearchResult:
    """
    Return the best plan for *problem* found before *stop* ends the search.

    The plan breaks no rule of the problem.
    The same problem, seed and start with a stop rule that counts iterations give the same plan.

    Args:
        problem: What to plan.
        stop: A rule of `school_ektp.planning.stop`, or a callable that takes a `Progress`.
        seed: Seed of the search's dice.
        start: A plan to begin with; the result is at least as good if the plan is feasible.
        on_progress: Called with the progress whenever more pupils are recorded.
    """
    watch = begin(stop)
    search = Search(problem, seed)
    bound = _bound(problem) if needs_bound(stop) else search.all_pupils
    solution = search.run(watch, bound, start, on_progress)
    return SearchResult(
        solution=solution,
        score=score(problem, solution),
        bound=bound,
        iterations=search.iterations,
        log=tuple(search.log),
    )


def _bound(problem: VisitProblem) -> int:
    from school_ektp.planning.bound import upper_bound

    return upper_bound(problem).pupils
