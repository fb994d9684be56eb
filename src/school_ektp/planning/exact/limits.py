"""What ties team-days together: pupils of a site, its visits, floors of districts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import attrs

from school_ektp.planning.exact.types import DayType, Periods, days_apart
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach, later_visits
from school_ektp.planning.rules import Floor

EVERYBODY = 100  # percent
CLEAR = 0.01  # by which a row must be broken to be added
PARTS = 6  # into which a site is cut at most

Visit: TypeAlias = tuple[int, int, float]  # part of the season, pupils, share of it that is chosen


@attrs.frozen(kw_only=True)
class Limit:
    """
    Pupils recorded in some parts of the season, and visits made in them, weighted: <= most.

    Where pupils come later, later visits can be counted, too: a visit that records more than have
    come since finds the others among those who were there before. So it counts by what it records
    beyond that. All visits that count record no more than who has come by the last of them, and
    those who have come since are taken off there, once at least. These are the (l, S) inequalities
    of lot sizing with time turned round (Barany, Van Roy and Wolsey 1984).

    Attributes:
        sites: The sites it is about.
        first: First part of the season.
        last: Last part of the season.
        most: Right-hand side.
        pupils: Weight of a pupil recorded.
        visits: Weight of a visit.
        floor: Whether a floor that is missed by some pupils is let off so many.
        later: For each part after the last, pupils who can be met by its end and not before.
    """

    sites: tuple[int, ...]
    first: int
    last: int
    most: float
    pupils: float = 1.0
    visits: float = 0.0
    floor: bool = False
    later: tuple[int, ...] = ()

    def holds_in(self, period: int) -> bool:
        """Return whether days of a part of the season count."""
        return self.first <= period <= self.last

    def taken(self, some: Any) -> Any:  # noqa: ANN401 - a number, or an array of numbers
        """Return how much a visit takes that records *some* pupils, at least one."""
        return self.pupils * some + self.visits

    def free_in(self, period: int) -> int | None:
        """Return how many pupils of a visit do not count; None: whatever it records."""
        if self.holds_in(period):
            return 0
        late = period - self.last - 1
        return self.later[late] if 0 <= late < len(self.later) else None

    def counted(self, visits: Iterable[Visit]) -> Iterator[tuple[int, float]]:
        """Yield the pupils of visits that count, and the share of them that is chosen."""
        for period, some, share in visits:
            free = self.free_in(period)
            if free is not None and some > free:
                yield some - free, share

    @property
    def of_pupils(self) -> bool:
        """Whether it says how many pupils one site gives."""
        return len(self.sites) == 1 and self.pupils == 1 and not self.visits


@attrs.frozen(kw_only=True)
class OfLimit(ABC):
    """
    A row on the visits that a limit of one site is about, and on later ones.

    Attributes:
        limit: What the site gives.
    """

    limit: Limit

    @property
    def sites(self) -> tuple[int, ...]:
        """The site, as a limit names it."""
        return self.limit.sites

    @abstractmethod
    def taken(self, some: Any) -> Any:  # noqa: ANN401 - a number, or an array of numbers
        """Return how much a visit takes of which *some* pupils count."""

    def taken_on(self, kind: DayType, some: Any) -> Any:  # noqa: ANN401 - an array of numbers
        """Return what visits that record *some* pupils take on days of a type; None: nothing."""
        free = self.limit.free_in(kind.period)
        return None if free is None else self.taken((some - free).clip(0))


@attrs.frozen(kw_only=True)
class Case:
    """
    Visits to a site that record so many pupils or more: so often at most, or more often.

    Attributes:
        site: Number of the site.
        least: Pupils from which on a visit counts.
        last: The last part of the season that counts; None: to its end.
        crew: The crew whose types of days count; None: all of them.
        times: How often at most.
        more: Whether it is more often than that.
    """

    site: int
    least: int = 1
    last: int | None = None
    crew: int | None = None
    times: int = 0
    more: bool = False

    @property
    def sites(self) -> tuple[int, ...]:
        """The site, as a limit names it."""
        return (self.site,)

    @property
    def most(self) -> float:
        """Right-hand side."""
        return -self.times - 1.0 if self.more else float(self.times)

    def holds_on(self, kind: DayType) -> bool:
        """Return whether days of a type count."""
        return (self.last is None or kind.period <= self.last) and self.crew in {None, kind.crew}

    def taken_on(self, kind: DayType, some: Any) -> Any:  # noqa: ANN401 - an array of numbers
        """Return what visits that record *some* pupils take on days of a type; None: nothing."""
        if not self.holds_on(kind):
            return None
        counted = (some >= self.least) * 1.0
        return -counted if self.more else counted


@attrs.frozen(kw_only=True)
class Forgone:
    """
    Pupils recorded at a site till some part of the season, and those whom an early visit forgoes.

    At the end of that time is one so short that all visits in it are on one day, as visits keep
    apart. Where that is not the last day, nobody is met who comes after it. So each pupil recorded
    counts there for a part of those who come later, all of them together if the day is full.

    Attributes:
        site: Number of the site.
        most: Pupils who can be met by the end.
        weights: For each part of the season, what a pupil recorded counts for.
    """

    site: int
    most: float
    weights: tuple[float, ...]

    @property
    def sites(self) -> tuple[int, ...]:
        """The site, as a limit names it."""
        return (self.site,)

    def taken_on(self, kind: DayType, some: Any) -> Any:  # noqa: ANN401 - an array of numbers
        """Return what visits that record *some* pupils take on days of a type; None: nothing."""
        period = kind.period
        return self.weights[period] * some if period < len(self.weights) else None


@attrs.frozen(kw_only=True)
class Lots(OfLimit):
    """
    Lots of pupils recorded at a site: no more than what it gives holds; lots of one are pupils.

    A visit counts by the whole lots it records and, of what is over, by how much that exceeds
    what is over of the site itself. No visits that a site has room for count more together:
    mixed integer rounding (Nemhauser and Wolsey 1990).

    Attributes:
        lot: Pupils of a lot.
    """

    lot: int

    @property
    def most(self) -> float:
        """Right-hand side."""
        return self.limit.most // self.lot

    def taken(self, some: Any) -> Any:  # noqa: ANN401 - a number, or an array of numbers
        """Return how much a visit takes of which *some* pupils count."""
        over = self.limit.most % self.lot
        more = some % self.lot - over
        return some // self.lot + more * (more > 0) / (self.lot - over)


def broken_lots(limit: Limit, visits: Iterable[Visit]) -> list[Lots]:
    """Return the size of lots that visits within a limit break most, if any is."""
    most, counted = int(limit.most), [*limit.counted(visits)]
    sizes = {1, *(some for some, _ in counted), *(most // parts + 1 for parts in range(1, PARTS))}
    every = [Lots(limit=limit, lot=size) for size in sorted(sizes) if size <= most]
    over = [sum(share * lots.taken(some) for some, share in counted) - lots.most for lots in every]
    top = max(over, default=0.0)
    return [every[over.index(top)]] if top > CLEAR else []


class Limits:
    """The limits of one problem for the priority classes up to one."""

    def __init__(
        self,
        problem: VisitProblem,
        priority: int,
        parts: Periods,
        kinds: Sequence[DayType],
    ) -> None:
        self.problem = problem
        self.priority = priority
        self.parts = parts
        self.kinds = kinds
        self.reach = Reach(problem)
        self.end = len(parts.firsts) - 1
        self._ends = [*parts.firsts[1:], problem.days]
        self.per_day = self._visits_per_day()
        self.apart = days_apart(problem)

    def of_sites(self) -> Iterator[Limit]:
        """Yield what each site gives at most."""
        for site in range(len(self.problem.sites)):
            yield from self._of(site)

    def of_floors(self) -> Iterator[Limit]:
        """Yield the floors of districts, for all classes together."""
        for rule in self.problem.rules:
            if isinstance(rule, Floor):
                sites = enumerate(self.problem.sites)
                inside = tuple(n for n, site in sites if site.district == rule.district)
                most = -float(min(rule.pupils, sum(self._whole(site) for site in inside)))
                yield Limit(
                    sites=inside, first=0, last=self.end, most=most, pupils=-1.0, floor=True
                )

    def of_days_apart(self) -> Iterator[Forgone]:
        """Yield what visits that keep apart record at most, and those whom they forgo."""
        for site in range(len(self.problem.sites) if self.apart else 0):
            yield from self._forgone(site)

    def _forgone(self, site: int) -> Iterator[Forgone]:
        """Yield it for the time till the end of each part of the season."""
        days, whole = self._met(site), self._whole(site)
        met = [min(self._sum(site, days, 0, last), whole) for last in range(self.end + 1)]
        most = [min(some, self._most_on_one_day(site, part)) for part, some in enumerate(met)]
        for last, pupils in enumerate(met):
            first = bisect_left(self.parts.firsts, self._ends[last] - self.apart)
            one_day = zip(met[first : last + 1], most[first : last + 1], strict=True)
            weights = [1 + (pupils - some) / full if full else 1.0 for some, full in one_day]
            if max(weights, default=1.0) > 1:
                yield Forgone(site=site, most=pupils, weights=(*[1.0] * first, *weights))

    def _most_on_one_day(self, site: int, part: int) -> int:
        """Return the pupils whom all visits of one day record at most in a part of the season."""
        days = range(self.parts.firsts[part], self._ends[part])
        return self._visits_on_one_day(site, days) * self._largest(site, part, part)

    def _of(self, site: int) -> Iterator[Limit]:
        whole = self._whole(site)
        if not whole:
            return
        yield from self._recorded(site, 0, self.end, whole)
        table = self._table(site)
        for (first, last), pupils in table.items():
            wider = (table.get((first - 1, last), whole), table.get((first, last + 1), whole))
            if 0 < pupils < min(*wider, whole):  # else a longer time says as much
                ends = range(last + 1, self.end + 1)
                later = [min(table[first, end], whole) - pupils for end in ends]
                yield from self._recorded(site, first, last, pupils, later)
        visits = self._visits(site)
        if visits is not None:
            yield self._met_at_most(visits, site, 0, self.end)
        if self.apart:
            yield from self._together(site)

    def _met_at_most(self, times: int, site: int, first: int, last: int) -> Limit:
        return Limit(
            sites=(site,), first=first, last=last, most=float(times), pupils=0.0, visits=1.0
        )

    def _together(self, site: int) -> Iterator[Limit]:
        """Yield for parts of the season so short that all visits are on one day how many fit it."""
        most, ended = self._visits_on_one_day(site, range(self.problem.days)), -1
        for first, begun in enumerate(self.parts.firsts):
            last = bisect_right(self._ends, begun + self.apart) - 1
            if last > max(first, ended) and most:
                ended = last
                yield self._met_at_most(most, site, first, last)

    def _whole(self, site: int) -> int:
        return self.reach.recordable(site, self.priority)

    def _recorded(
        self, site: int, first: int, last: int, most: int, later: Iterable[int] = ()
    ) -> Iterator[Limit]:
        """
        Yield what visits in some parts of the season record at most.

        The concave hull over their number: after some full visits the next one finds few.
        """
        yield Limit(sites=(site,), first=first, last=last, most=most, later=tuple(later))
        largest, turnout = self._largest(site, first, last), self.problem.sites[site].turnout
        waiting = most if turnout == EVERYBODY else self._waiting(site, first, last)
        for least, each in later_visits(waiting, most, largest, turnout):
            yield Limit(sites=(site,), first=first, last=last, most=least, visits=-float(each))

    def _largest(self, site: int, first: int, last: int) -> int:
        """Return the pupils of one visit to a site in parts from one to another."""
        some = (
            kind.largest(self.problem, site) for kind in self.kinds if first <= kind.period <= last
        )
        return max(some, default=0)

    def _table(self, site: int) -> dict[tuple[int, int], int]:
        """Return who can be met in each run of parts of the season."""
        met = self._met(site)
        ends = range(len(self.parts.firsts))
        return {
            (first, last): self._sum(site, met, first, last)
            for first in ends
            for last in ends[first:]
        }

    def _waiting(self, site: int, first: int, last: int) -> int:
        return self._sum(site, self._met(site), first, last)

    def _sum(self, site: int, met: list[list[int]], first: int, last: int) -> int:
        """Return the pupils who have come by the last day on which their group is met."""
        groups = self.problem.sites[site].groups
        return sum(
            group.arrived(day)
            for group, days in zip(groups, met, strict=True)
            for day in [max(days[first : last + 1])]
            if group.priority <= self.priority and day >= 0
        )

    def _met(self, site: int) -> list[list[int]]:
        """Return for each group the last day of each part on which it is met, -1 when never."""
        found = []
        for group in self.problem.sites[site].groups:
            last = [-1] * len(self.parts.firsts)
            for day in self._open_days(site):
                if day not in group.away:
                    last[self.parts.of(day)] = day
            found.append(last)
        return found

    def _open_days(self, site: int) -> list[int]:
        return [day for day in range(self.problem.days) if self.per_day.get((site, day))]

    def _visits_per_day(self) -> dict[tuple[int, int], int]:
        """Return how many visits each site can have on each day."""
        found: dict[tuple[int, int], int] = {}
        for crew, day in self.reach.crew_days:
            for site, _, _ in self.reach.spans(crew, day):
                found[site, day] = found.get((site, day), 0) + 1
        return found

    def _visits(self, site: int) -> int | None:
        """Return the most visits a site may have, None without such a rule."""
        limits = [] if self.reach.most_visits is None else [self.reach.most_visits]
        if self.apart:
            times, free = 0, 0
            for day in self._open_days(site):
                if day >= free:
                    times, free = times + 1, day + self.apart
            limits.append(times * self._visits_on_one_day(site, range(self.problem.days)))
        return min(limits, default=None)

    def _visits_on_one_day(self, site: int, days: Iterable[int]) -> int:
        """Return how many visits a site can have on the one of *days* on which it can have most."""
        return max((self.per_day.get((site, day), 0) for day in days), default=0)
