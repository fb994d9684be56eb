"""The smallest single change that would record the pupils left at a school, tried by planning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.school import Location, LocationMethod, School
from school_ektp.model.team import Team
from school_ektp.model.weekly import MONDAY_TO_SATURDAY
from school_ektp.plan.data import P, PlanData
from school_ektp.plan.remedy import Remedy, RemedyKind
from school_ektp.planning.checker import evaluate, expectations, violations
from school_ektp.planning.explain.explain import why_left
from school_ektp.planning.explain.reasons import LeftOutPupils, Reason
from school_ektp.planning.explain.relax import relaxed
from school_ektp.planning.explain.trials import filled
from school_ektp.planning.problem import EXPECTED, PUPIL, VisitProblem
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.season.changes import more_teams
from school_ektp.season.rebuild import rebuilt, taken
from school_ektp.season.turns import Shares

SATURDAY = 5
ROUNDS = 100
RUNGS = 3  # the part of its kind's seconds that a size has of what is left
HALF = EXPECTED // 2  # a change that records fewer at the school is no remedy
TIME = {Reason.SHORT, Reason.TOO_FAR, Reason.FULL}
NOBODY_HELPS = {Reason.ABSENT, Reason.NOT_YET, Reason.NOT_WORTH}


@attrs.frozen
class _Change:
    kind: RemedyKind
    size: int
    parts: dict[str, object]  # what `rebuilt` is given
    team: str | None = None
    day: dt.date | None = None
    problem: VisitProblem | None = None  # instead of parts, where no part says it


def remedies(plan: P, site: str, *, stop: Stop | None = None, seed: int = 0) -> tuple[Remedy, ...]:
    """
    Return the changes that would record those left at a school, each the smallest of its kind.

    Every change is verified: the season is planned again under it, beginning from the plan, and
    the new plan is worth more. If planning again without a change helps, that comes first and
    the others are measured from there.
    Changes that leave nobody worth a visit come first, then those that gain most per team-day.

    Args:
        plan: The plan; it is not changed.
        site: NPSN of the school.
        stop: Seconds hold for the whole call: what could not be tried in them is not among the
            remedies. Iterations count for each search after the school's visits are in.
            ``MaxIterations(100)`` when None.
        seed: Seed of each search.

    Raises:
        InvalidFieldError: The plan has no such school, or nobody is left there; an argument is of
            another kind.
    """
    _check(plan, site, "remedies")
    if _left_at(plan, site) <= 0:
        raise InvalidFieldError("remedies", "site", f"has nobody left out: {site!r}")
    shares = Shares.of(MaxIterations(ROUNDS) if stop is None else stop)
    again = _again(plan, site, shares, seed)
    searched = _verified(plan, again, site, _SEARCH)
    base = again if searched else plan
    ladders = [*_ladders(base, site)]
    found = [
        _smallest(base, site, ladder, shares.part(len(ladders) - place), seed)
        for place, ladder in enumerate(ladders)
    ]
    held = dict.fromkeys(one for one in (searched, *found) if one is not None)
    return tuple(sorted(held, key=_order))


def remedy_plan(
    plan: P, site: str, remedy: Remedy, *, stop: Stop | None = None, seed: int = 0
) -> P:
    """
    Return the plan that verified *remedy*; arguments as for `remedies`.

    With a stop rule that counts iterations it is that plan; seconds are spent on it alone.

    Raises:
        InvalidFieldError: The remedy is not one that `remedies` gives for this plan and school; an
            argument is of another kind.
    """
    _check(plan, site, "remedy_plan")
    arguments.one("remedy_plan", "remedy", remedy, Remedy, "Remedy, as remedies() gives them")
    shares = Shares.of(MaxIterations(ROUNDS) if stop is None else stop)
    again = _again(plan, site, shares, seed)
    if remedy.kind is RemedyKind.SEARCH:
        return again
    base = again if _verified(plan, again, site, _SEARCH) else plan
    for ladder in _ladders(base, site):
        for change in ladder:
            offered = (change.kind, change.size, change.team, change.day)
            if offered == (remedy.kind, remedy.size, remedy.team, remedy.day):
                return _planned(base, site, change, shares.watch(), seed)
    fault = f"is not one for {site!r}: {remedy.kind.value}"
    raise InvalidFieldError("remedy_plan", "remedy", fault)


_SEARCH = _Change(RemedyKind.SEARCH, 0, {})


def _check(plan: PlanData, site: str, owner: str) -> None:
    arguments.one(owner, "plan", plan, PlanData, "Plan")
    arguments.known(owner, "site", site, {school.npsn for school in plan.schools})


def _again(plan: P, site: str, shares: Shares, seed: int) -> P:
    """Return the plan planned again as it is; a school without a location gains nothing by it."""
    if site not in plan.names.sites:
        return plan
    return _planned(plan, site, _SEARCH, shares.watch(len(RemedyKind)), seed)


def _order(one: Remedy) -> tuple[object, ...]:
    kinds = [*RemedyKind]
    return (not one.complete, -one.per_team_day, -one.value, kinds.index(one.kind), one.size)


def _smallest(
    plan: PlanData, site: str, ladder: Iterable[_Change], shares: Shares, seed: int
) -> Remedy | None:
    """Return the first rung that is complete, else the one that records most, else None."""
    tried = []
    for change in ladder:
        if shares.over:
            break
        changed = _planned(plan, site, change, shares.watch(RUNGS), seed)
        one = _verified(plan, changed, site, change)
        if one is not None and one.complete:
            return one
        tried += [one] if one is not None else []
    return max(tried, key=lambda one: (one.recorded, -one.size), default=None)


def _verified(plan: PlanData, tried: PlanData, site: str, change: _Change) -> Remedy | None:
    """Return what a plan under the change brings; None where school or plan gain nothing."""
    recorded = _recorded_at(tried, site) - _recorded_at(plan, site)
    if recorded < HALF:
        return None
    old, new = (evaluate(one.problem, one.solution) for one in (plan, tried))
    if new.rank <= old.rank or violations(tried.problem, tried.solution):
        return None
    return Remedy(
        kind=change.kind,
        size=change.size,
        team=change.team,
        day=change.day,
        site=site,
        recorded=recorded / EXPECTED,
        complete=_all_met(tried, site),
        gained=(new.pupils - old.pupils) / EXPECTED,
        value=(new.total - old.total) / PUPIL,
        team_days=new.team_days - old.team_days,
    )


def _planned(plan: P, site: str, change: _Change, stop: Stop, seed: int) -> P:
    """Plan again under the change: first the school's pupils, then a search from there."""
    wider = _changed(plan, change)
    if site not in wider.names.sites:
        return wider
    first = filled(wider.problem, wider.solution, wider.names.sites.index(site))
    start = attrs.evolve(wider, solution=first)
    if _recorded_at(start, site) - _recorded_at(plan, site) < HALF:
        return start  # a search goes nowhere where the trial of every day went nowhere
    return taken(start, solve(start.problem, stop=stop, seed=seed, start=first).whole())


