"""Lines over the days of a season as SVG: recorded against a waiting line that grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from school_ektp.model.achieved import AtDate, SeasonProgress
from school_ektp.model.language import Lang, number, short_date
from school_ektp.plan.data import PlanData
from school_ektp.plan.progress import progress
from school_ektp.plan.simulation import Simulation
from school_ektp.report.charts.svg import Piece, decimal, element, joined, path, ticks

TENS = 10
LABEL_WIDTH = 46  # a date with room on both sides
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 46, 14, 26, 30


@attrs.frozen(kw_only=True)
class Line:
    """
    One line of a chart.

    Attributes:
        style: Class of the style sheet.
        values: One for each day.
        steps: Stay on a value until the next day instead of rising towards it.
    """

    style: str
    values: tuple[int, ...]
    steps: bool = False


@attrs.frozen(kw_only=True)
class Band:
    """The space between two rows of values, one for each day; each stays until the next day."""

    style: str
    low: tuple[int, ...]
    high: tuple[int, ...]


@attrs.frozen(kw_only=True)
class DayChart:
    """
    What a chart over days shows.

    Attributes:
        days: The days.
        lines: Drawn in this order.
        bands: Drawn below the lines.
        axis: Title of the axis of numbers, with the unit.
    """

    days: tuple[dt.date, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...] = ()
    axis: str


def in_tens(count: int) -> int:
    """Return a count to the nearest ten, as it is drawn for others."""
    return (count + TENS // 2) // TENS * TENS


def progress_chart(plan: PlanData, axis: str, *, is_for_others: bool = False) -> DayChart:
    """
    Return recorded against waiting, with the band of eight seasons of ten.

    For others those who wait are drawn in tens: each step of theirs is somebody's birthday.
    """
    days, band = progress(plan), plan.outlook.by_date
    waiting = tuple(in_tens(one.waiting) if is_for_others else one.waiting for one in days)
    return DayChart(
        days=plan.calendar.days,
        lines=(
            Line(style="waiting", values=waiting),
            Line(style="recorded", values=tuple(one.recorded for one in days), steps=True),
        ),
        bands=(Band(style="band", low=tuple(band["p10"]), high=tuple(band["p90"])),),
        axis=axis,
    )


def seasons_chart(simulation: Simulation, axis: str) -> DayChart:
    """Return the middle of the seasons played against the plan, with their band."""
    table = simulation.by_date.sort("date")
    p10, p50, p90, planned = (tuple(table[name]) for name in ("p10", "p50", "p90", "planned"))
    return DayChart(
        days=tuple(table["date"]),
        lines=(
            Line(style="planned", values=planned, steps=True),
            Line(style="recorded", values=p50, steps=True),
        ),
        bands=(Band(style="band", low=p10, high=p90),),
        axis=axis,
    )


def band_of(points: Sequence[AtDate]) -> Band:
    """Return what eight seasons of ten lie in, from P10 to P90 of each day."""
    low, high = (tuple(getattr(one, end) for one in points) for end in ("low", "high"))
    return Band(style="band", low=low, high=high)


def season_chart(progress: SeasonProgress, axis: str) -> DayChart:
    """Return what happened so far, what is expected now, and what the first plan expected."""
    points = progress.dates
    recorded = tuple(one.recorded for one in points if one.recorded is not None)
    return DayChart(
        days=tuple(one.day for one in points),
        lines=(
            Line(style="waiting", values=tuple(one.due for one in points)),
            Line(style="begun", values=tuple(one.planned for one in points), steps=True),
            Line(style="expected", values=tuple(one.expected for one in points), steps=True),
            *([Line(style="recorded", values=recorded, steps=True)] if recorded else []),
        ),
        bands=(band_of(points),),
        axis=axis,
    )


@attrs.frozen
class _Frame:
    """Where days and numbers lie on a drawing of *width* × *height*."""

    chart: DayChart
    width: int
    height: int

    @property
    def marks(self) -> list[int]:
        values = [value for line in self.chart.lines for value in line.values]
        values += [value for band in self.chart.bands for value in band.high]
        return ticks(max(values, default=0), 4)

    def x(self, index: int) -> float:
        inner = self.width - MARGIN_LEFT - MARGIN_RIGHT
        return MARGIN_LEFT + inner * index / max(len(self.chart.days) - 1, 1)

    def y(self, value: int) -> float:
        inner = self.height - MARGIN_TOP - MARGIN_BOTTOM
        return MARGIN_TOP + inner * (1 - value / self.marks[-1])

    @property
    def right(self) -> int:
        return self.width - MARGIN_RIGHT

    @property
    def bottom(self) -> int:
        return self.height - MARGIN_BOTTOM


def day_chart(
    chart: DayChart, *, title: str, about: str, name: str, size: tuple[int, int], lang: Lang
) -> Piece:
    """
    Return the chart as an SVG element of a *size* in pixels; its text keeps its size.

    *title* and *about* are for screen readers; *name* begins the ids, which are unique on a page.
    """
    return element(
        "svg",
        element("title", title, id=f"{name}-t"),
        element("desc", about, id=f"{name}-d"),
        day_drawing(chart, size=size, lang=lang),
        viewBox=f"0 0 {size[0]} {size[1]}",
        class_="chart",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )


def day_drawing(chart: DayChart, *, size: tuple[int, int], lang: Lang) -> Piece:
    """Return what the chart draws within *size*, width and height in pixels."""
    frame = _Frame(chart, *size)
    return joined(
        *_number_axis(frame, lang),
        *_day_axis(frame, lang),
        *(_band(frame, band) for band in chart.bands),
        *(_line(frame, line) for line in chart.lines),
    )


def _number_axis(frame: _Frame, lang: Lang) -> Iterable[Piece]:
    for value in frame.marks:
        y = frame.y(value)
        yield element("path", d=f"M{MARGIN_LEFT} {decimal(y)}H{frame.right}", class_="rule")
        yield element("text", number(value, lang), x=MARGIN_LEFT - 6, y=y + 4, text_anchor="end")
    yield element("text", frame.chart.axis, x=MARGIN_LEFT - 6, y=12, text_anchor="end")


def _day_axis(frame: _Frame, lang: Lang) -> Iterable[Piece]:
    for index in _labelled(frame):
        day, x = frame.chart.days[index], frame.x(index)
        anchor = "end" if index == len(frame.chart.days) - 1 and index else "middle"
        yield element("path", d=f"M{decimal(x)} {frame.bottom}v5", class_="rule strong")
        x = min(x + 12, frame.width - 2) if anchor == "end" else x
        yield element("text", short_date(day, lang), x=x, y=frame.bottom + 18, text_anchor=anchor)
    yield element("path", d=f"M{MARGIN_LEFT} {frame.bottom}H{frame.right}", class_="rule strong")
    last = decimal(frame.x(len(frame.chart.days) - 1))
    yield element("path", d=f"M{last} {MARGIN_TOP}V{frame.bottom}", class_="deadline")


def _labelled(frame: _Frame) -> list[int]:
    """Return the first day, the last, and Mondays between with room for their dates."""
    last = len(frame.chart.days) - 1
    shown = [0]
    for index, day in enumerate(frame.chart.days):
        room = min(frame.x(index) - frame.x(shown[-1]), frame.x(last) - frame.x(index) - 12)
        if day.weekday() == 0 and room >= LABEL_WIDTH:
            shown.append(index)
    return shown if last == 0 else [*shown, last]


def _points(frame: _Frame, values: Sequence[int], *, steps: bool) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        if steps and points:
            points.append((frame.x(index), points[-1][1]))
        points.append((frame.x(index), frame.y(value)))
    return points


def _line(frame: _Frame, line: Line) -> Piece:
    points = _points(frame, line.values, steps=line.steps)
    return element("path", d=path(points), class_=f"line {line.style}")


def _band(frame: _Frame, band: Band) -> Piece:
    high, low = (_points(frame, values, steps=True) for values in (band.high, band.low))
    return element("path", d=path([*high, *reversed(low)], closed=True), class_=band.style)


def both_sizes(chart: DayChart, *, title: str, about: str, name: str, lang: Lang) -> Piece:
    """Return the chart twice, for a screen of a desk and of a phone; a page shows one of them."""
    drawn = [
        element(
            "div",
            day_chart(chart, title=title, about=about, name=f"{name}-{kind}", size=size, lang=lang),
            class_=kind,
        )
        for kind, size in (("wide", (720, 320)), ("narrow", (340, 300)))
    ]
    return joined(*drawn)
