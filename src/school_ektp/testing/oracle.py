"""
The best plan beyond doubt, for problems so small that every plan can be looked at.

Day after day, every way to send the crews out is laid out: every sequence of schools and
sessions, every number of pupils at each stay, every order in which crews meet at a school.
Each is applied to every state that the days before can leave behind (pupils recorded of each
group, and what rules remember); of the plans that end in one state the one with fewer
team-days, less driving and earlier visits is kept. That loses nothing: what a state is worth
depends on it alone, and costs only add up.

It shares neither code nor ideas with the search. Stays begin as early as the order of the
stays allows, which is no loss either: a plan with a later start has the same pupils, and
nothing in it needs the delay once the order of the crews at each school is fixed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, combinations, pairwise, product
from typing import Literal, TypeAlias

import attrs

from school_ektp.errors import ProblemError
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import (
    CrewsAtOnce,
    DrivingLimit,
    FewestPupils,
    Forbidden,
    KitDayCap,
    Pinned,
    ReserveDays,
    Spacing,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.solution import Score, SiteVisit, Solution
from school_ektp.testing.stays import called_for, moment_after, stay_minutes, waiting_at

Counts: TypeAlias = tuple[int, ...]  # pupils, for each group of one site
Trip: TypeAlias = tuple["Leg", ...]  # what one crew does on one day
Needs: TypeAlias = tuple[tuple[int, int], ...]  # (site, pupils who must wait there)
Order: TypeAlias = tuple["Leg", "Leg", Literal["start", "end"]]  # second after first's ...

EVERYBODY = 100  # percent


def plan_exhaustively(problem: VisitProblem) -> Solution:
    """
    Return a plan with the greatest score there is.

    For 2 to 4 schools, 1 or 2 crews, 1 to 3 days and some eight pupils in all; the work grows
    exponentially in each of them.

    Raises:
        ProblemError: No plan keeps the pinned visits.
    """
    states: dict[State, Course] = {State.first(problem): Course()}
    for day in range(problem.days):
        states = _after(problem, day, states)
    plans = [Solution(course.visits) for course in states.values()]
    if not plans:
        raise ProblemError(["no plan keeps the pinned visits"])
    best = max(plans, key=lambda plan: score(problem, plan))
    if violations(problem, best):  # the oracle contradicts the judge: one of them is wrong
        raise AssertionError(violations(problem, best))
    return best


def best_score(problem: VisitProblem) -> Score:
    """Return the score of `plan_exhaustively`."""
    return score(problem, plan_exhaustively(problem))


@attrs.frozen(cache_hash=True)
class Leg:
    """
    One stay of a crew as first sketched.

    Attributes:
        window: Which session of the site the stay lies in.
        at: Minute at which it must start, for pins that name one.
        load: Pupils the time is kept for: recorded, or called without overbooking.
    """

    crew: int
    site: int
    window: int
    at: int | None
    load: int


@attrs.frozen
class Stay:
    """A leg with its minutes."""

    leg: Leg
    arrive: int
    start: int
    end: int


@attrs.frozen
class Outing:
    """What all crews do on one day; stays in the order in which they call pupils."""

    stays: tuple[Stay, ...]
    driving: int

    @cached_property
    def crews(self) -> frozenset[int]:
        """Crews that leave their base."""
        return frozenset(stay.leg.crew for stay in self.stays)


@attrs.frozen(cache_hash=True)
class State:
    """
    What the days gone by mean for those to come.

    Attributes:
        recorded: For each site, pupils recorded of each group.
        visits: For each site, visits so far, if a rule counts them.
        last: For each site, day of the last visit, if a rule spaces them.
        used: For each crew, days used, if a rule keeps some in reserve.
    """

    recorded: tuple[Counts, ...]
    visits: tuple[int, ...]
    last: tuple[int, ...]
    used: tuple[int, ...]

    @classmethod
    def first(cls, problem: VisitProblem) -> State:
        """Return the state before any visit."""
        return cls(
            recorded=tuple((0,) * len(site.groups) for site in problem.sites),
            visits=(0,) * len(problem.sites),
            last=(-problem.days - max(_asked(problem, Spacing, "days"), default=0),)
            * len(problem.sites),
            used=(0,) * len(problem.crews),
        )


@attrs.frozen
class Course:
    """One way to come to a state, and what it cost."""

    visits: tuple[SiteVisit, ...] = ()
    cost: tuple[int, int, int] = (0, 0, 0)  # team-days, driving, sum of days of recording

    def cost_with(
        self, day: int, outing: Outing, visits: Sequence[SiteVisit]
    ) -> tuple[int, int, int]:
        """Return the cost of this course and one more outing."""
        team_days, driving, lateness = self.cost
        return (
            team_days + len(outing.crews),
            driving + outing.driving,
            lateness + day * sum(visit.pupils for visit in visits),
        )


def _asked(problem: VisitProblem, kind: type, name: str) -> list[int]:
    return [getattr(rule, name) for rule in problem.rules if isinstance(rule, kind)]


# From state to state ------------------------------------------------------------------------


@attrs.frozen
class Limits:
    """What rules about more than one day allow; None where no rule asks."""

    visits: int | None
    spacing: int | None
    days: tuple[int, ...] | None

    @classmethod
    def of(cls, problem: VisitProblem) -> Limits:
        """Read the rules of *problem*."""
        reserve = _asked(problem, ReserveDays, "days")
        working = [sum(map(crew.works, range(problem.days))) for crew in problem.crews]
        return cls(
            visits=min(_asked(problem, VisitsPerSite, "most"), default=None),
            spacing=max(_asked(problem, Spacing, "days"), default=None),
            days=tuple(max(days - max(reserve), 0) for days in working) if reserve else None,
        )


def _after(problem: VisitProblem, day: int, states: dict[State, Course]) -> dict[State, Course]:
    after: dict[State, Course] = {}
    limits = Limits.of(problem)
    outings = tuple(_outings(problem, day))
    for state, course in states.items():
        for outing in outings:
            following = _next_state(limits, day, state, outing)
            if following is None:
                continue
            for recorded, visits in _recordings(problem, day, outing, state.recorded):
                reached = State(recorded, following.visits, following.last, following.used)
                cost = course.cost_with(day, outing, visits)
                if reached not in after or cost < after[reached].cost:
                    after[reached] = Course((*course.visits, *visits), cost)
    return after


def _next_state(limits: Limits, day: int, state: State, outing: Outing) -> State | None:
    """Return what rules remember after the outing, or None if a rule forbids it."""
    visits, last, used = list(state.visits), list(state.last), list(state.used)
    sites = [stay.leg.site for stay in outing.stays]
    if limits.spacing is not None:
        if any(0 < day - last[site] < limits.spacing for site in sites):
            return None
        for site in sites:
            last[site] = day
    if limits.visits is not None:
        for site in sites:
            visits[site] += 1
        if max(visits) > limits.visits:
            return None
    if limits.days is not None:
        for crew in outing.crews:
            used[crew] += 1
        if any(some > most for some, most in zip(used, limits.days, strict=True)):
            return None
    return State(state.recorded, tuple(visits), tuple(last), tuple(used))


def _recordings(
    problem: VisitProblem, day: int, outing: Outing, before: tuple[Counts, ...]
) -> Iterator[tuple[tuple[Counts, ...], list[SiteVisit]]]:
    """Yield every way to share the stays' pupils among groups: all recorded, and the visits."""
    waiting = tuple(
        tuple(max(all_ - some, 0) for all_, some in zip(arrived, recorded, strict=True))
        for arrived, recorded in zip(
            (waiting_at(problem, day, site) for site in range(len(problem.sites))),
            before,
            strict=True,
        )
    )
    # Whoever is called leaves those who can be called on the day, whether recorded or not.
    partial: list[tuple[tuple[Counts, ...], list[SiteVisit]]] = [(waiting, [])]
    for place, stay in enumerate(outing.stays):
        site = stay.leg.site
        again = any(later.leg.site == site for later in outing.stays[place + 1 :])
        partial = [
            (_added(left, site, tuple(-pupils for pupils in visit.called)), [*visits, visit])
            for left, visits in partial
            for visit in _visits(problem, day, stay, left[site], again=again)
        ]
        if not partial:
            return
    for _, visits in partial:
        if _keeps_day_rules(problem, day, visits):
            recorded = before
            for visit in visits:
                recorded = _added(recorded, visit.site, visit.recorded)
            yield recorded, visits


