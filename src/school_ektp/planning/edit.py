"""A plan changed by hand: one visit more, one fewer, one on another day."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.schedule import Timetable, stay_minutes, timetable
from school_ektp.planning.waiting import callable_pupils, share_out, visits_to


def without_visit(problem: VisitProblem, solution: Solution, visit: SiteVisit) -> Solution:
    """Return the plan without *visit*; the rest of its crew-day moves to earlier times."""
    rest = [v for v in solution.visits if v != visit]
    mine = [v for v in rest if (v.team, v.day) == (visit.team, visit.day)]
    others = [v for v in rest if (v.team, v.day) != (visit.team, visit.day)]
    times = timetable(problem, visit.team, visit.day, [worked(problem, v) for v in mine])
    return Solution((*others, *(_timed(mine, times) if times.holds else mine)))


def with_visit(
    problem: VisitProblem,
    solution: Solution,
    *,
    crew: int,
    day: int,
    site: int,
    most: int | None = None,
) -> Solution | None:
    """
    Return the plan with one visit more, where in the crew's day it records the most.

    Args:
        problem: What the plan answers.
        solution: The plan.
        crew: Who goes.
        day: When.
        site: Where.
        most: Record at most this many; as many as wait when None.

    Returns:
        The new plan, or None when the day has no place in which a pupil could be recorded.
        Rules are not looked at: put the plan to the judge.
    """
    if not problem.teams[crew].works(day):
        return None
    mine = [v for v in solution.visits if (v.team, v.day) == (crew, day)]
    others = [v for v in solution.visits if (v.team, v.day) != (crew, day)]
    wish = _Wish(crew, day, site, most)
    # Late places first: of two equal ones it delays nothing that stands.
    places = range(len(mine), -1, -1)
    tried = (_inserted(problem, solution, mine, place, wish) for place in places)
    fitting = [visits for visits in tried if visits]
    if not fitting:
        return None
    best = max(fitting, key=lambda visits: (sum(v.pupils for v in visits), -visits[-1].end))
    return Solution((*others, *best))


def moved(
    problem: VisitProblem, solution: Solution, visit: SiteVisit, *, crew: int, day: int
) -> Solution | None:
    """Return the plan with *visit* made by another crew or on another day, or None."""
    rest = without_visit(problem, solution, visit)
    return with_visit(problem, rest, crew=crew, day=day, site=visit.site, most=visit.pupils)


@attrs.frozen
class _Wish:
    crew: int
    day: int
    site: int
    most: int | None


def _inserted(
    problem: VisitProblem,
    solution: Solution,
    mine: Sequence[SiteVisit],
    place: int,
    wish: _Wish,
) -> list[SiteVisit] | None:
    """Return the crew's day with a stay at *place* that records as many as time allows."""
    crew, day, site = wish.crew, wish.day, wish.site
    stays = [worked(problem, visit) for visit in mine]
    wait = visits_to(solution, site)
    room = callable_pupils(problem.sites[site], wait, day=day)
    low, high = 0, sum(recordable for _, recordable in room)
    high = high if wish.most is None else min(high, wish.most)
    while low < high:  # the longest stay that still fits, by halving
        middle = (low + high + 1) // 2
        minutes = stay_minutes(problem, crew, day, site, middle)
        trial = [*stays[:place], (site, minutes), *stays[place:]]
        fits = timetable(problem, crew, day, trial).holds
        low, high = (middle, high) if fits else (low, middle - 1)
    called, recorded = share_out(problem.sites[site], room, low, overbook=problem.overbook)
    if not sum(recorded):
        return None
    needed = sum(recorded) if problem.overbook else sum(called)
    stay = (site, stay_minutes(problem, crew, day, site, needed))
    times = timetable(problem, crew, day, [*stays[:place], stay, *stays[place:]])
    new = SiteVisit(
        day=day, crew=crew, start=0, site=site, arrive=0, end=0, called=called, recorded=recorded
    )
    visits = _timed([*mine[:place], new, *mine[place:]], times)
    return None if _comes_again(problem, visits) else visits


def _comes_again(problem: VisitProblem, visits: Sequence[SiteVisit]) -> bool:
    """Return whether a site is visited twice in one of its sessions."""
    held = [
        (visit.site, session)
        for visit in visits
        for session in problem.sites[visit.site].sessions[visit.day]
        if session[0] <= visit.start and visit.end <= session[1]
    ]
    return len(held) > len(set(held))


def worked(problem: VisitProblem, visit: SiteVisit) -> tuple[int, int]:
    """Return the site of *visit* and the working minutes that its pupils need."""
    pupils = visit.pupils if problem.overbook else sum(visit.called)
    return visit.site, stay_minutes(problem, visit.team, visit.day, visit.site, pupils)


def _timed(visits: Sequence[SiteVisit], times: Timetable) -> list[SiteVisit]:
    return [
        attrs.evolve(visit, arrive=stay.arrive, start=stay.start, end=stay.end)
        for visit, stay in zip(visits, times.stays, strict=True)
    ]
