"""Numbers, dates and nouns as each language writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model import language

PUPIL = {"id": ("siswa", "siswa"), "en": ("pupil", "pupils")}


def test_thousands_and_decimals_follow_the_language():
    assert language.number(202820, "id") == "202.820"
    assert language.number(202820, "en") == "202,820"
    assert language.percent(202820, 214600, "id") == "94,5 %"
    assert language.percent(202820, 214600, "en") == "94.5%"


def test_a_share_is_rounded_half_up_and_only_all_is_a_hundred():
    assert language.percent(1921, 2048, "en") == "93.8%"
    assert language.percent(2999, 3000, "en") == "99.9%"
    assert language.percent(3000, 3000, "en") == "100.0%"
    assert language.percent(0, 0, "en") == "–"


def test_dates_and_weekdays_are_named():
    day = dt.date(2024, 8, 9)

    assert language.date_text(day, "id") == "9 Agustus 2024"
    assert language.date_text(day, "en") == "9 August 2024"
    assert language.weekday(day, "id") == "Jumat"
    assert language.long_date(day, "en") == "Friday 9 August 2024"
    assert language.short_date(day, "id") == "9 Agu"
    assert language.short_weekday(day, "en") == "Fri"


def test_a_language_the_library_does_not_write_is_refused():
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'fr'"):
        language.check_lang("fr")


@given(st.integers(-(10**9), 10**9), st.sampled_from(["id", "en"]))
def test_a_figure_alone_is_the_number_and_before_a_noun_the_number_with_a_form(value, lang):
    figure = language.Figure(value, lang)

    assert f"{figure}" == str(language.number(value, lang))
    noun = "visit" if abs(value) == 1 else "visits"
    assert f"{figure:visit|visits}" == f"{language.number(value, lang)} {noun}"


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        *((1, False, "1 pupil waits"), (0, False, "0 pupils wait"), (1, True, "+1 pupil waits")),
        *((-1, True, "-1 pupil waits"), (1200, True, "+1,200 pupils wait")),
        ("1204", False, "1204 pupils wait"),
        (Decimal("1.0"), False, "1.0 pupils wait"),
    ],
)
def test_a_noun_and_its_verb_follow_the_figure(value, signed, text):
    figure = language.Figure(value, "en", signed=signed)

    assert f"{figure:pupil waits|pupils wait}" == text


def test_a_text_that_holds_one_is_one():
    assert f"{language.Figure('1', 'en'):row|rows}" == "1 row"