def _added(recorded: tuple[Counts, ...], site: int, more: Counts) -> tuple[Counts, ...]:
    summed = tuple(a + b for a, b in zip(recorded[site], more, strict=True))
    return (*recorded[:site], summed, *recorded[site + 1 :])


def _visits(
    problem: VisitProblem, day: int, stay: Stay, waiting: Counts, *, again: bool
) -> Iterator[SiteVisit]:
    """Yield visits that fill a stay; if it matters to one *again* that day, however they call."""
    leg = stay.leg
    turnout = problem.sites[leg.site].turnout
    for share, called in _shares(waiting, leg.load, turnout, problem.overbook, again):
        yield SiteVisit(
            day=day,
            crew=leg.crew,
            start=stay.start,
            site=leg.site,
            arrive=stay.arrive,
            end=stay.end,
            called=called,
            recorded=share,
        )


@lru_cache(maxsize=1 << 14)
def _shares(
    waiting: Counts,
    load: int,
    turnout: int,
    overbook: bool,  # noqa: FBT001 (cached by position)
    again: bool,  # noqa: FBT001
) -> tuple[tuple[Counts, Counts], ...]:
    """Return all (recorded, called) that fill a load exactly, calling no more than they must."""
    shares = []
    for recorded in product(*(range(most + 1) for most in waiting)):
        called = called_for(recorded, waiting, turnout=turnout)
        if sum(recorded) and called and load == sum(recorded if overbook else called):
            ways = _ways_to_call(recorded, sum(called), waiting, turnout) if again else [called]
            shares += [(recorded, way) for way in ways]
    return tuple(shares)


