"""Visits laid out minute by minute, written apart from the search so that tests can trust them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from school_ektp.planning.problem import Crew, VisitProblem, Window, recording_minutes
from school_ektp.planning.solution import SiteVisit


def moment_after(clock: int, minutes: int, breaks: Iterable[Window]) -> int:
    """Return the first minute by which *minutes* have been worked since *clock*."""
    for opens, closes in sorted(breaks):
        if closes <= clock:
            continue
        free = max(opens - clock, 0)
        if minutes <= free:
            break
        minutes -= free
        clock = closes
    return clock + minutes


def stay_minutes(crew: Crew, day: int, site: int, pupils: int) -> int:
    """Return the working minutes of a stay in which *pupils* pass the kits."""
    return (
        crew.setup[site]
        + recording_minutes(
            pupils, kits=crew.kits[day], minutes_per_pupil=crew.minutes_per_pupil[site]
        )
        + crew.packdown[site]
    )


def called_for(
    recorded: Sequence[int], waiting: Sequence[int], *, turnout: int
) -> tuple[int, ...] | None:
    """
    Return the fewest pupils to call so that *recorded* of each group can be expected.

    Args:
        recorded: Pupils to record, for each group.
        waiting: Pupils who can be called, for each group; the answer stays within.
        turnout: Percent of those called who come.

    Returns:
        Pupils to call for each group, early groups filled first; None if too few wait.
    """
    called = list(recorded)
    if any(some > most for some, most in zip(called, waiting, strict=True)):
        return None
    for upto in range(len(called)):
        missing = -(-100 * sum(recorded[: upto + 1]) // turnout) - sum(called[: upto + 1])
        for group in range(upto + 1):
            extra = min(max(missing, 0), waiting[group] - called[group])
            called[group] += extra
            missing -= extra
        if missing > 0:
            return None
    return tuple(called)


def waiting_at(problem: VisitProblem, day: int, site: int) -> tuple[int, ...]:
    """Return who can be called on *day* for each group of a site nobody has visited yet."""
    return tuple(
        0 if day in group.away else group.arrived(day) for group in problem.sites[site].groups
    )


def in_order(pupils: int, waiting: Iterable[int]) -> tuple[int, ...]:
    """Share *pupils* among groups in their order, each as full as it can be."""
    shares = []
    for most in waiting:
        share = min(pupils, most)
        shares.append(share)
        pupils -= share
    return tuple(shares)


def lone_visit(
    problem: VisitProblem, *, crew: int, day: int, site: int, most: int | None = None
) -> SiteVisit | None:
    """
    Return the earliest visit of a crew that goes to one site only, with all the pupils it can.

    At most *most* are recorded if it is given; rules of the problem are not looked at.

    Returns:
        The visit, or None if not one pupil can be recorded.
    """
    team, place = problem.crews[crew], problem.sites[site]
    shift = team.shifts[day]
    if shift is None or not team.works(day):
        return None
    matrix, breaks = problem.travel[team.travel], team.breaks[day]
    waiting = waiting_at(problem, day, site)
    arrive = moment_after(shift[0], matrix[team.start][site], breaks)
    limit = sum(waiting) if most is None else min(most, sum(waiting))
    for pupils in range(limit, 0, -1):
        recorded = in_order(pupils, waiting)
        called = called_for(recorded, waiting, turnout=place.turnout)
        if called is None:
            continue
        stay = stay_minutes(team, day, site, pupils if problem.overbook else sum(called))
        for opens, closes in place.sessions[day]:
            start = max(arrive, opens)
            end = moment_after(start, stay, breaks)
            home = moment_after(end, matrix[site][team.end], breaks)
            if end <= closes and home <= shift[1]:
                return SiteVisit(
                    day=day,
                    crew=crew,
                    start=start,
                    site=site,
                    arrive=arrive,
                    end=end,
                    called=called,
                    recorded=recorded,
                )
    return None
