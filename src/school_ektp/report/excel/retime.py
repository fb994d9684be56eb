"""
A team-day as someone asks for it, whether it fits or not: for the checker to look at.

`planning.schedule` and `planning.edit` answer only with what fits; this answers always.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from school_ektp.planning.problem import VisitProblem, Window, recording_minutes
from school_ektp.planning.schedule import after_work, schedule_day
from school_ektp.planning.solution import SiteVisit

LAST_MINUTE = 24 * 60 - 1
MORNING = 7 * 60 + 30  # when neither a shift nor a session says when a day begins


def forced_day(
    problem: VisitProblem, team: int, day: int, stays: Sequence[tuple[int, int]]
) -> tuple[SiteVisit, ...]:
    """
    Return visits for stays at (site, room) in this order, past sessions and shift if need be.

    The day may be one on which the team is off.
    """
    found = schedule_day(problem, team, day, stays)
    if len(found.visits) == len(stays):
        return found.visits
    who = problem.teams[team]
    drive, breaks = problem.travel[who.travel], who.breaks[day]
    shift = who.shifts[day]
    here, clock = who.start, shift[0] if shift else _opening(problem, stays[0][0], day)
    visits: list[SiteVisit] = []
    for site, room in stays:
        there = after_work(clock, drive[here][site], breaks)
        start = max(there, _opens(problem.sites[site].sessions[day], there))
        end = after_work(start, _minutes(problem, team, day, site, room), breaks)
        arrive = there if visits else start
        visits.append(
            _within_the_day(
                SiteVisit(
                    day=day,
                    team=team,
                    start=start,
                    site=site,
                    arrive=arrive,
                    end=end,
                    room=room,
                )
            )
        )
        here, clock = site, end
    return tuple(visits)


def _minutes(problem: VisitProblem, team: int, day: int, site: int, room: int) -> int:
    """Return the minutes of a stay, on a day without kits as on the best day."""
    who = problem.teams[team]
    recording = recording_minutes(
        room,
        kits=who.kits[day] or max(*who.kits, 1),
        minutes_per_pupil=who.minutes_per_pupil[site],
    )
    return who.setup[site] + recording + who.packdown[site]


def _opening(problem: VisitProblem, site: int, day: int) -> int:
    return min((opens for opens, _ in problem.sites[site].sessions[day]), default=MORNING)


def _opens(sessions: Sequence[Window], moment: int) -> int:
    """Return the opening of the session that *moment* lies in, or of the first one to come."""
    return min((opens for opens, closes in sessions if closes > moment), default=moment)


def _within_the_day(visit: SiteVisit) -> SiteVisit:
    times = {name: min(getattr(visit, name), LAST_MINUTE) for name in ("arrive", "start", "end")}
    return attrs.evolve(visit, **times)
