"""Who still waits at a site: what the visits of a plan leave for one more visit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from school_ektp.planning.problem import Group, Site, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution


def visits_to(solution: Solution, site: int) -> tuple[SiteVisit, ...]:
    """Return the visits to *site* in the order in which they call pupils."""
    return tuple(sorted((v for v in solution.visits if v.site == site), key=_turn))


def left_waiting(problem: VisitProblem, solution: Solution) -> tuple[tuple[int, ...], ...]:
    """Return for each site and group how many wait when the horizon is over."""
    recorded = [[0] * len(site.groups) for site in problem.sites]
    for visit in solution.visits:
        for group, pupils in enumerate(visit.recorded):
            recorded[visit.site][group] += pupils
    last = problem.days - 1
    return tuple(
        tuple(g.arrived(last) - done for g, done in zip(site.groups, counts, strict=True))
        for site, counts in zip(problem.sites, recorded, strict=True)
    )


def callable_pupils(
    site: Site, visits: Iterable[SiteVisit], *, day: int
) -> tuple[tuple[int, int], ...]:
    """
    Return for each group how many one more visit could call, and how many of them record.

    Nobody is called twice on one day. Pupils whom the given visits call on later days may be
    called too, but not recorded, else the later visit would call someone who no longer waits.

    Args:
        site: The site.
        visits: The other visits to it, before and after.
        day: Day of the visit asked about.
    """
    given = list(visits)
    return tuple(_group_room(site, number, given, day) for number in range(len(site.groups)))


def _group_room(site: Site, number: int, visits: Sequence[SiteVisit], day: int) -> tuple[int, int]:
    group = site.groups[number]
    if day in group.away:
        return 0, 0
    later = sorted({visit.day for visit in visits if visit.day > day})
    may_call, *rooms = (_room(group, number, visits, on) for on in (day, *later))
    return max(may_call, 0), max(min([may_call, *rooms]), 0)


def _room(group: Group, number: int, visits: Sequence[SiteVisit], day: int) -> int:
    """Return how many of *group* wait on *day* and are not called on it."""
    recorded = sum(visit.recorded[number] for visit in visits if visit.day < day)
    called = sum(visit.called[number] for visit in visits if visit.day == day)
    return group.arrived(day) - recorded - called


def share_out(
    site: Site, room: Sequence[tuple[int, int]], most: int, *, overbook: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """
    Return the pupils called and expected per group when time allows *most*, first groups first.

    Of those called, the site's turn-out comes, rounded down over each group and those before it.

    Args:
        site: The site.
        room: For each group how many can be called and recorded, from `callable_pupils`.
        most: Pupils there is time for.
        overbook: Time is needed for those who come rather than for all who are called.
    """
    called: list[int] = []
    recorded: list[int] = []
    for may_call, may_record in room:
        so_far, done = sum(called), sum(recorded)
        wanted = min(may_record, most - done)
        call = min(may_call, -(-(done + wanted) * 100 // site.turnout) - so_far)
        if not overbook:
            call = min(call, most - so_far)
        call = max(call, 0)
        expected = site.turnout * (so_far + call) // 100 - done
        called.append(call)
        recorded.append(max(min(expected, wanted, call), 0))
    return tuple(called), tuple(recorded)


def _turn(visit: SiteVisit) -> tuple[int, int, int]:
    return visit.day, visit.start, visit.crew
