"""Where the season stands at the end of each day."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate

import attrs

from school_ektp.model.groups import summed
from school_ektp.plan.planned import Planned


@attrs.frozen
class Progress:
    """
    Where the season stands at the end of a day.

    Attributes:
        day: The date.
        waiting: Pupils who would wait if nobody were recorded; never falls.
        recorded: Pupils expected to be recorded from the first day on.
    """

    day: dt.date
    waiting: int
    recorded: int


def progress(plan: Planned) -> tuple[Progress, ...]:
    """Return one row per day of the season."""
    first, days = plan.calendar.first_day, plan.calendar.days
    arrivals = summed(
        (max(day, first), pupils)
        for demand in plan.demand
        for group in demand.groups
        for day, pupils in group.steps
    )
    visited = summed((visit.day, visit.recorded) for visit in plan.visit_list)
    waiting = accumulate(arrivals[day] for day in days)
    recorded = accumulate(visited[day] for day in days)
    return tuple(map(Progress, days, waiting, recorded))
