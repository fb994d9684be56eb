"""A plan from a day on: what its earlier visits were expected to record counts as recorded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from operator import mul

import attrs

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.school import School
from school_ektp.planning.availability import CERTAIN, FINE, SiteForecast
from school_ektp.planning.build import days_away
from school_ektp.planning.checker import expectations
from school_ektp.planning.problem import ALL, EXPECTED, Group, Site, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.season.planned import P, evolved, rebuilt


def from_day(plan: P, on: dt.date) -> P:
    """
    Return the plan as it stands on the morning of a day, with its visits from then on.

    Of those whom earlier visits called, as many as were expected count as recorded, the longest
    waiting first; the others stayed away, or are still to be called for the first time.

    Args:
        plan: The plan.
        on: The first day that can still be planned.
    """
    today = (on - plan.names.first_day).days
    if today <= plan.problem.today:
        return plan
    past = [visit for visit in plan.solution.visits if visit.day < today]
    recorded = _recorded(plan.problem, past)
    known = _with_history(plan.problem, past, recorded, today)
    schools = {school.npsn: school for school in plan.schools}
    taken = {
        plan.names.sites[number]: {
            (group.priority, group.away): some
            for group, some in zip(plan.problem.sites[number].groups, pupils, strict=True)
        }
        for number, pupils in recorded.items()
    }
    demand = tuple(
        _without(one, taken[one.npsn], schools[one.npsn], plan.calendar)
        if one.npsn in taken
        else one
        for one in plan.demand
    )
    rules = attrs.evolve(
        plan.rules, pinned=tuple(pin for pin in plan.rules.pinned if pin.day >= on)
    )
    return rebuilt(evolved(plan, {"problem": known}), demand=demand, rules=rules)


def _recorded(problem: VisitProblem, past: list[SiteVisit]) -> dict[int, tuple[int, ...]]:
    """Return whole pupils recorded of each group, for each site visited."""
    hundredths: defaultdict[int, list[int]] = defaultdict(list)
    solution = Solution(tuple(past))
    for visit, one in zip(solution.visits, expectations(problem, solution), strict=True):
        before = hundredths[visit.site] or [0] * len(one.recorded)
        hundredths[visit.site] = [a + b for a, b in zip(before, one.recorded, strict=True)]
    return {
        site: tuple((some + EXPECTED // 2) // EXPECTED for some in groups)
        for site, groups in hundredths.items()
    }


def _with_history(
    problem: VisitProblem,
    past: list[SiteVisit],
    recorded: Mapping[int, tuple[int, ...]],
    today: int,
) -> VisitProblem:
    """Return the problem with the visits before *today* held, its pupils still those of before."""
    sites = list(problem.sites)
    for number, pupils in recorded.items():
        calls = tuple((visit.day, visit.room) for visit in past if visit.site == number)
        sites[number] = attrs.evolve(
            sites[number],
            groups=_stayed_away(problem, number, calls, pupils),
            held=(*sites[number].held, *sorted({day for day, _ in calls})),
        )
    teams = tuple(
        attrs.evolve(team, out=team.out | {visit.day for visit in past if visit.team == number})
        for number, team in enumerate(problem.teams)
    )
    return attrs.evolve(problem, sites=tuple(sites), teams=teams, today=today)


def _stayed_away(
    problem: VisitProblem,
    number: int,
    calls: tuple[tuple[int, int], ...],
    recorded: tuple[int, ...],
) -> tuple[Group, ...]:
    """Return the groups of a site with those who are expected to have stayed away, as if once."""
    site: Site = problem.sites[number]
    may_come = max(ALL - problem.luck.never, 1)
    forecast, size = SiteForecast(problem, number)(calls), len(site.groups)
    groups = []
    for place, (group, pupils) in enumerate(zip(site.groups, recorded, strict=True)):
        left = group.arrived(calls[-1][0]) - pupils
        fresh = forecast.fresh[place::size]  # by the course of luck
        mean = sum(map(mul, forecast.chances, fresh)) // CERTAIN
        uncalled = (mean * ALL // may_come + FINE // 2) // FINE
        away = max(left - uncalled, 0)
        groups.append(attrs.evolve(group, stayed_away=(away,) if away else ()))
    return tuple(groups)


def _without(
    demand: SchoolDemand,
    recorded: Mapping[tuple[int, frozenset[int]], int],
    school: School,
    calendar: VisitCalendar,
) -> SchoolDemand:
    """Return the demand without those recorded, told by priority and days away."""
    left = dict(recorded)
    steps = [dict(group.steps) for group in demand.groups]
    keys = [
        (group.priority, frozenset(days_away(calendar, school, group.class_name)))
        for group in demand.groups
    ]
    in_order = sorted((day, place) for place, some in enumerate(steps) for day in some)
    for day, place in in_order:
        taken = min(left.get(keys[place], 0), steps[place][day])
        if taken:
            steps[place][day] -= taken
            left[keys[place]] -= taken
    return attrs.evolve(
        demand,
        groups=tuple(
            attrs.evolve(group, steps=tuple(some.items()))
            for group, some in zip(demand.groups, steps, strict=True)
        ),
        recorded=demand.recorded + sum(recorded.values()) - sum(left.values()),
    )
