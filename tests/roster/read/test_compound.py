"""The container of the old workbooks: a stream packs and unpacks, and no chain is endless."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ReadError
from school_ektp.roster.read import compound
from school_ektp.roster.read.compound import packed
from school_ektp.roster.read.roster_files import read_bytes
from school_ektp.testing.containers import Container, spreadsheet


@pytest.mark.parametrize("place", [48, 60, 68, 76])
def test_a_circle_in_a_compound_file_is_refused(place):
    circle = bytearray(spreadsheet({"a": [["Nama", "NISN"], ["UJI", "0081234501"]]}, Container.XLS))
    table = 512 * (1 + int.from_bytes(circle[76:80], "little"))
    circle[table : table + 512] = struct.pack("<128I", *([0] * 128))
    circle[place : place + 4] = struct.pack("<I", 0)

    with pytest.raises(ReadError):
        read_bytes(bytes(circle), "f")


@given(st.binary(max_size=100_000))
def test_a_stream_packs_and_unpacks(stream):
    """The container written for the reader holds the stream, whatever its length."""
    assert unpacked(packed(stream))[: len(stream)] == stream


def unpacked(content: bytes) -> bytes:
    return compound.workbook_stream(content)


def test_a_stream_longer_than_the_header_describes_packs_too():
    stream = bytes(range(256)) * 40_000  # 10 MB

    assert unpacked(packed(stream)) == stream
