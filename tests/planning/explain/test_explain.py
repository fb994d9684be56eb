"""Each reason in the smallest problem in which it is the true one, and in random problems."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from left_for_a_reason import FACTS, SMALLEST, TWO_PUPILS_A_VISIT, school, season, visits
from school_ektp.model.travel import NO_ROUTE
from school_ektp.planning.checker import evaluate, expectations, violations
from school_ektp.planning.constraints import (
    DrivingLimit,
    Floor,
    Forbidden,
    KitDayCap,
    VisitsPerSite,
)
from school_ektp.planning.explain.explain import left_out_pupils, why_left
from school_ektp.planning.explain.reasons import Reason
from school_ektp.planning.explain.relax import relaxed
from school_ektp.planning.explain.trials import with_day
from school_ektp.planning.problem import (
    EXPECTED,
    PUPIL,
    Group,
    Luck,
    Price,
)
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing.oracle import plan_exhaustively
from school_ektp.testing.problems import problems


@pytest.mark.parametrize("reason", SMALLEST)
def test_each_reason_is_the_only_one_given_where_it_is_true(reason):
    problem, figures = SMALLEST[reason]

    found = left_out_pupils(problem, plan_exhaustively(problem))

    assert [one.reason for one in found] == [reason]
    for name, value in figures.items():
        assert getattr(found[0], name) == value, name


def test_a_route_of_one_team_is_enough_for_a_reason_other_than_no_route():
    problem = season(school(1), teams=2, shift=(40, 50))
    far = tuple(tuple(NO_ROUTE * (a != b) for b in range(2)) for a in range(2))
    one, other = problem.teams
    problem = attrs.evolve(
        problem, travel=(*problem.travel, far), teams=(one, attrs.evolve(other, travel=1))
    )

    (left,) = left_out_pupils(problem, Solution())

    assert (left.reason, left.team) == (Reason.TOO_FAR, 0)


def test_a_visit_that_brings_one_pupil_and_costs_two_is_not_worth_it():
    problem = season(school(1), price=TWO_PUPILS_A_VISIT)

    (left,) = left_out_pupils(problem, Solution())

    assert (left.reason, left.brings, left.price) == (Reason.NOT_WORTH, 100, 200)
    assert evaluate(problem, with_day(Solution(), left.visits)).total < 0


def test_a_visit_that_brings_three_pupils_and_costs_two_was_missed():
    problem = season(school(3), price=TWO_PUPILS_A_VISIT)

    (left,) = left_out_pupils(problem, Solution())

    assert (left.reason, left.team, left.day, left.pupils) == (Reason.MISSED, 0, 0, 300)
    assert evaluate(problem, with_day(Solution(), left.visits)).total == PUPIL


def test_more_room_in_a_visit_that_could_be_longer_was_missed_too():
    problem = season(school(5), rules=[VisitsPerSite(1)])

    (left,) = left_out_pupils(problem, visits(problem, (0, 0, 0, 2)))

    assert (left.reason, left.pupils) == (Reason.MISSED, 300)


def test_a_rule_that_forbids_a_visit_which_would_not_pay_is_no_reason():
    """Four kits record four pupils in an hour; the fifth takes an hour more, or a visit."""
    problem = season(
        school(5, days=2, hours=(60, 150)),
        days=2,
        kits=4,
        minutes=75,
        shift=(40, 170),
        rules=[VisitsPerSite(1)],
        price=TWO_PUPILS_A_VISIT,
    )

    (left,) = left_out_pupils(problem, plan_exhaustively(problem))

    assert (left.reason, left.pupils, left.brings) == (Reason.NOT_WORTH, 100, 100)


def test_waiting_counts_in_the_price_of_a_late_visit():
    """A visit on day 10 costs a pupil; pupils who lose a tenth a day are worth nothing then."""
    late = school(2, days=11, open_on=[10])
    problem = season(late, days=11, price=Price(visit=PUPIL, waiting=100))

    (left,) = left_out_pupils(problem, Solution())

    assert (left.reason, left.brings, left.price) == (Reason.NOT_WORTH, 200, 300)


def test_a_visit_that_comes_nearer_to_a_floor_was_missed_whatever_it_costs():
    problem = season(school(1), rules=[Floor(0, 1)], price=TWO_PUPILS_A_VISIT)

    (left,) = left_out_pupils(problem, Solution())

    assert left.reason is Reason.MISSED


def test_a_closed_school_is_reported_as_closed_and_that_its_pupil_is_not_worth_a_visit():
    problem = season(school(1, open_on=[]), price=TWO_PUPILS_A_VISIT)

    (left,) = left_out_pupils(problem, Solution())

    assert [part.reason for part in left.parts] == [Reason.NO_SESSION, Reason.NOT_WORTH]


def test_those_who_stay_away_are_counted_and_a_further_visit_is_priced():
    """Of ten called eight come; a second visit would bring 1.6 and costs 2."""
    problem = season(
        school(10, days=4, turnout=800),
        days=4,
        minutes=1,
        price=TWO_PUPILS_A_VISIT,
    )

    (left,) = left_out_pupils(problem, visits(problem, (0, 0, 0, 20)))

    assert (left.reason, left.pupils, left.price) == (Reason.ABSENT, 200, 200)
    assert left.brings == pytest.approx(160, abs=1)


def test_of_four_of_whom_three_come_one_is_left_for_the_office():
    problem, _ = SMALLEST[Reason.ABSENT]

    (left,) = left_out_pupils(problem, plan_exhaustively(problem))

    assert left.pupils == pytest.approx(100, abs=1)


def test_a_pupil_in_seven_is_not_rounded_to_one_at_every_school():
    """Expectations stay in hundredths: seven schools with 0.15 left are one pupil in all."""
    places = [school(1, turnout=850)] * 7
    problem = season(*places, minutes=1, drive=0, price=Price(visit=PUPIL // 2))

    found = left_out_pupils(problem, plan_exhaustively(season(*places[:2], minutes=1, drive=0)))

    absent = [one.pupils for one in found if one.reason is Reason.ABSENT]
    assert absent == [15, 15]
    assert problem.pupils == 7


def test_who_comes_of_age_after_the_last_visit_is_not_said_to_stay_away():
    growing = school(10, days=9, turnout=800, arrivals=((0, 10), (8, 1)))
    problem = season(growing, days=9, minutes=1, price=TWO_PUPILS_A_VISIT)

    found = left_out_pupils(problem, visits(problem, (0, 0, 0, 20)))

    assert [one.reason for one in found] == [Reason.MISSED, Reason.ABSENT]
    assert found[0].pupils == pytest.approx(240, abs=1)  # 1.6 of the two, 0.8 of the new one
    assert sum(one.pupils for one in found) == 300


def test_pupils_without_room_are_told_apart_from_those_who_stay_away():
    problem = season(school(20, turnout=500), minutes=5)

    found = left_out_pupils(problem, visits(problem, (0, 0, 0, 2)))

    assert [one.reason for one in found] == [Reason.MISSED, Reason.ABSENT]
    assert sum(one.pupils for one in found) == 1800


def test_lost_days_are_counted_with_those_who_stay_away():
    problem = season(school(4), luck=Luck(day_lost=100), price=TWO_PUPILS_A_VISIT)

    (left,) = left_out_pupils(problem, visits(problem, (0, 0, 0, 5)))

    assert (left.reason, left.pupils) == (Reason.ABSENT, 40)


def test_two_limits_that_only_together_let_a_visit_through_are_both_named():
    problem = season(school(1), rules=[Forbidden(0, 0), DrivingLimit(19)])
    plan = plan_exhaustively(problem)

    (left,) = left_out_pupils(problem, plan)

    assert left.reason is Reason.SEVERAL
    assert {part.reason for part in left.parts} == {Reason.FORBIDDEN, Reason.DRIVING_LIMIT}
    without = relaxed(problem, left)
    assert violations(without, with_day(plan, left.visits)) == ()
    assert evaluate(without, with_day(plan, left.visits)).total == PUPIL


def test_a_class_that_is_away_is_told_apart_from_the_class_that_is_there():
    groups = (
        Group(priority=0, arrivals=((0, 1),), away=frozenset({0})),
        Group(priority=1, arrivals=((0, 6),)),
    )
    problem = season(attrs.evolve(school(1), groups=groups))

    found = why_left(problem, plan_exhaustively(problem), 0)

    assert [(one.priority, one.pupils, one.reason) for one in found] == [
        (0, 100, Reason.AWAY),
        (1, 100, Reason.SHORT),
    ]


def test_classes_of_a_school_share_the_reason_of_the_visit_that_would_bring_both():
    problem = season(school(3, 4), rules=[KitDayCap(2)])

    found = left_out_pupils(problem, plan_exhaustively(problem))

    assert [(one.priority, one.reason) for one in found] == [
        (0, Reason.KIT_DAY_CAP),
        (1, Reason.KIT_DAY_CAP),
    ]


def test_those_who_come_of_age_too_late_are_told_apart_from_the_others():
    late = school(6, days=2, open_on=[0], arrivals=((0, 6), (1, 2)))
    problem = season(late, days=2)

    found = left_out_pupils(problem, plan_exhaustively(problem))

    assert [(one.pupils, one.reason) for one in found] == [
        (200, Reason.NOT_YET),
        (100, Reason.SHORT),
    ]


def test_nobody_left_has_no_reason():
    problem = season(school(5))

    assert left_out_pupils(problem, plan_exhaustively(problem)) == ()


def waiting_less_recorded(problem, plan, site):
    """Return hundredths of pupils of each class who wait by the end and are not expected."""
    groups = problem.sites[site].groups
    left = dict.fromkeys(range(problem.priorities), 0)
    for group in groups:
        left[group.priority] += EXPECTED * group.arrived(problem.days - 1)
    for visit, expected in zip(plan.visits, expectations(problem, plan), strict=True):
        if visit.site == site:
            for group, pupils in zip(groups, expected.recorded, strict=True):
                left[group.priority] -= pupils
    return left


@given(problems(), st.integers(0, 3), st.integers(0, 6))
def test_every_reason_is_confirmed_by_the_checker_and_nobody_is_forgotten(problem, rounds, kept):
    whole = solve(problem, stop=MaxIterations(rounds), seed=1).solution
    plan = Solution(whole.visits[:kept])
    known = set(violations(problem, plan))  # a pin that this plan misses, or none
    pupils_left = {
        site: dict.fromkeys(range(problem.priorities), 0) for site in range(len(problem.sites))
    }

    for left in left_out_pupils(problem, plan):
        pupils_left[left.site][left.priority] += left.pupils
        assert left.pupils > 0
        if left.reason in FACTS or not left.visits:
            continue
        without, more = relaxed(problem, left), with_day(plan, left.visits)
        assert set(violations(without, more)) <= known
        pays = Reason.NOT_WORTH not in left.reasons
        assert (evaluate(without, more).rank > evaluate(without, plan).rank) == pays
        assert pays or left.brings <= left.price

    for site, counts in pupils_left.items():
        assert counts == waiting_less_recorded(problem, plan, site)


@given(problems())
def test_reason_several_always_names_its_parts(problem):
    """SEVERAL without parts is left for what no six limits explain; it must stay rare."""
    plan = solve(problem, stop=MaxIterations(2), seed=1).solution

    for left in left_out_pupils(problem, plan):
        if left.reason is Reason.SEVERAL:
            assert left.parts


def test_where_no_route_is_nobody_comes_of_age_too_late():
    """No day is the last on which they could be met, so the day of coming of age is no reason."""
    late = school(1, days=2, arrivals=((0, 3), (1, 2)), open_on=[0])
    problem = season(late, days=2, drive=NO_ROUTE)

    [left] = left_out_pupils(problem, Solution(()))

    assert (left.reason, left.pupils) == (Reason.NO_ROUTE, 500)
