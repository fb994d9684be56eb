"""What a season may record, in whatever it comes: records, files, folders, sheets, frames."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import attrs
import polars as pl
import pytest

from made_seasons import outcome
from school_ektp.datasets import rejang_lebong
from school_ektp.errors import InvalidFieldError, ReadError, RosterSchemaError, SchoolEktpWarning
from school_ektp.model.outcome import OfficeOutcome, Outcome, Result
from school_ektp.plan.data import PlanData
from school_ektp.report.excel.read_folder import read_outcomes
from school_ektp.season.records import given_records
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
TUESDAY = MONDAY + dt.timedelta(days=1)
HEAD = "Tanggal,Tim,NPSN,Terekam"


@pytest.fixture
def plan(two_of_ten):
    return two_of_ten


@pytest.fixture
def began(three_days):
    return begin(three_days)


def line(visit, recorded):
    return f"{visit.day:%d-%m-%Y},{visit.team},{visit.site},{recorded}"


def a_list(folder, visits, head=HEAD, more=""):
    """Write a list of an office's own, three recorded at each visit."""
    file = folder / "hasil.csv"
    rows = [head, *(line(visit, 3) + more for visit in visits)]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


@pytest.mark.parametrize("kind", ["file", "text", "folder", "pattern", "several"])
def test_files_and_folders_are_records(kind, began, tmp_path):
    """Whatever leads to a file, it is the same as reading it first."""
    file = a_list(tmp_path, began.plan.visit_list[:2])
    path = {
        "file": file,
        "text": os.fspath(file),
        "folder": tmp_path,
        "pattern": tmp_path / "*.csv",
        "several": [file],
    }[kind]

    season = began.record(path)

    assert season.ledger == began.record(read_outcomes(file)).ledger
    assert season.account.pupils("recorded") == 6


def test_paths_and_records_may_come_together(began, tmp_path):
    first, second = began.plan.visit_list[:2]
    by_hand = Outcome(day=second.day, team=second.team, site=second.site, recorded=1)

    season = began.record([by_hand, a_list(tmp_path, [first])])

    assert [one.recorded for one in season.ledger.outcomes] == [3, 1]


def test_a_workbook_of_the_plan_is_recorded_where_it_lies(began, tmp_path):
    """Nobody filled it in, so nothing is recorded and nothing is warned of."""
    began.plan.to_excel(tmp_path / "rencana.xlsx")

    assert began.record(tmp_path).ledger == began.ledger


def test_rows_and_files_that_cannot_be_read_are_reported(began, tmp_path):
    first, second = began.plan.visit_list[:2]
    file = a_list(tmp_path, [first])
    file.write_text(file.read_text() + "\n" + line(second, "tiga"), encoding="utf-8")
    (tmp_path / "lain.csv").write_text("Nama,Umur\nAni,16", encoding="utf-8")

    with pytest.warns(SchoolEktpWarning, match=r"(?s)hasil.csv!D3: .*lain.csv: holds no sheet"):
        season = began.record(tmp_path)

    assert len(season.ledger.outcomes) == 1


def test_columns_of_a_file_that_are_not_known_are_reported(began, tmp_path):
    file = a_list(tmp_path, began.plan.visit_list[:1], f"{HEAD},Ijin,Keterangan", ",2,hujan")

    with pytest.warns(SchoolEktpWarning, match='E1: the column "Ijin" is not known, or') as caught:
        began.record(file)

    assert "Keterangan" not in str(caught[0].message)  # it says nothing about an outcome
    assert [one.cause for _, one in read_outcomes(file).issues] == ["heading_unread"]


def test_a_long_list_of_issues_is_cut(began, tmp_path):
    head = HEAD + "".join(f",Lain{number}" for number in range(30))
    file = a_list(tmp_path, began.plan.visit_list[:1], head, "," * 30)

    with pytest.warns(SchoolEktpWarning, match="and 10 more"):
        began.record(file)


def test_a_heading_that_is_missing_is_reported_with_those_that_are_there(tmp_path):
    file = a_list(tmp_path, [], "Tanggal,Tim,Sekolah,Terekam")

    [strange] = read_outcomes(file).strange
    assert "found: Tanggal, Tim, Terekam" in str(strange)


