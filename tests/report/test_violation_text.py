"""What a plan breaks or does not keep, as a sentence."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from school_ektp.model.language import LANGS
from school_ektp.model.messages import VIOLATIONS
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.planning.checker import Violation
from school_ektp.report.plan import Plan
from school_ektp.report.violation_text import violation_text, where_text
from two_schools import (
    FAR,
    FRIDAY,
    MONDAY,
    a_plan,
    at_near,
)


def test_an_edit_against_a_rule_is_made_and_reported():
    plan = at_near(a_plan(rules=VisitRules(forbidden_pairs={("Tim 1", FAR)})), site=FAR)

    assert [fault.rule for fault in plan.violations] == ["forbidden"]
    assert (
        "Asked for and not kept: Tim 1, 9 September 2024, SMA Jauh: this team may not go to this"
        " school (equipment, or not wanted there)." in plan.summary("en").splitlines()
    )


@pytest.mark.parametrize("date", [dt.date(2024, 9, 2), FRIDAY])
def test_who_waits_where_no_team_can_come_by_a_date_is_reported(date, tmp_path):
    """Three wait at a school of an unknown place; by a date before the season nobody is called."""
    plan = at_near(a_plan(rules=VisitRules(reached_by={"Curup": date})))

    (fault,) = plan.violations
    missed = 3 if date == FRIDAY else 33
    assert (fault.rule, fault.amount) == ("reached_by", missed)
    assert f"{missed} pupils are not called by then" in plan.violations_text("en")
    assert Plan.from_json(plan.to_json(tmp_path / "plan.json")).violations == plan.violations


def test_a_floor_lacks_those_who_are_not_expected():
    """Recorded and lacking are the number asked for, as they are shown."""
    risky = a_plan(rules=VisitRules(floors={"Kota Padang": 1.0}), risks=Risks(turnout=0.71))
    plan = risky.with_visit(team="Tim 1", day=MONDAY, site=FAR)

    (fault,) = plan.violations
    assert fault.amount + plan.recorded == fault.limit == 5


#: Rules of the checker, which name a place and an amount.
RULES = [
    rule
    for rule, text in VIOLATIONS.items()
    if "{where}" in text["en"] and not {"{why}", "{over}"} & {*re.findall(r"{\w+}", text["en"])}
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_the_checker_has_a_sentence_with_its_amount_and_place(rule, lang):
    plan = at_near(a_plan())
    fault = Violation(rule=rule, team=0, day=0, site=0, amount=12_345, limit=54_321)

    text = violation_text(plan, fault, lang)

    assert text
    assert "{" not in text
    assert where_text(plan, fault, lang) in text
    assert not text.startswith(": ")
