"""Totals that do not agree: one sentence with the relation and the likely slip."""

from __future__ import annotations

from school_ektp.model.messages import TOTALS
from school_ektp.model.totals import DigitSwap
from texts import faults, in_both, is_phrase


def test_every_text_is_there_in_both_languages_with_the_same_places():
    assert list(faults(TOTALS)) == []
    assert all(is_phrase(text) for texts in TOTALS.values() for text in texts.values())


def test_there_is_a_word_for_each_slip_and_both_directions():
    assert TOTALS.keys() == {"too_many", "too_few", *(f"swap_{swap.lower()}" for swap in DigitSwap)}


def test_a_slip_of_digits_in_one_sentence():
    [_, swap] = in_both(TOTALS["swap_neighbours"])

    [_, text] = in_both(
        TOTALS["too_few"],
        figure="pupils",
        stated="11,708",
        computed="11,780",
        amount=72,
        relation="SMA + SMK + MA",
        swap=swap,
    )

    assert text == (
        "pupils is stated as 11,708 and recomputed as 11,780 (SMA + SMK + MA): 72 too few; "
        "two neighbouring digits are swapped"
    )
