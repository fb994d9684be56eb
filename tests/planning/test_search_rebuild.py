"""Team-days planned anew together."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain, count, islice, pairwise

import attrs
import pytest

from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.lagrange import Shares
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import Pinned, Spacing
from school_ektp.planning.search.engine import BEGUN_APART, REBUILD, SHAKEN, Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.rebuild import Rebuild
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations, MaxSeconds, Progress, fraction_done
from school_ektp.testing.oracle import best_score
from school_ektp.testing.problems import random_tiny_problem


def rebuilt(problem, seed=0):
    """Return a search whose routes, empty before, were all planned anew."""
    search = Search(problem, seed)
    search.rebuild(range(len(search.routes.count)))
    return search


def season(pupils, *, days=1, minutes=300, kits=1, pace=5, fixed=10, out=50, apart=100):
    """One crew; schools so many minutes apart, which are so far from its base."""
    size, shift = len(pupils), (0, minutes)
    crew = Crew(
        start=size,
        end=size,
        shifts=(shift,) * days,
        breaks=((),) * days,
        kits=(kits,) * days,
        minutes_per_pupil=(pace,) * size,
        setup=(fixed,) * size,
        packdown=(fixed,) * size,
    )
    sites = tuple(
        Site(groups=(Group(arrivals=((0, waiting),)),), sessions=((shift,),) * days)
        for waiting in pupils
    )
    places = range(size + 1)
    drive = tuple(
        tuple(0 if a == b else out if size in (a, b) else apart for b in places) for a in places
    )
    return VisitProblem(days=days, sites=sites, crews=(crew,), travel=(drive,))


def three_schools_a_day_apart():
    """One day; 20, 21 and 22 wait, and from school to school it is too far."""
    return season((20, 21, 22))


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


def picked(search, times=400):
    """Return how often each team-day is one of two to be planned anew."""
    return Counter(route for _ in range(times) for route in search.rebuild.choose(2))


def test_team_days_that_fall_short_are_planned_anew_most():
    search = rebuilt(eight_days_too_few())
    for visit in search.routes.stops(3):
        search.routes.drop(visit)

    often = picked(search)

    assert often.most_common(1)[0][0] == 3
    assert often[3] > 400 * 2 / 8 * 1.7
    assert len(often) == 8


def test_as_long_as_no_relaxation_is_known_all_team_days_are_alike():
    often = picked(Search(eight_days_too_few(), 0))

    assert max(often.values()) < 1.5 * min(often.values())
    assert len(often) == 8


@pytest.mark.parametrize("number", range(12))
def test_what_is_lacking_to_the_relaxation_is_where_team_days_fall_short_and_pupils_are_left(
    number,
):
    problem = divisible_problems(12)[number]
    search = rebuilt(problem)
    rebuild, routes = search.rebuild, search.routes
    price, _ = rebuild.prices

    def promised():
        left = sum(n * (1 - each) for n, each in zip(routes.left, price, strict=True))
        return routes.pupils + left + sum(map(rebuild.shortfall, range(len(routes.count))))

    full = promised()
    for route in range(0, len(routes.count), 2):
        for visit in routes.stops(route):
            routes.drop(visit)

    assert promised() == pytest.approx(full)
    assert full > best_score(problem).pupils - 0.5


def test_pinned_days_are_left_out_of_what_is_known_of_all_team_days():
    pin = Pinned(crew=0, day=2, site=6)
    search = Search(attrs.evolve(eight_days_too_few(), rules=(pin,)), 0)

    search.run(MaxIterations(300).start(), 215, None, None)

    assert sorted(search.rebuild.rents) == [0, 1, 3, 4, 5, 6, 7]
    assert search.rebuild.shortfall(2) == 0.0
    assert [*search.rebuild.rents.values()] == pytest.approx([20.0] * 7)  # one more day's pupils


def test_no_relaxation_is_solved_for_what_is_left_when_only_whole_team_days_are_taken(monkeypatch):
    """Of those it would tell again what the one before has told."""
    told = []

    class Told(Shares):
        def chosen(self):
            found = super().chosen()
            whole = sum(int(share + 1e-4) for share, _, _ in found)
            told.append((sum(day.count for day in self.split.days), whole))
            return found

    monkeypatch.setattr("school_ektp.planning.search.rebuild.Shares", Told)
    rebuilt(eight_days_too_few())

    days, whole = zip(*told, strict=True)
    assert len(told) > 1
    assert max(whole) > 0
    assert all(later < now - taken for (now, taken), later in zip(told, days[1:], strict=False))


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


def eight_days_too_few():
    """Twelve schools 20 minutes apart, 215 pupils, of whom some 187 can be recorded."""
    pupils = 9, 5, 23, 19, 8, 12, 30, 31, 26, 27, 7, 18
    return season(pupils, days=8, minutes=180, kits=2, pace=10, fixed=5, out=20, apart=20)


def watched_search(problem, iterations):
    search = Search(problem, 0)
    search.rebuild = Watched(search)
    plan = search.run(MaxIterations(iterations).start(), problem.pupils, None, None)
    assert violations(problem, plan) == ()
    return search.rebuild.calls, score(problem, plan).pupils


def test_the_best_plan_of_a_small_season_is_shaken_now_and_then():
    calls, _ = watched_search(eight_days_too_few(), 3_000)
    shaken = [number for number, (_, blur, *_) in enumerate(calls) if blur]

    assert len(shaken) > 3
    assert {calls[number][0] for number in shaken} == {2}  # of eight team-days
    assert all(later - one == SHAKEN for one, later in pairwise(shaken))
    assert any(pupils < best for *_, pupils, best in calls)  # a worse plan is gone on from, ...
    assert all(calls[number][3] == calls[number][4] for number in shaken)  # ... but not shaken
    assert all(over < REBUILD for _, blur, over, *_ in calls if blur)


def test_what_shaking_loses_is_not_lost_in_the_end():
    calls, pupils = watched_search(eight_days_too_few(), 3_000)

    assert min(now for *_, now, _ in calls) < max(best for *_, best in calls) <= pupils


def test_where_all_team_days_take_long_to_plan_anew_nothing_is_shaken(monkeypatch):
    monkeypatch.setattr("school_ektp.planning.search.engine.CHEAP", 0.0)

    calls, _ = watched_search(eight_days_too_few(), 3_000)

    assert len(calls) > SHAKEN
    assert not any(blur for _, blur, *_ in calls)


def test_one_pupil_more_is_worth_any_drive():
    """A near school with 20 pupils, a far one with 21, and time for one of them."""
    both = season((20, 21), minutes=480, fixed=5)
    both = attrs.evolve(both, travel=(((0, 450, 10), (450, 0, 180), (10, 180, 0)),))
    nobody_far = attrs.evolve(both.sites[1], groups=(Group(arrivals=()),))
    near = solve(attrs.evolve(both, sites=(both.sites[0], nobody_far)), stop=MaxIterations(0))
    assert (near.score.pupils, near.score.driving) == (20, -20)

    far = solve(both, stop=MaxIterations(1), start=near.solution)

    assert (far.score.pupils, far.score.driving) == (21, -360)


class Begun:
    """Keeps when plans are begun from nothing, and the most pupils they ever had."""

    def __init__(self, search):
        self.search, self.recreate, self.when, self.most = search, search.recreate, [], 0

    def __getattr__(self, name):
        return getattr(self.recreate, name)

    def __call__(self, touched, dropped):
        if not touched:
            self.when.append(self.search.iterations)
        self.recreate(touched, dropped)
        self.most = max(self.most, self.search.routes.pupils)


def begun_apart(problem, stop):
    """Search where visits keep two days apart; return when plans were begun, and more."""
    problem = attrs.evolve(problem, rules=(Spacing(days=2),))
    search = Search(problem, 0)
    search.recreate, search.rebuild = begun, watched = Begun(search), Watched(search)
    plan = search.run(stop.start(), problem.pupils, None, None)
    assert violations(problem, plan) == ()
    assert score(problem, plan).pupils >= begun.most
    return begun.when, watched.calls, score(problem, plan).pupils


@pytest.mark.parametrize("settled", [5, 20])
def test_where_visits_keep_apart_plans_are_begun_again_and_again_and_the_best_is_bettered(
    settled, monkeypatch
):
    monkeypatch.setattr("school_ektp.planning.search.engine.SETTLED", settled)

    when, rebuilds, _ = begun_apart(eight_days_too_few(), MaxIterations(3_000))

    assert len(when) >= 5
    assert all(later - one >= settled for one, later in pairwise(when))
    assert when[-1] < BEGUN_APART * 3_000
    after = [(now, best) for *_, over, now, best in rebuilds if over >= BEGUN_APART]
    assert len(after) > settled
    assert after[0][0] == after[0][1] > min(now for *_, now, _ in rebuilds)


def half_late():
    """Return a clock on which half of a second is over once the first plan is made."""
    times = chain([0.0], map((0.5).__add__, count(step=0.001)))
    return MaxSeconds(1.0, clock=lambda: next(times))


def test_annealings_whose_time_is_over_are_left_out_where_sites_are_recorded_whole():
    """Of six that end with 0.68 of the time, the fifth is the first that ends after a half."""
    whole = season((9, 5, 23, 19, 8, 12), minutes=120, pace=0, fixed=0, out=20, apart=20)
    search = Search(whole, 0)
    search.recreate = begun = Begun(search)

    search.run(half_late().start(), whole.pupils, None, None)

    assert search.whole
    assert len(begun.when) == 2


def test_no_plan_is_begun_once_the_time_for_it_is_over():
    """The first plan has taken half of the time."""
    when, *_ = begun_apart(eight_days_too_few(), half_late())

    assert when == []


def test_once_all_are_recorded_no_other_plan_is_begun():
    """Of 85 pupils, the first plan leaves four, and one begun after it none."""
    pupils = 17, 19, 12, 6, 13, 14, 4
    problem = season(pupils, days=5, minutes=180, kits=2, pace=10, fixed=5, out=20, apart=20)
    short = attrs.evolve(problem, rules=(Spacing(days=2),))
    assert solve(short, stop=MaxIterations(0)).score.pupils == 81

    when, _, recorded = begun_apart(problem, MaxIterations(600))

    assert len(when) == 1
    assert recorded == 85
