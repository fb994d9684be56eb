"""Local search in one team-day: the same stays in an order with less driving."""

from __future__ import annotations

from collections.abc import Iterable

from school_ektp.planning.search.route import Route
from school_ektp.planning.search.state import State


def shorten(state: State, numbers: Iterable[int]) -> None:
    """Reorder the stays of team-days by 2-opt (Croes 1958) and or-opt (Or 1976)."""
    for number in numbers:
        route = state.routes[number]
        if len(route.sites) > 2 and not route.fixed_starts:  # noqa: PLR2004 - two have one order
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


def _shorter(route: Route, order: list[int]) -> Iterable[list[int]]:
    """Yield orders that need less driving, one reversal or one moved stay away."""
    hours = route.hours
    sites = [route.sites[place] for place in order]
    count = len(sites)
    drive, start, home = hours.drive, hours.start, hours.home

    def leg(a: int, b: int) -> int:
        if a < 0:
            return start[sites[b]]
        return home[sites[a]] if b == count else drive[sites[a]][sites[b]]

    for i in range(count - 1):
        for j in range(i + 1, count):
            before = leg(i - 1, i) + leg(j, j + 1)
            first = start[sites[j]] if i == 0 else drive[sites[i - 1]][sites[j]]
            last = home[sites[i]] if j + 1 == count else drive[sites[i]][sites[j + 1]]
            if first + last < before:
                yield order[:i] + order[i : j + 1][::-1] + order[j + 1 :]
    for i in range(count):
        rest = order[:i] + order[i + 1 :]
        saved = leg(i - 1, i) + leg(i, i + 1)
        if i == 0:
            saved -= start[sites[1]]
        elif i + 1 == count:
            saved -= home[sites[i - 1]]
        else:
            saved -= drive[sites[i - 1]][sites[i + 1]]
        left = sites[:i] + sites[i + 1 :]
        here = sites[i]
        for j in range(count):
            if j == i:
                continue
            into = start[here] if j == 0 else drive[left[j - 1]][here]
            out = home[here] if j == count - 1 else drive[here][left[j]]
            if j == 0:
                old = start[left[0]]
            else:
                old = home[left[-1]] if j == count - 1 else drive[left[j - 1]][left[j]]
            if into + out - old < saved:
                yield [*rest[:j], order[i], *rest[j:]]


def _fits(route: Route, order: list[int]) -> bool:
    trial = Route(route.hours)
    trial.sites = [route.sites[place] for place in order]
    trial.rooms = [route.rooms[place] for place in order]
    trial.update()
    return trial.fits
