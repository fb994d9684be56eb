"""From roster rows to who waits at each school: the demand that planning works from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import polars as pl

from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.eligibility import FIRST_BIRTH, EligibilityPolicy
from school_ektp.model.priorities import Priorities
from school_ektp.roster.eligibility import opens_on
from school_ektp.roster.priorities import priority_rank

REGENCY_LENGTH = 5  # of "17.02"


def is_elsewhere(residents_of: str | Collection[str]) -> pl.Expr:
    """Boolean: registered in a regency other than these (codes such as "17.02"). Never null."""
    codes = [residents_of] if isinstance(residents_of, str) else sorted(residents_of)
    regency = pl.col("home_region").fill_null("").str.head(REGENCY_LENGTH)
    return ~regency.is_in(["", *codes])


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


def demand_of(
    roster: pl.DataFrame | pl.LazyFrame,
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
        roster.lazy()
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
    return tuple(_school(npsn, list(found), priorities.labels) for npsn, found in by_school)


Row = tuple[str, int | None, str, dt.date | None, bool, int]


def _school(npsn: str, rows: list[Row], labels: tuple[str, ...]) -> SchoolDemand:
    here = [row for row in rows if row[3] is None]
    return SchoolDemand(
        npsn=npsn,
        groups=tuple(_groups((row for row in rows if row[3] is not None), labels)),
        recorded=sum(row[5] for row in here if row[4]),
        set_aside=sum(row[5] for row in here if not row[4]),
    )


def _groups(rows: Iterable[Row], labels: tuple[str, ...]) -> Iterator[WaitingGroup]:
    for (priority, class_name), found in groupby(rows, key=itemgetter(1, 2)):
        yield WaitingGroup(
            priority=priority,
            label=labels[priority],
            class_name=class_name,
            steps=tuple((row[3], row[5]) for row in found if row[3]),
        )
