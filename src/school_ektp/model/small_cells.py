"""
Counts that are too small to be published, and those that would give them away.

A count below `FEWEST` is close to a person, so it is left out of what is meant for others. That
is not enough where counts are shown together with their totals: what is left out is the total less
the rest. So further counts are left out, until each small count might as well be `FEWEST`: there
is another table, equal in all that is shown, in which it is. No reckoning can tell the two apart.

Willenborg and de Waal, *Elements of Statistical Disclosure Control* (2001), chapter 4, on secondary
cell suppression. The other table is found as in a network: what a count gains is taken from
others along a way through the sums, and the way with the smallest counts is left out.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import attrs

from school_ektp.errors import InvalidFieldError

#: Counts from 1 to one less than this are left out of what is meant for others.
FEWEST = 5
#: What stands in place of a count that is left out, whether it is small or protects a small one.
MARK = "*"

Key = TypeVar("Key", bound=Hashable)

_SUMS = 2  # that a count is in, at most: the ways through them are those of a network
_TOTAL = 1000  # how much rather a part is left out than a total
_ZERO = 20  # what it costs to leave out a zero, in pupils


@attrs.frozen
class Sum(Generic[Key]):
    """
    A count that is the sum of others, as everybody can see.

    Attributes:
        total: Its key.
        parts: The keys of the others, each once.
    """

    total: Key
    parts: tuple[Key, ...]


def small_cells(
    counts: Mapping[Key, int],
    sums: Iterable[Sum[Key]] = (),
    *,
    known: Iterable[Key] = (),
    fewest: int = FEWEST,
) -> frozenset[Key]:
    """
    Return the keys of the counts that must not be shown.

    Args:
        counts: All counts that are shown together, also in several tables.
        sums: Which of them are sums of others. Each count is in at most two.
        known: Keys of counts that everybody knows, such as that of a whole regency.
        fewest: Counts from 1 to one less than this are small. With 1 nothing is left out.

    Returns:
        The small counts and those that give them away. For whoever sees all others, each small
        count may be *fewest* or more, unless known counts alone show that it is not.

    Raises:
        InvalidFieldError: *fewest* is no whole number from 1, counts do not add up, or a count
            is in more than two sums.
    """
    owner = "small_cells"
    given: object = fewest
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise InvalidFieldError(owner, "fewest", "must be a whole number, at least 1")
    whole = tuple(sums)
    if any(counts[one.total] != sum(counts[part] for part in one.parts) for one in whole):
        raise InvalidFieldError(owner, "sums", "must add up to their totals")
    search = _Search(counts, whole, frozenset(known), fewest)
    if any(len(sides) > _SUMS for sides in search.of.values()):
        raise InvalidFieldError(owner, "sums", "must hold each count at most twice")
    return frozenset(search.hidden())


class _Side(NamedTuple):
    """A count in a sum: +1 as a part, -1 as the total."""

    law: int
    sign: int


#: A sum, and by how much of one its parts exceed its total there.
_State: TypeAlias = tuple[int, int]
_END: _State = (-1, 0)


class _Search(Generic[Key]):
    """What is left out so far, and the other table that fits all that is shown."""

    def __init__(
        self,
        counts: Mapping[Key, int],
        sums: tuple[Sum[Key], ...],
        known: frozenset[Key],
        fewest: int,
    ) -> None:
        self.counts = counts
        self.fewest = fewest
        self.known = known
        self.members = [(one.total, *one.parts) for one in sums]
        self.totals = {one.total for one in sums}
        self.of: defaultdict[Key, list[_Side]] = defaultdict(list)
        for law, one in enumerate(sums):
            self.of[one.total].append(_Side(law, -1))
            for part in one.parts:
                self.of[part].append(_Side(law, 1))
        small = [key for key, count in counts.items() if 0 < count < fewest and key not in known]
        self.small = sorted(small, key=lambda key: counts[key])
        self.out: dict[Key, None] = dict.fromkeys(small)

    def hidden(self) -> Iterable[Key]:
        """Return what must be left out."""
        for key in self.small:
            self._protect(key)
        return self.out

    def _protect(self, key: Key) -> None:
        """Leave out what lets *key* be the fewest in another table."""
        other: dict[Key, int] = {}
        step = need = self.fewest - self.counts[key]
        while step:  # as much at once as can be
            if self._moved(key, step, other):
                need -= step
                step = min(step, need)
            else:
                step //= 2
        self.out.update(dict.fromkeys(other))

    def _moved(self, key: Key, amount: int, other: dict[Key, int]) -> bool:
        """Add *amount* to *key* in the other table and balance its sums; False if none can be."""
        changes = {key: amount}
        sides = self.of[key]
        open_sides = [(side.law, side.sign) for side in sides]
        while open_sides:
            start = open_sides.pop()
            goals = {(law, -sign) for law, sign in open_sides}
            way = self._way(start, goals, key, amount, {**other, **_sums(other, changes)})
            if way is None:
                return False
            steps, end = way
            for cell, change in steps:
                changes[cell] = changes.get(cell, 0) + change * amount
            if end != _END:
                open_sides.remove((end[0], -end[1]))
        final = {cell: other.get(cell, 0) + change for cell, change in changes.items()}
        if any(self.counts[cell] + change < 0 for cell, change in final.items()):
            return False
        other.update(final)
        return True

    def _way(
        self,
        start: _State,
        goals: set[_State],
        key: Key,
        amount: int,
        other: Mapping[Key, int],
    ) -> tuple[list[tuple[Key, int]], _State] | None:
        """Return the cheapest changes that carry what is too much in a sum to a goal or away."""
        best: dict[_State, int] = {start: 0}
        came: dict[_State, tuple[_State, Key, int]] = {}
        queue: list[tuple[int, int, _State]] = [(0, 0, start)]
        while queue:
            cost, _, here = heapq.heappop(queue)
            if here in goals or here == _END:
                return _followed(came, start, here), here
            if cost > best[here]:
                continue
            for cell, change, there in self._steps(here, key):
                if change < 0 and self.counts[cell] + other.get(cell, 0) < amount:
                    continue
                price = cost + self._price(cell)
                if there not in best or price < best[there]:
                    best[there] = price
                    came[there] = here, cell, change
                    heapq.heappush(queue, (price, len(came) + len(queue), there))
        return None

    def _steps(self, here: _State, key: Key) -> Iterator[tuple[Key, int, _State]]:
        """Yield what may change in a sum to balance it, and what that does to another sum."""
        law, excess = here
        for place, cell in enumerate(self.members[law]):
            if cell == key or cell in self.known:
                continue
            change = -excess if place else excess
            others = [side for side in self.of[cell] if side.law != law]
            yield cell, change, (others[0].law, change * others[0].sign) if others else _END

    def _price(self, key: Key) -> int:
        if key in self.out:
            return 0
        price = 1 + (self.counts[key] or _ZERO)
        return price * (_TOTAL if key in self.totals else 1)


def _sums(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    return {key: one.get(key, 0) + change for key, change in other.items()}


def _followed(
    came: Mapping[_State, tuple[_State, Key, int]], start: _State, end: _State
) -> list[tuple[Key, int]]:
    steps: list[tuple[Key, int]] = []
    while end != start:
        end, cell, change = came[end]
        steps.append((cell, change))
    return steps
