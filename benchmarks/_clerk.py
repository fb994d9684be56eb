"""
The hand rule of CLOSED-LOOP, the contender to beat: a clerk with a list and no solver.

Each day, each team in turn goes from where it stands to the open school that records most per
minute, until nothing fits and all are home in time. The clerk sees each evening who came, knows
in the morning which days are lost, and learns of a school's outage on arrival.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import attrs
from _world import Outing, Played, Rates, Season, worked

from school_ektp.planning.problem import VisitProblem, Window

AGAIN = 0.7 / 0.85  # the clerk's guess for a later visit, as a share of a first one
OVERHEAD = 15  # minutes that each choice is taken to cost beside its own


@attrs.frozen(kw_only=True)
class Habits:
    """
    The settings of a clerk.

    Attributes:
        again: Expected pupils that a later visit needs.
        gap: Days that a school is left alone after a visit.
        final: Share of the season after which `least`, `least_gap` and `day_final` hold instead.
        least: `again` in the last part of the season.
        least_gap: `gap` in the last part of the season.
        day: Expected pupils for which a team goes out.
        day_final: `day` in the last part of the season.
    """

    again: int
    gap: int
    final: float
    least: int
    least_gap: int
    day: int
    day_final: int


CLERKS: Mapping[str, Habits] = {
    "A": Habits(again=15, gap=12, final=0.8, least=4, least_gap=6, day=20, day_final=8),
    "B": Habits(again=25, gap=14, final=0.85, least=3, least_gap=5, day=20, day_final=8),
    "C": Habits(again=12, gap=25, final=0.85, least=5, least_gap=10, day=25, day_final=12),
}


@attrs.frozen(kw_only=True)
class Choice:
    """A stay that the clerk thinks of."""

    site: int
    arrive: int
    start: int
    end: int
    expected: float


@attrs.frozen
class Standing:
    """Where a team is, and since when."""

    node: int
    minute: int


class Clerk:
    """A clerk with habits, in a season."""

    def __init__(self, season: Season, habits: Habits, turnout: float) -> None:
        self.season, self.habits, self.turnout = season, habits, turnout
        self.problem = season.problem

    def play(self) -> None:
        """Play the season to its end."""
        for day in range(self.problem.days):
            dark: set[int] = set()  # schools whose outage was met today
            for number, team in enumerate(self.problem.teams):
                if team.works(day) and not self.season.lost(number, day):
                    self._day(number, day, dark)

    def _day(self, team: int, day: int, dark: set[int]) -> None:
        shift = self.problem.teams[team].shifts[day]
        assert shift is not None
        base = Standing(self.problem.teams[team].start, shift[0])
        open_sites = self._open(day)
        route = self._route(team, day, base, open_sites, dark)
        if sum(choice.expected for choice in route) < self._least_day(day):
            return
        outing = Outing(self.season, team, day)
        while route:
            choice = route.pop(0)
            open_sites.pop(choice.site)
            if outing.reach(choice.site, choice.arrive):
                outing.stay(choice.start, choice.end)
            else:
                dark.add(choice.site)
                here = Standing(choice.site, choice.arrive)
                route = self._route(team, day, here, open_sites, dark)
        outing.home()

    def _late(self, day: int) -> bool:
        return day >= self.habits.final * self.problem.days

    def _least_day(self, day: int) -> int:
        return self.habits.day_final if self._late(day) else self.habits.day

    def _open(self, day: int) -> dict[int, float]:
        """Return the schools worth a visit on a day, with the pupils expected there."""
        habits, late = self.habits, self._late(day)
        gap, least = (habits.least_gap, habits.least) if late else (habits.gap, habits.again)
        found = {}
        for site in range(len(self.problem.sites)):
            held = self.season.held[site]
            if not self.problem.sites[site].sessions[day] or (held and day - held[-1] < gap):
                continue
            share = self.turnout * (AGAIN if held else 1)
            expected = self.season.waiting(site, day) * share
            if expected >= (least if held else 1):
                found[site] = expected
        return found

    def _route(
        self,
        team: int,
        day: int,
        here: Standing,
        open_sites: Mapping[int, float],
        dark: Collection[int],
    ) -> list[Choice]:
        """Return the stays from where a team stands, the best per minute next."""
        route: list[Choice] = []
        left = {site: pupils for site, pupils in open_sites.items() if site not in dark}
        while left:
            found = [self._choice(team, day, here, site, left[site]) for site in left]
            fitting = [choice for choice in found if choice is not None]
            if not fitting:
                break
            minute = here.minute
            best = max(fitting, key=lambda c: c.expected / (c.end - minute + OVERHEAD))
            route.append(best)
            del left[best.site]
            here = Standing(best.site, best.end)
        return route

    def _choice(
        self, team: int, day: int, here: Standing, site: int, expected: float
    ) -> Choice | None:
        """Return the stay at a school if there is time for somebody, else None."""
        who = self.problem.teams[team]
        drive, breaks, kits = self.problem.travel[who.travel], who.breaks[day], who.kits[day]
        shift = who.shifts[day]
        assert shift is not None
        least = 1 if not self.season.held[site] else self._least_again(day)
        arrive = done_at(here.minute, drive[here.node][site], breaks)
        leave_by = begun_at(shift[1], drive[site][who.end], breaks)
        fixed = who.setup[site] + who.packdown[site]
        for opens, closes in self.problem.sites[site].sessions[day]:
            start, until = max(arrive, opens), min(closes, leave_by)
            if start >= until:
                continue
            rounds = (worked(start, until, breaks) - fixed) // who.minutes_per_pupil[site]
            pupils = min(expected, rounds * kits)
            if pupils >= least:
                minutes = fixed + who.minutes_per_pupil[site] * math.ceil(pupils / kits)
                end = done_at(start, minutes, breaks)
                return Choice(site=site, arrive=arrive, start=start, end=end, expected=pupils)
        return None

    def _least_again(self, day: int) -> int:
        return self.habits.least if self._late(day) else self.habits.again


def done_at(start: int, minutes: int, breaks: Sequence[Window]) -> int:
    """Return when work begun at a minute is done, pausing in breaks."""
    end = start + minutes
    for a, b in breaks:
        if start < b and a < end:
            end += b - max(a, start)
    return end


def begun_at(end: int, minutes: int, breaks: Sequence[Window]) -> int:
    """Return when work must begin to be done by a minute, pausing in breaks."""
    start = end - minutes
    for a, b in reversed(breaks):
        if a < end and start < b:
            start -= min(b, end) - a
    return start


def play_by_hand(problem: VisitProblem, rates: Rates, seed: int, habits: Habits) -> Played:
    """Return what a clerk makes of the season of a seed."""
    season = Season(problem, rates, seed)
    Clerk(season, habits, problem.sites[0].turnout / 1_000).play()
    return season.played()
