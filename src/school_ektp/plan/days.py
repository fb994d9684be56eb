"""Teams and days: who is where on each, what an empty one is, and the way of each team-day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import attrs

from school_ektp.model.groups import grouped
from school_ektp.model.school import Location
from school_ektp.model.visit import Visit
from school_ektp.plan.planned import Planned
from school_ektp.planning.schedule import driving_minutes


@attrs.frozen
class TeamDay:
    """
    One team on one date with at least one visit.

    Attributes:
        day: The date.
        team: Name of the team.
        visits: Its visits, by start.
        driving: Minutes from the base and back.
        fullness: Share of the shift, without breaks, that visits and driving take; at most 1.
    """

    day: dt.date
    team: str
    visits: tuple[Visit, ...]
    driving: int
    fullness: float

    @property
    def pupils(self) -> int:
        """Pupils expected to be recorded."""
        return sum(visit.recorded for visit in self.visits)


def team_days(plan: Planned) -> tuple[TeamDay, ...]:
    """Return the team-days by date and team."""
    found = grouped(plan.visit_list, lambda visit: (visit.day, visit.team))
    return tuple(_team_day(plan, *key, tuple(visits)) for key, visits in sorted(found.items()))


def _team_day(plan: Planned, day: dt.date, team: str, visits: tuple[Visit, ...]) -> TeamDay:
    number = plan.calendar.day_number(day)
    who = plan.problem.teams[plan.names.teams.index(team)]
    opens, closes = who.shifts[number] or (0, 0)
    pauses = [(max(begin, opens), min(end, closes)) for begin, end in who.breaks[number]]
    sites = [plan.names.sites.index(visit.site) for visit in visits]
    driving = driving_minutes(plan.problem, who, sites)
    working = sum(_without(pauses, visit.start, visit.end) for visit in visits) + driving
    shift = _without(pauses, opens, closes)
    full = min(working / shift, 1.0) if shift else 1.0
    return TeamDay(day, team, visits, driving, full)


def _without(pauses: Iterable[tuple[int, int]], begin: int, end: int) -> int:
    """Return the minutes from *begin* to *end* that lie in no pause."""
    lost = sum(max(min(end, last) - max(begin, first), 0) for first, last in pauses)
    return end - begin - lost


class DayKind(StrEnum):
    """What a day is to a team."""

    VISITS = "visits"  #: the team goes out
    OUTSIDE = "outside"  #: not in the season
    HOLIDAY = "holiday"  #: a day off for all
    OFF = "off"  #: the team is off duty
    PAST = "past"  #: over when the plan was made
    KEPT = "kept"  #: kept free for making up
    CLOSED = "closed"  #: no school receives anybody
    FREE = "free"  #: the team could go out


def day_kind(plan: Planned, team: str, day: dt.date) -> DayKind:
    """Return what a day is to a team that makes no visit on it."""
    calendar, problem = plan.calendar, plan.problem
    if day not in calendar.span:
        return DayKind.OUTSIDE
    if day in calendar.days_off:
        return DayKind.HOLIDAY
    who, number = plan.names.teams.index(team), calendar.day_number(day)
    kinds = (
        (DayKind.OFF, not problem.teams[who].works(number)),
        (DayKind.PAST, number < problem.today),
        (DayKind.KEPT, (who, number) in problem.kept_free),
        (DayKind.CLOSED, not any(site.sessions[number] for site in problem.sites)),
    )
    return next((kind for kind, holds in kinds if holds), DayKind.FREE)


@attrs.frozen
class Route:
    """
    The way of one team on one day, straight from place to place.

    Attributes:
        day: The date.
        team: Name of the team.
        stops: NPSN of the schools, in order.
        base: Where it begins.
        end: Where it ends.
        pupils: Pupils expected to be recorded on it.
    """

    day: dt.date
    team: str
    stops: tuple[str, ...]
    base: Location
    end: Location
    pupils: int


def routes(plan: Planned) -> tuple[Route, ...]:
    """Return the routes by date and team."""
    teams = {team.name: team for team in plan.teams}
    return tuple(
        Route(
            day=one.day,
            team=one.team,
            stops=tuple(visit.site for visit in one.visits),
            base=teams[one.team].base,
            end=teams[one.team].end,
            pupils=one.pupils,
        )
        for one in team_days(plan)
    )
