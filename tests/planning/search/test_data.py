"""What the search looks up: team-days, who can go where, and groups made one."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import FewestPupils, Forbidden, OneVisit, Pinned, Spacing
from school_ektp.planning.problem import Group, Luck
from school_ektp.planning.search.data import SearchData, pooled
from school_ektp.planning.solution import Solution
from school_ektp.testing import problems, rounding, thrown_together
from school_ektp.testing.stays import lone_visit
from towns import town


def bare(problem):
    return attrs.evolve(problem, constraints=())


@given(problems(), st.data())
def test_a_team_day_serves_the_sites_for_which_it_has_time_alone(problem, data):
    free = bare(problem)
    found = SearchData(free)
    site = data.draw(st.integers(0, len(free.sites) - 1))
    for number, td in enumerate(found.team_days):
        alone = lone_visit(free, team=td.team, day=td.day, site=site)
        waiting = free.sites[site].waiting(td.day)
        assert (number in found.serving[site].get(td.day, ())) == (alone is not None)
        if alone is not None:
            assert min(td.hours.lone[site][0], waiting) == alone.room


@given(problems())
def test_team_days_are_those_on_which_teams_can_work(problem):
    found = SearchData(problem)
    able = [
        (team, day)
        for day in range(problem.days)
        for team in range(len(problem.teams))
        if problem.can_work(team, day)
    ]

    assert [(td.team, td.day) for td in found.team_days] == able
    assert [found.number[pair] for pair in able] == list(range(len(able)))


def test_constraints_say_where_a_team_may_not_go():
    problem = town(5, 5, days=2, teams=2, constraints=[Forbidden(0, 1)])
    assert SearchData(problem).serving == [{0: [0, 1], 1: [2, 3]}, {0: [1], 1: [3]}]

    held = attrs.evolve(problem.sites[0], held=(0,))
    later = attrs.evolve(
        problem, sites=(held, problem.sites[1]), today=1, constraints=(Spacing(2),)
    )
    assert SearchData(later).serving == [{}, {1: [0, 1]}]


def test_a_whole_site_needs_a_day_with_room_for_all():
    crowd = town(7, 8, constraints=[OneVisit(0), OneVisit(1)])

    assert SearchData(crowd).serving == [{0: [0]}, {}]


def test_pins_that_hours_refuse_are_no_pins():
    pins = [
        Pinned(0, 0, 0, start=10, pupils=2),
        Pinned(0, 0, 0, pupils=4),
        Pinned(0, 0, 1, start=70),  # after hours
        Pinned(0, 1, 0),  # kept by nobody: the team is at work on day 0 only
    ]
    problem = town(5, 5, days=2, constraints=pins)
    team = attrs.evolve(problem.teams[0], kits=(1, 0))

    found = SearchData(attrs.evolve(problem, teams=(team,)))

    assert found.pins == {(0, 0): Pinned(0, 0, 0, start=10, pupils=4)}
    assert found.announced == [{0: (10, 60)}]


@given(problems(), st.integers(0, 2**16))
def test_pooling_changes_a_plans_value_by_rounding_where_all_come_alike(problem, seed):
    """Where those called again come as others do and nobody minds waiting."""
    sites = tuple(attrs.evolve(site, turnout_again=site.turnout) for site in problem.sites)
    price = attrs.evolve(problem.price, waiting=0)
    luck = attrs.evolve(problem.luck, never=0)
    alike = attrs.evolve(problem, sites=sites, price=price, luck=luck)
    plan = thrown_together(alike, seed)
    apart, joined = evaluate(alike, plan), evaluate(pooled(alike), plan)
    missing, worth = rounding(attrs.evolve(alike, luck=Luck(day_lost=1)), plan)

    assert abs(apart.total - joined.total) <= worth
    assert abs(apart.shortfall - joined.shortfall) <= missing
    assert violations(pooled(bare(alike)), plan) == violations(bare(alike), plan)


@given(problems())
def test_pooling_loses_nobody(problem):
    joined = pooled(problem)

    assert joined.pupils == problem.pupils
    for before, after in zip(problem.sites, joined.sites, strict=True):
        assert len(after.groups) <= len(before.groups)
        for day in range(problem.days):
            assert after.waiting(day) == before.waiting(day)
        called = [sum(map(sum, (g.stayed_away for g in site.groups))) for site in (before, after)]
        assert called[0] == called[1]


def test_groups_that_count_and_are_at_school_alike_are_made_one():
    groups = (
        Group(arrivals=((0, 3), (1, 2)), stayed_away=(1,)),
        Group(priority=1, arrivals=((0, 4),), stayed_away=(1, 1)),
        Group(priority=1, arrivals=((0, 4),), away=frozenset({0})),
    )
    problem = town(Group(arrivals=((0, 1),)), days=2)
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=groups),))

    assert pooled(problem).sites[0].groups == (
        Group(arrivals=((0, 7), (1, 2)), stayed_away=(2, 1)),
        groups[2],
    )


def test_fewest_pupils_are_asked_of_the_groups_as_they_are():
    """A hundredth lost to rounding would break the constraint."""
    problem = town(Group(arrivals=((0, 5),)), constraints=[FewestPupils(5)])

    assert SearchData(problem).problem is problem


@given(problems())
def test_sites_and_days_are_in_an_order_that_no_set_decides(problem):
    """Equal plans on every Python: what is drawn from is sorted."""
    found = SearchData(problem)

    assert all(days == sorted(set(days)) for days in found.days)
    for serving in found.serving:
        assert all(numbers == sorted(set(numbers)) for numbers in serving.values())
    assert found.served == sorted(found.served)
    row = found.problem.travel[0]
    for site, near in enumerate(found.near):
        assert near == sorted(found.served, key=lambda other: row[site][other])[: len(near)]
    assert violations(bare(problem), Solution()) == ()
