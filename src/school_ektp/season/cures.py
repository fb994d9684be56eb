"""The smallest single change that would record the pupils left at a school, tried by planning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.school import Location, LocationMethod, School
from school_ektp.model.team import Team
from school_ektp.model.weekly import MONDAY_TO_SATURDAY
from school_ektp.planning.edit import with_visit, without_visit
from school_ektp.planning.explain import why_left
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reasons import LeftOver, Reason
from school_ektp.planning.relax import relaxed
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.planning.waiting import left_waiting
from school_ektp.season.changes import more_teams
from school_ektp.season.planned import P, Planned, evolved, rebuilt, richer

WEEK = dt.timedelta(days=7)
SATURDAY = 5


class CureKind(StrEnum):
    """What is changed, and nothing else."""

    SEARCH = "search"  #: nothing: there is room, and planning again uses it
    OVERTIME = "overtime"  #: one team, and the schools it visits, stay longer on one day
    MINUTES = "minutes"  #: teams and the school stay longer, every day
    SATURDAY = "saturday"  #: teams go out on Saturdays too
    KIT = "kit"  #: one team carries more kits
    TEAM_DAYS = "team_days"  #: one more team comes for some days
    EXAM_MOVED = "exam_moved"  #: an exam week or an absence is moved to another week
    DEADLINE = "deadline"  #: the season goes on for some days
    FEWEST = "fewest_pupils"  #: a visit may record fewer pupils
    SPACING = "days_between_visits"  #: two visits to a school may be nearer to each other
    VISITS = "visits_per_school"  #: a school may have more visits
    VISITS_PER_DAY = "visits_per_team_day"  #: a team may make more visits a day
    DRIVING = "driving_minutes_per_day"  #: a team may drive longer
    KIT_DAY = "pupils_per_kit_day"  #: a kit may record more pupils a day
    RESERVE = "reserve_days"  #: fewer days are kept free
    PAIR = "forbidden_pair"  #: one team may go there after all
    LOCATION = "location"  #: the school is found; tried at the middle of its kecamatan


@attrs.frozen(kw_only=True)
class Cure:
    """
    One change that a new plan has shown to help.

    Attributes:
        kind: What is changed.
        size: By how much: minutes, kits, team-days, days, or the new value of a rule.
        team: Team concerned; None when all are.
        day: Date concerned: the first of the extra days, or the new first day of an exam week.
        npsn: The school it is for.
        recorded: Pupils of that school who were left and are then recorded.
        complete: Whether all of them are, but those expected absent or of age too late.
        gained: Pupils recorded more than before, at all schools.
        team_days: Team-days used more than before; may be negative.
    """

    kind: CureKind
    size: int
    team: str | None = None
    day: dt.date | None = None
    npsn: str
    recorded: int
    complete: bool
    gained: int
    team_days: int

    @property
    def per_team_day(self) -> float:
        """Pupils gained per team-day more; infinite when no team-day more is used."""
        return self.gained / self.team_days if self.team_days > 0 else float("inf")


@attrs.frozen
class _Change:
    kind: CureKind
    size: int
    parts: dict[str, object]  # what `rebuilt` is given
    team: str | None = None
    day: dt.date | None = None
    problem: VisitProblem | None = None  # instead of parts, where no part says it


def cures(plan: P, npsn: str, *, stop: Stop | None = None, seed: int = 0) -> tuple[Cure, ...]:
    """
    Return the changes that would record those left at a school, each the smallest of its kind.

    Every change is verified: the season is planned again under it, beginning from the plan.
    Changes that record all of them come first, then those that gain most per team-day.

    Args:
        plan: The plan; it is not changed.
        npsn: The school.
        stop: Stop rule of each search after the school's visits are in; ``MaxIterations(100)``
            when None.
        seed: Seed of each search.

    Raises:
        InvalidFieldError: Nobody is left at that school.
    """
    before = _left_at(plan, npsn)
    if not before:
        raise InvalidFieldError("cures", "npsn", f"has nobody left out: {npsn!r}")
    rule = stop or MaxIterations(100)
    found = [_smallest(plan, npsn, ladder, rule, seed) for ladder in _ladders(plan, npsn)]
    held = dict.fromkeys(cure for cure in found if cure is not None)  # two classes, one cure
    return tuple(sorted(held, key=_order))


def cure_plan(plan: P, npsn: str, cure: Cure, *, stop: Stop | None = None, seed: int = 0) -> P:
    """
    Return the plan that verified *cure*; arguments as for `cures`.

    Raises:
        InvalidFieldError: The cure is not one that `cures` gives for this plan and school.
    """
    for ladder in _ladders(plan, npsn):
        for change in ladder:
            said = (change.kind, change.size, change.team, change.day)
            if said == (cure.kind, cure.size, cure.team, cure.day):
                return _planned(plan, npsn, change, stop or MaxIterations(100), seed)
    raise InvalidFieldError("cure_plan", "cure", f"is not one for {npsn!r}: {cure.kind.value}")


def _order(cure: Cure) -> tuple[object, ...]:
    kinds = [*CureKind]
    return (not cure.complete, -cure.per_team_day, -cure.gained, kinds.index(cure.kind), cure.size)


def _smallest(
    plan: Planned, npsn: str, ladder: Iterable[_Change], stop: Stop, seed: int
) -> Cure | None:
    """Return the first rung that records all, else the one that records most, else None."""
    tried = []
    for change in ladder:
        cure = _verified(plan, npsn, change, stop, seed)
        if cure is not None and cure.complete:
            return cure
        tried += [cure] if cure is not None else []
    return max(tried, key=lambda cure: (cure.recorded, -cure.size), default=None)


def _verified(plan: Planned, npsn: str, change: _Change, stop: Stop, seed: int) -> Cure | None:
    """Return what planning again under the change brings; None when the school gains nothing."""
    tried = _planned(plan, npsn, change, stop, seed)
    if violations(tried.problem, tried.solution):
        return None
    old, new = (score(one.problem, one.solution) for one in (plan, tried))
    recorded = _recorded_at(tried, npsn) - _recorded_at(plan, npsn)
    if recorded <= 0:
        return None
    return Cure(
        kind=change.kind,
        size=change.size,
        team=change.team,
        day=change.day,
        npsn=npsn,
        recorded=recorded,
        complete=_all_met(tried, npsn),
        gained=new.pupils - old.pupils,
        team_days=old.team_days - new.team_days,
    )


def _planned(plan: P, npsn: str, change: _Change, stop: Stop, seed: int) -> P:
    """Plan again under the change: first the school's pupils, then a search from there."""
    wider = _changed(plan, change)
    if npsn not in wider.names.sites:
        return wider
    first = _filled(wider, wider.names.sites.index(npsn))
    start = evolved(wider, {"solution": first})
    if _recorded_at(start, npsn) <= _recorded_at(plan, npsn):
        return start  # a search goes nowhere where the trial of every day went nowhere
    found = solve(start.problem, stop=stop, seed=seed, start=first)
    return richer(start, found.solution, found.bound)


