"""The map as SVG: outlines, schools sized by waiting, routes by team and day; no tiles."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

import attrs

from school_ektp.model.groups import grouped
from school_ektp.model.language import Lang, long_date
from school_ektp.model.school import Location, School
from school_ektp.plan.coverage import recorded_by_school
from school_ektp.plan.data import PlanData
from school_ektp.plan.days import Route, routes
from school_ektp.report.charts.borders import Border
from school_ektp.report.charts.svg import Piece, element, joined, path
from school_ektp.report.disclosure import EVERYTHING, Disclosure
from school_ektp.report.html.words import Words

MARGIN = 14
TEAM_STYLES = 6  # colours and dashes of the style sheet, repeated beyond
LARGEST = 15  # radius in pixels of the school with most waiting
SMALLEST = 2.5
LETTER = 6.2  # mean width of a letter of a label, in pixels
SHAPES = (0.45, 0.75)  # height over width of a drawing, at least and at most
CROWDED = 0.4  # an enlarged part is drawn when half of the schools lie in so much of the width

Point = tuple[float, float]


@attrs.frozen
class Box:
    """A part of the world in degrees, which a drawing shows."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """Return the smallest box that holds (longitude, latitude) points, never without area."""
        east, north = zip(*points, strict=True)
        least = 0.005  # half a kilometre
        return cls(min(east) - least, min(north) - least, max(east) + least, max(north) + least)

    @property
    def _squeeze(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def shape(self) -> float:
        """Height over width on the ground."""
        return (self.north - self.south) / ((self.east - self.west) * self._squeeze)

    def widened(self) -> Box:
        """Return the box with more to its sides, or above and below, until it fits a screen."""
        low, high = SHAPES
        wide = max(1.0, self.shape / high)
        tall = max(1.0, low / self.shape)
        more_east = (self.east - self.west) * (wide - 1) / 2
        more_north = (self.north - self.south) * (tall - 1) / 2
        return Box(
            self.west - more_east,
            self.south - more_north,
            self.east + more_east,
            self.north + more_north,
        )

    def holds(self, point: Point) -> bool:
        """Return whether a point lies inside."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


@attrs.frozen
class View:
    """A box drawn *width* pixels wide, one kilometre as long up as across."""

    box: Box
    width: int

    @property
    def height(self) -> int:
        """Height in pixels."""
        return round((self.width - 2 * MARGIN) * self.box.shape) + 2 * MARGIN

    def at(self, point: Point) -> Point:
        """Return where (longitude, latitude) lies, in pixels."""
        across = (self.width - 2 * MARGIN) / (self.box.east - self.box.west)
        down = (self.height - 2 * MARGIN) / (self.box.north - self.box.south)
        x = MARGIN + (point[0] - self.box.west) * across
        return x, MARGIN + (self.box.north - point[1]) * down


@attrs.frozen(kw_only=True)
class MapParts:
    """
    What a map shows.

    Attributes:
        borders: Outlines of kecamatan.
        spots: Place of each school; schools at one point stand beside each other.
        schools: Schools with a place, by NPSN.
        waiting: Waiting pupils by NPSN.
        recorded: Of these, expected to be recorded.
        hidden: NPSNs of schools of which neither is shown; their size says nothing, too.
        routes: Routes of the team-days.
        teams: Names of the teams, in the order of their styles.
        few: Date and team of the routes of which no count is shown.
    """

    borders: tuple[Border, ...]
    spots: dict[str, Point]
    schools: dict[str, School]
    waiting: dict[str, int]
    recorded: dict[str, int]
    routes: tuple[Route, ...]
    teams: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    few: frozenset[tuple[dt.date, str]] = frozenset()

    @property
    def points(self) -> list[Point]:
        """Everything that must be on the map."""
        corners = [point for border in self.borders for ring in border.rings for point in ring]
        ends = [_point(place) for route in self.routes for place in (route.base, route.end)]
        return [*corners, *self.spots.values(), *ends]


