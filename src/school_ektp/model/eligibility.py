"""Who may be recorded from which day: a closed family of rules, and the policy made of them."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property, reduce
from typing import Any, TypeAlias

import attrs
from attrs.validators import optional

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.ages import NEVER, YEAR_MONTHS, LeapDay, latest_birth, reaches

MOST_YEARS = 120
RECORDING_YEARS = 16  # first recording opens
CARD_YEARS = 17  # UU 24/2013 art. 63: the card, or on marriage at any age

#: Nobody alive was born before; an earlier date in a roster is a slip.
FIRST_BIRTH = dt.date(1900, 1, 1)

_years = fields.whole_number(0, MOST_YEARS)
_months = fields.whole_number(0, MOST_YEARS * YEAR_MONTHS)


@attrs.frozen
class Cutoff:
    """
    A rule on one day: who was born up to a date is in, and nobody else.

    Attributes:
        born_by: Last day of birth that is in; None when nobody is in by birth.
        married_born_by: The same for those ever married.
    """

    born_by: dt.date | None = attrs.field(validator=optional(fields.day))
    married_born_by: dt.date | None = attrs.field(validator=optional(fields.day))

    @arguments.checked
    def admits(self, birth_date: dt.date, *, married: bool = False) -> bool:
        """Return whether someone is in."""
        last = self.married_born_by if married else self.born_by
        return last is not None and birth_date <= last


@attrs.frozen(kw_only=True)
class Opening:
    """
    What any rule comes to once the leap-day convention is known.

    Attributes:
        months: Opens at this age; None when no age opens it.
        born_by: Open at once for those born up to this day; None for nobody.
        married: Open at once for those ever married.
        leap_day: What holds where a month lacks the day of birth.
    """

    months: int | None = attrs.field(default=None, validator=optional(_months))
    born_by: dt.date | None = attrs.field(default=None, validator=optional(fields.day))
    married: bool = attrs.field(default=False, validator=fields.switch)
    leap_day: LeapDay = attrs.field(default=LeapDay.MARCH_1, converter=LeapDay)

    @arguments.checked
    def opens_on(self, birth_date: dt.date, *, married: bool = False) -> dt.date:
        """Return the first day it is open for someone; the birth date when open at once."""
        in_time = self.born_by is not None and birth_date <= self.born_by
        if in_time or (married and self.married):
            return birth_date
        return NEVER if self.months is None else reaches(birth_date, self.months, self.leap_day)

    @arguments.checked
    def cutoff(self, on: dt.date) -> Cutoff:
        """Return the births for which it is open on day *on*."""
        if on == NEVER:
            return Cutoff(NEVER, NEVER)
        aged = None if self.months is None else latest_birth(on, self.months, self.leap_day)
        at_once = None if self.born_by is None else min(self.born_by, on)
        born_by = _latest(aged, at_once)
        return Cutoff(born_by, on if self.married else born_by)

    def joined(self, other: Opening) -> Opening:
        """Return what is open when one of two is."""
        months = [part.months for part in (self, other) if part.months is not None]
        return Opening(
            months=min(months, default=None),
            born_by=_latest(self.born_by, other.born_by),
            married=self.married or other.married,
            leap_day=self.leap_day,
        )


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day is not None), default=None)


@attrs.frozen
class _Rule(ABC):
    """What rules share: a base class, so that each rule states its opening and nothing else."""

    @abstractmethod
    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rule comes to under a leap-day convention."""

    @arguments.checked
    def opens_on(
        self, birth_date: dt.date, *, married: bool = False, leap_day: LeapDay = LeapDay.MARCH_1
    ) -> dt.date:
        """Return the first day the rule holds for someone; `NEVER` when it never does."""
        return self.opening(leap_day).opens_on(birth_date, married=married)

    @arguments.checked
    def cutoff(self, on: dt.date, *, leap_day: LeapDay = LeapDay.MARCH_1) -> Cutoff:
        """Return the births for which the rule holds on day *on*."""
        return self.opening(leap_day).cutoff(on)


