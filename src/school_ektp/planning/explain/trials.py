"""
One more visit to a site, or a longer one, wherever a team could make it.

What a trial gains is read from the search's own forecast, which is quick; what it breaks is asked
of the checker. Trials come best first by what each could gain at most, so few have to be timed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

import attrs

from school_ektp.planning.availability import Calls, Forecast, SiteForecast
from school_ektp.planning.checker import Violation, evaluate, violations
from school_ektp.planning.constraints import (
    Floor,
    KitDayCap,
    OneVisit,
    Pinned,
    ReachedBy,
    TeamDayBudget,
)
from school_ektp.planning.explain.relax import LONGEST_STRETCH, longer
from school_ektp.planning.problem import EXPECTED, PUPIL, VisitProblem
from school_ektp.planning.schedule import (
    Clock,
    Schedule,
    driving_minutes,
    schedule_day,
    stay_minutes,
)
from school_ektp.planning.solution import SiteVisit, Solution

Key = TypeVar("Key")

FEW = EXPECTED // 10  # hundredths of pupils for whom a visit is not made longer
EVENING = 24 * 60


@attrs.frozen(kw_only=True)
class Trial:
    """
    The day of a team with one visit more to a site, or with a longer one.

    Attributes:
        team: The team.
        day: The day.
        visits: What the team does on that day.
        brings: Hundredths of pupils more at the site, for each priority class.
        gain: Millionths of a pupil that the plan gains.
        urgent: Whether it may come nearer to a floor or a date, which comes before all else.
        enough: Whether there is room for all who would come.
        new: Whether it is one visit more, not a longer one.
        most: What it would gain if time did not matter; later trials have no more.
    """

    team: int
    day: int
    visits: tuple[SiteVisit, ...]
    brings: tuple[int, ...]
    gain: int
    most: int
    urgent: bool
    enough: bool
    new: bool

    @property
    def pays(self) -> bool:
        """Whether the plan would be better with it."""
        return self.gain > 0 or self.urgent

    @property
    def price(self) -> int:
        """Hundredths of a pupil that it costs, rounded up; waiting and weights are counted in."""
        return sum(self.brings) - self.gain * EXPECTED // PUPIL


@attrs.frozen(kw_only=True)
class _Idea:
    """A place in a team's day for one visit more, or the place of a visit to make longer."""

    most: int  # millionths of a pupil that it gains at most
    team: int
    day: int
    place: int
    room: int  # for which there may be time at most
    costs: int
    new: bool


