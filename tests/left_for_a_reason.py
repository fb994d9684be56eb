"""The smallest problem for each reason why pupils are left, and the figures it must give."""

from __future__ import annotations

from school_ektp.model.travel import NO_ROUTE
from school_ektp.planning.constraints import (
    DrivingLimit,
    FewestPupils,
    Forbidden,
    KitDayCap,
    OneVisit,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.explain.reasons import Reason
from school_ektp.planning.problem import (
    ALL,
    PUPIL,
    FieldTeam,
    Group,
    Price,
    Site,
    VisitProblem,
)
from school_ektp.planning.schedule import schedule_day
from school_ektp.planning.solution import Solution

MORNING = (60, 120)  # room for five: ten minutes a pupil, five before and five after


CLOSED = ()


TWO_PUPILS_A_VISIT = Price(visit=2 * PUPIL)


def school(*pupils, days=1, open_on=None, arrivals=None, away=(), turnout=ALL, hours=MORNING):
    """A school with so many pupils of each class, open in the morning."""
    groups = (
        Group(priority=rank, arrivals=arrivals or ((0, waiting),), away=frozenset(away))
        for rank, waiting in enumerate(pupils)
    )
    opened = range(days) if open_on is None else open_on
    return Site(
        groups=tuple(groups),
        sessions=tuple((hours,) if day in opened else CLOSED for day in range(days)),
        turnout=turnout,
        turnout_again=turnout,
    )


def season(
    *schools,
    rules=(),
    teams=1,
    kits=1,
    days=1,
    drive=10,
    minutes=10,
    shift=(40, 140),
    off=(),
    **more,
):
    """Schools *drive* minutes from the base and from each other, and teams alike."""
    size = len(schools) + 1
    one = FieldTeam(
        start=len(schools),
        end=len(schools),
        shifts=tuple(None if day in off else shift for day in range(days)),
        breaks=((),) * days,
        kits=(kits,) * days,
        minutes_per_pupil=(minutes,) * len(schools),
        setup=(5,) * len(schools),
        packdown=(5,) * len(schools),
    )
    return VisitProblem(
        days=days,
        sites=schools,
        teams=(one,) * teams,
        travel=(tuple(tuple(drive * (a != b) for b in range(size)) for a in range(size)),),
        constraints=tuple(rules),
        **more,
    )


def visits(problem, *stays):
    """Return the plan of stays, each (team, day, site, room), in their earliest minutes."""
    made = []
    for team, day, site, room in stays:
        times = schedule_day(problem, team, day, [(site, room)])
        assert times.holds
        made += times.visits
    return Solution(made)


#: Reason, problem, and the figures that the reason must give.
SMALLEST = {
    Reason.NOT_YET: (
        season(school(1, days=2, open_on=[0], arrivals=((1, 1),)), days=2),
        {"pupils": 100, "day": 1},
    ),
    Reason.NO_SESSION: (season(school(1, open_on=[])), {"day": None}),
    Reason.NO_TEAM: (
        season(school(1, days=2, open_on=[0]), days=2, off=[0]),
        {"amount": 1, "day": 0},
    ),
    Reason.NO_ROUTE: (season(school(1), drive=NO_ROUTE), {"amount": 0, "day": None}),
    Reason.AWAY: (season(school(1, days=2, away=[0, 1]), days=2), {"amount": 2, "day": 1}),
    Reason.TOO_FAR: (season(school(1), drive=55), {"amount": 30, "team": 0, "day": 0}),
    Reason.ABSENT: (
        season(school(4, turnout=750), price=TWO_PUPILS_A_VISIT),
        {},
    ),
    Reason.NOT_WORTH: (
        season(school(1), price=TWO_PUPILS_A_VISIT),
        {"brings": 100, "price": 200, "team": 0, "day": 0},
    ),
    Reason.FORBIDDEN: (season(school(1), rules=[Forbidden(0, 0)]), {"team": 0, "day": 0}),
    Reason.FEWEST_PUPILS: (
        season(school(3, days=2), days=2, minutes=25, rules=[FewestPupils(3)]),
        {"pupils": 100, "amount": 1, "limit": 3},
    ),
    Reason.SPACING: (
        season(school(6, days=2), days=2, rules=[Spacing(2)]),
        {"amount": 1, "limit": 2},
    ),
    Reason.VISITS_PER_SITE: (
        season(school(6, days=2), days=2, rules=[VisitsPerSite(1)]),
        {"amount": 2, "limit": 1, "brings": 100},
    ),
    Reason.VISITS_PER_DAY: (
        season(school(1), school(1), rules=[VisitsPerDay(1)]),
        {"amount": 2, "limit": 1, "day": 0},
    ),
    Reason.TEAMS_AT_ONCE: (
        season(school(6), teams=2, rules=[TeamsAtOnce(1)]),
        {"limit": 1, "day": 0},
    ),
    Reason.DRIVING_LIMIT: (
        season(school(1), rules=[DrivingLimit(19)]),
        {"amount": 20, "limit": 19},
    ),
    Reason.KIT_DAY_CAP: (season(school(3), rules=[KitDayCap(2)]), {"amount": 3, "limit": 2}),
    Reason.ONE_VISIT: (season(school(6), rules=[OneVisit(0)]), {"amount": 5, "limit": 6}),
    Reason.RESERVE_DAYS: (
        season(school(6, days=2), days=2, rules=[ReserveDays(1)]),
        {"amount": 1, "limit": 1, "day": 1},
    ),
    Reason.TEAM_DAY_BUDGET: (
        season(school(6, days=2), days=2, rules=[TeamDayBudget(1, 0, 1)]),
        {"amount": 2, "limit": 1},
    ),
    Reason.SHORT: (season(school(6)), {"pupils": 100, "amount": 10, "team": 0, "day": 0}),
    Reason.FULL: (
        season(*[school(1)] * 2, minutes=50, drive=10),
        {"amount": 1, "team": 0, "day": 0},
    ),
}


FACTS = {Reason.ABSENT, Reason.NOT_YET}  # of luck and of age: no visit could change them
