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
from school_ektp.report.excel import plan_sheets
from school_ektp.report.excel.book import lines_of
from school_ektp.report.excel.plan_sheets import OUTCOME_COLUMNS, PLAN_COLUMNS, workbook_bytes
from school_ektp.report.filenames import file_stems, sheet_names
from school_ektp.roster.check import check_roster
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


def visited_names(plan) -> set[str]:
    return {plan.school_by_npsn[visit.site].name for visit in plan.visit_list}


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


def test_the_calendar_tells_closed_days_from_free_ones(hand_plan, book):
    """Each day and team once: pupils, or what the day is; the 16th is a holiday."""
    rows = table(sheets(book)["Kalender"], 4)
    days = {row[0][:10]: row[1:] for row in rows if row[0][:2] == "20"}

    assert list(days) == [day.isoformat() for day in hand_plan.calendar.days]
    assert set(days["2024-09-16"]) == {"libur: Maulid Nabi Muhammad SAW"}
    assert days["2024-09-15"] == ("tidak bertugas",) * 3
    assert days["2024-09-18"] == ("kosong",) * 3
    counts = [int(cell) for cells in days.values() for cell in cells if cell.isdigit()]
    assert sum(counts) == hand_plan.recorded
    total = next(row for row in rows if row[0] == "Jumlah")
    assert sum(map(int, total[1:])) == hand_plan.recorded


def coverage_rows(data):
    return {row[0]: row for row in sheets(data)["Cakupan"] if row[7] and row[7][0].isdigit()}


def test_coverage_is_rounded_down(book):
    rows = coverage_rows(book)

    assert len(rows) == 15 + 4 + 1  # kecamatan, levels, all
    for row in rows.values():
        before, first, last, planned, left = (int(row[place]) for place in range(2, 7))
        assert planned + left == last
        assert float(row[7]) == before * 1000 // (before + first) / 1000
        assert float(row[8]) == (before + planned) * 1000 // (before + last) / 1000


def test_coverage_is_that_of_the_sentence(hand_plan, book):
    """The workbook and the summary must not name two shares for one thing."""
    everyone = coverage_rows(book)["Semua"]

    shares = re.search(r"Cakupan: (\S+) % pada .*, perkiraan (\S+) % pada", hand_plan.summary())
    told = [float(share.replace(",", ".")) for share in shares.groups()]
    assert [round(float(everyone[place]) * 100, 1) for place in (7, 8)] == told


def test_coverage_by_sex_adds_up_to_all(hand_plan, region, book, tmp_path):
    data = hand_plan.to_excel(tmp_path / "p.xlsx", roster=region.roster).read_bytes()
    rows = coverage_rows(data)
    everyone, sexes = rows["Semua"], [rows["perempuan"], rows["laki-laki"]]

    for place in range(2, 7):
        assert sum(int(row[place]) for row in sexes) == int(everyone[place])
    assert min(int(row[5]) for row in sexes) > 0
    assert any("sebanding" in (row[0] or "") for row in sheets(data)["Cakupan"])
    assert any("tidak dihitung" in (row[0] or "") for row in sheets(book)["Cakupan"])


def test_another_roster_than_that_of_the_plan_is_refused(hand_plan, region, tmp_path):
    with pytest.raises(InvalidFieldError, match="does not hold the pupils of the plan at"):
        hand_plan.to_excel(tmp_path / "p.xlsx", roster=region.roster.head(5000))


# A sheet for each school --------------------------------------------------------------------


def test_a_school_has_its_visits_its_counts_and_who_is_left(hand_plan, book):
    pages = sheets(book)
    for row in hand_plan.by_site.filter(pl.col("visits") > 0).iter_rows(named=True):
        page = pages[row["site_name"]]
        visits = [visit for visit in hand_plan.visit_list if visit.site == row["site"]]
        left = [one for one in hand_plan.left_out_list if one.site == row["site"]]

        assert f"NPSN {row['site']}, {row['level']}, Kec. {row['kecamatan']}" in page[1][0]
        told = page[HEADER : HEADER + len(visits)]
        assert [line[0][:10] for line in told] == [visit.day.isoformat() for visit in visits]
        assert [line[1] for line in told] == [visit.team for visit in visits]
        assert [(int(line[5]), int(line[6])) for line in told] == [
            (visit.called, visit.recorded) for visit in visits
        ]
        counts = {line[0]: line[1] for line in page[HEADER + len(visits) :]}
        assert (counts["Menunggu"], counts["Perkiraan terekam"], counts["Tertinggal"]) == (
            str(row["waiting"]),
            str(row["recorded"]),
            str(row["left_out"]),
        )
        reasons = [line for line in page if line[2] and line[0] and line[2] != "Alasan"]
        assert sum(int(line[1]) for line in reasons[-len(left) :] if left) == row["left_out"]


