"""Where schools lie: their points held against their kecamatan, and repaired."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.globe import EARTH_KM, straight_km
from school_ektp.model.school import Location, LocationMethod, School
from school_ektp.model.shipped import shipped, shipped_rows
from school_ektp.roster.frames import AnyTable, frame_of, takes_frames

#: Polygons are simplified and lists round coordinates: so much outside is still inside.
TOLERANCE_KM = 1.0
FAR_KM = 50.0  # from here on a point is in the sea or another part of the country
_TEXTS = pl.Schema({"name": pl.String, "kecamatan": pl.String, "code": pl.String})
_RADIUS_FACTOR = 1.5  # a kecamatan is no disk: of the radius of a disk of its area
_DEFAULT_RADIUS_KM = 15.0

_NORTH, _EAST = fields.number(-90.1, 90.1, " degrees"), fields.number(-180.1, 180.1, " degrees")

Ring: TypeAlias = tuple[tuple[float, float], ...]  # (longitude, latitude) in degrees


@attrs.frozen(kw_only=True)
class KecamatanArea:
    """
    A kecamatan on the map.

    Attributes:
        name: Its usual name.
        code: Kemendagri code, such as ``"17.02.09"``.
        latitude: Of its centre, degrees.
        longitude: Of its centre, degrees.
        radius_km: What counts as inside when there is no polygon.
        variants: Other names and codes of it.
        rings: Outer rings of its polygons; none when unknown.
    """

    name: str = attrs.field(validator=fields.text)
    code: str = attrs.field(default="", validator=fields.line)
    latitude: float = attrs.field(validator=_NORTH)
    longitude: float = attrs.field(validator=_EAST)
    radius_km: float = attrs.field(
        default=_DEFAULT_RADIUS_KM, validator=fields.number(0, 1_000, " km")
    )
    variants: tuple[str, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(str)
    )
    rings: tuple[Ring, ...] = attrs.field(default=(), repr=False)

    @arguments.checked
    def km_outside(self, latitude: float, longitude: float) -> float:
        """Return how far outside a point lies; 0 inside."""
        if not self.rings:
            centre = straight_km((latitude, longitude), (self.latitude, self.longitude))
            return max(centre - self.radius_km, 0.0)
        if any(_is_within(latitude, longitude, ring) for ring in self.rings):
            return 0.0
        return min(_km_to_ring(latitude, longitude, ring) for ring in self.rings)


@attrs.frozen(kw_only=True)
class Village:
    """
    A desa or kelurahan.

    Attributes:
        name: Its name.
        kecamatan: Name of its kecamatan.
        latitude: Of its centre, degrees.
        longitude: Of its centre, degrees.
        code: Kemendagri code, such as ``"17.02.09.1012"``.
    """

    name: str = attrs.field(validator=fields.text)
    kecamatan: str = attrs.field(validator=fields.text)
    latitude: float = attrs.field(validator=_NORTH)
    longitude: float = attrs.field(validator=_EAST)
    code: str = attrs.field(default="", validator=fields.line)


def _place_key(name: str) -> str:
    """Return a name of a place without case, spaces and words such as Kec. and Desa."""
    plain = re.sub(r"^\s*(?:kecamatan|kec|desa|kelurahan|kel)\b\.?\s*", "", name.strip().lower())
    return re.sub(r"[^a-z0-9]", "", plain)


@attrs.frozen
class Places:
    """
    The kecamatan and villages of a regency.

    Attributes:
        kecamatan: Its districts.
        villages: Its villages; may be none.
    """

    kecamatan: tuple[KecamatanArea, ...] = attrs.field(
        converter=fields.frozen, validator=fields.all_of(KecamatanArea)
    )
    villages: tuple[Village, ...] = attrs.field(
        default=(), converter=fields.frozen, validator=fields.all_of(Village)
    )

    @cached_property
    def _by_key(self) -> dict[str, KecamatanArea]:
        found: dict[str, KecamatanArea] = {}
        for district in self.kecamatan:
            for name in (district.name, district.code, *district.variants):
                if name:
                    found.setdefault(_place_key(name), district)
        return found

    @cached_property
    def _villages(self) -> dict[tuple[str, str], Village]:
        return {(_place_key(v.kecamatan), _place_key(v.name)): v for v in self.villages}

    @arguments.checked
    def find(self, name: str) -> KecamatanArea | None:
        """Return a kecamatan by any of its names or codes."""
        return self._by_key.get(_place_key(name))

    @arguments.checked
    def find_village(self, name: str, kecamatan: str) -> Village | None:
        """Return a village of a kecamatan by name."""
        district = self.find(kecamatan)
        owner = district.name if district else kecamatan
        return self._villages.get((_place_key(owner), _place_key(name))) if name else None


@lru_cache(maxsize=1)
def rejang_lebong_places() -> Places:
    """Return the fifteen kecamatan, with polygons, and 156 villages of Rejang Lebong."""
    rings = _rings_by_code(json.loads(shipped("kecamatan_rejang_lebong.geojson")))
    districts = [
        KecamatanArea(
            name=row["nama"],
            code=row["kode_kemendagri"],
            latitude=float(row["lat_centroid"]),
            longitude=float(row["lon_centroid"]),
            radius_km=_radius_km(float(row["area_km2_simplified"])),
            variants=[
                row[name]
                for name in (
                    *("kode_kemendagri_6", "kode_kemdikbud", "nama_kemdikbud"),
                    *("kode_bps", "nama_bps"),
                )
            ],
            rings=rings.get(row["kode_kemendagri"], ()),
        )
        for row in shipped_rows("kecamatan_rejang_lebong.csv")
    ]
    return Places(
        districts, [_village(row) for row in shipped_rows("desa_kelurahan_rejang_lebong.csv")]
    )


def _village(row: Mapping[str, str]) -> Village:
    return Village(
        name=row["nama"],
        kecamatan=row["kecamatan"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        code=row["kode"],
    )


def _rings_by_code(collection: Any) -> dict[str, tuple[Ring, ...]]:  # noqa: ANN401 - parsed JSON
    return {
        feature["properties"]["kode"]: _outer_rings(feature["geometry"])
        for feature in collection["features"]
    }


def _outer_rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return tuple(tuple((x, y) for x, y, *_ in polygon[0]) for polygon in polygons)


def _radius_km(area_km2: float) -> float:
    return _RADIUS_FACTOR * math.sqrt(area_km2 / math.pi)


@takes_frames(kecamatan=_TEXTS, villages=_TEXTS)
def places_from_frames(kecamatan: AnyTable, villages: AnyTable | None = None) -> Places:
    """
    Return the places of another regency from the user's tables.

    Args:
        kecamatan: Columns name, latitude, longitude; optional code and radius_km.
        villages: Columns name, kecamatan, latitude, longitude; optional code.

    Raises:
        RosterSchemaError: Columns are missing or have other types.
        InvalidFieldError: A name or a coordinate is null.
    """
    districts = _records(
        kecamatan, "kecamatan", ("name", "latitude", "longitude"), ("code", "radius_km")
    )
    needed = ("name", "kecamatan", "latitude", "longitude")
    small = [] if villages is None else _records(villages, "villages", needed, ("code",))
    return Places([KecamatanArea(**row) for row in districts], [Village(**row) for row in small])


def _records(
    given: AnyTable, table: str, needed: Sequence[str], optional: Sequence[str]
) -> list[dict[str, Any]]:
    frame = frame_of(given, table, needed=needed).lazy().collect()
    empty = [name for name in needed if frame[name].null_count()]
    if empty:
        raise InvalidFieldError("Places", "table", f"has empty cells in {', '.join(empty)}")
    names = [*needed, *(name for name in optional if name in frame.columns)]
    return frame.select(names).to_dicts()


@attrs.frozen(kw_only=True)
class Placed:
    """
    Where a school lies after the audit.

    Attributes:
        location: Its point with the method it was obtained by; None when nothing is known.
        issue: Rule of `school_ektp.model.messages.RULES`; empty when the point was sound.
        km_outside: How far the point given lies outside of its kecamatan, km; None if unknown.
        centre: Name of the village or kecamatan whose centre is used; empty otherwise.
    """

    location: Location | None
    issue: str = ""
    km_outside: float | None = None
    centre: str = ""


def place(
    latitude: float | None,
    longitude: float | None,
    *,
    kecamatan: str,
    village: str = "",
    places: Places,
) -> Placed:
    """
    Return the audited point of a school, as published in degrees.

    A point inside its kecamatan stays. One that is swapped or lost its minus is mended when that
    brings it inside. Any other gives way to the centre of its village, else of its kecamatan.
    """
    centre = _centre(kecamatan, village, places)
    if latitude is None or longitude is None:
        return attrs.evolve(centre, issue="location_missing" if centre.location else _UNKNOWN)
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return attrs.evolve(centre, issue="location_unreadable" if centre.location else _UNKNOWN)
    if latitude == 0 or longitude == 0:
        return attrs.evolve(centre, issue="location_zero" if centre.location else _UNKNOWN)
    district = places.find(kecamatan)
    if district is None:
        return _unchecked(latitude, longitude)
    return _held_against(district, latitude, longitude, centre)


_UNKNOWN = "location_unknown"


def _centre(kecamatan: str, village: str, places: Places) -> Placed:
    found = places.find_village(village, kecamatan)
    if found is not None:
        point = Location(found.latitude, found.longitude, method=LocationMethod.VILLAGE)
        return Placed(location=point, centre=found.name)
    district = places.find(kecamatan)
    if district is None:
        return Placed(location=None)
    point = Location(district.latitude, district.longitude, method=LocationMethod.KECAMATAN)
    return Placed(location=point, centre=district.name)


def _unchecked(latitude: float, longitude: float) -> Placed:
    try:
        return Placed(location=Location(latitude, longitude), issue="kecamatan_unknown")
    except InvalidFieldError:
        return Placed(location=None, issue=_UNKNOWN)


def _held_against(
    district: KecamatanArea, latitude: float, longitude: float, centre: Placed
) -> Placed:
    """Try the point as it is, then as slips of the pen would have made it, then give it up."""
    tries = (
        ("", latitude, longitude),
        ("location_swapped", longitude, latitude),
        ("location_sign", -latitude, longitude),
    )
    for issue, north, east in tries:
        if abs(north) <= 90 and abs(east) <= 180:  # noqa: PLR2004 - degrees
            outside = district.km_outside(north, east)
            if outside <= TOLERANCE_KM:
                point = Location(north, east)
                return Placed(location=point, issue=issue, km_outside=round(outside, 1))
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - degrees
        return attrs.evolve(centre, issue="location_unreadable")
    outside = round(district.km_outside(latitude, longitude), 1)
    issue = "location_far" if outside > FAR_KM else "location_outside"
    return attrs.evolve(centre, issue=issue, km_outside=outside)


#: One row per school of `audit_places`.
AUDIT = pl.Schema(
    {
        "npsn": pl.String(),
        "kecamatan": pl.String(),
        "issue": pl.String(),  # "" when the point is sound
        "km_outside": pl.Float64(),  # null: no point, or the kecamatan is unknown
        "latitude": pl.Float64(),  # after repair; null: unknown
        "longitude": pl.Float64(),
        "method": pl.String(),  # of `LocationMethod`; "" unknown
    }
)


@arguments.checked
def audit_places(
    schools: Iterable[School], places: Places
) -> tuple[tuple[School, ...], pl.DataFrame]:
    """
    Return schools with repaired points, and one row of `AUDIT` per school, in their order.

    Points already known to be centres, or surveyed, stay.

    Args:
        schools: Schools, with or without a location.
        places: The places of the regency.
    """
    mended, rows = [], []
    for school in schools:
        placed = _placed(school, places)
        mended.append(attrs.evolve(school, location=placed.location))
        rows.append(audit_row(school, placed))
    return tuple(mended), pl.DataFrame(rows, schema=AUDIT, orient="row")


def _placed(school: School, places: Places) -> Placed:
    here = school.location
    if here is not None and here.method is not LocationMethod.SOURCE:
        return Placed(location=here)
    given = (here.latitude, here.longitude) if here else (None, None)
    return place(*given, kecamatan=school.kecamatan, places=places)


def audit_row(school: School, placed: Placed) -> tuple[Any, ...]:
    """Return a row of `AUDIT`."""
    here = placed.location
    point = (here.latitude, here.longitude, here.method.value) if here else (None, None, "")
    return (school.npsn, school.kecamatan, placed.issue, placed.km_outside, *point)


def _is_within(latitude: float, longitude: float, ring: Ring) -> bool:
    """Count how often a ray to the east crosses the ring: an odd number is inside."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > latitude) != (y2 > latitude):
            crossing = x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
            inside ^= longitude < crossing
    return inside


def _km_to_ring(latitude: float, longitude: float, ring: Ring) -> float:
    """Return the distance to the nearest edge, on a plane that touches the globe at the point."""
    scale = math.cos(math.radians(latitude))
    flat = [((x - longitude) * scale, y - latitude) for x, y in ring]
    degrees = min(_to_edge(a, b) for a, b in zip(flat, [*flat[1:], flat[0]], strict=True))
    return math.radians(degrees) * EARTH_KM


def _to_edge(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance from the origin to the edge between two points."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    along = -(a[0] * dx + a[1] * dy) / square if square else 0.0
    share = min(max(along, 0.0), 1.0)
    return math.hypot(a[0] + share * dx, a[1] + share * dy)
