"""Charts: the plan's numbers, labelled axes, readable in grey, written offline."""

from __future__ import annotations

import itertools
import re
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, MissingExtraError
from school_ektp.model.language import LANGS
from school_ektp.plan.coverage import coverage_by
from school_ektp.plan.day_grid import day_grid
from school_ektp.plan.frontier import Frontier
from school_ektp.plan.simulation import simulate
from school_ektp.report import plot
from school_ektp.report.charts.chart import STYLE

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


def parts(chart: plot.Chart, tag: str) -> list[ET.Element]:
    drawn = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
    return [one for one in drawn.iter() if one.tag.rpartition("}")[2] == tag]


def words(chart: plot.Chart) -> list[str]:
    return [one.text or "" for one in parts(chart, "text")]


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
        said = least + (bottom - heights(chart, style)[-1]) / (bottom - top) * (most - least)
        assert said == pytest.approx(pupils, abs=(most - least) / (bottom - top) / 10)
    [band] = [
        one for one in parts(chart, "path") if one.get("class") == "band" and "L" in one.get("d")
    ]
    assert band.get("d").endswith("Z")


def test_the_grid_holds_every_pupil_of_the_plan(charts, hand_plan):
    shown = sum(int(word) for word in words(charts["grid", "id"]) if word.isdigit())

    assert shown == hand_plan.recorded
    held = [cell for team in hand_plan.names.teams for cell in day_grid(hand_plan).row(team)]
    assert len(parts(charts["grid", "id"], "rect")) == 1 + sum(
        cell.day.weekday() in day_grid(hand_plan).weekdays for cell in held
    )


def test_bars_sum_to_all_pupils(charts, hand_plan):
    """The tip of each part says its number, and parts of one size are as long as each other."""
    told = [one.find("{*}title").text for one in parts(charts["coverage", "id"], "rect")[1:]]
    lengths = [float(one.get("width")) for one in parts(charts["coverage", "id"], "rect")[1:]]
    numbers = [int(tip.rpartition(": ")[2]) for tip in told]

    assert sum(numbers) == hand_plan.recorded_before + hand_plan.waiting
    assert numbers == [
        count
        for share in coverage_by(hand_plan, "level")
        for count in (share.before, share.recorded, share.left_out)
    ]
    scale = max(lengths) / max(numbers)
    assert lengths == pytest.approx([number * scale for number in numbers], abs=0.1)


@settings(max_examples=settings.default.max_examples // 5)  # each draws four charts
@given(st.data())
def test_any_plan_can_be_drawn(drawn_plans, data):
    plan = data.draw(drawn_plans)

    for chart in (plot.demand(plan), plot.coverage(plan), plot.grid(plan), plot.map(plan)):
        assert parts(chart, "text")[0].text == chart.title
        assert "nan" not in chart.svg


def test_a_frontier_is_drawn_from_its_table():
    found = Frontier(table=POINTS, solutions=())

    assert plot.frontier(found) == plot.frontier(POINTS)


@pytest.mark.parametrize("points", [POINTS.head(1), POINTS.head(0)])
def test_one_point_or_none_is_drawn_too(points):
    chart = plot.frontier(points)

    assert len(parts(chart, "circle")) == len(points)


def test_the_same_chart_gives_the_same_bytes(hand_plan, tmp_path):
    for name in "ab":
        plot.demand(hand_plan).save(tmp_path / f"{name}.svg")

    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_picture_is_written_as_large_as_is_asked(charts, tmp_path):
    sizes = []
    for factor in (1, 2):
        file = charts["frontier", "id"].save(tmp_path / "x.png", scale_factor=factor)
        assert file.read_bytes().startswith(b"\x89PNG")
        sizes.append(int.from_bytes(file.read_bytes()[16:20], "big"))

    assert sizes == [720, 1440]


def test_another_ending_is_refused(charts, tmp_path):
    with pytest.raises(InvalidFieldError, match=r"must end in \.svg or \.png, got '\.gif'"):
        charts["frontier", "id"].save(tmp_path / "x.gif")


def test_a_hostile_name_is_text_in_a_drawing(hand_plan):
    schools = tuple(attrs.evolve(school, kecamatan=HOSTILE) for school in hand_plan.schools)
    chart = plot.coverage(attrs.evolve(hand_plan, schools=schools), title=HOSTILE)

    assert "<img" not in chart.svg
    assert "<script" not in chart.svg
    assert any(word.startswith("</script>") for word in words(chart))


def looks(style: str) -> dict[str, str]:
    """Return what the style sheet says of a class; later rules win."""
    found: dict[str, str] = {}
    for names, rule in re.findall(r"^([^{\n]+) \{ ([^}]*)\}", STYLE.read_text(), re.MULTILINE):
        if set(names.split(".")[1:]) <= set(style.split()) and " " not in names:
            found |= dict(pair.strip().split(": ") for pair in rule.split(";") if ":" in pair)
    return found


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


def test_parts_of_a_bar_differ_in_grey():
    def grey(colour: str) -> int:
        whole = colour if len(colour) > 4 else "#" + "".join(2 * letter for letter in colour[1:])
        red, green, blue = (int(whole[place : place + 2], 16) for place in (1, 3, 5))
        return (299 * red + 587 * green + 114 * blue) // 1000

    fills = [looks(style)["fill"] for style in ("part-before", "part-recorded", "part-left")]
    shades = sorted(map(grey, fills))
    assert min(b - a for a, b in itertools.pairwise(shades)) > 60


def test_a_frontier_shows_what_one_team_day_is_worth(charts):
    """The axis begins near the least, not at 0."""
    marks = [int(word) for word in words(charts["frontier", "en"]) if word[:1].isdigit()]

    assert marks[-3:] == [1, 2, 3]  # team-days
    assert min(marks[:-3]) == 40


def test_notebooks_show_charts_without_a_network(charts):
    for chart in charts.values():
        assert chart._repr_svg_() == chart.svg
        assert not re.search(r"(href|src|url\()=?.http", chart.svg)
        assert "@import" not in chart.svg


def test_the_style_of_a_chart_touches_nothing_around_it(charts):
    """A notebook may put the drawing into its page: every rule speaks of this drawing alone."""
    [style] = parts(charts["map", "id"], "style")

    rules = [line for line in style.text.splitlines() if "{" in line]
    assert len(rules) > 20
    assert all(rule.startswith(".ektp ") and "," not in rule.split("{")[0] for rule in rules)


@pytest.mark.parametrize(
    ("lang", "told"), [("id", "tempat berangkat"), ("en", "where teams start")]
)
def test_the_map_has_a_key_for_every_sign(lang, told, charts):
    drawn = ET.fromstring(charts["map", lang].svg)  # noqa: S314 - our own
    bases = drawn.findall(".//{*}g[@class='bases']")

    assert told in words(charts["map", lang])
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


def test_without_the_extra_a_picture_tells_the_way_out(hand_plan, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    chart = plot.grid(hand_plan)
    with pytest.raises(MissingExtraError, match=r"pip install 'school_ektp\[report\]'"):
        chart.save(tmp_path / "x.png")
    assert chart.save(tmp_path / "x.svg").exists()
