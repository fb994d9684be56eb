"""Counts hidden in what is published: by brute force, none of them can be computed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.small_cells import FEWEST
from school_ektp.model.suppression import Published, Row, published

TOTAL = "target"
MOST = 7  # of a count, so that all tables can be tried


@st.composite
def tables(draw: st.DrawFn) -> dict[Row, dict[str, int]]:
    """Draw schools in one or two kecamatan with one or two columns, few cells in all."""
    columns = ["recorded", "waiting"][: draw(st.integers(1, 2))]
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from("AB"), st.sampled_from("123")),
            min_size=1,
            max_size=4 // len(columns),
            unique=True,
        )
    )
    return {row: {one: draw(st.integers(0, MOST)) for one in columns} for row in rows}


def sums(rows: Mapping[Row, Mapping[str, int]], total: str | None) -> dict[tuple[Row, str], int]:
    """Return all counts and totals of a table; no code is shared with what is tested."""
    found: dict[tuple[Row, str], int] = {}
    for (kecamatan, school), counts in rows.items():
        whole = counts | ({total: sum(counts.values())} if total else {})
        for column, count in whole.items():
            for row in ((), (kecamatan,), (kecamatan, school)):
                found[row, column] = found.get((row, column), 0) + count
    return found


def consistent(
    rows: Mapping[Row, Mapping[str, int]], table: Published, total: str | None
) -> Iterator[dict[tuple[Row, str], int]]:
    """Yield every table that shows what *table* shows."""
    cells = [(row, column) for row, counts in rows.items() for column in counts]
    spans = [
        range(3 * MOST) if cell in table.hidden else (rows[cell[0]][cell[1]],) for cell in cells
    ]
    shown = {cell: count for cell, count in table.counts.items() if cell not in table.hidden}
    for values in itertools.product(*spans):
        other: dict[Row, dict[str, int]] = {row: {} for row in rows}
        for (row, column), value in zip(cells, values, strict=True):
            other[row][column] = value
        counts = sums(other, total)
        if all(counts[cell] == count for cell, count in shown.items()):
            yield counts


@given(tables(), st.sampled_from([TOTAL, None]))
@example({("A", "1"): {"recorded": 1}, ("A", "2"): {"recorded": 1}}, None)
@example({("A", "1"): {"recorded": 1}, ("B", "2"): {"recorded": 7}}, None)
@example(
    {("A", "1"): {"recorded": 0, "waiting": 3}, ("B", "2"): {"recorded": 7, "waiting": 0}}, TOTAL
)
def test_no_hidden_count_can_be_computed_from_what_is_shown(rows, total):
    """Each hidden count has two values or more among the tables that show the same."""
    table = published(rows, total=total)
    seen: dict[tuple[Row, str], set[int]] = {cell: set() for cell in table.hidden}

    for counts in consistent(rows, table, total):
        for cell, values in seen.items():
            values.add(counts[cell])
        if all(len(values) > 1 for values in seen.values()):
            break

    assert table.counts == sums(rows, total)
    assert {cell for cell, values in seen.items() if len(values) < 2} == set()


@given(tables(), st.sampled_from([TOTAL, None]))
def test_small_counts_are_hidden_and_others_shown_as_they_are(rows, total):
    table = published(rows, total=total)

    for cell, count in table.counts.items():
        assert table.shown(*cell) in {None, count}
        if 0 < count < FEWEST:
            assert table.shown(*cell) is None


def test_a_second_count_hides_the_first_one():
    """3 of 40 would follow from the total of the kecamatan."""
    rows = {("Curup", "SMAN 1"): {"left": 3}, ("Curup", "SMAN 2"): {"left": 37}}

    table = published(rows)

    assert table.hidden == {(("Curup", "SMAN 1"), "left"), (("Curup", "SMAN 2"), "left")}
    assert table.shown(("Curup",), "left") == 40


def test_a_small_area_hides_another_area_and_not_the_total():
    rows = {("A", "1"): {"left": 1}, ("A", "2"): {"left": 1}, ("B", "3"): {"left": 60}}

    table = published(rows)

    assert table.shown(("A",), "left") is None
    assert table.shown(("B",), "left") is None
    assert table.shown((), "left") == 62


def test_a_table_of_large_counts_is_shown_as_it_is():
    rows = {("A", str(n)): {"recorded": 20 + n, "waiting": 5} for n in range(30)}

    assert published(rows, total=TOTAL).hidden == frozenset()


def test_a_rectangle_protects_a_count_in_two_directions():
    rows = {("A", str(n)): {"recorded": 30, "waiting": 10} for n in range(6)}
    rows["A", "0"] = {"recorded": 38, "waiting": 2}

    table = published(rows, total=TOTAL)

    assert len(table.hidden) == 4
    assert {column for _, column in table.hidden} == {"recorded", "waiting"}


def test_a_threshold_of_one_hides_nothing():
    rows = {("A", "1"): {"left": 1}, ("A", "2"): {"left": 2}}

    assert published(rows, fewest=1).hidden == frozenset()


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ({("A",): {"x": 1}, ("A", "1"): {"x": 1}}, "within one another"),
        ({("A",): {"x": 1}, ("B",): {"y": 1}}, "must all have the columns"),
        ({("A",): {"x": -1}}, "negative"),
        ({("A",): {TOTAL: 1}}, "must not be a column"),
    ],
)
def test_what_is_no_table_is_refused(rows, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        published(rows, total=TOTAL)
    with pytest.raises(InvalidFieldError, match="at least 1"):
        published({}, fewest=0)
