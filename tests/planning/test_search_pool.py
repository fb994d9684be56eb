"""Routes of all plans of a search, put together anew."""

from __future__ import annotations

from itertools import combinations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.feasibility import score, violations
from school_ektp.planning.rules import KitDayCap, Pinned, VisitsPerSite
from school_ektp.planning.search import engine, pool
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.pool import IDLE, Choice, RoutePool
from school_ektp.planning.search.start import Start
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations

from .test_search_whole import problems_of_whole_sites, whole_sites

ITERATIONS = 10_000


def pooled(problem, seed=0):
    """Return a search with an empty plan and an empty pool."""
    search = Search(problem, seed)
    search.pool = RoutePool(search.routes)
    return search


def searched(problem, plans, seed=0):
    """Return a search whose pool holds the routes of some plans, and whose plan is empty."""
    search = pooled(problem, seed)
    for _ in range(plans):
        sites = [*range(len(problem.sites))]
        search.dice.shuffle(sites)
        search.recreate.by_worth(sites[: 1 + search.dice.randrange(len(sites))], {})
        search.pool.add(range(len(search.routes.count)))
        search.routes.clear()
        search.routes.commit()
    return search


def apart(sites):
    return all(a & b == 0 for a, b in combinations(sites, 2))


def most_of(problem, kept):
    """Return the most that routes of a pool record which share no site, by trying all of them."""
    some = [
        chosen
        for number in range(len(problem.crews) + 1)
        for chosen in combinations(kept, number)
        if apart([route.sites for route in chosen])
    ]
    return max(sum(route.worth for route in chosen) for chosen in some)


@pytest.mark.parametrize("pivots", [0.0, pool.PIVOTS])
@given(problem=problems_of_whole_sites(), plans=st.integers(1, 6), seed=st.integers(0, 2**16))
def test_no_other_routes_record_more(pivots, problem, plans, seed):
    """At the prices of the linear program, and at none at all."""
    search = searched(problem, plans, seed)
    kept = [*search.pool.known.values()]
    best = most_of(problem, kept)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "PIVOTS", pivots)

        chosen = search.pool.better(0, ITERATIONS)

        assert sum(route.worth for route in chosen) == best
        assert apart([route.sites for route in chosen])
        assert search.pool.better(best, ITERATIONS) == []


@given(problems_of_whole_sites(), st.integers(0, 2**16))
def test_routes_put_together_make_a_plan_that_holds(problem, seed):
    search = searched(problem, 5, seed)
    chosen = search.pool.better(0, ITERATIONS)

    search.pool.place(chosen)

    plan = solution_of(search.routes)
    assert violations(problem, plan) == ()
    assert score(problem, plan).pupils == sum(route.worth for route in chosen)


def two_valleys(bases):
    """Two sites in the west, two in the east, and a crew at each of *bases*."""
    problem = whole_sites([(-90, 0), (-90, 9), (90, 0), (90, 9), *bases], scores=[8] * 4 + [1, 1])
    (crew,) = problem.crews
    crews = tuple(attrs.evolve(crew, start=base, end=base) for base in (4, 5))
    return attrs.evolve(problem, crews=crews)


def visit(search, route, sites):
    """Let a team-day go to the sites."""
    after = 2 * route
    for site in sites:
        waiting = (search.routes.left[site],)
        window = search.routes.tables.windows[route][site][0]
        after = search.routes.insert(site, after, window, (waiting, waiting, 0))


def two_plans(problem):
    """Return a search that has seen a good route to the west, then one to the east."""
    search = pooled(problem)
    for first, second in (((0, 1), (2,)), ((0,), (2, 3))):
        search.routes.clear()
        visit(search, 0, first)
        visit(search, 1, second)
        search.routes.commit()
        search.pool.add((0, 1))
    return search


def test_the_best_routes_of_two_plans_are_put_together():
    problem = two_valleys([(-80, 0), (80, 0)])
    search = two_plans(problem)

    search.pool.place(search.pool.better(search.routes.prize, ITERATIONS))

    assert [[search.routes.site[v] for v in search.routes.stops(r)] for r in (0, 1)] == [
        [0, 1],
        [2, 3],
    ]


