"""Other circumstances for a plan: more teams, kits, days or hours, another deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.clock import TimeWindow, as_window
from school_ektp.model.risks import Risks
from school_ektp.model.team import Team
from school_ektp.model.weekly import MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY
from school_ektp.plan.data import P, PlanData
from school_ektp.season.rebuild import rebuilt

WEEKS = {5: MONDAY_TO_FRIDAY, 6: MONDAY_TO_SATURDAY}


_count = attrs.validators.optional(fields.whole_number(1))


@attrs.frozen(kw_only=True)
class Circumstances:
    """
    What differs from the plan; None leaves a thing as it is.

    Attributes:
        teams: Number of teams: the first ones by name, or further ones like the last.
        kits: Kits of each team.
        days: Days a week on which teams go out: 5, Monday to Friday, or 6, to Saturday.
        hours: Shift of each team.
        turnout: Share of those called for the first time who come, at every school; the share of
            those called again changes in proportion.
        minutes_per_pupil: Minutes one kit needs per pupil; where a school level has minutes of
            its own (SLB), these stay.
        deadline: Last day of the season.
    """

    teams: int | None = attrs.field(default=None, validator=_count)
    kits: int | None = attrs.field(default=None, validator=_count)
    days: int | None = attrs.field(default=None, validator=_count)
    hours: TimeWindow | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_window)
    )
    turnout: float | None = attrs.field(
        default=None, validator=attrs.validators.optional(fields.fraction)
    )
    minutes_per_pupil: int | None = attrs.field(default=None, validator=_count)
    deadline: dt.date | None = attrs.field(
        default=None, validator=attrs.validators.optional(fields.day)
    )

    def __attrs_post_init__(self) -> None:
        if self.days is not None and self.days not in WEEKS:
            raise InvalidFieldError("what_if", "days", f"must be 5 or 6 a week, got {self.days}")


def under(plan: P, circumstances: Circumstances) -> P:
    """
    Return the plan under other circumstances, with the visits that still hold.

    Raises:
        InvalidFieldError: A number that no team, rule or calendar accepts.
    """
    teams = tuple(_teams(plan, circumstances))
    changes: dict[str, object] = {"teams": teams}
    if circumstances.turnout is not None:
        gone = {team.name for team in plan.teams} - {team.name for team in teams}
        changes["risks"] = _with_turnout(plan.risks.without(gone), circumstances.turnout)
    if circumstances.deadline is not None:
        changes["calendar"] = attrs.evolve(plan.calendar, last_day=circumstances.deadline)
    return rebuilt(plan, **changes)


def _teams(plan: PlanData, wanted: Circumstances) -> Iterable[Team]:
    number = len(plan.teams) if wanted.teams is None else wanted.teams
    teams = [*plan.teams[:number], *more_teams(plan, number - len(plan.teams))]
    return (_changed(team, wanted) for team in teams)


def more_teams(plan: PlanData, number: int, like: Team | None = None) -> list[Team]:
    """Return *number* further teams like *like*, or like the last one, with names of their own."""
    model = like or plan.teams[-1]
    taken = {team.name for team in plan.teams}
    names = (f"{model.name} +{count}" for count in range(1, number + len(taken) + 1))
    free = [name for name in names if name not in taken]
    return [attrs.evolve(model, name=name) for name in free[: max(number, 0)]]


def _changed(team: Team, wanted: Circumstances) -> Team:
    changes: dict[str, Any] = {
        "kits": wanted.kits,
        "works": None if wanted.days is None else WEEKS[wanted.days],
        "shift": wanted.hours,
        "minutes_per_pupil": wanted.minutes_per_pupil,
    }
    return attrs.evolve(team, **{name: to for name, to in changes.items() if to is not None})


def _with_turnout(risks: Risks, share: float) -> Risks:
    again = min(1.0, risks.turnout_again * share / risks.turnout)
    return attrs.evolve(risks, turnout=share, turnout_again=again, turnout_by_school={})
