"""What one site and one crew-day can give at best, each taken alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from school_ektp.planning.problem import Site, VisitProblem
from school_ektp.planning.rules import Forbidden, KitDayCap, VisitsPerSite
from school_ektp.planning.search.clock import Clock

UNLIMITED = 1 << 60  # pupils a visit has time for when all are recorded at once
EVERYBODY = 100  # percent
MOST_VISITS = 8  # of one site, up to which the pupils they can record are counted


class Reach:
    """
    Limits that hold whatever else a plan does.

    Sites are looked at as if all crews served them alone, crew-days as if pupils waited
    everywhere, so each figure is an upper bound of what any plan reaches.
    """

    def __init__(self, problem: VisitProblem) -> None:
        self.problem = problem
        self.shut = {(r.crew, r.site) for r in problem.rules if isinstance(r, Forbidden)}
        caps = [rule.pupils for rule in problem.rules if isinstance(rule, KitDayCap)]
        self.kit_cap = min(caps, default=UNLIMITED)
        visits = [rule.most for rule in problem.rules if isinstance(rule, VisitsPerSite)]
        self.most_visits = min(visits, default=None)
        self._spans: dict[object, list[tuple[int, int, int]]] = {}  # by crew and kind of day

    @cached_property
    def crew_days(self) -> tuple[tuple[int, int], ...]:
        """All (crew, day) on which the crew works."""
        crews = enumerate(self.problem.crews)
        return tuple(
            (number, day)
            for number, crew in crews
            for day in range(self.problem.days)
            if crew.works(day)
        )

    def spans(self, crew: int, day: int) -> list[tuple[int, int, int]]:
        """
        Return (site, from, until) for every site and session a lone visit fits into.

        Minutes of the crew's clock without breaks, after the drive out and before the drive home;
        at least one pupil can be recorded in between.
        """
        team = self.problem.crews[crew]
        kind = crew, team.works(day), team.shifts[day], team.breaks[day], self._same_hours[day]
        known = self._spans.get(kind)
        if known is None:
            known = self._spans[kind] = self._find_spans(crew, day)
        return known

    @cached_property
    def _same_hours(self) -> list[int]:
        """For each day the first one on which every site has the same sessions."""
        first: dict[object, int] = {}
        days = range(self.problem.days)
        hours = (tuple(site.sessions[day] for site in self.problem.sites) for day in days)
        return [first.setdefault(today, day) for day, today in enumerate(hours)]

    def _find_spans(self, crew: int, day: int) -> list[tuple[int, int, int]]:
        team = self.problem.crews[crew]
        shift = team.shifts[day]
        if shift is None or not team.works(day):
            return []
        clock, drive = Clock(shift, team.breaks[day]), self.problem.travel[team.travel]
        found = []
        for number, site in enumerate(self.problem.sites):
            if (crew, number) in self.shut:
                continue
            least = team.setup[number] + team.packdown[number] + team.minutes_per_pupil[number]
            for session in site.sessions[day]:
                window = clock.window(session)
                if window is None:
                    continue
                since = max(window[0], drive[team.start][number])
                until = min(window[1], clock.length - drive[number][team.end])
                if until - since >= least:
                    found.append((number, since, until))
        return found

    @cached_property
    def last_days(self) -> tuple[tuple[int, ...], ...]:
        """For each site and group the last day on which it can be met; -1 when never."""
        open_days: list[set[int]] = [set() for _ in self.problem.sites]
        for crew, day in self.crew_days:
            for site, _, _ in self.spans(crew, day):
                open_days[site].add(day)
        return tuple(
            tuple(max(days - group.away, default=-1) for group in site.groups)
            for site, days in zip(self.problem.sites, open_days, strict=True)
        )

    def recordable(self, number: int, priority: int) -> int:
        """
        Return how many pupils of a site, up to a priority class, any plan can record.

        Of those called in the last visit that records anyone, absentees are left; that
        many are out of reach however often a crew comes.
        """
        site = self.problem.sites[number]
        waiting = sum(
            group.arrived(last)
            for group, last in zip(site.groups, self.last_days[number], strict=True)
            if group.priority <= priority and last >= 0
        )
        return waiting - self._absent(site, waiting)

    def _absent(self, site: Site, waiting: int) -> int:
        """Return how many of *waiting* stay away after the most visits there can be."""
        if self.most_visits is None:
            return min(waiting, -(-100 // site.turnout) - 1)
        for _ in range(self.most_visits):
            came = site.turnout * waiting // 100
            if not came:
                break
            waiting -= came
        return waiting

    def capacity(self, crew: int, day: int) -> int:
        """Return the most pupils a crew-day has time for, wherever it goes."""
        spans = self.spans(crew, day)
        if not spans:
            return 0
        team = self.problem.crews[crew]
        length = max(until for _, _, until in spans) - min(since for _, since, _ in spans)
        fixed = min(team.setup[site] + team.packdown[site] for site, _, _ in spans)
        pace = min(team.minutes_per_pupil[site] for site, _, _ in spans)
        rounds = (length - fixed) // pace if pace else UNLIMITED
        return min(rounds, self.kit_cap) * team.kits[day]


def later_visits(
    waiting: int, recordable: int, largest: int, turnout: int
) -> Iterator[tuple[int, int]]:
    """
    Yield (most, each): visits to a site record no more than *most*, and *each* for every visit.

    These are the sides of the concave hull over the number of visits: after some full visits
    the next one finds few.

    Args:
        waiting: Pupils who can be called.
        recordable: Pupils whom all visits together can record.
        largest: Pupils whom one visit has time for.
        turnout: Percent of those called who come.
    """
    recorded = [0]
    for _ in range(MOST_VISITS):
        more = min(largest, turnout * (waiting - recorded[-1]) // EVERYBODY)
        recorded.append(min(recorded[-1] + more, recordable))
    for visits in range(1, MOST_VISITS):
        each = recorded[visits + 1] - recorded[visits]
        if 0 < each < recorded[visits] - recorded[visits - 1]:
            yield recorded[visits] - each * visits, each