def _changed(plan: P, change: _Change) -> P:
    if change.problem is None:
        return rebuilt(plan, **change.parts)
    return evolved(plan, {"problem": change.problem, "bound": change.problem.pupils})


def _filled(plan: Planned, site: int) -> Solution:
    """Lengthen and add visits to one site while they record someone, the best first."""
    problem, best = plan.problem, plan.solution
    while sum(left_waiting(problem, best)[site]):
        held = [wider for wider in _wider(problem, best, site) if not violations(problem, wider)]
        richest = max(held, key=lambda one: score(problem, one), default=best)
        if score(problem, richest).pupils <= score(problem, best).pupils:
            return best
        best = richest
    return best


def _wider(problem: VisitProblem, plan: Solution, site: int) -> Iterator[Solution]:
    """Yield the plans with a visit to the site made anew as long as it can be, or one more."""
    for crew in range(len(problem.crews)):
        for day in range(problem.days):
            here = [v for v in plan.visits if (v.site, v.crew, v.day) == (site, crew, day)]
            starts = [plan, *(without_visit(problem, plan, visit) for visit in here)]
            tried = (with_visit(problem, one, crew=crew, day=day, site=site) for one in starts)
            yield from (wider for wider in tried if wider is not None)


def _all_met(plan: Planned, npsn: str) -> bool:
    """Return whether nobody is left but those whom no visit would record."""
    site = plan.names.sites.index(npsn)
    lost = {Reason.ABSENT, Reason.NOT_YET}
    left = why_left(plan.problem, plan.solution, site)
    return all({part.reason for part in one.parts or (one,)} & lost for one in left)


