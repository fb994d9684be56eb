"""
VROOM: jobs with priorities, one vehicle per team-day on one long clock.

A job may start in the session of each day on which its pupils wait; set-up and pack-down are in the
ways between schools. Exploration level 5, one thread; VROOM stops by itself and may stop early.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import vroom

from peers.chunks import Chunk
from peers.clock import TeamDay, team_days
from peers.decode import Route
from school_ektp.planning.problem import FieldTeam, VisitProblem

MINUTE = 60  # its seconds, so that two kits share a round of five minutes
DAY = 24 * 60 * MINUTE
TEAM_DAY = 500 * MINUTE
MOST_PRIORITY = 100
NO_LIMIT = 1_000_000


def run(problem: VisitProblem, chunks: list[Chunk], seconds: float, seed: int) -> list[Route]:
    """Return the best routes found within *seconds* of wall time."""
    del seed  # it has none
    days = team_days(problem)
    task = vroom.Input()
    profiles = {number: f"team{number}" for number in range(len(problem.teams))}
    for number, name in profiles.items():
        task.set_durations_matrix(profile=name, matrix_input=_matrix(problem, number))
    kits = sorted({problem.teams[day.team].kits[day.day] for day in days})
    for vehicle, day in enumerate(days):
        task.add_vehicle(_vehicle(problem.teams[day.team], profiles[day.team], vehicle, day))
    by_day: dict[int, TeamDay] = {day.day: day for day in days}
    numbers = {}
    for number, chunk in enumerate(chunks):
        job = _job(problem, chunk, number, by_day, kits)
        if job is not None:
            task.add_job(job)
            numbers[number] = chunk
    found = task.solve(5, nb_threads=1, timeout=timedelta(seconds=seconds))
    return _routes(found, days, numbers)


def _matrix(problem: VisitProblem, number: int) -> np.ndarray:
    team = problem.teams[number]
    sites = len(problem.sites)
    matrix = np.array(problem.travel[team.travel], dtype=np.uint32)
    setup = np.zeros(len(matrix), dtype=np.uint32)
    packdown = np.zeros(len(matrix), dtype=np.uint32)
    setup[:sites] = team.setup
    packdown[:sites] = team.packdown
    full = (matrix + packdown[:, None] + setup[None, :]) * MINUTE
    np.fill_diagonal(full, 0)
    return full.astype(np.uint32)


def _vehicle(team: FieldTeam, profile: str, number: int, day: TeamDay) -> vroom.Vehicle:
    first = day.day * DAY
    return vroom.Vehicle(
        number,
        start=team.start,
        end=team.end,
        profile=profile,
        capacity=[day.most or NO_LIMIT],
        time_window=(first + day.shift[0] * MINUTE, first + day.shift[1] * MINUTE),
        costs=vroom.VehicleCosts(fixed=TEAM_DAY),
        skills={1 + day.team},
        type=f"kits{team.kits[day.day]}",
    )


def _job(
    problem: VisitProblem,
    chunk: Chunk,
    number: int,
    days: dict[int, TeamDay],
    kits: list[int],
) -> vroom.Job | None:
    team = problem.teams[0]
    each = team.minutes_per_pupil[chunk.site] * MINUTE
    # One pupil a job shares the round with others; a chunk takes whole rounds.
    service = {
        one: each // one if chunk.pupils == 1 else each * -(-chunk.pupils // one) for one in kits
    }
    least = min(service.values())
    windows = []
    for day in sorted(chunk.days & days.keys()):
        close = days[day].closes[chunk.site]
        first = (days[day].opens + team.setup[chunk.site]) * MINUTE
        last = ((close or 0) - team.packdown[chunk.site]) * MINUTE - least
        if first <= last:
            windows.append(vroom.TimeWindow(day * DAY + first, day * DAY + last))
    if not windows:
        return None
    return vroom.Job(
        number,
        location=chunk.site,
        default_service=least,
        delivery=[chunk.pupils],
        service_per_type={f"kits{one}": minutes for one, minutes in service.items()},
        priority=_priority(chunk),
        time_windows=windows,
    )


def _priority(chunk: Chunk) -> int:
    """Return pupils by weight in at most 100; those without a floor leave room for those with."""
    return min(
        max(-(-chunk.pupils * chunk.weight // (4 if chunk.pupils > 20 else 1)), 1), MOST_PRIORITY
    )


def _routes(found: object, days: list[TeamDay], chunks: dict[int, Chunk]) -> list[Route]:
    table = found.routes  # type: ignore[attr-defined]
    jobs = table[table["type"] == "job"]
    routes = []
    for vehicle, rows in jobs.groupby("vehicle_id", sort=True):
        day = days[int(vehicle)]
        served = tuple(chunks[int(number)] for number in rows["id"])
        routes.append(Route(day.team, day.day, served))
    return routes
