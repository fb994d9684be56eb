"""Every paper of a plan refuses what is of another kind, and says what is right."""

from __future__ import annotations

import datetime as dt

import pytest

from made_wrong import WRONG, not_in_words
from school_ektp.report.letters.papers import Office
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
OFFICE = Office(region="Kabupaten Rejang Lebong")
FEW = tuple(one for one in WRONG if not isinstance(one, bytes | float | bool))
LETTERS = {"on": MONDAY, "number": "", "lang": "id", "templates": None}
STAMPED = {"lang": "id", "previous": None, "created": None, "zone": None}
#: Each paper with sound arguments.
PAPERS = {
    **{name: {"lang": "id"} for name in ("summary", "worth_text", "violations_text", "grid")},
    "to_csv": {"folder": "csv", "fewest": 1},
    "to_parquet": {"folder": "parquet"},
    "to_excel": {
        "file": "plan.xlsx", "lang": "id", "issues": None, "roster": None, "policy": None,
        "residents_of": None, "school_sheets": None, "created": None,
    },
    "to_html": {
        "file": "plan.html", "lang": "id", "roster": None, "policy": None, "residents_of": None,
        "remedies": (), "risk": None, "borders": None, "season": None, "fewest": 5,
    },
    "to_json": {"file": "plan.json"},
    "from_json": {"file": "plan.json"},
    "to_geojson": {"file": "plan.geojson"},
    "to_ical": {"file": "plan.ics", "team": None, "only_changes": False} | STAMPED,
    "to_icals": {"folder": "ics"} | STAMPED,
    "read_outcomes": {"source": "nothing", "sheets": ()},
    "call_sheets": {
        "roster": "roster", "policy": None, "priorities": None, "residents_of": None, "on": None,
        "mask": True, "rooms": None, "roster_changed": True,
    },
    "call_sheet_papers": {"sheets": (), "lang": "id", "templates": None},
    "notices": {"office": OFFICE, "sheets": ()} | LETTERS,
    "change_notices": {"changes": "changes", "office": OFFICE} | LETTERS,
    "assignments": {"office": OFFICE, "members": None} | LETTERS,
}  # fmt: skip


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_what_is_of_another_kind_is_refused_or_taken_in_words(
    paper, short_plan, region, monkeypatch, tmp_path
):
    """Only our errors, and those of Python that say what is wrong, come out of a paper."""
    monkeypatch.chdir(tmp_path)
    there = {"roster": region.roster.head(20), "changes": begin(short_plan).changes}
    sound = {
        name: there.get(value, value) if isinstance(value, str) else value
        for name, value in PAPERS[paper].items()
    }

    assert not_in_words(paper, sound, getattr(short_plan, paper), sound, FEW) == []
