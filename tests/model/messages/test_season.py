"""What is said of two plans and of outcomes: sentences, right for one and for many."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS, Figure
from school_ektp.model.messages import COMPARED, SEASON_ISSUES, say
from texts import PLACE, faults, is_sentence

PARTS = {"compared": COMPARED, "season_issues": SEASON_ISSUES}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_every_text_is_a_sentence_in_both_languages_with_the_same_places(part):
    assert list(faults(part)) == []
    for texts in part.values():
        assert all(map(is_sentence, texts.values()))


@pytest.mark.parametrize("kind", SEASON_ISSUES)
def test_each_issue_says_where_and_needs_no_more_than_an_issue_has(kind):
    for lang in LANGS:
        assert SEASON_ISSUES[kind][lang].startswith("{where}: ")
        assert {name for name, _ in PLACE.findall(SEASON_ISSUES[kind][lang])} <= {
            *("where", "amount", "reason")
        }


@pytest.mark.parametrize(
    ("kind", "one", "many"),
    [
        (
            "no_outcome",
            "no outcome yet; 1 pupil is counted as recorded, as expected.",
            "no outcome yet; 7 pupils are counted as recorded, as expected.",
        ),
        (
            "recorded_twice",
            "1 pupil is reported as recorded more than once and counted once.",
            "7 pupils are reported as recorded more than once and counted once.",
        ),
        (
            "fewer_recorded",
            "the new roster knows 1 recorded pupil fewer.",
            "the new roster knows 7 recorded pupils fewer.",
        ),
    ],
)
def test_an_issue_about_one_and_about_many(kind, one, many):
    for amount, text in ((1, one), (7, many)):
        line = SEASON_ISSUES[kind]["en"].format(where="3 May, Tim 1", amount=Figure(amount, "en"))
        assert line == f"3 May, Tim 1: {text}"


@pytest.mark.parametrize(
    ("gained", "end"), [(1, "+1 pupil"), (-1, "-1 pupil"), (0, "+0 pupils"), (12, "+12 pupils")]
)
def test_pupils_gained_have_a_sign_and_the_noun_that_fits(gained, end):
    counts = {"moved": 3, "visits": 41, "added": 1, "dropped": 0}

    text = say(COMPARED["changes"], "en", **counts, gained=Figure(gained, "en", signed=True))

    assert text == f"3 of 41 visits moved, 1 added, 0 dropped; {end} expected."