def _left_at(plan: Planned, npsn: str) -> int:
    demand = next((one for one in plan.demand if one.npsn == npsn), None)
    waiting = demand.on(plan.calendar.last_day) if demand else 0
    return waiting - _recorded_at(plan, npsn)


def _recorded_at(plan: Planned, npsn: str) -> int:
    if npsn not in plan.names.sites:
        return 0
    site = plan.names.sites.index(npsn)
    return sum(visit.pupils for visit in plan.solution.visits if visit.site == site)


# What may be changed ------------------------------------------------------------------------


def _ladders(plan: Planned, npsn: str) -> Iterator[Iterator[_Change]]:
    """Yield for each kind of change its sizes, the smallest first."""
    school = next(school for school in plan.schools if school.npsn == npsn)
    if school.location is None:
        yield _located(plan, school)
        return
    yield iter([_Change(CureKind.SEARCH, 0, {})])
    yield from _overtime(plan, npsn)
    yield _longer(plan, school)
    yield _saturdays(plan)
    yield from (_kits(plan, team) for team in plan.teams)
    yield from (_team_days(plan, team) for team in plan.teams[:1])
    yield from (_exam_moved(plan, closure) for closure in _closures(plan, school))
    yield _later(plan)
    yield from _rules(plan, school)


def _overtime(plan: Planned, npsn: str) -> Iterator[Iterator[_Change]]:
    """Yield for the best day of each reason the minutes it is short, and more for those left."""
    site = plan.names.sites.index(npsn)
    for left in why_left(plan.problem, plan.solution, site):
        if left.reason in {Reason.SHORT, Reason.TOO_FAR, Reason.FULL}:
            yield _one_day_longer(plan, left)


def _one_day_longer(plan: Planned, left: LeftOver) -> Iterator[_Change]:
    first = left.amount if left.reason is not Reason.FULL else 30
    for minutes in (first, *range(first + 5 - first % 5, first + 121, 5)):
        asked = attrs.evolve(left, reason=Reason.SHORT, amount=minutes)
        yield _Change(
            CureKind.OVERTIME,
            minutes,
            {},
            team=plan.names.crews[left.crew or 0],
            day=plan.names.date(left.day or 0),
            problem=relaxed(plan.problem, asked),
        )


def _longer(plan: Planned, school: School) -> Iterator[_Change]:
    for minutes in (5, 10, 15, 20, 30, 45, 60, 90, 120):
        teams = tuple(
            attrs.evolve(team, shift=(team.shift.start, team.shift.end + minutes))
            for team in plan.teams
        )
        session = (school.session.start, school.session.end + minutes)
        schools = _with_school(plan, attrs.evolve(school, session=session))
        yield _Change(CureKind.MINUTES, minutes, {"teams": teams, "schools": schools})


def _saturdays(plan: Planned) -> Iterator[_Change]:
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
        yield _Change(CureKind.SATURDAY, number, {"teams": teams}, team=one)


def _on_saturdays(plan: Planned, team: Team) -> bool:
    return any(day.weekday() == SATURDAY for day in team.working_days(plan.calendar.span))


def _kits(plan: Planned, team: Team) -> Iterator[_Change]:
    for more in (1, 2):
        stronger = attrs.evolve(team, kits=team.kits + more)
        yield _Change(CureKind.KIT, more, {"teams": _with_team(plan, stronger)}, team=team.name)


