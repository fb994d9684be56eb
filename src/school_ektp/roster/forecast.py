"""What comes: who may be recorded from which day, whose card falls due, what a new class adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from school_ektp.model import arguments
from school_ektp.model.ages import YEAR_MONTHS, LeapDay, latest_birth
from school_ektp.model.eligibility import CARD_YEARS, FIRST_BIRTH, EligibilityPolicy
from school_ektp.roster.eligibility import card_on, is_known, is_recorded, opens_on
from school_ektp.roster.frames import ArrowTable, Frame, lazy, same_kind, takes_frames
from school_ektp.roster.schema import ROSTER

#: What a list of pupils shows; the identity columns only when asked for.
LIST_COLUMNS = ("npsn", "class_name", "sex", "grade")
NAMED_COLUMNS = ("student_id", "name", "birth_date")

JULY = 7  # the academic year begins in mid-July


@takes_frames(roster=ROSTER)
def opening_counts(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    first_day: dt.date,
    last_day: dt.date,
    by: str | Sequence[str] = ("npsn",),
) -> Frame:
    """
    Count for how many not recorded pupils recording opens on each day of a span.

    Args:
        roster: Complete roster rows, and any columns joined to them, such as ``kecamatan``.
        policy: The default policy when None.
        first_day: First day of the span.
        last_day: Last day of the span.
        by: Columns to count by, such as ``("npsn", "class_name", "sex")``.

    Returns:
        The columns *by*, ``opens_on`` and ``pupils`` (UInt32), sorted by these; only days on which
        recording opens for somebody. Pupils whose day lies before the span are waiting already.
    """
    rows = _opening(roster, policy, first_day, last_day).group_by(*by, "opens_on")
    return same_kind(rows.agg(pl.len().alias("pupils")).sort(*by, "opens_on"), roster)


@takes_frames(roster=ROSTER)
def opening_list(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    first_day: dt.date,
    last_day: dt.date,
    named: bool = False,
) -> Frame:
    """
    List the pupils for whom recording opens in a span: the birthday list of a month.

    Args:
        roster: Complete roster rows.
        policy: The default policy when None.
        first_day: First day of the span.
        last_day: Last day of the span.
        named: Show student, name and birth date too.

    Returns:
        ``opens_on``, `LIST_COLUMNS` and, when asked for, `NAMED_COLUMNS`; sorted by day, school,
        class and student. Recorded pupils are left out.
    """
    rows = _opening(roster, policy, first_day, last_day)
    return same_kind(_listed(rows, "opens_on", named=named), roster)


@takes_frames(roster=ROSTER)
def print_list(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    first_day: dt.date,
    last_day: dt.date,
    named: bool = False,
) -> Frame:
    """
    List the recorded pupils who must hold a card from a day of a span: cards to print.

    Args:
        roster: Complete roster rows.
        policy: The default policy when None.
        first_day: First day of the span.
        last_day: Last day of the span.
        named: Show student, name and birth date too.

    Returns:
        As `opening_list`, with ``card_on``: the day from which a card must be held, or the day of
        recording when that came later, as it does for the married and for those past 17.
    """
    due = card_on(policy or EligibilityPolicy())
    prints = pl.max_horizontal(due, "recorded_on").alias("card_on")
    rows = lazy(roster).filter(is_recorded(on=last_day) & is_known(on=last_day))
    within = rows.with_columns(prints).filter(pl.col("card_on").is_between(first_day, last_day))
    return same_kind(_listed(within, "card_on", named=named), roster)


@takes_frames(roster=ROSTER)
def polling_list(
    roster: Frame | ArrowTable,
    *,
    polling_day: dt.date,
    years: int = CARD_YEARS,
    leap_day: LeapDay = LeapDay.MARCH_1,
    named: bool = False,
) -> Frame:
    """
    List the pupils who may vote on a polling day and still need their recording.

    Who is 17 by that day, or married, may vote.

    Args:
        roster: Complete roster rows.
        polling_day: The day.
        years: Voting age.
        leap_day: What holds where the month lacks the day of birth.
        named: Show student, name and birth date too.

    Returns:
        ``turns_on`` (the birthday; null for the married who are younger), `LIST_COLUMNS` and, when
        asked for, `NAMED_COLUMNS`; sorted by day, school, class and student.
    """
    age = EligibilityPolicy(recording=years, card=years, leap_day=leap_day)
    last = latest_birth(polling_day, years * YEAR_MONTHS, leap_day) or FIRST_BIRTH
    in_time = pl.col("birth_date") <= last
    voters = in_time | pl.col("married").fill_null(False)
    rows = lazy(roster).filter(voters & ~pl.col("recorded") & is_known(on=polling_day))
    turns = pl.when(in_time).then(opens_on(age)).alias("turns_on")
    return same_kind(_listed(rows.with_columns(turns), "turns_on", named=named), roster)


@takes_frames(roster=ROSTER)
def july_cohorts(
    roster: Frame | ArrowTable,
    policy: EligibilityPolicy | None = None,
    *,
    first_year: int,
    years: int = 3,
    by: str | Sequence[str] = ("npsn",),
) -> Frame:
    """
    Count what each academic year adds: pupils for whom recording opens between two Julys.

    Of a roster of new pupils (class X) it says when the work that they bring will come.

    Args:
        roster: Complete roster rows, those of a new class for instance.
        policy: The default policy when None.
        first_year: The first academic year begins in July of this year.
        years: Number of academic years.
        by: Columns to count by; all rows together when empty.

    Returns:
        The columns *by*, ``academic_year`` ("2024/2025") and ``pupils`` (UInt32), sorted. Pupils
        open before the first July are counted as ``"before"``, those after the last one as
        ``"after"``; recorded ones and unknown birth dates are left out.
    """
    arguments.whole("july_cohorts", "first_year", first_year, least=1900, most=2100)
    arguments.whole("july_cohorts", "years", years, least=1, most=100)
    opens = opens_on(policy or EligibilityPolicy())
    julys: list[dt.date] = [dt.date(first_year + number, JULY, 1) for number in range(years + 1)]
    labels = ["before", *(f"{july.year}/{july.year + 1}" for july in julys[:-1]), "after"]
    kind = pl.Enum(labels)
    year_of: pl.Expr = pl.lit("after", dtype=kind)
    for label, end in reversed(list(zip(labels[:-1], julys, strict=True))):
        year_of = pl.when(opens < end).then(pl.lit(label, dtype=kind)).otherwise(year_of)
    known = ~pl.col("recorded") & is_known(on=julys[-1])
    counted = (
        lazy(roster)
        .filter(known)
        .group_by(*by, year_of.alias("academic_year"))
        .agg(pl.len().alias("pupils"))
        .sort(*by, "academic_year")
        .with_columns(pl.col("academic_year").cast(pl.String))
    )
    return same_kind(counted, roster)


def _opening(
    roster: Frame | ArrowTable, policy: EligibilityPolicy | None, first: dt.date, last: dt.date
) -> pl.LazyFrame:
    """Return who is not recorded and for whom recording opens in a span, with ``opens_on``."""
    opens = opens_on(policy or EligibilityPolicy()).alias("opens_on")
    rows = lazy(roster).filter(~pl.col("recorded") & is_known(on=last)).with_columns(opens)
    return rows.filter(pl.col("opens_on").is_between(first, last))


def _listed(rows: pl.LazyFrame, day: str, *, named: bool) -> pl.LazyFrame:
    shown = [day, *LIST_COLUMNS, *(NAMED_COLUMNS if named else ())]
    return rows.sort(day, "npsn", "class_name", "student_id").select(shown)
