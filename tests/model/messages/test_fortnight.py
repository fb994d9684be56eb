"""The page that goes upwards: sentences above, short headings below."""

from __future__ import annotations

import pytest

from school_ektp.model.messages import FORTNIGHT
from texts import faults, in_both, is_phrase, is_sentence

SENTENCES = ("lead", "lead_presumed", "ends", "planned", "outside", "office", "besides")
SENTENCES += ("besides_visits", "curve_about", "hidden")
#: Counts in these places are hidden where they are small, or rounded to tens.
NEVER_ONE = {"target", "outside", "office", "small", "walk_ins"}


def test_every_text_is_there_in_both_languages_with_the_same_places():
    assert list(faults(FORTNIGHT, never_one=NEVER_ONE)) == []


@pytest.mark.parametrize("key", FORTNIGHT)
def test_sentences_read_as_sentences_and_headings_as_headings(key):
    for text in FORTNIGHT[key].values():
        assert is_sentence(text) if key in SENTENCES else is_phrase(text)


def test_the_first_sentence_says_how_far_it_has_come():
    figures = {"target": "3,000", "so_far": "1,200", "share": "40.0%"}

    [_, text] = in_both(
        FORTNIGHT["lead"], **figures, recorded="300", left="1,800", last_day="27 November 2024"
    )

    assert text == (
        "Of 3,000 pupils to be recorded by 27 November 2024, 1,200 (40.0%) are recorded, "
        "300 of them in the days reported here; 1,800 are not yet."
    )


def test_a_small_count_is_named_by_its_bound():
    assert in_both(FORTNIGHT["few"], small=5) == ["kurang dari 5", "fewer than 5"]
