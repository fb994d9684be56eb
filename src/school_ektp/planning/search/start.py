"""What the search begins with: pins, and the visits of a plan made before."""

from __future__ import annotations

from collections.abc import Iterator

from school_ektp.planning.problem import Window
from school_ektp.planning.rules import Pinned
from school_ektp.planning.search.insertion import Insertion
from school_ektp.planning.search.ledger import Waiting
from school_ektp.planning.search.routes import Counts, Load, Routes
from school_ektp.planning.solution import SiteVisit, Solution

NOBODY: tuple[int, Window, Counts, Counts] = 0, (0, 0), (), ()  # recorded by no visit


class Start:
    """Places pins, and the visits of a plan made before one by one where they still hold."""

    def __init__(self, routes: Routes, insertion: Insertion, plan: Solution | None = None) -> None:
        self.routes = routes
        self.insertion = insertion
        self.plan = plan or Solution()
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
        insertion, ledger = self.insertion, self.insertion.ledger
        time = insertion.time_at(pin.site, after, window, exact=pin.start is not None)
        waiting = ledger.waiting(pin.site, pin.day)
        fewest = max(pin.pupils, self.routes.fewest)
        offers = [
            ledger.offer(pin.site, some, time, fewest)
            for some in (*self._as_given(pin, waiting), waiting)
        ]
        take, call = max(offers, key=lambda offer: sum(offer[0]))  # as given, if that is enough
        return insertion.load(route, pin.site, take, call) if sum(take) > 0 else None

    def _as_given(self, pin: Pinned, waiting: Waiting) -> Iterator[Waiting]:
        """Yield those of *waiting* whom the plan made before calls and records at *pin*."""
        call, record = waiting
        for visit in self.plan.visits:
            same = (visit.crew, visit.day, visit.site) == (pin.crew, pin.day, pin.site)
            if same and len(visit.called) == len(call):
                yield tuple(map(min, visit.called, call)), tuple(map(min, visit.recorded, record))

    # A plan made before -----------------------------------------------------------------

    def resume(self) -> None:
        """Place the visits of the plan as they are, or with fewer pupils, or not at all."""
        last: dict[int, int] = {}
        for given in self.plan.visits:
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
                load = self._grown(given, visit)
                if load is not None:
                    routes.resize(visit, load)
                return visit
            visit = routes.succ[visit]
        return None

    def _grown(self, given: SiteVisit, visit: int) -> Load | None:
        """Return the load that lets a pin record what is *given*, or None if that is no more."""
        routes, insertion = self.routes, self.insertion
        route, heads = routes.route[visit], routes.heads[visit]
        most = min(
            [given.pupils, *(heads + limit(routes, route) for limit in routes.growth_limits)]
        )
        waiting = insertion.ledger.waiting_without(given.site, given.day, visit)
        take, call = self._offer(given, waiting, insertion.room(visit), most)
        return insertion.load(route, given.site, take, call) if sum(take) > heads else None

    def _resume(self, given: SiteVisit, route: int, after: int) -> int | None:
        """Put a visit of the plan behind *after*; return it, or None where it does not hold."""
        routes, insertion = self.routes, self.insertion
        begin = routes.tables.clock[route].worked(given.start)
        waiting = insertion.ledger.waiting(given.site, given.day)
        limits = (limit(routes, route, given.site) for limit in routes.visit_limits)
        most = min([given.pupils, *limits])
        offers = []
        for window in routes.windows_for(route, given.site):
            if window[0] <= begin <= window[1]:
                time = insertion.time_at(given.site, after, window)
                take, call = self._offer(given, waiting, time, most)
                offers.append((sum(take), window, take, call))
        # Two where a break lies between: one session ends at the minute at which the next begins.
        pupils, window, take, call = max(offers, default=NOBODY)
        if pupils < max(routes.fewest, 1) or not insertion.drives(given.site, after):
            return None
        load = insertion.load(route, given.site, take, call)
        own = begin, begin + load[2]  # kept to, where crews share a site by the minute
        return routes.insert(given.site, after, own if routes.window_limits else window, load)

    def _offer(
        self, given: SiteVisit, waiting: Waiting, time: int, most: int
    ) -> tuple[Counts, Counts]:
        """
        Return whom a visit records and calls: those of the plan if they still may be.

        A plan may leave the first who wait to a later visit that finds nobody else.
        """
        ledger, load = self.insertion.ledger, (given.recorded, given.called)
        if given.pupils <= most and ledger.holds(given.site, waiting, time, load):
            return load
        return ledger.offer(given.site, waiting, time, most)


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
