"""The section of a season: target against actual."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_progress import USUAL, progress, seasons
from school_ektp.model.achieved import Achieved, TeamProgress
from school_ektp.model.language import LANGS
from school_ektp.report.charts.day_chart import in_tens
from school_ektp.report.html.achieved import point_in_tens, section
from school_ektp.report.html.words import Words


@pytest.mark.parametrize("lang", LANGS)
def test_the_report_of_a_season_tells_target_against_actual(hand_plan, tmp_path, lang):
    file = hand_plan.to_html(tmp_path / "report.html", lang=lang, season=progress(USUAL), fewest=1)
    page = file.read_text(encoding="utf-8")

    section = page[page.index('<section id="progress"') : page.index('<section id="read"')]
    assert '<a href="#progress">' in page
    for text in ("235", "280", "Curup", "SMAN 3", "Tim 1", 'class="line begun"'):
        assert text in section
    assert {"id": "kantor sendiri", "en": "own eyes"}[lang] in section


def test_the_ends_are_those_of_the_target_and_others_are_named_beside_them():
    sites = USUAL | {("Curup", "SMAN 1"): Achieved(before=60, recorded=30, waiting=9, outside=40)}
    found = attrs.evolve(progress(sites), office_only=2)

    said = section(found, Words("en")).sentence

    assert f"ten reach {found.low - 42} or more, one of ten {found.high - 42} or more." in said
    assert "Besides, 42 pupils on no roster are recorded; only the chart counts them." in said
    assert "Besides, 40 pupils" in section(found, Words("en"), fewest=5).sentence
    assert "on no roster" not in section(progress(USUAL), Words("en")).sentence


def test_a_report_without_a_season_has_no_such_section(hand_plan, tmp_path):
    page = hand_plan.to_html(tmp_path / "report.html").read_text(encoding="utf-8")

    assert 'id="progress"' not in page


@given(seasons, st.sampled_from(LANGS))
def test_every_table_has_a_head_for_each_cell_and_kecamatan_add_up(sites, lang):
    words = Words(lang)

    tables = section(progress(sites), words).tables

    for table in tables:
        assert all(len(row) == len(table.headings) for row in table.rows)
    *areas, whole = tables[0].rows
    for column in range(1, len(whole) - 1):  # the last is a share
        counts = [int(row[column].replace(",", "").replace(".", "")) for row in (*areas, whole)]
        assert sum(counts[:-1]) == counts[-1]


def test_for_others_no_school_and_no_kecamatan_is_named():
    """The fortnightly page shows them, and hides small counts of them."""
    office = section(progress(USUAL), Words("en")).tables
    others = section(progress(USUAL), Words("en"), fewest=5).tables

    assert [table.title for table in others] == [table.title for table in office[2:]]
    assert not {"Curup", "SMAN 3"} & {row[0] for table in others for row in table.rows}


def test_for_others_nothing_small_can_be_read_off_a_team_or_a_week():
    """A team of one visit met the pupils of one school; weeks subtract to a week's count."""
    few = TeamProgress(
        team="Tim 9", visits=1, failed=0, team_days=1, called=3, came=2, recorded=2, expected=3
    )

    shown = section(progress(USUAL, teams=(few,), walk_ins=3, at_office=2), Words("en"), fewest=5)

    teams, weeks = shown.tables
    assert teams.rows == (("Tim 9", "1", "0", "1"),)
    assert shown.besides == ""
    assert "own eyes" not in shown.about
    assert "in tens" in shown.about
    counts = [cell.strip("()").replace(",", "") for row in weeks.rows for cell in row[1:]]
    assert {int(count) % 10 for count in counts} == {0}


def test_for_others_the_curve_is_drawn_in_tens():
    """Two seasons that differ by less than tens are drawn alike."""
    one = progress(USUAL)
    other = attrs.evolve(
        one, dates=tuple(attrs.evolve(day, due=day.due - day.due % 10 + 3) for day in one.dates)
    )

    drawn = [section(season, Words("en"), fewest=5).drawing for season in (one, other)]

    assert drawn[0] == drawn[1]
    assert section(one, Words("en")).drawing != section(other, Words("en")).drawing


def test_weeks_end_on_sundays_and_the_last_week_on_the_last_day():
    """What is still to come stands in brackets."""
    rows = section(progress(USUAL), Words("en")).tables[-1].rows

    assert [row[0] for row in rows[:2]] == ["15 September 2024", "22 September 2024"]
    assert rows[-1][0] == "13 October 2024"
    assert [row[-1] for row in rows] == ["54", "117", "180", "(243)", "(306)"]


def test_who_is_expected_besides_the_plan_is_reported_where_there_is_anybody():
    office = {"at_office": 3, "at_office_low": 1, "at_office_high": 6}
    besides = section(progress(USUAL, walk_ins=1_204, **office), Words("en")).besides

    assert "about 1,204 more pupils walk in at visits and 3 come to the office (1 to 6" in besides
    assert section(progress(USUAL), Words("en")).besides == ""
    alone = section(progress(USUAL, walk_ins=20), Words("en")).besides
    assert alone.endswith("about 20 more pupils walk in at visits.")  # not "and 0 (0 to 0)"


@given(st.integers(0, 10_000))
def test_in_tens_is_the_nearest_ten_and_a_five_goes_up(count):
    tens = in_tens(count)

    assert tens % 10 == 0
    assert -5 <= count - tens < 5


def test_of_a_day_to_come_nothing_recorded_is_shown_in_tens():
    day = progress(USUAL).dates[-1]

    shown = point_in_tens(day)

    assert (shown.day, shown.recorded) == (day.day, None)
    assert (shown.expected, shown.low, shown.high) == (310, 310, 310)
