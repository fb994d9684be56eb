"""Putting visits in: what is proposed fits, and pins come first."""

from __future__ import annotations

import random
from itertools import chain

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.planning.checker import evaluate, violations
from school_ektp.planning.constraints import DrivingLimit, FewestPupils, KitDayCap, OneVisit, Pinned
from school_ektp.planning.problem import Price
from school_ektp.planning.search.data import SearchData
from school_ektp.planning.search.insertion import (
    best_insertion,
    fill,
    fit_rooms,
    insert_pins,
    trade_rooms,
)
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.state import FIRST, State
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import problems, random_problem
from towns import town


def opened(problem):
    return State(SearchData(problem), SearchParams())


def plan_of(state):
    return state.solution(state.snapshot())


def driven(state):
    """Minutes driven on all team-days."""
    return sum(route.driving for route in state.routes.values())


def broken(problem, plan):
    """Rules that a plan breaks, pins apart."""
    return [fault for fault in violations(problem, plan) if fault.rule != "pinned"]


@given(problems(), st.integers(0, 2**16))
def test_every_visit_put_in_fits_and_adds_what_was_promised(problem, seed):
    state, rng = opened(problem), random.Random(seed)
    insert_pins(state)
    for _ in range(12):
        site = rng.randrange(len(problem.sites))
        found = best_insertion(state, site, rng)
        if found is not None:
            before, driving = state.objective, driven(state)
            state.insert(site, found.number, found.place, found.room)
            assert found.gain > 0
            assert state.objective == before + found.gain
            assert driven(state) == driving + found.extra
            assert broken(problem, plan_of(state)) == []


@given(problems())
def test_a_first_visit_is_the_best_by_trying_all(problem):
    """In an empty plan, where each team-day holds one visit at most."""
    state = opened(problem)
    for site in range(len(problem.sites)):
        found = best_insertion(state, site, random.Random(0))
        gains = []
        for number in chain(*state.data.serving[site].values()):
            day = state.data.team_days[number]
            room = min(day.hours.lone[site][0], state.look(site, day.day).want)
            fits = state.affordable(number) and state.data.most_visits[site] > 0
            if fits and state.allowed(site, state.calls_with(site, number, room)):
                trial = opened(problem)
                trial.insert(site, number, 0, room)
                gains.append(trial.objective - state.objective)
        assert (found.gain if found else 0) == max([0, *gains])


@given(problems(), st.integers(0, 2**16))
def test_rooms_fitted_and_traded_break_nothing_and_trading_pays(problem, seed):
    state, rng = opened(problem), random.Random(seed)
    insert_pins(state)
    fill(state, range(len(problem.sites)), rng)
    fit_rooms(state, range(len(problem.sites)))
    before = state.objective
    for _ in range(5):
        trade_rooms(state, sorted(state.routes), rng)

    assert state.objective >= before
    assert broken(problem, plan_of(state)) == []
    value = evaluate(state.data.problem, plan_of(state))
    assert state.objective == value.total - FIRST * value.shortfall


def test_filling_stops_when_the_time_is_over():
    state = opened(town(9, 9))
    fill(state, [0, 1], random.Random(0), over=lambda: True)

    assert not state.routes


def test_a_visit_that_costs_more_than_it_brings_is_not_proposed():
    dear = town(3, price=Price(team_day=3_000_000))
    cheap = town(3, price=Price(team_day=2_999_999))

    assert best_insertion(opened(dear), 0, random.Random(0)) is None
    assert best_insertion(opened(cheap), 0, random.Random(0)).gain == 1


def test_a_whole_site_is_proposed_with_room_for_all_or_not_at_all():
    assert best_insertion(opened(town(7, constraints=[OneVisit(0)])), 0, random.Random(0)).room == 7
    capped = town(7, constraints=[OneVisit(0), KitDayCap(6)])
    assert best_insertion(opened(capped), 0, random.Random(0)) is None


# Pins ---------------------------------------------------------------------------------------


def pins_of(plan, rng):
    """Return pins taken from some visits of a plan: with minute and room, or without."""
    chosen = rng.sample(plan.visits, rng.randint(1, len(plan.visits)))
    return tuple(
        Pinned(
            team=visit.team,
            day=visit.day,
            site=visit.site,
            start=rng.choice((None, visit.start)),
            pupils=rng.choice((0, rng.randint(0, visit.room), visit.room)),
        )
        for visit in chosen
    )


def pins_kept(problem, seed):
    """Plan, take pins from the plan, plan again with them; return whether there were any."""
    plan = solve(problem, stop=MaxIterations(15), seed=seed).solution
    if not plan.visits:
        return False
    rng = random.Random(seed)
    loose = tuple(rule for rule in problem.constraints if not isinstance(rule, Pinned))
    pinned = attrs.evolve(problem, constraints=(*loose, *pins_of(plan, rng)))
    again = solve(pinned, stop=MaxIterations(5), seed=seed + 1).solution
    assert violations(pinned, again) == (), seed
    return True


