"""Visits in minutes and plans at random, apart from the search so that tests can trust them."""

from __future__ import annotations

import random
from collections.abc import Iterable

import attrs

from school_ektp.planning.checker import violations
from school_ektp.planning.constraints import Pinned
from school_ektp.planning.problem import FieldTeam, VisitProblem, Window, recording_minutes
from school_ektp.planning.solution import SiteVisit, Solution


def moment_after(clock: int, minutes: int, breaks: Iterable[Window]) -> int:
    """Return the first minute by which *minutes* have been worked since *clock*."""
    for opens, closes in sorted(breaks):
        if closes <= clock:
            continue
        free = max(opens - clock, 0)
        if minutes <= free:
            break
        minutes -= free
        clock = closes
    return clock + minutes


def stay_minutes(team: FieldTeam, day: int, site: int, room: int) -> int:
    """Return the working minutes of a stay with time for *room* pupils."""
    recording = recording_minutes(
        room, kits=team.kits[day], minutes_per_pupil=team.minutes_per_pupil[site]
    )
    return team.setup[site] + recording + team.packdown[site]


def next_visit(
    problem: VisitProblem, before: SiteVisit | None, visit: SiteVisit, *, not_before: int = 0
) -> SiteVisit | None:
    """
    Return *visit* at its earliest minutes, or None where no session holds it.

    Args:
        problem: The problem.
        before: The stay that the team comes from, None when it comes from its base.
        visit: Day, team, site and room; its minutes are not looked at.
        not_before: Earliest minute at which the stay may begin.
    """
    team, day, site = problem.teams[visit.team], visit.day, visit.site
    shift, breaks = team.shifts[day], team.breaks[day]
    if shift is None or not team.works(day):
        return None
    node, clock = (team.start, shift[0]) if before is None else (before.site, before.end)
    arrive = moment_after(clock, problem.travel[team.travel][node][site], breaks)
    for opens, closes in problem.sites[site].sessions[day]:
        start = max(arrive, opens, not_before)
        end = moment_after(start, stay_minutes(team, day, site, visit.room), breaks)
        if end <= closes:
            return SiteVisit(
                day=day,
                team=visit.team,
                start=start,
                site=site,
                arrive=arrive,
                end=end,
                room=visit.room,
            )
    return None


def home_in_time(problem: VisitProblem, last: SiteVisit) -> bool:
    """Return whether the team can be at its day's end in time after its *last* stay."""
    team = problem.teams[last.team]
    shift = team.shifts[last.day]
    way = problem.travel[team.travel][last.site][team.end]
    return shift is not None and moment_after(last.end, way, team.breaks[last.day]) <= shift[1]


def unplaced(*, day: int, team: int, site: int, room: int) -> SiteVisit:
    """Return a visit that has no minutes yet."""
    return SiteVisit(day=day, team=team, start=0, site=site, arrive=0, end=0, room=room)


def lone_visit(
    problem: VisitProblem, *, team: int, day: int, site: int, most: int | None = None
) -> SiteVisit | None:
    """
    Return the earliest visit of a team that goes to one site only, with the most room it can have.

    The room is at most *most*, or as many as wait there if it is None; constraints of the problem
    are not looked at.

    Returns:
        The visit, or None if there is no time for one pupil.
    """
    for room in range(problem.sites[site].waiting(day) if most is None else most, 0, -1):
        plain = unplaced(day=day, team=team, site=site, room=room)
        visit = next_visit(problem, None, plain)
        if visit is not None and home_in_time(problem, visit):
            return visit
    return None


def thrown_together(problem: VisitProblem, seed: int) -> Solution:
    """Return visits put one after another at random; they break no rule, but may miss pins."""
    rng = random.Random(seed)
    loose = tuple(rule for rule in problem.constraints if not isinstance(rule, Pinned))
    unpinned = attrs.evolve(problem, constraints=loose)
    plan = Solution()
    for _ in range(5 * len(problem.sites)):
        team, day = rng.randrange(len(problem.teams)), rng.randrange(problem.days)
        site = rng.randrange(len(problem.sites))
        room = rng.randint(1, problem.sites[site].waiting(day) + 2)
        mine = [visit for visit in plan.visits if (visit.team, visit.day) == (team, day)]
        plain = unplaced(day=day, team=team, site=site, room=room)
        visit = next_visit(problem, mine[-1] if mine else None, plain)
        if visit is not None and home_in_time(problem, visit):
            longer = Solution((*plan.visits, visit))
            plan = plan if violations(unpinned, longer) else longer
    return plan
