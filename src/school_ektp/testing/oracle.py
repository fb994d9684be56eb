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
    more, wait no longer, and whoever is left comes no less. So of the rooms that a sequence has
    time for only those are tried that no others exceed. With `FewestPupils` a large room can take
    from a later visit what that one needs; then every room is tried.
3.  A visit more can lose, even for nothing: those it calls in vain come less often. So trips to
    fewer schools are tried as well, and what a school can still bring is the best over every
    choice of the visits to come.

Fact 2 holds up to rounding: `rounding` says what that can make. Where nothing is left to luck there
is none. It needs a `Luck.room_spread` below a quarter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, product
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
    TeamsAtOnce,
)
from school_ektp.planning.problem import ALL, EXPECTED, Luck, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution, Value
from school_ektp.testing.stays import home_in_time, next_visit, unplaced

Trip: TypeAlias = tuple[SiteVisit, ...]  # what one team does on one day, at its earliest
Calls: TypeAlias = tuple[tuple[int, int], ...]  # (day, room) of the visits to one site, in order
Order: TypeAlias = tuple[SiteVisit, SiteVisit, Callable[[SiteVisit, SiteVisit], int]]
Rank: TypeAlias = tuple[int, int]


def plan_exhaustively(problem: VisitProblem) -> Solution:
    """
    Return a plan with the greatest value there is, up to `rounding`.

    For 2 to 4 schools, 1 or 2 teams, 1 to 3 days and some eight pupils in all; the work grows
    exponentially in each of them.

    Raises:
        ProblemError: No plan keeps the pinned visits.
    """
    best = _Oracle(problem).best()
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

    A hundredth of a pupil for each visit and group; nothing where nothing is left to luck.
    """
    if problem.luck == Luck() and all(
        site.turnout == ALL and site.turnout_again in (0, ALL) for site in problem.sites
    ):
        return 0, 0
    groups = [group for visit in solution.visits for group in problem.sites[visit.site].groups]
    return len(groups), sum(ALL * problem.price.weight(group.priority) for group in groups)


@attrs.frozen
class _Hope:
    """The most that visits can bring, each part for itself; ordered as in a plan's rank."""

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

    def less(self, cost: int) -> _Hope:
        """Return the same at a cost."""
        return attrs.evolve(self, worth=self.worth - cost)


