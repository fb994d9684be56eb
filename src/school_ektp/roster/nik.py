"""NIK as expressions, the same in meaning as `school_ektp.model.nik`; and joins on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache

import polars as pl

from school_ektp.model.nik import CENTURY, DIGITS, PROVINCES, WOMAN, NikFinding
from school_ektp.model.student import Sex
from school_ektp.roster.frames import AnyTable, ArrowTable, Frame, lazy, same_kind, takes_frames
from school_ektp.roster.schema import ROSTER

#: Type of `nik_finding`.
FINDING = pl.Enum([finding.value for finding in NikFinding])

_NUMBERS = [finding for finding in NikFinding if finding.is_number]
_BITS = {finding: 1 << place for place, finding in enumerate(_NUMBERS[1:])}
_DAMAGES = {
    finding: (1 << len(_BITS)) + place
    for place, finding in enumerate(one for one in NikFinding if one not in _NUMBERS)
}
_BLANKS = " \t\r\n"
_NO_DATE = -(2**30)  # as a day number; far from every date


def nik_number() -> pl.Expr:
    """
    Int64: the NIK as a number, for joins; null unless the text is sixteen digits.

    Two to three times as fast to join on as text.
    """
    text = pl.col("nik")
    # The number alone would take signs and leading zeros too. They sort before "1"; asking the text
    # rather than the number names the number once, and it is not kept for a second use.
    sound = (text.str.len_bytes() == DIGITS) & (text >= "1")
    return pl.when(sound).then(text.cast(pl.Int64, strict=False))


Parts = Mapping[str, pl.Expr]

#: How a NIK is taken apart, each part from those before it: halves first, because 32-bit numbers
#: are cut four times as fast as 64-bit ones. All parts are null without sixteen digits.
_RECIPE: dict[str, Callable[[Parts], pl.Expr]] = {
    "half": lambda part: part["number"] // 10**8,
    "front": lambda part: _index(part["half"]),  # digits 1 to 8
    "back": lambda part: _index(part["number"] - part["half"] * 10**8),  # digits 9 to 16
    "region": lambda part: part["front"] // 100,  # digits 1 to 6
    "month": lambda part: part["back"] // 10_000,  # digits 9 to 12, month and year
    "serial": lambda part: part["back"] - part["month"] * 10_000,  # digits 13 to 16
    "day": lambda part: part["front"] - part["region"] * 100,  # digits 7 and 8, 40 more for women
    "late": lambda part: _late(part["day"], part["month"]),  # as said there
}


def _late(day: pl.Expr, month: pl.Expr) -> pl.Expr:
    """Int32: day number of the birth date in 20YY; `_NO_DATE` where the digits are no date."""
    return pl.lit(_births()).gather(day * 10_000 + month)


def _index(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.UInt32, wrap_numerical=True)  # in range by construction: no check


def _finding(parts: Parts) -> pl.Expr:
    """Enum `FINDING`: what is the matter with each NIK. Never null."""
    bits = (
        pl.lit(_serials()).gather(parts["serial"])
        | pl.lit(_regions()).gather(parts["region"])
        | _bit(parts["late"] == _NO_DATE, NikFinding.BIRTH_DATE)
    )
    bits = bits.fill_null(_damage(parts["number"]))
    return pl.lit(_findings()).gather(bits.cast(pl.UInt32))


def _bit(condition: pl.Expr, finding: NikFinding) -> pl.Expr:
    return condition.cast(pl.UInt8) * _BITS[finding]


def _agrees_with_birth(parts: Parts) -> pl.Expr:
    """Boolean: can be of someone born then; null without sixteen digits or birth date."""
    later = parts["late"] - pl.col("birth_date").to_physical()
    return (later == 0) | (later == CENTURY.days)


def _agrees_with_sex(parts: Parts) -> pl.Expr:
    """Boolean: is of that sex; null without sixteen digits or sex."""
    return (parts["day"] > WOMAN) == (pl.col("sex") == Sex.P.value)


def _damage(number: pl.Expr) -> pl.Expr:
    """UInt8: code of the finding where there are not sixteen digits, else null."""
    text = pl.when(number.is_null()).then("nik")  # few: the others cost nothing
    code = {finding: pl.lit(code, dtype=pl.UInt8) for finding, code in _DAMAGES.items()}
    return (
        pl.when(number.is_not_null())
        .then(None)
        .when(text.str.strip_chars(_BLANKS).fill_null("") == "")
        .then(code[NikFinding.MISSING])
        .when(text.str.contains(r"^[0-9]([.,][0-9]+)?[eE]\+?[0-9]+$"))
        .then(code[NikFinding.SCIENTIFIC])
        .when(text.str.contains(r"^[0-9]{15}$"))
        .then(code[NikFinding.FIFTEEN_DIGITS])
        .otherwise(code[NikFinding.NOT_16_DIGITS])
    )


@takes_frames(roster=ROSTER)
def with_nik_checks(roster: Frame | ArrowTable) -> Frame:
    """
    Add `nik_finding`, `nik_agrees_with_birth` and `nik_agrees_with_sex`, in that order.

    Each NIK is read once for all three.
    """
    parts = {name: pl.col(f"__nik_{name}__") for name in ("number", *_RECIPE)}
    checked = lazy(roster).with_columns(__nik_number__=nik_number())
    for name, make in _RECIPE.items():
        checked = checked.with_columns(make(parts).alias(f"__nik_{name}__"))
    checked = checked.with_columns(
        _finding(parts).alias("nik_finding"),
        _agrees_with_birth(parts).alias("nik_agrees_with_birth"),
        _agrees_with_sex(parts).alias("nik_agrees_with_sex"),
    ).drop(f"__nik_{name}__" for name in parts)
    return same_kind(checked, roster)


@takes_frames(roster=ROSTER, recorded=ROSTER)
def without_recorded(roster: Frame | ArrowTable, recorded: AnyTable) -> Frame:
    """
    Return the rows whose NIK is not in a list of recorded NIK, sorted by student.

    Rows without a readable NIK stay: nothing is known about them.

    Args:
        roster: Roster rows.
        recorded: A frame with a text column ``nik``.
    """
    key = "__nik_number__"
    known = lazy(recorded).select(nik_number().alias(key)).drop_nulls()
    kept = lazy(roster).with_columns(nik_number().alias(key)).join(known, on=key, how="anti")
    found = kept.drop(key).sort("student_id")
    return same_kind(found, roster)


@lru_cache(maxsize=1)
def _births() -> pl.Series:
    """Return the day number in 20YY for each value of digits 7 to 12, or `_NO_DATE`."""
    born = pl.date_range(dt.date(2000, 1, 1), dt.date(2099, 12, 31), eager=True)
    digits = born.dt.strftime("%d%m%y").cast(pl.Int64)
    table = pl.repeat(_NO_DATE, 1_000_000, dtype=pl.Int32, eager=True)
    table.scatter(digits, born.to_physical())
    return table.scatter(digits + WOMAN * 10_000, born.to_physical())


@lru_cache(maxsize=1)
def _regions() -> pl.Series:
    """Return the bit of the finding, or 0, for each value of digits 1 to 6."""
    code = pl.int_range(1_000_000, eager=True)
    known = (code // 10_000).is_in(sorted(PROVINCES)) & (code // 100 % 100 > 0) & (code % 100 > 0)
    return (~known).cast(pl.UInt8) * _BITS[NikFinding.REGION]


@lru_cache(maxsize=1)
def _serials() -> pl.Series:
    """Return the bit of the finding, or 0, for each value of digits 13 to 16."""
    suspect = _BITS[NikFinding.LAST_DIGIT_ZERO]
    bits = [0 if serial % 10 else suspect for serial in range(10_000)]
    return pl.Series([_BITS[NikFinding.SERIAL], *bits[1:]], dtype=pl.UInt8)


@lru_cache(maxsize=1)
def _findings() -> pl.Series:
    """Return the finding for each sum of bits, which is that of the highest, and each damage."""
    by_code = {0: NikFinding.GOOD, **{code: finding for finding, code in _DAMAGES.items()}}
    for finding, bit in _BITS.items():
        by_code |= dict.fromkeys(range(bit, 2 * bit), finding)
    return pl.Series([by_code[code].value for code in sorted(by_code)], dtype=FINDING)