def _ways_to_call(recorded: Counts, most: int, waiting: Counts, turnout: int) -> list[Counts]:
    """Return all ways to call *most* pupils of whom *recorded* can be expected."""
    ranges = [range(some, all_ + 1) for some, all_ in zip(recorded, waiting, strict=True)]
    return [
        called
        for called in product(*ranges)
        if sum(called) == most
        and all(
            EVERYBODY * came <= turnout * asked
            for came, asked in zip(accumulate(recorded), accumulate(called), strict=True)
        )
    ]


def _keeps_day_rules(problem: VisitProblem, day: int, visits: Sequence[SiteVisit]) -> bool:
    """Return whether the rules about numbers of pupils on one day are kept."""
    fewest = max(_asked(problem, FewestPupils, "pupils"), default=0)
    by_crew: dict[int, int] = defaultdict(int)
    for visit in visits:
        by_crew[visit.crew] += visit.pupils
    return (
        all(visit.pupils >= fewest for visit in visits)
        and all(
            pupils <= cap * problem.crews[crew].kits[day]
            for crew, pupils in by_crew.items()
            for cap in _asked(problem, KitDayCap, "pupils")
        )
        and all(any(_keeps(pin, visit) for visit in visits) for pin in _pins(problem, day))
    )


def _pins(problem: VisitProblem, day: int) -> list[Pinned]:
    return [rule for rule in problem.rules if isinstance(rule, Pinned) and rule.day == day]


def _keeps(pin: Pinned, visit: SiteVisit) -> bool:
    return (
        (visit.crew, visit.site) == (pin.crew, pin.site)
        and pin.start in (None, visit.start)
        and visit.pupils >= pin.pupils
    )


# What the crews can do on one day -----------------------------------------------------------


def _outings(problem: VisitProblem, day: int) -> Iterator[Outing]:
    """Yield all outings of a day that differ in what they mean, each with the least driving."""
    best: dict[tuple[tuple[int, ...], ...], Outing] = {}
    waiting = [sum(waiting_at(problem, day, site)) for site in range(len(problem.sites))]
    trips = [_by_needs(problem, _trips(problem, day, crew)) for crew in range(len(problem.crews))]
    sparse = [{needs: _cheapest(problem, some) for needs, some in own.items()} for own in trips]
    for needs in product(*trips):
        if not _enough_wait(needs, waiting):
            continue
        choices = [
            (trips if _meets(problem, crew, needs) else sparse)[crew][own]
            for crew, own in enumerate(needs)
        ]
        for outing in _joint_outings(problem, day, choices):
            key = _meaning(problem, outing)
            if key not in best or outing.driving < best[key].driving:
                best[key] = outing
    yield from best.values()


