"""
A team-day as someone asks for it, whether it fits or not: for the judge to look at.

`planning.schedule` and `planning.edit` answer only with what fits; these answer always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from school_ektp.planning.problem import VisitProblem, Window, recording_minutes
from school_ektp.planning.solution import SiteVisit
from school_ektp.planning.schedule import Stay, after_work, timetable
from school_ektp.planning.waiting import callable_pupils, share_out

__all__ = ["Stay", "forced_call", "forced_times"]

LAST_MINUTE = 24 * 60 - 1
MORNING = 7 * 60 + 30  # when neither a shift nor a session says when a day begins


class Asked(Protocol):
    """Where and when a visit is asked for."""

    @property
    def crew(self) -> int:
        """Who goes."""

    @property
    def day(self) -> int:
        """When."""

    @property
    def site(self) -> int:
        """Where."""

    @property
    def start(self) -> int:
        """Minute it begins, for its turn among the visits of the day."""


def forced_call(
    problem: VisitProblem, others: Iterable[SiteVisit], asked: Asked, pupils: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """
    Return pupils called and recorded per group so that *pupils* are recorded.

    Those who wait come first; if they are too few, more are called than wait, in the last group
    that is at school, and the judge will say so.

    Args:
        problem: What the plan answers.
        others: The other visits to the site.
        asked: The visit.
        pupils: How many it is to record.
    """
    site = problem.sites[asked.site]
    room = callable_pupils(site, others, day=asked.day)
    shared = share_out(site, room, pupils, overbook=problem.overbook)
    called, recorded = list(shared[0]), list(shared[1])
    missing = pupils - sum(recorded)
    if missing > 0 and called:
        there = [n for n, group in enumerate(site.groups) if asked.day not in group.away]
        group = max(there, default=len(called) - 1)
        recorded[group] += missing
        for last in range(group, len(called)):  # those called up to here must yield as many
            wanted = -(-sum(recorded[: last + 1]) * 100 // site.turnout)
            called[group] += max(wanted - sum(called[: last + 1]), 0)
    return tuple(called), tuple(recorded)


def forced_times(
    problem: VisitProblem, crew: int, day: int, stays: Sequence[tuple[int, int]]
) -> tuple[Stay, ...]:
    """
    Return times for stays at (site, pupils) in this order, past sessions and shift if need be.

    Args:
        problem: What the plan answers.
        crew: Who goes; its day may be off.
        day: When.
        stays: Sites and how many pupils there is to be time for.
    """
    worked = [(site, _minutes(problem, crew, day, site, pupils)) for site, pupils in stays]
    times = timetable(problem, crew, day, worked)
    if len(times.stays) == len(stays):
        return times.stays
    who = problem.teams[crew]
    drive, breaks = problem.travel[who.travel], who.breaks[day]
    shift = who.shifts[day]
    here, clock = who.start, shift[0] if shift else _opening(problem, stays[0][0], day)
    found: list[Stay] = []
    for site, minutes in worked:
        there = after_work(clock, drive[here][site], breaks)
        start = max(there, _opens(problem.sites[site].sessions[day], there))
        end = after_work(start, minutes, breaks)
        found.append(_within_the_day(Stay(there if found else start, start, end)))
        here, clock = site, end
    return tuple(found)


def _minutes(problem: VisitProblem, crew: int, day: int, site: int, pupils: int) -> int:
    """Return the minutes of a stay, on a day without kits as on the best day."""
    who = problem.teams[crew]
    recording = recording_minutes(
        pupils,
        kits=who.kits[day] or max(*who.kits, 1),
        minutes_per_pupil=who.minutes_per_pupil[site],
    )
    return who.setup[site] + recording + who.packdown[site]


def _opening(problem: VisitProblem, site: int, day: int) -> int:
    return min((opens for opens, _ in problem.sites[site].sessions[day]), default=MORNING)


def _opens(sessions: Sequence[Window], moment: int) -> int:
    """Return the opening of the session that *moment* lies in, or of the first one to come."""
    return min((opens for opens, closes in sessions if closes > moment), default=moment)


def _within_the_day(stay: Stay) -> Stay:
    return Stay(*(min(minute, LAST_MINUTE) for minute in (stay.arrive, stay.start, stay.end)))
