"""
The page that an office sends upwards every fortnight: HTML and text, for others' eyes.

Small counts are hidden, and with them what would give them away (`model.suppression`). The curve
is drawn in tens, so that no count can be read off it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from school_ektp.files import write_text
from school_ektp.model import arguments
from school_ektp.model.achieved import Achieved, SeasonProgress
from school_ektp.model.language import Lang, check_lang, percent
from school_ektp.model.messages import FORTNIGHT
from school_ektp.model.small_cells import FEWEST, MARK
from school_ektp.model.suppression import Published, Row, published
from school_ektp.report.charts.chart import STYLE as CHART_STYLE
from school_ektp.report.charts.day_chart import DayChart, Line, band_of, day_chart, in_tens
from school_ektp.report.charts.svg import Piece, element, joined
from school_ektp.report.html.achieved import point_in_tens
from school_ektp.report.html.words import Words
from school_ektp.report.letters.papers import Office

SIZE = (720, 300)
STYLES = (CHART_STYLE, Path(__file__).parent / "templates" / "fortnight.css")
_TARGET = "target"
TOTAL: Row = ()


@attrs.frozen
class FortnightPage:
    """
    Progress as a page for others; small counts are hidden in all of it.

    Attributes:
        progress: How far the season has come.
        lang: ``"id"`` or ``"en"``.
        office: Who reports; nobody is named when None.
        fewest: Counts from 1 to one less are hidden.
    """

    progress: SeasonProgress = attrs.field(repr=False)
    lang: Lang = attrs.field(default="id", converter=check_lang)
    office: Office | None = None
    fewest: int = FEWEST

    def text(self) -> str:
        """Return the page as lines of text."""
        words, sheet = _words(self.lang), _Sheet(self)
        blocks = [
            "\n".join(filter(None, (words("title"), *self._from(), sheet.period))),
            "\n".join(sheet.sentences),
            *(table.text() for table in sheet.tables()),
            sheet.note,
        ]
        return "\n\n".join(blocks) + "\n"

    def html(self) -> str:
        """Return the page as one HTML document, which needs no other file; it prints on A4."""
        words, sheet = _words(self.lang), _Sheet(self)
        head = element(
            "head",
            Piece('<meta charset="utf-8">'),
            Piece('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", f"{words('title')}, {sheet.period}"),
            element("style", Piece("".join(one.read_text(encoding="utf-8") for one in STYLES))),
        )
        lead, *others = sheet.sentences
        body = element(
            "body",
            element("h1", words("title")),
            *(element("p", line) for line in self._from()),
            element("p", sheet.period),
            element("p", lead, class_="lead"),
            *(element("p", line) for line in others),
            element("h2", words("curve")),
            element("figure", sheet.curve(), element("figcaption", words("curve_about"))),
            *(table.html() for table in sheet.tables()),
            element("p", sheet.note, class_="note"),
        )
        return f"<!doctype html>\n{element('html', head, body, lang=self.lang)}\n"

    def to_html(self, file: Path | str) -> Path:
        """
        Write `html` to a file, whole or not at all, and return it.

        Raises:
            WriteError: The file cannot be written.
        """
        return write_text(file, self.html())

    def to_text(self, file: Path | str) -> Path:
        """
        Write `text` to a file, whole or not at all, and return it.

        Raises:
            WriteError: The file cannot be written.
        """
        return write_text(file, self.text())

    def _from(self) -> list[str]:
        names = (self.office.name, self.office.region) if self.office else ()
        return [line for line in names if line]


def _words(lang: Lang) -> Words:
    return Words(lang, FORTNIGHT, "")


@attrs.frozen(kw_only=True)
class _Table:
    """A table of texts: the first column names the row, the others are numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    areas: frozenset[int] = frozenset()  # rows that are sums of those below them
    total: tuple[str, ...]

    def text(self) -> str:
        rows = [self._indented(place, line) for place, line in enumerate(self.rows)]
        lines = [self.headings, *rows, self.total]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        aligned = [
            f"{line[0]:<{widths[0]}}  "
            + "  ".join(f"{cell:>{w}}" for cell, w in zip(line[1:], widths[1:], strict=True))
            for line in lines
        ]
        rule = "-" * len(aligned[0])
        head, *body, total = aligned
        return "\n".join([self.title, head, rule, *body, rule, total])

    def _indented(self, place: int, line: tuple[str, ...]) -> tuple[str, ...]:
        inside = self.areas and place not in self.areas
        return (f"  {line[0]}", *line[1:]) if inside else line

    def html(self) -> Piece:
        rows = [
            self._row("tr", line, "row", class_="area" if place in self.areas else None)
            for place, line in enumerate(self.rows)
        ]
        return joined(
            element("h2", self.title),
            element(
                "table",
                element("thead", self._row("tr", self.headings, "col")),
                element("tbody", *rows),
                element("tfoot", self._row("tr", self.total, "row")),
            ),
        )

    def _row(self, tag: str, line: Sequence[str], scope: str, **named: str | None) -> Piece:
        name, *cells = line
        kind = "th" if scope == "col" else "td"
        numbers = (
            element(kind, cell, class_="n", scope="col" if scope == "col" else None)
            for cell in cells
        )
        return element(tag, element("th", name, scope=scope), *numbers, **named)


