"""Things put together, and counts added up, by what they have in common."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.groups import grouped, summed


@given(words=st.lists(st.text("ab", max_size=3)))
def test_each_item_is_in_the_group_of_its_key_in_the_order_given(words):
    groups = grouped(words, len)

    assert groups == {size: [w for w in words if len(w) == size] for size in map(len, words)}
    assert groups[9] == []


@given(counts=st.lists(st.tuples(st.sampled_from("ab"), st.integers(-3, 3))))
def test_counts_of_one_key_are_added_up(counts):
    totals = summed(counts)

    assert totals == Counter({key: sum(n for k, n in counts if k == key) for key, _ in counts})
    assert totals["c"] == 0
