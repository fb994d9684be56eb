"""The drawn problems are what they say, and every constraint and edge turns up among them."""

from __future__ import annotations

from collections import Counter
from itertools import product

import attrs
import pytest
from hypothesis import given

from school_ektp.planning.checker import CHECKS, violations
from school_ektp.planning.constraints import Pinned
from school_ektp.planning.problem import Luck, Price
from school_ektp.planning.solution import Solution
from school_ektp.testing import (
    problems,
    random_problem,
    random_tiny_problem,
    tiny_problems,
)
from school_ektp.testing.problems import TINY
from school_ektp.testing.stays import lone_visit


@pytest.fixture(scope="module")
def sample():
    """Give a thousand tiny problems."""
    return [random_tiny_problem(seed) for seed in range(1000)]


@given(problems() | tiny_problems())
def test_every_list_has_the_length_of_its_horizon_and_its_sites(problem):
    nodes = max(max(team.start, team.end) for team in problem.teams) + 1
    for site in problem.sites:
        assert len(site.sessions) == problem.days
        assert [group.priority for group in site.groups] == sorted(
            group.priority for group in site.groups
        )
        assert list(site.held) == sorted(set(site.held))
        assert all(day < problem.today for day in site.held)
        for group in site.groups:
            assert all(day < problem.days and pupils >= 0 for day, pupils in group.arrivals)
            assert sum(group.stayed_away) <= group.arrived(0)
    for team in problem.teams:
        assert {len(team.shifts), len(team.breaks), len(team.kits)} == {problem.days}
        assert len(team.setup) == len(team.packdown) == len(problem.sites)
        assert len(team.minutes_per_pupil) == len(problem.sites)
        assert team.travel < len(problem.travel)
        assert all(day < problem.today for day in team.out)
    for matrix in problem.travel:
        assert all(len(row) == len(matrix) >= nodes for row in matrix)


@given(problems())
def test_driving_times_obey_the_triangle_inequality(problem):
    for matrix in problem.travel:
        nodes = range(len(matrix))
        assert all(
            matrix[a][c] <= matrix[a][b] + matrix[b][c] for a, b, c in product(nodes, repeat=3)
        )


@given(tiny_problems())
def test_a_pin_alone_can_be_kept(problem):
    for pin in [rule for rule in problem.constraints if isinstance(rule, Pinned)]:
        stays = (
            lone_visit(problem, team=pin.team, day=pin.day, site=pin.site, most=most)
            for most in range(1, 5)
        )
        assert any(stay and not violations(problem, Solution((stay,))) for stay in stays)


def test_the_same_seed_gives_the_same_problem():
    assert random_tiny_problem(7) == random_tiny_problem(7)
    assert random_problem(7) == random_problem(7) != random_problem(8)


def test_tiny_problems_stay_tiny(sample):
    assert max(problem.pupils for problem in sample) <= TINY.all_pupils


def test_every_kind_of_constraint_turns_up(sample):
    kinds = Counter(type(rule) for problem in sample for rule in problem.constraints)

    assert set(kinds) == set(CHECKS)
    assert min(kinds.values()) > 20


EDGES = {
    "a school without groups": lambda p: any(not site.groups for site in p.sites),
    "nobody waits anywhere": lambda p: p.pupils == 0,
    "a school that is always closed": lambda p: any(not any(s.sessions) for s in p.sites),
    "two sessions on a day": lambda p: any(len(w) > 1 for s in p.sites for w in s.sessions),
    "pupils who turn 16 later": lambda p: any(
        len(g.arrivals) > 1 for s in p.sites for g in s.groups
    ),
    "a class away": lambda p: any(g.away for s in p.sites for g in s.groups),
    "a second class of priority": lambda p: p.priorities > 1,
    "absentees": lambda p: any(site.turnout < 1000 for site in p.sites),
    "a team that never works": lambda p: any(not any(c.shifts) for c in p.teams),
    "a day without kits": lambda p: any(0 in team.kits for team in p.teams),
    "a break": lambda p: any(any(team.breaks) for team in p.teams),
    "a way home to elsewhere": lambda p: any(c.start != c.end for c in p.teams),
    "a slower car": lambda p: any(team.travel for team in p.teams),
    "two schools at one place": lambda p: any(
        p.travel[0][a][b] == 0 for a in range(len(p.sites)) for b in range(a)
    ),
    "all recorded at once": lambda p: any(0 in team.minutes_per_pupil for team in p.teams),
    "nothing left to luck": lambda p: p.luck == Luck(),
    "visits that fail": lambda p: p.luck.held < 1000,
    "pupils who never come": lambda p: p.luck.never,
    "turn-out that varies": lambda p: p.luck.turnout_spread,
    "a pace that varies": lambda p: p.luck.room_spread,
    "only pupils count": lambda p: p.price == Price(),
    "a price of everything": lambda p: min(attrs.astuple(p.price)[:4]) > 0,
    "weights of classes": lambda p: p.price.weights,
    "a season that has begun": lambda p: p.today,
    "a school visited before today": lambda p: any(site.held for site in p.sites),
    "a team that was out before today": lambda p: any(team.out for team in p.teams),
    "pupils who stayed away twice": lambda p: any(
        len(g.stayed_away) > 1 for s in p.sites for g in s.groups
    ),
    "absentees who come as often again": lambda p: any(
        site.turnout == site.turnout_again < 1000 for site in p.sites
    ),
}


@pytest.mark.parametrize("edge", EDGES)
def test_every_edge_turns_up(edge, sample):
    assert any(EDGES[edge](problem) for problem in sample)
