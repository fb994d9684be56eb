"""The problem as flat lists of integers, compiled once so that the hot loops only index."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from typing import TypeAlias

from school_ektp.planning.guards import Guard
from school_ektp.planning.problem import Site, VisitProblem, Window
from school_ektp.planning.reach import Reach
from school_ektp.planning.search.clock import Clock

NEAREST = 10  # neighbours of a site by distance, and ...
ON_THE_WAY = 4  # ... by detour on the way from a base: far sites are reached past near ones

NO_SHIFT = (0, 0)

Row: TypeAlias = list[tuple[Window, ...]]  # for each site, its windows on the clock of one route


class Tables:
    """
    What never changes in a search.

    A *route* is a crew-day on which the crew works, numbered by day, then crew.

    Attributes:
        crew: Crew of each route.
        day: Day of each route.
        kits: Kits of each route.
        clock: Clock of each route; equal shifts and breaks share one.
        windows: For each route and site, the windows in which a stay may lie, on its clock.
        fixed: For each crew and site, minutes of set-up and pack-down.
        pace: For each crew and site, minutes per round of pupils.
        leave: For each matrix and node, minutes to every node.
        reach: For each matrix and node, minutes from every node.
        arrived: For each site and day, pupils who have started to wait, by group.
        urgent: For each site, its groups in the order of `_urgency`; empty where that is their own.
        near: For each site, other sites beside whose visits it may be inserted.
        beside: For each site, the sites that have it in `near`.
    """

    def __init__(self, problem: VisitProblem, guards: tuple[Guard, ...]) -> None:
        self.problem = problem
        self.sites = len(problem.sites)
        self.routes = [
            (crew, day)
            for day in range(problem.days)
            for crew, team in enumerate(problem.crews)
            if team.works(day)
        ]
        self.crew = [crew for crew, _ in self.routes]
        self.day = [day for _, day in self.routes]
        self.kits = [problem.crews[crew].kits[day] for crew, day in self.routes]
        self._compile_travel()
        self._compile_crews()
        self._compile_windows(guards)
        self.arrived = [_arrivals(site, problem.days) for site in problem.sites]
        self.total = [sum(row[-1]) if row else 0 for row in self.arrived]
        self.away = [tuple(group.away for group in site.groups) for site in problem.sites]
        last_days = Reach(problem).last_days
        self.urgent = list(map(_urgency, problem.sites, last_days))
        self.turnout = [site.turnout for site in problem.sites]
        self.days_worked = [
            sum(team.works(day) for day in range(problem.days)) for team in problem.crews
        ]
        self.near = self._neighbours()
        self.beside: list[list[int]] = [[] for _ in range(self.sites)]
        for site, others in enumerate(self.near):
            for other in others:
                self.beside[other].append(site)

    def _compile_travel(self) -> None:
        self.leave = [[list(row) for row in matrix] for matrix in self.problem.travel]
        self.reach = [[list(column) for column in zip(*m, strict=True)] for m in self.leave]
        self.matrix = [self.problem.crews[crew].travel for crew in self.crew]

    def _compile_crews(self) -> None:
        crews = self.problem.crews
        self.fixed = [
            [a + b for a, b in zip(crew.setup, crew.packdown, strict=True)] for crew in crews
        ]
        self.pace = [list(crew.minutes_per_pupil) for crew in crews]

    def _compile_windows(self, guards: tuple[Guard, ...]) -> None:
        """Build one row of windows for each kind of route, not for each route."""
        problem = self.problem
        shut = {pair for guard in guards for pair in guard.shut}
        open_to = [
            tuple((crew, site) not in shut for site in range(self.sites))
            for crew in range(len(problem.crews))
        ]
        clocks: dict[object, Clock] = {}
        rows: dict[object, Row] = {}
        hours = [tuple(site.sessions[day] for site in problem.sites) for day in range(problem.days)]
        alike = {today: day for day, today in enumerate(hours)}  # hashes each day only once
        pattern = [alike[today] for today in hours]
        self.clock: list[Clock] = []
        self.windows: list[Row] = []
        for crew, day in self.routes:
            team = problem.crews[crew]
            shift = team.shifts[day] or NO_SHIFT  # routes hold working days only
            beat = (shift, team.breaks[day])
            clock = clocks.setdefault(beat, Clock(*beat))
            kind = (beat, open_to[crew], pattern[day])
            if kind not in rows:
                rows[kind] = _row(clock, hours[day], open_to[crew])
            self.clock.append(clock)
            self.windows.append(rows[kind])

    def _neighbours(self) -> list[list[int]]:
        """Return for each site those nearest to it, and those past which it lies on the way."""
        problem = self.problem
        bases = sorted({node for crew in problem.crews for node in (crew.start, crew.end)})
        return [
            self._near(site, min(bases, key=lambda base: (self.leave[0][base][site], base)))
            for site in range(self.sites)
        ]

    def _near(self, site: int, base: int) -> list[int]:
        others = [other for other in range(self.sites) if other != site]
        away, home = self.leave[0][site], self.reach[0][site]
        direct = self.leave[0][base]
        close = nsmallest(NEAREST, others, key=lambda other: (away[other] + home[other], other))
        first = home[base]
        passed = nsmallest(
            ON_THE_WAY, others, key=lambda other: (first + away[other] - direct[other], other)
        )
        return list(dict.fromkeys(close + passed))


def _row(clock: Clock, hours: tuple[tuple[Window, ...], ...], allowed: tuple[bool, ...]) -> Row:
    return [
        tuple(w for w in map(clock.window, sessions) if w is not None) if open_ else ()
        for sessions, open_ in zip(hours, allowed, strict=True)
    ]


def _urgency(site: Site, last_days: Sequence[int]) -> tuple[int, ...]:
    """Return the groups by rank, then by the last day on which they can be met; () if as given."""
    ranks = [group.priority for group in site.groups]
    order = sorted(range(len(ranks)), key=lambda n: (ranks[n], last_days[n], n))
    return tuple(order) if order != sorted(order) else ()


def _arrivals(site: Site, days: int) -> list[tuple[int, ...]]:
    """Return for each day who has started to wait, by group; equal days share one tuple."""
    fresh = [[0] * len(site.groups) for _ in range(days)]
    for number, group in enumerate(site.groups):
        for day, pupils in group.arrivals:
            if day < days:
                fresh[max(day, 0)][number] += pupils
    rows: list[tuple[int, ...]] = []
    total = (0,) * len(site.groups)
    for more in fresh:
        if any(more):
            total = tuple(a + b for a, b in zip(total, more, strict=True))
        rows.append(total)
    return rows
