"""A remedy, and what it is ordered by."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.language import LANGS
from school_ektp.model.rules import VisitRules
from school_ektp.plan.remedy import Remedy, RemedyKind

ONE = Remedy(
    kind=RemedyKind.KIT, size=1, site="10700669", recorded=6.0, complete=True, gained=6.0,
    value=4.0, team_days=2,
)  # fmt: skip


@pytest.mark.parametrize(("team_days", "each"), [(2, 2.0), (0, float("inf")), (-1, float("inf"))])
def test_value_is_reported_for_each_team_day_more(team_days, each):
    assert attrs.evolve(ONE, team_days=team_days).per_team_day == each


def test_a_milder_rule_is_named_as_the_rule():
    """What `remedies` makes milder it finds by this name."""
    rules = {field.name for field in attrs.fields(VisitRules)}

    assert {kind.value for kind in RemedyKind} & rules == {
        "fewest_pupils", "days_between_visits", "visits_per_school", "visits_per_team_day",
        "teams_at_once", "driving_minutes_per_day", "pupils_per_kit_day", "reserve_days",
        "team_days", "team_days_per_month", "one_visit",
    }  # fmt: skip


def test_a_remedy_says_what_changes_what_it_brings_and_what_it_takes():
    longer = attrs.evolve(
        ONE, kind=RemedyKind.OVERTIME, size=20, team="Tim 1", day=dt.date(2024, 9, 9),
        recorded=7.6, value=6.19, team_days=0,
    )  # fmt: skip

    assert longer.text("en") == (
        "Tim 1 and its schools stay 20 minutes longer on Monday 9 September 2024:"
        " about 8 pupils more at this school,"
        " the plan worth 6.1 pupils more, with no more team-days"
    )
    dear = attrs.evolve(longer, recorded=1.4, gained=45, value=33, team_days=3)
    assert dear.text().endswith(
        ": sekitar 1 siswa lagi di sekolah ini, rencana bernilai 33 siswa lebih banyak, +3 hari-tim"
    )


@pytest.mark.parametrize("kind", RemedyKind)
@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_remedy_has_words(kind, lang):
    text = attrs.evolve(ONE, kind=kind, team_days=-1).text(lang)

    assert "{" not in text
    assert "-1" in text


def test_a_remedy_is_said_in_two_languages_only():
    with pytest.raises(InvalidFieldError, match="'id' or 'en'"):
        ONE.text("jv")
