"""Other circumstances: each changes what it names, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.risks import Risks
from school_ektp.season.changes import Circumstances, more_teams, under


def test_a_worse_turn_out_lowers_that_of_repeated_calls_in_proportion(season):
    plan = season(risks=Risks(turnout=0.8, turnout_again=0.6))

    worse = under(plan, Circumstances(turnout=0.4)).risks

    assert (worse.turnout, worse.turnout_again) == (0.4, pytest.approx(0.3))


def test_nothing_asked_leaves_the_plan_as_it_is(season):
    plan = season()

    same = under(plan, Circumstances())

    assert (same.problem, same.solution, same.teams) == (plan.problem, plan.solution, plan.teams)


def test_further_teams_are_like_the_last_with_names_of_their_own(season, make):
    plan = season(teams=[make.team(), make.team(name="Tim 1 +1", kits=3)])

    teams = under(plan, Circumstances(teams=4)).teams

    assert [team.name for team in teams] == ["Tim 1", "Tim 1 +1", "Tim 1 +1 +1", "Tim 1 +1 +2"]
    assert [team.kits for team in teams] == [1, 3, 3, 3]
    assert more_teams(plan, 0) == []


@pytest.mark.parametrize(
    ("circumstances", "fault"),
    [
        ({"kits": 1.5}, "kits must be a whole number at least 1, got a float"),
        ({"turnout": 0}, "turnout must be above 0 and at most 1, got 0"),
        ({"deadline": dt.datetime(2024, 9, 9)}, "deadline must be a datetime.date without a time"),
        ({"hours": "pagi"}, "must look like '07:30-12:30'"),
        ({"days": 4}, "days must be 5 or 6 a week, got 4"),
    ],
)
def test_circumstances_that_cannot_be_are_refused(circumstances, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        Circumstances(**circumstances)
