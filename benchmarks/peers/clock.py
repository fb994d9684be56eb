"""
Team-days for engines that know neither pauses nor hours that change from day to day.

The clock of a team-day stands still in breaks, so pauses vanish from it. Set-up, recording and
pack-down are put into the ways between stops, which makes set-up free between two chunks of one
school. What a day shortens (Fridays, Ramadan) is put into the way home.
"""

from __future__ import annotations

import attrs

from peers.chunks import Chunk
from school_ektp.planning.constraints import KitDayCap
from school_ektp.planning.problem import FieldTeam, VisitProblem, Window, recording_minutes

FAR = 100_000  # minutes: no such way


def worked(minute: int, breaks: tuple[Window, ...]) -> int:
    """Return a minute of the day on the clock that stands still in breaks."""
    return minute - sum(max(min(minute, end) - start, 0) for start, end in breaks)


@attrs.frozen(kw_only=True)
class TeamDay:
    """
    One team on one day.

    Attributes:
        opens: Earliest opening of a school, by the compressed clock.
        closes: For each site the minute it closes, by the compressed clock; None when closed.
        most: Pupils the team may record on the day; None when there is no such limit.
    """

    team: int
    day: int
    shift: Window
    opens: int
    closes: tuple[int | None, ...]
    most: int | None


def team_days(problem: VisitProblem) -> list[TeamDay]:
    """Return all teams and days on which a team works and some school is open."""
    found = []
    for number, team in enumerate(problem.teams):
        for day in range(problem.days):
            windows = [site.sessions[day] for site in problem.sites]
            if problem.can_work(number, day) and any(windows):
                found.append(_team_day(problem, number, team, day))
    return found


def _team_day(problem: VisitProblem, number: int, team: FieldTeam, day: int) -> TeamDay:
    breaks = team.breaks[day]
    shift = team.shifts[day]
    assert shift is not None
    windows = [site.sessions[day] for site in problem.sites]
    assert all(len(one) <= 1 for one in windows), "schools with one session a day"
    opens = {one[0][0] for one in windows if one}
    assert len(opens) == 1, "schools that open at one time"
    return TeamDay(
        team=number,
        day=day,
        shift=(worked(shift[0], breaks), worked(shift[1], breaks)),
        opens=worked(opens.pop(), breaks),
        closes=tuple(worked(one[0][1], breaks) if one else None for one in windows),
        most=_most(problem, team, day),
    )


def _most(problem: VisitProblem, team: FieldTeam, day: int) -> int | None:
    """Return the cap of a day's pupils; None when hours are the tighter limit anyway."""
    caps = [rule.pupils for rule in problem.constraints if isinstance(rule, KitDayCap)]
    kits, shift = team.kits[day], team.shifts[day]
    each = min(team.minutes_per_pupil)
    if not caps or shift is None or caps[0] * each >= shift[1] - shift[0]:
        return None
    return caps[0] * kits


def latest_end(days: list[TeamDay], site: int) -> int:
    """Return the latest closing of a site over all days."""
    return max((day.closes[site] or 0 for day in days), default=0)


@attrs.frozen
class Ways:
    """
    Minutes between the depot (place 0) and the chunks (from 1) on one team-day.

    Attributes:
        minutes: From being done at one place to being done at the next.
        driving: The minutes of them that are driven.
    """

    minutes: tuple[tuple[int, ...], ...]
    driving: tuple[tuple[int, ...], ...]


def ways(problem: VisitProblem, day: TeamDay, chunks: list[Chunk], ends: list[int]) -> Ways:
    """
    Return the ways of a team-day, `FAR` to chunks that it cannot serve.

    Args:
        problem: The problem.
        day: The team-day.
        chunks: All chunks.
        ends: For each site the close that the peer itself watches; where the day closes earlier,
            the way home grows.
    """
    team = problem.teams[day.team]
    drive = problem.travel[team.travel]
    sites = [chunk.site for chunk in chunks]
    able = [_able(day, chunk) for chunk in chunks]
    work = [_recording(team, day, chunk) for chunk in chunks]
    first = [
        max(drive[team.start][s], day.opens - day.shift[0]) + team.setup[s] + w if ok else FAR
        for s, w, ok in zip(sites, work, able, strict=True)
    ]
    home = [_home(problem, day, s, ends) if ok else FAR for s, ok in zip(sites, able, strict=True)]
    minutes = [(0, *first)]
    driving = [(0, *(drive[team.start][s] for s in sites))]
    for a, from_a, back in zip(sites, able, home, strict=True):
        row = [
            FAR
            if not (from_a and to_b)
            else w
            if a == b
            else team.packdown[a] + drive[a][b] + team.setup[b] + w
            for b, w, to_b in zip(sites, work, able, strict=True)
        ]
        minutes.append((back, *row))
        driving.append((drive[a][team.end], *(drive[a][b] for b in sites)))
    return Ways(tuple(minutes), tuple(driving))


def _able(day: TeamDay, chunk: Chunk) -> bool:
    return day.day in chunk.days and day.team in chunk.teams and day.closes[chunk.site] is not None


def _recording(team: FieldTeam, day: TeamDay, chunk: Chunk) -> int:
    return recording_minutes(
        chunk.pupils,
        kits=team.kits[day.day],
        minutes_per_pupil=team.minutes_per_pupil[chunk.site],
    )


def _home(problem: VisitProblem, day: TeamDay, site: int, ends: list[int]) -> int:
    """Return pack-down and drive, or more where the school closes earlier than on other days."""
    team = problem.teams[day.team]
    close = day.closes[site] or 0
    way = team.packdown[site] + problem.travel[team.travel][site][team.end]
    if close < ends[site]:
        way = max(way, day.shift[1] - close + team.packdown[site])
    return way
