"""Spreadsheet files of three kinds: what is written is what is read."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import MissingExtraError
from school_ektp.roster.read.limits import DEFAULT_LIMITS
from school_ektp.roster.read.sources import grids
from school_ektp.testing.containers import Container, spreadsheet

WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)
CELLS = WORDS | st.integers(-(10**9), 10**9) | st.none()
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6)
KINDS = st.sampled_from(Container)


def read(content: bytes, container: Container) -> list[list[list[str]]]:
    """Return the cells of each sheet as texts, empty rows and cells at the end left out."""
    found = []
    for grid in grids(
        content, f"a.{'xlsx' if container is Container.XLSX else 'xls'}", DEFAULT_LIMITS
    ):
        width = max(map(len, grid.top), default=0)
        rows = [[cell or "" for cell in row] for row in grid.take([*range(width)]).rows()]
        found.append(trimmed(rows))
    return found


def trimmed(rows):
    cut = ["\t".join(row).rstrip("\t").split("\t") for row in rows]
    while cut and cut[-1] == [""]:
        cut.pop()
    return cut


@given(ROWS.filter(lambda rows: any(cell is not None for row in rows for cell in row)), KINDS)
def test_cells_read_back_as_they_were_written(rows, container):
    content = spreadsheet({"Sheet1": rows}, container)

    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert read(content, container) == [trimmed(texts)]
    assert spreadsheet({"Sheet1": rows}, container) == content


@pytest.mark.parametrize("container", Container)
def test_every_sheet_is_there_in_its_order(container):
    content = spreadsheet({"A & B": [["satu"]], "Dua": [["dua"]]}, container)

    assert read(content, container) == [[["satu"]], [["dua"]]]


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize("container", Container)
def test_a_date_is_a_date_in_either_system(container, date_1904):
    content = spreadsheet({"S": [["Lahir", dt.date(2008, 2, 29)]]}, container, date_1904=date_1904)

    [[[_, cell]]] = read(content, container)
    (grid,) = grids(content, "a.xls", DEFAULT_LIMITS)
    serial = (dt.date(2008, 2, 29) - dt.date(1904, 1, 1)).days if date_1904 else 39_507
    assert cell.startswith(("2008-02-29", str(serial)))
    if container is Container.XLS:
        assert grid.system.value == ("1904" if date_1904 else "1900")


def test_without_the_extra_only_a_modern_workbook_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    assert spreadsheet({"S": [["a"]]}, Container.XLS)
    with pytest.raises(MissingExtraError, match="needs the extra 'excel'"):
        spreadsheet({"S": [["a"]]}, Container.XLSX)