def test_a_path_that_leads_nowhere_is_refused(began):
    with pytest.raises(ReadError, match="nowhere: there is no such file"):
        began.record(Path("nowhere"))


def test_a_plan_without_papers_reads_no_files(three_days, tmp_path):
    parts = {name: getattr(three_days, name) for name in PARTS}

    with pytest.raises(InvalidFieldError, match="holds paths, which a PlanData does not read"):
        begin(PlanData(**parts)).record(tmp_path)


PARTS = (
    *("schools", "demand", "teams", "calendar", "rules", "worth", "risks"),
    *("problem", "names", "solution", "bound"),
)


@pytest.mark.parametrize("wrong", [3, [3], [None], None, b"folder", {"folder": 1}])
def test_what_is_no_record_is_refused(wrong, began):
    with pytest.raises(InvalidFieldError, match="must be Outcome or OfficeOutcome"):
        began.record(wrong)


def test_call_sheets_are_asked_for_by_kind(began, tmp_path):
    with pytest.raises(InvalidFieldError, match=r"must be a list of CallSheet.*got a list with"):
        began.record(tmp_path, sheets=["sheet"])


def test_records_come_in_the_order_in_which_they_were_given():
    first = OfficeOutcome(day=dt.date(2024, 9, 10), site="10700669", recorded=1)
    second = OfficeOutcome(day=dt.date(2024, 9, 9), site="10700669", recorded=2)

    assert given_records([first, second], None).records == (first, second)
    assert given_records(first, None).records == (first,)


def test_sheets_that_came_back_are_taken_as_they_are(plan):
    @attrs.frozen
    class Sheet:
        outcomes: tuple

        def issues_text(self, lang):
            return ""

    sheet = Sheet((outcome(plan.visit_list[0]),))

    assert begin(plan).record(sheet).ledger == begin(plan).record([sheet]).ledger
    assert len(begin(plan).record(sheet).ledger.outcomes) == 1


def test_pupils_are_matched_to_the_roster_by_key(sample_plan):
    rows = rejang_lebong(seed=1).roster
    visit = sample_plan.visit_list[0]
    here = rows.filter(pl.col("npsn").cast(pl.String) == visit.site, ~pl.col("recorded"))
    keys = here.get_column("student_id").head(6).to_list()
    pupils = dict.fromkeys(keys[:4], Result.RECORDED) | {keys[4]: "ABSENT", "nobody": "RECORDED"}
    by_hand = Outcome.by_pupil(day=visit.day, team=visit.team, site=visit.site, pupils=pupils)

    season = begin(sample_plan).record(by_hand, roster=rows)

    assert [one.key for one in season.people] == sorted(keys[:5])
    assert {one.site for one in season.people} == {visit.site}
    assert [(one.kind, one.amount) for one in season.told] == [("unknown_pupil", 1)]
    assert season.standing.places[visit.site, "recorded"] == 5
    assert keys[0] not in repr(season) + repr(season.people) + repr(season.ledger)


def test_a_roster_that_lacks_columns_is_reported(plan):
    visit = plan.visit_list[0]
    by_hand = Outcome.by_pupil(
        day=visit.day, team=visit.team, site=visit.site, pupils={"a": "FAILED"}
    )
    roster = pl.DataFrame({"student_id": ["a"], "npsn": [visit.site], "birth_date": [MONDAY]})

    with pytest.raises(
        RosterSchemaError, match="roster has 1 bad column:\n - 'class_name': missing"
    ):
        begin(plan).record(by_hand, roster=roster)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_sheet_that_teams_fill_in_has_no_column_that_is_not_known(lang, began, tmp_path):
    file = began.plan.to_excel(tmp_path / "plan.xlsx", lang=lang)

    back = began.plan.read_outcomes(file)

    assert (back.issues_text(lang), back.empty) == ("", len(began.plan.visit_list))


def test_a_column_that_stands_twice_is_reported(began, tmp_path):
    file = a_list(tmp_path, began.plan.visit_list[:1], f"{HEAD},Terekam", ",2")

    with pytest.warns(SchoolEktpWarning, match='D1: the column "Terekam" is not known, or there'):
        season = began.record(file)

    assert season.account.pupils("recorded") == 2  # the last one of that heading
