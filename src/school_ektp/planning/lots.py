"""
Lots of pupils: what visits of whole team-days cannot share, though shares of them could.

Where a site gives 150 pupils and a visit records 90, five thirds of a visit record all of them; of
two whole visits one finds 60. Counting lots says so, and no visits that a site has room for count
more together than the site does: mixed integer rounding (Nemhauser and Wolsey 1990).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from school_ektp.planning.teamday import NEVER, Stop

CLEAR = 0.01  # by which a row must be broken to be of use
PARTS = 6  # into which a site is cut at most


@attrs.frozen
class Lots:
    """
    Lots of pupils recorded at a site: no more than what it gives holds.

    A visit counts by the whole lots it records and, of what is over, by how much that exceeds
    what is over of the site itself.

    Attributes:
        site: Number of the site.
        given: Pupils that it gives.
        lot: Pupils of a lot.
    """

    site: int
    given: int
    lot: int

    @property
    def most(self) -> int:
        """Right-hand side."""
        return self.given // self.lot

    @property
    def over(self) -> int:
        """What is over of the site when it is cut into lots."""
        return self.given % self.lot

    def taken(self, some: Any) -> Any:  # noqa: ANN401 - a number, or an array of numbers
        """Return how much a visit takes that records *some* pupils."""
        more = some % self.lot - self.over
        return some // self.lot + more * (more > 0) / (self.lot - self.over)


def most_broken(site: int, given: int, visits: Iterable[tuple[float, float]]) -> Lots | None:
    """
    Return the lots that visits to a site break most, if any are broken.

    Args:
        site: Number of the site.
        given: Pupils that it gives.
        visits: Pupils recorded by a visit, and the share of it that is chosen.
    """
    visits = [*visits]
    sizes = {int(some) for some, _ in visits} | {given // parts + 1 for parts in range(1, PARTS)}
    every = [Lots(site, given, size) for size in sorted(sizes) if 1 < size <= given]
    over = [sum(share * lots.taken(some) for some, share in visits) - lots.most for lots in every]
    top = max(over, default=0.0)
    return every[over.index(top)] if top > CLEAR else None


Costs: TypeAlias = Sequence[tuple[float, Lots]]  # what a lot costs, as it is counted


@attrs.frozen(eq=False)
class Tariff:
    """
    What visits are worth.

    Attributes:
        pupil: For each site, a pupil recorded.
        visit: For each site, a visit by itself.
        lots: By site, what lots of pupils cost, where they are counted.
    """

    pupil: Sequence[float]
    visit: Sequence[float]
    lots: Mapping[int, Costs] = attrs.field(factory=dict)

    def of(self, site: int, some: float) -> float:
        """Return what a visit is worth that records *some* pupils, at least one."""
        worth = self.pupil[site] * some + self.visit[site]
        for cost, lots in self.lots.get(site, ()):
            worth -= cost * lots.taken(some)
        return worth


class Curve:
    """
    What a stop is worth by the rounds of recording there is time for, where lots cost something.

    Attributes:
        pupils: By rounds, as many as pay most.
        values: By rounds, what these are worth.
        enough: Rounds after which nothing more is won.
        spare: Minutes that are left then of those till nobody waits.
    """

    def __init__(self, stop: Stop, tariff: Tariff) -> None:
        """Try the pupils of whole rounds, and those up to which no further part of a lot costs."""
        some = {1.0} | {stop.pupils(rounds) for rounds in range(1, stop.rounds + 1)}
        for _, lots in tariff.lots[stop.site]:
            some.update(range(lots.over or lots.lot, stop.most + 1, lots.lot))
        ranked = sorted(some, reverse=True)
        self.pupils, self.values = [0.0], [0.0]
        for rounds in range(1, stop.rounds + 1):
            pupils, value = self.pupils[-1], self.values[-1]
            while ranked and ranked[-1] <= stop.pupils(rounds):
                worth = tariff.of(stop.site, ranked[-1])
                if worth > value:
                    pupils, value = ranked[-1], worth
                ranked.pop()
            self.pupils.append(pupils)
            self.values.append(value)
        top, pace = self.values[-1], stop.pace
        self.enough = self.values.index(top)
        self.spare = (stop.rounds - self.enough) * pace
        fewer = self.values[self.enough : 0 : -1]
        self.losses = [top - value for value in fewer for _ in range(pace)][pace - 1 :]

    def lost(self, minutes: int) -> float:
        """Return what it costs to go without some of the minutes of these rounds."""
        return self.losses[minutes] if minutes < len(self.losses) else -NEVER
