"""Which pairs are compared: nobody is left without one, and no like pair is lost."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.roster import pairs
from school_ektp.roster.match import LEAST_LIKENESS, match_register
from school_ektp.roster.names import name_key, name_likeness
from school_ektp.roster.schema import REGISTER, ROSTER

BORN = dt.date(2008, 3, 5)

NIK, OTHER_NIK = "1702094503080000", "1702164503080000"


def roster(*pupils: dict) -> pl.DataFrame:
    numbered = [{**p, "source_row": n, "student_id": str(n)} for n, p in enumerate(pupils, 7)]
    return pl.DataFrame(numbered, schema=ROSTER)


def register(*people: dict) -> pl.DataFrame:
    numbered = [
        {**one, "source_file": "d.xlsx", "source_sheet": "", "source_row": n}
        for n, one in enumerate(people, 2)
    ]
    return pl.DataFrame(numbered, schema=REGISTER)


def near(one: dict, *people: dict) -> list[str]:
    return match_register(roster(one), register(*people)).review["near"].to_list()


people = st.fixed_dictionaries(
    {
        "name": st.none() | st.sampled_from(["SITI", "SITI AMINAH", "M. RIZKI", "Muh Rizki"]),
        "birth_date": st.sampled_from([BORN, dt.date(2008, 5, 3), dt.date(2007, 3, 5)]),
        "sex": st.sampled_from(["L", "P", None]),
        "nik": st.none() | st.sampled_from([NIK, OTHER_NIK]),
    }
)


@given(st.lists(st.text("ABIN", min_size=1, max_size=6), min_size=2, max_size=8))
def test_letters_never_hide_a_pair_that_is_alike(words):
    """What is left out by its letters is below the least likeness by the careful comparison."""
    names = pl.DataFrame({"_name": [name_key(one) for one in words]})
    ours = names.with_row_index("_pupil").with_columns(_rank="_pupil")
    theirs = names.with_row_index("_known").with_columns(_rank="_known")
    everyone = ours.select("_pupil").join(theirs.select("_known"), how="cross")
    kept = pairs.like_letters(pairs.Pairs(everyone, everyone.clear()), ours, theirs, LEAST_LIKENESS)

    near = set(kept.rows())
    for one, other in everyone.rows():
        if name_likeness(words[one], words[other]) >= LEAST_LIKENESS:
            assert (one, other) in near


def test_everybody_of_both_sides_stands_beside_somebody():
    ours = pl.DataFrame({"_pupil": range(7), "_rank": range(7), "key": [1] * 7})
    theirs = pl.DataFrame({"_known": range(900), "_rank": range(900), "key": [1] * 900})

    found = pairs.pairs_on(ours, theirs, ["key"])

    assert found.all.is_empty()
    assert set(found.some["_pupil"]) == set(range(7))
    assert set(found.some["_known"]) == set(range(900))
    assert found.some.height <= 907


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.none() | st.integers(0, 2), st.none() | st.integers(0, 1)), max_size=12),
    st.lists(st.tuples(st.none() | st.integers(0, 2), st.none() | st.integers(0, 1)), max_size=12),
    st.sampled_from([1, 4, pairs.MOST_PAIRS]),
)
def test_pairs_agree_on_the_keys_and_few_are_all_looked_at(pupils, known, most):
    """Every pair shares its keys; of the keys that few share, every pair is there."""
    keys = {"a": pl.Int64, "b": pl.Int64}

    def persons(rows, number):
        frame = pl.DataFrame(rows, schema=keys, orient="row").with_row_index(number)
        return frame.with_columns(_rank=number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "MOST_PAIRS", most)
        found = pairs.pairs_on(persons(pupils, "_pupil"), persons(known, "_known"), ["a", "b"])

    equal = {
        (n, m)
        for n, one in enumerate(pupils)
        for m, other in enumerate(known)
        if one == other and None not in one
    }
    sizes = {key: (pupils.count(key), known.count(key)) for key in set(pupils)}
    few = {(n, m) for n, m in equal if sizes[pupils[n]][0] * sizes[pupils[n]][1] <= most}
    some = set(found.some.rows())
    assert set(found.all.rows()) == few
    assert some <= equal - few
    assert {n for n, _ in some} == {n for n, _ in equal - few}, "nobody is left alone"
    assert {m for _, m in some} == {m for _, m in equal - few}


@given(st.lists(st.text("AB12", max_size=5), min_size=1))
def test_letters_are_counted_name_by_name(names):
    counts = pairs.letter_counts(pl.DataFrame({"_name": names}))

    assert counts.width == 36
    for letter in "AB12Z":
        assert counts[letter].to_list() == [name.count(letter) for name in names]
