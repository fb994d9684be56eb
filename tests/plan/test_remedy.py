"""A remedy, and what it is ordered by."""

from __future__ import annotations

import attrs
import pytest

from school_ektp.model.rules import VisitRules
from school_ektp.plan.remedy import Remedy, RemedyKind

ONE = Remedy(
    kind=RemedyKind.KIT, size=1, site="10700669", recorded=6.0, complete=True, gained=6.0,
    value=4.0, team_days=2,
)  # fmt: skip


@pytest.mark.parametrize(("team_days", "each"), [(2, 2.0), (0, float("inf")), (-1, float("inf"))])
def test_value_is_told_for_each_team_day_more(team_days, each):
    assert attrs.evolve(ONE, team_days=team_days).per_team_day == each


def test_a_milder_rule_is_named_as_the_rule():
    """What `remedies` makes milder it finds by this name."""
    rules = {field.name for field in attrs.fields(VisitRules)}

    assert {kind.value for kind in RemedyKind} & rules == {
        "fewest_pupils", "days_between_visits", "visits_per_school", "visits_per_team_day",
        "teams_at_once", "driving_minutes_per_day", "pupils_per_kit_day", "reserve_days",
        "team_days", "team_days_per_month", "one_visit",
    }  # fmt: skip
