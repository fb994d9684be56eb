"""
The section of a season: target against actual, for the office's own eyes or for others'.

For others, days and weeks are shown in tens, since one less than another is a day's count, and
teams by what they did, not by whom they met. Areas are left out: what the page says of its plan
hides other counts than a table of the season would, and one less the other gives them away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from school_ektp.model.achieved import Achieved, AtDate, SeasonProgress
from school_ektp.plan.day_grid import WEEK
from school_ektp.report.charts.day_chart import both_sizes, in_tens, season_chart
from school_ektp.report.charts.svg import Piece
from school_ektp.report.html.words import Words

_EFFORT = ("visits", "failed", "team_days")
_MET = ("called", "came", "recorded", "expected")


@attrs.frozen(kw_only=True)
class Table:
    """
    A table of texts; the first column names the row.

    Attributes:
        title: What it shows.
        headings: Of all columns.
        rows: Cells of each row, as many as headings.
        folded: Whether it opens on a click only.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folded: bool = False


@attrs.frozen(kw_only=True)
class Section:
    """
    Sentence, drawing and tables of the season so far.

    Attributes:
        sentence: How far it is, and where it ends.
        besides: Who is expected besides the plan; empty when nobody is.
        about: What the section shows.
        drawing: The curve.
        tables: By area, time and team.
    """

    sentence: str
    besides: str
    about: str
    drawing: Piece
    tables: tuple[Table, ...]


def section(progress: SeasonProgress, words: Words, fewest: int = 1) -> Section:
    """
    Return what the page says of a season on its day.

    With *fewest* above 1 the page is for others: schools, classes and kecamatan are left to the
    fortnightly page, which hides small counts of them, and what happened by time is shown in tens.
    """
    is_for_others = fewest > 1
    total = progress.total
    if is_for_others:
        progress = attrs.evolve(progress, dates=tuple(map(point_in_tens, progress.dates)))
    besides = progress.besides
    if is_for_others:
        besides = {key: in_tens(count) for key, count in besides.items()}
    sentence = words(
        "progress_sentence",
        on=progress.on,
        so_far=total.so_far,
        target=total.target,
        share=words.percent(total.so_far, total.target),
        last_day=progress.last_day,
        expected=total.so_far + total.to_come,
        low=progress.low - progress.on_no_roster,
        high=progress.high - progress.on_no_roster,
    )
    outside = in_tens(progress.on_no_roster) if is_for_others else progress.on_no_roster
    if outside:
        sentence = f"{sentence} {words('progress_outside', outside=outside)}"
    return Section(
        sentence=sentence,
        besides=words(
            "progress_besides" if besides["high"] else "progress_besides_visits", **besides
        )
        if besides["walk_ins"] or besides["at_office"]
        else "",
        about=words("progress_about_others" if is_for_others else "progress_about"),
        drawing=_drawing(progress, sentence, words),
        tables=tuple(_tables(progress, words, is_for_others=is_for_others)),
    )


def point_in_tens(one: AtDate) -> AtDate:
    """Return the counts of a day in tens, from which no count of a single day follows."""
    return AtDate(
        day=one.day,
        due=in_tens(one.due),
        planned=in_tens(one.planned),
        recorded=None if one.recorded is None else in_tens(one.recorded),
        expected=in_tens(one.expected),
        low=in_tens(one.low),
        high=in_tens(one.high),
    )


def _drawing(progress: SeasonProgress, about: str, words: Words) -> Piece:
    chart = season_chart(progress, words("pupils"))
    title = words("progress")
    return both_sizes(chart, title=title, about=about, name="progress", lang=words.lang)


def _tables(progress: SeasonProgress, words: Words, *, is_for_others: bool) -> Iterator[Table]:
    if not is_for_others:
        yield from _by_area(progress, words)
    yield from _by_time_and_team(progress, words, _EFFORT if is_for_others else (*_EFFORT, *_MET))


def _by_area(progress: SeasonProgress, words: Words) -> Iterator[Table]:
    counts = ("target", "so_far", "presumed", "waits", "later", "planned", "to_come", "share")
    areas = [*progress.by_kecamatan.items(), (words("sum"), progress.total)]
    rows = [(name, *_cells(one, words)) for name, one in areas]
    yield _table(words, "by_kecamatan", ("kecamatan", *counts), rows)
    rows = [(one.name, *_cells(one.achieved, words)) for one in progress.sites]
    yield _table(words, "by_school", ("school", *counts), rows, folded=True)
    if progress.classes:
        names = {one.site: one.name for one in progress.sites}
        rows = [
            (
                " ".join(filter(None, (names.get(one.site, one.site), one.class_name))),
                *map(words.number, (one.gone, one.waiting, one.later)),
            )
            for one in progress.classes
        ]
        yield _table(words, "by_class", ("school", "so_far", "waits", "later"), rows, folded=True)


def _table(
    words: Words,
    title: str,
    headings: Iterable[str],
    rows: Iterable[tuple[str, ...]],
    *,
    folded: bool = False,
) -> Table:
    return Table(
        title=words(f"progress_{title}"),
        headings=tuple(words(f"progress_{name}") for name in headings),
        rows=tuple(rows),
        folded=folded,
    )


def _by_time_and_team(
    progress: SeasonProgress, words: Words, columns: tuple[str, ...]
) -> Iterator[Table]:
    if progress.teams:
        yield Table(
            title=words("progress_by_team"),
            headings=(words("team"), *(words(f"progress_{name}") for name in columns)),
            rows=tuple(
                (one.team, *(words.number(getattr(one, name)) for name in columns))
                for one in progress.teams
            ),
        )
    weeks = (_week(one, words) for one in _week_ends(progress))
    yield _table(words, "by_week", ("week_end", "due", "planned", "so_far"), weeks, folded=True)


def _cells(one: Achieved, words: Words) -> tuple[str, ...]:
    waits = one.stayed_away + one.waiting
    counts = one.target, one.so_far, one.presumed, waits, one.later, one.planned, one.to_come
    return (*map(words.number, counts), words.percent(one.so_far, one.target))


def _week_ends(progress: SeasonProgress) -> Iterator[AtDate]:
    last = progress.dates[-1:]
    yield from (one for one in progress.dates if one.day.weekday() == WEEK - 1 or one in last)


def _week(one: AtDate, words: Words) -> tuple[str, ...]:
    known = one.recorded is not None
    expected = words.number(one.expected) if known else f"({words.number(one.expected)})"
    return words.date(one.day), words.number(one.due), words.number(one.planned), expected
