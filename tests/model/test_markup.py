"""Pieces of HTML for notebooks: whatever is put in comes out as text, in its place."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.markup import lines_html, table_html

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ["<script>alert(1)</script>", "a & b", '"', "'", "</td>"]
)


class Cells(HTMLParser):
    """The texts of cells, row by row, and of paragraphs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.sides: list[list[str]] = []
        self.paragraphs: list[str] = []
        self.place = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.place = tag
        if tag == "tr":
            self.rows.append([])
            self.sides.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
            self.sides[-1].append(dict(attrs)["style"].rpartition(":")[2])
        elif tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data):
        if self.place in {"td", "th"}:
            self.rows[-1][-1] += data
        elif self.place == "p":
            self.paragraphs[-1] += data


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.tuples(
            st.lists(texts, min_size=n, max_size=n),
            st.lists(st.lists(texts, min_size=n, max_size=n), max_size=3),
            st.integers(0, n),
        )
    )
)
def test_each_value_is_in_its_cell_as_it_is(table):
    header, rows, words = table

    found = Cells(table_html("<caption>", header, rows, words=words))

    assert found.rows == [header, *rows]
    assert found.sides == [["left"] * words + ["right"] * (len(header) - words)] * (len(rows) + 1)
    assert found.tags == {"table", "caption", "thead", "tbody", "tr", "th"} | (
        {"td"} if rows else set()
    )


def test_values_of_any_kind_are_written_as_text():
    found = Cells(table_html("", ["a", "b"], [(dt.date(2024, 9, 9), None)]))

    assert found.rows[1] == ["2024-09-09", "None"]


def test_a_row_as_long_as_the_header_is_asked_for():
    with pytest.raises(ValueError, match="zip"):
        table_html("", ["a", "b"], [("1",)])


@given(st.lists(texts.filter(lambda text: text.splitlines() == [text]), max_size=4))
def test_each_line_is_a_paragraph(lines):
    found = Cells(lines_html("\n".join(lines)))

    assert found.paragraphs == lines
    assert found.tags <= {"p"}
