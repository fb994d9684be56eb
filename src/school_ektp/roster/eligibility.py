"""The rules of `school_ektp.model.eligibility` as expressions over roster columns."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import polars as pl

from school_ektp.model.ages import NEVER, LeapDay
from school_ektp.model.eligibility import (
    FIRST_BIRTH,
    Cutoff,
    EligibilityPolicy,
    Opening,
    PupilStatus,
)

#: Type of `status`.
STATUS = pl.Enum([status.value for status in PupilStatus])

_CYCLE_DAYS = 146_097  # the Gregorian calendar repeats after 400 years of so many days
_CYCLE_FIRST, _CYCLE_LAST = dt.date(1970, 1, 1), dt.date(2369, 12, 31)
_EPOCH = dt.date(1970, 1, 1)

_born = pl.col("birth_date")
_married = pl.col("married").fill_null(False)


def born_within(cutoff: Cutoff) -> pl.Expr:
    """Boolean: born by a cutoff. Never null: an unknown birth date is not within."""
    if cutoff.born_by == cutoff.married_born_by:
        return _born_by(cutoff.born_by)
    return _born_by(cutoff.born_by) | (_married & _born_by(cutoff.married_born_by))


def _born_by(last: dt.date | None) -> pl.Expr:
    if last is None:
        return _born.is_null() & False  # as long as the column, unlike a literal
    return (_born <= last).fill_null(False)


def is_open(policy: EligibilityPolicy, *, on: dt.date) -> pl.Expr:
    """Boolean: may be recorded on day *on*, recorded before or not. Never null."""
    return born_within(policy.cutoff(on))


def is_obliged(policy: EligibilityPolicy, *, on: dt.date) -> pl.Expr:
    """Boolean: must hold a card on day *on*. Never null."""
    return born_within(policy.card_cutoff(on))


def is_waiting(policy: EligibilityPolicy, *, on: dt.date) -> pl.Expr:
    """Boolean: may be recorded on day *on* and is not recorded in the roster. Never null."""
    return is_open(policy, on=on) & ~pl.col("recorded")


def opens_on(policy: EligibilityPolicy) -> pl.Expr:
    """
    Date: first day on which recording is open, as `EligibilityPolicy.opens_on` says it.

    Null without a birth date; 9999-12-31 when never.
    """
    return opening_day(policy.opening)


def card_on(policy: EligibilityPolicy) -> pl.Expr:
    """Date: first day on which a card must be held; as `opens_on`."""
    return opening_day(policy.obligation)


def opening_day(opening: Opening) -> pl.Expr:
    """Date: first day of an opening; null without a birth date, 9999-12-31 when never."""
    if opening.months is None:
        day: pl.Expr = pl.when(_born.is_not_null()).then(pl.lit(NEVER))
    else:
        day = _reaches(opening.months, opening.leap_day)
    at_once = []
    if opening.born_by is not None:
        at_once.append(_born <= opening.born_by)
    if opening.married:
        at_once.append(_married)
    return pl.when(pl.any_horizontal(at_once)).then(_born).otherwise(day) if at_once else day


def _reaches(months: int, leap_day: LeapDay) -> pl.Expr:
    """
    Date: day on which an age is reached.

    The days from birth to that day repeat every 400 years, so they are looked up rather than
    computed: twenty times faster than date arithmetic, and small enough for the processor's cache.
    """
    born = _born.to_physical()
    wait = pl.lit(_waits(months, leap_day)).gather(born % _CYCLE_DAYS)
    never = (NEVER - _EPOCH).days
    return (born + wait.cast(pl.Int32)).clip(upper_bound=never).cast(pl.Date)


@lru_cache(maxsize=32)
def _waits(months: int, leap_day: LeapDay) -> pl.Series:
    """Return the days from birth to an age, for each day of birth of a calendar cycle."""
    born = pl.date_range(_CYCLE_FIRST, _CYCLE_LAST, eager=True)
    clipped = born.dt.offset_by(f"{months}mo")
    late = (clipped.dt.day() != born.dt.day()) & (leap_day is LeapDay.MARCH_1)
    days = (clipped - born).dt.total_days() + late.cast(pl.Int64)
    return days.cast(pl.UInt16)  # 120 years are 43,830 days


def is_known(*, on: dt.date) -> pl.Expr:
    """Boolean: has a birth date that can be true on day *on*. Never null."""
    return _born.is_between(FIRST_BIRTH, on).fill_null(False)


def is_recorded(*, on: dt.date) -> pl.Expr:
    """Boolean: recorded by day *on*, or on an unknown day. Never null."""
    return pl.col("recorded") & (pl.col("recorded_on") <= on).fill_null(True)


def status(policy: EligibilityPolicy, *, on: dt.date) -> pl.Expr:
    """Enum `STATUS`: where each pupil stands on day *on*, as `EligibilityPolicy.status`."""
    obliged, recorded = is_obliged(policy, on=on), is_recorded(on=on)
    return (
        pl.when(~is_known(on=on))
        .then(_status(PupilStatus.NOT_KNOWN))
        .when(recorded & obliged)
        .then(_status(PupilStatus.RECORDED_OBLIGED))
        .when(recorded)
        .then(_status(PupilStatus.RECORDED))
        .when(obliged)
        .then(_status(PupilStatus.CARD_DUE))
        .when(is_open(policy, on=on))
        .then(_status(PupilStatus.WAITING))
        .otherwise(_status(PupilStatus.TOO_YOUNG))
    )


def _status(value: PupilStatus) -> pl.Expr:
    return pl.lit(value.value, dtype=STATUS)