@attrs.define(slots=False)
class Outlook:
    """A plan with the look-ups that many trials share."""

    problem: VisitProblem
    solution: Solution

    @cached_property
    def by_team_day(self) -> dict[tuple[int, int], list[SiteVisit]]:
        """Visits of each team-day in use, in their order."""
        return _grouped(self.solution.visits, lambda visit: (visit.team, visit.day))

    @cached_property
    def by_site(self) -> dict[int, list[SiteVisit]]:
        """Visits to each site in the order in which they call pupils."""
        visits = sorted(self.solution.visits, key=lambda visit: (visit.day, visit.start))
        return _grouped(visits, lambda visit: visit.site)

    def trials(self, site: int, teams: Iterable[int]) -> Iterator[Trial]:
        """Yield what *teams* have the time for, about the best first."""
        ideas = sorted(self._ideas(site, teams), key=lambda idea: -idea.most)
        for idea in ideas:
            yield from self._timed(site, idea)

    def with_trial(self, trial: Trial) -> Solution:
        """Return the whole plan with the trial in it."""
        own = (trial.team, trial.day)
        return Solution(
            (*(v for v in self.solution.visits if (v.team, v.day) != own), *trial.visits)
        )

    def broken(self, trial: Trial) -> list[Violation]:
        """Return what the trial breaks that the plan did not, as far as its day and sites go."""
        own = (trial.team, trial.day)
        sites = {visit.site for visit in trial.visits}
        others = [
            visit
            for site in sites
            for visit in self.by_site.get(site, ())
            if (visit.team, visit.day) != own
        ]
        before = set(violations(self._local, Solution((*others, *self.by_team_day.get(own, ())))))
        after = violations(self._local, Solution((*others, *trial.visits)))
        return [*(fault for fault in after if fault not in before), *self._over_budget(own)]

    def open_days(self, site: int, priority: int) -> list[tuple[int, int]]:
        """Return each (team, day) on which team, session and pupils of the class meet."""
        place = self.problem.sites[site]
        mine = [group for group in place.groups if group.priority == priority]
        return [
            (number, day)
            for day in range(self.problem.today, self.problem.days)
            if place.sessions[day] and any(g.arrived(day) and day not in g.away for g in mine)
            for number, team in enumerate(self.problem.teams)
            if team.works(day)
        ]

    @cached_property
    def longer_days(self) -> Outlook:
        """The plan where every team and site stays longer on every day."""
        problem = self.problem
        everyone, always = range(len(problem.teams)), range(problem.days)
        return Outlook(longer(problem, LONGEST_STRETCH, everyone, always), self.solution)

    @cached_property
    def more_teams(self) -> Outlook:
        """The plan where each team has a double that is idle."""
        doubles = (attrs.evolve(team, out=frozenset()) for team in self.problem.teams)
        teams = (*self.problem.teams, *doubles)
        return Outlook(attrs.evolve(self.problem, teams=teams), self.solution)

    # Ideas ----------------------------------------------------------------------------------

    def _ideas(self, site: int, teams: Iterable[int]) -> Iterator[_Idea]:
        problem, place = self.problem, self.problem.sites[site]
        mine = self.by_site.get(site, [])
        for number in teams:
            team = problem.teams[number]
            for day in range(problem.today, problem.days):
                if not (team.works(day) and place.sessions[day] and place.waiting(day)):
                    continue
                visits = self.by_team_day.get((number, day), [])
                if site in {visit.site for visit in visits}:
                    yield from self._longer(site, visits)
                    continue
                calls = _calls(mine, (day, EVENING, 0, place.waiting(day)))
                worth = self._forecast(site, calls).worth - self._now(site).worth
                yield from self._inserted(site, number, day, visits, worth)

    def _longer(self, site: int, visits: Sequence[SiteVisit]) -> Iterator[_Idea]:
        for place, visit in enumerate(visits):
            if visit.site == site:
                room = self.problem.sites[site].waiting(visit.day)
                others = [v for v in self.by_site[site] if v is not visit]
                calls = _calls(others, (visit.day, visit.start, visit.team, room))
                yield _Idea(
                    most=self._forecast(site, calls).worth - self._now(site).worth,
                    team=visit.team,
                    day=visit.day,
                    place=place,
                    room=room,
                    costs=0,
                    new=False,
                )

    def _inserted(
        self, site: int, number: int, day: int, visits: Sequence[SiteVisit], worth: int
    ) -> Iterator[_Idea]:
        """Yield every place of the day that may have the time; a way round is never shorter."""
        problem, price = self.problem, self.problem.price
        team, idle = problem.teams[number], self._idle(number, day)
        drive = problem.travel[team.travel]
        stops = [team.start, *(visit.site for visit in visits), team.end]
        fixed = price.visit + (0 if visits else price.team_day)
        for place in range(len(visits) + 1):
            before, after = stops[place], stops[place + 1]
            detour = drive[before][site] + drive[site][after]
            detour -= drive[before][after] if visits else 0
            spare = idle - detour - team.setup[site] - team.packdown[site]
            pace = team.minutes_per_pupil[site]
            most = problem.sites[site].waiting(day)
            room = min(most, team.kits[day] * (spare // pace) if pace else most)
            if spare >= 0 and room > 0:
                costs = fixed + price.driving_minute * detour
                yield _Idea(
                    most=worth - costs,
                    team=number,
                    day=day,
                    place=place,
                    room=room,
                    costs=costs,
                    new=True,
                )

    def _idle(self, number: int, day: int) -> int:
        """Return the minutes of a working team-day that are neither driven nor stayed."""
        team = self.problem.teams[number]
        visits = self.by_team_day.get((number, day), [])
        worked = Clock(team.shifts[day] or (0, 0), team.breaks[day]).length
        stays = sum(stay_minutes(self.problem, number, day, v.site, v.room) for v in visits)
        driven = driving_minutes(self.problem, team, [v.site for v in visits]) if visits else 0
        return worked - stays - driven

    # Trials ---------------------------------------------------------------------------------

    def _timed(self, site: int, idea: _Idea) -> Iterator[Trial]:
        """Yield the trial with as much room as is wanted and fits, also within the kits' cap."""
        visits = self.by_team_day.get((idea.team, idea.day), [])
        old = 0 if idea.new else visits[idea.place].room
        others = [v for v in self.by_site.get(site, []) if idea.new or v is not visits[idea.place]]
        start = EVENING if idea.new else visits[idea.place].start
        wanted = self._wanted(site, others, (idea.day, start, idea.team))

        def at(room: int) -> Schedule:
            stays = [(visit.site, visit.room) for visit in visits]
            stays[idea.place : idea.place + (not idea.new)] = [(site, room)]
            return self._scheduled(idea.team, idea.day, stays)

        room = _largest(lambda room: at(room).holds, old + 1, min(wanted, idea.room))
        if room is None:
            return
        capped = self._under_cap(idea.team, idea.day, [v.room for v in visits]) + old
        for size in dict.fromkeys([room, min(room, capped)]):
            if size > old:
                yield self._trial(site, idea, at(size).visits, others, enough=size >= wanted)

    def _trial(
        self,
        site: int,
        idea: _Idea,
        visits: tuple[SiteVisit, ...],
        others: Sequence[SiteVisit],
        *,
        enough: bool,
    ) -> Trial:
        new = visits[idea.place]
        now = self._now(site)
        then = self._forecast(site, _calls(others, (new.day, new.start, new.team, new.room)))
        brings = [0] * self.problem.priorities
        for sign, forecast in ((1, then), (-1, now)):
            for counts in forecast.recorded:
                for group, pupils in zip(self.problem.sites[site].groups, counts, strict=True):
                    brings[group.priority] += sign * pupils
        district = self.problem.sites[site].district
        return Trial(
            team=idea.team,
            day=idea.day,
            visits=visits,
            brings=tuple(brings),
            gain=then.worth - now.worth - idea.costs,
            most=idea.most,
            urgent=sum(brings) > 0 and idea.day <= self._short.get(district, -1),
            enough=enough,
            new=idea.new,
        )

    def _scheduled(self, team: int, day: int, stays: Sequence[tuple[int, int]]) -> Schedule:
        starts = [self._pinned.get((team, day, site), 0) for site, _ in stays]
        return schedule_day(self.problem, team, day, stays, not_before=starts)

    def _wanted(self, site: int, others: Sequence[SiteVisit], when: tuple[int, int, int]) -> int:
        """Return the room at which hardly anybody more would be recorded, or that is asked for."""
        waiting = self.problem.sites[site].waiting(when[0])
        if OneVisit(site) in self.problem.constraints:
            return waiting

        def missed(room: int) -> int:
            return -self._forecast(site, _calls(others, (*when, room))).pupils

        goal = missed(waiting) + FEW
        fewest = _largest(lambda room: missed(room) > goal, 1, waiting)
        return 1 if fewest is None else fewest + 1

    def _under_cap(self, team: int, day: int, rooms: Sequence[int]) -> int:
        """Return for how many more there may be room on a team's day."""
        cap = self.problem.limit(KitDayCap)
        return EVENING if cap is None else cap * self.problem.teams[team].kits[day] - sum(rooms)

    # Shared ---------------------------------------------------------------------------------

    def _forecast(self, site: int, calls: Calls) -> Forecast:
        if site not in self._forecasts:
            self._forecasts[site] = SiteForecast(self.problem, site)
        return self._forecasts[site](calls)

    @cached_property
    def _forecasts(self) -> dict[int, SiteForecast]:
        return {}

    def _now(self, site: int) -> Forecast:
        return self._forecast(site, _calls(self.by_site.get(site, [])))

    @cached_property
    def _pinned(self) -> dict[tuple[int, int, int], int]:
        pins = self.problem.all_of(Pinned)
        return {(pin.team, pin.day, pin.site): pin.start for pin in pins if pin.start is not None}

    @cached_property
    def _short(self) -> dict[int, int]:
        """For each district that falls short, the last day on which a visit may mend it."""
        short: dict[int, int] = {}
        for rule in (*self.problem.all_of(Floor), *self.problem.all_of(ReachedBy)):
            alone = attrs.evolve(self.problem, constraints=(rule,))
            if evaluate(alone, self.solution).shortfall:
                last = rule.day if isinstance(rule, ReachedBy) else self.problem.days - 1
                short[rule.district] = max(last, short.get(rule.district, -1))
        return short

    @cached_property
    def _local(self) -> VisitProblem:
        """The problem without what a few visits cannot be judged by."""
        kept = [rule for rule in self.problem.constraints if not isinstance(rule, TeamDayBudget)]
        return attrs.evolve(self.problem, constraints=tuple(kept))

    def _over_budget(self, own: tuple[int, int]) -> Iterator[Violation]:
        used = {*self.by_team_day, own}
        used |= {(n, day) for n, team in enumerate(self.problem.teams) for day in team.out}
        for rule in self.problem.all_of(TeamDayBudget):
            days = sum(rule.first <= day <= rule.last for _, day in used)
            inside = own not in self.by_team_day and rule.first <= own[1] <= rule.last
            if inside and days > rule.most:
                yield Violation(
                    rule="team_day_budget", day=rule.first, amount=days, limit=rule.most
                )


def _grouped(
    visits: Iterable[SiteVisit], key: Callable[[SiteVisit], Key]
) -> dict[Key, list[SiteVisit]]:
    groups: defaultdict[Key, list[SiteVisit]] = defaultdict(list)
    for visit in visits:
        groups[key(visit)].append(visit)
    return dict(groups)


def _calls(visits: Iterable[SiteVisit], *more: tuple[int, int, int, int]) -> Calls:
    """Return the calls of visits, and of more told as (day, start, team, room), in order."""
    stays = [(visit.day, visit.start, visit.team, visit.room) for visit in visits]
    return tuple((day, room) for day, _, _, room in sorted([*stays, *more]))


def _largest(holds: Callable[[int], bool], low: int, high: int) -> int | None:
    """Return the largest number from *low* to *high* that holds, None if none does."""
    if low > high or not holds(low):
        return None
    if holds(high):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
