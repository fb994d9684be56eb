"""Pupils passed on from visit to visit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import CrewsAtOnce, Pinned
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.start import Start
from school_ektp.planning.solve import solve
from school_ektp.planning.stop import MaxIterations
from school_ektp.testing.problems import problems


def season(pupils, open_to, kits=1, minutes=300, asked=()):
    """
    One crew; sites ten minutes apart, 45 minutes for each visit, 5 for a round of pupils.

    Args:
        pupils: Who waits at each site.
        open_to: For each day, the sites that are open.
    """
    number, days = len(pupils), len(open_to)
    travel = tuple(tuple(10 * (a != b) for b in range(number + 1)) for a in range(number + 1))
    hours = ((480, 480 + minutes),)
    sites = tuple(
        Site(
            groups=(Group(arrivals=((0, count),)),),
            sessions=tuple(hours if site in today else () for today in open_to),
        )
        for site, count in enumerate(pupils)
    )
    crew = Crew(
        start=number,
        end=number,
        shifts=((420, 960),) * days,
        breaks=((),) * days,
        kits=(kits,) * days,
        minutes_per_pupil=(5,) * number,
        setup=(30,) * number,
        packdown=(15,) * number,
    )
    return VisitProblem(days=days, sites=sites, crews=(crew,), travel=(travel,), rules=tuple(asked))


def search_with(problem, plan):
    """Return a search whose routes hold *plan*: for each day, (site, pupils) in order."""
    search = Search(problem, 0)
    for route, stops in enumerate(plan):
        after = 2 * route
        for site, pupils in stops:
            after = search.insertion.append(site, after, pupils)
            assert after is not None
    search.routes.commit()
    return search


def plan_of(search):
    """Return for each day the pupils recorded at each site."""
    routes = search.routes
    return [
        {routes.site[visit]: routes.heads[visit] for visit in routes.stops(route)}
        for route in range(len(routes.count))
    ]


def passed_on(problem, plan):
    search = search_with(problem, plan)
    search.chains(range(len(problem.sites)))
    assert violations(problem, solution_of(search.routes)) == ()
    return search


def test_a_full_day_gives_way_to_a_day_with_time_to_spare():
    # 200 minutes of recording on day 0, for 40 pupils; 255 on day 1, when site 0 is closed.
    problem = season((30, 40), [{0, 1}, {1}])

    search = passed_on(problem, [[(0, 15), (1, 25)], [(1, 15)]])

    assert plan_of(search) == [{0: 30, 1: 10}, {1: 30}]


def test_a_chain_goes_through_several_days():
    problem = season((30, 40, 40), [{0, 1}, {1, 2}, {2}])

    search = passed_on(problem, [[(0, 15), (1, 25)], [(1, 15), (2, 25)], [(2, 15)]])

    assert search.routes.pupils == 110


def test_a_round_that_is_not_full_gives_way_to_one_that_is():
    # Time for 8 rounds of two pupils: 10 and 5 pupils take as long as 12 and 4.
    problem = season((12, 5), [{0, 1}], kits=2, minutes=140)

    search = passed_on(problem, [[(0, 10), (1, 5)]])

    assert plan_of(search) == [{0: 12, 1: 4}]


def test_without_time_to_spare_nothing_moves():
    plan = [[(0, 15), (1, 25)]]

    search = passed_on(season((30, 40), [{0, 1}, {1}]), plan)

    assert plan_of(search) == [{0: 15, 1: 25}, {}]


def test_a_pinned_visit_gives_nothing_away():
    pin = Pinned(crew=0, day=0, site=1, pupils=25)
    problem = season((30, 40), [{0, 1}, {1}], asked=[pin])
    search = Search(problem, 0)
    Start(search.routes, search.insertion).pin()
    search.insertion.append(0, 0, 15)
    search.insertion.append(1, 2, 15)
    before = plan_of(search)

    search.chains(range(2))

    assert plan_of(search) == before == [{0: 15, 1: 25}, {1: 15}]


def shrink_some(search, parity):
    """Let every second visit record one pupil only, so that time is left and pupils wait."""
    for visit in search.routes.visits()[parity::2]:
        load = search.insertion.smaller(visit, 1)
        if load is not None and visit not in search.routes.least:
            search.routes.resize(visit, load)


@given(problems(), st.integers(0, 1))
def test_no_pupil_is_lost_and_all_can_be_undone(problem, parity):
    search = Search(problem, 0)
    start = solve(problem, stop=MaxIterations(0)).solution  # nothing was passed on yet
    begin = Start(search.routes, search.insertion, start)
    begin.pin()
    begin.resume()
    shrink_some(search, parity)
    search.routes.commit()
    before, prize = solution_of(search.routes), search.routes.prize

    search.chains(range(len(problem.sites)))
    after = solution_of(search.routes)

    assert violations(problem, after) == ()
    assert search.routes.prize >= prize
    search.routes.rollback()
    assert solution_of(search.routes) == before


@pytest.mark.parametrize("come", [10, 25])
def test_a_pinned_visit_grows_no_longer_than_till_another_crew_comes(come):
    """Both crews live at the school; only one of them may be there at once."""
    crew = Crew(
        start=1,
        end=1,
        shifts=((0, 120),),
        breaks=((),),
        kits=(1,),
        minutes_per_pupil=(2,),
        setup=(0,),
        packdown=(0,),
    )
    problem = VisitProblem(
        days=1,
        sites=(Site(groups=(Group(arrivals=((0, 50),)),), sessions=(((0, 120),),)),),
        crews=(crew, crew),
        travel=(((0, 0), (0, 0)),),
        rules=(CrewsAtOnce(1), Pinned(crew=1, day=0, site=0, start=2, pupils=1)),
    )
    search = Search(problem, 0)
    Start(search.routes, search.insertion).pin()
    load = search.insertion.load(0, 0, (5,), (5,))
    search.routes.insert(0, 0, (come, come + 10), load)

    assert search.insertion.grow(0) == 1
    pupils = {visit.crew: visit.pupils for visit in solution_of(search.routes).visits}
    assert pupils == {0: 5, 1: (come - 2) // 2}
    assert violations(problem, solution_of(search.routes)) == ()
