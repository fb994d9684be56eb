"""Those left out in whole pupils and plain words."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.model.messages import REASONS, TEXTS, WHY
from school_ektp.model.rules import VisitRules
from school_ektp.plan.left_out import LeftOut, reason_text, too_young, why_text
from school_ektp.planning.explain.explain import left_out_pupils
from school_ektp.planning.explain.reasons import Reason
from two_schools import FAR, MONDAY, NEAR, TEAM, a_plan, demand_of

NPSN = "10700669"


def left(reason, pupils=3, **figures):
    return LeftOut(site=NPSN, pupils=pupils, pupils_first=0, reason=reason.value, **figures)


@pytest.fixture(scope="module")
def left_out(hand_plan):
    return hand_plan.left_out_list


@given(st.data())
def test_rows_sum_to_those_who_wait_less_those_recorded(drawn_plans, data):
    plan = data.draw(drawn_plans)

    assert sum(one.pupils for one in plan.left_out_list) == plan.waiting - plan.recorded
    assert all(one.pupils > 0 for one in plan.left_out_list)


def test_each_reason_is_reported_once_for_each_class_of_a_school(left_out):
    rows = Counter((one.site, one.priority, one.codes) for one in left_out)

    assert set(rows.values()) == {1}


@given(st.data())
def test_who_is_too_young_is_reported_once_for_each_class_of_a_school(drawn_plans, data):
    """However many groups, of classes and villages, a school has."""
    plan = data.draw(drawn_plans)
    last = plan.calendar.last_day

    young = too_young(plan)

    assert len({(one.site, one.priority) for one in young}) == len(young)
    later = [group.pupils - group.on(last) for one in plan.demand for group in one.groups]
    assert sum(one.pupils for one in young) == sum(later)
    assert set(plan.why()) == {*plan.left_out_list, *young}


def test_fewer_than_half_a_pupil_at_every_school_is_not_one_at_each(hand_plan):
    """Rows are rounded together: their number of pupils is that of the plan, not of schools."""
    expected = left_out_pupils(hand_plan.problem, hand_plan.solution)
    absent = sum(one.pupils for one in expected if one.reason is Reason.ABSENT)

    shown = [one.pupils for one in hand_plan.left_out_list if one.for_office]

    assert sum(shown) == pytest.approx(absent / 100, abs=len(hand_plan.names.sites) / 2)


def test_a_further_visit_is_priced_in_whole_pupils():
    one = left(Reason.NOT_WORTH, brings=260, price=410)

    assert one.text("en") == (
        "3 pupils: a further visit would bring about 3 pupils and cost as much as 4"
    )
    assert "sekitar 3 siswa dengan biaya setara 4 siswa" in one.text("id")


def test_tenths_are_reported_where_whole_pupils_would_look_alike():
    one = left(Reason.NOT_WORTH, brings=267, price=271)

    assert "bring about 2.6 pupils and cost as much as 2.8" in one.text("en")
    assert "sekitar 2,6 siswa dengan biaya setara 2,8 siswa" in one.text("id")


@given(st.integers(1, 2000), st.integers(0, 500))
def test_what_a_visit_brings_never_reads_as_more_than_it_costs(brings, loss):
    text = why_text(left(Reason.NOT_WORTH, brings=brings, price=brings + loss), "en")
    words = text.replace("cost as much as", "about").split("about ")

    brought, cost = (float(part.split()[0]) for part in words[1:])

    assert brought <= cost or brings < 10


def test_those_who_stay_away_are_for_the_office_and_no_fault():
    plain, priced = left(Reason.ABSENT), left(Reason.ABSENT, brings=130, price=220)

    assert plain.for_office
    assert plain.text("en").endswith(": called but not expected to come")
    assert priced.text("en").endswith(
        " (a further visit would bring about 1 pupil and cost as much as 2)"
    )
    assert not left(Reason.NOT_WORTH).for_office


def words(no_room):
    return left(Reason.ONE_VISIT, no_room=no_room).text("en")


def test_a_school_that_had_its_one_visit_is_not_said_to_lack_room():
    assert "no team-day has room" not in words(no_room=False)
    assert "no team-day has room" in words(no_room=True)


def test_a_line_for_several_schools_says_at_how_many_no_team_day_has_room():
    """Each school once, however many classes of it are left."""
    visited = left(Reason.ONE_VISIT, amount=2, limit=1)
    large = [
        attrs.evolve(visited, site=site, priority=rank, amount=5, limit=6, no_room=True)
        for site, rank in (("1", 0), ("1", 1), ("2", 0))
    ]

    assert reason_text([visited], "en") == REASONS["one_visit"]["en"]
    assert reason_text(large, "en") == TEXTS["one_visit_no_room"]["en"]
    assert "at 2 schools no team-day has room" in reason_text([visited, *large], "en")
    assert "di 2 sekolah tidak ada hari-tim" in reason_text([*large, visited], "id")


def test_a_school_is_said_to_lack_room_only_if_an_empty_day_has_none():
    """Fifty wait near; the one day of the budget goes far first, and then has room for 34."""
    rules = VisitRules(one_visit=True, team_days=1)
    demand = [demand_of(NEAR, 50), demand_of(FAR, 5)]
    slow = attrs.evolve(TEAM, minutes_per_pupil=15)

    for team, no_room in ((TEAM, False), (slow, True)):
        plan = a_plan(rules=rules, demand=demand, teams=[team])
        (near,) = plan.with_visit(team="Tim 1", day=MONDAY, site=FAR).left_out_list
        assert (near.site, near.reason, near.no_room) == (NEAR, "one_visit", no_room)
        assert near.amount < near.limit


def test_reasons_that_hold_together_are_joined():
    parts = (left(Reason.NO_SESSION), left(Reason.NOT_WORTH, brings=100, price=200))
    one = left(Reason.SEVERAL, parts=parts)

    assert one.codes == "no_session+not_worth"
    assert one.text("en") == (
        "3 pupils: the school has no open session before the deadline, and"
        " a further visit would bring about 1 pupil and cost as much as 2"
    )
    assert reason_text([one], "en").endswith(REASONS["not_worth"]["en"])


def test_a_team_is_not_said_to_have_time_on_a_day_that_is_too_short():
    where = {"team": "Tim 1", "day": dt.date(2027, 1, 14)}
    short = left(Reason.SHORT, amount=56, **where)
    spacing = left(Reason.SPACING, amount=7, limit=14, **where)
    budget = left(Reason.TEAM_DAY_BUDGET, limit=16, **where)

    assert why_text(left(Reason.SEVERAL, parts=(short, spacing)), "en") == (
        "the best day is 56 minutes too short for a visit that pays: Tim 1,"
        " Thursday 14 January 2027, and too near to another visit to the same school"
    )
    assert why_text(left(Reason.SEVERAL, parts=(spacing, budget)), "en") == (
        "Tim 1 has time on Thursday 14 January 2027, but that is 7 days from another visit, fewer"
        " than the 14 asked for, and all team-days of the budget are used"
    )


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_for_its_figures(reason, lang):
    one = left(reason, amount=2, limit=1, team="Tim 1", brings=100, price=200)

    assert "{" not in why_text(one, lang)
    assert WHY[reason.value]["id"] != WHY[reason.value]["en"]