def test_team_days_of_other_bases_keep_their_routes():
    problem = two_valleys([(-80, 0), (80, 0)])
    search = two_plans(problem)
    alike = attrs.evolve(problem, crews=problem.crews[:1] * 2)

    assert search.pool.alike == [[0], [1]]
    assert {route.kind for route in search.pool.known.values()} == {0, 1}
    assert RoutePool(Search(alike, 0).routes).alike == [[0, 1]]


def test_a_full_pool_keeps_the_routes_that_lose_least(monkeypatch):
    points = [((17 * n) % 41 - 20, (23 * n) % 37 - 18) for n in range(12)]
    search = searched(whole_sites(points, scores=range(1, 13), crews=2), 12)
    best = search.pool.better(0, ITERATIONS)
    monkeypatch.setattr(pool, "MOST_ROUTES", 8)
    assert len(search.pool.known) > 8

    search.pool.better(0, ITERATIONS)

    assert len(search.pool.known) == 4
    assert {(route.kind, route.sites) for route in best} <= set(search.pool.known)
    assert search.pool.better(0, ITERATIONS) == best


def test_without_iterations_nothing_is_tried():
    problem = two_valleys([(-80, 0), (80, 0)])

    assert two_plans(problem).pool.better(24, 0) == []
    assert two_plans(problem).pool.better(24, ITERATIONS) != []


def test_an_idle_team_day_is_a_choice():
    """Two routes share a site; the third team-day cannot be of use."""
    parts = sorted([(0.0, 9, 0b01, 0, 0), (1.0, 8, 0b11, 0, 1), *[(2.0, 0, 0, 0, IDLE)] * 3])
    choice = Choice([[0, 1, 2]], bound=15.0, most=0, step=1, work=1_000)

    choice.extend(parts, left=3)

    assert choice.best == [0, IDLE, IDLE]
    assert choice.most == 9


WHOLE = whole_sites([(1, 1), (2, 2)])
SLOW = attrs.evolve(WHOLE.crews[0], minutes_per_pupil=(5, 5))


@pytest.mark.parametrize(
    ("problem", "possible"),
    [
        (WHOLE, True),
        (whole_sites([(1, 1), (2, 2)], scores=[0, 3]), True),
        (attrs.evolve(WHOLE, rules=(Pinned(crew=0, day=0, site=1, pupils=1),)), False),
        (attrs.evolve(WHOLE, rules=(KitDayCap(pupils=5),)), False),
        (attrs.evolve(WHOLE, rules=(VisitsPerSite(most=1),)), False),
        (attrs.evolve(WHOLE, crews=(SLOW,)), False),
        (whole_sites([(n, 0) for n in range(pool.MOST_SITES + 1)]), False),
        (whole_sites([(1, 1)], crews=pool.MOST_TEAM_DAYS + 1), False),
    ],
)
def test_routes_are_kept_where_they_ask_nothing_of_each_other(problem, possible):
    search = Search(problem, 0)
    Start(search.routes, search.insertion, None).pin()

    assert RoutePool.possible(search.routes, search.insertion) is possible


def test_a_search_puts_routes_together_for_good(monkeypatch):
    """What is put together is in the plan that is returned."""
    seen = []
    better = RoutePool.better

    def spied(self, worth, iterations):
        chosen = better(self, worth, iterations)
        seen.append((worth, sum(route.worth for route in chosen)))
        return chosen

    monkeypatch.setattr(RoutePool, "better", spied)
    dots = [((37 * n) % 101 - 50, (53 * n) % 197 - 98) for n in range(120)]
    problem = whole_sites(dots, scores=[1 + (7 * n) % 10 for n in range(120)], crews=2)

    result = solve(problem, stop=MaxIterations(600), seed=2)

    assert violations(problem, result.solution) == ()
    assert len(seen) >= engine.SCOUTS
    assert any(found > before for before, found in seen)
    assert result.score.pupils >= max(found for _, found in seen)
