"""Is the plan optimal? A bound and a plan that meet, or how far they stay apart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from enum import StrEnum
from itertools import accumulate
from typing import ParamSpec, TypeVar

import attrs

from school_ektp.planning.bound import fewest_team_days, upper_bound
from school_ektp.planning.exact.branching import bound_by_cases
from school_ektp.planning.exact.columns import Catalogue, ColumnBound
from school_ektp.planning.exact.highs import highs_library
from school_ektp.planning.exact.master import Frame
from school_ektp.planning.exact.recombine import recombined
from school_ektp.planning.exact.sets import Sets
from school_ektp.planning.exact.types import Periods
from school_ektp.planning.exact.whole import Whole, solve_whole
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.rules import CrewsAtOnce, Pinned
from school_ektp.planning.solution import Score, Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, MaxSeconds, Progress

EFFORT = 2.0  # for the bound of the core package, which proves seasons with time for all
FIRST_SEARCH = 0.1  # share of the time for a better plan before the bound
PRICED = 0.45  # share of the time after which the bound is left as it is
PRICED_BESIDE = 0.9  # the same where it is tightened beside the search: to begin takes time, too
LATE = 1.0  # seconds for which a bound is waited for when the time is over
ROUNDS = 300  # of the search, where the integer model left something out
UNTOLD = CrewsAtOnce, Pinned  # rules that planning days anew does not know
LAST_SEARCH = 0.05  # share for one after it, when a gap is left
COUNTED = 0.5  # share of what is left then for the fewest team-days; the rest is for a plan of them
END = 0.99  # share after which no round of pricing begins, since it cannot be stopped

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Verdict(StrEnum):
    """What was proved."""

    OPTIMAL = "Proved optimal"  #: no plan reaches the goals of pupils better, nor in fewer days
    PUPILS = "Proved optimal in pupils"  #: no plan records more, in the order of the classes
    BOUND = "Bound"  #: no plan records more than the bound; whether one records so many is open


@attrs.frozen(kw_only=True)
class Proof:
    """
    What is proved about a plan.

    Attributes:
        verdict: How far the proof goes.
        solution: The plan given, or a better one that was found on the way.
        score: Its goals.
        by_priority: For each priority class, pupils of it and of those before it that no plan
            exceeds.
        fewest_team_days: Team-days without which so many are not recorded; None when no number of
            them is proved.
        better: Whether the plan returned is better than the one given.
    """

    verdict: Verdict
    solution: Solution
    score: Score
    by_priority: tuple[int, ...]
    fewest_team_days: int | None
    better: bool

    @property
    def bound(self) -> int:
        """Pupils that no plan exceeds."""
        return self.by_priority[-1]

    @property
    def gap(self) -> int:
        """Pupils between the plan and the bound."""
        return self.bound - self.score.pupils

    @property
    def gap_share(self) -> float:
        """The gap as a share of the bound."""
        return self.gap / self.bound if self.bound else 0.0


def prove(
    problem: VisitProblem,
    solution: Solution | None = None,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    executor: Executor | None = None,
) -> Proof:
    """
    Return whether *solution* is optimal, or a bound and the gap that is left after *seconds*.

    The pupils' goal comes first, class by class; then the team-days. Problems so small that all
    team-days can be listed are solved as integer models; for others the bound comes from column
    generation, and a better plan from the search.

    Args:
        problem: The problem.
        solution: A plan for it; the search begins from nothing when None.
        seconds: Time limit by the clock.
        seed: Seed of the search.
        executor: Tightens the bound while a better plan is looked for here, and then looks for
            one, too; when None, first the one is done and then the other.

    Raises:
        MissingExtraError: The extra ``exact`` is not installed.
    """
    highs_library()
    clock = _Countdown(seconds)
    given = solution if solution is not None and not violations(problem, solution) else None
    whole = solve_whole(problem, clock.left() / 2)
    if whole is not None:
        return _with_whole(problem, given, whole, seed)
    return _Large(problem, clock, seed, executor)(given)


class _Countdown:
    """The time left, read through a stop rule."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.watch = MaxSeconds(seconds).start()

    def share(self) -> float:
        """Return the share of the time that is over."""
        return min(self.watch.fraction(Progress(iterations=0, pupils=0, improved=0, bound=0)), 1.0)

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.seconds * (1 - self.share())

    def until(self, share: float) -> Callable[[], bool]:
        """Return whether a share of the time is over, asked later."""
        return lambda: self.share() >= share


