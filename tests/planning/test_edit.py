"""A plan changed by hand: a visit more, a visit fewer, a visit on another day."""

from __future__ import annotations

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from school_ektp.planning.edit import moved, with_visit, without_visit
from school_ektp.planning.problem import ALL, Group
from school_ektp.planning.schedule import schedule_day
from school_ektp.planning.solution import SiteVisit, Solution
from school_ektp.testing import problems
from towns import town


def added(problem, *stays, plan=None):
    """Return a plan to which a visit for each (team, day, site) is added, none of them refused."""
    plan = plan or Solution()
    for team, day, site in stays:
        plan = with_visit(problem, plan, team=team, day=day, site=site)
        assert plan is not None
    return plan


def times(plan):
    return [(visit.site, visit.start, visit.end, visit.room) for visit in plan.visits]


# A visit more -------------------------------------------------------------------------------


def test_a_visit_has_room_for_all_who_wait():
    assert times(added(town(4), (0, 0, 0))) == [(0, 10, 35, 4)]


def test_a_visit_has_room_for_no_more_than_asked():
    problem = town(4, 4, hours=99)
    plan = with_visit(problem, added(problem, (0, 0, 0)), team=0, day=0, site=1, most=2)

    assert plan is not None
    assert times(plan) == [(0, 10, 35, 4), (1, 45, 60, 2)]


def test_a_visit_has_as_much_room_as_the_day_leaves():
    """Of 60 minutes 20 are driven and 5 go to set-up: 35 are left for seven pupils."""
    assert times(added(town(9), (0, 0, 0))) == [(0, 10, 50, 7)]


def test_of_places_with_as_much_room_the_one_that_is_done_sooner_is_taken():
    plan = added(town(1, 1, hours=99), (0, 0, 1), (0, 0, 0))

    assert times(plan) == [(0, 10, 20, 1), (1, 30, 40, 1)]


def test_of_equal_insertion_places_the_last_is_taken():
    """It is ten minutes from anywhere to anywhere."""
    problem = town(1, 1, hours=99)
    matrix = ((0, 10, 10), (10, 0, 10), (10, 10, 0))
    plan = added(attrs.evolve(problem, travel=(matrix,)), (0, 0, 1), (0, 0, 0))

    assert times(plan) == [(1, 10, 20, 1), (0, 30, 40, 1)]


def test_a_visit_comes_where_it_has_most_room():
    """The school closes before the team would be back from the one farther on."""
    problem = town(9, 2, hours=99)
    early = attrs.evolve(problem.sites[0], sessions=(((0, 30),),))
    problem = attrs.evolve(problem, sites=(early, problem.sites[1]))

    plan = added(problem, (0, 0, 1), (0, 0, 0))

    assert times(plan) == [(0, 10, 30, 3), (1, 40, 55, 2)]


def test_a_second_visit_has_room_for_those_expected_to_wait_still():
    """Of nine half come to the first visit: 4.5 are left, and five need room."""
    problem = town(9, days=2, hours=99, turnout=500, again=500)

    assert [visit.room for visit in added(problem, (0, 0, 0), (0, 1, 0)).visits] == [9, 5]


def test_nobody_is_visited_where_nobody_waits():
    problem = town(4, 0, days=2)
    plan = added(problem, (0, 0, 0))

    assert with_visit(problem, plan, team=0, day=1, site=0) is None
    assert with_visit(problem, plan, team=0, day=1, site=1) is None


def test_nobody_is_visited_while_away():
    problem = town(Group(arrivals=((0, 4),), away=frozenset({0})), days=2)

    assert with_visit(problem, Solution(), team=0, day=0, site=0) is None
    assert [visit.room for visit in added(problem, (0, 1, 0)).visits] == [4]


def test_a_team_stays_at_a_school_once_a_day_and_another_team_may_come():
    problem = town(9, teams=2)
    plan = added(problem, (0, 0, 0))

    assert with_visit(problem, plan, team=0, day=0, site=0) is None
    assert [(v.team, v.room) for v in added(problem, (1, 0, 0), plan=plan).visits] == [
        (0, 7), (1, 2),
    ]  # fmt: skip


def test_a_day_off_has_no_place():
    problem = town(4)
    off = attrs.evolve(problem.teams[0], shifts=(None,))
    no_kits = attrs.evolve(problem.teams[0], kits=(0,))
    problem = attrs.evolve(problem, teams=(off, no_kits))

    assert with_visit(problem, Solution(), team=0, day=0, site=0) is None
    assert with_visit(problem, Solution(), team=1, day=0, site=0) is None


def test_a_day_too_short_for_one_pupil_has_no_place():
    assert with_visit(town(4, hours=29), Solution(), team=0, day=0, site=0) is None
    assert times(added(town(4, hours=30), (0, 0, 0))) == [(0, 10, 20, 1)]


