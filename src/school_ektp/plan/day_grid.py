"""Teams × days: what text, page, notebook, workbook and charts show of each day of each team."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.plan.days import DayKind, TeamDay, day_kind, team_days
from school_ektp.plan.planned import Planned

WEEK = 7
EVERY_DAY = tuple(range(WEEK))
SHADES = (0.5, 0.75, 0.9)  # fullness at which a day counts as fuller


def monday_of(day: dt.date) -> dt.date:
    """Return the first day of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


@attrs.frozen(kw_only=True)
class DayCell:
    """
    One team on one date.

    Attributes:
        team: Name of the team.
        day: The date.
        kind: What the day is to the team.
        made: Its visits; None without any.
    """

    team: str
    day: dt.date
    kind: DayKind
    made: TeamDay | None = None

    @property
    def pupils(self) -> int:
        """Pupils expected to be recorded."""
        return self.made.pupils if self.made else 0

    @property
    def level(self) -> int:
        """1 to 4, how full the day is; 0 without visits."""
        return 1 + sum(self.made.fullness >= shade for shade in SHADES) if self.made else 0


@attrs.frozen(kw_only=True)
class DayGrid:
    """
    Teams × days of a plan.

    Attributes:
        teams: Names of the teams.
        days: The days of the season.
        weekdays: Those on which anybody works or goes out, 0 for Monday; all when nobody does.
    """

    teams: tuple[str, ...]
    days: tuple[dt.date, ...]
    weekdays: tuple[int, ...]
    _cells: dict[tuple[str, dt.date], DayCell] = attrs.field(repr=False)

    def cell(self, team: str, day: dt.date) -> DayCell:
        """Return a team on a date, which may lie outside the season."""
        outside = DayCell(team=team, day=day, kind=DayKind.OUTSIDE)
        return self._cells.get((team, day), outside)

    def row(self, team: str, days: tuple[dt.date, ...] | None = None) -> tuple[DayCell, ...]:
        """Return a team on *days*; on all days of the season when None."""
        return tuple(self.cell(team, day) for day in (self.days if days is None else days))

    def weeks(
        self, weekdays: tuple[int, ...] = tuple(range(WEEK))
    ) -> tuple[tuple[dt.date, ...], ...]:
        """Return the dates of each week that the season touches, from Monday on."""
        first, last = self.days[0], self.days[-1]
        monday = monday_of(first)
        count = (last - monday).days // WEEK + 1
        mondays = [monday + dt.timedelta(days=WEEK * number) for number in range(count)]
        return tuple(
            tuple(one + dt.timedelta(days=number) for number in weekdays) for one in mondays
        )


def day_grid(plan: Planned) -> DayGrid:
    """Return teams × days of a plan."""
    made = {(one.team, one.day): one for one in team_days(plan)}
    days = plan.calendar.days
    working = {
        day.weekday()
        for number, day in enumerate(days)
        if any(team.works(number) for team in plan.problem.teams)
    } | {day.weekday() for _, day in made}
    cells = {
        (team, day): DayCell(
            team=team,
            day=day,
            kind=DayKind.VISITS if (team, day) in made else day_kind(plan, team, day),
            made=made.get((team, day)),
        )
        for team in plan.names.teams
        for day in days
    }
    return DayGrid(
        teams=plan.names.teams,
        days=tuple(days),
        weekdays=tuple(sorted(working)) or EVERY_DAY,
        cells=cells,
    )
