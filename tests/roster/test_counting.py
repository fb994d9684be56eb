"""Counting by keys: what a plain count finds, whichever way is taken."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.roster import counting
from school_ektp.roster.demand import compact, waiting_by_day, waiting_on
from school_ektp.testing import strategies as own


@given(own.rosters(max_size=60), st.integers(1, 40))
def test_sparse_and_dense_counting_agree(roster, days):
    """Keys too many for a table with a place for each are sorted instead."""
    span = {"first_day": dt.date(2024, 9, 1), "last_day": dt.date(2024, 9, days % 30 + 1)}
    packed = compact(roster)
    dense = waiting_by_day(packed, **span), waiting_on(packed, on=span["first_day"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "SMALL_TABLE", -(10**9))
        sparse = waiting_by_day(packed, **span), waiting_on(packed, on=span["first_day"])

    assert all(one.equals(other) for one, other in zip(dense, sparse, strict=True))


@given(own.rosters(max_size=60), st.integers(1, 20), st.integers(1, 40))
def test_batches_and_hash_table_count_what_memory_counts(roster, batch, days):
    """Rows not in memory: however many come at once, and whether or not every key has a place."""
    span = {"first_day": dt.date(2024, 9, 1), "last_day": dt.date(2024, 9, days % 30 + 1)}
    packed = compact(roster)
    expected = waiting_by_day(packed, **span), waiting_on(packed, on=span["first_day"])
    for name, value in (("BATCH", batch), ("SMALL_TABLE", -(10**9))):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(counting, name, value)
            found = [
                waiting_by_day(packed.lazy(), **span),
                waiting_on(packed.lazy(), on=span["first_day"]),
            ]
            tables = pl.collect_all(found)

        assert all(one.equals(other) for one, other in zip(expected, tables, strict=True))


def test_keys_too_many_to_pack_are_counted_all_the_same():
    many = pl.Enum([str(number) for number in range(70_000)])
    names = [f"key {number}" for number in range(4)]  # 70,000 to the fourth is beyond 63 bits
    rows = pl.DataFrame({name: ["7", "7", "3"] for name in names}).cast(many)

    counted = counting.count_rows(rows.lazy(), names, names={}, into="rows", now=True).collect()

    assert counted["rows"].to_list() == [1, 2]
    assert counted[names[0]].to_list() == ["3", "7"]


few = settings(max_examples=20)  # each counts in four ways
letters = pl.Enum(["b", "a", "c"])
keys = st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["a", "b"]))


def kinds(rows, names=("one", "two")):
    """Return rows as texts and as dictionaries, to be counted at once and when they are asked."""
    texts = pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String)}, orient="row")
    packed = texts.cast(dict.fromkeys(names, letters))
    return [(frame, now) for frame in (texts, packed) for now in (True, False)]


@few
@given(st.lists(keys, max_size=20))
def test_rows_are_counted_by_their_keys_in_the_order_of_the_keys(rows):
    for frame, now in kinds(rows):
        table = counting.count_rows(
            frame.lazy(), ["one", "two"], names={}, into="rows", now=now
        ).collect()

        assert {row[:2]: row[2] for row in table.rows()} == Counter(rows)
        assert table.select("one", "two").equals(table.select("one", "two").sort("one", "two"))
        assert table.schema["rows"] == pl.UInt32


@few
@given(st.lists(st.tuples(keys, st.integers(0, 4)), max_size=20), st.sets(st.integers(0, 4)))
def test_steps_are_counted_up_to_each_that_is_shown(rows, days):
    steps = sorted(days)
    shown = pl.DataFrame(
        {counting.STEP: steps, "day": [f"day {step}" for step in steps]},
        schema={counting.STEP: pl.UInt32, "day": pl.String},
    )
    for frame, now in kinds([key for key, _ in rows]):
        stepped = frame.with_columns(pl.Series(counting.STEP, [s for _, s in rows], pl.UInt32))

        table = counting.count_steps(
            stepped.lazy(),
            ["one", "two"],
            names={},
            steps=5,
            shown=shown,
            into="rows",
            now=now,
        ).collect()

        assert {row[:3]: row[3] for row in table.rows()} == {
            (*key, f"day {step}"): sum(k == key and s <= step for k, s in rows)
            for key in {key for key, _ in rows}
            for step in steps
        }
