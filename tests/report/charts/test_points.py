"""A line through points: inside the frame, higher for more."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_charts import parts, words
from school_ektp.report import plot
from school_ektp.report.charts.points import LEFT, RIGHT, TOP

POINTS = pl.DataFrame({"team_days": [3, 1, 2], "recorded": [90, 40, 70]})


@pytest.mark.parametrize("points", [POINTS.head(1), POINTS.head(0)])
def test_one_point_or_none_is_drawn_too(points):
    chart = plot.frontier(points)

    assert len(parts(chart, "circle")) == len(points)


def test_a_frontier_shows_what_one_team_day_is_worth():
    """The axis begins near the least, not at 0."""
    marks = [int(word) for word in words(plot.frontier(POINTS, lang="en")) if word[:1].isdigit()]

    assert marks[-3:] == [1, 2, 3]  # team-days
    assert min(marks[:-3]) == 40


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.floats(0, 20_000)),
        min_size=2,
        max_size=20,
        unique_by=lambda point: point[0],
    )
)
def test_points_lie_inside_the_frame_and_higher_for_more(points):
    table = pl.DataFrame(sorted(points), schema=["team_days", "recorded"], orient="row")

    marks = parts(plot.frontier(table, width=400), "circle")

    places = [(float(one.get("cx")), float(one.get("cy"))) for one in marks]
    assert places == sorted(places)
    assert all(LEFT <= x <= 400 - RIGHT and TOP <= y <= plot.HEIGHT for x, y in places)
    order = sorted(range(len(places)), key=lambda place: table["recorded"][place])
    heights = [places[place][1] for place in order]
    assert heights == sorted(heights, reverse=True)
