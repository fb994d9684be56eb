"""The state of the search: every route as a linked list of visits, with a journal to undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from school_ektp.planning.guards import MANY, Guard, asked_of
from school_ektp.planning.problem import VisitProblem, Window
from school_ektp.planning.search.goals import Goals
from school_ektp.planning.search.tables import Tables

Counts: TypeAlias = tuple[int, ...]  # pupils by group of a site
Load: TypeAlias = tuple[Counts, Counts, int]  # recorded and called by group, minutes of the stay

INSERTED, REMOVED, RESIZED = 0, 1, 2


class Routes:
    """
    Visits in linked lists, one list per route, attributes in parallel flat lists.

    Visits 2r and 2r + 1 are the start and the end of route r; real visits follow.
    Times are on the route's clock. `ready[v]` is when the crew can leave v at the
    earliest, `late[v]` when it must have begun v for the rest of the route to hold, so a place
    is tested in O(1); `slack[v]` is the time between v and its successor, driving included.
    `tidy` renews them after visits were unlinked.

    Every change is journalled; `rollback` undoes all since the last `commit`.
    """

    def __init__(self, problem: VisitProblem, guards: tuple[Guard, ...]) -> None:
        self.problem = problem
        self.guards = guards
        self.tables = Tables(problem, guards)
        self.goals_of = Goals(problem)
        self.fewest = max((guard.fewest for guard in guards), default=1)
        self.most_driving = min((guard.most_driving for guard in guards), default=MANY)
        self.apart = max((guard.apart for guard in guards), default=0)
        self.visit_limits = asked_of(guards, "most_in_visit")
        self.growth_limits = asked_of(guards, "most_growth")
        self.window_limits = asked_of(guards, "free_windows")
        self.most_used = MANY  # cap on team-days, set by the phase that empties them
        self._make_routes()
        self._make_totals()
        self.journal: list[tuple[int, int, object]] = []

    def _make_routes(self) -> None:
        tables, crews = self.tables, self.problem.crews
        number = len(tables.routes)
        size = 2 * number
        self.first = size  # visits below it are starts and ends
        self.node: list[int] = []
        self.late: list[int] = []
        for route, crew in enumerate(tables.crew):
            length = tables.clock[route].length
            self.node += [crews[crew].start, crews[crew].end]
            self.late += [length, length]
        self.site = [-1] * size
        self.route = [visit // 2 for visit in range(size)]
        self.pred = [-1 if visit % 2 == 0 else visit - 1 for visit in range(size)]
        self.succ = [visit + 1 if visit % 2 == 0 else -1 for visit in range(size)]
        self.leg = [0] * size  # minutes to the successor
        self.after = [self.node[visit + 1 - visit % 2] for visit in range(size)]  # its node
        self.ready = [0] * size
        self.slack = list(self.late)  # late of the successor less own ready: what one look needs
        self.opens = [0] * size
        self.closes = list(self.late)
        self.stay = [0] * size
        self.take: list[Counts] = [()] * size  # recorded by group
        self.call: list[Counts] = [()] * size  # called by group
        self.heads = [0] * size  # recorded in all
        self.least: dict[int, Load] = {}  # pinned visits and what they record at least
        self.session_end: dict[int, int] = {}  # pinned visits whose start is given
        self.given_start: dict[int, int] = {}  # ... and that start, a minute of the day
        self.free: list[int] = []
        self.visits_of: list[list[int]] = [[] for _ in range(tables.sites)]
        self.count = [0] * number
        self.load = [0] * number
        self.drive = [0] * number
        self.empty = list(range(number))
        self.empty_at = list(range(number))

    def _make_totals(self) -> None:
        self.prize = 0
        self.recorded = [0] * self.goals_of.classes
        self.by_district: dict[int, int] = {}
        self.left = list(self.tables.total)  # pupils of each site not recorded
        # For each site what the ledger found out by day; void once visits to the site change.
        self.found: list[dict[int, tuple[Counts, Counts]]] = [{} for _ in self.left]
        self.days_used = [0] * len(self.problem.crews)
        self.used = 0  # routes with visits
        self.stays = 0  # visits of all routes
        self.driving = 0
        self.day_sum = 0
        self.short = self.goals_of.shortfall(self.by_district)

    # Reading ----------------------------------------------------------------------------

    def stops(self, route: int) -> list[int]:
        """Return the visits of *route* in order."""
        succ, end, stops = self.succ, 2 * route + 1, []
        visit = succ[2 * route]
        while visit != end:
            stops.append(visit)
            visit = succ[visit]
        return stops

    def visits(self) -> list[int]:
        """Return all visits, by route and order."""
        return [visit for route in range(len(self.count)) for visit in self.stops(route)]

    def minutes_of(self, visit: int) -> tuple[int, int]:
        """Return the minutes of the day between which the stay of *visit* may come to lie."""
        clock = self.tables.clock[self.route[visit]]
        return clock.earliest(self.opens[visit]), clock.latest(self.closes[visit])

    def windows_for(self, route: int, site: int) -> Sequence[Window]:
        """Return the windows in which a new visit to *site* on *route* may lie."""
        windows: Sequence[Window] = self.tables.windows[route][site]
        for limit in self.window_limits:
            windows = [free for window in windows for free in limit(self, route, site, window)]
        return windows

    @property
    def pupils(self) -> int:
        """All pupils recorded."""
        return sum(self.recorded)

    def goals(self) -> tuple[int, ...]:
        """Return the goals in strict order, the greater the better."""
        return (
            -self.short,
            *self.recorded,
            self.goals_of.equity(self.by_district) if self.goals_of.cohort else 0,
            -self.used,
            -self.driving,
            -self.day_sum,
        )

    # Changing ---------------------------------------------------------------------------

    def insert(self, site: int, after: int, window: tuple[int, int], load: Load) -> int:
        """Insert a visit to *site* after the visit *after* and return its number."""
        visit = self._place(site, after, window, load)
        self._forward(visit)
        self._backward(visit)
        return visit

    def _place(self, site: int, after: int, window: tuple[int, int], load: Load) -> int:
        """Insert a visit without renewing the times of its route."""
        visit = self.free.pop() if self.free else self._grow_lists()
        self.node[visit] = self.site[visit] = site
        self.route[visit] = self.route[after]
        self.opens[visit], self.closes[visit] = window
        self.take[visit], self.call[visit], self.stay[visit] = load
        self.heads[visit] = sum(load[0])
        self.ready[visit] = self.late[visit] = -1  # unlike any true time: both passes go on
        self._link(visit, after)
        self.journal.append((INSERTED, visit, None))
        return visit

    def drop(self, visit: int) -> None:
        """
        Take *visit* out, or shrink it to its least when it is pinned.

        The times of its route are stale until `tidy`.
        """
        least = self.least.get(visit)
        if least is None:
            self.journal.append((REMOVED, visit, self.pred[visit]))
            self._unlink(visit)
        else:
            self.journal.append((RESIZED, visit, self.load_of(visit)))
            self._resize(visit, least)

    def resize(self, visit: int, load: Load) -> None:
        """Let *visit* record *load* instead."""
        self.journal.append((RESIZED, visit, self.load_of(visit)))
        self._resize(visit, load)
        self._forward(visit)
        self._backward(visit)

    def turn(self, stops: list[int]) -> None:
        """Make the consecutive visits *stops*, none of them pinned, in the opposite order."""
        after = self.pred[stops[0]]
        given = [(self.site[v], (self.opens[v], self.closes[v]), self.load_of(v)) for v in stops]
        for visit in stops:
            self.drop(visit)
        for site, window, load in given:
            self._place(site, after, window, load)
        self.tidy(self.route[after])

    def tidy(self, route: int) -> None:
        """Renew the times of *route* after removals."""
        self.forget(route)
        self._forward(self.succ[2 * route])
        self._backward(self.pred[2 * route + 1])

    def clear(self) -> None:
        """Take all visits out, or shrink them to their least where they are pinned."""
        for route in [route for route, count in enumerate(self.count) if count]:
            for visit in self.stops(route):
                self.drop(visit)
            self.tidy(route)

    def forget(self, route: int) -> None:
        """Mark the times of *route* as unknown, so that the passes run through."""
        ready, late, succ, end = self.ready, self.late, self.succ, 2 * route + 1
        visit = succ[2 * route]
        while visit != end:
            ready[visit] = late[visit] = -1
            visit = succ[visit]
        late[2 * route] = ready[end] = -1
        self.slack[2 * route] = late[succ[2 * route]]  # ready at 0; final if the route is empty

    def commit(self) -> None:
        """Keep all changes since the last commit."""
        free = self.free
        for kind, visit, _ in self.journal:
            if kind == REMOVED:
                free.append(visit)
        self.journal.clear()

    def rollback(self) -> None:
        """Undo all changes since the last commit."""
        journal, route = self.journal, self.route
        touched: dict[int, None] = {}
        for kind, visit, old in reversed(journal):
            touched[route[visit]] = None
            if kind == INSERTED:
                self._unlink(visit)
                self.free.append(visit)
            elif kind == REMOVED:
                self._link(visit, old)  # type: ignore[arg-type]  # the predecessor
            else:
                self._resize(visit, old)  # type: ignore[arg-type]  # the load
        journal.clear()
        for each in touched:
            self.tidy(each)

    def load_of(self, visit: int) -> Load:
        """Return whom a visit records and calls, and how long it takes."""
        return self.take[visit], self.call[visit], self.stay[visit]

    # Inside -----------------------------------------------------------------------------

    def _grow_lists(self) -> int:
        for numbers in (
            self.node, self.late, self.site, self.route, self.pred, self.succ, self.leg,
            self.after, self.slack, self.ready, self.opens, self.closes, self.stay, self.heads,
        ):  # fmt: skip
            numbers.append(0)
        self.take.append(())
        self.call.append(())
        return len(self.node) - 1

    def _link(self, visit: int, after: int) -> None:
        pred, succ, leg, node = self.pred, self.succ, self.leg, self.node
        route = self.route[visit]
        before = succ[after]
        leave = self.tables.leave[self.tables.matrix[route]]
        here = node[visit]
        into, out = leave[node[after]][here], leave[here][node[before]]
        extra = into + out - leg[after]  # the leg of an empty route is 0: nobody drives it
        pred[visit], succ[visit], succ[after], pred[before] = after, before, visit, visit
        leg[after], leg[visit] = into, out
        self.after[after], self.after[visit] = here, node[before]
        self.drive[route] += extra
        self.driving += extra
        if self.count[route] == 0:
            self._open(route)
        self.count[route] += 1
        self.stays += 1
        self.visits_of[self.site[visit]].append(visit)
        self._add(visit, 1)

    def _unlink(self, visit: int) -> None:
        pred, succ, leg = self.pred, self.succ, self.leg
        route = self.route[visit]
        after, before = pred[visit], succ[visit]
        self.count[route] -= 1
        self.stays -= 1
        if self.count[route] == 0:
            direct = 0
            self._close(route)
        else:
            leave = self.tables.leave[self.tables.matrix[route]]
            direct = leave[self.node[after]][self.node[before]]
        saved = leg[after] + leg[visit] - direct
        succ[after], pred[before], leg[after] = before, after, direct
        self.after[after] = self.node[before]
        self.drive[route] -= saved
        self.driving -= saved
        self.visits_of[self.site[visit]].remove(visit)
        self._add(visit, -1)

    def _open(self, route: int) -> None:
        empty, at = self.empty, self.empty_at
        last = empty[-1]
        empty[at[route]], at[last] = last, at[route]
        empty.pop()
        self.used += 1
        self.days_used[self.tables.crew[route]] += 1

    def _close(self, route: int) -> None:
        self.empty_at[route] = len(self.empty)
        self.empty.append(route)
        self.used -= 1
        self.days_used[self.tables.crew[route]] -= 1

    def _resize(self, visit: int, load: Load) -> None:
        self._add(visit, -1)
        self.take[visit], self.call[visit], self.stay[visit] = load
        self.heads[visit] = sum(load[0])
        if visit in self.session_end:  # its start is given: closing with its end keeps it so
            self.closes[visit] = self.opens[visit] + self.stay[visit]
        self._add(visit, 1)

    def _add(self, visit: int, sign: int) -> None:
        """Count the pupils of *visit* in, or out when *sign* is -1."""
        goals, site, route = self.goals_of, self.site[visit], self.route[visit]
        take = self.take[visit]
        heads = sign * self.heads[visit]
        if len(take) == 1:
            self.prize += heads * goals.weight[site][0]
            self.recorded[goals.class_of[site][0]] += heads
        else:
            for rank, weight, pupils in zip(
                goals.class_of[site], goals.weight[site], take, strict=True
            ):
                self.prize += sign * pupils * weight
                self.recorded[rank] += sign * pupils
        self.left[site] -= heads
        if self.found[site]:
            self.found[site] = {}
        self.load[route] += heads
        self.day_sum += heads * self.tables.day[route]
        if goals.by_district:
            district = goals.district[site]
            self.by_district[district] = self.by_district.get(district, 0) + heads
            short = goals.shortfall(self.by_district)
            self.prize += (self.short - short) * goals.floor_weight
            self.short = short

    def _forward(self, visit: int) -> None:
        """Renew `ready` from *visit* on, until it no longer changes."""
        ready, succ, leg, opens, stay = self.ready, self.succ, self.leg, self.opens, self.stay
        late, slack = self.late, self.slack
        before = self.pred[visit]
        time = ready[before]
        while visit >= 0:
            time += leg[before]
            if time < opens[visit]:  # noqa: PLR1730  # max() costs thrice as much
                time = opens[visit]
            time += stay[visit]
            if ready[visit] == time:
                return
            ready[visit] = time
            before, visit = visit, succ[visit]
            if visit >= 0:
                slack[before] = late[visit] - time

    def _backward(self, visit: int) -> None:
        """Renew `late` from *visit* back, until it no longer changes."""
        late, pred, leg, closes, stay = self.late, self.pred, self.leg, self.closes, self.stay
        ready, slack = self.ready, self.slack
        time = late[self.succ[visit]]
        while visit >= 0:
            time -= leg[visit]
            if time > closes[visit]:  # noqa: PLR1730
                time = closes[visit]
            time -= stay[visit]
            if late[visit] == time:
                return
            late[visit] = time
            visit = pred[visit]
            if visit >= 0:
                slack[visit] = time - ready[visit]
