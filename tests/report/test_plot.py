"""Charts: the plan's numbers, labelled axes, readable in grey, written offline."""

from __future__ import annotations

import itertools
import re
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict

import altair as alt
import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, MissingExtraError
from school_ektp.model.language import LANGS
from school_ektp.plan.simulation import simulate
from school_ektp.report import plot
from school_ektp.season.frontier import Frontier

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
        }.items()
    }


@pytest.fixture(scope="module")
def drawn(charts, tmp_path_factory):
    """Give every chart as SVG."""
    folder = tmp_path_factory.mktemp("charts")
    texts = {}
    for (name, lang), chart in charts.items():
        chart.save(folder / f"{name}-{lang}.svg")
        texts[name, lang] = (folder / f"{name}-{lang}.svg").read_text(encoding="utf-8")
    return texts


def words(svg: str) -> list[str]:
    return [one.text for one in ET.fromstring(svg).iter() if one.tag.endswith("text")]  # noqa: S314


def data_of(chart) -> list[list[dict]]:
    """Return the rows of each data set of a chart."""
    return list(chart.to_dict()["datasets"].values())


def test_every_public_chart_is_drawn_here(charts):
    assert {name for name, _ in charts} == set(plot.__all__)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("demand", ["Tanggal", "Siswa", "diperkirakan terekam", "menunggu"]),
        ("coverage", ["Siswa yang boleh direkam", "Jenjang", "tertinggal", "SMA"]),
        ("grid", ["Pekan mulai", "Tim 1", "Kepenuhan (%)", "Sen"]),
        ("map", ["Bujur (derajat)", "Lintang (derajat)", "Tim", "Siswa yang menunggu"]),
        ("frontier", ["Hari-tim", "Siswa"]),
        ("risk", ["Tanggal", "Siswa", "perkiraan rencana"]),
    ],
)
def test_axes_and_series_are_named_with_their_units(drawn, name, titles):
    assert set(titles) <= set(words(drawn[name, "id"]))
    assert not set(titles[:1]) <= set(words(drawn[name, "en"]))


def test_numbers_and_dates_are_written_as_each_language_writes_them(drawn):
    assert "1.000" in words(drawn["demand", "id"])
    assert "1,000" in words(drawn["demand", "en"])
    assert any(word.endswith("Okt") for word in words(drawn["demand", "id"]))
    assert any(word.endswith("Oct") for word in words(drawn["demand", "en"]))


def test_the_curve_holds_the_figures_of_the_plan(charts, hand_plan):
    data = data_of(charts["demand", "en"])
    [rows] = [rows for rows in data if "series" in rows[0]]
    [band] = [rows for rows in data if "low" in rows[0]]
    last = {row["series"]: row["pupils"] for row in rows}

    assert last == {"expected to be recorded": hand_plan.recorded, "waiting": hand_plan.waiting}
    outlook = hand_plan.outlook
    assert (band[-1]["low"], band[-1]["high"]) == (outlook.p10, outlook.p90)


def test_the_grid_holds_every_pupil_of_the_plan(charts, hand_plan):
    [rows] = data_of(charts["grid", "id"])

    assert sum(row["pupils"] for row in rows) == hand_plan.recorded


def test_the_bars_hold_every_pupil(charts, hand_plan):
    [rows] = data_of(charts["coverage", "id"])

    assert sum(row["pupils"] for row in rows) == hand_plan.recorded_before + hand_plan.waiting


@settings(max_examples=settings.default.max_examples // 5)  # each draws three charts
@given(st.data())
def test_any_plan_can_be_drawn(drawn_plans, data):
    plan = data.draw(drawn_plans)

    for chart in (plot.demand(plan), plot.coverage(plan), plot.grid(plan), plot.map(plan)):
        assert chart.to_dict()["$schema"]


def test_a_frontier_is_drawn_from_its_table():
    found = Frontier(table=POINTS, solutions=())

    assert plot.frontier(found).to_dict() == plot.frontier(POINTS).to_dict()


def test_the_same_chart_gives_the_same_bytes(hand_plan, tmp_path):
    for name in "ab":
        plot.demand(hand_plan).save(tmp_path / f"{name}.svg")

    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_picture_is_written(charts, tmp_path):
    charts["frontier", "id"].save(tmp_path / "x.png")

    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_a_hostile_name_is_text_in_a_drawing(hand_plan, tmp_path):
    schools = tuple(attrs.evolve(school, kecamatan=HOSTILE) for school in hand_plan.schools)
    plot.coverage(attrs.evolve(hand_plan, schools=schools)).save(tmp_path / "x.svg")

    svg = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "<img" not in svg
    assert "<script" not in svg
    assert any(word.startswith("</script>") for word in words(svg))


@pytest.mark.parametrize(("name", "least"), [("demand", 2), ("risk", 2), ("map", 3)])
def test_lines_differ_by_more_than_colour(name, least, drawn):
    """No two colours share both dash and width."""
    colours: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for one in ET.fromstring(drawn[name, "id"]).iter():  # noqa: S314 - our own drawing
        if one.get("stroke") in {plot.INK, plot.TEAL, plot.BROWN, *plot.TEAMS} and one.get(
            "stroke-dasharray"
        ):
            looks = one.get("stroke-dasharray"), one.get("stroke-width")
            colours[looks].add(one.get("stroke"))

    assert len(set().union(*colours.values())) >= least
    assert all(len(alike) == 1 for alike in colours.values())


def test_parts_of_a_bar_differ_in_grey():
    def grey(colour: str) -> int:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
        return (299 * red + 587 * green + 114 * blue) // 1000

    shades = sorted(map(grey, (plot.TEAL, plot.GREY, "#ffffff")))
    assert min(b - a for a, b in itertools.pairwise(shades)) > 60


def test_a_frontier_shows_what_one_team_day_is_worth(drawn):
    """The axis begins near the least, not at 0."""
    ticks = [word for word in words(drawn["frontier", "en"]) if word[0].isdigit()]

    assert ticks[:3] == ["1", "2", "3"]  # team-days
    assert min(map(int, ticks[3:])) == 40


def test_notebooks_show_charts_without_a_network(hand_plan):
    """The renderer that altair comes with loads scripts from the web; ours does not."""
    with alt.renderers.enable("default"):
        chart = plot.demand(hand_plan)
        assert alt.renderers.active == "svg"
        shown = chart._repr_mimebundle_()
        assert list(shown) == ["image/svg+xml"]
        assert not re.search(r"(href|src)=.http", shown["image/svg+xml"])


def test_a_renderer_that_was_chosen_stays(hand_plan):
    with alt.renderers.enable("png"):
        plot.demand(hand_plan)
        assert alt.renderers.active == "png"


def test_another_language_or_grouping_is_refused(hand_plan):
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'fr'"):
        plot.demand(hand_plan, lang="fr")
    with pytest.raises(InvalidFieldError, match="must be 'kecamatan' or 'level', got 'age'"):
        plot.coverage(hand_plan, by="age")


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_without_the_extra_the_way_out_is_told(missing, hand_plan, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[report\]'"):
        plot.grid(hand_plan)
