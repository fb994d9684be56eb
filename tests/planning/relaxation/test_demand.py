"""What visits to one site are worth at most: chances, and no more than any forecast."""

from __future__ import annotations

import random

import pytest

from school_ektp.planning.availability import SiteForecast
from school_ektp.planning.constraints import OneVisit, VisitsPerSite
from school_ektp.planning.problem import PUPIL, Group
from school_ektp.planning.relaxation.demand import MANY, SiteDemand, chances, most_visits, suffix
from school_ektp.testing import random_problem
from school_ektp.testing.towns import town


def test_chances_of_one_and_two_visits():
    found = chances(900, 800, 500)

    assert found[:2] == pytest.approx((0.0, 0.72))
    assert found[2] == pytest.approx(0.9 * 0.9 * 0.9 + 2 * 0.9 * 0.1 * 0.8)
    assert list(found) == sorted(found)
    assert found[-1] == 1.0


def test_a_second_visit_finds_nobody_where_all_come():
    assert chances(1000, 1000, 1000)[1:] == pytest.approx((1.0,) * (MANY + 1))


def test_how_many_visits_can_be_planned():
    assert most_visits(town(5), 0) == MANY + 1
    assert most_visits(town(5, constraints=[VisitsPerSite(3)]), 0) == 3
    assert most_visits(town(5, 4, constraints=[OneVisit(1)]), 0) == MANY + 1
    assert most_visits(town(5, 4, constraints=[OneVisit(1)]), 1) == 1


def test_suffix_applies_the_function_to_each_tail():
    assert suffix(max, [1.0, 3.0, 2.0]) == [3.0, 3.0, 2.0]


def test_who_comes_later_is_met_by_a_later_visit():
    group = Group(arrivals=((0, 4), (2, 6)))
    once = SiteDemand(town(group, days=3, constraints=[VisitsPerSite(1)]), 0, [0, 1, 2])
    often = SiteDemand(town(group, days=3), 0, [0, 1, 2])

    assert often.best([0.0] * 3, [0.0] * 3, 100.0) == pytest.approx(10.0)
    assert once.best([0.0] * 3, [0.0] * 3, 100.0) == pytest.approx(10.0)
    assert once.best([0.0, 0.0, 9.0], [0.0] * 3, 100.0) == pytest.approx(4.0)


def test_no_visit_records_more_than_it_has_room_for():
    demand = SiteDemand(town(10, days=2, constraints=[VisitsPerSite(1)]), 0, [0, 1])

    assert demand.best([1.0] * 2, [0.0] * 2, 3.0) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("price", "worth"),
    [(0.0, 36.0), (1.0, 24.0), (4.0, 0.0), (-1.0, 48.0)],
)
def test_twelve_small_visits_are_worth_more_than_nine(price, worth):
    """The chances of nine visits and more are one, their room is not."""
    demand = SiteDemand(town(40, days=12), 0, range(12))

    assert demand.best([price] * 12, [0.0] * 12, 3.0) == pytest.approx(worth)


def test_a_site_has_no_more_visits_than_team_days():
    assert SiteDemand(town(40, days=2), 0, range(2)).visits == 2


@pytest.mark.parametrize("seed", range(60))
def test_no_forecast_is_worth_more(seed):
    problem, rng = random_problem(seed), random.Random(seed)
    days = range(problem.today, problem.days)
    for number in range(len(problem.sites)):
        forecast = SiteForecast(problem, number)
        demand = SiteDemand(problem, number, days)
        visits = rng.randint(1, max(min(demand.visits, 4), 1))
        calls = tuple(sorted((rng.choice(days), rng.randint(1, 60)) for _ in range(visits)))
        if visits <= demand.visits:
            best = demand.best([0.0] * len(days), [0.0] * len(days), float("inf"))
            assert forecast(calls).worth <= best * PUPIL + 1
