"""Who waits at one school: whole pupils, those recorded and absent in proportion."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from made_standings import SITE, at, group, where
from school_ektp.model.demand import SchoolDemand
from school_ektp.season.line import shared

some_weights = st.lists(st.tuples(st.floats(0, 50), st.integers(0, 30)), max_size=5)


def test_counts_are_taken_in_proportion_to_who_waits(twenty):
    demand = [SchoolDemand(npsn=SITE, groups=[group(5), group(15, 1)])]

    found = where(twenty, at(recorded=8, absent=0), demand=demand)

    assert [g.pupils for g in found.demand[0].groups] == [3, 9]


def test_classes_are_told_apart_however_they_are_written(twenty):
    demand = [SchoolDemand(npsn=SITE, groups=[group(6, class_name="XI TKJ 1"), group(9, 1, "XII")])]

    found = where(twenty, at(recorded=4, absent=1, class_name="Kelas 11 TKJ-1"), demand=demand)

    assert [g.pupils for g in found.demand[0].groups] == [2, 9]
    assert found.stayed_away == {(SITE, 0, "XI TKJ 1"): (1,)}


@given(st.integers(0, 100), some_weights)
def test_shares_are_whole_and_never_above_what_is_there(total, pairs):
    weights, most = [w for w, _ in pairs], [m for _, m in pairs]

    parts = shared(total, weights, most)

    assert sum(parts) == min(total, sum(most))
    assert all(0 <= part <= limit for part, limit in zip(parts, most, strict=True))
