"""What a plan says of itself: classes, what it breaks, and its worth, whose parts add up."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_of import for_other_parts
from read_words import number, values_in
from school_ektp.model.language import LANGS
from school_ektp.model.messages import PRIORITIES, TEXTS, VIOLATIONS
from school_ektp.model.priorities import Priorities
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.worth import Worth
from school_ektp.planning.checker import Violation
from school_ektp.planning.problem import EXPECTED, PUPIL
from school_ektp.report.plan import Plan
from school_ektp.report.plan_text import (
    priority_text,
    value_parts,
    violation_text,
    where_text,
    worth_lines,
)
from two_schools import (
    FAR,
    FRIDAY,
    MONDAY,
    a_plan,
    at_near,
)


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


def test_a_plan_at_its_bound_says_that_none_is_worth_more():
    plan = at_near(a_plan())
    best = attrs.evolve(plan, bound=plan.value.total)

    assert (plan.gap > 0, best.gap) == (True, 0.0)
    assert "No plan is worth more." in best.summary("en").splitlines()


def test_a_plan_worth_nothing_tells_the_bound_in_pupils():
    plan = a_plan()

    assert plan.gap == math.inf
    assert "No plan is worth more than 35 pupils." in plan.summary("en").splitlines()


@pytest.mark.parametrize("lang", LANGS)
def test_worth_is_reported_as_part_of_the_summary(lang):
    plan = at_near(a_plan())

    assert plan.summary(lang).endswith(plan.worth_text(lang))


few = settings(max_examples=settings.default.max_examples // 2)  # a thousand seasons each


@few
@given(st.data(), st.sampled_from(LANGS))
def test_the_value_is_the_sum_of_its_parts_as_they_are_reported(drawn_plans, data, lang):
    plan = data.draw(drawn_plans)

    parts = values_in(plan.worth_text(lang), "value", lang)

    numbers = {name: number(text, lang) for name, text in parts.items()}
    total = numbers.pop("total")
    assert sum(numbers.values()) == total
    assert numbers == {name: Decimal(part) / 10 for name, part in value_parts(plan).items()}
    value, price = plan.value, plan.problem.price
    assert abs(total * PUPIL - value.total) <= PUPIL // 20
    for name, exact in (
        ("visits", -price.visit * value.visits),
        ("team_days", -price.team_day * value.team_days),
        ("driving", -price.driving_minute * value.driving),
    ):
        assert abs(numbers[name] * PUPIL - exact) < PUPIL // 10
    weighted = sum(
        price.weight(rank) * Decimal(pupils) / (10 * EXPECTED)
        for rank, pupils in enumerate(value.recorded)
    )
    assert abs(numbers["recorded"] - weighted) < Decimal("0.1")


@few
@given(st.data(), st.sampled_from(LANGS), st.integers(0, 10**10))
def test_no_plan_is_worth_more_than_what_the_gap_says(drawn_plans, data, lang, more):
    plan = data.draw(drawn_plans)
    plan = attrs.evolve(plan, bound=plan.value.total + more)
    text = plan.summary(lang)
    if not plan.waiting:
        return

    if not more:
        assert TEXTS["proved"][lang] in text.splitlines()
    elif plan.value.total > 0:
        share = number(values_in(text, "gap", lang)["gap"], lang) / 100
        assert plan.value.total * (1 + share) >= plan.bound
        assert plan.value.total * (share - Decimal("0.001")) < more
    else:
        bound = number(values_in(text, "gap_pupils", lang)["bound"], lang)
        assert plan.bound <= bound * PUPIL < plan.bound + PUPIL


WORTHS = st.builds(
    Worth,
    visit=st.sampled_from([0, 0.5, 1, 2.25]),
    team_day=st.sampled_from([0, 1, 3.5]),
    driving_hour=st.sampled_from([0, 0.25, 1]),
    waiting_week=st.sampled_from([0, 0.007, 0.014, 0.1]),
    weights=st.sampled_from([{}, {0: 2}, {0: 1.5, 1: 0.5}]),
)


@given(worth=WORTHS, lang=st.sampled_from(LANGS))
def test_every_number_of_worth_is_reported(worth, lang, small_plan):
    plan = for_other_parts(small_plan, worth=worth)

    lines = worth_lines(plan, lang)

    for line, what, pupils in zip(
        lines,
        ("visit", "team_day", "driving"),
        (worth.visit, worth.team_day, worth.driving_hour),
        strict=False,
    ):
        if pupils:
            assert number(values_in(line, f"worth_{what}", lang)["pupils"], lang) == Decimal(
                str(pupils)
            )
        else:
            assert line == TEXTS[f"worth_{what}_free"][lang]
    counted = 7 * plan.problem.price.waiting
    if counted:
        assert (
            number(values_in(lines[3], "worth_waiting", lang)["share"], lang)
            == Decimal(counted) / 10
        )
    else:
        assert lines[3] == TEXTS["worth_waiting_free"][lang]
    weights = [values_in(line, "worth_weight", lang) for line in lines[4:]]
    if worth.weights:
        shown = [number(one["weight"], lang) for one in weights]
        ranks = [rank for rank, label in enumerate(plan.names.priorities) if label]
        assert shown == [Decimal(str(worth.weight(rank))) for rank in ranks]
    else:
        assert lines[4:] == [TEXTS["worth_alike"][lang]]
