"""
The old workbook format (.xls) before it is opened: which day its serial numbers count from.

A compound file keeps streams in chains of sectors; the workbook stream begins with records of two
bytes kind, two bytes length and content. Only its first sectors are read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import ReadLimits

_NAMES = ("Workbook", "Book")
_ENTRY_BYTES = 128
_HEADER_BYTES = 512
_END = 0xFFFF_FFFA  # from here on numbers are marks, not sectors
_MOST_SECTORS = 4_096  # of a chain that is followed
_EOF, _DATE_MODE = 0x000A, 0x0022


class Facts(NamedTuple):
    """What a workbook's records say before it is opened."""

    system: DateSystem


def inspect(content: bytes, file: str, limits: ReadLimits) -> Facts:
    """Return the date system; 1900 where the file is too damaged to tell."""
    limits.hold("file_bytes", len(content), file)
    try:
        stream = _workbook_stream(content)
    except (struct.error, IndexError, ValueError, StopIteration):
        stream = b""
    is_1904 = any(kind == _DATE_MODE and data[:1] == b"\x01" for kind, data in _records(stream))
    return Facts(DateSystem.FROM_1904 if is_1904 else DateSystem.FROM_1900)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records up to the end of the first substream, the workbook's own."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _EOF:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


class _Compound:
    """A compound file as chains of sectors."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << min(struct.unpack_from("<H", content, 30)[0], 16)
        fat_sectors = struct.unpack_from("<109I", content, 76)
        self.fat: list[int] = []
        for number in fat_sectors:
            if number < _END:
                self.fat += self._numbers(self.sector(number))

    @staticmethod
    def _numbers(sector: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(sector) // 4}I", sector)

    def sector(self, number: int) -> bytes:
        start = _HEADER_BYTES + number * self.size
        return self.content[start : start + self.size]

    def chain(self, first: int, most: int = _MOST_SECTORS) -> bytes:
        sectors, seen, number = [], set[int](), first
        while number < len(self.fat) and number not in seen and len(seen) < most:
            seen.add(number)
            sectors.append(self.sector(number))
            number = self.fat[number]
        return b"".join(sectors)


def _workbook_stream(content: bytes) -> bytes:
    file = _Compound(content)
    directory = file.chain(struct.unpack_from("<I", content, 48)[0])
    entries = [
        directory[start : start + _ENTRY_BYTES]
        for start in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
    ]
    root, book = entries[0], next(entry for entry in entries if _entry_name(entry) in _NAMES)
    first, size = struct.unpack_from("<II", book, 116)
    if size >= struct.unpack_from("<I", content, 56)[0]:
        return file.chain(first, most=64)
    return _short_stream(file, content, root, first, size)


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")


def _short_stream(file: _Compound, content: bytes, root: bytes, first: int, size: int) -> bytes:
    """Return a stream that is kept in sectors of 64 bytes within the root's own stream."""
    short = 64
    table = file.chain(struct.unpack_from("<I", content, 60)[0])
    following = struct.unpack_from(f"<{len(table) // 4}I", table)
    store = file.chain(struct.unpack_from("<I", root, 116)[0])
    parts, number, seen = [], first, set[int]()
    while number < len(following) and number not in seen:
        seen.add(number)
        parts.append(store[number * short : (number + 1) * short])
        number = following[number]
    return b"".join(parts)[:size]