def test_what_a_school_lacks_is_told_on_its_sheet(hand_plan):
    npsn = hand_plan.visit_list[0].site
    schools = tuple(attrs.evolve(school, power=school.npsn != npsn) for school in hand_plan.schools)
    pages = sheets(bytes_of(attrs.evolve(hand_plan, schools=schools), lang="en"))

    told = {name: page[2][0] for name, page in pages.items() if name in visited_names(hand_plan)}
    assert told.pop(hand_plan.school_by_npsn[npsn].name) == "The school lacks: power"
    assert set(told.values()) == {None}


def test_schools_lead_to_their_sheets_and_back(hand_plan, book):
    names = list(sheets(book))
    schools = xml(book)[f"xl/worksheets/sheet{names.index('Sekolah') + 1}.xml"]

    targets = re.findall(r'<hyperlink ref="C\d+" location="\'([^"]+)\'!A1"', schools)
    assert sorted(targets) == sorted(names[11:-1])
    for number in range(12, len(names)):
        page = xml(book)[f"xl/worksheets/sheet{number}.xml"]
        assert re.findall(r'<hyperlink [^>]*location="([^"]+)"', page) == ["'Sekolah'!A1"]


@pytest.mark.parametrize(
    ("asked", "most", "made"),
    [(None, 100, 8), (None, 8, 8), (None, 7, 0), (True, 0, 8), (False, 100, 0)],
)
def test_many_schools_have_sheets_only_when_asked(asked, most, made, hand_plan, monkeypatch):
    monkeypatch.setattr(plan_sheets, "SHEETS_BY_DEFAULT", most)

    assert len(sheets(bytes_of(hand_plan, school_sheets=asked))) == 12 + made


def test_schools_of_one_name_are_told_apart(hand_plan):
    first, second = (visit.site for visit in hand_plan.visit_list[:2])
    renamed = tuple(
        attrs.evolve(
            school, name="Tim 1/SMA O'Brien" if school.npsn in {first, second} else "Tim 1"
        )
        for school in hand_plan.schools
    )

    data = bytes_of(attrs.evolve(hand_plan, schools=renamed))

    pages = sheets(data)
    for npsn in (first, second):
        [name] = [name for name in pages if name.startswith(npsn)]
        assert name == f"{npsn} Tim 1 SMA O'Brien"
        assert f"NPSN {npsn}," in pages[name][1][0]
    names = list(pages)
    links = xml(data)[f"xl/worksheets/sheet{names.index('Sekolah') + 1}.xml"]
    assert f"location=\"'{first} Tim 1 SMA O''Brien'!A1\"" in links
    assert len({name.casefold() for name in pages}) == 12 + 8


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
    assert len(with_tables) == 10 + 8  # and a sheet for each school
    titles = re.findall(r"_xlnm.Print_Titles[^>]*>[^<]*\$4:\$4<", parts["xl/workbook.xml"])
    assert len(titles) == 10 + 8


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


def test_a_checked_roster_brings_its_issues_in_the_language_of_the_workbook(
    hand_plan, region, tmp_path
):
    roster = region.roster.with_columns(class_name=pl.lit(None, pl.String))
    checked = check_roster(roster, schools=region.schools, on=region.as_of, lang="id")
    file = hand_plan.to_excel(tmp_path / "p.xlsx", roster=checked, lang="en")

    told = {row[6] for row in table(sheets(file.read_bytes())["Issues"], 7)}

    assert told
    assert told == set(checked.issues_in("en")["message"])
    assert told.isdisjoint(checked.issues["message"])
    quiet = hand_plan.to_excel(file, roster=checked, issues=checked.issues.clear(), lang="en")
    assert table(sheets(quiet.read_bytes())["Issues"], 7) == [("No issues.", *[None] * 6)]


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
    links = [text for name, text in parts.items() if name.endswith(".rels")]
    assert not any("hyperlink" in text or "External" in text for text in links)
    shown = {row[4] for row in table(sheets(data)["Rencana"], 10)}
    assert shown <= set(names)


@settings(max_examples=settings().max_examples // 5)
@given(data=st.data())
def test_any_plan_can_be_written(data, drawn_plans):
    plan = data.draw(drawn_plans)

    lang = data.draw(st.sampled_from(LANGS))

    pages = sheets(bytes_of(plan, lang=lang))
    schools = {visit.site for visit in plan.visit_list}
    assert len(pages) == 9 + len(plan.teams) + len(schools)
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
