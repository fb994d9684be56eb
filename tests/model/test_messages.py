"""Each part of the catalogue: its texts are of one form, and right for one and for many."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from school_ektp.model import messages as m
from school_ektp.model.coverage import Denominator
from school_ektp.model.language import LANGS
from school_ektp.model.messages import RULES, say
from school_ektp.model.small_cells import MARK
from school_ektp.planning.checker import CHECK_NAMES
from school_ektp.roster.schema import ROSTER
from texts import PLACE, faults, is_phrase, is_sentence

#: Parts that stand within a sentence, on a chart or over a column.
PHRASES = (
    *("CHARTS", "COVERAGE", "TOTALS", "DAYS", "REASONS", "WHY", "HINTS", "REMEDIES"),
    *("VIOLATIONS", "PIN_CAUSES", "CORRECTION_COLUMNS", "CORRECTION_HEADERS"),
)
#: What the page that goes upwards says in sentences; the rest are headings.
FORTNIGHT = {
    *("lead", "lead_presumed", "ends", "planned", "outside", "office", "besides"),
    *("besides_visits", "curve_about", "hidden"),
}


def texts_of(part):
    return [text for texts in getattr(m, part).values() for text in texts.values()]


@pytest.mark.parametrize("part", PHRASES)
def test_a_part_of_a_sentence_ends_without_a_stop(part):
    assert all(map(is_phrase, texts_of(part)))


@pytest.mark.parametrize("part", ["COMPARED", "SEASON_ISSUES"])
def test_what_stands_alone_is_a_sentence(part):
    assert all(map(is_sentence, texts_of(part)))


def test_what_explains_is_a_sentence_and_what_is_over_a_number_is_not():
    for key, texts in m.PAGE.items():
        explains = key.endswith(("_about", "_alt", "_sentence"))
        for text in texts.values():
            assert is_sentence(text) or (is_phrase(text) and not explains), key
    for key, texts in m.FORTNIGHT.items():
        assert all(map(is_sentence if key in FORTNIGHT else is_phrase, texts.values())), key


def test_a_text_of_the_plan_is_a_sentence_or_a_part_of_one():
    for key, texts in m.PLAN.items():
        for text in texts.values():
            assert is_sentence(text) or is_phrase(text) or text.isspace() or key == "and", key
            assert text.startswith("- ") == (key == "left_line")
            assert is_sentence(text) or not key.startswith("worth_"), key


def test_keys_of_page_and_charts_say_where_they_stand():
    assert all(key.startswith("page_") for key in m.PAGE)
    assert all(key.startswith("plot_") for key in m.CHARTS)
    assert all(len(text) <= 90 for texts in m.CHARTS.values() for text in texts.values())


def places(text):
    return {name for name, _ in PLACE.findall(text)}


@pytest.mark.parametrize("lang", LANGS)
def test_a_text_asks_for_no_more_than_is_known(lang):
    """A short reason knows its amount alone; a long one the team, the day and the limit, too."""
    for texts in m.REASONS.values():
        assert places(texts[lang]) <= {"amount"}
    for texts in m.WHY.values():
        assert places(texts[lang]) <= {"amount", "limit", "team", "day", "brings", "price"}
    for name in CHECK_NAMES:
        assert places(m.VIOLATIONS[name][lang]) <= {"where", "amount", "limit", "over"}
    for texts in m.SEASON_ISSUES.values():
        assert texts[lang].startswith("{where}: ")
        assert places(texts[lang]) <= {"where", "amount", "reason"}
    assert not any(places(texts[lang]) for texts in m.HINTS.values())


def test_a_short_reason_says_an_amount_of_what():
    assert all(all(dict(PLACE.findall(texts["en"])).values()) for texts in m.REASONS.values())


ABOUT = {"where": "Tim 1", "team": "Tim 1", "day": "3 May"}


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        (m.WHY["visits_per_site"], {"limit": 1}, "the school may be visited only 1 time"),
        (m.WHY["visits_per_day"], {"limit": 1}, "may make only 1 visit a day"),
        (m.WHY["visits_per_day"], {"limit": 2}, "may make only 2 visits a day"),
        (m.WHY["teams_at_once"], {"limit": 1}, "only 1 team may be at the school at once"),
        (m.WHY["team_day_budget"], {"limit": 1200}, "the 1,200 team-days of the budget are used"),
        *(
            (m.VIOLATIONS[rule], {"amount": amount, "limit": limit}, f"Tim 1: {said}")
            for rule, amount, limit, said in (
                ("visits_per_day", 2, 1, "2 visits in a day, more than the 1 allowed"),
                ("floor", 1, 5, "1 pupil short of the 5 asked for"),
                ("floor", 1200, 1500, "1,200 pupils short of the 1,500 asked for"),
                ("spacing", 1, 7, "1 day after the visit before, fewer than the 7 asked for"),
                ("drive", 10, 1, "the drive takes 1 minute, with 10 left for it"),
                ("reached_by", 1, 0, "1 pupil is not called by then, or left without room"),
                ("room_for_all", 0, 1, "room for 0, and 1 is called"),
            )
        ),
        *(
            (m.SEASON_ISSUES[kind], {"amount": amount}, said)
            for kind, amount, said in (
                ("no_outcome", 1, "1 pupil is counted as recorded, as expected."),
                ("no_outcome", 7, "7 pupils are counted as recorded, as expected."),
                ("recorded_twice", 1, "1 pupil is reported as recorded more than once"),
                ("recorded_twice", 7, "7 pupils are reported as recorded more than once"),
                ("fewer_recorded", 1, "the new roster knows 1 recorded pupil fewer."),
                ("fewer_recorded", 7, "the new roster knows 7 recorded pupils fewer."),
            )
        ),
        (m.PAGE["page_map_alt"], {"schools": 3, "routes": 1}, "3 schools and 1 route;"),
        (m.FORTNIGHT["few"], {"small": 5}, "fewer than 5"),
        (
            m.FORTNIGHT["lead"],
            {"target": 3000, "so_far": 1200, "share": "40.0%", "recorded": 300, "left": 1800}
            | {"last_day": "27 November"},
            (
                "Of 3,000 pupils to be recorded by 27 November, 1,200 (40.0%) are recorded, "
                "300 of them in the days reported here; 1,800 are not yet."
            ),
        ),
        (
            m.PAGE["page_progress_sentence"],
            {"on": "1 October", "so_far": 120, "target": 300, "share": "40%", "expected": 290}
            | {"low": 270, "high": 300, "last_day": "27 November"},
            (
                "On 1 October, 120 of 300 pupils to be recorded are recorded (40%). "
                "By 27 November 290 are expected; nine seasons of ten reach 270 or more, "
            ),
        ),
        (m.WORKBOOK["pick_pupils"], {"least": 1}, "A whole number, 1 or more"),
        *(
            (
                m.PLAN["who_waits"],
                {"all": all_, "recorded": recorded, "waiting": waiting, "more": 1, "last": "June"},
                said,
            )
            for all_, recorded, waiting, said in (
                (2, 1, 1, "Of 2 first-timers on 3 May, 1 is recorded and 1 waits; 1 more reaches"),
                (1, 1, 0, "Of 1 first-timer on 3 May, 1 is recorded and 0 wait; 1 more reaches"),
                (3, 0, 3, "Of 3 first-timers on 3 May, 0 are recorded and 3 wait; 1 more reaches"),
            )
        ),
        *(
            (
                m.COMPARED["changes"],
                {"after": after, "before": 7, "moved": 3, "visits": 41, "added": 1, "dropped": 0},
                f"3 of 41 visits moved, 1 added, 0 dropped; they are expected to record {said},",
            )
            for after, said in ((1, "1 pupil"), (0, "0 pupils"), (12, "12 pupils"))
        ),
    ],
)  # fmt: skip
def test_one_and_many_are_told_apart(text, values, said):
    assert said in say(text, "en", **ABOUT | values)


COUNTED = {
    "day": (m.WHY["away"], m.REMEDIES["deadline"]),
    "kit": (m.REMEDIES["kit"],),
    "minute": (*map(m.WHY.get, ("driving_limit", "short", "too_far")), m.REMEDIES["overtime"]),
    "pupil": (m.WHY["fewest_pupils"], m.WHY["kit_day_cap"], m.REMEDIES["pupils_per_kit_day"]),
    "team-day": (m.WHY["full"], m.REMEDIES["extra_team"]),
    "visit": (m.REMEDIES["visits_per_school"],),
}


@pytest.mark.parametrize("noun", COUNTED)
@pytest.mark.parametrize("lang", LANGS)
def test_an_amount_and_a_size_are_counted_in_their_noun(noun, lang):
    for text in COUNTED[noun]:
        line = say(text, lang, amount=1, size=1, limit=2, team="T", day="D")
        assert (f"1 {noun}" if lang == "en" else "1 ") in line


@pytest.mark.parametrize("reason", ["elsewhere", "likely_young", "partly_young", "young"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_coverage_above_the_whole_is_told_in_parts(reason, lang):
    assert m.COVERAGE.keys() >= {one.name.lower() for one in Denominator}
    why = say(m.COVERAGE[reason], lang, young=30, left=12, share=98)
    whom = m.COVERAGE["obliged"][lang]

    text = say(m.COVERAGE["above"], lang, recorded=142, people=100, whom=whom, excess=42, why=why)

    assert text.endswith(why)
    assert whom in text


# The workbook, and the file that a school corrects: read back by their words -----------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_sheet_has_a_name_of_its_own_that_excel_takes(lang):
    names = [texts[lang] for texts in m.SHEETS.values()]

    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize("lang", LANGS)
def test_headings_that_are_read_back_are_told_apart(lang):
    outcomes = ("date", "team", "npsn", "school", "class_name", "recorded", "failed", "absent")
    outcomes += ("under_age", "already_recorded", "elsewhere", "walk_ins", "cancelled")
    sheet = {name: m.HEADERS[name] for name in outcomes}

    for part in (sheet, m.CORRECTION_COLUMNS, m.CORRECTION_HEADERS):
        words = [texts[lang].casefold() for texts in part.values()]
        assert len(set(words)) == len(words)


def test_what_can_be_corrected_is_all_of_a_roster_but_where_a_row_stands():
    places = {"source_file", "source_sheet", "source_row"}

    assert set(m.CORRECTION_COLUMNS) == set(ROSTER) - places


@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_speaks_of_each_sheet_in_sentences_under_headings(lang):
    texts = [line[lang] for line in m.GUIDE]

    assert all(is_phrase(text) if text.startswith("# ") else text.endswith(".") for text in texts)
    assert all(line["id"].startswith("#") == line["en"].startswith("#") for line in m.GUIDE)
    for sheet in m.SHEETS.keys() - {"lists", "corrections", "guide"}:
        assert m.SHEETS[sheet][lang] in " ".join(texts)


# What the check of a roster says -------------------------------------------------------------


def test_every_rule_is_worded_in_both_languages():
    assert list(faults({name: wording.texts for name, wording in RULES.items()})) == []
    for wording in RULES.values():
        assert all(places(text) <= {"0"} for text in wording.texts.values())


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_reported_in_a_sentence_with_any_detail(name):
    for lang in LANGS:
        for detail in ("77", "A {b}.xlsx"):
            text = RULES[name].says(detail, lang)
            assert is_sentence(text)
            assert (detail in text) == ("{0" in RULES[name].texts[lang])


@pytest.mark.parametrize(
    ("rule", "detail", "text"),
    [
        ("roster_old", "1", "These data are 1 day old; ask the school for a new download."),
        ("roster_old", "30", "These data are 30 days old; ask the school for a new download."),
        (
            *("dates_mixed", "1"),
            "1 date of this column has day and month in another order than the rest; check.",
        ),
        ("ampersand_mended", "1", "A broken & was mended in 1 place."),
        ("rows_stated", "1", "The file states 1 row and holds another number; download it again."),
        ("school_twice", "1204", "This NPSN is already in row 1204; delete one of them."),
    ],
)
def test_a_detail_of_one_reads_as_one(rule, detail, text):
    assert RULES[rule].says(detail, "en") == text


def test_a_severity_is_one_of_three_and_refusals_come_in_their_order():
    assert {wording.severity for wording in RULES.values()} == {"refusal", "warning", "repair"}
    assert [name for name in RULES if name in m.REFUSALS] == [*m.REFUSALS]


def test_the_page_on_rules_has_every_rule_with_its_severity():
    page = Path(__file__).parents[2] / "docs" / "how-to" / "roster-rules.md"
    text = page.read_text(encoding="utf-8")

    for name, wording in RULES.items():
        assert f"| `{name}` | {wording.severity} | " in text


TEXT = {"id": "{n} siswa sampai {day}", "en": "{n:pupil|pupils} by {day}"}


@pytest.mark.parametrize(
    ("n", "text_id", "text"),
    [
        (0, "0 siswa", "0 pupils"),
        (1, "1 siswa", "1 pupil"),
        (1200, "1.200 siswa", "1,200 pupils"),
        (Decimal("0.5"), "0,5 siswa", "0.5 pupils"),
        (None, f"{MARK} siswa", f"{MARK} pupils"),
    ],
)
def test_a_number_is_said_with_its_noun_and_a_hidden_one_as_a_mark(n, text_id, text):
    day = dt.date(2024, 8, 9)

    assert say(TEXT, "id", n=n, day=day) == f"{text_id} sampai 9 Agustus 2024"
    assert say(TEXT, "en", n=n, day=day) == f"{text} by 9 August 2024"


def test_what_is_words_already_stays_and_has_no_noun():
    assert say({"id": "{who} datang", "en": "{who} comes"}, "en", who="Tim 1") == "Tim 1 comes"
    with pytest.raises(ValueError, match="Invalid format specifier"):
        say(TEXT, "en", n="3", day="9 August")
