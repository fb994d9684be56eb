"""What-if tables: one row per combination, more never reported as less, on any executor."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import attrs
import pytest
from polars.testing import assert_frame_equal

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.risks import Risks
from school_ektp.model.travel import TravelTable, base_of
from school_ektp.model.worth import Worth
from school_ektp.planning.build import build_problem
from school_ektp.planning.checker import violations
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.changes import Circumstances, under
from school_ektp.season.executor import check_executor, spawning_pool
from school_ektp.season.rebuild import rebuilt
from school_ektp.season.what_if import WHAT_IF, team_days_to_reach_all, what_if, what_if_plans

FEW = MaxIterations(40)


def test_one_more_team_records_one_more_hour_of_pupils(season):
    table = what_if(season(), teams=[1, 2], stop=FEW)

    assert table.select("teams", "recorded", "left_out", "team_days", "per_team_day").rows() == [
        (1, 5, 1, 1, None),
        (2, 6, 0, 2, 1.0),
    ]


ONE_WAY = {
    "kits": ([1, 2], [5, 6]),
    "turnout": ([0.5, 1.0], [3, 5]),
    "minutes_per_pupil": ([10, 5], [5, 6]),
    "deadline": ([dt.date(2024, 9, 9), dt.date(2024, 9, 10)], [5, 6]),
    "hours": (["07:00-08:55", "07:00-09:30"], [4, 5]),
}


@pytest.mark.parametrize("name", ONE_WAY)
def test_each_circumstance_changes_what_it_names(name, season):
    values, recorded = ONE_WAY[name]

    table = what_if(season(), **{name: values}, stop=FEW)

    assert table["recorded"].to_list() == recorded
    assert table["left_out"].to_list() == [6 - some for some in recorded]


def test_six_days_a_week_bring_the_saturday(season, make):
    plan = season(demand=[make.demand(pupils=30)], days=6)

    table = what_if(plan, days=[5, 6], stop=FEW)

    assert table.select("days", "recorded").rows() == [(5, 25), (6, 30)]


def test_combinations_are_rows_in_the_order_of_the_arguments(season):
    table = what_if(season(), teams=[1, 2], kits=[1, 2], stop=FEW)

    assert table.select("teams", "kits").rows() == [(1, 1), (1, 2), (2, 2), (2, 4)]
    assert table.schema == WHAT_IF


def test_what_if_without_changes_gives_the_plan_itself(season):
    plan = season()

    (row,) = what_if(plan, stop=MaxIterations(0)).rows(named=True)

    assert (row["recorded"], row["gained"], row["team_days_more"]) == (plan.recorded, 0, 0)


@pytest.mark.parametrize(("pupils", "seed"), [(7, 1), (23, 2), (40, 3), (60, 4)])
def test_more_resource_is_never_worth_less(season, make, pupils, seed):
    """A search of three iterations is poor, and poor in its own way for each row."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=pupils), make.demand(1, pupils=20)],
        days=2,
        iterations=5,
    )

    table = what_if(plan, teams=[1, 2, 3], kits=[1, 2, 3], stop=MaxIterations(3), seed=seed)

    for wanted in ("teams", "kits"):
        other = "kits" if wanted == "teams" else "teams"
        per = table.with_columns(kits=table["kits"] // table["teams"])
        for _, rows in per.group_by(other):
            assert rows.sort(wanted)["value"].is_sorted()


def test_plans_behind_the_rows_hold(season):
    asked = [Circumstances(teams=2), Circumstances(kits=3), Circumstances(turnout=0.6)]

    for plan in what_if_plans(season(), asked, stop=FEW):
        assert violations(plan.problem, plan.solution) == ()


def test_an_executor_changes_nothing_but_the_time(season):
    plan = season()
    here = what_if(plan, teams=[1, 2], stop=FEW)

    with ThreadPoolExecutor(2) as threads:
        assert_frame_equal(what_if(plan, teams=[1, 2], stop=FEW, executor=threads), here)
    with spawning_pool(1) as processes:
        assert_frame_equal(what_if(plan, teams=[1, 2], stop=FEW, executor=processes), here)


def test_a_pool_that_forks_is_refused(season):
    plan, forks = season(), ProcessPoolExecutor(1, mp_context=get_context("fork"))
    with forks, pytest.raises(InvalidFieldError, match="spawning_pool"):
        what_if(plan, teams=[2], executor=forks)
    check_executor(ProcessPoolExecutor(1, mp_context=get_context("spawn")))


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"teams": [0]}, "teams must be a whole number at least 1"),
        ({"days": [7]}, "days must be 5 or 6"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(asked, fault, season):
    with pytest.raises(InvalidFieldError, match=fault):
        what_if(season(), **asked)


def test_value_and_pupils_are_told_against_the_plan_given(season):
    plan = season(worth=Worth(visit=0.5, team_day=1, driving_hour=0, waiting_week=0))

    one, two = what_if(plan, kits=[1, 2], stop=FEW).rows(named=True)

    assert (one["value"], one["value_gained"], one["gained"]) == (3.5, 0, 0)
    assert (two["value"], two["value_gained"], two["gained"]) == (4.5, 1, 1)


def test_a_worse_turn_out_lowers_that_of_repeated_calls_in_proportion(season):
    plan = season(risks=Risks(turnout=0.8, turnout_again=0.6))

    worse = under(plan, Circumstances(turnout=0.4)).risks

    assert (worse.turnout, worse.turnout_again) == (0.4, pytest.approx(0.3))


def test_everyone_takes_as_many_team_days_as_hours(season, make):
    """Six pupils take two visits of an hour; the third school has no place to go to."""
    plan = season(
        schools=[make.school(), make.school(1, location=None)],
        demand=[make.demand(), make.demand(1, pupils=3)],
    )

    answer = team_days_to_reach_all(plan, stop=FEW)

    assert (answer.team_days, answer.now, answer.more) == (2, 1, 1)
    assert (answer.recorded, answer.out_of_reach, answer.teams) == (6, 3, 2)


def test_teams_that_reach_nobody_more_are_not_added(season, make):
    """The second school is closed all the season."""
    closed = make.school(1, closed=[make.monday])
    plan = season(schools=[make.school(), closed], demand=[make.demand(), make.demand(1, pupils=3)])

    answer = team_days_to_reach_all(plan, stop=FEW)

    assert (answer.recorded, answer.out_of_reach, answer.teams) == (6, 3, 2)


def test_a_longer_season_keeps_the_visits_as_they_are(season):
    plan = season()

    longer = under(plan, Circumstances(deadline=dt.date(2024, 9, 13)))

    assert longer.solution == plan.solution
    assert longer.problem.days == 5


def test_driving_times_that_were_given_stay(season, make):
    """A plan made with a table of its own keeps it, also where a team is added."""
    places = [make.npsn[0], base_of("Tim 1")]
    table = TravelTable(places, [[0, 7], [7, 0]])
    plan = season()
    problem, names = build_problem(
        plan.schools, plan.demand, plan.teams, plan.calendar, rules=plan.rules,
        worth=plan.worth, risks=plan.risks, travel=table,
    )  # fmt: skip
    given_table = attrs.evolve(plan, problem=problem, names=names)

    wider = under(given_table, Circumstances(teams=2, deadline=dt.date(2024, 9, 11)))

    assert {wider.problem.travel[0][c.start][0] for c in wider.problem.teams} == {7}
    assert rebuilt(plan).problem == plan.problem


def test_classes_that_only_a_longer_season_tells_apart_keep_their_pupils(season, make):
    """In the second week one class is away: one group of the first week becomes two."""
    groups = [
        WaitingGroup(class_name="XI", steps=[(make.monday, 4)]),
        WaitingGroup(class_name="XII", steps=[(make.monday, 4)]),
    ]
    week_two = DaySpan(make.monday + dt.timedelta(days=7), make.monday + dt.timedelta(days=11))
    plan = season(
        demand=[SchoolDemand(npsn=make.npsn[0], groups=groups)],
        days=2,
        closures=[Closure(week_two, "placement", class_name="XI")],
    )

    longer = under(plan, Circumstances(deadline=make.monday + dt.timedelta(days=13)))

    assert [len(p.problem.sites[0].groups) for p in (plan, longer)] == [1, 2]
    assert longer.solution == plan.solution
    assert longer.recorded == plan.recorded > 0
    assert not violations(longer.problem, longer.solution)
