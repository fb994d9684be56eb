"""Two legs of a route that cross are exchanged for two that do not."""

from __future__ import annotations

from school_ektp.planning.search.routes import Routes

FEWEST = 4  # stops a route must have to be worth a look


class Untangle:
    """
    Drives through a part of a route the other way round where that is shorter.

    This is 2-opt with neighbour lists (Croes 1958; Bentley 1992): of two new legs one must be
    shorter than a leg at the same site, so few pairs are looked at.
    Nothing is done where a leg takes another time there than back, and pinned visits stay put.
    """

    def __init__(self, routes: Routes) -> None:
        tables = routes.tables
        self.routes = routes
        self.possible = len(tables.leave) == 1 and tables.leave == tables.reach

    def __call__(self, route: int) -> None:
        """Turn parts of *route* round until nothing is gained."""
        if not self.possible or self.routes.count[route] < FEWEST:
            return
        while True:
            stops = [2 * route, *self.routes.stops(route), 2 * route + 1]
            part = self._crossing(route, stops)
            if part is None:
                return
            self.routes.turn(stops[part[0] : part[1] + 1])

    def _crossing(self, route: int, stops: list[int]) -> tuple[int, int] | None:
        """Return the first and last place among *stops* of a part to turn, or None."""
        node, tables = self.routes.node, self.routes.tables
        near, way = tables.near, tables.leave[0]
        places = [node[visit] for visit in stops]
        at = dict(zip(places[1:-1], range(1, len(places) - 1), strict=True))
        for here, site in enumerate(places[1:-1], 1):
            row = way[site]
            left, right = places[here - 1], places[here + 1]
            to_left, to_right = row[left], row[right]
            longer = max(to_left, to_right)
            for other in near[site]:
                leg = row[other]
                if leg >= longer:
                    break
                there = at.get(other)
                if there is None:
                    continue
                low, high = (here, there) if here < there else (there, here)
                if leg < to_right:
                    beyond = places[there + 1]
                    shorter = leg + way[right][beyond] < to_right + way[other][beyond]
                    if shorter and self._holds(route, stops, low + 1, high):
                        return low + 1, high
                if leg < to_left:
                    beyond = places[there - 1]
                    shorter = leg + way[left][beyond] < to_left + way[other][beyond]
                    if shorter and self._holds(route, stops, low, high - 1):
                        return low, high - 1
        return None

    def _holds(self, route: int, stops: list[int], first: int, last: int) -> bool:
        """Return whether the visits of *route* are in time once the part is turned round."""
        routes = self.routes
        node, opens, closes, stay = routes.node, routes.opens, routes.closes, routes.stay
        way = routes.tables.leave[0]
        if not routes.least.keys().isdisjoint(stops[first : last + 1]):
            return False
        time, here = 0, node[2 * route]
        turned = stops[first : last + 1][::-1]
        for visit in [*stops[1:first], *turned, *stops[last + 1 :]]:
            there = node[visit]
            time = max(time + way[here][there], opens[visit]) + stay[visit]
            if time > closes[visit]:
                return False
            here = there
        return True
