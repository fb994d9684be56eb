"""Small tables of schools, days and closures: rows of texts by column, wherever they come from."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import NamedTuple

from school_ektp.errors import ReadError, SchoolEktpWarning
from school_ektp.roster.read.cells import clean, has_hidden_marks
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.grid import Grid, find_header, known_headings
from school_ektp.roster.read.layouts import Layout
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.sources import PathLike, as_path, content_of, grids, shown_name


class TableRow(NamedTuple):
    """One row of a small table."""

    file: str
    sheet: str
    row: int  # as a spreadsheet counts
    system: DateSystem
    cells: dict[str, str]  # by column; empty cells are ""
    marked: tuple[str, ...] = ()  # columns whose cells had marks that cannot be seen

    @property
    def place(self) -> str:
        """Where the row is, for messages."""
        return f"{self.sheet}:{self.row}" if self.sheet else f"row {self.row}"


_ROWS_NAMED = 5


def table_rows(source: PathLike, layout: Layout, limits: ReadLimits) -> list[TableRow]:
    """
    Return the rows of a CSV, workbook or JSON that have anything in the columns of a layout.

    A hidden sheet counts only where no other has the table.

    Raises:
        ReadError: It cannot be read, or no sheet has a header of that layout.
        MissingExtraError: It is a workbook and the extra ``excel`` is not installed.
    """
    path = as_path(source)
    file = shown_name(path.name)
    content = content_of(path, file, limits)
    tables, known = [], ""
    for grid in grids(content, file, limits):
        tables.append((grid.hidden, _rows(grid, layout)))
        _warn_of_quotes(grid)
        known = known or known_headings(grid.top, (layout,))
    shown = [rows for hidden, rows in tables if rows and not hidden]
    found = shown or [rows for _, rows in tables if rows]
    if not found:
        names = "; ".join(" or ".join(sorted(group)) for group in layout.needs)
        fault = f"has no table of {layout.name} with columns for {names}"
        raise ReadError(file, f"{fault}; headings found: {known or 'none of these'}")
    return [row for rows in found for row in rows]


def _warn_of_quotes(grid: Grid) -> None:
    """Warn of rows whose quotes had to be mended: a list of schools has no issues for it."""
    rows = (
        [str(row) for row in grid.coded_issues["row"].unique().sort()]
        if grid.coded_issues.height
        else []
    )
    if rows:
        shown = ", ".join(rows[:_ROWS_NAMED]) + (", ..." if len(rows) > _ROWS_NAMED else "")
        message = (
            f"{grid.file}: quotes that do not close were taken out of row {shown}; check these"
            " rows, and save the file again as .xlsx to silence this"
        )
        warnings.warn(message, SchoolEktpWarning, stacklevel=4)


def _rows(grid: Grid, layout: Layout) -> list[TableRow]:
    header = find_header(grid.top, (layout,))
    if header is None:
        return []
    names = list(header.columns)
    cells = grid.take(list(header.columns.values())).slice(header.row + header.rows)
    return list(_filled(grid, names, cells.rows(), header.row + header.rows))


def _filled(
    grid: Grid, names: list[str], rows: list[tuple[str | None, ...]], head: int
) -> Iterator[TableRow]:
    for number, row in enumerate(rows, start=head + 1):
        texts = {name: clean(cell or "") for name, cell in zip(names, row, strict=True)}
        if any(texts.values()):
            marked = tuple(
                name for name, cell in zip(names, row, strict=True) if has_hidden_marks(cell or "")
            )
            yield TableRow(grid.file, grid.sheet, number, grid.system, texts, marked)