def _changed(plan: P, change: _Change) -> P:
    if change.problem is None:
        return rebuilt(plan, **change.parts)
    return attrs.evolve(plan, problem=change.problem, bound=rebuilt(plan).bound)


def _all_met(plan: PlanData, site: str) -> bool:
    """Return whether nobody is left whom a visit that pays would bring."""
    number = plan.names.sites.index(site)
    left = why_left(plan.problem, plan.solution, number)
    return all(one.reasons & NOBODY_HELPS for one in left)


def _left_at(plan: PlanData, site: str) -> int:
    """Return hundredths of pupils of a school who wait and are not expected to be recorded."""
    demand = next((one for one in plan.demand if one.npsn == site), None)
    waiting = demand.on(plan.calendar.last_day) if demand else 0
    return EXPECTED * waiting - _recorded_at(plan, site)


def _recorded_at(plan: PlanData, site: str) -> int:
    if site not in plan.names.sites:
        return 0
    number = plan.names.sites.index(site)
    visits = Solution(visit for visit in plan.solution.visits if visit.site == number)
    return sum(one.pupils for one in expectations(plan.problem, visits))


# What may be changed ------------------------------------------------------------------------


def _ladders(plan: PlanData, site: str) -> Iterator[Iterator[_Change]]:
    """Yield for each kind of change its sizes, the smallest first."""
    school = next(school for school in plan.schools if school.npsn == site)
    if school.location is None:
        yield _located(plan, school)
        return
    yield from _overtime(plan, site)
    yield _longer(plan, school)
    yield _saturdays(plan)
    yield from (_kits(plan, team) for team in plan.teams)
    yield from (_extra_team(plan, team) for team in plan.teams[:1])
    yield from (_exam_moved(plan, closure) for closure in _closures(plan, school))
    yield _later(plan)
    yield from _rules(plan, school)


