"""Birth-date heaping: too many births on a few days say that days of birth were made up."""

from __future__ import annotations

import datetime as dt

import polars as pl

from school_ektp.errors import InvalidFieldError
from school_ektp.roster.chance import at_least
from school_ektp.roster.frames import ArrowTable, Frame, lazy, same_kind, takes_frames
from school_ektp.roster.schema import ROSTER

#: Days that registry offices write for an unknown one, and the share of births on them by chance.
#: 1 July and 31 December stand for an unknown day and month, the 15th for an unknown day.
HEAPING_DAYS = {
    "1 July": 1 / 365.25,
    "31 December": 1 / 365.25,
    "15th": 12 / 365.25,
}

ALARM = 1e-6  # a share this unlikely by chance: one false alarm in a million schools
FEWEST = 3  # pupils on such days; two may be twins

_TESTED = pl.Schema({"expected_share": pl.Float64, "probability": pl.Float64})


@takes_frames(roster=ROSTER)
def birth_date_heaping(
    roster: Frame | ArrowTable, *, alarm: float = ALARM, suspects_only: bool = True
) -> Frame:
    """
    Find schools where birth dates heap on the days written for an unknown one.

    Args:
        roster: Complete roster rows; unknown birth dates are left out.
        alarm: Report shares that chance brings about with at most this probability (binomial).
        suspects_only: False lists every school and heaping day, unsuspicious ones too.

    Returns:
        One row per school and heaping day, sorted: ``npsn``, ``heaping_day``, ``pupils`` (with a
        birth date), ``found`` (born on such a day), ``share``, ``expected_share``,
        ``probability`` (of so many or more by chance) and ``suspect`` (Boolean).
    """
    if not 0 <= alarm <= 1:
        raise InvalidFieldError("birth_date_heaping", "alarm", f"must be from 0 to 1, got {alarm}")
    rows = lazy(roster).filter(pl.col("birth_date").is_not_null())
    found = [_on_day(name).sum().alias(name) for name in HEAPING_DAYS]
    counted = rows.group_by("npsn").agg(pl.len().cast(pl.Int64).alias("pupils"), *found)
    long: pl.LazyFrame = counted.unpivot(
        index=["npsn", "pupils"], variable_name="heaping_day", value_name="found"
    ).with_columns(pl.col("found").cast(pl.Int64))
    types = [*long.collect_schema().items(), *_TESTED.items()]
    tested = long.map_batches(
        _tested,
        schema=pl.Schema(types),
        projection_pushdown=False,  # the function needs all columns and all rows
        predicate_pushdown=False,
        slice_pushdown=False,
    )
    suspect = (pl.col("probability") <= alarm) & (pl.col("found") >= FEWEST)
    table = tested.select(
        "npsn",
        "heaping_day",
        "pupils",
        "found",
        (pl.col("found") / pl.col("pupils")).alias("share"),
        "expected_share",
        "probability",
        suspect.alias("suspect"),
    ).sort("npsn", "heaping_day")
    return same_kind(table.filter(pl.col("suspect")) if suspects_only else table, roster)


def _on_day(name: str) -> pl.Expr:
    born = pl.col("birth_date").dt
    if name == "15th":
        return born.day() == 15  # noqa: PLR2004 - the day itself
    day = dt.date(2000, 7, 1) if name == "1 July" else dt.date(2000, 12, 31)
    return (born.month() == day.month) & (born.day() == day.day)


def _tested(counts: pl.DataFrame) -> pl.DataFrame:
    shares = [HEAPING_DAYS[name] for name in counts["heaping_day"]]
    chances = [
        at_least(found, pupils, share)
        for found, pupils, share in zip(counts["found"], counts["pupils"], shares, strict=True)
    ]
    return counts.with_columns(
        pl.Series("expected_share", shares, dtype=pl.Float64),
        pl.Series("probability", chances, dtype=pl.Float64),
    )
