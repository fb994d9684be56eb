"""The linear program that shares what sites can give among ways to spend the days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, TypeAlias

import attrs

from school_ektp.planning.exact.highs import Model
from school_ektp.planning.exact.limits import (
    Case,
    Forgone,
    Limit,
    Limits,
    Lots,
    Visit,
    broken_lots,
)
from school_ektp.planning.exact.portions import Portions, broken_portions
from school_ektp.planning.exact.types import DayType, Periods, day_types
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.rules import ReserveDays
from school_ektp.planning.solution import Solution

CLOSE = 1e-6
MISSING = 5.0  # pupils that one missing to a floor costs while few columns are known
UNVISITED = 100.0  # pupils that a visit which has to be made costs while columns do not make it

Stops: TypeAlias = tuple[tuple[int, int], ...]  # (site, pupils) in the order of the visits
Tie: TypeAlias = Lots | Portions | Case | Forgone  # a row added later
Taken: TypeAlias = list[Any]  # for each type of day what a visit takes by pupils, None if nothing
Weights: TypeAlias = dict[int, list[tuple[int, list[float]]]]  # rows of each site, by pupils
Column: TypeAlias = tuple[int, Stops]  # type of day, and how it is spent


class Frame:
    """
    The rows of the program: days of each type, limits of sites, days in reserve or all, floors.

    Attributes:
        problem: The problem.
        kinds: Types of days.
        limits: What ties days together.
        apart: Days that visits to a site on different days are apart, 0 without a rule.
        forgone: Rows on visits that keep apart, which hold as they are while no day is spent.
        most: Right-hand side of each row.
    """

    def __init__(
        self, problem: VisitProblem, priority: int, parts: Periods, *, missed: int | None = None
    ) -> None:
        """
        Write the rows down.

        Args:
            problem: The problem.
            priority: The last class counted.
            parts: Of the season.
            missed: Pupils by which floors may be missed. None: floors are left out.
        """
        import numpy as np  # comes with highspy

        self.np = np
        self.problem = problem
        self.kinds = kinds = day_types(problem, priority, parts)
        ties = Limits(problem, priority, parts, kinds)
        self.apart = ties.apart
        self.forgone = [*ties.of_days_apart()]
        self.limits = limits = [*ties.of_sites()]
        if missed is not None and priority == problem.priorities - 1:
            limits += ties.of_floors()
        reserve = _reserves(problem)
        self.first_limit = len(kinds)
        end = len(kinds) + len(limits)
        self.reserve_rows = {crew: end + place for place, crew in enumerate(reserve)}
        self.floor_rows = [row for row, limit in self.numbered() if limit.floor]
        self.most = [
            *(float(kind.count) for kind in kinds),
            *(limit.most for limit in limits),
            *(float(left) for left in reserve.values()),
            1.0 + sum(kind.count for kind in kinds),  # one too many, so that they cost nothing
            float(missed or 0),
        ]
        self.last = len(self.most) - 1  # row of pupils missing to floors
        self.spent = self.last - 1  # row of all team-days
        self.caps = [_caps(kind) for kind in kinds]
        self.size = 1 + max((cap for caps in self.caps for cap in caps.values()), default=0)
        shapes = {(limit.pupils, limit.visits): limit for limit in limits}
        some = np.arange(self.size)
        taken = {shape: limit.taken(some).tolist() for shape, limit in shapes.items()}
        self.weights = [self._weights_of(kind, taken) for kind in kinds]
        self.ties: list[tuple[Tie, Taken]] = []
        self.widest = [self._by_site(caps) for caps in self.caps]
        self._sparse = [self._as_arrays(kind) for kind in kinds]

    def numbered(self) -> Iterator[tuple[int, Limit]]:
        """Yield the limits with their rows."""
        return enumerate(self.limits, self.first_limit)

    def add(self, tie: Tie) -> None:
        """Tie days together by one more row."""
        row, taken = len(self.most), self.taken(tie)
        self.ties.append((tie, taken))
        self.most.append(tie.most)
        by_pupils: dict[bytes, list[float]] = {}  # alike on most types of days
        for weights, some in zip(self.weights, taken, strict=True):
            if some is not None:
                alike = by_pupils.setdefault(some.tobytes(), some.tolist())
                weights[tie.sites[0]].append((row, alike))

    def taken(self, tie: Tie) -> Taken:
        """Return how much a visit takes of a row."""
        some = self.np.arange(self.size)
        return [tie.taken_on(kind, some) for kind in self.kinds]

    def copied(self) -> Frame:
        """Return the same rows, to which others can be added."""
        frame = copy(self)
        frame.ties, frame.most = [*self.ties], [*self.most]
        frame.weights = [
            defaultdict(list, {site: [*rows] for site, rows in weights.items()})
            for weights in self.weights
        ]
        return frame

    def within(self, case: Case) -> Frame:
        """Return the rows with one more, which holds in a case only."""
        frame = self.copied()
        frame.add(case)
        return frame

    def _weights_of(self, kind: DayType, taken: dict[tuple[float, float], list[float]]) -> Weights:
        """Return the rows of the limits each site has on days of a type, and what is taken."""
        found: Weights = defaultdict(list)
        for row, limit in self.numbered():
            if limit.holds_in(kind.period):
                for site in limit.sites:
                    found[site].append((row, taken[limit.pupils, limit.visits]))
        return found

    def _as_arrays(self, kind: DayType) -> tuple[Any, ...]:
        entries = [
            (site, row, limit)
            for row, limit in self.numbered()
            if limit.holds_in(kind.period)
            for site in limit.sites
        ]
        return (
            self.np.array([site for site, _, _ in entries], dtype=int),
            self.np.array([row for _, row, _ in entries], dtype=int),
            self.np.array([limit.pupils for _, _, limit in entries]),
            self.np.array([limit.visits for _, _, limit in entries]),
        )

    def _by_site(self, caps: dict[int, int]) -> Any:  # noqa: ANN401
        widest = self.np.zeros(len(self.problem.sites))
        for site, cap in caps.items():
            widest[site] = cap
        return widest

    def prices(self, number: int, duals: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Return what a pupil of each site is worth on days of a type, and what a visit costs."""
        sites, rows, pupils, visits = self._sparse[number]
        count, costs = len(self.problem.sites), duals[rows]
        price = 1.0 - self.np.bincount(sites, weights=pupils * costs, minlength=count)
        return price, self.np.bincount(sites, weights=visits * costs, minlength=count)

    def worths(self, number: int, duals: Any) -> Any:  # noqa: ANN401
        """Return for each site and number of pupils what a visit that records them is worth."""
        np = self.np
        price, fee = self.prices(number, duals)
        worths = price[:, None] * np.arange(self.size) - fee[:, None]
        costs = duals[len(self.most) - len(self.ties) :]
        for place in np.flatnonzero(costs > 0):
            tie, taken = self.ties[place]
            if taken[number] is not None:
                worths[tie.sites[0]] -= costs[place] * taken[number]
        return worths

    def rent(self, number: int, duals: Any) -> float:  # noqa: ANN401
        """Return what a day of a type costs."""
        crew = self.kinds[number].reserve
        lease = duals[self.reserve_rows[crew]] if crew in self.reserve_rows else 0.0
        return float(duals[number] + duals[self.spent] + lease)

    def used(self, column: Column) -> dict[int, float]:
        """Return how much a day takes of each row."""
        number, stops = column
        rows: dict[int, float] = defaultdict(float, {number: 1.0, self.spent: 1.0})
        for site, some in stops:
            for row, taken in self.weights[number][site]:
                rows[row] += taken[some]
        crew = self.kinds[number].reserve
        if crew in self.reserve_rows:
            rows[self.reserve_rows[crew]] = 1.0
        return {row: weight for row, weight in rows.items() if weight}

    def room(self, number: int, left: Any) -> Any:  # noqa: ANN401
        """Return the pupils one more visit to each site can record when so much is left."""
        np = self.np
        sites, rows, pupils, visits = self._sparse[number]
        room = self.widest[number].copy()
        some = pupils > 0
        np.minimum.at(room, sites[some], (left[rows] - visits)[some] / pupils[some])
        room[sites[(pupils == 0) & (left[rows] < visits)]] = 0
        return np.maximum(room + CLOSE, 0).astype(int)

    def cut(self, number: int, stops: Stops) -> Stops:
        """Return stops that record no more than there are on days of a type."""
        left = dict(self.caps[number])
        found = []
        for site, some in stops:
            less = min(some, left.get(site, 0))
            if less:
                left[site] -= less
                found.append((site, less))
        return tuple(found)

    def days_of(self, solution: Solution) -> list[Column]:
        """Return how a plan spends its days."""
        kind_of = {member: n for n, kind in enumerate(self.kinds) for member in kind.members}
        days: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for visit in solution.visits:
            days[visit.crew, visit.day].append((visit.site, visit.pupils))
        return [
            (kind_of[crew_day], self.cut(kind_of[crew_day], tuple(stops)))
            for crew_day, stops in days.items()
            if crew_day in kind_of
        ]