def _overtime(plan: PlanData, site: str) -> Iterator[Iterator[_Change]]:
    """Yield for the best day of each reason the minutes it is short, and more for those left."""
    number = plan.names.sites.index(site)
    short: dict[tuple[int, int], LeftOutPupils] = {}
    for left in why_left(plan.problem, plan.solution, number):
        for part in (left, *left.parts):
            if part.reason in TIME and part.team is not None and part.day is not None:
                short.setdefault((part.team, part.day), part)
    yield from (_one_day_longer(plan, part) for part in short.values())


def _one_day_longer(plan: PlanData, left: LeftOutPupils) -> Iterator[_Change]:
    first = left.amount if left.reason is not Reason.FULL else 30
    for minutes in (first, *range(first + 5 - first % 5, first + 121, 5)):
        short = attrs.evolve(left, reason=Reason.SHORT, amount=minutes)
        yield _Change(
            RemedyKind.OVERTIME,
            minutes,
            {},
            team=plan.names.teams[left.team or 0],
            day=plan.names.date(left.day or 0),
            problem=relaxed(plan.problem, short),
        )


def _longer(plan: PlanData, school: School) -> Iterator[_Change]:
    for minutes in (5, 10, 15, 20, 30, 45, 60, 90, 120):
        teams = tuple(
            attrs.evolve(team, shift=(team.shift.start, team.shift.end + minutes))
            for team in plan.teams
        )
        session = (school.session.start, school.session.end + minutes)
        schools = _with_school(plan, attrs.evolve(school, session=session))
        yield _Change(RemedyKind.MINUTES, minutes, {"teams": teams, "schools": schools})


def _saturdays(plan: PlanData) -> Iterator[_Change]:
    for number in range(1, len(plan.teams) + 1):
        free = [team for team in plan.teams if not _on_saturdays(plan, team)]
        if number > len(free):
            return
        names = {team.name for team in free[:number]}
        teams = tuple(
            attrs.evolve(team, works=MONDAY_TO_SATURDAY) if team.name in names else team
            for team in plan.teams
        )
        one = free[0].name if number == 1 else None
        yield _Change(RemedyKind.SATURDAY, number, {"teams": teams}, team=one)


def _on_saturdays(plan: PlanData, team: Team) -> bool:
    return any(day.weekday() == SATURDAY for day in team.working_days(plan.calendar.span))


def _kits(plan: PlanData, team: Team) -> Iterator[_Change]:
    for more in (1, 2):
        stronger = attrs.evolve(team, kits=team.kits + more)
        yield _Change(RemedyKind.KIT, more, {"teams": _with_team(plan, stronger)}, team=team.name)


