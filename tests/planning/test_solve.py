"""The planner: no plan breaks a constraint, a start is never lost, what comes first comes first."""

from __future__ import annotations

from itertools import count

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressed import interrupted_at
from school_ektp.errors import SchoolEktpWarning
from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import (
    Floor,
    OneVisit,
    Pinned,
    ReachedBy,
    TeamDayBudget,
    TeamsAtOnce,
)
from school_ektp.planning.problem import Price
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.planning.solve import bounded, solve
from school_ektp.planning.stop import DEFAULT, MaxIterations, MaxSeconds, Progress, begin
from school_ektp.testing import problems, random_problem, thrown_together
from school_ektp.testing.problems import Size
from towns import town

FEW = MaxIterations(20)
LARGE = Size(
    sites=120,
    teams=6,
    days=40,
    pupils=60,
    map_width=60,
    shift=420,
    minutes_per_pupil=10,
    all_pupils=9_000,
)


def breaks_nothing(problem, seed, stop):
    found = solve(problem, stop=stop, seed=seed)
    assert violations(problem, found.solution) == ()
    assert found.value == evaluate(problem, found.solution)


@given(problems(), st.integers(0, 2**16))
def test_no_plan_breaks_a_constraint(problem, seed):
    """Pins of these problems can be kept."""
    breaks_nothing(problem, seed, FEW)


@pytest.mark.nightly
@given(problems(), st.integers(0, 2**16))
def test_no_plan_of_many_breaks_a_constraint(problem, seed):
    breaks_nothing(problem, seed, MaxIterations(150))


# A start ------------------------------------------------------------------------------------


@settings(max_examples=max(settings().max_examples, 100))
@given(problems(), st.integers(0, 2**16))
def test_a_start_is_never_lost(problem, seed):
    """Not even one that keeps pins with which the search can do nothing."""
    start = thrown_together(problem, seed)
    pins = tuple(
        Pinned(team=visit.team, day=visit.day, site=visit.site, start=visit.start)
        for visit in start.visits[::2]
    )
    pinned = attrs.evolve(problem, constraints=(*problem.constraints, *pins))
    if not violations(pinned, start):
        found = solve(pinned, stop=MaxIterations(3), start=start, seed=seed)
        assert violations(pinned, found.solution) == ()
        assert found.value.rank >= evaluate(pinned, start).rank


def meeting():
    """Two teams at one school, one after the other, though only one may be there at once."""
    early = SiteVisit(day=0, team=0, start=10, site=0, arrive=10, end=20, room=1)
    return Solution([early, attrs.evolve(early, team=1, start=20, arrive=20, end=30)])


def test_a_start_that_keeps_the_pins_is_not_given_up_for_a_plan_that_does_not():
    pins = [Pinned(0, 0, 0, start=10), Pinned(1, 0, 0, start=20)]
    problem = town(9, teams=2, constraints=[TeamsAtOnce(1), *pins])
    assert violations(problem, meeting()) == ()

    assert solve(problem, stop=FEW, start=meeting()).solution == meeting()


def test_a_start_that_breaks_a_constraint_is_used_as_far_as_it_fits():
    problem = town(9, teams=1)
    late = SiteVisit(day=0, team=0, start=55, site=0, arrive=55, end=99, room=7)

    assert violations(problem, solve(problem, stop=FEW, start=Solution([late])).solution) == ()


# What comes first ---------------------------------------------------------------------------


def visited(problem, iterations=60):
    found = solve(problem, stop=MaxIterations(iterations))
    assert violations(problem, found.solution) == ()
    return {visit.site for visit in found.solution.visits}, found.value


def test_a_floor_comes_before_the_value():
    sites, value = visited(town(9, 2))
    assert sites == {0}
    assert value.shortfall == 0
    sites, value = visited(town(9, 2, constraints=[Floor(1, 2)]))
    assert 1 in sites
    assert value.shortfall == 0


def test_what_cannot_be_reached_is_missing_and_reported():
    assert visited(town(9, 2, constraints=[Floor(0, 100)]))[1].shortfall == 100 * 93


def test_a_date_comes_before_the_value():
    dear = Price(waiting=0, team_day=50_000_000)
    assert visited(town(3, 3, days=2, price=dear))[0] == set()
    sites, value = visited(town(3, 3, days=2, price=dear, constraints=[ReachedBy(1, 0)]))
    assert sites == {1}
    assert value.shortfall == 0
    assert value.total < 0


