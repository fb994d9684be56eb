"""What a plan says of itself: sentences that can be read aloud, with numbers that fit."""

from __future__ import annotations

import pytest

from school_ektp.model.language import Figure
from school_ektp.model.messages import PLAN, PRIORITIES
from texts import faults, in_both, is_phrase, is_sentence

#: The only number before a plural is a bound with decimals.
NEVER_ONE = {"bound"}


@pytest.mark.parametrize("part", [PLAN, PRIORITIES])
def test_every_text_is_there_in_both_languages_with_the_same_places(part):
    assert list(faults(part, never_one=NEVER_ONE)) == []


@pytest.mark.parametrize("key", PLAN)
def test_a_text_is_a_sentence_or_a_part_of_one(key):
    for text in PLAN[key].values():
        assert is_sentence(text) or is_phrase(text) or text.isspace() or key == "and"
        assert text.startswith("- ") == (key == "left_line")


@pytest.mark.parametrize("key", [key for key in PLAN if key.startswith("worth_")])
def test_what_counts_how_much_is_said_in_whole_sentences(key):
    assert all(map(is_sentence, PLAN[key].values()))


@pytest.mark.parametrize(
    ("waiting", "recorded", "text"),
    [
        (1, 1, "Of 2 first-timers on 3 May, 1 is recorded and 1 waits; 1 more reaches the"),
        (0, 1, "Of 1 first-timer on 3 May, 1 is recorded and 0 wait; 1 more reaches the"),
        (3, 0, "Of 3 first-timers on 3 May, 0 are recorded and 3 wait; 1 more reaches the"),
    ],
)
def test_the_first_sentence_is_right_for_one_and_for_many(waiting, recorded, text):
    values = {"all": waiting + recorded, "recorded": recorded, "waiting": waiting, "more": 1}
    figures = {name: Figure(value, "en") for name, value in values.items()}

    whole = PLAN["who_waits"]["en"].format(**figures, day="3 May", last="30 June")

    assert whole == f"{text} recording age by 30 June."


def test_what_is_promised_in_both_languages():
    values = {"first": "9", "last": "27", "recorded": 2, "waiting": 3, "p10": 1}

    assert in_both(PLAN["expected"], **values) == [
        (
            "Dari 9 sampai 27 diperkirakan 2 dari 3 siswa terekam;"
            " sembilan dari sepuluh musim mencapai 1 atau lebih."
        ),
        (
            "From 9 to 27, 2 of 3 pupils are expected to be recorded;"
            " nine seasons of ten reach 1 or more."
        ),
    ]
