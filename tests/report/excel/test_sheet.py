"""A sheet that came back: found by its headers, its cells read as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.report.excel.read_plan import read_plan_workbook
from school_ektp.report.excel.sheet import cell_order, read_count, read_minute
from workbook_files import edited, rows_of


def test_the_sheet_may_be_renamed(hand_plan, file):
    back = read_plan_workbook(edited(file, {}, name="punya saya"), hand_plan)

    assert back.plan.solution == hand_plan.solution


def test_rows_may_be_sorted(hand_plan, file):
    rows = rows_of(file, "Rencana")
    changes = {
        f"{chr(ord('A') + column)}{place + 5}": value
        for place, row in enumerate(reversed(rows[4:13]))
        for column, value in enumerate(row)
    }

    back = read_plan_workbook(edited(file, changes), hand_plan)

    assert back.plan.solution == hand_plan.solution


@pytest.mark.parametrize("separator", [",", ";"])
def test_the_sheet_may_be_saved_as_csv(separator, hand_plan, file):
    lines = (
        separator.join("" if value is None else f'"{value}"' for value in row)
        for row in rows_of(file, "Rencana")
    )
    saved = file.with_suffix(".csv")
    saved.write_text("\n".join(lines), encoding="utf-8")

    assert read_plan_workbook(saved, hand_plan).plan.solution == hand_plan.solution


def test_another_workbook_is_refused(hand_plan, file):
    other = edited(file, {}, sheet="Sekolah")

    with pytest.raises(ReadError, match="holds no sheet with the columns Tanggal, Tim, NPSN"):
        read_plan_workbook(other, hand_plan)


def test_a_damaged_file_is_refused(hand_plan, tmp_path):
    broken = tmp_path / "rencana.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")

    with pytest.raises(ReadError, match=r"rencana\.xlsx"):
        read_plan_workbook(broken, hand_plan)


@given(st.integers(0, 999_999), st.sampled_from(["", ".0", ",00"]))
def test_a_count_is_read_however_a_program_writes_whole_numbers(value, rest):
    assert read_count(f"{value}{rest}") == value


@pytest.mark.parametrize("text", ["", "-3", "30.5", "1.000.000", "tiga", "1234567"])
def test_what_is_no_count_is_none(text):
    assert read_count(text) is None


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([":", "."]))
def test_a_minute_of_the_day_is_read_in_both_ways_to_write_a_clock(hour, minute, mark):
    assert read_minute(f"{hour:02}{mark}{minute:02}") == 60 * hour + minute
    half = f"{hour % 12 or 12}{mark}{minute:02}:00 {'pm' if hour >= 12 else 'am'}"
    assert read_minute(half) == 60 * hour + minute


def test_a_text_without_a_clock_has_no_minute():
    assert [read_minute(text) for text in ("", "pagi", "8")] == [None] * 3


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), unique=True))
def test_cells_are_in_order_by_row_and_then_by_column(places):
    """AA comes after Z, and row 10 after row 9."""
    letters = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    letters += [f"{first}{second}" for first in "AB" for second in letters]
    cells = [f"{letters[column]}{row}" for row, column in places]

    assert sorted(cells, key=cell_order) == [
        f"{letters[column]}{row}" for row, column in sorted(places)
    ]
