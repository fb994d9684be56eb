"""The exhaustive oracle: right on cases one can do by hand, and never below any plan at all."""

from __future__ import annotations

from itertools import product

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import ProblemError
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import (
    Constraint,
    DrivingLimit,
    FewestPupils,
    Floor,
    KitDayCap,
    OneVisit,
    Pinned,
    ReachedBy,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.problem import PUPIL, Group, Luck, Price
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.testing import (
    best_value,
    plan_exhaustively,
    problems,
    rounding,
    thrown_together,
    tiny_problems,
)
from school_ektp.testing.problems import Size
from towns import town


def itinerary(problem):
    return [
        (visit.day, visit.team, visit.site, visit.room)
        for visit in plan_exhaustively(problem).visits
    ]


def pupils(problem):
    return sum(best_value(problem).recorded) / 100


def test_one_school_within_an_hour():
    """60 minutes less 20 of driving and 5 of set-up leave time for 7 pupils."""
    assert itinerary(town(9)) == [(0, 0, 0, 7)]


def test_two_schools_on_the_way():
    assert sorted(itinerary(town(2, 2, hours=70))) == [(0, 0, 0, 2), (0, 0, 1, 2)]


def test_a_school_is_divided_between_days():
    assert pupils(town(9, days=2)) == 9
    assert len(itinerary(town(9, days=2))) == 2


def test_without_pupils_nobody_drives():
    assert itinerary(town(0, 0)) == []


def test_the_nearer_of_two_like_schools_is_chosen():
    near = town(5, 5, hours=60, price=Price(driving_minute=1))

    assert itinerary(near) == [(0, 0, 0, 5)]


def test_a_visit_is_made_if_it_brings_more_than_it_costs():
    cheap, dear = (Price(visit=cost) for cost in (2 * PUPIL - 1, 2 * PUPIL + 1))

    assert itinerary(town(2, price=cheap)) == [(0, 0, 0, 2)]
    assert itinerary(town(2, price=dear)) == []


def test_schools_share_the_cost_of_a_team_day():
    """Two schools of two pupils: a day costs three, so neither is worth it alone."""
    price = Price(team_day=3 * PUPIL)

    assert itinerary(town(2, price=price)) == []
    assert len(itinerary(town(2, 2, hours=70, price=price))) == 2


def test_an_early_visit_is_worth_more_and_a_late_one_finds_more():
    """One waits from day 0 and two from day 1; a second visit is not worth its cost."""
    late = Group(arrivals=((0, 1), (1, 2)))
    price = Price(visit=3 * PUPIL // 2, waiting=10)

    assert itinerary(town(late, days=3, price=price)) == [(1, 0, 0, 3)]


def test_absentees_are_called_again():
    """Of four half come, and half of the other two."""
    assert pupils(town(4, days=2, turnout=500, again=500)) == 3


def test_nobody_is_called_twice_on_one_day():
    assert pupils(town(4, teams=2, turnout=500, again=500)) == 2


def test_a_small_early_visit_that_would_spoil_a_large_one_is_not_made():
    """On day 0 there is time for one; those called in vain would hardly come again."""
    problem = town(20, days=2, hours=120, turnout=400, again=100)
    short = attrs.evolve(problem.sites[0], sessions=(((0, 20),), ((0, 120),)))

    assert [visit.day for visit in plan_exhaustively(problem).visits] == [0, 1]
    problem = attrs.evolve(problem, sites=(short,))
    assert [visit.day for visit in plan_exhaustively(problem).visits] == [1]


def test_two_teams_meet_one_after_the_other():
    """In 35 minutes there is time for two pupils each, in 45 for four: or two and then two."""
    together = town(4, teams=2, hours=35)
    apart = attrs.evolve(together, constraints=(TeamsAtOnce(1),))
    longer = town(4, teams=2, hours=60, constraints=(TeamsAtOnce(1),))
    no_time = town(9, teams=2, hours=60, constraints=(TeamsAtOnce(1),))

    assert pupils(together) == 4
    assert pupils(apart) == 2
    assert pupils(longer) == 4
    assert pupils(no_time) == 7  # set-up of the second takes the time of a pupil


def test_teams_that_can_meet_in_one_order_only_are_tried_in_every_order():
    """A kit records one a day: the teams come together, which they may not, or one by one."""
    problem = town(2, teams=2, constraints=(TeamsAtOnce(1), KitDayCap(1)))

    assert pupils(problem) == 2


def test_where_few_may_not_be_called_again_the_first_visit_leaves_some():
    assert pupils(town(9, days=2, constraints=(FewestPupils(7),))) == 9
    assert pupils(town(9, days=2, constraints=(FewestPupils(8),))) == 7


def test_a_floor_comes_before_the_value():
    free, bound = town(9, 9), town(9, 9, constraints=(Floor(district=1, pupils=2),))

    assert itinerary(free) == [(0, 0, 0, 7)]
    assert itinerary(bound) == [(0, 0, 1, 3)]


def test_a_date_comes_before_the_value():
    """Nine wait at the first school, one at the second, which must be reached: time for two."""
    free, bound = town(9, 1), town(9, 1, constraints=(ReachedBy(district=1, day=0),))

    assert itinerary(free) == [(0, 0, 0, 7)]
    assert sorted(itinerary(bound)) == [(0, 0, 0, 1), (0, 0, 1, 1)]


def test_one_visit_has_room_for_all_or_is_not_made():
    assert pupils(town(7, constraints=(OneVisit(0),))) == 7
    assert pupils(town(8, constraints=(OneVisit(0),))) == 0


def test_a_budget_is_spent_where_it_brings_most():
    problem = town(9, 3, days=2, constraints=(TeamDayBudget(1, 0, 1),))

    assert pupils(problem) == 7


def test_a_pin_comes_before_everything():
    pin = Pinned(team=0, day=0, site=1, start=22, pupils=1)

    assert itinerary(town(4, 9)) == [(0, 0, 0, 4)]
    assert itinerary(town(4, 9, constraints=(pin,))) == [(0, 0, 1, 2)]


def test_a_team_that_may_not_be_there_at_once_waits_for_the_pinned_one():
    rules = (KitDayCap(4), TeamsAtOnce(1), Pinned(team=1, day=0, site=0, start=10))
    problem = town(8, teams=2, hours=100, constraints=rules)

    starts = {visit.team: visit.start for visit in plan_exhaustively(problem).visits}

    assert starts[1] == 10 < starts[0]


def test_pins_that_cannot_be_kept_are_an_error():
    for pin in (Pinned(team=0, day=0, site=0, pupils=10), Pinned(team=0, day=1, site=0)):
        problem = town(9, days=2, constraints=(pin, ReserveDays(1)))

        with pytest.raises(ProblemError, match="no plan keeps the pinned visits"):
            plan_exhaustively(problem)


VACUOUS: tuple[Constraint, ...] = (
    VisitsPerDay(99),
    VisitsPerSite(99),
    Spacing(1),
    TeamsAtOnce(99),
    FewestPupils(0),
    DrivingLimit(9_999),
    KitDayCap(99),
    TeamDayBudget(99, 0, 2),
    Floor(0, 0),
)


@pytest.mark.parametrize("idle", VACUOUS, ids=lambda one: type(one).__name__)
def test_a_constraint_that_asks_nothing_changes_nothing(idle):
    """And the plan is found in moments; with all pupils and teams alike there are many as good."""
    problem = town(
        3, 2, 2, days=3, teams=2, hours=70, luck=Luck(outage=100), turnout=850, again=600
    )

    constrained = attrs.evolve(problem, constraints=(idle,))

    assert best_value(constrained).total == best_value(problem).total


# No plan at all is better -------------------------------------------------------------------

MICRO = Size(
    sites=2,
    teams=2,
    days=2,
    pupils=2,
    map_width=1,
    shift=9,
    minutes_per_pupil=2,
    all_pupils=3,
)


def every_visit(problem):
    """Every visit that holds alone: every minute, every room up to one more than all pupils."""
    bare = attrs.evolve(problem, constraints=())
    for team, day, site, room in product(
        range(len(problem.teams)),
        range(problem.days),
        range(len(problem.sites)),
        range(1, problem.pupils + 2),
    ):
        shift = problem.teams[team].shifts[day]
        for start in range(shift[0], shift[1] + 1) if shift else ():
            stays = (
                SiteVisit(
                    day=day, team=team, start=start, site=site, arrive=start, end=end, room=room
                )
                for end in range(start, shift[1] + 1)
            )
            first = (stay for stay in stays if not violations(bare, Solution((stay,))))
            stay = next(first, None)
            if stay is not None:
                yield stay


def every_plan(problem):
    """Every plan that keeps the rules, pins aside; nearly all grow visit by visit in time."""
    loose = tuple(rule for rule in problem.constraints if not isinstance(rule, Pinned))
    free = attrs.evolve(problem, constraints=loose)
    visits = sorted(every_visit(problem))
    plans = [((), 0)]
    while plans:
        plan, first = plans.pop()
        yield Solution(plan)
        for number in range(first, len(visits)):
            longer = (*plan, visits[number])
            if not violations(free, Solution(longer)):
                plans.append((longer, number + 1))


def no_better(problem, plan, best):
    """Whether *plan* ranks no higher than *best*, up to rounding."""
    missing, worth = rounding(problem, plan)
    rank = evaluate(problem, plan).rank
    return rank[0] <= best.rank[0] + missing and (
        rank[0] != best.rank[0] or rank[1] <= best.rank[1] + worth
    )


@settings(max_examples=max(settings().max_examples // 2, 10))
@given(problems(MICRO))
def test_no_enumerated_plan_beats_the_oracle(problem):
    """Against the plainest enumeration there is: all sets of visits at all minutes."""
    try:
        best = best_value(problem)
    except ProblemError:
        return
    for tried, plan in enumerate(every_plan(problem)):
        if tried > 3_000:
            return  # too many to look at; smaller ones say enough
        if not violations(problem, plan):
            assert no_better(problem, plan, best)


@given(tiny_problems(), st.integers(0, 2**32))
def test_no_random_plan_is_better(problem, seed):
    best = best_value(problem)
    for number in range(20):
        plan = thrown_together(problem, seed + number)
        if not violations(problem, plan):
            assert no_better(problem, plan, best)


@given(tiny_problems())
def test_the_plan_of_the_oracle_breaks_nothing(problem):
    assert violations(problem, plan_exhaustively(problem)) == ()
