"""
The best plan beyond doubt, for problems so small that every plan can be looked at.

Team-day after team-day, every trip is tried: every sequence of schools, every room that its time
allows, and where it matters every order in which teams meet at a school. A branch is left when
even the best that each school could still bring, each for itself, is worth no more than the best
plan found. Nothing is shared with the search but the problem; the checker says what is allowed
and what a plan is worth.

Three facts keep the work small.

1.  Stays begin as early as they can. A plan with a later start has the same rooms, and nothing in
    it needs the delay once the order of the teams at each school is fixed.
2.  Between the same visits, more room never loses: those recorded earlier are worth as much or
    more, and no fewer are recorded in all. So of the rooms that a sequence has time for only
    those are tried that no others exceed. With `FewestPupils` a large room can take from a later
    visit what that one needs, with `TeamsAtOnce` it can keep another team waiting too long; then
    smaller rooms are tried as well. Room for more than all pupils changes nothing.
3.  A visit more can lose, even if it costs nothing: those it calls in vain come less often. So
    trips to fewer schools are tried as well, and what a school can still bring is the best over
    every choice of the visits to come.

Fact 2 holds up to rounding: `rounding` says what that can make.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, combinations, product
from typing import TypeAlias

import attrs

from school_ektp.errors import ProblemError
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import (
    FewestPupils,
    Floor,
    KitDayCap,
    Pinned,
    ReachedBy,
    TeamDayBudget,
    TeamsAtOnce,
)
from school_ektp.planning.problem import ALL, EXPECTED, Luck, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution, Value
from school_ektp.testing.stays import home_in_time, next_visit, unplaced

#: Visits to one site in order: day, room, and the first team that is as often at home as theirs.
Calls: TypeAlias = tuple[tuple[int, int, int], ...]
Order: TypeAlias = tuple[SiteVisit, SiteVisit, Callable[[SiteVisit, SiteVisit], int]]
Rank: TypeAlias = tuple[int, int]
Stays: TypeAlias = tuple[SiteVisit, ...]

#: Constraints under which less room can be worth more; they are tried without at first.
SMALLER_ROOMS = (FewestPupils, TeamsAtOnce)

#: Checks about the visits to one site: the first three say how many and when.
SITE_CHECKS = ("visits_per_site", "spacing", "one_visit", "fewest_pupils")


def plan_exhaustively(problem: VisitProblem) -> Solution:
    """
    Return a plan with the greatest value there is, up to `rounding`.

    For 2 to 4 schools, 1 or 2 teams, 1 to 3 days and some eight pupils in all; the work grows
    exponentially in each of them.

    Raises:
        ProblemError: No plan keeps the pinned visits.
    """
    awkward = [rule for rule in problem.constraints if isinstance(rule, SMALLER_ROOMS)]
    others = tuple(rule for rule in problem.constraints if rule not in awkward)
    best = _Oracle(attrs.evolve(problem, constraints=others)).best()
    if best is not None and violations(problem, best):
        best = _Oracle(problem, ceiling=evaluate(problem, best).rank).best()
    if best is None:
        raise ProblemError(["no plan keeps the pinned visits"])
    if violations(problem, best):  # the oracle contradicts the checker: one of them is wrong
        raise AssertionError(violations(problem, best))
    return best


def best_value(problem: VisitProblem) -> Value:
    """Return the value of `plan_exhaustively`."""
    return evaluate(problem, plan_exhaustively(problem))


def rounding(problem: VisitProblem, solution: Solution) -> Rank:
    """
    Return by how much rounding can lift *solution* above the oracle's plan, in the parts of a rank.

    A hundredth of a pupil for each visit and group. Where nothing is left to luck, only visits
    that share the pupils of a day are rounded.
    """
    certain = (
        problem.luck == Luck()
        and {*chain(*problem.held)} <= {ALL}
        and all(site.turnout == ALL and site.turnout_again in (0, ALL) for site in problem.sites)
    )
    sharing = Counter((visit.day, visit.site) for visit in solution.visits)
    groups = [
        group
        for visit in solution.visits
        if not certain or sharing[visit.day, visit.site] > 1
        for group in problem.sites[visit.site].groups
    ]
    return len(groups), sum(ALL * problem.price.weight(group.priority) for group in groups)


@attrs.frozen
class _Hope:
    """The most that visits can bring, each part for itself: worth, recorded, reached by a date."""

    worth: int
    recorded: int
    reached: int

    def or_else(self, other: _Hope) -> _Hope:
        """Return the better of each part."""
        return _Hope(
            max(self.worth, other.worth),
            max(self.recorded, other.recorded),
            max(self.reached, other.reached),
        )


@attrs.frozen
class _Trip:
    """
    What one team does on one day, at its earliest.

    Attributes:
        stays: In order.
        cost: Of its visits, its team-day and its driving.
        smaller: Where the trip that beats it has more room, None if no trip beats it. It is worth
            trying only where it meets another team, or if such a site is visited again.
    """

    stays: Stays = ()
    cost: int = 0
    smaller: frozenset[int] | None = None

    @property
    def sites(self) -> frozenset[int]:
        """Where it goes."""
        return frozenset(visit.site for visit in self.stays)


class _Oracle:
    """One run: team-days in the order of days, the trips of each, and the best plan so far."""

    def __init__(self, problem: VisitProblem, ceiling: Rank = (0, sys.maxsize)) -> None:
        self._problem, self._ceiling = problem, ceiling
        pins = tuple(problem.all_of(Pinned))
        loose = tuple(rule for rule in problem.constraints if rule not in pins)
        self._loose = attrs.evolve(problem, constraints=loose)
        self._dates = attrs.evolve(problem, constraints=tuple(problem.all_of(ReachedBy)))
        self._unreached = evaluate(self._dates, Solution()).shortfall
        self._turns = [
            (day, team)
            for day in range(problem.days)
            for team in range(len(problem.teams))
            if problem.can_work(team, day)
        ]
        self._impossible = any((pin.day, pin.team) not in self._turns for pin in pins)
        self._trips = [self._trips_of(day, team) for day, team in self._turns]
        self._brought: dict[tuple[int, Calls], _Hope] = {}
        self._broken: dict[tuple[int, Calls], set[str]] = {}
        self._hopes: dict[tuple[int, Calls, tuple[int, ...]], _Hope] = {}
        self._seen: dict[tuple[object, ...], int] = {}
        self._best: Solution | None = None
        self._best_rank: Rank | None = None

    def best(self) -> Solution | None:
        """Return the best plan, None if none keeps the pins."""
        if not self._impossible:
            self._branch(0, (), 0, ())
        return self._best

    # The tree of plans

    def _branch(self, turn: int, visits: Stays, cost: int, today: tuple[_Trip, ...]) -> None:
        """Try every trip of a turn after the *visits* of days gone by and the trips of *today*."""
        if today and (turn == len(self._turns) or self._turns[turn][0] != self._turns[turn - 1][0]):
            for stays in self._meetings(turn, visits, today):
                longer = (*visits, *stays)
                if self._is_new(turn, longer, cost):
                    self._branch(turn, longer, cost, ())
        elif turn == len(self._turns):
            self._keep(Solution(visits))
        else:
            so_far = (*visits, *(visit for trip in today for visit in trip.stays))
            ranked = [
                (self._rank(turn + 1, self._calls((*so_far, *trip.stays)), cost + trip.cost), trip)
                for trip in self._trips[turn]
            ]
            for rank, trip in sorted(ranked, key=lambda pair: pair[0], reverse=True):
                if self._best_rank is not None and min(rank, self._ceiling) <= self._best_rank:
                    break
                self._branch(turn + 1, visits, cost + trip.cost, (*today, trip))

    def _keep(self, plan: Solution) -> None:
        rank = evaluate(self._problem, plan).rank
        if self._best_rank is None or rank > self._best_rank:
            self._best, self._best_rank = plan, rank

    def _is_new(self, turn: int, visits: Stays, cost: int) -> bool:
        """Return whether a partial plan is feasible, can still win and is not dominated."""
        calls = self._calls(visits)
        if any(self._breaks(site, made) for site, made in enumerate(calls)):
            return False
        if self._best_rank is not None and self._rank(turn, calls, cost) <= self._best_rank:
            return False
        used = tuple(
            len({(v.team, v.day) for v in visits if budget.first <= v.day <= budget.last})
            for budget in self._problem.all_of(TeamDayBudget)
        )
        key = turn, calls, used
        if cost >= self._seen.get(key, cost + 1) or violations(self._loose, Solution(visits)):
            return False
        self._seen[key] = cost
        return True

    def _calls(self, visits: Stays) -> tuple[Calls, ...]:
        calls: list[list[tuple[int, int, int]]] = [[] for _ in self._problem.sites]
        for visit in sorted(visits, key=lambda visit: (visit.day, visit.start, visit.team)):
            calls[visit.site].append((visit.day, visit.room, self._alike[visit.team]))
        return tuple(map(tuple, calls))

    @cached_property
    def _alike(self) -> list[int]:
        """For each team, the first one that loses as many days."""
        lost = [self._problem.day_lost(team) for team in range(len(self._problem.teams))]
        return [*map(lost.index, lost)]

    # What a plan begun can come to

    def _rank(self, turn: int, calls: Sequence[Calls], cost: int) -> Rank:
        """Return a rank that no plan exceeds which adds visits from *turn* on."""
        sites = self._problem.sites
        hopes = [self._hope(site, made, turn) for site, made in enumerate(calls)]
        missing = self._unreached - sum(hope.reached for hope in hopes)
        for floor in self._problem.all_of(Floor):
            recorded = sum(
                hope.recorded
                for hope, site in zip(hopes, sites, strict=True)
                if site.district == floor.district
            )
            missing += max(EXPECTED * floor.pupils - recorded, 0)
        return -missing, sum(hope.worth for hope in hopes) - cost

    def _hope(self, site: int, calls: Calls, turn: int) -> _Hope:
        """Return the best over every choice of visits to a site from *turn* on, costs paid."""
        later = range(turn, len(self._turns))
        return self._extended(site, calls, tuple(t for t in later if self._usable(site, calls, t)))

    def _usable(self, site: int, calls: Calls, turn: int) -> bool:
        """Return whether a visit can still be made, and enough can wait who might come to it."""
        place, fewest = self._problem.sites[site], self._problem.limit(FewestPupils)
        if fewest is None or not (calls or place.held):
            return self._lone[turn][site][0] > 0
        arrived = sum(group.arrived(self._turns[turn][0]) for group in place.groups)
        waiting = EXPECTED * arrived - self._brings(site, calls).recorded
        come = waiting * max(place.turnout, place.turnout_again) // ALL
        # A hundredth for each visit and group may have been rounded down.
        rounded = (len(calls) + 1) * len(place.groups)
        return self._lone[turn][site][0] > 0 and come + rounded >= EXPECTED * fewest

    def _extended(self, site: int, calls: Calls, turns: tuple[int, ...]) -> _Hope:
        key = site, calls, turns
        if key not in self._hopes:
            hope = self._brings(site, calls)
            if turns:
                hope = self._extended(site, calls, turns[1:])
                room, cost = self._lone[turns[0]][site]
                day, team = self._turns[turns[0]]
                longer = (*calls, (day, room, self._alike[team]))
                if not self._breaks(site, longer, SITE_CHECKS[:3]):
                    more = self._extended(site, longer, turns[1:])
                    hope = hope.or_else(attrs.evolve(more, worth=more.worth - cost))
            self._hopes[key] = hope
        return self._hopes[key]

    def _brings(self, site: int, calls: Calls) -> _Hope:
        """Return what visits bring to a site that has no others."""
        key = site, calls
        if key not in self._brought:
            value = evaluate(self._dates, _without_minutes(site, calls))
            reached = self._unreached - value.shortfall
            self._brought[key] = _Hope(value.worth, sum(value.recorded), reached)
        return self._brought[key]

    def _breaks(self, site: int, calls: Calls, checks: Sequence[str] = SITE_CHECKS) -> bool:
        """Return whether the visits to a site break a check that is about them alone."""
        key = site, calls
        if key not in self._broken:
            found = violations(self._loose, _without_minutes(site, calls))
            self._broken[key] = {fault.rule for fault in found}
        return any(check in self._broken[key] for check in checks)

    @cached_property
    def _lone(self) -> list[list[tuple[int, int]]]:
        """
        For each turn and site, the most room a trip has there and the least a visit costs.

        A trip costs its team-day and at least the shortest drive to any of its sites; each of
        its visits bears its share.
        """
        lone = []
        for trips in self._trips:
            longest = max(len(trip.stays) for trip in trips) if trips else 0
            row = []
            for site in range(len(self._problem.sites)):
                ours = [trip for trip in trips if site in trip.sites]
                rooms = (v.room for trip in ours for v in trip.stays if v.site == site)
                visits = self._problem.price.visit
                shared = (trip.cost - visits * len(trip.stays) for trip in ours)
                row.append(
                    (max(rooms, default=0), visits + min(shared, default=0) // max(longest, 1))
                )
            lone.append(row)
        return lone

    # The trips of one team-day

    def _trips_of(self, day: int, team: int) -> list[_Trip]:
        pins = [p for p in self._problem.all_of(Pinned) if (p.day, p.team) == (day, team)]
        kept = attrs.evolve(self._problem, constraints=tuple(pins))
        trips = [
            _Trip(stays, evaluate(self._dates, Solution(stays)).costs)
            for stays in self._sequences(day, team, ())
            if not pins or not violations(kept, Solution(stays))
        ]
        marked = self._marked(trips)
        if self._every_room or self._order_matters:
            return marked
        return [trip for trip in marked if trip.smaller is None]

    def _sequences(self, day: int, team: int, stays: Stays) -> Iterator[Stays]:
        """Yield the trips that go on from *stays*; of their last stays only the longest will do."""
        if not stays:
            yield ()
        for site in range(len(self._problem.sites)):
            if any(visit.site == site for visit in stays) or not self._wanted(day, team, site):
                continue
            found: list[Stays] = []
            for room in self._rooms(day, team, site, stays):
                visit = self._placed(day, team, site, room, stays)
                if visit is None:
                    break
                longer = (*stays, visit)
                if not violations(self._loose, Solution(longer)):
                    found.append(longer)
                    yield from self._sequences(day, team, longer)
            yield from found if self._every_room or self._order_matters else found[-1:]

    def _wanted(self, day: int, team: int, site: int) -> bool:
        """Return whether anybody ever waits at a site, or a pin asks for the visit."""
        groups = self._problem.sites[site].groups
        waits = any(group.arrived(self._problem.days) for group in groups)
        return waits or (day, team, site) in self._pinned_start

    def _marked(self, trips: list[_Trip]) -> list[_Trip]:
        """Return all trips, those beaten by another to the same schools with a mark."""
        best: dict[frozenset[int], dict[tuple[int, ...], _Trip]] = defaultdict(dict)
        for trip in trips:
            same, rooms = best[trip.sites], _rooms_of(trip)
            if rooms not in same or trip.cost < same[rooms].cost:
                same[rooms] = trip
        return [
            attrs.evolve(trip, smaller=self._smaller(trip, best[trip.sites].values()))
            for trip in trips
        ]

    def _smaller(self, trip: _Trip, others: Iterable[_Trip]) -> frozenset[int] | None:
        places = [_less_room(trip, other) for other in others if _beats(other, trip)]
        if not places:
            return None
        return min(places, key=len) if self._every_room else frozenset()

    def _placed(self, day: int, team: int, site: int, room: int, stays: Stays) -> SiteVisit | None:
        plain = unplaced(day=day, team=team, site=site, room=room)
        start = self._pinned_start.get((day, team, site))
        visit = next_visit(
            self._problem, stays[-1] if stays else None, plain, not_before=start or 0
        )
        if visit is None or not home_in_time(self._problem, visit):
            return None
        return visit if start in (None, visit.start) else None

    @cached_property
    def _pinned_start(self) -> dict[tuple[int, int, int], int | None]:
        pins = self._problem.all_of(Pinned)
        return {(pin.day, pin.team, pin.site): pin.start for pin in pins}

    def _rooms(self, day: int, team: int, site: int, stays: Stays) -> Iterable[int]:
        """Return the rooms to try, ascending: all of them, or whole rounds of the kits."""
        kits = self._problem.teams[team].kits[day]
        most = self._ample[site]
        cap = self._problem.limit(KitDayCap)
        if cap is not None:
            most = min(most, cap * kits - sum(visit.room for visit in stays))
        if self._every_room or cap is not None:
            return range(1, most + 1)
        return [min(room, most) for room in range(kits, most + kits, kits)]

    @cached_property
    def _every_room(self) -> bool:
        return self._problem.limit(FewestPupils) is not None

    @cached_property
    def _ample(self) -> list[int]:
        """For each site, room for all its pupils, or as much as a pin asks for."""
        ample = [
            max(1, sum(group.arrived(self._problem.days) for group in site.groups))
            for site in self._problem.sites
        ]
        for pin in self._problem.all_of(Pinned):
            ample[pin.site] = max(ample[pin.site], pin.pupils)
        return ample

    # Teams that meet at a school

    @cached_property
    def _order_matters(self) -> bool:
        """Whether it can make a difference which of two teams comes first to a site."""
        teams = len(self._problem.teams)
        most = self._problem.limit(TeamsAtOnce)
        return teams > 1 and (self._every_room or (most is not None and most < teams))

    def _meetings(self, turn: int, before: Stays, trips: Sequence[_Trip]) -> Iterator[Stays]:
        """Yield the visits of a day for every order in which teams can follow each other."""
        meetings = [
            (a, b)
            for one, other in combinations(trips, 2)
            for a, b in product(one.stays, other.stays)
            if self._order_matters and a.site == b.site
        ]
        met = {visit.team for meeting in meetings for visit in meeting}
        calls = self._calls((*before, *(visit for trip in trips for visit in trip.stays)))
        for trip in trips:
            if trip.smaller is not None and trip.stays[0].team not in met:
                later = product(trip.smaller, range(turn, len(self._turns)))
                if not any(self._usable(site, calls[site], then) for site, then in later):
                    return
        seen = set()
        apart = self._problem.limit(TeamsAtOnce) is not None
        kinds = (_begun, _over) if apart else (_begun,)
        ways = [
            [order for rule in kinds for order in ((a, b, rule), (b, a, rule))] for a, b in meetings
        ]
        for orders in product(*ways):
            timed = self._timed(trips, orders)
            if timed is not None and timed not in seen:
                seen.add(timed)
                yield timed

    def _timed(self, trips: Sequence[_Trip], orders: Sequence[Order]) -> Stays | None:
        """Return the stays as early as the orders allow, None if that is too late."""
        earliest: dict[SiteVisit, int] = {}
        while True:
            now: dict[SiteVisit, SiteVisit] = {}
            for trip in trips:
                stays = self._as_early(trip, earliest)
                if stays is None:
                    return None
                now |= stays
            late = {
                then: rule(now[first], now[then])
                for first, then, rule in orders
                if now[then].start < rule(now[first], now[then])
            }
            if not late:
                return tuple(now.values())
            earliest |= late

    def _as_early(
        self, trip: _Trip, earliest: Mapping[SiteVisit, int]
    ) -> dict[SiteVisit, SiteVisit] | None:
        """Return the stays of a trip as early as they may begin, None if that is too late."""
        now: dict[SiteVisit, SiteVisit] = {}
        last: SiteVisit | None = None
        for stay in trip.stays:
            pinned = self._pinned_start.get((stay.day, stay.team, stay.site))
            start = max(earliest.get(stay, 0), pinned or 0)
            last = next_visit(self._problem, last, stay, not_before=start)
            if last is None or pinned not in (None, last.start):
                return None
            now[stay] = last
        return now if last is None or home_in_time(self._problem, last) else None


def _rooms_of(trip: _Trip) -> tuple[int, ...]:
    return tuple(visit.room for visit in sorted(trip.stays, key=lambda visit: visit.site))


def _beats(one: _Trip, other: _Trip) -> bool:
    """Return whether a trip to the same sites has as much room, costs no more, and is another."""
    rooms, others = _rooms_of(one), _rooms_of(other)
    more = all(a >= b for a, b in zip(rooms, others, strict=True))
    return one != other and more and one.cost <= other.cost


def _less_room(one: _Trip, other: _Trip) -> frozenset[int]:
    """Return where *one* has less room than *other*, a trip to the same sites."""
    rooms = {visit.site: visit.room for visit in other.stays}
    return frozenset(visit.site for visit in one.stays if visit.room < rooms[visit.site])


def _without_minutes(site: int, calls: Calls) -> Solution:
    """Return visits to one site of which only days, rooms, order and lost days count."""
    return Solution(
        SiteVisit(day=day, team=team, start=n, site=site, arrive=n, end=n, room=room)
        for n, (day, room, team) in enumerate(calls)
    )


def _begun(first: SiteVisit, then: SiteVisit) -> int:
    """Return when *then* may begin to call after *first*: in one minute the lesser team calls."""
    return first.start + (then.team < first.team)


def _over(first: SiteVisit, _then: SiteVisit) -> int:
    return first.end
