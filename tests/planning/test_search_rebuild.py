"""Team-days planned anew together."""

from __future__ import annotations

from functools import cache
from itertools import islice, pairwise

import attrs
import pytest

from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.search.engine import REBUILD, SHAKEN, Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.rebuild import Rebuild
from school_ektp.planning.stop import MaxIterations, Progress, fraction_done
from school_ektp.testing.oracle import best_score
from school_ektp.testing.problems import random_tiny_problem


def rebuilt(problem, seed=0):
    """Return a search whose routes, empty before, were all planned anew."""
    search = Search(problem, seed)
    search.rebuild(range(len(search.routes.count)))
    return search


def three_schools_a_day_apart():
    """One crew and one day; 20, 21 and 22 wait, and from school to school it is too far."""
    crew = Crew(
        start=3,
        end=3,
        shifts=((0, 300),),
        breaks=((),),
        kits=(1,),
        minutes_per_pupil=(5,) * 3,
        setup=(10,) * 3,
        packdown=(10,) * 3,
    )
    sites = tuple(
        Site(groups=(Group(arrivals=((0, waiting),)),), sessions=(((0, 300),),))
        for waiting in (20, 21, 22)
    )
    far = tuple(
        tuple(0 if a == b else 50 if 3 in (a, b) else 100 for b in range(4)) for a in range(4)
    )
    return VisitProblem(days=1, sites=sites, crews=(crew,), travel=(far,))


@cache
def divisible_problems(number):
    problems = (random_tiny_problem(seed) for seed in range(1_000))
    usable = (p for p in problems if not p.rules and Search(p, 0).rebuild.possible())
    return tuple(islice((p for p in usable if best_score(p).pupils), number))


@pytest.mark.parametrize("number", range(12))
def test_empty_team_days_become_a_plan_that_holds(number):
    problem = divisible_problems(12)[number]
    search = rebuilt(problem)

    plan = solution_of(search.routes)
    assert violations(problem, plan) == ()
    assert search.routes.pupils > 0


def test_most_small_problems_are_solved_at_once():
    solved = [
        rebuilt(problem).routes.pupils == best_score(problem).pupils
        for problem in divisible_problems(12)
    ]

    assert sum(solved) >= 11


@pytest.mark.parametrize("number", range(12))
def test_what_worths_are_blurred_by_is_forgotten_the_next_time(number):
    problem = divisible_problems(12)[number]
    search = Search(problem, 0)
    routes = range(len(search.routes.count))
    search.rebuild(routes, blur=0.9)
    assert violations(problem, solution_of(search.routes)) == ()

    search.rebuild(routes)

    assert search.routes.pupils == rebuilt(problem).routes.pupils


def test_blurred_worths_lead_to_another_plan():
    """Three schools a day apart, of which one day records one: which one, the blur decides."""
    problem = three_schools_a_day_apart()

    chosen = set()
    for seed in range(20):
        search = Search(problem, seed)
        search.rebuild([0], blur=0.5)
        chosen |= {visit.site for visit in solution_of(search.routes).visits}

    assert chosen == {0, 1, 2}
    assert {v.site for v in solution_of(rebuilt(problem).routes).visits} == {2}


def test_what_was_planned_anew_can_be_undone():
    search = rebuilt(divisible_problems(12)[0])
    search.routes.rollback()

    assert search.routes.pupils == 0
    assert solution_of(search.routes).visits == ()


class Watched(Rebuild):
    """Writes down which team-days are planned anew, and whether worths are blurred."""

    def __init__(self, search):
        super().__init__(search.routes, search.insertion, search.dice)
        self.search, self.calls = search, []

    def __call__(self, chosen, stopped=bool, blur=0.0):
        over = fraction_done(self.search.watch, progress(self.search.iterations))
        pupils = self.search.routes.pupils
        self.calls.append((len(chosen), blur, over, pupils, self.search.best.pupils))
        return super().__call__(chosen, stopped, blur)


def progress(iterations):
    return Progress(iterations=iterations, pupils=0, improved=0, bound=0)


def ten_days_too_few():
    """Like the day above ten times, with hundreds at each school."""
    problem = three_schools_a_day_apart()
    crew = attrs.evolve(
        problem.crews[0], shifts=((0, 300),) * 10, breaks=((),) * 10, kits=(1,) * 10
    )
    sites = tuple(
        attrs.evolve(site, groups=(Group(arrivals=((0, 200),)),), sessions=site.sessions * 10)
        for site in problem.sites
    )
    return attrs.evolve(problem, days=10, crews=(crew,), sites=sites)


def watched_search(problem, iterations):
    search = Search(problem, 0)
    search.rebuild = Watched(search)
    plan = search.run(MaxIterations(iterations).start(), problem.pupils, None, None)
    assert violations(problem, plan) == ()
    return search.rebuild.calls, score(problem, plan).pupils


def test_the_best_plan_of_a_small_season_is_shaken_now_and_then():
    calls, _ = watched_search(ten_days_too_few(), 3_000)
    shaken = [number for number, (_, blur, *_) in enumerate(calls) if blur]

    assert len(shaken) > 3
    assert {calls[number][0] for number in shaken} == {3}  # of ten team-days
    assert all(later - one == SHAKEN for one, later in pairwise(shaken))
    assert all(calls[number][3] == calls[number][4] for number in shaken)  # it is the best plan
    assert all(over < REBUILD for _, blur, over, *_ in calls if blur)


def test_what_shaking_loses_is_not_lost_in_the_end():
    calls, pupils = watched_search(ten_days_too_few(), 3_000)

    assert pupils >= max(best for *_, best in calls)


def test_where_all_team_days_take_long_to_plan_anew_nothing_is_shaken(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.search.engine.CHEAP", 0.0)

    calls, _ = watched_search(ten_days_too_few(), 3_000)

    assert len(calls) > SHAKEN
    assert not any(blur for _, blur, *_ in calls)
