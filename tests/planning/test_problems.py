"""The drawn problems are what they say, and every rule and edge turns up among them."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given

from school_ektp.planning.feasibility import READINGS, violations
from school_ektp.planning.rules import Pinned
from school_ektp.planning.solution import Solution
from school_ektp.testing import problems, random_problem, random_tiny_problem, tiny_problems
from school_ektp.testing.problems import TINY
from school_ektp.testing.stays import called_for, in_order, lone_visit, moment_after

SAMPLE = [random_tiny_problem(seed) for seed in range(1000)]


@given(problems() | tiny_problems())
def test_every_list_has_the_length_of_its_horizon_and_its_sites(problem):
    nodes = max(max(crew.start, crew.end) for crew in problem.crews) + 1
    for site in problem.sites:
        assert len(site.sessions) == problem.days
        assert [group.priority for group in site.groups] == sorted(
            group.priority for group in site.groups
        )
        for group in site.groups:
            assert all(day < problem.days and pupils >= 0 for day, pupils in group.arrivals)
    for crew in problem.crews:
        assert {len(crew.shifts), len(crew.breaks), len(crew.kits)} == {problem.days}
        assert len(crew.setup) == len(crew.packdown) == len(problem.sites)
        assert len(crew.minutes_per_pupil) == len(problem.sites)
        assert crew.travel < len(problem.travel)
    for matrix in problem.travel:
        assert all(len(row) == len(matrix) >= nodes for row in matrix)


@given(problems())
def test_driving_obeys_the_triangle_law(problem):
    for matrix in problem.travel:
        nodes = range(len(matrix))
        assert all(
            matrix[a][c] <= matrix[a][b] + matrix[b][c] for a, b, c in product(nodes, repeat=3)
        )


@given(tiny_problems())
def test_a_pin_alone_can_be_kept(problem):
    for pin in [rule for rule in problem.rules if isinstance(rule, Pinned)]:
        stays = (
            lone_visit(problem, crew=pin.crew, day=pin.day, site=pin.site, most=most)
            for most in range(1, 5)
        )
        assert any(stay and not violations(problem, Solution((stay,))) for stay in stays)


def test_the_same_seed_gives_the_same_problem():
    assert random_tiny_problem(7) == random_tiny_problem(7)
    assert random_problem(7) == random_problem(7) != random_problem(8)


def test_tiny_problems_stay_tiny():
    assert max(problem.pupils for problem in SAMPLE) <= TINY.all_pupils


def test_every_kind_of_rule_turns_up():
    kinds = Counter(type(rule) for problem in SAMPLE for rule in problem.rules)

    assert set(kinds) == set(READINGS)
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
    "absentees": lambda p: any(site.turnout < 100 for site in p.sites),
    "a crew that never works": lambda p: any(not any(c.shifts) for c in p.crews),
    "a day without kits": lambda p: any(0 in crew.kits for crew in p.crews),
    "a break": lambda p: any(any(crew.breaks) for crew in p.crews),
    "a way home to elsewhere": lambda p: any(c.start != c.end for c in p.crews),
    "a slower car": lambda p: any(crew.travel for crew in p.crews),
    "two schools at one place": lambda p: any(
        p.travel[0][a][b] == 0 for a in range(len(p.sites)) for b in range(a)
    ),
    "all recorded at once": lambda p: any(0 in crew.minutes_per_pupil for crew in p.crews),
    "no overbooking": lambda p: not p.overbook,
    "equity": lambda p: p.equity,
}


@pytest.mark.parametrize("edge", EDGES)
def test_every_edge_turns_up(edge):
    assert any(EDGES[edge](problem) for problem in SAMPLE)


# The clock the tests trust ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "breaks", "moment"),
    [
        (0, (), 100),
        (30, (), 130),
        (30, ((110, 120),), 140),
        (10, ((110, 120),), 110),  # done as the break begins
        (30, ((90, 105),), 135),  # begins within a break
        (30, ((60, 90),), 130),  # over before
        (30, ((110, 120), (125, 126)), 141),
        (30, ((115, 120), (110, 116)), 140),  # they overlap
    ],
)
def test_moment_after_skips_breaks(minutes, breaks, moment):
    assert moment_after(100, minutes, breaks) == moment


def test_in_order_fills_early_groups_first():
    assert in_order(5, (3, 4, 1)) == (3, 2, 0)


@pytest.mark.parametrize(
    ("recorded", "waiting", "turnout", "called"),
    [
        ((2, 3), (9, 9), 100, (2, 3)),
        ((2, 3), (9, 9), 50, (7, 3)),
        ((1, 1), (1, 9), 50, None),  # one called, none comes of the first group
        ((0, 4), (5, 4), 50, (4, 4)),
        ((3,), (2,), 100, None),
        ((), (), 85, ()),
    ],
)
def test_called_for_calls_as_few_as_it_can(recorded, waiting, turnout, called):
    assert called_for(recorded, waiting, turnout=turnout) == called
