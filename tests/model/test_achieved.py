"""How far a season has come: parts add up to the whole, whichever way they are put together."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.achieved import Achieved, SeasonProgress, SiteProgress

NAMES = [field.name for field in attrs.fields(Achieved)]
parts = st.builds(Achieved, **dict.fromkeys(NAMES, st.integers(0, 99)))
sites = st.builds(
    lambda number, kecamatan, achieved: SiteProgress(
        site=f"1070{number:04d}", name=f"SMAN {number}", kecamatan=kecamatan, achieved=achieved
    ),
    st.integers(0, 9999),
    st.sampled_from(["Curup", "Curup Utara", "Bermani Ulu"]),
    parts,
)


def progress(*several: SiteProgress) -> SeasonProgress:
    day = dt.date(2024, 9, 9)
    empty = {"dates": (), "classes": (), "teams": ()}
    return SeasonProgress(on=day, since=day, last_day=day, sites=several, low=0, high=0, **empty)


@given(st.lists(parts))
def test_a_total_adds_up_each_count_and_what_is_derived_from_them(several):
    total = Achieved.total(several)

    for name in (*NAMES, "target", "so_far"):
        assert getattr(total, name) == sum(getattr(part, name) for part in several)


@given(parts)
def test_the_target_is_those_recorded_and_those_who_are_not_yet(part):
    assert part.target == part.so_far + part.stayed_away + part.waiting + part.later
    assert attrs.evolve(part, outside=part.outside + 5).target == part.target
    assert attrs.evolve(part, outside=part.outside + 5).so_far == part.so_far


@given(st.lists(sites, max_size=6))
def test_kecamatan_add_up_to_the_whole_in_the_order_of_their_names(several):
    season = progress(*several)

    assert list(season.by_kecamatan) == sorted({one.kecamatan for one in several})
    assert Achieved.total(season.by_kecamatan.values()) == season.total
    assert season.total == Achieved.total(one.achieved for one in several)


def test_nothing_is_nothing():
    assert Achieved.total([]) == Achieved()
    assert progress().total.target == 0
