"""The bound: no plan is worth more, whatever is asked and whatever goes wrong."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.planning.checker import evaluate
from school_ektp.planning.problem import PUPIL, FieldTeam, Group, Price, Site, VisitProblem
from school_ektp.planning.relaxation.bound import (
    MinutePrices,
    Prices,
    all_recorded,
    upper_bound,
)
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import problems, random_problem, random_tiny_problem
from school_ektp.testing.oracle import plan_exhaustively
from towns import town


def a_town(*, pupils=40, days=1, **price):
    """One school 20 minutes from the base, one team with two kits, 5 minutes a pupil."""
    site = Site(groups=(Group(arrivals=((0, pupils),)),), sessions=(((450, 720),),) * days)
    team = FieldTeam(
        start=1, end=1, shifts=((420, 780),) * days, breaks=((),) * days, kits=(2,) * days,
        minutes_per_pupil=(5,), setup=(30,), packdown=(15,),
    )  # fmt: skip
    matrix = ((0, 20), (20, 0))
    return VisitProblem(
        days=days, sites=(site,), teams=(team,), travel=(matrix,), price=Price(**price)
    )


def check_tiny_problems(seeds: range) -> None:
    for seed in seeds:
        problem = random_tiny_problem(seed)

        best = evaluate(problem, plan_exhaustively(problem))

        assert upper_bound(problem).value >= best.total, seed


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_the_best_plan_of_a_tiny_problem_is_worth_no_more(first):
    check_tiny_problems(range(first, first + 20))


@given(st.integers(0, 10_000))
@example(4954)  # more visits to one site than are told apart, each with little room
def test_no_plan_of_the_search_is_worth_more(seed):
    problem = random_problem(seed)

    found = solve(problem, stop=MaxIterations(20)).value

    assert upper_bound(problem).value >= found.total


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(60, 2_000, 20))
def test_the_best_plan_of_many_tiny_problems_is_worth_no_more(first):
    check_tiny_problems(range(first, first + 20))


@given(st.integers(0, 10_000))
def test_more_effort_never_gives_a_worse_bound(seed):
    problem = random_problem(seed)

    assert upper_bound(problem, effort=4).value <= upper_bound(problem).value


def test_where_visits_take_no_minutes_and_all_are_late_ones_there_is_a_bound():
    problem = random_tiny_problem(701_717)

    best = evaluate(problem, plan_exhaustively(problem))

    assert upper_bound(problem).value >= best.total


@given(st.integers(0, 10_000))
def test_pupils_alone_are_bounded_by_those_who_wait(seed):
    problem = attrs.evolve(random_problem(seed), price=Price())

    assert upper_bound(problem).value <= PUPIL * problem.pupils + 1_000


def test_where_nothing_costs_and_all_have_room_it_is_all_who_wait():
    assert upper_bound(a_town()).value == pytest.approx(40 * PUPIL, abs=2_000)


def test_the_bound_charges_one_visit_and_one_team_day():
    """40 pupils, less 3 for the one visit and the team's day."""
    bound = upper_bound(a_town(visit=2 * PUPIL, team_day=PUPIL)).value

    assert 37 * PUPIL <= bound <= 39 * PUPIL


def test_the_minutes_of_a_day_are_counted():
    """A day has 270 minutes at the school: 45 for set-up and pack-down, room for 90 pupils."""
    bound = upper_bound(a_town(pupils=500)).value

    assert 90 * PUPIL <= bound < 110 * PUPIL


def test_where_nobody_waits_nothing_is_worth_a_visit():
    assert upper_bound(a_town(pupils=0)).value <= 1_000


def test_any_price_of_minutes_gives_a_bound():
    problem = a_town(pupils=60, days=3, visit=PUPIL, team_day=2 * PUPIL, waiting=4)
    value = solve(problem, stop=MaxIterations(50)).value.total / PUPIL
    split = MinutePrices(problem)

    for minute in (0.0, 0.01, 0.05, 0.2):
        for late in (0.0, 0.5, 1.0):
            assert split.at(Prices((minute,) * problem.days, late, (1.0,))) >= value


@given(problems(), st.data())
def test_any_prices_of_teams_give_a_bound(problem, data):
    value = solve(problem, stop=MaxIterations(5)).value.total / PUPIL
    tenths = st.integers(0, 30).map(lambda some: some / 10)
    minute = data.draw(tenths) / 10
    team = tuple(data.draw(tenths) for _ in problem.teams)

    found = MinutePrices(problem).at(Prices((minute,) * problem.days, 1.0, team))

    assert found >= value - 0.001


def test_a_team_with_more_schools_around_it_has_dearer_minutes():
    """Two bases far apart: fourteen full schools at one, one small school at the other."""
    near, far = 10, 200
    nodes = [0] * 14 + [1] + [0, 1]  # on which side each school lies, then each base
    travel = tuple(
        tuple(0 if a == b else near if nodes[a] == nodes[b] else far for b in range(17))
        for a in range(17)
    )
    one = town(*[60] * 14, 5, days=3, teams=2, hours=260)
    teams = [attrs.evolve(team, start=15 + n, end=15 + n) for n, team in enumerate(one.teams)]
    problem = attrs.evolve(one, teams=tuple(teams), travel=(travel,))
    split = MinutePrices(problem)

    found, prices = split.least(2)

    assert prices.team[0] > prices.team[1]
    assert found < split.at(attrs.evolve(prices, team=(1.0, 1.0)))


def test_minutes_at_a_far_site_are_dearer():
    """A day that leads to the far one has 220 minutes for visits, to the near one 240."""
    problem = town(20, 20, hours=260)
    split = MinutePrices(problem)
    prices = Prices((0.1,), 1.0, (1.0,))

    (near,), (place,) = split.of_site(0, prices)
    (far,), (far_place,) = split.of_site(1, prices)

    assert (near, place) == pytest.approx((0.5, 0.5))
    assert (far, far_place) == pytest.approx((0.5 * 240 / 220, 0.5 * 240 / 220))


def test_driving_to_a_site_is_paid_for_with_its_minutes():
    price = Price(driving_minute=PUPIL // 100)
    (visit,), _ = MinutePrices(town(20, hours=260, price=price)).of_site(
        0, Prices((0.0,), 1.0, (1.0,))
    )

    assert visit == pytest.approx(5 * 0.2 / 240)


def test_no_plan_is_worth_more_where_some_sites_show_the_prices():
    problem = town(*(2 + site % 5 for site in range(60)), hours=1_300, days=2)
    found = solve(problem, stop=MaxIterations(20)).value

    bound = upper_bound(problem)

    assert bound.value >= found.total
    assert bound.value <= all_recorded(problem).value + 1_000
    assert upper_bound(problem, effort=3).value <= bound.value


def test_when_time_is_up_no_more_prices_are_tried():
    looks = []

    def over():
        looks.append("")
        return len(looks) > 3

    problem = random_problem(11)
    bound = upper_bound(problem, over=over)

    assert len(looks) == 4
    assert bound.value >= solve(problem, stop=MaxIterations(20)).value.total
    assert upper_bound(problem, over=lambda: True) == all_recorded(problem)
    looks[:] = ["", ""]  # time is up once the problem is read
    assert upper_bound(problem, over=over) == all_recorded(problem)
