"""The old workbook format: records that ask for too much are refused before it is opened."""

from __future__ import annotations

import struct

import pytest

from school_ektp.errors import ReadError
from school_ektp.roster.read.biff import inspect, text_lengths
from school_ektp.roster.read.compound import packed
from school_ektp.roster.read.dates import DateSystem
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.roster.read.sniff import FileKind
from school_ektp.roster.read.workbook import workbook_grids
from school_ektp.testing.containers import Container, spreadsheet


def records(*pairs: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)


def old_workbook(*cells: tuple[int, bytes], text: str = "Nama") -> bytes:
    beginning = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    texts = struct.pack("<IIHB", 1, 1, len(text), 0) + text.encode("latin-1")
    extent = struct.pack("<IIHHH", 0, 65_536, 0, 256, 0)

    def book(start: int) -> bytes:
        named = struct.pack("<IBBBB", start, 0, 0, 1, 0) + b"S"
        return records((0x0809, beginning), (0x0085, named), (0x00FC, texts), (0x000A, b""))

    sheet = records((0x0809, beginning), (0x0200, extent), *cells, (0x000A, b""))
    return packed(book(len(book(0))) + sheet)


def text_cell(at: int, column: int = 0) -> tuple[int, bytes]:
    return 0x00FD, struct.pack("<HHHI", at, column, 0, 0)


BLANK_FAR_AWAY = (0x0201, struct.pack("<HHH", 65_535, 255, 0))


def test_formatted_cells_of_an_old_workbook_do_not_count():
    with pytest.raises(ReadError, match="has no header"):  # it is read, and holds one cell
        read_bytes(old_workbook(text_cell(0), BLANK_FAR_AWAY), "f")


def test_a_cell_far_away_in_an_old_workbook_is_refused():
    with pytest.raises(ReadError, match=r"of ReadLimits\.empty_cells"):
        read_bytes(old_workbook(text_cell(0), text_cell(65_535, 255)), "f")


def test_a_text_of_an_old_workbook_that_many_refer_to_is_refused():
    cells = [text_cell(number) for number in range(20_000)]

    with pytest.raises(ReadError, match=r"of ReadLimits\.repeated_bytes"):
        read_bytes(old_workbook(*cells, text="x" * 8_000), "f")


def test_texts_are_measured_across_records():
    first = struct.pack("<HB", 5, 0) + b"abc"
    second = b"\x01" + "de".encode("utf-16-le") + struct.pack("<HBHI", 2, 12, 1, 3) + b"fg"
    third = b"\x00" * 7 + struct.pack("<HB", 1, 1) + "h".encode("utf-16-le")

    assert text_lengths([first, second, third]) == [15, 6, 3]
    assert text_lengths([first]) == [15]
    assert text_lengths([]) == []


@pytest.mark.parametrize(
    ("kind", "numbers", "fault"),
    [
        (0x0203, (9, 65_535, 0), "is a damaged workbook"),
        (0x00BD, (9, 0, 65_535), "is a damaged workbook"),
        (0x0200, (0, 0, 0xFFFF, 0xFFFF, 0, 9, 0), r"of ReadLimits\.rows"),
        (0x0200, (0, 0, 9, 0, 0, 0xFFFF, 0), "is a damaged workbook"),
        (0x0200, (9, 0, 0, 0, 0, 9, 0), "is a damaged workbook"),
        (0x00FC, (0, 0, 0xFFFF, 0xFFFF), "is a damaged workbook"),
        (0x002F, (0, 0, 0), "is protected by a password"),
    ],
)
def test_records_that_ask_for_all_memory_are_refused(kind, numbers, fault):
    data = struct.pack(f"<{len(numbers)}H", *numbers)
    stream = struct.pack("<HH", 0x0809, 2) + b"\x00\x06"
    stream += struct.pack("<HH", kind, len(data)) + data + struct.pack("<HH", 0x000A, 0)

    with pytest.raises(ReadError, match=fault):
        read_bytes(packed(stream), "f")


def test_a_sheet_that_begins_nowhere_is_refused():
    sheet_at = struct.pack("<HHIHBB", 0x0085, 8, 999, 0, 0, 0)

    with pytest.raises(ReadError, match="is a damaged workbook"):
        read_bytes(packed(struct.pack("<HHH", 0x0809, 2, 0x0600) + sheet_at), "f")


@pytest.mark.parametrize("old", [False, True])
def test_what_was_looked_at_once_is_sound_and_looks_the_same_again(old):
    content = spreadsheet({"a": [["Nama"], ["UJI"]]}, Container.XLS, date_1904=old)

    system, sound = inspect(content, "f", DEFAULT_LIMITS)

    assert system is (DateSystem.FROM_1904 if old else DateSystem.FROM_1900)
    assert inspect(sound, "f", DEFAULT_LIMITS) == (system, sound)
    assert read_bytes_of(sound) == read_bytes_of(content)


def read_bytes_of(content: bytes) -> list[list[str]]:
    [grid] = workbook_grids(content, FileKind.XLS, "f", DEFAULT_LIMITS)
    return grid.take([0]).rows()
