"""Coverage: recorded people over those who count, with its two denominators kept apart."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import attrs

from school_ektp.errors import CoverageError
from school_ektp.model import arguments, fields
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.markup import table_html
from school_ektp.model.messages import COVERAGE, say

_WHOLE = Decimal(100)
_CENT = Decimal("0.01")


class Denominator(fields.Choice):
    """Whom a coverage counts, above and below the line alike."""

    RECORDABLE = "RECORDABLE"  #: who may be recorded: 16 and over by default
    OBLIGED = "OBLIGED"  #: who must hold a card: 17 and over, or married


@attrs.frozen(kw_only=True)
class Coverage:
    """
    How many of a group are recorded.

    Adding and comparing works between equal denominators only.

    Attributes:
        recorded: People of the group who are recorded.
        people: People of the group.
        denominator: Which group.
    """

    recorded: int = attrs.field(validator=fields.whole_number(0))
    people: int = attrs.field(validator=fields.whole_number(0))
    denominator: Denominator = attrs.field(converter=Denominator)

    def __attrs_post_init__(self) -> None:
        if self.recorded > self.people:
            stated = StatedCoverage(
                recorded=self.recorded, people=self.people, denominator=self.denominator
            )
            raise CoverageError(f"recorded must be of the {self.people} people: {stated.explain()}")

    @property
    def percent(self) -> Decimal | None:
        """Share recorded in percent, to two decimals, half rounded up; None for nobody."""
        return _percent(self.recorded, self.people) if self.people else None

    @property
    def missing(self) -> int:
        """People of the group who are not recorded."""
        return self.people - self.recorded

    def __str__(self) -> str:
        share = "nobody to record" if self.percent is None else f"{self.percent} %"
        return f"{share} ({self.recorded} of {self.people} {_WORDS[self.denominator]})"

    def _repr_html_(self) -> str:
        header = ("penyebut / denominator", "terekam / recorded", "dari / of", "%")
        share = "–" if self.percent is None else self.percent
        row = (self.denominator.value, self.recorded, self.people, share)
        return table_html("Cakupan / Coverage", header, [row])

    def __add__(self, other: Coverage) -> Coverage:
        self._demand_same(other)
        return Coverage(
            recorded=self.recorded + other.recorded,
            people=self.people + other.people,
            denominator=self.denominator,
        )

    @arguments.checked
    def exceeds(self, other: Coverage) -> bool:
        """
        Return whether the share recorded is higher than that of *other*; nobody counts as all.

        Raises:
            CoverageError: The denominators differ.
        """
        self._demand_same(other)
        mine, yours = (one.people or 1 for one in (self, other))
        return (self.recorded + (not self.people)) * yours > (
            other.recorded + (not other.people)
        ) * mine

    def _demand_same(self, other: Coverage) -> None:
        if self.denominator is not other.denominator:
            raise CoverageError(
                f"a coverage of {_WORDS[self.denominator]} cannot be put together with one of "
                f"{_WORDS[other.denominator]}; count both with the same denominator"
            )


_WORDS = {one: COVERAGE[one.name.lower()]["en"] for one in Denominator}


def _percent(part: int, whole: int) -> Decimal:
    share = _WHOLE * part / whole
    return share.quantize(_CENT, rounding=ROUND_HALF_UP)


@attrs.frozen(kw_only=True)
class StatedCoverage:
    """
    A coverage as a report prints it, which may be above 100 %.

    Attributes:
        recorded: Recorded people as stated, above the line.
        people: People as stated, below the line.
        denominator: Whom *people* counts.
        recorded_not_obliged: Recorded people who need no card yet (the 16-year-olds), if known.
    """

    recorded: int = attrs.field(validator=fields.whole_number(0))
    people: int = attrs.field(validator=fields.whole_number(0))
    denominator: Denominator = attrs.field(default=Denominator.OBLIGED, converter=Denominator)
    recorded_not_obliged: int | None = attrs.field(
        default=None, validator=attrs.validators.optional(fields.whole_number(0))
    )

    @property
    def percent(self) -> Decimal | None:
        """What is stated, in percent to two decimals; None when there are no people."""
        return _percent(self.recorded, self.people) if self.people else None

    @property
    def excess(self) -> int:
        """Recorded people beyond the people counted; 0 at 100 % or less."""
        return max(self.recorded - self.people, 0)

    def explain(self, lang: Lang = "en") -> str:
        """Return one sentence that says how it can be, empty at 100 % or less."""
        language = check_lang(lang)
        if not self.excess:
            return ""
        return say(
            COVERAGE["above"],
            language,
            recorded=self.recorded,
            people=self.people,
            whom=COVERAGE[self.denominator.name.lower()][language],
            excess=self.excess,
            why=self._why(language),
        )

    def _why(self, lang: Lang) -> str:
        if self.denominator is Denominator.RECORDABLE:
            return COVERAGE["elsewhere"][lang]
        if self.recorded_not_obliged is None:
            return COVERAGE["likely_young"][lang]
        young = self.recorded_not_obliged
        left = self.recorded - young - self.people
        share = _percent(self.recorded - young, self.people) if self.people else Decimal(0)
        key = "partly_young" if left > 0 else "young"
        return say(COVERAGE[key], lang, young=young, left=left, share=share)

    def mended(self) -> Coverage:
        """
        Return the coverage without those recorded before the obligation.

        Raises:
            CoverageError: It cannot be mended with what is known.
        """
        young = self.recorded_not_obliged or 0
        if young > self.recorded:
            raise CoverageError(f"{young} of {self.recorded} recorded cannot be below the age")
        return Coverage(
            recorded=self.recorded - (young if self.denominator is Denominator.OBLIGED else 0),
            people=self.people,
            denominator=self.denominator,
        )
