"""Delimited text: any encoding that offices use, any delimiter."""

from __future__ import annotations

import csv
import io

import polars as pl

from school_ektp.errors import ReadError
from school_ektp.roster.read.limits import ReadLimits

DELIMITERS = ",;\t|"
_SEEN = 1 << 16
_FIELD_BYTES = 1 << 17
_WIDE_SHARE = 4  # a quarter of the first bytes being zero tells two-byte text


def decoded(content: bytes) -> str:
    """
    Return text in UTF-8, UTF-16 with or without a byte order mark, or Windows-1252.

    Bytes that Windows-1252 leaves undefined become the replacement character.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    start = content[:_SEEN]
    if start.count(0) * _WIDE_SHARE > len(start):
        little = start[1::2].count(0) >= start[::2].count(0)
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """Return the delimiter that cuts the first lines most evenly; a comma when none does."""
    lines = [line for line in text[:_SEEN].splitlines()[:50] if line.strip(" ")]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(DELIMITERS, key=evenness)


def cells_of_text(content: bytes, file: str, limits: ReadLimits) -> pl.DataFrame:
    """
    Return every cell as text, blank lines included, so that row numbers are a spreadsheet's.

    Args:
        content: The file.
        file: Its name, for messages.
        limits: Bounds.

    Raises:
        ReadError: Too many columns.
    """
    text = decoded(content).replace("\x00", "")
    delimiter = delimiter_of(text)
    width = max((line.count(delimiter) for line in text[:_SEEN].splitlines()), default=0) + 1
    limits.hold("columns", width, file)
    lines = max(text.count("\n"), text.count("\r")) + 1
    limits.hold_room(width * lines, len(content), file)
    names = [f"column_{number}" for number in range(width)]
    try:
        return pl.read_csv(
            text.encode(),
            has_header=False,
            separator=delimiter,
            infer_schema=False,
            schema=dict.fromkeys(names, pl.String()),
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:  # its text quotes the file
        return _slowly(text, delimiter, names, file)


def _slowly(text: str, delimiter: str, names: list[str], file: str) -> pl.DataFrame:
    """Read what polars takes for broken: quotes that open and never close."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    width = len(names)
    before = csv.field_size_limit(_FIELD_BYTES)
    try:
        cells = [[cell or None for cell in row[:width]] for row in rows]
    except csv.Error:
        raise ReadError(file, "has quotes that open and never close; save it anew") from None
    finally:
        csv.field_size_limit(before)
    padded = [row + [None] * (width - len(row)) for row in cells]
    return pl.DataFrame(padded, schema=dict.fromkeys(names, pl.String()), orient="row")
