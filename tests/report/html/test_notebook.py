"""How things show themselves in a notebook: escaped, whole, without a person."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import attrs
import pytest

from school_ektp.model.coverage import Coverage, Denominator
from school_ektp.model.markup import table_html
from school_ektp.roster.check import check_roster
from school_ektp.roster.read.frame import from_frame

VOID = {"br", "img", "meta", "link", "hr"}


class Balanced(HTMLParser):
    """Collects the tags of a text and objects when they are not closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in {"td", "th"}:
            self.cells.append(data)


def test_a_plan_shows_its_sentence_and_its_grid_in_both_languages(small_plan):
    page = small_plan._repr_html_()

    found = Balanced(page)
    for lang in ("id", "en"):
        for line in small_plan.summary(lang).splitlines():
            assert line.replace("'", "&#x27;") in page
    counts = [int(cell) for cell in found.cells if cell.isdigit()]
    days = [day.day for day in small_plan.calendar.days[1:]]  # the first bears its month
    assert "9 Sep" in found.cells
    assert sum(counts) == 2 * (small_plan.recorded + sum(days))
    assert found.seen.count("table") == 2
    assert "script" not in found.seen


def test_names_in_a_notebook_are_text(small_plan):
    names = attrs.evolve(small_plan.names, teams=("<script>alert(1)</script>", "Tim & 2"))

    page = attrs.evolve(small_plan, names=names)._repr_html_()

    assert "<script" not in page
    assert "Tim &amp; 2" in page


def test_a_roster_shows_counts_and_no_pupil(region):
    roster = region.roster.head(60)
    read = from_frame(roster)
    checked = check_roster(roster, schools=region.schools, on=region.as_of)

    for shown in (read._repr_html_(), checked._repr_html_()):
        Balanced(shown)
        assert "60" in shown
        assert "Contoh" not in shown
        assert not any(key in shown for key in roster["student_id"])


def test_a_coverage_shows_its_denominator():
    shown = Coverage(recorded=3, people=4, denominator=Denominator.OBLIGED)._repr_html_()
    nobody = Coverage(recorded=0, people=0, denominator="obliged")._repr_html_()

    assert Balanced(shown).cells[4:] == ["OBLIGED", "3", "4", "75.00"]
    assert Balanced(nobody).cells[-1] == "–"


@pytest.mark.parametrize("value", ["<b>", "a & b", '"', 1, dt.date(2024, 9, 9)])
def test_any_value_is_a_text_in_a_table(value):
    found = Balanced(table_html("x < y", ("a",), [(value,)]))

    assert found.cells == ["a", str(value)]