def map_parts(
    plan: PlanData, borders: tuple[Border, ...], disclosure: Disclosure = EVERYTHING
) -> MapParts:
    """Return what the map of a plan shows."""
    waiting = {demand.npsn: demand.on(plan.calendar.last_day) for demand in plan.demand}
    placed = {
        npsn: plan.school_by_npsn[npsn]
        for npsn in waiting
        if npsn in plan.school_by_npsn and plan.school_by_npsn[npsn].location
    }
    recorded = recorded_by_school(plan)
    hidden = {npsn for npsn, pupils in waiting.items() if 0 < pupils < disclosure.fewest}
    hidden |= {str(key[1]) for key in disclosure.hidden if key[0] in ("school", "left")}
    return MapParts(
        hidden=frozenset(hidden),
        few=frozenset(
            (one.day, one.team)
            for one in routes(plan)
            if ("team_day", one.day, one.team) in disclosure.hidden
        ),
        borders=borders,
        spots=_apart(placed),
        schools=placed,
        waiting=waiting,
        recorded=dict(recorded),
        routes=routes(plan),
        teams=plan.names.teams,
    )


def _point(place: Location) -> Point:
    return place.longitude, place.latitude


def _apart(schools: dict[str, School]) -> dict[str, Point]:
    """Put schools with one and the same point on a ring of 300 m around it."""
    placed = [(_point(one.location), npsn) for npsn, one in sorted(schools.items()) if one.location]
    alike = grouped(placed, lambda one: one[0])
    radius = 0.0027  # degrees
    spots = {}
    for (east, north), same in alike.items():
        for place, (_, npsn) in enumerate(same):
            turn = 2 * math.pi * place / len(same)
            away = radius if len(same) > 1 else 0.0
            spots[npsn] = (east + away * math.cos(turn), north + away * math.sin(turn))
    return spots


def whole(parts: MapParts) -> Box | None:
    """Return the box of the whole map; None when nothing has a place."""
    points = parts.points
    return Box.around(points).widened() if points else None


