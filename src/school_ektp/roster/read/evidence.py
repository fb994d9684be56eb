"""
What a whole column of dates proves of each of its cells.

A date such as 03/05/2008 can be read in two ways. Days above 12 settle which way a column was
written, and so does a NIK, whose digits 7 to 12 are the birth date. A spreadsheet that expects
month before day turns those texts into date cells that it can, with day and month exchanged, and
leaves the others as text: then no date cell has a day above 12, and every text has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from enum import Enum
from math import log
from typing import NamedTuple

import polars as pl

from school_ektp.model.nik import WOMAN
from school_ektp.roster.chance import at_least
from school_ektp.roster.read.cells import digits
from school_ektp.roster.read.dates import (
    YEAR_FIRST,
    YEAR_LAST,
    DateOrder,
    DateSystem,
    plain_date,
    read_date,
)

MONTHS = 12
_LOW = 144 / 365.25  # dates whose day is 12 or less
_SLIP = 0.02  # cells that are not as the rest of their column
_AGAINST = 0.05  # dates against an order for each that proves it
_CHANCE = 0.01  # a column less likely than that is not what it seems
_SURE, _DOUBTFUL = 100.0, 10.0  # times likelier
_ENOUGH, _MOST = 3, 0.8  # NIK that settle a question; the share of them that must agree
_LOOKED_AT = 2_000  # rows with a NIK
_FEWEST_SHORT, _YEARS_OF_A_LIST = 4, 12
_NUMBER = re.compile(r"\d{4,5}(?:[.,]\d+)?")
_NIK_DATE = re.compile(r"[1-9]\d{5}(\d\d)(\d\d)\d{6}")


class Turned(Enum):
    """Whether date cells have day and month exchanged."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


class DateEvidence(NamedTuple):
    """What a column says about its dates."""

    order: DateOrder
    odd: int  # texts that only the other order could explain
    turned: Turned


def date_evidence(
    texts: Sequence[str],
    niks: Iterable[tuple[str, str]] = (),
    system: DateSystem = DateSystem.FROM_1900,
) -> DateEvidence:
    """
    Return what the distinct texts of a column prove, with some beside the NIK of their row.

    *system* says what a bare number means.
    """
    pairs = [pair for text in texts if (pair := _pair(text))]
    days = [pair for text in texts if (pair := _day_of_cell(text, system))]
    votes = [vote for text, nik in niks if (vote := _vote(text, nik, system))]
    american = bool(pairs) and any(map(_is_american, texts))
    order, odd = _order(
        pairs, [agrees for is_cell, agrees in votes if not is_cell], is_american=american
    )
    turned = _turned(pairs, days, [agrees for is_cell, agrees in votes if is_cell])
    if _month_is_last(texts):
        turned = Turned.YES
    if _short_year_is_first(texts):
        order, odd = DateOrder.SHORT_YEAR_FIRST, 0
    return DateEvidence(order, odd, turned)


def date_order(texts: Iterable[str]) -> DateOrder:
    """Return the order of day and month that a column of texts proves."""
    return date_evidence(list(texts)).order


def _pair(text: str) -> tuple[int, int] | None:
    """Return the two numbers before a year."""
    found = YEAR_LAST.fullmatch(plain_date(text))
    if not found or max(int(found[1]), int(found[2])) > 31:  # noqa: PLR2004 - days
        return None
    return int(found[1]), int(found[2])


def _month_is_last(texts: Sequence[str]) -> bool:
    """Return whether texts with the year first prove that the day follows it."""
    found = [match for text in texts if (match := YEAR_FIRST.fullmatch(plain_date(text)))]
    proofs = sum(int(match[2]) > MONTHS >= int(match[3]) for match in found)
    return proofs > 0 and not any(int(match[3]) > MONTHS for match in found)


def _short_year_is_first(texts: Sequence[str]) -> bool:
    """
    Return whether three short numbers are year, month and day.

    Years of a list of pupils lie near each other and days do not; the last are never above 31.
    """
    found = [match for text in texts if (match := YEAR_LAST.fullmatch(plain_date(text)))]
    if len(found) < _FEWEST_SHORT or any(len(match[3]) > 2 for match in found):  # noqa: PLR2004
        return False
    firsts, lasts = ([int(match[number]) for match in found] for number in (1, 3))
    years, days = (max(numbers) - min(numbers) for numbers in (firsts, lasts))
    return years <= _YEARS_OF_A_LIST < days and min(lasts) > 0 and max(lasts) <= 31  # noqa: PLR2004


