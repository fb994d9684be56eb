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
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.limits import Limit, Limits
from school_ektp.planning.exact.pricing import Pricer, TeamDay
from school_ektp.planning.exact.types import DayType, day_types, most_stops, periods
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import ReserveDays
from school_ektp.planning.solution import Solution

SMOOTHING = 0.6  # share of the best known prices in the next ones (Wentges 1997)
CLOSE = 1e-6
MISSING = 5.0  # pupils that one missing to a floor costs while few columns are known

Stops: TypeAlias = tuple[tuple[int, int], ...]  # (site, pupils) in the order of the visits


class ColumnBound:
    """
    The bound on the pupils of all priority classes up to one.

    Attributes:
        bound: The best bound so far.
        rounds: Rounds of pricing done.
        columns: The known ways to spend a day: (type, stops).
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
        self.kinds = day_types(problem, priority, self.parts)
        stops = most_stops(problem)
        self.pricers = [Pricer(problem, kind, stops) for kind in self.kinds]
        self.reserve = _reserves(problem)
        limits = Limits(problem, priority, self.parts, self._largest)
        self.limits = [*limits.of_sites()]
        self.missed = missed
        if missed is not None and priority == problem.priorities - 1:
            self.limits += limits.of_floors()
        self.model = Model()
        self._add_rows()
        self.twins = self._twins()
        self.bound = self._recordable()
        self.rounds = 0
        self._best_duals: list[float] | None = None
        self.columns: list[tuple[int, Stops]] = []
        self._known: set[tuple[int, Stops]] = set()

    def _largest(self, site: int, first: int, last: int) -> int:
        pairs = zip(self.kinds, self.pricers, strict=True)
        some = (pricer.largest(site) for kind, pricer in pairs if first <= kind.period <= last)
        return max(some, default=0)

    def _recordable(self) -> int:
        """Return what all sites can give together; without a limit they give nothing."""
        season = 0, len(self.parts.firsts) - 1
        return sum(
            int(limit.most)
            for limit in self.limits
            if (limit.first, limit.last) == season and limit.pupils > 0 and not limit.visits
        )

    def _add_rows(self) -> None:
        model = self.model
        self.kind_rows = [model.row({}, most=kind.count) for kind in self.kinds]
        self.limit_rows = [model.row({}, most=limit.most) for limit in self.limits]
        self.reserve_rows = {crew: model.row({}, most=days) for crew, days in self.reserve.items()}
        self.weights = [self._weights_of(kind) for kind in self.kinds]
        self.floor_rows = [
            row for row, limit in zip(self.limit_rows, self.limits, strict=True) if limit.floor
        ]
        if self.floor_rows:
            row = model.row({}, most=self.missed or 0)
            for floor in self.floor_rows:
                model.variable(rows={floor: -1.0, row: 1.0})
            model.variable(gain=-MISSING, rows={row: -1.0})  # till columns meet the floors

    def _weights_of(self, kind: DayType) -> dict[int, list[tuple[int, Limit]]]:
        """Return the limits each site has on days of a type, with their rows."""
        found: dict[int, list[tuple[int, Limit]]] = defaultdict(list)
        for row, limit in zip(self.limit_rows, self.limits, strict=True):
            if limit.holds_in(kind.period):
                for site in limit.sites:
                    found[site].append((row, limit))
        return found

    def _twins(self) -> list[list[int]]:
        """Return for each type those that differ from it only in the part of the season."""
        alike: dict[object, list[int]] = defaultdict(list)
        keys = [
            (kind.spans, kind.length, kind.kits, kind.reserve, self._pace_of(kind))
            for kind in self.kinds
        ]
        for number, key in enumerate(keys):
            alike[key].append(number)
        return [[other for other in alike[key] if other != n] for n, key in enumerate(keys)]

    def _pace_of(self, kind: DayType) -> tuple[object, ...]:
        crew = self.problem.crews[kind.crew]
        return crew.minutes_per_pupil, crew.setup, crew.packdown, crew.travel

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
        priced = [self._prices(duals, number) for number in range(len(self.kinds))]
        for number, kind in enumerate(self.kinds):
            found = self.pricers[number].best(*priced[number])
            lease = duals[self.reserve_rows[kind.reserve]] if kind.reserve in self.reserve else 0.0
            worth += kind.count * max(found[0].value - lease if found else 0.0, 0.0)
            added += sum(self._add(number, one.stops) for one in found)
            self._share(number, found, priced, duals)
            if stop():
                return added
        bound = math.floor(worth + CLOSE)
        if bound < self.bound or self._best_duals is None:
            self.bound, self._best_duals = min(bound, self.bound), duals
        return added

    def worths(self) -> list[float]:
        """Return by how much each column falls short of paying at the prices of the moment."""
        duals = [max(dual, 0.0) for dual in self.model.solve().duals]
        priced = [self._prices(duals, number) for number in range(len(self.kinds))]
        return [
            sum(priced[number][0][site] * some - priced[number][1][site] for site, some in stops)
            - duals[self.kind_rows[number]]
            for number, stops in self.columns
        ]

    def _fixed_worth(self, duals: list[float]) -> float:
        limits = zip(self.limits, self.limit_rows, strict=True)
        worth = sum(duals[row] * limit.most for limit, row in limits)
        worth += sum(duals[row] * self.reserve[crew] for crew, row in self.reserve_rows.items())
        return worth + (self.missed or 0) * max((duals[row] for row in self.floor_rows), default=0)

    def _prices(self, duals: list[float], number: int) -> tuple[list[float], list[float]]:
        """Return what a pupil of each site is worth on such days, and what a visit costs."""
        sites = len(self.problem.sites)
        prices, per_visit = [0.0] * sites, [0.0] * sites
        for site, limits in self.weights[number].items():
            prices[site] = 1.0 - sum(duals[row] * limit.pupils for row, limit in limits)
            per_visit[site] = sum(duals[row] * limit.visits for row, limit in limits)
        return prices, per_visit

    def _share(
        self,
        number: int,
        found: Sequence[TeamDay],
        priced: Sequence[tuple[list[float], list[float]]],
        duals: list[float],
    ) -> None:
        """Add what was found for one type to those like it, where it pays at their prices."""
        for other in self.twins[number]:
            prices, per_visit = priced[other]
            for one in found[:1]:
                stops = self._cut(other, one.stops)
                worth = sum(prices[site] * some - per_visit[site] for site, some in stops)
                if worth > duals[self.kind_rows[other]] + CLOSE:
                    self._add(other, stops)

    def _cut(self, number: int, stops: Stops) -> Stops:
        """Return stops that record no more than there are on days of a type."""
        caps = self.caps(number)
        return tuple((site, min(some, caps[site])) for site, some in stops if caps.get(site))

    def caps(self, number: int) -> dict[int, int]:
        """Return the most pupils one visit to each site can record on days of a type."""
        kind, caps = self.kinds[number], dict[int, int]()
        for (site, _, _), cap in zip(kind.spans, kind.caps, strict=True):
            caps[site] = max(cap, caps.get(site, 0))
        return caps

    def _add(self, number: int, stops: Stops) -> int:
        """Add a way to spend a day of a type; no site gives more than it has on such a day."""
        if not stops or (number, stops) in self._known:
            return 0
        self._known.add((number, stops))
        self.columns.append((number, stops))
        kind, caps = self.kinds[number], self.caps(number)
        pupils, visits = Counter[int](), Counter(site for site, _ in stops)
        for site, some in stops:
            pupils[site] = min(pupils[site] + some, caps[site])
        rows: dict[int, float] = defaultdict(float, {self.kind_rows[number]: 1.0})
        for site, some in pupils.items():
            for row, limit in self.weights[number][site]:
                rows[row] += limit.pupils * some + limit.visits * visits[site]
        if kind.reserve in self.reserve_rows:
            rows[self.reserve_rows[kind.reserve]] = 1.0
        entries = {row: weight for row, weight in rows.items() if weight}
        self.model.variable(gain=float(sum(pupils.values())), rows=entries)
        return 1

    def seed(self, solution: Solution) -> None:
        """Begin from the team-days of a plan."""
        for number, stops in self.team_days(solution):
            self._add(number, stops)

    def team_days(self, solution: Solution) -> list[tuple[int, Stops]]:
        """Return how a plan spends its days: (type, stops)."""
        kind_of = {member: n for n, kind in enumerate(self.kinds) for member in kind.members}
        days: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for visit in solution.visits:
            days[visit.crew, visit.day].append((visit.site, visit.pupils))
        return [
            (kind_of[crew_day], self._cut(kind_of[crew_day], tuple(stops)))
            for crew_day, stops in days.items()
            if crew_day in kind_of
        ]


def _reserves(problem: VisitProblem) -> dict[int, int]:
    """Return the days each crew may use, where a rule keeps some in reserve."""
    kept = max((r.days for r in problem.rules if isinstance(r, ReserveDays)), default=None)
    if kept is None:
        return {}
    return {
        number: max(sum(crew.works(day) for day in range(problem.days)) - kept, 0)
        for number, crew in enumerate(problem.crews)
    }
