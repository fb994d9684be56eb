"""Files that ship with the package: every one is text in UTF-8, and tables are whole."""

from __future__ import annotations

from importlib.resources import files

import pytest

from school_ektp.model.shipped import shipped, shipped_rows

NAMES = sorted(file.name for file in (files("school_ektp") / "data").iterdir() if file.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_text_that_every_program_reads(name):
    assert shipped(name).decode("utf-8").strip()


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".csv")])
def test_every_row_of_a_table_has_all_its_columns(name):
    rows = shipped_rows(name)

    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    assert len({tuple(row) for row in rows}) == 1
