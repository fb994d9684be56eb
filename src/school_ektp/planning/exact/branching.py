"""
A bound tightened by cases: visits of some size are made so often at most, or more often.

Every plan belongs to one of two cases, so the larger bound of the two holds for all plans; the
case with the largest bound is split next (branch and bound; Land and Doig 1960). How it is split
is tried first (strong branching; Applegate, Bixby, Chvátal and Cook 1995): of all visits to a site
that record so many pupils or more, of one crew or till some part of the season, of which a
fraction is made, those are chosen whose cases promise the lowest bound.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from school_ektp.planning.exact.columns import Catalogue, ColumnBound
from school_ektp.planning.exact.limits import Case
from school_ektp.planning.exact.sets import Sets
from school_ektp.planning.exact.types import DayType

PROMISING = 120  # ways to split whose promises are looked at, the least whole first
TRIED = 4  # of these, the ones whose cases are priced before one is chosen
CLEAR = 0.01  # pupils by which cases must lower the value of the program
WHOLE = 0.05  # visits from a whole number, below which they give no cases

Cases: TypeAlias = tuple[Case, Case]
Bounds: TypeAlias = tuple[ColumnBound, ColumnBound]


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


def _split(
    whole: ColumnBound, stop: Callable[[], bool], known: dict[object, Sets]
) -> Bounds | None:
    """Return the two cases that promise the lowest bound; None where none promises a lower one."""
    lowest, chosen = (whole.master.solve()[0] - CLEAR, math.inf), None
    for cases in _most_promising(whole, stop):
        if stop():
            break
        halves = whole.within(cases[0]), whole.within(cases[1])
        worths = sorted((_value(half, stop, known) for half in halves), reverse=True)
        if tuple(worths) < lowest:
            lowest, chosen = (worths[0], worths[1]), halves
    return chosen


def _value(case: ColumnBound, stop: Callable[[], bool], known: dict[object, Sets]) -> float:
    """Return the value of the program with the ways that are listed."""
    return Catalogue(case.problem, case.frame, known).settle(case.master, stop)[0]


def _most_promising(whole: ColumnBound, stop: Callable[[], bool]) -> list[Cases]:
    """Return pairs of cases whose larger promise is the lowest."""
    ranked: list[tuple[float, float, int, Cases]] = []
    for number, cases in enumerate(_least_whole(whole)[:PROMISING]):
        if stop():
            break
        less, more = sorted(map(whole.master.promise, cases))
        ranked.append((more, less, number, cases))
    ranked.sort(key=lambda one: one[:3])
    return [cases for _, _, _, cases in ranked[:TRIED]]


def _least_whole(whole: ColumnBound) -> list[Cases]:
    """Return the pairs of cases of visits of which a fraction is made, the least whole first."""
    found = {case: n for case, n in _counted(whole) if abs(n - round(n)) > WHOLE}
    least = sorted(found, key=lambda case: abs(found[case] % 1 - 1 / 2))  # stable
    pairs = [attrs.evolve(case, times=math.floor(found[case])) for case in least]
    return [(case, attrs.evolve(case, more=True)) for case in pairs]


def _counted(whole: ColumnBound) -> Iterator[tuple[Case, float]]:
    """Yield visits by site and size, by site and crew, and by site and part, and their number."""
    visits: dict[int, list[tuple[DayType, int, float]]] = defaultdict(list)
    for share, (number, stops) in zip(whole.master.shares(), whole.master.columns, strict=True):
        if share > 0:
            for site, some in stops:
                visits[site].append((whole.frame.kinds[number], some, share))
    for site, made in sorted(visits.items()):
        cases = [Case(site=site)]
        cases += [Case(site=site, least=some) for some in sorted({some for _, some, _ in made})]
        cases += [Case(site=site, crew=crew) for crew in sorted({kind.crew for kind, _, _ in made})]
        cases += [Case(site=site, last=last) for last in sorted({k.period for k, _, _ in made})]
        for case in cases:
            yield case, sum(s for kind, n, s in made if case.holds_on(kind) and n >= case.least)
