"""Removal: which visits a round takes out, so that insertion can place them better."""

from __future__ import annotations

import random
from collections.abc import Callable

from school_ektp.planning.search.state import State

Visit = tuple[int, int]  # team-day, site


def removed(state: State, most: int, weights: tuple[int, ...], rng: random.Random) -> list[int]:
    """
    Take up to *most* visits to sites near each other out of the plan and return their sites.

    Announced visits stay.
    """
    if not state.routes:
        return []
    seed = rng.choice(state.routes[rng.choice(sorted(state.routes))].sites)
    data = state.data
    calls = [(site, call) for site in data.near[seed] for call in state.calls[site]]
    visits = [(data.number[call.team, call.day], site) for site, call in calls]
    visits = [visit for visit in visits if visit not in data.pins]
    if not visits:
        return []
    kind = rng.choices(KINDS, weights)[0]
    chosen = kind(state, visits, rng.randint(1, min(most, len(visits))), rng)
    for number, site in chosen:
        state.remove(site, number)
    return list(dict.fromkeys(site for _, site in chosen))


def _visits_of_sites(
    _state: State, visits: list[Visit], count: int, rng: random.Random
) -> list[Visit]:
    """Choose one visit of each of the nearest sites (adjacent removal)."""
    by_site: dict[int, list[Visit]] = {}
    for visit in visits:
        by_site.setdefault(visit[1], []).append(visit)
    return [rng.choice(some) for some in list(by_site.values())[:count]]


def _team_days(state: State, visits: list[Visit], count: int, rng: random.Random) -> list[Visit]:
    """Choose the visits of whole team-days that go to one of the sites (route removal)."""
    numbers = list(dict.fromkeys(number for number, _ in visits))
    rng.shuffle(numbers)
    chosen: list[Visit] = []
    for number in numbers:
        if len(chosen) >= count:
            break
        day = [(number, site) for site in state.routes[number].sites]
        chosen += [visit for visit in day if visit not in state.data.pins]
    return chosen


Kind = Callable[[State, list[Visit], int, random.Random], list[Visit]]
KINDS: tuple[Kind, ...] = (_visits_of_sites, _team_days)
