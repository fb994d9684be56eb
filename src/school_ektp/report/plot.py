"""
Charts of a plan as altair objects, for notebooks and as SVG or PNG files, without a network.

Each chart tells its series apart by shape or lightness as well as by colour, so that it can be read
in grey. ``chart.save("chart.svg")`` and ``chart.save("chart.png")`` write files offline.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import polars as pl

from school_ektp.model.language import Lang, check_lang, date_text, month, number, weekday
from school_ektp.model.messages import TEXTS
from school_ektp.plan.coverage import coverage_by
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import SHADES, day_grid
from school_ektp.plan.days import DayKind
from school_ektp.plan.progress import progress
from school_ektp.plan.simulation import Simulation
from school_ektp.report.extras import extra
from school_ektp.report.html.borders import Border, borders_of
from school_ektp.report.html.page import LEVELS
from school_ektp.report.html.region_map import MapParts, map_parts, whole
from school_ektp.roster.frames import AnyTable, ArrowTable, frame_of

if TYPE_CHECKING:
    import altair as alt


FEW = 12  # points that each have a tick of their own
INK, TEAL, BROWN, GREY = "#1b2426", "#0b5d66", "#8a5a00", "#8fa3a6"
TEAMS = ("#0072b2", "#d55e00", "#008060", "#a3477f", "#6b5200", "#333333")
DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2])
WIDTH, HEIGHT = 640, 320  # pixels
WEEK = 7

Chart = TypeVar("Chart", bound="alt.TopLevelMixin")

__all__ = ["coverage", "demand", "frontier", "grid", "map", "risk"]


class HasTable(Protocol):
    """Something with a table of points; `season.frontier.Frontier` is one."""

    @property
    def table(self) -> pl.DataFrame:
        """Columns team_days and recorded."""


def demand(plan: PlanData, *, lang: Lang = "id") -> alt.LayerChart:
    """
    Return pupils expected to be recorded up to each day against the waiting line that grows.

    The band holds eight seasons of ten, from P10 to P90; the last day is the deadline.

    Args:
        plan: The plan.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
        MissingExtraError: The extra ``report`` is not installed.
    """
    _ready()
    import altair as alt

    said = check_lang(lang)
    names = {name: TEXTS[f"plot_{name}"][said] for name in ("recorded", "waiting")}
    rows = [
        (one.day, names[name], value)
        for one in progress(plan)
        for name, value in (("recorded", one.recorded), ("waiting", one.waiting))
    ]
    data = pl.DataFrame(rows, schema=["date", "series", "pupils"], orient="row")
    domain = list(names.values())
    legend = alt.Legend(title=None, orient="bottom", symbolStrokeWidth=2)
    lines = (
        alt.Chart(data)
        .mark_line(interpolate="step-after")
        .encode(
            x=_date_axis(said),
            y=alt.Y("pupils:Q", title=TEXTS["plot_pupils"][said]),
            color=alt.Color("series:N", legend=legend, scale=_looks(domain, [TEAL, BROWN])),
            strokeDash=alt.StrokeDash("series:N", scale=_looks(domain, [[1, 0], [1, 0]])),
            strokeWidth=alt.StrokeWidth("series:N", scale=_looks(domain, [3, 1.8])),
        )
    )
    last = pl.DataFrame({"date": [plan.calendar.last_day]})
    deadline = alt.Chart(last).mark_rule(strokeDash=[2, 3], color=INK).encode(x="date:T")
    title = TEXTS["plot_demand_title"][said]
    layers = _layered(_band(plan.outlook.by_date, said), lines, deadline, title=title)
    return _dressed(layers, said, width=WIDTH, height=HEIGHT)


def coverage(plan: PlanData, *, by: str = "kecamatan", lang: Lang = "id") -> alt.Chart:
    """
    Return who is recorded before the season, by the plan, and left out, by group.

    Args:
        plan: The plan.
        by: ``"kecamatan"`` or ``"level"``.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another grouping or language.
        MissingExtraError: The extra ``report`` is not installed.
    """
    _ready()
    import altair as alt

    said = check_lang(lang)
    keys = ("key_before", "key_planned", "key_left")
    names = [TEXTS[f"page_{key}"][said] for key in keys]
    rows = [
        (share.name, name, place, pupils)
        for share in coverage_by(plan, by)
        for place, (name, pupils) in enumerate(
            zip(names, (share.before, share.recorded, share.left_out), strict=True)
        )
    ]
    data = pl.DataFrame(rows, schema=["group", "status", "place", "pupils"], orient="row")
    day = date_text(plan.calendar.last_day, said)
    scale = alt.Scale(domain=names, range=[GREY, TEAL, "#ffffff"])
    chart: alt.Chart = (
        alt.Chart(data, title=TEXTS["plot_coverage_title"][said].format(day=day))
        .mark_bar(stroke=INK, strokeWidth=0.5)
        .encode(
            x=alt.X("pupils:Q", title=TEXTS["plot_share"][said]),
            y=alt.Y("group:N", title=TEXTS[f"page_{by}"][said]),
            color=alt.Color(
                "status:N", scale=scale, legend=alt.Legend(title=None, orient="bottom")
            ),
            order="place:Q",
        )
    )
    return _dressed(chart, said, width=WIDTH)


def grid(plan: PlanData, *, lang: Lang = "id") -> alt.FacetChart:
    """
    Return a calendar for each team: pupils per day, darker where the day is fuller.

    Days on which nobody can go out are grey: holidays, no school open, off duty, kept free, past.

    Args:
        plan: The plan.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
        MissingExtraError: The extra ``report`` is not installed.
    """
    _ready()
    import altair as alt

    said = check_lang(lang)
    data = _grid_rows(plan, said)
    days = [weekday(dt.date(2024, 1, n + 1), said)[:3] for n in range(WEEK)]  # from a Monday on
    shown = [day for day in days if day in set(data["weekday"])]
    base = alt.Chart().encode(
        x=alt.X("weekday:N", sort=shown, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("week:N", sort=None, title=TEXTS["plot_week"][said]),
    )
    shades = [round(100 * share) for share in SHADES]
    full = alt.Scale(type="threshold", domain=shades, range=[ground for ground, _ in LEVELS])
    shade = alt.Color("fullness:Q", scale=full, title=TEXTS["plot_fullness"][said])
    darkest = alt.when(f"datum.fullness >= {shades[-1]}")
    ink = darkest.then(alt.value("#ffffff")).otherwise(alt.value(INK))
    days_off = base.transform_filter("datum.off").mark_rect(color="#c9cdce")
    served = base.transform_filter("datum.pupils > 0")
    cells = alt.layer(
        base.mark_rect(color="#ffffff", stroke="#d9e1e2"),
        days_off,
        served.mark_rect(stroke="#d9e1e2").encode(color=shade),
        served.mark_text(fontWeight="bold").encode(text=alt.Text("pupils:Q"), color=ink),
        data=data,
    ).properties(width=34 * len(shown), height={"step": 20})
    facet = alt.Facet("team:N", title=None, sort=list(plan.names.teams))
    chart = cells.facet(facet=facet, columns=3, title=TEXTS["plot_grid_title"][said])
    return _dressed(chart, said)


def _grid_rows(plan: PlanData, lang: Lang) -> pl.DataFrame:
    grid = day_grid(plan)
    rows = []
    for days in grid.weeks():
        week = f"{days[0].day} {month(days[0].month, lang)[:3]} {days[0].year}"
        for day in days:
            if day.weekday() not in grid.weekdays or day not in plan.calendar.span:
                continue
            for cell in (grid.cell(team, day) for team in grid.teams):
                off = cell.kind not in (DayKind.FREE, DayKind.VISITS)
                full = round(100 * cell.made.fullness) if cell.made else 0
                rows.append((cell.team, week, weekday(day, lang)[:3], cell.pupils, full, off))
    columns = ["team", "week", "weekday", "pupils", "fullness", "off"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def map(  # noqa: A001 - plot.map is the name a user looks for
    plan: PlanData, *, borders: Path | str | None = None, lang: Lang = "id"
) -> alt.LayerChart:
    """
    Return kecamatan, schools sized by waiting pupils and the routes of the teams; no tiles.

    Args:
        plan: The plan.
        borders: GeoJSON with the outlines of kecamatan; those of the sample regency when None
            and most schools lie there.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
        ReadError: *borders* is not GeoJSON with polygons.
        MissingExtraError: The extra ``report`` is not installed.
    """
    _ready()
    import altair as alt

    said = check_lang(lang)
    parts = map_parts(plan, borders_of(plan, borders))
    box = whole(parts)
    sides: dict[str, Any] = {"east": None, "north": None}
    if box is not None:
        sides = {"east": [box.west, box.east], "north": [box.south, box.north]}
    x, y = (
        alt.X("east:Q", title=TEXTS["plot_east"][said], scale=_near(sides["east"])),
        alt.Y("north:Q", title=TEXTS["plot_north"][said], scale=_near(sides["north"])),
    )
    land = (
        alt.Chart(_outlines(parts.borders))
        .mark_line(fill="#f5f3ee", stroke="#a8a294", strokeWidth=1, interpolate="linear-closed")
        .encode(x=x, y=y, detail="ring:N", order="place:Q")
    )
    legend = alt.Legend(title=TEXTS["plot_team"][said], orient="bottom")
    ways = (
        alt.Chart(_ways(parts))
        .mark_line(strokeWidth=1.4, opacity=0.7)
        .encode(
            x=x,
            y=y,
            detail="route:N",
            order="place:Q",
            color=alt.Color(
                "team:N", scale=_looks([*plan.names.teams], _cycled(TEAMS, plan)), legend=legend
            ),
            strokeDash=alt.StrokeDash(
                "team:N", scale=_looks([*plan.names.teams], _cycled(DASHES, plan)), legend=legend
            ),
        )
    )
    size = alt.Legend(title=TEXTS["plot_waiting_pupils"][said], orient="bottom")
    schools = (
        alt.Chart(_spots(parts))
        .mark_circle(color=TEAL, opacity=0.85, stroke=INK, strokeWidth=0.7)
        .encode(
            x=x,
            y=y,
            size=alt.Size("waiting:Q", scale=alt.Scale(range=[12, 500]), legend=size),
            tooltip=[alt.Tooltip("school:N", title=TEXTS["plot_school"][said]), "waiting:Q"],
        )
    )
    height = round(WIDTH * box.shape) if box else HEIGHT
    layers = _layered(land, ways, schools, title=TEXTS["plot_map_title"][said])
    return _dressed(layers, said, width=WIDTH, height=height)


def _near(sides: list[float] | None) -> alt.Scale:
    import altair as alt

    if sides is None:
        return alt.Scale(zero=False, nice=False)
    return alt.Scale(domain=sides, zero=False, nice=False)


def _looks(domain: list[str], shown: list[Any]) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=domain, range=shown)


def _cycled(looks: tuple[Any, ...], plan: PlanData) -> list[Any]:
    return [looks[n % len(looks)] for n in range(len(plan.names.teams))]


def _outlines(borders: tuple[Border, ...]) -> pl.DataFrame:
    rows = [
        (f"{border.name} {ring_number}", place, east, north)
        for border in borders
        for ring_number, ring in enumerate(border.rings)
        for place, (east, north) in enumerate(ring)
    ]
    schema = {"ring": pl.String, "place": pl.Int64, "east": pl.Float64, "north": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _ways(parts: MapParts) -> pl.DataFrame:
    rows = []
    for route in parts.routes:
        stops = [parts.spots[npsn] for npsn in route.stops if npsn in parts.spots]
        ends = [(place.longitude, place.latitude) for place in (route.base, route.end)]
        for place, (east, north) in enumerate([ends[0], *stops, ends[1]]):
            rows.append((f"{route.day} {route.team}", route.team, place, east, north))
    schema = {"route": pl.String, "team": pl.String, "place": pl.Int64}
    return pl.DataFrame(
        rows, schema=schema | {"east": pl.Float64, "north": pl.Float64}, orient="row"
    )


def _spots(parts: MapParts) -> pl.DataFrame:
    rows = [
        (parts.schools[npsn].name, parts.waiting[npsn], east, north)
        for npsn, (east, north) in sorted(parts.spots.items())
    ]
    schema = {"school": pl.String, "waiting": pl.Int64, "east": pl.Float64, "north": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def frontier(points: HasTable | AnyTable, *, lang: Lang = "id") -> alt.LayerChart:
    """
    Return how many pupils each number of team-days records.

    Args:
        points: A `season.frontier.Frontier`, the table of `season.what_if.what_if`, or any frame
            with columns team_days and recorded.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
        MissingExtraError: The extra ``report`` is not installed.
    """
    _ready()
    import altair as alt

    said = check_lang(lang)
    table = points if isinstance(points, ArrowTable) else getattr(points, "table", points)
    axes = ("team_days", "recorded")
    data = frame_of(table, "points", needed=axes).lazy().select(axes).sort(axes).collect()
    days = data["team_days"].unique(maintain_order=True).to_list()
    few = {"values": days} if len(days) <= FEW else {"tickMinStep": 1}
    ticks = alt.Axis(format=",d", **few)
    base = alt.Chart(data).encode(
        x=alt.X("team_days:Q", title=TEXTS["plot_team_days"][said], axis=ticks),
        # from the least, not from 0: what one team-day more is worth would not be seen
        y=alt.Y("recorded:Q", title=TEXTS["plot_pupils"][said], scale=alt.Scale(zero=False)),
    )
    line = base.mark_line(color=TEAL, strokeWidth=2)
    dots = base.mark_point(color=INK, fill="#ffffff", size=40, opacity=1)
    chart = _layered(line, dots, title=TEXTS["plot_frontier_title"][said])
    return _dressed(chart, said, width=WIDTH, height=HEIGHT)


def risk(simulation: Simulation, *, lang: Lang = "id") -> alt.LayerChart:
    """
    Return pupils recorded up to each date in the simulated seasons: P10 to P90, P50 and the plan.

    Args:
        simulation: What `plan.simulation.simulate` returns.
        lang: ``"id"`` or ``"en"``.

    Raises:
        InvalidFieldError: Another language.
        MissingExtraError: The extra ``report`` is not installed.
    """
    _ready()
    import altair as alt

    said = check_lang(lang)
    names = {
        "p50": TEXTS["page_key_median"][said],
        "planned": TEXTS["page_key_planned_line"][said],
    }
    table = simulation.by_date.sort("date")
    y = alt.Y("pupils:Q", title=TEXTS["plot_pupils"][said])
    band = _band(table, said)
    long = pl.concat(
        table.select("date", pl.lit(text).alias("series"), pupils=name)
        for name, text in names.items()
    )
    domain = list(names.values())
    lines = (
        alt.Chart(long)
        .mark_line(interpolate="step-after")
        .encode(
            x=_date_axis(said),
            y=y,
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=domain, range=[TEAL, BROWN]),
                legend=alt.Legend(title=None, orient="bottom", labelLimit=400),
            ),
            strokeDash=alt.StrokeDash(
                "series:N", scale=alt.Scale(domain=domain, range=[[1, 0], [6, 3]])
            ),
        )
    )
    chart = _layered(band, lines, title=TEXTS["plot_risk_title"][said])
    return _dressed(chart, said, width=WIDTH, height=HEIGHT)


def _band(table: pl.DataFrame, lang: Lang) -> alt.Chart:
    """Return the band from P10 to P90."""
    import altair as alt

    y = alt.Y("low:Q", title=TEXTS["plot_pupils"][lang])
    chart: alt.Chart = (
        alt.Chart(table.select("date", low="p10", high="p90"))
        .mark_area(color="#b5dade", opacity=1, interpolate="step-after")
        .encode(x=_date_axis(lang), y=y, y2="high:Q")
    )
    return chart


def _ready() -> None:
    """Let notebooks show charts as SVG, which needs no network, if nobody chose another way."""
    with extra("report", "school_ektp.plot"):
        import altair as alt
        import vl_convert  # noqa: F401 - draws the SVG
    if alt.renderers.active == "default":
        alt.renderers.enable("svg")


def _date_axis(lang: Lang) -> alt.X:
    import altair as alt

    axis = alt.Axis(format="%-d %b", labelOverlap=True)
    return alt.X("date:T", title=TEXTS["plot_day"][lang], axis=axis)


def _layered(*charts: alt.Chart, title: str) -> alt.LayerChart:
    import altair as alt

    return cast("alt.LayerChart", alt.layer(*charts, title=title))  # a facet only of facets


def _dressed(chart: Chart, lang: Lang, **size: int) -> Chart:
    """Return the chart with its size, plain looks, and numbers and dates of the language."""
    sized: Any = chart.properties(**size) if size else chart
    dressed: Chart = sized.configure(
        locale=_locale(lang), font="system-ui, sans-serif", background="#ffffff"
    ).configure_view(stroke=None)
    return dressed


def _locale(lang: Lang) -> alt.Locale:
    import altair as alt

    thousands, point = number(1_000, lang)[1], "," if lang == "id" else "."
    days = [weekday(dt.date(2024, 1, 7 + n), lang) for n in range(WEEK)]  # from a Sunday on
    months = [month(n, lang) for n in range(1, 13)]
    return alt.Locale(
        number=alt.NumberLocale(
            decimal=point, thousands=thousands, grouping=[3], currency=["Rp", ""]
        ),
        time=alt.TimeLocale(
            dateTime="%A, %e %B %Y %X",
            date="%d/%m/%Y",
            time="%H:%M:%S",
            periods=["AM", "PM"],
            days=days,
            shortDays=[day[:3] for day in days],
            months=months,
            shortMonths=[one[:3] for one in months],
        ),
    )
