"""The exhaustive oracle: right on cases one can do by hand, and never below any plan at all."""

from __future__ import annotations

import random
from itertools import product

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import ProblemError
from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import (
    CrewsAtOnce,
    FewestPupils,
    Floor,
    Pinned,
    ReserveDays,
    Spacing,
    VisitsPerSite,
)
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.testing import best_score, plan_exhaustively, problems, tiny_problems
from school_ektp.testing.problems import Size
from school_ektp.testing.stays import lone_visit


def town(*waiting, rules=(), days=1, crews=1, hours=60, turnout=100, **changes):
    """Schools 10 minutes apart in a line from the base; one kit, 5 minutes a pupil, 5 to set up."""
    count = len(waiting)
    stops = [*(10 * (place + 1) for place in range(count)), 0]
    crew = Crew(
        start=count,
        end=count,
        shifts=((0, hours),) * days,
        breaks=((),) * days,
        kits=(1,) * days,
        minutes_per_pupil=(5,) * count,
        setup=(5,) * count,
        packdown=(0,) * count,
    )
    sites = tuple(
        Site(
            groups=(Group(arrivals=((0, pupils),)),),
            sessions=(((0, hours),),) * days,
            district=place,
            turnout=turnout,
        )
        for place, pupils in enumerate(waiting)
    )
    return VisitProblem(
        days=days,
        sites=sites,
        crews=(crew,) * crews,
        travel=(tuple(tuple(abs(a - b) for b in stops) for a in stops),),
        rules=tuple(rules),
        **changes,
    )


def itinerary(problem):
    return [
        (visit.day, visit.crew, visit.site, visit.pupils)
        for visit in plan_exhaustively(problem).visits
    ]


def test_one_school_within_an_hour():
    """60 minutes less 20 of driving and 5 of set-up leave time for 7 pupils."""
    assert itinerary(town(9)) == [(0, 0, 0, 7)]


def test_two_schools_on_the_way():
    assert sorted(itinerary(town(2, 2, hours=70))) == [(0, 0, 0, 2), (0, 0, 1, 2)]


def test_a_school_is_divided_between_days():
    assert itinerary(town(9, days=2)) == [(0, 0, 0, 7), (1, 0, 0, 2)]


def test_nobody_drives_for_nobody():
    assert itinerary(town(0, 0)) == []


def test_the_nearer_of_two_like_schools_is_chosen():
    assert itinerary(town(5, 5, hours=50)) == [(0, 0, 0, 5)]


def test_pupils_come_before_team_days_and_driving():
    assert best_score(town(3, 3, hours=50, days=2)).recorded == (4,)
    assert best_score(town(3, 1, hours=70, days=2)).team_days == -1


def test_a_late_plan_waits_for_pupils_who_turn_16():
    problem = town(3, days=2)
    late = Group(arrivals=((0, 1), (1, 2)))
    problem = attrs.evolve(problem, sites=(attrs.evolve(problem.sites[0], groups=(late,)),))

    assert itinerary(problem) == [(1, 0, 0, 3)]


def test_absentees_are_called_again():
    plan = plan_exhaustively(town(4, days=2, turnout=50))

    assert [(visit.called, visit.recorded) for visit in plan.visits[:2]] == [
        ((4,), (2,)),
        ((2,), (1,)),
    ]


def test_nobody_is_called_twice_on_one_day():
    plan = plan_exhaustively(town(4, crews=2, turnout=50))

    assert sum(visit.pupils for visit in plan.visits) == 2


def test_two_crews_meet_one_after_the_other():
    together = town(4, crews=2, hours=35)
    apart = attrs.evolve(together, rules=(CrewsAtOnce(1),))
    longer = town(4, crews=2, hours=45, rules=(CrewsAtOnce(1),))

    assert best_score(together).pupils == 4
    assert best_score(apart).pupils == 2
    assert best_score(longer).pupils == 4  # the second waits until the first has left
    assert best_score(longer).team_days == -1


@pytest.mark.parametrize(
    ("rule", "pupils"),
    [
        (VisitsPerSite(1), 7),
        (Spacing(2), 7),
        (ReserveDays(1), 7),
        (FewestPupils(8), 0),
        (FewestPupils(5), 7),
        (FewestPupils(4), 9),
        (Spacing(1), 9),
    ],
)
def test_rules_cost_what_they_must(rule, pupils):
    assert best_score(town(9, days=2, rules=(rule,))).pupils == pupils


