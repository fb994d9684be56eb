"""One crew-day in minutes: the earliest times at which a sequence of stays can be made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from school_ektp.planning.problem import Crew, VisitProblem, Window, recording_minutes


@attrs.frozen
class Stay:
    """
    When a crew is at a site.

    Attributes:
        arrive: Minute it reaches the site.
        start: Minute set-up begins.
        end: Minute pack-down is done.
    """

    arrive: int
    start: int
    end: int


@attrs.frozen
class Timetable:
    """
    The earliest times of a sequence of stays.

    Attributes:
        stays: One for each site visited, as far as they could be placed.
        home: Minute at which the crew is back.
        late: Minutes by which the crew is back after its shift; 0 when in time.
        refused: Place in the sequence of the first stay that no session holds, or None.
    """

    stays: tuple[Stay, ...]
    home: int
    late: int
    refused: int | None = None

    @property
    def holds(self) -> bool:
        """Whether every stay has its session and the crew is home in time."""
        return self.refused is None and self.late == 0


def after_work(start: int, minutes: int, breaks: Sequence[Window]) -> int:
    """
    Return when *minutes* of work begun at *start* are done, pausing in breaks.

    Args:
        start: Minute of the day.
        minutes: Minutes of work.
        breaks: Windows in which nothing moves, ascending and apart.
    """
    done = start + minutes
    for begin, end in breaks:
        if end <= start:
            continue
        if done <= begin:
            break
        done += end - max(begin, start)
    return done


def stay_minutes(problem: VisitProblem, crew: int, day: int, site: int, pupils: int) -> int:
    """Return the working minutes of a stay that records *pupils*."""
    who = problem.crews[crew]
    recording = recording_minutes(
        pupils, kits=who.kits[day], minutes_per_pupil=who.minutes_per_pupil[site]
    )
    return who.setup[site] + recording + who.packdown[site]


def timetable(
    problem: VisitProblem, crew: int, day: int, stays: Sequence[tuple[int, int]]
) -> Timetable:
    """
    Return the earliest times for (site, working minutes) in the given order.

    Being early never makes a later stay later, so the earliest times hold whenever any do.
    The first drive begins as late as it can without delaying the first stay.
    """
    who = problem.crews[crew]
    shift = who.shifts[day]
    if shift is None:
        return Timetable((), 0, 0, refused=0)
    drive, breaks = problem.travel[who.travel], who.breaks[day]
    placed: list[Stay] = []
    here, clock = who.start, shift[0]
    for site, minutes in stays:
        arrive = after_work(clock, drive[here][site], breaks)
        stay = _first_stay(problem.sites[site].sessions[day], arrive, minutes, breaks)
        if stay is None:
            return Timetable(tuple(placed), clock, 0, refused=len(placed))
        placed.append(stay if placed else attrs.evolve(stay, arrive=stay.start))
        here, clock = site, stay.end
    home = after_work(clock, drive[here][who.end], breaks)
    return Timetable(tuple(placed), home, max(home - shift[1], 0))


def overrun(problem: VisitProblem, crew: int, day: int, stays: Sequence[tuple[int, int]]) -> int:
    """
    Return by how many minutes the day is too short for (site, working minutes) in this order.

    If the sessions and the shift ended so much later, the stays would hold.
    """
    who = problem.crews[crew]
    opening, closing = who.shifts[day] or (0, 0)
    drive, breaks = problem.travel[who.travel], who.breaks[day]
    here, clock, short = who.start, opening, 0
    for site, minutes in stays:
        arrive = after_work(clock, drive[here][site], breaks)
        ends = [
            (after_work(max(arrive, opens), minutes, breaks), closes)
            for opens, closes in problem.sites[site].sessions[day]
        ]
        here, clock = site, min(ends, key=lambda end: max(end[0] - end[1], short))[0]
        short = max(short, min(end - closes for end, closes in ends))
    home = after_work(clock, drive[here][who.end], breaks)
    return max(short, home - closing)


def _first_stay(
    sessions: Sequence[Window], arrive: int, minutes: int, breaks: Sequence[Window]
) -> Stay | None:
    for opening, closing in sessions:
        start = max(arrive, opening)
        end = after_work(start, minutes, breaks)
        if end <= closing:
            return Stay(arrive, start, end)
    return None


def driving_minutes(problem: VisitProblem, crew: Crew, sites: Sequence[int]) -> int:
    """Return the minutes driven from the crew's start over *sites* to its end."""
    drive = problem.travel[crew.travel]
    places = [crew.start, *sites, crew.end]
    return sum(drive[a][b] for a, b in pairwise(places))
