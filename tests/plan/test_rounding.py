"""Whole pupils: each number is rounded once, and every sum agrees."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.model.apportion import ONE, rounded
from school_ektp.plan.rounding import Row, whole_table


@st.composite
def tables(draw):
    """Draw visits to a few schools, with the priority class of each group of a school."""
    classes = {site: draw(st.lists(st.integers(0, 2), min_size=1, max_size=4)) for site in range(3)}
    sites = draw(st.lists(st.integers(0, 2), max_size=8))
    amounts = st.integers(0, 300) | st.just(0) | st.just(ONE)
    rows = [Row(site, tuple(draw(amounts) for _ in classes[site])) for site in sites]
    return rows, classes


@given(tables())
@example(([Row(0, (50, 50)), Row(0, (50, 50))], {0: [0, 1]}))
@example(([Row(0, (85,)) for _ in range(12)], {0: [0]}))
def test_every_sum_of_a_table_is_the_whole_number_below_or_above(table):
    rows, classes = table

    whole = whole_table(rows, classes)

    exact, shown = defaultdict(int), defaultdict(int)
    for visit, row in enumerate(rows):
        for group, amount in enumerate(row.amounts):
            rank = classes[row.site][group]
            for key in (
                ("cell", visit, group),
                ("visit", visit),
                ("site", row.site),
                ("group", row.site, group),
                ("class", rank),
                ("all",),
            ):
                exact[key] += amount
                shown[key] += whole[visit][group]
    for key, amount in exact.items():
        assert amount // ONE <= shown[key] <= -(-amount // ONE), key
    assert shown["all",] == (exact["all",] + ONE // 2) // ONE


@given(st.lists(st.integers(0, 3_000), max_size=8))
@example(amounts=[50, 51, 51, 98])
def test_one_group_is_rounded_by_largest_remainder(amounts):
    whole = [visit for (visit,) in whole_table([Row(0, (a,)) for a in amounts], {0: [0]})]

    up = [a % ONE for a, shown in zip(amounts, whole, strict=True) if shown * ONE > a]
    down = [a % ONE for a, shown in zip(amounts, whole, strict=True) if shown * ONE < a]
    assert sum(whole) == sum(rounded(amounts))
    assert min(up, default=ONE) >= max(down, default=0)


def test_a_class_spread_thin_is_not_reported_as_if_all_came():
    """Twelve schools with one pupil each of a class, of whom 0.85 are expected."""
    rows = [Row(site, (85, 1_000)) for site in range(12)]

    whole = whole_table(rows, {site: [0, 1] for site in range(12)})

    assert sum(first for first, _ in whole) in {10, 11}


@pytest.mark.parametrize("rows", [[], [Row(0, ())], [Row(0, (0,))]])
def test_zeros_sum_to_zero(rows):
    assert [sum(row) for row in whole_table(rows, {0: [0]})] == [0] * len(rows)
