"""What the check of a roster says: each rule in both languages, and on the page of rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from school_ektp.model.language import LANGS
from school_ektp.model.messages import REFUSALS, RULES, say
from school_ektp.model.small_cells import MARK
from texts import PLACE, faults, is_sentence


def test_every_rule_is_worded_in_both_languages():
    assert list(faults({name: wording.texts for name, wording in RULES.items()})) == []
    for name, wording in RULES.items():
        assert set(wording.texts) == {"id", "en"}, name
        assert ("{0" in wording.texts["id"]) == ("{0" in wording.texts["en"]), name
        assert {place for text in wording.texts.values() for place, _ in PLACE.findall(text)} <= {
            "0"
        }, name


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
    assert [name for name in RULES if name in REFUSALS] == [*REFUSALS]


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
