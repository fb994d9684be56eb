"""What stands against a plan: a clause with where, how much and how much is allowed."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS, Figure
from school_ektp.model.messages import PIN_CAUSES, VIOLATIONS
from school_ektp.planning.checker import CHECK_NAMES
from texts import PLACE, faults, is_phrase


def test_every_text_is_a_clause_in_both_languages_with_the_same_places():
    assert list(faults(VIOLATIONS)) == []
    assert all(is_phrase(text) for texts in VIOLATIONS.values() for text in texts.values())


def test_every_cause_is_a_clause_in_both_languages():
    assert list(faults(PIN_CAUSES)) == []
    assert all(is_phrase(text) for texts in PIN_CAUSES.values() for text in texts.values())


@pytest.mark.parametrize("name", CHECK_NAMES)
def test_each_check_of_a_plan_has_a_text_that_needs_what_a_violation_has(name):
    for lang in LANGS:
        assert {place for place, _ in PLACE.findall(VIOLATIONS[name][lang])} <= {
            *("where", "amount", "limit", "over")
        }


@pytest.mark.parametrize(
    ("rule", "amount", "limit", "text"),
    [
        ("visits_per_day", 2, 1, "2 visits in a day, more than the 1 allowed"),
        ("floor", 1, 5, "1 pupil short of the 5 asked for"),
        ("floor", 1200, 1500, "1,200 pupils short of the 1,500 asked for"),
        ("spacing", 1, 7, "1 day after the visit before, fewer than the 7 asked for"),
        ("drive", 10, 1, "the drive takes 1 minute, with 10 left for it"),
        ("reached_by", 1, 0, "1 pupil is not called by then, or left without room"),
        ("room_for_all", 0, 1, "room for 0, and 1 is called"),
    ],
)
def test_one_and_many_are_told_apart(rule, amount, limit, text):
    values = {"amount": Figure(amount, "en"), "limit": Figure(limit, "en")}

    assert VIOLATIONS[rule]["en"].format(where="Tim 1", **values) == f"Tim 1: {text}"
