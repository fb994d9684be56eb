"""Whether a problem from elsewhere is one: each fault is found, and nothing sound is refused."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from school_ektp.planning.constraints import (
    Floor,
    Forbidden,
    OneVisit,
    Pinned,
    TeamDayBudget,
    VisitsPerDay,
)
from school_ektp.planning.problem import ALL, Group, Luck, Price
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.soundness import MOST_DAYS, faults, solution_faults
from school_ektp.testing.problems import problems
from towns import town


@given(problems())
def test_what_is_built_is_sound(problem):
    assert [*faults(problem)] == []
    assert [*solution_faults(problem, Solution())] == []


PROBLEM = town(4, 5, days=2, constraints=[Forbidden(0, 0), TeamDayBudget(1, 0, 1), Floor(0, 1)])


def site(**changes):
    return {"sites": (attrs.evolve(PROBLEM.sites[0], **changes), *PROBLEM.sites[1:])}


def group(**changes):
    return site(groups=(attrs.evolve(PROBLEM.sites[0].groups[0], **changes),))


def team(**changes):
    return {"teams": (attrs.evolve(PROBLEM.teams[0], **changes),)}


def rule(one):
    return {"constraints": (one,)}


EDITS = [
    ({"days": -1}, "days must be from 0 to 10,000"),
    ({"days": MOST_DAYS + 1}, "days must be from 0 to 10,000"),
    ({"today": -1}, "today must be from 0 to 10,000"),
    ({"luck": Luck(never=ALL + 1)}, "luck.never must be from 0 to 1,000 thousandths"),
    ({"price": Price(visit=-1)}, "price.visit must be from 0"),
    ({"price": Price(waiting=ALL + 1)}, "price.waiting must be from 0"),
    ({"price": Price(weights=(1, -1))}, "price.weights must not be negative"),
    ({"travel": ()}, "teams[0].travel must be the number of a matrix"),
    ({"travel": (((0, 1, 2), (1, 0), (1, 1, 0)),)}, "travel[0] must be square"),
    ({"travel": (((0, -1, 1), (1, 0, 1), (1, 1, 0)),)}, "travel[0] must not hold negative"),
    ({"travel": (((0, 1, 1), (1, 5, 1), (1, 1, 0)),)}, "travel[0] must be 0 from a node to it"),
    (site(sessions=()), "sites[0].sessions must be 2 lists, one for each day"),
    (site(sessions=(((60, 0),), ())), "sites[0].sessions must hold windows of one day in order"),
    (site(turnout=ALL + 1), "sites[0].turnout must be from 0"),
    (site(turnout_again=-1), "sites[0].turnout_again must be from 0"),
    (site(district=-1), "sites[0].district must be from 0"),
    (site(held=(-1, -2)), "sites[0].held must be days of the past, in order"),
    (
        site(groups=(Group(priority=1, arrivals=()), Group(arrivals=()))),
        "sites[0].groups must be in order of priority",
    ),
    (group(priority=-1), "sites[0].groups[0].priority must be from 0"),
    (group(arrivals=((1, 2), (0, 2))), "sites[0].groups[0].arrivals must be on days of"),
    (group(arrivals=((0, -2),)), "sites[0].groups[0].pupils must be from 0"),
    (group(stayed_away=(99,)), "sites[0].groups[0].stayed_away must not be more pupils"),
    (group(away=frozenset({7})), "sites[0].groups[0].away must hold days of the horizon"),
    (team(shifts=()), "teams[0].shifts must be 2 values, one for each day"),
    (team(kits=(1, -1)), "teams[0].kits must be from 0"),
    (team(setup=(5,)), "teams[0].setup must be 2 values, one for each site"),
    (team(packdown=(0, -1)), "teams[0].packdown must be from 0"),
    (team(breaks=(((9, 9),), ())), "teams[0].shifts and breaks must be windows of one day"),
    (team(out=frozenset({9})), "teams[0].out must hold days of the past"),
    (team(start=0), "teams[0].start and end must be nodes after the sites"),
    (rule(Forbidden(1, 0)), "constraints[0].team must be from 0 to 0"),
    (rule(OneVisit(2)), "constraints[0].site must be from 0 to 1"),
    (rule(Pinned(0, 2, 0, 60, 1)), "constraints[0].day must be from 0 to 1"),
    (rule(Pinned(0, 0, 0, 1_441, 1)), "constraints[0].start must be a minute of the day"),
    (rule(Floor(-1, 1)), "constraints[0].district must be from 0"),
    (rule(VisitsPerDay(-1)), "constraints[0].most must be from 0"),
    (rule(TeamDayBudget(1, 1, 0)), "constraints[0].first must not be after last"),
]


@pytest.mark.parametrize(("edit", "fault"), EDITS)
def test_each_edit_has_its_own_fault(edit, fault):
    assert [*faults(PROBLEM)] == []

    (found,) = faults(attrs.evolve(PROBLEM, **edit))

    assert found.startswith(fault)


VISIT = SiteVisit(day=0, team=0, start=10, site=0, arrive=10, end=30, room=3)
VISITS = [
    ({"day": 2}, "visits[0].day must be from 0 to 1"),
    ({"team": -1}, "visits[0].team must be from 0 to 0"),
    ({"site": 2}, "visits[0].site must be from 0 to 1"),
    ({"start": 5}, "visits[0]: arrive, start and end must be minutes of one day, in order"),
    ({"end": 1_441}, "visits[0]: arrive, start and end must be minutes of one day, in order"),
    ({"room": 0}, "visits[0].room must be from 1"),
]


@pytest.mark.parametrize(("edit", "fault"), VISITS)
def test_a_visit_that_cannot_be_is_found(edit, fault):
    assert [*solution_faults(PROBLEM, Solution((VISIT,)))] == []
    assert [*solution_faults(PROBLEM, Solution((attrs.evolve(VISIT, **edit),)))] == [fault]
