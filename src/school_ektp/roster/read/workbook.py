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
    system, sound = inspect(content, file, limits)
    reader = _open(sound, file)
    names = reader.sheet_names
    limits.hold("sheets", len(names), file)
    for name in names:
        yield _Sheet(reader, name, file, limits).grid(system)


def _open(content: bytes, file: str) -> fastexcel.ExcelReader:
    with extra("excel", "reading a workbook"):
        import fastexcel
    return guarded(lambda: fastexcel.read_excel(content), file, _DAMAGED)


class _Sheet:
    """A sheet of an open workbook, of which columns are loaded as they are asked for."""

    def __init__(
        self, reader: fastexcel.ExcelReader, name: str, file: str, limits: ReadLimits
    ) -> None:
        self._reader, self._name, self._file, self._limits = reader, name, file, limits
        self._top, self._opened = self._load(None, _TOP)
        self._places = [column.absolute_index for column in self._opened.available_columns()]
        self._width = max(self._places, default=-1) + 1
        limits.hold("columns", self._width, file)

    def grid(self, system: DateSystem) -> Grid:
        """Return the sheet with its first rows, the others not taken yet."""
        return Grid(
            file=self._file,
            sheet=self._name,
            top=[_placed(row, self._places, self._width) for row in self._top.iter_rows()],
            height=self._opened.total_height,
            take=self._take,
            system=system,
            hidden=self._opened.visible != _VISIBLE,
        )

    def _load(
        self, columns: list[int] | None, rows: int | None
    ) -> tuple[pl.DataFrame, fastexcel.ExcelSheet]:
        options = {**_AS_TEXT, "use_columns": columns, "n_rows": rows}
        loaded: fastexcel.ExcelSheet = guarded(
            lambda: self._reader.load_sheet(self._name, **options), self._file, _DAMAGED
        )
        self._limits.hold("rows", loaded.total_height, self._file)
        return guarded(loaded.to_polars, self._file, _DAMAGED), loaded

    def _take(self, numbers: list[int]) -> pl.DataFrame:
        used = sorted({number for number in numbers if number in self._places})
        if not used:
            return pl.DataFrame(_nothing(len(numbers), self._opened.total_height))
        frame, _ = self._load(used, None)
        empty = pl.lit(None, pl.String)
        return frame.select(
            (pl.nth(used.index(number)) if number in used else empty).alias(f"c{place}")
            for place, number in enumerate(numbers)
        )


def _placed(row: tuple[str | None, ...], places: list[int], width: int) -> Row:
    """Return a row as it stands on the sheet: the reader leaves out what is left of the cells."""
    cells: list[str | None] = [None] * width
    for place, cell in zip(places, row, strict=True):
        cells[place] = cell
    return cells


def _nothing(columns: int, rows: int) -> dict[str, pl.Series]:
    return {f"c{place}": pl.Series([None] * rows, dtype=pl.String) for place in range(columns)}
