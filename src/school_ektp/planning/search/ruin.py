# ruff: noqa: D102 - the protocol documents the call
"""Ways to take visits out of a plan, so that better ones find room."""

from __future__ import annotations

from random import Random
from typing import Protocol

from school_ektp.planning.search.routes import Routes

STRING = 10  # longest string of stops taken from one route


class Ruin(Protocol):
    """Chooses visits to drop; changes nothing."""

    def __call__(self, routes: Routes, dice: Random) -> list[int]:
        """Return visits to drop, each once."""


def any_visit(routes: Routes, dice: Random) -> int:
    """Return some visit of the plan, which must not be empty."""
    while True:
        visits = routes.visits_of[int(dice.random() * routes.tables.sites)]
        if visits:
            return visits[int(dice.random() * len(visits))]


class Strings:
    """
    Takes strings of neighbouring stops out of routes that pass one spot.

    Christiaens and Vanden Berghe (2020), Slack induction by string removals.
    """

    def __init__(self, mean: float, longest: int = STRING) -> None:
        self.mean = mean  # visits dropped on average
        self.longest = longest

    def __call__(self, routes: Routes, dice: Random) -> list[int]:
        seed = any_visit(routes, dice)
        length = 1 + int(dice.random() * self.longest)
        strings = 1 + int(dice.random() * max(2 * self.mean / (length + 1), 1))
        dropped: list[int] = []
        ruined: set[int] = set()
        for site in (routes.site[seed], *routes.tables.near[routes.site[seed]]):
            for visit in routes.visits_of[site]:
                route = routes.route[visit]
                if route in ruined:
                    continue
                ruined.add(route)
                dropped += string_around(routes, visit, length, dice)
                if len(ruined) >= strings:
                    return dropped
        return dropped


def string_around(routes: Routes, visit: int, length: int, dice: Random) -> list[int]:
    """Return up to *length* consecutive visits with *visit* somewhere among them."""
    back = int(dice.random() * length)
    first, begin = routes.first, visit
    while back and routes.pred[begin] >= first:
        begin = routes.pred[begin]
        back -= 1
    string: list[int] = []
    while begin >= first and len(string) < length:
        string.append(begin)
        begin = routes.succ[begin]
    return string


class Scattered:
    """Takes visits from anywhere."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, routes: Routes, dice: Random) -> list[int]:
        most = min(self.most, 2 * routes.stays // 3)
        number = 1 + int(dice.random() * most)
        return list(dict.fromkeys(any_visit(routes, dice) for _ in range(number)))


class WholeRoute:
    """Takes all visits of one route."""

    def __call__(self, routes: Routes, dice: Random) -> list[int]:
        return routes.stops(routes.route[any_visit(routes, dice)])


class WholeSite:
    """Takes all visits to one site and to a few of its neighbours."""

    def __call__(self, routes: Routes, dice: Random) -> list[int]:
        site = routes.site[any_visit(routes, dice)]
        near = routes.tables.near[site]
        number = int(dice.random() * 3)
        sites = dict.fromkeys([site, *near[:number]])
        return [visit for each in sites for visit in routes.visits_of[each]]


class Poor:
    """Takes visits that record little for the minutes they cost."""

    def __init__(self, most: int, looks: int = 4) -> None:
        self.most = most
        self.looks = looks  # visits compared for one that is taken

    def __call__(self, routes: Routes, dice: Random) -> list[int]:
        most = min(self.most, 2 * routes.stays // 3)
        number = 1 + int(dice.random() * most)
        return list(dict.fromkeys(self._poorest(routes, dice) for _ in range(number)))

    def _poorest(self, routes: Routes, dice: Random) -> int:
        visits = [any_visit(routes, dice) for _ in range(self.looks)]
        return min(visits, key=lambda visit: (_rate(routes, visit), visit))


def _rate(routes: Routes, visit: int) -> float:
    """Return the pupils *visit* records per minute of its stay and its detour."""
    before, leave = routes.pred[visit], routes.tables.leave
    direct = leave[routes.tables.matrix[routes.route[visit]]][routes.node[before]]
    detour = routes.leg[before] + routes.leg[visit] - direct[routes.after[visit]]
    return routes.heads[visit] / max(routes.stay[visit] + detour, 1)


# Drawn with equal chances; a move that stands twice is made twice as often.
RUINS: tuple[Ruin, ...] = (
    Strings(12, 12),
    Strings(12, 12),
    Strings(6, 10),
    Scattered(30),
    Scattered(30),
    WholeRoute(),
    WholeSite(),
)

# Where sites are recorded whole, minutes go to whole sites, and those of least use must leave.
RUINS_WHOLE: tuple[Ruin, ...] = (*RUINS, Poor(10), Poor(10))
