"""Why a day is closed, as both languages call it: there and back."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.datasets import rejang_lebong
from school_ektp.model.day_names import day_text
from school_ektp.model.language import LANGS
from school_ektp.model.messages import DAYS
from school_ektp.model.shipped import shipped_rows

langs = st.sampled_from(LANGS)
known = st.sampled_from([text for texts in DAYS.values() for text in texts.values()])


def test_every_day_has_a_name_of_its_own():
    names = [text.casefold() for texts in DAYS.values() for text in set(texts.values())]
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


def test_a_holiday_is_named_in_the_language_of_the_reader():
    assert day_text("Prophet's Birthday (Maulid Nabi)", "id") == "Maulid Nabi Muhammad SAW"
    assert day_text("Maulid Nabi Muhammad SAW", "en") == "Prophet's Birthday (Maulid Nabi)"
    assert day_text("Ascension Day; International Labor Day", "id") == (
        "Kenaikan Isa Almasih; Hari Buruh Internasional"
    )
    assert day_text("Hari jadi kabupaten", "en") == "Hari jadi kabupaten"


def test_every_day_that_ships_with_the_package_is_known():
    """The table has both names; the Indonesian one may add the year of its own calendar."""
    for row in shipped_rows("holidays_2024.csv"):
        indonesian = day_text(row["name"], "id")
        assert day_text(indonesian, "en") == row["name"]
        assert row["name_id"].startswith(
            indonesian.removesuffix(" Masehi").removesuffix(" (hari kedua)")
        )


def test_every_day_of_the_package_holidays_is_known_in_both_its_languages():
    options = {"years": range(2024, 2028), "categories": ("public", "government")}
    in_both = [holidays.country_holidays("ID", language=tag, **options) for tag in ("id", "en_US")]
    names = {name for days in in_both for name in days.values() if "(" not in name}  # estimated

    known = {text for texts in DAYS.values() for text in texts.values()}
    assert len(names) > 50
    for name in names:
        texts = {day_text(name, lang) for lang in LANGS}
        assert texts & known, "no language knows it"
        assert texts <= known | {name}


def test_whatever_closes_a_school_of_the_sample_is_said_in_indonesian():
    region = rejang_lebong()
    calendar = region.calendar
    days = [*calendar.days, calendar.last_day + dt.timedelta(days=1)]
    why = {calendar.why_closed(school, day) for school in region.schools for day in days} - {""}
    why |= {closure.reason for closure in calendar.closures} | {"closed by the school"}

    known = {texts["en"]: texts["id"] for texts in DAYS.values()}
    assert len(why) >= 6
    assert {reason: day_text(reason, "id") for reason in why} == {r: known[r] for r in why}