def _joint_outings(
    problem: VisitProblem, day: int, choices: Sequence[Sequence[Trip]]
) -> Iterator[Outing]:
    """Yield the outings in which each crew makes one of its trips, in every order of meeting."""
    for joint in product(*choices):
        legs = [leg for trip in joint for leg in trip]
        for orders in _orders(problem, day, legs):
            stays = _timed(problem, day, joint, orders)
            if stays is not None and not _crowded(problem, stays):
                yield Outing(
                    tuple(sorted(stays, key=lambda stay: (stay.start, stay.leg.crew))),
                    sum(_driving(problem, trip) for trip in joint),
                )


def _by_needs(problem: VisitProblem, trips: Iterable[Trip]) -> dict[Needs, list[Trip]]:
    """Group trips by the fewest pupils who must wait at each of their sites."""
    grouped: dict[Needs, list[Trip]] = defaultdict(list)
    for trip in trips:
        needs: dict[int, int] = defaultdict(int)
        for leg in trip:
            needs[leg.site] += _need(problem, leg)
        grouped[tuple(sorted(needs.items()))].append(trip)
    return dict(grouped)


def _need(problem: VisitProblem, leg: Leg) -> int:
    """Return how many are called in a stay, at least."""
    if not problem.overbook:
        return leg.load
    return -(-EVERYBODY * leg.load // problem.sites[leg.site].turnout)


def _enough_wait(needs: Iterable[Needs], waiting: Sequence[int]) -> bool:
    total: dict[int, int] = defaultdict(int)
    for site, need in (entry for own in needs for entry in own):
        total[site] += need
    return all(need <= waiting[site] for site, need in total.items())


def _meets(problem: VisitProblem, crew: int, needs: Sequence[Needs]) -> bool:
    """Return whether *crew* shares a site with another where it matters who is first."""
    others = {site for other, own in enumerate(needs) if other != crew for site, _ in own}
    return _order_matters(problem) and any(site in others for site, _ in needs[crew])


def _order_matters(problem: VisitProblem) -> bool:
    """Return whether it can make a difference which of two crews comes first to a site."""
    crowd = min(_asked(problem, CrewsAtOnce, "most"), default=len(problem.crews))
    return crowd < len(problem.crews)


def _meaning(problem: VisitProblem, outing: Outing) -> tuple[tuple[int, ...], ...]:
    """Return all that states and pins see of an outing: who calls where, in which order."""
    by_site: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for stay in outing.stays:
        leg = stay.leg
        pinned = -1 if leg.at is None else leg.at
        by_site[leg.site].append((leg.site, leg.crew, leg.load, pinned))
    if not _order_matters(problem):
        for entries in by_site.values():
            entries.sort()
    return tuple(entry for _, entries in sorted(by_site.items()) for entry in entries)


def _cheapest(problem: VisitProblem, trips: Iterable[Trip]) -> list[Trip]:
    """Return of all trips that mean the same, if no other crew comes near, the shortest drive."""
    best: dict[tuple[tuple[int, int, int], ...], Trip] = {}
    for trip in trips:
        legs = sorted(trip, key=lambda leg: (leg.site, leg.window))
        key = tuple((leg.site, leg.load, -1 if leg.at is None else leg.at) for leg in legs)
        if key not in best or _driving(problem, trip) < _driving(problem, best[key]):
            best[key] = trip
    return list(best.values())


def _driving(problem: VisitProblem, trip: Sequence[Leg]) -> int:
    if not trip:
        return 0
    crew = problem.crews[trip[0].crew]
    matrix = problem.travel[crew.travel]
    nodes = [crew.start, *(leg.site for leg in trip), crew.end]
    return sum(matrix[a][b] for a, b in pairwise(nodes))


def _trips(problem: VisitProblem, day: int, crew: int) -> Iterator[Trip]:
    """Yield every day of one crew that it could do alone, the free day first."""
    yield ()
    if not problem.crews[crew].works(day):
        return
    stack: list[Trip] = [()]
    while stack:
        trip = stack.pop()
        for leg in _next_legs(problem, day, crew, trip):
            longer = (*trip, leg)
            # A trip that breaks a rule or comes late does so with another stay, too: the
            # triangle inequality holds.
            if _keeps_trip_rules(problem, longer) and _timed(problem, day, (longer,), ()):
                stack.append(longer)
                yield longer


def _next_legs(problem: VisitProblem, day: int, crew: int, trip: Trip) -> Iterator[Leg]:
    for site, place in enumerate(problem.sites):
        if Forbidden(crew, site) in problem.rules:
            continue
        left = sum(waiting_at(problem, day, site))
        left -= sum(_need(problem, leg) for leg in trip if leg.site == site)
        most = place.turnout * left // EVERYBODY if problem.overbook else left
        minutes = {pin.start for pin in _pins(problem, day) if (pin.crew, pin.site) == (crew, site)}
        used = {leg.window for leg in trip if leg.site == site}
        for window in sorted(set(range(len(place.sessions[day]))) - used):
            for load in range(1, most + 1):
                for at in (None, *sorted(minute for minute in minutes if minute is not None)):
                    yield Leg(crew, site, window, at, load)


def _keeps_trip_rules(problem: VisitProblem, trip: Trip) -> bool:
    return all(len(trip) <= most for most in _asked(problem, VisitsPerDay, "most")) and all(
        _driving(problem, trip) <= most for most in _asked(problem, DrivingLimit, "minutes")
    )


# Minutes ------------------------------------------------------------------------------------


def _orders(problem: VisitProblem, day: int, legs: Sequence[Leg]) -> Iterator[tuple[Order, ...]]:
    """Yield every order in which stays of two crews at one site can follow each other."""
    if not _order_matters(problem):
        yield ()
        return
    meetings = [
        (first, second)
        for first, second in combinations(legs, 2)
        if first.site == second.site and first.crew != second.crew
    ]
    for kinds in product(*(_ways(problem, day, *meeting) for meeting in meetings)):
        yield tuple(kinds)


def _ways(problem: VisitProblem, day: int, first: Leg, second: Leg) -> list[Order]:
    begun: list[Order] = [(first, second, "start"), (second, first, "start")]
    over: list[Order] = [(first, second, "end"), (second, first, "end")]
    most = min(_asked(problem, CrewsAtOnce, "most"))
    moments = any(
        stay_minutes(problem.crews[leg.crew], day, leg.site, leg.load) == 0
        for leg in (first, second)
    )
    return over if most == 1 and not moments else begun + over


def _timed(
    problem: VisitProblem, day: int, trips: Iterable[Trip], orders: Iterable[Order]
) -> list[Stay] | None:
    """Return the stays of all trips, each as early as the orders allow, or None if too late."""
    floors: dict[Leg, int] = {}
    while True:
        stays: dict[Leg, Stay] = {}
        for trip in trips:
            timed = _trip_timed(problem, day, trip, floors)
            if timed is None:
                return None
            stays.update((stay.leg, stay) for stay in timed)
        late = [
            (later, _earliest(stays[earlier], later, what))
            for earlier, later, what in orders
            if stays[later].start < _earliest(stays[earlier], later, what)
        ]
        if not late:
            return list(stays.values())
        for leg, moment in late:
            floors[leg] = max(floors.get(leg, moment), moment)


def _earliest(earlier: Stay, later: Leg, what: Literal["start", "end"]) -> int:
    if what == "end":
        return earlier.end
    # In one minute, the crew with the smaller number calls first.
    return earlier.start + (later.crew < earlier.leg.crew)


def _trip_timed(
    problem: VisitProblem, day: int, trip: Trip, floors: dict[Leg, int]
) -> list[Stay] | None:
    if not trip:
        return []
    crew = problem.crews[trip[0].crew]
    matrix, breaks = problem.travel[crew.travel], crew.breaks[day]
    shift = crew.shifts[day]
    assert shift is not None  # noqa: S101 (only crews that work have trips)
    node, clock, stays = crew.start, shift[0], list[Stay]()
    for leg in trip:
        arrive = moment_after(clock, matrix[node][leg.site], breaks)
        opens, closes = problem.sites[leg.site].sessions[day][leg.window]
        earliest = max(arrive, opens, floors.get(leg, 0))
        start = earliest if leg.at is None else leg.at
        clock = moment_after(start, stay_minutes(crew, day, leg.site, leg.load), breaks)
        if start < earliest or clock > closes:
            return None
        stays.append(Stay(leg, arrive, start, clock))
        node = leg.site
    home = moment_after(clock, matrix[node][crew.end], breaks)
    return stays if home <= shift[1] else None


def _crowded(problem: VisitProblem, stays: Sequence[Stay]) -> bool:
    most = min(_asked(problem, CrewsAtOnce, "most"), default=len(problem.crews))
    return any(
        sum(o.leg.site == stay.leg.site and o.start <= stay.start < o.end for o in stays) > most
        for stay in stays
    )
