"""How long it takes from place to place: estimated from coordinates, or given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model import arguments
from school_ektp.model.fields import as_pairs, as_tuple, refuse, shown

CIRCUITY = 1.35  # road over straight line; local ratios 1.12 to 1.39, 1.81 over the pass
NO_ROUTE = 24 * 60  # minutes that no shift holds: a time as long or longer means no route

PairMinutes = tuple[tuple[tuple[str, str], int], ...]


@arguments.checked
def base_of(team: str) -> str:
    """Return the place name of a team's base in a travel table."""
    return f"{team}/base"


@arguments.checked
def end_of(team: str) -> str:
    """Return the place name of where a team ends its day, when that is not its base."""
    return f"{team}/end"


def _pairs(value: Mapping[tuple[str, str], int | None] | PairMinutes) -> PairMinutes:
    pairs = as_pairs(value, "RoadEstimate", "overrides")
    as_pairs((places for places, _ in pairs), "RoadEstimate", "overrides")
    return tuple(sorted((tuple(pair), _or_no_route(_route(minutes))) for pair, minutes in pairs))


def _places(value: Iterable[str]) -> tuple[str, ...]:
    places = as_tuple(value, "TravelTable", "places")
    if not all(isinstance(place, str) for place in places):
        raise InvalidFieldError("TravelTable", "places", "must hold names of places, as texts")
    return places


def _rows(value: Iterable[Iterable[int | None]]) -> tuple[tuple[int | None, ...], ...]:
    rows = as_tuple(value, "TravelTable", "minutes")
    return tuple(tuple(map(_route, as_tuple(row, "TravelTable", "minutes"))) for row in rows)


def _route(minutes: int | None) -> int | None:
    """Return minutes as they are, None where they are a day or more: engines mean no route."""
    return None if _is_minutes(minutes) and minutes >= NO_ROUTE else minutes  # type: ignore[operator]


def _check_pairs(instance: object, attribute: attrs.Attribute[Any], value: PairMinutes) -> None:
    for (origin, target), minutes in value:
        if not _is_minutes(minutes):
            fault = f"from {origin} to {target} must be whole minutes from 0, got {minutes!r}"
            raise refuse(instance, attribute, fault)


def _circuity(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    no_number = isinstance(value, bool) or not isinstance(value, int | float)
    if no_number or not 1 <= value < 10:  # type: ignore[operator]  # noqa: PLR2004 - roads
        raise refuse(instance, attribute, f"must be at least 1 and below 10, got {shown(value)}")


@attrs.frozen(kw_only=True)
class RoadEstimate:
    """
    Minutes from straight lines, a circuity factor and each team's speed.

    Attributes:
        circuity: Road distance over straight distance.
        overrides: Minutes between two places that the estimate gets wrong, both ways unless
            the way back is given too; None where no route is. Places are NPSNs and, for teams,
            `base_of(name)`; to plan with one that is unknown is an error.
    """

    circuity: float = attrs.field(default=CIRCUITY, validator=_circuity)
    overrides: PairMinutes = attrs.field(factory=dict, converter=_pairs, validator=_check_pairs)


@attrs.frozen
class TravelTable:
    """
    Minutes between places as a routing engine gave them.

    Attributes:
        places: NPSNs and, for teams, `base_of(name)` and where needed `end_of(name)`.
        minutes: One row per place of origin, one column per target; None where no route is. A
            day or more becomes None, too: some engines say so what they cannot reach.
    """

    places: tuple[str, ...] = attrs.field(converter=_places)
    minutes: tuple[tuple[int | None, ...], ...] = attrs.field(converter=_rows)

    def __attrs_post_init__(self) -> None:
        size = len(self.places)
        if len(set(self.places)) != size:
            raise InvalidFieldError("TravelTable", "places", "must not name a place twice")
        if len(self.minutes) != size or any(len(row) != size for row in self.minutes):
            fault = f"must hold {size} rows of {size} values, one for each place"
            raise InvalidFieldError("TravelTable", "minutes", fault)
        if any(cell is not None and not _is_minutes(cell) for row in self.minutes for cell in row):
            fault = "must be whole minutes from 0, or None where no route is"
            raise InvalidFieldError("TravelTable", "minutes", fault)

    @arguments.checked
    def among(self, places: Sequence[str]) -> tuple[tuple[int, ...], ...]:
        """
        Return the minutes among *places* in their order, `NO_ROUTE` where there is none.

        Raises:
            InvalidFieldError: A place is not in the table; all such places are named.
        """
        number = {place: index for index, place in enumerate(self.places)}
        unknown = [place for place in places if place not in number]
        if unknown:
            raise InvalidFieldError("TravelTable", "places", f"lacks {', '.join(unknown)}")
        wanted = [number[place] for place in places]
        return tuple(
            tuple(0 if a == b else _or_no_route(self.minutes[a][b]) for b in wanted) for a in wanted
        )

    @arguments.checked
    def has_route(self, origin: str, target: str) -> bool:
        """
        Return whether the table knows a way from one place to another, over others if need be.

        Raises:
            InvalidFieldError: A place is not in the table.
        """
        unknown = [place for place in (origin, target) if place not in self.places]
        if unknown:
            raise InvalidFieldError("TravelTable", "places", f"lacks {', '.join(unknown)}")
        return self.places.index(target) in self._reached[self.places.index(origin)]

    @cached_property
    def _reached(self) -> tuple[frozenset[int], ...]:
        """For each place the numbers of those that can be reached from it."""
        onward = [
            [number for number, cell in enumerate(row) if cell is not None] for row in self.minutes
        ]
        return tuple(frozenset(_closure(onward, start)) for start in range(len(onward)))


def _closure(onward: Sequence[Sequence[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        new = [number for number in onward[waiting.pop()] if number not in found]
        found.update(new)
        waiting += new
    return found


def _is_minutes(cell: object) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0


def _or_no_route(cell: int | None) -> int:
    return NO_ROUTE if cell is None else cell
