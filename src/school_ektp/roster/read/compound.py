"""
The container of the old workbook format: one stream taken out of it, and put into a new one.

A compound file keeps streams in chains of sectors, described by [MS-CFB] of Microsoft. A damaged
one can send a reader round in circles or across the file: here every chain is finite.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("workbook", "book")
_ENTRY_BYTES = 128
_SECTOR_SHIFTS = (9, 12)
_SHORT_SECTOR = 64
_FREE, _END, _FAT = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
_LAST_SECTOR = 0xFFFF_FFFA
_IN_HEADER = 109  # sectors of the allocation table that the header names
_SECTOR = 512
_SHORT_STREAM = 4096


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


def packed(stream: bytes) -> bytes:
    """
    Return a compound file with one stream, named Workbook.

    The header describes the sectors of 7 MB; a longer stream gets a chain of further table sectors.
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
