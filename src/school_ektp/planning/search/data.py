"""The problem as the search reads it: team-days, their hours, and the sites each can serve."""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from itertools import zip_longest
from typing import TypeAlias

import attrs

from school_ektp.planning.availability import Calls, SiteForecast
from school_ektp.planning.constraints import (
    DrivingLimit,
    FewestPupils,
    Floor,
    Forbidden,
    KitDayCap,
    OneVisit,
    Pinned,
    ReachedBy,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.problem import EXPECTED, PUPIL, Group, Site, VisitProblem
from school_ektp.planning.schedule import Clock

UNLIMITED = 1 << 30  # room of a visit that records all at once; more minutes than a season has
Windows: TypeAlias = tuple[tuple[int, int], ...]


class TeamDay:
    """
    One day of one team, on the clock of its shift without breaks.

    Attributes:
        team: The team.
        day: The day.
        hours: What it shares with all days that are alike.
    """

    __slots__ = ("clock", "day", "hours", "team")

    def __init__(self, team: int, day: int, hours: Hours, clock: Clock) -> None:
        self.team, self.day, self.hours, self.clock = team, day, hours, clock


class Hours:
    """
    What alike team-days share: the shift, the kits, and for each site when a stay may take place.

    Attributes:
        length: Minutes of the shift.
        kits: Kits at work.
        windows: For each site, when a stay may begin at the earliest and end at the latest.
        opens: When the first of them opens.
        closes: When the last of them closes.
        lone: For each site that a lone visit fits into: (most room, minutes driven).
        fixed: For each site, minutes of set-up and pack-down.
        pace: For each site, minutes of a round of recording.
        start: Row of driving minutes from the base.
        home: Driving minutes from each site to the end of the day.
        drive: Driving minutes from site to site.
        most_room: Most pupils a day's visits together may have room for.
    """

    __slots__ = (
        "closes", "drive", "fixed", "home", "kits", "length", "lone", "most_room", "opens", "pace",
        "start", "windows",
    )  # fmt: skip

    def __init__(
        self, problem: VisitProblem, number: int, day: int, clock: Clock, cap: int
    ) -> None:
        team = problem.teams[number]
        self.length, self.kits = clock.length, team.kits[day]
        self.drive = problem.travel[team.travel]
        self.start = self.drive[team.start]
        self.home = [row[team.end] for row in self.drive]
        self.pace = team.minutes_per_pupil
        self.fixed = [a + b for a, b in zip(team.setup, team.packdown, strict=True)]
        self.most_room = min(cap * self.kits, UNLIMITED)
        self.windows: list[Windows] = []
        self.lone: dict[int, tuple[int, int]] = {}
        for place, site in enumerate(problem.sites):
            inside = [clock.window(session) for session in site.sessions[day]]
            self.windows.append(tuple(window for window in inside if window))
            room = max((self._room(place, *window) for window in self.windows[place]), default=0)
            if room > 0:
                self.lone[place] = min(room, self.most_room), self.start[place] + self.home[place]

        self.opens = min((opens for some in self.windows for opens, _ in some), default=0)
        self.closes = max((closes for some in self.windows for _, closes in some), default=0)

    def _room(self, site: int, opens: int, closes: int) -> int:
        since = max(opens, self.start[site])
        until = min(closes, self.length - self.home[site])
        return self.room(site, until - since)

    def room(self, site: int, minutes: int) -> int:
        """Return for how many pupils a stay of so many minutes has time; 0 when for none."""
        left = minutes - self.fixed[site]
        if left < 0:
            return 0
        pace = self.pace[site]
        return left // pace * self.kits if pace else UNLIMITED


class SearchData:
    """Everything the search looks up; see the attributes set in `__init__`."""

    def __init__(self, problem: VisitProblem) -> None:
        # Fewest pupils are asked to the last hundredth, which pooling may round otherwise.
        exact = problem.limit(FewestPupils) is not None
        self.problem = problem = problem if exact else pooled(problem)
        self.price = problem.price
        self.forecasts = [SiteForecast(problem, site) for site in range(len(problem.sites))]
        self.visits_per_day = problem.limit(VisitsPerDay) or UNLIMITED
        self.driving_limit = _or_unlimited(problem.limit(DrivingLimit))
        self.spacing = problem.limit(Spacing) or 1
        self.teams_at_once = problem.limit(TeamsAtOnce) or UNLIMITED
        self.fewest = EXPECTED * (problem.limit(FewestPupils) or 0)
        self.budgets = list(problem.all_of(TeamDayBudget))
        self.floors = {floor.district: 0 for floor in problem.all_of(Floor)}
        for floor in problem.all_of(Floor):
            self.floors[floor.district] += EXPECTED * floor.pupils
        self.dates = list(problem.all_of(ReachedBy))
        self.waiting = [
            [site.waiting(day) for day in range(problem.days)] for site in problem.sites
        ]
        self.shut = {(rule.team, rule.site) for rule in problem.all_of(Forbidden)}
        self.whole = {rule.site for rule in problem.all_of(OneVisit)}
        self.most_visits = self._most_visits()
        self.team_days = self._team_days()
        self.number = {(td.team, td.day): n for n, td in enumerate(self.team_days)}
        self.pins = self._pins()
        self.announced = self._announced()
        self.serving = self._serving()
        self.days = [list(numbers_of_day) for numbers_of_day in self.serving]
        self.called_before = [
            any(group.stayed_away for group in site.groups) for site in problem.sites
        ]
        self.teams_differ = any(len(set(held)) > 1 for held in problem.held)  # in visits that fail
        self.has_soft_goals = bool(self.floors or self.dates)
        self.served = [site for site, days in enumerate(self.serving) if days]
        self.near = self._near()
        self.pupils = [max(waiting, default=0) for waiting in self.waiting]
        self.dearest = [
            PUPIL
            // EXPECTED
            * max((self.price.weight(g.priority) for g in site.groups), default=0)
            // 10
            for site in problem.sites
        ]
        self.density = [self._density(site) for site in range(len(problem.sites))]
        self.restricts_calls = (
            bool(self.fewest) or self.spacing > 1 or bool(self.teams_at_once < UNLIMITED)
        )

    def _most_visits(self) -> list[int]:
        """Return for each site how many visits may still be planned."""
        limit = _or_unlimited(self.problem.limit(VisitsPerSite))
        most = [limit - len(site.held) for site in self.problem.sites]
        for site in self.whole:
            most[site] = min(most[site], 1 - len(self.problem.sites[site].held))
        return most

    def _team_days(self) -> list[TeamDay]:
        problem, alike = self.problem, {}
        cap = _or_unlimited(problem.limit(KitDayCap))
        sessions: dict[object, int] = {}  # every combination of hours of all sites, by number
        hours_of_day = [
            sessions.setdefault(tuple(site.sessions[day] for site in problem.sites), len(sessions))
            for day in range(problem.days)
        ]
        found = []
        for day in range(problem.today, problem.days):
            for number, team in enumerate(problem.teams):
                shift = team.shifts[day]
                if shift is None or not problem.can_work(number, day):
                    continue
                key = number, shift, team.breaks[day], team.kits[day], hours_of_day[day]
                if key not in alike:
                    clock = Clock(shift, team.breaks[day])
                    alike[key] = Hours(problem, number, day, clock, cap), clock
                if alike[key][1].length < 1:  # a pause that covers the shift
                    continue
                found.append(TeamDay(number, day, *alike[key]))
        return found

    def _pins(self) -> dict[tuple[int, int], Pinned]:
        """Return pinned visits by team-day and site, where hours and distance allow them."""
        pins: dict[tuple[int, int], Pinned] = {}
        for pin in self.problem.all_of(Pinned):
            number = self.number.get((pin.team, pin.day))
            if number is None or not self.can_go(number, pin.site):
                continue
            other = pins.get((number, pin.site), pin)
            both = attrs.evolve(
                pin,
                start=pin.start if other.start is None else other.start,
                pupils=max(pin.pupils, other.pupils),
            )
            if both.start is None or self._window(number, pin.site, both.start):
                pins[number, pin.site] = both
        return pins

    def _window(self, number: int, site: int, start: int) -> tuple[int, int] | None:
        """Return minutes on the clock from *start* to the end of the session, None without one."""
        td = self.team_days[number]
        clock = td.clock
        if not clock.begin <= start <= clock.end:
            return None
        closings = [
            clock.worked(closes)
            for opens, closes in self.problem.sites[site].sessions[td.day]
            if opens <= start <= closes
        ]
        return (clock.worked(start), max(closings)) if closings else None

    def _announced(self) -> list[dict[int, tuple[int, int]]]:
        """Return for each team-day the stays that begin at an announced minute: (from, until)."""
        announced: list[dict[int, tuple[int, int]]] = [{} for _ in self.team_days]
        for (number, site), pin in self.pins.items():
            if pin.start is not None and (window := self._window(number, site, pin.start)):
                announced[number][site] = window
        return announced

    def give_up(self, number: int, site: int) -> None:
        """Make nothing more of a pin that cannot be kept."""
        del self.pins[number, site]
        self.announced[number].pop(site, None)

    def _serving(self) -> list[dict[int, list[int]]]:
        """Return for each site the team-days that can go there while somebody waits, by day."""
        serving: list[dict[int, list[int]]] = [{} for _ in self.problem.sites]
        for number, td in enumerate(self.team_days):
            for site, (room, _) in td.hours.lone.items():
                waiting = self.waiting[site][td.day]
                enough = waiting > 0 and (site not in self.whole or room >= waiting)
                if enough and self.can_go(number, site):
                    serving[site].setdefault(td.day, []).append(number)
        return serving

    def can_go(self, number: int, site: int) -> bool:
        """Return whether a team-day may go to a site, alone and whoever waits there."""
        td, place = self.team_days[number], self.problem.sites[site]
        if site not in td.hours.lone or (td.team, site) in self.shut:
            return False
        near = any(abs(td.day - day) < self.spacing for day in place.held)
        return not near and td.hours.lone[site][1] <= self.driving_limit

    def _density(self, site: int) -> float:
        """Return pupils for each minute of a day that goes to this site only."""
        if not self.serving[site]:
            return 0.0
        first = next(iter(self.serving[site].values()))
        hours = self.team_days[first[0]].hours
        rounds = -(-self.pupils[site] // hours.kits)
        minutes = hours.lone[site][1] + hours.fixed[site] + hours.pace[site] * rounds
        return self.pupils[site] / max(minutes, 1)

    def _near(self) -> list[list[int]]:
        """Return for each site the sites nearest to it that can be served, itself first."""
        rows = self.problem.travel[0][: len(self.problem.sites)]
        return [nsmallest(_NEAREST, self.served, key=row.__getitem__) for row in rows]

    def unreached(self, site: int, calls: Calls) -> int:
        """Return hundredths of pupils of *site* missing to dates by which all are called."""
        place, missing = self.problem.sites[site], 0
        for date in self.dates:
            if date.district == place.district:
                missing += _unreached(
                    place,
                    [(call[0], call[1]) for call in calls if call[0] <= date.day],
                    date.day,
                    self.problem.luck.never,
                )
        return missing


_NEAREST = 40


def pooled(problem: VisitProblem) -> VisitProblem:
    """
    Return the problem with groups that count and are at school alike made one.

    Where repeated calls bring as many as first ones and waiting costs nothing, that changes the
    value of a plan by rounding only. Else it matters a little which group is called first (0.1 to
    0.2 % of the value in the sample regency), and the search is a quarter faster without telling
    them apart.
    """
    sites = []
    for site in problem.sites:
        alike: dict[tuple[int, frozenset[int]], list[Group]] = {}
        for group in site.groups:
            key = problem.price.weight(group.priority), group.away
            alike.setdefault(key, []).append(group)
        sites.append(attrs.evolve(site, groups=tuple(map(_joined, alike.values()))))
    return attrs.evolve(problem, sites=tuple(sites))


def _joined(groups: list[Group]) -> Group:
    arrivals: dict[int, int] = defaultdict(int)
    for group in groups:
        for day, pupils in group.arrivals:
            arrivals[day] += pupils
    away = zip_longest(*(group.stayed_away for group in groups), fillvalue=0)
    return attrs.evolve(
        groups[0],
        arrivals=tuple(sorted(arrivals.items())),
        stayed_away=tuple(map(sum, away)),
    )


def _or_unlimited(limit: int | None) -> int:
    return UNLIMITED if limit is None else limit


def _unreached(site: Site, calls: list[tuple[int, int]], by: int, never: int) -> int:
    new: dict[bool, int] = defaultdict(int)  # pupils never called before, by whether called now
    for group in site.groups:
        called_before = sum(group.stayed_away)
        last = max((day for day, _ in calls if day not in group.away), default=None)
        met = 0 if last is None else max(group.arrived(last) - called_before, 0)
        new[True] += met
        new[False] += max(group.arrived(by) - called_before, 0) - met
    come = new[True] * site.turnout * (1_000 - never) // 10_000
    return EXPECTED * new[False] + max(come - EXPECTED * sum(room for _, room in calls), 0)
