"""
Stated totals recomputed: which printed figure disagrees, by how much, and a likely slip.

A slip is weighed by what it would explain: of the figures in a broken relation, the one whose
recomputed value settles every relation it takes part in comes first, then the one whose digits
were merely swapped, then the one that is usually derived from the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol, TypeAlias, runtime_checkable

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields
from school_ektp.model.fields import refuse
from school_ektp.model.language import Lang, check_lang
from school_ektp.model.messages import TOTALS, say

#: Figures by name, exact.
Figures: TypeAlias = tuple[tuple[str, Decimal], ...]
HUNDRED = Decimal(100)
LARGEST = Decimal(10) ** 15  # beyond it, exact decimals would need more digits than the default
MOST_DECIMALS = 6


class DigitSwap(StrEnum):
    """Whether two digits of a stated figure, exchanged, give the recomputed one."""

    NEIGHBOURS = "NEIGHBOURS"  #: two digits side by side
    APART = "APART"  #: two digits with others between them
    NONE = "NONE"  #: no exchange of two digits explains it


def digit_swap(stated: Decimal | int, computed: Decimal | int) -> DigitSwap:
    """Return whether exchanging two digits of *stated* gives *computed*."""
    texts = f"{Decimal(stated):f}", f"{Decimal(computed):f}"
    if len(texts[0]) != len(texts[1]):
        return DigitSwap.NONE
    if texts[0].find(".") != texts[1].find("."):
        return DigitSwap.NONE
    ours, theirs = (text.replace(".", "") for text in texts)
    places = [place for place, digit in enumerate(ours) if digit != theirs[place]]
    if len(places) != 2 or sorted(ours) != sorted(theirs):  # noqa: PLR2004 - two digits change
        return DigitSwap.NONE
    return DigitSwap.NEIGHBOURS if places[1] - places[0] == 1 else DigitSwap.APART


@runtime_checkable
class Relation(Protocol):
    """What figures of one source must satisfy together."""

    @property
    def names(self) -> tuple[str, ...]:
        """Figures that take part."""

    @property
    def derived(self) -> str:
        """Figure usually worked out from the others; blamed when nothing else decides."""

    def holds(self, figures: Mapping[str, Decimal]) -> bool:
        """Return whether the figures agree."""

    def repairs(self, figures: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
        """Yield (figure, value) pairs, each of which alone would make the figures agree."""


@attrs.frozen
class SumRelation:
    """
    A total and its parts: *total* = sum of *parts*.

    Attributes:
        total: Name of the total.
        parts: Names of its parts.
        derived: Figure usually worked out from the others; the total when not given.
    """

    total: str = attrs.field(validator=fields.text)
    parts: tuple[str, ...] = attrs.field(converter=fields.frozen, validator=fields.all_of(str))
    derived: str = attrs.field(
        default=attrs.Factory(lambda own: own.total, takes_self=True),
        validator=fields.text,
        kw_only=True,
    )

    def __attrs_post_init__(self) -> None:
        if len(set(self.names)) != len(self.names) or not self.parts:
            fault = "must be one or more figures, different from each other and from the total"
            raise InvalidFieldError("SumRelation", "parts", fault)
        if self.derived not in self.names:
            fault = f"must be the total or one of its parts, got {self.derived!r}"
            raise InvalidFieldError("SumRelation", "derived", fault)

    def __str__(self) -> str:
        return f"{self.total} = {' + '.join(self.parts)}"

    @property
    def names(self) -> tuple[str, ...]:
        """The total, then its parts."""
        return (self.total, *self.parts)

    def holds(self, figures: Mapping[str, Decimal]) -> bool:
        """Return whether the parts add up to the total."""
        return self._excess(figures) == 0

    def repairs(self, figures: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
        """Yield for the total and each part the value that follows from the others."""
        excess = self._excess(figures)
        yield self.total, figures[self.total] + excess
        for part in self.parts:
            yield part, figures[part] - excess

    def _excess(self, figures: Mapping[str, Decimal]) -> Decimal:
        return sum((figures[part] for part in self.parts), Decimal()) - figures[self.total]


@attrs.frozen
class PercentRelation:
    """
    A percentage of two counts: *percent* = 100 × *part* / *whole*, rounded half up as printed.

    Attributes:
        percent: Name of the percentage.
        part: Name of the count above.
        whole: Name of the count below.
    """

    percent: str = attrs.field(validator=fields.text)
    part: str = attrs.field(validator=fields.text, kw_only=True)
    whole: str = attrs.field(validator=fields.text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if len(set(self.names)) != len(self.names):
            fault = f"must differ from the other two figures, got {self.percent!r}"
            raise InvalidFieldError("PercentRelation", "percent", fault)

    def __str__(self) -> str:
        return f"{self.percent} = 100 × {self.part} / {self.whole}"

    @property
    def names(self) -> tuple[str, ...]:
        """The percentage, the part, the whole."""
        return (self.percent, self.part, self.whole)

    @property
    def derived(self) -> str:
        """The percentage."""
        return self.percent

    def holds(self, figures: Mapping[str, Decimal]) -> bool:
        """Return whether the percentage, to the decimals it is printed with, is right."""
        return figures[self.whole] > 0 and self._percent(figures) == figures[self.percent]

    def repairs(self, figures: Mapping[str, Decimal]) -> Iterator[tuple[str, Decimal]]:
        """
        Yield the percentage that follows from the counts, then counts with two digits swapped.

        A rounded percentage fixes no count, so a count is suspected only if a swap settles it.
        """
        if figures[self.whole] > 0:
            yield self.percent, self._percent(figures)
        for name in (self.part, self.whole):
            for value in _swapped(figures[name]):
                if self.holds({**figures, name: value}):
                    yield name, value

    def _percent(self, figures: Mapping[str, Decimal]) -> Decimal:
        exact = HUNDRED * figures[self.part] / figures[self.whole]
        return exact.quantize(figures[self.percent], rounding=ROUND_HALF_UP)


def _swapped(figure: Decimal) -> Iterator[Decimal]:
    """Yield what *figure* becomes when two of its digits are exchanged, each value once."""
    text = f"{figure:f}"
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    found = set()
    for number, left in enumerate(places):
        for right in places[number + 1 :]:
            signs = list(text)
            signs[left], signs[right] = signs[right], signs[left]
            found.add(Decimal("".join(signs)))
    yield from sorted(value for value in found if digit_swap(figure, value) is not DigitSwap.NONE)


def _figures(value: Mapping[str, int | float | Decimal] | Figures) -> Figures:
    pairs = fields.as_pairs(value, "StatedTotals", "figures")
    # Through text: 94.51 is meant as printed, not as the binary fraction next to it.
    return tuple((name, _number(name, figure)) for name, figure in pairs)


def _number(name: str, figure: object) -> Decimal:
    if isinstance(figure, bool) or not isinstance(figure, int | float | Decimal):
        fault = f"{name!r} must be a number, got a {type(figure).__name__}"
        raise InvalidFieldError("StatedTotals", "figures", fault)
    number = Decimal(str(figure))
    if not number.is_finite() or not 0 <= number < LARGEST:
        fault = f"{name!r} must be from 0 to below {LARGEST:,}, got {figure!r}"
        raise InvalidFieldError("StatedTotals", "figures", fault)
    decimals = -int(number.as_tuple().exponent)
    if decimals > MOST_DECIMALS:
        fault = f"{name!r} must have at most {MOST_DECIMALS} decimals, got {figure!r}"
        raise InvalidFieldError("StatedTotals", "figures", fault)
    return number if decimals >= 0 else number.quantize(Decimal(1))


def _check_relations(
    instance: StatedTotals, attribute: attrs.Attribute[Any], value: tuple[Relation, ...]
) -> None:
    known = dict(instance.figures)
    unknown = sorted({name for relation in value for name in relation.names} - set(known))
    if unknown:
        fault = f"must speak of stated figures only; not stated: {', '.join(map(repr, unknown))}"
        raise refuse(instance, attribute, fault)
    for relation in value:
        if isinstance(relation, PercentRelation) and known[relation.whole] == 0:
            fault = f"must not take a percentage of {relation.whole!r}, which is 0"
            raise refuse(instance, attribute, fault)


@attrs.frozen(kw_only=True)
class StatedTotals:
    """
    Figures as somebody printed them, and what they must satisfy together.

    Attributes:
        source: Who printed them, for the reader.
        figures: Name to number. A decimal number counts as printed: its decimals show how it was
            rounded. Use `decimal.Decimal("94.50")` to keep a last 0.
        relations: Sums and percentages among the figures.
    """

    source: str = attrs.field(default="", validator=fields.line)
    figures: Figures = attrs.field(converter=_figures)
    relations: tuple[Relation, ...] = attrs.field(
        converter=fields.frozen, validator=[fields.all_of(Relation), _check_relations]
    )

    @cached_property
    def by_name(self) -> dict[str, Decimal]:
        """Figures by name."""
        return dict(self.figures)

    def settled_by(self, name: str, value: Decimal) -> bool:
        """Return whether every relation with figure *name* holds once it reads *value*."""
        repaired = {**self.by_name, name: value}
        return all(r.holds(repaired) for r in self.relations if name in r.names)


@attrs.frozen
class SuspectFigure:
    """
    A figure that may be the misprint in a broken relation.

    Attributes:
        name: The figure.
        stated: As printed.
        computed: As it follows from the others.
        settles: Whether the computed value satisfies every relation the figure takes part in.
        swap: Whether two digits exchanged explain the difference.
    """

    name: str
    stated: Decimal
    computed: Decimal
    settles: bool
    swap: DigitSwap

    @property
    def difference(self) -> Decimal:
        """Stated less computed: positive when too much was printed."""
        return self.stated - self.computed


@attrs.frozen
class TotalsFinding:
    """
    A relation that stated figures break.

    Attributes:
        relation: The relation in words.
        suspects: Figures of it that may be misprinted, the likeliest first; never empty.
    """

    relation: str
    suspects: tuple[SuspectFigure, ...]

    @property
    def likeliest(self) -> SuspectFigure:
        """The figure to look at first."""
        return self.suspects[0]

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Lang = "id") -> str:
        """Return the figure to look at first, by how much it is off, and the likely slip."""
        known_lang, first = check_lang(lang), self.likeliest
        return say(
            TOTALS["too_many" if first.difference > 0 else "too_few"],
            known_lang,
            figure=first.name,
            stated=first.stated,
            computed=first.computed,
            relation=self.relation,
            amount=abs(first.difference),
            swap=TOTALS[f"swap_{first.swap.lower()}"][known_lang],
        )


def check_totals(stated: StatedTotals) -> tuple[TotalsFinding, ...]:
    r"""
    Recompute stated figures; return a finding for each relation they break, in order.

    Args:
        stated: The figures and their relations. `ARTICLE_TOTALS` and `FOLLOW_UP_TOTALS` are two.

    Returns:
        One finding per broken relation, each with its suspects; empty when all agree.

    Examples:
        >>> print(*check_totals(ARTICLE_TOTALS), sep="\n")
        remaining is stated as 11,870 and recomputed as 11,780 ... digits are swapped
    """
    arguments.one("check_totals", "stated", stated, StatedTotals)
    broken = (relation for relation in stated.relations if not relation.holds(stated.by_name))
    return tuple(TotalsFinding(str(relation), _suspects(stated, relation)) for relation in broken)


def _suspects(stated: StatedTotals, relation: Relation) -> tuple[SuspectFigure, ...]:
    found = [
        SuspectFigure(
            name,
            stated.by_name[name],
            value,
            stated.settled_by(name, value),
            digit_swap(stated.by_name[name], value),
        )
        for name, value in relation.repairs(stated.by_name)
        if value >= 0
    ]
    rank = list(DigitSwap)
    # Sorting is stable: equal suspects stay in the order of the relation.
    found.sort(key=lambda s: (not s.settles, rank.index(s.swap), s.name != relation.derived))
    return tuple(found)


@arguments.checked
def coverage_relations(
    *, whole: str, recorded: str, remaining: str, percent: str | None = None
) -> tuple[Relation, ...]:
    """
    Return the relations of the commonest table: who is recorded, who is not, and the coverage.

    Args:
        whole: Name of everybody's count.
        recorded: Name of the count of those recorded.
        remaining: Name of the count of the others, usually worked out.
        percent: Name of the coverage in percent; None when it is not stated.
    """
    total = SumRelation(whole, (recorded, remaining), derived=remaining)
    if percent is None:
        return (total,)
    return (total, PercentRelation(percent, part=recorded, whole=whole))


#: Printed about Rejang Lebong on 3 September 2024; one figure has two digits swapped.
ARTICLE_TOTALS = StatedTotals(
    source="Rejang Lebong, 3 September 2024",
    figures={
        "obliged": 214_600,
        "recorded": 202_820,
        "remaining": 11_870,
        "coverage percent": Decimal("94.51"),
        "first-timers": 6_000,
        "first-timers recorded": 3_000,
        "first-timers waiting": 3_000,
    },
    relations=(
        *coverage_relations(
            whole="obliged", recorded="recorded", remaining="remaining", percent="coverage percent"
        ),
        *coverage_relations(
            whole="first-timers", recorded="first-timers recorded", remaining="first-timers waiting"
        ),
    ),
)

#: Printed by the same office three weeks later; the total is 5 short.
FOLLOW_UP_TOTALS = StatedTotals(
    source="Rejang Lebong, three weeks later",
    figures={
        "first-timers": 7_034,
        "first-timers recorded": 3_994,
        "first-timers waiting": 3_045,
    },
    relations=(SumRelation("first-timers", ("first-timers recorded", "first-timers waiting")),),
)
