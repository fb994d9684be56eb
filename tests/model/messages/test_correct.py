"""Headings of the file that a school corrects: read back by their words, so none is there twice."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS
from school_ektp.model.messages import CORRECTION_COLUMNS, CORRECTION_HEADERS
from school_ektp.roster.schema import ROSTER
from texts import faults, is_phrase


@pytest.mark.parametrize("part", [CORRECTION_COLUMNS, CORRECTION_HEADERS])
def test_each_word_is_there_in_both_languages_and_means_one_column(part):
    assert list(faults(part)) == []
    for lang in LANGS:
        words = [texts[lang].casefold() for texts in part.values()]
        assert all(map(is_phrase, words))
        assert len(set(words)) == len(words)


def test_what_can_be_corrected_is_all_of_a_roster_but_where_a_row_stands():
    assert [*CORRECTION_COLUMNS] == [name for name in CORRECTION_COLUMNS if name in ROSTER]
    assert set(ROSTER) - set(CORRECTION_COLUMNS) == {"source_file", "source_sheet", "source_row"}


def test_a_clerk_reads_the_words_of_the_forms():
    assert CORRECTION_COLUMNS["birth_date"] == {"id": "Tanggal Lahir", "en": "Birth date"}
    assert CORRECTION_HEADERS["remove"]["id"] == "Hapus Baris (ya)"
