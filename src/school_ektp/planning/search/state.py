"""A plan under construction: routes by team-day, calls by site, and the objective they have."""

from __future__ import annotations

import math
from bisect import insort
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from school_ektp.planning.availability import Forecast
from school_ektp.planning.problem import ALL, EXPECTED
from school_ektp.planning.search.data import UNLIMITED, SearchData
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.route import Route
from school_ektp.planning.solution import SiteVisit, Solution

FIRST = 10**15  # objective of one hundredth of a pupil missing to a floor or a date


_MOST_KNOWN = 50_000  # sites with calls whose options are remembered


class Call(NamedTuple):
    """One visit as its site sees it; calls of a site are sorted by day, room and team."""

    day: int
    room: int
    team: int


Snapshot: TypeAlias = dict[int, tuple[tuple[int, ...], tuple[int, ...]]]


class Option(NamedTuple):
    """What one more visit to a site on a day would bring at most."""

    gain: int  # objective without costs
    want: int  # pupils for whom room is useful


class _Saved(NamedTuple):
    """A plan before it is changed: its objective, and what changed since, as it was."""

    objective: int
    routes: dict[int, Route | None]
    calls: dict[int, tuple[Call, ...]]


class State:
    """
    The plan that the search changes, and how to restore it.

    Attributes:
        objective: Value of the plan in millionths, less `FIRST` for each hundredth missing.
        routes: For each team-day in use, its route.
        calls: For each site, its visits.
    """

    def __init__(self, data: SearchData, params: SearchParams) -> None:
        self.data = data
        self.params = params
        self.routes: dict[int, Route] = {}
        self.calls: list[tuple[Call, ...]] = [() for _ in data.forecasts]
        self.recorded = dict.fromkeys(data.floors, 0)  # by district, hundredths
        self.unreached = [data.unreached(site, ()) for site in range(len(self.calls))]
        self.objective = -FIRST * (sum(self.unreached) + sum(data.floors.values()))
        self._options: dict[tuple[int, tuple[Call, ...]], dict[int, Option]] = {}
        self._saved: _Saved | None = None

    # What a site has and could have

    def forecast(self, site: int, calls: tuple[Call, ...]) -> Forecast:
        """Return what visits to a site are expected to bring."""
        return self.data.forecasts[site](calls)

    def allowed(self, site: int, calls: tuple[Call, ...]) -> bool:
        """Return whether visits to a site keep apart, are not too many and bring enough."""
        data = self.data
        if len(calls) > data.most_visits[site]:
            return False
        for earlier, later in pairwise(calls):
            if 0 < later.day - earlier.day < data.spacing:
                return False
        if data.teams_at_once < len(calls):
            days = [call.day for call in calls]
            if max(map(days.count, days)) > data.teams_at_once:
                return False
        return not data.fewest or not self.poor(site, calls)

    def poor(self, site: int, calls: tuple[Call, ...]) -> list[Call]:
        """Return the visits that bring fewer pupils than a visit after the first one must."""
        fewest = self.data.fewest
        if_held = self.forecast(site, calls).if_held
        poor = [call for call, pupils in zip(calls, if_held, strict=True) if pupils < fewest]
        # Two first visits on one day could begin in either order: neither is let off.
        alone = [call.day for call in calls].count(calls[0].day) == 1 if calls else False
        if poor and alone and poor[0] == calls[0] and not self.data.problem.sites[site].held:
            del poor[0]
        return poor

    def holds(self) -> bool:
        """Return whether the visits that are left still bring enough where others went."""
        if not self.data.fewest or self._saved is None:
            return True
        return all(not self.poor(site, self.calls[site]) for site in self._saved.calls)

    def gain(self, site: int, calls: tuple[Call, ...]) -> int:
        """Return by how much the objective grows, costs apart, if a site has these visits."""
        data, held = self.data, self.calls[site]
        new, old = self.forecast(site, calls), self.forecast(site, held)
        grown = new.worth - old.worth
        if data.dates:
            missing = data.unreached(site, calls)
            grown += FIRST * (self.unreached[site] - missing)
        district = data.problem.sites[site].district
        if district in data.floors:
            floor, recorded = data.floors[district], self.recorded[district]
            more = recorded + new.pupils - old.pupils
            grown += FIRST * (max(floor - recorded, 0) - max(floor - more, 0))
        return grown

    def has_more(self, site: int) -> bool:
        """Return whether so many are left on the last day, wherever they are, that a visit pays."""
        data, calls = self.data, self.calls[site]
        if not calls or data.has_soft_goals:
            return True
        if not data.days[site]:
            return False
        last = max(data.days[site][-1], calls[-1].day)
        come = data.forecasts[site].expected(calls, last, all_present=True)
        return come * data.dearest[site] > data.price.visit

    def options(self, site: int) -> dict[int, Option]:
        """Return what is known of one more visit to *site*, by day; `look` adds to it."""
        return self._known(site, self.calls[site])

    def look(self, site: int, day: int) -> Option:
        """Return what one more visit to *site* on *day* would bring with all room it can use."""
        known = self.options(site)
        if day not in known:
            known[day] = self._option(site, day, self.calls[site])
        return known[day]

    def _known(self, site: int, calls: tuple[Call, ...]) -> dict[int, Option]:
        if len(self._options) > _MOST_KNOWN:
            self._options.clear()
        return self._options.setdefault((site, calls), {})

    def _option(self, site: int, day: int, calls: tuple[Call, ...]) -> Option:
        want = self.data.waiting[site][day]
        if site not in self.data.whole:
            earlier = tuple([call for call in calls if call.day < day])
            pupils = self.data.forecasts[site].expected(earlier, day)
            again = bool(earlier) or self.data.called_before[site]
            want = min(self._room_for(site, pupils, again=again), max(want, 1))
        with_it = self.with_call(calls, Call(day, want, UNLIMITED))
        gain = self.forecast(site, with_it).worth - self.forecast(site, calls).worth
        return Option(gain, want)

    def soft_gain(self, site: int, day: int, want: int) -> int:
        """Return the gain of an option where floors or dates count."""
        return self.gain(site, self.with_call(self.calls[site], Call(day, want, UNLIMITED)))

    def _room_for(self, site: int, expected: int, *, again: bool) -> int:
        """Return the room in which almost all fit who may come when so many are expected."""
        place = self.data.problem.sites[site]
        comes = min(place.turnout, place.turnout_again) if again else place.turnout
        absent = ALL - comes
        spread = self.data.problem.luck.turnout_spread * expected // 1_000
        variance = EXPECTED * expected * absent // ALL + spread * spread
        most = expected + self.params.room_margin * math.isqrt(variance) // 10
        return max(-(-most // EXPECTED), 1)

    def want(self, site: int, number: int) -> int:
        """Return for how many pupils room is useful in a visit that the plan makes."""
        day = self.data.team_days[number].day
        calls = self.calls_without(site, number)
        known = self._known(site, calls)
        if day not in known:
            known[day] = self._option(site, day, calls)
        return known[day].want

    @staticmethod
    def with_call(calls: tuple[Call, ...], call: Call) -> tuple[Call, ...]:
        """Return visits to a site with one more."""
        changed = list(calls)
        insort(changed, call)
        return tuple(changed)

    def calls_with(self, site: int, number: int, room: int) -> tuple[Call, ...]:
        """Return the visits of a site with one more on a team-day."""
        td = self.data.team_days[number]
        return self.with_call(self.calls[site], Call(td.day, room, td.team))

    def calls_without(self, site: int, number: int) -> tuple[Call, ...]:
        """Return the visits of a site without that of a team-day."""
        td = self.data.team_days[number]
        return tuple(c for c in self.calls[site] if (c.day, c.team) != (td.day, td.team))

    def affordable(self, number: int) -> bool:
        """Return whether budgets allow a team-day that is not in use yet to be used."""
        day = self.data.team_days[number].day
        for budget in self.data.budgets:
            if budget.first <= day <= budget.last:
                days = [self.data.team_days[used].day for used in self.routes]
                used = sum(budget.first <= one <= budget.last for one in days)
                for team in self.data.problem.teams:
                    used += sum(budget.first <= one <= budget.last for one in team.out)
                if used >= budget.most:
                    return False
        return True

    def route(self, number: int) -> Route:
        """Return the route of a team-day to look at; an empty one if it is not in use."""
        route = self.routes.get(number)
        if route is None:
            route = Route(self.data.team_days[number].hours)
            route.announced = self.data.announced[number]
        return route

    # Changes

    def insert(self, site: int, number: int, place: int, room: int) -> None:
        """Add a visit."""
        route = self._touch(number)
        self._pay(route, -1)
        self._set_calls(site, self.calls_with(site, number, room))
        route.insert(place, site, room)
        self._pay(route, 1)

    def remove(self, site: int, number: int) -> None:
        """Remove a visit."""
        route = self._touch(number)
        self._pay(route, -1)
        self._set_calls(site, self.calls_without(site, number))
        route.remove(site)
        self._pay(route, 1)
        if not route.sites:
            del self.routes[number]

    def set_room(self, number: int, place: int, room: int) -> None:
        """Give the stay at *place* of a route another room; the caller has found that it fits."""
        route = self._touch(number)
        site = route.sites[place]
        td = self.data.team_days[number]
        changed = self.with_call(self.calls_without(site, number), Call(td.day, room, td.team))
        self._set_calls(site, changed)
        route.rooms[place] = room
        route.update()

    def reorder(self, number: int, places: list[int]) -> None:
        """Drive the stays of a route in another order; the caller has found that it fits."""
        route = self._touch(number)
        self._pay(route, -1)
        route.sites = [route.sites[place] for place in places]
        route.rooms = [route.rooms[place] for place in places]
        route.update()
        self._pay(route, 1)

    def _pay(self, route: Route, sign: int) -> None:
        price = self.data.price
        if route.sites:
            cost = price.team_day + price.visit * len(route.sites)
            self.objective -= sign * (cost + price.driving_minute * route.driving)

    def _set_calls(self, site: int, calls: tuple[Call, ...]) -> None:
        if self._saved and site not in self._saved.calls:
            self._saved.calls[site] = self.calls[site]
        self.objective += self.gain(site, calls)
        self._count(site, calls)

    def _count(self, site: int, calls: tuple[Call, ...]) -> None:
        data, district = self.data, self.data.problem.sites[site].district
        if district in data.floors:
            more = self.forecast(site, calls).pupils
            self.recorded[district] += more - self.forecast(site, self.calls[site]).pupils
        if data.dates:
            self.unreached[site] = data.unreached(site, calls)
        self.calls[site] = calls

    def _touch(self, number: int) -> Route:
        """Return the route of a team-day to be changed; `restore` keeps the one before."""
        route = self.routes.get(number)
        if self._saved and number not in self._saved.routes:
            self._saved.routes[number] = route
            if route is not None:
                route = route.copy()
        self.routes[number] = route = route or self.route(number)
        return route

    # Restoring

    def save(self) -> None:
        """Save the plan; `restore` undoes what changes from here on."""
        self._saved = _Saved(self.objective, {}, {})

    def keep(self) -> None:
        """Forget what was saved: the changes stay."""
        self._saved = None

    def touched(self) -> list[int]:
        """Return the team-days in use that changed since `save`."""
        return (
            [number for number in self._saved.routes if number in self.routes]
            if self._saved
            else []
        )

    def restore(self) -> None:
        """Return to the plan as it was saved."""
        assert self._saved is not None  # noqa: S101 - save comes first
        self.objective = self._saved.objective
        for number, route in self._saved.routes.items():
            if route is None:
                self.routes.pop(number, None)
            else:
                self.routes[number] = route
        for site, before in self._saved.calls.items():
            self._count(site, before)
        self._saved = None

    # To and from a solution

    def adopt(self, solution: Solution) -> None:
        """Make the visits of *solution* that still fit, those of each team-day in their order."""
        data = self.data
        for visit in sorted(solution.visits, key=lambda v: (v.day, v.team, v.start)):
            number = data.number.get((visit.team, visit.day))
            if number is None or not data.can_go(number, visit.site):
                continue
            route = self.route(number)
            if visit.site in route.sites or len(route.sites) >= data.visits_per_day:
                continue
            if not route.sites and not self.affordable(number):
                continue
            if visit.site in data.whole and visit.room < data.waiting[visit.site][visit.day]:
                continue
            if not self.allowed(visit.site, self.calls_with(visit.site, number, visit.room)):
                continue
            start = data.team_days[number].clock.worked(visit.start)
            place = sum(begin < start for begin in route.begins)
            trial = route.copy()
            trial.insert(place, visit.site, visit.room)
            if trial.fits and trial.driving <= data.driving_limit:
                self.insert(visit.site, number, place, visit.room)

    def snapshot(self) -> Snapshot:
        """Return the plan as the sites and rooms of each team-day."""
        return {n: (tuple(r.sites), tuple(r.rooms)) for n, r in self.routes.items()}

    def solution(self, snapshot: Snapshot) -> Solution:
        """Return a plan saved before as visits in minutes of the day."""
        visits: list[SiteVisit] = []
        for number, (sites, rooms) in snapshot.items():
            route = Route(self.data.team_days[number].hours)
            route.announced = self.data.announced[number]
            route.sites, route.rooms = list(sites), list(rooms)
            route.update()
            visits += self._visits(number, route)
        return Solution(visits)

    def _visits(self, number: int, route: Route) -> list[SiteVisit]:
        td = self.data.team_days[number]
        visits = []
        free = 0  # minute from which the team can drive
        for place, (site, room) in enumerate(zip(route.sites, route.rooms, strict=True)):
            drive = route.hours.start if not place else route.hours.drive[route.sites[place - 1]]
            start = td.clock.latest(route.begins[place])
            pin = self.data.pins.get((number, site))
            if pin is not None and pin.start is not None:
                start = pin.start
            visits.append(
                SiteVisit(
                    day=td.day,
                    team=td.team,
                    start=start,
                    site=site,
                    arrive=min(td.clock.earliest(free + drive[site]), start) if place else start,
                    end=td.clock.earliest(route.ends[place]),
                    room=room,
                )
            )
            free = route.ends[place]
        return visits
