"""Schools, bases and routes of a plan as GeoJSON (RFC 7946), for maps of any program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from school_ektp.model.clock import clock_text
from school_ektp.model.school import Location
from school_ektp.model.team import Team
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import TeamDay, team_days
from school_ektp.report.tables import INTERNAL

DECIMALS = 6  # of a degree: a tenth of a metre

Point = list[float]
Feature = dict[str, Any]


def geojson_text(plan: PlanData) -> str:
    """
    Return a FeatureCollection, one feature per line; equal plans give equal texts.

    Three kinds of features, told apart by the property ``kind``: each school once (``"school"``,
    without geometry where its place is unknown), each team's base (``"base"``), and one line per
    team-day from the base over its schools and back (``"route"``), straight from place to place.
    The collection says that it is internal, in members of its own, as the format allows.
    """
    features = [*_schools(plan), *_bases(plan), *_routes(plan)]
    head = {"type": "FeatureCollection", **_bbox(features), **INTERNAL}
    lines = ",\n".join(_compact(feature) for feature in features)
    return f'{_compact(head)[:-1]},"features":[\n{lines}\n]}}\n'


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _point(place: Location) -> Point:
    """Return longitude before latitude, as the format asks."""
    return [round(place.longitude, DECIMALS), round(place.latitude, DECIMALS)]


def _feature(name: str, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}


def _schools(plan: PlanData) -> Iterator[Feature]:
    counts = {row["site"]: row for row in plan.by_site.iter_rows(named=True)}
    for school in plan.schools:
        place = school.location
        row = counts.get(school.npsn, {})
        numbers = {
            name: row.get(name, 0)
            for name in (
                "waiting",
                "recorded",
                "left_out",
                "recorded_before",
                "too_young",
                "visits",
            )
        }
        about = {
            "kind": "school",
            "site": school.npsn,
            "site_name": school.name,
            "level": school.level.value,
            "kecamatan": school.kecamatan,
            "location_method": place.method.value if place else None,
        }
        geometry = {"type": "Point", "coordinates": _point(place)} if place else None
        yield _feature(f"school/{school.npsn}", geometry, about | numbers)


def _bases(plan: PlanData) -> Iterator[Feature]:
    for team in plan.teams:
        geometry = {"type": "Point", "coordinates": _point(team.base)}
        yield _feature(f"base/{team.name}", geometry, {"kind": "base", "team": team.name})


def _routes(plan: PlanData) -> Iterator[Feature]:
    for one in team_days(plan):
        yield _route(plan, plan.team_by_name[one.team], one)


def _route(plan: PlanData, team: Team, one: TeamDay) -> Feature:
    date, visits = one.day.isoformat(), one.visits
    sites = [visit.site for visit in visits]
    schools = [plan.school_by_npsn[site] for site in sites]
    stops = [_point(school.location) for school in schools if school.location]
    line = [_point(team.base), *stops, _point(team.end)]
    properties = {
        "kind": "route",
        "date": date,
        "team": team.name,
        "sites": sites,
        "site_names": " > ".join(school.name for school in schools),
        "first_start": clock_text(visits[0].start),
        "last_end": clock_text(visits[-1].end),
        "driving_minutes": one.driving,
        "called": sum(visit.called for visit in visits),
        "recorded": one.pupils,
    }
    geometry = {"type": "LineString", "coordinates": line}
    return _feature(f"route/{date}/{team.name}", geometry, properties)


def _bbox(features: list[Feature]) -> dict[str, list[float]]:
    points = [
        feature["geometry"]["coordinates"]
        for feature in features
        if feature["geometry"] and feature["geometry"]["type"] == "Point"
    ]
    if not points:
        return {}
    east, north = [point[0] for point in points], [point[1] for point in points]
    return {"bbox": [min(east), min(north), max(east), max(north)]}
