"""
Expectations in hundredths of a pupil as whole pupils: rounded once, and every sum agrees.

What is shown of a plan are visits by group of pupils; schools, priority classes, team-days and
districts are their sums. `whole_table` rounds them all at once, by the method of the largest
remainder: first the whole, then classes, schools, visits, and the groups of each. The pupils
flow from the whole over schools and visits to the groups of a visit, and over the groups of a
school and the priority classes to the whole again. Where an amount is not whole, a circle of
such amounts leads through it, so it can grow to the next whole number while others shrink.
Each amount ends as the whole number below it or above it (controlled rounding: Cox, Journal of
the American Statistical Association 82, 1987).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs

from school_ektp.model.apportion import ONE

Node: TypeAlias = int
Arc: TypeAlias = tuple[Node, Node]


@attrs.frozen
class Row:
    """
    One visit before it is rounded.

    Attributes:
        site: Number of the school.
        amounts: Hundredths of pupils of each of its groups.
    """

    site: int
    amounts: tuple[int, ...]


def whole_table(
    rows: Sequence[Row], classes: Mapping[int, Sequence[int]]
) -> tuple[tuple[int, ...], ...]:
    """
    Return for each visit and group whole pupils, below or above what is expected.

    So are their sums for each visit, school, group of a school and priority class; the whole is
    rounded half up. *classes* holds the priority class of each group, by school.
    """
    table = _Table()
    for visit, row in enumerate(rows):
        for group, amount in enumerate(row.amounts):
            table.add(_circle(visit, row.site, group, classes[row.site][group]), amount)
    table.settle()
    return tuple(
        tuple(
            table.whole(("visit", visit), ("group", row.site, group))
            for group in range(len(row.amounts))
        )
        for visit, row in enumerate(rows)
    )


Place: TypeAlias = tuple[str, *tuple[int, ...]]
_BEGIN: Place = ("begin",)
_END: Place = ("end",)
_ORDER = ("end", "class", "begin", "site", "group", "visit")  # by where an arc begins


def _circle(visit: int, site: int, group: int, rank: int) -> list[Place]:
    """Return the places through which the pupils of a group flow who come to a visit."""
    here, there = ("site", site), ("group", site, group)
    return [_BEGIN, here, ("visit", visit), there, ("class", rank), _END, _BEGIN]


class _Table:
    """Amounts on arcs from place to place, as much into each as out of it."""

    def __init__(self) -> None:
        self.amounts: dict[Arc, int] = {}
        self._nodes: dict[Place, Node] = {}
        self._stage: dict[Node, int] = {}
        self._open: defaultdict[Node, dict[Node, Arc]] = defaultdict(dict)

    def add(self, circle: Iterable[Place], amount: int) -> None:
        """Add an amount to each arc of a circle."""
        for arc in pairwise([self._node(place) for place in circle]):
            self.amounts[arc] = self.amounts.get(arc, 0) + amount

    def whole(self, begin: Place, end: Place) -> int:
        """Return the whole amount that flows from one place to another."""
        return self.amounts[self._nodes[begin], self._nodes[end]] // ONE

    def _node(self, place: Place) -> Node:
        node = self._nodes.setdefault(place, len(self._nodes))
        self._stage[node] = _ORDER.index(place[0])
        return node

    def settle(self) -> None:
        """Make every amount whole: the whole to the nearest, others up by largest remainder."""
        parts = {arc: amount % ONE for arc, amount in self.amounts.items() if amount % ONE}
        for arc in sorted(parts, key=lambda arc: (parts[arc], arc)):  # the smallest gives first
            self._open[arc[0]][arc[1]] = self._open[arc[1]][arc[0]] = arc
        order = sorted(parts, key=lambda arc: (self._stage[arc[0]], -parts[arc], arc))
        for arc in order:
            up = self._stage[arc[0]] > 0 or 2 * parts[arc] >= ONE
            while self.amounts[arc] % ONE:
                self._push(arc, up=up)

    def _push(self, arc: Arc, *, up: bool) -> None:
        """Let an amount grow or shrink, and others with it, until one of them is whole."""
        whole = not self._stage[arc[0]]  # who makes the whole grow grows, too: the largest first
        ways = [(arc, up), *self._around(arc, up=up, largest=up and whole)]
        step = min(
            ONE - self.amounts[one] % ONE if grows else self.amounts[one] % ONE
            for one, grows in ways
        )
        for one, grows in ways:
            self.amounts[one] += step if grows else -step
            if not self.amounts[one] % ONE:
                del self._open[one[0]][one[1]], self._open[one[1]][one[0]]

    def _around(self, arc: Arc, *, up: bool, largest: bool) -> list[tuple[Arc, bool]]:
        """Return open arcs that lead from the end of *arc* back to its beginning."""
        begin, end = arc
        came = self._came(arc, largest=largest)
        ways, node = [], begin
        while node != end:
            way = self._open[node][came[node]]
            ways.append((way, up == (way[1] == node)))
            node = came[node]
        return ways

    def _came(self, arc: Arc, *, largest: bool) -> dict[Node, Node]:
        """Return from where each node is first reached, until the beginning of *arc* is."""
        begin, end = arc
        came: dict[Node, Node] = {end: end}
        waiting = deque([end])
        while begin not in came:
            here = waiting.popleft()
            near = self._open[here]
            for there in reversed(near) if largest else near:
                if there not in came and (here, there) != (end, begin):
                    came[there] = here
                    waiting.append(there)
        return came
