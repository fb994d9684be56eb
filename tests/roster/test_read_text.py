"""Delimited text as offices have it: encodings, delimiters, quotes, titles, row numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.roster.read.delimited import cells_of_text, decoded, delimiter_of
from school_ektp.roster.read.grid import find_header
from school_ektp.roster.read.layouts import (
    REGISTER_LAYOUTS,
    ROSTER_LAYOUTS,
    SUB_HEADERS,
    header_key,
)
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


def test_blank_lines_count_as_rows():
    read_rows = read(HEAD + "\n\nAYU;0081234567;2008-03-05\n\n")

    assert read_rows.rows["source_row"].to_list() == [4]
    assert read_rows.files.select("rows", "head", "blank", "pupils").row(0) == (5, 1, 3, 1)


def test_short_and_long_rows_are_read():
    rows = read(HEAD + "AYU;0081234567\nBUDI;0081234568;2008-03-06;x;y\n").rows

    assert rows["nisn"].to_list() == ["0081234567", "0081234568"]
    assert rows["birth_date"].null_count() == 1


def test_a_quote_that_never_closes_loses_no_line_in_silence():
    read_rows = read(HEAD + '"AYU;0081234567;2008-03-05\nBUDI;0081234568;2008-03-06\n')

    assert read_rows.files["rows"].item() >= 2


def test_titles_above_the_header_do_no_harm():
    text = "DATA SISWA;;\nSMA NEGERI 1 CURUP;;\n;;\n" + HEAD + "AYU;0081234567;2008-03-05\n"

    read_rows = read(text)

    assert read_rows.rows["source_row"].to_list() == [5]
    assert read_rows.rows["school_name"].to_list() == ["SMA NEGERI 1 CURUP"]
    assert read_rows.files["head"].item() == 4


def test_notes_below_the_table_are_no_pupils():
    text = HEAD + "AYU;0081234567;2008-03-05\n;;\n;;Curup, 1 Juli 2024\nKepala Sekolah;;\n"

    files = read(text).files

    assert files.select("pupils", "blank", "notes").row(0) == (1, 1, 2)


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


@pytest.mark.parametrize("layout", [*ROSTER_LAYOUTS, *REGISTER_LAYOUTS], ids=lambda one: one.name)
def test_layouts_are_sound_data(layout):
    keys = [key for names in layout.columns.values() for key in names]

    assert [key for key in keys if header_key(key) != key] == []
    assert len(set(keys)) == len(keys), "one header would mean two columns"
    groups = [group.intersection(layout.columns) for group in layout.needs]
    assert all(groups)
    top = [[layout.columns[min(group)][0] for group in groups] + sorted(layout.marks)[:1]]
    assert find_header(top, [layout]) is not None


def test_names_below_a_merged_cell_are_never_a_pupils():
    top = [
        ["Nama", "NIK", "Data Ayah", None, "Tanggal Lahir", "NIPD"],
        [None, None, "Nama", "NIK", None, None],
    ]

    header = find_header(top, ROSTER_LAYOUTS)

    assert (header.columns["name"], header.columns["nik"], header.rows) == (0, 1, 2)
    assert {"nama", "nik"} <= SUB_HEADERS
