"""The planner: the best plan found until a stop rule ends the search."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import attrs

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.relaxation.bound import all_recorded, upper_bound
from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.solution import Solution, Value
from school_ektp.planning.stop import Progress, Stop, Watch, begin, half_over


@attrs.frozen(kw_only=True)
class SearchResult:
    """
    What a search found.

    Attributes:
        solution: The best plan.
        value: Its value, counted by the checker.
        iterations: Rounds of improvement done.
        interrupted: Whether the user ended the search before its stop rule did.
        log: (iteration, value in millionths of a pupil) of each improvement, from the first
            plan on, as the search counts it (see `search.data.pooled`).
    """

    solution: Solution
    value: Value
    iterations: int
    interrupted: bool = False
    log: tuple[tuple[int, int], ...]

    def whole(self) -> Solution:
        """
        Return the solution of a search that is one step of several.

        Raises:
            KeyboardInterrupt: The user ended it: what the other steps would make of it is nothing.
        """
        if self.interrupted:
            raise KeyboardInterrupt
        return self.solution


def _check(seed: object, on_progress: object) -> None:
    owner = "search"
    if isinstance(seed, bool) or not isinstance(seed, int):
        fault = f"must be a whole number, got a {type(seed).__name__}"
        raise InvalidFieldError(owner, "seed", fault)
    if on_progress is not None and not callable(on_progress):
        fault = f"must be a function of a Progress, got a {type(on_progress).__name__}"
        raise InvalidFieldError(owner, "on_progress", fault)


def bounded(problem: VisitProblem, watch: Watch) -> tuple[int, Watch]:
    """
    Return a bound on what a plan can be worth, and the watch of the search that follows.

    Half of a limit in seconds at most goes into the bound.

    Args:
        problem: What to plan.
        watch: Of the whole run.

    Warns:
        SchoolEktpWarning: The user interrupted it (`KeyboardInterrupt`): the bound is that of
            everybody recorded at no cost, and the search ends with its first plan.
    """
    try:
        return upper_bound(problem, over=lambda: half_over(watch)).value, watch
    except KeyboardInterrupt:
        message = "interrupted before the search: this is the first plan, go on from it with start="
        warnings.warn(message, SchoolEktpWarning, stacklevel=3)
        return all_recorded(problem).value, lambda _progress: True


def solve(
    problem: VisitProblem,
    *,
    stop: Stop,
    seed: int = 0,
    start: Solution | None = None,
    params: SearchParams | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> SearchResult:
    """
    Return the best plan for *problem* found before *stop* ends the search.

    The plan breaks no constraint of the problem but pins that cannot be kept.
    The same problem, seed and start with a stop rule that counts iterations give the same plan.

    Args:
        problem: What to plan.
        stop: A rule of `school_ektp.planning.stop`, or a callable that takes a `Progress`.
        seed: Seed of the search's random numbers.
        start: A plan to begin with; the result is at least as good if the plan is feasible.
        params: How the search moves; the defaults suit an office.
        on_progress: Called with the progress whenever a better plan is found, and at each
            hundredth of the run.

    Raises:
        InvalidFieldError: *stop*, *seed* or *on_progress* is of another kind.

    Warns:
        SchoolEktpWarning: The user interrupted the search (`KeyboardInterrupt`); the best plan
            so far is returned.
    """
    watch = begin(stop)
    _check(seed, on_progress)
    search = Search(SearchData(problem), params or SearchParams(), seed)
    found = search.run(watch, start, on_progress)
    if search.interrupted:
        rounds = "1 round" if search.iterations == 1 else f"{search.iterations} rounds"
        message = (
            f"the search was interrupted after {rounds}; this is the best plan"
            " so far, go on from it with start="
        )
        warnings.warn(message, SchoolEktpWarning, stacklevel=2)
    value = evaluate(problem, found)
    if start is not None and not violations(problem, start):
        given = evaluate(problem, start)
        if given.rank > value.rank or violations(problem, found):  # a pin it does not keep
            found, value = start, given
    return SearchResult(
        solution=found,
        value=value,
        iterations=search.iterations,
        interrupted=search.interrupted,
        log=tuple(search.log),
    )
