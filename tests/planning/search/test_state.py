"""The plan under change: what it is worth after any changes, and how they are taken back."""

from __future__ import annotations

from itertools import permutations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from school_ektp.planning.checker import evaluate
from school_ektp.planning.constraints import FewestPupils, TeamDayBudget, TeamsAtOnce
from school_ektp.planning.problem import EXPECTED, Group, Luck
from school_ektp.planning.search.data import UNLIMITED, SearchData
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.state import FIRST, Call, State
from school_ektp.planning.solution import Solution
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing import problems, random_problem, thrown_together
from towns import town


def opened(problem):
    return State(SearchData(problem), SearchParams())


def objective(state):
    """The objective as the checker counts it, from the plan written out in minutes."""
    value = evaluate(state.data.problem, state.solution(state.snapshot()))
    return value.total - FIRST * value.shortfall, value.driving


def driven(state):
    """Minutes driven on all team-days."""
    return sum(route.driving for route in state.routes.values())


class Changes(RuleBasedStateMachine):
    """Any changes that fit, in any order."""

    @initialize(problem=problems())
    def begin(self, problem):
        self.state = opened(problem)
        self.saved = None

    def drawn_route(self, data):
        number = data.draw(st.sampled_from(sorted(self.state.routes)))
        return number, self.state.routes[number]

    @precondition(lambda self: self.state.data.team_days)
    @rule(data=st.data(), want=st.integers(1, 40))
    def insert(self, data, want):
        number = data.draw(st.integers(0, len(self.state.data.team_days) - 1))
        route = self.state.route(number)
        site = data.draw(st.integers(0, len(self.state.calls) - 1))
        found = None if site in route.sites else route.best_place(site, want, UNLIMITED)
        if found is not None:
            room, _, place = found
            self.state.insert(site, number, place, room)

    @precondition(lambda self: self.state.routes)
    @rule(data=st.data())
    def remove(self, data):
        number, route = self.drawn_route(data)
        self.state.remove(data.draw(st.sampled_from(route.sites)), number)

    @precondition(lambda self: self.state.routes)
    @rule(data=st.data())
    def set_room(self, data):
        number, route = self.drawn_route(data)
        place = data.draw(st.integers(0, len(route.sites) - 1))
        room = data.draw(st.integers(1, min(route.most_room(place), 60)))
        self.state.set_room(number, place, room)

    @precondition(lambda self: self.state.routes)
    @rule(data=st.data())
    def reorder(self, data):
        number, route = self.drawn_route(data)
        places = data.draw(st.permutations(range(len(route.sites))))
        trial = route.copy()
        trial.sites = [route.sites[place] for place in places]
        trial.rooms = [route.rooms[place] for place in places]
        trial.update()
        if trial.fits:
            self.state.reorder(number, places)

    @rule()
    def save(self):
        self.state.save()
        self.saved = everything(self.state)

    @precondition(lambda self: self.saved)
    @rule()
    def restore(self):
        self.state.restore()
        assert everything(self.state) == self.saved
        self.saved = None

    @precondition(lambda self: self.saved)
    @rule()
    def keep(self):
        assert set(self.state.touched()) <= set(self.state.routes)
        self.state.keep()
        self.saved = None

    @invariant()
    def objective_is_what_the_checker_counts(self):
        if hasattr(self, "state"):
            assert (self.state.objective, driven(self.state)) == objective(self.state)


def everything(state):
    """Return what a plan is, in full."""
    times = {
        number: (route.begins, route.ends, route.latest, route.driving, route.load, route.fits)
        for number, route in sorted(state.routes.items())
    }
    figures = state.objective, dict(state.recorded), list(state.unreached)
    return sorted(state.snapshot().items()), times, list(state.calls), figures


class TestChanges(Changes.TestCase):
    settings = settings(max_examples=50, stateful_step_count=20)


@pytest.mark.nightly
class TestManyChanges(Changes.TestCase):
    settings = settings(max_examples=1_000, stateful_step_count=40)


# Adopting a plan ----------------------------------------------------------------------------


@given(problems(), st.integers(0, 2**16))
def test_a_plan_adopted_and_written_out_has_the_same_visits(problem, seed):
    """All of them where no pair of teams meets and no constraint is tighter in the search."""
    state = opened(problem)
    plan = thrown_together(problem, seed)

    state.adopt(plan)
    again = state.solution(state.snapshot())

    stays = [{(v.day, v.team, v.site, v.room) for v in some.visits} for some in (plan, again)]
    assert stays[1] <= stays[0]
    if not problem.constraints:
        assert stays[1] == stays[0]
    assert (state.objective, driven(state)) == objective(state)


