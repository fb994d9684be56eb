"""Sites recorded whole: the short way to the best place, crossing legs, the poorest visits."""

from __future__ import annotations

import math
from random import Random

import attrs
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.feasibility import violations
from school_ektp.planning.guards import guards_for
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import Pinned
from school_ektp.planning.search import insertion as places
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.routes import Routes
from school_ektp.planning.search.ruin import RUINS, RUINS_WHOLE, Poor
from school_ektp.planning.search.untangle import Untangle
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations

DAY = 400


def whole_sites(points, *, scores=None, sessions=None, crews=1, minutes=0, rules=()):
    """Sites at *points* and a base at the origin; a visit takes as long for any number."""
    spots = [*points, (0, 0)]
    number = len(points)
    travel = tuple(tuple(math.ceil(math.dist(a, b)) for b in spots) for a in spots)
    crew = Crew(
        start=number,
        end=number,
        shifts=((0, DAY),),
        breaks=((),),
        kits=(1,),
        minutes_per_pupil=(0,) * number,
        setup=(minutes,) * number,
        packdown=(0,) * number,
    )
    sites = tuple(
        Site(
            groups=(Group(arrivals=((0, scores[place] if scores else 1),)),),
            sessions=((sessions[place] if sessions else (0, DAY),),),
        )
        for place in range(number)
    )
    return VisitProblem(days=1, sites=sites, crews=(crew,) * crews, travel=(travel,), rules=rules)


def spread(number):
    axis = st.integers(-40, 40)
    return st.lists(st.tuples(axis, axis), min_size=number, max_size=12, unique=True)


@st.composite
def problems_of_whole_sites(draw):
    points = draw(spread(1))
    opens = st.integers(0, DAY // 2).map(lambda since: (since, since + DAY // 2))
    return whole_sites(
        points,
        scores=[draw(st.integers(1, 50)) for _ in points],
        sessions=[draw(st.just((0, DAY)) | opens) for _ in points],
        crews=draw(st.integers(1, 3)),
        minutes=draw(st.integers(0, 20)),
    )


def driven(problem, order):
    """Routes with one team-day that visits the sites in *order*, as long as they hold."""
    routes = Routes(problem, guards_for(problem.rules))
    finder = Search(problem, 0).insertion
    after = 0
    for site in order:
        load = ((routes.left[site],), (routes.left[site],), finder.least_fixed[site])
        after = routes.insert(site, after, routes.tables.windows[0][site][0], load)
    routes.commit()
    return routes


@given(problems_of_whole_sites(), st.integers(0, 2**16))
def test_the_short_way_finds_a_place_as_good_as_the_long_way(problem, seed):
    search = Search(problem, seed)
    search.insertion.dice = Never()
    some = Random(seed).sample(range(len(problem.sites)), len(problem.sites) // 2)
    search.recreate.by_worth(some, {})
    for site in range(len(problem.sites)):
        if not search.insertion.hopeful(site):
            continue
        assert search.insertion.whole[site]
        short = search.insertion.best_place(site)
        search.insertion.whole[site] = False
        long = search.insertion.best_place(site)
        assert (short is None) == (long is None)
        if short is not None and long is not None:
            assert math.isclose(short[0], long[0])
            assert short[3] == long[3]


class Never(Random):
    """Dice that never overlook a place."""

    def random(self):
        return (1 + places.BLINK) / 2


@given(problems_of_whole_sites(), st.integers(0, 2**16))
def test_plans_of_whole_sites_hold(problem, seed):
    result = solve(problem, stop=MaxIterations(60), seed=seed)

    assert violations(problem, result.solution) == ()


def test_a_crossing_is_untangled():
    corners = [(10, 10), (40, 40), (40, 10), (10, 40)]
    routes = driven(whole_sites(corners), [0, 1, 2, 3])
    before = routes.driving

    Untangle(routes)(0)

    assert routes.driving < before
    assert [routes.site[visit] for visit in routes.stops(0)] in ([0, 2, 1, 3], [3, 1, 2, 0])


@given(spread(4), st.randoms(use_true_random=False))
def test_untangling_shortens_keeps_all_visits_and_can_be_undone(points, dice):
    problem = whole_sites(points)
    order = list(range(len(points)))
    dice.shuffle(order)
    routes = driven(problem, order)
    routes.late[1] = routes.closes[1] = 10**6  # any order is in time
    routes.tidy(0)
    before, times = routes.driving, list(routes.ready)

    Untangle(routes)(0)

    assert routes.driving <= before
    assert sorted(routes.site[visit] for visit in routes.stops(0)) == sorted(order)
    assert routes.driving == routes.ready[1]  # nobody stays or waits
    routes.rollback()
    assert [routes.site[visit] for visit in routes.stops(0)] == order
    assert routes.driving == before
    assert routes.ready[: len(times)] == times


def test_a_part_is_not_turned_when_a_window_would_be_missed():
    corners = [(10, 10), (40, 40), (40, 10), (10, 40)]
    early = [(0, 20), (0, 60), (60, 100), (90, 200)]
    problem = whole_sites(corners, sessions=early)
    routes = driven(problem, [0, 1, 2, 3])
    before = solution_of(routes)
    assert violations(problem, before) == ()

    Untangle(routes)(0)

    assert solution_of(routes) == before


def test_pinned_visits_are_not_turned():
    corners = [(10, 10), (40, 40), (40, 10), (10, 40)]
    routes = driven(whole_sites(corners), [0, 1, 2, 3])
    for visit in routes.stops(0)[1:3]:
        routes.least[visit] = ((1,), (1,), 0)
    before = routes.stops(0)

    Untangle(routes)(0)

    assert routes.stops(0) == before


def test_pins_hold_where_sites_are_whole():
    corners = [(10, 10), (40, 40), (40, 10), (10, 40), (30, 20)]
    rule = Pinned(crew=0, day=0, site=1, start=200, pupils=1)
    problem = whole_sites(corners, rules=(rule,))

    result = solve(problem, stop=MaxIterations(100))

    assert violations(problem, result.solution) == ()
    assert result.score.pupils == 5


def test_the_poorest_visits_are_taken():
    """Three sites beside the base, and one far away that gives no more."""
    problem = whole_sites([(1, 0), (0, 1), (1, 1), (90, 90)], scores=[9, 9, 9, 9])
    routes = driven(problem, [0, 2, 3, 1])
    far = routes.visits_of[3][0]
    dice = Random(0)

    taken = [visit for _ in range(50) for visit in Poor(1)(routes, dice)]

    assert taken.count(far) > 25


def test_whole_sites_are_searched_with_the_poor_as_well():
    whole = whole_sites([(1, 1)])
    slow = attrs.evolve(whole.crews[0], minutes_per_pupil=(1,))
    divisible = attrs.evolve(whole, crews=(slow,))

    assert Search(whole, 0).ruins == RUINS_WHOLE
    assert Search(divisible, 0).ruins == RUINS
