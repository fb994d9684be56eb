"""
Pupils that no plan can exceed, by column generation over team-days.

The master problem chooses how many crew-days of each type are spent in which way, within what
the sites can give; the pricing problem finds ways that are worth more than those known
(Dantzig and Wolfe 1960; Desaulniers, Desrosiers and Solomon 2005). Whatever the prices, the
worth of the limits at them plus the best team-day of each type is a bound (Lagrange), so the
bound holds at every moment; it is rounded down, since pupils are whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from typing import Any

from school_ektp.planning.exact.limits import Case
from school_ektp.planning.exact.master import Frame, Master, Stops
from school_ektp.planning.exact.pricing import Pricer
from school_ektp.planning.exact.sets import Listing, Sets
from school_ektp.planning.exact.types import periods
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import Solution

SMOOTHING = 0.2  # share of the best known prices in the next ones (Wentges 1997)
CLOSE = 1e-6
OFFERED = 10  # ways of a type that a round adds
NEAR = 0.5  # pupils between the bound and the program, below which rounding is tried
TIGHTENED = 12  # times that rows are added before all ways are priced again


class ColumnBound:
    """
    The bound on the pupils of all priority classes up to one.

    Attributes:
        bound: The best bound so far.
        reading: The bound at the best prices for the rows of the moment, not rounded.
        rounds: Rounds of pricing done.
    """

    def __init__(self, problem: VisitProblem, priority: int, *, missed: int | None = None) -> None:
        """
        Build the master problem without any column.

        Args:
            problem: The problem.
            priority: The last class counted.
            missed: Pupils by which floors may be missed; only plans that miss them by no more
                are then bounded. None: floors are left out.
        """
        self.problem = problem
        self.parts = periods(problem)
        self.missed = missed
        self.frame = Frame(problem, priority, self.parts, missed=missed)
        self.pricers = [Pricer(problem, kind) for kind in self.frame.kinds]
        self.master = Master(self.frame)
        for row in self.frame.forgone:
            self.master.tie(row)
        self.bound = self._recordable()
        self.rounds = 0
        self.reading = math.inf
        self._best: Any = None  # prices of the best bound
        self._rates: list[tuple[float, float]] = []  # pupils without any day, and for each day

    def _recordable(self) -> int:
        """Return what all sites can give together; without a limit they give nothing."""
        season = 0, len(self.parts.firsts) - 1
        return sum(
            int(limit.most)
            for limit in self.frame.limits
            if (limit.first, limit.last) == season and limit.of_pupils
        )

    def seed(self, solution: Solution) -> None:
        """Begin from the team-days of a plan."""
        for column in self.frame.days_of(solution):
            self.master.add(column)

    def within(self, case: Case) -> ColumnBound:
        """Return the bound on the plans of one case, as far as it is known yet."""
        inside = copy(self)
        inside.frame = self.frame.within(case)
        inside.master = Master(inside.frame)
        for column in self.master.columns:
            inside.master.add(column)
        return inside

    def improve(
        self, stop: Callable[[], bool], target: int, known: dict[object, Sets] | None = None
    ) -> int:
        """
        Tighten the bound until it is at most *target*, proved the least, or *stop* says so.

        Args:
            stop: Whether time is over.
            target: Pupils that a plan reaches.
            known: Sets of stops listed before; new ones are added.
        """
        sets, near = Catalogue(self.problem, self.frame, known), NEAR
        while self.bound > target and not stop():
            value, duals = sets.settle(self.master, stop)
            for _ in range(TIGHTENED):
                if stop() or not self.master.tighten():
                    break
                value, duals = sets.settle(self.master, stop)
            while not stop():
                reading = self._price(self._smoothed(duals), stop)
                if not reading:
                    reading = self._price(duals, stop)
                self.rounds += 1
                value, duals = sets.settle(self.master, stop)
                if not reading or self.bound <= max(target, value) or self.reading <= value + near:
                    break
            if self.master.tighten():
                near = NEAR
            elif near and self.bound > value:
                near = 0.0  # prices alone can still lower it by a pupil
            else:
                break
        return self.bound

    def fewest_days(
        self,
        pupils: int,
        least: int,
        stop: Callable[[], bool],
        known: dict[object, Sets] | None = None,
    ) -> int:
        """
        Return team-days without which no plan records so many pupils.

        So many days are allowed as are known to be needed, and the prices at which they do not
        suffice show how many more are (Newton's method from below on a concave function).

        Args:
            pupils: Pupils to be recorded.
            least: Team-days known to be needed.
            stop: Whether time is over.
            known: Sets of stops listed before; new ones are added.
        """
        while True:
            self._allow(least)
            if self.improve(stop, pupils - 1, known) >= pupils:
                return least
            needed = ((pupils - rest) / each for rest, each in self._rates if each > CLOSE)
            more = math.ceil(max(needed, default=0.0) - CLOSE)
            if more <= least:
                return least
            least = more

    def _allow(self, days: int) -> None:
        """Let so many team-days be spent."""
        self.frame.most[self.frame.spent] = float(days)
        self.master.allow(days)
        self.bound, self.reading, self._best = self._recordable(), math.inf, None

    def _smoothed(self, duals: Any) -> Any:  # noqa: ANN401
        if self._best is None:
            return duals
        added = len(duals) - len(self._best)  # rows that cost nothing at the best prices
        best = self.frame.np.pad(self._best, (0, added))
        return SMOOTHING * best + (1 - SMOOTHING) * duals

    def _price(self, duals: Any, stop: Callable[[], bool]) -> int:  # noqa: ANN401
        """Find the best team-days at these prices, add them, and take the bound they prove."""
        added, worth = 0, self._fixed_worth(duals)
        for number, kind in enumerate(self.frame.kinds):
            found = self.pricers[number].best(self.frame.worths(number, duals))
            lease = self.frame.rent(number, duals) - duals[number]
            worth += kind.count * max(found[0].value - lease if found else 0.0, 0.0)
            added += sum(
                self.master.add((number, self.frame.cut(number, one.stops))) for one in found
            )
            if stop():
                return added
        each = float(duals[self.frame.spent])
        self._rates.append((worth - each * self.frame.most[self.frame.spent], each))
        if self._best is None or worth < self.reading:
            self.reading, self._best = worth, duals
        self.bound = min(self.bound, math.floor(worth + CLOSE))
        return added

    def _fixed_worth(self, duals: Any) -> float:  # noqa: ANN401
        frame = self.frame
        first = frame.first_limit
        rows = [*range(first, frame.last), *range(frame.last + 1, len(frame.most))]
        dearest = max((float(duals[row]) for row in frame.floor_rows), default=0.0)
        missed = dearest * (self.missed or 0)
        return float(missed + sum(duals[row] * frame.most[row] for row in rows))


class Catalogue:
    """The sets of stops of all types of days."""

    def __init__(
        self, problem: VisitProblem, frame: Frame, known: dict[object, Sets] | None = None
    ) -> None:
        """
        List the sets.

        Args:
            problem: The problem.
            frame: Whose types of days are asked for.
            known: Sets listed before, for days that are alike; new ones are added.
        """
        self.frame = frame
        known = {} if known is None else known
        self.sets: list[Sets] = []
        for kind in frame.kinds:
            key = kind.spans, kind.kits, frame.problem.crews[kind.crew]
            if key not in known:
                known[key] = Sets(problem, kind)
            self.sets.append(known[key])

    def settle(self, master: Master, stop: Callable[[], bool]) -> tuple[float, Any]:
        """Add ways that pay till none is left; return the value of the program and its prices."""
        listed: dict[object, Listing] = {}
        listings: dict[int, Listing] = {}
        for number, sets in enumerate(self.sets):
            if master.left[number] >= 1:
                room = master.room(number)
                key = id(sets), room.tobytes()
                if key not in listed:
                    listed[key] = sets.listed(room)
                listings[number] = listed[key]
        while True:
            value, duals = master.solve()
            if stop() or not self._offer(master, listings, duals):
                return value, duals

    def _offer(self, master: Master, listings: dict[int, Listing], duals: Any) -> int:  # noqa: ANN401
        """Add the best ways of each type; what is found for one serves others priced alike."""
        frame, added = master.frame, 0
        found: dict[object, list[Stops]] = {}
        for number, listing in listings.items():
            worths, above = frame.worths(number, duals), frame.rent(number, duals) + CLOSE
            key = id(listing), worths.tobytes(), above
            if key not in found:
                found[key] = listing.best(worths, above, OFFERED)
            added += sum(master.add((number, stops)) for stops in found[key])
        return added
