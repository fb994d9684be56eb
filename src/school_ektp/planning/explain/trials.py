"""One more pupil of a site, put wherever a crew could go, and judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from school_ektp.planning.edit import worked
from school_ektp.planning.feasibility import Violation, violations
from school_ektp.planning.problem import Site, VisitProblem
from school_ektp.planning.rules import FewestPupils
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.timetable import (
    Timetable,
    driving_minutes,
    overrun,
    stay_minutes,
    timetable,
)
from school_ektp.planning.waiting import callable_pupils, visits_to

Counts = tuple[int, ...]  # pupils, for each group of one site


@attrs.frozen
class Trial:
    """
    A plan with more pupils at one site, and what the judge says of it.

    Attributes:
        solution: The whole plan.
        crew: Crew whose day was changed.
        day: The day.
        broken: Breaches that the plan had not before.
    """

    solution: Solution
    crew: int
    day: int
    broken: tuple[Violation, ...]

    @property
    def laws(self) -> frozenset[str]:
        """Names of the laws broken."""
        return frozenset(fault.rule for fault in self.broken)


@attrs.define(slots=False)
class Outlook:
    """A plan with the look-ups that many trials share."""

    problem: VisitProblem
    solution: Solution

    @cached_property
    def by_crew_day(self) -> dict[tuple[int, int], list[SiteVisit]]:
        """Visits of each crew-day in use, in their order."""
        days: dict[tuple[int, int], list[SiteVisit]] = {}
        for visit in self.solution.visits:
            days.setdefault((visit.crew, visit.day), []).append(visit)
        return days

    @cached_property
    def by_site(self) -> dict[int, tuple[SiteVisit, ...]]:
        """Visits to each site in the order in which they call pupils."""
        sites = sorted({visit.site for visit in self.solution.visits})
        return {site: visits_to(self.solution, site) for site in sites}

    @cached_property
    def fewest(self) -> int:
        """Pupils that a visit must record."""
        asked = (rule.pupils for rule in self.problem.rules if isinstance(rule, FewestPupils))
        return max(asked, default=1)

    @cached_property
    def idle(self) -> dict[tuple[int, int], int]:
        """Minutes of each working crew-day that are neither driven, stayed nor paused."""
        return {
            (number, day): self._idle(number, day)
            for number, crew in enumerate(self.problem.crews)
            for day in range(self.problem.days)
            if crew.works(day)
        }

    def _idle(self, number: int, day: int) -> int:
        crew = self.problem.crews[number]
        opens, closes = crew.shifts[day] or (0, 0)
        pauses = (min(end, closes) - max(begin, opens) for begin, end in crew.breaks[day])
        visits = self.by_crew_day.get((number, day), [])
        stays = sum(worked(self.problem, visit)[1] for visit in visits)
        driven = driving_minutes(self.problem, crew, [visit.site for visit in visits])
        return closes - opens - sum(max(pause, 0) for pause in pauses) - stays - driven

    def judged(self, crew: int, day: int, solution: Solution) -> Trial:
        """Return the trial with the breaches that its crew-day brings about."""
        touched = {v.site for v in solution.visits if (v.crew, v.day) == (crew, day)}
        before = set(self._breaches(self.solution, crew, day, touched))
        after = self._breaches(solution, crew, day, touched)
        return Trial(solution, crew, day, tuple(fault for fault in after if fault not in before))

    def _breaches(
        self, solution: Solution, crew: int, day: int, touched: set[int]
    ) -> tuple[Violation, ...]:
        """Judge what one crew-day can spoil: its crew, its sites, its pins."""
        concerned = [v for v in solution.visits if v.crew == crew or v.site in touched]
        found = violations(self.problem, Solution(tuple(concerned)))
        return tuple(
            fault
            for fault in found
            if fault.rule != "pinned" or (fault.crew, fault.day) == (crew, day)
        )


@attrs.frozen
class Wish:
    """
    One pupil more at *site*, of one of the *groups*.

    A new visit that must record several takes others along who wait at the site.
    """

    site: int
    groups: tuple[int, ...]

    def counts(self, room: Sequence[tuple[int, int]], fewest: int) -> list[int] | None:
        """Return pupils to record for each group: one of ours, then others up to *fewest*."""
        ours = next((number for number in self.groups if room[number][1] > 0), None)
        if ours is None:
            return None
        counts = [int(number == ours) for number in range(len(room))]
        for number in (*self.groups, *range(len(room))):
            more = min(room[number][1] - counts[number], fewest - sum(counts))
            counts[number] += max(more, 0)
        return counts


def trials(plan: Outlook, wish: Wish, crew: int, day: int) -> Iterator[Trial]:
    """Yield the plans in which a crew-day records one pupil more, as far as time allows."""
    for solution in (*_longer(plan, wish, crew, day), *_inserted(plan, wish, crew, day)):
        yield plan.judged(crew, day, solution)


def room_at(plan: Outlook, site: int, day: int) -> tuple[tuple[int, int], ...]:
    """Return for each group how many one more visit on *day* could call and record."""
    visits = plan.by_site.get(site, ())
    return callable_pupils(plan.problem.sites[site], visits, day=day)


def minutes_short(plan: Outlook, wish: Wish, crew: int, day: int) -> int | None:
    """
    Return by how many minutes a crew-day is too short for one pupil more.

    None when it is not time that keeps them: nobody could be called, or expected to come.
    """
    problem, site = plan.problem, wish.site
    visits = plan.by_crew_day.get((crew, day), [])
    tries: list[list[tuple[int, int]]] = []
    stays = [worked(problem, visit) for visit in visits]
    alone = _load(plan, wish, day)
    if alone:
        new = (site, stay_minutes(problem, crew, day, site, alone))
        tries += [[*stays[:place], new, *stays[place:]] for place in range(len(stays) + 1)]
    tries += [
        [worked(problem, visit) for visit in longer] for longer in _extended(plan, wish, visits)
    ]
    return min((overrun(problem, crew, day, one) for one in tries), default=None)


def _load(plan: Outlook, wish: Wish, day: int) -> int:
    """Return for how many pupils a new visit needs the time: those who come, or all called."""
    room = room_at(plan, wish.site, day)
    counts = wish.counts(room, plan.fewest)
    called = counts and calls_for(plan.problem.sites[wish.site], counts, room)
    if not counts or not called:
        return 0
    return sum(counts) if plan.problem.overbook else sum(called)


def calls_for(
    site: Site, recorded: Sequence[int], room: Sequence[tuple[int, int]]
) -> Counts | None:
    """Return the fewest to call so that *recorded* are expected; None when too few wait."""
    called: list[int] = []
    for number, pupils in enumerate(recorded):
        expected = -(-100 * sum(recorded[: number + 1]) // site.turnout)
        missing = max(expected - sum(called), pupils)
        for group in range(number):  # those called before may have to be more
            spare = min(room[group][0] - called[group], max(missing - room[number][0], 0))
            called[group] += max(spare, 0)
            missing -= max(spare, 0)
        called.append(missing)
        if missing > room[number][0] or pupils > room[number][1]:
            return None
    return tuple(called)


def _longer(plan: Outlook, wish: Wish, crew: int, day: int) -> Iterator[Solution]:
    """Yield the plans in which a visit of the day to the site records one more."""
    visits = plan.by_crew_day.get((crew, day), [])
    for longer in _extended(plan, wish, visits):
        yield from _timed(plan, visits, longer)


def _extended(plan: Outlook, wish: Wish, visits: list[SiteVisit]) -> Iterator[list[SiteVisit]]:
    """Yield the day with one pupil more in one of its visits to the site, minutes as before."""
    place = plan.problem.sites[wish.site]
    for number, visit in enumerate(visits):
        if visit.site != wish.site:
            continue
        others = [v for v in plan.by_site[wish.site] if v != visit]
        room = callable_pupils(place, others, day=visit.day)
        for group in wish.groups:
            counts = [n + (g == group) for g, n in enumerate(visit.recorded)]
            called = calls_for(place, counts, room)
            if called is not None:
                more = attrs.evolve(visit, called=called, recorded=tuple(counts))
                yield [*visits[:number], more, *visits[number + 1 :]]


def _inserted(plan: Outlook, wish: Wish, crew: int, day: int) -> Iterator[Solution]:
    """Yield the plans with a visit more, at every place of the day that has the time."""
    problem, site = plan.problem, wish.site
    shortest = (site, stay_minutes(problem, crew, day, site, 1))
    if plan.idle[crew, day] < shortest[1]:
        return  # the triangle inequality: a way round never costs less than nothing
    visits = plan.by_crew_day.get((crew, day), [])
    stays = [worked(problem, visit) for visit in visits]
    for place in range(len(visits), -1, -1):
        times = timetable(problem, crew, day, [*stays[:place], shortest, *stays[place:]])
        new = _new_visit(plan, wish, crew, day, times.stays[place].start) if times.holds else None
        if new:
            yield from _timed(plan, visits, [*visits[:place], new, *visits[place:]])


def _new_visit(plan: Outlook, wish: Wish, crew: int, day: int, start: int) -> SiteVisit | None:
    room = room_at(plan, wish.site, day)
    counts = wish.counts(room, plan.fewest)
    called = counts and calls_for(plan.problem.sites[wish.site], counts, room)
    if not counts or not called:
        return None
    return SiteVisit(
        day=day,
        crew=crew,
        start=start,
        site=wish.site,
        arrive=start,
        end=start,
        called=called,
        recorded=tuple(counts),
    )


def _timed(
    plan: Outlook, before: Sequence[SiteVisit], after: Sequence[SiteVisit]
) -> Iterator[Solution]:
    """Yield the plan in which the visits *after* replace those *before* in their crew-day."""
    problem, crew, day = plan.problem, after[0].crew, after[0].day
    times: Timetable = timetable(problem, crew, day, [worked(problem, visit) for visit in after])
    if times.holds:
        others = [visit for visit in plan.solution.visits if visit not in before]
        placed = (
            attrs.evolve(visit, arrive=stay.arrive, start=stay.start, end=stay.end)
            for visit, stay in zip(after, times.stays, strict=True)
        )
        yield Solution((*others, *placed))
