"""Pupils passed on from visit to visit, so that minutes to spare reach a site that wants them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TypeAlias

from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.routes import Load, Routes

FAILURES = 30  # links that may not hold before a call gives up
LINKS = 6  # of a chain at most
SITES = 60  # that a chain looks at, so that its cost does not depend on the size of the plan
ROUNDS = 3  # that a visit gives up for one of another, which may take longer
NONE = -1  # no visit

Link: TypeAlias = tuple[int, int]  # the visit that grows, and whose time it takes, or NONE


class Chains:
    """
    Ejection chains (Glover, 1996) over the pupils of a plan whose routes stay as they are.

    Where a site is divisible, routes fix a transport problem. A visit that lacks time for those
    who wait takes it from another stop of its route, whose pupils go to another visit of their
    site, which takes time from a third, and so on, to a visit with minutes to spare: an
    augmenting path (Ford and Fulkerson, 1956). A chain may also end at a visit whose last round
    is not full: giving it up loses fewer pupils than it wins.
    """

    def __init__(self, routes: Routes, insertion: Insertion) -> None:
        self.routes = routes
        self.insertion = insertion

    def __call__(self, sites: Iterable[int]) -> None:
        """
        Record more pupils of *sites* as long as chains are found.

        Args:
            sites: Where chains begin, if anybody waits there.
        """
        broken: set[Link] = set()
        for site in sites:
            while self.insertion.hopeful(site) and len(broken) < FAILURES:
                chain = self._chain(site, broken)
                if not chain:
                    break
                weak = self._pass_along(chain)
                if weak is not None:
                    broken.add(weak)

    def _chain(self, site: int, broken: set[Link]) -> list[Link]:
        """Return the shortest chain that lets *site* record more; empty when there is none."""
        routes, route_of = self.routes, self.routes.route
        came: dict[int, list[Link]] = {site: []}  # for each site, the links that lead to it
        loss: list[Link] = []
        queue = deque(visit for visit in routes.visits_of[site] if self._waits(visit))
        while queue:
            visit = queue.popleft()
            links = came[routes.site[visit]]
            if (visit, NONE) not in broken and self._spare(visit):
                return [*links, (visit, NONE)]
            if len(links) == LINKS or len(came) > SITES:
                continue
            for other in routes.stops(route_of[visit]):
                there, link = routes.site[other], (visit, other)
                if there in came or link in broken or other in routes.least:
                    continue
                came[there] = [*links, link]
                queue.extend(one for one in routes.visits_of[there] if one != other)
                if not loss and routes.heads[other] % routes.tables.kits[route_of[other]]:
                    loss = came[there]
        return loss

    def _waits(self, visit: int) -> bool:
        """Return whether anybody waits at its site whom a visit could call, too."""
        routes = self.routes
        day = routes.tables.day[routes.route[visit]]
        return any(map(min, *self.insertion.ledger.waiting(routes.site[visit], day)))

    def _spare(self, visit: int) -> bool:
        """Return whether a visit has time for more pupils than its own."""
        return self.insertion.room(visit) > self.routes.heads[visit]

    def _pass_along(self, chain: list[Link]) -> Link | None:
        """Pass pupils on along a chain; return the link that does not hold, and undo all then."""
        routes, prize = self.routes, self.routes.prize
        done: list[tuple[int, Load]] = []
        weak = next((link for link in chain if not self._passed_on(link, done)), None)
        if weak is None and routes.prize <= prize:
            weak = chain[-1]
        if weak is not None:
            for visit, load in reversed(done):
                routes.resize(visit, load)
        return weak

    def _passed_on(self, link: Link, done: list[tuple[int, Load]]) -> bool:
        """Let a visit grow, at the cost of another if need be; write down what both were."""
        routes, insertion = self.routes, self.insertion
        visit, other = link
        more = insertion.larger(routes.site[visit], visit) if other == NONE else None
        for _ in range(ROUNDS if other != NONE else 0):
            kits = routes.tables.kits[routes.route[other]]
            load = insertion.smaller(other, (routes.heads[other] - 1) // kits * kits)
            if load is None:
                return False
            done.append((other, routes.load_of(other)))
            routes.resize(other, load)
            more = insertion.larger(routes.site[visit], visit)
            if more is not None:
                break
        if more is None:
            return False
        done.append((visit, routes.load_of(visit)))
        routes.resize(visit, more)
        return True
