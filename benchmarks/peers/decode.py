"""What a peer answered, as visits that our judge reads."""

from __future__ import annotations

from collections import defaultdict

import attrs

from peers.chunks import Chunk
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.timetable import Timetable, stay_minutes, timetable


@attrs.frozen
class Route:
    """The chunks that a team serves on a day, in order."""

    team: int
    day: int
    chunks: tuple[Chunk, ...]


def decode(problem: VisitProblem, routes: list[Route]) -> Solution:
    """
    Return the plan of a peer's routes.

    Chunks of a school in one route become one visit, where the first of them stands, which is to
    the peer's favour: set-up and whole rounds are counted once. Pupils for whom there is no time
    after all are taken off.
    """
    visits = [visit for route in routes for visit in _visits(problem, route)]
    recorded: dict[tuple[int, int], int] = defaultdict(int)
    kept = []
    for visit in sorted(visits, key=lambda visit: (visit.day, visit.start, visit.team)):
        counts = []
        for number, group in enumerate(problem.sites[visit.site].groups):
            waiting = group.arrived(visit.day) - recorded[visit.site, number]
            counts.append(min(visit.recorded[number], waiting))
            recorded[visit.site, number] += counts[-1]
        if any(counts):
            kept.append(attrs.evolve(visit, called=tuple(counts), recorded=tuple(counts)))
    return Solution(kept)


def _visits(problem: VisitProblem, route: Route) -> list[SiteVisit]:
    by_site: dict[int, list[Chunk]] = {}
    for chunk in route.chunks:
        by_site.setdefault(chunk.site, []).append(chunk)
    stays = [_stay(problem, chunks) for chunks in by_site.values()]
    while stays:
        table = _table(problem, route, stays)
        if table.holds:
            break
        _take_one_off(stays, table)
    else:
        return []
    return [
        SiteVisit(
            day=route.day,
            team=route.team,
            start=times.start,
            site=site,
            arrive=times.arrive,
            end=times.end,
            called=tuple(counts),
            recorded=tuple(counts),
        )
        for (site, counts), times in zip(stays, table.stays, strict=True)
    ]


def _stay(problem: VisitProblem, chunks: list[Chunk]) -> tuple[int, list[int]]:
    site = chunks[0].site
    counts = [0] * len(problem.sites[site].groups)
    for chunk in chunks:
        counts[chunk.group] += chunk.pupils
    return site, counts


def _table(problem: VisitProblem, route: Route, stays: list[tuple[int, list[int]]]) -> Timetable:
    lengths = [
        (site, stay_minutes(problem, route.team, route.day, site, sum(counts)))
        for site, counts in stays
    ]
    return timetable(problem, route.team, route.day, lengths)


def _take_one_off(stays: list[tuple[int, list[int]]], table: Timetable) -> None:
    """Take a pupil off the stay that does not hold, or off the last one when home is late."""
    place = len(stays) - 1 if table.refused is None else table.refused
    counts = stays[place][1]
    last = max(number for number, count in enumerate(counts) if count)
    counts[last] -= 1
    if not any(counts):
        del stays[place]
