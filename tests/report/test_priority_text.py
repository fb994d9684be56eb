"""Names of priority classes in both languages."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS
from school_ektp.model.messages import PRIORITIES
from school_ektp.model.priorities import Priorities
from school_ektp.report.priority_text import priority_text


def test_a_class_of_the_users_own_is_said_as_it_is():
    assert priority_text("pengurus OSIS", "en") == "pengurus OSIS"
    assert priority_text("final grade", "id") == "kelas akhir"


@pytest.mark.parametrize("lang", LANGS)
def test_every_class_of_the_library_has_words_in_both_languages(lang, region):
    labels = [one.label for one in Priorities.usual(region.deadline).classes] + [*PRIORITIES]

    texts = [priority_text(label, lang) for label in labels]

    assert all(texts)
    if lang == "id":
        assert not set(texts) & {*labels}


def test_a_cohort_is_named_by_its_age_and_its_day():
    assert priority_text("17 by 2024-11-27", "id") == "berusia 17 pada 27 November 2024"
    assert priority_text("17 by 2024-11-27", "en") == "17 by 27 November 2024"
