"""Plain problems that one can plan by hand: schools in a line, one team or more, one pace."""

from __future__ import annotations

from collections.abc import Iterable

from school_ektp.planning.constraints import Constraint
from school_ektp.planning.problem import ALL, FieldTeam, Group, Luck, Price, Site, VisitProblem

GAP = 10  # minutes from one place to the next


def town(
    *waiting: int | Group,
    constraints: Iterable[Constraint] = (),
    days: int = 1,
    teams: int = 1,
    hours: int = 60,
    turnout: int = ALL,
    again: int = ALL,
    luck: Luck | None = None,
    price: Price | None = None,
    today: int = 0,
) -> VisitProblem:
    """
    Return schools 10 minutes apart in a line that begins at the base of all teams.

    A team has one kit, needs 5 minutes to set up and 5 minutes a pupil. Each school is a district.

    Args:
        waiting: Pupils who wait at each school from day 0, or its group.
        constraints: What is asked beyond hours and travel.
        days: Days of the horizon.
        teams: How many teams.
        hours: Minutes of a shift, and of the session of each school.
        turnout: Thousandths of those called for the first time who come.
        again: Thousandths of those called again who come.
        luck: What goes wrong; nothing by default.
        price: What a plan costs; nothing by default.
        today: First day that can still be planned.
    """
    count = len(waiting)
    stops = [*(GAP * (place + 1) for place in range(count)), 0]
    team = FieldTeam(
        start=count,
        end=count,
        shifts=((0, hours),) * days,
        breaks=((),) * days,
        kits=(1,) * days,
        minutes_per_pupil=(5,) * count,
        setup=(5,) * count,
        packdown=(0,) * count,
    )
    sites = tuple(
        Site(
            groups=(one if isinstance(one, Group) else Group(arrivals=((0, one),)),),
            sessions=(((0, hours),),) * days,
            district=place,
            turnout=turnout,
            turnout_again=again,
        )
        for place, one in enumerate(waiting)
    )
    return VisitProblem(
        days=days,
        sites=sites,
        teams=(team,) * teams,
        travel=(tuple(tuple(abs(a - b) for b in stops) for a in stops),),
        constraints=tuple(constraints),
        luck=luck or Luck(),
        price=price or Price(),
        today=today,
    )
