"""Removal: which visits a round takes out, so that insertion can place them better."""

from __future__ import annotations

import random
from collections.abc import Callable

from school_ektp.planning.search.state import State

Visit = tuple[int, int]  # team-day, site


def removed(state: State, most: int, weights: tuple[int, ...], rng: random.Random) -> list[int]:
    """
    Take up to *most* visits out of the plan and return their sites.

    Announced visits stay.
    """
    visits = [
        (number, site)
        for number in sorted(state.routes)
        for site in state.routes[number].sites
        if (number, site) not in state.data.pins
    ]
    if not visits:
        return []
    kind = rng.choices(KINDS, weights)[0]
    chosen = kind(state, visits, rng.randint(1, min(most, len(visits))), rng)
    for number, site in chosen:
        state.remove(site, number)
    return list(dict.fromkeys(site for _, site in chosen))


def _near_visits(state: State, visits: list[Visit], count: int, rng: random.Random) -> list[Visit]:
    """Choose one visit of each of the sites near a random one (adjacent removal)."""
    _, seed = rng.choice(visits)
    by_site: dict[int, list[Visit]] = {}
    for visit in visits:
        by_site.setdefault(visit[1], []).append(visit)
    near = [site for site in state.data.near[seed] if site in by_site]
    return [rng.choice(by_site[site]) for site in near[:count]]


def _team_days(_state: State, visits: list[Visit], count: int, rng: random.Random) -> list[Visit]:
    """Choose the visits of whole team-days (route removal)."""
    numbers = list(dict.fromkeys(number for number, _ in visits))
    rng.shuffle(numbers)
    chosen: list[Visit] = []
    for number in numbers:
        if len(chosen) >= count:
            break
        chosen += [visit for visit in visits if visit[0] == number]
    return chosen


Kind = Callable[[State, list[Visit], int, random.Random], list[Visit]]
KINDS: tuple[Kind, ...] = (_near_visits, _team_days)
