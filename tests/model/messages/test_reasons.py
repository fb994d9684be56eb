"""Why pupils are left out and what helps: ends of sentences, with figures that fit."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS, Figure
from school_ektp.model.messages import HINTS, REASONS, REMEDIES, WHY
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
        places = dict(PLACE.findall(texts["en"]))
        assert places.keys() <= {"amount"}, key
        assert all(places.values()), f"{key}: an amount of what?"
    for key, texts in WHY.items():
        places = {name for name, _ in PLACE.findall(texts["en"])}
        assert places <= {"amount", "limit", "team", "day", "brings", "price"}, key
    assert HINTS.keys() == WHY.keys() == REASONS.keys()
    assert not any(PLACE.search(text) for texts in HINTS.values() for text in texts.values())


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


AMOUNTS = {
    "away": "1 day",
    "driving_limit": "1 minute",
    "fewest_pupils": "1 pupil",
    "full": "1 team-day",
    "kit_day_cap": "1 pupil",
    "short": "1 minute",
    "too_far": "1 minute",
}
SIZES = {
    "overtime": "1 minute",
    "kit": "1 kit",
    "extra_team": "1 team-day",
    "deadline": "1 day",
    "visits_per_school": "1 visit",
    "pupils_per_kit_day": "1 pupil",
}


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        *((WHY[key], counted) for key, counted in AMOUNTS.items()),
        *((REMEDIES[key], counted) for key, counted in SIZES.items()),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_an_amount_and_a_size_are_counted_in_their_noun(text, counted, lang):
    one, limit = Figure(1, lang), Figure(2, lang)
    line = text[lang].format(amount=one, size=one, limit=limit, team="T", day="D")

    assert (counted if lang == "en" else "1 ") in line
