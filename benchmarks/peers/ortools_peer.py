"""
OR-Tools routing: disjunctions with penalties, one vehicle per team-day, guided local search.

Times and driving are matrices by kind of team-day, which OR-Tools reads without Python.
"""

from __future__ import annotations

import time

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from peers.chunks import Chunk
from peers.clock import FAR, TeamDay, Ways, latest_end, team_days, ways
from peers.decode import Route
from school_ektp.planning.problem import VisitProblem

TEAM_DAY = 500  # in minutes driven
PUPIL = 1_000
MOST_CELLS = 30_000_000  # of matrices, as Python numbers


def run(problem: VisitProblem, chunks: list[Chunk], seconds: float, seed: int) -> list[Route]:
    """Return the best routes found in CPU *seconds*."""
    del seed  # it has none
    days = team_days(problem)
    ends = [latest_end(days, site) for site in range(len(problem.sites))]
    manager = pywrapcp.RoutingIndexManager(len(chunks) + 1, len(days), 0)
    routing = pywrapcp.RoutingModel(manager)
    _add_days(routing, days, [ways(problem, day, chunks, ends) for day in days])
    if any(day.most for day in days):
        load = routing.RegisterUnaryTransitVector([0, *(chunk.pupils for chunk in chunks)])
        most = [day.most or FAR for day in days]
        routing.AddDimensionWithVehicleCapacity(load, 0, most, True, "pupils")
    latest = [ends[chunk.site] - problem.teams[0].packdown[chunk.site] for chunk in chunks]
    _add_chunks(routing, days, chunks, latest)
    limit = time.process_time() + seconds
    stop = routing.solver().CustomLimit(lambda: time.process_time() >= limit)
    routing.AddSearchMonitor(stop)
    found = routing.SolveWithParameters(_parameters(seconds))
    return _routes(routing, found, days, chunks) if found else []


def _add_days(routing: pywrapcp.RoutingModel, days: list[TeamDay], paths: list[Ways]) -> None:
    """Give every team-day its ways, its costs and its shift."""
    registered: dict[Ways, tuple[int, int]] = {}
    for path in paths:
        if path in registered:
            continue
        if (len(registered) + 1) * len(path.minutes) ** 2 > MOST_CELLS:
            raise MemoryError
        registered[path] = (
            routing.RegisterTransitMatrix([list(row) for row in path.minutes]),
            routing.RegisterTransitMatrix([list(row) for row in path.driving]),
        )
    minutes = [registered[path][0] for path in paths]
    routing.AddDimensionWithVehicleTransits(minutes, 0, FAR, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for vehicle, (day, path) in enumerate(zip(days, paths, strict=True)):
        routing.SetArcCostEvaluatorOfVehicle(registered[path][1], vehicle)
        routing.SetFixedCostOfVehicle(TEAM_DAY, vehicle)
        clock.CumulVar(routing.Start(vehicle)).SetRange(*day.shift)
        clock.CumulVar(routing.End(vehicle)).SetRange(*day.shift)


def _add_chunks(
    routing: pywrapcp.RoutingModel, days: list[TeamDay], chunks: list[Chunk], latest: list[int]
) -> None:
    """Make every chunk optional, for the team-days that can serve it; index is node here."""
    clock = routing.GetDimensionOrDie("time")
    for node, chunk in enumerate(chunks, start=1):
        clock.CumulVar(node).SetMax(latest[node - 1])
        routing.AddDisjunction([node], PUPIL * chunk.weight * chunk.pupils)
        able = [
            vehicle
            for vehicle, day in enumerate(days)
            if day.day in chunk.days and day.team in chunk.teams
        ]
        routing.VehicleVar(node).SetValues([-1, *able])


def _routes(
    routing: pywrapcp.RoutingModel,
    found: pywrapcp.Assignment,
    days: list[TeamDay],
    chunks: list[Chunk],
) -> list[Route]:
    routes = []
    for vehicle, day in enumerate(days):
        served = []
        node = found.Value(routing.NextVar(routing.Start(vehicle)))
        while not routing.IsEnd(node):
            served.append(chunks[node - 1])
            node = found.Value(routing.NextVar(node))
        if served:
            routes.append(Route(day.team, day.day, tuple(served)))
    return routes


def _parameters(seconds: float) -> object:
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    asked.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    asked.time_limit.FromMilliseconds(int(seconds * 8000))  # the CPU limit comes first
    return asked