# A visit fewer ------------------------------------------------------------------------------


def test_without_its_only_visit_a_plan_is_empty():
    problem = town(4)
    plan = added(problem, (0, 0, 0))

    assert without_visit(problem, plan, plan.visits[0]) == Solution()


def test_what_follows_a_visit_taken_back_moves_to_earlier_times():
    """To the second school it is 20 minutes from the base; other teams and days stand."""
    problem = town(1, 1, days=2, teams=2, hours=99)
    plan = added(problem, (0, 0, 0), (0, 0, 1))
    other = SiteVisit(day=0, team=1, start=60, site=0, arrive=50, end=70, room=1)
    plan = Solution((*plan.visits, other))

    rest = without_visit(problem, plan, plan.visits[0])

    assert [v for v in rest.visits if v.team == 1] == [other]
    assert times(plan)[1:] == [(1, 30, 40, 1), (0, 60, 70, 1)]
    assert times(rest) == [(1, 20, 30, 1), (0, 60, 70, 1)]


def test_a_day_that_does_not_hold_keeps_its_times():
    problem = town(4, 4)
    long = SiteVisit(day=0, team=0, start=40, site=1, arrive=40, end=99, room=40)
    short = SiteVisit(day=0, team=0, start=10, site=0, arrive=10, end=30, room=3)

    assert without_visit(problem, Solution((short, long)), short) == Solution((long,))


# A visit on another day ---------------------------------------------------------------------


def test_a_visit_moves_to_another_day_or_team():
    problem = town(4, days=2, teams=2)
    plan = added(problem, (0, 0, 0))
    visit = plan.visits[0]

    later = moved(problem, plan, visit, team=0, day=1)
    other = moved(problem, plan, visit, team=1, day=0)

    assert later == Solution((attrs.evolve(visit, day=1),))
    assert other == Solution((attrs.evolve(visit, team=1),))


def test_a_visit_moved_keeps_its_room():
    problem = town(4, days=2)
    plan = with_visit(problem, Solution(), team=0, day=0, site=0, most=2)
    assert plan is not None

    later = moved(problem, plan, plan.visits[0], team=0, day=1)

    assert later is not None
    assert times(later) == [(0, 10, 25, 2)]


def test_a_visit_does_not_move_to_a_day_off():
    problem = town(4, days=2)
    off = attrs.evolve(problem.teams[0], shifts=((0, 60), None))
    problem = attrs.evolve(problem, teams=(off,))
    plan = added(problem, (0, 0, 0))

    assert moved(problem, plan, plan.visits[0], team=0, day=1) is None


# Any problem --------------------------------------------------------------------------------


@st.composite
def plans(draw):
    """Draw a problem without constraints, a plan made by hand, and one visit more to ask for."""
    problem = attrs.evolve(draw(problems()), constraints=(), today=0)
    stays = st.tuples(
        st.integers(0, len(problem.teams) - 1),
        st.integers(0, problem.days - 1),
        st.integers(0, len(problem.sites) - 1),
    )
    plan = Solution()
    for team, day, site in draw(st.lists(stays, max_size=4)):
        plan = with_visit(problem, plan, team=team, day=day, site=site, most=5) or plan
    return problem, plan, draw(stays)


@given(plans(), st.integers(1, 30))
def test_an_added_visit_gets_the_most_room_of_any_place_of_the_day(drawn, most):
    """One pupil more than the visit has room for fits nowhere; none at all if it is refused."""
    problem, plan, (team, day, site) = drawn
    mine = [(v.site, v.room) for v in plan.visits if (v.team, v.day) == (team, day)]
    assume(site not in {place for place, _ in mine} and problem.sites[site].waiting(day))
    assume(all(visit.site != site for visit in plan.visits))  # so that all of them wait still
    most = min(most, problem.sites[site].waiting(day) * (ALL - problem.luck.never) // ALL)
    assume(most)

    longer = with_visit(problem, plan, team=team, day=day, site=site, most=most)

    visits = longer.visits if longer else ()
    room = sum(visit.room for visit in visits if _place(visit) == (team, day, site))
    assert room <= most
    if room < most:
        for place in range(len(mine) + 1):
            stays = [*mine[:place], (site, room + 1), *mine[place:]]
            assert not schedule_day(problem, team, day, stays).holds


@given(plans())
def test_a_visit_added_and_taken_back_leaves_the_plan_as_it_was(drawn):
    problem, plan, (team, day, site) = drawn
    longer = with_visit(problem, plan, team=team, day=day, site=site)
    assume(longer is not None)
    [visit] = [one for one in longer.visits if _place(one) == (team, day, site)]

    assert without_visit(problem, longer, visit) == plan


def _place(visit):
    return visit.team, visit.day, visit.site
