"""Why a day is closed, as both languages call it: there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.day_names import day_text
from school_ektp.model.language import LANGS
from school_ektp.model.messages import DAYS
from texts import faults, is_phrase

langs = st.sampled_from(LANGS)
known = st.sampled_from([text for texts in DAYS.values() for text in texts.values()])


def test_every_day_is_there_in_both_languages_and_has_a_name_of_its_own():
    assert list(faults(DAYS)) == []
    names = [text.casefold() for texts in DAYS.values() for text in set(texts.values())]
    assert all(map(is_phrase, names))
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("key", DAYS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_name_is_put_into_the_other_language_and_back(key, lang):
    for other in LANGS:
        assert day_text(DAYS[key][lang], other) == DAYS[key][other]


@given(st.lists(known, min_size=1, max_size=3), langs)
def test_several_holidays_of_a_day_are_each_named(names, lang):
    assert day_text("; ".join(names), lang) == "; ".join(day_text(name, lang) for name in names)


@given(known, langs)
def test_case_and_spaces_do_not_hide_a_day(name, lang):
    """A name in that language already stays as it was given, capitals included."""
    shouted = f"  {name.upper()} ".replace(" ", "  ")

    assert day_text(shouted, lang) in {day_text(name, lang), shouted}
    assert (day_text(shouted, lang) == shouted) == (day_text(name, lang) == name)


@given(st.text(max_size=20).filter(lambda text: ";" not in text), langs)
def test_what_is_no_known_day_stays_as_it_was_given(name, lang):
    plain = " ".join(name.split()).casefold()
    if plain not in {text.casefold() for texts in DAYS.values() for text in texts.values()}:
        assert day_text(name, lang) == name
