"""One team-day in minutes: the clock without breaks, and the earliest times of its stays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from school_ektp.planning.problem import FieldTeam, VisitProblem, Window, recording_minutes
from school_ektp.planning.solution import SiteVisit


class Clock:
    """
    Minutes worked since the shift began, and back to minutes of the day.

    While a break lasts no time passes on this clock, so those who plan on it meet no breaks.
    A worked minute at a break's edge is two minutes of the day: what ends there ends
    before the break (`earliest`), what begins there begins after it (`latest`).

    Attributes:
        length: Minutes worked in the whole shift.
    """

    def __init__(self, shift: Window, breaks: tuple[Window, ...]) -> None:
        self.begin, self.end = shift
        self.breaks = _merged(breaks, shift)
        self.length = self.worked(self.end)

    def worked(self, minute: int) -> int:
        """Return the minutes worked before *minute* of the day; none before the shift."""
        inside = min(max(minute, self.begin), self.end)
        lost = sum(min(until, inside) - since for since, until in self.breaks if since < inside)
        return inside - self.begin - lost

    def earliest(self, worked: int) -> int:
        """Return the first minute of the day by which *worked* minutes are done."""
        minute = self.begin + worked
        for since, until in self.breaks:
            if since >= minute:
                break
            minute += until - since
        return minute

    def latest(self, worked: int) -> int:
        """Return the last minute of the day at which no more than *worked* minutes are done."""
        minute = self.begin + worked
        for since, until in self.breaks:
            if since > minute:
                break
            minute += until - since
        return minute

    def window(self, session: Window) -> Window | None:
        """Return *session* on this clock, or None where it misses the shift."""
        if session[1] < self.begin or session[0] > self.end or session[0] > session[1]:
            return None
        return self.worked(session[0]), self.worked(session[1])


def _merged(breaks: tuple[Window, ...], shift: Window) -> list[Window]:
    """Return *breaks* clipped to *shift*, ascending, overlapping ones joined."""
    merged: list[Window] = []
    for since, until in sorted(breaks):
        low, high = max(since, shift[0]), min(until, shift[1])
        if low >= high:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


@attrs.frozen
class Schedule:
    """
    The earliest times of a sequence of stays.

    Attributes:
        visits: One for each stay, as far as they could be placed.
        late: Minutes by which the team is back after its shift; 0 when in time.
        refused: Place in the sequence of the first stay that no session holds, or None.
    """

    visits: tuple[SiteVisit, ...]
    late: int
    refused: int | None = None

    @property
    def holds(self) -> bool:
        """Whether every stay has its session and the team is home in time."""
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


def stay_minutes(problem: VisitProblem, team: int, day: int, site: int, room: int) -> int:
    """Return the working minutes of a stay with room for so many pupils."""
    who = problem.teams[team]
    recording = recording_minutes(
        room, kits=who.kits[day], minutes_per_pupil=who.minutes_per_pupil[site]
    )
    return who.setup[site] + recording + who.packdown[site]


def schedule_day(
    problem: VisitProblem,
    team: int,
    day: int,
    stays: Sequence[tuple[int, int]],
    *,
    not_before: Sequence[int] = (),
) -> Schedule:
    """
    Return the earliest times for stays, each (site, room), in the given order.

    Being early never makes a later stay later, so the earliest times hold whenever any do.
    The first drive begins as late as it can without delaying the first stay.

    Args:
        problem: The problem.
        team: The team.
        day: The day.
        stays: Where the team goes, and for how many pupils.
        not_before: Earliest start of each stay, for those that are announced; none when empty.
    """
    who = problem.teams[team]
    shift = who.shifts[day]
    if shift is None or not who.kits[day]:
        return Schedule((), 0, refused=0)
    drive, breaks = problem.travel[who.travel], who.breaks[day]
    visits: list[SiteVisit] = []
    here, clock = who.start, shift[0]
    for place, (site, room) in enumerate(stays):
        arrive = after_work(clock, drive[here][site], breaks)
        least = max(arrive, not_before[place]) if not_before else arrive
        minutes = stay_minutes(problem, team, day, site, room)
        found = _first_stay(problem.sites[site].sessions[day], least, minutes, breaks)
        if found is None:
            return Schedule(tuple(visits), 0, refused=place)
        start, clock = found
        visits.append(
            SiteVisit(
                day=day,
                team=team,
                start=start,
                site=site,
                arrive=arrive if visits else start,
                end=clock,
                room=room,
            )
        )
        here = site
    home = after_work(clock, drive[here][who.end], breaks)
    return Schedule(tuple(visits), max(home - shift[1], 0))


def _first_stay(
    sessions: Sequence[Window], arrive: int, minutes: int, breaks: Sequence[Window]
) -> tuple[int, int] | None:
    for opening, closing in sessions:
        start = max(arrive, opening)
        end = after_work(start, minutes, breaks)
        if end <= closing:
            return start, end
    return None


def driving_minutes(problem: VisitProblem, team: FieldTeam, sites: Sequence[int]) -> int:
    """Return the minutes driven from the team's start over *sites* to its end."""
    drive = problem.travel[team.travel]
    places = [team.start, *sites, team.end]
    return sum(drive[a][b] for a, b in pairwise(places))
