"""
Planning problems for tests: drawn by Hypothesis, or made from a seed.

One builder makes them all from a single question, "a whole number from *low* to *high*": asked
of Hypothesis, it shrinks towards the plain problem; asked of `random.Random`, it is
reproducible. Places are points on a map and driving time is their distance rounded up, so the
triangle inequality holds; every edge turns up now and then: a school without pupils, a school
always closed, a team that never works, a day without kits, two schools at one place, a base far
from home, a pause, a pin, a floor out of reach, a season that has begun.
Half of the problems leave nothing to luck, and in half of them only pupils count.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import TypeAlias

import attrs
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.planning.constraints import (
    Constraint,
    DrivingLimit,
    FewestPupils,
    Floor,
    Forbidden,
    KitDayCap,
    OneVisit,
    Pinned,
    ReachedBy,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.problem import (
    ALL,
    PUPIL,
    FieldTeam,
    Group,
    Luck,
    Matrix,
    Price,
    Site,
    VisitProblem,
    Window,
)
from school_ektp.planning.solution import Solution
from school_ektp.testing.stays import lone_visit

Whole: TypeAlias = Callable[[int, int], int]  # a whole number from low to high, both included
Point: TypeAlias = tuple[int, int]


@attrs.frozen(kw_only=True)
class Size:
    """
    How large a drawn problem may be.

    Attributes:
        sites: Most schools.
        teams: Most teams.
        days: Most days.
        pupils: Most pupils of one group.
        map_width: Side of the map, in minutes of driving.
        shift: Longest shift in minutes.
        minutes_per_pupil: Longest time one kit needs per pupil.
        all_pupils: Most pupils in the problem; surplus groups are left out.
    """

    sites: int
    teams: int
    days: int
    pupils: int
    map_width: int
    shift: int
    minutes_per_pupil: int
    all_pupils: int


TINY = Size(
    sites=4,
    teams=2,
    days=3,
    pupils=4,
    map_width=10,
    shift=75,
    minutes_per_pupil=8,
    all_pupils=7,
)
SMALL = Size(
    sites=8,
    teams=3,
    days=8,
    pupils=60,
    map_width=60,
    shift=420,
    minutes_per_pupil=10,
    all_pupils=600,
)


@st.composite
def problems(draw: st.DrawFn, size: Size = SMALL) -> VisitProblem:
    """Draw problems of up to *size*, with any constraints; shrink to one school and one day."""
    return build_problem(lambda low, high: draw(st.integers(low, high)), size)


def tiny_problems() -> st.SearchStrategy[VisitProblem]:
    """Draw problems that `plan_exhaustively` solves in moments."""
    return problems(TINY)


def random_problem(seed: int, size: Size = SMALL) -> VisitProblem:
    """Return the problem of *seed*; the same on every machine."""
    return build_problem(random.Random(seed).randint, size)


def random_tiny_problem(seed: int) -> VisitProblem:
    """Return the problem of *seed*, small enough for `plan_exhaustively`."""
    return random_problem(seed, TINY)


def build_problem(whole: Whole, size: Size) -> VisitProblem:
    """Return a problem whose every choice is asked of *whole*; 0 is always the plain choice."""
    days = whole(1, size.days)
    team_count = whole(1, size.teams)
    # Two teams at four schools can meet in more ways than the oracle has time for.
    site_count = whole(1, size.sites - (team_count > 1))
    today = whole(0, days - 1) if _now_and_then(whole, 5) else 0
    certain = not _now_and_then(whole, 2)
    opens = whole(0, 30)
    shift = (opens, opens + whole(size.shift // 2, size.shift))
    places = _points(whole, site_count, size.map_width)
    bases = [_point(whole, size.map_width) for _ in range(whole(1, 2))]
    matrix = driving_minutes([*places, *bases])
    problem = VisitProblem(
        days=days,
        sites=_sites(whole, size, _Horizon(site_count, days, today, shift), certain=certain),
        teams=tuple(
            _team(whole, size, _Horizon(site_count, days, today, shift), bases=len(bases))
            for _ in range(team_count)
        ),
        travel=(matrix, _slower(matrix)),
        luck=Luck() if certain else _luck(whole),
        price=_price(whole) if _now_and_then(whole, 2) else Price(),
        today=today,
    )
    ruled = _with_constraints(whole, size, problem)
    return ruled if certain else _with_own_rates(whole, ruled)


@attrs.frozen
class _Horizon:
    sites: int
    days: int
    today: int
    shift: Window


def driving_minutes(points: list[Point]) -> Matrix:
    """Return straight distances in whole minutes, rounded up: that keeps the triangle law."""
    return tuple(
        tuple(_rounded_up_root((ax - bx) ** 2 + (ay - by) ** 2) for bx, by in points)
        for ax, ay in points
    )


def _rounded_up_root(square: int) -> int:
    root = math.isqrt(square)
    return root if root * root == square else root + 1


def _slower(matrix: Matrix) -> Matrix:
    return tuple(tuple(2 * minutes for minutes in row) for row in matrix)


def _now_and_then(whole: Whole, one_in: int) -> bool:
    return whole(0, one_in - 1) == one_in - 1


def _point(whole: Whole, width: int) -> Point:
    return whole(0, width), whole(0, width)


def _points(whole: Whole, count: int, width: int) -> list[Point]:
    points: list[Point] = []
    for _ in range(count):
        twin = bool(points) and _now_and_then(whole, 8)
        points.append(points[-1] if twin else _point(whole, width))
    return points


# Sites --------------------------------------------------------------------------------------


def _sites(whole: Whole, size: Size, frame: _Horizon, *, certain: bool) -> tuple[Site, ...]:
    left = size.all_pupils
    sites = []
    for _ in range(frame.sites):
        groups = _groups(whole, size, frame.days)
        pupils = sum(group.arrived(frame.days) for group in groups)
        if pupils > left:
            groups, pupils = (), 0
        left -= pupils
        turnout = ALL if certain and not _now_and_then(whole, 8) else whole(200, ALL)
        held = _past(whole, frame, one_in=3)
        if held or _now_and_then(whole, 12):
            groups = tuple(_called_before(whole, group) for group in groups)
        sites.append(
            Site(
                groups=groups,
                sessions=_sessions(whole, frame.days, frame.shift),
                district=whole(0, 1),
                turnout=turnout,
                turnout_again=turnout if _now_and_then(whole, 4) else whole(turnout // 3, turnout),
                held=held,
            )
        )
    return tuple(sites)


def _past(whole: Whole, frame: _Horizon, *, one_in: int) -> tuple[int, ...]:
    """Return some days before today, ascending."""
    return tuple(day for day in range(frame.today) if _now_and_then(whole, one_in))


def _called_before(whole: Whole, group: Group) -> Group:
    once = whole(0, group.arrived(0))
    twice = whole(0, once) if _now_and_then(whole, 2) else 0
    times = (once - twice, twice) if twice else (once,)
    return attrs.evolve(group, stayed_away=times if once else ())


def _groups(whole: Whole, size: Size, days: int) -> tuple[Group, ...]:
    count = 1 + _now_and_then(whole, 3) - _now_and_then(whole, 20)
    ranks = sorted(whole(0, 2) if _now_and_then(whole, 2) else 0 for _ in range(count))
    return tuple(_group(whole, size, days, rank) for rank in ranks)


def _group(whole: Whole, size: Size, days: int, priority: int) -> Group:
    arrivals = [(0, 0 if _now_and_then(whole, 12) else whole(1, size.pupils))]
    if days > 1 and _now_and_then(whole, 4):
        arrivals.append((whole(1, days - 1), whole(1, max(size.pupils // 2, 1))))
    away = whole(0, days - 1) if _now_and_then(whole, 8) else None
    return Group(
        priority=priority,
        arrivals=tuple(arrivals),
        away=frozenset(() if away is None else (away,)),
    )


def _sessions(whole: Whole, days: int, shift: Window) -> tuple[tuple[Window, ...], ...]:
    if _now_and_then(whole, 30):
        return ((),) * days
    usual = _windows(whole, shift, kinds=7)
    return tuple(
        _windows(whole, shift, kinds=8) if _now_and_then(whole, 5) else usual for _ in range(days)
    )


def _windows(whole: Whole, shift: Window, *, kinds: int) -> tuple[Window, ...]:
    """Return one window that leaves the shift free, one, two with a gap between, or none."""
    opens, closes = shift
    match whole(0, kinds - 1):
        case 7:
            return ()
        case 5 | 6:
            noon = whole(opens, closes)
            return ((opens, noon), (min(noon + whole(0, 10), closes), closes))
        case 3 | 4:
            middle = (opens + closes) // 2
            return ((whole(opens, middle), whole(middle, closes)),)
        case _:
            return ((0, closes + 30),)


# Teams --------------------------------------------------------------------------------------


def _team(whole: Whole, size: Size, frame: _Horizon, *, bases: int) -> FieldTeam:
    days, sites, shift = frame.days, frame.sites, frame.shift
    kits = whole(1, 3)
    off = whole(0, days) if _now_and_then(whole, 6) else None  # the whole horizon if it is days
    idle = (range(days) if off == days else (off,)) if off is not None else ()
    broken = whole(0, days - 1) if _now_and_then(whole, 6) else None
    pace = 0 if _now_and_then(whole, 10) else whole(1, size.minutes_per_pupil)
    setup, packdown = whole(0, size.shift // 8), whole(0, size.shift // 16)
    slow = whole(0, sites - 1)
    return FieldTeam(
        start=sites,
        end=sites + bases - 1 if _now_and_then(whole, 3) else sites,
        shifts=tuple(None if day in idle else shift for day in range(days)),
        breaks=_breaks(whole, days, shift),
        kits=tuple(whole(0, kits) if day == broken else kits for day in range(days)),
        minutes_per_pupil=tuple(2 * pace if site == slow else pace for site in range(sites)),
        setup=tuple(setup if site != slow else setup // 2 for site in range(sites)),
        packdown=(packdown,) * sites,
        travel=int(_now_and_then(whole, 8)),
        out=frozenset(_past(whole, frame, one_in=2)),
    )


def _breaks(whole: Whole, days: int, shift: Window) -> tuple[tuple[Window, ...], ...]:
    if not _now_and_then(whole, 4):
        return ((),) * days
    opens = whole(*shift)
    pause = (opens, opens + whole(1, max((shift[1] - shift[0]) // 5, 1)))
    return tuple((pause,) if whole(0, 2) else () for _ in range(days))


# Luck and price -----------------------------------------------------------------------------


def _luck(whole: Whole) -> Luck:
    return Luck(
        never=whole(0, 60) if _now_and_then(whole, 2) else 0,
        turnout_spread=whole(0, 100) if _now_and_then(whole, 2) else 0,
        room_spread=whole(0, 100) if _now_and_then(whole, 2) else 0,
        day_lost=whole(0, 80),
        system_down=whole(0, 20) if _now_and_then(whole, 2) else 0,
        outage=whole(0, 80) if _now_and_then(whole, 2) else 0,
    )


def _with_own_rates(whole: Whole, problem: VisitProblem) -> VisitProblem:
    """Return the problem with rates of its own for the last site, the last team, or both."""
    *sites, site = problem.sites
    *teams, team = problem.teams
    if _now_and_then(whole, 4):
        sites.append(attrs.evolve(site, outage=whole(0, 300)))
        problem = attrs.evolve(problem, sites=tuple(sites))
    if _now_and_then(whole, 4):
        teams.append(attrs.evolve(team, day_lost=whole(0, 300)))
        problem = attrs.evolve(problem, teams=tuple(teams))
    return problem


def _price(whole: Whole) -> Price:
    return Price(
        visit=whole(0, PUPIL),
        team_day=whole(0, 3 * PUPIL // 2),
        driving_minute=whole(0, PUPIL // 50),
        waiting=whole(0, 40),
        weights=tuple(whole(0, 20) for _ in range(whole(0, 3))) if _now_and_then(whole, 3) else (),
    )


# Constraints --------------------------------------------------------------------------------


def _with_constraints(whole: Whole, size: Size, problem: VisitProblem) -> VisitProblem:
    """Add each kind now and then; pins only if a plan of the pins alone holds."""
    site = len(problem.sites) - 1
    last = problem.days - 1

    def budget() -> TeamDayBudget:
        first = whole(0, last)
        return TeamDayBudget(whole(1, 3), first, whole(first, last))

    makers: tuple[Callable[[], Constraint], ...] = (
        lambda: VisitsPerDay(whole(1, 3)),
        lambda: VisitsPerSite(whole(1, 2)),
        lambda: Spacing(whole(1, 3)),
        lambda: TeamsAtOnce(1),
        lambda: FewestPupils(whole(1, max(size.pupils // 2, 1))),
        lambda: DrivingLimit(whole(0, 3 * size.map_width)),
        lambda: KitDayCap(whole(1, size.pupils)),
        lambda: ReserveDays(whole(1, 2)),
        lambda: Forbidden(whole(0, len(problem.teams) - 1), whole(0, site)),
        lambda: Floor(whole(0, 1), whole(1, 2 * size.pupils)),
        budget,
        lambda: OneVisit(whole(0, site)),
        lambda: ReachedBy(whole(0, 1), whole(0, last)),
    )
    asked = tuple(maker() for maker in makers if _now_and_then(whole, 8))
    problem = attrs.evolve(problem, constraints=asked)
    return _with_pin(whole, problem) if _now_and_then(whole, 4) else problem


def _with_pin(whole: Whole, problem: VisitProblem) -> VisitProblem:
    visit = lone_visit(
        problem,
        team=whole(0, len(problem.teams) - 1),
        day=whole(problem.today, problem.days - 1),
        site=whole(0, len(problem.sites) - 1),
        most=whole(1, 4),
    )
    if visit is None:
        return problem
    pin = Pinned(
        team=visit.team,
        day=visit.day,
        site=visit.site,
        start=visit.start if whole(0, 1) else None,
        pupils=whole(0, visit.room),
    )
    pinned = attrs.evolve(problem, constraints=(*problem.constraints, pin))
    return problem if violations(pinned, Solution((visit,))) else pinned
