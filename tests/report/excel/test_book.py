"""Sheets that print well, are safe to open, and are the same bytes for the same content."""

from __future__ import annotations

import datetime as dt
import re
import sys

import attrs
import pytest

from school_ektp.errors import MissingExtraError
from school_ektp.report.excel.book import lines_of
from workbook_files import bytes_of, sheets, table, xml


def test_equal_plans_give_equal_bytes(hand_plan, book, tmp_path):
    file = attrs.evolve(hand_plan).to_excel(tmp_path / "rencana.xlsx")

    assert file.read_bytes() == book


def test_the_date_of_making_can_be_given(hand_plan, book):
    core = xml(bytes_of(hand_plan, created=dt.date(2024, 9, 2)))["docProps/core.xml"]

    assert "2024-09-02T00:00:00Z" in core
    assert "2024-09-09T00:00:00Z" in xml(book)["docProps/core.xml"]


def test_every_sheet_prints_on_a4_with_its_header_on_each_page(book):
    parts = xml(book)
    pages = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]

    assert all('paperSize="9"' in page and "fitToHeight" in page for page in pages)
    with_tables = [page for page in pages if 'state="frozen"' in page]
    assert len(with_tables) == 10 + 8  # and a sheet for each school
    titles = re.findall(r"_xlnm.Print_Titles[^>]*>[^<]*\$4:\$4<", parts["xl/workbook.xml"])
    assert len(titles) == 10 + 8


def test_no_cell_is_a_formula_or_a_link(small_plan):
    """Names come from files of others: `=HYPERLINK(...)` must stay a text."""
    names = ('=HYPERLINK("http://x","y")', "@SUM(A1)", "http://example.org", "+1", "{=1}")
    renamed = tuple(
        attrs.evolve(school, name=names[place % len(names)])
        for place, school in enumerate(small_plan.schools)
    )
    data = bytes_of(attrs.evolve(small_plan, schools=renamed))

    parts = xml(data)
    assert not any("<f>" in text or "<f " in text for name, text in parts.items())
    links = [text for name, text in parts.items() if name.endswith(".rels")]
    assert not any("hyperlink" in text or "External" in text for text in links)
    shown = {row[4] for row in table(sheets(data)["Rencana"], 10)}
    assert shown <= set(names)


def test_long_texts_get_the_height_they_need():
    assert lines_of("one two three", 7) == 2
    assert lines_of("", 7) == 1
    assert lines_of("a\nb", 7) == 2


def test_the_extra_is_named_when_it_is_missing(hand_plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(MissingExtraError, match=r"Plan\.to_excel\(\) needs the extra 'excel'"):
        bytes_of(hand_plan)
