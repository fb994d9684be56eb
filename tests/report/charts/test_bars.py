"""Bars of parts: as long as the numbers say, and readable in grey."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_charts import looks, parts
from school_ektp.plan.coverage import coverage_by
from school_ektp.report import plot
from school_ektp.report.charts.bars import Bar, bars_drawing


def test_bars_sum_to_all_pupils(hand_plan):
    """The tip of each part says its number, and parts of one size are as long as each other."""
    drawn = parts(plot.coverage(hand_plan, by="level"), "rect")[1:]
    tips = [one.find("{*}title").text for one in drawn]
    lengths = [float(one.get("width")) for one in drawn]
    numbers = [int(tip.rpartition(": ")[2]) for tip in tips]

    assert sum(numbers) == hand_plan.recorded_before + hand_plan.waiting
    assert numbers == [
        count
        for share in coverage_by(hand_plan, "level")
        for count in (share.before, share.recorded, share.left_out)
    ]
    scale = max(lengths) / max(numbers)
    assert lengths == pytest.approx([number * scale for number in numbers], abs=0.1)


def test_parts_of_a_bar_differ_in_grey():
    def grey(colour: str) -> int:
        whole = colour if len(colour) > 4 else "#" + "".join(2 * letter for letter in colour[1:])
        red, green, blue = (int(whole[place : place + 2], 16) for place in (1, 3, 5))
        return (299 * red + 587 * green + 114 * blue) // 1000

    fills = [looks(style)["fill"] for style in ("part-before", "part-recorded", "part-left")]
    shades = sorted(map(grey, fills))
    assert min(b - a for a, b in itertools.pairwise(shades)) > 60


@given(st.lists(st.lists(st.integers(0, 10_000), min_size=2, max_size=2), max_size=8))
def test_parts_follow_one_another_within_the_width(counts):
    bars = [Bar(f"Kec. {place}", tuple(parts)) for place, parts in enumerate(counts)]

    drawing, height = bars_drawing(bars, ["a", "b"], width=500, lang="id")

    drawn = ET.fromstring(f"<svg>{drawing}</svg>")  # noqa: S314 - our own drawing
    rects = [{k: float(one.get(k)) for k in ("x", "y", "width")} for one in drawn.iter("rect")]
    assert len(rects) == 2 * len(bars)
    for first, second in zip(rects[::2], rects[1::2], strict=True):
        assert first["y"] == second["y"] < height
        assert abs(first["x"] + first["width"] - second["x"]) < 0.2
        assert second["x"] + second["width"] < 500
