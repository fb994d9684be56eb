"""Every paper of a plan refuses what is of another kind, and says what is right."""

from __future__ import annotations

import datetime as dt

import pytest

from made_wrong import WRONG, not_in_words, sound_arguments
from school_ektp.report.letters.papers import Office
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
OFFICE = Office(region="Kabupaten Rejang Lebong")
FEW = tuple(one for one in WRONG if not isinstance(one, bytes | float | bool))
#: Each paper, and its arguments that are not the usual ones here.
PAPERS = {
    **{name: {} for name in ("summary", "worth_text", "violations_text", "grid")},
    "to_csv": {"folder": "csv"},
    "to_parquet": {"folder": "parquet"},
    "to_excel": {"file": "plan.xlsx", "roster": None},
    "to_html": {"file": "plan.html", "roster": None, "office": None},
    "to_json": {"file": "plan.json"},
    "from_json": {"file": "made.json"},
    "to_geojson": {"file": "plan.geojson"},
    "to_ical": {"file": "plan.ics"},
    "to_icals": {"folder": "ics"},
    "read_outcomes": {"source": "made.xlsx"},
    "call_sheets": {"on": None, "roster_changed": True},
    **{name: {} for name in ("call_sheet_papers", "notices", "change_notices", "assignments")},
}


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_what_is_of_another_kind_is_refused_or_taken_in_words(
    paper, short_plan, region, monkeypatch, tmp_path
):
    """Only our errors, and those of Python that say what is wrong, come out of a paper."""
    monkeypatch.chdir(tmp_path)
    changes = begin(short_plan).changes
    usual = {"roster": region.roster.head(20), "changes": changes, "office": OFFICE, "on": MONDAY}
    short_plan.to_json("made.json")
    short_plan.to_excel("made.xlsx")
    make = getattr(short_plan, paper)
    sound = sound_arguments(make, usual | {"sheets": ()}, PAPERS[paper])

    make(**sound)
    assert not_in_words(paper, sound, make, sound, FEW) == []
