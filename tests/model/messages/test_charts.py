"""The words on charts: titles, axes and keys, none of them a sentence."""

from __future__ import annotations

import pytest

from school_ektp.model.messages import CHARTS
from texts import faults, in_both, is_phrase


def test_every_text_is_there_in_both_languages_with_the_same_places():
    assert list(faults(CHARTS)) == []


@pytest.mark.parametrize("key", CHARTS)
def test_a_word_on_a_chart_ends_without_a_stop_and_is_short_enough_for_it(key):
    for text in CHARTS[key].values():
        assert is_phrase(text)
        assert len(text) <= 90
    assert key.startswith("plot_")


def test_a_title_with_its_day():
    assert in_both(CHARTS["plot_coverage_title"], day="9 September") == [
        "Perkiraan cakupan pada 9 September",
        "Coverage expected on 9 September",
    ]
