"""What was ticked on call sheets, by pupil."""

from __future__ import annotations

from collections import Counter

from school_ektp.model.outcome import Result
from school_ektp.report.excel.read_folder import read_outcomes
from workbook_files import boxes, ticked


def test_sheets_without_a_tick_are_not_filled_in(printed, sheets):
    back = read_outcomes(printed, sheets=sheets)

    assert (back.outcomes, back.empty, back.strange) == ((), 3, ())


def test_ticks_are_outcomes_by_key(printed, sheets, tmp_path):
    """Of the first sheet one pupil was recorded, one came, and one lives elsewhere."""
    seen = Counter()

    def tick(place, row):
        found = boxes(row)
        if place == 0 and found:
            seen[place] += 1
            came, _, recorded = found
            if seen[place] == 1:
                row[came] = row[recorded] = "✓"
            elif seen[place] == 2:
                row[came] = "x"
            elif seen[place] == 3:
                row[came], row[recorded + 1] = "V", "luar domisili"
        return row

    back = read_outcomes(ticked(printed, tmp_path / "a.xlsx", tick), sheets=sheets)

    [outcome] = back.outcomes
    first, second, third, *others = sheets[0].pupils
    assert back.empty == 2
    assert outcome.visit == (sheets[0].visit.day, sheets[0].visit.team, sheets[0].visit.site)
    results = {one.key: one.result for one in outcome.pupils}
    assert results[first.key] is Result.RECORDED
    assert results[second.key] is Result.FAILED
    assert results[third.key] is Result.ELSEWHERE
    assert {results[pupil.key] for pupil in others} == {Result.ABSENT}
    assert outcome.absent == len(others) + len(sheets[0].again)


def test_a_pupil_written_in_by_hand_is_a_walk_in(printed, sheets, tmp_path):
    def tick(place, row):
        found = boxes(row)
        if place == 1 and found:
            row[found[0]] = row[found[2]] = "v"
            row = ["Tamu" if cell == sheets[1].pupils[0].name else cell for cell in row]
        return row

    [outcome] = read_outcomes(ticked(printed, tmp_path / "a.xlsx", tick), sheets=sheets).outcomes

    listed = len(sheets[1].pupils) + len(sheets[1].again)
    assert (outcome.recorded, outcome.walk_ins, len(outcome.pupils)) == (listed, 1, listed - 1)