class _Oracle:
    """One run: team-days in the order of days, the trips of each, and the best plan so far."""

    def __init__(self, problem: VisitProblem) -> None:
        self._problem = problem
        pins = tuple(problem.all_of(Pinned))
        loose = [rule for rule in problem.constraints if rule not in pins]
        self._loose = attrs.evolve(problem, constraints=tuple(loose))
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
        self._known: dict[tuple[int, Calls], _Hope] = {}
        self._hopes: dict[tuple[int, Calls, int], _Hope] = {}
        self._best: Solution | None = None
        self._best_rank: Rank | None = None

    def best(self) -> Solution | None:
        """Return the best plan, None if none keeps the pins."""
        if not self._impossible:
            self._branch(0, (), ())
        return self._best

    # The tree of plans

    def _branch(self, turn: int, before: Trip, today: tuple[Trip, ...]) -> None:
        """Try every trip of a turn; *before* are the visits of days gone by."""
        if turn and (turn == len(self._turns) or self._turns[turn][0] != self._turns[turn - 1][0]):
            for stays in self._meetings(today):
                visits = (*before, *stays)
                if not violations(self._loose, Solution(visits)) and self._hopeful(turn, visits):
                    self._descend(turn, visits, ())
        else:
            self._descend(turn, before, today)

    def _descend(self, turn: int, before: Trip, today: tuple[Trip, ...]) -> None:
        if turn == len(self._turns):
            self._keep(Solution(before))
            return
        so_far = (*before, *(visit for trip in today for visit in trip))
        ranked = sorted(
            ((self._rank(turn + 1, (*so_far, *trip)), trip) for trip in self._trips[turn]),
            key=lambda pair: pair[0],
            reverse=True,
        )
        for rank, trip in ranked:
            if self._best_rank is not None and rank <= self._best_rank:
                break
            self._branch(turn + 1, before, (*today, trip))

    def _keep(self, plan: Solution) -> None:
        rank = evaluate(self._problem, plan).rank
        if self._best_rank is None or rank > self._best_rank:
            self._best, self._best_rank = plan, rank

    def _hopeful(self, turn: int, visits: Trip) -> bool:
        return self._best_rank is None or self._rank(turn, visits) > self._best_rank

    # What a plan begun can come to

    def _rank(self, turn: int, visits: Trip) -> Rank:
        """Return a rank that no plan exceeds which adds visits from *turn* on."""
        problem = self._problem
        calls: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for visit in sorted(visits, key=lambda visit: (visit.day, visit.start, visit.team)):
            calls[visit.site].append((visit.day, visit.room))
        hopes = [
            self._hope(site, tuple(calls[site]), turn) for site in range(len(problem.sites))
        ]
        missing = self._unreached - sum(hope.reached for hope in hopes)
        for floor in problem.all_of(Floor):
            recorded = sum(
                hope.recorded
                for hope, site in zip(hopes, problem.sites, strict=True)
                if site.district == floor.district
            )
            missing += max(EXPECTED * floor.pupils - recorded, 0)
        costs = evaluate(self._dates, Solution(visits)).costs if visits else 0
        return -missing, sum(hope.worth for hope in hopes) - costs

    def _hope(self, site: int, calls: Calls, turn: int) -> _Hope:
        """Return the best over every choice of visits to a site from *turn* on, costs paid."""
        key = site, calls, turn
        if key not in self._hopes:
            if turn == len(self._turns):
                hope = self._brought(site, calls)
            else:
                hope = self._hope(site, calls, turn + 1)
                room, cost = self._lone[turn][site]
                if room:
                    longer = (*calls, (self._turns[turn][0], room))
                    hope = hope.or_else(self._hope(site, longer, turn + 1).less(cost))
            self._hopes[key] = hope
        return self._hopes[key]

    def _brought(self, site: int, calls: Calls) -> _Hope:
        """Return what visits bring to a site that has no others."""
        key = site, calls
        if key not in self._known:
            visits = [
                SiteVisit(day=day, team=0, start=n, site=site, arrive=n, end=n, room=room)
                for n, (day, room) in enumerate(calls)
            ]
            value = evaluate(self._dates, Solution(visits))
            reached = self._unreached - value.shortfall
            self._known[key] = _Hope(value.worth, sum(value.recorded), reached)
        return self._known[key]

    @cached_property
    def _lone(self) -> list[list[tuple[int, int]]]:
        """
        For each turn and site, the most room a trip has there and the least a visit costs.

        A trip costs its team-day and at least the way to its farthest site; each of its visits
        bears its share.
        """
        price = self._problem.price
        lone = []
        for trips in self._trips:
            longest = max(map(len, trips), default=0)
            row = []
            for site in range(len(self._problem.sites)):
                ours = [trip for trip in trips if any(v.site == site for v in trip)]
                room = max((v.room for trip in ours for v in trip if v.site == site), default=0)
                ways = [evaluate(self._dates, Solution(trip)).driving for trip in ours]
                shared = price.team_day + price.driving_minute * min(ways, default=0)
                row.append((room, price.visit + shared // max(longest, 1)))
            lone.append(row)
        return lone

    # The trips of one team-day

    def _trips_of(self, day: int, team: int) -> list[Trip]:
        pins = [p for p in self._problem.all_of(Pinned) if (p.day, p.team) == (day, team)]
        kept = attrs.evolve(self._problem, constraints=tuple(pins))
        trips = [
            trip
            for trip in self._sequences(day, team, ())
            if not pins or not violations(kept, Solution(trip))
        ]
        return trips if self._order_matters else self._undominated(trips)

    def _sequences(self, day: int, team: int, trip: Trip) -> Iterator[Trip]:
        """Yield every trip that goes on from *trip*, the last stay of each as long as it can be."""
        if not trip:
            yield ()
        for site in range(len(self._problem.sites)):
            if any(visit.site == site for visit in trip):
                continue
            longest = None
            for room in self._rooms(day, team, site, trip):
                visit = self._placed(day, team, site, room, trip)
                if visit is None:
                    break
                longer = (*trip, visit)
                if violations(self._loose, Solution(longer)):
                    continue  # with more room it may hold: all who wait must have room
                longest = longer
                if self._every_room:
                    yield longer
                yield from self._sequences(day, team, longer)
            if longest and not self._every_room:
                yield longest

    def _placed(self, day: int, team: int, site: int, room: int, trip: Trip) -> SiteVisit | None:
        plain = unplaced(day=day, team=team, site=site, room=room)
        start = self._pinned_start.get((day, team, site), 0)
        visit = next_visit(self._problem, trip[-1] if trip else None, plain, not_before=start)
        return visit if visit and home_in_time(self._problem, visit) else None

    @cached_property
    def _pinned_start(self) -> dict[tuple[int, int, int], int]:
        pins = self._problem.all_of(Pinned)
        return {(pin.day, pin.team, pin.site): pin.start or 0 for pin in pins}

    def _rooms(self, day: int, team: int, site: int, trip: Trip) -> Iterable[int]:
        """Return the rooms to try, ascending: all of them, or whole rounds of the kits."""
        kits = self._problem.teams[team].kits[day]
        most = self._ample[site]
        cap = self._problem.limit(KitDayCap)
        if cap is not None:
            most = min(most, cap * kits - sum(visit.room for visit in trip))
        if self._every_room or cap is not None:
            return range(1, most + 1)
        return [min(room, most) for room in range(kits, most + kits, kits)]

    @cached_property
    def _every_room(self) -> bool:
        return self._problem.limit(FewestPupils) is not None

    @cached_property
    def _ample(self) -> list[int]:
        """For each site, a room so large that more would change nothing, and no pin asks for more."""
        pinned: dict[int, int] = defaultdict(int)
        for pin in self._problem.all_of(Pinned):
            pinned[pin.site] = max(pinned[pin.site], pin.pupils)
        return [
            max(_ample_room(self._problem, site), pinned[site])
            for site in range(len(self._problem.sites))
        ]

    def _undominated(self, trips: list[Trip]) -> list[Trip]:
        """Return the trips that no other to the same schools beats in rooms and driving."""
        best: dict[frozenset[int], dict[tuple[int, ...], tuple[int, Trip]]] = defaultdict(dict)
        for trip in trips:
            rooms = tuple(v.room for v in sorted(trip, key=lambda visit: visit.site))
            driving = evaluate(self._dates, Solution(trip)).driving
            same = best[frozenset(visit.site for visit in trip)]
            if rooms not in same or driving < same[rooms][0]:
                same[rooms] = driving, trip
        return [
            trip
            for same in best.values()
            for rooms, (driving, trip) in same.items()
            if self._every_room
            or not any(
                other != rooms
                and less <= driving
                and all(more >= room for more, room in zip(other, rooms, strict=True))
                for other, (less, _) in same.items()
            )
        ]

    # Teams that meet at a school

    @cached_property
    def _order_matters(self) -> bool:
        """Whether it can make a difference which of two teams comes first to a site."""
        teams = len(self._problem.teams)
        most = self._problem.limit(TeamsAtOnce)
        return teams > 1 and (self._every_room or (most is not None and most < teams))

    def _meetings(self, trips: Sequence[Trip]) -> Iterator[Trip]:
        """Yield the visits of a day for every order in which teams can follow each other."""
        stays = [visit for trip in trips for visit in trip]
        meetings = [
            (a, b)
            for a, b in combinations(stays, 2)
            if self._order_matters and a.site == b.site
        ]
        seen = set()
        for kinds in product((_begun, _over), (False, True), repeat=len(meetings)):
            orders = [
                (b, a, rule) if turned else (a, b, rule)
                for (a, b), rule, turned in zip(meetings, kinds[::2], kinds[1::2], strict=True)
            ]
            timed = self._timed(trips, orders)
            if timed is not None and timed not in seen:
                seen.add(timed)
                yield timed

    def _timed(self, trips: Sequence[Trip], orders: Iterable[Order]) -> Trip | None:
        """Return the stays as early as the orders allow, None if that is too late."""
        earliest: dict[SiteVisit, int] = {}
        while True:
            now: dict[SiteVisit, SiteVisit] = {}
            for trip in trips:
                last = None
                for stay in trip:
                    pinned = self._pinned_start.get((stay.day, stay.team, stay.site), 0)
                    least = max(earliest.get(stay, 0), pinned)
                    last = next_visit(self._problem, last, stay, not_before=least)
                    if last is None:
                        return None
                    now[stay] = last
                if last is not None and not home_in_time(self._problem, last):
                    return None
            late = {
                then: rule(now[first], now[then])
                for first, then, rule in orders
                if now[then].start < rule(now[first], now[then])
            }
            if not late:
                return tuple(now.values())
            earliest |= late


def _begun(first: SiteVisit, then: SiteVisit) -> int:
    """Return when *then* may begin to call after *first*: in one minute the lesser team calls."""
    return first.start + (then.team < first.team)


def _over(first: SiteVisit, _then: SiteVisit) -> int:
    return first.end


def _ample_room(problem: VisitProblem, number: int) -> int:
    """Return the least room that is never too small, four standard deviations above the mean."""
    site, luck = problem.sites[number], problem.luck
    pupils = site.waiting(problem.days - 1) if site.groups else 0
    pupils = max(pupils, sum(group.arrived(problem.days) for group in site.groups))
    rates = [site.turnout / ALL, site.turnout_again / ALL]
    mean = pupils * max(rates)
    variance = pupils * max(rate * (1 - rate) for rate in rates)
    variance += (mean * luck.turnout_spread / ALL) ** 2
    return next(
        room
        for room in range(max(pupils, 1), 40 * pupils + 2)
        if room - mean >= 4 * math.sqrt(variance + (room * luck.room_spread / ALL) ** 2)
        or room == 40 * pupils + 1
    )
