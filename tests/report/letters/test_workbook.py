"""Pages of simple HTML as sheets: the same words, whatever the page holds."""

from __future__ import annotations

import fastexcel
from hypothesis import given
from hypothesis import strategies as st

from letters_of_plans import all_papers
from school_ektp.report.letters.workbook import Block, Table, parts_of


def test_the_same_words_are_in_the_workbook(hand_plan, sheets, tmp_path):
    for papers in all_papers(hand_plan, sheets):
        book = fastexcel.read_excel(papers.to_excel(tmp_path / "x.xlsx").read_bytes())
        assert len(book.sheet_names) == len(papers.pages)
        shown = book.load_sheet(0, header_row=None, dtypes="string").to_polars()
        words = " ".join(cell for row in shown.rows() for cell in row if cell)
        for part in parts_of(papers.pages[0].body):
            if isinstance(part, Block):
                assert part.text.replace("\n", " ").split() == [] or part.text.split()[0] in words
            else:
                assert all(cell.text in words for row in part.rows for cell in row)


def test_a_page_is_read_into_blocks_and_tables():
    body = (
        "<header><p>Kop</p></header><h1>Judul &amp; lain</h1>"
        "<p class='right'>Curup,<br>3 September</p><ol><li>satu</li><li><b>dua</b> kali</li></ol>"
        "<table class='grid'><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<style>p {}</style>sisa<div class='sign'><p class='gap'></p><p>N</p></div>"
    )

    parts = parts_of(body)

    texts = [part.text for part in parts if isinstance(part, Block)]
    assert texts == [
        *("Kop", "Judul & lain", "Curup,\n3 September", "1. satu", "2. dua kali", "sisa", "", "N")
    ]
    [table] = [part for part in parts if isinstance(part, Table)]
    assert table.lines
    assert table.width == 2
    assert [[cell.text for cell in row] for row in table.rows] == [["A"], ["1", "2"]]


@given(st.text())
def test_any_page_can_be_read(body):
    parts_of(body)
