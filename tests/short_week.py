"""Two schools, two teams and four days, to check by hand: visits, and the rules they break."""

from __future__ import annotations

import attrs

from school_ektp.planning.checker import (
    CHECK_NAMES,
    violations,
)
from school_ektp.planning.problem import FieldTeam, Group, Site, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution

DAYS = 4


def site(*waiting, turnout=1000, district=0, sessions=((480, 720),), away=()):
    """A school whose groups wait from day 0, with priorities 0, 1, ..."""
    groups = (
        Group(priority=rank, arrivals=((0, pupils),), away=frozenset(away))
        for rank, pupils in enumerate(waiting)
    )
    return Site(
        groups=tuple(groups),
        sessions=(tuple(sessions),) * DAYS,
        district=district,
        turnout=turnout,
    )


def team(base, **changes):
    """Two kits, 5 minutes a pupil, 10 + 5 minutes around the recording, 7:30 to 13:00."""
    usual = FieldTeam(
        start=base,
        end=base,
        shifts=((450, 780),) * DAYS,
        breaks=((),) * DAYS,
        kits=(2,) * DAYS,
        minutes_per_pupil=(5, 5),
        setup=(10, 10),
        packdown=(5, 5),
    )
    return attrs.evolve(usual, **changes)


def make(*constraints, sites=None, teams=None, **changes):
    """Two schools, 30 minutes from the base of both teams and 20 from each other."""
    return VisitProblem(
        days=DAYS,
        sites=sites or (site(40, 20), site(30)),
        teams=teams or (team(2), team(2)),
        travel=(((0, 20, 30), (20, 0, 30), (30, 30, 0)),),
        constraints=constraints,
        **changes,
    )


def visit(**changes):
    """Team 0 at school 0 on day 0: 8 pupils in 4 rounds, 8:00 to 8:35."""
    usual = {
        "day": 0,
        "team": 0,
        "start": 480,
        "site": 0,
        "arrive": 480,
        "end": 515,
        "room": 8,
    }
    return SiteVisit(**{**usual, **changes})


SECOND = visit(site=1, arrive=535, start=535, end=555, room=2)


def rules_broken(problem, *visits):
    broken = [fault.rule for fault in violations(problem, Solution(visits))]
    assert set(broken) <= set(CHECK_NAMES)
    return broken


def only_fault(problem, *visits):
    (fault,) = violations(problem, Solution(visits))
    assert fault.rule in CHECK_NAMES
    return fault
