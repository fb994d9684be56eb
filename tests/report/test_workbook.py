"""The workbook of a plan: complete, printable, safe to open, the same bytes for the same plan."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile

import attrs
import fastexcel
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, MissingExtraError
from school_ektp.model import messages
from school_ektp.model.language import LANGS
from school_ektp.report.filenames import file_stems, sheet_names
from school_ektp.report.workbook.book import lines_of
from school_ektp.report.workbook.plan_sheets import OUTCOME_COLUMNS, PLAN_COLUMNS, workbook_bytes
from school_ektp.roster.schema import ISSUES

HEADER = 4  # the row as a spreadsheet counts


def bytes_of(plan, **options):
    return workbook_bytes(plan, **{"created": None} | options)


def sheets(data: bytes) -> dict[str, list[tuple]]:
    reader = fastexcel.read_excel(data)
    loaded = {
        name: reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        for name in reader.sheet_names
    }
    return {name: sheet.to_polars().rows() for name, sheet in loaded.items()}


def xml(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def book(hand_plan) -> bytes:
    return bytes_of(hand_plan)


def table(rows, width):
    return [row[:width] for row in rows[HEADER:] if any(row[:width])]


def test_the_sheets_are_those_that_were_promised(book):
    assert list(sheets(book)) == [
        *("Rencana", "Tim 1", "Tim 2", "Tim 3", "Sekolah", "Tertinggal", "Temuan", "Cakupan"),
        *("Hasil", "Cara membaca", "Daftar"),
    ]


def test_the_same_in_english(hand_plan):
    names = list(sheets(bytes_of(hand_plan, lang="en")))

    assert names[0] == "Plan"
    assert names[4:] == [
        *("Schools", "Left out", "Issues", "Coverage", "Outcomes", "How to read", "Lists")
    ]


def test_the_plan_sheet_holds_every_visit_with_real_dates(hand_plan, book):
    rows = table(sheets(book)["Rencana"], len(PLAN_COLUMNS))

    assert len(rows) == len(hand_plan.visit_list)
    for number, (row, visit) in enumerate(zip(rows, hand_plan.visit_list, strict=True), start=1):
        school = hand_plan.school_by_npsn[visit.npsn]
        assert row[0] == str(number)
        assert row[1].startswith(visit.day.isoformat())
        assert row[2:6] == (visit.team, visit.npsn, school.name, school.kecamatan)
        assert row[8:10] == (str(visit.called), str(visit.recorded))


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
    assert everyone[3:6] == totals[5:8]
    teams = [pages[f"Tim {number}"] for number in (1, 2, 3)]
    added = [next(row for row in rows if row[0] == "Jumlah") for rows in teams]
    assert sum(int(row[8]) for row in added) == hand_plan.recorded
    assert sum(int(row[7]) for row in added) == sum(v.called for v in hand_plan.visit_list)
    left = next(row for row in pages["Tertinggal"] if row[0] == "Jumlah")
    assert int(left[4]) == sum(one.pupils for one in hand_plan.left)


def test_coverage_is_rounded_down(hand_plan, book):
    rows = [row for row in sheets(book)["Cakupan"] if row[6] and row[6][0].isdigit()]

    assert len(rows) == 15 + 4 + 1  # kecamatan, levels, all
    for row in rows:
        before, waiting, planned = (int(row[place]) for place in (2, 3, 4))
        assert float(row[6]) == before * 1000 // (before + waiting) / 1000
        assert float(row[7]) == (before + planned) * 1000 // (before + waiting) / 1000


def test_equal_plans_give_equal_bytes(hand_plan, book, tmp_path):
    file = attrs.evolve(hand_plan).to_excel(tmp_path / "rencana.xlsx")

    assert file.read_bytes() == book


def test_the_date_of_making_can_be_told(hand_plan, book):
    core = xml(bytes_of(hand_plan, created=dt.date(2024, 9, 2)))["docProps/core.xml"]

    assert "2024-09-02T00:00:00Z" in core
    assert "2024-09-09T00:00:00Z" in xml(book)["docProps/core.xml"]


def test_every_sheet_prints_on_a4_with_its_header_on_each_page(book):
    parts = xml(book)
    pages = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]

    assert all('paperSize="9"' in page and "fitToHeight" in page for page in pages)
    with_tables = [page for page in pages if 'state="frozen"' in page]
    assert len(with_tables) == 9
    titles = re.findall(r"_xlnm.Print_Titles[^>]*>[^<]*\$4:\$4<", parts["xl/workbook.xml"])
    assert len(titles) == 9


def test_teams_schools_dates_and_counts_are_offered_for_choice(hand_plan, book):
    page = xml(book)["xl/worksheets/sheet1.xml"]
    lists = sheets(book)["Daftar"]

    kinds = re.findall(r'<dataValidation type="(\w+)"', page)
    assert sorted(kinds) == ["date", "list", "list", "whole"]
    assert "'Daftar'!$A$1:$A$3" in page
    assert [row[0] for row in lists[:3]] == ["Tim 1", "Tim 2", "Tim 3"]
    assert [row[1] for row in lists] == list(hand_plan.names.sites)
    assert re.search(r'name="Daftar"[^>]*state="hidden"', xml(book)["xl/workbook.xml"])


def test_issues_of_the_roster_are_told(hand_plan):
    issues = pl.DataFrame(
        [("a.xlsx", "Sheet1", 9, "birth_date", "date_impossible", "refusal", "", "=cmd|'/C'!A0")],
        schema=ISSUES,
        orient="row",
    )

    [row] = table(sheets(bytes_of(hand_plan, issues=issues))["Temuan"], 7)

    assert row == (
        *("a.xlsx", "Sheet1", "9", "birth_date", "refusal"),
        *("", "=cmd|'/C'!A0"),
    )


def test_the_plan_tells_what_stands_against_itself(small_plan):
    lost = small_plan.names.sites[5]
    names = attrs.evolve(small_plan.names, unplaced=(lost,))
    crowded = attrs.evolve(small_plan.solution, visits=small_plan.solution.visits * 2)

    rows = table(
        sheets(bytes_of(attrs.evolve(small_plan, names=names, solution=crowded)))["Temuan"], 7
    )

    assert "letaknya belum diketahui" in rows[0][6]
    assert any("kunjungan yang sama tertulis 2 kali" in row[6] for row in rows)


def test_no_cell_is_a_formula_or_a_link(small_plan):
    """Names come from files of others: `=HYPERLINK(...)` must stay a text."""
    names = ('=HYPERLINK("http://x","y")', "@SUM(A1)", "http://example.org", "+1", "{=1}")
    renamed = tuple(
        attrs.evolve(school, name=names[place % len(names)])
        for place, school in enumerate(small_plan.schools)
    )
    data = bytes_of(attrs.evolve(small_plan, schools=renamed))

    parts = xml(data)
    assert not any("<f>" in text or "<f " in text for name, text in parts.items())
    assert not any("hyperlink" in text for name, text in parts.items() if "worksheets" in name)
    shown = {row[4] for row in table(sheets(data)["Rencana"], 10)}
    assert shown <= set(names)


@settings(max_examples=settings().max_examples // 5)
@given(data=st.data())
def test_any_plan_can_be_written(data, drawn_plans):
    plan = data.draw(drawn_plans)

    lang = data.draw(st.sampled_from(LANGS))

    pages = sheets(bytes_of(plan, lang=lang))
    assert len(pages) == 8 + len(plan.teams)
    assert len({name.casefold() for name in pages}) == len(pages)


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


def test_long_texts_get_the_height_they_need():
    assert lines_of("one two three", 7) == 2
    assert lines_of("", 7) == 1
    assert lines_of("a\nb", 7) == 2


def test_another_language_is_refused(hand_plan):
    with pytest.raises(InvalidFieldError, match="lang must be 'id' or 'en', got 'nl'"):
        bytes_of(hand_plan, lang="nl")


def test_the_extra_is_named_when_it_is_missing(hand_plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(MissingExtraError, match=r"Plan\.to_excel\(\) needs the extra 'excel'"):
        bytes_of(hand_plan)


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
