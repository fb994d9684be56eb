"""What is doubtful in the records of a season, in words."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.language import LANGS
from school_ektp.model.messages import SEASON_ISSUES
from school_ektp.season.issues import SeasonIssue

MONDAY = dt.date(2024, 9, 9)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", sorted(SEASON_ISSUES))
def test_every_kind_says_where_it_is(kind, lang):
    issue = SeasonIssue(kind, MONDAY, "Tim 1", "10700669", "XI", amount=1_204, reason="hujan")

    text = issue.text(lang)

    assert text.startswith({"id": "9 September 2024, Tim 1, 10700669, XI: "}.get(lang, "9 Sept"))
    assert "{" not in text
    assert text.endswith((".", ")."))


def test_a_school_that_is_known_is_named_beside_its_number():
    issue = SeasonIssue("corrected", MONDAY, "Tim 1", "10700669", school="SMAN 1 Curup")

    assert issue.text("en").startswith("9 September 2024, Tim 1, SMAN 1 Curup (10700669): ")


def test_what_is_not_known_of_the_place_is_left_out():
    issue = SeasonIssue("recorded_twice", MONDAY, amount=1_204)

    assert issue.text("en").startswith("9 September 2024: 1,204 pupils")


def test_another_language_is_refused():
    with pytest.raises(InvalidFieldError, match="lang"):
        SeasonIssue("corrected", MONDAY).text("fr")
