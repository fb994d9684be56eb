"""Planning again without upsetting schools: announced visits stay unless moving them pays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Generic

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import VisitProblem, Window
from school_ektp.planning.rules import Pinned
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.season.compare import Comparison, PlacedVisit, compare, placed_visits
from school_ektp.season.planned import P, Planned, evolved, rebuilt, worth

ROUNDS = 1_000


@attrs.frozen(kw_only=True)
class Replanned(Generic[P]):
    """
    A new plan and what it changes.

    Attributes:
        plan: The new plan.
        comparison: What moved, was added or dropped since the old one.
        kept: Announced visits that stay with their team and day.
        announced: Announced visits of the old plan.
    """

    plan: P
    comparison: Comparison
    kept: int
    announced: int

    @property
    def moved(self) -> int:
        """Announced visits that did not stay."""
        return self.announced - self.kept


def replan(
    plan: P,
    *,
    pupils_per_move: int | None = 10,
    on: dt.date | None = None,
    announced: Iterable[PinnedVisit] | None = None,
    keep_start: bool = False,
    stop: Stop | None = None,
    seed: int = 0,
    **changes: object,
) -> Replanned[P]:
    """
    Plan again after a change, and keep announced visits unless moving them pays.

    Args:
        plan: The plan that was announced.
        pupils_per_move: An announced visit is moved or cancelled only if that gains this many
            pupils or more for each; None keeps every one that can be kept.
        on: First day that can still be changed: visits before it stay as they are. The first
            day of the season when None.
        announced: The visits that were announced; all when None.
        keep_start: Announced visits keep their start too, not only team and day.
        stop: Stop rule of each search; ``MaxIterations(1000)`` when None.
        seed: Seed of each search.
        **changes: What is different now: `schools`, `demand`, `teams`, `calendar`, `rules`.

    Returns:
        The plan with most pupils, each visit moved counting as *pupils_per_move* fewer.

    Raises:
        InvalidFieldError: *pupils_per_move* is negative.
        ProblemError: The changed parts do not fit together.
    """
    if pupils_per_move is not None and pupils_per_move < 0:
        fault = f"must be at least 0, got {pupils_per_move}"
        raise InvalidFieldError("replan", "pupils_per_move", fault)
    rule = stop or MaxIterations(ROUNDS)
    wanted = [*_told(plan, announced)]
    fresh = rebuilt(plan, **changes)
    gone = 0 if on is None else (on - fresh.names.first_day).days
    pins = _held(fresh, placed_visits(plan), keep_start=True)
    firm = [pin for pin in pins if pin.day < gone]
    kept = [pin for pin in _held(fresh, wanted, keep_start=keep_start) if pin.day >= gone]
    search = _Search(fresh, _frozen(fresh, gone), rule, seed, pupils_per_move, wanted)
    gentle = search.best(firm, kept)
    return Replanned(
        plan=gentle,
        comparison=compare(plan, gentle),
        kept=_staying(gentle, wanted),
        announced=len(wanted),
    )


def _told(plan: Planned, announced: Iterable[PinnedVisit] | None) -> list[PlacedVisit]:
    visits = placed_visits(plan)
    if announced is None:
        return visits
    said = {(one.npsn, one.day, one.team) for one in announced}
    return [visit for visit in visits if (visit.npsn, visit.day, visit.team) in said]


def _held(plan: Planned, visits: Iterable[PlacedVisit], *, keep_start: bool) -> list[Pinned]:
    """Return pins for the visits that the plan under the new circumstances still has."""
    names, found = plan.names, {(v.crew, v.day, v.site): v for v in plan.solution.visits}
    pins = []
    for visit in visits:
        if visit.npsn in names.sites and visit.team in names.crews:
            crew, site = names.crews.index(visit.team), names.sites.index(visit.npsn)
            still = found.get((crew, (visit.day - names.first_day).days, site))
            if still:
                start = still.start if keep_start else None
                pins.append(Pinned(crew, still.day, site, start))
    return pins


def _staying(plan: Planned, wanted: Iterable[PlacedVisit]) -> int:
    """Return how many announced visits the plan still makes with the same team and day."""
    made = [(visit.npsn, visit.day, visit.team) for visit in placed_visits(plan)]
    stayed = 0
    for visit in wanted:
        key = (visit.npsn, visit.day, visit.team)
        if key in made:
            made.remove(key)
            stayed += 1
    return stayed


@attrs.define
class _Search(Generic[P]):
    """Plans with all, none and some of the announced visits held, and the price of moving."""

    plan: P
    problem: VisitProblem  # of the plan, its past days closed
    stop: Stop
    seed: int
    price: int | None
    wanted: list[PlacedVisit]

    def best(self, firm: list[Pinned], kept: list[Pinned]) -> P:
        """Return the best plan after moves are paid for, by holding fewer and fewer visits."""
        held = self._with(self.plan, [*firm, *kept])
        if self.price is None:
            return held
        tried = [held]
        free = self._with(held, firm)
        while True:
            tried.append(free)
            made = {(v.crew, v.day, v.site) for v in free.solution.visits}
            missing = [pin for pin in kept if (pin.crew, pin.day, pin.site) not in made]
            if len(missing) <= 1:
                break
            # Half of those that moved are held again: perhaps the other half was what paid.
            kept_now = [pin for pin in kept if pin not in missing[: len(missing) // 2]]
            again = self._with(held, [*firm, *kept_now])
            if again.solution == free.solution:
                break
            free, kept = again, kept_now
        return max(tried, key=self._value)

    def _value(self, plan: P) -> tuple[int, int, int, object]:
        stayed = _staying(plan, self.wanted)
        pupils, goals = worth(plan)
        return pupils - (self.price or 0) * (len(self.wanted) - stayed), pupils, stayed, goals

    def _with(self, start: P, pins: list[Pinned]) -> P:
        """Search with *pins* held; they are no rules of the plan that is returned."""
        problem = self.problem
        pinned = attrs.evolve(problem, rules=(*problem.rules, *_new(problem, pins)))
        found = solve(pinned, stop=self.stop, seed=self.seed, start=start.solution)
        return self._better(start, pinned, found.solution)

    def _better(self, start: P, pinned: VisitProblem, solution: Solution) -> P:
        candidate = evolved(self.plan, {"solution": solution})
        if violations(pinned, solution):
            return start
        if not violations(pinned, start.solution) and worth(candidate) <= worth(start):
            return start
        return candidate


def _frozen(plan: Planned, gone: int) -> VisitProblem:
    """Return the problem in which days before *gone* have room for the visits made and no other."""
    if gone <= 0:
        return plan.problem
    made: dict[tuple[int, int], list[Window]] = {}
    for visit in plan.solution.visits:
        made.setdefault((visit.site, visit.day), []).append((visit.start, visit.end))
    sites = tuple(
        attrs.evolve(
            site,
            sessions=tuple(
                tuple(made.get((number, day), ())) if day < gone else windows
                for day, windows in enumerate(site.sessions)
            ),
        )
        for number, site in enumerate(plan.problem.sites)
    )
    return attrs.evolve(plan.problem, sites=sites)


def _new(problem: VisitProblem, pins: Iterable[Pinned]) -> list[Pinned]:
    return [pin for pin in dict.fromkeys(pins) if pin not in problem.rules]
