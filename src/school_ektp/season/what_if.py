"""What if there were more teams, kits, days or hours: one plan for each combination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import product
from typing import Any

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.clock import TimeWindow
from school_ektp.model.team import Team
from school_ektp.plan.data import P, PlanData
from school_ektp.planning.checker import evaluate
from school_ektp.planning.constraints import Floor, ReachedBy
from school_ektp.planning.problem import EXPECTED, PUPIL, VisitProblem
from school_ektp.planning.solution import Value
from school_ektp.planning.stop import MaxIterations, Stop
from school_ektp.season.changes import Circumstances, more_teams, under
from school_ektp.season.executor import run_all
from school_ektp.season.rebuild import improved, rebuilt, standing, taken
from school_ektp.season.transfer import placed
from school_ektp.season.turns import Shares

#: One row per combination, in the order of the arguments.
WHAT_IF = pl.Schema(
    {
        "teams": pl.Int64,
        "kits": pl.Int64,  # of all teams together
        "days": pl.Int64,  # days of the season on which at least one team works
        "hours": pl.String,  # shift of the first team
        "turnout": pl.Float64,  # share of those called for the first time who come
        "minutes_per_pupil": pl.Int64,  # of the first team
        "deadline": pl.Date,
        "waiting": pl.Int64,  # pupils who wait on some day until the deadline
        "recorded": pl.Int64,  # of these, expected to be recorded
        "recorded_first": pl.Float64,  # expected in the first priority class
        "coverage": pl.Float64,  # recorded before and in the season over all who may be
        "visits": pl.Int64,
        "team_days": pl.Int64,
        "left_out": pl.Int64,  # pupils waiting when the season is over
        "schools_left": pl.Int64,  # schools at which they wait
        "value": pl.Float64,  # of the plan, in pupils
        "value_gained": pl.Float64,  # more than that of the plan given
        "gained": pl.Float64,  # pupils expected more than in the plan given
        "team_days_more": pl.Int64,  # team-days more than in the plan given
        "per_team_day": pl.Float64,  # pupils gained per team-day more; null when there is none
    }
)

_AFTER = 1.5  # what comes after the searches takes so many times as long as what came before
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
    others too, so that whatever allows the visits of a poorer row is never worth less.

    Args:
        plan: The plan to start from; it is not changed.
        teams: Numbers of teams: the first by name stay, further ones are like the last. A team
            with a field base counts as two.
        kits: Kits of each team.
        days: Days a week on which teams go out, 5 or 6.
        hours: Shifts of each team, such as ``"07:00-16:30"``.
        turnout: Shares of those called for the first time who come.
        minutes_per_pupil: Minutes that one kit needs per pupil.
        deadline: Last days of the season.
        stop: Seconds hold for the whole call, or for each search if an *executor* runs them.
            To build the plan of a row takes a tenth of a second for fifty schools, and half for
            three hundred, whatever the limit. Iterations count for each search.
            ``MaxIterations(2000)`` when None.
        seed: Seed of each search.
        executor: Runs the searches side by side; here and now when None.

    Returns:
        Columns of `WHAT_IF`; one row when nothing is asked.

    Raises:
        InvalidFieldError: The executor forks its processes, an argument is of another kind, or a
            value nothing accepts.
        ProblemError: No team works under some circumstances.

    Warns:
        SchoolEktpWarning: The rows took longer to build than the seconds given.
    """
    given = (teams, kits, days, hours, turnout, minutes_per_pupil, deadline)
    names = [field.name for field in attrs.fields(Circumstances)]
    ways = [_values(name, some) or (None,) for name, some in zip(names, given, strict=True)]
    plans = what_if_plans(
        plan,
        [Circumstances(**dict(zip(names, some, strict=True))) for some in product(*ways)],
        stop=stop,
        seed=seed,
        executor=executor,
    )
    base = evaluate(plan.problem, plan.solution)
    return pl.DataFrame([_row(one, base) for one in plans], schema=WHAT_IF, orient="row")


