"""A learnt rate: what was believed, what was learnt, what the next plan reckons with."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from statistics import NormalDist
from typing import TypeAlias

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import fields
from school_ektp.model.school import SchoolLevel
from school_ektp.season.quantiles import beta_quantile, gamma_quantile

LEAST = 0.001  # rates are planned with in thousandths
_MOST_MINUTES = 24.0 * 60
_MOST_WALK_INS = 1_000.0


class RateName(StrEnum):
    """What is learnt."""

    TURNOUT = "turnout"
    TURNOUT_AGAIN = "turnout_again"
    DAY_LOST = "day_lost"
    SYSTEM_DOWN = "system_down"
    OUTAGE = "outage"
    WALK_INS = "walk_ins"  # a visit
    MINUTES = "minutes"  # of one kit for one pupil
    FIXED = "fixed"  # minutes of set-up and pack-down, in a visit


RateKey: TypeAlias = tuple[str, str, str, str]  # rate, site, team, level; "" for all

#: Whether a rate can hold for one school, one team, one level.
_OF_ONE = {
    RateName.TURNOUT: (True, False, False),
    RateName.DAY_LOST: (False, True, False),
    RateName.OUTAGE: (True, False, False),
    RateName.MINUTES: (False, True, True),
    RateName.FIXED: (False, True, False),
}
_SPANS = {
    RateName.TURNOUT: (LEAST, 1.0),
    RateName.TURNOUT_AGAIN: (LEAST, 1.0),
    RateName.WALK_INS: (0.0, _MOST_WALK_INS),
    RateName.MINUTES: (1.0, _MOST_MINUTES),
    RateName.FIXED: (0.0, _MOST_MINUTES),
}


@attrs.frozen(kw_only=True)
class Trust:
    """
    How much the rates weigh with which a plan began.

    Attributes:
        calls: Calls that the plan's turn-out weighs.
        school_calls: Fewest calls that the office's mean weighs at a school.
        days: Days that the chance of a lost day, or of a failing system, weighs.
        visits: Visits that the chance of an outage weighs.
        timed: Timed visits that the plan's minutes weigh, and the office's at a level or a team.
        walk_in_visits: Visits that `walk_ins` weighs.
        walk_ins: Walk-ins of a visit before anything is known; a judgement.
        within: Share of chance that an interval holds.
    """

    calls: int = attrs.field(default=100, validator=fields.whole_number(1))
    school_calls: int = attrs.field(default=20, validator=fields.whole_number(1))
    days: int = attrs.field(default=100, validator=fields.whole_number(1))
    visits: int = attrs.field(default=100, validator=fields.whole_number(1))
    timed: int = attrs.field(default=10, validator=fields.whole_number(1))
    walk_in_visits: int = attrs.field(default=10, validator=fields.whole_number(1))
    walk_ins: float = attrs.field(
        default=0.5, validator=fields.number(0, _MOST_WALK_INS, " a visit")
    )
    within: float = attrs.field(default=0.9, validator=fields.number(0, 1))


@attrs.frozen
class Beta:
    """What is known of a share: *came* and *missed* calls, those that the prior weighs included."""

    came: float
    missed: float

    @property
    def mean(self) -> float:
        """The share to reckon with."""
        return self.came / (self.came + self.missed)

    @property
    def variance(self) -> float:
        """How far the share may be from it."""
        return self.mean * (1 - self.mean) / (self.came + self.missed + 1)

    def interval(self, tail: float) -> tuple[float, float]:
        """Return the share below and above which a chance of *tail* lies."""
        if not (self.came and self.missed):
            return self.mean, self.mean
        return (
            beta_quantile(tail, self.came, self.missed),
            beta_quantile(1 - tail, self.came, self.missed),
        )


@attrs.frozen
class Gamma:
    """What is known of a count a visit: *counted* in *visits*, the prior's included."""

    counted: float
    visits: float

    @property
    def mean(self) -> float:
        """The count of a visit to reckon with."""
        return self.counted / self.visits

    @property
    def variance(self) -> float:
        """How far the count may be from it."""
        return self.counted / self.visits**2

    def interval(self, tail: float) -> tuple[float, float]:
        """Return the count below and above which a chance of *tail* lies."""
        return (
            gamma_quantile(tail, self.counted, self.visits),
            gamma_quantile(1 - tail, self.counted, self.visits),
        )


