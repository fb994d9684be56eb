"""The problem without one limit: what a reason claims to stand in the way, taken away."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import reduce

import attrs

from school_ektp.model.travel import NO_ROUTE
from school_ektp.planning import constraints as ask
from school_ektp.planning.explain.reasons import CONSTRAINT_REASONS, LeftOutPupils, Reason
from school_ektp.planning.problem import ALL, FieldTeam, Group, Luck, Matrix, Site, VisitProblem

DAY_END = 24 * 60


def relaxed(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    """
    Return the problem without the one limit that *left* names, and no other change.

    Minutes are given back as many as were short; a full calendar gets one more team like that of
    the trial. Other reasons lift their parts, one after the other, or nothing.
    """
    return _RELAXED.get(left.reason, _without_all)(problem, left)


def longer(
    problem: VisitProblem, minutes: int, teams: Collection[int], days: Collection[int]
) -> VisitProblem:
    """Return the problem in which *teams*, and every site, stay longer on *days*."""
    sites = tuple(
        attrs.evolve(
            site,
            sessions=tuple(
                tuple((opens, closes + minutes * (day in days)) for opens, closes in windows)
                for day, windows in enumerate(site.sessions)
            ),
        )
        for site in problem.sites
    )
    longer_teams = tuple(
        attrs.evolve(
            team,
            shifts=tuple(
                shift and (shift[0], shift[1] + minutes * (number in teams and day in days))
                for day, shift in enumerate(team.shifts)
            ),
        )
        for number, team in enumerate(problem.teams)
    )
    return attrs.evolve(problem, sites=sites, teams=longer_teams)


def has_route(problem: VisitProblem, team: FieldTeam, site: int) -> bool:
    """Return whether a team has a way to a site and back."""
    drive = problem.travel[team.travel]
    return max(drive[team.start][site], drive[site][team.end]) < NO_ROUTE


def _without_constraint(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    kept = (rule for rule in problem.constraints if not _stands(rule, left))
    return attrs.evolve(problem, constraints=tuple(kept))


def _stands(rule: ask.Constraint, left: LeftOutPupils) -> bool:
    """Return whether *rule* is the limit of *left*, at this team, site and day."""
    match rule:
        case ask.Forbidden(team=team, site=site):
            here = (team, site) == (left.team, left.site)
        case ask.OneVisit(site=site):
            here = site == left.site
        case ask.TeamDayBudget(first=first, last=last):
            here = left.day is not None and first <= left.day <= last
        case _:
            here = True
    return here and isinstance(rule, CONSTRAINT_REASONS[left.reason])


def _with_site(
    problem: VisitProblem, left: LeftOutPupils, change: Callable[[Site], Site]
) -> VisitProblem:
    sites = list(problem.sites)
    sites[left.site] = change(sites[left.site])
    return attrs.evolve(problem, sites=tuple(sites))


def _always_open(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    whole_days = (((0, DAY_END),),) * problem.days
    return _with_site(problem, left, lambda site: attrs.evolve(site, sessions=whole_days))


def _all_come(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    teams = tuple(attrs.evolve(team, day_lost=0) for team in problem.teams)
    sure = attrs.evolve(problem, luck=Luck(), teams=teams)
    return _with_site(
        sure, left, lambda site: attrs.evolve(site, turnout=ALL, turnout_again=ALL, outage=0)
    )


def _of_age(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    last = problem.days - 1
    return _with_groups(
        problem, left, lambda group: attrs.evolve(group, arrivals=((0, group.arrived(last)),))
    )


def _present(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    return _with_groups(problem, left, lambda group: attrs.evolve(group, away=frozenset()))


def _with_groups(
    problem: VisitProblem, left: LeftOutPupils, change: Callable[[Group], Group]
) -> VisitProblem:
    groups = problem.sites[left.site].groups
    changed = tuple(change(g) if g.priority == left.priority else g for g in groups)
    return _with_site(problem, left, lambda site: attrs.evolve(site, groups=changed))


def _all_at_work(problem: VisitProblem, _left: LeftOutPupils) -> VisitProblem:
    return attrs.evolve(problem, teams=tuple(map(_always_at_work, problem.teams)))


def _always_at_work(team: FieldTeam) -> FieldTeam:
    usual = [shift for shift in team.shifts if shift is not None]
    shift = max(sorted(set(usual)), key=usual.count, default=(0, DAY_END))
    kits = max(*team.kits, 1)
    return attrs.evolve(
        team,
        shifts=tuple(own or shift for own in team.shifts),
        breaks=tuple(
            () if own is None else b for own, b in zip(team.shifts, team.breaks, strict=True)
        ),
        kits=tuple(own or kits for own in team.kits),
    )


def _at_the_door(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    """Return the problem in which teams without a way to the site or back drive it at once."""
    travel = [
        _with_ways(matrix, left.site, [team for team in problem.teams if team.travel == number])
        for number, matrix in enumerate(problem.travel)
    ]
    return attrs.evolve(problem, travel=tuple(travel))


def _with_ways(matrix: Matrix, site: int, teams: Collection[FieldTeam]) -> Matrix:
    rows = [list(row) for row in matrix]
    for origin, target in {(t.start, site) for t in teams} | {(site, t.end) for t in teams}:
        if rows[origin][target] >= NO_ROUTE:
            rows[origin][target] = 0
    return tuple(map(tuple, rows))


def _longer(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    return longer(problem, left.amount, (left.team or 0,), (left.day or 0,))


def _one_more_team(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    extra = attrs.evolve(problem.teams[left.team or 0], out=frozenset())
    return attrs.evolve(problem, teams=(*problem.teams, extra))


def _without_all(problem: VisitProblem, left: LeftOutPupils) -> VisitProblem:
    return reduce(relaxed, left.parts, problem)


_RELAXED: dict[Reason, Callable[[VisitProblem, LeftOutPupils], VisitProblem]] = {
    Reason.ABSENT: _all_come,
    Reason.NOT_YET: _of_age,
    Reason.AWAY: _present,
    Reason.NO_SESSION: _always_open,
    Reason.NO_TEAM: _all_at_work,
    Reason.NO_ROUTE: _at_the_door,
    Reason.TOO_FAR: _longer,
    Reason.SHORT: _longer,
    Reason.FULL: _one_more_team,
    **dict.fromkeys(CONSTRAINT_REASONS, _without_constraint),
}
