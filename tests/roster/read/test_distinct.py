"""A column is read once for each distinct text, and every row gets what its text says."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.read.distinct import Cell, read_column

columns = st.lists(st.none() | st.sampled_from(["a", "bb", "", "Ä"]) | st.text(max_size=3))


def length(text: str) -> Cell:
    return Cell(len(text), "long" if len(text) > 1 else "")


@given(columns)
def test_each_row_gets_what_the_reader_says_of_its_text(texts):
    read = read_column(pl.Series(texts, dtype=pl.String), length, pl.Int64())

    assert read["value"].to_list() == [None if text is None else len(text) for text in texts]
    assert read["note"].to_list() == [
        "long" if text is not None and len(text) > 1 else None for text in texts
    ]


def test_the_reader_is_called_once_for_each_distinct_text():
    calls: Counter[str] = Counter()

    def counting(text: str) -> Cell:
        calls[text] += 1
        return Cell(text)

    read_column(pl.Series(["a", "b", "a", None, "a"]), counting, pl.String())

    assert calls == {"a": 1, "b": 1}


def test_a_column_of_nulls_has_the_type_asked_for():
    read = read_column(pl.Series([None, None], dtype=pl.String), length, pl.Int8())

    assert read.schema == {"value": pl.Int8, "note": pl.String}
    assert read.rows() == [(None, None)] * 2
