"""The report as a page: what explains is a sentence, what stands over a number is not."""

from __future__ import annotations

import pytest

from school_ektp.model.language import Figure
from school_ektp.model.messages import PAGE
from texts import faults, in_both, is_phrase, is_sentence

#: Small counts are hidden there, or the value has decimals.
NEVER_ONE = {"fewest", "value"}


def test_every_text_is_there_in_both_languages_with_the_same_places():
    assert list(faults(PAGE, never_one=NEVER_ONE)) == []
    assert all(key.startswith("page_") for key in PAGE)


@pytest.mark.parametrize("key", PAGE)
def test_what_explains_is_a_sentence_and_what_is_over_a_number_is_not(key):
    explains = key.endswith(("_about", "_alt", "_sentence"))
    for text in PAGE[key].values():
        assert is_sentence(text) if explains else is_sentence(text) or is_phrase(text)


@pytest.mark.parametrize("key", [key for key in PAGE if key.startswith("page_severity_")])
def test_a_kind_of_issue_is_one_small_word(key):
    for text in PAGE[key].values():
        assert text.islower()
        assert " " not in text


def test_a_map_with_one_route_has_one_route():
    text = PAGE["page_map_alt"]["en"]

    assert text.format(schools=Figure(3, "en"), routes=Figure(1, "en")) == (
        "3 schools and 1 route; the list of visits tells the same."
    )


def test_the_season_so_far_in_one_sentence():
    [indonesian, english] = in_both(
        PAGE["page_progress_sentence"],
        on="1 Oktober",
        so_far=120,
        target=300,
        share="40 %",
        last_day="27 November",
        expected=290,
        low=270,
        high=300,
    )

    assert indonesian.startswith("Pada 1 Oktober, 120 dari 300 siswa sasaran sudah terekam (40 %).")
    assert "nine seasons of ten reach 270 or more" in english