class _Sheet:
    """What the page says, in words and numbers."""

    def __init__(self, page: FortnightPage) -> None:
        self.progress, self.lang, self.fewest = page.progress, page.lang, page.fewest
        self.words = _words(page.lang)
        has_presumed = any(one.achieved.presumed for one in self.progress.sites)
        self.columns = ("before", "recorded", *(["presumed"] if has_presumed else []), "left")
        self.names: dict[Row, str] = {}
        self.table = self._published()

    def _published(self) -> Published:
        rows: dict[Row, dict[str, int]] = {}
        for one in self.progress.sites:
            row = one.kecamatan, one.site
            self.names[row] = one.name
            self.names[row[:1]] = one.kecamatan or self.words("unknown")
            rows[row] = {name: _count(one.achieved, name) for name in self.columns}
        return published(rows, total=_TARGET, fewest=self.fewest)

    @property
    def period(self) -> str:
        until = self.progress.on - dt.timedelta(days=1)
        since = min(self.progress.since, until)
        return self.words("period", since=since, until=until)

    @property
    def sentences(self) -> list[str]:
        progress, words, total = self.progress, self.words, self.progress.total
        last = progress.last_day
        shown = {name: self.table.shown((), name) for name in (_TARGET, *self.columns)}
        kind = "lead_presumed" if "presumed" in self.columns else "lead"
        lead = words(kind, **shown, so_far=self._known(()), share=self._share(()), last_day=last)
        ends = {
            "expected": total.so_far + total.to_come,
            "p10": progress.low - progress.on_no_roster,
            "p90": progress.high - progress.on_no_roster,
        }
        until = progress.on - dt.timedelta(days=1)
        sentences = [lead]
        if (TOTAL, _TARGET) not in self.table.hidden:
            sentences.append(
                words("ends", last_day=last, **{key: _rounded(n) for key, n in ends.items()})
            )
        sentences.append(words("planned", planned=_rounded(total.planned), until=until))
        if total.outside:
            sentences.append(words("outside", outside=self._few(total.outside)))
        if progress.office_only:
            sentences.append(words("office", office=self._few(progress.office_only)))
        if in_tens(max(progress.walk_ins, progress.at_office)):
            besides = {key: _rounded(count) for key, count in progress.besides.items()}
            key = "besides" if in_tens(progress.at_office_high) else "besides_visits"
            sentences.append(words(key, **besides))
        return sentences

    def tables(self) -> Iterator[_Table]:
        words, progress = self.words, self.progress
        numbers = (words(_TARGET), *(words(f"column_{c}") for c in self.columns), words("share"))
        areas = sorted({row[:1] for row in self.names})
        yield _Table(
            title=words("by_kecamatan"),
            headings=(words("kecamatan"), *numbers),
            rows=tuple((self.names[row], *self._cells(row)) for row in areas),
            total=(words("sum"), *self._cells(())),
        )
        rows = sorted(self.names)
        yield _Table(
            title=words("by_school"),
            headings=(words("school"), *numbers),
            rows=tuple((self.names[row], *self._cells(row)) for row in rows),
            areas=frozenset(place for place, row in enumerate(rows) if row in areas),
            total=(words("sum"), *self._cells(())),
        )
        if progress.teams:
            effort = [(one.visits, one.failed, one.team_days) for one in progress.teams]
            yield _Table(
                title=words("by_team"),
                headings=(words("team"), words("visits"), words("failed"), words("team_days")),
                rows=tuple(
                    (one.team, *map(words.number, counts))
                    for one, counts in zip(progress.teams, effort, strict=True)
                ),
                total=(
                    words("sum"),
                    *(self.words.number(sum(c)) for c in zip(*effort, strict=True)),
                ),
            )

    @property
    def note(self) -> str:
        return self.words("hidden", sign=MARK, small=self.fewest)

    def curve(self) -> Piece:
        points = [point_in_tens(one) for one in self.progress.dates]
        chart = DayChart(
            days=tuple(one.day for one in points),
            lines=(
                Line(style="waiting", values=tuple(one.planned for one in points), steps=True),
                Line(style="recorded", values=tuple(one.expected for one in points), steps=True),
            ),
            bands=(band_of(points),),
            axis="",
        )
        return day_chart(
            chart,
            title=self.words("curve"),
            about=self.words("curve_about"),
            name="fortnight",
            size=SIZE,
            lang=self.lang,
        )

    # Numbers

    def _cells(self, row: Row) -> list[str]:
        counts = (self.table.shown(row, column) for column in (_TARGET, *self.columns))
        return [*map(self.words.number, counts), self._share(row)]

    def _known(self, row: Row) -> int | None:
        """Return those recorded if what is shown gives their number."""
        parts = [self.table.shown(row, column) for column in self.columns if column != "left"]
        known = [count for count in parts if count is not None]
        if len(known) == len(parts):
            return sum(known)
        target, left = self.table.shown(row, _TARGET), self.table.shown(row, "left")
        return None if target is None or left is None else target - left

    def _share(self, row: Row) -> str:
        so_far, target = self._known(row), self.table.shown(row, _TARGET)
        return MARK if so_far is None or target is None else percent(so_far, target, self.lang)

    def _few(self, count: int) -> int | str:
        return self.words("few", small=self.fewest) if 0 < count < self.fewest else count


def _rounded(count: int) -> int:
    return in_tens(max(count, 0))


def _count(one: Achieved, column: str) -> int:
    if column == "left":
        return one.stayed_away + one.waiting + one.later
    return int(getattr(one, column))


@arguments.checked
def fortnight_page(
    progress: SeasonProgress,
    *,
    lang: str = "id",
    office: Office | None = None,
    fewest: int = FEWEST,
) -> FortnightPage:
    """
    Return the page that an office sends upwards.

    Target, recorded before and in the days reported, and not recorded, by kecamatan and school;
    the curve; how it is expected to end; visits of the teams. Expectations are shown in tens.

    Args:
        progress: How far the season has come.
        lang: ``"id"`` or ``"en"``.
        office: Who reports; nobody is named when None.
        fewest: Counts from 1 to one less are hidden, and what would give them away within a table.

    Raises:
        InvalidFieldError: Another language, or *fewest* is below 1.
    """
    return FortnightPage(progress, check_lang(lang), office, fewest)