def _with_whole(problem: VisitProblem, given: Solution | None, whole: Whole, seed: int) -> Proof:
    """Judge the plan of the integer model; the search fills in what it left out."""
    plans = [whole.solution] if given is None else [given, whole.solution]
    best = max(plans, key=lambda plan: score(problem, plan))
    if score(problem, best).recorded != whole.recorded:
        found = solve(problem, stop=MaxIterations(ROUNDS), seed=seed, start=best).solution
        best = max(best, found, key=lambda plan: score(problem, plan))
    return _judged(problem, given, best, tuple(accumulate(whole.recorded)), whole.fewest_team_days)


class _Large:
    """A proof where there are too many ways to spend the days to list them all."""

    def __init__(
        self,
        problem: VisitProblem,
        clock: _Countdown,
        seed: int,
        executor: Executor | None,
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.seed = seed
        self.executor = executor
        self.sets: dict[object, Sets] = {}  # of stops, listed once

    def __call__(self, given: Solution | None) -> Proof:
        """Return what can be proved about a plan, or about one that is found."""
        problem, clock = self.problem, self.clock
        self.simple = upper_bound(problem, effort=_effort(clock)).by_priority
        best = given
        if best is None:
            best = _searched(problem, best, clock.left() * FIRST_SEARCH, self.seed)
        share = PRICED if self.executor is None else PRICED_BESIDE
        seconds = clock.seconds * (share - clock.share())
        self.task = _begun(self.executor, _bounds, problem, best, self.simple, seconds, self.sets)
        if _prefixes(problem, best) != self.bounds() and clock.left() > 0:
            if not any(isinstance(rule, UNTOLD) for rule in problem.rules):
                best = self.recombined(best)
            best = _searched(problem, best, clock.left(), self.seed + 1)
        proved = _in_time(self.task, clock.left() + LATE) or self.simple
        fewest = None
        if _prefixes(problem, best) == proved:
            counted = clock.share() + COUNTED * (END - clock.share())
            fewest = _fewest_days(problem, best, self.sets, clock.until(counted))
            if fewest < -score(problem, best).team_days and clock.share() < END:
                best = _searched(problem, best, clock.left(), self.seed + 2)
        return _judged(problem, given, best, proved, fewest or None)

    def bounds(self) -> tuple[int, ...]:
        """Return the bounds known at the moment."""
        return self.task.result() if self.task.done() else self.simple

    def recombined(self, best: Solution) -> Solution:
        """Plan team-days anew, here and, once the bound is done, in the other process, too."""
        catalogue = _day_by_day(self.problem, -score(self.problem, best).floors, self.sets)
        until = 1 - LAST_SEARCH
        stop = self.clock.until(until)

        def target() -> int:
            return self.bounds()[-1]

        if self.executor is None:
            return recombined(catalogue, best, stop, target, self.seed)
        best = recombined(catalogue, best, lambda: stop() or self.task.done(), target, self.seed)
        seconds = self.clock.seconds * (until - self.clock.share())
        if seconds <= 0 or score(self.problem, best).pupils >= target():
            return best
        other = self.executor.submit(
            _recombined_beside, self.problem, best, seconds, target(), self.seed + 1
        )
        best = recombined(catalogue, best, stop, target, self.seed + 2)
        found = _in_time(other, LATE) or best
        return max(best, found, key=lambda plan: score(self.problem, plan))


def _recombined_beside(
    problem: VisitProblem, plan: Solution, seconds: float, target: int, seed: int
) -> Solution:
    """Return a plan at least as good, found in so much time by planning team-days anew."""
    stop = _Countdown(seconds).until(1.0)
    catalogue = _day_by_day(problem, -score(problem, plan).floors, {})
    return recombined(catalogue, plan, stop, lambda: target, seed)


def _begun(
    executor: Executor | None,
    work: Callable[Asked, Answer],
    *args: Asked.args,
    **kwargs: Asked.kwargs,
) -> Future[Answer]:
    """Return work that an executor has begun; without one it is done here and now."""
    if executor is not None:
        return executor.submit(work, *args, **kwargs)
    done: Future[Answer] = Future()
    done.set_result(work(*args, **kwargs))
    return done


def _in_time(task: Future[Answer], seconds: float) -> Answer | None:
    """Return what comes of work within some seconds; None if nothing does."""
    try:
        return task.result(seconds)
    except TimeoutError:
        task.cancel()
        return None


def _bounds(
    problem: VisitProblem,
    plan: Solution,
    simple: tuple[int, ...],
    seconds: float,
    sets: dict[object, Sets],
) -> tuple[int, ...]:
    """
    Return the bounds of all classes, tightened where a plan does not reach them.

    Args:
        problem: The problem.
        plan: A plan; only plans that miss floors by no more than it are bounded.
        simple: The bounds of the core package.
        seconds: Time limit by the clock.
        sets: Sets of stops listed before; new ones are added.
    """
    clock = _Countdown(max(seconds, 0.0))
    found = [*simple]
    for rank, reached in enumerate(_prefixes(problem, plan)):
        if found[rank] > reached:
            columns = ColumnBound(problem, rank, missed=-score(problem, plan).floors)
            columns.seed(plan)
            stop = clock.until((rank + 1) / len(simple))
            columns.improve(stop, reached, sets)
            found[rank] = min(found[rank], bound_by_cases(columns, stop, reached, sets))
    return tuple(found)


def _fewest_days(
    problem: VisitProblem, best: Solution, sets: dict[object, Sets], stop: Callable[[], bool]
) -> int:
    """Return team-days without which no plan records as many pupils as the best one."""
    reached = score(problem, best)
    last = problem.priorities - 1
    reach = Reach(problem)
    everyone = sum(reach.recordable(site, last) for site in range(len(problem.sites)))
    least = fewest_team_days(problem) if reached.pupils == everyone else 0
    if least == -reached.team_days:
        return least
    columns = ColumnBound(problem, last, missed=-reached.floors)
    columns.seed(best)
    return columns.fewest_days(reached.pupils, least, stop, sets)


def _day_by_day(problem: VisitProblem, missed: int, known: dict[object, Sets]) -> Catalogue:
    """Return the ways to spend each day, told apart, where floors are missed by so many pupils."""
    days = Periods(tuple(range(problem.days)))
    frame = Frame(problem, problem.priorities - 1, days, missed=missed)
    return Catalogue(problem, frame, known)


def _effort(clock: _Countdown) -> float:
    return min(EFFORT, max(clock.seconds / 3, 1.0))


def _searched(problem: VisitProblem, start: Solution | None, seconds: float, seed: int) -> Solution:
    found = solve(problem, stop=MaxSeconds(seconds), seed=seed, start=start).solution
    if start is not None and score(problem, found) <= score(problem, start):
        return start
    return found


def _prefixes(problem: VisitProblem, solution: Solution) -> tuple[int, ...]:
    return tuple(accumulate(score(problem, solution).recorded))


def _judged(
    problem: VisitProblem,
    given: Solution | None,
    best: Solution,
    bounds: tuple[int, ...],
    fewest: int | None,
) -> Proof:
    reached = score(problem, best)
    verdict = Verdict.BOUND
    if _prefixes(problem, best) == bounds:
        verdict = Verdict.PUPILS
        if fewest == -reached.team_days or not reached.pupils:
            verdict = Verdict.OPTIMAL
    return Proof(
        verdict=verdict,
        solution=best,
        score=reached,
        by_priority=bounds,
        fewest_team_days=fewest,
        better=given is None or reached > score(problem, given),
    )
