"""
PyVRP: optional clients with prizes, one vehicle type per kind of team-day.

Each kind of team-day has a matrix of its own (a *profile*) that holds the ways of `clock.ways`:
closed schools and chunks not yet waiting are `FAR`.
"""

from __future__ import annotations

import time

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, SolveParams, VehicleType, solve

from peers.chunks import Chunk
from peers.clock import FAR, TeamDay, latest_end, team_days, ways
from peers.decode import Route
from school_ektp.planning.problem import VisitProblem

TEAM_DAY = 500  # in minutes driven
PUPIL = 1_000
NO_LIMIT = 1_000_000
MOST_CELLS = 150_000_000  # of matrices, 16 bytes each


def run(problem: VisitProblem, chunks: list[Chunk], seconds: float, seed: int) -> list[Route]:
    """Return the best routes found in CPU *seconds*."""
    days = team_days(problem)
    ends = [latest_end(days, site) for site in range(len(problem.sites))]
    kinds = _kinds(problem, days, chunks, ends)
    if len(kinds) * len(chunks) ** 2 > MOST_CELLS:
        raise MemoryError
    data = _data(problem, chunks, list(kinds), [len(alike) for alike in kinds.values()], ends)
    limit = time.process_time() + seconds
    found = solve(
        data,
        stop=lambda _cost: time.process_time() >= limit,
        seed=seed,
        collect_stats=False,
        params=SolveParams(),
    )
    return _routes(found.best, [list(alike) for alike in kinds.values()], chunks)


def _kinds(
    problem: VisitProblem, days: list[TeamDay], chunks: list[Chunk], ends: list[int]
) -> dict[tuple[object, ...], list[TeamDay]]:
    """Group team-days that are alike: same shift and same ways."""
    kinds: dict[tuple[object, ...], list[TeamDay]] = {}
    for day in days:
        key = (day.shift, ways(problem, day, chunks, ends), day.most)
        kinds.setdefault(key, []).append(day)
    return kinds


def _data(
    problem: VisitProblem,
    chunks: list[Chunk],
    kinds: list[tuple[object, ...]],
    counts: list[int],
    ends: list[int],
) -> ProblemData:
    packdown = problem.teams[0].packdown
    clients = [
        Client(
            1 + number,
            delivery=[chunk.pupils],
            tw_early=0,
            tw_late=ends[chunk.site] - packdown[chunk.site],
            prize=PUPIL * chunk.weight * chunk.pupils,
            required=False,
        )
        for number, chunk in enumerate(chunks)
    ]
    types = [
        VehicleType(
            num_available=count,
            capacity=[most or NO_LIMIT],
            fixed_cost=TEAM_DAY,
            tw_early=shift[0],
            tw_late=shift[1],
            unit_distance_cost=1,
            profile=profile,
        )
        for profile, ((shift, _, most), count) in enumerate(zip(kinds, counts, strict=True))
    ]
    minutes = [np.array(way.minutes, dtype=np.int64) for _, way, _ in kinds]
    driving = [
        np.where(time >= FAR, FAR, np.array(way.driving, dtype=np.int64))
        for (_, way, _), time in zip(kinds, minutes, strict=True)
    ]
    for matrix in (*minutes, *driving):
        np.fill_diagonal(matrix, 0)
    places = [Location(x=place, y=0) for place in range(len(chunks) + 1)]
    return ProblemData(places, clients, [Depot(0)], types, driving, minutes)


def _routes(best: object, kinds: list[list[TeamDay]], chunks: list[Chunk]) -> list[Route]:
    routes = []
    for route in best.routes():  # type: ignore[attr-defined]
        day = kinds[route.vehicle_type()].pop()
        served = tuple(chunks[stop.idx] for stop in route if stop.is_client())
        if served:
            routes.append(Route(day.team, day.day, served))
    return routes
