"""The workbook of a plan: complete, and with the numbers of the plan on every sheet."""

from __future__ import annotations

import re

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model import messages
from school_ektp.model.clock import DaySpan
from school_ektp.model.language import LANGS
from school_ektp.model.team import KitOutage
from school_ektp.report.excel import plan_sheets
from school_ektp.report.excel.plan_sheets import OUTCOME_COLUMNS, PLAN_COLUMNS
from school_ektp.report.letters.papers import Office
from school_ektp.roster.check import check_roster
from school_ektp.roster.schema import ISSUES
from workbook_files import bytes_of, sheets, table, visited_names, xml


def test_the_sheets_are_those_that_were_promised(hand_plan, book):
    visited = visited_names(hand_plan)
    names = list(sheets(book))

    assert names[:11] == [
        *(
            "Rencana",
            "Kalender",
            "Tim 1",
            "Tim 2",
            "Tim 3",
            "Sekolah",
            "Tertinggal",
            "Temuan",
            "Cakupan",
        ),
        *("Hasil", "Cara membaca"),
    ]
    assert len(visited) == 8
    assert set(names[11:-1]) == visited
    assert names[-1] == "Daftar"


def test_the_same_in_english(hand_plan):
    names = list(sheets(bytes_of(hand_plan, lang="en")))

    assert names[:2] == ["Plan", "Calendar"]
    assert names[5:11] == ["Schools", "Left out", "Issues", "Coverage", "Outcomes", "How to read"]
    assert names[-1] == "Lists"


def test_the_plan_sheet_holds_every_visit_with_real_dates(hand_plan, book):
    rows = table(sheets(book)["Rencana"], len(PLAN_COLUMNS))

    assert len(rows) == len(hand_plan.visit_list)
    for number, (row, visit) in enumerate(zip(rows, hand_plan.visit_list, strict=True), start=1):
        school = hand_plan.school_by_npsn[visit.site]
        assert row[0] == str(number)
        assert row[1].startswith(visit.day.isoformat())
        assert row[2:6] == (visit.team, visit.site, school.name, school.kecamatan)
        assert row[8:11] == (str(visit.room), str(visit.called), str(visit.recorded))


def test_numbers_on_all_sheets_agree_with_the_plan(hand_plan, book):
    pages = sheets(book)
    schools, coverage = pages["Sekolah"], pages["Cakupan"]

    totals = next(row for row in schools if row[0] == "Jumlah")
    assert totals[5:8] == (
        str(hand_plan.waiting),
        str(hand_plan.recorded),
        str(hand_plan.waiting - hand_plan.recorded),
    )
    everyone = next(row for row in coverage if row[0] == "Semua")
    assert everyone[4:7] == totals[5:8]
    teams = [pages[f"Tim {number}"] for number in (1, 2, 3)]
    added = [next(row for row in rows if row[0] == "Jumlah") for rows in teams]
    assert sum(int(row[8]) for row in added) == hand_plan.recorded
    assert sum(int(row[7]) for row in added) == sum(v.called for v in hand_plan.visit_list)
    left = next(row for row in pages["Tertinggal"] if row[0] == "Jumlah")
    assert int(left[4]) == sum(one.pupils for one in hand_plan.left_out_list)


@pytest.mark.parametrize(
    ("school_sheets", "most", "made"),
    [(None, 100, 8), (None, 8, 8), (None, 7, 0), (True, 0, 8), (False, 100, 0)],
)
def test_many_schools_have_sheets_only_when_asked(
    school_sheets, most, made, hand_plan, monkeypatch
):
    monkeypatch.setattr(plan_sheets, "SHEETS_BY_DEFAULT", most)

    assert len(sheets(bytes_of(hand_plan, school_sheets=school_sheets))) == 12 + made


def test_teams_schools_dates_and_counts_are_offered_for_choice(hand_plan, book):
    page = xml(book)["xl/worksheets/sheet1.xml"]
    lists = sheets(book)["Daftar"]

    kinds = re.findall(r'<dataValidation type="(\w+)"', page)
    assert sorted(kinds) == ["date", "list", "list", "whole"]
    assert "'Daftar'!$A$1:$A$3" in page
    assert [row[0] for row in lists[:3]] == ["Tim 1", "Tim 2", "Tim 3"]
    assert [row[1] for row in lists] == list(hand_plan.names.sites)
    assert re.search(r'name="Daftar"[^>]*state="hidden"', xml(book)["xl/workbook.xml"])


def test_issues_of_the_roster_are_reported(hand_plan):
    issues = pl.DataFrame(
        [("a.xlsx", "Sheet1", 9, "birth_date", "date_impossible", "refusal", "", "=cmd|'/C'!A0")],
        schema=ISSUES,
        orient="row",
    )

    [row] = table(sheets(bytes_of(hand_plan, issues=issues))["Temuan"], 7)

    assert row == (
        *("a.xlsx", "Sheet1", "9", "Tanggal Lahir", "ditolak"),
        *("", "=cmd|'/C'!A0"),
    )


