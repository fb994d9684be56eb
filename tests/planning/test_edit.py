"""Timetables of one crew-day, edits by hand, and what they leave waiting."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from school_ektp.planning import edit
from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.solution import Solution
from school_ektp.planning.timetable import Stay, after_work, overrun, timetable
from school_ektp.planning.waiting import callable_pupils, left_waiting, share_out, visits_to
from school_ektp.testing.problems import problems


def a_problem(*, days=1, pupils=10, turnout=100, breaks=(), **changes):
    """Two schools, 20 minutes from the base and 10 apart; 4 minutes a pupil, 15 each visit."""
    site = Site(
        groups=(Group(arrivals=((0, pupils),)),),
        sessions=(((450, 720),),) * days,
        turnout=turnout,
    )
    crew = Crew(
        start=2, end=2, shifts=((420, 780),) * days, breaks=(breaks,) * days, kits=(2,) * days,
        minutes_per_pupil=(4, 4), setup=(10, 10), packdown=(5, 5),
    )  # fmt: skip
    matrix = ((0, 10, 20), (10, 0, 20), (20, 20, 0))
    return VisitProblem(
        **{"days": days, "sites": (site, site), "crews": (crew,), "travel": (matrix,)} | changes
    )


def test_the_first_stay_begins_with_the_session_and_the_crew_leaves_no_earlier_than_it_must():
    times = timetable(a_problem(), 0, 0, [(0, 35), (1, 35)])

    assert times.stays == (Stay(450, 450, 485), Stay(495, 495, 530))
    assert times.home == 550
    assert times.holds


def test_a_break_interrupts_a_stay_which_goes_on_after_it():
    times = timetable(a_problem(breaks=((460, 490),)), 0, 0, [(0, 35)])

    assert times.stays == (Stay(450, 450, 515),)


@pytest.mark.parametrize(
    ("start", "minutes", "done"),
    [(0, 10, 10), (0, 11, 31), (10, 5, 35), (15, 5, 35), (30, 5, 35), (0, 25, 55), (5, 0, 5)],
)
def test_work_pauses_in_breaks(start, minutes, done):
    assert after_work(start, minutes, ((10, 30), (44, 54))) == done


def test_a_day_too_short_says_by_how_much():
    problem = a_problem()

    assert not timetable(problem, 0, 0, [(0, 271)]).holds
    assert overrun(problem, 0, 0, [(0, 271)]) == 1
    assert overrun(problem, 0, 0, [(0, 270)]) == 0


def test_a_visit_is_added_where_it_records_most():
    problem = a_problem()
    one = edit.with_visit(problem, Solution(), crew=0, day=0, site=0)
    assert one is not None
    both = edit.with_visit(problem, one, crew=0, day=0, site=1, most=4)
    assert both is not None

    assert [(v.site, v.start, v.end, v.pupils) for v in both.visits] == [
        (0, 450, 485, 10), (1, 495, 518, 4),
    ]  # fmt: skip
    assert left_waiting(problem, both) == ((0,), (6,))


def test_nobody_is_recorded_twice():
    problem = a_problem()
    one = edit.with_visit(problem, Solution(), crew=0, day=0, site=0)
    assert one is not None

    assert edit.with_visit(problem, one, crew=0, day=0, site=0) is None


def test_a_visit_taken_back_leaves_its_pupils_waiting():
    problem = a_problem()
    one = edit.with_visit(problem, Solution(), crew=0, day=0, site=0)
    assert one is not None

    assert edit.without_visit(problem, one, one.visits[0]) == Solution()


def test_a_visit_moves_to_another_day():
    problem = a_problem(days=2)
    one = edit.with_visit(problem, Solution(), crew=0, day=0, site=0)
    assert one is not None
    later = edit.moved(problem, one, one.visits[0], crew=0, day=1)

    assert later is not None
    assert later == Solution((attrs.evolve(one.visits[0], day=1),))


def test_a_day_off_has_no_place():
    problem = a_problem()
    crew = attrs.evolve(problem.crews[0], shifts=(None,))

    off = attrs.evolve(problem, crews=(crew,))

    assert edit.with_visit(off, Solution(), crew=0, day=0, site=0) is None


def test_pupils_a_later_visit_calls_are_not_recorded_before_it():
    problem = a_problem(days=2, pupils=10, turnout=50)
    later = edit.with_visit(problem, Solution(), crew=0, day=1, site=0)
    assert later is not None
    assert later.visits[0].called == (10,)

    room = callable_pupils(problem.sites[0], visits_to(later, 0), day=0)

    assert room == ((10, 0),)


def test_pupils_called_on_the_day_are_not_called_again_on_it():
    problem = a_problem(days=2, pupils=10, turnout=50)
    one = edit.with_visit(problem, Solution(), crew=0, day=0, site=0)
    assert one is not None

    assert callable_pupils(problem.sites[0], one.visits, day=0) == ((0, 0),)
    assert callable_pupils(problem.sites[0], one.visits, day=1) == ((5, 5),)


def test_turn_out_is_rounded_over_the_classes_together():
    groups = (Group(arrivals=((0, 3),)), Group(priority=1, arrivals=((0, 3),)))
    site = Site(groups=groups, sessions=(), turnout=85)

    assert share_out(site, ((3, 3), (3, 3)), 9, overbook=True) == ((3, 3), (2, 3))
    assert share_out(site, ((3, 3), (3, 3)), 2, overbook=True) == ((3, 0), (2, 0))
    assert share_out(site, ((3, 3), (3, 3)), 2, overbook=False) == ((2, 0), (1, 0))


@given(problems(), st.data())
def test_edits_break_no_law_of_time_and_pupils(problem, data):
    """Visits added and taken back by hand pass the judge, rules apart."""
    bare = attrs.evolve(problem, rules=())
    solution = Solution()
    for _ in range(data.draw(st.integers(1, 6))):
        if solution.visits and data.draw(st.booleans()):
            visit = data.draw(st.sampled_from(solution.visits))
            solution = edit.without_visit(bare, solution, visit)
        else:
            added = edit.with_visit(
                bare,
                solution,
                crew=data.draw(st.integers(0, len(bare.crews) - 1)),
                day=data.draw(st.integers(0, bare.days - 1)),
                site=data.draw(st.integers(0, len(bare.sites) - 1)),
            )
            solution = added or solution

        assert violations(bare, solution) == ()


@given(problems(), st.data())
def test_overrun_is_what_a_day_lacks(problem, data):
    """A day holds exactly when it lacks no minute; given them, it holds."""
    crew = data.draw(st.integers(0, len(problem.crews) - 1))
    day = data.draw(st.integers(0, problem.days - 1))
    sites = st.integers(0, len(problem.sites) - 1)
    stays = data.draw(st.lists(st.tuples(sites, st.integers(1, 60)), min_size=1, max_size=3))
    assume(problem.crews[crew].works(day))
    assume(all(problem.sites[site].sessions[day] for site, _ in stays))

    short = overrun(problem, crew, day, stays)

    assert (short <= 0) == timetable(problem, crew, day, stays).holds
    assert timetable(_with_more_time(problem, max(short, 0)), crew, day, stays).holds


def _with_more_time(problem, minutes):
    sites = tuple(
        attrs.evolve(
            site,
            sessions=tuple(tuple((a, b + minutes) for a, b in day) for day in site.sessions),
        )
        for site in problem.sites
    )
    crews = tuple(
        attrs.evolve(crew, shifts=tuple(s and (s[0], s[1] + minutes) for s in crew.shifts))
        for crew in problem.crews
    )
    return attrs.evolve(problem, sites=sites, crews=crews)
