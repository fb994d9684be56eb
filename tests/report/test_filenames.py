"""Names of files and sheets: lawful on every system, no two alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.report.filenames import file_stems, sheet_names


@given(st.lists(st.text(min_size=1), unique=True, max_size=6))
def test_names_of_sheets_and_files_are_lawful_and_distinct(names):
    sheet, stem = sheet_names(names, taken=["Rencana"]), file_stems(names, taken=["semua-tim"])

    for short, taken in ((sheet, "rencana"), (stem, "semua-tim")):
        assert list(short) == names
        assert len({name.casefold() for name in short.values()} - {taken}) == len(names)
    for name in sheet.values():
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) for name in stem.values())


def test_teams_with_like_names_have_sheets_of_their_own():
    assert sheet_names(["Rencana", "rencana", "A/B", "A:B"], taken=["Rencana"]) == {
        "Rencana": "Rencana 2",
        "rencana": "rencana 3",
        "A/B": "A B",
        "A:B": "A B 2",
    }


@pytest.mark.parametrize("name", ["CON", "Aux", "nul.", "LPT1", "com9"])
def test_teams_and_schools_called_like_devices_have_files_of_other_names(name):
    assert [*file_stems([name]).values()] == [f"{name.lower().strip('.')}-1"]


def test_a_sheet_is_not_called_as_excel_calls_its_own():
    assert [*sheet_names(["History"]).values()] == ["History 1"]
