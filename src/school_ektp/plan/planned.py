"""A problem and its solution with their names and dates, and what is counted from both."""

from __future__ import annotations

import datetime as dt
import math
from functools import cached_property

import attrs

from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.model.visit import Visit
from school_ektp.model.worth import Worth
from school_ektp.plan.shown import Shown, shown
from school_ektp.planning.build import Names
from school_ektp.planning.checker import evaluate, expectations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solution import Expected, Solution, Value


@attrs.frozen(kw_only=True, repr=False)
class Planned:
    """
    Which team goes to which school on which day, and what that is worth.

    Attributes:
        schools: All schools given, by NPSN.
        demand: Their pupils, counted, by NPSN.
        teams: The teams, by name.
        calendar: The season.
        rules: What was asked of the plan.
        worth: What visits, team-days, driving and waiting are worth.
        risks: What is expected to go wrong.
        problem: The same in integers.
        names: What the integers stand for.
        solution: The visits in integers.
        bound: Millionths of a pupil that no plan's value exceeds.
    """

    schools: tuple[School, ...]
    demand: tuple[SchoolDemand, ...]
    teams: tuple[Team, ...]
    calendar: VisitCalendar
    rules: VisitRules
    worth: Worth
    risks: Risks
    problem: VisitProblem
    names: Names
    solution: Solution
    bound: int

    def __repr__(self) -> str:
        gap = self.gap if math.isinf(self.gap) else math.ceil(1_000 * self.gap) / 1_000
        return (
            f"<{type(self).__name__} {self.calendar.first_day} to {self.calendar.last_day}:"
            f" {self.recorded} of {self.waiting} pupils in {self.team_days} team-days,"
            f" gap {gap:.1%}>"
        )

    @property
    def today(self) -> dt.date:
        """First day that is still planned: of the season, or of what is left of it."""
        return min(self.names.date(self.problem.today), self.calendar.last_day)

    @cached_property
    def value(self) -> Value:
        """What the plan is worth, as the checker counts it."""
        return evaluate(self.problem, self.solution)

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """What each visit is expected to bring, in the order of `visit_list`."""
        return expectations(self.problem, self.solution)

    @cached_property
    def shown(self) -> Shown:
        """Whole pupils of each visit and group; everything that is shown is a sum of them."""
        return shown(self.problem, self.solution, self.expected)

    @cached_property
    def recorded(self) -> int:
        """Pupils expected to be recorded: the sum over the visits."""
        return sum(map(sum, self.shown.recorded))

    @cached_property
    def recorded_by_class(self) -> tuple[int, ...]:
        """The same for each priority class, in the order of `Names.priorities`."""
        found = [0] * len(self.names.priorities)
        for visit, counts in zip(self.solution.visits, self.shown.recorded, strict=True):
            for group, pupils in zip(self.problem.sites[visit.site].groups, counts, strict=True):
                found[group.priority] += pupils
        return tuple(found)

    @cached_property
    def waiting(self) -> int:
        """Pupils who wait on some day still planned, at schools with and without a location."""
        return sum(demand.on(self.calendar.last_day) for demand in self.demand)

    @property
    def team_days(self) -> int:
        """Days on which a team goes out, counted for each team."""
        return self.value.team_days

    @property
    def gap(self) -> float:
        """Share by which another plan can at most be worth more; 0 when none can."""
        more, worth = self.bound - self.value.total, self.value.total
        if more <= 0:
            return 0.0
        return more / worth if worth > 0 else math.inf

    @cached_property
    def recorded_before(self) -> int:
        """Pupils of the roster recorded before `today`."""
        return sum(demand.recorded for demand in self.demand)

    @cached_property
    def school_by_npsn(self) -> dict[str, School]:
        """Schools by their number."""
        return {school.npsn: school for school in self.schools}

    @cached_property
    def team_by_name(self) -> dict[str, Team]:
        """Teams by their name."""
        return {team.name: team for team in self.teams}

    @cached_property
    def visit_list(self) -> tuple[Visit, ...]:
        """The visits as objects, by day, team and start."""
        counts = zip(self.shown.called, self.shown.recorded, strict=True)
        return tuple(
            Visit(
                day=self.names.date(visit.day),
                team=self.names.teams[visit.team],
                site=self.names.sites[visit.site],
                arrive=visit.arrive,
                start=visit.start,
                end=visit.end,
                room=visit.room,
                called=sum(called),
                recorded=sum(recorded),
            )
            for visit, (called, recorded) in zip(self.solution.visits, counts, strict=True)
        )
