"""Workbooks of Excel, .xlsx and .xls, through the extra ``excel``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl

from school_ektp.errors import MissingExtraError
from school_ektp.roster.read import archive, compound
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.grid import Grid, Row
from school_ektp.roster.read.guard import guarded
from school_ektp.roster.read.layouts import HEADER_WITHIN
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.sniff import FileKind

if TYPE_CHECKING:
    import fastexcel

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
    Yield the sheets of a workbook, every cell as text.

    Args:
        content: The file.
        kind: XLSX or XLS.
        file: Its name, for messages.
        limits: Bounds, looked at before the workbook is opened.

    Raises:
        MissingExtraError: The extra ``excel`` is not installed.
        ReadError: Damaged, protected or beyond the bounds.
    """
    inspect = archive.inspect if kind is FileKind.XLSX else compound.inspect
    facts = inspect(content, file, limits)
    reader = _open(facts.content, file)
    names = reader.sheet_names
    limits.hold("sheets", len(names), file)
    for name in names:
        yield _grid(reader, name, file, limits, facts.system)


def _open(content: bytes, file: str) -> fastexcel.ExcelReader:
    try:
        import fastexcel
    except ImportError:
        raise MissingExtraError("excel", "reading a workbook") from None
    return guarded(lambda: fastexcel.read_excel(content), file, _DAMAGED)


def _grid(
    reader: fastexcel.ExcelReader, name: str, file: str, limits: ReadLimits, system: DateSystem
) -> Grid:
    def load(columns: list[int] | None, rows: int | None) -> tuple[pl.DataFrame, int]:
        def sheet() -> fastexcel.ExcelSheet:
            options = {**_AS_TEXT, "use_columns": columns, "n_rows": rows}
            opened: fastexcel.ExcelSheet = reader.load_sheet(name, **options)
            return opened

        loaded = guarded(sheet, file, _DAMAGED)
        limits.hold("rows", loaded.total_height, file)
        return guarded(loaded.to_polars, file, _DAMAGED), loaded.total_height

    def take(numbers: list[int]) -> pl.DataFrame:
        columns = sorted(set(numbers))
        frame, _ = load(columns, None)
        return frame.select(pl.nth(columns.index(number)) for number in numbers)

    top, height = load(None, _TOP)
    limits.hold("columns", top.width, file)
    rows: list[Row] = list(top.rows())
    return Grid(file=file, sheet=name, top=rows, height=height, take=take, system=system)
