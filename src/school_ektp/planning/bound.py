"""Pupils that no plan can exceed."""

from __future__ import annotations

import attrs

from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reach import Reach


@attrs.frozen(kw_only=True)
class Bound:
    """
    What no plan of a problem can exceed.

    Attributes:
        by_priority: For each priority class, the pupils of it and of all classes before it.
    """

    by_priority: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """All pupils."""
        return self.by_priority[-1]


def upper_bound(problem: VisitProblem) -> Bound:
    """Return the least of what sites can give and what crew-days have time for."""
    reach = Reach(problem)
    time = sum(reach.capacity(crew, day) for crew, day in reach.crew_days)
    return Bound(
        by_priority=tuple(
            min(time, sum(reach.recordable(site, rank) for site in range(len(problem.sites))))
            for rank in range(problem.priorities)
        )
    )
