"""Who could be recorded if there were crews enough: past it no search for pupils is of use."""

from __future__ import annotations

from itertools import accumulate

from school_ektp.planning.search.ledger import EVERYBODY
from school_ektp.planning.search.routes import Routes


def summit(routes: Routes) -> tuple[int, ...]:
    """
    Return for each priority class how many of it and of all classes before it can be recorded.

    Each site alone: those who wait when it is met for the last time, less the absentees of a last
    call, of whom too few are left for one to come.
    """
    goals, tables = routes.goals_of, routes.tables
    most = [0] * goals.classes
    for site, classes in enumerate(goals.class_of):
        waiting = [0] * goals.classes
        for group, rank in enumerate(classes):
            waiting[rank] += _waiting(routes, site, group)
        absent = -(-EVERYBODY // tables.turnout[site]) - 1
        for rank, pupils in enumerate(accumulate(waiting)):
            most[rank] += max(pupils - absent, 0)
    return tuple(most)


def _waiting(routes: Routes, site: int, group: int) -> int:
    """Return the pupils of *group* who wait on the last day on which a crew can meet them."""
    tables = routes.tables
    away = tables.away[site][group]
    for route in range(len(tables.routes) - 1, -1, -1):
        if tables.day[route] not in away and _can_meet(routes, route, site):
            return tables.arrived[site][tables.day[route]][group]
    return 0


def _can_meet(routes: Routes, route: int, site: int) -> bool:
    """Return whether the crew of *route*, sent nowhere else, has time for a pupil of *site*."""
    tables = routes.tables
    crew, leave = tables.crew[route], tables.leave[tables.matrix[route]]
    out, home = leave[routes.node[2 * route]][site], leave[site][routes.node[2 * route + 1]]
    need = tables.fixed[crew][site] + tables.pace[crew][site]
    latest = tables.clock[route].length - home
    return out + home <= routes.most_driving and any(
        min(until, latest) - max(since, out) >= need for since, until in tables.windows[route][site]
    )
