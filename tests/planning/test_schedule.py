"""One team-day in minutes: the clock without breaks, and the earliest times of stays."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.planning.schedule import (
    Clock,
    Schedule,
    after_work,
    driving_minutes,
    schedule_day,
    stay_minutes,
)
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.testing import problems
from school_ektp.testing.stays import lone_visit, moment_after
from towns import town

# The clock ----------------------------------------------------------------------------------

PAUSES = Clock((100, 200), ((150, 160), (120, 130), (125, 135), (190, 300), (0, 50)))


def test_no_time_passes_in_a_break():
    assert PAUSES.breaks == [(120, 135), (150, 160), (190, 200)]
    assert PAUSES.length == 100 - 15 - 10 - 10
    assert [PAUSES.worked(minute) for minute in (100, 120, 128, 135, 200)] == [0, 20, 20, 20, 65]


def test_no_time_passes_outside_the_shift():
    assert PAUSES.worked(50) == 0
    assert PAUSES.worked(999) == PAUSES.length


def test_the_edge_of_a_break_is_two_minutes_of_the_day():
    assert (PAUSES.earliest(20), PAUSES.latest(20)) == (120, 135)
    assert (PAUSES.earliest(21), PAUSES.latest(21)) == (136, 136)


def test_a_session_on_the_clock():
    assert PAUSES.window((130, 170)) == (20, 45)
    assert PAUSES.window((0, 999)) == (0, 65)
    assert PAUSES.window((201, 300)) is None
    assert PAUSES.window((50, 99)) is None
    assert PAUSES.window((140, 139)) is None


breaks = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple))


@given(breaks, st.integers(0, 60), st.integers(0, 60))
def test_the_clock_goes_forth_and_back(pauses, one, other):
    clock = Clock((min(one, other), max(one, other)), tuple(pauses))
    for worked in range(clock.length + 1):
        first, last = clock.earliest(worked), clock.latest(worked)
        assert clock.begin <= first <= last <= clock.end
        assert clock.worked(first) == clock.worked(last) == worked
        assert first == clock.begin or clock.worked(first - 1) < worked
        assert last == clock.end or clock.worked(last + 1) > worked


@given(breaks, st.integers(0, 60), st.integers(0, 60))
def test_work_is_done_when_the_tests_own_clock_says(pauses, start, minutes):
    """Within a break, no work at all may be called done at once or after it."""
    apart = tuple(Clock((0, 60), tuple(pauses)).breaks)
    assume(minutes or not any(begin <= start < end for begin, end in apart))

    assert after_work(start, minutes, apart) == moment_after(start, minutes, apart)


# Stays --------------------------------------------------------------------------------------


def stay(**changes):
    usual = {"day": 0, "team": 0, "start": 10, "site": 0, "arrive": 10, "end": 25, "room": 2}
    return SiteVisit(**{**usual, **changes})


def test_a_stay_lasts_whole_rounds_of_the_kits():
    problem = town(9)
    two = attrs.evolve(problem.teams[0], kits=(2,), packdown=(3,))
    problem = attrs.evolve(problem, teams=(two,))

    assert [stay_minutes(problem, 0, 0, 0, room) for room in (1, 2, 3)] == [13, 13, 18]


def test_a_day_at_its_earliest():
    """10 minutes to each place, 5 to set up, 5 a pupil; home again at 70."""
    made = schedule_day(town(9, 9, hours=70), 0, 0, [(0, 2), (1, 2)])

    assert made == Schedule((stay(), stay(site=1, arrive=35, start=35, end=50)), 0)
    assert made.holds


def test_a_team_that_comes_home_late_is_late_by_minutes():
    made = schedule_day(town(9, 9, hours=69), 0, 0, [(0, 2), (1, 2)])

    assert (made.late, made.refused, made.holds) == (1, None, False)


def test_a_stay_that_no_session_holds_is_refused():
    problem = town(9, 9, hours=70)
    short = attrs.evolve(problem.sites[1], sessions=(((0, 49),),))
    problem = attrs.evolve(problem, sites=(problem.sites[0], short))

    made = schedule_day(problem, 0, 0, [(0, 2), (1, 2)])

    assert (made.visits, made.refused, made.holds) == ((stay(),), 1, False)


def test_a_stay_waits_for_the_session_that_holds_it():
    problem = town(9, hours=70)
    two = attrs.evolve(problem.sites[0], sessions=(((0, 24), (30, 60)),))
    problem = attrs.evolve(problem, sites=(two,))

    assert schedule_day(problem, 0, 0, [(0, 2)]).visits == (stay(arrive=30, start=30, end=45),)
    assert schedule_day(problem, 0, 0, [(0, 1)]).visits == (stay(end=20, room=1),)


def test_the_first_drive_begins_late_enough_not_to_wait():
    made = schedule_day(town(9), 0, 0, [(0, 2)], not_before=[20])

    assert made.visits == (stay(arrive=20, start=20, end=35),)


def test_announced_stays_do_not_begin_before_they_were_announced():
    made = schedule_day(town(9, 9, hours=99), 0, 0, [(0, 2), (1, 2)], not_before=[0, 50])

    assert [(visit.arrive, visit.start) for visit in made.visits] == [(10, 10), (35, 50)]


def test_nothing_is_planned_on_a_day_off():
    problem = town(9)
    off = attrs.evolve(problem.teams[0], kits=(0,))

    assert schedule_day(attrs.evolve(problem, teams=(off,)), 0, 0, [(0, 2)]).refused == 0


def test_driving_is_counted_from_base_to_base():
    problem = town(1, 1, 1)

    assert driving_minutes(problem, problem.teams[0], [2, 0]) == 30 + 20 + 10
    assert driving_minutes(problem, problem.teams[0], []) == 0


@given(problems(), st.data())
def test_a_schedule_that_holds_breaks_no_rule_of_time(problem, data):
    bare = attrs.evolve(problem, constraints=(), today=0)
    team = data.draw(st.integers(0, len(bare.teams) - 1))
    day = data.draw(st.integers(0, bare.days - 1))
    sites = data.draw(st.lists(st.integers(0, len(bare.sites) - 1), unique=True, max_size=3))
    stays = [(site, data.draw(st.integers(1, 20))) for site in sites]

    made = schedule_day(bare, team, day, stays)

    if made.holds:
        assert [(visit.site, visit.room) for visit in made.visits] == stays
        assert violations(bare, Solution(made.visits)) == ()


@given(problems(), st.integers(0), st.integers(0), st.integers(0))
def test_a_lone_stay_begins_and_ends_when_the_tests_own_clock_says(problem, team, day, site):
    team, day = team % len(problem.teams), day % problem.days
    site = site % len(problem.sites)
    visit = lone_visit(problem, team=team, day=day, site=site)

    if visit is not None:
        made = schedule_day(problem, team, day, [(site, visit.room)])
        assert made.holds
        assert [(one.start, one.end) for one in made.visits] == [(visit.start, visit.end)]
        if visit.room < problem.sites[site].waiting(day):
            assert not schedule_day(problem, team, day, [(site, visit.room + 1)]).holds


@pytest.mark.parametrize("room", [1, 5])
def test_the_order_of_stays_is_kept(room):
    made = schedule_day(town(9, 9, hours=200), 0, 0, [(1, room), (0, room)])

    assert [visit.site for visit in made.visits] == [1, 0]