def crowded(parts: MapParts) -> Box | None:
    """Return the box of the denser half of the schools if it is small, to be drawn enlarged."""
    spots = list(parts.spots.values())
    everything = whole(parts)
    if len(spots) < 8 or everything is None:  # noqa: PLR2004 - a few schools are never crowded
        return None
    middle = tuple(sorted(values)[len(values) // 2] for values in zip(*spots, strict=True))
    near = sorted(spots, key=lambda spot: (math.dist(spot, middle), spot))
    box = Box.around(near[: len(near) // 2 + 1]).widened()
    small = (box.east - box.west) < CROWDED * (everything.east - everything.west)
    return box if small else None


def map_svg(
    parts: MapParts, box: Box, *, title: str, about: str, name: str, width: int, lang: Lang | None
) -> Piece:
    """
    Return the part of a map within a box as an SVG element, *width* pixels wide.

    *title* and *about* are for screen readers; *name* begins the ids, which are unique on a page.
    Tips under a pointer are in *lang*; a phone has no pointer, so None.
    """
    view = View(box, width)
    return element(
        "svg",
        element("title", title, id=f"{name}-t"),
        element("desc", about, id=f"{name}-d"),
        map_drawing(parts, view, lang),
        viewBox=f"0 0 {width} {view.height}",
        class_="chart map",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )


def map_drawing(parts: MapParts, view: View, lang: Lang | None) -> Piece:
    """Return what the map draws of *view*; tips under a pointer only with a language."""
    return joined(
        element("g", *(_outline(view, border) for border in parts.borders), class_="land"),
        element("g", *_ways(parts, view, lang), class_="routes"),
        element("g", *_schools(parts, view, lang)),
        element("g", *_bases(parts, view), class_="bases"),
        element("g", *_labels(parts, view), class_="names"),
    )


def _outline(view: View, border: Border) -> Piece:
    rings = [path([view.at(point) for point in ring], closed=True) for ring in border.rings]
    return element("path", element("title", border.name), d="".join(rings), fill_rule="evenodd")


def _ways(parts: MapParts, view: View, lang: Lang | None) -> Iterator[Piece]:
    for route in parts.routes:
        stops = [parts.spots[npsn] for npsn in route.stops if npsn in parts.spots]
        line = [_point(route.base), *stops, _point(route.end)]
        yield element(
            "path",
            element("title", _route_tip(parts, route, lang)) if lang else None,
            d=path([view.at(point) for point in line]),
            class_=f"way team{parts.teams.index(route.team) % TEAM_STYLES}",
            data_team=parts.teams.index(route.team),
            data_day=route.day.isoformat(),
        )


def _route_tip(parts: MapParts, route: Route, lang: Lang) -> str:
    pupils = None if (route.day, route.team) in parts.few else route.pupils
    return Words(lang)("route_tip", team=route.team, day=long_date(route.day, lang), pupils=pupils)


def _schools(parts: MapParts, view: View, lang: Lang | None) -> Iterator[Piece]:
    most = max([1, *(parts.waiting[npsn] for npsn in parts.spots)])
    for npsn in sorted(parts.spots, key=lambda npsn: (-parts.waiting[npsn], npsn)):
        if not view.box.holds(parts.spots[npsn]):
            continue
        waiting, recorded = parts.waiting[npsn], parts.recorded.get(npsn, 0)
        x, y = view.at(parts.spots[npsn])
        if npsn in parts.hidden:
            waiting = recorded = 0
        outer = max(LARGEST * math.sqrt(waiting / most), SMALLEST)
        inner = outer * math.sqrt(recorded / waiting) if waiting else 0.0
        yield element(
            "g",
            element("title", _school_tip(parts, npsn, lang)) if lang else None,
            element("circle", cx=x, cy=y, r=outer, class_="waiting"),
            element("circle", cx=x, cy=y, r=inner, class_="recorded") if inner else None,
        )


def _school_tip(parts: MapParts, npsn: str, lang: Lang) -> str:
    hidden = npsn in parts.hidden
    return Words(lang)(
        "school_tip",
        school=parts.schools[npsn].name,
        recorded=None if hidden else parts.recorded.get(npsn, 0),
        waiting=None if hidden else parts.waiting[npsn],
    )


def _bases(parts: MapParts, view: View) -> Iterator[Piece]:
    for base in sorted({_point(route.base) for route in parts.routes}):
        yield triangle(*view.at(base))


def triangle(x: float, y: float) -> Piece:
    """Return the sign of a base, around a point."""
    return element("path", d=path([(x, y - 8), (x + 7, y + 5), (x - 7, y + 5)], closed=True))


def _labels(parts: MapParts, view: View) -> Iterator[Piece]:
    """Yield the names of the kecamatan, larger ones first, as far as there is room."""
    bases = sorted({_point(route.base) for route in parts.routes})
    taken = [(*view.at(base), 8.0) for base in bases]  # middle and half of the width
    for border in sorted(parts.borders, key=lambda one: (-_area(one.rings[0]), one.name)):
        x, y = view.at(_middle(border))
        half = len(border.name) * LETTER / 2
        inside = half < x < view.width - half and 12 < y < view.height - 6  # noqa: PLR2004 - pixels
        free = all(abs(x - a) > half + c or abs(y - b) > 14 for a, b, c in taken)  # noqa: PLR2004
        if border.name and inside and free:
            taken.append((x, y, half))
            yield element("text", border.name, x=x, y=y + 4, text_anchor="middle")


def _area(ring: Iterable[Point]) -> float:
    """Return the area in square degrees."""
    corners = list(ring)
    turned = zip(corners, [*corners[1:], *corners[:1]], strict=True)
    return abs(sum(a * d - c * b for (a, b), (c, d) in turned)) / 2


def _middle(border: Border) -> Point:
    """Return the centre of gravity of the first outline."""
    corners = list(border.rings[0])
    east = north = double = 0.0
    for (a, b), (c, d) in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        cross = a * d - c * b
        east, north, double = east + (a + c) * cross, north + (b + d) * cross, double + cross
    if not double:
        return corners[0]
    return east / (3 * double), north / (3 * double)