def _values(name: str, values: object) -> tuple[Any, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        owner, kind = "what_if", type(values).__name__
        fault = f"must be a list, with a plan for each of its values; got a {kind}"
        raise InvalidFieldError(owner, name, fault)
    return tuple(values)


def what_if_plans(
    plan: P,
    circumstances: Sequence[Circumstances],
    *,
    stop: Stop | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> list[P]:
    """Return the plan for each of the *circumstances*; arguments as for `what_if`."""
    arguments.one("what_if", "plan", plan, PlanData, "Plan")
    rule: Stop = MaxIterations(ROUNDS) if stop is None else stop
    shares = Shares.of(rule)
    fresh = [under(plan, one) for one in circumstances]
    shares = shares.keeping(_AFTER)
    if executor is None:
        plans = []
        for place, one in enumerate(fresh):
            watch = shares.watch(len(fresh) - place)
            plans.append(one if shares.over else improved(one, stop=watch, seed=seed))
    else:
        plans = run_all(partial(improved, stop=rule, seed=seed), fresh, executor)
    shared = _shared(plans)
    if executor is None:
        shares.warn_if_late("what_if")
    return shared


def _shared(plans: Sequence[P]) -> list[P]:
    """Give each combination the best plan found for any other that holds in it as it stands."""
    found = [(standing(one.problem, one.solution), one) for one in plans]
    best = []
    for own, one in found:
        mine = one
        for value, other in sorted(found, key=lambda pair: pair[0], reverse=True):
            # With the same luck, visits are worth the same wherever they can be made.
            if other is not one and (other.risks != one.risks or value > own):
                visits = placed(other.names, other.solution, one.problem, one.names)
                mine = taken(mine, visits)
        best.append(mine)
    return best


def _row(plan: PlanData, base: Value) -> tuple[object, ...]:
    reached = evaluate(plan.problem, plan.solution)
    recorded = sum(visit.recorded for visit in plan.visit_list)
    last = plan.calendar.last_day
    waiting = sum(demand.on(last) for demand in plan.demand)
    before = sum(demand.recorded for demand in plan.demand)
    gained = (reached.pupils - base.pupils) / EXPECTED
    more = reached.team_days - base.team_days
    return (
        len(plan.teams),
        sum(team.kits for team in plan.teams),
        _working_days(plan.problem),
        str(plan.teams[0].shift),
        plan.risks.turnout,
        plan.teams[0].minutes_per_pupil,
        last,
        waiting,
        recorded,
        reached.recorded[0] / EXPECTED,
        (before + recorded) / (before + waiting) if before + waiting else None,
        reached.visits,
        reached.team_days,
        waiting - recorded,
        _schools_left(plan),
        reached.total / PUPIL,
        (reached.total - base.total) / PUPIL,
        gained,
        more,
        gained / more if more else None,
    )


def _working_days(problem: VisitProblem) -> int:
    return sum(any(team.works(day) for team in problem.teams) for day in range(problem.days))


def _schools_left(plan: PlanData) -> int:
    left = {demand.npsn: demand.on(plan.calendar.last_day) for demand in plan.demand}
    for visit in plan.visit_list:
        left[visit.site] -= visit.recorded
    return sum(pupils > 0 for pupils in left.values())


# How many team-days for everyone -----------------------------------------------------------


@attrs.frozen(kw_only=True)
class TeamDaysToAll:
    """
    How many team-days it takes until everybody has been called once.

    Attributes:
        team_days: Team-days of the plan found.
        now: Team-days of the plan given.
        teams: Teams it takes within the season.
        recorded: Pupils it is expected to record.
        out_of_reach: Pupils for whom there is no room or no day, whatever the number of teams:
            absent, without a location, at a school that never opens, or kept out by a rule.
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


def team_days_to_reach_all(
    plan: P, *, stop: Stop | None = None, seed: int = 0, most_teams: int = 32
) -> TeamDaysToAll:
    """
    Return how many team-days it takes until everybody has been called once.

    Teams like those of the plan are added until there is a visit for everybody, with room for
    those expected, or until more teams reach nobody more.

    Args:
        plan: The plan to start from.
        stop: Seconds hold for the whole call, iterations for each search;
            ``MaxIterations(2000)`` when None.
        seed: Seed of each search.
        most_teams: Give up when so many teams are not enough.

    Raises:
        InvalidFieldError: An argument is of another kind.
    """
    owner = "team_days_to_reach_all"
    arguments.one(owner, "plan", plan, PlanData, "Plan")
    arguments.whole(owner, "most_teams", most_teams, least=1)
    shares = Shares.of(MaxIterations(ROUNDS) if stop is None else stop)
    best = improved(_reaching_all(plan), stop=shares.watch(2), seed=seed)
    while _missing(best) and len(best.teams) < most_teams and not shares.over:
        number = min(len(best.teams), most_teams - len(best.teams))
        teams = (*best.teams, *_copies(best, number))
        wider = _reaching_all(rebuilt(best, teams=teams))
        wider = improved(wider, stop=shares.watch(2), seed=seed)
        if _missing(wider) >= _missing(best):
            break
        best = wider
    located = set(best.names.sites)
    nowhere = sum(d.on(best.calendar.last_day) for d in best.demand if d.npsn not in located)
    return TeamDaysToAll(
        team_days=evaluate(best.problem, best.solution).team_days,
        now=evaluate(plan.problem, plan.solution).team_days,
        teams=len({visit.team for visit in best.solution.visits}),
        recorded=sum(visit.recorded for visit in best.visit_list),
        out_of_reach=nowhere + -(-_missing(best) // EXPECTED),
    )


def _reaching_all(plan: P) -> P:
    """Return the plan for the problem in which everybody must be called, its own floors aside."""
    problem = plan.problem
    rules = [r for r in problem.constraints if not isinstance(r, Floor | ReachedBy)]
    districts = sorted({site.district for site in problem.sites})
    dates = [ReachedBy(district, problem.days - 1) for district in districts]
    return attrs.evolve(plan, problem=attrs.evolve(problem, constraints=(*rules, *dates)))


def _missing(plan: PlanData) -> int:
    """Return hundredths of pupils who are not called, or find no room."""
    return evaluate(plan.problem, plan.solution).shortfall


def _copies(plan: PlanData, number: int) -> list[Team]:
    per_team = -(-number // len(plan.teams))
    copies = [one for team in plan.teams for one in more_teams(plan, per_team, team)]
    return copies[:number]
