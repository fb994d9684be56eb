"""The plan as data: with what is found by playing and by trying, in frames, edited by hand."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Self, TypeVar

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.plan import frames
from school_ektp.plan.left_out import LeftOut, left_out, too_young
from school_ektp.plan.planned import Planned
from school_ektp.plan.simulation import Simulation, simulate
from school_ektp.plan.unkept import unkept
from school_ektp.planning import edit
from school_ektp.planning.checker import Violation, violations
from school_ektp.planning.solution import SiteVisit, Solution


@attrs.frozen(kw_only=True, repr=False)
class PlanData(Planned):
    """
    A plan with what may come of it, who is left out, and the changes an office makes by hand.

    Papers take it, and the season plans it again; `report.plan.Plan` is one that writes papers.
    """

    @cached_property
    def outlook(self) -> Simulation:
        """What comes of the plan in a thousand seasons."""
        return simulate(self)

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """
        Everything the plan breaks or could not keep.

        Empty unless it was edited by hand, or a pin, a floor or a date could not be kept.
        """
        return (*violations(self.problem, self.solution), *unkept(self))

    @cached_property
    def left_out_list(self) -> tuple[LeftOut, ...]:
        """Pupils left out, by school and priority class, each with a reason found by trying."""
        return left_out(self)

    def why(self, site: str | None = None) -> tuple[LeftOut, ...]:
        """
        Return why pupils are left out, for each school and priority class.

        Besides `left_out_list` it lists those who come of age only after the season.

        Args:
            site: NPSN of one school; all schools when None.

        Raises:
            InvalidFieldError: The plan has no demand of that school.
        """
        if site is not None:
            arguments.known("Plan", "site", site, {demand.npsn for demand in self.demand})
        found = (*self.left_out_list, *too_young(self))
        return tuple(one for one in found if site in (None, one.site))

    @cached_property
    def visits(self) -> pl.DataFrame:
        """One row per visit, see `plan.frames.VISITS`."""
        return frames.visits_frame(self)

    @cached_property
    def schedule(self) -> pl.DataFrame:
        """One row per team-day, see `plan.frames.SCHEDULE`."""
        return frames.schedule_frame(self)

    @cached_property
    def left_out(self) -> pl.DataFrame:
        """One row per school, priority class and reason, see `plan.frames.LEFT_OUT`."""
        return frames.left_out_frame(self, self.left_out_list)

    @cached_property
    def by_site(self) -> pl.DataFrame:
        """One row per school, see `plan.frames.BY_SITE`."""
        return frames.by_site_frame(self)

    # By hand

    def with_visit(self, *, team: str, day: dt.date, site: str, pupils: int | None = None) -> Self:
        """
        Return the plan with one visit more, at the time of the day at which it has most room.

        Args:
            team: Name of the team.
            day: The date.
            site: NPSN of the school.
            pupils: Room for at most this many; for all who wait when None.

        Returns:
            A new plan; `violations` says which rules it breaks.

        Raises:
            InvalidFieldError: An unknown team, school or day; nobody waits; there is no place.
        """
        who, number, place = self._numbers(team, day, site)
        if pupils is not None:
            arguments.whole("Plan", "pupils", pupils, least=1)
        changed = edit.with_visit(
            self.problem, self.solution, team=who, day=number, site=place, most=pupils
        )
        return self._changed(changed, f"{team} at {site} on {day}")

    def without_visit(self, *, team: str, day: dt.date, site: str) -> Self:
        """
        Return the plan without a visit; its pupils wait again.

        Args:
            team: Name of the team.
            day: The date.
            site: NPSN of the school.

        Raises:
            InvalidFieldError: The plan holds no such visit.
        """
        visit = self._visit(team, day, site)
        return attrs.evolve(self, solution=edit.without_visit(self.problem, self.solution, visit))

    def moved(
        self,
        *,
        team: str,
        day: dt.date,
        site: str,
        to_day: dt.date | None = None,
        to_team: str | None = None,
    ) -> Self:
        """
        Return the plan with a visit moved to another day, another team, or both.

        Args:
            team: Name of the team.
            day: The date.
            site: NPSN of the school.
            to_day: The new date; the same when None.
            to_team: The new team; the same when None.

        Raises:
            InvalidFieldError: No such visit, or it has no place on the new day.
        """
        visit = self._visit(team, day, site)
        who, number, _ = self._numbers(
            team if to_team is None else to_team, day if to_day is None else to_day, site
        )
        changed = edit.moved(self.problem, self.solution, visit, team=who, day=number)
        return self._changed(changed, f"{to_team or team} at {site} on {to_day or day}")

    def _changed(self, solution: Solution | None, what: str) -> Self:
        if solution is None:
            fault = f"no place for {what}: no session and time in which a waiting pupil fits"
            raise InvalidFieldError("Plan", "visit", fault)
        return attrs.evolve(self, solution=solution)

    def _numbers(self, team: str, day: dt.date, site: str) -> tuple[int, int, int]:
        arguments.known("Plan", "team", team, self.names.teams)
        arguments.known("Plan", "site", site, self.names.sites)
        arguments.date("Plan", "day", day)
        if day not in self.calendar.span:
            raise InvalidFieldError("Plan", "day", f"must lie in the season, got {day}")
        who, place = self.names.teams.index(team), self.names.sites.index(site)
        return who, self.calendar.day_number(day), place

    def _visit(self, team: str, day: dt.date, site: str) -> SiteVisit:
        numbers = self._numbers(team, day, site)
        for visit in self.solution.visits:
            if (visit.team, visit.day, visit.site) == numbers:
                return visit
        raise InvalidFieldError("Plan", "visit", f"is not planned: {team} at {site} on {day}")


#: The kind of plan that a function is given and gives back.
P = TypeVar("P", bound=PlanData)
