"""
The old workbook format (.xls): its container is taken apart and packed anew before it is opened.

A compound file keeps streams in chains of sectors, described by [MS-CFB] of Microsoft. A damaged
one can send a reader round in circles or across the file, so only the workbook's own stream goes
on, in a container made here. That stream begins with records of two bytes kind, two bytes length
and content ([MS-XLS]).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from school_ektp.errors import ReadError
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import REPEATED, ReadLimits

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("workbook", "book")
_ENTRY_BYTES = 128
_SECTOR_SHIFTS = (9, 12)
_SHORT_SECTOR = 64
_FREE, _END, _FAT = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
_LAST_SECTOR = 0xFFFF_FFFA
_IN_HEADER = 109  # sectors of the allocation table that the header names
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


class Facts(NamedTuple):
    """What matters of a workbook, and a sound copy of it."""

    system: DateSystem
    content: bytes


def inspect(content: bytes, file: str, limits: ReadLimits) -> Facts:
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
    return Facts(system, packed(records.with_small_extents(stream)))


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

    def system_of(self, stream: bytes) -> DateSystem:
        place = 0
        while place + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, place)
            self._look(kind, stream[place + 4 : place + 4 + length], place, len(stream))
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

    def _look(self, kind: int, data: bytes, place: int, size: int) -> None:
        if kind == _CONTINUED:
            self.texts += [data] if self.last == _TEXTS else []
            return
        self.last = kind
        if kind in _CELLS:
            self._reach(kind, data)
        elif kind in _FORMATTED:
            self._column(kind, data)
        elif kind == _EXTENT:
            self._extend(data)
            self.extents.append((place + 4, len(data)))
        else:
            self._look_at_book(kind, data, place, size)

    def _look_at_book(self, kind: int, data: bytes, place: int, size: int) -> None:
        if kind in _BEGINNINGS:
            self.beginnings.add(place)
        elif kind == _SHEET:
            self.sheets.append(struct.unpack_from("<I", data)[0])
        elif kind == _DATE_MODE and data[:1] == b"\x01":
            self.system = DateSystem.FROM_1904
        elif kind == _TEXTS:
            if struct.unpack_from("<I", data, 4)[0] > size:
                raise ReadError(self.file, _DAMAGED)  # more texts than bytes
            self.texts.append(data[8:])
        elif kind == _PASSWORD:
            raise ReadError(self.file, "is protected by a password; save it without one")

    def _extend(self, data: bytes) -> None:
        """Hold the range that a sheet says it uses; formatted cells without a value are in it."""
        is_long = len(data) >= _LONG_EXTENT
        first, last, left, right = struct.unpack_from("<IIHH" if is_long else "<HHHH", data)
        if first > last or left > right or right > _MOST_COLUMNS:
            raise ReadError(self.file, _DAMAGED)
        self.limits.hold("rows", last, self.file)

    def _column(self, kind: int, data: bytes) -> int:
        column: int = struct.unpack_from("<H", data, 2)[0]
        if kind in _MANY:
            column = max(column, struct.unpack_from("<H", data, len(data) - 2)[0])
        if column >= _MOST_COLUMNS:
            raise ReadError(self.file, _DAMAGED)
        return column

    def _reach(self, kind: int, data: bytes) -> None:
        if kind == _TEXT_CELL:
            self.text_cells[struct.unpack_from("<I", data, 6)[0]] += 1
        self.columns = max(self.columns, self._column(kind, data) + 1)
        self.rows = max(self.rows, int(struct.unpack_from("<H", data)[0]) + 1)


def text_lengths(pieces: Sequence[bytes]) -> list[int]:
    """
    Return the bytes of each shared text at most, as far as they can be told.

    A text that does not fit into a record goes on in the next, after a byte that says anew how
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
        while count:
            wide = 1 + (flags & 1)
            here = min(count, (len(self.pieces[self.number]) - self.place) // wide)
            self.place += here * wide
            count -= here
            if count:
                self.place = len(self.pieces[self.number])
                if not self.left():
                    return
                flags = self.take(1)[0]


class _Compound:
    """A compound file as chains of sectors. Every chain is finite: a circle raises ValueError."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in _SECTOR_SHIFTS:
            raise ValueError
        self.size = 1 << shift
        self.most = len(content) // self.size + 1
        self.following = [
            number for sector in self._table_sectors() for number in _numbers(self.sector(sector))
        ]

    def header(self, place: int) -> int:
        number: int = struct.unpack_from("<I", self.content, place)[0]
        return number

    def sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.content):
            raise ValueError
        return self.content[start : start + self.size]

    def _table_sectors(self) -> list[int]:
        """Return the sectors of the allocation table: some in the header, more in a chain."""
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self.content, 76))
        number, seen = self.header(68), set[int]()
        while number <= _LAST_SECTOR:
            if number in seen:
                raise ValueError
            seen.add(number)
            *more, number = _numbers(self.sector(number))
            sectors += more
        used = [number for number in sectors if number <= _LAST_SECTOR]
        if len(used) > self.most:
            raise ValueError
        return used

    def chain(self, first: int) -> bytes:
        return b"".join(self.sector(number) for number in _followed(self.following, first))


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(sector) // 4}I", sector)


def _followed(following: Sequence[int], first: int) -> Iterator[int]:
    """Yield the numbers of a chain. Raises ValueError in a circle, IndexError outside."""
    seen, number = set[int](), first
    while number != _END:
        if number in seen:
            raise ValueError
        seen.add(number)
        yield number
        number = following[number]


def workbook_stream(content: bytes) -> bytes | None:
    """
    Return the stream of the workbook within a compound file; None when it has none.

    Raises:
        ValueError: Chains run in a circle or out of the file.
        IndexError: As ValueError.
        struct.error: The file is too short.
    """
    file = _Compound(content)
    directory = file.chain(file.header(48))
    entries = [
        directory[start : start + _ENTRY_BYTES]
        for start in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
    ]
    book = next((entry for entry in entries if _entry_name(entry).lower() in _NAMES), None)
    if book is None:
        return None
    first, size = struct.unpack_from("<II", book, 116)
    if size >= file.header(56):
        return file.chain(first)[:size]
    return _short_stream(file, entries[0], first)[:size]


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: min(max(length - 2, 0), 62)].decode("utf-16-le", errors="replace")


def _short_stream(file: _Compound, root: bytes, first: int) -> bytes:
    """Return a stream that is kept in sectors of 64 bytes within the root's own stream."""
    following = _numbers(file.chain(file.header(60)))
    store = file.chain(struct.unpack_from("<I", root, 116)[0])
    places = (number * _SHORT_SECTOR for number in _followed(following, first))
    return b"".join(store[place : place + _SHORT_SECTOR] for place in places)


_SECTOR = 512
_SHORT_STREAM = 4096


def packed(stream: bytes) -> bytes:
    """
    Return a compound file with one stream, named Workbook.

    Args:
        stream: Up to 7 MB, as many sectors as the header can describe; a longer one gets a chain
            of further table sectors.
    """
    stream = stream.ljust(_SHORT_STREAM, b"\x00")
    stream += b"\x00" * (-len(stream) % _SECTOR)
    used = len(stream) // _SECTOR + 1  # and the directory
    fats, more = _table_sizes(used)
    chain = [*range(1, used - 1), _END, _END, *([_FAT] * fats), *([_FAT - 1] * more)]
    table = struct.pack(f"<{len(chain)}I", *chain)
    table += struct.pack("<I", _FREE) * ((fats * _SECTOR - len(table)) // 4)
    places = [used + number for number in range(fats)]
    return b"".join(
        [
            _header(used, fats, more),
            struct.pack(f"<{_IN_HEADER}I", *_padded(places[:_IN_HEADER], _IN_HEADER)),
            stream,
            _directory(len(stream)),
            table,
            _more_places(places[_IN_HEADER:], used + fats, more),
        ]
    )


def _table_sizes(used: int) -> tuple[int, int]:
    """Return how many sectors the allocation table takes, and the list of those beyond 109."""
    fats = more = 0
    while fats * (_SECTOR // 4) < used + fats + more:
        fats += 1
        more = -(-max(fats - _IN_HEADER, 0) // (_SECTOR // 4 - 1))
    return fats, more


def _padded(numbers: Sequence[int], length: int) -> list[int]:
    return [*numbers, *[_FREE] * (length - len(numbers))]


def _header(used: int, fats: int, more: int) -> bytes:
    first_more = used + fats if more else _END
    return struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        *(_MAGIC, b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fats),
        *(used - 1, 0, _SHORT_STREAM, _END, 0, first_more, more),
    )


def _more_places(places: Sequence[int], first: int, more: int) -> bytes:
    each = _SECTOR // 4 - 1
    sectors = []
    for number in range(more):
        following = first + number + 1 if number + 1 < more else _END
        part = places[number * each : (number + 1) * each]
        sectors.append(struct.pack(f"<{each + 1}I", *_padded(part, each), following))
    return b"".join(sectors)


def _directory(size: int) -> bytes:
    root = _entry("Root Entry", 5, child=1, first=_END, size=0)
    book = _entry("Workbook", 2, child=_FREE, first=0, size=size)
    return root + book + _entry("", 0, child=_FREE, first=0, size=0) * 2


def _entry(name: str, kind: int, *, child: int, first: int, size: int) -> bytes:
    text = (name.encode("utf-16-le") + b"\x00\x00") if name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        *(text, len(text), kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, first, size, 0),
    )
