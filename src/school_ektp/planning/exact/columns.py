"""
Pupils that no plan can exceed, by column generation over team-days.

The master problem chooses how many crew-days of each type are spent in which way, so that no
site records more than wait; the pricing problem finds ways that are worth more than those known
(Dantzig and Wolfe 1960; Desaulniers, Desrosiers and Solomon 2005). Whatever the prices, the
worth of the pupils at them plus the best team-day of each type is a bound (Lagrange), so the
bound holds at every moment; it is rounded down, since pupils are whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import attrs

from school_ektp.planning.edit import with_visit
from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.pricing import Pricer, TeamDay
from school_ektp.planning.exact.types import DayType, day_types, most_stops, period_end, period_of
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach
from school_ektp.planning.rules import ReserveDays, VisitsPerSite
from school_ektp.planning.solution import Solution

SMOOTHING = 0.6  # share of the best known prices in the next ones (Wentges 1997)
CLOSE = 1e-6


@attrs.frozen
class Demand:
    """Pupils of one site who can be recorded in the parts of the season up to one of them."""

    site: int
    period: int
    pupils: int


class ColumnBound:
    """
    The bound on the pupils of all priority classes up to one.

    Attributes:
        bound: The best bound so far.
        rounds: Rounds of pricing done.
    """

    def __init__(self, problem: VisitProblem, priority: int) -> None:
        self.problem = problem
        self.kinds = day_types(problem, priority)
        self.demand = _demand(problem, priority)
        self.visits_most = min(
            (r.most for r in problem.rules if isinstance(r, VisitsPerSite)), default=None
        )
        self.reserve = _reserves(problem)
        stops = most_stops(problem)
        self.pricers = [Pricer(problem, kind, stops) for kind in self.kinds]
        self.model = Model()
        self._add_rows()
        last = {one.site: one.pupils for one in self.demand}
        self.bound = sum(last.values())
        self.rounds = 0
        self._best_duals: list[float] | None = None
        self._columns: list[tuple[int, tuple[tuple[int, int], ...]]] = []  # type, stops
        self._known: set[tuple[int, tuple[tuple[int, int], ...]]] = set()

    def _add_rows(self) -> None:
        model = self.model
        self.kind_rows = [model.row({}, most=kind.count) for kind in self.kinds]
        self.demand_rows = [model.row({}, most=one.pupils) for one in self.demand]
        sites = range(len(self.problem.sites)) if self.visits_most is not None else ()
        self.visit_rows = {site: model.row({}, most=self.visits_most or 0) for site in sites}
        self.reserve_rows = {crew: model.row({}, most=days) for crew, days in self.reserve.items()}

    def improve(self, stop: Callable[[], bool], target: int) -> int:
        """Tighten the bound until it is at most *target*, proved the least, or *stop* says so."""
        while self.bound > target and not stop():
            solved = self.model.solve()
            duals = [max(dual, 0.0) for dual in solved.duals]
            smooth = self._smoothed(duals)
            added = self._price(smooth, stop)
            if not added and smooth != duals:
                added = self._price(duals, stop)
            self.rounds += 1
            if not added or self.bound <= math.floor((solved.value or 0.0) + CLOSE):
                break
        return self.bound

    def _smoothed(self, duals: list[float]) -> list[float]:
        if self._best_duals is None:
            return duals
        pairs = zip(self._best_duals, duals, strict=True)
        return [SMOOTHING * best + (1 - SMOOTHING) * new for best, new in pairs]

    def _price(self, duals: list[float], stop: Callable[[], bool]) -> int:
        """Find the best team-days at these prices, add them, and take the bound they prove."""
        added, worth = 0, self._fixed_worth(duals)
        for number, kind in enumerate(self.kinds):
            prices, per_visit = self._prices(duals, kind)
            found = self.pricers[number].best(prices, per_visit)
            lease = duals[self.reserve_rows[kind.reserve]] if kind.reserve in self.reserve else 0.0
            worth += kind.count * max(found[0].value - lease if found else 0.0, 0.0)
            added += sum(self._add(number, one) for one in found)
            if stop():
                return added
        bound = math.floor(worth + CLOSE)
        if bound < self.bound or self._best_duals is None:
            self.bound, self._best_duals = min(bound, self.bound), duals
        return added

    def _fixed_worth(self, duals: list[float]) -> float:
        demand = zip(self.demand, self.demand_rows, strict=True)
        worth = sum(duals[row] * one.pupils for one, row in demand)
        worth += sum(duals[row] * (self.visits_most or 0) for row in self.visit_rows.values())
        return worth + sum(
            duals[row] * self.reserve[crew] for crew, row in self.reserve_rows.items()
        )

    def _prices(self, duals: list[float], kind: DayType) -> tuple[list[float], list[float]]:
        """Return what a pupil of each site is worth on such days, and what a visit costs."""
        sites = len(self.problem.sites)
        prices = [0.0] * sites
        for one in self.demand:
            prices[one.site] = 1.0
        for one, row in zip(self.demand, self.demand_rows, strict=True):
            if one.period >= kind.period:
                prices[one.site] -= duals[row]
        return prices, [
            duals[self.visit_rows[site]] if self.visit_rows else 0.0 for site in range(sites)
        ]

    def _add(self, number: int, one: TeamDay) -> int:
        """Add a way to spend a day of a type; no site gives more than it has on such a day."""
        if (number, one.stops) in self._known:
            return 0
        self._known.add((number, one.stops))
        self._columns.append((number, one.stops))
        kind = self.kinds[number]
        caps: dict[int, int] = {}
        for (site, _, _), cap in zip(kind.spans, kind.caps, strict=True):
            caps[site] = max(cap, caps.get(site, 0))
        pupils = {site: min(some, caps[site]) for site, some in one.pupils.items()}
        rows = {self.kind_rows[number]: 1.0}
        for demand, row in zip(self.demand, self.demand_rows, strict=True):
            if demand.site in pupils and demand.period >= kind.period:
                rows[row] = float(pupils[demand.site])
        for site, _ in one.stops:
            if site in self.visit_rows:
                rows[self.visit_rows[site]] = rows.get(self.visit_rows[site], 0.0) + 1.0
        if kind.reserve in self.reserve_rows:
            rows[self.reserve_rows[kind.reserve]] = 1.0
        self.model.variable(gain=float(sum(pupils.values())), rows=rows)
        return 1

    def seed(self, solution: Solution) -> None:
        """Begin from the team-days of a plan."""
        kind_of = {member: n for n, kind in enumerate(self.kinds) for member in kind.members}
        days: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for visit in solution.visits:
            days.setdefault((visit.crew, visit.day), []).append((visit.site, visit.pupils))
        for crew_day, stops in days.items():
            if crew_day in kind_of:
                self._add(kind_of[crew_day], TeamDay(tuple(stops), 0.0))

    def whole_plan(self, seconds: float) -> Solution:
        """
        Return the plan that the known team-days make up best; the bound is done after it.

        Each takes a day of its type, in the order of the days; what the judge does not pass is
        left out.
        """
        self.model.make_whole()
        values = self.model.solve(seconds).values
        free = [[*kind.members] for kind in self.kinds]
        chosen = [
            (free[number].pop(0), stops)
            for (number, stops), value in zip(self._columns, values, strict=True)
            for _ in range(round(value))
            if free[number]
        ]
        plan, faults = Solution(), set(violations(self.problem, Solution()))
        for (crew, day), stops in sorted(chosen, key=lambda one: (one[0][1], one[0][0])):
            for site, pupils in stops:
                wider = with_visit(self.problem, plan, crew=crew, day=day, site=site, most=pupils)
                if wider is not None and set(violations(self.problem, wider)) <= faults:
                    plan = wider
        return plan


def _demand(problem: VisitProblem, priority: int) -> tuple[Demand, ...]:
    """Return for each site the pupils up to each part of the season after which more come."""
    reach = Reach(problem)
    periods = sorted({period_of(problem, day) for day in range(problem.days)})
    found = []
    for number, site in enumerate(problem.sites):
        whole = reach.recordable(number, priority)
        ends = [
            (
                period,
                sum(
                    group.arrived(period_end(problem, period))
                    for group in site.groups
                    if group.priority <= priority
                ),
            )
            for period in periods
        ]
        found += [Demand(number, period, n) for period, n in ends[:-1] if 0 < n < whole]
        found += [Demand(number, periods[-1], whole)] if whole else []
    return tuple(found)


def _reserves(problem: VisitProblem) -> dict[int, int]:
    """Return the days each crew may use, where a rule keeps some in reserve."""
    kept = max((r.days for r in problem.rules if isinstance(r, ReserveDays)), default=None)
    if kept is None:
        return {}
    return {
        number: max(sum(crew.works(day) for day in range(problem.days)) - kept, 0)
        for number, crew in enumerate(problem.crews)
    }