def test_a_whole_site_is_visited_once_with_room_for_all_or_not_at_all():
    problem = town(7, 20, days=4, constraints=[OneVisit(0), OneVisit(1)])
    plan = solve(problem, stop=MaxIterations(60)).solution

    assert [(visit.site, visit.room) for visit in plan.visits] == [(0, 7)]


def test_a_budget_of_team_days_holds_over_all_teams_and_past_days():
    budget = TeamDayBudget(3, 0, 5)
    problem = town(30, 30, days=7, teams=2, today=1, constraints=[budget])
    team = attrs.evolve(problem.teams[0], out=frozenset({0}))
    problem = attrs.evolve(problem, teams=(team, problem.teams[1]))
    value = solve(problem, stop=MaxIterations(60)).value

    assert value.team_days == 2 + 2  # two of the three days, and both teams on the last day


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_teams_meet_at_a_school_than_may(most):
    problem = town(60, teams=3, constraints=[TeamsAtOnce(most)])
    plan = solve(problem, stop=MaxIterations(60)).solution

    assert violations(problem, plan) == ()
    assert len(plan.visits) == most


# Seeds and seconds --------------------------------------------------------------------------


def test_the_default_makes_the_same_plan_again():
    problem = random_problem(155)
    once, again = (solve(problem, stop=DEFAULT, seed=3) for _ in range(2))

    assert once == again
    assert once.iterations == DEFAULT.most


def test_a_limit_in_seconds_holds_even_before_the_first_plan_is_made():
    """By a clock that goes on by a hundredth of a second whenever it is asked."""
    problem, ticks = random_problem(7, LARGE), count()
    found = solve(problem, stop=MaxSeconds(0.4, clock=lambda: next(ticks) / 100))

    assert found.iterations == 0
    assert violations(problem, found.solution) == ()
    assert next(ticks) < 50


def test_progress_is_reported_with_every_better_plan_and_each_hundredth():
    steps = []
    found = solve(random_problem(155), stop=MaxIterations(50), on_progress=steps.append)

    better = [now for now in steps if now.improved == now.iterations]
    assert {(now.iterations, now.value) for now in better} == set(found.log)
    assert [now.done for now in steps] == sorted(now.done for now in steps)
    assert {now.iterations for now in steps} >= set(range(1, 50))


def test_a_rule_that_cannot_tell_how_far_it_is_says_nothing_of_it():
    steps = []
    solve(random_problem(155), stop=lambda now: now.iterations >= 20, on_progress=steps.append)

    assert {now.done for now in steps} == {0.0}


# Ended by hand ------------------------------------------------------------------------------


def pressed_after(calls):
    """Return an on_progress during whose *calls*-th call the user presses Ctrl-C."""
    steps = []

    def press(now):
        steps.append(now)
        if len(steps) == calls:
            raise KeyboardInterrupt

    return press, steps


@pytest.mark.parametrize("calls", [1, 2, 30])
def test_an_interrupted_search_gives_the_best_plan_so_far(calls):
    problem = random_problem(155)
    press, steps = pressed_after(calls)

    with pytest.warns(SchoolEktpWarning, match="the search was interrupted after .* best plan so"):
        found = solve(problem, stop=MaxIterations(10_000), on_progress=press)

    assert found.interrupted
    assert violations(problem, found.solution) == ()
    assert found.value == evaluate(problem, found.solution)
    assert found.value.total == pytest.approx(steps[-1].value, rel=1e-3)  # groups are pooled
    with pytest.raises(KeyboardInterrupt):
        found.whole()


def test_a_search_interrupted_before_its_first_plan_gives_the_start():
    problem = random_problem(155)
    start = solve(problem, stop=MaxIterations(10)).solution

    with pytest.warns(SchoolEktpWarning, match="interrupted after 0 rounds"):
        found = solve(problem, stop=interrupted_at(2), start=start)
    with pytest.warns(SchoolEktpWarning, match="interrupted after 0 rounds"):
        nothing = solve(problem, stop=interrupted_at(2))

    assert found.value.rank >= evaluate(problem, start).rank
    assert nothing.solution == Solution()


def test_an_interrupted_bound_leaves_the_plain_one_and_ends_the_search():
    problem, watch = random_problem(155), begin(MaxIterations(10))
    value, same = bounded(problem, watch)
    assert same is watch

    with pytest.warns(SchoolEktpWarning, match="interrupted before the search"):
        plain, over = bounded(problem, begin(interrupted_at(2)))

    assert plain >= value
    assert over(Progress(iterations=0, value=0, improved=0))


def test_a_search_that_was_not_interrupted_is_whole():
    found = solve(random_problem(155), stop=MaxIterations(3))

    assert not found.interrupted
    assert found.whole() == found.solution
