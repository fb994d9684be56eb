"""GeoJSON: valid by RFC 7946, complete, and readable back into the routes of the plan."""

from __future__ import annotations

import json
from collections import defaultdict

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.report.exchange.geojson import geojson_text
from school_ektp.report.tables import INTERNAL


def position_faults(position) -> list[str]:
    if not isinstance(position, list) or len(position) != 2:
        return ["a position is not two numbers"]
    east, north = position
    sound = -180 <= east <= 180 and -90 <= north <= 90
    return [] if sound else [f"longitude before latitude: {position}"]


def geometry_faults(geometry) -> list[str]:
    if geometry is None:  # RFC 7946, 3.2: an unlocated feature
        return []
    kind, places = geometry["type"], geometry["coordinates"]
    if set(geometry) != {"type", "coordinates"}:
        return [f"members of a geometry: {sorted(geometry)}"]
    if kind == "Point":
        return position_faults(places)
    if kind == "LineString":
        few = ["a line has fewer than two positions"] if len(places) < 2 else []
        return few + [fault for place in places for fault in position_faults(place)]
    return [f"geometry {kind}"]


def rfc_faults(document) -> list[str]:
    """Return what RFC 7946 would object to in a document of this library's kind."""
    faults = []
    if document.get("type") != "FeatureCollection":
        faults.append("no FeatureCollection")
    if set(document) - {"type", "bbox", "features", *INTERNAL}:
        faults.append(f"foreign members {sorted(document)}")
    ids = [feature["id"] for feature in document["features"]]
    if len(ids) != len(set(ids)):
        faults.append("ids twice")
    for feature in document["features"]:
        if set(feature) != {"type", "id", "geometry", "properties"}:
            faults.append(f"members {sorted(feature)}")
        if feature["type"] != "Feature" or not isinstance(feature["properties"], dict):
            faults.append("no Feature")
        faults += geometry_faults(feature["geometry"])
    if box := document.get("bbox"):
        west, south, east, north = box
        faults += [] if west <= east and south <= north else ["bbox turned round"]
    return faults


def of_kind(document, kind):
    return [f for f in document["features"] if f["properties"]["kind"] == kind]


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_any_plan_is_valid_and_comes_back(data, drawn_plans):
    """From the file alone: who goes where on which day in which order, and the counts."""
    plan = data.draw(drawn_plans)

    document = json.loads(geojson_text(plan))

    assert rfc_faults(document) == []
    planned = defaultdict(list)
    for visit in plan.visit_list:
        planned[visit.day.isoformat(), visit.team].append(visit.site)
    routes = [f["properties"] for f in of_kind(document, "route")]
    assert {(r["date"], r["team"]): r["sites"] for r in routes} == planned
    assert sum(route["recorded"] for route in routes) == plan.recorded
    assert sum(route["driving_minutes"] for route in routes) == plan.value.driving
    schools = {f["properties"]["site"]: f for f in of_kind(document, "school")}
    assert sorted(schools) == [school.npsn for school in plan.schools]
    for school in plan.schools:
        geometry = schools[school.npsn]["geometry"]
        place = school.location
        assert (geometry is None) == (place is None)
        if place:
            assert geometry["coordinates"] == pytest.approx([place.longitude, place.latitude])


@given(data=st.data())
def test_a_line_goes_from_the_base_over_the_schools_to_the_end(data, drawn_plans):
    plan = data.draw(drawn_plans)
    document = json.loads(geojson_text(plan))
    points = {f["id"]: f["geometry"] for f in document["features"]}
    end = {team.name: [team.end.longitude, team.end.latitude] for team in plan.teams}

    for route in of_kind(document, "route"):
        line = route["geometry"]["coordinates"]
        about = route["properties"]
        assert line[0] == points[f"base/{about['team']}"]["coordinates"]
        assert line[-1] == pytest.approx(end[about["team"]])
        stops = [points[f"school/{npsn}"]["coordinates"] for npsn in about["sites"]]
        assert line[1:-1] == stops


def test_equal_plans_give_equal_bytes(hand_plan, tmp_path):
    one = hand_plan.to_geojson(tmp_path / "a.geojson").read_bytes()
    other = attrs.evolve(hand_plan).to_geojson(tmp_path / "b.geojson").read_bytes()

    assert one == other
    assert one.count(b"\n") == len(hand_plan.schools) + 3 + 8 + 2  # a feature per line


def test_the_counts_of_a_school_are_those_of_the_plan(hand_plan):
    document = json.loads(geojson_text(hand_plan))
    rows = {row["site"]: row for row in hand_plan.by_site.iter_rows(named=True)}

    for feature in of_kind(document, "school"):
        about = feature["properties"]
        row = rows[about["site"]]
        assert (about["waiting"], about["recorded"], about["left_out"]) == (
            row["waiting"],
            row["recorded"],
            row["left_out"],
        )
        assert about["location_method"] == row["location_method"]


def test_times_of_a_route_are_wall_clock(hand_plan):
    routes = of_kind(json.loads(geojson_text(hand_plan)), "route")
    rows = hand_plan.schedule.iter_rows(named=True)

    for route, row in zip(routes, rows, strict=True):
        assert route["properties"]["first_start"] == f"{row['first_start']:%H:%M}"
        assert route["properties"]["last_end"] == f"{row['last_end']:%H:%M}"


def test_a_season_without_a_place_has_no_box(hand_plan):
    nowhere = tuple(attrs.evolve(school, location=None) for school in hand_plan.schools)
    plan = attrs.evolve(hand_plan, schools=nowhere, teams=())
    plan = attrs.evolve(plan, solution=type(plan.solution)())

    document = json.loads(geojson_text(plan))

    assert "bbox" not in document
    assert rfc_faults(document) == []


FAULTS = [
    ({"type": "Point", "coordinates": [-3.4, 102.5]}, "longitude before latitude"),
    ({"type": "LineString", "coordinates": [[102.5, -3.4]]}, "fewer than two"),
    ({"type": "Polygon", "coordinates": []}, "geometry Polygon"),
]


@pytest.mark.parametrize(("geometry", "fault"), FAULTS)
def test_the_check_of_this_file_can_fail(geometry, fault):
    assert any(fault in one for one in geometry_faults(geometry))


def test_the_collection_says_that_it_is_internal(hand_plan):
    document = json.loads(geojson_text(hand_plan))

    assert document["audience"] == "internal"
    assert "not for publication" in document["audience_note"]
