"""
Charts of a plan for notebooks, slides and papers, without a network.

The report draws with the same hand. Each chart tells its series apart by shape or lightness as
well as by colour, so that it can be read in grey. ``chart.save("chart.svg")`` and
``chart.save("chart.png")`` write files.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from school_ektp.model import arguments
from school_ektp.model.achieved import SeasonProgress
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import TEXTS, say
from school_ektp.plan.coverage import coverage_by
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import SHADES, day_grid
from school_ektp.plan.frontier import Frontier
from school_ektp.plan.simulation import Simulation
from school_ektp.report.charts.bars import Bar, bars_drawing
from school_ektp.report.charts.borders import borders_of
from school_ektp.report.charts.chart import WIDTH, Chart, Key, patch, standing_alone, stroke
from school_ektp.report.charts.day_chart import (
    DayChart,
    day_drawing,
    progress_chart,
    season_chart,
    seasons_chart,
)
from school_ektp.report.charts.points import points_drawing
from school_ektp.report.charts.region_map import (
    TEAM_STYLES,
    View,
    map_drawing,
    map_parts,
    triangle,
    whole,
)
from school_ektp.report.charts.svg import Piece, element
from school_ektp.report.charts.team_calendars import LEVELS, calendars_drawing
from school_ektp.roster.frames import AnyTable, frame_of

HEIGHT = 320  # pixels of a chart of lines
_LEAST_WIDTH = 100  # pixels: axes and their numbers

__all__ = ["Chart", "coverage", "demand", "frontier", "grid", "map", "risk", "season"]


def __dir__() -> list[str]:
    return __all__


def _checked(chart: str, width: int, lang: str) -> Lang:
    arguments.whole(f"plot.{chart}", "width", width, least=_LEAST_WIDTH)
    return check_lang(lang)


def demand(
    plan: PlanData, *, lang: Lang = "id", title: str | None = None, width: int = WIDTH
) -> Chart:
    """
    Return pupils expected to be recorded up to each day against the waiting line that grows.

    The band holds eight seasons of ten, from P10 to P90; the last day is the deadline.

    Args:
        plan: The plan.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels.

    Raises:
        InvalidFieldError: Another language, or an argument is of another kind.
    """
    arguments.one("plot.demand", "plan", plan, PlanData, "Plan")
    language = _checked("demand", width, lang)
    chart = progress_chart(plan, TEXTS["plot_pupils"][language])
    lines = {"recorded": "plot_recorded", "waiting": "plot_waiting"}
    return _over_days(chart, lines, title or TEXTS["plot_demand_title"][language], width, language)


def _over_days(
    chart: DayChart, lines: Mapping[str, str], title: str, width: int, lang: Lang
) -> Chart:
    """Return a chart of lines, each with its words in the key, and of a band."""
    size = (width, HEIGHT)
    keys = [Key(stroke(f"line {style}"), TEXTS[words][lang]) for style, words in lines.items()]
    return standing_alone(
        title,
        day_drawing(chart, size=size, lang=lang),
        size,
        below=TEXTS["plot_day"][lang],
        keys=[*keys, Key(patch("band"), TEXTS["page_key_band"][lang])],
    )


def coverage(
    plan: PlanData,
    *,
    by: str = "kecamatan",
    lang: Lang = "id",
    title: str | None = None,
    width: int = WIDTH,
) -> Chart:
    """
    Return who is recorded before the season, by the plan, and left out, by group.

    Args:
        plan: The plan.
        by: ``"kecamatan"`` or ``"level"``.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels.

    Raises:
        InvalidFieldError: Another grouping or language.
    """
    arguments.one("plot.coverage", "plan", plan, PlanData, "Plan")
    language = _checked("coverage", width, lang)
    shares = coverage_by(plan, by)
    bars = [Bar(one.name, (one.before, one.recorded, one.left_out)) for one in shares]
    parts = {"part-before": "before", "part-recorded": "planned", "part-left": "left"}
    drawing, height = bars_drawing(bars, [*parts], width=width, lang=language)
    return standing_alone(
        title or say(TEXTS["plot_coverage_title"], language, day=plan.calendar.last_day),
        drawing,
        (width, height),
        below=TEXTS["plot_share"][language],
        keys=[
            Key(patch(style), TEXTS[f"page_key_{name}"][language]) for style, name in parts.items()
        ],
    )


def grid(
    plan: PlanData, *, lang: Lang = "id", title: str | None = None, width: int = WIDTH
) -> Chart:
    """
    Return a calendar for each team: pupils per day, darker where the day is fuller.

    Days on which nobody can go out are grey: holidays, no school open, off duty, kept free, past.

    Args:
        plan: The plan.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels; as many calendars stand side by side as there is room for.

    Raises:
        InvalidFieldError: Another language, or an argument is of another kind.
    """
    arguments.one("plot.grid", "plan", plan, PlanData, "Plan")
    language = _checked("grid", width, lang)
    drawing, height = calendars_drawing(day_grid(plan), width=width, lang=language)
    return standing_alone(
        title or TEXTS["plot_grid_title"][language],
        drawing,
        (width, height),
        keys=[
            Key(patch(fill=ground), f"{TEXTS['plot_fullness'][language]} {part}")
            for (ground, _), part in zip(LEVELS, _fullness(), strict=True)
        ],
    )


def _fullness() -> list[str]:
    shares = [round(100 * share) for share in SHADES]
    between = [f"{low}–{high}" for low, high in pairwise(shares)]
    return [f"< {shares[0]}", *between, f"≥ {shares[-1]}"]


def map(  # noqa: A001 - plot.map is the name a user looks for
    plan: PlanData,
    *,
    borders: Path | str | None = None,
    lang: Lang = "id",
    title: str | None = None,
    width: int = WIDTH,
) -> Chart:
    """
    Return kecamatan, schools sized by waiting pupils and the routes of the teams; no tiles.

    Args:
        plan: The plan.
        borders: GeoJSON with the outlines of kecamatan; those of the sample regency when None
            and most schools lie there.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels.

    Raises:
        InvalidFieldError: Another language, or an argument is of another kind.
        ReadError: *borders* is not GeoJSON with polygons.
    """
    arguments.one("plot.map", "plan", plan, PlanData, "Plan")
    language = _checked("map", width, lang)
    parts = map_parts(plan, borders_of(plan, borders))
    box = whole(parts)
    view = View(box, width) if box else None
    used = {route.team for route in parts.routes}
    teams = [
        Key(stroke(f"way team{place % TEAM_STYLES}"), team)
        for place, team in enumerate(parts.teams)
        if team in used
    ]
    circles = (("waiting", "plot_waiting_pupils"), ("recorded", "plot_recorded"))
    schools = [Key(_circle(style), TEXTS[name][language]) for style, name in circles]
    bases = [Key(_triangle(), TEXTS["plot_base"][language])] if used else []
    return standing_alone(
        title or TEXTS["plot_map_title"][language],
        map_drawing(parts, view, language) if view else Piece(),
        (width, view.height if view else 0),
        keys=[*teams, *schools, *bases],
    )


def _circle(style: str) -> Piece:
    return element("circle", cx=22, cy=5, r=6, class_=style)


def _triangle() -> Piece:
    return element("g", triangle(22, 6), class_="bases")


def frontier(
    points: Frontier | AnyTable, *, lang: Lang = "id", title: str | None = None, width: int = WIDTH
) -> Chart:
    """
    Return how many pupils each number of team-days records.

    Args:
        points: What `ek.frontier` returns, the table of `ek.what_if`, or any frame with columns
            team_days and recorded.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels.

    Raises:
        InvalidFieldError: Another language, or an argument is of another kind.
    """
    language, size = _checked("frontier", width, lang), (width, HEIGHT)
    table = points.table if isinstance(points, Frontier) else points
    axes = ("team_days", "recorded")
    data = frame_of(table, "points", needed=axes).lazy().select(axes).sort(axes).collect()
    drawing = points_drawing(
        data.rows(), axis=TEXTS["plot_pupils"][language], size=size, lang=language
    )
    below = TEXTS["plot_team_days"][language]
    return standing_alone(
        title or TEXTS["plot_frontier_title"][language], drawing, size, below=below
    )


def risk(
    simulation: Simulation, *, lang: Lang = "id", title: str | None = None, width: int = WIDTH
) -> Chart:
    """
    Return pupils recorded up to each date in the simulated seasons: P10 to P90, P50 and the plan.

    Args:
        simulation: What `ek.simulate` returns.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels.

    Raises:
        InvalidFieldError: Another language, or an argument is of another kind.
    """
    arguments.one("plot.risk", "simulation", simulation, Simulation)
    language = _checked("risk", width, lang)
    chart = seasons_chart(simulation, TEXTS["plot_pupils"][language])
    lines = {"recorded": "page_key_median", "planned": "page_key_planned_line"}
    return _over_days(chart, lines, title or TEXTS["plot_risk_title"][language], width, language)


def season(
    progress: SeasonProgress, *, lang: Lang = "id", title: str | None = None, width: int = WIDTH
) -> Chart:
    """
    Return pupils recorded up to today, expected from now on, and expected by the first plan.

    The band holds eight seasons of ten; the line above them is those who wait or were recorded.

    Args:
        progress: What `Season.progress` returns.
        lang: ``"id"`` or ``"en"``.
        title: What stands above it; the library's words when None.
        width: In pixels.

    Raises:
        InvalidFieldError: Another language, or an argument is of another kind.
    """
    arguments.one("plot.season", "progress", progress, SeasonProgress)
    language = _checked("season", width, lang)
    chart = season_chart(progress, TEXTS["plot_pupils"][language])
    lines = {
        "recorded": "page_progress_key_recorded",
        "expected": "page_progress_key_expected",
        "begun": "page_progress_key_begun",
        "waiting": "page_progress_due",
    }
    return _over_days(chart, lines, title or TEXTS["page_progress"][language], width, language)