def _extra_team(plan: PlanData, like: Team) -> Iterator[_Change]:
    """Yield one more team for 1, 2, 3 … days, at each place of the season that differs."""
    working = sorted(like.working_days(plan.calendar.span) - plan.calendar.days_off.keys())
    for number in (1, 2, 3, 5, 8):
        for first in range(max(len(working) - number, 0), -1, -max(len(working) // 8, 1)):
            days = set(working[first : first + number])
            away = tuple(DaySpan(day) for day in plan.calendar.days if day not in days)
            (extra,) = more_teams(plan, 1, like)
            guest = attrs.evolve(extra, away=(*extra.away, *away))
            parts: dict[str, object] = {"teams": (*plan.teams, guest)}
            yield _Change(RemedyKind.EXTRA_TEAM, number, parts, day=min(days, default=None))


def _closures(plan: PlanData, school: School) -> Iterator[Closure]:
    return (closure for closure in plan.calendar.closures if closure.concerns(school))


def _exam_moved(plan: PlanData, closure: Closure) -> Iterator[_Change]:
    """Yield the closure one, two, three weeks later and earlier, inside and outside the season."""
    for weeks in (1, -1, 2, -2, 3, -3):
        span = DaySpan(
            closure.span.first + dt.timedelta(weeks=weeks),
            closure.span.last + dt.timedelta(weeks=weeks),
        )
        moved = attrs.evolve(closure, span=span)
        closures = tuple(moved if one == closure else one for one in plan.calendar.closures)
        calendar = attrs.evolve(plan.calendar, closures=closures)
        yield _Change(RemedyKind.EXAM_MOVED, abs(weeks), {"calendar": calendar}, day=span.first)


def _later(plan: PlanData) -> Iterator[_Change]:
    for days in (1, 2, 3, 5, 7, 10, 14):
        last = plan.calendar.last_day + dt.timedelta(days=days)
        calendar = attrs.evolve(plan.calendar, last_day=last)
        yield _Change(RemedyKind.DEADLINE, days, {"calendar": calendar}, day=last)


def _located(plan: PlanData, school: School) -> Iterator[_Change]:
    """Yield the school at the middle of its kecamatan, or of all schools when it is alone there."""
    known = [one for one in plan.schools if one.location is not None]
    near = [one for one in known if one.kecamatan == school.kecamatan] or known
    points = [one.location for one in near if one.location is not None]
    if points:
        middle = Location(
            sum(point.latitude for point in points) / len(points),
            sum(point.longitude for point in points) / len(points),
            method=LocationMethod.KECAMATAN,
        )
        schools = _with_school(plan, attrs.evolve(school, location=middle))
        yield _Change(RemedyKind.LOCATION, 1, {"schools": schools})


def _rules(plan: PlanData, school: School) -> Iterator[Iterator[_Change]]:
    """Yield for each rule in force its milder values, the nearest first."""
    down: dict[RemedyKind, Callable[[int], Iterable[int]]] = {
        RemedyKind.FEWEST: lambda now: range(now - 1, 0, -1),
        RemedyKind.SPACING: lambda now: range(now - 1, 0, -1),
        RemedyKind.VISITS: lambda now: range(now + 1, now + 4),
        RemedyKind.VISITS_PER_DAY: lambda now: range(now + 1, now + 3),
        RemedyKind.TEAMS_AT_ONCE: lambda now: range(now + 1, now + 3),
        RemedyKind.DRIVING: lambda now: range(now + 15, now + 121, 15),
        RemedyKind.KIT_DAY: lambda now: range(now + 10, now + 101, 10),
        RemedyKind.RESERVE: lambda now: range(now - 1, -1, -1),
        RemedyKind.TEAM_DAYS: lambda now: range(now + 1, now + 6),
        RemedyKind.MONTH: lambda now: range(now + 1, now + 4),
    }
    for kind, milder in down.items():
        now = getattr(plan.rules, kind.value)
        if now:
            yield _milder(plan, kind, milder(now))
    if plan.rules.one_visit is True or (
        plan.rules.one_visit and school.npsn in plan.rules.one_visit
    ):
        yield iter([_divided(plan, school)])
    pairs = sorted(pair for pair in plan.rules.forbidden_pairs if pair[1] == school.npsn)
    for pair in pairs:
        rules = attrs.evolve(plan.rules, forbidden_pairs=plan.rules.forbidden_pairs - {pair})
        yield iter([_Change(RemedyKind.PAIR, 1, {"rules": rules}, team=pair[0])])


def _divided(plan: PlanData, school: School) -> _Change:
    """Return the change that lets a school have more visits than one."""
    whole = plan.rules.one_visit
    whole_sites = {one.npsn for one in plan.schools} if isinstance(whole, bool) else whole
    rules = attrs.evolve(plan.rules, one_visit=frozenset(whole_sites) - {school.npsn})
    return _Change(RemedyKind.ONE_VISIT, 1, {"rules": rules})


def _milder(plan: PlanData, kind: RemedyKind, values: Iterable[int]) -> Iterator[_Change]:
    for value in values:
        changed: dict[str, Any] = {kind.value: value}
        rules = attrs.evolve(plan.rules, **changed)
        yield _Change(kind, value, {"rules": rules})


def _with_school(plan: PlanData, changed: School) -> tuple[School, ...]:
    return tuple(changed if one.npsn == changed.npsn else one for one in plan.schools)


def _with_team(plan: PlanData, changed: Team) -> tuple[Team, ...]:
    return tuple(changed if one.name == changed.name else one for one in plan.teams)
