"""Lines over the days of a season: inside their frame, as high as the numbers say."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.report.charts.day_chart import Band, DayChart, Line, day_drawing, progress_chart
from school_ektp.report.html.page import page_html


def test_the_band_of_the_curve_holds_eight_seasons_of_ten(hand_plan):
    text = page_html(hand_plan, lang="en")
    drawn = text[text.index('id="curve-wide-t"') : text.index('id="curve-narrow-t"')]

    assert drawn.count('class="band"') == 1
    band = f"{hand_plan.outlook.p10:,} to {hand_plan.outlook.p90:,} in eight seasons of ten"
    assert band in drawn


MONDAY = dt.date(2024, 9, 9)


@st.composite
def charts(draw):
    """Draw charts of 1 to 120 days with two lines and a band."""
    days = draw(st.integers(1, 120))
    values = st.lists(st.integers(0, 9_999), min_size=days, max_size=days).map(tuple)
    rising, stepped, low = draw(values), draw(values), draw(values)
    return DayChart(
        days=tuple(MONDAY + dt.timedelta(days=n) for n in range(days)),
        lines=(
            Line(style="waiting", values=rising),
            Line(style="recorded", values=stepped, steps=True),
        ),
        bands=(Band(style="band", low=low, high=tuple(value + 5 for value in low)),),
        axis="Siswa",
    )


def drawn(chart, size):
    return ET.fromstring(f"<svg>{day_drawing(chart, size=size, lang='id')}</svg>")  # noqa: S314 - ours


def points(tree, style):
    [line] = [one for one in tree.iter("path") if one.get("class") == style]
    return [tuple(map(float, pair.split())) for pair in re.split("[MLZ]", line.get("d")) if pair]


SIZES = st.sampled_from([(720, 320), (340, 300)])


@given(charts(), SIZES)
def test_lines_and_bands_lie_inside_the_frame_as_high_as_their_values(chart, size):
    tree = drawn(chart, size)

    marks = {
        int(one.text.replace(".", "")): float(one.get("y")) - 4
        for one in tree.iter("text")
        if one.text.replace(".", "").isdigit()
    }
    (least, bottom), (most, top) = min(marks.items()), max(marks.items())
    assert least == 0
    for line in chart.lines:
        found = points(tree, f"line {line.style}")
        corners = found[::2] if line.steps else found
        assert len(corners) == len(chart.days)
        for (x, y), value in zip(corners, line.values, strict=True):
            assert 0 <= x <= size[0]
            assert abs(y - (bottom + (top - bottom) * value / most)) < 0.2
    assert all(top - 0.1 <= y <= bottom + 0.1 for _, y in points(tree, "band"))


@given(charts(), SIZES)
def test_the_first_and_the_last_day_are_named_and_no_dates_overlap(chart, size):
    dates = [one for one in drawn(chart, size).iter("text") if one.text[-3:].isalpha()][1:]

    names = {9: "Sep", 10: "Okt", 11: "Nov", 12: "Des", 1: "Jan"}
    texts = [f"{day.day} {names[day.month]}" for day in chart.days]
    assert dates[0].text == texts[0]
    assert dates[-1].text == texts[-1]
    places = [float(one.get("x")) for one in dates]
    assert all(after - before >= 30 for before, after in pairwise(places))


def test_for_others_nobodys_birthday_can_be_read_off_those_who_wait(hand_plan):
    """A step of one is one pupil's sixteenth birthday; in tens it is nobody's."""
    office, others = (
        progress_chart(hand_plan, "", is_for_others=is_so).lines[0].values
        for is_so in (False, True)
    )

    assert {value % 10 for value in others} == {0}
    assert all(abs(one - other) <= 5 for one, other in zip(office, others, strict=True))
