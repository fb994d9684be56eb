"""
PyVRP: optional clients with prizes, in the encodings that were best on ten instances.

Without a cost of ways the search is lost; they weigh more where there are no windows.
Its penalties have a fixed range and prizes must lie in it: large ones let it find more, or no plan
at all, and then it is asked again with smaller ones.
"""

from __future__ import annotations

import math

import numpy as np
from pyvrp import (
    Client,
    Depot,
    IteratedLocalSearchParams,
    Location,
    ProblemData,
    Solution,
    SolveParams,
    VehicleType,
    solve,
)
from pyvrp.IteratedLocalSearch import IteratedLocalSearch, IteratedLocalSearchCallbacks

from peers.whole import Log, Task

# A prize in mean ways, the cost of a way, CPU seconds after which it must have some plan.
ENCODINGS = ((300, 3_000, 1.0), (100, 300, math.inf))
WITH_WINDOWS = ((300, 100, 1.0), (100, 100, math.inf))


class _Found(IteratedLocalSearchCallbacks):
    """Notes each new best plan."""

    def __init__(self, task: Task, log: Log) -> None:
        self.task, self.log = task, log

    def on_start(self, ils: IteratedLocalSearch) -> None:
        self.on_best(ils.initial_solution)

    def on_best(self, best: Solution) -> None:
        if best.is_feasible():
            routes = (tuple(s.idx for s in route if s.is_client()) for route in best.routes())
            self.log.add(self.task, tuple(routes))


def run(task: Task, log: Log, seed: int) -> None:
    """Search until the log is over."""
    params = SolveParams(ils=IteratedLocalSearchParams(callbacks=_Found(task, log)))
    for prize, way, patience in WITH_WINDOWS if task.longest_wait else ENCODINGS:
        solve(
            _data(task, prize, way),
            stop=lambda _cost, patience=patience: log.over() or log.is_empty_after(patience),
            seed=seed,
            collect_stats=False,
            params=params,
        )
        if log.found:
            break


def _data(task: Task, unit: int, way: int) -> ProblemData:
    clients = [
        Client(
            site,
            service_duration=stay,
            tw_early=first,
            tw_late=last,
            prize=round(unit * prize * task.mean_way),
            required=False,
        )
        for site, ((first, last), stay, prize) in enumerate(
            zip(task.windows, task.stays, task.prizes, strict=True)
        )
    ]
    teams = VehicleType(
        task.teams,
        start_depot=0,
        end_depot=1,
        tw_late=task.limit,
        unit_distance_cost=way,
    )
    ways = np.array(task.travel, dtype=np.int64)
    places = [Location(x=place, y=0) for place in range(len(ways))]
    depots = [Depot(task.start), Depot(task.end)]
    return ProblemData(places, clients, depots, [teams], [ways], [ways])
