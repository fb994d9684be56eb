"""NIK as expressions, the same in meaning as `school_ektp.model.nik`; and joins on it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import attrs
import polars as pl

from school_ektp.model.nik import CENTURY, DIGITS, MASK, PROVINCES, WOMAN, NikFinding
from school_ektp.roster.frames import Frame, same_kind

#: Type of `nik_finding`.
FINDING = pl.Enum([finding.value for finding in NikFinding])

_LEAST, _MOST = 10**15, 10**16 - 1
_RANK = {finding: rank for rank, finding in enumerate(NikFinding)}
_BLANKS = " \t\r\n"
_NO_DATE = -(2**30)  # as a day number; far from every date


def nik_number(column: str = "nik") -> pl.Expr:
    """
    Int64: the NIK as a number, for joins; null unless the text is sixteen digits.

    Two to three times as fast to join on as text.
    """
    text = pl.col(column)
    number = text.cast(pl.Int64, strict=False)  # alone it would take signs and leading zeros too
    return pl.when((text.str.len_bytes() == DIGITS) & (number >= _LEAST)).then(number)


@attrs.frozen
class _Parts:
    """A NIK taken apart, as expressions; all null without sixteen digits."""

    number: pl.Expr  # Int64
    region: pl.Expr  # UInt32, digits 1 to 6
    date: pl.Expr  # UInt32, digits 7 to 12, the 40 of women included
    serial: pl.Expr  # UInt32, digits 13 to 16
    late: pl.Expr  # Int32, day number of the birth date in 20YY; _NO_DATE where there is none

    @property
    def finding_rank(self) -> pl.Expr:
        """UInt8: rank of the worst finding among the digits."""
        no_date = (self.late == _NO_DATE).cast(pl.UInt8) * _RANK[NikFinding.BIRTH_DATE]
        return pl.max_horizontal(
            pl.lit(_serials()).gather(self.serial), no_date, pl.lit(_regions()).gather(self.region)
        )

    def agrees_with(self, birth_date: str) -> pl.Expr:
        later = self.late - pl.col(birth_date).to_physical()
        return (later == 0) | (later == CENTURY.days)

    @property
    def is_womans(self) -> pl.Expr:
        return self.date > WOMAN * 10_000 + 9_999


def _parts(column: str) -> _Parts:
    number = nik_number(column)
    head = number // 10_000
    region = head // 1_000_000
    date = _index(head - region * 1_000_000)
    return _Parts(number, _index(region), date, _index(number - head * 10_000), _late(date))


def _index(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.UInt32, wrap_numerical=True)  # in range by construction: no check


def _late(date: pl.Expr) -> pl.Expr:
    return pl.lit(_births()).gather(date)


def nik_finding(column: str = "nik", *, family_card: str | None = None) -> pl.Expr:
    """
    Enum `FINDING`: what is the matter with each NIK. Never null.

    Args:
        column: Column with the text.
        family_card: Column with the number of the family card, if there is one.
    """
    return _finding(_parts(column), column, family_card)


def _finding(parts: _Parts, column: str, family_card: str | None = None) -> pl.Expr:
    ranks = [parts.finding_rank, _damage(parts.number, column)]
    if family_card is not None:
        copied = (pl.col(column) == pl.col(family_card)) & parts.number.is_not_null()
        ranks.append(copied.cast(pl.UInt8) * _RANK[NikFinding.FAMILY_CARD])
    return pl.max_horizontal(ranks).cat.to(FINDING)


def _damage(number: pl.Expr, column: str) -> pl.Expr:
    """UInt8: rank of the finding where there are not sixteen digits, else null."""
    text = pl.when(number.is_null()).then(column)  # few: the others cost nothing
    rank = {finding: pl.lit(rank, dtype=pl.UInt8) for finding, rank in _RANK.items()}
    return (
        pl.when(number.is_not_null())
        .then(None)
        .when(text.str.strip_chars(_BLANKS).fill_null("") == "")
        .then(rank[NikFinding.MISSING])
        .when(text.str.contains(r"^[0-9]([.,][0-9]+)?[eE]\+?[0-9]+$"))
        .then(rank[NikFinding.SCIENTIFIC])
        .when(text.str.contains(r"^[0-9]{15}$"))
        .then(rank[NikFinding.FIFTEEN_DIGITS])
        .otherwise(rank[NikFinding.NOT_16_DIGITS])
    )


def nik_birth_date(*, as_of: dt.date, column: str = "nik") -> pl.Expr:
    """Date: latest birth date not after *as_of* a NIK can stand for; null if there is none."""
    late = _parts(column).late
    early = late - CENTURY.days
    today = (as_of - dt.date(1970, 1, 1)).days
    known = pl.when(late == _NO_DATE).then(None)
    return known.when(late <= today).then(late).when(early <= today).then(early).cast(pl.Date)


def nik_agrees_with_birth(column: str = "nik", *, birth_date: str = "birth_date") -> pl.Expr:
    """Boolean: the NIK can be of someone born then; null without sixteen digits or birth date."""
    return _parts(column).agrees_with(birth_date)


def nik_is_womans(column: str = "nik") -> pl.Expr:
    """Boolean: 40 is added to the day of birth; null without sixteen digits."""
    return _parts(column).is_womans


def nik_agrees_with_sex(column: str = "nik", *, sex: str = "sex") -> pl.Expr:
    """Boolean: the NIK is of that sex; null without sixteen digits or sex."""
    return nik_is_womans(column) == (pl.col(sex) == "P")


def nik_region(column: str = "nik") -> pl.Expr:
    """String: code of the kecamatan of first registration, "17.02.09"; null without 16 digits."""
    text = pl.when(nik_number(column).is_not_null()).then(column)
    parts = [text.str.slice(start, 2) for start in (0, 2, 4)]
    return pl.concat_str(parts, separator=".")


def masked_nik(column: str = "nik") -> pl.Expr:
    """String: "1702************"; asterisks only where there are not 16 digits; null stays null."""
    text = pl.col(column)
    shown = (
        pl.when(nik_number(column).is_not_null()).then(text.str.head(4)).otherwise(pl.lit("****"))
    )
    return pl.when(text.is_not_null()).then(shown + MASK)


def with_nik_checks(roster: Frame) -> Frame:
    """
    Add `nik_finding`, `nik_agrees_with_birth` and `nik_agrees_with_sex`, in that order.

    The three expressions in one go: each NIK is read once.
    """
    parts, stages = _staged("nik")
    checked = roster.lazy()
    for stage in stages:
        checked = checked.with_columns(**stage)
    checked = checked.with_columns(
        _finding(parts, "nik").alias("nik_finding"),
        parts.agrees_with("birth_date").alias("nik_agrees_with_birth"),
        (parts.is_womans == (pl.col("sex") == "P")).alias("nik_agrees_with_sex"),
    ).drop(name for stage in stages for name in stage)
    return same_kind(checked, roster)


def _staged(column: str) -> tuple[_Parts, list[dict[str, pl.Expr]]]:
    """Return the parts as columns, and the stages that make those columns one from another."""
    number, head, region, date, late, serial = (
        pl.col(f"__nik_{part}__") for part in ("number", "head", "region", "date", "late", "serial")
    )
    stages = [
        {"__nik_number__": nik_number(column)},
        {"__nik_head__": number // 10_000},
        {"__nik_region__": head // 1_000_000, "__nik_serial__": _index(number - head * 10_000)},
        {"__nik_date__": _index(head - region * 1_000_000)},
        {"__nik_late__": _late(date)},
    ]
    return _Parts(number, _index(region), date, serial, late), stages


def without_recorded(roster: Frame, recorded: pl.DataFrame | pl.LazyFrame) -> Frame:
    """
    Return the rows whose NIK is not in a list of recorded NIK, sorted by student.

    Rows without a readable NIK stay: nothing is known about them.

    Args:
        roster: Roster rows.
        recorded: A frame with a text column ``nik``.
    """
    key = "__nik_number__"
    known = recorded.lazy().select(nik_number().alias(key)).drop_nulls()
    kept = roster.lazy().with_columns(nik_number().alias(key)).join(known, on=key, how="anti")
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
    """Return the rank of the finding for each value of digits 1 to 6."""
    code = pl.int_range(1_000_000, eager=True)
    known = (code // 10_000).is_in(sorted(PROVINCES)) & (code // 100 % 100 > 0) & (code % 100 > 0)
    return (~known).cast(pl.UInt8) * _RANK[NikFinding.REGION]


@lru_cache(maxsize=1)
def _serials() -> pl.Series:
    """Return the rank of the finding for each value of digits 13 to 16."""
    ranks = [0 if serial % 10 else _RANK[NikFinding.LAST_DIGIT_ZERO] for serial in range(10_000)]
    ranks[0] = _RANK[NikFinding.SERIAL]
    return pl.Series(ranks, dtype=pl.UInt8)
