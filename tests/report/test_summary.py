"""The plan in words: every number of a sentence is the plan's."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from read_words import date, number, numbers_in, values_in
from school_ektp.errors import InvalidFieldError
from school_ektp.model.language import LANGS
from school_ektp.model.messages import TEXTS
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.plan.days import team_days
from school_ektp.report.summary import as_of, summary_of
from two_schools import (
    DEMAND,
    FAR,
    LOST,
    MONDAY,
    NEAR,
    TUESDAY,
    a_plan,
    at_near,
    demand_of,
)


def test_the_summary_begins_with_who_waits_and_says_what_is_expected():
    plan = at_near(a_plan())

    assert plan.summary("en").splitlines()[:6] == [
        (
            "Of 68 first-timers on 9 September 2024, 30 are recorded and 38 wait; 0 more reach the"
            " recording age by 13 September 2024."
        ),
        (
            "From 9 September 2024 to 13 September 2024, 30 of 38 pupils are expected to be"
            " recorded; nine seasons of ten reach 30 or more."
        ),
        "Coverage: 44.1% on 9 September 2024, 88.2% expected on 13 September 2024.",
        "1 visit to 1 school in 1 team-day by 1 team; the last is on 9 September 2024.",
        "The rest, 8 pupils, are left for the office to call in.",
        "By priority class: 17 by 27 November 2024: 20 of 27; the rest: 10 of 11.",
    ]
    assert plan.summary("id").splitlines()[:2] == [
        (
            "Dari 68 pemula pada 9 September 2024, 30 sudah direkam dan 38 menunggu; 0 lagi"
            " mencapai umur perekaman sampai 13 September 2024."
        ),
        (
            "Dari 9 September 2024 sampai 13 September 2024 diperkirakan 30 dari 38 siswa terekam;"
            " sembilan dari sepuluh musim mencapai 30 atau lebih."
        ),
    ]


def test_the_day_of_the_roster_is_named_where_all_demand_is_of_one():
    dated = tuple(attrs.evolve(one, as_of=dt.date(2024, 9, 3)) for one in DEMAND)
    mixed = (attrs.evolve(DEMAND[0], as_of=dt.date(2024, 9, 3)), *DEMAND[1:])

    assert a_plan(demand=dated).summary("en").startswith("Of 30 first-timers on 3 September 2024")
    assert a_plan(demand=mixed).summary("en").startswith("Of 68 first-timers on 9 September 2024")


def test_the_demo_names_the_figures_of_the_article(hand_plan):
    """6,000 first-timers, 3,000 recorded, 3,000 waiting on 3 September 2024."""
    assert hand_plan.summary("en").splitlines()[0] == (
        "Of 6,000 first-timers on 3 September 2024, 3,000 are recorded and 3,000 wait; 575 more"
        " reach the recording age by 27 November 2024."
    )


def test_those_left_out_are_reported_by_reason():
    lines = at_near(a_plan()).summary("en").splitlines()

    assert "Left out are 8 pupils at 2 schools:" in lines
    assert any(line.startswith("- 5 pupils at 1 school: ") for line in lines)
    assert "- 3 pupils at 1 school: where the school lies is not known" in lines


def test_what_is_counted_on_is_named():
    summary = a_plan(risks=Risks(turnout_by_school={FAR: 0.5})).summary("en")

    assert (
        "Counted on: of those called 50.0% – 85.0% come, 35.3% – 60.0% when called again, 2.0%"
        " never; 94.1% of the visits take place." in summary
    )
    assert "of those called 100.0% come, 100.0% when called again, 0.0% never" in a_plan().summary(
        "en"
    )


def test_a_season_in_which_nobody_waits_says_so():
    plan = a_plan(demand=())

    assert plan.summary("id") == (
        "Dari 9 September 2024 sampai 13 September 2024 tidak ada siswa yang menunggu perekaman."
    )
    assert plan.visits.is_empty()


def test_another_language_is_refused():
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'fr'"):
        a_plan().summary("fr")


LATE = PinnedVisit(day=dt.date(2024, 10, 1), team="Tim 1", site=NEAR)


UNPLACED = PinnedVisit(day=MONDAY, team="Tim 1", site=LOST)


@pytest.mark.parametrize(
    ("rules", "unkept"),
    [
        (
            VisitRules(pinned=[LATE]),
            (
                "Tim 1, 1 October 2024, SMA Dekat: a visit that is fixed is missing"
                " (the day is outside the season)"
            ),
        ),
        (
            VisitRules(pinned=[UNPLACED]),
            (
                "Tim 1, 9 September 2024: a visit that is fixed is missing"
                " (nobody waits at the school, or its place is not known)"
            ),
        ),
        (VisitRules(floors={"Kota Padang": 1.0}), "Kota Padang: 5 pupils short of the 5 asked for"),
        (
            VisitRules(reached_by={"Kota Padang": TUESDAY}),
            "10 September 2024, Kota Padang: 5 pupils are not called by then, or left without room",
        ),
    ],
)
def test_what_is_known_and_cannot_be_kept_stands_in_the_summary(rules, unkept):
    plan = at_near(a_plan(rules=rules))

    assert len(plan.violations) == 1
    assert f"Asked for and not kept: {unkept}." in plan.summary("en").splitlines()


def test_rates_of_a_plan_without_a_school_that_can_be_visited_are_those_given():
    plan = a_plan(demand=[demand_of(LOST, 5)], risks=Risks(turnout=0.7, turnout_again=0.5))

    assert "of those called 70.0% come, 50.0% when called again" in plan.summary("en")


few = settings(max_examples=settings.default.max_examples // 2)  # a thousand seasons each


@few
@given(st.data(), st.sampled_from(LANGS))
def test_every_number_of_the_promise_is_the_plans(drawn_plans, data, lang):
    plan = data.draw(drawn_plans)
    text = plan.summary(lang)
    if not plan.waiting:
        assert values_in(text, "nobody_waits", lang)
        return

    waits = values_in(text, "who_waits", lang)
    day, last = as_of(plan), plan.calendar.last_day
    waiting = sum(demand.on(day) for demand in plan.demand)
    assert (date(waits["day"], lang), date(waits["last"], lang)) == (day, last)
    assert number(waits["all"], lang) == waiting + plan.recorded_before
    assert number(waits["recorded"], lang) == plan.recorded_before
    assert number(waits["waiting"], lang) + number(waits["more"], lang) == plan.waiting

    expected = values_in(text, "expected", lang)
    assert number(expected["recorded"], lang) == plan.recorded
    assert number(expected["waiting"], lang) == plan.waiting
    assert number(expected["p10"], lang) == plan.outlook.p10
    assert plan.recorded == sum(visit.recorded for visit in plan.visit_list)

    if plan.visit_list:
        effort = values_in(text, "effort", lang)
        assert number(effort["visits"], lang) == len(plan.visit_list)
        assert number(effort["team_days"], lang) == plan.team_days == len(team_days(plan))
        assert date(effort["day"], lang) == max(visit.day for visit in plan.visit_list)
    else:
        assert TEXTS["no_visit"][lang] in text


@few
@given(st.data(), st.sampled_from(LANGS))
def test_those_who_are_left_and_the_classes_add_up(drawn_plans, data, lang):
    plan = data.draw(drawn_plans)
    text = plan.summary(lang)
    if not plan.waiting:
        return

    rest = values_in(text, "office", lang)
    office = number(rest["pupils"], lang) if rest else 0
    assert office == plan.waiting - plan.recorded == sum(left.pupils for left in plan.left_out_list)
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert sum(number(line[2:], lang) for line in lines) == office
    for left in plan.left_out_list:
        assert left.pupils > 0

    labels = {rank: label for rank, label in enumerate(plan.names.priorities) if label}
    last = plan.calendar.last_day
    if len(labels) > 1:
        classes = values_in(text, "priority", lang)["classes"].split("; ")
        assert len(classes) == sum(
            any(one.on(last, priority=rank) for one in plan.demand) for rank in labels
        )
        pairs = [part.rpartition(": ")[2] for part in classes]
        counts = zip(*(numbers_in(pair) for pair in pairs), strict=True)
        sums = [sum(map(int, column)) for column in counts]
        assert sums == [plan.recorded, plan.waiting]


@few
@given(st.data(), st.sampled_from(LANGS))
def test_coverage_claims_no_rise(drawn_plans, data, lang):
    """It may fall, because more come of age than are recorded."""
    plan = data.draw(drawn_plans)
    found = values_in(plan.summary(lang), "coverage", lang)
    if not found:
        return

    first = plan.recorded_before + sum(one.on(plan.calendar.first_day) for one in plan.demand)
    last = plan.recorded_before + plan.waiting
    for name, part, whole in (
        ("before", plan.recorded_before, first),
        ("after", plan.recorded_before + plan.recorded, last),
    ):
        if whole:
            share = Decimal(100 * part) / whole
            nearest = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
            expected = nearest if part == whole else min(nearest, Decimal("99.9"))
            assert number(found[name], lang) == expected
    assert not re.search(r"naik|rises", plan.summary(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_page_and_notebook_say_what_the_summary_says(lang, small_plan, tmp_path):
    file = small_plan.to_html(tmp_path / "p.html", lang=lang, fewest=1)
    page = unescape(file.read_text("utf-8"))
    shown = unescape(small_plan._repr_html_())
    summary = summary_of(small_plan, lang)

    for line in (summary.waiting, *summary.promise, *summary.worth):
        assert line in page
    for line in summary.lines:
        assert line in shown


@pytest.mark.parametrize(
    "claim", ["will be recorded", "akan direkam", "No plan records more", "rises from", "naik dari"]
)
def test_no_output_claims_what_may_not_come_true(claim, small_plan, tmp_path):
    for lang in LANGS:
        page = small_plan.to_html(tmp_path / "p.html", lang=lang).read_text("utf-8")
        for text in (page, small_plan.summary(lang), small_plan.grid(lang)):
            assert claim not in text
