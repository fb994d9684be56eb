"""The report: one HTML file that opens offline, on a phone and an old PC, and prints on A4."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from school_ektp.model.achieved import SeasonProgress
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.extras import extra
from school_ektp.model.language import check_lang
from school_ektp.model.small_cells import FEWEST, MARK
from school_ektp.plan.data import PlanData
from school_ektp.plan.progress import progress
from school_ektp.plan.remedy import Remedy
from school_ektp.plan.simulation import Simulation
from school_ektp.report.charts import region_map as maps
from school_ektp.report.charts.borders import borders_of
from school_ektp.report.charts.chart import STYLE
from school_ektp.report.charts.day_chart import both_sizes, progress_chart, seasons_chart
from school_ektp.report.charts.svg import Piece, joined
from school_ektp.report.charts.team_calendars import LEVELS
from school_ektp.report.disclosure import Disclosure, disclosure_of
from school_ektp.report.html import achieved, sections
from school_ektp.report.html.week_grid import Week, about_days, closures, holidays, weeks
from school_ektp.report.html.words import Words
from school_ektp.report.letters.papers import Office
from school_ektp.report.summary import Summary, summary_of
from school_ektp.roster.check import CheckedRoster
from school_ektp.roster.frames import AnyTable

SECTIONS = ("read", "grid", "left_out", "curve", "map", "shares", "risk", "visits")
LARGEST = 1_000_000  # bytes; a larger page is drawn for one width only
WIDE, NARROW = 720, 340  # pixels of a drawing on the screen of a desk and of a phone


def page_html(
    plan: PlanData,
    *,
    lang: str = "id",
    roster: CheckedRoster | AnyTable | None = None,
    policy: EligibilityPolicy | None = None,
    residents_of: str | Collection[str] | None = None,
    remedies: Iterable[Remedy] = (),
    risk: Simulation | None = None,
    borders: Path | str | None = None,
    season: SeasonProgress | None = None,
    office: Office | None = None,
    fewest: int = FEWEST,
) -> str:
    """
    Return the report of a plan as HTML; arguments as for `report.plan.Plan.to_html`.

    The same arguments give the same bytes on every machine.
    """
    words = Words(check_lang(lang))
    checked = roster if isinstance(roster, CheckedRoster) else None
    rows = roster.valid if isinstance(roster, CheckedRoster) else roster
    disclosure = disclosure_of(plan, fewest)
    parts = maps.map_parts(plan, borders_of(plan, borders), disclosure)
    context = {
        "plan": plan,
        "words": words,
        "office": office,
        "sections": SECTIONS if season is None else ("progress", *SECTIONS),
        "season": None if season is None else achieved.section(season, words, fewest),
        "note": words("internal") if fewest == 1 else words("hidden", mark=MARK, fewest=fewest),
        "summary": _summary(plan, words, disclosure),
        "figures": sections.figures(plan, words),
        "violations": sections.violations(plan, words),
        "read": sections.read(plan, checked, words, disclosure),
        "issues": sections.issues(checked, words) if checked else None,
        **_grid(plan, weeks(plan, words.lang, disclosure), words),
        "left_shown": sections.SCHOOLS_SHOWN,
        "left": sections.left_rows(plan, remedies, words, disclosure),
        "curve": _curve(plan, words, fewest),
        "weekly": list(sections.weekly(plan, words)),
        "maps": list(_maps(parts, words)),
        "map_hidden": bool(parts.hidden),
        "routes": _choices(plan, parts, words),
        "unplaced": sections.unplaced(plan),
        "shares": sections.share_tables(
            plan, rows, policy, residents_of, words=words, disclosure=disclosure
        ),
        "risk": _risk(plan.outlook if risk is None else risk, words, drawn=risk is not None),
        "heaviest": sections.heaviest(plan, words, disclosure),
        "visits": list(sections.visit_rows(plan, words, disclosure)),
    }
    page = _rendered(context)
    if len(page.encode()) <= LARGEST:
        return page
    return _rendered({**context, "maps": list(_maps(parts, words, phone=False))})


def _summary(plan: PlanData, words: Words, disclosure: Disclosure) -> Summary:
    hidden = {str(key[1]) for key in disclosure.hidden if key[0] == "reason"}
    return summary_of(plan, words.lang, hidden=hidden, fewest=disclosure.fewest)


def _grid(plan: PlanData, shown: tuple[Week, ...], words: Words) -> dict[str, Any]:
    """Return what the section of teams and days needs, and the script that lists their visits."""
    return {
        "weeks": shown,
        "levels": LEVELS,
        "about_days": list(about_days(plan, shown, words.lang)),
        "grid_total": plan.recorded,
        "holidays": list(holidays(plan, words.lang)),
        "closures": list(closures(plan, words.lang)),
        "data": _data(shown, words),
    }


def _rendered(context: dict[str, Any]) -> str:
    with extra("report", "Plan.to_html()"):
        import jinja2
    loader = jinja2.PackageLoader("school_ektp.report.html")
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = (_source(environment, name) for name in ("report.css", "report.js"))
    style = Piece(STYLE.read_text(encoding="utf-8") + style)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = environment.get_template("report.html.j2")
    return template.render(**context, style=style, script=script, script_digest=digest)


def _source(environment: Any, name: str) -> Piece:  # noqa: ANN401 - jinja2 is imported lazily
    """Return a file of the templates as it stands."""
    text, _, _ = environment.loader.get_source(environment, name)
    return Piece(text)


def _curve(plan: PlanData, words: Words, fewest: int) -> Piece:
    days = progress(plan)
    chart = progress_chart(plan, words("pupils"), is_for_others=fewest > 1)
    about = words(
        "curve_alt",
        waiting_first=days[0].waiting,
        waiting_last=days[-1].waiting,
        recorded=plan.recorded,
        p10=plan.outlook.p10,
        p90=plan.outlook.p90,
        deadline=plan.calendar.last_day,
    )
    return both_sizes(chart, title=words("curve"), about=about, name="curve", lang=words.lang)


@attrs.frozen(kw_only=True)
class _Map:
    title: str
    drawing: Piece


def _maps(parts: maps.MapParts, words: Words, *, phone: bool = True) -> Iterator[_Map]:
    """
    Yield the whole map and, where schools crowd, a part of it enlarged.

    Without drawings for a *phone*, that shows the large ones and scrolls.
    """
    about = words(
        "map_alt",
        schools=len(parts.spots),
        routes=len(parts.routes),
    )
    views = (("map", maps.whole(parts)), ("map_near", maps.crowded(parts)))
    for key, box in views:
        if box is None:
            continue
        title = words(key)
        drawn = [
            Piece(f'<div class="{kind if phone else "both"}">')
            + maps.map_svg(
                parts,
                box,
                title=title,
                about=about,
                name=f"{key}-{kind}",
                width=width,
                lang=words.lang if kind == "wide" else None,
            )
            + Piece("</div>")
            for kind, width in (("wide", WIDE), ("narrow", NARROW))[: 2 if phone else 1]
        ]
        yield _Map(title=title if key != "map" else "", drawing=joined(*map(Piece, drawn)))


@attrs.frozen(kw_only=True)
class _Choices:
    """What the routes on the map can be narrowed down to."""

    teams: tuple[tuple[int, str], ...]
    days: tuple[tuple[str, str], ...]


def _choices(plan: PlanData, parts: maps.MapParts, words: Words) -> _Choices:
    used = {route.team for route in parts.routes}
    days = sorted({route.day for route in parts.routes})
    return _Choices(
        teams=tuple((n, team) for n, team in enumerate(plan.names.teams) if team in used),
        days=tuple((day.isoformat(), words.day(day)) for day in days),
    )


@attrs.frozen(kw_only=True)
class _Risk:
    sentence: str
    drawing: Piece


def _risk(simulated: Simulation, words: Words, *, drawn: bool) -> _Risk:
    """Return what a simulation says; the outlook of the plan is drawn with the curve already."""
    ends = {"p10": simulated.p10, "p50": simulated.p50, "p90": simulated.p90}
    sentence = words("risk_sentence", seasons=simulated.seasons, **ends)
    return _Risk(sentence=sentence, drawing=_risk_chart(simulated, words) if drawn else Piece())


def _risk_chart(simulated: Simulation, words: Words) -> Piece:
    return both_sizes(
        seasons_chart(simulated, words("pupils")),
        title=words("risk"),
        about=words("risk_alt"),
        name="risk",
        lang=words.lang,
    )


def _data(grid: Iterable[Week], words: Words) -> dict[str, Any]:
    """Return what the script needs; it stands in the page as JSON, never as code."""
    days = {
        cell.target: cell.label
        for week in grid
        for row in week.rows
        for cell in row.cells
        if cell.target
    }
    return {"days": days, "close": words("close")}
