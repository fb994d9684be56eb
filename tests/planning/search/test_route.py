"""The stays of one team-day: their times, and the best place for one more."""

from __future__ import annotations

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.planning.problem import VisitProblem
from school_ektp.planning.schedule import schedule_day
from school_ektp.planning.search.data import UNLIMITED, SearchData
from school_ektp.planning.search.params import SearchParams
from school_ektp.planning.search.route import Route
from school_ektp.planning.search.state import State
from school_ektp.testing import problems
from towns import town


def free_day(draw, problem: VisitProblem):
    """Draw a team-day of *problem* without its constraints."""
    data = SearchData(attrs.evolve(problem, constraints=()))
    assume(data.team_days)
    number = draw(st.integers(0, len(data.team_days) - 1))
    return data, number, data.team_days[number]


def route_of(hours, stays):
    route = Route(hours)
    for place, (site, room) in enumerate(stays):
        route.insert(place, site, room)
    return route


def fitting_route(hours, stays):
    """The first of the stays, as many as fit."""
    route = route_of(hours, stays)
    while not route.fits:
        route.remove(route.sites[-1])
    return route


def drawn_stays(draw, sites, most=4):
    places = draw(st.lists(st.integers(0, sites - 1), unique=True, max_size=most))
    return [(site, draw(st.integers(1, 30))) for site in places]


@given(problems(), st.data())
def test_times_agree_with_the_schedule_and_the_checker(problem, data):
    found, number, td = free_day(data.draw, problem)
    stays = drawn_stays(data.draw, len(problem.sites))

    route = route_of(td.hours, stays)

    made = schedule_day(found.problem, td.team, td.day, stays)
    assert route.fits == made.holds
    if route.fits:
        clock = td.clock
        assert [clock.earliest(end) for end in route.ends] == [visit.end for visit in made.visits]
        assert route.begins == [clock.worked(visit.start) for visit in made.visits]
        assert route.load == sum(room for _, room in stays)
        state = State(found, SearchParams())
        plan = state.solution({number: (tuple(route.sites), tuple(route.rooms))})
        assert [(visit.site, visit.room) for visit in plan.visits] == stays
        assert violations(found.problem, plan) == ()


@given(problems(), st.data())
def test_the_best_place_is_the_best_by_trying_all(problem, data):
    _, _, td = free_day(data.draw, problem)
    route = fitting_route(td.hours, drawn_stays(data.draw, len(problem.sites), most=3))
    site = data.draw(st.integers(0, len(problem.sites) - 1))
    assume(site not in route.sites)
    want, limit = data.draw(st.integers(1, 20)), data.draw(st.integers(0, 300) | st.just(UNLIMITED))

    tried = []
    for place in range(len(route.sites) + 1):
        for room in range(want, 0, -1):
            trial = route.copy()
            trial.insert(place, site, room)
            if trial.fits and trial.driving <= limit:
                tried.append((room, route.driving - trial.driving, place))
                break
    found = route.best_place(site, want, limit)

    assert (found is None) == (not tried)
    if found is not None:
        room, extra, place = found
        assert (room, -extra) == max(tried)[:2]
        assert (room, -extra, place) in tried


@given(problems(), st.data())
def test_a_stay_that_finds_a_place_is_no_longer_than_the_longest_gap(problem, data):
    """So a day whose longest gap is too short for one pupil need not be looked at."""
    _, _, td = free_day(data.draw, problem)
    hours, route = td.hours, fitting_route(td.hours, drawn_stays(data.draw, len(problem.sites)))
    others = [site for site in range(len(problem.sites)) if site not in route.sites]

    for site in others:
        if route.best_place(site, 1, UNLIMITED) is not None:
            assert hours.fixed[site] + hours.pace[site] <= route.longest_gap


def test_the_longest_gap_leaves_out_driving_and_what_is_closed():
    """Of two hours, five minutes there and back and one visit of fifteen."""
    hours = SearchData(town(9, 9, hours=120)).team_days[0].hours
    route = Route(hours)
    assert route.longest_gap == 120

    route.insert(0, 0, 2)

    driven = hours.start[0] + hours.home[0]
    assert route.longest_gap == 120 - driven - 15


@given(problems(), st.data())
def test_the_most_room_fits_and_one_more_does_not(problem, data):
    _, _, td = free_day(data.draw, problem)
    route = fitting_route(td.hours, drawn_stays(data.draw, len(problem.sites)))
    assume(route.sites)
    place = data.draw(st.integers(0, len(route.sites) - 1))
    most = route.most_room(place)
    assert most >= route.rooms[place]

    for room, fits in ((min(most, 10**6), True), (most + 1, False)):
        trial = route.copy()
        trial.rooms[place] = room
        trial.update()
        assert trial.fits == fits


@given(problems(), st.data())
def test_taking_out_undoes_putting_in(problem, data):
    _, _, td = free_day(data.draw, problem)
    route = route_of(td.hours, drawn_stays(data.draw, len(problem.sites), most=3))
    site = data.draw(st.integers(0, len(problem.sites) - 1))
    assume(site not in route.sites)
    before = route.copy()

    route.insert(data.draw(st.integers(0, len(route.sites))), site, 3)
    route.remove(site)

    for field in ("sites", "rooms", "begins", "ends", "latest", "driving", "load", "fits"):
        assert getattr(route, field) == getattr(before, field)


@given(problems(), st.data())
def test_another_order_is_in_time_if_a_route_in_that_order_is(problem, data):
    _, _, td = free_day(data.draw, problem)
    stays = drawn_stays(data.draw, len(problem.sites))
    route = route_of(td.hours, stays)
    order = data.draw(st.permutations(range(len(stays))))

    other = route_of(td.hours, [stays[place] for place in order])

    assert other.fits == (route.in_time(order) and route.load <= td.hours.most_room)


def announced_day():
    """One day with 90 minutes: the stay at the first school begins at minute 40."""
    hours = SearchData(town(9, 9, hours=90)).team_days[0].hours
    route = Route(hours)
    route.announced = {0: (40, 90)}
    route.insert(0, 0, 2)
    return route


def test_an_announced_stay_begins_when_it_was_announced():
    route = announced_day()

    assert (route.begins, route.ends, route.fits) == ([40], [55], True)
    assert route.most_room(0) == (80 - 40 - 5) // 5


def test_an_inserted_stay_does_not_delay_an_announced_one():
    """Before it 10 minutes are left for the farther school, enough for one; after it only 5."""
    assert announced_day().best_place(1, 9, UNLIMITED) == (1, 20, 0)


def test_a_stay_that_comes_too_late_for_its_announcement_does_not_fit():
    route = announced_day()
    route.insert(0, 1, 5)

    assert not route.fits
