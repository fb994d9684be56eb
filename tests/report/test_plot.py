"""Charts: the plan's numbers, labelled axes, readable in grey, written offline."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made_progress
from drawn_charts import looks, parts, words
from school_ektp.errors import InvalidFieldError
from school_ektp.model.language import LANGS
from school_ektp.plan.frontier import Frontier
from school_ektp.plan.simulation import simulate
from school_ektp.report import plot

HOSTILE = "</script><img src=x onerror=alert(1)>"
POINTS = pl.DataFrame({"team_days": [3, 1, 2], "recorded": [90, 40, 70]})


@pytest.fixture(scope="module")
def simulated(hand_plan):
    return simulate(hand_plan, seasons=50)


@pytest.fixture(scope="module")
def charts(hand_plan, simulated):
    return {
        (name, lang): chart
        for lang in LANGS
        for name, chart in {
            "demand": plot.demand(hand_plan, lang=lang),
            "coverage": plot.coverage(hand_plan, by="level", lang=lang),
            "grid": plot.grid(hand_plan, lang=lang),
            "map": plot.map(hand_plan, lang=lang),
            "frontier": plot.frontier(POINTS, lang=lang),
            "risk": plot.risk(simulated, lang=lang),
            "season": plot.season(made_progress.progress(made_progress.USUAL), lang=lang),
        }.items()
    }


def test_every_public_chart_is_drawn_here(charts):
    assert {name for name, _ in charts} | {"Chart"} == set(plot.__all__)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("demand", ["Tanggal", "Siswa", "diperkirakan terekam", "menunggu", "P10 sampai P90"]),
        ("coverage", ["Siswa yang boleh direkam", "tertinggal", "SMA"]),
        ("grid", ["Sen", "Tim 1", "Kepenuhan (%) < 50", "9 Sep"]),
        ("map", ["Siswa yang menunggu", "Tim 1", "Kota Padang"]),
        ("frontier", ["Hari-tim", "Siswa"]),
        ("season", ["Tanggal", "terekam", "perkiraan rencana awal"]),
        ("risk", ["Tanggal", "Siswa", "perkiraan rencana"]),
    ],
)
def test_axes_and_series_are_named_with_their_units(charts, name, titles):
    assert set(titles) <= set(words(charts[name, "id"]))
    assert not set(titles[:1]) <= set(words(charts[name, "en"]))


def test_numbers_and_dates_are_written_as_each_language_writes_them(charts):
    assert "1.000" in words(charts["demand", "id"])
    assert "1,000" in words(charts["demand", "en"])
    assert any(word.endswith("Okt") for word in words(charts["demand", "id"]))
    assert any(word.endswith("Oct") for word in words(charts["demand", "en"]))


def heights(chart: plot.Chart, style: str) -> list[float]:
    """Return how far down the points of a line are, in pixels."""
    [line] = [
        one for one in parts(chart, "path") if one.get("class") == style and "L" in one.get("d")
    ]
    return [float(point.split()[1]) for point in re.split("[ML]", line.get("d").strip("Z"))[1:]]


def test_the_curve_holds_the_figures_of_the_plan(charts, hand_plan):
    """Of what is recorded and of what waits, the last points stand as high as the numbers say."""
    chart = charts["demand", "en"]
    marks = {
        int(one.text.replace(",", "")): float(one.get("y")) - 4
        for one in parts(chart, "text")
        if one.get("text-anchor") == "end" and one.text.replace(",", "").isdigit()
    }
    (least, bottom), (most, top) = min(marks.items()), max(marks.items())

    for style, pupils in (
        ("line recorded", hand_plan.recorded),
        ("line waiting", hand_plan.waiting),
    ):
        drawn = least + (bottom - heights(chart, style)[-1]) / (bottom - top) * (most - least)
        assert drawn == pytest.approx(pupils, abs=(most - least) / (bottom - top) / 10)
    [band] = [
        one for one in parts(chart, "path") if one.get("class") == "band" and "L" in one.get("d")
    ]
    assert band.get("d").endswith("Z")


@settings(max_examples=settings.default.max_examples // 5)  # each draws four charts
@given(st.data())
def test_any_plan_can_be_drawn(drawn_plans, data):
    plan = data.draw(drawn_plans)

    for chart in (plot.demand(plan), plot.coverage(plan), plot.grid(plan), plot.map(plan)):
        assert parts(chart, "text")[0].text == chart.title
        drawing = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
        numbers = [value for one in drawing.iter() for value in one.attrib.values()]
        assert not any("nan" in value for value in numbers)


def test_a_frontier_is_drawn_from_its_table():
    found = Frontier(table=POINTS, solutions=())

    assert plot.frontier(found) == plot.frontier(POINTS)


def test_a_hostile_name_is_text_in_a_drawing(hand_plan):
    schools = tuple(attrs.evolve(school, kecamatan=HOSTILE) for school in hand_plan.schools)
    chart = plot.coverage(attrs.evolve(hand_plan, schools=schools), title=HOSTILE)

    assert "<img" not in chart.svg
    assert "<script" not in chart.svg
    assert any(word.startswith("</script>") for word in words(chart))


@pytest.mark.parametrize(("name", "least"), [("demand", 2), ("risk", 2), ("map", 3)])
def test_lines_differ_by_more_than_colour(name, least, charts):
    """No two colours share both dash and width."""
    colours: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for style in {one.get("class", "") for one in parts(charts[name, "id"], "path")}:
        if style.split()[:1] in (["line"], ["way"]):
            found = looks(style)
            alike = found.get("stroke-dasharray"), found.get("stroke-width")
            colours[alike].add(found["stroke"])

    assert len(set().union(*colours.values())) >= least
    assert all(len(alike) == 1 for alike in colours.values())


@pytest.mark.parametrize(
    ("lang", "label"), [("id", "tempat berangkat"), ("en", "where teams start")]
)
def test_the_map_has_a_key_for_every_sign(lang, label, charts):
    drawn = ET.fromstring(charts["map", lang].svg)  # noqa: S314 - our own
    bases = drawn.findall(".//{*}g[@class='bases']")

    assert label in words(charts["map", lang])
    assert len(bases) == 2  # on the map and in the key
    assert all(len(one) >= 1 for one in bases)


def test_title_and_width_can_be_said(hand_plan):
    chart = plot.grid(hand_plan, title="Curup", width=300)

    assert (chart.title, repr(chart)) == ("Curup", "<Chart 'Curup'>")
    assert words(chart)[0] == "Curup"
    assert ET.fromstring(chart.svg).get("width") == "300"  # noqa: S314


def test_another_language_or_grouping_is_refused(hand_plan):
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'fr'"):
        plot.demand(hand_plan, lang="fr")
    with pytest.raises(InvalidFieldError, match="must be 'kecamatan' or 'level', got 'age'"):
        plot.coverage(hand_plan, by="age")


def test_charts_ask_for_nothing_from_a_network(charts):
    for chart in charts.values():
        assert not re.search(r"(href|src|url\()=?.http", chart.svg)
        assert "@import" not in chart.svg
