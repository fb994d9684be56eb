"""
One more visit to a site, or a longer one, wherever a team could make it.

What a trial gains is read from the search's own forecast, which is quick; what it breaks is asked
of the checker. Trials come by about the most that each can gain, so few have to be timed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from typing import NamedTuple

import attrs

from school_ektp.model.groups import grouped
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
from school_ektp.planning.explain.relax import longer
from school_ektp.planning.problem import EXPECTED, PUPIL, VisitProblem
from school_ektp.planning.schedule import (
    Clock,
    Schedule,
    driving_minutes,
    schedule_day,
    stay_minutes,
)
from school_ektp.planning.solution import SiteVisit, Solution

EVENING = 24 * 60


@attrs.frozen(kw_only=True)
class Trial:
    """
    The day of a team with one visit more to a site, or with a longer one.

    Attributes:
        visits: What the team does on that day.
        brings: Hundredths of pupils more at the site, for each priority class.
        gain: Millionths of a pupil that the plan gains.
        most: What it would gain as the last visit of its day, with room for all who wait; about
            the most it can gain. Later trials have no more.
        urgent: Whether it pays only because it comes nearer to a floor or a date.
        enough: Whether there is room for all who are likely to come.
        new: Whether it is one visit more, not a longer one.
    """

    visits: tuple[SiteVisit, ...]
    brings: tuple[int, ...]
    gain: int
    most: int
    urgent: bool
    enough: bool
    new: bool

    @property
    def team(self) -> int:
        """The team whose day it is."""
        return self.visits[0].team

    @property
    def day(self) -> int:
        """The day."""
        return self.visits[0].day

    @property
    def pays(self) -> bool:
        """Whether the plan would be better with it."""
        return self.gain > 0 or self.urgent

    @property
    def price(self) -> int:
        """Hundredths of a pupil that it costs, rounded up; waiting and weights are counted in."""
        return sum(self.brings) - self.gain * EXPECTED // PUPIL


class _Idea(NamedTuple):
    """A place in a team's day for one visit more, or the place of a visit to make longer."""

    most: int
    team: int
    day: int
    place: int
    wanted: int  # room for all who are likely to come
    costs: int
    new: bool


