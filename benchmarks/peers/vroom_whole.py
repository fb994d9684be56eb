"""
VROOM: jobs with prizes as priorities, exploration level 5, one thread.

It tells nothing on the way and stops by itself, on a hundred sites in a few seconds of CPU.
A run that took longer than an earlier mark is followed by one for that mark.
"""

from __future__ import annotations

import time
from datetime import timedelta

import numpy as np
import vroom

from peers.whole import Log, Task

MOST_PRIORITY = 100
ROOM = 0.9  # part of the limit after which it is asked to stop


def run(task: Task, log: Log, seed: int) -> None:
    """Search until done; limits are in seconds on the wall, each with a clock of its own."""
    del seed  # it has none
    assert max(task.prizes) <= MOST_PRIORITY
    for mark in reversed(log.marks):
        log.began = time.process_time()
        found = _input(task).solve(5, nb_threads=1, timeout=timedelta(seconds=ROOM * mark))
        jobs = found.routes[found.routes["type"] == "job"]
        routes = jobs.groupby("vehicle_id")["id"]
        log.add(task, tuple(tuple(int(site) for site in sites) for _, sites in routes))
        if log.until(log.marks[0]):
            break


def _input(task: Task) -> vroom.Input:
    asked = vroom.Input()
    asked.set_durations_matrix("car", np.array(task.travel, dtype=np.uint32))
    for team in range(task.teams):
        asked.add_vehicle(
            vroom.Vehicle(team, start=task.start, end=task.end, time_window=(0, task.limit))
        )
    for site, window in enumerate(task.windows):
        asked.add_job(
            vroom.Job(
                site,
                location=site,
                default_service=task.stays[site],
                priority=task.prizes[site],
                time_windows=[vroom.TimeWindow(*window)],
            )
        )
    return asked
