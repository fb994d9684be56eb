"""
OR-Tools routing: disjunctions with prizes as penalties, tabu search.

Guided local search and simulated annealing were tried on six instances and found less.
"""

from __future__ import annotations

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from peers.whole import Log, Plan, Task

PRIZE = 3  # in mean ways


def run(task: Task, log: Log, seed: int) -> None:
    """Search until the log is over."""
    del seed  # it has none
    bases = [task.start] * task.teams, [task.end] * task.teams
    manager = pywrapcp.RoutingIndexManager(len(task.travel), task.teams, *bases)
    routing = pywrapcp.RoutingModel(manager)
    _add_ways(routing, task)
    _add_sites(routing, manager, task)
    routing.AddAtSolutionCallback(lambda: log.add(task, _plan(routing, manager)))
    routing.AddSearchMonitor(routing.solver().CustomLimit(log.over))
    routing.SolveWithParameters(_parameters(log.marks[-1]))


def _add_ways(routing: pywrapcp.RoutingModel, task: Task) -> None:
    ways = routing.RegisterTransitMatrix([list(row) for row in task.travel])
    routing.SetArcCostEvaluatorOfAllVehicles(ways)
    stays = (*task.stays, 0, 0)
    spent = [[stay + way for way in row] for stay, row in zip(stays, task.travel, strict=True)]
    clock = routing.RegisterTransitMatrix(spent)
    routing.AddDimension(clock, task.longest_wait, task.limit, True, "time")


def _add_sites(
    routing: pywrapcp.RoutingModel, manager: pywrapcp.RoutingIndexManager, task: Task
) -> None:
    clock = routing.GetDimensionOrDie("time")
    for site, (window, prize) in enumerate(zip(task.windows, task.prizes, strict=True)):
        node = manager.NodeToIndex(site)
        clock.CumulVar(node).SetRange(*window)
        routing.AddDisjunction([node], round(PRIZE * prize * task.mean_way))


def _plan(routing: pywrapcp.RoutingModel, manager: pywrapcp.RoutingIndexManager) -> Plan:
    routes = []
    for team in range(routing.vehicles()):
        route = []
        node = routing.NextVar(routing.Start(team)).Value()
        while not routing.IsEnd(node):
            route.append(manager.IndexToNode(node))
            node = routing.NextVar(node).Value()
        routes.append(tuple(route))
    return tuple(routes)


def _parameters(seconds: float) -> object:
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.TABU_SEARCH
    asked.time_limit.FromMilliseconds(int(seconds * 8000))  # the CPU limit comes first
    return asked
