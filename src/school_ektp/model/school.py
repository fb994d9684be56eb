"""A school, where it lies and when it can be visited."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.clock import TimeWindow, as_window
from school_ektp.model.npsn import npsn_text


class SchoolLevel(fields.Choice):
    """Kinds of school at which first-time ID holders are found."""

    SMA = "SMA"  #: general upper secondary
    SMK = "SMK"  #: vocational upper secondary
    MA = "MA"  #: Islamic upper secondary (madrasah aliyah)
    SLB = "SLB"  #: special needs
    PKBM = "PKBM"  #: community learning centre, Paket C


class LocationMethod(fields.Choice):
    """How a point was obtained, the most exact first."""

    SOURCE = "SOURCE"  #: published for the place itself
    SURVEY = "SURVEY"  #: measured or corrected by the user
    VILLAGE = "VILLAGE"  #: centroid of its village
    KECAMATAN = "KECAMATAN"  #: centroid of its kecamatan


_ENDLESS = 1e300  # what lies beyond is infinite, or a whole number too large for a float


@attrs.frozen
class Location:
    """
    A point on the map.

    Attributes:
        latitude: Degrees, south negative.
        longitude: Degrees, east positive.
        method: How the point was obtained.
    """

    latitude: float
    longitude: float
    method: LocationMethod = attrs.field(
        default=LocationMethod.SOURCE, converter=LocationMethod, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        fault = _point_fault(self.latitude, self.longitude)
        if fault:
            raise InvalidFieldError("Location", "latitude", fault)


def _point_fault(latitude: object, longitude: object) -> str:
    numbers = (latitude, longitude)
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
        return "and longitude must be numbers of degrees"
    if not all(-_ENDLESS < n < _ENDLESS for n in numbers):  # type: ignore[operator]
        return "and longitude must be finite numbers; leave the location out when unknown"
    north, east = float(latitude), float(longitude)  # type: ignore[arg-type]
    if north == 0 and east == 0:
        return "and longitude are both 0, which means unset; leave the location out when unknown"
    if abs(north) <= 90 and abs(east) <= 180:  # noqa: PLR2004 - degrees
        return ""
    if abs(east) <= 90 and abs(north) <= 180:  # noqa: PLR2004 - degrees
        return f"{north} and longitude {east} look swapped"
    return f"must be from -90 to 90 and longitude from -180 to 180, got {north} and {east}"


def _lesson_hours() -> TimeWindow:
    return TimeWindow("07:30", "13:00")


def _week(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value not in (5, 6):
        fault = f"must be 5 (Monday to Friday) or 6 (to Saturday), got {fields.shown(value)}"
        raise fields.refuse(instance, attribute, fault)


@attrs.frozen(kw_only=True)
class School:
    """
    A school at which first-time ID holders may be recorded.

    Attributes:
        npsn: National school number, the key that rosters and plans use.
        name: As the school writes it.
        level: SMA, SMK, MA, SLB or PKBM.
        state: Run by the state (negeri) rather than privately (swasta).
        kecamatan: District it lies in.
        location: Where it lies and how that is known; without one it cannot be planned.
        week_days: 5 for Monday to Friday, 6 for Monday to Saturday.
        session: Hours in which a visit can take place; Fridays and Ramadan end earlier, see
            `VisitCalendar`.
        closed: Days on which this school alone receives nobody.
        power: Has electricity; otherwise only a team with equipment ``"power"`` may come.
        signal: Has a network signal; otherwise only a team with equipment ``"signal"`` may come.
    """

    npsn: str = attrs.field(converter=npsn_text)
    name: str = attrs.field(validator=fields.text)
    level: SchoolLevel = attrs.field(converter=SchoolLevel)
    state: bool = attrs.field(default=True, validator=fields.switch)
    kecamatan: str = attrs.field(validator=fields.text)
    location: Location | None = attrs.field(
        default=None, validator=fields.one_of(Location, type(None))
    )
    week_days: int = attrs.field(default=6, validator=_week)
    session: TimeWindow = attrs.field(factory=_lesson_hours, converter=as_window)
    closed: frozenset[dt.date] = attrs.field(factory=frozenset, converter=fields.as_days)
    power: bool = attrs.field(default=True, validator=fields.switch)
    signal: bool = attrs.field(default=True, validator=fields.switch)