@attrs.frozen
class WholeYears(_Rule):
    """
    Holds from the birthday on which *years* are completed.

    Attributes:
        years: From 0 to 120.
    """

    years: int = attrs.field(default=RECORDING_YEARS, validator=_years)

    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rule comes to under a leap-day convention."""
        return Opening(months=self.years * YEAR_MONTHS, leap_day=leap_day)


@attrs.frozen
class WholeMonths(_Rule):
    """
    Holds from the day on which *months* are completed; 16 years and a half are 198.

    Attributes:
        months: From 0 to 1440.
    """

    months: int = attrs.field(validator=_months)

    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rule comes to under a leap-day convention."""
        return Opening(months=self.months, leap_day=leap_day)


@attrs.frozen
class TurnsBy(_Rule):
    """
    Holds at once for those who complete *years* by *day*, for the others from that birthday.

    "Seventeen by polling day" is ``TurnsBy(17, polling_day)``.

    Attributes:
        years: From 0 to 120.
        day: The day by which the age must be reached.
    """

    years: int = attrs.field(validator=_years)
    day: dt.date = attrs.field(validator=fields.day)

    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rule comes to under a leap-day convention."""
        months = self.years * YEAR_MONTHS
        born_by = latest_birth(self.day, months, leap_day)
        return Opening(months=months, born_by=born_by, leap_day=leap_day)


@attrs.frozen
class BornBy(_Rule):
    """
    Holds at once for those born in *year* or before, for the others never.

    Attributes:
        year: Last year of birth that is in.
    """

    year: int = attrs.field(validator=fields.whole_number(dt.MINYEAR, dt.MAXYEAR - 1))

    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rule comes to; the convention does not matter to it."""
        return Opening(born_by=dt.date(self.year, 12, 31), leap_day=leap_day)


