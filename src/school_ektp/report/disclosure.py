"""
Which counts of the report others may see, and which are too small or would give one away.

Counts belong together where one is the sum of others that the page shows: visits, team-days, days
and weeks on one side, schools and kecamatan on the other; reasons, schools and kecamatan of those
left out. Each measure is a network of its own (`model.small_cells`); the sums of the whole plan
are known to everybody. Levels cut across both: those with a hidden count in them are hidden
together, unless it is one alone, in which nothing moves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias

import attrs

from school_ektp.model.small_cells import FEWEST, Sum, small_cells
from school_ektp.plan.coverage import Share, coverage_by
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import monday_of

Key: TypeAlias = tuple[Hashable, ...]

WHOLE: Key = ("all",)
MEASURES = ("before", "recorded", "left")


@attrs.frozen
class Disclosure:
    """
    Counts by key, less those that are hidden.

    Attributes:
        hidden: Keys of counts that are not shown.
        fewest: Counts from 1 to one less are small; 1 for the office's own eyes.
    """

    hidden: frozenset[Key] = attrs.field(repr=lambda keys: f"<{len(keys)} counts>")
    fewest: int

    def count(self, value: int, *key: Hashable) -> int | None:
        """Return a count, None if it is hidden."""
        return None if key in self.hidden else value

    def sums(self, counts: Mapping[str, int]) -> dict[str, int | None]:
        """Return counts of one list whose total everybody knows, None where hidden."""
        hidden = _within(counts, self.fewest)
        return {key: None if key in hidden else value for key, value in counts.items()}


#: For the office's own eyes.
EVERYTHING = Disclosure(frozenset(), 1)


def disclosure_of(plan: PlanData, fewest: int = FEWEST) -> Disclosure:
    """Return what of a plan others may see; everything with *fewest* 1."""
    recorded, left = _recorded(plan, fewest), _left(plan, fewest)
    hidden = {*recorded, *left}
    for by in ("kecamatan", "level"):
        shares = coverage_by(plan, by)
        for measure in MEASURES:
            if by == "level" or measure == "before":
                counts = {share.name: value_of(share, measure) for share in shares}
                hidden |= {(by, measure, name) for name in _within(counts, fewest)}
    levels = {school.npsn: school.level.value for school in plan.schools}
    for measure, kind in (("recorded", "school"), ("left", "left")):
        touched = {levels[str(key[1])] for key in hidden if key[0] == kind}
        if len(touched) > 1:
            hidden |= {("level", measure, level) for level in touched}
    return Disclosure(frozenset(hidden), fewest)


def value_of(share: Share, measure: str) -> int:
    """Return a measure of a share."""
    return share.left_out if measure == "left" else int(getattr(share, measure))


def _within(counts: Mapping[str, int], fewest: int) -> frozenset[str]:
    """Return what is hidden in a list whose total is known."""
    keyed: dict[Key, int] = {("one", key): value for key, value in counts.items()}
    whole = {**keyed, WHOLE: sum(counts.values())}
    hidden = small_cells(whole, [Sum(WHOLE, tuple(keyed))], known=[WHOLE], fewest=fewest)
    return frozenset(str(key[1]) for key in hidden)


def _recorded(plan: PlanData, fewest: int) -> frozenset[Key]:
    """Return what is hidden of those recorded: summed over time, and over places."""
    leaves: dict[Key, int] = {}
    ways: list[tuple[Key, ...]] = []
    for number, visit in enumerate(plan.visit_list):
        leaf: Key = ("visit", number)
        leaves[leaf] = visit.recorded
        monday = monday_of(visit.day)
        kecamatan = plan.school_by_npsn[visit.site].kecamatan
        day: Key = ("day", visit.day)
        ways += [
            (leaf, ("team_day", visit.day, visit.team), day, ("week", monday), WHOLE),
            (leaf, ("school", visit.site), ("kecamatan", "recorded", kecamatan), WHOLE),
        ]
    return _hidden(leaves, ways, fewest)


def _left(plan: PlanData, fewest: int) -> frozenset[Key]:
    """Return what is hidden of those left out: summed over reasons, and over places."""
    leaves: dict[Key, int] = {}
    ways: list[tuple[Key, ...]] = []
    for number, left in enumerate(plan.left_out_list):
        leaf: Key = ("why", number)
        leaves[leaf] = left.pupils
        kecamatan = plan.school_by_npsn[left.site].kecamatan
        ways += [
            (leaf, ("reason", left.codes), WHOLE),
            (leaf, ("left", left.site), ("kecamatan", "left", kecamatan), WHOLE),
        ]
    return _hidden(leaves, ways, fewest)


def _hidden(
    leaves: Mapping[Key, int], ways: Iterable[tuple[Key, ...]], fewest: int
) -> frozenset[Key]:
    """Return what is hidden of counts and of the sums that each leads to, up to the whole."""
    counts: defaultdict[Key, int] = defaultdict(int, leaves)
    parts: dict[tuple[Hashable, Key], dict[Key, None]] = {}
    summed: set[tuple[Key, Key]] = set()
    for way in ways:
        leaf, side = way[0], way[1][0]
        for below, above in pairwise(way):
            parts.setdefault((side, above), {})[below] = None
            if (leaf, above) not in summed:  # the whole lies at the end of both ways
                summed.add((leaf, above))
                counts[above] += leaves[leaf]
    sums = [Sum(total, tuple(some)) for (_, total), some in parts.items()]
    return small_cells(counts, sums, known=[WHOLE], fewest=fewest)
