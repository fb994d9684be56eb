"""A plan changed by hand: one visit more, one fewer, one on another day."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from school_ektp.planning.checker import expectations
from school_ektp.planning.problem import EXPECTED, VisitProblem
from school_ektp.planning.schedule import schedule_day
from school_ektp.planning.solution import SiteVisit, Solution


def without_visit(problem: VisitProblem, solution: Solution, visit: SiteVisit) -> Solution:
    """Return the plan without *visit*; the rest of its team-day moves to earlier times."""
    mine, others = _team_day(solution, visit.team, visit.day)
    mine = [one for one in mine if one != visit]
    day = schedule_day(problem, visit.team, visit.day, [(one.site, one.room) for one in mine])
    return Solution((*others, *(day.visits if day.holds else mine)))


def with_visit(
    problem: VisitProblem,
    solution: Solution,
    *,
    team: int,
    day: int,
    site: int,
    most: int | None = None,
) -> Solution | None:
    """
    Return the plan with one visit more, where in the team's day it has most room.

    Args:
        problem: What the plan answers.
        solution: The plan.
        team: Who goes.
        day: When.
        site: Where.
        most: Room for at most this many pupils; for all who wait when None.

    Returns:
        The new plan, or None when nobody waits or the day has no place for a pupil.
        Constraints are not looked at: put the plan to the checker.
    """
    mine, others = _team_day(solution, team, day)
    if not problem.teams[team].works(day) or site in {visit.site for visit in mine}:
        return None
    waiting = _waiting(problem, solution, team, day, site)
    wish = _Wish(team, day, site, waiting if most is None else min(most, waiting))
    # Late places first: of two equal ones it delays nothing that stands.
    places = range(len(mine), -1, -1)
    tried = (_inserted(problem, mine, place, wish) for place in places)
    fitting = [visits for visits in tried if visits]
    if not fitting:
        return None
    best = max(fitting, key=lambda visits: (sum(v.room for v in visits), -visits[-1].end))
    return Solution((*others, *best))


def moved(
    problem: VisitProblem, solution: Solution, visit: SiteVisit, *, team: int, day: int
) -> Solution | None:
    """Return the plan with *visit* made by another team or on another day, or None."""
    rest = without_visit(problem, solution, visit)
    return with_visit(problem, rest, team=team, day=day, site=visit.site, most=visit.room)


@attrs.frozen
class _Wish:
    team: int
    day: int
    site: int
    most: int


def _team_day(solution: Solution, team: int, day: int) -> tuple[list[SiteVisit], list[SiteVisit]]:
    """Return the visits of a team-day by start, and all others."""
    mine = [visit for visit in solution.visits if (visit.team, visit.day) == (team, day)]
    others = [visit for visit in solution.visits if (visit.team, visit.day) != (team, day)]
    return mine, others


def _waiting(problem: VisitProblem, solution: Solution, team: int, day: int, site: int) -> int:
    """Return the pupils, in whole numbers, expected to wait when a visit more comes last."""
    last = max((visit.start for visit in solution.visits if visit.day == day), default=0) + 1
    stay = SiteVisit(day=day, team=team, start=last, site=site, arrive=last, end=last, room=1)
    to_site = Solution((*(visit for visit in solution.visits if visit.site == site), stay))
    place = to_site.visits.index(stay)
    return -(-sum(expectations(problem, to_site)[place].waiting) // EXPECTED)


def _inserted(
    problem: VisitProblem, mine: Sequence[SiteVisit], place: int, wish: _Wish
) -> tuple[SiteVisit, ...]:
    """Return the team's day with a stay at *place* that has as much room as time allows."""
    stays = [(visit.site, visit.room) for visit in mine]
    best: tuple[SiteVisit, ...] = ()
    low, high = 1, wish.most
    while low <= high:  # the longest stay that still fits, by halving
        middle = (low + high) // 2
        trial = [*stays[:place], (wish.site, middle), *stays[place:]]
        found = schedule_day(problem, wish.team, wish.day, trial)
        if found.holds:
            best, low = found.visits, middle + 1
        else:
            high = middle - 1
    return best
