"""Texts and numbers of the page: hidden counts as a mark, numbers as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.language import LANGS, long_date, number, percent
from school_ektp.model.small_cells import MARK
from school_ektp.report.html.words import NO_BREAK, Words


@given(st.integers(0, 10**7) | st.none(), st.sampled_from(LANGS))
def test_a_number_is_written_as_the_language_writes_it_or_hidden(value, lang):
    words = Words(lang)

    shown = MARK if value is None else number(value, lang)

    assert words.number(value) == shown
    assert words("left_more", schools=value).startswith(shown)


@given(st.integers(0, 10**5), st.integers(1, 10**5), st.sampled_from(LANGS))
def test_a_share_is_never_torn_from_its_sign(part, whole, lang):
    shown = Words(lang).percent(part, whole)

    assert " " not in shown
    assert shown.replace(NO_BREAK, " ") == percent(part, whole, lang)


def test_a_day_is_named_with_its_weekday():
    day = dt.date(2024, 9, 9)

    assert Words("id").day(day) == long_date(day, "id") == "Senin 9 September 2024"
    assert Words("en").date(day) == "9 September 2024"


def test_a_text_that_the_page_lacks_is_an_error():
    with pytest.raises(KeyError, match="page_no_such_text"):
        Words("id")("no_such_text")
