"""
A value that no plan exceeds, from prices of minutes.

What ties sites together is the teams' time. Each minute of a team-day is given a price; then
every team-day earns what its minutes are worth beyond its own cost, and every site what its
visits are worth beyond their minutes. The sum bounds the value of all plans, whatever the prices
are (Lagrangian relaxation; Geoffrion 1974). A few prices are tried and the least sum counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

import attrs

from school_ektp.planning.constraints import KitDayCap, TeamDayBudget
from school_ektp.planning.problem import ALL, PUPIL, Matrix, VisitProblem
from school_ektp.planning.relaxation.demand import SiteDemand
from school_ektp.planning.relaxation.hours import Hours

SLACK = 1_000  # millionths, for sums of fractions
TRIALS = 30  # prices tried for an effort of one


@attrs.frozen
class Bound:
    """
    What no plan of a problem exceeds.

    Attributes:
        value: Millionths of a pupil.
    """

    value: int


def upper_bound(problem: VisitProblem, *, effort: int = 1) -> Bound:
    """
    Return an upper bound on the value of every plan.

    Args:
        problem: What is planned.
        effort: Prices of minutes are tried in proportion to it; more never gives a worse bound.
    """
    split = MinutePrices(problem)
    return Bound(ceil(PUPIL * split.least(TRIALS * effort)) + SLACK)


@attrs.frozen(kw_only=True)
class _TeamDay:
    """Team-days with the same day, hours and worth: their minutes, cost and number."""

    day: int
    minutes: float
    cost: float
    kits: int


class MinutePrices:
    """A problem taken apart into team-days and sites, which prices of minutes hold together."""

    def __init__(self, problem: VisitProblem) -> None:
        self.problem = problem
        self.hours = Hours(problem)
        self.price = problem.price
        self.drive = _half_drives(problem)
        self.held = problem.luck.held / ALL
        self.most_kits = max((max(team.kits) for team in problem.teams), default=1) or 1
        self._read_days()

    def _read_days(self) -> None:
        """Read the team-days, and what a visit to each site on each day takes at least."""
        problem, cap = self.problem, self.problem.limit(KitDayCap)
        self.team_days: list[_TeamDay] = []
        fixed: list[dict[int, float]] = [{} for _ in problem.sites]
        pace: list[dict[int, float]] = [{} for _ in problem.sites]
        self.most = [0.0] * len(problem.sites)
        for number, day in self.hours.team_days:
            team, spans = problem.teams[number], self.hours.spans(number, day)
            if not spans:
                continue
            drive, kits = self.drive[team.travel], team.kits[day]
            scale = kits / self.most_kits  # a minute of many kits is worth more
            opens, closes = float("inf"), 0.0
            for site, since, until in spans:
                opens, closes = min(opens, since - drive[site]), max(closes, until + drive[site])
                lasts = team.setup[site] + team.packdown[site]
                whole = scale * (lasts + 2 * drive[site])
                each = scale * team.minutes_per_pupil[site] / kits
                fixed[site][day] = min(fixed[site].get(day, whole), whole)
                pace[site][day] = min(pace[site].get(day, each), each)
                room = _room(until - since - lasts, team.minutes_per_pupil[site], kits)
                if cap is not None:
                    room = min(room, cap * kits)
                self.most[site] = max(self.most[site], room * self.held)
            self.team_days.append(
                _TeamDay(
                    day=day,
                    minutes=scale * (closes - opens),
                    cost=self._cost_of_going_out(number, drive),
                    kits=kits,
                )
            )
        self.fixed = [[one[day] for day in sorted(one)] for one in fixed]
        self.pace = [[one[day] for day in sorted(one)] for one in pace]
        self.demand = [SiteDemand(problem, site, sorted(one)) for site, one in enumerate(fixed)]

    def _cost_of_going_out(self, number: int, drive: Sequence[float]) -> float:
        """Return what a team-day costs beside its visits, in pupils."""
        team = self.problem.teams[number]
        matrix = self.problem.travel[team.travel]
        sites = range(len(self.problem.sites))
        out = min((matrix[team.start][site] - drive[site] for site in sites), default=0.0)
        home = min((matrix[site][team.end] - drive[site] for site in sites), default=0.0)
        road = self.price.driving_minute * max(out + home, 0.0)
        return (self.price.team_day + road) / PUPIL

    def at(self, minute: Sequence[float]) -> float:
        """Return the bound when a minute has this price on each day, in pupils."""
        return self._of_days(minute) + sum(self._of_sites(minute))

    def _of_days(self, minute: Sequence[float]) -> float:
        earned = [
            (minute[one.day] * one.minutes - one.cost, one.day)
            for one in self.team_days
            if minute[one.day] * one.minutes > one.cost
        ]
        earned.sort(reverse=True)
        least = sum(value for value, _ in earned)
        for budget in self.problem.all_of(TeamDayBudget):
            counted = [value for value, day in earned if budget.first <= day <= budget.last]
            spent = sum(
                budget.first <= day <= budget.last
                for team in self.problem.teams
                for day in team.out
            )
            over = sum(counted[max(budget.most - spent, 0) :])
            least = min(least, sum(value for value, _ in earned) - over)
        return least

    def _of_sites(self, minute: Sequence[float]) -> Iterator[float]:
        visit_price = self.price.visit / PUPIL
        road = 2 * self.price.driving_minute / PUPIL
        shortest = [min(drives) for drives in zip(*self.drive, strict=True)]
        for site, demand in enumerate(self.demand):
            if not demand.days or not self.held:
                continue
            each = visit_price + road * shortest[site]
            prices = [minute[day] for day in demand.days]
            visit = [each + p * some for p, some in zip(prices, self.fixed[site], strict=True)]
            pupil = [p * some / self.held for p, some in zip(prices, self.pace[site], strict=True)]
            yield demand.best(visit, pupil, self.most[site])

    # Prices ----------------------------------------------------------------------------------

    def least(self, trials: int) -> float:
        """
        Return the least bound of so many prices.

        Prices fall with the days in a straight line until they meet a level price: who is
        deferred loses so much a day until there is time for all.
        """
        if not self.team_days:
            return 0.0
        level = min(one.cost / one.minutes for one in self.team_days)
        last = self.problem.days
        point = [level, level, last / 4]
        steps = [level / 4 or 0.01, level or 0.02, last / 8]
        best = self.at(self._prices(point))
        while trials > 0:
            better = False
            for axis in range(len(point)):
                for sign in (1, -1):
                    trial = [*point]
                    trial[axis] = max(trial[axis] + sign * steps[axis], 0.0)
                    trials -= 1
                    found = self.at(self._prices(trial))
                    if found < best:
                        best, point, better = found, trial, True
                        steps[axis] *= 2
                        break
            if not better:
                steps = [step / 2 for step in steps]
        return best

    def _prices(self, point: Sequence[float]) -> list[float]:
        level, early, until = point
        fall = early / until if until else 0.0
        return [
            level + max(early - fall * (day - self.problem.today), 0.0)
            for day in range(self.problem.days)
        ]


def _room(minutes: int, pace: int, kits: int) -> float:
    return float(kits * (minutes // pace)) if pace else float("inf")


def _half_drives(problem: VisitProblem) -> list[list[float]]:
    """
    Return for each matrix and site half the shortest drive to or from another site.

    A drive between two sites takes at least the sum of theirs, and one from or to a base of a
    team at least that of its site.
    """
    sites = len(problem.sites)
    ends: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for team in problem.teams:
        ends[team.travel].add((team.start, team.end))
    return [_of_matrix(matrix, sites, ends[one]) for one, matrix in enumerate(problem.travel)]


def _of_matrix(matrix: Matrix, sites: int, ends: set[tuple[int, int]]) -> list[float]:
    into = [*zip(*(row[:sites] for row in matrix[:sites]), strict=True)]
    found = []
    for site in range(sites):
        there, back = matrix[site][:sites], into[site]
        near = [*there[:site], *there[site + 1 :], *back[:site], *back[site + 1 :]]
        half = min(near, default=float("inf")) / 2
        bases = [matrix[start][site] for start, _ in ends] + [matrix[site][end] for _, end in ends]
        found.append(float(min([half, *bases], default=0.0)))
    return [0.0 if one == float("inf") else one for one in found]
