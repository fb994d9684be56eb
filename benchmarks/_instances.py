"""
Instances of the literature as visit problems, and a check of their routes in floats.

One day, whole sites (`OneVisit`), no time per pupil, service as set-up: a visit takes the whole
score of its site.
Distances become integers, so that the planner's own checker can read them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

import attrs

from school_ektp.planning.constraints import OneVisit
from school_ektp.planning.problem import FieldTeam, Group, Matrix, Site, VisitProblem
from school_ektp.planning.solution import Solution

FINE = 10**6  # units per unit of length where distances are not rounded
TOLERANCE = 1e-9


@attrs.frozen(kw_only=True)
class Point:
    """A vertex: place, score, service time and the window in which service may begin."""

    x: float
    y: float
    score: int
    service: float = 0.0
    opens: float = 0.0
    closes: float


@attrs.frozen(kw_only=True)
class Instance:
    """
    An instance of Team Orienteering, with or without time windows.

    Attributes:
        points: Sites in order, then the start, then the end.
        decimals: Distances are rounded down to so many; None when they are not rounded.
    """

    name: str
    teams: int
    limit: float
    points: tuple[Point, ...]
    decimals: int | None

    @property
    def sites(self) -> int:
        """Number of vertices that hold a score."""
        return len(self.points) - 2

    def distance(self, a: int, b: int) -> float:
        """Return the length from *a* to *b* in the convention of the published values."""
        one, two = self.points[a], self.points[b]
        exact = math.dist((one.x, one.y), (two.x, two.y))
        if self.decimals is None:
            return exact
        unit: int = 10**self.decimals
        return math.floor(exact * unit + TOLERANCE) / unit

    def problem(self) -> VisitProblem:
        """Return the instance as a problem of one day."""
        unit = FINE if self.decimals is None else 10**self.decimals
        team = self._team(unit)
        return VisitProblem(
            days=1,
            sites=tuple(_site(point, unit) for point in self.points[: self.sites]),
            teams=(team,) * self.teams,
            travel=(self._matrix(unit),),
            constraints=tuple(map(OneVisit, range(self.sites))),
        )

    def _matrix(self, unit: int) -> Matrix:
        nodes = range(len(self.points))  # lengths rounded up: an integer route is never too long
        return tuple(
            tuple(math.ceil(self.distance(a, b) * unit - 1e-6) for b in nodes) for a in nodes
        )

    def _team(self, unit: int) -> FieldTeam:
        stays = tuple(round(point.service * unit) for point in self.points[: self.sites])
        return FieldTeam(
            start=self.sites,
            end=self.sites + 1,
            shifts=((0, math.floor(self.limit * unit + TOLERANCE)),),
            breaks=((),),
            kits=(1,),
            minutes_per_pupil=(0,) * self.sites,
            setup=stays,
            packdown=(0,) * self.sites,
        )

    def verified(self, solution: Solution) -> int:
        """Return the score of *solution*, its routes driven again in floats; fail if they break."""
        visits = [visit.site for visit in solution.visits]
        assert len(visits) == len(set(visits)), "a vertex is visited twice"
        for team in range(self.teams):
            self._drive([visit.site for visit in solution.visits if visit.team == team])
        return sum(self.points[site].score for site in visits)

    def worth(self, routes: Sequence[Sequence[int]]) -> int:
        """Return the score of the routes that hold when driven in floats; a site counts once."""
        assert len(routes) <= self.teams, "more routes than teams"
        sites = {site for route in routes if self._holds(route) for site in route}
        return sum(self.points[site].score for site in sites)

    def _holds(self, route: Sequence[int]) -> bool:
        try:
            self._drive(route)
        except AssertionError:
            return False
        return True

    def _drive(self, route: Sequence[int]) -> None:
        here, time = self.sites, 0.0
        for site in route:
            point = self.points[site]
            time = max(time + self.distance(here, site), point.opens)
            assert time <= point.closes + TOLERANCE, "a window is missed"
            time += point.service
            here = site
        home = time + self.distance(here, self.sites + 1) if route else 0.0
        assert home <= self.limit + TOLERANCE, "a route is too long"


def _site(point: Point, unit: int) -> Site:
    session = (round(point.opens * unit), math.floor((point.closes + point.service) * unit + 1e-6))
    return Site(groups=(Group(arrivals=((0, point.score),)),), sessions=((session,),))


def read_instance(path: Path, teams: int | None = None) -> Instance:
    """Read an instance; *teams* is needed for those with time windows, which serve any number."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    if lines[0][0] == "n":
        return _read_chao(path.stem, lines)
    if teams is None:
        raise ValueError(f"{path.name} says no number of teams: pass teams=")
    return _read_solomon(path.stem, lines, teams)


def _read_chao(name: str, lines: list[list[str]]) -> Instance:
    limit = float(lines[2][1])
    rows = [(float(x), float(y), round(float(score))) for x, y, score in lines[3:]]
    points = [Point(x=x, y=y, score=score, closes=limit) for x, y, score in rows]
    return Instance(
        name=name,
        teams=int(lines[1][1]),
        limit=limit,
        points=(*points[1:-1], points[0], points[-1]),
        decimals=None,
    )


def _read_solomon(name: str, lines: list[list[str]], teams: int) -> Instance:
    rows = [[float(field) for field in line] for line in lines[2:]]
    points = [
        Point(x=x, y=y, service=service, score=round(score), opens=rest[-2], closes=rest[-1])
        for _, x, y, service, score, *rest in rows
    ]
    # Solomon's points lie on a grid and are rounded to one decimal, Cordeau's to two.
    on_grid = all(point.x.is_integer() and point.y.is_integer() for point in points)
    return Instance(
        name=name,
        teams=teams,
        limit=points[0].closes,
        points=(*points[1:], points[0], points[0]),
        decimals=1 if on_grid else 2,
    )


def read_best_known(folder: Path) -> dict[tuple[str, int], int]:
    """Return the best-known score by name and teams, from all tables in *folder* and beside it."""
    tables = sorted({*folder.glob("*best_known.csv"), *folder.parent.glob("*best_known.csv")})
    best: dict[tuple[str, int], int] = {}
    for table in tables:
        with table.open(newline="") as rows:
            for row in csv.DictReader(rows):
                best[row["instance"], int(row["m"])] = int(row["best_known"])
    return best
