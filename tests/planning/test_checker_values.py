"""What a plan is worth by the checker, and what comes before that: floors and dates."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.checker import (
    evaluate,
    expectations,
    violations,
)
from school_ektp.planning.constraints import (
    Floor,
    ReachedBy,
)
from school_ektp.planning.problem import Group, Luck, Price
from school_ektp.planning.solution import SiteVisit, Solution, Value
from school_ektp.testing import (
    plan_exhaustively,
    problems,
    rounding,
    thrown_together,
    tiny_problems,
)
from short_week import SECOND, make, site, visit

PRICE = Price(visit=1_000_000, team_day=3_000_000, driving_minute=10_000, waiting=10)


def test_a_plan_is_worth_its_pupils_less_what_it_costs():
    """
    Two days out: 8 + 2 pupils on day 0 and 8 of the 52 left on day 2, who waited two days.

    10 + 8 * 0.98 pupils; 3 visits, 2 team-days, 80 + 60 minutes of driving: 3 + 6 + 1.4 pupils.
    """
    problem = make(price=PRICE)

    assert evaluate(problem, Solution((visit(), SECOND, visit(day=2, team=1)))) == Value(
        shortfall=0,
        recorded=(1_800, 0),
        worth=17_840_000,
        visits=3,
        team_days=2,
        driving=140,
        costs=10_400_000,
    )


def test_pupils_only_are_counted_without_a_price():
    plan = Solution((visit(), SECOND, visit(day=2)))

    assert evaluate(make(), plan).total == 18_000_000


def test_the_empty_plan_is_worth_nothing_and_names_every_class():
    assert evaluate(make(price=PRICE), Solution()) == Value(
        shortfall=0, recorded=(0, 0), worth=0, visits=0, team_days=0, driving=0, costs=0
    )
    assert evaluate(make(sites=(site(), site())), Solution()).recorded == (0,)


def test_classes_are_called_in_their_order_and_weigh_what_they_should():
    problem = make(sites=(site(5, 20), site(30)), price=Price(weights=(25,)))

    value = evaluate(problem, Solution((visit(),)))

    assert value.recorded == (500, 300)
    assert value.worth == 5 * 2_500_000 + 3 * 1_000_000


def test_those_who_wait_the_longest_are_recorded_first():
    """Of five since day 0 and five since day 2, eight on day 3: 5 waited 3 days, 3 waited one."""
    group = Group(arrivals=((0, 5), (2, 5)))
    problem = make(
        sites=(attrs.evolve(site(1), groups=(group,)), site(30)), price=Price(waiting=10)
    )

    value = evaluate(problem, Solution((visit(day=3),)))

    assert value.worth == 5 * 970_000 + 3 * 990_000


def test_a_second_visit_records_those_who_began_to_wait_later():
    group = Group(arrivals=((0, 8), (1, 4)))
    schools = (attrs.evolve(site(1), groups=(group,)), site(0))
    problem = make(price=Price(waiting=100), sites=schools)

    assert evaluate(problem, Solution((visit(day=1), visit(day=3)))).worth == (
        8 * 900_000 + 4 * 800_000
    )


def test_waiting_counts_from_today_at_the_earliest():
    problem = make(price=Price(waiting=10), today=2)

    assert evaluate(problem, Solution((visit(day=3),))).worth == 8 * 990_000


def test_a_pupil_who_waits_too_long_is_worth_zero_not_less():
    problem = make(price=Price(waiting=400))

    assert evaluate(problem, Solution((visit(day=2),))).worth == 8 * 200_000
    assert evaluate(problem, Solution((visit(day=3),))).worth == 0


def test_a_visit_costs_whether_or_not_it_takes_place():
    plan = Solution((visit(),))
    certain, doubtful = (
        evaluate(make(price=PRICE, luck=Luck(outage=1_000 - h)), plan) for h in (1_000, 900)
    )

    assert (certain.recorded, doubtful.recorded) == ((800, 0), (720, 0))
    assert certain.costs == doubtful.costs


# What comes before the value ----------------------------------------------------------------


def test_floors_that_are_met_are_not_overpaid():
    problem = make(Floor(district=0, pupils=3), Floor(district=1, pupils=5))

    assert evaluate(problem, Solution((visit(),))).shortfall == 500


def test_a_floor_takes_the_schools_of_a_district_together():
    problem = make(Floor(district=0, pupils=12))

    assert evaluate(problem, Solution((visit(), SECOND))).shortfall == 200


def test_by_a_date_everybody_who_waits_then_is_called():
    """60 wait at school 0; a visit before the date calls them all, and has room for eight."""
    problem = make(ReachedBy(district=0, day=1), sites=(site(40, 20), site(30, district=1)))

    assert evaluate(problem, Solution((visit(day=2),))).shortfall == 6_000
    assert evaluate(problem, Solution((visit(day=1),))).shortfall == 5_200


def test_by_a_date_room_is_needed_for_those_who_come_only():
    """Of 20 called a tenth never comes and half of the others do: 9, and there is room for 8."""
    problem = make(
        ReachedBy(district=0, day=0),
        sites=(site(20, turnout=500), site(30, district=1)),
        luck=Luck(never=100),
    )

    assert evaluate(problem, Solution((visit(),))).shortfall == 100
    assert evaluate(problem, Solution((visit(), visit(team=1, room=2)))).shortfall == 0


def test_by_a_date_those_called_before_today_are_called():
    group = Group(arrivals=((0, 20), (2, 3)), stayed_away=(9, 1))
    school = attrs.evolve(site(1), groups=(group,))
    problem = make(ReachedBy(0, 3), sites=(school, site(0)), today=1)

    assert evaluate(problem, Solution()).shortfall == 1_300
    # Ten of them called on day 1, room for eight; three turn 16 after it.
    assert evaluate(problem, Solution((visit(day=1),))).shortfall == 300 + 200
    # Where half of them come, there is room for those.
    half = attrs.evolve(problem, sites=(attrs.evolve(school, turnout=500), site(0)))
    assert evaluate(half, Solution()).shortfall == 1_300
    assert evaluate(half, Solution((visit(day=1),))).shortfall == 300


def test_by_a_date_the_last_visit_counts():
    group = Group(arrivals=((0, 4), (2, 3)))
    problem = make(ReachedBy(0, 3), sites=(attrs.evolve(site(1), groups=(group,)), site(0)))

    assert evaluate(problem, Solution((visit(),))).shortfall == 300
    assert evaluate(problem, Solution((visit(), visit(day=2)))).shortfall == 0


def test_a_class_away_is_not_called_by_a_visit():
    problem = make(ReachedBy(0, 3), sites=(site(4, 3, away=(0,)), site(0)))

    assert evaluate(problem, Solution((visit(),))).shortfall == 700
    assert evaluate(problem, Solution((visit(day=1),))).shortfall == 0
    (absent,), (present,) = (expectations(problem, Solution((visit(day=day),))) for day in (0, 1))
    assert (absent.waiting, present.waiting) == ((0, 0), (400, 300))


def test_a_plan_that_falls_short_of_less_is_better_whatever_it_costs():
    problem = make(Floor(district=0, pupils=8), price=Price(visit=100_000_000))
    kept, thrifty = (evaluate(problem, plan) for plan in (Solution((visit(),)), Solution()))

    assert kept.total < 0 == thrifty.total
    assert kept.rank > thrifty.rank


# Properties ---------------------------------------------------------------------------------

FIGURES = st.sampled_from([one.name for one in attrs.fields(SiteVisit)])


@given(tiny_problems(), st.data())
def test_the_best_plan_changed_in_one_figure_is_broken_or_worth_no_more(problem, data):
    best = plan_exhaustively(problem)
    if best.visits:
        old = data.draw(st.sampled_from(best.visits))
        figure, change = data.draw(FIGURES), data.draw(st.integers(-9, 9))
        new = attrs.evolve(old, **{figure: getattr(old, figure) + change})
        changed = Solution(new if visit == old else visit for visit in best.visits)

        if not violations(problem, changed):
            slack = rounding(problem, changed)
            rank, best_rank = evaluate(problem, changed).rank, evaluate(problem, best).rank
            assert rank <= tuple(map(sum, zip(best_rank, slack, strict=True)))


@given(problems(), st.integers(0, 2**32))
def test_the_value_is_the_sum_of_its_parts(problem, seed):
    plan = thrown_together(problem, seed)
    value, expected = evaluate(problem, plan), expectations(problem, plan)

    assert sum(value.recorded) == sum(one.pupils for one in expected)
    assert value.worth == sum(one.worth for one in expected)
    assert value.visits == len(plan.visits)
    assert value.team_days == len({(visit.day, visit.team) for visit in plan.visits})
    price = problem.price
    assert value.total == value.worth - (
        price.visit * value.visits
        + price.team_day * value.team_days
        + price.driving_minute * value.driving
    )
