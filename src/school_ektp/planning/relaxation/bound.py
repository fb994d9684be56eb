"""
A value that no plan exceeds, from prices of minutes.

What ties sites together is the teams' time. Each minute of a team-day is given a price, by day
and by team, since some teams have more schools around their base than others; then
every team-day earns what its minutes are worth beyond its own cost, and every site what its
visits are worth beyond their minutes. The sum bounds the value of all plans, whatever the prices
are (Lagrangian relaxation; Geoffrion 1974). A few prices are tried and the least sum counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, inf
from statistics import median_low

import attrs

from school_ektp.model import arguments
from school_ektp.planning.constraints import KitDayCap, TeamDayBudget
from school_ektp.planning.problem import PUPIL, VisitProblem
from school_ektp.planning.relaxation.demand import SiteDemand, working_teams
from school_ektp.planning.relaxation.hours import Hours, Span
from school_ektp.planning.relaxation.visits import most_worth
from school_ektp.planning.schedule import Clock

SLACK = 1_000  # millionths, for sums of fractions
TRIALS = 12  # prices tried for an effort of one, at most
FIRST = 36  # prices tried before on some of the sites, if there are many
WORK = 240_000  # sites times days times prices tried, for an effort of one
SOME = 12  # sites that show which prices are worth trying
TEAM = 0.15  # step of the price of a team's minutes, as a share of it
PART = 4  # one site in so many shows first whether prices are worth trying on the others
DOUBT = 0.1  # by which what these show may be wrong, as a share of what the days gain or lose


@attrs.frozen
class Bound:
    """
    What no plan of a problem exceeds.

    Attributes:
        value: Millionths of a pupil.
    """

    value: int


def all_recorded(problem: VisitProblem) -> Bound:
    """Return the plainest bound: everybody recorded at once, at no cost."""
    last = problem.days - 1
    return Bound(
        sum(
            group.arrived(last) * problem.price.weight(group.priority) * (PUPIL // 10)
            for site in problem.sites
            for group in site.groups
        )
    )


@arguments.checked
def upper_bound(
    problem: VisitProblem, *, effort: int = 1, over: Callable[[], bool] | None = None
) -> Bound:
    """
    Return an upper bound on the value of every plan.

    Args:
        problem: What is planned.
        effort: Prices of minutes are tried in proportion to it; more never gives a worse bound.
        over: Says that time is up: the bound is then that of the prices tried so far, and
            `all_recorded` if there are none.
    """
    arguments.whole("upper_bound", "effort", effort, least=1)
    if over is not None and over():
        return all_recorded(problem)
    split = MinutePrices(problem)
    if over is not None and over():
        return all_recorded(problem)
    trials = min(TRIALS, WORK // max(len(problem.sites) * problem.days, 1))
    value, _ = split.least(max(trials, 1) * effort, over)
    return Bound(ceil(PUPIL * value) + SLACK)


@attrs.frozen(kw_only=True)
class _TeamDay:
    """
    A team-day; minutes of teams with fewer kits than others count less.

    Attributes:
        team: The team.
        day: Its day.
        early: Minutes until most sites close.
        late: Minutes after that, till the last one closes.
    """

    team: int
    day: int
    early: float
    late: float


@attrs.frozen(kw_only=True)
class _Stay:
    """
    What a team needs for a visit to a site on some day, and what going there leaves of the day.

    Attributes:
        day: The team-day.
        fixed: Minutes of set-up and pack-down.
        pace: Minutes for each pupil.
        after: Minutes of a visit that can be late ones, at most.
        early: Early minutes that are left for visits on a day that leads to the site, at most.
        whole: Minutes, early or late, that are left for them.
        road: What driving there and home costs, in pupils.
        room: Pupils that a visit has room for.
    """

    day: _TeamDay
    fixed: float
    pace: float
    after: float
    early: float
    whole: float
    road: float
    room: float


@attrs.frozen
class _Needs:
    """
    What a visit to a site takes at least on a day, at some share for late minutes.

    Attributes:
        fixed: Minutes of a visit without pupils.
        pace: Minutes for each pupil.
        lines: (team, a, b): its minutes cost a times the price of team and day plus b.
    """

    fixed: float
    pace: float
    lines: tuple[tuple[int, float, float], ...]


def _needs(stays: Sequence[_Stay], late: float) -> _Needs:
    lines = set()
    for stay in stays:
        left = (1 - late) * stay.early + late * stay.whole
        if left > 0:
            share = (stay.day.early + late * stay.day.late) / left
            lines.add((stay.day.team, share, stay.road / left))
        else:  # minutes that cost nothing
            lines.add((stay.day.team, 1.0, 0.0))
    return _Needs(
        min(stay.fixed - (1 - late) * stay.after for stay in stays),
        min(stay.pace for stay in stays),
        tuple(sorted(lines)),
    )


class _StaysOfDays:
    """The stays at one site by day; days on which the same stays are possible share their needs."""

    def __init__(self, by_day: Mapping[int, Sequence[_Stay]]) -> None:
        self.days = sorted(by_day)
        places: dict[tuple[int, ...], int] = {}
        self._kinds: list[Sequence[_Stay]] = []
        self._kind_of = []
        for day in self.days:
            alike = tuple(sorted({id(stay) for stay in by_day[day]}))
            if alike not in places:
                places[alike] = len(places)
                self._kinds.append([*{id(stay): stay for stay in by_day[day]}.values()])
            self._kind_of.append(places[alike])
        self.room = max((stay.room for stays in self._kinds for stay in stays), default=0.0)

    def needs(self, late: float) -> list[_Needs]:
        """Return what a visit takes on each day."""
        kinds = [_needs(stays, late) for stays in self._kinds]
        return [kinds[kind] for kind in self._kind_of]


@attrs.frozen
class Prices:
    """
    Prices in pupils.

    Attributes:
        minute: Of a minute on each day, where driving takes none of the day.
        late: Of a minute after most sites have closed, as a share of that.
        team: Of a minute of each team, as a multiple of that.
    """

    minute: tuple[float, ...]
    late: float
    team: tuple[float, ...]


@attrs.frozen
class _Sum:
    """
    The bound at some prices, in pupils.

    Attributes:
        days: What team-days earn.
        sites: What visits to each of the sites looked at are worth.
        share: How many sites there are for each of them.
    """

    days: float
    sites: list[float]
    share: float

    @property
    def total(self) -> float:
        """The bound; a guess unless all sites were looked at."""
        return self.days + self.share * sum(self.sites)

    def better(self, days: float, sites: Sequence[float]) -> bool:
        """Return whether prices may give less, as far as days and the first sites tell."""
        gain = days - self.days
        loss = sum(sites) - sum(self.sites[: len(sites)])
        loss *= self.share * len(self.sites) / len(sites)
        return gain + loss <= DOUBT * abs(gain)


class MinutePrices:
    """
    A problem taken apart into team-days and sites, which prices of minutes hold together.

    A day that leads to a far site has fewer minutes left for visits, and drives more. So minutes
    at that site are the dearer: as much as makes the day worth no more than one without driving.
    """

    def __init__(self, problem: VisitProblem) -> None:
        """Read the problem."""
        self.problem, self.price = problem, problem.price
        self.hours = Hours(problem)
        self.most_kits = max((max(team.kits) for team in problem.teams), default=1) or 1
        self.team_days: list[_TeamDay] = []
        self.stays = [_StaysOfDays(by_day) for by_day in self._read_days()]
        working = working_teams(problem)
        self.demand = [
            SiteDemand(problem, site, one.days, working) for site, one in enumerate(self.stays)
        ]
        last, sites = problem.days - 1, range(len(problem.sites))
        self.by_size = sorted(sites, key=lambda site: problem.sites[site].waiting(last))
        self._late, self._needs = -1.0, list[list[_Needs]]()
        self._last: dict[int, tuple[list[float], list[float], float]] = {}

    def _read_days(self) -> list[dict[int, list[_Stay]]]:
        """Read the team-days, those that are alike once; return the stays by site and day."""
        found: list[dict[int, list[_Stay]]] = [{} for _ in self.problem.sites]
        known: dict[object, dict[int, list[_Stay]]] = {}
        for number, day in self.hours.team_days:
            spans = self.hours.spans(number, day)
            if not spans:
                continue
            kits = self.problem.teams[number].kits[day]
            alike = number, kits, self.hours.key(number, day)
            if alike not in known:
                known[alike] = self._read_stays(number, day, spans)
            stays = known[alike]
            first = next(iter(stays.values()))[0].day
            self.team_days.append(attrs.evolve(first, day=day))
            for site, some in stays.items():
                found[site].setdefault(day, []).extend(some)
        return found

    def _read_stays(self, number: int, day: int, spans: Sequence[Span]) -> dict[int, list[_Stay]]:
        problem, cap = self.problem, self.problem.limit(KitDayCap)
        team = problem.teams[number]
        kits, drive = team.kits[day], problem.travel[team.travel]
        scale = kits / self.most_kits
        length = Clock(team.shifts[day] or (0, 0), team.breaks[day]).length
        opens = min(since for _, since, _ in spans)
        usual = median_low(until for _, _, until in spans)
        closes = max(until for _, _, until in spans)
        one = _TeamDay(
            team=number, day=day, early=scale * (usual - opens), late=scale * (closes - usual)
        )
        found: dict[int, list[_Stay]] = {}
        for site, since, until in spans:
            out, home = drive[team.start][site], drive[site][team.end]
            whole = min(length - home, closes) - max(out, opens)
            lasts, pace = team.setup[site] + team.packdown[site], team.minutes_per_pupil[site]
            room = _room(until - since - lasts, pace, kits)
            stay = _Stay(
                day=one,
                fixed=scale * lasts,
                pace=scale * pace / kits,
                after=scale * max(until - usual, 0),
                early=scale * min(usual - opens, whole),
                whole=scale * whole,
                road=self.price.driving_minute * (out + home) / PUPIL,
                room=room if cap is None else min(room, cap * kits),
            )
            found.setdefault(site, []).append(stay)
        return found

    def at(self, prices: Prices) -> float:
        """Return the bound at some prices, in pupils."""
        return self._sum(prices, 1).total

    def _sum(self, prices: Prices, every: int, best: _Sum | None = None) -> _Sum:
        """
        Return the bound at some prices, infinite if it is soon seen to be above the best one.

        Args:
            prices: The prices.
            every: Which of the sites, by size, are looked at, the others being taken as alike.
            best: The bound at the best prices so far, with the same *every*.
        """
        sites = self.by_size[::every]
        days, found = self._of_days(prices), list[float]()
        for first in range(PART):
            found += [self._of_site(prices, site) for site in sites[first::PART]]
            shown = first == 0 and every == 1 and len(sites) > SOME
            if shown and best is not None and not best.better(days, found):
                return _Sum(inf, [], 1.0)
        return _Sum(days, found, len(self.by_size) / max(len(sites), 1))

    def _of_days(self, prices: Prices) -> float:
        minute, late, cost = prices.minute, prices.late, self.price.team_day / PUPIL
        values = (
            (
                prices.team[one.team] * minute[one.day] * (one.early + late * one.late) - cost,
                one.day,
            )
            for one in self.team_days
        )
        earned = [one for one in values if one[0] > 0]
        earned.sort(reverse=True)
        least = sum(value for value, _ in earned)
        for budget in self.problem.all_of(TeamDayBudget):
            counted = [value for value, day in earned if budget.first <= day <= budget.last]
            spent = sum(
                budget.first <= day <= budget.last
                for team in self.problem.teams
                for day in team.out
            )
            over = sum(counted[max(budget.most - spent, 0) :])
            least = min(least, sum(value for value, _ in earned) - over)
        return least

    def _of_site(self, prices: Prices, site: int) -> float:
        demand = self.demand[site]
        if not demand.days or not demand.held:
            return 0.0
        visit, place = self.of_site(site, prices)
        if site in self._last and self._last[site][:2] == (visit, place):
            return self._last[site][2]  # where a team's price changes, far sites stay as they are
        pupil = [price / demand.held for price in place]
        worth = most_worth(demand, visit, pupil, demand.held * self.stays[site].room)
        self._last[site] = visit, place, worth
        return worth

    def of_site(self, site: int, prices: Prices) -> tuple[list[float], list[float]]:
        """
        Return what a visit and room for one pupil cost at least on each day of a site.

        As many minutes as can be late are taken as late ones.
        """
        if prices.late != self._late:
            self._late = prices.late
            self._needs = [stays.needs(prices.late) for stays in self.stays]
        each, visit, place, team = self.price.visit / PUPIL, [], [], prices.team
        for day, needs in zip(self.stays[site].days, self._needs[site], strict=True):
            minute = prices.minute[day]
            dear = min([minute * team[who] * share + road for who, share, road in needs.lines])
            visit.append(each + dear * needs.fixed)
            place.append(dear * needs.pace)
        return visit, place

    # Prices ----------------------------------------------------------------------------------

    def least(self, trials: int, over: Callable[[], bool] | None = None) -> tuple[float, Prices]:
        """
        Return the least bound of so many prices, or of those tried before time is up, and these.

        Prices of minutes fall with the days in a straight line until they meet a level price:
        who is deferred loses so much a day until there is time for all. Where there are many
        sites, some of them show first which prices are worth trying, and each team's is then
        tried a little higher and lower.
        """
        cost = self.price.team_day / PUPIL
        early = (one.early for one in self.team_days if one.early > 0)
        level = min((cost / minutes for minutes in early), default=0.0)
        days, teams = self.problem.days, len(self.problem.teams)
        point = [level, level, days / 4, 1.0] + [1.0] * teams
        steps = [level / 4 or 0.01, level or 0.02, days / 8, 0.25]
        every = ceil(len(self.demand) / SOME)
        if every > 1:
            point = self._search(every, point, steps, FIRST, over)[1]
            price = max(point[:2]) / 16 or 0.01
            steps = [price, price, days / 16, 1 / 16]
            if teams > 1:
                by_team = [0.0] * len(steps) + [TEAM] * teams
                point = self._search(1, point, by_team, 2 * teams, over)[1]
        best, point = self._search(1, point, steps, trials, over)
        return best, self._prices(point)

    def _search(
        self,
        every: int,
        point: list[float],
        steps: Sequence[float],
        trials: int,
        over: Callable[[], bool] | None,
    ) -> tuple[float, list[float]]:
        """
        Return the least bound found from a point on, and where it is.

        Args:
            every: As for `_sum`.
            point: Where to begin.
            steps: How far to go at first in each direction.
            trials: How many points to try.
            over: Says that time is up.
        """
        steps, best = [*steps], self._sum(self._prices(point), every)
        while True:
            better = False
            for axis in range(len(steps)):
                for sign in (1, -1) if steps[axis] else ():
                    if trials <= 0 or (over is not None and over()):
                        return best.total, point
                    trials -= 1
                    trial = [*point]
                    trial[axis] = max(trial[axis] + sign * steps[axis], 0.0)
                    found = self._sum(self._prices(trial), every, best)
                    if found.total < best.total:
                        best, point, better = found, trial, True
                        steps[axis] *= 2
                        break
            if not better:
                steps = [step / 2 for step in steps]

    def _prices(self, point: Sequence[float]) -> Prices:
        level, early, until, late, *team = point
        fall, days = early / until if until else 0.0, range(self.problem.days)
        minute = (level + max(early - fall * (day - self.problem.today), 0.0) for day in days)
        return Prices(tuple(minute), min(late, 1.0), tuple(team))


def _room(minutes: int, pace: int, kits: int) -> float:
    return float(kits * (minutes // pace)) if pace else float("inf")
