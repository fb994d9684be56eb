"""Call sheets and letters: the right pupils at the right time, from templates one can replace."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import warnings

import attrs
import fastexcel
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError, MissingExtraError, SchoolEktpWarning
from school_ektp.model.language import date_text
from school_ektp.model.priorities import Priorities
from school_ektp.model.risks import Risks
from school_ektp.model.worth import Worth
from school_ektp.plan.comparison import compare
from school_ektp.report.letters.papers import Member, Office
from school_ektp.report.letters.workbook import Block, Table, parts_of
from school_ektp.roster.demand import demand_of
from school_ektp.testing.seasons import Season
from school_ektp.testing.strategies import rosters

OFFICE = Office(
    region="Kabupaten Rejang Lebong",
    address="Jalan Contoh 1",
    place="Curup",
    signer="Kepala Contoh",
)
ON = dt.date(2024, 9, 3)


@pytest.fixture(scope="module")
def roster(region):
    nik = pl.format("170209{}0000", pl.col("birth_date").dt.strftime("%d%m%y"))
    return region.roster.with_columns(nik.alias("nik"))


@pytest.fixture(scope="module")
def options(region):
    return {"priorities": Priorities.usual(region.deadline), "on": region.as_of}


@pytest.fixture(scope="module")
def sheets(hand_plan, roster, options):
    return hand_plan.call_sheets(roster, **options)


# Who is called ------------------------------------------------------------------------------


def test_as_many_are_called_as_the_plan_says(hand_plan, sheets):
    assert [sheet.visit for sheet in sheets] == list(hand_plan.visit_list)
    for sheet in sheets:
        assert len(sheet.pupils) + sheet.again_pupils == sheet.visit.called


def test_nobody_is_called_twice_for_the_first_time_and_all_wait(hand_plan, sheets, roster):
    called = [pupil.key for sheet in sheets for pupil in sheet.pupils]
    rows = {row["student_id"]: row for row in roster.iter_rows(named=True)}

    assert len(called) == len(set(called))
    for sheet in sheets:
        for pupil in (*sheet.pupils, *sheet.again):
            row = rows[pupil.key]
            assert row["npsn"] == sheet.school.npsn
            assert not row["recorded"]
            assert (
                row["birth_date"] <= sheet.visit.day.replace(year=sheet.visit.day.year - 16)
                or (row["married"])
            )


def test_those_called_before_are_on_the_second_sheet_of_the_school(sheets):
    first, second = [s for s in sheets if s.school.npsn == sheets[0].school.npsn]

    assert first.again == ()
    assert set(second.again) <= set(first.pupils)
    assert 0 < second.again_pupils <= len(second.again)


def test_who_was_called_today_is_not_called_again_by_another_team(
    region, roster, options, make_empty_plan
):
    season = Season(
        schools=region.schools, demand=region.demand(), teams=region.teams,
        calendar=region.calendar, rules=region.rules, worth=Worth(), risks=Risks(),
    )  # fmt: skip
    largest = max(season.demand, key=lambda demand: demand.on(dt.date(2024, 9, 9))).npsn
    plan = make_empty_plan(season)
    monday, tuesday = dt.date(2024, 9, 9), dt.date(2024, 9, 10)
    for team, day in ((0, monday), (0, tuesday), (1, tuesday)):
        plan = plan.with_visit(team=region.teams[team].name, day=day, site=largest)

    sheets = plan.call_sheets(roster, **options)

    assert sum(bool(sheet.again) for sheet in sheets) > 0
    for sheet in sheets:
        same_day = [other for other in sheets if other.visit.day == sheet.visit.day]
        assert not set(sheet.again) & {one for other in same_day for one in other.pupils}


def test_the_first_priority_class_is_called_first(hand_plan, roster, options):
    """Of the deadline cohort nobody is left uncalled while others are called."""
    sheets = hand_plan.call_sheets(roster, **options)
    cohort = options["priorities"].classes[0].born_by
    called = {pupil.key for sheet in sheets for pupil in sheet.pupils}
    visited = {sheet.school.npsn for sheet in sheets}

    waiting = roster.filter(
        ~pl.col("recorded"), pl.col("npsn").is_in(visited), pl.col("birth_date") <= cohort
    )
    assert set(waiting["student_id"]) <= called


def test_pupils_stand_in_class_order(sheets):
    for sheet in sheets:
        grades = [pupil.class_name.split()[0] for pupil in sheet.pupils if pupil.class_name]
        assert grades == sorted(grades, key=["XII", "XI", "X"].index)
        classes = [slot.class_name for slot in sheet.slots]
        assert len(classes) == len(set(classes))
        assert sum(slot.pupils for slot in sheet.slots) == len(sheet.pupils)


def test_class_10_comes_after_class_9(hand_plan, roster, options):
    numbered = roster.with_columns(
        class_name=pl.concat_str(
            pl.lit("XII IPA "), (pl.col("source_row") % 12 + 1).cast(pl.String)
        ),
        grade=pl.lit(12, pl.Int8),
    )
    options = {**options, "roster_changed": True}

    names = [slot.class_name for slot in hand_plan.call_sheets(numbered, **options)[0].slots]

    assert names == sorted(names, key=lambda name: int(name.split()[-1]))


def test_times_of_classes_lie_in_the_visit_and_follow_one_another(sheets):
    assert sum(not sheet.slots for sheet in sheets) == 1  # all of them called before
    for sheet in (sheet for sheet in sheets if sheet.slots):
        starts = [slot.start for slot in sheet.slots]
        assert starts == sorted(starts)
        assert all(slot.start < slot.end for slot in sheet.slots)
        assert all(minute % 5 == 0 for slot in sheet.slots for minute in (slot.start, slot.end))
        assert sheet.visit.start + 25 <= starts[0] <= sheet.visit.start + 30
        assert sheet.slots[-1].end <= sheet.visit.end


def test_a_nik_is_masked_unless_asked_otherwise(hand_plan, roster, options, sheets):
    open_sheets = hand_plan.call_sheets(roster, **options, mask=False)

    assert {pupil.nik for sheet in sheets for pupil in sheet.pupils} == {"1702************"}
    niks = {pupil.nik for sheet in open_sheets for pupil in sheet.pupils}
    assert all(nik.isdigit() and len(nik) == 16 for nik in niks)


def test_a_pupil_without_a_name_is_called_by_the_number(hand_plan, roster, options):
    nameless = roster.with_columns(name=pl.lit(None, pl.String), nik=pl.lit(None, pl.String))

    [sheet, *_] = hand_plan.call_sheets(nameless, **options)

    assert [pupil.name for pupil in sheet.pupils] == [pupil.key for pupil in sheet.pupils]
    assert {pupil.nik for pupil in sheet.pupils} == {""}


def test_the_order_of_the_roster_does_not_matter(hand_plan, roster, options, sheets):
    shuffled = roster.sample(fraction=1, shuffle=True, seed=3)

    assert hand_plan.call_sheets(shuffled.lazy(), **options) == sheets


def test_identity_stays_out_of_repr(sheets):
    shown = repr(sheets)

    assert "Contoh" not in shown
    assert "1702*" not in shown
    assert not any(pupil.key in shown for pupil in sheets[0].pupils)


def test_another_roster_is_noticed(hand_plan, roster, options):
    with pytest.warns(SchoolEktpWarning, match=r"the roster does not hold .*roster_changed=True"):
        hand_plan.call_sheets(roster.head(4000), **options)
    with pytest.warns(SchoolEktpWarning, match="pass policy, priorities, residents_of and on"):
        hand_plan.call_sheets(roster)


def test_a_newer_roster_may_be_used_without_a_warning(hand_plan, roster, options):
    newer = roster.with_columns(recorded=pl.col("recorded") | (pl.col("source_row") % 7 == 0))

    fewer = hand_plan.call_sheets(newer, **options, roster_changed=True)

    for sheet in fewer:
        assert len(sheet.pupils) <= sheet.visit.called


@settings(max_examples=settings().max_examples // 5)
@given(roster=rosters(), first=st.integers(0, 5), by_class=st.booleans())
def test_any_roster_that_was_counted_is_called_in_full(
    roster, first, by_class, region, make_empty_plan
):
    """Plan from the roster, call from the same roster: the counts agree, whoever is in it."""
    numbers = sorted(set(roster["npsn"]))
    schools = zip(region.schools, numbers, strict=False)
    plan = make_empty_plan(
        Season(
            schools=tuple(attrs.evolve(school, npsn=npsn) for school, npsn in schools),
            demand=demand_of(roster, on=ON, by_class=by_class),
            teams=region.teams,
            calendar=region.calendar,
            rules=region.rules,
            worth=Worth(),
            risks=Risks(),
        )
    )
    for week in range(3):
        for site, npsn in enumerate(plan.names.sites):
            day = region.first_day + dt.timedelta(days=7 * week + first)
            with contextlib.suppress(InvalidFieldError):  # no place on that day
                plan = plan.with_visit(
                    team=f"Tim {(first + site) % 3 + 1}", day=day, site=npsn, pupils=9
                )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheets = plan.call_sheets(roster, on=ON)

    for sheet in sheets:
        assert len(sheet.pupils) + sheet.again_pupils == sheet.visit.called


# Papers -------------------------------------------------------------------------------------


def test_a_call_sheet_says_what_is_needed(hand_plan, sheets):
    papers = hand_plan.call_sheet_papers(sheets)
    page = papers.html()

    assert len(papers.pages) == len(sheets)
    for words in ("fotokopi Kartu Keluarga (KK)", "Ruang", "Listrik", "Waktu tiap kelas", "Hadir"):
        assert words in page
    assert page.count("☐") == 3 * sum(len(s.pupils) + len(s.again) for s in sheets)
    assert "Siswa Contoh" in page
    assert 'lang="id"' in page


def test_a_visit_for_those_called_before_only_has_no_empty_table(hand_plan, sheets):
    again = next(sheet for sheet in sheets if not sheet.pupils)
    page = hand_plan.call_sheet_papers([again]).html()

    assert "sejak awal" in page
    assert "Siswa yang dipanggil" not in page
    assert "Susulan: sudah dipanggil sebelumnya" in page


def test_the_room_is_told_when_it_is_known(hand_plan, roster, options):
    npsn = hand_plan.visit_list[0].site
    sheets = hand_plan.call_sheets(roster, **options, rooms={npsn: "Aula lama"})

    assert "Aula lama" in hand_plan.call_sheet_papers(sheets[:1]).html()


def test_a_school_without_power_and_signal_is_warned(hand_plan, sheets):
    dark = attrs.evolve(sheets[0].school, power=False, signal=False)
    page = hand_plan.call_sheet_papers([attrs.evolve(sheets[0], school=dark)]).html()
    schools = tuple(attrs.evolve(school, power=False, signal=False) for school in hand_plan.schools)
    letters = attrs.evolve(hand_plan, schools=schools).notices(OFFICE, on=ON).html()

    assert "tim membawa sumber listrik" in page
    assert "genset" in letters
    assert "sinyalnya paling baik" in letters


def test_each_school_gets_one_notice_with_all_its_visits(hand_plan, sheets):
    papers = hand_plan.notices(OFFICE, on=ON, number="470/1", sheets=sheets)

    schools = sorted({visit.site for visit in hand_plan.visit_list})
    assert [page.name for page in papers.pages] == [
        hand_plan.school_by_npsn[npsn].name for npsn in schools
    ]
    for npsn, page in zip(schools, papers.pages, strict=True):
        visits = [visit for visit in hand_plan.visit_list if visit.site == npsn]
        assert all(f"{visit.called} siswa</td>" in page.body for visit in visits)
        assert "3 September 2024" in page.body
        assert "470/1" in page.body
        assert "fotokopi Kartu Keluarga (KK)" in page.body
        assert "XII" in page.body  # the order of classes


def test_a_notice_names_no_pupil(hand_plan, sheets):
    page = hand_plan.notices(OFFICE, on=ON, sheets=sheets).html()

    assert "Contoh 0" not in page
    assert "1702*" not in page


def test_each_team_gets_a_letter_of_assignment(hand_plan):
    members = {"Tim 1": [Member(name="Anggota Satu", role="NIP 1")]}

    papers = hand_plan.assignments(OFFICE, on=ON, members=members)

    assert [page.name for page in papers.pages] == ["Tim 1", "Tim 2", "Tim 3"]
    assert "Anggota Satu" in papers.pages[0].body
    assert "Anggota" not in repr(members["Tim 1"])
    rows = [page.body.count("</tr>") for page in papers.pages]
    visits = [sum(v.team == f"Tim {n}" for v in hand_plan.visit_list) for n in (1, 2, 3)]
    assert rows == [1 + 1 + 1 + visits[0], 1 + 3 + 1 + visits[1], 1 + 3 + 1 + visits[2]]


def test_members_of_an_unknown_team_are_refused(hand_plan):
    with pytest.raises(InvalidFieldError, match="teams that are not in this plan: Tim 9"):
        hand_plan.assignments(OFFICE, on=ON, members={"Tim 9": []})


def all_papers(plan, sheets, **options):
    return (
        plan.call_sheet_papers(sheets, **options),
        plan.notices(OFFICE, on=ON, sheets=sheets, **options),
        plan.assignments(OFFICE, on=ON, **options),
    )


def test_english_letters_are_english(hand_plan, sheets):
    calls, notices, assignments = all_papers(hand_plan, sheets, lang="en")

    assert "a copy of the family card" in calls.html()
    assert "Dear Sir or Madam" in notices.html()
    assert "LETTER OF ASSIGNMENT" in assignments.html()
    for papers in (calls, notices, assignments):
        for word in ("Senin", "siswa</td>", "Kelas<"):
            assert word not in papers.html()


def test_equal_plans_give_equal_letters(hand_plan, sheets, tmp_path):
    for one, other in zip(
        all_papers(hand_plan, sheets), all_papers(attrs.evolve(hand_plan), sheets), strict=True
    ):
        assert one.html() == other.html()
        first, second = one.to_excel(tmp_path / "a.xlsx"), other.to_excel(tmp_path / "b.xlsx")
        assert first.read_bytes() == second.read_bytes()


def test_names_are_escaped(hand_plan, sheets, tmp_path):
    evil = "</td><script>alert(1)</script>"
    named = attrs.evolve(sheets[0].school, name=evil)
    pupil = attrs.evolve(sheets[0].pupils[0], name=evil, class_name=evil)
    sheet = attrs.evolve(sheets[0], school=named, pupils=(pupil,))

    papers = hand_plan.call_sheet_papers([sheet])

    assert "<script" not in papers.html()
    assert "&lt;script&gt;" in papers.html()
    [name] = fastexcel.read_excel(papers.to_excel(tmp_path / "x.xlsx").read_bytes()).sheet_names
    assert name.startswith("09-09 ")


def test_the_same_words_are_in_the_workbook(hand_plan, sheets, tmp_path):
    for papers in all_papers(hand_plan, sheets):
        book = fastexcel.read_excel(papers.to_excel(tmp_path / "x.xlsx").read_bytes())
        assert len(book.sheet_names) == len(papers.pages)
        shown = book.load_sheet(0, header_row=None, dtypes="string").to_polars()
        words = " ".join(cell for row in shown.rows() for cell in row if cell)
        for part in parts_of(papers.pages[0].body):
            if isinstance(part, Block):
                assert part.text.replace("\n", " ").split() == [] or part.text.split()[0] in words
            else:
                assert all(cell.text in words for row in part.rows for cell in row)


def test_an_office_can_replace_a_template(hand_plan, tmp_path):
    (tmp_path / "notice.id.html.j2").write_text(
        '{% include "letterhead.html.j2" %}<p>Halo {{ school.name }}, {{ visits | length }}x</p>',
        encoding="utf-8",
    )
    (tmp_path / "letterhead.html.j2").write_text("<h1>Kop {{ office.region }}</h1>", "utf-8")

    [page, *_] = hand_plan.notices(OFFICE, on=ON, templates=tmp_path).pages

    school = hand_plan.school_by_npsn[hand_plan.visit_list[0].site]
    assert page.body == f"<h1>Kop Kabupaten Rejang Lebong</h1><p>Halo {school.name}, 2x</p>"


def test_a_slip_in_a_template_is_an_error(hand_plan, tmp_path):
    from jinja2 import UndefinedError

    (tmp_path / "notice.id.html.j2").write_text("{{ schol.name }}", encoding="utf-8")

    with pytest.raises(UndefinedError, match="'schol' is undefined"):
        hand_plan.notices(OFFICE, on=ON, templates=tmp_path)


def test_a_template_reaches_no_further_than_its_letter(hand_plan, tmp_path):
    from jinja2.exceptions import SecurityError

    (tmp_path / "notice.id.html.j2").write_text("{{ office.__class__.__mro__ }}", encoding="utf-8")

    with pytest.raises(SecurityError):
        hand_plan.notices(OFFICE, on=ON, templates=tmp_path)


def test_a_folder_that_is_not_there_is_told(hand_plan, tmp_path):
    with pytest.raises(InvalidFieldError, match="templates is no folder"):
        hand_plan.notices(OFFICE, on=ON, templates=tmp_path / "none")


def test_an_office_needs_a_region():
    with pytest.raises(InvalidFieldError, match=r"Office\.region must be a text"):
        Office(region=" ")


def test_the_extra_is_named_when_it_is_missing(hand_plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"writing letters needs the extra 'report'"):
        hand_plan.notices(OFFICE, on=ON)


# HTML to sheets -----------------------------------------------------------------------------


def test_a_page_is_read_into_blocks_and_tables():
    body = (
        "<header><p>Kop</p></header><h1>Judul &amp; lain</h1>"
        "<p class='right'>Curup,<br>3 September</p><ol><li>satu</li><li><b>dua</b> kali</li></ol>"
        "<table class='grid'><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<style>p {}</style>sisa<div class='sign'><p class='gap'></p><p>N</p></div>"
    )

    parts = parts_of(body)

    texts = [part.text for part in parts if isinstance(part, Block)]
    assert texts == [
        *("Kop", "Judul & lain", "Curup,\n3 September", "1. satu", "2. dua kali", "sisa", "", "N")
    ]
    [table] = [part for part in parts if isinstance(part, Table)]
    assert table.lines
    assert table.width == 2
    assert [[cell.text for cell in row] for row in table.rows] == [["A"], ["1", "2"]]


@given(st.text())
def test_any_page_can_be_read(body):
    parts_of(body)


# What changes -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["id", "en"])
def test_only_schools_whose_visits_change_get_a_notice(hand_plan, lang):
    first, second, *_ = hand_plan.visit_list
    later = first.day + dt.timedelta(days=9)
    changed = hand_plan.moved(
        team=first.team, day=first.day, site=first.site, to_day=later
    ).without_visit(team=second.team, day=second.day, site=second.site)
    changes = compare(hand_plan, changed)

    papers = changed.change_notices(changes, OFFICE, on=ON, lang=lang)

    assert {first.site, second.site} <= set(changes.sites)  # and who is visited earlier instead
    assert set(changes.sites) < {visit.site for visit in hand_plan.visit_list}
    names = [hand_plan.school_by_npsn[site].name for site in changes.sites]
    assert [page.name for page in papers.pages] == names
    words = " ".join(page.body for page in papers.pages)
    assert date_text(first.day, lang) in words
    assert date_text(later, lang) in words
    assert {"id": "dibatalkan", "en": "cancelled"}[lang] in words


def test_nothing_changes_and_nobody_gets_a_notice(hand_plan):
    papers = hand_plan.change_notices(compare(hand_plan, hand_plan), OFFICE, on=ON)

    assert papers.pages == ()
