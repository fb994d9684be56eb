"""Outlines of kecamatan, from the package or from a file of the user's."""

from __future__ import annotations

import json

import attrs
import pytest

from school_ektp.errors import ReadError
from school_ektp.report.charts.borders import borders_of
from school_ektp.report.html.page import page_html


def test_borders_of_a_file_of_the_users(hand_plan, tmp_path):
    square = [[[102.4, -3.6], [102.6, -3.6], [102.6, -3.4], [102.4, -3.4], [102.4, -3.6]]]
    shape = {"type": "MultiPolygon", "coordinates": [square]}
    feature = {"type": "Feature", "properties": {"name": "Kotak"}, "geometry": shape}
    file = tmp_path / "b.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    assert [border.name for border in borders_of(hand_plan, file)] == ["Kotak"]
    assert ">Kotak</text>" in page_html(hand_plan, borders=file)

    for content, fault in (("{}", "is not GeoJSON"), ('{"features": []}', "holds no polygon")):
        file.write_text(content)
        with pytest.raises(ReadError, match=fault):
            page_html(hand_plan, borders=file)


def test_borders_come_from_the_package_only_where_the_schools_are(hand_plan, region):
    assert len(borders_of(hand_plan)) == 15
    moved = tuple(
        attrs.evolve(school, location=attrs.evolve(school.location, longitude=106.8))
        for school in region.schools
    )
    assert borders_of(attrs.evolve(hand_plan, schools=moved)) == ()


def test_a_polygon_is_one_outline_and_its_hole_another(hand_plan, tmp_path):
    rings = [[[0, 0], [9, 0], [9, 9], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]]
    features = [
        {"geometry": {"type": "Polygon", "coordinates": rings}, "properties": None},
        {"geometry": {"type": "Point", "coordinates": [1, 1]}, "properties": {}},
    ]
    file = tmp_path / "b.geojson"
    file.write_text(json.dumps({"features": features}))

    (border,) = borders_of(hand_plan, file)

    assert border.name == ""
    assert border.rings == tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Polygon", "coordinates": [[["east", 1]]]},
        {"type": "Polygon", "coordinates": 7},
        {"type": "MultiPolygon"},
        {"type": "Polygon", "coordinates": [[[float("nan"), 1], [2, 3], [4, 5]]]},
        {"type": "Polygon", "coordinates": [[[1e308, 1], [-1e308, 3], [4, 5]]]},
        {"type": "Polygon", "coordinates": [[[181, 1], [2, 3], [4, 5]]]},
        {"type": "Polygon", "coordinates": [[[102, float("inf")], [2, 3], [4, 5]]]},
    ],
)
def test_a_damaged_outline_is_refused(shape, hand_plan, tmp_path):
    file = tmp_path / "b.geojson"
    file.write_text(json.dumps({"features": [{"geometry": shape}]}))

    with pytest.raises(ReadError, match="is not GeoJSON with polygons of longitude and latitude"):
        borders_of(hand_plan, file)


@pytest.mark.parametrize(
    "shape", [None, {"type": "Polygon", "coordinates": [[[102, -3], [103, -3]]]}]
)
def test_a_file_without_an_outline_is_refused(shape, hand_plan, tmp_path):
    file = tmp_path / "b.geojson"
    file.write_text(json.dumps({"features": [{"geometry": shape}]}))

    with pytest.raises(ReadError, match="holds no polygon"):
        borders_of(hand_plan, file)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" * 5_000 + "]" * 5_000,
        '{"features":[{"geometry":null,"properties":{"nama":' + "[" * 5_000 + "]" * 5_000 + "}}]}",
        '{"features":' + '[{"geometry":' * 30_000,
    ],
    ids=["lists", "objects", "closed", "in properties", "in features"],
)
def test_json_nested_too_deep_is_refused_as_what_it_is(text, hand_plan, tmp_path):
    """Python's reader ends in a RecursionError, which is no error of ours."""
    file = tmp_path / "b.geojson"
    file.write_text(text)

    with pytest.raises(ReadError, match=r"is not GeoJSON|holds no polygon") as caught:
        hand_plan.to_html(tmp_path / "report.html", borders=file)

    assert caught.value.__suppress_context__
    assert not (tmp_path / "report.html").exists()


def test_a_name_with_half_a_character_can_be_written(hand_plan, tmp_path):
    ring = [[102.4, -3.4], [102.6, -3.4], [102.6, -3.6], [102.4, -3.4]]
    file = tmp_path / "b.geojson"
    feature = {
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"nama": "Curup \ud800"},
    }
    file.write_text(json.dumps({"features": [feature]}))

    assert hand_plan.to_html(tmp_path / "report.html", borders=file).exists()
