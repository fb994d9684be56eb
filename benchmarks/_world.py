"""
A world in which a season is played day by day, after CLOSED-LOOP: pupils are told apart.

It shares no code with the library's expectation or simulation, and checks every leg and session
for itself. Luck is keyed by school, day and pupil: whoever plays the season of a seed meets the
same lost days, the same outages, and the same pupils on the same day.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from school_ektp.model.risks import Risks
from school_ektp.planning.problem import Luck, VisitProblem, Window
from school_ektp.planning.solution import SiteVisit
from school_ektp.planning.state import SeasonState, StillWaiting

WEEK = 7


@attrs.frozen(kw_only=True)
class Rates:
    """How a world draws: shares who come, spread of a visit, and what fails how often."""

    first: float = 0.85
    again: float = 0.6
    spread: float = 0.08
    never: float = 0.02
    day_lost: float = 0.02
    system_down: float = 0.01
    outage: float = 0.03

    @property
    def risks(self) -> Risks:
        """The same rates as an office would put them in."""
        return Risks(
            turnout=self.first,
            turnout_again=self.again,
            never=self.never,
            turnout_spread=self.spread,
            pace_spread=0.0,
            day_lost=self.day_lost,
            system_down=self.system_down,
            outage=self.outage,
        )

    @property
    def luck(self) -> Luck:
        """The same rates as planning knows them, but the shares who come."""
        return Luck(
            never=round(1_000 * self.never),
            turnout_spread=round(1_000 * self.spread),
            day_lost=round(1_000 * self.day_lost),
            system_down=round(1_000 * self.system_down),
            outage=round(1_000 * self.outage),
        )


@attrs.define
class Pupil:
    """One pupil of one school: when he began to wait, and what has happened to him."""

    group: int
    arrived: int
    never: bool
    absences: int = 0
    called_on: int = -1
    recorded_on: int = -1


@attrs.frozen(kw_only=True)
class Played:
    """
    What a season came to.

    Attributes:
        recorded: Pupils recorded.
        weeks: Weeks waited, mean over all pupils; those never recorded wait to the deadline.
        team_days: Days on which a team set out.
        visits: Visits for which a team set out.
        hours: Hours driven.
        most: Most visits to one school.
        often: Share of schools with more than four visits.
        idle: Weeks in which a team stayed at home while a school waited for its first visit.
    """

    recorded: int
    weeks: float
    team_days: int
    visits: int
    hours: float
    most: int
    often: float
    idle: int


class Season:
    """The season of one seed, as far as it has been played."""

    def __init__(self, problem: VisitProblem, rates: Rates, seed: int) -> None:
        self.problem, self.rates, self.seed = problem, rates, seed
        self.pupils = [self._pupils(site) for site in range(len(problem.sites))]
        self.arrived = [
            [_running(group.arrivals, problem.days) for group in site.groups]
            for site in problem.sites
        ]
        self.recorded = [[0] * len(site.groups) for site in problem.sites]
        self.held: list[list[int]] = [[] for _ in problem.sites]
        self.tried: list[list[int]] = [[] for _ in problem.sites]
        self.out: list[set[int]] = [set() for _ in problem.teams]
        self.driven = 0
        self._lost, self._dark = self._failures()

    def _pupils(self, site: int) -> list[Pupil]:
        """Return the pupils of a school in the order in which a visit calls them."""
        groups = self.problem.sites[site].groups
        order = sorted(
            (group.priority, day, number)
            for number, group in enumerate(groups)
            for day, pupils in group.arrivals
            for _ in range(pupils)
        )
        draw = random.Random(f"never {self.seed} {site}").random
        return [Pupil(number, day, draw() < self.rates.never) for _, day, number in order]

    def _failures(self) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """Return the (team, day) that are lost and the (site, day) without power or signal."""
        teams, sites, days = map(
            range, (len(self.problem.teams), len(self.problem.sites), self.problem.days)
        )
        draw, rates = random.Random(f"failures {self.seed}").random, self.rates
        lost, dark = set(), set()
        for day in days:
            down = draw() < rates.system_down
            broken = [draw() < rates.day_lost for _ in teams]
            lost |= {(team, day) for team in teams if down or broken[team]}
            dark |= {(site, day) for site in sites if draw() < rates.outage}
        return lost, dark

    def lost(self, team: int, day: int) -> bool:
        """Return whether a team cannot go out on a day, which it knows in the morning."""
        return (team, day) in self._lost

    def dark(self, site: int, day: int) -> bool:
        """Return whether a school has no power or signal on a day."""
        return (site, day) in self._dark

    def waiting(self, site: int, day: int) -> int:
        """Return how many wait at a school and are there on a day."""
        return sum(
            arrived[day] - done
            for group, arrived, done in zip(
                self.problem.sites[site].groups,
                self.arrived[site],
                self.recorded[site],
                strict=True,
            )
            if day not in group.away
        )

    def call(self, site: int, day: int, room: int) -> None:
        """Call all who wait; those who come are recorded as long as there is room."""
        draw = random.Random(f"{self.seed} {site} {day}")
        factor, groups = draw.gauss(1.0, self.rates.spread), self.problem.sites[site].groups
        first, again, chance = self.rates.first, self.rates.again, draw.random
        for pupil in self.pupils[site]:
            luck = chance()
            if pupil.recorded_on >= 0 or pupil.arrived > day or day in groups[pupil.group].away:
                continue
            before = pupil.absences - (pupil.called_on == day)
            if pupil.never or luck >= factor * (again if before else first):
                pupil.absences += pupil.called_on != day  # two teams on one day call once
                pupil.called_on = day
            elif room > 0:
                room -= 1
                pupil.recorded_on = day
                self.recorded[site][pupil.group] += 1
        self.held[site].append(day)

    def state(self, today: int) -> SeasonState:
        """Return where the season stands on a morning, as an office sees it."""
        return SeasonState(
            today=today,
            waiting=tuple(self._still_waiting(site, today) for site in range(len(self.pupils))),
            held=tuple(tuple(sorted(set(days))) for days in self.held),
            out=tuple(map(frozenset, self.out)),
        )

    def _still_waiting(self, site: int, today: int) -> tuple[StillWaiting, ...]:
        steps: list[dict[int, int]] = [{} for _ in self.problem.sites[site].groups]
        away: list[dict[int, int]] = [{} for _ in self.problem.sites[site].groups]
        for pupil in self.pupils[site]:
            if pupil.recorded_on < 0 and pupil.arrived < today:
                _count(steps[pupil.group], pupil.arrived)
                _count(away[pupil.group], pupil.absences)
        return tuple(
            StillWaiting(
                arrivals=tuple(sorted(arrivals.items())),
                stayed_away=tuple(times.get(n, 0) for n in range(1, max(times, default=0) + 1)),
            )
            for arrivals, times in zip(steps, away, strict=True)
        )

    def played(self) -> Played:
        """Return what the season came to."""
        last = self.problem.days - 1
        everybody = [pupil for pupils in self.pupils for pupil in pupils]
        ends = [one.recorded_on if one.recorded_on >= 0 else last for one in everybody]
        waited = sum(end - one.arrived for end, one in zip(ends, everybody, strict=True))
        times = [len(days) for days in self.tried]
        return Played(
            recorded=sum(map(sum, self.recorded)),
            weeks=waited / WEEK / max(len(everybody), 1),
            team_days=sum(map(len, self.out)),
            visits=sum(times),
            hours=self.driven / 60,
            most=max(times),
            often=sum(one > 4 for one in times) / len(times),
            idle=self._idle_weeks(),
        )

    def _idle_weeks(self) -> int:
        firsts = [
            min(days, default=self.problem.days)
            for days, pupils in zip(self.tried, self.pupils, strict=True)
            if pupils
        ]
        idle = 0
        for team, out in zip(self.problem.teams, self.out, strict=True):
            for monday in range(0, max(firsts) - WEEK + 1, WEEK):
                week = range(monday, monday + WEEK)
                idle += any(map(team.works, week)) and not out.intersection(week)
        return idle


class Outing:
    """One team on the road on one day; what it does is checked and counted."""

    def __init__(self, season: Season, team: int, day: int) -> None:
        assert day not in season.out[team], "a team goes out once a day"
        self.season, self.number, self.day = season, team, day
        self.team = season.problem.teams[team]
        self.drive = season.problem.travel[self.team.travel]
        self.breaks = self.team.breaks[day]
        shift = self.team.shifts[day]
        assert shift is not None, "the team works"
        assert not season.lost(team, day), "its day is not lost"
        self.clock, self.home_by = shift
        self.here = self.team.start
        season.out[team].add(day)

    def reach(self, site: int, minute: int) -> bool:
        """Drive to a school, arriving by a minute; return whether it has power and signal."""
        self._go(site, minute)
        self.season.tried[site].append(self.day)
        return not self.season.dark(site, self.day)

    def stay(self, start: int, end: int) -> None:
        """Call the pupils of the school that was reached, in a stay that ends as planned."""
        site, team = self.here, self.team
        assert self.clock <= start <= end, "a stay begins after arrival"
        sessions = self.season.problem.sites[site].sessions[self.day]
        assert any(a <= start and end <= b for a, b in sessions), "a stay lies in a session"
        self.clock = end
        minutes = worked(start, end, self.breaks) - team.setup[site] - team.packdown[site]
        room = minutes // team.minutes_per_pupil[site] * team.kits[self.day]
        assert room > 0, "a visit has time for somebody"
        if not self.season.dark(site, self.day):
            self.season.call(site, self.day, room)

    def home(self) -> None:
        """Drive home; the team is back before its shift ends."""
        self._go(self.team.end, self.home_by)

    def _go(self, node: int, minute: int) -> None:
        minutes = self.drive[self.here][node]
        assert self.clock <= minute, "time runs forward"
        assert worked(self.clock, minute, self.breaks) >= minutes, "a leg has its time"
        self.season.driven += minutes
        self.here, self.clock = node, minute


def follow(season: Season, visits: Iterable[SiteVisit]) -> None:
    """Play planned visits as they stand; a team whose day is lost stays at home."""
    days: dict[tuple[int, int], list[SiteVisit]] = {}
    for visit in sorted(visits):
        days.setdefault((visit.day, visit.team), []).append(visit)
    for (day, team), stays in sorted(days.items()):
        if season.lost(team, day):
            continue
        outing = Outing(season, team, day)
        for visit in stays:
            outing.reach(visit.site, visit.arrive)
            outing.stay(visit.start, visit.end)
        outing.home()


def worked(start: int, end: int, breaks: Sequence[Window]) -> int:
    """Return the minutes from *start* to *end* outside breaks, which do not overlap."""
    return end - start - sum(max(min(end, b) - max(start, a), 0) for a, b in breaks)


def _running(arrivals: Iterable[tuple[int, int]], days: int) -> list[int]:
    """Return for each day how many have arrived."""
    ends = [*arrivals, (days, 0)]
    total, counts = 0, [0] * ends[0][0]
    for (day, pupils), (until, _) in pairwise(ends):
        total += pupils
        counts += [total] * (until - day)
    return counts


def _count(counts: dict[int, int], key: int) -> None:
    counts[key] = counts.get(key, 0) + 1
