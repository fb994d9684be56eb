"""A drawing that stands alone: with its style and key, written offline."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_charts import parts
from school_ektp.errors import InvalidFieldError, MissingExtraError
from school_ektp.report.charts.chart import LETTER, Key, patch, standing_alone, stroke
from school_ektp.report.charts.svg import joined

DRAWING = joined(patch("band"), stroke("line recorded"))


def a_chart(**options):
    return standing_alone("Curup & <sekitarnya>", DRAWING, (720, 300), **options)


def test_the_same_chart_gives_the_same_bytes(tmp_path):
    files = [a_chart(below="Tanggal").save(tmp_path / f"{name}.svg") for name in "ab"]

    assert files[0].read_bytes() == files[1].read_bytes() == a_chart(below="Tanggal").svg.encode()


def test_a_picture_is_written_as_large_as_is_asked(tmp_path):
    sizes = []
    for factor in (1, 2):
        file = a_chart().save(tmp_path / "x.png", scale_factor=factor)
        assert file.read_bytes().startswith(b"\x89PNG")
        sizes.append(int.from_bytes(file.read_bytes()[16:20], "big"))

    assert sizes == [720, 1440]


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(InvalidFieldError, match=r"must end in \.svg or \.png, got '\.gif'"):
        a_chart().save(tmp_path / "x.gif")


def test_a_notebook_shows_the_drawing_itself():
    chart = a_chart()

    assert chart._repr_svg_() == chart.svg
    assert repr(chart) == "<Chart 'Curup & <sekitarnya>'>"
    assert [one.text for one in parts(chart, "title")] == ["Curup & <sekitarnya>"]


def test_the_style_of_a_chart_touches_nothing_around_it():
    """A notebook may put the drawing into its page: every rule speaks of this drawing alone."""
    [style] = parts(a_chart(), "style")

    rules = [line for line in style.text.splitlines() if "{" in line]
    assert len(rules) > 20
    assert all(rule.startswith(".ektp ") and "," not in rule.split("{")[0] for rule in rules)


def test_without_the_extra_a_picture_tells_the_way_out(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    chart = a_chart()
    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[report\]'"):
        chart.save(tmp_path / "x.png")
    assert chart.save(tmp_path / "x.svg").exists()


@given(st.lists(st.text("abc Éé", max_size=30), max_size=12), st.integers(200, 800))
def test_the_key_is_on_the_drawing_with_every_word_and_no_two_samples_at_one_place(texts, width):
    keys = [Key(stroke("line"), text) for text in texts]

    chart = standing_alone("x", joined(), (width, 100), keys=keys)

    groups = [one for one in parts(chart, "g") if one.find("{*}text") is not None]
    assert [one.find("{*}text").text or "" for one in groups] == texts
    places = [tuple(map(int, re.findall(r"\d+", one.get("transform")))) for one in groups]
    assert len(set(places)) == len(places)
    assert places == sorted(places, key=lambda place: (place[1], place[0]))
    [drawing] = parts(chart, "svg")
    for (x, y), text in zip(places, texts, strict=True):
        assert y + 10 < int(drawing.get("height"))
        assert x == 8 or x + 36 + LETTER * len(text) < width
