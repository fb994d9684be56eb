"""Where one more visit to a site is worth most: the hot loop of the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import mul
from random import Random
from typing import TypeAlias

from school_ektp.planning.guards import MANY
from school_ektp.planning.problem import Window
from school_ektp.planning.search.ledger import EVERYBODY, Ledger
from school_ektp.planning.search.rhythm import best_days
from school_ektp.planning.search.routes import Counts, Load, Routes

BLINK = 0.01  # chance to overlook a place; Christiaens and Vanden Berghe (2020)
FEW_ROUTES = 8  # up to here, every route is tried next to its base as well
EMPTY_ROUTES = 6  # idle team-days tried per site; days of one crew are much alike
BESIDE = 64  # visits of neighbours beside which a site is tried, however long the horizon
NARROW = 0.5  # chance that a visit gets no more than its own minutes, where crews share a site
FEW_ENOUGH = 400  # team-days of a season that are looked at to choose days of a site together
BLURRED = 0.3  # share of the time on a day that may be overlooked when days are chosen together
WHOLE = 1 << 40  # pupils a visit has time for when all are recorded at once

Place: TypeAlias = tuple[float, int, Window, Load]  # score, insert after, window, load
# Minus its promise, insert after, begin, window, pupils there is time for, minutes it costs.
Room: TypeAlias = tuple[float, int, int, Window, int, int]


class Insertion:
    """
    The best place for a site by worth per minute spent on the way and on set-up.

    Tries the visits of neighbouring sites, a few empty routes, and growing the
    site's own visits; the cost does not depend on the length of the horizon.
    """

    def __init__(self, routes: Routes, ledger: Ledger, dice: Random) -> None:
        self.routes = routes
        self.ledger = ledger
        self.dice = dice
        self.top_weight = [max(weights, default=0) for weights in routes.goals_of.weight]
        self.modest = False  # whether visits take less than they could
        self.rhythmic = routes.apart > 0 and len(routes.count) <= FEW_ENOUGH
        self.everywhere = False  # whether all places are tried, not the likely ones only
        tables = routes.tables
        self.one_matrix = len(tables.leave) == 1
        self.leave, self.reach = tables.leave[0], tables.reach[0]
        self.least_fixed = [min(minutes) for minutes in zip(*tables.fixed, strict=True)]
        self.whole = [self._is_whole(site) for site in range(tables.sites)]

    def fill(self, site: int, only: set[int] | None = None) -> int:
        """Insert and grow visits to *site* while pupils wait and places are found; count them."""
        routes = self.routes
        done = self.grow(site)
        if self.rhythmic and not routes.visits_of[site] and self.hopeful(site):
            done += self._in_rhythm(site)
        return done + self._insert(site, only)

    def _insert(self, site: int, only: set[int] | None) -> int:
        """Insert visits to *site* while pupils wait and places are found; count them."""
        done = 0
        while self.hopeful(site):
            place = self.best_place(site, only)
            if place is None:
                break
            _, after, window, load = place
            self.routes.insert(site, after, window, load)
            done += 1
        return done

    def _in_rhythm(self, site: int) -> int:
        """Insert visits to *site*, which has none, on days that suit one another; count them."""
        routes, day_of = self.routes, self.routes.tables.day
        before, self.everywhere = self.everywhere, True
        most: dict[int, int] = defaultdict(int)  # pupils there is time for, by route
        for _, after, _, _, time, _ in self._rooms(site, None):
            route = routes.route[after]
            most[route] = max(most[route], time)
        room: dict[int, float] = defaultdict(float)
        for route, time in most.items():
            room[day_of[route]] += time * (1 - BLURRED * self.dice.random())
        waiting = {day: sum(self.ledger.waiting(site, day)[0]) for day in room}
        days = best_days(room, waiting, routes.apart)
        done = self._insert(site, {route for route in most if day_of[route] in days})
        self.everywhere = before
        return done

    def hopeful(self, site: int) -> bool:
        """Return whether one more visit to *site* could record enough pupils on some day."""
        routes = self.routes
        return routes.left[site] * routes.tables.turnout[site] >= EVERYBODY * routes.fewest

    # Growing ----------------------------------------------------------------------------

    def grow(self, site: int) -> int:
        """Let the visits to *site* record more where their routes have time; count them."""
        grown = 0
        for visit in self.routes.visits_of[site]:
            load = self.larger(site, visit)
            if load is not None:
                self.routes.resize(visit, load)
                grown += 1
        return grown

    def larger(self, site: int, visit: int, most: int = MANY) -> Load | None:
        """Return a load of *visit* with more pupils than its own, at most *most*, or None."""
        routes, tables = self.routes, self.routes.tables
        route, time = routes.route[visit], self.room(visit)
        heads, day = routes.heads[visit], tables.day[route]
        if time <= heads or not any(map(min, *self.ledger.waiting(site, day))):
            return None
        for limit in routes.growth_limits:
            most = min(most, heads + limit(routes, route))
        waiting = self.ledger.waiting_without(site, day, visit)
        take, call = self.ledger.offer(site, waiting, time, most)
        if sum(take) <= heads:
            return None
        return self.load(route, site, take, call)

    def room(self, visit: int) -> int:
        """Return the pupils that *visit* has time for, its own among them."""
        routes, tables = self.routes, self.routes.tables
        route, site = routes.route[visit], routes.site[visit]
        crew = tables.crew[route]
        pace = tables.pace[crew][site]
        if not pace:
            return WHOLE
        before, after = routes.pred[visit], routes.succ[visit]
        begin = max(routes.ready[before] + routes.leg[before], routes.opens[visit])
        closes = self._stays_until(visit) if visit in routes.session_end else routes.closes[visit]
        end = min(closes, routes.late[after] - routes.leg[visit])
        return (end - begin - tables.fixed[crew][site]) // pace * tables.kits[route]

    def _stays_until(self, visit: int) -> int:
        """Return how long a pinned visit whose start is given may stay: till others come."""
        routes, begin = self.routes, self.routes.opens[visit]
        windows = routes.windows_for(routes.route[visit], routes.site[visit])
        free = [until for since, until in windows if since <= begin <= until]
        return min(routes.session_end[visit], max(free, default=routes.closes[visit]))

    def smaller(self, visit: int, most: int) -> Load | None:
        """Return a load of *visit* with at most so many pupils, or None if that is too few."""
        routes = self.routes
        site, route = routes.site[visit], routes.route[visit]
        if most < max(routes.fewest, 1):
            return None
        waiting = self.ledger.waiting_without(site, routes.tables.day[route], visit)
        take, call = self.ledger.offer(site, waiting, self.room(visit), most)
        return self.load(route, site, take, call) if sum(take) >= routes.fewest else None

    # Inserting --------------------------------------------------------------------------

    def best_place(self, site: int, only: set[int] | None = None) -> Place | None:
        """
        Return the best place for a new visit to *site*, or None where none holds.

        Args:
            site: Site to visit.
            only: Routes to look at, when the others are known to have no room; None for all.
        """
        if self.whole[site] and not self.everywhere and not self.routes.visits_of[site]:
            return self._cheapest(site)
        best: Place | None = None
        best_score = 0.0
        # Places that promise most come first, so few pupils are counted before the rest can go.
        for missing, after, since, window, time, cost in sorted(self._rooms(site, only)):
            if -missing <= best_score:
                break
            found = self.worth(site, after, time, window)
            if found is not None and found[0] > best_score * cost:
                worth, take, call = found
                load = self.load(self.routes.route[after], site, take, call)
                best_score = worth / cost
                best = (best_score, after, self.held(window, since, load), load)
        return best

    def _rooms(self, site: int, only: set[int] | None) -> list[Room]:
        """
        Return the places with time for a visit to *site*, and what each promises at most.

        The innermost loop of the search: everything in local names, and no calls.
        """
        routes, tables = self.routes, self.routes.tables
        node, route_of, succ = routes.node, routes.route, routes.succ
        ready, late, leg = routes.ready, routes.late, routes.leg
        windows, matrix, crew_of = tables.windows, tables.matrix, tables.crew
        fixed, pace, kits = tables.fixed, tables.pace, tables.kits
        drive, most_driving = routes.drive, routes.most_driving
        random = self.dice.random
        left = routes.left[site] * tables.turnout[site] // EVERYBODY
        weight, bonus = self.top_weight[site], self.bonus(site)
        rooms = []
        for after in self._places(site, only):
            route = route_of[after]
            shown: Sequence[Window] = windows[route][site]
            if routes.window_limits:
                shown = routes.windows_for(route, site)
            before, crew = succ[after], crew_of[route]
            into = tables.reach[matrix[route]][site][node[after]]
            out = tables.leave[matrix[route]][site][node[before]]
            extra = into + out - leg[after]
            if drive[route] + extra > most_driving:
                continue
            earliest = ready[after] + into
            latest = late[before] - out
            need = fixed[crew][site]
            for window in shown:
                since, until = window
                if since < earliest:  # noqa: PLR1730  # max() costs thrice as much
                    since = earliest
                if until > latest:  # noqa: PLR1730
                    until = latest
                spare = until - since - need
                if spare < 0 or random() < BLINK:
                    continue
                beat = pace[crew][site]
                time = spare // beat * kits[route] if beat else WHOLE
                cost = extra + need if extra + need > 0 else 1
                promise = (min(time, left) * weight + bonus) / cost
                rooms.append((-promise, after, since, window, time, cost))
        return rooms

    def _is_whole(self, site: int) -> bool:
        """
        Return whether any visit to *site* records all its pupils in the same minutes.

        Then the place that costs least is the best, and nobody need be counted to find it.
        """
        routes, tables = self.routes, self.routes.tables
        limits = routes.visit_limits or routes.window_limits or routes.most_driving < MANY
        arrived = set(tables.arrived[site])
        return (
            self.one_matrix
            and not limits
            and not routes.goals_of.by_district
            and not any(pace[site] for pace in tables.pace)
            and len({fixed[site] for fixed in tables.fixed}) == 1
            and len(arrived) == 1
            and len(arrived.pop()) == 1
            and tables.turnout[site] == EVERYBODY
            and self.ledger.always[site]
            and tables.total[site] >= routes.fewest
        )

    def _cheapest(self, site: int) -> Place | None:
        """Return the place that costs least for a *site* that is whole and has no visit yet."""
        routes, random = self.routes, self.dice.random
        reach, leave, need = self.reach[site], self.leave[site], self.least_fixed[site]
        node, behind, slack, leg = routes.node, routes.after, routes.slack, routes.leg
        rooms = [
            (reach[node[p]] + leave[behind[p]] - leg[p], p)
            for p in self._beside(site, None)
            if reach[node[p]] + leave[behind[p]] + need <= slack[p]
        ]
        rooms.sort()
        for extra, after in rooms:
            earliest = routes.ready[after] + reach[node[after]]
            latest = routes.late[routes.succ[after]] - leave[behind[after]] - need
            for window in routes.tables.windows[routes.route[after]][site]:
                begin, end = max(window[0], earliest), min(window[1] - need, latest)
                if begin <= end and random() >= BLINK:
                    take = (routes.left[site],)
                    rate = take[0] * self.top_weight[site] / max(extra + need, 1)
                    return rate, after, window, (take, take, need)
        return None

    def held(self, window: Window, since: int, load: Load) -> Window:
        """Return the window a visit keeps: now and then its own minutes, where crews must share."""
        if self.routes.window_limits and self.dice.random() < NARROW:
            return since, since + load[2]
        return window

    def _places(self, site: int, only: set[int] | None) -> list[int]:
        """Return visits after which *site* is tried."""
        routes = self.routes
        if self.everywhere:
            more = routes.used < routes.most_used
            every = range(len(routes.count)) if only is None else sorted(only)
            shown = [route for route in every if routes.count[route] or more]
            places = [place for route in shown for place in (2 * route, *routes.stops(route))]
        else:
            places = self._beside(site, only)
        spent = self.ledger.spent_until(site)
        if spent >= 0:
            day, route_of = routes.tables.day, routes.route
            places = [p for p in places if day[route_of[p]] > spent]
        if self.one_matrix:  # most places have no room: pass over them as cheaply as can be
            reach, leave, need = self.reach[site], self.leave[site], self.least_fixed[site]
            node, after, slack = routes.node, routes.after, routes.slack
            places = [p for p in places if reach[node[p]] + leave[after[p]] + need <= slack[p]]
        return list(dict.fromkeys(places))

    def _beside(self, site: int, only: set[int] | None) -> list[int]:
        """Return visits beside those of neighbours and ends of routes; some may stand twice."""
        routes = self.routes
        visits_of, pred, route = routes.visits_of, routes.pred, routes.route
        visits = [visit for other in routes.tables.near[site] for visit in visits_of[other]]
        if only is not None:
            visits = [visit for visit in visits if route[visit] in only]
        if len(visits) > BESIDE:
            begin = int(self.dice.random() * (len(visits) - BESIDE))
            visits = visits[begin : begin + BESIDE]
        places = visits + [pred[visit] for visit in visits]
        number = len(routes.count)
        if number <= FEW_ROUTES:
            places += range(0, 2 * number, 2)
            places += [pred[end] for end in range(1, 2 * number, 2)]
        elif routes.used < routes.most_used:
            empty = routes.empty
            if len(empty) <= EMPTY_ROUTES:
                places += [2 * route for route in empty]
            else:
                random, size = self.dice.random, len(empty)
                places += [2 * empty[int(random() * size)] for _ in range(EMPTY_ROUTES)]
        return places

    def bonus(self, site: int) -> int:
        """Return what a visit to *site* can be worth to floors at most."""
        routes = self.routes
        if not routes.short:
            return 0
        return routes.goals_of.bonus(site, routes.left[site], routes.by_district)

    def worth(
        self, site: int, after: int, time: int, window: Window
    ) -> tuple[int, Counts, Counts] | None:
        """Return what a new visit is worth, whom it records and calls; None if it may not be."""
        routes = self.routes
        route = routes.route[after]
        waiting = self.ledger.waiting(site, routes.tables.day[route])
        take: Counts
        called: Counts
        call, record = waiting
        most = MANY
        if self.modest:  # never more than there is room for, so that the share means something
            room = min(time, routes.left[site])
            most = max(routes.fewest, 1 + int(self.dice.random() * room))
        for limit in routes.visit_limits:
            most = min(most, limit(routes, route, site))
        if len(call) == 1 and routes.tables.turnout[site] == EVERYBODY:
            pupils = min(call[0], record[0], time, most)
            take = called = (pupils,)
            worth = pupils * routes.goals_of.weight[site][0]
        else:
            take, called = self.ledger.offer(site, waiting, time, most)
            pupils = sum(take)
            worth = sum(map(mul, take, routes.goals_of.weight[site]))
        if pupils < routes.fewest or self._twice(site, route, window):
            return None
        if routes.short:
            worth += routes.goals_of.bonus(site, pupils, routes.by_district)
        return worth, take, called

    def _twice(self, site: int, route: int, window: tuple[int, int]) -> bool:
        """Return whether *route* visits *site* in that session: that visit grows instead."""
        routes = self.routes
        since, until = window
        for visit in routes.visits_of[site]:
            if routes.route[visit] != route:
                continue
            opens, closes = routes.opens[visit], routes.closes[visit]
            if opens <= until and since <= closes:
                return True
            first, last = min(opens, since), max(closes, until)  # two parts of one session?
            if any(a <= first and last <= b for a, b in routes.tables.windows[route][site]):
                return True
        return False

    # One place ---------------------------------------------------------------------------

    def time_at(
        self, site: int, after: int, window: tuple[int, int], *, exact: bool = False
    ) -> int:
        """Return the pupils there is time for in *window* behind *after*; -1 if it cannot be."""
        routes, tables = self.routes, self.routes.tables
        route = routes.route[after]
        crew, before = tables.crew[route], routes.succ[after]
        leave = tables.leave[tables.matrix[route]]
        arrive = routes.ready[after] + leave[routes.node[after]][site]
        if exact and arrive > window[0]:
            return -1
        until = min(window[1], routes.late[before] - leave[site][routes.node[before]])
        spare = until - max(arrive, window[0]) - tables.fixed[crew][site]
        pace = tables.pace[crew][site]
        if spare < 0:
            return -1
        return spare // pace * tables.kits[route] if pace else WHOLE

    def append(self, site: int, after: int, most: int) -> int | None:
        """Insert a visit to *site* behind *after* that records up to *most*, where it may be."""
        routes = self.routes
        route = routes.route[after]
        if not self.drives(site, after):
            return None
        for window in routes.windows_for(route, site):
            time = self.time_at(site, after, window)
            if time < routes.fewest or self._twice(site, route, window):
                continue
            limits = [limit(routes, route, site) for limit in routes.visit_limits]
            waiting = self.ledger.waiting(site, routes.tables.day[route])
            take, call = self.ledger.offer(site, waiting, time, min([most, *limits]))
            if sum(take) >= routes.fewest:
                load = self.load(route, site, take, call)
                leave = routes.tables.leave[routes.tables.matrix[route]]
                since = max(window[0], routes.ready[after] + leave[routes.node[after]][site])
                return routes.insert(site, after, self.held(window, since, load), load)
        return None

    def drives(self, site: int, after: int) -> bool:
        """Return whether the driving limit lets the crew pass by *site* behind *after*."""
        routes, tables = self.routes, self.routes.tables
        route = routes.route[after]
        leave = tables.leave[tables.matrix[route]]
        into = leave[routes.node[after]][site]
        out = leave[site][routes.node[routes.succ[after]]]
        return routes.drive[route] + into + out - routes.leg[after] <= routes.most_driving

    def load(self, route: int, site: int, take: tuple[int, ...], call: tuple[int, ...]) -> Load:
        """Return what a visit of *route* to *site* needs to record *take* of *call*."""
        tables = self.routes.tables
        crew = tables.crew[route]
        heads = sum(take) if self.ledger.overbook else sum(call)
        rounds = -(-heads // tables.kits[route])
        return take, call, tables.fixed[crew][site] + rounds * tables.pace[crew][site]