@attrs.define(slots=False)
class Outlook:
    """A plan with the look-ups that many trials share."""

    problem: VisitProblem
    solution: Solution
    _forecasts: dict[int, SiteForecast] = attrs.field(factory=dict)  # of sites asked for
    _longer: dict[int, Outlook] = attrs.field(init=False, factory=dict)

    def in_problem(self, wider: VisitProblem) -> Outlook:
        """Return the plan in a problem in which pupils and their luck are the same."""
        return Outlook(wider, self.solution, self._forecasts)

    @cached_property
    def by_team_day(self) -> dict[tuple[int, int], list[SiteVisit]]:
        """Visits of each team-day in use, in their order."""
        return grouped(self.solution.visits, lambda visit: (visit.team, visit.day))

    @cached_property
    def by_site(self) -> dict[int, list[SiteVisit]]:
        """Visits to each site."""
        return grouped(self.solution.visits, lambda visit: visit.site)

    def longer_days(self, minutes: int) -> Outlook:
        """Return the plan where every team and site stays longer on every day."""
        if minutes not in self._longer:
            everyone, always = range(len(self.problem.teams)), range(self.problem.days)
            wider = longer(self.problem, minutes, everyone, always)
            self._longer[minutes] = self.in_problem(wider)
        return self._longer[minutes]

    @cached_property
    def more_teams(self) -> Outlook:
        """The plan where each team has a double that is idle."""
        doubles = (attrs.evolve(team, out=frozenset()) for team in self.problem.teams)
        teams = (*self.problem.teams, *doubles)
        return self.in_problem(attrs.evolve(self.problem, teams=teams))

    def trials(self, site: int, teams: Iterable[int]) -> Iterator[Trial]:
        """Yield what *teams* have the time for, by what it would gain at most."""
        for idea in sorted(self._ideas(site, teams), key=lambda idea: -idea.most):
            yield from self._timed(site, idea)

    def broken(self, visits: Sequence[SiteVisit]) -> list[Violation]:
        """Return what a team's day breaks, put in the place of the plan's, that was not broken."""
        others, old = self._near(visits)
        known = set(violations(self._local, Solution((*others, *old))))
        after = violations(self._local, Solution((*others, *visits)))
        over = self._over_budget(visits[0].team, visits[0].day)
        return [*(fault for fault in after if fault not in known), *over]

    def better(self, visits: Sequence[SiteVisit]) -> bool:
        """Return whether a team's day, put in the place of the plan's, makes it better."""
        others, old = self._near(visits)
        before = evaluate(self._checked, Solution((*others, *old)))
        return evaluate(self._checked, Solution((*others, *visits))).rank > before.rank

    def falls_short(self, site: int) -> bool:
        """Return whether something is missing to a floor or a date of the site's district."""
        return self.problem.sites[site].district in {rule.district for rule in self._missed}

    def _near(self, visits: Sequence[SiteVisit]) -> tuple[list[SiteVisit], list[SiteVisit]]:
        """Return the visits beside which a team's day is checked, and those it replaces."""
        own = (visits[0].team, visits[0].day)
        sites = {visit.site for visit in visits}
        others = [visit for site in sites for visit in self.by_site.get(site, [])]
        return [v for v in others if (v.team, v.day) != own], self.by_team_day.get(own, [])

    @cached_property
    def _missed(self) -> tuple[Floor | ReachedBy, ...]:
        """Floors and dates to which something is missing."""
        floors, dates = self.problem.all_of(Floor), self.problem.all_of(ReachedBy)
        rules: tuple[Floor | ReachedBy, ...] = (*floors, *dates)
        return tuple(
            rule
            for rule in rules
            if evaluate(attrs.evolve(self.problem, constraints=(rule,)), self.solution).shortfall
        )

    @cached_property
    def _checked(self) -> VisitProblem:
        """The problem without floors and dates but those missed: a few visits come nearer."""
        return attrs.evolve(self.problem, constraints=self._missed)

    # Ideas ----------------------------------------------------------------------------------

    def _ideas(self, site: int, teams: Iterable[int]) -> Iterator[_Idea]:
        problem, place = self.problem, self.problem.sites[site]
        days = [day for day in range(problem.today, problem.days) if place.sessions[day]]
        days = [day for day in days if place.waiting(day)]
        worth = {day: self._ample(site, (day, EVENING, 0)) for day in days}
        for number in teams:
            for day in filter(problem.teams[number].works, days):
                visits = self.by_team_day.get((number, day), [])
                stops = [visit.site for visit in visits]
                if site not in stops:
                    yield from self._inserted(site, number, day, *worth[day])
                    continue
                visit = visits[stops.index(site)]
                most, wanted = self._ample(site, (day, visit.start, number), visit)
                yield _Idea(most, number, day, stops.index(site), wanted, 0, new=False)

    def _ample(
        self, site: int, when: tuple[int, int, int], instead: SiteVisit | None = None
    ) -> tuple[int, int]:
        """Return what a visit with room for everybody adds, and the room that would be used."""
        waiting = self.problem.sites[site].waiting(when[0])
        others = [v for v in self.by_site.get(site, []) if v is not instead]
        calls, place = _calls(others, (*when, waiting))
        forecast = self._forecast(site, calls)
        come = -(-forecast.if_held[place] // EXPECTED)
        likely = waiting if OneVisit(site) in self.problem.constraints else come + math.isqrt(come)
        return forecast.worth - self._now(site).worth, min(likely, waiting)

    def _inserted(
        self, site: int, number: int, day: int, worth: int, wanted: int
    ) -> Iterator[_Idea]:
        """Yield every place of the day that may have the time; a way round is never shorter."""
        visits, price = self.by_team_day.get((number, day), []), self.problem.price
        team = self.problem.teams[number]
        drive = self.problem.travel[team.travel]
        spare = self._idle(number, day) - stay_minutes(self.problem, number, day, site, 1)
        fixed = price.visit + (0 if visits else price.team_day)
        stops = [team.start, *(visit.site for visit in visits), team.end]
        for place, (before, after) in enumerate(pairwise(stops)):
            detour = drive[before][site] + drive[site][after]
            detour -= drive[before][after] if visits else 0
            if detour <= spare:
                costs = fixed + price.driving_minute * detour
                yield _Idea(worth - costs, number, day, place, wanted, costs, new=True)

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
        instead = None if idea.new else visits[idea.place]
        least = 1 if instead is None else instead.room + 1

        def at(room: int) -> Schedule:
            stays = [(visit.site, visit.room) for visit in visits]
            stays[idea.place : idea.place + (not idea.new)] = [(site, room)]
            starts = [self._pinned.get((idea.team, idea.day, stop), 0) for stop, _ in stays]
            return schedule_day(self.problem, idea.team, idea.day, stays, not_before=starts)

        room = _largest(lambda room: at(room).holds, least, idea.wanted)
        if room is None:
            return
        kits, cap = self.problem.teams[idea.team].kits, self.problem.limit(KitDayCap) or EVENING
        allowed = cap * kits[idea.day] - sum(visit.room for visit in visits if visit is not instead)
        for size in dict.fromkeys([room, min(room, allowed)]):
            if size >= least:
                yield self._trial(site, idea, at(size).visits, instead)

    def _trial(
        self, site: int, idea: _Idea, visits: tuple[SiteVisit, ...], instead: SiteVisit | None
    ) -> Trial:
        new, place = visits[idea.place], self.problem.sites[site]
        others = [v for v in self.by_site.get(site, []) if v is not instead]
        calls, _ = _calls(others, (new.day, new.start, new.team, new.room))
        then, now = self._forecast(site, calls), self._now(site)
        brings = [0] * self.problem.priorities
        for sign, forecast in ((1, then), (-1, now)):
            for counts in forecast.recorded:
                for group, pupils in zip(place.groups, counts, strict=True):
                    brings[group.priority] += sign * pupils
        gain = then.worth - now.worth - idea.costs
        return Trial(
            visits=visits,
            brings=tuple(brings),
            gain=gain,
            most=idea.most,
            urgent=gain <= 0 < sum(brings) and self.falls_short(site) and self.better(visits),
            enough=new.room >= idea.wanted,
            new=idea.new,
        )

    # Shared ---------------------------------------------------------------------------------

    def _forecast(self, site: int, calls: Calls) -> Forecast:
        if site not in self._forecasts:
            self._forecasts[site] = SiteForecast(self.problem, site)
        return self._forecasts[site](calls)

    def _now(self, site: int) -> Forecast:
        calls = sorted((v.day, v.start, v.team, v.room) for v in self.by_site.get(site, []))
        return self._forecast(site, tuple((day, room, team) for day, _, team, room in calls))

    @cached_property
    def _pinned(self) -> dict[tuple[int, int, int], int]:
        pins = self.problem.all_of(Pinned)
        return {(pin.team, pin.day, pin.site): pin.start for pin in pins if pin.start is not None}

    @cached_property
    def _local(self) -> VisitProblem:
        """The problem without what a few visits cannot be checked by."""
        wide = (TeamDayBudget, Floor, ReachedBy)
        kept = [rule for rule in self.problem.constraints if not isinstance(rule, wide)]
        return attrs.evolve(self.problem, constraints=tuple(kept))

    def _over_budget(self, team: int, day: int) -> Iterator[Violation]:
        used = {*self.by_team_day, (team, day)}
        used |= {(number, out) for number, who in enumerate(self.problem.teams) for out in who.out}
        for rule in self.problem.all_of(TeamDayBudget):
            days = sum(rule.first <= one <= rule.last for _, one in used)
            fresh = (team, day) not in self.by_team_day and rule.first <= day <= rule.last
            if fresh and days > rule.most:
                yield Violation(
                    rule="team_day_budget", day=rule.first, amount=days, limit=rule.most
                )


def with_day(solution: Solution, visits: Sequence[SiteVisit]) -> Solution:
    """Return the plan with the day of one team replaced."""
    days = {(visit.team, visit.day) for visit in visits}
    others = (visit for visit in solution.visits if (visit.team, visit.day) not in days)
    return Solution((*others, *visits))


def filled(problem: VisitProblem, solution: Solution, site: int) -> Solution:
    """Return the plan with visits to one site added or made longer, as long as that pays."""
    while True:
        plan = Outlook(problem, solution)
        hopeful = takewhile(
            lambda trial: trial.most > 0 or trial.urgent,
            plan.trials(site, range(len(problem.teams))),
        )
        held = (
            trial.visits
            for trial in hopeful
            if trial.pays and not plan.broken(trial.visits) and plan.better(trial.visits)
        )
        visits = next(held, None)
        if visits is None:
            return solution
        solution = with_day(solution, visits)


def _calls(visits: Iterable[SiteVisit], more: tuple[int, int, int, int]) -> tuple[Calls, int]:
    """Return the calls of visits and of one given as (day, start, team, room), and its place."""
    stays = sorted([*((v.day, v.start, v.team, v.room) for v in visits), more])
    return tuple((day, room, team) for day, _, team, room in stays), stays.index(more)


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
