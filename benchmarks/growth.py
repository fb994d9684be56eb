"""
How the cost of planning grows with schools, days and teams, and how good a large plan is.

Each row is a fresh process. The first plan is what the search starts from; the milliseconds per
iteration are taken over `ITERATIONS` rounds after it. In the end the largest size is planned for
a minute, building and first plan included. Targets: 1,000 schools, 20 teams and 60 days in 60 s
and 1 GB, at most 4 % below the bound; the time of an iteration does not grow with the days.

    python benchmarks/growth.py [--small] [--schools-from table.parquet] [--seconds 60]

The table is optional: columns npsn, lat and lon; the schools nearest to its first row are taken.
Without it schools are random points, as dense as in the sample regency.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import multiprocessing as mp
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import attrs
import polars as pl

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.globe import straight_km
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.planning.build import build_problem
from school_ektp.planning.checker import violations
from school_ektp.planning.problem import PUPIL, VisitProblem
from school_ektp.planning.relaxation.bound import upper_bound
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, MaxSeconds

SCHOOLS = (10, 30, 100, 300, 1000)
DAYS = (1, 5, 20, 60)
TEAMS = (1, 3, 8, 20)
MANY = (1000, 60, 20)  # schools, days, teams
MIDDLE = (100, 20, 5)
SMALL = 100  # schools at most, with --small
ITERATIONS = 200
KM2_PER_SCHOOL = 34  # the sample regency has 45 schools on 1,516 km2
CENTRE = (-3.47, 102.52)
FIRST_DAY = dt.date(2024, 9, 2)  # a Monday
MOST_MB = 1000.0
MOST_GAP = 4.0  # percent

Point = tuple[float, float]
Result = TypeVar("Result")


@attrs.frozen(kw_only=True)
class Size:
    """How many schools, days and teams, and which of them a sweep changes."""

    sweep: str
    schools: int
    days: int
    teams: int


@attrs.frozen(kw_only=True)
class Cost:
    """What a size costs: CPU seconds, peak megabytes of the process, values in pupils."""

    size: Size
    build: float
    first: float
    iteration_ms: float
    megabytes: float
    waiting: int
    first_value: float
    value: float


def sizes(*, small: bool) -> list[Size]:
    """Return the three sweeps; schools with all days and teams, the others from the middle."""
    schools, days, teams = MIDDLE
    most = SMALL if small else MANY[0]
    return [
        *(
            Size(sweep="schools", schools=n, days=MANY[1], teams=MANY[2])
            for n in SCHOOLS
            if n <= most
        ),
        *(Size(sweep="days", schools=schools, days=n, teams=teams) for n in DAYS),
        *(Size(sweep="teams", schools=schools, days=days, teams=n) for n in TEAMS),
    ]


def random_points(count: int) -> list[Point]:
    """Return points spread evenly over a disc as dense as the sample regency."""
    draw = random.Random(count)
    radius = math.sqrt(KM2_PER_SCHOOL * count / math.pi)
    points = []
    for _ in range(count):
        km, angle = radius * math.sqrt(draw.random()), 2 * math.pi * draw.random()
        points.append(
            (CENTRE[0] + km * math.sin(angle) / 111, CENTRE[1] + km * math.cos(angle) / 111)
        )
    return points


def points_of(table: Path, count: int) -> list[Point]:
    """Return the places of the schools nearest to the first of a table."""
    frame = pl.read_parquet(table, columns=["npsn", "lat", "lon"]).drop_nulls().unique("npsn")
    rows = frame.sort("npsn").select("lat", "lon").rows()
    return sorted(rows, key=lambda point: straight_km(rows[0], point))[:count]


def problem_of(size: Size, points: Sequence[Point]) -> VisitProblem:
    """Return a season in which about as many wait as there is time for."""
    draw = random.Random(size.schools)
    last = FIRST_DAY + dt.timedelta(days=size.days - 1)
    schools = [
        School(
            npsn=str(10_000_000 + number),
            name=f"School {number}",
            level="SMA",
            kecamatan="Kecamatan",
            location=Location(*point),
        )
        for number, point in enumerate(points)
    ]
    demand = [SchoolDemand(npsn=school.npsn, groups=[_group(draw, last)]) for school in schools]
    every = max(len(points) // size.teams, 1)
    teams = [
        Team(name=f"Team {number:02}", base=Location(*points[number * every % len(points)]))
        for number in range(size.teams)
    ]
    calendar = VisitCalendar(first_day=FIRST_DAY, last_day=last)
    problem, _ = build_problem(schools, demand, teams, calendar)
    return problem


def _group(draw: random.Random, last: dt.date) -> WaitingGroup:
    """Return some eighty pupils who wait, and one in eight days who comes of age."""
    days = range(1, (last - FIRST_DAY).days + 1)
    steps = [(FIRST_DAY, int(40 + draw.expovariate(1 / 40)))]
    steps += [(FIRST_DAY + dt.timedelta(days=day), 1) for day in days if draw.random() < 1 / 8]
    return WaitingGroup(steps=steps)


def measure(size: Size, points: Sequence[Point]) -> Cost:
    """Return what a size costs in this process."""
    begun = time.process_time()
    problem = problem_of(size, points)
    built = time.process_time()
    first = solve(problem, stop=MaxIterations(0))
    placed = time.process_time()
    found = solve(problem, stop=MaxIterations(ITERATIONS), start=first.solution)
    done = time.process_time()
    for result in (first, found):
        assert not violations(problem, result.solution)
    return Cost(
        size=size,
        build=built - begun,
        first=placed - built,
        iteration_ms=1000 * (done - placed) / ITERATIONS,
        megabytes=_megabytes(),
        waiting=problem.pupils,
        first_value=first.value.total / PUPIL,
        value=found.value.total / PUPIL,
    )


@attrs.frozen(kw_only=True)
class Large:
    """A plan of a limit in seconds: CPU seconds used, megabytes, and percent below the bound."""

    cpu: float
    megabytes: float
    gap: float


def plan_large(size: Size, points: Sequence[Point], seconds: float) -> Large:
    """Return what a plan made within *seconds* is like, building included; the bound is not."""
    begun = time.process_time()
    problem = problem_of(size, points)
    left = begun + seconds - time.process_time()
    found = solve(problem, stop=MaxSeconds(max(left, 0), clock=time.process_time))
    cpu, megabytes = time.process_time() - begun, _megabytes()
    assert not violations(problem, found.solution)
    total = found.value.total
    bound = upper_bound(problem).value
    return Large(cpu=cpu, megabytes=megabytes, gap=100 * (bound - total) / total)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(job: Callable[..., Result], *args: object) -> Result:
    """Return what a job returns in a fresh process, memory of other jobs not counted."""
    with mp.get_context("spawn").Pool(1) as pool:
        return pool.apply(job, args)


def row(cost: Cost) -> str:
    size = cost.size
    return (
        f"{size.sweep:8} {size.schools:7} {size.days:4} {size.teams:5} {cost.build:7.2f}"
        f" {cost.first:8.3f} {cost.iteration_ms:8.2f} {cost.megabytes:6.0f} {cost.waiting:7}"
        f" {cost.first_value:8.0f} {cost.value:8.0f}"
    )


def main() -> int:
    args = _parse()
    heads = ("build s", "first s", "iter ms", "MB", "waiting", "first", "then")
    print(
        f"{'sweep':8} {'schools':>7} {'days':>4} {'teams':>5} {heads[0]:>7} {heads[1]:>8}"
        f" {heads[2]:>8} {heads[3]:>6} {heads[4]:>7} {heads[5]:>8} {heads[6]:>8}"
    )
    table = args.schools_from
    for size in sizes(small=args.small):
        points = points_of(table, size.schools) if table else random_points(size.schools)
        print(row(alone(measure, size, points)), flush=True)
    schools = SMALL if args.small else MANY[0]
    size = Size(sweep="large", schools=schools, days=MANY[1], teams=MANY[2])
    points = points_of(table, schools) if table else random_points(schools)
    large = alone(plan_large, size, points, args.seconds)
    print(
        f"\n{schools} schools: {large.cpu:.1f} s of CPU, {large.megabytes:.0f} MB (target"
        f" {MOST_MB:g}), at most {large.gap:.2f} % below the best (target {MOST_GAP:g})"
    )
    return 0 if large.megabytes < MOST_MB and large.gap <= MOST_GAP else 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--schools-from", type=Path, metavar="PARQUET")
    parser.add_argument("--seconds", type=float, default=60.0, help="for the large plan")
    parser.add_argument("--small", action="store_true", help=f"at most {SMALL} schools")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
