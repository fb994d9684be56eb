"""Why pupils are left at a site: found by trying one more visit, limit by limit."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import attrs

from school_ektp.planning.edit import with_visit, worked
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import FewestPupils
from school_ektp.planning.solution import Solution
from school_ektp.planning.timetable import overrun, stay_minutes
from school_ektp.planning.waiting import callable_pupils, left_waiting, visits_to

DAY_END = 24 * 60


class Reason(StrEnum):
    """What keeps the pupils left at a site from being recorded."""

    NO_LOCATION = "no_location"  #: nobody knows where the school is
    NO_SESSION = "no_session"  #: no team works on a day on which they could be met
    TOO_FAR = "too_far"  #: a whole day of any team is too short to go, record one and return
    ABSENT = "absent"  #: those expected to stay away, however often they are called
    TOO_FEW = "too_few"  #: a visit would record fewer than are worth one
    RULE = "rule"  #: there is time, but another rule of the plan stands against it
    TIME = "time"  #: every team-day that could go there is full
    MISSED = "missed"  #: there is room; the search stopped before it was used


@attrs.frozen(kw_only=True)
class LeftOver:
    """
    Pupils of one site who wait when the horizon is over.

    Attributes:
        site: The site.
        pupils: How many, for each group.
        reason: What a trial showed to stand against recording them.
        amount: Minutes short on the best day (`TOO_FAR`, `TIME`), pupils that one more visit
            would record (`TOO_FEW`).
        rule: Name of the law that most trials broke (`RULE`), one of `feasibility.LAWS`.
    """

    site: int
    pupils: tuple[int, ...]
    reason: Reason
    amount: int = 0
    rule: str = ""


def left_over(problem: VisitProblem, solution: Solution) -> tuple[LeftOver, ...]:
    """Return every site with pupils left, and why; one trial visit for each open crew-day."""
    return tuple(
        _diagnosed(problem, solution, site, pupils)
        for site, pupils in enumerate(left_waiting(problem, solution))
        if sum(pupils)
    )


def _diagnosed(
    problem: VisitProblem, solution: Solution, site: int, pupils: tuple[int, ...]
) -> LeftOver:
    days = [*_open_days(problem, solution, site)]
    if not days:
        return LeftOver(site=site, pupils=pupils, reason=Reason.NO_SESSION)
    short = min(_short(problem, crew, day, [], site) for crew, day, _ in days)
    if short > 0:
        return LeftOver(site=site, pupils=pupils, reason=Reason.TOO_FAR, amount=short)
    expected = max(recordable for _, _, recordable in days)
    if expected == 0:
        return LeftOver(site=site, pupils=pupils, reason=Reason.ABSENT)
    fewest = max((r.pupils for r in problem.rules if isinstance(r, FewestPupils)), default=1)
    if expected < fewest:
        return LeftOver(site=site, pupils=pupils, reason=Reason.TOO_FEW, amount=expected)
    return _tried(problem, solution, site, pupils, [(crew, day) for crew, day, _ in days])


def _tried(
    problem: VisitProblem,
    solution: Solution,
    site: int,
    pupils: tuple[int, ...],
    days: list[tuple[int, int]],
) -> LeftOver:
    """Try one more visit on each day: in time and by the rules, in time only, or not at all."""
    broken: list[str] = []
    for crew, day in days:
        trial = with_visit(problem, solution, crew=crew, day=day, site=site)
        if trial is None:
            continue
        faults = violations(problem, trial)
        if not faults:
            return LeftOver(site=site, pupils=pupils, reason=Reason.MISSED)
        broken.append(faults[0].rule)
    if broken:
        rule = max(sorted(set(broken)), key=broken.count)
        return LeftOver(site=site, pupils=pupils, reason=Reason.RULE, rule=rule)
    short = min(
        _short(problem, crew, day, _stays(problem, solution, crew, day), site) for crew, day in days
    )
    return LeftOver(site=site, pupils=pupils, reason=Reason.TIME, amount=short)


def _open_days(
    problem: VisitProblem, solution: Solution, site: int
) -> Iterator[tuple[int, int, int]]:
    """Yield crew, day and how many would be recorded, where crew, session and pupils meet."""
    place = problem.sites[site]
    visits = visits_to(solution, site)
    for day in range(problem.days):
        room = callable_pupils(place, visits, day=day, start=DAY_END)
        may_call = sum(call for call, _ in room)
        if not place.sessions[day] or not may_call:
            continue
        expected = min(place.turnout * may_call // 100, sum(record for _, record in room))
        for number, crew in enumerate(problem.crews):
            if crew.works(day):
                yield number, day, expected


def _stays(problem: VisitProblem, solution: Solution, crew: int, day: int) -> list[tuple[int, int]]:
    mine = [v for v in solution.visits if (v.crew, v.day) == (crew, day)]
    return [worked(problem, visit) for visit in mine]


def _short(
    problem: VisitProblem, crew: int, day: int, stays: list[tuple[int, int]], site: int
) -> int:
    """Return by how many minutes a day is too short for one pupil of *site* more."""
    stay = (site, stay_minutes(problem, crew, day, site, 1))
    return min(
        overrun(problem, crew, day, [*stays[:place], stay, *stays[place:]])
        for place in range(len(stays) + 1)
    )