class Master:
    """The program over the columns known so far, when some days are spent already."""

    def __init__(self, frame: Frame, held: Iterable[Column] = ()) -> None:
        """
        Begin without any column.

        Args:
            frame: Its rows. Where visits keep apart in time, each type is to be of one day, unless
                nothing is held and nothing will be fixed.
            held: How some days are spent already.
        """
        self.frame = frame
        self.left = [*frame.most]
        self.near: dict[int, set[int]] = defaultdict(set)  # by day, sites visited too near to it
        self.columns: list[Column] = []
        self.known: set[Column] = set()
        self.closed: set[int] = set()  # numbers of columns
        self._visits: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._rooms: dict[int, Any] = {}
        for column in held:
            self._take(column)
        self.model = Model()
        self.spare = 0
        for most in self.left:
            self.model.row({}, most=most)
        self._let_off()

    def _take(self, column: Column) -> None:
        for row, weight in self.frame.used(column).items():
            self.left[row] -= weight
        self._rooms.clear()
        number, stops = column
        day, apart = self.frame.kinds[number].day, self.frame.apart
        for other in range(day - apart + 1, day + apart):
            if other != day:
                self.near[other].update(site for site, _ in stops)

    def _let_off(self) -> None:
        """
        Let floors be missed: some at no cost, more at a price till columns meet them.

        So may visits that have to be made, at a price.
        """
        last = self.frame.last
        for floor in self.frame.floor_rows:
            self.model.variable(rows={floor: -1.0, last: 1.0})
        if self.frame.floor_rows:
            self.model.variable(gain=-MISSING, rows={last: -1.0})
        for row, most in enumerate(self.left):
            if most < 0 and row not in self.frame.floor_rows:
                self.model.variable(gain=-UNVISITED, rows={row: -1.0})
        self.spare = self.model.columns

    def add(self, column: Column) -> bool:
        """Offer a way to spend a day; return whether it is new."""
        if not column[1] or column in self.known:
            return False
        self.known.add(column)
        number, stops = column
        for site, some in stops:
            self._visits[site].append((len(self.columns), number, some))
        self.columns.append(column)
        gain = float(sum(some for _, some in stops))
        self.model.variable(gain=gain, rows=self.frame.used(column))
        return True

    def tie(self, tie: Tie) -> None:
        """Add a row to the frame and to the program."""
        self.frame.add(tie)
        self.left.append(tie.most)
        self.model.row(self._entries(tie, self.frame.ties[-1][1]), most=tie.most)

    def _entries(self, tie: Tie, taken: Taken) -> dict[int, float]:
        """Return how much each column takes of a row, if *taken* is what visits take of it."""
        entries: dict[int, float] = defaultdict(float)
        for site in tie.sites:
            for place, number, some in self._visits[site]:
                if taken[number] is not None and taken[number][some]:
                    entries[self.spare + place] += float(taken[number][some])
        return entries

    def promise(self, case: Case) -> float:
        """Return what a case is worth at most, as far as some steps from here show."""
        return self.model.promise(self._entries(case, self.frame.taken(case)), most=case.most)

    def tighten(self) -> int:
        """Add the rows that the shares of the moment break most, one for each limit; count them."""
        found = [
            tie
            for limit, visits in self._shared()
            for tie in broken_lots(limit, visits) or broken_portions(limit, visits)
        ]
        for tie in found:
            self.tie(tie)
        return len(found)

    def _shared(self) -> Iterator[tuple[Limit, list[Visit]]]:
        """Yield what is left of the limits on pupils of sites whose visits are not whole."""
        visits: dict[int, list[Visit]] = defaultdict(list)
        parts: set[int] = set()  # sites of which a part of a visit is chosen
        for share, (number, stops) in zip(self.shares(), self.columns, strict=True):
            if share > CLOSE:
                for site, some in stops:
                    visits[site].append((self.frame.kinds[number].period, some, share))
                if abs(share - round(share)) > CLOSE:
                    parts.update(site for site, _ in stops)
        for row, limit in self.frame.numbered():
            if limit.of_pupils and limit.sites[0] in parts and self.left[row] >= 1:
                yield attrs.evolve(limit, most=self.left[row]), visits[limit.sites[0]]

    def allow(self, days: int) -> None:
        """Let so many days be spent in all."""
        self.left[self.frame.spent] = float(days)
        self.model.change_row(self.frame.spent, most=float(days))

    def fix(self, column: Column) -> None:
        """Spend a day so, from now on."""
        self._take(column)
        for row in self.frame.used(column):
            self.model.change_row(row, most=self.left[row])

    def shut(self) -> None:
        """Offer no longer what there is no room for."""
        gone = [
            place
            for place, column in enumerate(self.columns)
            if place not in self.closed and not self.fits(column)
        ]
        self.closed.update(gone)
        self.model.close([self.spare + place for place in gone])

    def fits(self, column: Column) -> bool:
        """Return whether there is room for a column."""
        number, stops = column
        if self.left[number] < 1:
            return False
        room = self.room(number)
        return all(some <= room[site] for site, some in stops)

    def room(self, number: int) -> Any:  # noqa: ANN401
        """Return the pupils one more visit to each site can record on days of a type."""
        if number not in self._rooms:
            room = self.frame.room(number, self.frame.np.array(self.left))
            room[[*self.near[self.frame.kinds[number].day]]] = 0
            self._rooms[number] = room
        return self._rooms[number]

    def solve(self) -> tuple[float, Any]:
        """Return the value of the program, and what each row is worth."""
        solved = self.model.solve()
        np = self.frame.np
        return solved.value or 0.0, np.maximum(np.array(solved.duals), 0.0)

    def shares(self) -> list[float]:
        """Return how much of each column is chosen."""
        return [*self.model.solve().values[self.spare :]]


def _caps(kind: DayType) -> dict[int, int]:
    """Return the most pupils one visit to each site can record on days of a type."""
    caps: dict[int, int] = {}
    for (site, _, _), cap in zip(kind.spans, kind.caps, strict=True):
        caps[site] = max(cap, caps.get(site, 0))
    return caps


def _reserves(problem: VisitProblem) -> dict[int, int]:
    """Return the days each crew may use, where a rule keeps some in reserve."""
    kept = max((r.days for r in problem.rules if isinstance(r, ReserveDays)), default=None)
    if kept is None:
        return {}
    return {
        number: max(sum(crew.works(day) for day in range(problem.days)) - kept, 0)
        for number, crew in enumerate(problem.crews)
    }
