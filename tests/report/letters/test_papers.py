"""Call sheets and letters as pages, from templates that an office can replace."""

from __future__ import annotations

import datetime as dt
import re
import sys

import attrs
import fastexcel
import pytest

from letters_of_plans import OFFICE, ON, all_papers
from school_ektp.errors import InvalidFieldError, MissingExtraError
from school_ektp.model.language import date_text
from school_ektp.plan.comparison import compare
from school_ektp.report.letters.papers import Member, Office


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


def test_the_room_is_reported_when_it_is_known(hand_plan, roster, options):
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


def test_the_classes_of_a_notice_and_those_called_again_are_all_called(hand_plan, sheets):
    papers = hand_plan.notices(OFFICE, on=ON, sheets=sheets)

    for page in papers.pages:
        visits, classes = page.body.split("<h2>Urutan kelas</h2>")
        counts = re.findall(r'<td class="number">(?:± )?(\d+)(?: siswa)?</td></tr>', visits)
        parts = re.findall(r'<td class="number">(?:± )?(\d+)</td></tr>', classes)
        assert sum(map(int, parts)) == sum(map(int, counts))
    assert "Susulan</td><td>" in papers.html()
    assert f"<td>{sheets[0].visit.team}</td><td>" in papers.html()


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


def test_a_folder_that_is_not_there_is_reported(hand_plan, tmp_path):
    with pytest.raises(InvalidFieldError, match="templates is no folder"):
        hand_plan.notices(OFFICE, on=ON, templates=tmp_path / "none")


def test_an_office_needs_a_region():
    with pytest.raises(InvalidFieldError, match=r"Office\.region must be a text"):
        Office(region=" ")


def test_the_extra_is_named_when_it_is_missing(hand_plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"writing letters needs the extra 'report'"):
        hand_plan.notices(OFFICE, on=ON)


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
