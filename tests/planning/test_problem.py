"""The problem in integers answers for itself: who waits, who works, which limit binds."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from school_ektp.planning.checker import violations
from school_ektp.planning.constraints import (
    FewestPupils,
    Floor,
    KitDayCap,
    ReserveDays,
    Spacing,
    VisitsPerSite,
)
from school_ektp.planning.problem import Group, Luck, Price, recording_minutes
from school_ektp.planning.solution import Solution
from school_ektp.testing import problems
from school_ektp.testing.stays import lone_visit
from towns import town


def test_pupils_wait_from_the_day_they_turn_16():
    group = Group(arrivals=((0, 5), (2, 3)))

    assert [group.arrived(day) for day in range(4)] == [5, 5, 8, 8]
    assert town(group, 4, days=3).pupils == 12
    assert town(group, 4, days=2).pupils == 9


def test_a_class_away_waits_elsewhere():
    site = town(Group(arrivals=((0, 5),), away=frozenset({1}))).sites[0]

    assert [site.waiting(day) for day in range(3)] == [5, 0, 5]


def test_classes_are_counted_up_to_the_last():
    assert town().priorities == town(4).priorities == 1
    assert town(Group(priority=2, arrivals=((0, 1),))).priorities == 3


@pytest.mark.parametrize(
    ("constraints", "kind", "limit"),
    [
        ((), VisitsPerSite, None),
        ((VisitsPerSite(3), VisitsPerSite(2)), VisitsPerSite, 2),  # an upper limit: the least
        ((Spacing(3), Spacing(7)), Spacing, 7),  # a lower limit: the greatest
        ((FewestPupils(3), FewestPupils(7)), FewestPupils, 7),
        ((KitDayCap(9), VisitsPerSite(2)), KitDayCap, 9),
    ],
)
def test_the_tightest_of_several_limits_binds(constraints, kind, limit):
    assert town(4, constraints=constraints).limit(kind) == limit


def test_constraints_of_one_kind_keep_their_order():
    floors = (Floor(0, 4), Floor(1, 2))

    assert tuple(town(4, constraints=(Spacing(2), *floors)).all_of(Floor)) == floors


def test_a_priority_without_a_weight_counts_for_one_pupil():
    assert [Price(weights=(25, 5)).weight(rank) for rank in range(3)] == [25, 5, 10]


@pytest.mark.parametrize(
    ("room", "kits", "minutes"), [(0, 2, 0), (1, 2, 5), (4, 2, 10), (5, 2, 15)]
)
def test_kits_work_side_by_side_in_whole_rounds(room, kits, minutes):
    assert recording_minutes(room, kits=kits, minutes_per_pupil=5) == minutes


def test_visits_take_place_unless_a_team_all_or_a_school_fails():
    """0.98 * 0.99 * 0.97 = 0.941094."""
    assert Luck().held == 1_000
    assert Luck(day_lost=20, system_down=10, outage=30).held == 941


# Days kept free -----------------------------------------------------------------------------


def test_the_last_working_days_of_each_team_are_kept_free():
    problem = town(4, days=5, teams=2, constraints=(ReserveDays(2),))
    part_time = attrs.evolve(problem.teams[1], kits=(1, 1, 1, 0, 1))
    problem = attrs.evolve(problem, teams=(problem.teams[0], part_time))

    assert problem.kept_free == {(0, 3), (0, 4), (1, 2), (1, 4)}
    assert [problem.can_work(0, day) for day in range(5)] == [True, True, True, False, False]
    assert [problem.can_work(1, day) for day in range(5)] == [True, True, False, False, False]


def test_a_day_on_which_all_schools_are_closed_is_of_no_use_for_making_up():
    problem = town(4, 4, days=6, constraints=(ReserveDays(2),))
    exams, one_day = problem.sites[0].sessions[:4], problem.sites[0].sessions[:1]
    closing = [attrs.evolve(site, sessions=(*exams, (), ())) for site in problem.sites]
    later = attrs.evolve(problem.sites[0], sessions=(*exams, *one_day, ()))

    assert attrs.evolve(problem, sites=tuple(closing)).kept_free == {(0, 2), (0, 3)}
    assert attrs.evolve(problem, sites=(later, closing[1])).kept_free == {(0, 3), (0, 4)}


def test_days_kept_free_are_opened_once_the_first_of_them_has_come():
    problem = town(4, days=5, constraints=(ReserveDays(2),))

    assert attrs.evolve(problem, today=2).kept_free == {(0, 3), (0, 4)}
    assert attrs.evolve(problem, today=3).kept_free == frozenset()


def test_each_team_opens_its_own_days():
    problem = town(4, days=5, teams=2, constraints=(ReserveDays(1),), today=3)
    leaves_early = attrs.evolve(problem.teams[1], kits=(1, 1, 1, 1, 0))

    assert attrs.evolve(problem, teams=(problem.teams[0], leaves_early)).kept_free == {(0, 4)}


def test_a_team_with_fewer_days_than_it_should_keep_has_opened_them():
    assert town(4, days=2, constraints=(ReserveDays(9),)).kept_free == frozenset()


def test_a_team_that_works_on_no_more_days_than_are_asked_keeps_none():
    """Also if it begins on the second day, so that the first of its days is still to come."""
    problem = town(4, days=3, constraints=(ReserveDays(2),))
    late = attrs.evolve(problem.teams[0], shifts=(None, *problem.teams[0].shifts[1:]))

    assert attrs.evolve(problem, teams=(late,)).kept_free == frozenset()


def test_nothing_is_kept_free_unless_it_is_asked():
    assert town(4, days=2).kept_free == frozenset()


def test_days_gone_by_cannot_be_worked():
    problem = town(4, days=3, today=1)

    assert [problem.can_work(0, day) for day in range(3)] == [False, True, True]


@given(problems())
def test_who_can_work_is_whom_the_checker_lets_work(problem):
    """Written apart, the two readings of shifts, days gone by and days kept free agree."""
    reserve = tuple(problem.all_of(ReserveDays))
    problem = attrs.evolve(problem, constraints=reserve)
    free = attrs.evolve(problem, constraints=(), today=0)
    for team in range(len(problem.teams)):
        for day in range(problem.days):
            visit = lone_visit(free, team=team, day=day, site=0, most=1)
            if visit is not None:
                broken = violations(problem, Solution((visit,)))
                assert problem.can_work(team, day) == (not broken)
