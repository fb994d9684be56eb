"""
Six regencies of different shape for the closed loop, each made from a seed.

The sample goes through `build_problem`; the others are invented: schools on a disc, teams at its
centre, pupils by a log-normal law, of whom some turn 16 during the season. Nobody works at
weekends, and schools end early on Fridays.

    python benchmarks/_regencies.py [seed]        lists the regencies and their sizes
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Mapping

import attrs
from _world import Rates

from school_ektp.datasets import rejang_lebong
from school_ektp.model.worth import Worth
from school_ektp.planning.build import build_problem
from school_ektp.planning.problem import (
    PUPIL,
    FieldTeam,
    Group,
    Matrix,
    Price,
    Site,
    VisitProblem,
)

WEEK, FRIDAY, SATURDAY = 7, 4, 5
SHIFT = (7 * 60, 15 * 60 + 30)
SESSION, FRIDAY_SESSION = (7 * 60 + 30, 13 * 60 + 30), (7 * 60 + 30, 11 * 60)
MINUTES_PER_PUPIL, SETUP, PACKDOWN = 5, 30, 15
MINUTES_PER_KM = 1.3 * 60 / 30  # a winding road at 30 km/h


@attrs.frozen(kw_only=True)
class Shape:
    """
    How an invented regency looks.

    Attributes:
        kits: Kits of each team.
        pupils: Mean pupils of a school.
        turning: Share of them who turn 16 during the season.
        radius: Of the disc on which schools lie, in km.
        week: Days of the week on which teams work, Monday is 0.
    """

    schools: int = 34
    kits: tuple[int, ...] = (2, 1, 1)
    pupils: int = 64
    turning: float = 1 / 6
    radius: float = 30.0
    days: int = 75
    week: tuple[int, ...] = (0, 1, 2, 3, 4)


@attrs.frozen(kw_only=True)
class Regency:
    """A problem whose day 0 is a weekday (`monday` is the first Monday), and its true rates."""

    problem: VisitProblem
    rates: Rates
    monday: int = 0


def price_of(worth: Worth) -> Price:
    """Return what a plan costs under *worth*, in the integers of planning."""
    return Price(
        visit=round(PUPIL * worth.visit),
        team_day=round(PUPIL * worth.team_day),
        driving_minute=round(PUPIL * worth.driving_hour / 60),
        waiting=round(1_000 * worth.waiting_week / WEEK),
    )


def invented(shape: Shape, seed: int, rates: Rates | None = None) -> Regency:
    """Return the regency of a shape that a seed makes."""
    draw = random.Random(f"regency {seed}")
    rates = rates or Rates()
    places = [(0.0, 0.0)] + [_place(draw, shape.radius) for _ in range(shape.schools)]
    base, *schools = places
    problem = VisitProblem(
        days=shape.days,
        sites=tuple(_site(draw, shape, rates) for _ in schools),
        teams=tuple(_team(shape, kits) for kits in shape.kits),
        travel=(_travel([*schools, base]),),
        luck=rates.luck,
    )
    return Regency(problem=problem, rates=rates)


def _place(draw: random.Random, radius: float) -> tuple[float, float]:
    km, angle = radius * math.sqrt(draw.random()), 2 * math.pi * draw.random()
    return km * math.cos(angle), km * math.sin(angle)


def _travel(places: list[tuple[float, float]]) -> Matrix:
    return tuple(tuple(math.ceil(MINUTES_PER_KM * math.dist(a, b)) for b in places) for a in places)


def _site(draw: random.Random, shape: Shape, rates: Rates) -> Site:
    sigma = 0.6
    size = max(round(shape.pupils * draw.lognormvariate(-sigma * sigma / 2, sigma)), 4)
    days = [0] * shape.days
    for _ in range(size):
        turns = draw.random() < shape.turning
        days[draw.randrange(1, shape.days) if turns else 0] += 1
    return Site(
        groups=(Group(arrivals=tuple((day, n) for day, n in enumerate(days) if n)),),
        sessions=tuple(_sessions(day % WEEK) for day in range(shape.days)),
        turnout=round(1_000 * rates.first),
        turnout_again=round(1_000 * rates.again),
    )


def _sessions(weekday: int) -> tuple[tuple[int, int], ...]:
    if weekday >= SATURDAY:
        return ()
    return (FRIDAY_SESSION,) if weekday == FRIDAY else (SESSION,)


def _team(shape: Shape, kits: int) -> FieldTeam:
    works = [day % WEEK in shape.week for day in range(shape.days)]
    return FieldTeam(
        start=shape.schools,
        end=shape.schools,
        shifts=tuple(SHIFT if work else None for work in works),
        breaks=((),) * shape.days,
        kits=(kits,) * shape.days,
        minutes_per_pupil=(MINUTES_PER_PUPIL,) * shape.schools,
        setup=(SETUP,) * shape.schools,
        packdown=(PACKDOWN,) * shape.schools,
    )


def sample(seed: int) -> Regency:
    """Rejang Lebong with the pupils of a seed."""
    region, rates = rejang_lebong(seed=seed), Rates()
    problem, names = build_problem(
        region.schools,
        region.demand(),
        region.teams,
        region.calendar,
        rules=region.rules,
        risks=rates.risks,
    )
    return Regency(problem=problem, rates=rates, monday=-names.first_day.weekday() % WEEK)


def plain(seed: int) -> Regency:
    """One of the regencies in which the hand rule was first measured."""
    return invented(Shape(), seed)


def scarce(seed: int) -> Regency:
    """One team with two kits that goes out on two days a week."""
    return invented(Shape(kits=(2,), week=(1, 3)), seed)


def far(seed: int) -> Regency:
    """Schools up to two hours and a half from the base."""
    return invented(Shape(radius=60.0), seed)


def small(seed: int) -> Regency:
    """Many schools with few pupils each."""
    return invented(Shape(schools=80, pupils=24), seed)


def growth(seed: int) -> Regency:
    """Half of the pupils turn 16 during the season."""
    return invented(Shape(turning=0.5), seed)


def low(seed: int) -> Regency:
    """Fewer than two in three come when they are called."""
    return invented(Shape(), seed, Rates(first=0.65, again=0.45))


REGENCIES: Mapping[str, Callable[[int], Regency]] = {
    "sample": sample,
    "scarce teams": scarce,
    "far schools": far,
    "small schools": small,
    "growth": growth,
    "low turn-out": low,
}


def _main(seed: int) -> None:
    print(f"{'regency':15} {'sites':>5} {'teams':>5} {'days':>4} {'team-days':>9} {'pupils':>6}")
    for name, make in {**REGENCIES, "plain": plain}.items():
        problem = make(seed).problem
        out = sum(team.works(day) for team in problem.teams for day in range(problem.days))
        print(
            f"{name:15} {len(problem.sites):5} {len(problem.teams):5} {problem.days:4}"
            f" {out:9} {problem.pupils:6}"
        )


if __name__ == "__main__":
    _main(int(sys.argv[1]) if sys.argv[1:] else 1)
