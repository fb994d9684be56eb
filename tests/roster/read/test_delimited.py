"""Delimited text as offices have it: encodings, delimiters, quotes, titles, row numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.roster.read.delimited import cells_of_text, decoded, delimiter_of
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.roster_files import read_bytes

HEAD = "Nama;NISN;Tanggal Lahir\n"


def read(text: str | bytes):
    return read_bytes(text if isinstance(text, bytes) else text.encode(), "t.csv")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_accents_survive_every_encoding(encoding):
    rows = read((HEAD + "DESIRÉE;0081234567;2008-03-05\n").encode(encoding)).rows

    assert rows["name"].to_list() == ["DESIRÉE"]


def test_quoted_cells_may_hold_delimiters_and_line_breaks():
    rows = read(
        HEAD + '"AYU; S.Pd";0081234567;2008-03-05\n"BUDI\nDUA";0081234568;2008-03-06\n'
    ).rows

    assert rows["name"].to_list() == ["AYU; S.Pd", "BUDI DUA"]
    assert rows["source_row"].to_list() == [2, 3]


def test_short_and_long_rows_are_read():
    rows = read(HEAD + "AYU;0081234567\nBUDI;0081234568;2008-03-06;x;y\n").rows

    assert rows["nisn"].to_list() == ["0081234567", "0081234568"]
    assert rows["birth_date"].null_count() == 1


def test_a_quote_that_never_closes_loses_no_line_in_silence():
    read_rows = read(HEAD + '"AYU;0081234567;2008-03-05\nBUDI;0081234568;2008-03-06\n')

    assert read_rows.files["rows"].item() >= 2


@given(
    st.lists(st.lists(st.text("ab1 ", max_size=4), min_size=3, max_size=3), min_size=1),
    st.sampled_from(",;\t|"),
)
def test_every_cell_keeps_its_place(rows, delimiter):
    text = "\n".join(delimiter.join(row) for row in rows)

    frame = cells_of_text(text.encode(), "f", DEFAULT_LIMITS).cells

    found = [[cell or "" for cell in row] for row in frame.rows()]
    expected = rows if text.strip() else found
    while len(expected) > len(found) and not any(expected[-1]):
        expected = expected[:-1]
    assert delimiter_of(text) == delimiter
    assert found == expected


@given(st.binary(max_size=200))
def test_any_bytes_are_text(content):
    assert isinstance(decoded(content), str)


NAMES = ["Nama", "NISN", "Tanggal Lahir", "NPSN"]

PUPIL = ["BUDI UJI", "0081234501", "2008-10-01", "10700669"]


def test_empty_columns_beside_empty_lines_are_refused():
    head = ",".join(NAMES) + "," * 990

    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(f"{head}\n{','.join(PUPIL)}\n".encode() + b"\n" * 100_000, "f")


def test_a_wide_table_whose_cells_are_there_is_read():
    lines = [",".join(NAMES) + "," * 990, *[",".join(PUPIL) + "," * 990] * 10]

    assert read_bytes("\n".join(lines).encode(), "f").rows.height == 10
