"""The page that is sent upwards: sums that agree, in both languages, no small count in it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_progress import USUAL, progress, seasons
from school_ektp.errors import InvalidFieldError
from school_ektp.model.achieved import Achieved
from school_ektp.model.language import LANGS
from school_ektp.model.small_cells import MARK
from school_ektp.report.html.fortnight import fortnight_page
from school_ektp.report.letters.papers import Office


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_target_recorded_and_left(lang):
    page = fortnight_page(progress(USUAL), lang=lang, office=Office(region="Rejang Lebong"))

    text = page.text()

    assert "280" in text
    assert "235" in text
    assert "Rejang Lebong" in text
    assert MARK not in text.rpartition("\n\n")[0]
    assert {"id": "Per kecamatan", "en": "By kecamatan"}[lang] in text
    assert "{" not in text


def test_rows_add_up_and_areas_stand_before_their_schools():
    lines = fortnight_page(progress(USUAL), lang="en").text().splitlines()

    schools = lines[lines.index("By school") :]
    assert [line.strip().split("  ")[0] for line in schools[3:8]] == [
        "Curup", "SMAN 1", "SMAN 2", "Sindang", "SMAN 3",
    ]  # fmt: skip
    assert schools[3].split()[1:] == ["180", "100", "50", "30", "83.3%"]
    assert schools[9].split()[1:] == ["280", "150", "85", "45", "83.9%"]


@pytest.mark.parametrize(
    ("lang", "lead"),
    [
        (
            "en",
            (
                "265 (91.4%) are recorded or expected to be: 150 earlier this season,"
                " 85 in the days reported here, 30 at visits whose outcome is not reported yet; 25"
            ),
        ),
        (
            "id",
            (
                "265 (91,4 %) sudah terekam atau diperkirakan terekam: 150 sebelumnya dalam"
                " musim ini, 85 dalam masa laporan ini, 30 pada kunjungan"
                " yang hasilnya belum dilaporkan; 25"
            ),
        ),
    ],
)
def test_what_is_not_reported_yet_is_not_said_to_be_recorded(lang, lead):
    sites = USUAL | {("Curup", "SMAN 1"): Achieved(before=60, recorded=30, presumed=30)}

    assert lead in fortnight_page(progress(sites), lang=lang).text()


def test_a_small_count_and_its_neighbour_are_hidden():
    sites = USUAL | {("Curup", "SMAN 2"): Achieved(before=40, recorded=20, stayed_away=3)}

    lines = fortnight_page(progress(sites), lang="en").text().splitlines()

    row = next(line for line in lines if line.startswith("  SMAN 2")).split()
    assert row[-2:] == [MARK, MARK]
    assert sum(MARK in line for line in lines) >= 3


@given(seasons, st.sampled_from(LANGS))
def test_no_small_count_stands_in_the_tables(sites, lang):
    """Of pupils; visits and days in the field are no persons."""
    page = fortnight_page(progress(sites), lang=lang)

    tables = page.text().split("\n\n")[2:4]
    cells = [cell for table in tables for line in table.splitlines()[3:] for cell in line.split()]
    assert not {"1", "2", "3", "4"}.intersection(cells)


@given(seasons, st.sampled_from(LANGS))
def test_html_and_text_show_the_same_numbers(sites, lang):
    page = fortnight_page(progress(sites), lang=lang)

    rows = re.findall("<tr.*?</tr>", page.html())
    shown = [html.unescape(re.sub("<[^>]*>", "", row)).replace(" ", "") for row in rows]
    tables = page.text().split("\n\n")[2:-1]
    lines = [line for table in tables for line in table.splitlines()[1:] if line.strip("-")]
    assert shown == [line.replace(" ", "") for line in lines]


def test_expectations_and_the_curve_are_reported_in_tens():
    page = fortnight_page(progress(USUAL, low=313, high=387), lang="en")

    assert "reach 310 or more, one of ten 390 or more" in page.text()
    assert "expected 80 by" in page.text()


def test_what_is_on_no_roster_is_reported_as_few():
    sites = USUAL | {("Curup", "SMAN 1"): Achieved(before=60, recorded=30, outside=2)}

    text = fortnight_page(progress(sites, office_only=12), lang="en").text()

    assert "On no roster, fewer than 5 more pupils" in text
    assert "At the office 12 pupils" in text


def test_who_is_expected_besides_the_plan_is_reported_in_tens():
    office = {"at_office": 24, "at_office_low": 12, "at_office_high": 38}
    text = fortnight_page(progress(USUAL, walk_ins=38, **office), lang="en").text()

    assert "about 40 more pupils walk in at visits and 20 come to the office (10 to 40" in text
    assert "Besides" not in fortnight_page(progress(USUAL, walk_ins=4), lang="en").text()
    alone = fortnight_page(progress(USUAL, walk_ins=20), lang="en").text()
    assert "about 20 more pupils walk in at visits." in alone


def test_a_page_is_written_whole(tmp_path):
    page = fortnight_page(progress(USUAL))

    assert page.to_html(tmp_path / "a.html").read_text(encoding="utf-8") == page.html()
    assert page.to_text(tmp_path / "a.txt").read_text(encoding="utf-8") == page.text()
    assert page.html().startswith('<!doctype html>\n<html lang="id">')


def test_names_are_no_markup():
    sites = {("<b>Curup</b>", "<script>x</script>"): Achieved(before=60, waiting=20)}

    page = fortnight_page(progress(sites)).html()

    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("changes", "fault"), [({"lang": "jv"}, "'id' or 'en'"), ({"fewest": 0}, "at least 1")]
)
def test_invalid_values_are_refused(changes, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        fortnight_page(progress(USUAL), **changes).text()
