"""
The old workbook format (.xls): its records are held against the bounds before it is opened.

Only the workbook's own stream goes on to the reader, in a container made again (`compound`). That
stream begins with records of two bytes kind, two bytes length and content ([MS-XLS]).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Sequence

from school_ektp.errors import ReadError
from school_ektp.roster.read.compound import packed, workbook_stream
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import REPEATED, ReadLimits

_DATE_MODE, _SHEET, _TEXTS, _PASSWORD = 0x0022, 0x0085, 0x00FC, 0x002F
_EXTENT = 0x0200
_BEGINNINGS = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_MANY = frozenset({0x00BD, 0x00BE})  # several cells of a row, the last column at the end
_CELLS = frozenset(  # with a value: cells that are only formatted do not count
    {
        *(0x0203, 0x0204, 0x0205, 0x0006, 0x0206, 0x0406, 0x027E, 0x00D6, 0x00FD),
        *(0x0002, 0x0003, 0x0004, 0x0005, 0x00BD),
    }
)
_FORMATTED = frozenset({0x0001, 0x0201, 0x00BE})
_TEXT_CELL, _CONTINUED = 0x00FD, 0x003C
_BYTES_OF_CHARACTER = 3  # at most, in UTF-8
_MOST_COLUMNS = 256  # of this format
_LONG_EXTENT = 14  # bytes; in older files rows take two each
_DAMAGED = "is a damaged workbook; open it, save it as .xlsx and try again"


def inspect(content: bytes, file: str, limits: ReadLimits) -> tuple[DateSystem, bytes]:
    """
    Return the date system and the workbook in a container without damage.

    Raises:
        ReadError: The container is damaged, or holds no workbook.
    """
    limits.hold("file_bytes", len(content), file)
    try:
        stream = workbook_stream(content)
    except (struct.error, IndexError, ValueError):
        raise ReadError(file, _DAMAGED) from None
    if stream is None:
        raise ReadError(file, "is a protected workbook, or another document; save it as .xlsx")
    try:
        records = _Records(len(content), file, limits)
        system = records.system_of(stream)
    except (struct.error, IndexError):
        raise ReadError(file, _DAMAGED) from None
    return system, packed(records.with_small_extents(stream))


class _Records:
    """The records of a workbook: those that could ask for more memory than their file warrants."""

    def __init__(self, size: int, file: str, limits: ReadLimits) -> None:
        self.size = size
        self.file = file
        self.limits = limits
        self.extents: list[tuple[int, int]] = []  # where sheets say what they use, and its length
        self.texts: list[bytes] = []  # the shared ones, in pieces
        self.text_cells: Counter[int] = Counter()  # by number of the text
        self.last = 0  # kind of the record before, but for continued ones
        self.beginnings = set[int]()  # of substreams
        self.sheets: list[int] = []  # where the workbook says that sheets begin
        self.rows = self.columns = 0
        self.system = DateSystem.FROM_1900
        self.stream_size = 0
        self._looks: dict[int, Callable[[int, bytes, int], None]] = {
            **dict.fromkeys(_FORMATTED, self._formatted),
            **dict.fromkeys(_CELLS, self._reach),
            **dict.fromkeys(_BEGINNINGS, self._begin),
            _EXTENT: self._extend,
            _SHEET: self._sheet,
            _DATE_MODE: self._dates,
            _TEXTS: self._shared_texts,
            _PASSWORD: self._password,
        }

    def system_of(self, stream: bytes) -> DateSystem:
        self.stream_size, place = len(stream), 0
        while place + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, place)
            self._look(kind, stream[place + 4 : place + 4 + length], place)
            place += 4 + length
        self.limits.hold("sheets", len(self.sheets), self.file)
        self.limits.hold("rows", self.rows, self.file)
        self.limits.hold("cells", self.rows * self.columns, self.file)
        self.limits.hold_room(self.rows * self.columns, self.size, self.file)
        self._hold_texts()
        if not self.beginnings.issuperset(self.sheets):
            raise ReadError(self.file, _DAMAGED)
        return self.system

    def _hold_texts(self) -> None:
        """Hold the sum of all texts that cells refer to against its bound."""
        lengths = text_lengths(self.texts)
        longest = max(lengths, default=0)
        total = sum(
            times * (lengths[number] if number < len(lengths) else longest)
            for number, times in self.text_cells.items()
        )
        self.limits.hold("repeated_bytes", total - REPEATED * self.size, self.file)

    def with_small_extents(self, stream: bytes) -> bytes:
        """Return a stream whose sheets say that they use one cell: a reader makes room for it."""
        small = bytearray(stream)
        for place, length in self.extents:
            layout = "<IIHH" if length >= _LONG_EXTENT else "<HHHH"
            struct.pack_into(layout, small, place, 0, 1, 0, 1)
        return bytes(small)

    def _look(self, kind: int, data: bytes, place: int) -> None:
        if kind == _CONTINUED:
            self.texts += [data] if self.last == _TEXTS else []
            return
        self.last = kind
        if kind in self._looks:
            self._looks[kind](kind, data, place)

    def _begin(self, _kind: int, _data: bytes, place: int) -> None:
        self.beginnings.add(place)

    def _sheet(self, _kind: int, data: bytes, _place: int) -> None:
        self.sheets.append(struct.unpack_from("<I", data)[0])

    def _dates(self, _kind: int, data: bytes, _place: int) -> None:
        if data[:1] == b"\x01":
            self.system = DateSystem.FROM_1904

    def _shared_texts(self, _kind: int, data: bytes, _place: int) -> None:
        if struct.unpack_from("<I", data, 4)[0] > self.stream_size:
            raise ReadError(self.file, _DAMAGED)  # more texts than bytes
        self.texts.append(data[8:])

    def _password(self, _kind: int, _data: bytes, _place: int) -> None:
        raise ReadError(self.file, "is protected by a password; save it without one")

    def _extend(self, _kind: int, data: bytes, place: int) -> None:
        """Hold the range that a sheet says it uses; formatted cells without a value are in it."""
        is_long = len(data) >= _LONG_EXTENT
        first, last, left, right = struct.unpack_from("<IIHH" if is_long else "<HHHH", data)
        if first > last or left > right or right > _MOST_COLUMNS:
            raise ReadError(self.file, _DAMAGED)
        self.limits.hold("rows", last, self.file)
        self.extents.append((place + 4, len(data)))

    def _formatted(self, kind: int, data: bytes, _place: int) -> None:
        self._column(kind, data)

    def _column(self, kind: int, data: bytes) -> int:
        column: int = struct.unpack_from("<H", data, 2)[0]
        if kind in _MANY:
            column = max(column, struct.unpack_from("<H", data, len(data) - 2)[0])
        if column >= _MOST_COLUMNS:
            raise ReadError(self.file, _DAMAGED)
        return column

    def _reach(self, kind: int, data: bytes, _place: int) -> None:
        if kind == _TEXT_CELL:
            self.text_cells[struct.unpack_from("<I", data, 6)[0]] += 1
        self.columns = max(self.columns, self._column(kind, data) + 1)
        self.rows = max(self.rows, int(struct.unpack_from("<H", data)[0]) + 1)


def text_lengths(pieces: Sequence[bytes]) -> list[int]:
    """
    Return the bytes of each shared text at most, as far as they can be known.

    A text that does not fit into a record goes on in the next, after a byte that says again how
    wide its characters are.
    """
    texts, lengths = _Pieces(pieces), []
    while texts.left() > 2:  # noqa: PLR2004 - bytes before the characters
        count, flags = struct.unpack("<HB", texts.take(3))
        runs = struct.unpack("<H", texts.take(2))[0] if flags & 8 and texts.left() > 1 else 0
        extra = struct.unpack("<I", texts.take(4))[0] if flags & 4 and texts.left() > 3 else 0  # noqa: PLR2004
        texts.skip_characters(count, flags)
        texts.skip(4 * runs + extra)
        lengths.append(count * _BYTES_OF_CHARACTER)
    return lengths


class _Pieces:
    """A place in bytes that are cut into pieces."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.pieces = pieces
        self.number = self.place = 0

    def left(self) -> int:
        """Return the bytes left in this piece, or of the next where this one is over."""
        while self.number < len(self.pieces) and self.place >= len(self.pieces[self.number]):
            self.number, self.place = self.number + 1, 0
        return len(self.pieces[self.number]) - self.place if self.number < len(self.pieces) else 0

    def take(self, count: int) -> bytes:
        start = self.place
        self.place += count
        return self.pieces[self.number][start : self.place]

    def skip(self, count: int) -> None:
        while count and (here := min(count, self.left())):
            self.place += here
            count -= here

    def skip_characters(self, count: int, flags: int) -> None:
        count -= self._skip_here(count, flags)
        while count and self._begin_next():
            count -= self._skip_here(count, self.take(1)[0])

    def _skip_here(self, count: int, flags: int) -> int:
        """Skip the characters of this piece, of one or two bytes each; return how many."""
        width = 1 + (flags & 1)
        here = min(count, (len(self.pieces[self.number]) - self.place) // width)
        self.place += here * width
        return here

    def _begin_next(self) -> bool:
        """Go to the next piece with any bytes; return whether there is one."""
        self.place = len(self.pieces[self.number])
        return self.left() > 0
