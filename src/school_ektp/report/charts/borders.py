"""Outlines of kecamatan, from the package or from a GeoJSON file of the user's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from school_ektp.errors import ReadError
from school_ektp.files import read_bytes
from school_ektp.model.school import Location
from school_ektp.model.shipped import shipped
from school_ektp.plan.data import PlanData

SAMPLE = "kecamatan_rejang_lebong.geojson"
_NAMES = ("nama", "name", "NAMOBJ", "WADMKC", "kecamatan")  # as offices and agencies call it
_MOST_EAST, _MOST_NORTH = 180, 90
_LINE = 2  # points that enclose nothing

Ring = tuple[tuple[float, float], ...]  # longitude, latitude


@attrs.frozen
class Border:
    """
    One kecamatan on the map.

    Attributes:
        name: As the file writes it; empty when it does not.
        rings: Closed outlines, holes among them.
    """

    name: str
    rings: tuple[Ring, ...]


def borders_of(plan: PlanData, file: Path | str | None = None) -> tuple[Border, ...]:
    """
    Return the outlines to draw behind a plan, from a *file* of GeoJSON polygons.

    Without one they are those of the sample regency if most schools lie there, else none.

    Raises:
        ReadError: The file cannot be opened, or is not GeoJSON with polygons.
    """
    if file is not None:
        return _read(read_bytes(file), Path(file).name)
    sample = _read(shipped(SAMPLE), SAMPLE)
    places = [school.location for school in plan.schools if school.location]
    within = sum(_in_box(sample, place) for place in places)
    return sample if 2 * within > len(places) else ()


def _in_box(borders: Iterable[Border], place: Location) -> bool:
    points = [point for border in borders for ring in border.rings for point in ring]
    west, east = (pick(east for east, _ in points) for pick in (min, max))
    south, north = (pick(north for _, north in points) for pick in (min, max))
    return west <= place.longitude <= east and south <= place.latitude <= north


def _read(content: bytes, name: str) -> tuple[Border, ...]:
    try:
        document = json.loads(content)
        found = tuple(_border(feature) for feature in _features(document))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        fault = "is not GeoJSON with polygons of longitude and latitude"
        raise ReadError(name, fault) from None
    if not any(border.rings for border in found):
        raise ReadError(name, "holds no polygon; give the outlines of the kecamatan")
    return found


def _features(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for feature in document["features"]:
        shape = feature["geometry"]  # null: a feature without a place
        if shape is not None and shape["type"] in ("Polygon", "MultiPolygon"):
            yield feature


def _border(feature: dict[str, Any]) -> Border:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    rings = tuple(tuple(map(_point, ring)) for polygon in polygons for ring in polygon)
    rings = tuple(ring for ring in rings if len(ring) > _LINE)
    about = feature.get("properties") or {}
    name = next((str(about[key]) for key in _NAMES if about.get(key)), "")
    return Border(name.encode(errors="replace").decode(), rings)


def _point(numbers: list[float]) -> tuple[float, float]:
    """
    Return longitude and latitude.

    Raises:
        ValueError: They are no place on the globe.
    """
    east, north = float(numbers[0]), float(numbers[1])
    if not (abs(east) <= _MOST_EAST and abs(north) <= _MOST_NORTH):  # nor not-a-number
        raise ValueError
    return east, north
