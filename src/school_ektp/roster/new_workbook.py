"""Workbooks that are written: texts stay texts, and equal content gives equal bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, TypeAlias

from school_ektp.model.extras import extra

Worksheet: TypeAlias = Any  # xlsxwriter has no types
Format: TypeAlias = Any
Value: TypeAlias = str | int | float | dt.date | dt.time | None


class NewWorkbook:
    """
    A workbook made in memory: no temporary file ever holds a name.

    Nothing that comes from a file can become a formula, a link or a number.

    Args:
        capability: What needs the extra, for the message when it is missing.
        created: Moment of making written into the file; a fixed one makes equal files.
        title: Shown in the properties of the file.
        date_1904: Count days as old Macintosh workbooks do.

    Raises:
        MissingExtraError: The extra ``excel`` is not installed.
    """

    def __init__(
        self, capability: str, created: dt.datetime, *, title: str = "", date_1904: bool = False
    ) -> None:
        with extra("excel", capability):
            import xlsxwriter  # type: ignore[import-untyped]
        self._stream = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "date_1904": date_1904,
            },
        )
        named = {"title": title} if title else {}
        self._book.set_properties({**named, "created": created})

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet."""
        return self._book.add_worksheet(name)

    def look(self, **properties: object) -> Format:
        """Return how cells look."""
        return self._book.add_format(properties)

    def to_bytes(self) -> bytes:
        """Return the finished file; nothing can be added after."""
        self._book.close()
        return self._stream.getvalue()


def put(sheet: Worksheet, at: tuple[int, int], value: Value, look: Format = None) -> None:
    """Write a value as what it is into the cell at (row, column), from 0."""
    match value:
        case None:
            sheet.write_blank(*at, None, look)
        case str():
            sheet.write_string(*at, value, look)
        case dt.date():
            sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), look)
        case dt.time():
            sheet.write_datetime(*at, value, look)
        case _:
            sheet.write_number(*at, value, look)
