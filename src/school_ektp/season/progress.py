"""Target against actual: by date, school, class, team and kecamatan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

import attrs
import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.achieved import (
    Achieved,
    AtDate,
    ClassProgress,
    SeasonProgress,
    SiteProgress,
    TeamProgress,
)
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.groups import grouped, summed
from school_ektp.plan.data import PlanData
from school_ektp.plan.simulation import simulate
from school_ektp.season.calls import Call
from school_ektp.season.ledger import Ledger
from school_ektp.season.standing import Standing

FORTNIGHT = 14
_P90 = 1.2816  # standard deviations above the mean

_COUNTS = {
    "target": pl.Int64,  # the sum of before, recorded, presumed, stayed_away, waiting and later
    "before": pl.Int64,  # recorded in the season before the days that are reported
    "recorded": pl.Int64,  # recorded in the days that are reported
    "presumed": pl.Int64,  # expected at visits whose outcome nobody has reported
    "stayed_away": pl.Int64,  # wait; were called and did not come
    "waiting": pl.Int64,  # wait; were never called
    "later": pl.Int64,  # come of age by the last day
    "outside": pl.Int64,  # recorded too, on no roster and in no target
    "planned": pl.Int64,  # the first plan expected so many by now
    "to_come": pl.Int64,  # the plan of today expects so many from now on
}
#: One row per school, by NPSN. Internal: small counts are not hidden.
BY_SITE = pl.Schema(
    [("site", pl.String), ("name", pl.String), ("kecamatan", pl.String), *_COUNTS.items()]
)
#: One row per kecamatan, by name. Internal, like all frames of progress.
BY_KECAMATAN = pl.Schema([("kecamatan", pl.String), *_COUNTS.items()])
#: One row per class that the roster tells apart, by NPSN and class.
BY_CLASS = pl.Schema(
    {
        "site": pl.String,
        "class_name": pl.String,  # empty for pupils of no class that is told apart
        "gone": pl.Int64,  # recorded, or found not to be waited for, since the roster
        "waiting": pl.Int64,
        "later": pl.Int64,
    }
)
#: One row per team with visits, by name.
BY_TEAM = pl.Schema(
    {
        "team": pl.String,
        "visits": pl.Int64,  # that took place
        "failed": pl.Int64,  # planned visits that did not
        "team_days": pl.Int64,
        "called": pl.Int64,
        "came": pl.Int64,
        "recorded": pl.Int64,
        "expected": pl.Int64,  # by the plan, of planned visits
    }
)
#: One row per day of the season.
BY_DATE = pl.Schema(
    {
        "date": pl.Date,
        "due": pl.Int64,  # began to wait by then, recorded since or not
        "planned": pl.Int64,  # the first plan
        "recorded": pl.Int64,  # null for days to come
        "expected": pl.Int64,  # recorded, and what the plan of today expects
        "p10": pl.Int64,
        "p90": pl.Int64,
    }
)


@attrs.frozen(kw_only=True)
class ProgressTables:
    """
    Progress in frames; for the office's own eyes, since small counts are not hidden.

    Attributes:
        by_date: See `BY_DATE`.
        by_site: See `BY_SITE`.
        by_class: See `BY_CLASS`.
        by_team: See `BY_TEAM`.
        by_kecamatan: See `BY_KECAMATAN`.
    """

    by_date: pl.DataFrame = attrs.field(repr=False)
    by_site: pl.DataFrame = attrs.field(repr=False)
    by_class: pl.DataFrame = attrs.field(repr=False)
    by_team: pl.DataFrame = attrs.field(repr=False)
    by_kecamatan: pl.DataFrame = attrs.field(repr=False)


def progress_tables(progress: SeasonProgress) -> ProgressTables:
    """
    Return progress in frames.

    Raises:
        InvalidFieldError: It is something else.
    """
    hint = "SeasonProgress, as Season.progress() gives it"
    arguments.one("progress_tables", "progress", progress, SeasonProgress, hint)

    def frame(rows: Iterable[tuple[object, ...]], schema: pl.Schema) -> pl.DataFrame:
        return pl.DataFrame([*rows], schema=schema, orient="row")

    sites = ((one.site, one.name, one.kecamatan, *_cells(one.achieved)) for one in progress.sites)
    districts = ((name, *_cells(one)) for name, one in progress.by_kecamatan.items())
    return ProgressTables(
        by_date=frame(map(attrs.astuple, progress.dates), BY_DATE),
        by_site=frame(sites, BY_SITE),
        by_class=frame(map(attrs.astuple, progress.classes), BY_CLASS),
        by_team=frame(map(attrs.astuple, progress.teams), BY_TEAM),
        by_kecamatan=frame(districts, BY_KECAMATAN),
    )


def _cells(one: Achieved) -> list[int]:
    return [getattr(one, name) for name in _COUNTS]


def before(ledger: Ledger, day: dt.date) -> Ledger:
    """Return what had happened before a day, as it is known now."""
    return Ledger(
        [one for one in ledger.outcomes if one.day < day],
        [one for one in ledger.office if one.day < day],
    )


def season_progress(
    began: PlanData,
    now: PlanData,
    *,
    where: Standing,
    ledger: Ledger,
    since: dt.date,
    earlier: Standing,
    roster: Iterable[SchoolDemand],
    walk_ins: float = 0.0,
) -> SeasonProgress:
    """
    Return how far a season has come.

    Args:
        began: The first plan.
        now: The plan of today, of the season as it stands.
        where: Where the season stands.
        ledger: What happened.
        since: First day of those that are reported.
        earlier: Where the season stood on that day, from what is known now, see `before`.
        roster: The latest roster, counted; classes are taken from it.
        walk_ins: Pupils who walk in at a visit.

    Raises:
        InvalidFieldError: *since* is after the day on which the season stands.
    """
    if since > where.on:
        owner = "progress"
        fault = f"must not be after {where.on}, got {since}"
        raise InvalidFieldError(owner, "since", fault)
    dates = tuple(_dates(began, now, where, ledger))
    return SeasonProgress(
        on=where.on,
        since=since,
        last_day=now.calendar.last_day,
        dates=dates,
        sites=tuple(_sites(began, now, where, earlier)),
        classes=tuple(_classes(now, where, roster)),
        teams=tuple(_teams(where.calls)),
        office_only=where.places.get(("", "at_office"), 0),
        low=dates[-1].low,
        high=dates[-1].high,
        walk_ins=round(walk_ins * _visits_to_come(now, where.on)),
        **_office_to_come(now, where.on, ledger),
    )


def _visits_to_come(now: PlanData, on: dt.date) -> float:
    """Return how many of the visits from a day on are expected to take place."""
    coming = [visit for visit in now.visit_list if visit.day >= on]
    return sum(now.risks.held_at(visit.site, visit.team) for visit in coming)


def _office_to_come(now: PlanData, on: dt.date, ledger: Ledger) -> dict[str, int]:
    """
    Return how many the office records in the days left, if as many a day as so far.

    With P10 and P90 of a count whose variance is so many times its mean as it was from day to day
    (McCullagh and Nelder 1989, *Generalized Linear Models*, 2nd edition, 6.2), once or more.
    """
    first, last = now.calendar.first_day, now.calendar.last_day
    gone, left = (on - first).days, max((last - on).days + 1, 0)
    by_day = summed((one.day, one.recorded) for one in ledger.office if first <= one.day < on)
    seen = by_day.total()
    if gone < 1 or not seen:
        return {}
    daily, expected = seen / gone, seen * left / gone
    squares = sum((some - daily) ** 2 for some in by_day.values())
    squares += (gone - len(by_day)) * daily**2
    times = max(squares / max(gone - 1, 1) / daily, 1.0)
    half = _P90 * (times * expected * (1 + left / gone)) ** 0.5
    return {
        "at_office": round(expected),
        "at_office_low": round(max(expected - half, 0)),
        "at_office_high": round(expected + half),
    }


def _sites(
    began: PlanData, now: PlanData, where: Standing, earlier: Standing
) -> Iterator[SiteProgress]:
    schools = {school.npsn: school for school in now.schools}
    planned = summed((one.site, one.recorded) for one in began.visit_list if one.day < where.on)
    to_come = summed((one.site, one.recorded) for one in now.visit_list if one.day >= where.on)
    for demand in where.demand:
        site, school = demand.npsn, schools.get(demand.npsn)
        known, first = _known(where.places, site), _known(earlier.places, site)
        on, last = demand.on(where.on), demand.on(now.calendar.last_day)
        away = where.places.get((site, "stayed_away"), 0)
        yield SiteProgress(
            site=site,
            name=school.name if school else site,
            kecamatan=school.kecamatan if school else "",
            achieved=Achieved(
                before=min(first, known),
                recorded=max(known - first, 0),
                presumed=where.places.get((site, "presumed"), 0),
                stayed_away=away,
                waiting=on - away,
                later=max(last - on, 0),
                outside=where.places.get((site, "outside"), 0),
                planned=planned[site],
                to_come=to_come[site],
            ),
        )


def _known(places: Mapping[tuple[str, str], int], site: str) -> int:
    """Return pupils of the roster recorded in the season, those presumed left out."""
    recorded = sum(places.get((site, place), 0) for place in ("recorded", "at_office"))
    return max(recorded - places.get((site, "outside"), 0), 0)


def _classes(
    now: PlanData, where: Standing, roster: Iterable[SchoolDemand]
) -> Iterator[ClassProgress]:
    last = now.calendar.last_day
    first, due, in_all = (
        summed(
            ((one.npsn, group.class_name), group.on(day)) for one in demand for group in one.groups
        )
        for demand, day in ((roster, last), (where.demand, where.on), (where.demand, last))
    )
    for key in sorted({*first, *due}):
        site, name = key
        yield ClassProgress(
            site=site,
            class_name=name,
            gone=max(first[key] - in_all[key], 0),
            waiting=due[key],
            later=in_all[key] - due[key],
        )


def _teams(calls: Iterable[Call]) -> Iterator[TeamProgress]:
    for team, several in sorted(grouped(calls, lambda call: call.team).items()):
        held = [call for call in several if call.held]
        yield TeamProgress(
            team=team,
            visits=len(held),
            failed=sum(call.planned and not call.held for call in several),
            team_days=len({call.day for call in held}),
            called=sum(call.first + call.again for call in held),
            came=sum(call.came for call in held),
            recorded=sum(call.recorded for call in held),
            expected=sum(call.expected or 0 for call in several),
        )


# The curve ----------------------------------------------------------------------------------


def _dates(began: PlanData, now: PlanData, where: Standing, ledger: Ledger) -> Iterator[AtDate]:
    first, last = began.calendar.first_day, now.calendar.last_day
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    recorded, planned, coming = (
        [*accumulate(counts[day] for day in days)]
        for counts in (
            _recorded_by_day(where, ledger, first),
            summed((one.day, one.recorded) for one in began.visit_list),
            summed((one.day, one.recorded) for one in now.visit_list if one.day >= where.on),
        )
    )
    bands = {day: (low, high) for day, low, high in _bands(now)}
    due = _due([*began.demand], where, days)
    known = next((recorded[n] for n in reversed(range(len(days))) if days[n] < where.on), 0)
    for place, day in enumerate(days):
        past = day < where.on
        low, high = (0, 0) if past else bands.get(day, (0, 0))
        actual = recorded[place] if past else known
        yield AtDate(
            day=day,
            due=due[place],
            planned=planned[place],
            recorded=actual if past else None,
            expected=actual + coming[place],
            low=actual + low,
            high=actual + high,
        )


def _bands(now: PlanData) -> Iterator[tuple[dt.date, int, int]]:
    """Yield how many the plan of today records from today on, P10 and P90."""
    frame = simulate(now).by_date
    yield from zip(frame["date"], frame["p10"], frame["p90"], strict=True)


def _recorded_by_day(where: Standing, ledger: Ledger, first: dt.date) -> Counter[dt.date]:
    """Return pupils recorded on each day; those of days before the season count on its first."""
    unreported = (one for one in where.issues if one.kind == "no_outcome")
    counts = [
        *((one.day, one.recorded) for one in where.calls),
        *((one.day, one.recorded) for one in ledger.office),
        *((one.day, one.amount) for one in unreported),
    ]
    return summed((max(day, first), pupils) for day, pupils in counts)


def _due(demand: Sequence[SchoolDemand], where: Standing, days: Sequence[dt.date]) -> list[int]:
    """Return how many had begun to wait by each day: as the first roster had it, then as now."""
    first = [sum(one.on(day) for one in demand) for day in days if day < where.on]
    gone = sum(
        _known(where.places, one.npsn) + where.places.get((one.npsn, "presumed"), 0)
        for one in where.demand
    )
    later = [gone + sum(one.on(day) for one in where.demand) for day in days if day >= where.on]
    return [*first, *later]