def _team_days(plan: Planned, like: Team) -> Iterator[_Change]:
    """Yield one more team for 1, 2, 3 … days, at each place of the season that differs."""
    working = sorted(like.working_days(plan.calendar.span) - plan.calendar.days_off.keys())
    for number in (1, 2, 3, 5, 8):
        for first in range(max(len(working) - number, 0), -1, -max(len(working) // 8, 1)):
            days = set(working[first : first + number])
            away = tuple(DaySpan(day) for day in plan.calendar.days if day not in days)
            (extra,) = more_teams(plan, 1, like)
            guest = attrs.evolve(extra, away=(*extra.away, *away))
            parts: dict[str, object] = {"teams": (*plan.teams, guest)}
            yield _Change(CureKind.TEAM_DAYS, number, parts, day=min(days, default=None))


def _closures(plan: Planned, school: School) -> Iterator[Closure]:
    return (closure for closure in plan.calendar.closures if closure.concerns(school))


def _exam_moved(plan: Planned, closure: Closure) -> Iterator[_Change]:
    """Yield the closure one, two, three weeks later and earlier, inside and outside the season."""
    for weeks in (1, -1, 2, -2, 3, -3):
        span = DaySpan(closure.span.first + weeks * WEEK, closure.span.last + weeks * WEEK)
        moved = attrs.evolve(closure, span=span)
        closures = tuple(moved if one == closure else one for one in plan.calendar.closures)
        calendar = attrs.evolve(plan.calendar, closures=closures)
        yield _Change(CureKind.EXAM_MOVED, abs(weeks), {"calendar": calendar}, day=span.first)


def _later(plan: Planned) -> Iterator[_Change]:
    for days in (1, 2, 3, 5, 7, 10, 14):
        last = plan.calendar.last_day + dt.timedelta(days=days)
        calendar = attrs.evolve(plan.calendar, last_day=last)
        yield _Change(CureKind.DEADLINE, days, {"calendar": calendar}, day=last)


def _located(plan: Planned, school: School) -> Iterator[_Change]:
    """Yield the school at the middle of its kecamatan, or of all schools when it is alone there."""
    known = [one for one in plan.schools if one.location is not None]
    near = [one for one in known if one.kecamatan == school.kecamatan] or known
    points = [one.location for one in near if one.location is not None]
    if points:
        middle = Location(
            sum(point.latitude for point in points) / len(points),
            sum(point.longitude for point in points) / len(points),
            LocationMethod.KECAMATAN,
        )
        schools = _with_school(plan, attrs.evolve(school, location=middle))
        yield _Change(CureKind.LOCATION, 1, {"schools": schools})


def _rules(plan: Planned, school: School) -> Iterator[Iterator[_Change]]:
    """Yield for each rule in force its milder values, the nearest first."""
    down: dict[CureKind, Callable[[int], Iterable[int]]] = {
        CureKind.FEWEST: lambda now: range(now - 1, 0, -1),
        CureKind.SPACING: lambda now: range(now - 1, 0, -1),
        CureKind.VISITS: lambda now: range(now + 1, now + 4),
        CureKind.VISITS_PER_DAY: lambda now: range(now + 1, now + 3),
        CureKind.DRIVING: lambda now: range(now + 15, now + 121, 15),
        CureKind.KIT_DAY: lambda now: range(now + 10, now + 101, 10),
        CureKind.RESERVE: lambda now: range(now - 1, -1, -1),
    }
    for kind, milder in down.items():
        now = getattr(plan.rules, kind.value)
        if now:
            yield _milder(plan, kind, milder(now))
    pairs = sorted(pair for pair in plan.rules.forbidden_pairs if pair[1] == school.npsn)
    for pair in pairs:
        rules = attrs.evolve(plan.rules, forbidden_pairs=plan.rules.forbidden_pairs - {pair})
        yield iter([_Change(CureKind.PAIR, 1, {"rules": rules}, team=pair[0])])


def _milder(plan: Planned, kind: CureKind, values: Iterable[int]) -> Iterator[_Change]:
    for value in values:
        rules = evolved(plan.rules, {kind.value: value})
        yield _Change(kind, value, {"rules": rules})


def _with_school(plan: Planned, changed: School) -> tuple[School, ...]:
    return tuple(changed if one.npsn == changed.npsn else one for one in plan.schools)


def _with_team(plan: Planned, changed: Team) -> tuple[Team, ...]:
    return tuple(changed if one.name == changed.name else one for one in plan.teams)
