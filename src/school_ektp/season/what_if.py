"""What if there were more teams, kits, days or hours: one plan for each combination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from itertools import product

import attrs
import polars as pl

from school_ektp.model.clock import TimeWindow
from school_ektp.model.team import Team
from school_ektp.planning.explain import left_over
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.reasons import Reason
from school_ektp.planning.solution import Score, Solution
from school_ektp.planning.solve import SearchResult, solve
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.planning.waiting import left_waiting
from school_ektp.season.changes import Circumstances, more_teams, under
from school_ektp.season.executor import run_all
from school_ektp.season.planned import P, Planned, evolved, rebuilt, richer, taken, worth
from school_ektp.season.transfer import transferred

#: One row per combination, in the order of the arguments.
WHAT_IF = pl.Schema(
    {
        "teams": pl.Int64,
        "kits": pl.Int64,  # of all teams together
        "days": pl.Int64,  # days of the season on which at least one team works
        "hours": pl.String,  # shift of the first team
        "turnout": pl.Float64,  # share of those called who come
        "minutes_per_pupil": pl.Int64,  # of the first team
        "deadline": pl.Date,
        "waiting": pl.Int64,  # pupils who wait on some day until the deadline
        "recorded": pl.Int64,  # of these, expected to be recorded
        "recorded_first": pl.Int64,  # of these, in the first priority class
        "coverage": pl.Float64,  # recorded before and in the season over all who may be
        "team_days": pl.Int64,
        "left_out": pl.Int64,  # pupils waiting when the season is over
        "schools_left": pl.Int64,  # schools at which they wait
        "gained": pl.Int64,  # pupils recorded more than in the plan given
        "team_days_more": pl.Int64,  # team-days more than in the plan given
        "per_team_day": pl.Float64,  # pupils gained per team-day more; null when there is none
    }
)

ROUNDS = 2_000  # enough for some fifty schools; a regency of hundreds wants its own stop rule


def what_if(
    plan: P,
    *,
    teams: Iterable[int] = (),
    kits: Iterable[int] = (),
    days: Iterable[int] = (),
    hours: Iterable[TimeWindow | str] = (),
    turnout: Iterable[float] = (),
    minutes_per_pupil: Iterable[int] = (),
    deadline: Iterable[dt.date] = (),
    stop: Stop | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> pl.DataFrame:
    """
    Return what the season would bring under each combination of other circumstances.

    Every search begins from the plan given. A plan found for one combination is tried for all
    others too, so that whatever allows the visits of a poorer row never reports fewer pupils:
    of the plans known for a row the one with most pupils counts, then the goals in their order.

    Args:
        plan: The plan to start from; it is not changed.
        teams: Numbers of teams; further teams are like the last one.
        kits: Kits of each team.
        days: Days a week on which teams go out, 5 or 6.
        hours: Shifts of each team, such as ``"07:00-16:30"``.
        turnout: Shares of those called who come.
        minutes_per_pupil: Minutes that one kit needs per pupil.
        deadline: Last days of the season.
        stop: Stop rule of each search; ``MaxIterations(2000)`` when None.
        seed: Seed of each search.
        executor: Runs the searches side by side; here and now when None.

    Returns:
        Columns of `WHAT_IF`; one row when nothing is asked.

    Raises:
        InvalidFieldError: The executor forks its processes, or a value nothing accepts.
        ProblemError: No team works under some circumstances.
    """
    asked = (teams, kits, days, hours, turnout, minutes_per_pupil, deadline)
    names = [field.name for field in attrs.fields(Circumstances)]
    ways = [tuple(values) or (None,) for values in asked]
    plans = what_if_plans(
        plan,
        [evolved(Circumstances(), dict(zip(names, some, strict=True))) for some in product(*ways)],
        stop=stop,
        seed=seed,
        executor=executor,
    )
    base = score(plan.problem, plan.solution)
    return pl.DataFrame([_row(one, base) for one in plans], schema=WHAT_IF, orient="row")


def what_if_plans(
    plan: P,
    circumstances: Sequence[Circumstances],
    *,
    stop: Stop | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> list[P]:
    """Return the plan for each of the *circumstances*; arguments as for `what_if`."""
    asked = [under(plan, one) for one in circumstances]
    rule = stop or MaxIterations(ROUNDS)
    tasks = [_Task(one.problem, one.solution, rule, seed) for one in asked]
    found = run_all(_search, tasks, executor)
    plans = [
        richer(one, result.solution, result.bound) for one, result in zip(asked, found, strict=True)
    ]
    return _shared(plans)


@attrs.frozen
class _Task:
    problem: VisitProblem
    start: Solution
    stop: Stop
    seed: int


def _search(task: _Task) -> SearchResult:
    return solve(task.problem, stop=task.stop, seed=task.seed, start=task.start)


def _shared(plans: Sequence[P]) -> list[P]:
    """Give each combination the best plan found for any other that holds in it too."""
    best = [*plans]
    for number, one in enumerate(best):
        for other in plans:
            if worth(other) <= worth(best[number]):
                continue
            visits = transferred(other.problem, other.names, other.solution, one.problem, one.names)
            if not violations(one.problem, visits):
                best[number] = richer(best[number], visits, best[number].bound)
    return best


def _row(plan: Planned, base: Score) -> tuple[object, ...]:
    reached = score(plan.problem, plan.solution)
    last = plan.calendar.last_day
    waiting = sum(demand.on(last) for demand in plan.demand)
    before = sum(demand.recorded for demand in plan.demand)
    gained = reached.pupils - base.pupils
    more = base.team_days - reached.team_days  # both are minus the team-days
    return (
        len(plan.teams),
        sum(team.kits for team in plan.teams),
        _working_days(plan.problem),
        str(plan.teams[0].shift),
        plan.rules.turnout,
        plan.teams[0].minutes_per_pupil,
        last,
        waiting,
        reached.pupils,
        reached.recorded[0],
        (before + reached.pupils) / (before + waiting) if before + waiting else None,
        -reached.team_days,
        waiting - reached.pupils,
        _schools_left(plan),
        gained,
        more,
        gained / more if more else None,
    )


def _working_days(problem: VisitProblem) -> int:
    return sum(any(crew.works(day) for crew in problem.crews) for day in range(problem.days))


def _schools_left(plan: Planned) -> int:
    placed = sum(1 for left in left_waiting(plan.problem, plan.solution) if sum(left))
    return placed + len(plan.names.unplaced)


# How many team-days for everyone -----------------------------------------------------------


@attrs.frozen(kw_only=True)
class TeamDaysToAll:
    """
    How many team-days it takes until everyone is recorded who can be.

    Attributes:
        team_days: Team-days of the least plan found.
        now: Team-days of the plan given.
        teams: Teams it takes within the season.
        recorded: Pupils it records.
        out_of_reach: Pupils that no number of teams would record: absent, without a location,
            of age too late, at a school that never opens, or kept out by a rule.
    """

    team_days: int
    now: int
    teams: int
    recorded: int
    out_of_reach: int

    @property
    def more(self) -> int:
        """Team-days more than in the plan given."""
        return self.team_days - self.now


def team_days_to_record_all(
    plan: P, *, stop: Stop | None = None, seed: int = 0, most_teams: int = 32
) -> TeamDaysToAll:
    """
    Return how many team-days it takes until everyone is recorded who can be.

    Teams like those of the plan are added until nobody is left for want of time; among the
    plans that record as many, the one of fewest team-days counts.

    Args:
        plan: The plan to start from.
        stop: Stop rule of each search; ``MaxIterations(2000)`` when None.
        seed: Seed of each search.
        most_teams: Give up when so many teams are not enough.
    """
    rule = stop or MaxIterations(ROUNDS)
    best = taken(plan, *_found(plan, rule, seed))
    while _short_of_time(best) and len(best.teams) < most_teams:
        number = min(len(best.teams), most_teams - len(best.teams))
        wider = rebuilt(best, teams=(*best.teams, *_copies(best, number)))
        best = taken(wider, *_found(wider, rule, seed))
    reached = score(best.problem, best.solution)
    last = best.calendar.last_day
    return TeamDaysToAll(
        team_days=-reached.team_days,
        now=-score(plan.problem, plan.solution).team_days,
        teams=len({visit.crew for visit in best.solution.visits}),
        recorded=reached.pupils,
        out_of_reach=sum(demand.on(last) for demand in best.demand) - reached.pupils,
    )


def _found(plan: Planned, stop: Stop, seed: int) -> tuple[Solution, int]:
    found = solve(plan.problem, stop=stop, seed=seed, start=plan.solution)
    return found.solution, found.bound


def _short_of_time(plan: Planned) -> bool:
    """Return whether someone is left whom more teams of the same kind could record."""
    wanting = {Reason.FULL, Reason.SHORT, Reason.MISSED, Reason.KIT_DAY_CAP, Reason.VISITS_PER_DAY}
    return any(left.reason in wanting for left in left_over(plan.problem, plan.solution))


def _copies(plan: Planned, number: int) -> list[Team]:
    per_team = -(-number // len(plan.teams))
    copies = [one for team in plan.teams for one in more_teams(plan, per_team, team)]
    return copies[:number]
