"""
Problems of one day in which teams are alike and a site is visited whole or not at all.

What the peers are told are the integers that our own engine plans with.
A plan is a route of sites for each team that leaves its base.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeAlias

import attrs

from school_ektp.planning.problem import Matrix, VisitProblem

Plan: TypeAlias = tuple[tuple[int, ...], ...]


@attrs.frozen(kw_only=True)
class Task:
    """
    The problem as a routing engine sees it.

    Attributes:
        limit: When a team must be home; it leaves at 0.
        windows: For each site when a stay may begin, first and last.
        stays: For each site how long a stay takes.
        prizes: For each site what a stay is worth; nothing where it is too far to go.
        enough: Worth at which a run may end.
    """

    travel: Matrix
    start: int
    end: int
    teams: int
    limit: int
    windows: tuple[tuple[int, int], ...]
    stays: tuple[int, ...]
    prizes: tuple[int, ...]
    enough: int

    @property
    def mean_way(self) -> float:
        """Mean length of a way: what peers weigh a prize against."""
        return sum(map(sum, self.travel)) / len(self.travel) ** 2

    @property
    def longest_wait(self) -> int:
        """Latest opening of a site; 0 where there are no windows to speak of."""
        return max(first for first, _ in self.windows)

    def worth(self, plan: Plan) -> int:
        """Return the prizes of the sites on the routes."""
        return sum(self.prizes[site] for route in plan for site in route)


def task(problem: VisitProblem, enough: int) -> Task:
    """Return the task of a problem; *enough* is the worth at which a run may end."""
    team = problem.teams[0]
    travel = problem.travel[team.travel]
    assert team.shifts[0] is not None
    _, home = team.shifts[0]
    assert set(problem.teams) == {team}, "teams that are alike"
    sessions = [site.sessions[0][0] for site in problem.sites]
    return Task(
        travel=travel,
        start=team.start,
        end=team.end,
        teams=len(problem.teams),
        limit=home,
        windows=tuple((a, b - stay) for (a, b), stay in zip(sessions, team.setup, strict=True)),
        stays=team.setup,
        prizes=tuple(
            site.groups[0].arrived(0)
            if travel[team.start][at] + travel[at][team.end] <= home
            else 0
            for at, site in enumerate(problem.sites)
        ),
        enough=enough,
    )


@attrs.define
class Log:
    """
    What a run found and when, in CPU seconds since the log was begun.

    Attributes:
        marks: Seconds at which the run is looked at, ascending; it ends at the last.
        found: Plans, each with its second.
        done: Whether one of them is worth enough.
    """

    marks: Sequence[float]
    began: float = attrs.field(factory=time.process_time)
    found: list[tuple[float, Plan]] = attrs.field(factory=list)
    done: bool = False

    def over(self) -> bool:
        """Return whether the run should end."""
        return self.done or time.process_time() - self.began >= self.marks[-1]

    def is_empty_after(self, seconds: float) -> bool:
        """Return whether so much time has passed without any plan."""
        return not self.found and time.process_time() - self.began >= seconds

    def add(self, task: Task, plan: Plan) -> None:
        """Note a plan that was found now."""
        self.found.append((time.process_time() - self.began, plan))
        self.done |= task.worth(plan) >= task.enough

    def until(self, mark: float) -> list[Plan]:
        """Return the plans found in the first *mark* seconds."""
        return [plan for second, plan in self.found if second <= mark]
