"""
A bound tightened by cases: a site is visited so often at most, or more often.

Every plan belongs to one of two cases, so the larger bound of the two holds for all plans; the
case with the largest bound is split next (branch and bound; Land and Doig 1960), at the site whose
visits are least whole and whose cases lower the bound most.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from school_ektp.planning.exact.columns import Catalogue, ColumnBound
from school_ektp.planning.exact.limits import Limit
from school_ektp.planning.exact.sets import Sets

TRIED = 3  # sites whose cases are looked at before one is chosen
CLEAR = 0.01  # pupils by which cases must lower the value of the program
WHOLE = 0.05  # visits from a whole number, below which a site gives no cases

Cases: TypeAlias = tuple[ColumnBound, ColumnBound]


def bound_by_cases(
    root: ColumnBound, stop: Callable[[], bool], target: int, known: dict[object, Sets]
) -> int:
    """
    Return the bound of all cases together, as far as there is time for.

    Args:
        root: The bound without any case, as tight as it gets.
        stop: Whether time is over.
        target: Pupils that a plan reaches; cases that have no more are not split.
        known: Sets of stops listed before; new ones are added.
    """
    cases = [root]
    while not stop():
        worst = max(cases, key=lambda case: case.reading)
        least = max(worst.bound - 1, target)
        if worst.bound <= least:
            break
        if worst is not root and worst.improve(stop, least, known) <= least:
            continue
        halves = _split(worst, stop, known)
        if halves is None:
            break
        cases.remove(worst)
        cases += halves
    return max(case.bound for case in cases)


def _split(case: ColumnBound, stop: Callable[[], bool], known: dict[object, Sets]) -> Cases | None:
    """Return the two cases that promise the lowest bound; None where none promises a lower one."""
    lowest, chosen = case.master.solve()[0] - CLEAR, None
    for site, visits in islice(_least_whole(case), TRIED):
        if stop():
            break
        halves = _halves(case, site, math.floor(visits))
        worth = max(_value(half, stop, known) for half in halves)
        if worth < lowest:
            lowest, chosen = worth, halves
    return chosen


def _value(case: ColumnBound, stop: Callable[[], bool], known: dict[object, Sets]) -> float:
    """Return the value of the program with the ways that are listed."""
    return Catalogue(case.problem, case.frame, known).settle(case.master, stop)[0]


def _least_whole(case: ColumnBound) -> Iterator[tuple[int, float]]:
    """Yield the sites that are visited a fraction of times, the least whole first."""
    visits: dict[int, float] = defaultdict(float)
    for share, (_, stops) in zip(case.master.shares(), case.master.columns, strict=True):
        for site, _ in stops:
            visits[site] += share
    away = {site: abs(times - round(times)) for site, times in visits.items()}
    for site in sorted(away, key=lambda site: (-away[site], site)):
        if away[site] > WHOLE:
            yield site, visits[site]


def _halves(case: ColumnBound, site: int, times: int) -> Cases:
    """Return the cases that a site is visited so many times at most, and more often."""
    end = len(case.parts.firsts) - 1
    few = Limit(sites=(site,), first=0, last=end, most=float(times), pupils=0.0, visits=1.0)
    more = Limit(sites=(site,), first=0, last=end, most=-times - 1.0, pupils=0.0, visits=-1.0)
    return case.within(few), case.within(more)
