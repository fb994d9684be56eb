"""Workbooks and call sheets that teams brought back, read in one call and recorded."""

from __future__ import annotations

import pytest

from school_ektp.errors import ReadError, SchoolEktpWarning
from school_ektp.report.excel.read_folder import read_outcomes
from school_ektp.season.season import begin
from workbook_files import BOX, boxes, ticked


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
    with pytest.warns(SchoolEktpWarning, match="c.csv: holds no sheet with the columns Tanggal"):
        season = begin(hand_plan).record(tmp_path, sheets=sheets, roster=region.roster)

    assert len(back.outcomes) == 1
    assert back.empty == 2 + len(hand_plan.visit_list)
    assert [fault.file for fault in back.strange] == ["c.csv"]
    visit = sheets[0].visit
    assert season.standing.places[visit.site, "recorded"] == len(sheets[0].pupils)
    assert {person.site for person in season.people} == {visit.site}


def test_without_the_sheets_that_were_printed_ticks_are_not_read(printed):
    assert len(read_outcomes(printed).strange) == 1


def test_an_empty_folder_is_reported(tmp_path):
    with pytest.raises(ReadError, match="there is no such file"):
        read_outcomes(tmp_path)


def test_a_csv_is_named_once_in_what_is_wrong_with_it(tmp_path):
    file = tmp_path / "hasil.csv"
    file.write_text("Tgl,Tim,NPSN,Terekam\n9/9/2024,Tim 1,10700669,-1\n", encoding="utf-8")

    said = read_outcomes(file).issues_text("en")

    assert said == "hasil.csv!D2: not a whole number from 0"


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
