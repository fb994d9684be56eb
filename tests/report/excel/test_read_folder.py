"""Workbooks and call sheets that teams brought back, read in one call and recorded."""

from __future__ import annotations

import io
from collections import Counter

import fastexcel
import pytest
import xlsxwriter

from school_ektp.errors import ReadError
from school_ektp.model.outcome import Result
from school_ektp.model.priorities import Priorities
from school_ektp.report.excel.read_folder import read_outcomes
from school_ektp.season.season import begin

BOX = "☐"


@pytest.fixture(scope="module")
def sheets(hand_plan, region):
    options = {"priorities": Priorities.usual(region.deadline), "on": region.as_of}
    return hand_plan.call_sheets(region.roster, **options)


@pytest.fixture(scope="module", params=["id", "en"])
def printed(request, hand_plan, sheets, tmp_path_factory):
    papers = hand_plan.call_sheet_papers(sheets[:3], lang=request.param)
    return papers.to_excel(tmp_path_factory.mktemp("p") / "panggilan.xlsx")


def ticked(source, target, tick):
    """Write a workbook again; *tick* is given each row of a sheet and changes it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    reader = fastexcel.read_excel(source)
    for place, name in enumerate(reader.sheet_names):
        page = book.add_worksheet(f"renamed {place}")
        rows = reader.load_sheet(name, header_row=None, dtypes="string").to_polars().rows()
        for number, row in enumerate(rows):
            for column, cell in enumerate(tick(place, [*row])):
                if cell is not None:
                    page.write_string(number, column, cell)
    book.close()
    target.write_bytes(buffer.getvalue())
    return target


def boxes(row):
    return [column for column, cell in enumerate(row) if cell == BOX]


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


def test_a_folder_gives_everything_and_says_what_is_strange(
    printed, hand_plan, sheets, region, tmp_path
):
    def everybody(place, row):
        found = boxes(row)
        for column in found:
            row[column] = "✓" if place == 0 else BOX
        return row

    ticked(printed, tmp_path / "a.xlsx", everybody)
    hand_plan.to_excel(tmp_path / "b.xlsx")
    (tmp_path / "c.csv").write_text("apa saja\n1\n", encoding="utf-8")

    back = read_outcomes(tmp_path, sheets=sheets)
    season = begin(hand_plan).record(back, roster=region.roster)

    assert len(back.outcomes) == 1
    assert back.empty == 2 + len(hand_plan.visit_list)
    assert [fault.file for fault in back.strange] == ["c.csv"]
    visit = sheets[0].visit
    assert season.standing.places[visit.site, "recorded"] == len(sheets[0].pupils)
    assert {person.site for person in season.people} == {visit.site}


def test_without_the_sheets_that_were_printed_ticks_are_not_read(printed):
    assert len(read_outcomes(printed).strange) == 1


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(ReadError, match="there is no such file"):
        read_outcomes(tmp_path)


def test_a_list_of_ones_own_is_read_by_everyday_headings(hand_plan, tmp_path):
    visit = hand_plan.visit_list[0]
    file = tmp_path / "hasil.csv"
    file.write_text(
        "Tgl,Tim,NPSN,Terekam,Absen,Batal\n"
        f"{visit.day:%d/%m/%Y},{visit.team},{visit.site},7,3,\n"
        f"{visit.day:%d/%m/%Y},Tim 9,{visit.site},,,hujan\n",
        encoding="utf-8",
    )

    back = read_outcomes(file)

    assert [(one.recorded, one.absent, one.cancelled) for one in back.outcomes] == [
        (7, 3, ""),
        (0, None, "hujan"),
    ]
    assert repr(back).startswith("Returned(outcomes=<2 outcomes>, issues=()")
