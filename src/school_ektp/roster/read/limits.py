"""How much a file may hold: a small file can ask for all memory of a machine."""

from __future__ import annotations

import attrs

from school_ektp.errors import ReadError
from school_ektp.model import fields

_MIB = 1 << 20
REPEATED = 10
"""Bytes of text for each byte of a file that cells may refer to in any case."""
_count = fields.whole_number(1)


@attrs.frozen(kw_only=True)
class ReadLimits:
    """
    Bounds on what is read; beyond them a file is refused with an error that names the bound.

    Attributes:
        file_bytes: Size of a file.
        expanded_bytes: Size of all parts of a workbook after unpacking.
        sheets: Sheets of a workbook.
        rows: Rows of a sheet of a workbook, of all sheets together in XML of 2003; text, JSON and
            Parquet files are bounded by their size.
        columns: Columns of a sheet.
        cells: Rows times columns of the used range of a sheet.
        empty_cells: Cells of a sheet beyond one for each byte of its file: a reader makes room
            for all cells up to the last row and column, filled or not.
        repeated_bytes: Bytes of the texts of a workbook beyond ten for each byte of its file,
            each as often as cells refer to it.
        expansion_bytes: Bytes of a workbook after unpacking beyond 25 for each byte of its file.
        depth: Elements or brackets within one another.
        files: Files of a folder.
    """

    file_bytes: int = attrs.field(default=256 * _MIB, validator=_count)
    expanded_bytes: int = attrs.field(default=512 * _MIB, validator=_count)
    sheets: int = attrs.field(default=200, validator=_count)
    rows: int = attrs.field(default=1_048_576, validator=_count)
    columns: int = attrs.field(default=1_000, validator=_count)
    cells: int = attrs.field(default=20_000_000, validator=_count)
    empty_cells: int = attrs.field(default=6_000_000, validator=_count)
    repeated_bytes: int = attrs.field(default=64 * _MIB, validator=_count)
    expansion_bytes: int = attrs.field(default=48 * _MIB, validator=_count)
    depth: int = attrs.field(default=64, validator=_count)
    files: int = attrs.field(default=10_000, validator=_count)

    def hold(self, name: str, value: int, file: str) -> None:
        """
        Compare a count with its bound.

        Raises:
            ReadError: It is beyond.
        """
        bound = getattr(self, name)
        if value > bound:
            what = name.replace("_", " ")
            fault = f"has {value:,} {what}, more than the {bound:,} of ReadLimits.{name}"
            raise ReadError(file, fault)

    def hold_room(self, cells: int, size: int, file: str) -> None:
        """
        Compare the cells of a sheet with what a file of *size* bytes may ask room for.

        Raises:
            ReadError: They are more.
        """
        self.hold("empty_cells", cells - size, file)


DEFAULT_LIMITS = ReadLimits()
"""Far above what a school sends."""
