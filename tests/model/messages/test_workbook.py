"""The workbook: names of sheets that Excel takes, headings, and the sheet that explains."""

from __future__ import annotations

import pytest

from school_ektp.model.language import LANGS
from school_ektp.model.messages import GUIDE, HEADERS, SHEETS, WORKBOOK
from texts import faults, in_both, is_phrase, is_sentence

PARTS = {
    "sheets": SHEETS,
    "headers": HEADERS,
    "workbook": WORKBOOK,
    "guide": {str(number): line for number, line in enumerate(GUIDE)},
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_every_text_is_there_in_both_languages_with_the_same_places(part):
    assert list(faults(part)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_sheet_has_a_name_of_its_own_that_excel_takes(lang):
    names = [texts[lang] for texts in SHEETS.values()]

    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")


@pytest.mark.parametrize("lang", LANGS)
def test_headings_of_outcomes_are_told_apart_when_they_are_read_back(lang):
    """The sheet of outcomes is found by these words alone."""
    columns = ("date", "team", "npsn", "school", "class_name", "recorded", "failed", "absent")
    columns += ("under_age", "already_recorded", "elsewhere", "walk_ins", "cancelled")
    words = [HEADERS[name][lang].casefold() for name in columns]

    assert len(set(words)) == len(words)


def test_the_guide_is_of_headings_and_sentences():
    for line in GUIDE:
        for text in line.values():
            heading = text.startswith("# ")
            assert is_phrase(text) if heading else text.endswith(".")
    assert {line["id"].startswith("#") == line["en"].startswith("#") for line in GUIDE} == {True}


@pytest.mark.parametrize("sheet", [key for key in SHEETS if key not in {"lists", "corrections"}])
@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_speaks_of_each_sheet_by_its_name(sheet, lang):
    text = " ".join(line[lang] for line in GUIDE)

    assert sheet == "guide" or SHEETS[sheet][lang] in text


def test_a_note_above_a_table():
    assert all(map(is_sentence, WORKBOOK["outcomes_note"].values()))
    assert in_both(WORKBOOK["pick_pupils"], least=1) == [
        "Bilangan bulat, 1 atau lebih",
        "A whole number, 1 or more",
    ]
