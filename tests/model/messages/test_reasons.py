"""Why pupils are left out and what helps: ends of sentences, with figures that fit."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS, Figure, counted
from school_ektp.model.messages.plan import NOUNS
from school_ektp.model.messages.reasons import (
    HINTS,
    REASON_NOUNS,
    REASONS,
    REMEDIES,
    REMEDY_NOUNS,
    WHY,
)
from texts import PLACE, faults, is_phrase

PARTS = {"reasons": REASONS, "why": WHY, "hints": HINTS, "remedies": REMEDIES}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_every_text_is_there_in_both_languages_and_can_end_a_sentence(part):
    assert list(faults(part)) == []
    for texts in part.values():
        assert all(map(is_phrase, texts.values()))


def test_a_reason_has_figures_only_where_they_are_counted():
    """A short reason knows its amount alone; a long one the team, the day and the limit, too."""
    for key, texts in REASONS.items():
        places = {name for name, _ in PLACE.findall(texts["en"])}
        assert places <= {"amount"}, key
        assert not places or key in REASON_NOUNS, key
    for key, texts in WHY.items():
        places = {name for name, _ in PLACE.findall(texts["en"])}
        assert places <= {"amount", "limit", "team", "day", "brings", "price"}, key
    assert HINTS.keys() == WHY.keys() == REASONS.keys()
    assert not any(PLACE.search(text) for texts in HINTS.values() for text in texts.values())


def test_a_size_that_is_counted_is_in_the_text_of_its_remedy():
    for key in REMEDY_NOUNS:
        assert {"size"} <= {name for name, _ in PLACE.findall(REMEDIES[key]["en"])}, key


@pytest.mark.parametrize(
    ("reason", "limit", "end"),
    [
        ("visits_per_site", 1, "the school may be visited only 1 time"),
        ("visits_per_day", 1, "may make only 1 visit a day"),
        ("visits_per_day", 2, "may make only 2 visits a day"),
        ("teams_at_once", 1, "only 1 team may be at the school at once"),
        ("team_day_budget", 1200, "the 1,200 team-days of the budget are used"),
    ],
)
def test_a_limit_of_one_reads_as_one(reason, limit, end):
    text = WHY[reason]["en"].format(team="Tim 1", day="3 May", limit=Figure(limit, "en"))

    assert text.startswith("Tim 1 has time on 3 May, but ")
    assert text.endswith(end)


@pytest.mark.parametrize("key", REASON_NOUNS)
@pytest.mark.parametrize("lang", LANGS)
def test_an_amount_is_counted_in_its_noun(key, lang):
    amount = counted(1, NOUNS[REASON_NOUNS[key]], lang)

    for part in (REASONS, WHY):
        text = part[key][lang].format_map(
            {"amount": amount, "limit": Figure(2, lang), "team": "T", "day": "D"}
        )
        assert "{" not in text
    assert amount in text
