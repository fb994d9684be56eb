"""
A whole plan out of the routes that column generation found.

A column says how many pupils each stop records, and whole columns rarely fit together. Here a
column gives only its route: how often each route is taken on days of each type is whole, and so
are the rounds of recording at its stops, shared by all days on which it is taken; the pupils are
divisible. What the integer model chooses is then laid out day by day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import TypeAlias

import attrs

from school_ektp.planning.edit import with_visit
from school_ektp.planning.exact.columns import ColumnBound, Stops
from school_ektp.planning.exact.highs import Model
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.timetable import Timetable, stay_minutes, timetable
from school_ektp.planning.waiting import share_out

MOST_ROUTES = 800  # those that nearly pay
FEWEST_FREE, MOST_FREE = 6, 24  # team-days chosen anew at once
TOGETHER = 0.5
SECONDS = 8.0  # of the solver's clock, for one such choice
CLOSE = 1e-6

Route: TypeAlias = tuple[int, tuple[int, ...]]  # type, sites in order


@attrs.frozen
class _Taken:
    """
    Variables of a route.

    Attributes:
        times: How often it is taken.
        rounds: Of recording, for each of its sites; none where all are recorded at once.
        pupils: Recorded, for each of its sites.
        minutes: For rounds on one day.
    """

    times: int
    rounds: dict[int, int]
    pupils: dict[int, int]
    minutes: int


def recombined(
    columns: ColumnBound, start: Solution, stop: Callable[[], bool], seed: int
) -> Solution:
    """
    Return a whole plan out of the known routes, as far as the judge passes it.

    Again and again most team-days are held and the others chosen anew (Shaw 1998), by the
    integer model, until *stop* says so or nothing is left to gain.

    Args:
        columns: The bound, improved as far as time allowed.
        start: A plan to begin with; its routes are among those combined.
        stop: Whether time is over.
        seed: Of the dice that choose team-days.
    """
    columns.seed(start)
    model = _Routes(columns, start)
    dice = Random(seed)
    values, best = model.values_of(start), float("-inf")
    free = 2 * FEWEST_FREE
    while not stop():
        model.hold(values, free, dice)
        model.model.start_from(values)
        solved = model.model.solve(SECONDS)
        if solved.value is not None and solved.value > best + CLOSE:
            values = {n: value for n, value in enumerate(solved.values) if value > CLOSE}
            best = solved.value
        free = min(free + 2, MOST_FREE) if solved.optimal else max(free - 1, FEWEST_FREE)
        if best >= columns.bound - CLOSE:
            break
    return laid_out(columns.problem, model.days(values))


class _Routes:
    """The integer model over routes."""

    def __init__(self, columns: ColumnBound, start: Solution) -> None:
        self.columns = columns
        self.start = start
        self.problem = columns.problem
        self.model = Model()
        self.kind_rows = [self.model.row({}, most=kind.count) for kind in columns.kinds]
        self.limit_rows = [self.model.row({}, most=limit.most) for limit in columns.limits]
        self.reserve_rows = {
            crew: self.model.row({}, most=days) for crew, days in columns.reserve.items()
        }
        self._let_off()
        self.taken: dict[Route, _Taken] = {}
        for route in self._routes():
            self._add(route)

    def _let_off(self) -> None:
        """Let floors be missed at a price, so that a plan is always found."""
        for row, limit in zip(self.limit_rows, self.columns.limits, strict=True):
            if limit.floor:
                self.model.variable(gain=-float(self.problem.pupils), rows={row: -1.0})

    def _routes(self) -> list[Route]:
        """
        Return the routes of the columns that nearly pay, the best first.

        Each for all parts of the season, whichever it was found for.
        """
        columns = self.columns
        ranked = zip(columns.worths(), columns.columns, strict=True)
        routes: dict[Route, None] = {}
        for _, (number, stops) in sorted(ranked, key=lambda one: (-one[0], one[1])):
            for kind in (number, *columns.twins[number]):
                caps = columns.caps(kind)
                sites = tuple(dict.fromkeys(site for site, _ in stops if caps.get(site)))
                if sites:
                    routes[kind, sites] = None
            if len(routes) >= MOST_ROUTES:
                break
        for number, stops in columns.team_days(self.start):
            routes[number, tuple(dict.fromkeys(site for site, _ in stops))] = None
        return [*routes]

    def _add(self, route: Route) -> None:
        number, sites = route
        minutes = self._minutes(number, sites)
        if min(minutes.values()) < 0:
            return
        columns, model = self.columns, self.model
        kind, caps = columns.kinds[number], columns.caps(number)
        times = {run: model.row({}, most=0.0) for run in minutes}
        of_time = {site: model.row({}, most=0.0) for site in sites}
        of_caps = {site: model.row({}, most=0.0) for site in sites}
        entries: dict[int, float] = defaultdict(float)
        entries[self.kind_rows[number]] = 1.0
        entries |= {times[run]: -float(free) for run, free in minutes.items()}
        entries |= {of_caps[site]: -float(caps[site]) for site in sites}
        if kind.reserve in self.reserve_rows:
            entries[self.reserve_rows[kind.reserve]] = 1.0
        pupils: dict[int, dict[int, float]] = {}
        for site in sites:
            pupils[site] = {of_caps[site]: 1.0}
            for row, limit in columns.weights[number][site]:
                shifted = self._row_of(row)
                pupils[site][shifted] = limit.pupils
                entries[shifted] += limit.visits
        paces = {site: self._pace(number, site) for site in sites}
        for site, pace in paces.items():
            if pace:
                pupils[site][of_time[site]] = 1.0
        self.taken[route] = _Taken(
            times=model.variable(kind.count, whole=True, rows=_filled(entries)),
            rounds={
                site: model.variable(
                    whole=True,
                    rows={of_time[site]: -float(kind.kits)}
                    | {
                        row: float(pace)
                        for (first, last), row in times.items()
                        if first <= place <= last
                    },
                )
                for place, (site, pace) in enumerate(paces.items())
                if pace
            },
            pupils={
                site: model.variable(gain=1.0, rows=_filled(rows)) for site, rows in pupils.items()
            },
            minutes=minutes[0, len(sites) - 1],
        )

    def _row_of(self, row: int) -> int:
        """Return the row of a limit here, given its row in the master problem."""
        return row - self.columns.limit_rows[0] + self.limit_rows[0]

    def _pace(self, number: int, site: int) -> int:
        return self.problem.crews[self.columns.kinds[number].crew].minutes_per_pupil[site]

    def _minutes(self, number: int, sites: Sequence[int]) -> dict[tuple[int, int], int]:
        """
        Return for each run of stops of a route the minutes there are for recording at them.

        From the opening of its first to the closing of its last, less drives and set-up; runs
        that a longer one with no more minutes contains are left out, but for the whole.
        """
        kind = self.columns.kinds[number]
        crew = self.problem.crews[kind.crew]
        drive = self.problem.travel[crew.travel]
        opens, closes = dict[int, int](), dict[int, int]()
        for site, since, until in kind.spans:
            opens[site] = min(since, opens.get(site, since))
            closes[site] = max(until, closes.get(site, until))
        paces = {self._pace(number, site) for site in sites}
        step = min(paces) if len(paces) == 1 else 1
        found: dict[tuple[int, int], int] = {}
        for first in range(len(sites)):
            spent = opens[sites[first]]
            for last in range(first, len(sites)):
                site = sites[last]
                spent += crew.setup[site] + crew.packdown[site]
                spent += drive[sites[last - 1]][site] if last > first else 0
                free = closes[site] - spent
                found[first, last] = free // step * step if step else free
        whole = 0, len(sites) - 1
        return {run: free for run, free in found.items() if run == whole or free < found[whole]}

    # To and fro between plans and values ---------------------------------------------------

    def hold(self, values: Mapping[int, float], free: int, dice: Random) -> None:
        """Hold all team-days but some: neighbours half of the time, else any."""
        sites = {taken.times: set(sites) for (_, sites), taken in self.taken.items()}
        most = {
            taken.times: float(self.columns.kinds[number].count)
            for (number, _), taken in self.taken.items()
        }
        used = [times for times in most for _ in range(round(values.get(times, 0.0)))]
        dice.shuffle(used)
        if used and dice.random() < TOGETHER:
            around = sites[used[0]]
            used.sort(key=lambda times: not around & sites[times])
        self.model.at_least({t: float(n) for t, n in Counter(used[free:]).items()}, most)

    def values_of(self, solution: Solution) -> dict[int, float]:
        """Return what the variables are in a plan."""
        values: dict[int, float] = defaultdict(float)
        for number, stops in self.columns.team_days(solution):
            taken = self.taken.get((number, tuple(dict.fromkeys(site for site, _ in stops))))
            if taken is None:
                continue
            values[taken.times] += 1
            for site, pupils in stops:
                values[taken.pupils[site]] += pupils
                if site in taken.rounds:
                    values[taken.rounds[site]] += -(-pupils // self.columns.kinds[number].kits)
        return values

    def days(self, values: Mapping[int, float]) -> list[tuple[int, int, Stops]]:
        """Return what each crew-day does: (day, crew, stops)."""
        free = [
            sorted(kind.members, key=lambda one: (-one[1], one[0])) for kind in self.columns.kinds
        ]
        found = []
        for (number, sites), taken in self.taken.items():
            times = round(values.get(taken.times, 0.0))
            pupils = {site: round(values.get(taken.pupils[site], 0.0)) for site in sites}
            for stops in self._spread(number, sites, taken, pupils, times):
                crew, day = free[number].pop()
                found.append((day, crew, stops))
        return sorted(found)

    def _spread(
        self,
        number: int,
        sites: Sequence[int],
        taken: _Taken,
        pupils: dict[int, int],
        times: int,
    ) -> Iterable[Stops]:
        """
        Share the pupils of a route out over the days on which it is taken.

        Day after day is filled to the last round, so that as many rounds fit as in all together.
        """
        kits, caps = self.columns.kinds[number].kits, self.columns.caps(number)
        for _ in range(times):
            minutes, stops = taken.minutes, list[tuple[int, int]]()
            for site in sites:
                pace = self._pace(number, site)
                room = minutes // pace * kits if pace else pupils[site]
                some = min(pupils[site], caps[site], room)
                stops += [(site, some)] if some > 0 else []
                minutes -= -(-some // kits) * pace
                pupils[site] -= some
            yield tuple(stops)


def _filled(entries: dict[int, float]) -> dict[int, float]:
    return {row: weight for row, weight in entries.items() if weight}


# Day by day -----------------------------------------------------------------------------------


def laid_out(problem: VisitProblem, days: Iterable[tuple[int, int, Stops]]) -> Solution:
    """
    Return the plan that spends crew-days so: (day, crew, stops).

    Where the judge objects to the whole, stays are put in one by one and those it does not pass
    are left out.
    """
    wished = [(day, crew, _in_time(problem, crew, day, stops)) for day, crew, stops in days]
    plan, faults = _called(problem, wished), set(violations(problem, Solution()))
    if set(violations(problem, plan)) <= faults:
        return plan
    plan = Solution()
    for day, crew, stops in sorted(wished):
        for site, pupils in stops:
            wider = with_visit(problem, plan, crew=crew, day=day, site=site, most=pupils)
            if wider is not None and set(violations(problem, wider)) <= faults:
                plan = wider
    return plan


def _in_time(problem: VisitProblem, crew: int, day: int, stops: Stops) -> Stops:
    """Return stops cut down, from the last, until the crew is home in time."""
    kits, left = problem.crews[crew].kits[day], list(stops)
    while left and not _timed(problem, crew, day, left).holds:
        site, pupils = left.pop()
        if pupils > kits and problem.crews[crew].minutes_per_pupil[site]:
            left.append((site, pupils - kits))
    return tuple(left)


def _timed(
    problem: VisitProblem, crew: int, day: int, stops: Iterable[tuple[int, int]]
) -> Timetable:
    stays = [(site, stay_minutes(problem, crew, day, site, some)) for site, some in stops]
    return timetable(problem, crew, day, stays)


def _called(problem: VisitProblem, days: Iterable[tuple[int, int, Stops]]) -> Solution:
    """Return the visits with whom they call: first those who are soonest out of reach."""
    meetings: dict[int, list[int]] = defaultdict(list)  # days of the visits to each site
    wished = sorted(days)
    for day, _, stops in wished:
        for site, _ in stops:
            meetings[site].append(day)
    done: dict[int, list[int]] = {s: [0] * len(problem.sites[s].groups) for s in meetings}
    today: dict[tuple[int, int], list[int]] = defaultdict(list)
    visits: list[SiteVisit] = []
    for day, crew, stops in wished:
        shares = []
        for site, pupils in stops:
            key = site, day
            asked = today[key] or [0] * len(done[site])
            room = _room(problem, site, day, (pupils, meetings[site]), (done[site], asked))
            called, recorded = share_out(
                problem.sites[site], room, pupils, overbook=problem.overbook
            )
            if sum(recorded):
                shares.append((site, called, recorded))
                done[site] = [a + b for a, b in zip(done[site], recorded, strict=True)]
                today[key] = [a + b - c for a, b, c in zip(asked, called, recorded, strict=True)]
        visits += _visits(problem, crew, day, shares)
    return Solution(tuple(visits))


def _room(
    problem: VisitProblem,
    site: int,
    day: int,
    wish: tuple[int, Sequence[int]],
    before: tuple[Sequence[int], Sequence[int]],
) -> list[tuple[int, int]]:
    """
    Return for each group how many a visit may call, and how many of them record.

    Args:
        problem: The problem.
        site: The site.
        day: The day.
        wish: Pupils to record, and the days of all visits to the site.
        before: For each group, pupils recorded so far, and called today without being recorded.
    """
    groups = problem.sites[site].groups
    pupils, days = wish
    waiting = [
        0 if day in group.away else max(group.arrived(day) - recorded - asked, 0)
        for group, recorded, asked in zip(groups, *before, strict=True)
    ]
    last = [max([d for d in days if d not in group.away], default=-1) for group in groups]
    room = [(0, 0)] * len(groups)
    for number in sorted(range(len(groups)), key=lambda n: (groups[n].priority, last[n], n)):
        mine = min(waiting[number], pupils)
        room[number] = waiting[number], mine
        pupils -= mine
    return room


def _visits(
    problem: VisitProblem,
    crew: int,
    day: int,
    shares: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]],
) -> list[SiteVisit]:
    """Return the visits of a crew-day at the earliest times."""
    needed = [
        (site, sum(recorded if problem.overbook else called)) for site, called, recorded in shares
    ]
    return [
        SiteVisit(
            day=day,
            crew=crew,
            start=stay.start,
            site=site,
            arrive=stay.arrive,
            end=stay.end,
            called=called,
            recorded=recorded,
        )
        for (site, called, recorded), stay in zip(
            shares, _timed(problem, crew, day, needed).stays, strict=False
        )
    ]
