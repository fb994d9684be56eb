"""The upper bound: never below the best plan there is, and sharp where it can be seen to be."""

from __future__ import annotations

from itertools import accumulate
from random import Random

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from school_ektp.planning.bound import fewest_team_days, upper_bound
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import (
    DrivingLimit,
    FewestPupils,
    Forbidden,
    KitDayCap,
    ReserveDays,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.simplex import Column, Packing
from school_ektp.testing import best_score, problems, random_problem, tiny_problems


def town(*pupils, rules=(), crews=1, days=1, hours=100, turnout=100, travel=10):
    """Schools *travel* minutes from the base and each other; one kit, 5 minutes, 10 to set up."""
    count = len(pupils)
    crew = Crew(
        start=count,
        end=count,
        shifts=((0, hours),) * days,
        breaks=((),) * days,
        kits=(1,) * days,
        minutes_per_pupil=(5,) * count,
        setup=(10,) * count,
        packdown=(0,) * count,
    )
    sites = tuple(
        Site(
            groups=(Group(arrivals=((0, waiting),)),),
            sessions=(((0, hours),),) * days,
            turnout=turnout,
        )
        for waiting in pupils
    )
    nodes = range(count + 1)
    return VisitProblem(
        days=days,
        sites=sites,
        crews=(crew,) * crews,
        travel=(tuple(tuple(travel * (a != b) for b in nodes) for a in nodes),),
        rules=tuple(rules),
    )


def test_time_at_one_school():
    """100 minutes less 20 of driving and 10 of set-up: 14 pupils."""
    assert upper_bound(town(50)).pupils == 14


def test_set_up_and_driving_of_each_school_count():
    """Three schools of 4 would need 40 of driving, 30 of set-up, 60 of recording: only two fit."""
    assert upper_bound(town(4, 4, 4)).pupils == best_score(town(4, 4, 4)).pupils == 8


def test_who_waits_is_a_bound():
    assert upper_bound(town(3, 2)).pupils == 5


@pytest.mark.parametrize(
    ("rule", "pupils"),
    [
        (VisitsPerDay(1), 14),
        (FewestPupils(15), 0),
        (DrivingLimit(19), 0),
        (KitDayCap(6), 6),
        (ReserveDays(1), 0),
        (Forbidden(0, 0), 0),
    ],
)
def test_rules_lower_the_bound(rule, pupils):
    assert upper_bound(town(50, rules=(rule,))).pupils == pupils


def test_reserve_days_leave_the_best_days():
    problem = town(50, days=3, rules=(ReserveDays(2),))
    long = attrs.evolve(problem.crews[0], shifts=((0, 50), (0, 100), (0, 60)))

    assert upper_bound(attrs.evolve(problem, crews=(long,))).pupils == 14


def test_absentees_of_few_visits():
    assert upper_bound(town(8, days=5, turnout=50, rules=(VisitsPerSite(2),))).pupils == 6


def test_short_stays_are_not_rounded_up():
    """A stay of a minute is less than the steps in which paths are first looked for."""
    problem = town(1, 1, 1, 1, hours=37, travel=0)
    quick = attrs.evolve(problem.crews[0], setup=(0,) * 4, minutes_per_pupil=(2, 1, 1, 1))

    assert upper_bound(attrs.evolve(problem, crews=(quick,))).pupils == 4


def test_those_who_turn_16_after_the_last_visit_are_missed():
    """One crew cannot be at two far schools on the last day."""
    problem = town(1, 1, days=2, hours=100, travel=30)
    late = Group(arrivals=((0, 1), (1, 1)))
    sites = tuple(attrs.evolve(site, groups=(late,)) for site in problem.sites)
    problem = attrs.evolve(problem, sites=sites)

    assert upper_bound(problem).pupils == best_score(problem).pupils == 3


def test_a_stronger_bound_than_time_and_pupils_alone():
    """Two schools of 10 in two days: each day is full with 14, but not with parts of both."""
    problem = town(8, 8, 8, crews=1, days=2)

    assert upper_bound(problem).pupils < min(2 * 14, 24)
    assert upper_bound(problem).pupils >= best_score(problem).pupils


@settings(max_examples=200)
@given(tiny_problems())
def test_no_plan_exceeds_the_bound(problem):
    best = best_score(problem)

    assert all(
        recorded <= most
        for recorded, most in zip(
            accumulate(best.recorded), upper_bound(problem).by_priority, strict=True
        )
    )


@given(tiny_problems(), st.floats(0, 1))
def test_any_effort_is_valid_and_more_never_hurts(problem, effort):
    little, more = upper_bound(problem, effort=effort), upper_bound(problem, effort=1 + effort)

    assert best_score(problem).pupils <= more.pupils <= little.pupils <= problem.pupils


@given(problems())
def test_classes_are_counted_up(problem):
    bound = upper_bound(problem, effort=0.1)

    assert len(bound.by_priority) == problem.priorities
    assert list(bound.by_priority) == sorted(bound.by_priority)
    assert bound.pupils == bound.by_priority[-1]


def test_the_same_problem_has_the_same_bound():
    assert upper_bound(random_problem(3)) == upper_bound(random_problem(3))


# Team-days ----------------------------------------------------------------------------------


def test_fewest_team_days_by_work():
    assert fewest_team_days(town(14, 14, days=3)) == 2
    assert fewest_team_days(town(28, days=3)) == 2
    assert fewest_team_days(town(0)) == 0


@given(tiny_problems())
def test_nobody_records_all_in_fewer_team_days(problem):
    best = best_score(problem)
    assume(best.pupils == problem.pupils)

    assert fewest_team_days(problem) <= -best.team_days


# The linear program -------------------------------------------------------------------------


def test_packing_shares_limits():
    """Two products, two limits: 3 x + 2 y most with x + y <= 4 and x + 3 y <= 6 and x <= 3."""
    packing = Packing([4.0, 6.0, 3.0])
    packing.add(Column(3.0, ((0, 1.0), (1, 1.0), (2, 1.0))))
    packing.add(Column(2.0, ((0, 1.0), (1, 3.0))))

    worth, prices = packing.solve()

    assert worth == pytest.approx(11.0, abs=1e-3)
    assert prices == pytest.approx([2.0, 0.0, 1.0], abs=1e-3)


def test_packing_can_grow():
    packing = Packing([2.0])
    assert packing.solve() == (0.0, [0.0])

    packing.add(Column(1.0, ((0, 1.0),)))

    assert packing.solve()[0] == pytest.approx(2.0, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_bought_is_paid_for_by_its_limits_however_long_it_goes_on(seed):
    """Strong duality after thousands of steps: rounding errors have not grown."""
    random = Random(seed)
    limits = [float(random.randint(1, 120)) for _ in range(60)]
    packing = Packing(limits)
    for _ in range(60):
        for _ in range(20):
            rows = random.sample(range(60), random.randint(1, 4))
            weights = tuple((row, random.choice((1.0, random.uniform(1, 100)))) for row in rows)
            packing.add(Column(sum(weight for _, weight in weights), weights))
        value, prices = packing.solve()

        assert value == pytest.approx(
            sum(price * most for price, most in zip(prices, limits, strict=True)), abs=1e-3
        )


def test_what_no_limit_holds_back_is_left_alone():
    packing = Packing([1.0])
    packing.add(Column(1.0, ((0, -1.0),)))

    assert packing.solve()[0] == 0.0
