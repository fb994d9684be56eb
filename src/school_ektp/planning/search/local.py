"""Local search in one team-day: the same stays in an order with less driving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from school_ektp.planning.search.route import Route
from school_ektp.planning.search.state import State


def shorten(state: State, numbers: Iterable[int]) -> None:
    """Move single stays of team-days to where they need less driving (or-opt, Or 1976)."""
    for number in numbers:
        route = state.routes[number]
        if len(route.sites) > 1 and not route.announced:
            order = list(range(len(route.sites)))
            better = _better_order(route, order)
            if better != order:
                state.reorder(number, better)


def _better_order(route: Route, order: list[int]) -> list[int]:
    """Return places of the stays in an order that no single move shortens."""
    while True:
        shorter = (changed for changed in _shorter(route, order) if route.in_time(changed))
        better = next(shorter, None)
        if better is None:
            return order
        order = better


def _shorter(route: Route, order: list[int]) -> Iterator[list[int]]:
    """Yield orders that need less driving, one moved stay away."""
    leg, sites = route.leg, [route.sites[place] for place in order]
    stops = [None, *sites, None]  # the team begins and ends its day elsewhere
    for place, site in enumerate(sites):
        before, after = stops[place], stops[place + 2]
        saved = leg(before, site) + leg(site, after) - leg(before, after)
        others, rest = order[:place] + order[place + 1 :], stops[: place + 1] + stops[place + 2 :]
        for target, (here, there) in enumerate(pairwise(rest)):
            if leg(here, site) + leg(site, there) - leg(here, there) < saved:
                yield [*others[:target], order[place], *others[target:]]
