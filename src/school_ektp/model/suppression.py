"""
Small counts hidden in what is published, and with them what would give them away.

A count below a number (five) may be known for one person: it is hidden. Totals give a single
hidden count away by subtraction, so more are hidden until none can be computed. A table whose
rows form a tree (region, kecamatan, school) and whose columns add up is a network: each count is
the flow of an edge, each sum is the conservation of flow at a node. A hidden count can be
something else as well if its edge lies on a cycle along which hidden counts can rise and fall
(Cox 1995, "Network models for complementary cell suppression", Journal of the American
Statistical Association 90). The cheapest such cycle is hidden for each small count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import TypeAlias

import attrs

from school_ektp.errors import InvalidFieldError

#: Counts from 1 to one less than this are small.
SMALL = 5
TOTAL_WEIGHT = 10  # the sum of all is what a page is read for: it is hidden last

Row: TypeAlias = tuple[str, ...]  # from the largest area to the smallest; () is the total
Cell: TypeAlias = tuple[Row, str]  # row and column
_Node: TypeAlias = tuple[str, Row, str]

_HUB: _Node = ("hub", (), "")


@attrs.frozen
class _Edge:
    """A count as a flow; it may rise, and fall as long as it stays above 0."""

    cell: Cell
    tail: _Node
    head: _Node
    count: int


@attrs.frozen(kw_only=True)
class Published:
    """
    A table with all its totals, and which of its counts are hidden.

    Attributes:
        counts: Each count by row and column; rows of areas hold the sums of their parts, the row
            ``()`` the sums of all.
        hidden: The counts that must not be shown.
    """

    counts: Mapping[Cell, int] = attrs.field(repr=False)
    hidden: frozenset[Cell] = attrs.field(repr=lambda cells: f"<{len(cells)} cells>")

    def shown(self, row: Row, column: str) -> int | None:
        """Return a count, None when it is hidden."""
        return None if (row, column) in self.hidden else self.counts[row, column]


def published(
    rows: Mapping[Row, Mapping[str, int]], *, total: str | None = None, small: int = SMALL
) -> Published:
    """
    Return a table with its totals, and the counts that are hidden when it is published.

    Hidden are counts from 1 to *small* - 1, and as few pupils beside them as it takes so that no
    hidden count follows from what is shown, even for a reader who knows that hidden counts are
    at least 1. A count of 0 tells of nobody and is shown.

    Args:
        rows: The counts of the smallest areas by column; each row is named from the largest area
            to the smallest, such as ``("Curup", "10700001")``. The columns are the same in all.
        total: Name of a further column that holds the sum of the others; none when None.
        small: Counts below it are small; 1 hides nothing.

    Raises:
        InvalidFieldError: A row lies within another row, columns differ, or a count is negative.
    """
    columns = _checked(rows, total)
    if small < 1:
        owner = "published"
        raise InvalidFieldError(owner, "small", f"must be at least 1, got {small}")
    counts = _summed(rows, columns, total)
    edges = [*_edges(rows, counts, total)]
    first = [edge for edge in edges if 0 < edge.count < small]
    search = _Search(edges, {edge.cell for edge in first}, small)
    for edge in first:
        search.hidden.update(search.cycle(edge))
    return Published(counts=counts, hidden=frozenset(search.hidden))


def _checked(rows: Mapping[Row, Mapping[str, int]], total: str | None) -> tuple[str, ...]:
    owner = "published"
    columns = tuple(next(iter(rows.values()), {}))
    if total in columns:
        raise InvalidFieldError(owner, "total", f"must not be a column of the rows, got {total!r}")
    inner = {row[:size] for row in rows for size in range(len(row))}
    for row, counts in rows.items():
        if row in inner or not row:
            raise InvalidFieldError(owner, "rows", f"must not lie within one another: {row!r}")
        if set(counts) != set(columns):
            fault = f"must all have the columns {columns}, got {tuple(counts)}"
            raise InvalidFieldError(owner, "rows", fault)
        if any(count < 0 for count in counts.values()):
            raise InvalidFieldError(owner, "rows", f"must not hold negative counts: {row!r}")
    return columns


def _summed(
    rows: Mapping[Row, Mapping[str, int]], columns: Iterable[str], total: str | None
) -> dict[Cell, int]:
    all_columns = (*columns, *([total] if total is not None else []))
    counts: dict[Cell, int] = dict.fromkeys((((), column) for column in all_columns), 0)
    for row, given in rows.items():
        values = {**given, **({total: sum(given.values())} if total is not None else {})}
        for size in range(len(row) + 1):
            for column, value in values.items():
                key = row[:size], column
                counts[key] = counts.get(key, 0) + value
    return counts


def _edges(
    rows: Mapping[Row, Mapping[str, int]], counts: Mapping[Cell, int], total: str | None
) -> Iterator[_Edge]:
    """Yield each count as an edge; flow runs down the column of totals and up the others."""

    def node(row: Row, column: str) -> _Node:
        if row in rows:
            return _HUB if total is None else ("row", row, "")
        return "sum", row, column

    for (row, column), count in counts.items():
        above = node(row[:-1], column) if row else _HUB
        here = node(row, column)
        ends = (above, here) if column == total else (here, above)
        yield _Edge((row, column), *ends, count)


class _Search:
    """Cheapest cycles in the network of a table, of which some counts are hidden already."""

    def __init__(self, edges: Iterable[_Edge], hidden: set[Cell], small: int) -> None:
        self.hidden, self.small = hidden, small
        self.around: defaultdict[_Node, list[_Edge]] = defaultdict(list)
        for edge in edges:
            self.around[edge.tail].append(edge)
            self.around[edge.head].append(edge)

    def cycle(self, edge: _Edge) -> list[Cell]:
        """Return the cells of the cheapest cycle along which the count of *edge* can change."""
        found = [self._path(edge.head, edge.tail, edge)]
        if edge.count > 1:
            found.append(self._path(edge.tail, edge.head, edge))
        # The flow itself is a sum of cycles, so that one of them runs through every count above 0.
        return min((one for one in found if one is not None), key=lambda one: one[0])[1]

    def _path(self, start: _Node, goal: _Node, without: _Edge) -> tuple[int, list[Cell]] | None:
        """Return the cheapest way by Dijkstra: what it hides, in pupils, and its cells."""
        queue: list[tuple[int, int, _Node, _Edge | None, _Node]] = [(0, 0, start, None, start)]
        come: dict[_Node, tuple[_Edge | None, _Node]] = {}
        pushed = 0
        while queue:
            price, _, here, by, before = heappop(queue)
            if here in come:
                continue
            come[here] = by, before
            if here == goal:
                return price, _cells(come, goal)
            for edge in self.around[here]:
                rises = edge.tail == here
                there = edge.head if rises else edge.tail
                # A count of 0 stays shown; one that falls stays at 1 or above.
                if edge is without or there in come or edge.count < (1 if rises else 2):
                    continue
                pushed += 1
                heappush(queue, (price + self._price(edge), pushed, there, edge, here))
        return None

    def _price(self, edge: _Edge) -> int:
        if edge.cell in self.hidden:
            return 0
        row, _ = edge.cell
        return (self.small + edge.count) * (1 if row else TOTAL_WEIGHT)


def _cells(come: Mapping[_Node, tuple[_Edge | None, _Node]], goal: _Node) -> list[Cell]:
    cells = []
    edge, before = come[goal]
    while edge is not None:
        cells.append(edge.cell)
        edge, before = come[before]
    return cells
