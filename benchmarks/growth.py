"""
How the cost of planning grows with schools, days and teams: a table and a picture.

Each row is a fresh process. The first plan is what the search starts from; the milliseconds per
iteration are taken over `ITERATIONS` rounds after it. Targets: 1,000 schools, 20 teams and 60 days
planned in under 60 s and 1 GB; the time of an iteration does not grow with the days.

    python benchmarks/growth.py [--small] [--schools-from table.parquet] [--picture growth.svg]

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
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import attrs
import polars as pl

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.globe import straight_km
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.planning.build import build_problem
from school_ektp.planning.checker import violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations

SCHOOLS = (10, 30, 100, 300, 1000)
DAYS = (1, 5, 20, 60)
TEAMS = (1, 3, 8, 20)
MANY = (1000, 60, 20)  # schools, days, teams
MIDDLE = (100, 20, 5)
SMALL = 100  # schools at most, with --small
ITERATIONS = 500
KM2_PER_SCHOOL = 34  # the sample regency has 45 schools on 1,516 km2
CENTRE = (-3.47, 102.52)
FIRST_DAY = dt.date(2024, 9, 2)  # a Monday
MOST_SECONDS = 60.0
MOST_MB = 1000.0

Point = tuple[float, float]


@attrs.frozen(kw_only=True)
class Size:
    """How many schools, days and teams, and which of them a sweep changes."""

    sweep: str
    schools: int
    days: int
    teams: int


@attrs.frozen(kw_only=True)
class Cost:
    """What a size costs: CPU seconds, peak megabytes of the process, pupils recorded."""

    size: Size
    build: float
    first: float
    iteration_ms: float
    megabytes: float
    waiting: int
    first_pupils: int
    pupils: int

    @property
    def seconds(self) -> float:
        """All CPU seconds."""
        return self.build + self.first + self.iteration_ms * ITERATIONS / 1000


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
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        waiting=problem.pupils,
        first_pupils=first.score.pupils,
        pupils=found.score.pupils,
    )


def _child(answer: Connection, size: Size, points: Sequence[Point]) -> None:
    answer.send(measure(size, points))


def in_a_process(size: Size, points: Sequence[Point]) -> Cost:
    """Return what a size costs, memory of other sizes not counted."""
    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(there, size, points))
    child.start()
    there.close()
    cost: Cost = here.recv()
    child.join()
    return cost


def row(cost: Cost) -> str:
    size = cost.size
    return (
        f"{size.sweep:8} {size.schools:7} {size.days:4} {size.teams:5} {cost.build:7.2f}"
        f" {cost.first:8.3f} {cost.iteration_ms:8.2f} {cost.megabytes:6.0f} {cost.waiting:7}"
        f" {cost.first_pupils:7} {cost.pupils:7}"
    )


# The picture -----------------------------------------------------------------------------------

PANEL = 300
MARGIN = 60
COLOURS = {"schools": "#1b6ca8", "days": "#c8553d", "teams": "#3a7d44"}


def picture(costs: Sequence[Cost]) -> str:
    """Return an SVG: seconds to the first plan and milliseconds per iteration, log by log."""
    width, height = 2 * (PANEL + MARGIN) + MARGIN, PANEL + 2 * MARGIN
    font = 'font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {font}>',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    parts += _panel(MARGIN, "seconds to the first plan", costs, [cost.first for cost in costs])
    parts += _panel(
        2 * MARGIN + PANEL,
        "milliseconds per iteration",
        costs,
        [cost.iteration_ms for cost in costs],
    )
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: int, title: str, costs: Sequence[Cost], values: Sequence[float]) -> Iterable[str]:
    top, bottom = MARGIN, MARGIN + PANEL
    low, high = _decades(values)
    wide = math.log10(max(SCHOOLS))

    def x(count: int) -> float:
        return left + PANEL * math.log10(count) / wide

    def y(value: float) -> float:
        return bottom - PANEL * (math.log10(max(value, 10.0**low)) - low) / (high - low)

    yield f'<text x="{left}" y="{top - 30}" font-weight="bold">{title}</text>'
    for power in range(low, high + 1):
        at = y(10.0**power)
        yield f'<path d="M{left} {at:.1f}h{PANEL}" stroke="#ddd"/>'
        yield f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
    for power in range(math.ceil(wide) + 1):
        at = x(10**power)
        yield f'<text x="{at:.1f}" y="{bottom + 18}" text-anchor="middle">{10**power}</text>'
    for order, (sweep, colour) in enumerate(COLOURS.items()):
        points = [
            (x(getattr(cost.size, sweep)), y(value))
            for cost, value in zip(costs, values, strict=True)
            if cost.size.sweep == sweep
        ]
        line = " ".join(f"{at:.1f},{up:.1f}" for at, up in points)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (
            f'<circle cx="{at:.1f}" cy="{up:.1f}" r="3" fill="{colour}"/>' for at, up in points
        )
        label = left + 90 * order
        yield f'<text x="{label}" y="{top - 12}" fill="{colour}">number of {sweep}</text>'


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten that hold all values."""
    some = [value for value in values if value > 0]
    low = math.floor(math.log10(min(some)))
    return low, max(math.ceil(math.log10(max(some))), low + 1)


def main() -> int:
    args = _parse()
    heads = ("build s", "first s", "iter ms", "MB", "waiting", "first", "then")
    print(
        f"{'sweep':8} {'schools':>7} {'days':>4} {'teams':>5} {heads[0]:>7} {heads[1]:>8}"
        f" {heads[2]:>8} {heads[3]:>6} {heads[4]:>7} {heads[5]:>7} {heads[6]:>7}"
    )
    costs = []
    for size in sizes(small=args.small):
        table, count = args.schools_from, size.schools
        points = points_of(table, count) if table else random_points(count)
        costs.append(in_a_process(size, points))
        print(row(costs[-1]), flush=True)
    args.picture.parent.mkdir(parents=True, exist_ok=True)
    args.picture.write_text(picture(costs), encoding="utf-8")
    print(f"picture: {args.picture}")
    worst = max(costs, key=lambda cost: cost.seconds)
    print(f"dearest: {worst.seconds:.1f} s with {ITERATIONS} iterations, target {MOST_SECONDS:g} s")
    heaviest = max(cost.megabytes for cost in costs)
    print(f"heaviest: {heaviest:.0f} MB, target {MOST_MB:g} MB")
    return 0 if worst.seconds < MOST_SECONDS and heaviest < MOST_MB else 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0].strip())
    parser.add_argument("--schools-from", type=Path, metavar="PARQUET")
    parser.add_argument("--picture", type=Path, default=Path("build/growth.svg"))
    parser.add_argument("--small", action="store_true", help=f"at most {SMALL} schools")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
