"""A team-day as someone asks for it: timed as planning would, or past the hours if need be."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.checker import violations
from school_ektp.planning.schedule import schedule_day
from school_ektp.planning.solution import Solution
from school_ektp.report.excel.retime import LAST_MINUTE, forced_day
from school_ektp.testing import problems
from towns import town


@st.composite
def asked_days(draw):
    """Draw a problem, a team, a day, and up to four stays there, however many pupils."""
    problem = draw(problems())
    stay = st.tuples(st.integers(0, len(problem.sites) - 1), st.integers(1, 400))
    return (
        problem,
        draw(st.integers(0, len(problem.teams) - 1)),
        draw(st.integers(0, problem.days - 1)),
        draw(st.lists(stay, min_size=1, max_size=4)),
    )


@given(asked_days())
def test_every_stay_is_in_the_day_in_the_order_asked_for(stays_of_a_day):
    problem, team, day, stays = stays_of_a_day

    visits = forced_day(problem, team, day, stays)

    assert [(visit.team, visit.day, visit.site, visit.room) for visit in visits] == [
        (team, day, site, room) for site, room in stays
    ]
    for visit in visits:
        assert 0 <= visit.arrive <= visit.start <= visit.end <= LAST_MINUTE
    for before, after in pairwise(visits):
        assert before.end <= after.start


@given(asked_days())
def test_what_fits_is_timed_as_planning_times_it(stays_of_a_day):
    planned = schedule_day(*stays_of_a_day)

    if planned.holds:
        assert forced_day(*stays_of_a_day) == planned.visits


def test_a_day_that_is_too_long_is_kept_and_the_checker_says_so():
    problem = town(9, 9)  # an hour: ten minutes there, ten back, and room for seven

    (visit,) = forced_day(problem, 0, 0, [(0, 20)])

    assert (visit.start, visit.end) == (10, 115)
    assert {fault.rule for fault in violations(problem, Solution((visit,)))} == {
        "session",
        "drive_home",
    }
