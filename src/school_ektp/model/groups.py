"""Things put together, and counts added up, by what they have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> defaultdict[Key, list[Item]]:
    """Return items by key, in the order in which they come; a key that none has holds none."""
    found: defaultdict[Key, list[Item]] = defaultdict(list)
    for one in items:
        found[key(one)].append(one)
    return found


def summed(counts: Iterable[tuple[Key, int]]) -> Counter[Key]:
    """Return the sum of the counts of each key; of a key that has none, 0."""
    found: Counter[Key] = Counter()
    for key, count in counts:
        found[key] += count
    return found
