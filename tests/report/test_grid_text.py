"""Teams and days as text: pupils, and what a day without visits is."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_of import for_other_parts
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.language import LANGS
from school_ektp.model.messages import TEXTS
from school_ektp.model.rules import VisitRules
from school_ektp.plan.days import DayKind, day_kind, team_days
from school_ektp.report.grid_text import SIGNS, kind_text
from two_schools import (
    FAR,
    FRIDAY,
    TUESDAY,
    WEDNESDAY,
    a_plan,
    at_near,
)


def test_the_grid_counts_pupils_and_tells_closed_days_from_free_ones():
    """Tuesday is a holiday, no school opens on Wednesday, the last day is kept free."""
    plan = at_near(at_near(a_plan(last=dt.date(2024, 9, 16))), site=FAR, day=FRIDAY)
    closed = Closure(DaySpan(WEDNESDAY, WEDNESDAY), "exams")
    calendar = attrs.evolve(plan.calendar, holidays={TUESDAY: "Maulid"}, closures=[closed])
    rules = VisitRules(reserve_days=1)
    plan = for_other_parts(plan, calendar=calendar, rules=rules)
    near, far = plan.visit_list

    assert plan.grid("en").splitlines() == [
        "Pupils per team and day (. free, x closed, - off duty, o kept free, < past)",
        "",
        "Sep 2024   Mon  Tue  Wed  Thu  Fri  Sat  Sun",
        "team         9   10   11   12   13   14   15",
        f"Tim 1       {near.recorded}    x    x    .    {far.recorded}    -    -",
        "",
        "Sep 2024   Mon  Tue  Wed  Thu  Fri  Sat  Sun",
        "team        16   17   18   19   20   21   22",
        "Tim 1        o",
    ]


def test_days_before_today_are_past():
    plan = a_plan()
    past = attrs.evolve(plan, problem=attrs.evolve(plan.problem, today=2))

    assert past.grid("en").splitlines()[-1].split()[2:] == ["<", "<", ".", ".", "."]


def test_a_season_that_begins_midweek_leaves_the_days_before_blank():
    row = a_plan(first_day=dt.date(2024, 9, 11)).grid("en").splitlines()[-1]

    assert row.split()[2:] == [".", ".", "."]


few = settings(max_examples=settings.default.max_examples // 2)  # a thousand seasons each


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


@pytest.mark.parametrize(
    "kind", [one for one in DayKind if one not in (DayKind.OUTSIDE, DayKind.VISITS)]
)
def test_every_kind_of_day_has_a_sign_and_words(kind, hand_plan):
    """The 16th is a holiday; only a free day is shown as free."""
    for lang in LANGS:
        text = kind_text(hand_plan, kind, dt.date(2024, 9, 16), lang)
        assert text
        assert (text == TEXTS["page_free"][lang]) == (kind is DayKind.FREE)