def test_the_solution_has_pauses_and_earliest_times():
    problem = town(9, 9, hours=100)
    state = opened(problem)
    state.insert(0, 0, 0, 2)
    state.insert(1, 0, 1, 3)

    plan = state.solution(state.snapshot())

    assert [(v.site, v.arrive, v.start, v.end) for v in plan.visits] == [
        (0, 10, 10, 25),
        (1, 35, 35, 55),
    ]


# What is allowed ----------------------------------------------------------------------------


def test_calls_of_a_site_are_told_apart_by_day_room_and_team():
    later, larger, other = Call(2, 1, 0), Call(1, 9, 0), Call(1, 9, 1)

    for calls in permutations((later, larger, other)):
        held = ()
        for call in calls:
            held = State.with_call(held, call)
        assert held == (larger, other, later)


def test_no_more_teams_meet_than_are_allowed():
    state = opened(town(40, days=2, teams=3, constraints=[TeamsAtOnce(2)]))
    pair = (Call(0, 5, 0), Call(0, 5, 1))

    assert state.allowed(0, pair)
    assert state.allowed(0, (*pair, Call(1, 5, 2)))
    assert not state.allowed(0, (*pair, Call(0, 5, 2)))


def test_a_visit_after_the_first_brings_the_fewest_asked():
    state = opened(town(9, days=3, teams=2, constraints=[FewestPupils(4)]))

    assert state.allowed(0, (Call(0, 1, 0),))
    assert state.allowed(0, (Call(0, 1, 0), Call(1, 4, 0)))
    assert not state.allowed(0, (Call(0, 6, 0), Call(1, 4, 0)))
    assert not state.allowed(0, (Call(0, 1, 0), Call(0, 5, 1)))  # either may begin first


def test_a_change_that_leaves_too_few_does_not_hold():
    """Two visits before, and where the first goes the second brings fewer than asked."""
    state = opened(
        town(30, days=3, turnout=500, again=100, luck=Luck(), constraints=[FewestPupils(4)])
    )
    state.insert(0, 0, 0, 7)
    state.save()
    assert state.holds()
    state.insert(0, 1, 0, 7)
    assert state.holds()
    state.set_room(1, 0, 3)
    assert not state.holds()


def test_a_budget_counts_team_days_in_use_and_past_ones():
    problem = town(9, 9, days=4, constraints=[TeamDayBudget(2, 0, 2)])
    state = opened(problem)
    assert state.affordable(0)
    state.insert(0, 0, 0, 1)
    state.insert(1, 1, 0, 1)
    assert not state.affordable(2)
    assert state.affordable(3)
    state.remove(0, 0)
    assert state.affordable(2)


def test_options_name_room_and_gain_of_a_lone_visit():
    state = opened(town(5, days=2))
    option = state.look(0, 1)
    assert option.want == 5
    state.insert(0, 1, 0, 5)

    assert state.objective == option.gain
    assert state.options(0) is not None
    assert opened(town(5, days=2)).options(0) == {}


def test_nothing_more_is_looked_for_where_nobody_is_left():
    state = opened(town(5, days=2))
    assert state.has_more(0)
    state.insert(0, 0, 0, 5)
    assert not state.has_more(0)


def test_classes_away_on_the_last_day_are_still_looked_for():
    staying, away = Group(arrivals=((0, 3),)), Group(arrivals=((0, 3),), away=frozenset({2}))
    problem = town(staying, days=3)
    (site,) = problem.sites
    problem = attrs.evolve(problem, sites=(attrs.evolve(site, groups=(staying, away)),))
    state = opened(problem)
    state.insert(0, 2, 0, 6)

    assert state.has_more(0)
    assert solve(problem, stop=MaxIterations(20)).value.pupils == 6 * EXPECTED


@pytest.mark.parametrize("seed", range(3))
def test_an_empty_plan_is_worth_nothing_but_what_is_missing(seed):
    problem = random_problem(seed)
    state = opened(problem)

    assert state.objective == -FIRST * evaluate(problem, Solution()).shortfall
    assert state.solution(state.snapshot()) == Solution()
