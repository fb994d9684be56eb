"""
The best plan as an integer model over all routes, for problems with few of them.

One goal after the other is maximised and then held. The model leaves two things out, so what it
finds is a bound: the minutes of crews that meet at a school and have breaks, and how many crews
are there at once where a rule allows two or more. Where its plan passes the judge, both meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

import attrs

from school_ektp.planning.edit import with_visit
from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.routes import Route, Stop, routes
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Group, Site, VisitProblem
from school_ektp.planning.rules import (
    CrewsAtOnce,
    FewestPupils,
    Floor,
    KitDayCap,
    Pinned,
    ReserveDays,
    Spacing,
    VisitsPerSite,
)
from school_ektp.planning.search.clock import Clock
from school_ektp.planning.solution import SiteVisit, Solution

MOST_ROUTES = 4_000
ALL = 100  # percent
WHOLE = 1000  # thousandths of a district's coverage
CLOSE = 1e-6

LONG = 10_000.0  # minutes; more than any two times of a day lie apart

Row: TypeAlias = dict[int, float]
Turn: TypeAlias = tuple[int, int]  # crew, and how often it was at the site that day before


@attrs.frozen
class Whole:
    """
    What the integer model proves.

    Attributes:
        recorded: Pupils of each class that no plan exceeds which reaches the classes before.
        fewest_team_days: Team-days below which no plan reaches so many.
        solution: The plan of the model if the judge passes it, else what could be saved of it.
    """

    recorded: tuple[int, ...]
    fewest_team_days: int
    solution: Solution


def solve_whole(problem: VisitProblem, seconds: float) -> Whole | None:
    """Return the answer of the integer model, None when routes are too many or time too short."""
    found = routes(problem, MOST_ROUTES)
    if found is None:
        return None
    model = _RouteModel(problem, found)
    reached: dict[str, list[int]] = defaultdict(list)
    values: Sequence[float] = ()
    for name, gains in model.goals():
        model.model.goal(gains)
        solved = model.model.solve(seconds)
        if not solved.optimal or solved.value is None:
            return None
        best, values = round(solved.value), solved.values
        reached[name].append(best)
        model.model.row(gains, least=best - CLOSE)
    return Whole(
        recorded=tuple(reached["recorded"]),
        fewest_team_days=-reached["team_days"][0],
        solution=_decoded(problem, model, values),
    )


@attrs.frozen
class _Visit:
    """Variables of one stop of one route."""

    route: Route
    place: int
    start: int
    rounds: int | None
    called: tuple[int, ...]
    recorded: tuple[int, ...]

    @property
    def stop(self) -> Stop:
        return self.route.stops[self.place]


@attrs.frozen
class _Meeting:
    """Two visits of two crews to one site on one day; *order* is 1 when the first is first."""

    first: tuple[_Visit, ...]  # the alternatives, one for each route
    second: tuple[_Visit, ...]
    order: int


class _RouteModel:
    """Variables and rows of the integer model."""

    def __init__(self, problem: VisitProblem, found: Sequence[Route]) -> None:
        self.problem = problem
        self.model = Model()
        self.fewest = max(
            (r.pupils for r in problem.rules if isinstance(r, FewestPupils)), default=1
        )
        self.taken: list[tuple[Route, int]] = []
        self.visits: list[_Visit] = []
        for route in found:
            taken = self.model.variable(1.0, whole=True)
            self.taken.append((route, taken))
            self._stops(route, taken)
        self.apart = any(isinstance(r, CrewsAtOnce) and r.most == 1 for r in problem.rules)
        self.meetings: list[_Meeting] = []
        self._one_route_a_day()
        self._waiting()
        self._rules()

    # One route

    def _stops(self, route: Route, taken: int) -> None:
        clock: Row = {}  # minutes at which the stop before is done
        for place in range(len(route.stops)):
            visit = self._visit(route, place, taken)
            stop, row = visit.stop, self.model.row
            row(_sum({visit.start: 1.0, taken: -float(stop.drive)}, clock, -1.0), least=0.0)
            pinned = stop.pin is not None and stop.pin.start is not None
            row(
                {visit.start: 1.0, taken: -float(stop.opens)},
                least=0.0,
                most=0.0 if pinned else float("inf"),
            )
            clock = {visit.start: 1.0, taken: float(stop.fixed)}
            if visit.rounds is not None:
                clock[visit.rounds] = float(stop.pace)
            row(_sum(clock, {taken: 1.0}, -float(stop.closes)), most=0.0)
        row(_sum(clock, {taken: 1.0}, float(route.home - route.length)), most=0.0)

    def _visit(self, route: Route, place: int, taken: int) -> _Visit:
        stop, model = route.stops[place], self.model
        site, crew = self.problem.sites[stop.site], self.problem.crews[route.crew]
        waiting = [0 if route.day in g.away else g.arrived(route.day) for g in site.groups]
        start = model.variable(float(route.length))
        rounds = model.variable(whole=True) if stop.pace else None
        recorded = tuple(model.variable(float(most), whole=True) for most in waiting)
        called = recorded
        if site.turnout < ALL:
            called = tuple(model.variable(float(most), whole=True) for most in waiting)
            self._turned_up(site.turnout, called, recorded)
        for variable, most in zip(called, waiting, strict=True):
            model.row({variable: 1.0, taken: -float(most)}, most=0.0)
        load: Row = dict.fromkeys(recorded if self.problem.overbook else called, 1.0)
        if rounds is not None:
            model.row(load | {rounds: -float(crew.kits[route.day])}, most=0.0)
        fewest = max(self.fewest, stop.pin.pupils if stop.pin else 1)
        model.row(dict.fromkeys(recorded, 1.0) | {taken: -float(fewest)}, least=0.0)
        self.visits.append(_Visit(route, place, start, rounds, called, recorded))
        return self.visits[-1]

    def _turned_up(self, turnout: int, called: Sequence[int], recorded: Sequence[int]) -> None:
        prefix: Row = {}
        for some, came in zip(called, recorded, strict=True):
            prefix |= {came: float(ALL), some: -float(turnout)}
            self.model.row(prefix, most=0.0)
            self.model.row({came: 1.0, some: -1.0}, most=0.0)

    # All routes

    def _one_route_a_day(self) -> None:
        days: dict[tuple[int, int], Row] = defaultdict(dict)
        for route, taken in self.taken:
            days[route.crew, route.day][taken] = 1.0
        for row in days.values():
            self.model.row(row, most=1.0)

    def _waiting(self) -> None:
        """Nobody is called who does not wait, nor twice on one day."""
        for number, site in enumerate(self.problem.sites):
            here = [visit for visit in self.visits if visit.stop.site == number]
            for day in sorted({visit.route.day for visit in here}):
                today = [visit for visit in here if visit.route.day == day]
                for group, waiting in enumerate(site.groups):
                    row: Row = {v.recorded[group]: 1.0 for v in here if v.route.day < day}
                    row |= {v.called[group]: 1.0 for v in today}
                    self.model.row(row, most=float(waiting.arrived(day)))
                if self.apart:
                    self._meet(self._turns(today))

    def _turns(self, today: Sequence[_Visit]) -> dict[Turn, list[_Visit]]:
        """Group the visits of a day: those of one crew that come first there, second there ..."""
        turns: dict[Turn, list[_Visit]] = defaultdict(list)
        for visit in today:
            turns[visit.route.crew, len(self._earlier(visit, today))].append(visit)
        return dict(turns)

    def _earlier(self, visit: _Visit, today: Iterable[_Visit]) -> list[_Visit]:
        return [v for v in today if v.route is visit.route and v.place < visit.place]

    def _meet(self, turns: dict[Turn, list[_Visit]]) -> None:
        """Of each two turns of two crews, one is over before the other begins."""
        for one, other in combinations(sorted(turns), 2):
            if one[0] != other[0]:
                order = self.model.variable(1.0, whole=True)
                self.meetings.append(_Meeting(tuple(turns[one]), tuple(turns[other]), order))
                self._in_time(turns[one], turns[other], {order: -1.0}, -1.0)
                self._in_time(turns[other], turns[one], {order: 1.0}, 0.0)

    def _in_time(
        self, first: Sequence[_Visit], second: Sequence[_Visit], switch: Row, base: float
    ) -> None:
        """If both take place and the switch is on, the first is done in time."""
        crews = [self.problem.crews[some[0].route.crew] for some in (first, second)]
        day = first[0].route.day
        if any(crew.breaks[day] for crew in crews):
            return  # two clocks that pause at different times do not compare
        row: Row = {}
        for visits, crew, sign in ((first, crews[0], 1.0), (second, crews[1], -1.0)):
            for visit in visits:
                begin = float((crew.shifts[day] or (0, 0))[0])
                stays = {visit.start: 1.0, self._taken(visit): begin}
                if sign > 0:
                    stays = _sum(stays, {self._taken(visit): 1.0}, float(visit.stop.fixed))
                    if visit.rounds is not None:
                        stays[visit.rounds] = float(visit.stop.pace)
                row = _sum(row, stays, sign)
                row = _sum(row, {self._taken(visit): 1.0}, LONG)
        row = _sum(row, switch, -LONG)
        self.model.row(row, most=(2.0 - base) * LONG)

    def _rules(self) -> None:
        for rule in self.problem.rules:
            match rule:
                case VisitsPerSite(most=most):
                    for here in self._by_site().values():
                        self.model.row(_counted(here), most=float(most))
                case Spacing(days=days):
                    for number in self._by_site():
                        self._spaced(number, days)
                case KitDayCap(pupils=pupils):
                    self._capped(pupils)
                case ReserveDays(days=days):
                    self._reserved(days)
                case Pinned():
                    kept = (v for v in self.visits if v.stop.pin == rule)
                    self.model.row(_counted((self._taken(v), 1.0) for v in kept), least=1.0)

    def _by_site(self) -> dict[int, list[tuple[int, float]]]:
        sites: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for visit in self.visits:
            sites[visit.stop.site].append((self._taken(visit), 1.0))
        return dict(sites)

    def _taken(self, visit: _Visit) -> int:
        return next(taken for route, taken in self.taken if route is visit.route)

    def _spaced(self, number: int, days: int) -> None:
        """A site is visited on days so far apart that no two lie in one window of *days*."""
        used: dict[int, int] = {}
        for visit in self.visits:
            if visit.stop.site == number:
                day = visit.route.day
                used.setdefault(day, self.model.variable(1.0, whole=True))
                self.model.row({self._taken(visit): 1.0, used[day]: -1.0}, most=0.0)
        for first in sorted(used):
            window = {used[day]: 1.0 for day in used if first <= day < first + days}
            self.model.row(window, most=1.0)

    def _capped(self, pupils: int) -> None:
        days: dict[tuple[int, int], Row] = defaultdict(dict)
        for visit in self.visits:
            days[visit.route.crew, visit.route.day] |= dict.fromkeys(visit.recorded, 1.0)
        for (crew, day), row in days.items():
            self.model.row(row, most=float(pupils * self.problem.crews[crew].kits[day]))

    def _reserved(self, days: int) -> None:
        for number, crew in enumerate(self.problem.crews):
            working = sum(crew.works(day) for day in range(self.problem.days))
            row = {taken: 1.0 for route, taken in self.taken if route.crew == number}
            self.model.row(row, most=float(max(working - days, 0)))

    # Goals

    def goals(self) -> Iterator[tuple[str, Row]]:
        """Yield what is maximised: floors, classes, equity, team-days."""
        floors = [rule for rule in self.problem.rules if isinstance(rule, Floor)]
        if floors:
            yield "floors", {self._missing(floor): -1.0 for floor in floors}
        for rank in range(self.problem.priorities):
            yield "recorded", self._of_class(rank)
        if self.problem.equity:
            yield "equity", {self._least_coverage(): 1.0}
        yield "team_days", {taken: -1.0 for _, taken in self.taken}

    def _of_class(self, rank: int) -> Row:
        return self._recorded(lambda _, group: group.priority == rank)

    def _in_district(self, district: int) -> Row:
        return self._recorded(lambda site, _: site.district == district)

    def _recorded(self, wanted: Callable[[Site, Group], bool]) -> Row:
        return {
            variable: 1.0
            for visit in self.visits
            for site in [self.problem.sites[visit.stop.site]]
            for variable, group in zip(visit.recorded, site.groups, strict=True)
            if wanted(site, group)
        }

    def _missing(self, floor: Floor) -> int:
        missing = self.model.variable(float(floor.pupils), whole=True)
        district = self._in_district(floor.district)
        self.model.row(district | {missing: 1.0}, least=float(floor.pupils))
        return missing

    def _least_coverage(self) -> int:
        least = self.model.variable(float(WHOLE), whole=True)
        pupils: dict[int, int] = defaultdict(int)
        for site in self.problem.sites:
            pupils[site.district] += sum(g.arrived(self.problem.days - 1) for g in site.groups)
        if not any(pupils.values()):
            self.model.row({least: 1.0}, most=0.0)
        for district, waiting in pupils.items():
            if waiting:
                row = self._in_district(district)
                scaled = {variable: float(WHOLE) for variable in row}
                self.model.row(scaled | {least: -float(waiting)}, least=0.0)
        return least


def _counted(pairs: Iterable[tuple[int, float]]) -> Row:
    row: Row = defaultdict(float)
    for variable, amount in pairs:
        row[variable] += amount
    return dict(row)


def _sum(row: Row, other: Row, factor: float) -> Row:
    """Return one row plus *factor* times another."""
    return _counted(
        [*row.items(), *((variable, factor * value) for variable, value in other.items())]
    )


# From variables to visits -------------------------------------------------------------------


def _decoded(problem: VisitProblem, model: _RouteModel, values: Sequence[float]) -> Solution:
    """Return the plan of the model at the earliest times that keep who comes first."""
    chosen = [route for route, taken in model.taken if values[taken] > 0.5]  # noqa: PLR2004
    own = {id(route): [v for v in model.visits if v.route is route] for route in chosen}
    floors: dict[int, int] = {}  # by start variable: not before this minute of the day
    for _ in range(len(model.meetings) + 1):
        timed = {
            visit.start: stay
            for route in chosen
            for visit, stay in _timed(problem, route, own[id(route)], values, floors)
        }
        later = dict(_floors(model, values, timed))
        if all(floors.get(start, 0) >= minute for start, minute in later.items()):
            break
        floors |= later
    plan = Solution(tuple(timed.values()))
    return _saved(problem, plan) if violations(problem, plan) else plan


def _floors(
    model: _RouteModel,
    values: Sequence[float],
    timed: dict[int, SiteVisit],
) -> Iterator[tuple[int, int]]:
    """Yield the start variable and the earliest minute of each stay that another one precedes."""
    for meeting in model.meetings:
        first, second = (
            next((v for v in some if v.start in timed), None)
            for some in (meeting.first, meeting.second)
        )
        if first is None or second is None:
            continue
        if values[meeting.order] < 0.5:  # noqa: PLR2004
            first, second = second, first
        minute = timed[first.start].end
        if timed[second.start].start < minute:
            yield second.start, minute


def _timed(
    problem: VisitProblem,
    route: Route,
    visits: Sequence[_Visit],
    values: Sequence[float],
    floors: dict[int, int],
) -> Iterator[tuple[_Visit, SiteVisit]]:
    """Yield the stays at their earliest times, with the pupils of the model."""
    crew = problem.crews[route.crew]
    clock = Clock(crew.shifts[route.day] or (0, 0), crew.breaks[route.day])
    worked = 0
    for visit in visits:
        stop = visit.stop
        called, recorded = (
            tuple(round(values[one]) for one in some) for some in (visit.called, visit.recorded)
        )
        load = sum(recorded if problem.overbook else called)
        arrive = worked + stop.drive
        begin = max(arrive, stop.opens, clock.worked(floors.get(visit.start, 0)))
        worked = begin + stop.fixed + stop.pace * -(-load // crew.kits[route.day])
        start = (
            clock.latest(begin) if stop.pin is None or stop.pin.start is None else stop.pin.start
        )
        yield (
            visit,
            SiteVisit(
                day=route.day,
                crew=route.crew,
                site=stop.site,
                arrive=clock.earliest(arrive),
                start=start,
                end=clock.earliest(worked),
                called=called,
                recorded=recorded,
            ),
        )


def _saved(problem: VisitProblem, plan: Solution) -> Solution:
    """Return the plan rebuilt visit by visit, as far as the judge passes it."""
    best = Solution()
    faults = set(violations(problem, best))
    for visit in plan.visits:
        wider = with_visit(
            problem, best, crew=visit.crew, day=visit.day, site=visit.site, most=visit.pupils
        )
        if wider is not None and set(violations(problem, wider)) <= faults:
            best, faults = wider, set(violations(problem, wider))
    return best if not faults and score(problem, best).pupils else Solution()
