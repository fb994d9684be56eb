"""What-if tables: one row per combination, more never reported as less, on any executor."""

from __future__ import annotations

import datetime as dt
from itertools import count

import attrs
import pytest

from school_ektp.errors import InvalidFieldError, SchoolEktpWarning
from school_ektp.model.risks import Risks
from school_ektp.model.worth import Worth
from school_ektp.planning.checker import violations
from school_ektp.planning.stop import MaxIterations, MaxSeconds
from school_ektp.season.changes import Circumstances
from school_ektp.season.what_if import WHAT_IF, team_days_to_reach_all, what_if, what_if_plans

FEW = MaxIterations(40)


def test_one_more_team_records_one_more_hour_of_pupils(season):
    table = what_if(season(), teams=[1, 2], stop=FEW)

    assert table.select("teams", "recorded", "left_out", "team_days", "per_team_day").rows() == [
        (1, 5, 1, 1, None),
        (2, 6, 0, 2, 1.0),
    ]


def test_teams_that_a_row_lacks_take_their_rates_with_them(season, make):
    risks = attrs.evolve(Risks.none(), day_lost_by_team={"Tim 2": 0.5})
    plan = season(teams=[make.team(), make.team(name="Tim 2")], risks=risks)

    one, two = what_if_plans(plan, [Circumstances(teams=1), Circumstances(teams=2)], stop=FEW)

    assert (one.risks, two.risks) == (Risks.none(), risks)
    [fewer] = what_if_plans(plan, [Circumstances(teams=1, turnout=0.5)], stop=FEW)
    assert (fewer.risks.turnout, fewer.risks.day_lost_by_team) == (0.5, ())


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


def test_rows_that_take_longer_than_the_limit_are_told(season):
    """The clock strikes whenever it is looked at."""
    plan, ticks = season(), count()

    with pytest.warns(SchoolEktpWarning, match=r"what_if took [\d.]+ times its limit"):
        table = what_if(plan, teams=[1, 2], stop=MaxSeconds(1, clock=ticks.__next__))

    assert table["recorded"].to_list() == [5, 5]  # no time to search


def test_seconds_hold_for_all_rows_and_what_comes_after_them(season):
    spent = []

    def clock():
        spent.append(len(spent))
        return spent[-1]

    what_if(season(), teams=[1, 2, 3], kits=[1, 2], stop=MaxSeconds(200, clock=clock))

    assert 150 < spent[-1] <= 220


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
    circumstances = [Circumstances(teams=2), Circumstances(kits=3), Circumstances(turnout=0.6)]

    for plan in what_if_plans(season(), circumstances, stop=FEW):
        assert violations(plan.problem, plan.solution) == ()


@pytest.mark.parametrize(
    ("circumstances", "fault"),
    [
        ({"teams": [0]}, "teams must be a whole number at least 1"),
        ({"days": [7]}, "days must be 5 or 6"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(circumstances, fault, season):
    with pytest.raises(InvalidFieldError, match=fault):
        what_if(season(), **circumstances)


def test_value_and_pupils_are_reported_against_the_plan_given(season):
    plan = season(worth=Worth(visit=0.5, team_day=1, driving_hour=0, waiting_week=0))

    one, two = what_if(plan, kits=[1, 2], stop=FEW).rows(named=True)

    assert (one["value"], one["value_gained"], one["gained"]) == (3.5, 0, 0)
    assert (two["value"], two["value_gained"], two["gained"]) == (4.5, 1, 1)


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
