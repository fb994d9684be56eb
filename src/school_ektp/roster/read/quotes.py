"""
Quotes of delimited text, made sound before it is parsed: one line per row, every quote closed.

A quote that nothing closes makes a parser take the lines after it for one cell, and the pupils on
them vanish. Such a quote is a slip: it is taken out and reported. A cell that holds lines on
purpose, such as an address or a heading, becomes a cell on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from school_ektp.errors import ReadError

_MOST_LINES = 64  # of one cell
_MOST_CHARACTERS = 1 << 14  # looked at for the end of one cell
MOST_UNSOUND = 1_000_000  # lines; beyond, quotes mean something else
_QUOTE = '"'


class Mended(NamedTuple):
    """Text whose rows are lines, and which of them had to be mended."""

    text: str
    stray: Sequence[int] = ()  # rows from 1 with a quote that stood alone
    apart: Sequence[int] = ()  # rows from 1 whose quotes held whole rows


def in_lines(text: str) -> str:
    """Return text whose lines end with a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def mended(text: str, delimiter: str, width: int, file: str) -> Mended:
    """
    Return *text* with every row on one line and every quote closed.

    Quotes around a line break are believed where they close within a few lines, and where those
    lines are no rows of their own. Otherwise every line is a row, and the quotes are slips.
    A usual row has *width* cells.

    Raises:
        ReadError: Too many lines have quotes that do not close.
    """
    if _QUOTE not in text:
        return Mended(text)
    lines = text.split("\n")
    forms = _Forms(delimiter)
    texts = pl.Series(lines, dtype=pl.String)
    is_one_cell = texts.str.contains(_WHOLE) & (width > 1)
    unsound = (~texts.str.contains(forms.line) | is_one_cell).arg_true().to_list()
    if len(unsound) > MOST_UNSOUND:
        raise ReadError(file, "has quotes that open and never close; save it again")
    return _Mender(lines, forms, width).mended(unsound) if unsound else Mended(text)


def cell_counts(lines: Sequence[str], delimiter: str) -> list[int]:
    """Return how many cells each line has; delimiters within quotes do not part any."""
    return [len(_QUOTED.sub("", line).split(delimiter)) for line in lines]


def unwrapped(text: str) -> str:
    """Return text without the quotes around its lines where every line is one quoted cell."""
    if not text.lstrip().startswith(_QUOTE):
        return text
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) <= 1 or not all(_WHOLE_LINE.match(line) for line in filled):
        return text
    return "\n".join(line[1:-1].replace('""', _QUOTE) for line in lines)


_WHOLE = r'^"(?:[^"]|"")*"$'
_WHOLE_LINE = re.compile(r'"(?:[^"]|"")*+"\Z')
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')


class _Forms:
    """What cells, lines and rows look like with one delimiter."""

    def __init__(self, delimiter: str) -> None:
        cut = f"[{delimiter}]"
        field = rf'(?:"(?:[^"]|"")*"|[^"\n{delimiter}]*)'
        self.delimiter = delimiter
        self.line = f"^{field}(?:{cut}{field})*$"  # for polars, which never goes back
        once = field.replace(')*"', ')*+"')
        self.row = re.compile(rf"{once}(?:{cut}{once})*+(?=\n|\Z)")
        quoted = r'[ \t]*"((?:[^"]|"")*+)"[ \t]*'
        self.cell = re.compile(rf"(?:{quoted}|([^{delimiter}]*+))(?:{cut}|(\Z))")

    def cells(self, row: str) -> list[str]:
        """Return the cells of a row; a quote that does not close is a letter like others."""
        found = []
        for match in self.cell.finditer(row):
            quoted, plain, end = match.groups()
            found.append(plain if quoted is None else quoted.replace('""', _QUOTE))
            if end is not None:
                break
        return found


class _Mender:
    """The lines of a text on their way to rows."""

    def __init__(self, lines: list[str], forms: _Forms, width: int) -> None:
        self.lines = lines
        self.forms = forms
        self.width = width
        self.rows: list[str] = []
        self.stray: list[int] = []
        self.apart: list[int] = []

    def mended(self, unsound: Sequence[int]) -> Mended:
        """Return the text; lines that are sound by themselves are not looked at."""
        done = 0
        for number in unsound:
            if number >= done:  # else it is part of the row before
                self.rows += self.lines[done:number]
                done = number + self._add(number)
        self.rows += self.lines[done:]
        return Mended("\n".join(self.rows), tuple(self.stray), tuple(self.apart))

    def _add(self, number: int) -> int:
        """Add the row that begins at a line; return how many lines it takes."""
        taken = self._reach(number)
        place = len(self.rows) + 1
        if taken > 1 and self._are_rows(self.lines[number : number + taken]):
            self.apart.append(place)
            taken = 1
        cells = self.forms.cells("\n".join(self.lines[number : number + taken]))
        if _WHOLE_LINE.match(self.lines[number]):  # sound, and one cell
            inner = self.forms.cells(cells[0])
            if len(inner) != self.width:
                self.rows.append(self.lines[number])
                return 1
            self.apart.append(place)
            cells = inner
        if taken == 1 and any(cell.count(_QUOTE) % 2 for cell in cells):
            self.stray.append(place)
            cells = [cell.replace(_QUOTE, "") if cell.count(_QUOTE) % 2 else cell for cell in cells]
        self.rows.append(self.forms.delimiter.join(map(self._written, cells)))
        return taken

    def _reach(self, number: int) -> int:
        """Return over how many lines the quotes of a row reach; 1 where they do not close."""
        window = "\n".join(self.lines[number : number + _MOST_LINES])
        if len(window) > _MOST_CHARACTERS:
            window = window[:_MOST_CHARACTERS].rpartition("\n")[0]
        found = self.forms.row.match(window)
        return found[0].count("\n") + 1 if found else 1

    def _are_rows(self, lines: Sequence[str]) -> bool:
        """Return whether lines within quotes have each as many cells as a row."""
        first, *others = [len(self.forms.cells(line)) for line in lines if line.strip()]
        rows = sum(count == self.width for count in others)
        return self.width > 1 and first == self.width and 2 * rows >= len(others) > 0

    def _written(self, cell: str) -> str:
        line = cell.replace("\n", " ")
        if _QUOTE in line or self.forms.delimiter in line:
            return f'"{line.replace(_QUOTE, _QUOTE * 2)}"'
        return line
