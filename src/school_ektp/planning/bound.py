"""
Pupils that no plan can exceed, and team-days that no plan can do without.

Several bounds, each valid by itself; the least counts. What sites can give and what crew-days
have time for, each alone (`reach`); all crew-days at the prices of the sites' limits, with every
drive, set-up and session in the account (`lagrange`); and how late each site can be visited for
the last time, since who turns 16 after that is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import attrs

from school_ektp.planning.lagrange import (
    Answer,
    Limit,
    Split,
    bound_at,
    by_packing,
    by_routing,
    least_bound,
)
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import UNLIMITED, Reach, later_visits
from school_ektp.planning.rules import DrivingLimit, FewestPupils, ReserveDays, VisitsPerDay
from school_ektp.planning.teamday import Stop, TeamDay, detours

EVERYBODY = 100  # percent
ROUNDS = ((15, 8), (5, 8), (1, 18))  # (minutes to which paths are found, how often)
ROUNDS_LISTED = ((5, 4), (1, 18))  # the same where ways to spend a day are listed first
MOST_LIMITS = 250  # more would make the linear program slow
LATE_DAYS = 10  # at the end of the horizon, each looked at apart
WORK = 4_000_000  # of `Split.work`, for an effort of 1
SHARES_TRIED = 12


@attrs.frozen(kw_only=True)
class Bound:
    """
    What no plan of a problem can exceed.

    Attributes:
        by_priority: For each priority class, the pupils of it and of all classes before it.
    """

    by_priority: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """All pupils."""
        return self.by_priority[-1]


def upper_bound(problem: VisitProblem, *, effort: float = 5.0) -> Bound:
    """
    Return the least of several bounds on the pupils recorded.

    Floors and equity are left out of account: they lower what can be reached, never raise it.

    Args:
        problem: What is planned.
        effort: Work to spend where team-days are scarce: for 45 schools 1 is two seconds, 5
            about five, 20 comes close to the best this method can give.
            More effort never gives a worse bound.
    """
    yields = Yields(problem)
    each = effort / problem.priorities
    found = [yields.bound(rank, each) for rank in range(problem.priorities)]
    return Bound(by_priority=tuple(reversed(list(accumulate(reversed(found), min)))))


def fewest_team_days(problem: VisitProblem) -> int:
    """
    Return team-days that every plan needs at least to record all who can be recorded.

    By work: the minutes of set-up, recording and driving that everyone needs, against the
    most such minutes that fit into one day.
    """
    return Yields(problem).fewest_team_days()


class Yields:
    """What a problem can yield, read once for all priority classes."""

    def __init__(self, problem: VisitProblem) -> None:
        self.problem = problem
        self.reach = Reach(problem)
        self.sites = range(len(problem.sites))
        self.detours = [detours(matrix, len(problem.sites)) for matrix in problem.travel]
        rules = problem.rules
        self.fewest = max((r.pupils for r in rules if isinstance(r, FewestPupils)), default=1)
        self.visits = min((r.most for r in rules if isinstance(r, VisitsPerDay)), default=UNLIMITED)
        self.drive = min(
            (r.minutes for r in rules if isinstance(r, DrivingLimit)), default=UNLIMITED
        )
        self.reserve = max((r.days for r in rules if isinstance(r, ReserveDays)), default=0)

    def bound(self, rank: int, effort: float) -> int:
        """Return a bound on pupils up to a priority class."""
        recordable = [self.reach.recordable(site, rank) for site in self.sites]
        time = sum(self.reach.capacity(crew, day) for crew, day in self.reach.crew_days)
        least = min(time, sum(recordable))
        for bound in (self._by_last_days, self._by_prices):
            if least:
                least = min(least, bound(rank, effort / 2, least))
        return least

    def arrived(self, site: int, rank: int, day: int) -> int:
        """Return pupils up to a class who can be met on or before *day*."""
        groups = zip(self.problem.sites[site].groups, self.reach.last_days[site], strict=True)
        return sum(
            group.arrived(min(day, last))
            for group, last in groups
            if group.priority <= rank and last >= 0
        )

    def _by_prices(self, rank: int, effort: float, known: int) -> int:
        """Bound by the time of all crew-days together, as if all pupils waited from day 0."""
        waiting = [self.arrived(site, rank, self.problem.days) for site in self.sites]
        recordable = [self.reach.recordable(site, rank) for site in self.sites]
        kinds = [day for day, _ in self.kinds(self.reach.crew_days, waiting, apart=False)]
        return _whole(_bound_of(self.split(kinds, waiting, recordable), effort, known))

    def split(
        self,
        kinds: Sequence[TeamDay],
        waiting: Sequence[int],
        recordable: Sequence[int],
        worth: tuple[float, ...] = (),
    ) -> Split:
        """
        Return the sites' limits and the kinds of crew-days that share them.

        Args:
            kinds: Kinds of crew-days.
            waiting: For each site, pupils who can be called.
            recordable: For each site, pupils who can be recorded.
            worth: For each site, what a pupil is worth; 1 each when empty.
        """
        largest: dict[int, int] = {}
        for kind in kinds:
            for stop in kind.stops:
                largest[stop.site] = max(stop.most, largest.get(stop.site, 0))
        # A site that no kind of day can visit gives nothing, a limit it does not need.
        limits = [
            limit
            for site, most in sorted(largest.items())
            for limit in self._limits(site, waiting[site], recordable[site], most)
        ]
        return Split(
            days=tuple(kinds),
            limits=tuple(limits),
            sites=len(self.sites),
            per_pupil=worth,
            usable=self.usable,
        )

    def _limits(self, site: int, waiting: int, recordable: int, largest: int) -> Iterator[Limit]:
        """
        Yield what visits to a site record at most: the concave hull over their number.

        No visit records more than *largest*.
        """
        yield Limit(site=site, most=recordable)
        if self.reach.most_visits is not None:
            yield Limit(site=site, most=self.reach.most_visits, pupils=0.0, visits=1.0)
        turnout = self.problem.sites[site].turnout
        for most, each in later_visits(waiting, recordable, largest, turnout):
            yield Limit(site=site, most=most, visits=-float(each))

    def _by_last_days(self, rank: int, effort: float, known: int) -> int:
        """
        Bound by who waits when a site is visited for the last time.

        Every site has one last visit; days before the last few are open to all.
        """
        working = sorted({day for _, day in self.reach.crew_days})
        late = working[-LATE_DAYS:]
        before = working[-LATE_DAYS - 1] if len(working) > LATE_DAYS else -1
        base = [self._yield(site, rank, before) for site in self.sites]
        everyone = [UNLIMITED] * len(base)  # how many are recorded is not looked at
        crew_days = [(crew, day) for crew, day in self.reach.crew_days if day in late]
        kinds = self.kinds(crew_days, everyone, apart=True)
        gains = [
            tuple(self._yield(site, rank, day) - base[site] for site in self.sites)
            for _, day in kinds
        ]
        days = [
            attrs.evolve(kind, stops=tuple(stop for stop in kind.stops if gain[stop.site] > 0))
            for (kind, _), gain in zip(kinds, gains, strict=True)
        ]
        served = sorted({stop.site for day in days for stop in day.stops})
        split = Split(
            days=tuple(days),
            limits=tuple(Limit(site=site, most=1.0, pupils=0.0, visits=1.0) for site in served),
            sites=len(base),
            per_pupil=(0.0,) * len(base),
            per_visit=tuple(tuple(map(float, gain)) for gain in gains),
            usable=self.usable,
        )
        return sum(base) + _whole(_bound_of(split, effort, known - sum(base)))

    def _yield(self, site: int, rank: int, last: int) -> int:
        """Return pupils recorded at a site at most if it is last visited on day *last*."""
        if last < 0:
            return 0
        waiting = self.arrived(site, rank, last)
        absent = -(-EVERYBODY // self.problem.sites[site].turnout) - 1
        return min(max(waiting - absent, 0), self.reach.recordable(site, rank))

    # Kinds of crew-days --------------------------------------------------------------------

    @cached_property
    def everybody(self) -> list[int]:
        """Pupils of all classes who can be met at each site."""
        last = self.problem.priorities - 1
        return [self.arrived(site, last, self.problem.days) for site in self.sites]

    @cached_property
    def usable(self) -> dict[int, int]:
        """Days each crew may go out, if it must keep some in reserve."""
        if not self.reserve:
            return {}
        worked = [crew for crew, _ in self.reach.crew_days]
        return {crew: max(worked.count(crew) - self.reserve, 0) for crew in set(worked)}

    def kinds(
        self, crew_days: Sequence[tuple[int, int]], waiting: Sequence[int], *, apart: bool
    ) -> list[tuple[TeamDay, int]]:
        """Return kinds of crew-days with a day of each; *apart*: no two days are alike."""
        counts: dict[object, int] = {}
        first: dict[object, tuple[int, int]] = {}
        for crew, day in crew_days:
            key = self.likeness(crew, day, apart=apart)
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(key, (crew, day))
        return [
            (self._kind(crew, day, counts[key], waiting), day) for key, (crew, day) in first.items()
        ]

    def likeness(self, crew: int, day: int, *, apart: bool) -> object:
        """Return what crew-days have in common that are alike."""
        team = self.problem.crews[crew]
        return (
            crew if self.reserve else -1,
            day if apart else -1,
            team.kits[day],
            team.minutes_per_pupil,
            team.setup,
            team.packdown,
            team.travel,
            tuple(self.reach.spans(crew, day)),
        )

    def _kind(self, crew: int, day: int, count: int, waiting: Sequence[int]) -> TeamDay:
        spans = self.reach.spans(crew, day)
        stops = (self._stop(crew, day, span, waiting[span[0]]) for span in spans)
        team = self.problem.crews[crew]
        return TeamDay(
            crew=crew if self.reserve else -1,
            count=count,
            stops=tuple(stop for stop in stops if stop is not None),
            drive=self.problem.travel[team.travel],
            most_pupils=min(self.reach.kit_cap * team.kits[day], UNLIMITED),
            most_visits=self.visits,
        )

    def _stop(self, crew: int, day: int, span: tuple[int, int, int], waiting: int) -> Stop | None:
        """Return a session as the crew can use it, or None if no visit is worth it."""
        site, opens, closes = span
        team, place = self.problem.crews[crew], self.problem.sites[site]
        fixed, pace = team.setup[site] + team.packdown[site], team.minutes_per_pupil[site]
        per_round = float(team.kits[day])
        if not self.problem.overbook:  # rounds are kept for those who do not come, too
            per_round *= place.turnout / EVERYBODY
        rounds = (closes - opens - fixed) // pace if pace else UNLIMITED
        room = min(int(rounds * per_round), self.reach.kit_cap * team.kits[day])
        most = min(place.turnout * waiting // EVERYBODY, room)
        of_all_classes = min(place.turnout * self.everybody[site] // EVERYBODY, room)
        far = self._way(crew, site) > self.drive
        if most < 1 or of_all_classes < self.fewest or far:
            return None
        twice = len(place.sessions[day]) > 1  # from session to session nothing is driven
        return Stop(
            site=site,
            opens=opens,
            closes=closes,
            fixed=fixed,
            pace=pace,
            per_round=per_round,
            most=most,
            detour=0.0 if twice else self.detours[team.travel][site],
        )

    def _way(self, crew: int, site: int) -> int:
        team = self.problem.crews[crew]
        matrix = self.problem.travel[team.travel]
        return matrix[team.start][site] + matrix[site][team.end]

    # Team-days -----------------------------------------------------------------------------

    def fewest_team_days(self) -> int:
        """Return the least number of team-days that hold the work for everyone."""
        last = self.problem.priorities - 1
        waiting = self.everybody
        kinds = [day for day, _ in self.kinds(self.reach.crew_days, waiting, apart=False)]
        price, bonus, work = [0.0] * len(waiting), [0.0] * len(waiting), 0.0
        for site in self.sites:
            stops = [stop for kind in kinds for stop in kind.stops if stop.site == site]
            if not stops:
                continue
            pupils = self.reach.recordable(site, last)
            price[site] = min(stop.pace / stop.per_round for stop in stops)
            bonus[site] = min(stop.fixed + 2 * stop.detour for stop in stops)
            work += price[site] * pupils + bonus[site] * -(-pupils // max(s.most for s in stops))
        answer = by_routing(ROUNDS[1][0])
        day = max((answer(kind, price, bonus)[0].value for kind in kinds), default=0.0)
        return -int(-(work / day - TOLERANCE) // 1) if day and work else 0


TOLERANCE = 1e-6


def _whole(pupils: float) -> int:
    """Return the whole pupils in a bound reckoned in fractions."""
    return int(pupils + TOLERANCE) if pupils < UNLIMITED else UNLIMITED


def _bound_of(split: Split, effort: float, known: int) -> float:
    """Return the least bound that *effort* finds, or the one *known*."""
    if not any(day.stops for day in split.days):
        return 0.0
    if len(split.limits) > MOST_LIMITS:
        return _with_one_share(split)
    return least_bound(split, _answers(split, effort), known)


def _answers(split: Split, effort: float) -> Iterator[Answer]:
    """Yield how days are to be answered, coarse first, as long as the effort lasts."""
    left = effort * WORK
    for tick, rounds in ROUNDS_LISTED if split.listable else ROUNDS:
        for _ in range(rounds):
            left -= split.work(tick)
            if left < 0:
                return
            yield by_routing(tick)


def _with_one_share(split: Split) -> float:
    """Return the bound at prices that all follow from one: what a minute is worth."""
    minutes = [float("inf")] * split.sites
    for day in split.days:
        for stop in day.stops:
            stay = stop.fixed + 2 * stop.detour + stop.rounds * stop.pace
            minutes[stop.site] = min(minutes[stop.site], stay / stop.most)
    dearest = max((some for some in minutes if some < float("inf")), default=0.0) or 1.0
    bounds = []
    for step in range(SHARES_TRIED):
        minute = step / SHARES_TRIED / dearest * 4
        prices = [
            max(1 - minute * minutes[limit.site], 0.0) if limit.pupils and not limit.visits else 0.0
            for limit in split.limits
        ]
        bounds.append(bound_at(split, prices, by_packing).bound)
    return min(bounds)
