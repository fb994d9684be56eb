"""A plan put aside, to come back to and to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from school_ektp.planning.search.routes import Load, Routes
from school_ektp.planning.solution import SiteVisit, Solution

Shot: TypeAlias = tuple[int, int, tuple[int, int], Load]  # visit if pinned else -1, site, window


@attrs.frozen
class Photo:
    """
    All visits of one state of the search, as cheap to keep as a list.

    Attributes:
        goals: The state's goals in strict order.
        pupils: Pupils it records.
        prize: What it is worth to the search.
        used: Its team-days.
        routes: Routes in use with their visits in order.
    """

    goals: tuple[int, ...]
    pupils: int
    prize: int
    used: int
    routes: list[tuple[int, list[Shot]]]


def take_photo(routes: Routes) -> Photo:
    """Return the present state of *routes*."""
    held = [(route, shots_of(routes, route)) for route, count in enumerate(routes.count) if count]
    return Photo(routes.goals(), routes.pupils, routes.prize, routes.used, held)


def shots_of(routes: Routes, route: int) -> list[Shot]:
    """Return the visits of *route* as they are."""
    return [_shot(routes, visit) for visit in routes.stops(route)]


def _shot(routes: Routes, visit: int) -> Shot:
    load = routes.take[visit], routes.call[visit], routes.stay[visit]
    window = routes.opens[visit], routes.closes[visit]
    return (visit if visit in routes.least else -1), routes.site[visit], window, load


def restore(routes: Routes, photo: Photo) -> None:
    """Make *routes* what it was when *photo* was taken."""
    lay_out(routes, photo.routes)


def lay_out(routes: Routes, held: Iterable[tuple[int, list[Shot]]]) -> None:
    """Make the plan one of the routes *held*, each with its visits in order."""
    routes.clear()
    routes.commit()
    for route, shots in held:
        after = 2 * route
        for pin, site, window, load in shots:
            if pin >= 0:
                routes.resize(pin, load)
                after = pin
            else:
                after = routes.insert(site, after, window, load)
    routes.commit()


def solution_of(routes: Routes) -> Solution:
    """Return the present state as a plan: every stay as early as its route allows."""
    visits = []
    for route, count in enumerate(routes.count):
        if count:
            visits += _timed(routes, route)
    return Solution(tuple(visits))


def _timed(routes: Routes, route: int) -> list[SiteVisit]:
    """Return the visits of *route* in minutes of the day."""
    tables, clock = routes.tables, routes.tables.clock[route]
    crew, day = tables.routes[route]
    timed = []
    for visit in routes.stops(route):
        before = routes.pred[visit]
        end = routes.ready[visit]
        begin = end - routes.stay[visit]
        free = clock.latest(begin) if begin < end else clock.earliest(begin)
        start = routes.given_start.get(visit, free)
        timed.append(
            SiteVisit(
                day=day,
                crew=crew,
                start=start,
                site=routes.site[visit],
                arrive=min(clock.earliest(routes.ready[before] + routes.leg[before]), start),
                end=max(clock.earliest(end), start),
                called=routes.call[visit],
                recorded=routes.take[visit],
            )
        )
    return timed
