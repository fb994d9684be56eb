"""
How far the cells of a sheet of a workbook reach, counted as its reader counts them.

A reader makes room for all cells from the first to the last row and column, so one cell far away
asks for the memory of all. Formatted cells without a value do not count. A cell without a
reference stands beside the one before it.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.parsers import expat  # document types and entities are refused before

import attrs

_DIGITS = 12  # of the number of a text that count
_AT_ONCE = 1 << 22  # bytes of a sheet looked at together
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"((?: s="[0-9]{1,5}")?(?:/>|></c>))?')
_ODD = re.compile(rb"<c[\t\r\n/>]|<[^<>\s/:!?]+:c[\s/>]|<!")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ITEM = re.compile(rb"<(?:[^<>\s/:]{1,80}:)?si[\s/>]")
_COUNTS = re.compile(
    rb"""(<(?:[^<>\s/:]{1,80}:)?sst\b[^>]*?)\s(?:uniqueCount|count)\s*=\s*["'][^"']*["']"""
)


@attrs.frozen
class Reach:
    """
    What the cells of a part ask for.

    Attributes:
        rows: Last row with a value.
        columns: Last column with a value.
        cells: Cells with a value.
        content: The part.
    """

    rows: int
    columns: int
    cells: int
    content: bytes = attrs.field(repr=False)

    @classmethod
    def of(cls, content: bytes) -> Reach | None:
        """Return the reach of a part; nothing in one without cells; None of a damaged one."""
        if b"<c " not in content and not _ODD.search(content):
            return cls(0, 0, 0, b"")
        found = _plain(content)
        return found if found is not None else _parsed(content)

    def texts(self) -> Mapping[int, int]:
        """
        Return how often each shared text is referred to, by its number.

        Raises:
            ValueError: The part is no sound XML.
        """
        events = _Texts()
        if not _fed(events, self.content):
            raise ValueError
        return events.times


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield a part in pieces that end before a cell begins."""
    start = 0
    while start < len(content):
        end = start + _AT_ONCE
        end = len(content) if end >= len(content) else max(content.rfind(b"<c ", start, end), start)
        end = end if end > start else len(content)
        yield content[start:end]
        start = end


def _plain(content: bytes) -> Reach | None:
    """Read cells as programs write them; None when any is written in another way."""
    columns: set[bytes] = set()
    last_row = cells = 0
    for part in _parts(content):
        if _ODD.search(part):
            return None
        found = _CELL.findall(part)
        if len(found) != part.count(b"<c "):
            return None
        filled = [(column, row) for column, row, empty in found if not empty]
        if filled:
            columns.update({column for column, _ in filled})
            last_row = max(last_row, *(int(row) for row in {row for _, row in filled}))
            cells += len(filled)
    return Reach(last_row, max(map(_number, columns), default=0), cells, content)


def _number(letters: bytes | str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + (letter if isinstance(letter, int) else ord(letter)) - 64
    return number


class _Cells:
    """Events of a parser become the place of each cell, as the reader of workbooks counts."""

    def __init__(self) -> None:
        self.row = self.column = 0  # from 1; where the next cell without a reference stands
        self.rows = self.columns = self.cells = 0
        self.place: tuple[int, int] | None = None
        self.damaged = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rsplit(" ", 1)[-1]
        if name == "row":
            given = attributes.get("r", "")
            self.row = int(given) if given.isascii() and given.isdigit() else self.row + 1
            self.column = 0
        elif name == "c":
            self._start_cell(attributes)
        elif self.place is not None:
            self._count()

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        row, column = max(self.row, 1), self.column + 1
        if given is not None:
            found = _REFERENCE.fullmatch(given)
            if found is None:
                self.damaged = True
                return
            column, row = _number(found[1]), int(found[2])
        self.column = column
        self.place = row, column

    def _count(self) -> None:
        if self.place is not None:
            self.rows, self.columns = (
                max(self.rows, self.place[0]),
                max(self.columns, self.place[1]),
            )
            self.cells += 1
            self.place = None

    def data(self, text: str) -> None:
        """Text says nothing of the place."""

    def end(self, tag: str) -> None:
        if tag.rsplit(" ", 1)[-1] == "c":
            self.place = None


class _Texts(_Cells):
    """Events of a parser become the numbers of shared texts."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[int] = Counter()
        self.is_shared = False
        self.value: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rsplit(" ", 1)[-1]
        if name == "c":
            self.is_shared = attributes.get("t") == "s"
        elif name == "v" and self.is_shared:
            self.value = []

    def data(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def end(self, tag: str) -> None:
        if self.value is not None and tag.rsplit(" ", 1)[-1] == "v":
            number = "".join(self.value).strip()
            if number.isascii() and number.isdigit():
                self.times[int(number[:_DIGITS])] += 1
            self.value = None


def _parsed(content: bytes) -> Reach | None:
    cells = _Cells()
    if not _fed(cells, content):
        return None
    return Reach(cells.rows, cells.columns, cells.cells, content)


def _fed(events: _Cells, content: bytes) -> bool:
    """Give a part to a parser; return whether it is sound."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    parser.CharacterDataHandler = events.data
    try:
        for start in range(0, len(content), _AT_ONCE):
            parser.Parse(content[start : start + _AT_ONCE])
            if events.damaged:
                return False
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def with_true_counts(content: bytes) -> bytes:
    """Return shared texts without the numbers they state: a reader makes room for so many."""
    head = content[:_AT_ONCE]
    while True:
        shorter = _COUNTS.sub(rb"\1", head)
        if shorter == head:
            return head + content[_AT_ONCE:]
        head = shorter


def texts_of(content: bytes) -> array[int]:
    """Return the length of each shared text, markup included, so never too short."""
    lengths, before = array("Q"), None
    for found in _ITEM.finditer(content):
        if before is not None:
            lengths.append(found.start() - before)
        before = found.start()
    if before is not None:
        lengths.append(len(content) - before)
    return lengths
