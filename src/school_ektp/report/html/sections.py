"""What each section of the page says, ready to be laid out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import attrs
import polars as pl

from school_ektp.model.clock import clock_text
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.groups import grouped
from school_ektp.model.messages import HINTS
from school_ektp.model.small_cells import MARK
from school_ektp.model.visit import Visit
from school_ektp.plan.account import pupil_account
from school_ektp.plan.coverage import Share, coverage_by, coverage_by_sex, coverage_in_all
from school_ektp.plan.data import PlanData
from school_ektp.plan.day_grid import WEEK
from school_ektp.plan.days import team_days
from school_ektp.plan.left_out import LeftOut, reason_text, why_text
from school_ektp.plan.progress import progress
from school_ektp.plan.remedy import Remedy
from school_ektp.report.charts.svg import Piece, element
from school_ektp.report.disclosure import MEASURES, Disclosure, value_of
from school_ektp.report.html.week_grid import target
from school_ektp.report.html.words import Words
from school_ektp.report.plan_text import priority_text, violation_text
from school_ektp.roster.check import CheckedRoster
from school_ektp.roster.frames import AnyTable

PLACES_SHOWN = 8  # of one kind
SCHOOLS_SHOWN = 12  # with pupils left out, before the others are folded
HEAVIEST = 5  # team-days listed under risk


@attrs.frozen(kw_only=True)
class Figure:
    """One of the large numbers at the top."""

    value: str
    label: str
    note: str


def figures(plan: PlanData, words: Words) -> tuple[Figure, ...]:
    """Return recorded, coverage, team-days and those left out."""
    share = coverage_in_all(plan)
    left = plan.waiting - plan.recorded
    schools = len({one.site for one in plan.left_out_list})
    return (
        Figure(
            value=words.number(plan.recorded),
            label=words("recorded"),
            note=words(
                "of_waiting",
                waiting=plan.waiting,
                p10=plan.outlook.p10,
            ),
        ),
        Figure(
            value=words.percent(share.before + share.recorded, share.people),
            label=words("coverage"),
            note=words("coverage_before", before=words.percent(share.before, share.at_first)),
        ),
        Figure(
            value=words.number(plan.team_days),
            label=words("team_days"),
            note=words("by_teams", teams=len({visit.team for visit in plan.visit_list})),
        ),
        Figure(
            value=words.number(left),
            label=words("left"),
            note=words("at_schools", schools=schools),
        ),
    )


def violations(plan: PlanData, words: Words) -> list[str]:
    """Return everything that the plan breaks or could not keep as a sentence."""
    return [violation_text(plan, fault, words.lang) for fault in plan.violations]


# What was read ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Read:
    """
    Where every pupil is.

    Attributes:
        total: Name and number of all.
        places: Name and number of each place.
        difference: Pupils that are in none, or in two; 0 when roster and plan belong together.
    """

    total: tuple[str, int]
    places: tuple[tuple[str, int | None], ...]
    difference: int


_LISTED_BELOW = frozenset({"refused", "left_school"})  # places of rows, with an issue for each


def read(
    plan: PlanData, checked: CheckedRoster | None, words: Words, disclosure: Disclosure
) -> Read:
    """
    Return where every pupil is: of the files when *checked* is given, else of the demand.

    Rows that put themselves out are never hidden: the issues below list them one by one.
    """
    if checked is None:
        counts = _places_of_demand(plan)
        total, whole = sum(counts.values()), "pupils_in_all"
    else:
        counts = attrs.asdict(pupil_account(checked, plan))
        total, whole = counts.pop("rows_read"), "rows_read"
    out = {name: rows for name, rows in counts.items() if name in _LISTED_BELOW}
    shown = disclosure.sums({name: rows for name, rows in counts.items() if name not in out})
    return Read(
        total=(words(whole), total),
        places=tuple((words(f"place_{name}"), out.get(name, shown.get(name))) for name in counts),
        difference=total - sum(counts.values()),
    )


def _places_of_demand(plan: PlanData) -> dict[str, int]:
    last = plan.calendar.last_day
    return {
        "recorded_before": plan.recorded_before,
        "set_aside": sum(demand.set_aside for demand in plan.demand),
        "too_young": sum(demand.not_yet(last) for demand in plan.demand),
        "served": plan.recorded,
        "waiting": plan.waiting - plan.recorded,
    }


@attrs.frozen(kw_only=True)
class IssueKind:
    """Issues of the roster check that read alike."""

    severity: str
    message: str
    count: int
    where: str


def issues(checked: CheckedRoster, words: Words) -> tuple[IssueKind, ...]:
    """Return the issues by kind and sentence, refusals first, with the first places of each."""
    found = (
        checked.issues_in(words.lang)
        .sort("severity", "rule", "message", "file", "sheet", "row", nulls_last=True)
        .group_by("severity", "rule", "message", maintain_order=True)
        .agg(pl.len().alias("count"), pl.struct("file", "sheet", "row").alias("places"))
    )
    return tuple(
        IssueKind(
            severity=words(f"severity_{row['severity']}"),
            message=row["message"],
            count=row["count"],
            where=_where(row["places"], words),
        )
        for row in found.iter_rows(named=True)
    )


def _where(places: list[dict[str, Any]], words: Words) -> str:
    """Return ``a.xlsx Sheet row 7, 9; b.xlsx Sheet row 3 and 12 more``."""
    rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for place in places[:PLACES_SHOWN]:
        known = place["row"] is not None
        rows[place["file"], place["sheet"]] += [str(place["row"])] if known else []
    listed = [
        words("where_row", file=file, sheet=sheet, row=", ".join(numbers))
        if numbers
        else f"{file} {sheet}"
        for (file, sheet), numbers in rows.items()
    ]
    text = "; ".join(" ".join(one.split()) for one in listed)
    more = len(places) - PLACES_SHOWN
    return f"{text} {words('where_more', count=more)}" if more > 0 else text


# Who is left out ----------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Why:
    """
    Why some of the pupils left out at a school are.

    Attributes:
        pupils: How many, and of which priority class.
        why: The reason.
        hint: What usually helps; empty when verified remedies are listed instead.
    """

    pupils: str
    why: str
    hint: str


@attrs.frozen(kw_only=True)
class Left:
    """Pupils left out at one school."""

    school: str
    kecamatan: str
    pupils: int | None
    whys: tuple[Why, ...]
    remedies: tuple[str, ...]


def left_rows(
    plan: PlanData, remedies: Iterable[Remedy], words: Words, disclosure: Disclosure
) -> tuple[Left, ...]:
    """
    Return the schools with pupils left out, most pupils first; those whose number is hidden last.

    Figures in a reason and in a remedy are counts of the school, too: both are shortened
    where its number is hidden.
    """
    verified = grouped(remedies, lambda remedy: remedy.site)
    pupils = {
        left: disclosure.count(left.pupils, "why", number)
        for number, left in enumerate(plan.left_out_list)
    }
    rows = []
    for site, lefts in sorted(grouped(plan.left_out_list, lambda left: left.site).items()):
        hidden = any(pupils[left] is None for left in lefts)
        helps = () if hidden else tuple(one.text(words.lang) for one in verified[site])
        rows.append(
            Left(
                school=plan.school_by_npsn[site].name,
                kecamatan=plan.school_by_npsn[site].kecamatan,
                pupils=disclosure.count(sum(left.pupils for left in lefts), "left", site),
                whys=_alike_once(
                    _why(plan, left, pupils[left], words, hint=not helps, short=hidden)
                    for left in lefts
                ),
                remedies=helps,
            )
        )
    return tuple(sorted(rows, key=lambda row: -(row.pupils or 0)))


def _alike_once(whys: Iterable[Why]) -> tuple[Why, ...]:
    """Say each reason once, for all classes that have it."""
    alike = grouped(whys, lambda one: attrs.evolve(one, pupils=""))
    return tuple(
        attrs.evolve(one, pupils=", ".join(each.pupils for each in some))
        for one, some in alike.items()
    )


def _why(
    plan: PlanData, left: LeftOut, pupils: int | None, words: Words, *, hint: bool, short: bool
) -> Why:
    classes = plan.names.priorities
    label = priority_text(classes[left.priority], words.lang) if len(classes) > 1 else ""
    hints = dict.fromkeys(HINTS[part.reason][words.lang] for part in left.parts or (left,))
    return Why(
        pupils=f"{words.number(pupils)} ({label})" if label else words.number(pupils),
        why=reason_text([left], words.lang) if short else why_text(left, words.lang),
        hint="; ".join(hints) if hint else "",
    )


# Progress -----------------------------------------------------------------------------------


def weekly(plan: PlanData, words: Words) -> Iterator[tuple[str, int, int, int]]:
    """Yield the last day of each week: waiting, expected, and reached in nine seasons of ten."""
    days = progress(plan)
    for one, p10 in zip(days, plan.outlook.by_date["p10"], strict=True):
        if one.day.weekday() == WEEK - 1 or one is days[-1]:
            yield words.date(one.day), one.waiting, one.recorded, p10


# Coverage -----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class ShareRow:
    """One line of a table of coverage."""

    name: str
    before: str
    after: str
    recorded: int | None
    left: int | None
    bar: Piece
    total: bool = False


@attrs.frozen(kw_only=True)
class ShareTable:
    """Coverage by one thing."""

    title: str
    head: str
    rows: tuple[ShareRow, ...]
    note: str = ""


def share_tables(
    plan: PlanData,
    roster: AnyTable | None,
    policy: EligibilityPolicy | None,
    residents_of: str | Collection[str] | None,
    *,
    words: Words,
    disclosure: Disclosure,
) -> tuple[ShareTable, ...]:
    """Return coverage by kecamatan, by level and, when there is a roster, by sex."""
    by_place = (_by_place(plan, by, words, disclosure) for by in ("kecamatan", "level"))
    sexes = () if roster is None else coverage_by_sex(plan, roster, policy, residents_of)
    by_sex = ShareTable(
        title=words("by_sex"),
        head=words("sex"),
        rows=tuple(
            _share_row(attrs.evolve(share, name=words(f"sex_{share.name}")), words, hidden)
            for share, hidden in _hidden_of(sexes, disclosure)
        ),
        note=words("sex_missing" if roster is None else "sex_about"),
    )
    return (*by_place, by_sex)


def _by_place(plan: PlanData, by: str, words: Words, disclosure: Disclosure) -> ShareTable:
    rows = []
    for share in coverage_by(plan, by):
        hidden = [one for one in MEASURES if (by, one, share.name) in disclosure.hidden]
        rows.append(_share_row(share, words, hidden))
    whole = attrs.evolve(coverage_in_all(plan), name=words("all"))
    rows.append(attrs.evolve(_share_row(whole, words, ()), total=True))
    return ShareTable(title=words(f"by_{by}"), head=words(by), rows=tuple(rows))


def _hidden_of(
    shares: Collection[Share], disclosure: Disclosure
) -> Iterator[tuple[Share, list[str]]]:
    """Yield groups of pupils with the measures that are hidden; the sums of all are known."""
    lists = {
        measure: disclosure.sums({share.name: value_of(share, measure) for share in shares})
        for measure in MEASURES
    }
    for share in shares:
        yield share, [measure for measure in MEASURES if lists[measure][share.name] is None]


def _share_row(share: Share, words: Words, hidden: Collection[str]) -> ShareRow:
    """Return a line; shares of a hidden count would give it away, and so would the bar."""
    few = bool(hidden)
    return ShareRow(
        name=share.name,
        before=MARK if few else words.percent(share.before, share.at_first),
        after=MARK if few else words.percent(share.before + share.recorded, share.people),
        recorded=None if "recorded" in hidden else share.recorded,
        left=None if "left" in hidden else share.left_out,
        bar=Piece() if few else _bar(share, words),
    )


def _bar(share: Share, words: Words) -> Piece:
    """Return the parts of a whole as a bar 100 wide."""
    parts = {"before": share.before, "recorded": share.recorded, "left": share.left_out}
    label = words("bar", **parts)
    whole, x, drawn = max(share.people, 1), 0.0, []
    for name, value in parts.items():
        width = 100 * value / whole
        drawn.append(element("rect", x=x, y=0, width=width, height=10, class_=f"part-{name}"))
        x += width
    return element(
        "svg",
        *drawn,
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        class_="bar",
        role="img",
        aria_label=label,
    )


# Risk and visits ----------------------------------------------------------------------------


def heaviest(
    plan: PlanData, words: Words, disclosure: Disclosure
) -> list[tuple[str, str, int | None]]:
    """Return date, team and pupils of the team-days that would be missed most."""
    days = sorted(team_days(plan), key=lambda one: (-one.pupils, one.day, one.team))
    return [
        (words.day(one.day), one.team, disclosure.count(one.pupils, "team_day", one.day, one.team))
        for one in days[:HEAVIEST]
    ]


@attrs.frozen(kw_only=True)
class VisitRow:
    """One visit in the list; *target* is the id of the first of a team-day, else empty."""

    target: str
    key: str
    day: str
    team: str
    school: str
    kecamatan: str
    time: str
    called: int | None
    recorded: int | None


def visit_rows(plan: PlanData, words: Words, disclosure: Disclosure) -> Iterator[VisitRow]:
    """Yield the visits by date, team and start."""
    places = {visit: number for number, visit in enumerate(plan.visit_list)}
    for one in team_days(plan):
        key = target(one.day, plan.names.teams.index(one.team))
        for number, visit in enumerate(one.visits):
            school = plan.school_by_npsn[visit.site]
            recorded = disclosure.count(visit.recorded, "visit", places[visit])
            yield VisitRow(
                target="" if number else key,
                key=key,
                day=words.day(one.day),
                team=one.team,
                school=school.name,
                kecamatan=school.kecamatan,
                time=_time(visit, whole=recorded is not None),
                called=None
                if recorded is None or 0 < visit.called < disclosure.fewest
                else visit.called,
                recorded=recorded,
            )


def _time(visit: Visit, *, whole: bool) -> str:
    """Return start and end; the end would show how many there is time for."""
    start = clock_text(visit.start)
    return f"{start}–{clock_text(visit.end)}" if whole else f"{start}–{MARK}"


def unplaced(plan: PlanData) -> str:
    """Return the names of schools without a place, joined."""
    return ", ".join(plan.school_by_npsn[site].name for site in plan.names.unplaced)
