"""
The best plan as an integer model over all routes, for problems with few of them.

One goal after the other is maximised and then held. The model leaves two things out, so what it
finds is a bound: in which order crews that meet at a school on one day call its pupils, and how
many crews are there in the same minute. Where its plan passes the judge, bound and plan meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from school_ektp.planning.edit import with_visit
from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.routes import Route, Stop, routes
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Group, Site, VisitProblem
from school_ektp.planning.rules import (
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

MOST_ROUTES = 1_500
ALL = 100  # percent
WHOLE = 1000  # thousandths of a district's coverage
CLOSE = 1e-6

Row = dict[int, float]


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
        """Nobody is called who does not wait; crews that meet on a day are not put in order."""
        for number, site in enumerate(self.problem.sites):
            here = [visit for visit in self.visits if visit.stop.site == number]
            for group in range(len(site.groups)):
                for day in sorted({visit.route.day for visit in here}):
                    self._waiting_on(here, group, day, site.groups[group].arrived(day))

    def _waiting_on(self, here: Sequence[_Visit], group: int, day: int, arrived: int) -> None:
        before: Row = {v.recorded[group]: 1.0 for v in here if v.route.day < day}
        today = [visit for visit in here if visit.route.day == day]
        self.model.row(before | {v.recorded[group]: 1.0 for v in today}, most=float(arrived))
        turns: dict[tuple[int, int], Row] = defaultdict(dict)
        for visit in today:
            earlier = [v for v in today if v.route is visit.route and v.place < visit.place]
            turn = turns[visit.route.crew, len(earlier)]
            turn[visit.called[group]] = 1.0
            turn |= {v.recorded[group]: 1.0 for v in earlier}
        for turn in turns.values():
            self.model.row(_sum(before, turn, 1.0), most=float(arrived))

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
    chosen = [route for route, taken in model.taken if values[taken] > 0.5]  # noqa: PLR2004
    visits = [
        visit
        for route in chosen
        for visit in _timed(problem, route, [v for v in model.visits if v.route is route], values)
    ]
    plan = Solution(tuple(visits))
    return _saved(problem, plan) if violations(problem, plan) else plan


def _timed(
    problem: VisitProblem, route: Route, visits: Sequence[_Visit], values: Sequence[float]
) -> Iterator[SiteVisit]:
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
        begin = max(arrive, stop.opens)
        worked = begin + stop.fixed + stop.pace * -(-load // crew.kits[route.day])
        pinned = stop.pin.start if stop.pin else None
        yield SiteVisit(
            day=route.day,
            crew=route.crew,
            site=stop.site,
            arrive=clock.earliest(arrive),
            start=clock.latest(begin) if pinned is None else pinned,
            end=clock.earliest(worked),
            called=called,
            recorded=recorded,
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
