"""Words hold to numbers: what a sentence says is read back and compared with the plan."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.model.language import LANGS, month
from school_ektp.model.messages import TEXTS
from school_ektp.model.worth import Worth
from school_ektp.plan.days import DayKind, day_kind, team_days
from school_ektp.planning.build import build_problem
from school_ektp.planning.problem import EXPECTED, PUPIL
from school_ektp.report.grid_text import SIGNS
from school_ektp.report.summary import as_of, summary_of
from school_ektp.report.worth_text import value_parts, worth_lines

few = settings(max_examples=settings.default.max_examples // 2)  # a thousand seasons each

NUMBER = r"-?\d[\d.,]*"


def pattern_of(key: str, lang: str) -> re.Pattern[str]:
    """Return what finds the values in a text of the catalogue."""
    parts = re.split(r"(\{\w+\})", TEXTS[key][lang])
    return re.compile(
        "".join(f"(?P<{p[1:-1]}>.+?)" if p.startswith("{") else re.escape(p) for p in parts) + "$"
    )


def told(text: str, key: str, lang: str) -> dict[str, str]:
    """Return the values that a line was made with; empty when it is another line."""
    for line in text.splitlines():
        if found := pattern_of(key, lang).match(line):
            return found.groupdict()
    return {}


def number(text: str, lang: str) -> Decimal:
    [digits] = re.findall(NUMBER, text)[:1]
    swapped = digits.translate(str.maketrans(",.", ".,")) if lang == "id" else digits
    return Decimal(swapped.replace(",", ""))


def date(text: str, lang: str) -> dt.date:
    day, name, year = text.split()
    [place] = [n for n in range(1, 13) if month(n, lang) == name]
    return dt.date(int(year), place, int(day))


@few
@given(st.data(), st.sampled_from(LANGS))
def test_every_number_of_the_promise_is_the_plans(drawn_plans, data, lang):
    plan = data.draw(drawn_plans)
    text = plan.summary(lang)
    if not plan.waiting:
        assert told(text, "nobody_waits", lang)
        return

    waits = told(text, "who_waits", lang)
    day, last = as_of(plan), plan.calendar.last_day
    waiting = sum(demand.on(day) for demand in plan.demand)
    assert (date(waits["day"], lang), date(waits["last"], lang)) == (day, last)
    assert number(waits["all"], lang) == waiting + plan.recorded_before
    assert number(waits["recorded"], lang) == plan.recorded_before
    assert number(waits["waiting"], lang) + number(waits["more"], lang) == plan.waiting

    expected = told(text, "expected", lang)
    assert number(expected["recorded"], lang) == plan.recorded
    assert number(expected["waiting"], lang) == plan.waiting
    assert number(expected["p10"], lang) == plan.outlook.p10
    assert plan.recorded == sum(visit.recorded for visit in plan.visit_list)

    if plan.visit_list:
        effort = told(text, "effort", lang)
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

    rest = told(text, "office", lang)
    office = number(rest["pupils"], lang) if rest else 0
    assert office == plan.waiting - plan.recorded == sum(left.pupils for left in plan.left_out_list)
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert sum(number(line[2:], lang) for line in lines) == office
    for left in plan.left_out_list:
        assert left.pupils > 0

    labels = [label for label in plan.names.priorities if label]
    if len(labels) > 1:
        classes = told(text, "priority", lang)["classes"].split("; ")
        assert len(classes) == len(labels)
        pairs = [part.rpartition(": ")[2] for part in classes]
        counts = zip(*(_two(pair) for pair in pairs), strict=True)
        sums = [sum(map(int, column)) for column in counts]
        assert sums == [plan.recorded, plan.waiting]


def _two(text: str) -> list[str]:
    return [digits.replace(".", "").replace(",", "") for digits in re.findall(r"\d[\d.,]*", text)]


@few
@given(st.data(), st.sampled_from(LANGS))
def test_coverage_claims_no_rise(drawn_plans, data, lang):
    """It may fall, because more come of age than are recorded."""
    plan = data.draw(drawn_plans)
    found = told(plan.summary(lang), "coverage", lang)
    if not found:
        return

    first = plan.recorded_before + sum(one.on(plan.calendar.first_day) for one in plan.demand)
    last = plan.recorded_before + plan.waiting
    for name, part, whole in (
        ("before", plan.recorded_before, first),
        ("after", plan.recorded_before + plan.recorded, last),
    ):
        if whole:
            assert number(found[name], lang) == Decimal(part * 1000 // whole) / 10
    assert not re.search(r"naik|rises", plan.summary(lang))


@few
@given(st.data(), st.sampled_from(LANGS))
def test_the_value_is_the_sum_of_its_parts_as_they_are_told(drawn_plans, data, lang):
    plan = data.draw(drawn_plans)

    parts = told(plan.worth_text(lang), "value", lang)

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
        share = number(told(text, "gap", lang)["gap"], lang) / 100
        assert plan.value.total * (1 + share) >= plan.bound
        assert plan.value.total * (share - Decimal("0.001")) < more
    else:
        bound = number(told(text, "gap_pupils", lang)["bound"], lang)
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
def test_every_number_of_worth_is_told(worth, lang, small_plan):
    parts = (small_plan.schools, small_plan.demand, small_plan.teams, small_plan.calendar)
    problem, _ = build_problem(*parts, worth=worth)
    plan = attrs.evolve(small_plan, worth=worth, problem=problem)

    lines = worth_lines(plan, lang)

    for line, what, asked in zip(
        lines,
        ("visit", "team_day", "driving"),
        (worth.visit, worth.team_day, worth.driving_hour),
        strict=False,
    ):
        if asked:
            assert number(told(line, f"worth_{what}", lang)["pupils"], lang) == Decimal(str(asked))
        else:
            assert line == TEXTS[f"worth_{what}_free"][lang]
    counted = 7 * problem.price.waiting
    if counted:
        assert number(told(lines[3], "worth_waiting", lang)["share"], lang) == Decimal(counted) / 10
    else:
        assert lines[3] == TEXTS["worth_waiting_free"][lang]
    weights = [told(line, "worth_weight", lang) for line in lines[4:]]
    if worth.weights:
        shown = [number(one["weight"], lang) for one in weights]
        ranks = [rank for rank, label in enumerate(plan.names.priorities) if label]
        assert shown == [Decimal(str(worth.weight(rank))) for rank in ranks]
    else:
        assert lines[4:] == [TEXTS["worth_alike"][lang]]


@few
@given(st.data())
def test_a_day_shown_as_free_can_be_planned(drawn_plans, data):
    """In grid, page, workbook and notebook one function says what a day is."""
    plan = data.draw(drawn_plans)
    visited = {(one.day, one.team) for one in team_days(plan)}

    for number_, team in enumerate(plan.names.teams):
        for day in plan.calendar.days:
            here = plan.calendar.day_number(day)
            opens = any(site.sessions[here] for site in plan.problem.sites)
            free = opens and plan.problem.can_work(number_, here)
            assert (day_kind(plan, team, day) is DayKind.FREE) == free
    signs = [cell for line in plan.grid("en").splitlines() for cell in line.split()[1:]]
    kinds = [
        day_kind(plan, team, day)
        for day in plan.calendar.days
        for team in plan.names.teams
        if (day, team) not in visited
    ]
    assert signs.count(SIGNS[DayKind.FREE]) >= kinds.count(DayKind.FREE)


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
