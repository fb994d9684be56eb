"""Where and when a team can stay: the sessions of each day, reduced to what a lone visit leaves."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

from school_ektp.planning.constraints import DrivingLimit, Forbidden
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.schedule import Clock

Span: TypeAlias = tuple[int, int, int]  # site, first minute of a stay, last minute of a stay


class Hours:
    """
    The spans of all team-days, those with the same hours worked out once.

    Minutes are worked minutes since the shift began, so breaks need no thought.
    """

    def __init__(self, problem: VisitProblem) -> None:
        self.problem = problem
        self._forbidden = {(r.team, r.site) for r in problem.all_of(Forbidden)}
        self._driving = problem.limit(DrivingLimit)
        self._known: dict[object, tuple[Span, ...]] = {}

    @cached_property
    def team_days(self) -> tuple[tuple[int, int], ...]:
        """All (team, day) on which the team can go out."""
        problem = self.problem
        return tuple(
            (team, day)
            for team in range(len(problem.teams))
            for day in range(problem.days)
            if problem.can_work(team, day)
        )

    @cached_property
    def same_sessions(self) -> tuple[int, ...]:
        """For each day the first one on which every site has the same sessions."""
        first: dict[object, int] = {}
        days = zip(*(site.sessions for site in self.problem.sites), strict=True)
        found = [first.setdefault(sessions, day) for day, sessions in enumerate(days)]
        return tuple(found) or (0,) * self.problem.days

    def key(self, team: int, day: int) -> object:
        """Return what the hours of a team-day follow from."""
        who = self.problem.teams[team]
        return team, who.shifts[day], who.breaks[day], self.same_sessions[day]

    def spans(self, team: int, day: int) -> tuple[Span, ...]:
        """
        Return every site with pupils and session that has time for a lone visit.

        The drives out and home are taken off, and one pupil at least can be recorded.
        """
        key = self.key(team, day)
        if key not in self._known:
            self._known[key] = tuple(self._find(team, day))
        return self._known[key]

    def _find(self, team: int, day: int) -> list[Span]:
        who = self.problem.teams[team]
        clock, drive = Clock(who.shifts[day] or (0, 0), who.breaks[day]), self.problem.travel
        found = []
        for number, site in enumerate(self.problem.sites):
            out, home = drive[who.travel][who.start][number], drive[who.travel][number][who.end]
            if (team, number) in self._forbidden or not site.groups:
                continue
            if self._driving is not None and out + home > self._driving:
                continue
            least = who.setup[number] + who.minutes_per_pupil[number] + who.packdown[number]
            for session in site.sessions[day]:
                window = clock.window(session)
                if window is None:
                    continue
                since, until = max(window[0], out), min(window[1], clock.length - home)
                if until - since >= least:
                    found.append((number, since, until))
        return found
