"""
Schools cut into stops that a routing engine can serve whole.

Pupils of a school who wait alike are cut into chunks of at most a given size, those who wait at the
start apart from those who come of age later: a chunk can be served from the day its last pupil
waits, so later pupils get chunks a quarter as large.
A rule that no peer has is turned into days: under a spacing of *n* days each school gets the days
of one residue of *n*, chosen so that pupils and team-days are balanced.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from school_ektp.planning.constraints import Floor, Forbidden, Spacing
from school_ektp.planning.problem import Group, VisitProblem

FLOOR_WEIGHT = 5  # a pupil whom a floor asks for, in pupils


@attrs.frozen(kw_only=True)
class Chunk:
    """
    Pupils of one group of one site that are recorded together or not at all.

    Attributes:
        days: Days on which all of them wait and the site is open.
        teams: Teams that may go there.
        weight: Value of one of its pupils.
    """

    site: int
    group: int
    pupils: int
    days: frozenset[int]
    teams: frozenset[int]
    weight: int = 1


def cut(problem: VisitProblem, size: int) -> list[Chunk]:
    """Return the chunks of a problem, in order of site, group and first day."""
    chosen = _spaced_days(problem)
    chunks: list[Chunk] = []
    for site, where in enumerate(problem.sites):
        open_days = {day for day, windows in enumerate(where.sessions) if windows} & chosen[site]
        teams = _teams(problem, site)
        for number, group in enumerate(where.groups):
            for release, pupils in _pieces(group, size, problem.today):
                days = frozenset(day for day in open_days - group.away if day >= release)
                if days and teams:
                    chunk = Chunk(site=site, group=number, pupils=pupils, days=days, teams=teams)
                    chunks.append(chunk)
    return _with_floors(problem, chunks)


def _pieces(group: Group, size: int, today: int) -> Iterator[tuple[int, int]]:
    """Yield (first day on which all wait, pupils)."""
    stock = group.arrived(today)
    yield from ((today, min(size, stock - first)) for first in range(0, stock, size))
    later = [day for day, pupils in group.arrivals if day > today for _ in range(pupils)]
    size = max(size // 4, 1)
    parts = [later[first : first + size] for first in range(0, len(later), size)]
    yield from ((part[-1], len(part)) for part in parts)


def _teams(problem: VisitProblem, site: int) -> frozenset[int]:
    forbidden = {r.team for r in problem.constraints if isinstance(r, Forbidden) and r.site == site}
    return frozenset(range(len(problem.teams))) - forbidden


def _spaced_days(problem: VisitProblem) -> list[frozenset[int]]:
    """Return for each site the days it may be visited on so that visits are far enough apart."""
    spacing = [rule.days for rule in problem.constraints if isinstance(rule, Spacing)]
    every_day = frozenset(range(problem.days))
    if not spacing:
        return [every_day] * len(problem.sites)
    apart = spacing[0]
    room = [
        sum(team.works(day) for team in problem.teams for day in range(rest, problem.days, apart))
        for rest in range(apart)
    ]
    load = [0] * apart
    chosen = [every_day] * len(problem.sites)
    sizes = [sum(g.arrived(problem.days - 1) for g in site.groups) for site in problem.sites]
    for site in sorted(range(len(sizes)), key=lambda site: -sizes[site]):
        open_rests = [
            rest
            for rest in range(apart)
            if room[rest] and any(problem.sites[site].sessions[rest::apart])
        ]
        rest = min(open_rests, key=lambda rest: (load[rest] + sizes[site]) / room[rest])
        load[rest] += sizes[site]
        chosen[site] = frozenset(range(rest, problem.days, apart))
    return chosen


def _with_floors(problem: VisitProblem, chunks: list[Chunk]) -> list[Chunk]:
    """Give weight to the first chunks of a district until they fill its floor."""
    missing = {
        rule.district: rule.pupils for rule in problem.constraints if isinstance(rule, Floor)
    }
    weighed = []
    for chunk in chunks:
        district = problem.sites[chunk.site].district
        if missing.get(district, 0) > 0:
            missing[district] -= chunk.pupils
            weighed.append(attrs.evolve(chunk, weight=FLOOR_WEIGHT))
        else:
            weighed.append(chunk)
    return weighed
