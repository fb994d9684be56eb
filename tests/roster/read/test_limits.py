"""Bounds on what is read: held to the last one, and named in the error."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, ReadError
from school_ektp.roster.read.limits import DEFAULT_LIMITS, ReadLimits
from school_ektp.roster.read.roster_files import read_bytes


def spreadsheetml(*sheets: str) -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    tables = "".join(
        f'<Worksheet ss:Name="s{n}"><Table>{rows}</Table></Worksheet>'
        for n, rows in enumerate(sheets)
    )
    return f'<Workbook xmlns="{space}" xmlns:ss="{space}">{tables}</Workbook>'.encode()


def test_a_bound_that_is_raised_lets_more_in():
    content = spreadsheetml('<Row ss:Index="2000"><Cell ss:Index="90"><Data>1</Data></Cell></Row>')

    with pytest.raises(ReadError, match=r"of ReadLimits\.rows"):
        read_bytes(content, "f", limits=ReadLimits(rows=1_999))
    with pytest.raises(ReadError, match="has no header"):
        read_bytes(content, "f", limits=ReadLimits(rows=2_000))


SMALL = ReadLimits(
    file_bytes=1 << 20, expanded_bytes=1 << 22, rows=1_000, columns=100, cells=10_000, depth=20
)


def test_a_large_file_is_refused():
    with pytest.raises(ReadError, match=r"of ReadLimits\.file_bytes"):
        read_bytes(b"x" * (1 << 21), "f", limits=SMALL)


BOUNDS = [field.name for field in attrs.fields(ReadLimits)]


@given(st.sampled_from(BOUNDS), st.integers(1, 10**12), st.integers(-3, 3))
def test_a_count_up_to_its_bound_is_held_and_one_more_is_named(name, bound, more):
    limits = ReadLimits(**{name: bound})

    if more <= 0:
        limits.hold(name, bound + more, "f")
    else:
        with pytest.raises(ReadError, match=rf"more than the {bound:,} of ReadLimits\.{name}$"):
            limits.hold(name, bound + more, "f")


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_file_may_ask_room_for_a_cell_a_byte_and_the_empty_ones(size, spare):
    limits = ReadLimits(empty_cells=spare)

    limits.hold_room(size + spare, size, "f")
    with pytest.raises(ReadError, match=r"ReadLimits\.empty_cells"):
        limits.hold_room(size + spare + 1, size, "f")


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("bound", [0, -1, 1.5, True, None])
def test_a_bound_is_a_whole_number_from_one(name, bound):
    with pytest.raises(InvalidFieldError, match=rf"ReadLimits\.{name} must be"):
        ReadLimits(**{name: bound})
    assert getattr(DEFAULT_LIMITS, name) >= 1