def _is_american(text: str) -> bool:
    """Return whether a date has a time of half a day beside it, as programs in America write."""
    found = YEAR_LAST.fullmatch(plain_date(text))
    return found is not None and bool(found["half"])


def _day_of_cell(text: str, system: DateSystem) -> tuple[int, int] | None:
    """Return day and month of a date cell, which comes with the year first or as a number."""
    plain = plain_date(text)
    if not YEAR_FIRST.fullmatch(plain) and not _NUMBER.fullmatch(plain):
        return None
    day: dt.date | None = read_date(plain, system=system).value
    return (day.day, day.month) if day else None


def _order(
    pairs: Sequence[tuple[int, int]], votes: Sequence[bool], *, is_american: bool
) -> tuple[DateOrder, int]:
    """
    Return the order, and how many texts contradict it.

    Day before month is the custom here. The other order must be proved by some texts, contradicted
    by next to none, and as many texts must prove it as chance lets expect: of dates in that order
    six in ten do. Times of half days prove it where no text proves anything.
    """
    day_first = sum(first > MONTHS >= second for first, second in pairs)
    month_first = sum(second > MONTHS >= first for first, second in pairs)
    if (agreed := _agreed(votes)) is not None:
        is_day_first = agreed
    else:
        telling = sum(first != second for first, second in pairs)
        usual = at_least(telling - month_first, telling, _LOW) >= _CHANCE
        proved = usual if month_first else is_american
        is_day_first = not (proved and day_first <= _AGAINST * month_first)
    if is_day_first:
        return DateOrder.DAY_MONTH, month_first
    return DateOrder.MONTH_DAY, day_first


def _turned(
    pairs: Sequence[tuple[int, int]], days: Sequence[tuple[int, int]], votes: Sequence[bool]
) -> Turned:
    if (agreed := _agreed(votes)) is not None:
        return Turned.NO if agreed else Turned.YES
    low = sum(day <= MONTHS for day, _ in days)
    over = sum(max(pair) > MONTHS for pair in pairs)
    if not low or not over:
        return Turned.NO
    likelier = _logs(low, len(days)) + _logs(over, len(pairs), 1 - _LOW)
    if likelier < log(_DOUBTFUL):  # cells are mixed, but texts may lack all that could be turned
        lacking = _logs(over, len(pairs), 1 - _LOW) >= log(_SURE)
        return Turned.MAYBE if lacking else Turned.NO
    return Turned.YES if likelier >= log(_SURE) else Turned.MAYBE


def _logs(hits: int, of: int, chance: float = _LOW) -> float:
    """Return how much likelier it is that all but slips are hits than that chance made them."""
    return hits * log((1 - _SLIP) / chance) + (of - hits) * log(_SLIP / (1 - chance))


def _vote(text: str, nik: str, system: DateSystem) -> tuple[bool, bool] | None:
    """Return whether a date is a cell's, and whether a NIK has its day where it stands."""
    cell = _day_of_cell(text, system)
    pair = cell or _pair(text)
    found = _NIK_DATE.fullmatch(digits(nik))
    if pair is None or found is None:
        return None
    born = int(found[1]) - WOMAN * (int(found[1]) > WOMAN), int(found[2])
    if pair[0] == pair[1] or born not in (pair, pair[::-1]):
        return None
    return cell is not None, born == pair


def _agreed(votes: Sequence[bool]) -> bool | None:
    """Return what nearly all say; None without enough of them."""
    ayes = sum(votes)
    if max(ayes, len(votes) - ayes) < max(_ENOUGH, _MOST * len(votes)):
        return None
    return 2 * ayes > len(votes)


def with_niks(texts: pl.Series, niks: pl.Series | None) -> list[tuple[str, str]]:
    """Return cells beside the NIK of their row, as many as tell enough."""
    if niks is None or niks.dtype != pl.String:
        return []
    both = pl.DataFrame({"text": texts, "nik": niks}).drop_nulls().head(_LOOKED_AT)
    return list(both.iter_rows())


def turned_back(days: pl.Series, texts: pl.Series) -> pl.Series:
    """Return dates with day and month exchanged where a cell can be a turned date cell."""
    day = pl.col("day")
    is_cell = pl.col("text").str.contains(r"^[\s']*\d{4}[-/. ]|^\d{4,5}(?:[.,]\d+)?$")
    other = pl.date(day.dt.year(), day.dt.day(), day.dt.month())
    low = day.dt.day() <= MONTHS
    frame = pl.DataFrame({"day": days, "text": texts})
    turned = frame.select(pl.when(is_cell & low).then(other).otherwise(day).alias(days.name))
    return turned.to_series()
