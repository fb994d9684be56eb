"""Trade-offs: pupils against team-days, and the least district's coverage against pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs
import polars as pl

from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import Floor, Pinned, ReserveDays
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.season.planned import P, evolved, improved, worth
from school_ektp.season.transfer import one_by_one

#: One row per number of team-days, descending; each is a plan that the judge passed.
FRONTIER = pl.Schema(
    {
        "team_days": pl.Int64,
        "recorded": pl.Int64,
        "recorded_first": pl.Int64,  # in the first priority class
        "lost": pl.Int64,  # pupils fewer than with all team-days
        "per_team_day": pl.Float64,  # pupils that the last of these team-days brings
    }
)

#: One row per floor, ascending; each is a plan that the judge passed.
EQUITY = pl.Schema(
    {
        "least_coverage": pl.Float64,  # of those who wait in the kecamatan least served
        "kecamatan": pl.String,  # that kecamatan
        "recorded": pl.Int64,
        "lost": pl.Int64,  # pupils fewer than without a floor
        "team_days": pl.Int64,
    }
)

WHOLE = 1000
STEP = 50  # thousandths by which the floor of every kecamatan rises


@attrs.frozen(eq=False)
class Frontier:
    """
    Plans of which none is better in both respects.

    Attributes:
        table: One row per plan, see `FRONTIER` or `EQUITY`.
        solutions: Their visits, in the order of the rows.
    """

    table: pl.DataFrame
    solutions: tuple[Solution, ...] = attrs.field(repr=lambda plans: f"<{len(plans)} plans>")


def frontier(plan: P, *, least: int = 0, stop: Stop | None = None, seed: int = 0) -> Frontier:
    """
    Return how many pupils each number of team-days records, from those of the plan downwards.

    The team-day whose loss costs least is given up, and the season is planned again on the days
    that are left; so every point is a plan, not an estimate. Pinned visits stay.

    Args:
        plan: The plan with all its team-days.
        least: Fewest team-days asked about.
        stop: Stop rule for each point; ``MaxIterations(100)`` when None.
        seed: Seed of each search.
    """
    rule = stop or MaxIterations(100)
    found = {_team_days(plan): plan}
    now = plan
    while _team_days(now) > max(least, 0):
        fewer = _one_fewer(now, rule, seed)
        if fewer is None:
            break
        now = fewer
        found[_team_days(now)] = now
    return _frontier(plan, _undominated(found))


def _team_days(plan: P) -> int:
    return -score(plan.problem, plan.solution).team_days


def _one_fewer(plan: P, stop: Stop, seed: int) -> P | None:
    """Return the plan without the team-day that is missed least, planned again without it."""
    visits = defaultdict(list)
    for visit in plan.solution.visits:
        visits[visit.crew, visit.day].append(visit)
    pins = {(r.crew, r.day) for r in plan.problem.rules if isinstance(r, Pinned)}
    free = sorted(visits.keys() - pins, key=lambda crew_day: _loss(plan.problem, visits[crew_day]))
    if not free:
        return None
    kept = [one for crew_day, some in sorted(visits.items()) if crew_day != free[0] for one in some]
    rest = _legal(plan.problem, Solution(tuple(kept)))
    days = visits.keys() - {free[0]}
    narrow = _only_on(plan.problem, days)
    again = solve(narrow, stop=stop, seed=seed, start=rest).solution
    tried = [evolved(plan, {"solution": one}) for one in (rest, again)]
    held = [one for one in tried if not violations(plan.problem, one.solution)]
    return max(held, key=worth, default=None)


def _loss(problem: VisitProblem, visits: Sequence[SiteVisit]) -> tuple[object, ...]:
    lost = [0] * problem.priorities
    for visit in visits:
        for group, pupils in zip(problem.sites[visit.site].groups, visit.recorded, strict=True):
            lost[group.priority] += pupils
    return sum(lost), lost, visits[0].day, visits[0].crew


def _legal(problem: VisitProblem, kept: Solution) -> Solution:
    """Return the plan as it stands, or visit by visit where a rule (spacing) needs the rest."""
    return one_by_one(problem, iter(kept.visits)) if violations(problem, kept) else kept


def _only_on(problem: VisitProblem, days: set[tuple[int, int]]) -> VisitProblem:
    """Return the problem in which crews go out on these days only, reserves no longer asked."""
    crews = tuple(
        attrs.evolve(
            crew,
            shifts=tuple(
                shift if (number, day) in days else None for day, shift in enumerate(crew.shifts)
            ),
        )
        for number, crew in enumerate(problem.crews)
    )
    rules = tuple(rule for rule in problem.rules if not isinstance(rule, ReserveDays))
    return attrs.evolve(problem, crews=crews, rules=rules)


def _undominated(found: dict[int, P]) -> list[P]:
    """Return plans by team-days, descending, each recording more than all with fewer team-days."""
    kept: list[P] = []
    for team_days in sorted(found):
        if not kept or worth(found[team_days])[0] > worth(kept[-1])[0]:
            kept.append(found[team_days])
    return kept[::-1]


def _frontier(plan: P, points: list[P]) -> Frontier:
    whole = worth(plan)[0]
    rows = []
    for number, point in enumerate(points):
        pupils, goals = worth(point)
        below = points[number + 1] if number + 1 < len(points) else None
        last = None
        if below is not None:
            last = (pupils - worth(below)[0]) / (_team_days(point) - _team_days(below))
        rows.append((-goals.team_days, pupils, goals.recorded[0], whole - pupils, last))
    table = pl.DataFrame(rows, schema=FRONTIER, orient="row")
    return Frontier(table, tuple(point.solution for point in points))


# Equity -------------------------------------------------------------------------------------


def equity_frontier(plan: P, *, stop: Stop | None = None, seed: int = 0) -> Frontier:
    """
    Return what it costs in pupils to serve the kecamatan least served better.

    A floor under every kecamatan rises in steps of one twentieth of its pupils; each plan found
    counts with the coverage it really has.

    Args:
        plan: The plan to start from.
        stop: Stop rule for each floor; ``MaxIterations(300)`` when None.
        seed: Seed of each search.
    """
    rule = stop or MaxIterations(300)
    points = [improved(plan, stop=rule, seed=seed)]
    for floor in range(STEP, WHOLE + 1, STEP):
        if floor <= _least(points[-1])[0]:
            continue
        problem = _with_floors(plan.problem, floor)
        found = solve(problem, stop=rule, seed=seed, start=points[-1].solution).solution
        point = evolved(plan, {"solution": found})
        if not violations(plan.problem, found) and _least(point)[0] > _least(points[-1])[0]:
            points.append(point)
    return _equity(plan, points)


def _with_floors(problem: VisitProblem, floor: int) -> VisitProblem:
    """Ask for a share of the pupils of every district, in thousandths, in place of other floors."""
    pupils = _district_pupils(problem).items()
    asked = [Floor(district, floor * waiting // WHOLE) for district, waiting in pupils if waiting]
    others = [rule for rule in problem.rules if not isinstance(rule, Floor)]
    return attrs.evolve(problem, rules=(*others, *asked))


def _district_pupils(problem: VisitProblem) -> dict[int, int]:
    pupils: dict[int, int] = defaultdict(int)
    for site in problem.sites:
        pupils[site.district] += sum(group.arrived(problem.days - 1) for group in site.groups)
    return dict(sorted(pupils.items()))


def _least(plan: P) -> tuple[int, int]:
    """Return the least coverage of a district in thousandths, and the district."""
    recorded: dict[int, int] = defaultdict(int)
    for visit in plan.solution.visits:
        recorded[plan.problem.sites[visit.site].district] += visit.pupils
    shares = [
        (WHOLE * recorded[district] // waiting, district)
        for district, waiting in _district_pupils(plan.problem).items()
        if waiting
    ]
    return min(shares, default=(WHOLE, 0))


def _equity(plan: P, points: list[P]) -> Frontier:
    """Keep the plans of which no other records more with a better least coverage."""
    best: list[P] = []
    for point in reversed(points):  # the best coverage first
        if not best or worth(point)[0] > worth(best[-1])[0]:
            best.append(point)
    best.reverse()
    most = max((worth(point)[0] for point in best), default=0)
    rows = [
        (
            _least(point)[0] / WHOLE,
            plan.names.districts[_least(point)[1]] if plan.names.districts else None,
            worth(point)[0],
            most - worth(point)[0],
            _team_days(point),
        )
        for point in best
    ]
    table = pl.DataFrame(rows, schema=EQUITY, orient="row")
    return Frontier(table, tuple(point.solution for point in best))
