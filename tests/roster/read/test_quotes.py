"""Quotes in delimited text: those that mean something are kept, slips lose no row in silence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.roster.read import quotes
from school_ektp.roster.read.delimited import cells_of_text
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import spreadsheet

BORN = dt.date(2008, 10, 1)
HEAD = "Nama,NISN,Tanggal Lahir,NPSN"
ROWS = [f"UJI {n},{81_000_000 + n:010d},01-10-2008,10700669" for n in range(401)]


def read(lines):
    return read_bytes("\n".join([HEAD, *lines]).encode(), "t.csv")


def issues_in(roster):
    rules = roster.coded_issues.filter(roster.coded_issues["row"].is_not_null())
    return rules.sort("row", "rule").select("row", "rule").rows()


def with_quotes(changes):
    """Return the rows, some of them with a text replaced by another."""
    rows = list(ROWS)
    for number, (old, new) in changes.items():
        rows[number] = rows[number].replace(old, new)
    return rows


@pytest.mark.parametrize(
    ("changes", "issues"),
    [
        ({99: ("UJI", '"UJI')}, [(101, "quote_stray")]),
        ({400: ("UJI", '"UJI')}, [(402, "quote_stray")]),
        (
            {99: ("UJI", '"UJI'), 101: ("UJI 101", 'UJI 101"')},
            [(101, "quote_stray"), (101, "quoted_rows"), (103, "quote_stray")],
        ),
        (
            {99: ("UJI", '"UJI'), 100: ("UJI 100", 'UJI 100"')},
            [(101, "quote_stray"), (101, "quoted_rows"), (102, "quote_stray")],
        ),
        (
            {99: ("UJI", '"UJI'), 300: ("UJI", '"UJI')},
            [(101, "quote_stray"), (302, "quote_stray")],
        ),
        ({99: ("01-10-2008", '01-10-2008"')}, [(101, "quote_stray")]),
    ],
    ids=["one", "last row", "around rows", "two rows", "two that open", "one that closes"],
)
def test_a_stray_quote_swallows_nobody_and_is_reported(changes, issues):
    roster = read(with_quotes(changes))

    assert roster.rows["name"].to_list() == [f"UJI {n}" for n in range(401)]
    assert roster.rows["source_row"].to_list() == list(range(2, 403))
    assert set(roster.rows["birth_date"]) == {BORN}
    assert issues_in(roster) == issues


@pytest.mark.parametrize(
    ("row", "without"),
    [
        ('"UJI 50,"0081000050","01-10-2008","10700669"', "a quote behind the name"),
        ('UJI 50","0081000050","01-10-2008","10700669"', "a quote before it"),
        ('"UJI 50","0081000050,"01-10-2008","10700669"', "a quote behind the number"),
        ('"UJI 50","0081000050","01-10-2008","10700669', "the last quote"),
    ],
)
def test_one_quote_missing_in_a_table_full_of_quotes(row, without):
    rows = [",".join(f'"{cell}"' for cell in one.split(",")) for one in ROWS[:60]]
    rows[50] = row

    roster = read(rows)

    columns = ("name", "nisn", "birth_date", "npsn")
    assert roster.rows.height == 60, without
    assert roster.rows.select(columns).row(50) == ("UJI 50", "0081000050", BORN, "10700669")
    assert issues_in(roster) == [(52, "quote_stray")]


@given(st.data(), st.sampled_from(",;\t|"), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_one_quote_anywhere_loses_no_cell_and_is_reported(data, delimiter, is_quoted, line_break):
    lines = [line.split(",") for line in [HEAD, *ROWS[:6]]]
    written = [[f'"{cell}"' if is_quoted else cell for cell in line] for line in lines]
    text = line_break.join(map(delimiter.join, written)) + line_break
    place = data.draw(st.integers(0, len(text)), "place")

    roster = read_bytes((text[:place] + '"' + text[place:]).encode(), "t.csv")

    found = roster.rows.select("name", "nisn", "birth_date", "npsn").rows()
    assert found == [(line[0], line[1], BORN, line[3]) for line in lines[1:]]
    assert "quote_stray" in roster.coded_issues["rule"]


def test_line_breaks_within_quoted_headings_keep_every_column():
    text = '"Nama\nLengkap";NISN;"Tanggal\nLahir";"Sudah\nRekam"\nAYU;0081234567;2008-10-01;ya\n'

    roster = read_bytes(text.encode(), "t.csv")

    assert roster.rows.select("name", "birth_date", "recorded").row(0) == ("AYU", BORN, True)
    assert roster.rows["source_row"].to_list() == [2]
    assert issues_in(roster) == []


def test_an_address_on_several_lines_is_one_cell():
    rows = [f'UJI {n},{n:010d},01-10-2008,"Jl. A, RT 1\n\nKec. B, Kab. C"' for n in range(1, 9)]

    roster = read_bytes("\n".join(["Nama,NISN,Tanggal Lahir,Alamat", *rows]).encode(), "t.csv")

    assert roster.rows["name"].to_list() == [f"UJI {n}" for n in range(1, 9)]
    assert roster.rows["source_row"].to_list() == list(range(2, 10))
    assert "quote_stray" not in roster.coded_issues["rule"].to_list()


def test_quotes_within_a_cell_stay_and_an_inch_is_reported():
    roster = read(
        [
            'UJI "A" SATU,0081000001,01-10-2008,10700669',
            '"UJI ""B"", DUA",0081000002,01-10-2008,10700669',
            'UJI C 5",0081000003,01-10-2008,10700669',
        ]
    )

    assert roster.rows["name"].to_list() == ['UJI "A" SATU', 'UJI "B", DUA', "UJI C 5"]
    assert issues_in(roster) == [(4, "quote_stray")]


def test_rows_that_are_quoted_as_a_whole_are_rows():
    """A program took each line for one cell and quoted it, the header with it or not."""
    some = read([ROWS[0], f'"{ROWS[1]}"', '"UJI 2,0081000002,""01-10-2008"",10700669"', ROWS[3]])
    every = read_bytes("\n".join(f'"{line}"' for line in [HEAD, *ROWS[:4]]).encode(), "t.csv")

    assert (
        some.rows["name"].to_list()
        == every.rows["name"].to_list()
        == [f"UJI {number}" for number in range(4)]
    )
    assert set(some.rows["birth_date"]) == set(every.rows["birth_date"]) == {BORN}
    assert issues_in(some) == [(3, "quoted_rows"), (4, "quoted_rows")]
    assert issues_in(every) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(ending):
    text = ending.join([HEAD, '"AYU, S.Pd",0081234567,2008-10-01,10700669', "BUDI,,2008-10-01,x"])

    assert read_bytes(text.encode(), "t.csv").rows["name"].to_list() == ["AYU, S.Pd", "BUDI"]


def test_a_comma_that_shifts_a_row_is_reported_wherever_the_row_stands():
    early, late = read(["UJI, S.Pd,0081,2008-10-01,10700669", *ROWS]), [*ROWS * 20]
    late.append("UJI, S.Pd,0081,2008-10-01,10700669")

    assert (2, "row_longer") in issues_in(early)
    assert (len(late) + 1, "row_longer") in issues_in(read(late))


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("UJI A,0081,2008-10-01\nUJI B,0082,2008-10-01", ["cell_with_rows"]),
        ("UJI A\nS.Pd, M.Pd", []),
    ],
)
def test_rows_that_a_workbook_keeps_in_one_cell_are_reported(cell, rules):
    rows = [["Nama", "NISN", "Tanggal Lahir"], [cell, "0081234567", BORN]]

    roster = read_bytes(spreadsheet({"a": rows}), "a.xlsx")

    assert [rule for _, rule in issues_in(roster)] == rules


def test_empty_cells_beyond_the_header_are_no_slip():
    assert issues_in(read([f"{row},,," for row in ROWS[:9]])) == []


def test_too_many_quotes_that_do_not_close_are_refused(monkeypatch):
    monkeypatch.setattr(quotes, "MOST_UNSOUND", 3)

    with pytest.raises(ReadError, match="quotes that open and never close"):
        read([f'"{row}' for row in ROWS[:4]])


cells = st.text('ab1" \n,', max_size=6)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_quoted_by_the_rules_is_read_as_it_was_written(rows):
    """Agreement with the rules of RFC 4180, but for line breaks: they become spaces."""
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    text = "\n".join([*["x1,x2,x3"] * 40, *lines])  # enough to tell the usual width

    mended = quotes.mended(text, ",", 3, "f")

    if not mended.apart:
        found = cells_of_text(text.encode(), "f", DEFAULT_LIMITS).cells.rows()[40:]
        assert [[cell or "" for cell in row] for row in found] == [
            [cell.replace("\n", " ") for cell in row] for row in rows
        ]
        assert mended.stray == ()


@given(st.text('ab," \n', max_size=60))
def test_no_line_is_lost_and_mended_text_is_sound(text):
    mended = quotes.mended(text, ",", 2, "f")

    again = quotes.mended(mended.text, ",", 2, "f")
    assert again.apart or again == quotes.Mended(mended.text)
    letters = [c for c in text if c in "ab"]
    assert [c for c in mended.text if c in "ab"] == letters
