"""Workbooks that are written: each value is read back as what it is, equal ones are equal files."""

from __future__ import annotations

import datetime as dt
import io

import fastexcel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.new_workbook import NewWorkbook, put

MADE = dt.datetime(2024, 9, 2, 8, 0)
TRICKS = ("=1+1", "http://example.org", "007", "{=SUM(A1)}", "mailto:a@example.org")


def written(values, **options):
    book = NewWorkbook("a test", MADE, **options)
    sheet, dates = book.sheet("Data"), book.look(num_format="yyyy-mm-dd")
    for row, value in enumerate(values):
        put(sheet, (row, 0), value, dates if isinstance(value, dt.date) else None)
    return book.to_bytes()


def read(content):
    sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string")
    return sheet.to_polars().to_series().to_list()


@given(st.lists(st.sampled_from(TRICKS) | st.integers(0, 10**6).map(str), min_size=1, max_size=5))
def test_a_text_stays_a_text_whatever_it_looks_like(texts):
    assert read(written(texts)) == texts


def test_days_numbers_and_empty_cells_are_what_they_are():
    values = ["first", dt.date(2024, 9, 9), None, 12]

    assert read(written(values)) == ["first", "2024-09-09 00:00:00", None, "12"]


@pytest.mark.parametrize("date_1904", [True, False])
def test_equal_content_gives_equal_bytes(date_1904):
    one, other = (written(["a", 1], title="T", date_1904=date_1904) for _ in range(2))

    assert one == other
    assert io.BytesIO(one).read(2) == b"PK"
