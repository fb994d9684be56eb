"""Delimited text: any encoding that offices use, any delimiter, quotes as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from school_ektp.errors import ReadError
from school_ektp.roster.issues import Issue, issue_table
from school_ektp.roster.read.limits import ReadLimits
from school_ektp.roster.read.quotes import Mended, cell_counts, in_lines, mended, unwrapped

DELIMITERS = ",;\t|"
_SEEN = 1 << 16
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
    lines = _first_lines(text)
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _first_lines(text: str) -> list[str]:
    return [line for line in text[:_SEEN].splitlines()[:50] if line.strip(" ")]


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the usual number of cuts, and that number."""
    counts = [count - 1 for count in cell_counts(lines, delimiter)]
    usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
    return (counts.count(usual) if usual else 0, usual)


class TextCells(NamedTuple):
    """The cells of a text, and what was found while they were taken apart."""

    cells: pl.DataFrame
    coded_issues: pl.DataFrame  # columns `CODED_ISSUES`


def cells_of_text(content: bytes, file: str, limits: ReadLimits) -> TextCells:
    """
    Return every cell as text, blank lines included, so that row numbers are a spreadsheet's.

    Raises:
        ReadError: Too many columns, or quotes that do not close.
    """
    as_written = decoded(content)
    text = unwrapped(
        in_lines(as_written.replace("\x00", "") if "\x00" in as_written else as_written)
    )
    delimiter = delimiter_of(text)
    usual = _evenness(_first_lines(text), delimiter)[1] + 1
    sound = mended(text, delimiter, usual, file)
    width = max(cell_counts(sound.text[:_SEEN].split("\n"), delimiter))
    limits.hold("columns", width, file)
    limits.hold_room(width * (sound.text.count("\n") + 1), len(content), file)
    is_as_written = sound.text is as_written and text.isascii() and len(text) == len(content)
    encoded = content if is_as_written else sound.text.encode()
    cells = _parsed(sound.text, encoded, delimiter, width, file)
    return TextCells(cells, _about_quotes(sound, file))


def _parsed(text: str, encoded: bytes, delimiter: str, width: int, file: str) -> pl.DataFrame:
    """Parse text with sound quotes; rows beyond *width* give one more column."""
    for columns, truncate in ((width, False), (width + 1, True)):
        names = [f"column_{number}" for number in range(columns)]
        first = text[:_SEEN].partition("\n")[0]
        is_short = not first or cell_counts([first], delimiter) != [columns]  # as titles are
        head = f"{delimiter.join(names)}\n" if is_short else ""
        try:
            return pl.read_csv(
                head.encode() + encoded if head else encoded,
                has_header=is_short,
                new_columns=names,
                separator=delimiter,
                infer_schema=False,
                truncate_ragged_lines=truncate,
            )
        except pl.exceptions.PolarsError:  # its text quotes the file
            continue
    raise ReadError(file, "cannot be taken apart into cells; save it again as .xlsx")


def _about_quotes(text: Mended, file: str) -> pl.DataFrame:
    rules = {"quote_stray": text.stray, "quoted_rows": text.apart}
    return issue_table(
        Issue(file, row=row, rule=rule) for rule, rows in rules.items() for row in rows
    )
