"""The first plan: each team-day in turn takes the stops that record most per minute."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeAlias

from school_ektp.planning.problem import Window
from school_ektp.planning.search.insertion import WHOLE, Insertion, Place
from school_ektp.planning.search.ledger import EVERYBODY
from school_ektp.planning.search.photo import Photo, restore, take_photo
from school_ektp.planning.search.recreate import Recreate
from school_ektp.planning.search.routes import Routes

WAYS_HOME = (0.0, 1.0, 0.5)  # shares of a longer way home that a stop is charged with
WORK = 300_000  # places looked at after which no other plan is begun: some 0.15 s
COUNTED = 10  # looks that counting the pupils of one place is worth
LEAST_PLANS = 4  # begun however long they take
CLOSE = 40  # the first day is found to this part of the team-days

# Minus its promise, site, insert after, begin, window, pupils there is time for, minutes it costs.
Room: TypeAlias = tuple[float, int, int, int, Window, int, float]


class FirstPlan:
    """
    The best of several greedy plans: days forwards and backwards, ways home dear and cheap.

    Forwards, late days catch those who come of age late; the later the first day, the fewer
    team-days it takes. Backwards suits where there is no time for everyone.
    """

    def __init__(self, routes: Routes, insertion: Insertion, recreate: Recreate) -> None:
        self.routes = routes
        self.insertion = insertion
        self.recreate = recreate
        self.best: Photo | None = None
        self.late: dict[int, list[int]] = {}  # for each day, what `_not_yet` found out
        self.work = 0
        self.plans = 0

    def __call__(self) -> None:
        """Add to *routes*, whose changes are committed, the visits of the best plan found."""
        first, number = 0, len(self.routes.count)
        for way_home in WAYS_HOME:
            if self._better(range(first, number), way_home):
                first = self._begin_late(first, way_home)
            self._better(range(number - 1, -1, -1), way_home)
        if self.best is not None:
            restore(self.routes, self.best)

    def _begin_late(self, first: int, way_home: float) -> int:
        """Begin as late as can be without losing pupils; return the first team-day."""
        number = last = len(self.routes.count)
        while last - first > max(number // CLOSE, 1) and self._idle(first) and not self._tired():
            middle = (first + last) // 2
            if self._better(range(middle, number), way_home):
                first = middle
            else:
                last = middle
        return first

    def _idle(self, first: int) -> bool:
        """Return whether the best plan leaves a team-day from *first* on unused."""
        return self.best is not None and self.best.used < len(self.routes.count) - first

    def _tired(self) -> bool:
        return self.work > WORK and self.plans >= LEAST_PLANS

    def _better(self, order: Iterable[int], way_home: float) -> bool:
        """Make a plan unless too many were made, keep the best, and say whether it is new."""
        if self._tired():
            return False
        self.plans += 1
        photo = self._plan(order, way_home)
        if self.best is not None and photo.goals <= self.best.goals:
            return False
        self.best = photo
        return True

    def _plan(self, order: Iterable[int], way_home: float) -> Photo:
        for route in order:
            self._fill(route, way_home)
        sites = range(self.routes.tables.sites)
        self.recreate.by_worth([site for site in sites if self.insertion.hopeful(site)], {})
        photo = take_photo(self.routes)
        self.routes.rollback()
        return photo

    def _fill(self, route: int, way_home: float) -> None:
        """Insert the stop on *route* that is worth most per minute, again and again."""
        late = self._not_yet(self.routes.tables.day[route])
        sites: Collection[int] = range(self.routes.tables.sites)
        while True:
            rooms: list[Room] = []
            for after in [2 * route, *self.routes.stops(route)]:
                rooms += self._rooms(route, after, way_home, late, sites)
            found = self._best_stop(route, sorted(rooms))
            if found is None:
                return
            site, (_, after, window, load) = found
            self.routes.insert(site, after, window, load)
            sites = {room[1] for room in rooms}  # a fuller day has room for no others

    def _not_yet(self, day: int) -> list[int]:
        """Return for each site how many start to wait after *day*."""
        if day not in self.late:
            tables = self.routes.tables
            self.late[day] = [
                total - sum(arrived[day])
                for total, arrived in zip(tables.total, tables.arrived, strict=True)
            ]
        return self.late[day]

    def _best_stop(self, route: int, rooms: Iterable[Room]) -> tuple[int, Place] | None:
        """Return the site and place worth most per minute, recording included."""
        insertion, tables = self.insertion, self.routes.tables
        fixed = tables.fixed[tables.crew[route]]
        best: tuple[int, Place] | None = None
        best_rate = 0.0
        for missing, site, after, since, window, time, cost in rooms:
            if -missing <= best_rate:
                break
            self.work += COUNTED
            found = insertion.worth(site, after, time, window)
            if found is None:
                continue
            worth, take, call = found
            load = insertion.load(route, site, take, call)
            rate = worth / (cost + load[2] - fixed[site])
            if rate > best_rate:
                best_rate = rate
                best = site, (rate, after, insertion.held(window, since, load), load)
        return best

    def _rooms(
        self, route: int, after: int, way_home: float, late: list[int], sites: Collection[int]
    ) -> list[Room]:
        """
        Return which of *sites* there is time for behind *after*, and what each promises at most.

        The innermost loop of the first plan: everything in local names, and few calls.
        """
        routes, tables, insertion = self.routes, self.routes.tables, self.insertion
        crew, kits, day = tables.crew[route], tables.kits[route], tables.day[route]
        fixed, pace, windows = tables.fixed[crew], tables.pace[crew], tables.windows[route]
        matrix, before = tables.matrix[route], routes.succ[after]
        into = tables.leave[matrix][routes.node[after]]
        out = tables.reach[matrix][routes.node[before]]
        ready, latest, direct = routes.ready[after], routes.late[before], routes.leg[after]
        most_driving = routes.most_driving - routes.drive[route] + direct
        left, turnout, spent_until = routes.left, tables.turnout, insertion.ledger.spent_until
        worth, bonus, limited = insertion.top_weight, insertion.bonus, bool(routes.window_limits)
        floors = bool(routes.short)
        rooms = []
        self.work += len(sites)
        for site in sites:
            there, home, need = into[site], out[site], fixed[site]
            if there + home + need + ready > latest or there + home > most_driving:
                continue
            most = (left[site] - late[site]) * turnout[site] // EVERYBODY
            if most < routes.fewest or spent_until(site) >= day:
                continue
            beat = pace[site]
            extra = bonus(site) if floors else 0
            for window in routes.windows_for(route, site) if limited else windows[site]:
                since, until = window
                if since < ready + there:  # noqa: PLR1730  # max() costs thrice as much
                    since = ready + there
                if until > latest - home:  # noqa: PLR1730
                    until = latest - home
                spare = until - since - need
                if spare < 0:
                    continue
                time = spare // beat * kits if beat else WHOLE
                some = min(time, most)
                cost = max(since - ready + need + way_home * (home - direct), 1)
                promise = (some * worth[site] + extra) / (cost + some * beat / kits)
                rooms.append((-promise, site, after, since, window, time, cost))
        return rooms
