"""Plain problems that one can plan by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.planning.problem import Group
from school_ektp.planning.soundness import faults
from towns import GAP, town


@given(st.lists(st.integers(0, 40), max_size=5), st.integers(1, 4), st.integers(0, 3))
def test_a_town_is_sound_and_its_schools_lie_in_a_line_from_the_base(waiting, days, teams):
    problem = town(*waiting, days=days, teams=teams)

    assert [*faults(problem)] == []
    (drive,) = problem.travel
    base = len(waiting)
    assert [drive[base][site] for site in range(base)] == [GAP * n for n in range(1, base + 1)]
    assert all(drive[a][b] == abs(a - b) * GAP for a in range(base) for b in range(base))
    assert [site.waiting(0) for site in problem.sites] == waiting
    assert len(problem.teams) == teams


def test_a_school_may_be_given_by_its_group():
    late = Group(arrivals=((0, 1), (1, 2)))

    problem = town(4, late, days=2)

    assert problem.sites[1].groups == (late,)
    assert [problem.sites[1].waiting(day) for day in (0, 1)] == [1, 3]
