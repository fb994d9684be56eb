"""What is shown of visits in whole pupils: how many to call, how many are expected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import attrs

from school_ektp.model.apportion import apportioned
from school_ektp.model.groups import grouped
from school_ektp.plan.rounding import Row, whole_table
from school_ektp.planning.problem import ALL, EXPECTED, VisitProblem
from school_ektp.planning.solution import Expected, Solution

SPARE = 10  # called beyond those for whom there is room: one in so many


@attrs.frozen(kw_only=True)
class Shown:
    """
    Whole pupils of each visit and group, in the order of the plan's visits.

    Attributes:
        recorded: Expected to be recorded; all sums are expectations rounded once.
        called: To be called.
    """

    recorded: tuple[tuple[int, ...], ...]
    called: tuple[tuple[int, ...], ...]


def shown(problem: VisitProblem, solution: Solution, expected: Sequence[Expected]) -> Shown:
    """Return what is shown of the visits, of which so much is expected."""
    rows = [
        Row(visit.site, one.recorded) for visit, one in zip(solution.visits, expected, strict=True)
    ]
    classes = {
        number: [group.priority for group in site.groups]
        for number, site in enumerate(problem.sites)
    }
    return Shown(recorded=whole_table(rows, classes), called=to_call(problem, solution, expected))


def to_call(
    problem: VisitProblem, solution: Solution, expected: Sequence[Expected]
) -> tuple[tuple[int, ...], ...]:
    """
    Return how many pupils of each group each visit calls.

    Everybody who is expected to wait, but where the room is small no more than those of whom
    as many are expected to come, and a tenth more. Groups are called in their order. Visits to
    a school on one day share out those who wait by their room, as those who come are expected to
    be shared out: no team comes for nobody.
    """
    by_site = grouped(range(len(solution.visits)), lambda place: solution.visits[place].site)
    found: list[tuple[int, ...]] = [()] * len(solution.visits)
    for site, places in by_site.items():
        turnout = max(problem.sites[site].turnout, 1)
        for _, today in groupby(places, key=lambda place: solution.visits[place].day):
            same_day = sorted(today, key=lambda place: solution.visits[place].start)
            waiting = expected[same_day[0]].waiting
            left = list(apportioned(-(-sum(waiting) // EXPECTED), waiting))
            rooms = [solution.visits[place].room for place in same_day]
            most = [-(-room * ALL * (SPARE + 1) // (turnout * SPARE)) for room in rooms]
            if sum(most) > sum(left):
                most = list(apportioned(sum(left), most))
            for place, pupils in zip(same_day, most, strict=True):
                found[place] = _first_of(left, pupils)
                left = [some - taken for some, taken in zip(left, found[place], strict=True)]
    return tuple(found)


def _first_of(groups: Sequence[int], most: int) -> tuple[int, ...]:
    """Return how many of each group are among the first *most*."""
    taken = []
    for pupils in groups:
        taken.append(min(pupils, most))
        most -= taken[-1]
    return tuple(taken)
