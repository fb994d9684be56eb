"""Instances of the literature: loaded, planned with default settings, driven again in floats."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import attrs
import pytest

from school_ektp.planning.feasibility import violations
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FOLDER = BENCHMARKS / "instances"


def _load_reader():
    spec = importlib.util.spec_from_file_location("_instances", BENCHMARKS / "_instances.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


reader = _load_reader()
best_known = reader.read_best_known(FOLDER)


@pytest.mark.parametrize(("name", "teams"), sorted(best_known), ids=str)
def test_plans_hold_and_come_near_the_best_known(name, teams):
    instance = reader.read_instance(FOLDER / f"{name}.txt", teams)
    problem = instance.problem()

    result = solve(problem, stop=MaxIterations(1_500))

    assert violations(problem, result.solution) == ()
    score = instance.verified(result.solution)
    assert score == result.score.pupils
    assert 0.95 * best_known[name, teams] <= score <= best_known[name, teams]


def test_a_proved_value_is_reached_and_fixes_the_convention_of_distances():
    """r101 with one team: 198 is proved; other roundings give other optima."""
    instance = reader.read_instance(FOLDER / "r101.txt", 1)

    result = solve(instance.problem(), stop=MaxIterations(3_000))

    assert instance.verified(result.solution) == 198


def test_chao_distances_are_exact_and_those_of_solomon_rounded_down():
    assert reader.read_instance(FOLDER / "p4.3.d.txt").decimals is None
    solomon = reader.read_instance(FOLDER / "c101.txt", 1)
    assert solomon.decimals == 1
    assert solomon.distance(0, solomon.sites) == 18.6  # (45, 68) to (40, 50): 18.68...


def test_an_instance_with_windows_needs_a_number_of_teams():
    with pytest.raises(ValueError, match="says no number of teams"):
        reader.read_instance(FOLDER / "c101.txt")


def test_a_route_that_is_too_long_is_caught():
    instance = reader.read_instance(FOLDER / "p6.4.k.txt")
    problem = instance.problem()
    plan = solve(problem, stop=MaxIterations(50)).solution
    crews = {visit.crew for visit in plan.visits}
    assert len(crews) > 1
    one = Solution(tuple(attrs.evolve(visit, crew=0) for visit in plan.visits))
    with pytest.raises(AssertionError, match=r"too long|window is missed"):
        instance.verified(one)


def test_a_route_that_breaks_counts_for_nothing_and_the_others_count():
    instance = reader.read_instance(FOLDER / "p6.4.k.txt")
    plan = solve(instance.problem(), stop=MaxIterations(50)).solution
    route = [visit.site for visit in plan.visits if visit.crew == 0]
    score = sum(instance.points[site].score for site in route)
    too_long = list(range(instance.sites))

    assert instance.worth([route]) == instance.worth([route, route]) == score > 0
    assert instance.worth([route, too_long]) == score
