"""Bytes of spreadsheet files from rows of cells: .xlsx, SpreadsheetML and the old .xls."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from school_ektp.roster.new_workbook import NewWorkbook, put
from school_ektp.roster.read.compound import packed

CellValue: TypeAlias = str | int | float | dt.date | None
Rows: TypeAlias = Sequence[Sequence[CellValue]]
Sheets: TypeAlias = Mapping[str, Rows]
#: (first row, first column, last row, last column), from 0
Merge: TypeAlias = tuple[int, int, int, int]


class Container(StrEnum):
    """Kinds of spreadsheet files that schools send."""

    XLSX = "xlsx"
    SPREADSHEETML = "spreadsheetml"  #: XML of 2003, named .xls by Dapodik
    XLS = "xls"  #: the binary format of Excel 97


_EPOCHS = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}
_CREATED = dt.datetime(2024, 7, 15, 8, 0)


def spreadsheet(
    sheets: Sheets,
    container: Container = Container.XLSX,
    *,
    date_1904: bool = False,
    merges: Sequence[Merge] = (),
) -> bytes:
    """
    Return a file with the given cells; equal arguments give equal bytes.

    Args:
        sheets: Rows by name of sheet. Dates become date cells, in .xls serial numbers.
        container: Kind of file.
        date_1904: Count serial numbers from 1904, as old Macintosh programs did.
        merges: Merged cells of the first sheet; only .xlsx has them.

    Raises:
        MissingExtraError: An .xlsx is asked for and the extra ``excel`` is not installed.
    """
    if container is Container.XLSX:
        return _xlsx(sheets, date_1904=date_1904, merges=merges)
    if container is Container.XLS:
        return _xls(sheets, date_1904=date_1904)
    return _spreadsheetml(sheets, date_1904=date_1904)


def _xlsx(sheets: Sheets, *, date_1904: bool, merges: Sequence[Merge]) -> bytes:
    book = NewWorkbook("writing a workbook", _CREATED, date_1904=date_1904)
    dates = book.look(num_format="yyyy-mm-dd")
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.sheet(name)
        for merge in merges if number == 0 else ():
            sheet.merge_range(*merge, "")
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                put(sheet, (y, x), value, dates if isinstance(value, dt.date) else None)
    return book.to_bytes()


def _spreadsheetml(sheets: Sheets, *, date_1904: bool) -> bytes:
    tables = "".join(
        f"<Worksheet ss:Name={quoteattr(name)}><Table>{''.join(map(_row, rows))}</Table>"
        "</Worksheet>"
        for name, rows in sheets.items()
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    office = "urn:schemas-microsoft-com:office:excel"
    system = f'<ExcelWorkbook xmlns="{office}"><Date1904/></ExcelWorkbook>' if date_1904 else ""
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return (
        f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{system}{tables}</Workbook>'.encode()
    )


def _row(row: Sequence[CellValue]) -> str:
    cells = [_cell(number, value) for number, value in enumerate(row, 1) if value is not None]
    return f"<Row>{''.join(cells)}</Row>"


def _cell(number: int, value: CellValue) -> str:
    kind, text = "String", str(value)
    if isinstance(value, dt.date):
        kind, text = "DateTime", f"{value.isoformat()}T00:00:00.000"
    elif not isinstance(value, str):
        kind = "Number"
    data = f'<Data ss:Type="{kind}">{escape(text)}</Data>'
    return f'<Cell ss:Index="{number}">{data}</Cell>'


# The old format: records of kind, length and content, as [MS-XLS] by Microsoft describes them.
# This writes the least that programs open.


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(substream: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, substream, 0, 1997, 0, 6))


def _long_text(text: str) -> bytes:
    cut = text[:255]
    return struct.pack("<HB", len(cut.encode("utf-16-le")) // 2, 1) + cut.encode("utf-16-le")


def _xls(sheets: Sheets, *, date_1904: bool) -> bytes:
    bodies = [_xls_sheet(rows, date_1904=date_1904) for rows in sheets.values()]
    names = [name[:31].encode("utf-16-le") for name in sheets]
    opening = _begin(5) + _record(0x0042, struct.pack("<H", 1200))
    opening += _record(0x0022, struct.pack("<H", date_1904))
    place = len(opening) + sum(4 + 8 + len(name) for name in names) + len(_record(0x000A))
    entries = b""
    for name, body in zip(names, bodies, strict=True):
        entries += _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
        place += len(body)
    return packed(opening + entries + _record(0x000A) + b"".join(bodies))


def _xls_sheet(rows: Rows, *, date_1904: bool) -> bytes:
    cells = [
        _xls_cell(y, x, value, date_1904=date_1904)
        for y, row in enumerate(rows)
        for x, value in enumerate(row)
        if value is not None
    ]
    width = max((len(row) for row in rows), default=0)
    extent = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return _begin(0x10) + extent + b"".join(cells) + _record(0x000A)


def _xls_cell(y: int, x: int, value: CellValue, *, date_1904: bool) -> bytes:
    place = struct.pack("<HHH", y, x, 0)
    if isinstance(value, dt.date):
        value = (value - _EPOCHS[date_1904]).days
    if isinstance(value, str):
        return _record(0x0204, place + _long_text(value))
    return _record(0x0203, place + struct.pack("<d", value))
