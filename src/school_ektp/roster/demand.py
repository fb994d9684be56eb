"""From roster rows to who waits at each school: the demand that planning works from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.eligibility import FIRST_BIRTH, EligibilityPolicy, PupilStatus
from school_ektp.model.priorities import Priorities
from school_ektp.roster.counting import STEP, count_rows, count_steps
from school_ektp.roster.eligibility import is_waiting, opens_on, status
from school_ektp.roster.frames import (
    COUNTED,
    AnyTable,
    ArrowTable,
    Frame,
    is_in_memory,
    lazy,
    same_kind,
    takes_frames,
)
from school_ektp.roster.priorities import priority_rank
from school_ektp.roster.schema import ROSTER

REGENCY_LENGTH = 5  # of "17.02"
_ONLY = "__only__"
_ALL = "__all__"
_EVERY_ROW = pl.lit("all", dtype=pl.Enum(["all"])).alias(_ALL)  # the key when there is none


def is_elsewhere(residents_of: str | Collection[str]) -> pl.Expr:
    """Boolean: registered in a regency other than these (codes such as "17.02"). Never null."""
    codes = [residents_of] if isinstance(residents_of, str) else [*_codes(residents_of)]
    regency = pl.col("home_region").fill_null("").str.head(REGENCY_LENGTH)
    return ~regency.is_in(["", *codes])


def _codes(residents_of: Collection[str]) -> tuple[str, ...]:
    hint = "codes of regencies, such as '17.02'"
    return arguments.several("demand_of", "residents_of", residents_of, str, hint)


def is_set_aside(
    *, residents_of: str | Collection[str] | None = None, on: dt.date | None = None
) -> pl.Expr:
    """
    Boolean: nobody waits for this pupil here. Never null.

    True when the birth date is unknown, before 1900 or after *on*, and for those registered
    outside *residents_of* when that is given.
    """
    born = pl.col("birth_date")
    plausible = born >= FIRST_BIRTH if on is None else born.is_between(FIRST_BIRTH, on)
    aside = ~plausible.fill_null(False)
    return aside if residents_of is None else aside | is_elsewhere(residents_of)


@takes_frames(roster=ROSTER)
def demand_of(
    roster: AnyTable,
    policy: EligibilityPolicy | None = None,
    *,
    priorities: Priorities | None = None,
    by_class: bool = False,
    residents_of: str | Collection[str] | None = None,
    on: dt.date | None = None,
) -> tuple[SchoolDemand, ...]:
    """
    Count the pupils of each school: who waits from which day, who is recorded, who set aside.

    Every row is counted once: `SchoolDemand.pupils` over all schools is the number of rows.
    A recorded pupil counts as recorded whatever else holds.

    Args:
        roster: Complete roster rows.
        policy: Who may be recorded from which day; the default policy when None.
        priorities: Classes recorded first; all alike when None.
        by_class: Keep classes (rombel) apart, for absences of classes.
        residents_of: Codes of the regencies whose residents are recorded here, such as
            ``"17.02"``; pupils registered elsewhere are set aside. All are recorded when None.
        on: The day the roster is of; later birth dates are then impossible and set aside.

    Returns:
        One demand per school, in the order of NPSN.
    """
    policy, priorities = policy or EligibilityPolicy(), priorities or Priorities()
    waits = ~pl.col("recorded") & ~is_set_aside(residents_of=residents_of, on=on)
    counts = (
        lazy(roster)
        .select(
            pl.col("npsn").cast(pl.String),
            pl.col("recorded"),
            pl.when(waits).then(opens_on(policy)).alias("opens_on"),
            pl.when(waits).then(priority_rank(priorities)).alias("priority"),
            pl.when(waits & by_class).then(pl.col("class_name").cast(pl.String)).fill_null(""),
        )
        .group_by(pl.all())
        .agg(pl.len().alias("pupils"))
        .sort("npsn", "priority", "class_name", "opens_on", "recorded")
        .collect()
    )
    rows = counts.select("npsn", "priority", "class_name", "opens_on", "recorded", "pupils")
    by_school = groupby(rows.iter_rows(), key=itemgetter(0))
    return tuple(_school(npsn, list(found), priorities.labels, on) for npsn, found in by_school)


Row = tuple[str, int | None, str, dt.date | None, bool, int]


def _school(
    npsn: str, rows: list[Row], labels: tuple[str, ...], on: dt.date | None
) -> SchoolDemand:
    here = [row for row in rows if row[3] is None]
    return SchoolDemand(
        npsn=npsn,
        groups=tuple(_groups((row for row in rows if row[3] is not None), labels)),
        recorded=sum(row[5] for row in here if row[4]),
        set_aside=sum(row[5] for row in here if not row[4]),
        as_of=on,
    )


def _groups(rows: Iterable[Row], labels: tuple[str, ...]) -> Iterator[WaitingGroup]:
    for (priority, class_name), found in groupby(rows, key=itemgetter(1, 2)):
        yield WaitingGroup(
            priority=priority,
            label=labels[priority],
            class_name=class_name,
            steps=tuple((row[3], row[5]) for row in found if row[3]),
        )


@takes_frames(roster=ROSTER)
def compact(roster: Frame | ArrowTable) -> Frame:
    """
    Return the roster with schools and classes as Enum, sorted: a quarter of the memory.

    Counting is two to three times as fast, and results sort by the same texts.
    For Parquet files prefer `coded`. A lazy roster is read once to learn the names.

    Args:
        roster: Roster rows.
    """
    keys = [key for key in COUNTED if key in lazy(roster).collect_schema()]
    found = pl.collect_all(
        [lazy(roster).select(pl.col(key).unique().cast(pl.String)).drop_nulls() for key in keys]
    )
    kinds = [pl.Enum(names.to_series().sort()) for names in found]
    columns = [pl.col(key).cast(kind) for key, kind in zip(keys, kinds, strict=True)]
    return same_kind(lazy(roster).with_columns(columns), roster)


@takes_frames(roster=ROSTER)
def coded(roster: Frame | ArrowTable) -> tuple[Frame, dict[str, pl.Enum]]:
    """
    Return the roster with schools and classes as numbers, and the names they stand for.

    The form for a nation in Parquet: numbers are read ten times as fast as names.
    Hand the names to `waiting_on` and `waiting_by_day`, which then show them.

    Args:
        roster: Roster rows.
    """
    packed = lazy(compact(roster))
    kinds = {name: kind for name, kind in packed.collect_schema().items() if name in COUNTED}
    names = {name: kind for name, kind in kinds.items() if isinstance(kind, pl.Enum)}
    numbers = packed.lazy().with_columns(pl.col(name).to_physical() for name in names)
    return same_kind(numbers, roster), names


@takes_frames(roster=ROSTER)
def waiting_on(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    on: dt.date,
    by: str | Sequence[str] = ("npsn", "class_name"),
    residents_of: str | Collection[str] | None = None,
    names: Mapping[str, pl.Enum] | None = None,
) -> Frame:
    """
    Count who waits on one day, by school and class or any other columns.

    Rows are filtered first, so combinations nobody waits in are not listed; `status_counts`
    accounts for every row.

    Args:
        roster: Complete roster rows; see `compact` for large ones.
        policy: Who may be recorded from which day; the default policy when None.
        on: The day.
        by: Columns to count by; all rows together when empty.
        residents_of: As for `demand_of`.
        names: The names of a roster whose keys are numbers, see `coded`.

    Returns:
        The columns *by* and ``waiting`` (UInt32), sorted by *by*.
    """
    waits = is_waiting(policy or EligibilityPolicy(), on=on)
    keys = by or (_ALL,)
    waiting = _only(roster, waits & ~is_set_aside(residents_of=residents_of))
    counted = count_rows(
        waiting.with_columns(_EVERY_ROW).select(keys),
        keys,
        names=names or {},
        into="waiting",
        now=is_in_memory(roster),
    )
    return same_kind(counted.select(*by, "waiting"), roster)


def _only(roster: AnyTable, condition: pl.Expr) -> pl.LazyFrame:
    """
    Return the rows that meet a condition.

    The condition is computed as a column first, out of reach of the Parquet reader: where half of
    the rows stay, reading them all is twice as fast as reading those that stay.
    """
    return lazy(roster).with_columns(condition.alias(_ONLY)).filter(_ONLY).drop(_ONLY)


@takes_frames(roster=ROSTER)
def waiting_by_day(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    first_day: dt.date,
    last_day: dt.date,
    by: str | Sequence[str] = ("npsn",),
    residents_of: str | Collection[str] | None = None,
    names: Mapping[str, pl.Enum] | None = None,
) -> Frame:
    """
    Count who waits on each day of a span, by school or any other columns.

    One grouping by the day on which recording opens, then running sums; no row is looked at twice.

    Args:
        roster: Complete roster rows; birth dates after *first_day* are taken as impossible.
        policy: Who may be recorded from which day; the default policy when None.
        first_day: First day of the span.
        last_day: Last day of the span.
        by: Columns to count by; all rows together when empty.
        residents_of: As for `demand_of`.
        names: The names of a roster whose keys are numbers, see `coded`.

    Returns:
        The columns *by*, ``day`` and ``waiting`` (UInt32), sorted by these; every day for every
        combination in which anybody waits on the last day.
    """
    if last_day < first_day:
        fault = f"must not be before the first day {first_day}, got {last_day}"
        raise InvalidFieldError("waiting_by_day", "last_day", fault)
    policy = policy or EligibilityPolicy()
    days = pl.date_range(first_day, last_day, eager=True).alias("day")
    waits = is_waiting(policy, on=last_day)
    aside = is_set_aside(residents_of=residents_of, on=first_day)
    step, lasts = _birth_steps(policy, days)
    keys = by or (_ALL,)
    counted = count_steps(
        _only(roster, waits & ~aside).with_columns(_EVERY_ROW).select(*keys, step.alias(STEP)),
        keys,
        names=names or {},
        steps=lasts[-1] + 1,
        shown=pl.DataFrame([days, lasts.alias(STEP)]),
        into="waiting",
        now=is_in_memory(roster),
    )
    return same_kind(counted.select(*by, "day", "waiting"), roster)


def _birth_steps(policy: EligibilityPolicy, days: pl.Series) -> tuple[pl.Expr, pl.Series]:
    """
    Return the step of each pupil open on the last day, and the step open on each day.

    Recording opens in the order of birth, so the steps are birth dates, counted from the last one
    open on the first day; the elder and the married are at step 0.
    """
    cutoffs = [policy.cutoff(day).born_by or FIRST_BIRTH for day in days]
    lasts = pl.Series([(last - cutoffs[0]).days for last in cutoffs], dtype=pl.UInt32)
    first = (cutoffs[0] - dt.date(1970, 1, 1)).days
    step = pl.col("birth_date").to_physical().clip(first) - first
    if policy.opening.married:
        step = pl.when(pl.col("married").fill_null(False)).then(0).otherwise(step)
    return step.cast(pl.UInt32, wrap_numerical=True), lasts


@takes_frames(roster=ROSTER)
def status_counts(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    on: dt.date,
    by: str | Sequence[str] = ("npsn",),
) -> Frame:
    """
    Count all rows by where they stand on a day: every row in exactly one place.

    Args:
        roster: Complete roster rows.
        policy: Who may be recorded from which day; the default policy when None.
        on: The day.
        by: Columns to count by; all rows together when empty.

    Returns:
        The columns *by*, ``pupils`` (all rows) and one column for each `PupilStatus` in lower
        case, sorted by *by*. All counts are UInt32.
    """
    stands = status(policy or EligibilityPolicy(), on=on)
    counts = [(pl.col(STEP) == one.value).sum().alias(one.value.lower()) for one in PupilStatus]
    rows = lazy(roster).select(*by, stands.alias(STEP))
    counted = rows.group_by(by).agg(pl.len().alias("pupils"), *counts).sort(by)
    return same_kind(counted, roster)