def test_refusals_stand_before_warnings_and_repairs(hand_plan):
    severities = ("repair", "refusal", "warning", "refusal")
    issues = pl.DataFrame(
        [("a", "", n, "remark", "", severity, "", "") for n, severity in enumerate(severities)],
        schema=ISSUES,
        orient="row",
    )

    rows = table(sheets(bytes_of(hand_plan, issues=issues, lang="en"))["Issues"], 7)

    assert [(row[2], row[3], row[4]) for row in rows] == [
        *(("1", "remark", "refused"), ("3", "remark", "refused")),
        *(("2", "remark", "warning"), ("0", "remark", "repaired")),
    ]


def test_a_visit_with_fewer_kits_than_usual_is_marked(hand_plan):
    visit = hand_plan.visit_list[0]
    broken = KitOutage(DaySpan(visit.day), kits=1)
    teams = [attrs.evolve(team, outages=[broken]) for team in hand_plan.teams]
    plan = attrs.evolve(hand_plan, teams=tuple(teams))

    rows = table(sheets(bytes_of(plan))[visit.team], 11)
    letter = plan.assignments(Office(region="Contoh"), on=visit.day).pages
    other = hand_plan.assignments(Office(region="Contoh"), on=visit.day).pages

    usual = plan.team_by_name[visit.team].kits
    assert rows[0][10] == f"{usual - 1} alat rekam"
    assert {row[10] for row in rows[1:-1] if row[0] != rows[0][0]} <= {None}
    assert any(f"({usual - 1} alat rekam)" in page.body for page in letter)
    assert not any(" alat rekam)" in page.body for page in other)


def test_a_checked_roster_brings_its_issues_in_the_language_of_the_workbook(
    hand_plan, region, tmp_path
):
    roster = region.roster.with_columns(class_name=pl.lit(None, pl.String))
    checked = check_roster(roster, schools=region.schools, on=region.as_of, lang="id")
    file = hand_plan.to_excel(tmp_path / "p.xlsx", roster=checked, lang="en")

    messages = {row[6] for row in table(sheets(file.read_bytes())["Issues"], 7)}

    assert messages
    assert messages == set(checked.issues_in("en")["message"])
    assert messages.isdisjoint(checked.issues["message"])
    quiet = hand_plan.to_excel(file, roster=checked, issues=checked.issues.clear(), lang="en")
    assert table(sheets(quiet.read_bytes())["Issues"], 7) == [("No issues.", *[None] * 6)]


def test_a_workbook_without_a_check_does_not_say_that_nothing_was_found(
    hand_plan, region, tmp_path
):
    file = hand_plan.to_excel(tmp_path / "p.xlsx", roster=region.roster, lang="en")

    rows = table(sheets(file.read_bytes())["Issues"], 7)

    assert rows == [("The check of the roster was not given.", *[None] * 6)]


def test_the_plan_tells_what_stands_against_itself(small_plan):
    lost = small_plan.names.sites[5]
    names = attrs.evolve(small_plan.names, unplaced=(lost,))
    crowded = attrs.evolve(small_plan.solution, visits=small_plan.solution.visits * 2)

    rows = table(
        sheets(bytes_of(attrs.evolve(small_plan, names=names, solution=crowded)))["Temuan"], 7
    )

    assert "letaknya belum diketahui" in rows[0][6]
    assert any("kunjungan yang sama tertulis 2 kali" in row[6] for row in rows)


@settings(max_examples=settings().max_examples // 5)
@given(data=st.data())
def test_any_plan_can_be_written(data, drawn_plans):
    plan = data.draw(drawn_plans)

    lang = data.draw(st.sampled_from(LANGS))

    pages = sheets(bytes_of(plan, lang=lang))
    schools = {visit.site for visit in plan.visit_list}
    assert len(pages) == 9 + len(plan.teams) + len(schools)
    assert len({name.casefold() for name in pages}) == len(pages)


def test_another_language_is_refused(hand_plan):
    with pytest.raises(InvalidFieldError, match="lang must be 'id' or 'en', got 'nl'"):
        bytes_of(hand_plan, lang="nl")


def test_the_sheet_that_explains_has_its_headings_in_both_languages():
    for line in messages.GUIDE:
        assert line["id"].startswith("#") == line["en"].startswith("#")


def test_headers_that_are_read_back_are_not_mistaken():
    """No two columns of one sheet may bear the same word, in whatever language."""
    for columns in (PLAN_COLUMNS, OUTCOME_COLUMNS):
        words = [
            {messages.HEADERS[column.name][lang].casefold() for lang in LANGS} for column in columns
        ]
        for place, some in enumerate(words):
            assert not any(some & others for others in words[place + 1 :])
