"""Whether a whole team-day has room for all of a school."""

from __future__ import annotations

import attrs
from hypothesis import given

from school_ektp.planning.constraints import Forbidden, OneVisit, TeamDayBudget
from school_ektp.planning.explain.one_visit import has_room_for_all
from school_ektp.planning.problem import Group
from school_ektp.planning.search.data import SearchData
from school_ektp.testing import problems
from towns import town


def test_a_day_has_room_for_those_who_fit_between_the_drives():
    """Of 60 minutes 20 are driven and 5 go into set-up; a pupil takes 5."""
    assert has_room_for_all(town(7), 0)
    assert not has_room_for_all(town(8), 0)


def test_whatever_else_is_asked_a_day_of_its_own_counts():
    assert has_room_for_all(town(7, constraints=[TeamDayBudget(1, 0, 0)]), 0)


def test_a_team_that_may_not_go_there_has_no_room():
    problem = town(7, 3, teams=2, constraints=[Forbidden(0, 0), Forbidden(1, 0), Forbidden(0, 1)])

    assert [has_room_for_all(problem, site) for site in (0, 1)] == [False, True]


def test_the_day_on_which_fewest_wait_counts_from_today_on():
    """A class of four is away on the second of three days."""
    site = attrs.evolve(
        town(0).sites[0],
        groups=(
            Group(arrivals=((0, 5),)),
            Group(arrivals=((0, 4),), away=frozenset({1})),
        ),
        sessions=(((0, 60),),) * 3,
    )
    problem = attrs.evolve(town(0, days=3), sites=(site,))

    assert has_room_for_all(problem, 0)
    assert not has_room_for_all(attrs.evolve(problem, today=2), 0)


@given(problems())
def test_where_the_search_may_go_with_room_for_all_a_day_has_it(problem):
    whole = [OneVisit(site) for site in range(len(problem.sites))]
    problem = attrs.evolve(problem, constraints=(*problem.constraints, *whole))

    for site, days in enumerate(SearchData(problem).serving):
        if days:
            assert has_room_for_all(problem, site)
