"""How a coverage can be above the whole: one sentence, with a likely reason at its end."""

from __future__ import annotations

import pytest

from school_ektp.model.coverage import Denominator
from school_ektp.model.messages import COVERAGE
from texts import faults, in_both, is_phrase

REASONS = ("elsewhere", "likely_young", "partly_young", "young")


def test_every_text_is_there_in_both_languages_with_the_same_places():
    assert list(faults(COVERAGE)) == []


def test_each_denominator_and_reason_is_a_part_of_the_sentence():
    parts = {one.name.lower() for one in Denominator}

    assert COVERAGE.keys() == parts | {"above", *REASONS}
    for key in COVERAGE:
        assert all(map(is_phrase, COVERAGE[key].values()))


@pytest.mark.parametrize("reason", REASONS)
def test_the_sentence_says_how_many_and_why(reason):
    values = {"young": "30", "left": "12", "share": "98"}

    for lang in ("id", "en"):
        [whom, why] = (COVERAGE[key][lang].format(**values) for key in ("obliged", reason))
        text = COVERAGE["above"][lang].format(
            recorded="142", people="100", whom=whom, excess="42", why=why
        )
        assert "{" not in text
        assert text.endswith(why)
        assert whom in text


def test_the_sentence_for_one_reason():
    [whom_id, whom] = in_both(COVERAGE["obliged"])
    [_, text] = in_both(
        COVERAGE["above"],
        recorded=142,
        people=100,
        whom=whom,
        excess=42,
        why=COVERAGE["elsewhere"]["en"],
    )

    assert whom_id == "yang wajib KTP"
    assert text == (
        "142 recorded over 100 who must hold a card: at least 42 recorded are not among those "
        "below the line; residents of elsewhere, doubles or an old population figure"
    )