@attrs.frozen
class EverMarried(_Rule):
    """Holds at once for those ever married (rosters do not say since when), else never."""

    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rule comes to; the convention does not matter to it."""
        return Opening(married=True, leap_day=leap_day)


def _rules(value: Rule | Iterable[Rule]) -> tuple[Rule, ...]:
    return (value,) if isinstance(value, _Rule) else fields.frozen(value)


def _check_rules(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    rules = value if isinstance(value, tuple) else (value,)
    if not rules:
        raise fields.refuse(instance, attribute, "must hold at least one rule")
    for rule in rules:
        if not isinstance(rule, _Rule):
            fault = f"must hold eligibility rules only, got a {type(rule).__name__}"
            raise fields.refuse(instance, attribute, fault)


@attrs.frozen
class AnyOf(_Rule):
    """
    Holds from the first day on which one of several rules does.

    Attributes:
        rules: One rule or more.
    """

    rules: tuple[Rule, ...] = attrs.field(converter=_rules, validator=_check_rules)

    def opening(self, leap_day: LeapDay = LeapDay.MARCH_1) -> Opening:
        """Return what the rules come to together under a leap-day convention."""
        parts = (rule.opening(leap_day) for rule in self.rules)
        return reduce(Opening.joined, parts)


#: A rule of age, status or both, as `EligibilityPolicy` takes it.
Rule: TypeAlias = WholeYears | WholeMonths | TurnsBy | BornBy | EverMarried | AnyOf
RULES = (WholeYears, WholeMonths, TurnsBy, BornBy, EverMarried, AnyOf)


class PupilStatus(StrEnum):
    """Where a pupil stands on a day; every pupil is in exactly one place."""

    TOO_YOUNG = "TOO_YOUNG"  #: not recorded, recording not yet open
    WAITING = "WAITING"  #: not recorded, recording open, not yet obliged
    CARD_DUE = "CARD_DUE"  #: not recorded though already obliged to hold a card
    RECORDED = "RECORDED"  #: recorded before being obliged: the card comes later
    RECORDED_OBLIGED = "RECORDED_OBLIGED"  #: recorded and obliged: the card can be printed
    NOT_KNOWN = "NOT_KNOWN"  #: birth date unknown, in the future or before 1900

    @property
    def waits(self) -> bool:
        """Whether a recording team is waited for."""
        return self in {PupilStatus.WAITING, PupilStatus.CARD_DUE}


def _as_rule(value: Rule | int | Iterable[Rule]) -> Rule:
    if isinstance(value, _Rule):
        return value
    if isinstance(value, int):
        return WholeYears(value)
    given: object = value
    if not isinstance(given, Iterable):
        known = ", ".join(rule.__name__ for rule in RULES)
        fault = f"must be a whole age in years or one of {known}; got a {type(given).__name__}"
        raise InvalidFieldError("EligibilityPolicy", "rule", fault)
    return AnyOf(value)


_CARD = AnyOf((WholeYears(CARD_YEARS), EverMarried()))


@attrs.frozen(kw_only=True)
class EligibilityPolicy:
    """
    Who may be recorded, and who must hold a card, from which day.

    Whoever is obliged to hold a card may be recorded, whatever the rule of recording says.

    Attributes:
        recording: Opens recording; an int is an age in whole years, several rules mean any of them.
        card: Obliges to hold a card, which is printed from then on.
        leap_day: What holds where a month lacks the day of birth.
    """

    recording: Rule = attrs.field(default=WholeYears(RECORDING_YEARS), converter=_as_rule)
    card: Rule = attrs.field(default=_CARD, converter=_as_rule)
    leap_day: LeapDay = attrs.field(default=LeapDay.MARCH_1, converter=LeapDay)

    @cached_property
    def opening(self) -> Opening:
        """What opens recording: *recording* or *card*, whichever holds first."""
        return AnyOf((self.recording, self.card)).opening(self.leap_day)

    @cached_property
    def obligation(self) -> Opening:
        """What obliges to hold a card."""
        return self.card.opening(self.leap_day)

    @arguments.checked
    def opens_on(self, birth_date: dt.date, *, married: bool = False) -> dt.date:
        """
        Return the first day on which someone may be recorded.

        Args:
            birth_date: Day of birth.
            married: Ever married.

        Returns:
            The day; the birth date for those admitted at any age; `NEVER` for those never admitted.
        """
        return self.opening.opens_on(birth_date, married=married)

    @arguments.checked
    def card_on(self, birth_date: dt.date, *, married: bool = False) -> dt.date:
        """Return the first day on which someone must hold a card; as `opens_on`."""
        return self.obligation.opens_on(birth_date, married=married)

    @arguments.checked
    def cutoff(self, on: dt.date) -> Cutoff:
        """Return which births may be recorded on day *on*: one comparison per pupil."""
        return self.opening.cutoff(on)

    @arguments.checked
    def card_cutoff(self, on: dt.date) -> Cutoff:
        """Return which births must hold a card on day *on*."""
        return self.obligation.cutoff(on)

    @arguments.checked
    def is_open(self, birth_date: dt.date, *, on: dt.date, married: bool = False) -> bool:
        """Return whether someone may be recorded on day *on*."""
        return self.opens_on(birth_date, married=married) <= on

    @arguments.checked
    def is_obliged(self, birth_date: dt.date, *, on: dt.date, married: bool = False) -> bool:
        """Return whether someone must hold a card on day *on*."""
        return self.card_on(birth_date, married=married) <= on

    @arguments.checked
    def age_in_years(self, birth_date: dt.date, *, on: dt.date) -> int | None:
        """Return the whole years completed on day *on*; None for those not yet born."""
        if birth_date > on:
            return None
        years = on.year - birth_date.year
        return years - (reaches(birth_date, years * YEAR_MONTHS, self.leap_day) > on)

    @arguments.checked
    def status(
        self,
        birth_date: dt.date | None,
        *,
        on: dt.date,
        recorded: bool = False,
        married: bool = False,
    ) -> PupilStatus:
        """
        Return where a pupil stands on day *on*.

        Args:
            birth_date: Day of birth, None when unknown.
            on: The day asked about.
            recorded: Recorded by that day.
            married: Ever married.
        """
        if birth_date is None or not FIRST_BIRTH <= birth_date <= on:
            return PupilStatus.NOT_KNOWN
        obliged = self.is_obliged(birth_date, on=on, married=married)
        if recorded:
            return PupilStatus.RECORDED_OBLIGED if obliged else PupilStatus.RECORDED
        if obliged:
            return PupilStatus.CARD_DUE
        if self.is_open(birth_date, on=on, married=married):
            return PupilStatus.WAITING
        return PupilStatus.TOO_YOUNG
