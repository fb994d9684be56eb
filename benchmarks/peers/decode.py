"""What a peer answered, as visits that our checker reads."""

from __future__ import annotations

from collections import Counter

import attrs

from peers.chunks import Chunk
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.schedule import schedule_day
from school_ektp.planning.solution import SiteVisit, Solution


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
    return Solution(visit for route in routes for visit in _visits(problem, route))


def _visits(problem: VisitProblem, route: Route) -> tuple[SiteVisit, ...]:
    rooms: Counter[int] = Counter()
    for chunk in route.chunks:
        rooms[chunk.site] += chunk.pupils
    stays = list(rooms.items())
    while stays:
        day = schedule_day(problem, route.team, route.day, stays)
        if day.holds:
            return day.visits
        place = len(stays) - 1 if day.refused is None else day.refused
        site, room = stays[place]
        stays[place : place + 1] = [(site, room - 1)] if room > 1 else []
    return ()
