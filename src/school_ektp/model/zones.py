"""The three time zones of Indonesia, and in which one a place lies."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from school_ektp.errors import InvalidFieldError
from school_ektp.model.globe import Point


class Zone(StrEnum):
    """A time zone of Indonesia; none has summer time."""

    WIB = "WIB"  #: west, UTC+7
    WITA = "WITA"  #: middle, UTC+8
    WIT = "WIT"  #: east, UTC+9

    @property
    def hours(self) -> int:
        """Hours ahead of UTC, since 1988."""
        return {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}[self]

    @property
    def tzid(self) -> str:
        """Its name in the time zone database."""
        return {
            Zone.WIB: "Asia/Jakarta",
            Zone.WITA: "Asia/Makassar",
            Zone.WIT: "Asia/Jayapura",
        }[self]


_BY_NAME = {name.upper(): zone for zone in Zone for name in (zone.value, zone.tzid)} | {
    "ASIA/PONTIANAK": Zone.WIB,
    "ASIA/UJUNG_PANDANG": Zone.WITA,
}

#: Degrees east at which WITA and WIT begin, north of each latitude; the islands' provinces decide.
_MIDDLE_FROM = ((0.0, 114.2), (-2.2, 115.3), (-5.0, 114.5), (-90.0, 114.42))
_EAST_FROM = ((0.3, 127.0), (-7.0, 124.2), (-90.0, 125.4))


def as_zone(value: Zone | str) -> Zone:
    """
    Return a zone from itself, its short name or its name in the time zone database.

    Raises:
        InvalidFieldError: Not a zone of Indonesia.
    """
    zone = _BY_NAME.get(str(value).strip().upper())
    if zone is None:
        fault = "must be WIB, WITA, WIT, or a name such as 'Asia/Makassar'"
        raise InvalidFieldError("Zone", "zone", fault)
    return zone


def zone_of(points: Iterable[Point]) -> Zone:
    """Return the zone of the middle of some places; WIB when there are none."""
    places = list(points)
    if not places:
        return Zone.WIB
    north = sum(latitude for latitude, _ in places) / len(places)
    east = sum(longitude for _, longitude in places) / len(places)
    if east >= _begins(_EAST_FROM, north):
        return Zone.WIT
    return Zone.WITA if east >= _begins(_MIDDLE_FROM, north) else Zone.WIB


def _begins(borders: tuple[tuple[float, float], ...], north: float) -> float:
    return next(east for latitude, east in borders if north >= latitude)
