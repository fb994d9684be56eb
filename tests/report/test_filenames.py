"""Names of files and sheets: lawful on every system, no two alike."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from school_ektp.report.filenames import file_stems, sheet_names


@given(st.lists(st.text(min_size=1), unique=True, max_size=6))
def test_names_of_sheets_and_files_are_lawful_and_distinct(names):
    sheet, stem = sheet_names(names, taken=["Rencana"]), file_stems(names, taken=["semua-tim"])

    for short in (sheet, stem):
        assert list(short) == names
        assert len({name.casefold() for name in short.values()} - {"rencana", "semua-tim"}) == len(
            names
        )
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
