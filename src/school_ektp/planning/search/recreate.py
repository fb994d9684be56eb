"""Filling a plan again: which sites are tried, and in which order."""

from __future__ import annotations

from heapq import heappop, heappush
from random import Random
from typing import TypeAlias

from school_ektp.planning.search.insertion import FEW_ROUTES, Insertion, Place
from school_ektp.planning.search.routes import Routes

Looks: TypeAlias = dict[int, set[int] | None]  # for each site, the routes to look at

LAZY = 0.2  # share of rounds that insert by worth per minute, if visits can share a site
MODEST = 0.1  # share of rounds that leave pupils and time to later visits
NOISE = 0.7  # worths are blurred by up to this share, so that equal ruins heal differently


class Recreate:
    """Tries the sites with waiting pupils near the routes that changed."""

    def __init__(self, routes: Routes, insertion: Insertion, dice: Random) -> None:
        self.routes = routes
        self.insertion = insertion
        self.dice = dice
        self.divisible = any(any(pace) for pace in routes.tables.pace)
        # Worth per minute takes what is near and leaves whole sites of much worth for too late.
        self.lazy = LAZY if self.divisible else 0.0

    def __call__(self, touched: list[int], dropped: list[int]) -> None:
        """
        Insert visits until no pupils wait where there is room.

        Args:
            touched: Routes that changed.
            dropped: Sites that lost pupils.
        """
        sites = self.candidates(touched, dropped)
        # Sites that lost no pupils found no room elsewhere before, and would find none now.
        changed = set(touched)
        looks: Looks = dict.fromkeys(sites, changed) | dict.fromkeys(dropped)
        self.insertion.modest = self.divisible and self.dice.random() < MODEST
        if self.dice.random() < self.lazy:
            self.by_rate(sites, looks)
        else:
            self.by_worth(sites, looks)

    def candidates(self, touched: list[int], dropped: list[int]) -> list[int]:
        """Return the sites that may gain from the change, each once, in a fixed order."""
        routes = self.routes
        hopeful = self.insertion.hopeful
        if len(routes.count) <= FEW_ROUTES:
            return [site for site in range(routes.tables.sites) if hopeful(site)]
        beside, site_of = routes.tables.beside, routes.site
        sites = dict.fromkeys(dropped)
        for route in touched:
            for visit in routes.stops(route):
                site = site_of[visit]
                sites[site] = None
                sites.update(dict.fromkeys(beside[site]))
        return [site for site in sites if hopeful(site)]

    def by_worth(self, sites: list[int], looks: Looks) -> None:
        """Fill the sites one after the other, those with most pupils left first."""
        left, fill, blur = self.routes.left, self.insertion.fill, self._blur
        rank = {site: -left[site] * blur() for site in sites}
        for site in sorted(rank, key=rank.__getitem__):
            fill(site, looks.get(site))

    def by_rate(self, sites: list[int], looks: Looks) -> None:
        """
        Insert the visit that is worth most per minute, again and again.

        Lazily: a place found before is only looked at again when it comes first.
        """
        routes, best_place, grow = self.routes, self.insertion.best_place, self.insertion.grow
        heap: list[tuple[float, int, float]] = []
        for site in sites:
            grow(site)
            self._offer(heap, site, best_place(site, looks.get(site)), self._blur())
        while heap:
            _, site, blur = heappop(heap)
            place = best_place(site, looks.get(site))
            if place is None:
                continue
            rate, after, window, load = place
            if heap and -rate * blur > heap[0][0]:
                heappush(heap, (-rate * blur, site, blur))
                continue
            routes.insert(site, after, window, load)
            self._offer(heap, site, best_place(site, looks.get(site)), blur)

    def _offer(
        self, heap: list[tuple[float, int, float]], site: int, place: Place | None, blur: float
    ) -> None:
        if place is not None:
            heappush(heap, (-place[0] * blur, site, blur))

    def _blur(self) -> float:
        return 1 - NOISE + 2 * NOISE * self.dice.random()