@attrs.frozen
class Normal:
    """What is known of minutes: a mean and its standard deviation."""

    mean: float
    deviation: float

    @property
    def variance(self) -> float:
        """How far the minutes may be from it."""
        return self.deviation**2

    def interval(self, tail: float) -> tuple[float, float]:
        """Return the minutes below and above which a chance of *tail* lies, never below 0."""
        half = self.deviation * NormalDist().inv_cdf(1 - tail)
        return max(self.mean - half, 0.0), self.mean + half


@attrs.frozen(kw_only=True)
class Rate:
    """
    One rate: what was believed, what was learnt, and what the next plan reckons with.

    Attributes:
        name: What it is.
        site: The school it holds for; empty for all.
        team: The team it holds for; empty for all.
        level: The school level it holds for; empty for all.
        value: What the next plan reckons with: `learnt`, unless somebody overruled it.
        prior: What it leans on: what the season began with, or the office's rate.
        begun: What the season began with.
        evidence: Calls, visits or days that were counted.
        overruled: Whether somebody set the value.
        within: Share of chance that `low` to `high` holds.
        known: What was learnt, as a distribution.
    """

    name: RateName
    site: str = ""
    team: str = ""
    level: str = ""
    value: float
    prior: float
    begun: float
    evidence: int = 0
    overruled: bool = False
    within: float = 0.9
    known: Beta | Gamma | Normal = attrs.field(repr=False)

    @property
    def key(self) -> RateKey:
        """The rate by name."""
        return self.name.value, self.site, self.team, self.level

    @property
    def learnt(self) -> float:
        """Mean of what was learnt."""
        return self.known.mean

    @property
    def variance(self) -> float:
        """How far the rate may be from what was learnt; 0 if somebody set it."""
        return 0.0 if self.overruled else self.known.variance

    @property
    def factor(self) -> float:
        """The value as a multiple of what the season began with; 1 when that was 0."""
        return self.value / self.begun if self.begun else 1.0

    @property
    def low(self) -> float:
        """Lower end of the interval of what was learnt."""
        return self.interval[0]

    @property
    def high(self) -> float:
        """Upper end of the interval of what was learnt."""
        return self.interval[1]

    @cached_property
    def interval(self) -> tuple[float, float]:
        """Both ends of the interval of what was learnt, with equal chances outside."""
        return self.known.interval((1 - self.within) / 2)


def rate_name(name: RateName | str) -> RateName:
    """
    Return the rate of a name.

    Raises:
        InvalidFieldError: There is none.
    """
    try:
        return RateName(name)
    except ValueError:
        owner, known = "Learnt", ", ".join(RateName)
        raise InvalidFieldError(owner, "rate", f"must be one of {known}, got {name!r}") from None


def checked_value(key: RateKey, value: object) -> float:
    """
    Return the value that somebody sets for a rate.

    Raises:
        InvalidFieldError: There is no such rate, or its value cannot be.
    """
    owner = "Learnt"
    name, site, team, level = key
    rate = rate_name(name)
    may = _OF_ONE.get(rate, (False, False, False))
    for what, part, fits in zip(("site", "team", "level"), (site, team, level), may, strict=True):
        if part and not fits:
            raise InvalidFieldError(owner, what, f"cannot be given for {name!r}, got {part!r}")
    if level:
        SchoolLevel(level)
    least, most = _SPANS.get(rate, (0.0, 1.0))
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise InvalidFieldError(owner, name, f"must be from {least:g} to {most:g}, got {value!r}")
    return float(value)
