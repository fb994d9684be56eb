"""What a plan must know of the days gone by, in names and dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import attrs

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.school import School
from school_ektp.planning.build import Names, days_away
from school_ektp.planning.problem import FieldTeam, Group, VisitProblem
from school_ektp.planning.state import SeasonState, StillWaiting, resume


@attrs.frozen(kw_only=True)
class Past:
    """
    Days gone by, in the words of a problem: what a new problem of the same season starts from.

    Attributes:
        today: The first day that can still be planned.
        stayed_away: For each site, priority and set of days away, how many stayed away once,
            twice, and so on.
        held: Days on which each site was visited, one for each visit.
        out: Days on which each team went out.
    """

    today: dt.date
    stayed_away: Mapping[tuple[str, int, frozenset[dt.date]], tuple[int, ...]]
    held: Mapping[str, tuple[dt.date, ...]]
    out: Mapping[str, frozenset[dt.date]]

    @classmethod
    def of(cls, problem: VisitProblem, names: Names) -> Past:
        """Return what a problem knows of the days before its own today."""
        sites = [*zip(names.sites, problem.sites, strict=True)]
        return cls(
            today=names.date(problem.today),
            stayed_away={
                (npsn, group.priority, frozenset(map(names.date, group.away))): group.stayed_away
                for npsn, site in sites
                for group in site.groups
                if group.stayed_away
            },
            held=dict(names.visited)
            | {npsn: tuple(map(names.date, site.held)) for npsn, site in sites if site.held},
            out={
                name: frozenset(map(names.date, team.out))
                for name, team in zip(names.teams, problem.teams, strict=True)
                if team.out
            },
        )

    def onto(self, problem: VisitProblem, names: Names) -> VisitProblem:
        """
        Return a problem that was built without a past, as it stands on `today`.

        Visits reported of today or later are past too: their teams do not go out again that day.
        """
        today = min(max((self.today - names.first_day).days, 0), problem.days)
        pools = self._pools(problem, names)
        state = SeasonState(
            today=today,
            waiting=tuple(
                tuple(_waiting(pools[npsn], group, names, today) for group in site.groups)
                for npsn, site in zip(names.sites, problem.sites, strict=True)
            ),
            held=tuple(_numbers(problem, names, self.held.get(npsn, ())) for npsn in names.sites),
            out=tuple(
                frozenset(_numbers(problem, names, self.out.get(name, ()))) for name in names.teams
            ),
        )
        resumed = resume(problem, state)
        return attrs.evolve(resumed, teams=tuple(_done(team, today) for team in resumed.teams))

    def elsewhere(self, names: Names) -> Names:
        """Return the names with the days on which schools were visited that are no sites."""
        sites = {*names.sites}
        visited = tuple(sorted((site, days) for site, days in self.held.items() if days))
        return attrs.evolve(names, visited=tuple(one for one in visited if one[0] not in sites))

    def _pools(self, problem: VisitProblem, names: Names) -> dict[str, _Pool]:
        """Return for each site who stayed away, to be dealt to its groups."""
        pools: defaultdict[str, _Pool] = defaultdict(Counter)
        days = {names.date(day) for day in range(problem.days)}
        for (npsn, priority, away), counts in self.stayed_away.items():
            for times, pupils in enumerate(counts, start=1):
                pools[npsn][priority, away & days, times] += pupils
        return pools


_Pool = Counter[tuple[int, frozenset[dt.date], int]]  # by priority, days away, times stayed away


def _waiting(pool: _Pool, group: Group, names: Names, today: int) -> StillWaiting:
    """Return who of a group waits; of those who stayed away no more than wait."""
    arrivals = tuple(step for step in group.arrivals if step[0] < today)
    left = sum(pupils for _, pupils in arrivals)
    away = frozenset(map(names.date, group.away))
    mine: Counter[int] = Counter()
    for key in sorted((key for key in pool if key[:2] == (group.priority, away)), key=_times):
        mine[key[2]] = min(pool[key], left)
        left -= mine[key[2]]
    counts = tuple(mine[times] for times in range(1, max(+mine, default=0) + 1))
    return StillWaiting(arrivals=arrivals, stayed_away=counts)


def _times(key: tuple[int, frozenset[dt.date], int]) -> int:
    return key[2]


def _numbers(problem: VisitProblem, names: Names, days: Iterable[dt.date]) -> tuple[int, ...]:
    """Return the numbers of days; those after a season that was made shorter have none."""
    numbers = ((day - names.first_day).days for day in days)
    return tuple(sorted(number for number in numbers if number < problem.days))


def _done(team: FieldTeam, today: int) -> FieldTeam:
    """Close the days from today on that the team has been out on."""
    if not any(day >= today for day in team.out):
        return team
    shifts = [None if day >= today and day in team.out else s for day, s in enumerate(team.shifts)]
    return attrs.evolve(team, shifts=tuple(shifts))


def by_days_away(
    counts: Mapping[tuple[str, int, str], tuple[int, ...]],
    schools: Iterable[School],
    calendar: VisitCalendar,
) -> dict[tuple[str, int, frozenset[dt.date]], tuple[int, ...]]:
    """Return counts by site, priority and class as counts by the days the class is away."""
    known = {school.npsn: school for school in schools}
    found: defaultdict[tuple[str, int, frozenset[dt.date]], list[int]] = defaultdict(list)
    for (npsn, priority, class_name), some in counts.items():
        if npsn in known:
            numbers = days_away(calendar, known[npsn], class_name)
            away = frozenset(calendar.days[number] for number in numbers)
            mine = found[npsn, priority, away]
            mine += [0] * (len(some) - len(mine))
            for place, pupils in enumerate(some):
                mine[place] += pupils
    return {key: tuple(some) for key, some in found.items()}
