"""Days on which a site is visited, where its visits must keep apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.feasibility import violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import Spacing
from school_ektp.planning.search.engine import Search
from school_ektp.planning.search.photo import solution_of
from school_ektp.planning.search.rhythm import best_days


@st.composite
def seasons(draw: st.DrawFn) -> tuple[dict[int, int], dict[int, int], int]:
    days = sorted(draw(st.sets(st.integers(0, 20), max_size=7)))
    room = {day: draw(st.integers(1, 9)) for day in days}
    come, waiting = 0, dict[int, int]()
    for day in days:
        come += draw(st.integers(0, 9))
        waiting[day] = come
    return room, waiting, draw(st.integers(1, 9))


def recorded(days: tuple[int, ...], room: dict[int, int], waiting: dict[int, int]) -> int:
    done = 0
    for day in days:
        done = min(waiting[day], done + room[day])
    return done


@given(seasons())
def test_no_other_days_that_keep_apart_record_more(
    season: tuple[dict[int, int], dict[int, int], int],
) -> None:
    room, waiting, apart = season
    chosen = best_days(room, waiting, apart)
    kept = [
        days
        for number in range(len(room) + 1)
        for days in combinations(sorted(room), number)
        if all(b - a >= apart for a, b in pairwise(days))
    ]
    assert chosen in kept
    assert recorded(chosen, room, waiting) == max(recorded(days, room, waiting) for days in kept)


def test_two_visits_at_the_ends_beat_the_best_one_in_the_middle() -> None:
    assert best_days({0: 5, 6: 8, 12: 5}, dict.fromkeys((0, 6, 12), 20), 7) == (0, 12)


def test_who_comes_late_is_waited_for() -> None:
    assert best_days({0: 5, 4: 5, 9: 5}, {0: 2, 4: 4, 9: 8}, 5) == (4, 9)
    assert best_days({0: 9, 4: 9}, {0: 3, 4: 8}, 5) == (4,)


def test_one_visit_is_enough_where_it_records_everyone() -> None:
    assert best_days({0: 5, 4: 5, 9: 9}, {0: 2, 4: 4, 9: 8}, 5) == (9,)


def one_site(hours: list[int]) -> VisitProblem:
    """One site of 60 pupils, minutes of school on each day, visits four days apart."""
    site = Site(
        groups=(Group(arrivals=((0, 60),)),),
        sessions=tuple(((480, 480 + minutes),) if minutes else () for minutes in hours),
    )
    crew = Crew(
        start=1,
        end=1,
        shifts=((420, 960),) * len(hours),
        breaks=((),) * len(hours),
        kits=(1,) * len(hours),
        minutes_per_pupil=(5,),
        setup=(30,),
        packdown=(15,),
    )
    travel = ((0, 10), (10, 0))
    return VisitProblem(
        days=len(hours), sites=(site,), crews=(crew,), travel=(travel,), rules=(Spacing(4),)
    )


def filled(problem: VisitProblem) -> list[tuple[int, int]]:
    """Return day and pupils of the visits with which the only site is filled."""
    search = Search(problem, seed=0)
    search.insertion.fill(0)
    plan = solution_of(search.routes)
    assert violations(problem, plan) == ()
    return [(visit.day, visit.pupils) for visit in plan.visits]


def test_a_site_is_visited_on_both_ends_of_the_season_where_one_day_is_too_short() -> None:
    assert filled(one_site([200, 0, 0, 240, 0, 0, 200])) == [(0, 31), (6, 29)]


def test_in_seasons_of_many_team_days_the_best_day_is_taken_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Looking at all of them for every site would take too long."""
    monkeypatch.setattr("school_ektp.planning.search.insertion.FEW_ENOUGH", 6)

    assert filled(one_site([200, 0, 0, 240, 0, 0, 200])) == [(3, 39)]


def test_a_day_without_room_is_no_day() -> None:
    assert best_days({}, {}, 3) == ()
