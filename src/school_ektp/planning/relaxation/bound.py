"""
A value that no plan exceeds, from prices of minutes.

What ties sites together is the teams' time. Each minute of a team-day is given a price; then
every team-day earns what its minutes are worth beyond its own cost, and every site what its
visits are worth beyond their minutes. The sum bounds the value of all plans, whatever the prices
are (Lagrangian relaxation; Geoffrion 1974). A few prices are tried and the least sum counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from statistics import median_low

import attrs

from school_ektp.planning.constraints import KitDayCap, TeamDayBudget
from school_ektp.planning.problem import ALL, PUPIL, Matrix, VisitProblem
from school_ektp.planning.relaxation.demand import SiteDemand
from school_ektp.planning.relaxation.hours import Hours

SLACK = 1_000  # millionths, for sums of fractions
TRIALS = 60  # prices tried for an effort of one, at most
WORK = 1_600_000  # sites times days times prices tried, for an effort of one


@attrs.frozen
class Bound:
    """
    What no plan of a problem exceeds.

    Attributes:
        value: Millionths of a pupil.
    """

    value: int


def all_recorded(problem: VisitProblem) -> Bound:
    """Return the plainest bound: everybody recorded at once, at no cost."""
    last = problem.days - 1
    return Bound(
        sum(
            group.arrived(last) * problem.price.weight(group.priority) * (PUPIL // 10)
            for site in problem.sites
            for group in site.groups
        )
    )


def upper_bound(
    problem: VisitProblem, *, effort: int = 1, over: Callable[[], bool] | None = None
) -> Bound:
    """
    Return an upper bound on the value of every plan.

    Args:
        problem: What is planned.
        effort: Prices of minutes are tried in proportion to it; more never gives a worse bound.
        over: Says that time is up: the bound is then that of the prices tried so far, and
            `all_recorded` if there are none.
    """
    if over is not None and over():
        return all_recorded(problem)
    trials = min(TRIALS, WORK // max(len(problem.sites) * problem.days, 1))
    value, _ = MinutePrices(problem).least(max(trials, 1) * effort, over)
    return Bound(ceil(PUPIL * value) + SLACK)


@attrs.frozen(kw_only=True)
class _TeamDay:
    """
    A team-day.

    Attributes:
        day: Its day.
        early: Minutes until most sites close.
        late: Minutes after that, till the last one closes.
        cost: What going out costs, in pupils.
    """

    day: int
    early: float
    late: float
    cost: float


@attrs.frozen
class Prices:
    """
    Prices in pupils.

    Attributes:
        minute: Of a minute, on each day.
        late: Of a minute after most sites have closed, as a share of that.
    """

    minute: tuple[float, ...]
    late: float


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
        late: list[dict[int, float]] = [{} for _ in problem.sites]
        self.most = [0.0] * len(problem.sites)
        for number, day in self.hours.team_days:
            team, spans = problem.teams[number], self.hours.spans(number, day)
            if not spans:
                continue
            drive, kits = self.drive[team.travel], team.kits[day]
            scale = kits / self.most_kits  # a minute of many kits is worth more
            opens = min(since - drive[site] for site, since, _ in spans)
            usual = median_low(until for _, _, until in spans)
            turn = max(until + drive[site] for site, _, until in spans if until <= usual)
            closes = max(until + drive[site] for site, _, until in spans)
            for site, since, until in spans:
                lasts = team.setup[site] + team.packdown[site]
                whole = scale * (lasts + 2 * drive[site])
                each = scale * team.minutes_per_pupil[site] / kits
                after = scale * max(until + drive[site] - turn, 0.0)
                fixed[site][day] = min(fixed[site].get(day, whole), whole)
                pace[site][day] = min(pace[site].get(day, each), each)
                late[site][day] = max(late[site].get(day, after), after)
                room = _room(until - since - lasts, team.minutes_per_pupil[site], kits)
                if cap is not None:
                    room = min(room, cap * kits)
                self.most[site] = max(self.most[site], room * self.held)
            self.team_days.append(
                _TeamDay(
                    day=day,
                    early=scale * (turn - opens),
                    late=scale * (closes - turn),
                    cost=self._cost_of_going_out(number, drive),
                )
            )
        self.fixed = [[one[day] for day in sorted(one)] for one in fixed]
        self.pace = [[one[day] for day in sorted(one)] for one in pace]
        self.late = [[one[day] for day in sorted(one)] for one in late]
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

    def at(self, prices: Prices) -> float:
        """Return the bound at some prices, in pupils."""
        return self._of_days(prices) + sum(self._of_sites(prices))

    def _of_days(self, prices: Prices) -> float:
        minute, late = prices.minute, prices.late
        values = (
            (minute[one.day] * (one.early + late * one.late) - one.cost, one.day)
            for one in self.team_days
        )
        earned = [one for one in values if one[0] > 0]
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

    def _of_sites(self, prices: Prices) -> Iterator[float]:
        for site, demand in enumerate(self.demand):
            if demand.days and self.held:
                visit, place = self.of_site(site, prices)
                pupil = [price / self.held for price in place]
                yield demand.best(visit, pupil, self.most[site])

    def of_site(self, site: int, prices: Prices) -> tuple[list[float], list[float]]:
        """
        Return what a visit and room for one pupil cost at least on each day of a site.

        As many minutes as can be late are taken as late ones.
        """
        road = 2 * self.price.driving_minute / PUPIL * min(drive[site] for drive in self.drive)
        each, minute = self.price.visit / PUPIL + road, prices.minute
        days, cheaper = self.demand[site].days, 1 - prices.late
        parts = zip(days, self.fixed[site], self.late[site], strict=True)
        visit = [each + minute[day] * (some - cheaper * late) for day, some, late in parts]
        place = [minute[day] * some for day, some in zip(days, self.pace[site], strict=True)]
        return visit, place

    # Prices ----------------------------------------------------------------------------------

    def least(self, trials: int, over: Callable[[], bool] | None = None) -> tuple[float, Prices]:
        """
        Return the least bound of so many prices, or of those tried before time is up, and these.

        Prices of minutes fall with the days in a straight line until they meet a level price:
        who is deferred loses so much a day until there is time for all.
        """
        level = min((one.cost / one.early for one in self.team_days), default=0.0)
        days = self.problem.days
        point = [level, level, days / 4, 1.0]
        steps = [level / 4 or 0.01, level or 0.02, days / 8, 0.25]
        best = self.at(self._prices(point))
        while trials > 0 and not (over is not None and over()):
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
        return best, self._prices(point)

    def _prices(self, point: Sequence[float]) -> Prices:
        level, early, until, late = point
        fall, days = early / until if until else 0.0, range(self.problem.days)
        minute = (level + max(early - fall * (day - self.problem.today), 0.0) for day in days)
        return Prices(tuple(minute), min(late, 1.0))


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