def test_a_floor_comes_before_pupils():
    free, bound = town(9, 9), town(9, 9, rules=(Floor(district=1, pupils=2),))

    assert itinerary(free) == [(0, 0, 0, 7)]
    assert itinerary(bound) == [(0, 0, 1, 3)]


def test_a_pin_comes_before_everything():
    pin = Pinned(crew=0, day=0, site=1, start=22, pupils=1)

    assert itinerary(town(4, 9)) == [(0, 0, 0, 4)]
    assert itinerary(town(4, 9, rules=(pin,))) == [(0, 0, 1, 2)]


def test_pins_that_cannot_be_kept_are_an_error():
    pin = Pinned(crew=0, day=0, site=0, pupils=10)

    with pytest.raises(ProblemError, match="no plan keeps the pinned visits"):
        plan_exhaustively(town(9, rules=(pin,)))


# No plan at all is better -------------------------------------------------------------------

MICRO = Size(
    sites=2,
    crews=2,
    days=1,
    pupils=2,
    map_width=1,
    shift=10,
    minutes_per_pupil=2,
    all_pupils=4,
)


def every_visit(problem):
    """Every visit that holds alone: every minute, every number called and recorded."""
    bare = attrs.evolve(problem, rules=())
    for crew, day, site in product(
        range(len(problem.crews)), range(problem.days), range(len(problem.sites))
    ):
        shift = problem.crews[crew].shifts[day]
        groups = problem.sites[site].groups
        counts = [range(group.arrived(day) + 1) for group in groups]
        for called in product(*counts):
            for recorded in product(*(range(most + 1) for most in called)):
                if shift is None or not sum(recorded):
                    continue
                for start in range(shift[0], shift[1] + 1):
                    stays = (
                        SiteVisit(
                            day=day,
                            crew=crew,
                            start=start,
                            site=site,
                            arrive=start,
                            end=end,
                            called=called,
                            recorded=recorded,
                        )
                        for end in range(start, shift[1] + 1)
                    )
                    first = (stay for stay in stays if not violations(bare, Solution((stay,))))
                    stay = next(first, None)
                    if stay is not None:
                        yield stay


def every_plan(problem):
    """Every plan that holds; less one visit it still holds, so all grow from the empty plan."""
    loose = tuple(rule for rule in problem.rules if not isinstance(rule, Pinned))
    free = attrs.evolve(problem, rules=loose)
    visits = sorted(every_visit(problem))
    plans = [((), 0)]
    while plans:
        plan, first = plans.pop()
        yield Solution(plan)
        for number in range(first, len(visits)):
            longer = (*plan, visits[number])
            if not violations(free, Solution(longer)):
                plans.append((longer, number + 1))


@settings(max_examples=30)
@given(problems(MICRO))
def test_no_plan_at_all_is_better(problem):
    """Against the plainest enumeration there is: all sets of visits at all minutes."""
    best = None
    for tried, plan in enumerate(every_plan(problem)):
        if tried > 20_000:
            return  # too many to look at; smaller ones say enough
        if not violations(problem, plan):
            best = max(best or score(problem, plan), score(problem, plan))

    assert best_score(problem) == best


@given(tiny_problems(), st.integers(0, 2**32))
def test_no_plan_thrown_together_is_better(problem, seed):
    dice = random.Random(seed)
    best = best_score(problem)
    visits = list(every_lone_visit(problem))
    for _ in range(20):
        dice.shuffle(visits)
        plan = Solution()
        for visit in visits:
            longer = Solution((*plan.visits, visit))
            if not violations(problem, longer):
                plan = longer
                assert score(problem, plan) <= best


def every_lone_visit(problem):
    for crew, day, site, most in product(
        range(len(problem.crews)), range(problem.days), range(len(problem.sites)), range(1, 5)
    ):
        visit = lone_visit(problem, crew=crew, day=day, site=site, most=most)
        if visit is not None:
            yield visit


@given(tiny_problems())
def test_the_plan_of_the_oracle_passes_the_judge(problem):
    assert violations(problem, plan_exhaustively(problem)) == ()
