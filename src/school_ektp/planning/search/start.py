"""What the search begins with: pins, and the visits of a plan made before."""

from __future__ import annotations

from school_ektp.planning.rules import Pinned
from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.routes import Load, Routes
from school_ektp.planning.solution import SiteVisit, Solution


class Start:
    """Places given visits one by one where they still hold."""

    def __init__(self, routes: Routes, insertion: Insertion) -> None:
        self.routes = routes
        self.insertion = insertion
        self.number = {pair: route for route, pair in enumerate(routes.tables.routes)}

    # Pins -------------------------------------------------------------------------------

    def pin(self) -> None:
        """Place every pinned visit with the fewest pupils it may record; it can grow later."""
        for pin in _merged_pins(self.routes.problem.rules):
            route = self.number.get((pin.crew, pin.day))
            if route is not None:
                self._pin(pin, route)

    def _pin(self, pin: Pinned, route: int) -> None:
        for after in [2 * route, *self.routes.stops(route)]:
            for window, closes in self._pin_windows(pin, route):
                load = self._least_load(pin, route, after, window)
                if load is None:
                    continue
                held = window if pin.start is None else (window[0], window[0] + load[2])
                visit = self.routes.insert(pin.site, after, held, load)
                self.routes.least[visit] = load
                if pin.start is not None:
                    self.routes.session_end[visit] = closes
                    self.routes.given_start[visit] = pin.start
                return

    def _pin_windows(self, pin: Pinned, route: int) -> list[tuple[tuple[int, int], int]]:
        """Return windows for the pin, each with the end of its session."""
        windows = self.routes.tables.windows[route][pin.site]
        if pin.start is None:
            return [(window, window[1]) for window in windows]
        clock = self.routes.tables.clock[route]
        begin = clock.worked(pin.start)
        sessions = self.routes.problem.sites[pin.site].sessions[pin.day]
        holding = (clock.window(s) for s in sessions if s[0] <= pin.start <= s[1])
        return [((begin, w[1]), w[1]) for w in holding if w is not None]

    def _least_load(
        self, pin: Pinned, route: int, after: int, window: tuple[int, int]
    ) -> Load | None:
        insertion = self.insertion
        time = insertion.time_at(pin.site, after, window, exact=pin.start is not None)
        waiting = insertion.ledger.waiting(pin.site, pin.day)
        most = max(pin.pupils, self.routes.fewest)
        take, call = insertion.ledger.offer(pin.site, waiting, time, most)
        return insertion.load(route, pin.site, take, call) if sum(take) > 0 else None

    # A plan made before -----------------------------------------------------------------

    def resume(self, plan: Solution) -> None:
        """Place the visits of *plan* as they are, or with fewer pupils, or not at all."""
        last: dict[int, int] = {}
        for given in plan.visits:
            route = self.number.get((given.crew, given.day))
            if route is None or not 0 <= given.site < self.routes.tables.sites:
                continue
            after = last.get(route, 2 * route)
            visit = self._resume_pin(given, after)
            if visit is None:
                visit = self._resume(given, route, after)
            if visit is not None:
                last[route] = visit

    def _resume_pin(self, given: SiteVisit, after: int) -> int | None:
        """Let a pin that is *given* record as much; return it, or None when there is none."""
        routes = self.routes
        visit = routes.succ[after]
        while visit >= routes.first:
            start = routes.given_start.get(visit, given.start)
            if visit in routes.least and routes.site[visit] == given.site and start == given.start:
                load = self.insertion.larger(given.site, visit, most=given.pupils)
                if load is not None:
                    routes.resize(visit, load)
                return visit
            visit = routes.succ[visit]
        return None

    def _resume(self, given: SiteVisit, route: int, after: int) -> int | None:
        routes, insertion = self.routes, self.insertion
        clock = routes.tables.clock[route]
        for window in routes.windows_for(route, given.site):
            if not window[0] <= clock.worked(given.start) <= window[1]:
                continue
            time = insertion.time_at(given.site, after, window)
            limits = (limit(routes, route, given.site) for limit in routes.visit_limits)
            most = min([given.pupils, *limits])
            waiting = insertion.ledger.waiting(given.site, given.day)
            take, call = insertion.ledger.offer(given.site, waiting, time, most)
            if sum(take) >= max(routes.fewest, 1) and insertion.drives(given.site, after):
                load = insertion.load(route, given.site, take, call)
                begin = clock.worked(given.start)
                own = begin, begin + load[2]  # kept to, where crews share a site by the minute
                held = own if routes.window_limits else window
                return routes.insert(given.site, after, held, load)
        return None


def _merged_pins(rules: tuple[object, ...]) -> list[Pinned]:
    """Return the pins, those that one visit satisfies as one; given starts first, in order."""
    most: dict[tuple[int, int, int, int | None], int] = {}
    for pin in rules:
        if isinstance(pin, Pinned):
            key = (pin.day, pin.crew, pin.site, pin.start)
            most[key] = max(most.get(key, 0), pin.pupils)
    started = {key[:3] for key in most if key[3] is not None}
    pins = [
        Pinned(crew=crew, day=day, site=site, start=start, pupils=pupils)
        for (day, crew, site, start), pupils in most.items()
        if start is not None or (day, crew, site) not in started or pupils
    ]
    return sorted(pins, key=lambda p: (p.start is None, p.start or 0, p.day, p.crew, p.site))