def test_pins_taken_from_a_plan_are_all_kept():
    assert sum(pins_kept(random_problem(seed), seed) for seed in range(228)) >= 200


def test_pins_taken_from_a_plan_are_kept_where_few_may_not_be_called_again():
    """Rooms of announced visits hang together there, on one day most of all."""
    for seed in range(1_000, 1_060):
        problem = random_problem(seed)
        constraints = (*problem.constraints, FewestPupils(2 + seed % 16))
        pins_kept(attrs.evolve(problem, constraints=constraints), seed)


@pytest.mark.nightly
@given(problems(), st.integers(0, 2**16), st.integers(0, 20))
def test_pins_taken_from_any_plan_are_kept(problem, seed, fewest):
    constraints = (*problem.constraints, *[FewestPupils(fewest)] * (fewest > 0))
    pins_kept(attrs.evolve(problem, constraints=constraints), seed)


any_pins = st.lists(
    st.builds(
        Pinned,
        team=st.integers(0),
        day=st.integers(0),
        site=st.integers(0),
        start=st.none() | st.integers(0, 450),
        pupils=st.sampled_from((0, 1, 20, 90)),
    ),
    max_size=6,
)


@settings(max_examples=max(settings().max_examples, 100))
@given(problems(), any_pins, st.integers(0, 2**16))
def test_pins_that_cannot_be_kept_break_nothing_else(problem, pins, seed):
    pins = [
        attrs.evolve(
            pin,
            team=pin.team % len(problem.teams),
            day=pin.day % problem.days,
            site=pin.site % len(problem.sites),
        )
        for pin in pins
    ]
    pinned = attrs.evolve(problem, constraints=(*problem.constraints, *pins))

    plan = solve(pinned, stop=MaxIterations(10), seed=seed).solution

    assert broken(pinned, plan) == []


def kept(problem, *pins):
    """Return the stays of a plan that holds the announced visits only."""
    state = opened(attrs.evolve(problem, constraints=(*problem.constraints, *pins)))
    insert_pins(state)
    return [(visit.site, visit.start, visit.room) for visit in plan_of(state).visits]


def test_an_announced_visit_keeps_its_minute_and_gets_no_more_room_than_it_asks_for():
    assert kept(town(9), Pinned(0, 0, 0, start=17, pupils=3)) == [(0, 17, 3)]
    assert kept(town(9), Pinned(0, 0, 0, pupils=3)) == [(0, 10, 3)]


def test_an_announced_visit_gets_the_room_it_can_use_when_the_plan_is_made():
    pin = Pinned(0, 0, 0, start=17)
    plan = solve(town(9, constraints=[pin]), stop=MaxIterations(0)).solution

    assert [(visit.start, visit.room) for visit in plan.visits] == [(17, (50 - 17 - 5) // 5)]


def test_a_pin_that_asks_for_too_much_is_given_up_and_the_school_is_free():
    pin = Pinned(0, 0, 0, start=40, pupils=9)
    plan = solve(town(9, constraints=[pin]), stop=MaxIterations(5)).solution

    assert [(visit.start, visit.room) for visit in plan.visits] == [(10, 7)]


def test_of_two_pins_that_exclude_each_other_one_is_kept():
    pins = Pinned(0, 0, 0, start=10, pupils=5), Pinned(0, 0, 1, start=20, pupils=1)

    assert kept(town(9, 9), *pins) == [(0, 10, 5)]


def test_pins_out_of_order_are_put_into_the_order_that_fits():
    """The near school opens late: the far one comes first, whatever its number."""
    problem = town(9, 9, hours=100)
    late = attrs.evolve(problem.sites[0], sessions=(((60, 90),),))
    problem = attrs.evolve(problem, sites=(late, problem.sites[1]))

    assert kept(problem, Pinned(0, 0, 0, pupils=5), Pinned(0, 0, 1, pupils=5)) == [
        (1, 20, 5),
        (0, 60, 5),
    ]


def test_no_pins_no_visits():
    assert kept(town(9)) == []
    assert plan_of(opened(town(9))) == Solution()


def test_a_whole_day_of_pins_is_kept_where_only_few_orders_are_short_enough():
    """Out to the even schools, back to the odd ones: any other order drives or waits too long."""
    problem = town(1, 1, 1, 1, 1, 1, hours=200, constraints=[DrivingLimit(120)])
    sites = tuple(
        attrs.evolve(site, sessions=(((0, 90),) if number % 2 == 0 else ((90, 200),),))
        for number, site in enumerate(problem.sites)
    )
    pins = [Pinned(0, 0, site) for site in (1, 0, 5, 2, 3, 4)]

    stays = kept(attrs.evolve(problem, sites=sites), *pins)

    assert [site for site, _, _ in stays] == [0, 2, 4, 5, 3, 1]
