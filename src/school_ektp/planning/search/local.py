"""Local search in one team-day: the same stays in an order with less driving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from school_ektp.planning.search.route import Route
from school_ektp.planning.search.state import State


def shorten(state: State, numbers: Iterable[int]) -> None:
    """Reorder the stays of team-days by 2-opt (Croes 1958) and or-opt (Or 1976)."""
    for number in numbers:
        route = state.routes[number]
        if len(route.sites) > 2 and not route.announced:  # noqa: PLR2004 - two have one order
            order = list(range(len(route.sites)))
            better = _better_order(route, order)
            if better != order:
                state.reorder(number, better)


def _better_order(route: Route, order: list[int]) -> list[int]:
    """Return places of the stays in an order that no reversal and no single move shortens."""
    improved = True
    while improved:
        improved = False
        for changed in _shorter(route, order):
            if _fits(route, changed):
                order, improved = changed, True
                break
    return order


def _shorter(route: Route, order: list[int]) -> Iterator[list[int]]:
    """Yield orders that need less driving, one reversal or one moved stay away."""
    now = _driving(route, order)
    count = len(order)
    for first in range(count - 1):
        for last in range(first + 1, count):
            changed = order[:first] + order[first : last + 1][::-1] + order[last + 1 :]
            if _driving(route, changed) < now:
                yield changed
    for place in range(count):
        rest = order[:place] + order[place + 1 :]
        for target in range(count):
            changed = [*rest[:target], order[place], *rest[target:]]
            if _driving(route, changed) < now:
                yield changed


def _driving(route: Route, order: list[int]) -> int:
    hours, sites = route.hours, [route.sites[place] for place in order]
    between = sum(hours.drive[a][b] for a, b in pairwise(sites))
    return hours.start[sites[0]] + between + hours.home[sites[-1]]


def _fits(route: Route, order: list[int]) -> bool:
    trial = Route(route.hours)
    trial.sites = [route.sites[place] for place in order]
    trial.rooms = [route.rooms[place] for place in order]
    trial.update()
    return trial.fits
