"""
A table of areas and its totals as it is published: region, kecamatan, school; columns that add up.

Which counts are hidden is found by `small_cells`, from all the sums that a reader can see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from school_ektp.errors import InvalidFieldError
from school_ektp.model.small_cells import FEWEST, Sum, small_cells

Row: TypeAlias = tuple[str, ...]  # from the largest area to the smallest; () is the total
Cell: TypeAlias = tuple[Row, str]  # row and column


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
    rows: Mapping[Row, Mapping[str, int]], *, total: str | None = None, fewest: int = FEWEST
) -> Published:
    """
    Return a table with its totals, and the counts that are hidden when it is published.

    Args:
        rows: The counts of the smallest areas by column; each row is named from the largest area
            to the smallest, such as ``("Curup", "10700001")``. The columns are the same in all.
        total: Name of a further column that holds the sum of the others; none when None.
        fewest: As in `school_ektp.model.small_cells.small_cells`.

    Raises:
        InvalidFieldError: A row lies within another row, columns differ, or a count is negative.
    """
    columns = _checked(rows, total)
    counts = _summed(rows, columns, total)
    sums = [*_areas(counts), *_across(rows, columns, total)]
    return Published(counts=counts, hidden=small_cells(counts, sums, fewest=fewest))


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


def _areas(counts: Iterable[Cell]) -> Iterator[Sum[Cell]]:
    """Yield what each area is the sum of, in each column."""
    inside: defaultdict[Cell, list[Cell]] = defaultdict(list)
    for row, column in counts:
        if row:
            inside[row[:-1], column].append((row, column))
    for area, parts in inside.items():
        yield Sum(area, tuple(parts))


def _across(
    rows: Iterable[Row], columns: tuple[str, ...], total: str | None
) -> Iterator[Sum[Cell]]:
    """Yield the sum of each smallest row; those of areas follow from them."""
    for row in rows if total is not None else ():
        yield Sum((row, total or ""), tuple((row, column) for column in columns))
