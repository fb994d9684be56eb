"""Each reason in the smallest problem in which it is the true one, proved by solving it relaxed."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.edit import with_visit
from school_ektp.planning.explain import left_over, tried, why_left
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.reasons import RULE_REASONS, Reason
from school_ektp.planning.relax import relaxed
from school_ektp.planning.rules import (
    CrewsAtOnce,
    DrivingLimit,
    FewestPupils,
    Forbidden,
    KitDayCap,
    ReserveDays,
    Spacing,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.solution import Solution
from school_ektp.planning.waiting import left_waiting
from school_ektp.testing.oracle import plan_exhaustively
from school_ektp.testing.problems import problems

MORNING = (60, 120)


def site(*pupils, sessions=(MORNING,), days=1, turnout=100, arrivals=None, away=()):
    groups = (
        Group(priority=rank, arrivals=arrivals or ((0, waiting),), away=frozenset(away))
        for rank, waiting in enumerate(pupils)
    )
    return Site(groups=tuple(groups), sessions=(tuple(sessions),) * days, turnout=turnout)


def crew(*, sites, days=1, minutes=10, shift=(40, 140), off=()):
    """Ten minutes a pupil and kit, five before and after; one kit."""
    return Crew(
        start=sites,
        end=sites,
        shifts=tuple(None if day in off else shift for day in range(days)),
        breaks=((),) * days,
        kits=(1,) * days,
        minutes_per_pupil=(minutes,) * sites,
        setup=(5,) * sites,
        packdown=(5,) * sites,
    )


def make(*sites, rules=(), crews=1, days=1, drive=10, **crew_changes):
    """Schools *drive* minutes from the base and from each other."""
    size = len(sites) + 1
    matrix = tuple(tuple(0 if a == b else drive for b in range(size)) for a in range(size))
    one = crew(sites=len(sites), days=days, **crew_changes)
    return VisitProblem(
        days=days, sites=sites, crews=(one,) * crews, travel=(matrix,), rules=tuple(rules)
    )


def opened(place, *windows):
    return attrs.evolve(place, sessions=windows)


#: Reason, problem, and the figures that the reason must give.
SMALLEST = {
    Reason.NOT_YET: (
        make(opened(site(1, arrivals=((1, 1),)), (MORNING,), ()), days=2),
        {"amount": 1, "day": 1},
    ),
    Reason.NO_SESSION: (make(site(1, sessions=())), {"day": None}),
    Reason.NO_TEAM: (make(opened(site(1), (MORNING,), ()), days=2, off=(0,)), {"day": 0}),
    Reason.AWAY: (make(site(1, days=2, away=(0, 1)), days=2), {"amount": 2, "day": 1}),
    Reason.TOO_FAR: (make(site(1), drive=55), {"amount": 30, "crew": 0, "day": 0}),
    Reason.ABSENT: (make(site(1, turnout=85)), {"amount": 1, "limit": 85}),
    Reason.FORBIDDEN: (make(site(1), rules=[Forbidden(0, 0)]), {"crew": 0, "day": 0}),
    Reason.TOO_FEW: (make(site(2), rules=[FewestPupils(3)]), {"amount": 2, "limit": 3}),
    Reason.SPACING: (
        make(site(6, days=2), days=2, rules=[Spacing(2)]),
        {"amount": 1, "limit": 2},
    ),
    Reason.VISITS_PER_SITE: (
        make(site(6, days=2), days=2, rules=[VisitsPerSite(1)]),
        {"amount": 2, "limit": 1},
    ),
    Reason.VISITS_PER_DAY: (
        make(site(1), site(1), rules=[VisitsPerDay(1)]),
        {"amount": 2, "limit": 1, "day": 0},
    ),
    Reason.CREWS_AT_ONCE: (make(site(6), crews=2, rules=[CrewsAtOnce(1)]), {"limit": 1, "day": 0}),
    Reason.DRIVING_LIMIT: (make(site(1), rules=[DrivingLimit(19)]), {"amount": 20, "limit": 19}),
    Reason.KIT_DAY_CAP: (make(site(3), rules=[KitDayCap(2)]), {"amount": 3, "limit": 2}),
    Reason.RESERVE_DAYS: (
        make(site(6, days=2), days=2, rules=[ReserveDays(1)]),
        {"amount": 2, "limit": 1},
    ),
    Reason.SHORT: (make(site(6)), {"amount": 10, "crew": 0, "day": 0}),
    Reason.FULL: (
        make(*[site(1, sessions=((0, 200),))] * 2, minutes=100, drive=35, shift=(0, 200)),
        {"amount": 1, "crew": 0, "day": 0},
    ),
}


@pytest.mark.parametrize("reason", SMALLEST)
def test_each_reason_is_the_only_one_given_where_it_is_true(reason):
    problem, figures = SMALLEST[reason]
    plan = plan_exhaustively(problem)

    found = left_over(problem, plan)

    assert [one.reason for one in found] == [reason]
    for name, value in figures.items():
        assert getattr(found[0], name) == value, name


@pytest.mark.parametrize("reason", SMALLEST)
def test_the_relaxed_problem_records_more(reason):
    """The reason is re-proved by solving the problem without its one limit."""
    problem, _ = SMALLEST[reason]
    plan = plan_exhaustively(problem)
    left = next(one for one in left_over(problem, plan) if one.reason is reason)

    without = relaxed(problem, left)

    assert score(without, plan_exhaustively(without)).pupils > score(problem, plan).pupils


def test_every_reason_that_planning_finds_has_its_smallest_problem():
    others = {Reason.NO_LOCATION, Reason.TOO_YOUNG, Reason.SEVERAL, Reason.MISSED}
    assert {*SMALLEST} | others == {*Reason}
    assert {reason.value for reason in RULE_REASONS} <= {one.value for one in SMALLEST}


def test_room_that_the_search_missed_is_told_as_such():
    (left,) = left_over(make(site(5)), Solution())

    assert (left.reason, left.crew, left.day) == (Reason.MISSED, 0, 0)


def test_one_pupil_more_in_a_visit_that_could_be_longer_is_room_too():
    problem = make(site(5), rules=[VisitsPerSite(1)])
    short = with_visit(problem, Solution(), crew=0, day=0, site=0, most=2)

    (left,) = left_over(problem, short)

    assert (left.reason, left.pupils) == (Reason.MISSED, (3,))


def test_two_limits_that_only_together_let_a_pupil_through_are_both_named():
    problem = make(site(1, turnout=85), rules=[Forbidden(0, 0)])

    (left,) = left_over(problem, plan_exhaustively(problem))

    assert left.reason is Reason.SEVERAL
    assert {part.reason for part in left.parts} == {Reason.ABSENT, Reason.FORBIDDEN}
    without = relaxed(problem, left)
    assert score(without, plan_exhaustively(without)).pupils == 1


def test_priority_classes_are_told_apart():
    """The second class is too few by itself; the first is out of reach of any crew."""
    groups = (
        Group(priority=0, arrivals=((0, 1),), away=frozenset({0})),
        Group(priority=1, arrivals=((0, 2),)),
    )
    problem = make(attrs.evolve(site(1), groups=groups), rules=[FewestPupils(3)])

    found = why_left(problem, plan_exhaustively(problem), 0)

    assert [(one.priority, one.pupils) for one in found] == [(0, (1, 0)), (1, (0, 2))]
    assert found[1].reason is Reason.TOO_FEW
    assert found[0].reason is Reason.AWAY  # with those of the second class a visit is worth it


def test_those_who_come_of_age_too_late_are_told_apart_from_the_others():
    late = attrs.evolve(site(1), groups=(Group(arrivals=((0, 6), (1, 2))),))
    problem = make(opened(late, (MORNING,), ()), days=2)

    found = left_over(problem, plan_exhaustively(problem))

    assert [(one.pupils, one.reason) for one in found][1] == ((1,), Reason.SHORT)
    assert found[0].pupils == (2,)
    assert found[0].parts[0].reason is Reason.NOT_YET


def test_nobody_left_has_no_reason():
    problem = make(site(5))

    assert left_over(problem, plan_exhaustively(problem)) == ()


def greedy(problem, order):
    plan = Solution()
    for crew_number, day, place in order:
        wider = with_visit(
            problem,
            plan,
            crew=crew_number % len(problem.crews),
            day=day % problem.days,
            site=place % len(problem.sites),
        )
        if wider is not None and not violations(problem, wider):
            plan = wider
    return plan


numbers = st.integers(0, 11)


@given(problems(), st.lists(st.tuples(numbers, numbers, numbers), max_size=25))
def test_every_reason_is_confirmed_by_the_judge_and_nobody_is_forgotten(problem, order):
    plan = greedy(problem, order)
    known = set(violations(problem, plan))  # a pin that the greedy plan misses, or none
    told = [[0] * len(place.groups) for place in problem.sites]

    for left in left_over(problem, plan):
        told[left.site] = [a + b for a, b in zip(told[left.site], left.pupils, strict=True)]
        if left.reason is Reason.SEVERAL and not left.parts:
            continue  # nothing is claimed
        without = relaxed(problem, left)
        more = tried(problem, plan, left)
        assert more is not None
        assert set(violations(without, more)) <= known
        gained = score(without, more).recorded[left.priority]
        assert gained > score(problem, plan).recorded[left.priority]

    assert tuple(map(tuple, told)) == left_waiting(problem, plan)
