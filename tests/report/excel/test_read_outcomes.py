"""Outcomes that teams filled in on a workbook, brought back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.model.outcome import Outcome
from school_ektp.report.excel.read_folder import read_outcomes
from workbook_files import edited

COUNTS = dict(zip(
    ("recorded", "failed", "absent", "under_age", "already_recorded", "elsewhere", "walk_ins"),
    "GHIJKLM",
    strict=True,
))  # fmt: skip


def test_a_sheet_not_filled_in_holds_no_outcome(file):
    back = read_outcomes(file)

    assert (back.outcomes, back.issues, back.empty) == ((), (), 9)


counts = st.fixed_dictionaries(dict.fromkeys(COUNTS, st.integers(0, 150))).map(
    lambda found: found | {"walk_ins": min(found["walk_ins"], found["recorded"])}
)


@settings(max_examples=settings().max_examples // 2)
@given(filled=st.dictionaries(st.integers(0, 8), counts, max_size=9))
def test_what_is_filled_in_comes_back_as_outcomes(filled, hand_plan, tmp_path_factory):
    file = hand_plan.to_excel(tmp_path_factory.mktemp("w") / "p.xlsx")
    changes = {
        f"{COUNTS[name]}{place + 5}": value
        for place, found in filled.items()
        for name, value in found.items()
    }

    back = read_outcomes(edited(file, changes, sheet="Hasil"))

    visits = hand_plan.visit_list
    assert back.outcomes == tuple(
        Outcome(
            day=visits[place].day, team=visits[place].team, site=visits[place].site, **filled[place]
        )
        for place in sorted(filled)
    )
    assert back.issues == ()
    assert back.empty == 9 - len(filled)


def test_empty_cells_of_a_row_with_counts_are_none_but_the_absent_are_not_counted(hand_plan, file):
    back = read_outcomes(edited(file, {"G5": 30, "E5": "XII IPA 1"}, sheet="Hasil"))

    [outcome] = back.outcomes
    assert (outcome.recorded, outcome.absent, outcome.class_name) == (30, None, "XII IPA 1")


def test_a_cancelled_visit_says_why_and_nothing_else(hand_plan, file):
    back = read_outcomes(edited(file, {"N5": "hujan", "N6": "banjir"}, sheet="Hasil"))

    assert [(one.cancelled, one.held, one.absent) for one in back.outcomes] == [
        ("hujan", False, None), ("banjir", False, None),
    ]  # fmt: skip
    assert (back.issues, back.empty) == ((), 7)


def test_times_are_read_where_a_team_noted_them(file):
    changes = {"G5": 30, "O5": "08:05", "P5": "10.40", "G6": 3, "O6": "9:00"}

    back = read_outcomes(edited(file, changes, sheet="Hasil"))

    assert [(one.start, one.end) for one in back.outcomes] == [(485, 640), (540, None)]


OUTCOME_FAULTS = [
    ({"G5": 4, "N5": "hujan"}, "N5", "cancelled_with_counts"),
    ({"G5": 4, "O5": "pagi"}, "O5", "time_unreadable"),
    ({"G5": 4, "O5": "09:00", "P5": "08:00"}, "P5", "time_unreadable"),
    ({"G5": "x"}, "G5", "pupils_unreadable"),
    ({"G5": 4, "M5": 5}, "M5", "walk_ins_over_recorded"),
    ({"G5": 4, "A5": "kemarin"}, "A5", "date_unreadable"),
    ({"G5": 4, "A5": None}, "A5", "date_missing"),
    ({"G5": 4, "B5": None}, "B5", "team_missing"),
    ({"G5": 4, "C5": None}, "C5", "school_missing"),
    ({"G5": 4, "C5": "12"}, "C5", "npsn_form"),
]


@pytest.mark.parametrize(("changes", "cell", "cause"), OUTCOME_FAULTS)
def test_a_row_of_outcomes_that_cannot_be_is_reported_and_not_taken(changes, cell, cause, file):
    back = read_outcomes(edited(file, changes, sheet="Hasil"))

    assert [(issue.cell, issue.cause) for _, issue in back.issues] == [(cell, cause)]
    assert back.outcomes == ()


def test_the_plan_sheet_is_no_sheet_of_outcomes(file):
    [strange] = read_outcomes(edited(file, {})).strange

    assert "holds no sheet with the columns" in str(strange)
