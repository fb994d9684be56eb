"""
Whether a problem that was read from elsewhere is one: lengths, numbers of things, signs, order.

What `build` makes is sound. A document may have been edited or damaged; whoever reads one asks
here before anything counts with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from school_ektp.planning.constraints import (
    Constraint,
    Forbidden,
    OneVisit,
    Pinned,
    ReachedBy,
    TeamDayBudget,
)
from school_ektp.planning.problem import ALL, FieldTeam, Group, Site, VisitProblem, Window
from school_ektp.planning.solution import Solution

MOST_DAYS = 10_000
MOST_MINUTES = 100 * 24 * 60  # of a drive, a set-up or a budget of minutes
MOST_PUPILS = 100_000  # at one site: each is drawn by itself when seasons are played
MOST_LIMIT = 10**12  # of a constraint
MOST_PRICE = 10**12  # millionths of a pupil
_DAY = 24 * 60
_MOST_RANK = 1_000
_MOST_DISTRICT = 1_000_000


def faults(problem: VisitProblem) -> Iterator[str]:
    """Yield what is wrong with a problem, one sentence for each kind of fault and place."""
    if not 0 <= problem.days <= MOST_DAYS:
        yield f"days must be from 0 to {MOST_DAYS:,}"
        return
    if not 0 <= problem.today <= MOST_DAYS:
        yield f"today must be from 0 to {MOST_DAYS:,}"
    for number, site in enumerate(problem.sites):
        yield from (f"sites[{number}].{fault}" for fault in _site(problem, site))
    for number, team in enumerate(problem.teams):
        yield from (f"teams[{number}].{fault}" for fault in _team(problem, team))
    yield from _travel(problem)
    for number, rule in enumerate(problem.constraints):
        yield from (f"constraints[{number}].{fault}" for fault in _constraint(problem, rule))
    for name, rate in attrs.asdict(problem.luck).items():
        if not 0 <= rate <= ALL:
            yield f"luck.{name} must be from 0 to {ALL:,} thousandths"
    yield from _price(problem)


def solution_faults(problem: VisitProblem, solution: Solution) -> Iterator[str]:
    """Yield what is wrong with the visits of a plan of a sound problem."""
    for number, visit in enumerate(solution.visits):
        known = (
            ("day", visit.day, problem.days),
            ("team", visit.team, len(problem.teams)),
            ("site", visit.site, len(problem.sites)),
        )
        for name, value, size in known:
            if not 0 <= value < size:
                yield f"visits[{number}].{name} must be from 0 to {size - 1}"
        if not 0 <= visit.arrive <= visit.start <= visit.end <= _DAY:
            yield f"visits[{number}]: arrive, start and end must be minutes of one day, in order"
        if not 0 < visit.room <= MOST_PUPILS:
            yield f"visits[{number}].room must be from 1"


def _site(problem: VisitProblem, site: Site) -> Iterator[str]:
    if len(site.sessions) != problem.days:
        yield f"sessions must be {problem.days} lists, one for each day"
    inside = all(0 <= a <= b <= _DAY for windows in site.sessions for a, b in windows)
    if not inside or any(list(windows) != sorted(windows) for windows in site.sessions):
        yield "sessions must hold windows of one day in order, from before to"
    for name in ("turnout", "turnout_again", "outage"):
        rate = getattr(site, name)
        if rate is not None and not 0 <= rate <= ALL:
            yield f"{name} must be from 0 to {ALL:,} thousandths"
    if not 0 <= site.district <= _MOST_DISTRICT:
        yield f"district must be from 0 to {_MOST_DISTRICT:,}"
    if not _rises(site.held, strictly=False) or any(
        not -MOST_DAYS <= day < problem.days for day in site.held
    ):
        yield "held must be days of the past, in order"
    if not _rises([group.priority for group in site.groups], strictly=False):
        yield "groups must be in order of priority"
    for number, group in enumerate(site.groups):
        yield from (f"groups[{number}].{fault}" for fault in _group(problem, group))


def _group(problem: VisitProblem, group: Group) -> Iterator[str]:
    if not 0 <= group.priority <= _MOST_RANK:
        yield f"priority must be from 0 to {_MOST_RANK:,}"
    days = [day for day, _ in group.arrivals]
    if not _rises(days, strictly=True) or any(not 0 <= day < problem.days for day in days):
        yield "arrivals must be on days of the horizon, each once, in order"
    counts = [pupils for _, pupils in group.arrivals]
    if any(not 0 <= pupils <= MOST_PUPILS for pupils in (*counts, *group.stayed_away)):
        yield f"pupils must be from 0 to {MOST_PUPILS:,}"
    elif sum(group.stayed_away) > sum(counts):
        yield "stayed_away must not be more pupils than there are"
    if any(not 0 <= day < problem.days for day in group.away):
        yield "away must hold days of the horizon"


def _team(problem: VisitProblem, team: FieldTeam) -> Iterator[str]:
    days, sites = problem.days, len(problem.sites)
    for name in ("shifts", "breaks", "kits"):
        if len(getattr(team, name)) != days:
            yield f"{name} must be {days} values, one for each day"
    for name in ("minutes_per_pupil", "setup", "packdown"):
        values = getattr(team, name)
        if len(values) != sites:
            yield f"{name} must be {sites} values, one for each site"
        if any(not 0 <= value <= MOST_MINUTES for value in values):
            yield f"{name} must be from 0 to {MOST_MINUTES:,} minutes"
    windows = [(shift,) if shift else () for shift in team.shifts]
    if not all(map(_are_windows, (*windows, *team.breaks))):
        yield "shifts and breaks must be windows of one day in order, from before to"
    if any(not 0 <= kits <= _MOST_RANK for kits in team.kits):
        yield f"kits must be from 0 to {_MOST_RANK:,}"
    if team.day_lost is not None and not 0 <= team.day_lost <= ALL:
        yield f"day_lost must be from 0 to {ALL:,} thousandths"
    if any(not -MOST_DAYS <= day < max(problem.days, 1) for day in team.out):
        yield "out must hold days of the past"
    yield from _ends(problem, team)


def _ends(problem: VisitProblem, team: FieldTeam) -> Iterator[str]:
    if not 0 <= team.travel < len(problem.travel):
        yield "travel must be the number of a matrix"
        return
    sites, nodes = len(problem.sites), len(problem.travel[team.travel])
    if not (sites <= team.start < nodes and sites <= team.end < nodes):
        yield "start and end must be nodes after the sites"


def _travel(problem: VisitProblem) -> Iterator[str]:
    for number, matrix in enumerate(problem.travel):
        nodes = len(matrix)
        if nodes < len(problem.sites) or any(len(row) != nodes for row in matrix):
            yield f"travel[{number}] must be square, with a row for each site and base"
        elif any(minutes < 0 for row in matrix for minutes in row):
            yield f"travel[{number}] must not hold negative minutes"
        elif any(matrix[node][node] for node in range(nodes)):
            yield f"travel[{number}] must be 0 from a node to itself"


def _constraint(problem: VisitProblem, rule: Constraint) -> Iterator[str]:
    sizes = {"team": len(problem.teams), "site": len(problem.sites), "day": problem.days}
    if not isinstance(rule, Pinned | Forbidden | OneVisit | ReachedBy):
        sizes = {}
    for name, value in attrs.asdict(rule).items():
        if name in sizes and not 0 <= value < sizes[name]:
            yield f"{name} must be from 0 to {sizes[name] - 1}"
        elif name == "district" and not 0 <= value <= _MOST_DISTRICT:
            yield f"district must be from 0 to {_MOST_DISTRICT:,}"
        elif name == "start" and value is not None and not 0 <= value <= _DAY:
            yield "start must be a minute of the day"
        elif name in _FROM_ZERO and not 0 <= value <= MOST_LIMIT:
            yield f"{name} must be from 0 to {MOST_LIMIT:,}"
    if isinstance(rule, TeamDayBudget) and not -MOST_DAYS <= rule.first <= rule.last <= MOST_DAYS:
        yield "first must not be after last"


_FROM_ZERO = {"most", "days", "pupils", "minutes"}


def _price(problem: VisitProblem) -> Iterator[str]:
    price = problem.price
    for name in ("visit", "team_day", "driving_minute"):
        if not 0 <= getattr(price, name) <= MOST_PRICE:
            yield f"price.{name} must be from 0 to {MOST_PRICE:,} millionths"
    if not 0 <= price.waiting <= ALL:
        yield f"price.waiting must be from 0 to {ALL:,} thousandths"
    if any(not 0 <= weight <= MOST_PRICE for weight in price.weights):
        yield "price.weights must not be negative"


def _are_windows(windows: Sequence[Window]) -> bool:
    """Return whether windows lie in one day, one after the other, none of them empty."""
    inside = all(0 <= start < end <= _DAY for start, end in windows)
    return inside and all(one[1] <= other[0] for one, other in pairwise(windows))


def _rises(values: Sequence[int], *, strictly: bool) -> bool:
    return all(one < other or (one == other and not strictly) for one, other in pairwise(values))
