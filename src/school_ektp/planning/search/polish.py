"""Small changes tried one by one, and kept where the goals gain in their strict order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, permutations

from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.routes import Routes

FEW = 5  # stops up to which every order of a route is looked at
BEST = 3  # orders, crews and days tried of those that promise to drive less
TRY = 200  # places looked at that a try takes as long as


class Polish:
    """
    Searches the neighbourhood of a plan in a fixed order, without dice of its own.

    Annealing steers by pupils and driving; the last step to a plan that nobody can better by one
    change is left to this: a team-day less, another order, another crew, an earlier day.
    """

    def __init__(self, routes: Routes, insertion: Insertion) -> None:
        self.routes = routes
        self.insertion = insertion
        self.work = 0
        self.stopped: Callable[[], bool] = bool  # never

    def __call__(self, most_work: int, stopped: Callable[[], bool] = bool) -> None:
        """
        Improve the plan until no change helps.

        Args:
            most_work: About how many places to look at.
            stopped: Whether the time is over.
        """
        self.work = most_work
        self.stopped = stopped
        self.insertion.modest = False
        better = True
        while better and not self._over():
            better = self._each(self._spared)
            better |= self._each(self._reordered)
            better |= self._each(self._handed_over)
            better |= self._each(self._moved)

    def _each(self, change: Callable[[int], Iterator[None]]) -> bool:
        """Try what *change* does to each route, those that record least first."""
        routes, better = self.routes, False
        used = [route for route, count in enumerate(routes.count) if count]
        for route in sorted(used, key=lambda r: (routes.load[r], r)):
            if not routes.count[route]:
                continue  # handed over by now
            goals = routes.goals()
            for _ in change(route):  # every yield is a plan changed
                self.work -= TRY
                if routes.goals() > goals:
                    routes.commit()
                    better = True
                    break
                routes.rollback()
                if self._over():
                    return better
        return better

    def _over(self) -> bool:
        return self.work <= 0 or self.stopped()

    def _pinned(self, route: int) -> bool:
        least = self.routes.least
        return bool(least) and any(visit in least for visit in self.routes.stops(route))

    def _cleared(self, route: int) -> list[tuple[int, int]]:
        """Take all visits out of *route*; return their sites and pupils in order."""
        routes = self.routes
        stops = routes.stops(route)
        held = [(routes.site[visit], routes.heads[visit]) for visit in stops]
        for visit in stops:
            routes.drop(visit)
        routes.tidy(route)
        return held

    # A team-day less ---------------------------------------------------------------------

    def _spared(self, route: int) -> Iterator[None]:
        """Share the pupils of *route* among the other team-days."""
        routes, insertion = self.routes, self.insertion
        if self._pinned(route):
            return
        sites = {site for site, _ in self._cleared(route)}
        most_used, routes.most_used = routes.most_used, routes.used
        insertion.everywhere = True
        for site in sorted(sites, key=lambda site: (-routes.left[site], site)):
            insertion.fill(site)
            self.work -= routes.stays
        insertion.everywhere = False
        routes.most_used = most_used
        yield

    # Another order, crew or day ----------------------------------------------------------

    def _reordered(self, route: int) -> Iterator[None]:
        """Visit the sites of *route* in an order that drives less."""
        stops = self.routes.stops(route)
        if not 1 < len(stops) <= FEW or self._pinned(route):
            return
        orders = [
            (self._driving(route, [self.routes.site[visit] for visit in order]), order)
            for order in permutations(stops)
        ]
        shorter = sorted(one for one in orders if one[0] < self.routes.drive[route])
        for _, order in shorter[:BEST]:
            held = [(self.routes.site[v], self.routes.heads[v]) for v in order]
            self._cleared(route)
            self._place(route, held)
            yield

    def _handed_over(self, route: int) -> Iterator[None]:
        """Let another crew or another day take the visits of *route* as they are."""
        routes, tables = self.routes, self.routes.tables
        if self._pinned(route):
            return
        sites = [routes.site[visit] for visit in routes.stops(route)]
        own = routes.drive[route], tables.day[route]
        others = [(self._driving(other, sites), tables.day[other], other) for other in routes.empty]
        self.work -= len(others)
        for _, _, other in sorted(one for one in others if one[:2] < own)[:BEST]:
            self._place(other, self._cleared(route))
            yield

    def _driving(self, route: int, sites: Iterable[int]) -> int:
        tables, node = self.routes.tables, self.routes.node
        leave = tables.leave[tables.matrix[route]]
        return sum(leave[a][b] for a, b in pairwise([node[2 * route], *sites, node[2 * route + 1]]))

    def _place(self, route: int, held: Iterable[tuple[int, int]]) -> None:
        after = 2 * route
        for site, pupils in held:
            visit = self.insertion.append(site, after, pupils)
            after = after if visit is None else visit

    # Another place -----------------------------------------------------------------------

    def _moved(self, route: int) -> Iterator[None]:
        """Make one of the visits of *route* where it costs less driving, or earlier."""
        routes = self.routes
        for number in range(routes.count[route]):  # a visit comes back under another number
            visit = routes.stops(route)[number]
            if visit in routes.least:
                continue
            site, pupils = routes.site[visit], routes.heads[visit]
            for after in self._cheaper(visit):
                routes.drop(routes.stops(route)[number])
                routes.tidy(route)
                self.insertion.append(site, after, pupils)
                yield

    def _cheaper(self, visit: int) -> list[int]:
        """Return the best few places for *visit* on other routes, in which it costs no more."""
        routes, tables = self.routes, self.routes.tables
        site, own = routes.site[visit], routes.route[visit]
        before = routes.pred[visit]
        leave = tables.leave[tables.matrix[own]]
        direct = leave[routes.node[before]][routes.after[visit]] if routes.count[own] > 1 else 0
        saved = routes.leg[before] + routes.leg[visit] - direct, tables.day[own]
        places = []
        starts = [2 * route for route, count in enumerate(routes.count) if count and route != own]
        for after in (v for start in starts for v in (start, *routes.stops(start // 2))):
            route = routes.route[after]
            leave = tables.leave[tables.matrix[route]]
            extra = leave[routes.node[after]][site] + leave[site][routes.after[after]]
            cost = extra - routes.leg[after], tables.day[route]
            if cost < saved and routes.slack[after] >= extra and tables.windows[route][site]:
                places.append((*cost, after))
        self.work -= len(routes.count) + routes.stays
        return [after for _, _, after in sorted(places)[:BEST]]
