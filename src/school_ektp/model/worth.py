"""What a plan is worth, and what it may cost, each in pupils."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments, fields

FREE, MOST = 0.0, 1_000.0  # a visit worth a thousand pupils is a slip of the pen


def _price(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not FREE <= value <= MOST:
        fault = f"must be a number of pupils from 0 to 1000, got {fields.shown(value)}"
        raise InvalidFieldError(type(instance).__name__, attribute.name, fault)


def _weights(value: Mapping[int, float]) -> tuple[tuple[int, float], ...]:
    return tuple(sorted(dict(fields.as_pairs(value, "Worth", "weights")).items()))


@attrs.frozen(kw_only=True)
class Worth:
    """
    What visits, team-days, driving and waiting are worth, each in pupils.

    A plan is worth the pupils it is expected to record, less what it costs. So a visit is made
    if it brings more pupils than it costs, and an early visit is worth more than a late one.

    Attributes:
        visit: Pupils that a visit must bring to be worth making.
        team_day: Pupils that a team's day out must bring beyond its visits.
        driving_hour: Pupils that an hour on the road must bring.
        waiting_week: Share of a pupil lost with each week of waiting; counted in thousandths
            a day.
        weights: How much a pupil of each priority class counts, by its rank, in tenths; 1 when
            not given.
    """

    visit: float = attrs.field(default=2.5, validator=_price)
    team_day: float = attrs.field(default=2.0, validator=_price)
    driving_hour: float = attrs.field(default=0.3, validator=_price)
    waiting_week: float = attrs.field(default=0.028, validator=fields.chance)
    weights: tuple[tuple[int, float], ...] = attrs.field(
        default=(), converter=_weights, validator=fields.of_pairs(fields.whole_number(0), _price)
    )

    @classmethod
    def thorough(cls) -> Worth:
        """Return the setting that goes far for the last pupils: more visits, more team-days."""
        return cls(visit=2.0, team_day=2.0, driving_hour=0.3, waiting_week=0.035)

    @classmethod
    def balanced(cls) -> Worth:
        """Return the default setting."""
        return cls()

    @classmethod
    def thrifty(cls) -> Worth:
        """Return the setting that saves days and roads, and leaves more to the counter."""
        return cls(visit=3.25, team_day=4.0, driving_hour=0.5, waiting_week=0.056)

    @classmethod
    def pupils(cls) -> Worth:
        """Return the setting in which only pupils count, whatever the effort."""
        return cls(visit=0.0, team_day=0.0, driving_hour=0.0, waiting_week=0.0)

    @arguments.checked
    def weight(self, rank: int) -> float:
        """Return how much a pupil of a priority class counts."""
        return dict(self.weights).get(rank, 1.0)
