"""Workbooks of Excel, .xlsx and .xls, through the extra ``excel``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from school_ektp.model.extras import extra
from school_ektp.roster.read import archive, biff
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.grid import Grid, Row
from school_ektp.roster.read.guard import guarded
from school_ektp.roster.read.layouts import HEADER_WITHIN
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.sniff import FileKind

if TYPE_CHECKING:
    import fastexcel

_VISIBLE = "visible"
_TOP = HEADER_WITHIN + 2  # a header in the last of them may have two more rows
_DAMAGED = "is a damaged or protected workbook; open it, save it as .xlsx and try again"
_AS_TEXT: dict[str, Any] = {
    "header_row": None,
    "skip_rows": 0,  # rows above the used range are counted
    "dtypes": "string",
    "whitespace_as_null": True,
}


def workbook_grids(content: bytes, kind: FileKind, file: str, limits: ReadLimits) -> Iterator[Grid]:
    """
    Yield the sheets of a workbook, every cell as text; bounds are held before it is opened.

    Raises:
        MissingExtraError: The extra ``excel`` is not installed.
        ReadError: Damaged, protected or beyond the bounds.
    """
    inspect = archive.inspect if kind is FileKind.XLSX else biff.inspect
    facts = inspect(content, file, limits)
    reader = _open(facts.content, file)
    names = reader.sheet_names
    limits.hold("sheets", len(names), file)
    for name in names:
        yield _grid(reader, name, file, limits, facts.system)


def _open(content: bytes, file: str) -> fastexcel.ExcelReader:
    with extra("excel", "reading a workbook"):
        import fastexcel
    return guarded(lambda: fastexcel.read_excel(content), file, _DAMAGED)


def _grid(
    reader: fastexcel.ExcelReader, name: str, file: str, limits: ReadLimits, system: DateSystem
) -> Grid:
    def load(
        columns: list[int] | None, rows: int | None
    ) -> tuple[pl.DataFrame, fastexcel.ExcelSheet]:
        def sheet() -> fastexcel.ExcelSheet:
            options = {**_AS_TEXT, "use_columns": columns, "n_rows": rows}
            opened: fastexcel.ExcelSheet = reader.load_sheet(name, **options)
            return opened

        loaded = guarded(sheet, file, _DAMAGED)
        limits.hold("rows", loaded.total_height, file)
        return guarded(loaded.to_polars, file, _DAMAGED), loaded

    top, opened = load(None, _TOP)
    places = [column.absolute_index for column in opened.available_columns()]
    width = max(places, default=-1) + 1
    limits.hold("columns", width, file)

    def take(numbers: list[int]) -> pl.DataFrame:
        used = sorted({number for number in numbers if number in places})
        if not used:
            return pl.DataFrame(_nothing(len(numbers), opened.total_height))
        frame, _ = load(used, None)
        empty = pl.lit(None, pl.String)
        return frame.select(
            (pl.nth(used.index(number)) if number in places else empty).alias(f"c{place}")
            for place, number in enumerate(numbers)
        )

    return Grid(
        file=file,
        sheet=name,
        top=[_placed(row, places, width) for row in top.iter_rows()],
        height=opened.total_height,
        take=take,
        system=system,
        hidden=opened.visible != _VISIBLE,
    )


def _placed(row: tuple[str | None, ...], places: list[int], width: int) -> Row:
    """Return a row as it stands on the sheet: the reader leaves out what is left of the cells."""
    cells: list[str | None] = [None] * width
    for place, cell in zip(places, row, strict=True):
        cells[place] = cell
    return cells


def _nothing(columns: int, rows: int) -> dict[str, pl.Series]:
    return {f"c{place}": pl.Series([None] * rows, dtype=pl.String) for place in range(columns)}
