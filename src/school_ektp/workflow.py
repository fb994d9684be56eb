"""The whole chain, read top to bottom: the map of the house."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.model import arguments
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.messages import TEXTS, say
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import School
from school_ektp.model.team import Team
from school_ektp.model.travel import RoadEstimate, TravelTable
from school_ektp.model.worth import Worth
from school_ektp.plan.data import PlanData
from school_ektp.plan.unkept import warn_of_days
from school_ektp.planning.build import Names, build_problem
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.solve import bounded, solve
from school_ektp.planning.stop import DEFAULT, Progress, Stop, begin
from school_ektp.report.plan import Plan
from school_ektp.report.plan_text import violation_text

if TYPE_CHECKING:
    from school_ektp.season.season import Season


def plan_visits(
    schools: Iterable[School],
    demand: Iterable[SchoolDemand],
    teams: Iterable[Team],
    calendar: VisitCalendar,
    *,
    rules: VisitRules | None = None,
    worth: Worth | None = None,
    risks: Risks | None = None,
    travel: RoadEstimate | TravelTable | None = None,
    stop: Stop | None = None,
    seed: int = 0,
    start: PlanData | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """
    Plan which team visits which school on which day.

    A plan is worth the pupils it is expected to record, less what its visits, team-days, driving
    and their waiting cost, each counted in pupils. Floors and dates come before that.

    Args:
        schools: Schools; one without a location is not planned and listed among those left out.
        demand: Pupils per school, see `SchoolDemand`; schools without demand are not visited.
        teams: Teams.
        calendar: Days and hours in which visits can take place.
        rules: What is asked beyond hours and travel; `VisitRules()` when None.
        worth: What visits, team-days, driving and waiting are worth; `Worth.balanced()` when None.
        risks: What may go wrong, and how often; `Risks()` when None.
        travel: Minutes between places; estimated from coordinates when None.
        stop: When to stop improving, such as ``MaxSeconds(5)``, which covers building and bound;
            when None, after some seconds, with the same plan on every machine.
        seed: Same input, seed and number of iterations give the same plan on every machine.
        start: A plan of the same schools with pupils, teams and days to begin from; `replan` takes
            others.
        on_progress: Called with the progress.

    Raises:
        InvalidFieldError: An argument is of another kind, such as a frame for the demand; *start*
            is of other schools, teams or days.
        ProblemError: Parts do not fit together; every fault is listed.

    Warns:
        SchoolEktpWarning: A pin, a floor or a date cannot be kept; `Plan.violations` says which.
            Or a closure of a grade closes nothing, since nobody of it waits; or days kept free are
            all that a team has.
    """
    parts = {"calendar": calendar, "rules": rules, "worth": worth, "risks": risks, "travel": travel}
    _refuse_others((), parts | {"seed": seed, "start": start, "on_progress": on_progress})
    watch = begin(DEFAULT if stop is None else stop, "plan_visits")
    rules, worth, risks = rules or VisitRules(), worth or Worth(), risks or Risks()
    schools, demand, teams = _parts(schools, demand, teams)
    problem, names = build_problem(
        schools,
        demand,
        teams,
        calendar,
        rules=rules,
        worth=worth,
        risks=risks,
        travel=travel,
    )
    if start is not None:
        _check_start(start, problem, names)
    bound, watch = bounded(problem, watch)
    result = solve(
        problem,
        stop=watch,
        seed=seed,
        start=start.solution if start else None,
        on_progress=on_progress,
    )
    plan = Plan(
        schools=tuple(sorted(schools, key=lambda school: school.npsn)),
        demand=tuple(sorted(demand, key=lambda one: one.npsn)),
        teams=tuple(sorted(teams, key=lambda team: team.name)),
        calendar=calendar,
        rules=rules,
        worth=worth,
        risks=risks,
        problem=problem,
        names=names,
        solution=result.solution,
        bound=bound,
    )
    warn_of_days(plan, rules=True)
    _warn_of_unkept(plan)
    return plan


_refuse_others = arguments.refuse_others(plan_visits)


def _check_start(start: PlanData, problem: VisitProblem, names: Names) -> None:
    """Refuse a plan whose numbers stand for other schools, teams or days."""
    before = start.names
    known = (
        ("schools", before.sites, names.sites),
        ("teams", before.teams, names.teams),
        ("days", (before.first_day, start.problem.days), (names.first_day, problem.days)),
    )
    if others := [what for what, old, new in known if old != new]:
        owner = "plan_visits"
        fault = f"must be a plan of the same {' and '.join(others)}; replan() begins from others"
        raise InvalidFieldError(owner, "start", fault)


def _parts(
    schools: Iterable[School], demand: Iterable[SchoolDemand], teams: Iterable[Team]
) -> tuple[tuple[School, ...], tuple[SchoolDemand, ...], tuple[Team, ...]]:
    owner = "plan_visits"
    listed = "School, such as read_schools(...).schools"
    counted = "SchoolDemand, such as demand_of(roster) returns"
    return (
        arguments.several(owner, "schools", schools, School, listed),
        arguments.several(owner, "demand", demand, SchoolDemand, counted),
        arguments.several(owner, "teams", teams, Team, "Team"),
    )


def _warn_of_unkept(plan: Plan) -> None:
    if plan.violations:
        faults = "; ".join(violation_text(plan, fault, "en") for fault in plan.violations)
        message = say(TEXTS["unkept_warning"], "en", faults=faults)
        warnings.warn(message, SchoolEktpWarning, stacklevel=3)


def read_season(file: Path | str) -> Season[Plan]:
    """
    Read a season that `Season.save` wrote; it equals the season that was written.

    Args:
        file: The file.

    Raises:
        ReadError: Not such a document, of a later edition, damaged, or its parts do not fit
            together; nothing is taken from it.
    """
    from school_ektp.season.season import season_from_file  # a plan waits for no season

    return season_from_file(file, Plan)
