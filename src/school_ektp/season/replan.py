"""Planning again without upsetting schools: announced visits stay unless moving them pays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Generic

import attrs

from school_ektp.model import arguments
from school_ektp.model.visit import PinnedVisit, Visit
from school_ektp.plan.comparison import Comparison, compare_visits
from school_ektp.plan.data import P, PlanData
from school_ektp.plan.unkept import is_missed, warn_of_days
from school_ektp.planning.checker import violations
from school_ektp.planning.constraints import Pinned
from school_ektp.planning.problem import PUPIL
from school_ektp.planning.solve import bounded, solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.season.rebuild import check_parts, rebuilt, standing
from school_ektp.season.resumed import from_day
from school_ektp.season.turns import OnProgress, Turns

ROUNDS = 1_000


@attrs.frozen(kw_only=True)
class Replanned(Generic[P]):
    """
    A new plan and what it changes.

    Attributes:
        plan: The new plan.
        comparison: What moved, was added or dropped since the old one, as that stands now.
        kept: Announced visits that stay with their team and day.
        announced: Announced visits of the old plan that can still be changed.
        unkept: Pinned visits of the rules that the new plan could not keep.
    """

    plan: P
    comparison: Comparison
    kept: int
    announced: int
    unkept: tuple[PinnedVisit, ...]

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
    on_progress: OnProgress | None = None,
    **changes: object,
) -> Replanned[P]:
    """
    Plan again after a change, and keep announced visits unless moving them pays.

    Args:
        plan: The plan that was announced.
        pupils_per_move: An announced visit is moved or cancelled only if the new plan is worth
            at least this many pupils more for each; None keeps every one that can be kept.
            More than `Season.replan` asks, where only visits to come after the notice move.
        on: First day that can still be changed. The new plan begins with it: what earlier visits
            were expected to record counts as recorded. The first day of the season when None.
        announced: The visits that were announced; all when None.
        keep_start: Announced visits keep their start too, not only team and day.
        stop: Stop rule of the whole call; ``MaxIterations(1000)`` when None.
        seed: Seed of each search.
        on_progress: Called with the progress of all searches together.
        **changes: What is different now: `schools`, `demand`, `teams`, `calendar`, `rules`,
            `worth`, `risks`. With *on*, `demand` tells who waits on that day, and not as
            expected by the plan.

    Returns:
        The plan of greatest value, each visit moved counting as *pupils_per_move* fewer.

    Raises:
        InvalidFieldError: *pupils_per_move* is negative, an argument is of another kind, or there
            is no such change.
        ProblemError: The changed parts do not fit together.

    Warns:
        SchoolEktpWarning: No day is left to plan, or days kept free are all that a team has.
    """
    owner = "replan"
    arguments.one(owner, "plan", plan, PlanData, "Plan")
    if pupils_per_move is not None:
        arguments.whole(owner, "pupils_per_move", pupils_per_move)
    if on is not None:
        arguments.date(owner, "on", on)
    check_parts(owner, changes)
    turns = Turns(MaxIterations(ROUNDS) if stop is None else stop)
    now = plan if on is None else from_day(plan, on)
    coming = [visit for visit in plan.visit_list if on is None or visit.day >= on]
    wanted = _announced(coming, announced)
    fresh = rebuilt(now, **changes)
    warn_of_days(fresh, rules="rules" in changes)
    return planned_again(
        fresh,
        before=now.visit_list,
        turns=turns,
        announced=wanted,
        pupils_per_move=pupils_per_move,
        keep_start=keep_start,
        seed=seed,
        on_progress=on_progress,
    )


def planned_again(
    fresh: P,
    *,
    before: Sequence[Visit],
    turns: Turns,
    announced: Sequence[Visit],
    fixed: Sequence[Visit] = (),
    pupils_per_move: int | None,
    keep_start: bool = False,
    bound: bool = True,
    seed: int = 0,
    on_progress: OnProgress | None = None,
) -> Replanned[P]:
    """
    Search from a plan under new circumstances, moving announced visits only if it pays.

    Args:
        fresh: The plan under the new circumstances, with the visits that still hold.
        before: The visits that it had, to say what changes.
        turns: The stop rule of the whole call, already begun.
        announced: Visits that are moved only for *pupils_per_move*.
        fixed: Visits that stay at their minute whatever that costs, if they can be made.
        pupils_per_move: As for `replan`.
        keep_start: As for `replan`.
        bound: Work out how far the plan is from the best, which takes time.
        seed: Seed of each search.
        on_progress: Called with the progress of all searches together.
    """
    if bound:
        value, turns.watch = bounded(fresh.problem, turns.watch)
        fresh = attrs.evolve(fresh, bound=value)
    stay = _held(fresh, fixed, keep_start=True)
    kept = _held(fresh, announced, keep_start=keep_start)
    search = _Search(fresh, turns, seed, pupils_per_move, [*announced], stay, on_progress)
    gentle = search.best([pin for pin in kept if pin not in stay])
    turns.end(on_progress)
    return Replanned(
        plan=gentle,
        comparison=compare_visits(before, gentle.visit_list),
        kept=_staying(gentle, announced),
        announced=len(announced),
        unkept=_unkept(gentle),
    )


def _announced(visits: list[Visit], announced: Iterable[PinnedVisit] | None) -> list[Visit]:
    if announced is None:
        return visits
    hint = "PinnedVisit, of visits of the plan"
    pins = arguments.several("replan", "announced", announced, PinnedVisit, hint)
    kept = {(one.site, one.day, one.team) for one in pins}
    return [visit for visit in visits if (visit.site, visit.day, visit.team) in kept]


def _held(plan: PlanData, visits: Iterable[Visit], *, keep_start: bool) -> list[Pinned]:
    """Return pins for the visits that the plan under the new circumstances still has."""
    names, found = plan.names, {(v.team, v.day, v.site): v for v in plan.solution.visits}
    pins = []
    for visit in visits:
        if visit.site in names.sites and visit.team in names.teams:
            team, site = names.teams.index(visit.team), names.sites.index(visit.site)
            still = found.get((team, (visit.day - names.first_day).days, site))
            if still:
                start = still.start if keep_start else None
                pins.append(Pinned(team, still.day, site, start))
    return pins


def _staying(plan: PlanData, wanted: Iterable[Visit]) -> int:
    """Return how many announced visits the plan still makes with the same team and day."""
    made = {(visit.site, visit.day, visit.team) for visit in plan.visit_list}
    return sum((visit.site, visit.day, visit.team) in made for visit in wanted)


def _unkept(plan: PlanData) -> tuple[PinnedVisit, ...]:
    """
    Return the pins of the rules that the plan breaks.

    Those of days gone by or outside the season are among them, and of schools where nobody waits.
    """
    names = plan.names
    broken = {
        (names.teams[fault.team], names.date(fault.day), names.sites[fault.site])
        for fault in violations(plan.problem, plan.solution)
        if fault.rule == "pinned"
        if fault.team is not None and fault.day is not None and fault.site is not None
    }
    return tuple(
        pin
        for pin in plan.rules.pinned
        if (pin.team, pin.day, pin.site) in broken or is_missed(plan, pin)
    )


@attrs.define
class _Search(Generic[P]):
    """Plans with all, none and some of the announced visits held, and the price of moving."""

    plan: P
    turns: Turns
    seed: int
    price: int | None
    wanted: list[Visit]
    fixed: list[Pinned]
    on_progress: OnProgress | None

    def best(self, kept: list[Pinned]) -> P:
        """Return the best plan after moves are paid for, by holding fewer and fewer visits."""
        if not self.price or not kept:
            nothing_is_free = self.price is None
            return self._with(self.plan, kept if nothing_is_free else [], last=True)
        held = self._with(self.plan, kept)
        if self.turns.over:
            return held
        tried = [held]
        free = self._with(held, [])
        while True:
            tried.append(free)
            made = {(v.team, v.day, v.site) for v in free.solution.visits}
            missing = [pin for pin in kept if (pin.team, pin.day, pin.site) not in made]
            if len(missing) <= 1 or self.turns.over:
                break
            # Half of those that moved are held again: perhaps the other half was what paid.
            kept = [pin for pin in kept if pin not in missing[: len(missing) // 2]]
            again = self._with(held, kept)
            if again.solution == free.solution:
                break
            free = again
        return max(tried, key=self._value)

    def _value(self, plan: P) -> tuple[int, ...]:
        stayed = _staying(plan, self.wanted)
        broken, shortfall, value = standing(plan.problem, plan.solution)
        moves = len(self.wanted) - stayed
        return broken, shortfall, value - (self.price or 0) * PUPIL * moves, value, stayed

    def _with(self, start: P, pins: list[Pinned], *, last: bool = False) -> P:
        """Search with *pins* held; they are no constraints of the plan that is returned."""
        held = [*self.fixed, *pins]
        new = [pin for pin in held if pin not in self.plan.problem.constraints]
        constraints = (*self.plan.problem.constraints, *new)
        pinned = attrs.evolve(self.plan.problem, constraints=constraints)
        watch = self.turns.next(last=last)
        result = solve(
            pinned,
            stop=watch,
            seed=self.seed,
            start=start.solution,
            on_progress=self.turns.reporting(self.on_progress),
        )
        if result.interrupted:
            self.turns.over, self.turns.last = True, None
        found = result.solution
        best = max((start.solution, found), key=lambda solution: standing(pinned, solution))
        return attrs.evolve(self.plan, solution=best)
