"""What was asked of a plan and is not in it: each is named once, and nothing that is kept."""

from __future__ import annotations

import datetime as dt
import warnings

import attrs
import pytest

from school_ektp.errors import SchoolEktpWarning
from school_ektp.model.clock import DaySpan
from school_ektp.model.messages import PIN_CAUSES
from school_ektp.model.rules import VisitRules
from school_ektp.model.team import KitOutage
from school_ektp.model.visit import PinnedVisit
from school_ektp.plan.unkept import is_missed, pin_text, unkept, warn_of_days
from two_schools import FAR, FRIDAY, LOST, MONDAY, NEAR, TEAM, TUESDAY, a_plan, at_near


def test_a_floor_and_a_date_that_are_kept_are_not_reported():
    rules = VisitRules(floors={"Kota Padang": 1.0}, reached_by={"Kota Padang": TUESDAY})

    assert at_near(a_plan(rules=rules), site=FAR).violations == ()


def test_a_pin_outside_the_season_or_at_a_school_without_a_place_is_reported_by_what_is_known():
    outside = PinnedVisit(day=dt.date(2024, 9, 20), team="Tim 1", site=NEAR)
    nowhere = PinnedVisit(day=MONDAY, team="Tim 1", site=LOST)
    plan = a_plan(rules=VisitRules(pinned=[outside, nowhere]))

    found = [(one.rule, one.day, one.site) for one in unkept(plan)]

    assert found == [("pinned", 11, plan.names.sites.index(NEAR)), ("pinned", 0, None)]
    assert plan.violations_text("en").startswith("Tim 1, 20 September 2024, ")
    assert is_missed(plan, outside)
    assert not is_missed(plan, PinnedVisit(day=TUESDAY, team="Tim 1", site=FAR))


TEAM_OFF = {"away": [DaySpan(MONDAY)]}
NO_KIT = {"outages": [KitOutage(DaySpan(MONDAY), kits=2)]}


@pytest.mark.parametrize(
    ("team", "rules", "site", "day", "cause"),
    [
        ({}, {}, LOST, MONDAY, "no_site"),
        ({}, {}, FAR, dt.date(2024, 9, 20), "outside_season"),
        (TEAM_OFF, {}, FAR, MONDAY, "day_off"),
        (NO_KIT, {}, FAR, MONDAY, "no_kit"),
        ({}, {"reserve_days": 1}, FAR, FRIDAY, "reserved"),
        ({}, {"forbidden_dates": [(FAR, MONDAY)]}, FAR, MONDAY, "closed"),
        ({}, {"forbidden_pairs": [("Tim 1", FAR)]}, FAR, MONDAY, "forbidden"),
    ],
)
def test_a_pin_that_cannot_be_kept_says_why(team, rules, site, day, cause):
    pin = PinnedVisit(day=day, team="Tim 1", site=site)
    plan = a_plan(teams=[attrs.evolve(TEAM, **team)], rules=VisitRules(pinned=[pin], **rules))

    assert PIN_CAUSES[cause]["en"] in pin_text(plan, pin, "en")
    assert PIN_CAUSES[cause]["id"] in plan.violations_text("id")


def test_pupils_missing_to_a_floor_are_counted_at_the_first_school_of_the_kecamatan():
    plan = at_near(a_plan(rules=VisitRules(floors={"Kota Padang": 1.0})))

    [fault] = unkept(plan)

    assert (fault.rule, fault.amount, fault.limit) == ("floor", 5, 5)
    assert plan.names.sites[fault.site] == FAR


@pytest.mark.parametrize(
    ("days", "match"),
    [(5, r"reserve_days=5 are all working days of Tim 1 \(5\)"), (9, "ask for fewer"), (4, "")],
)
def test_days_kept_free_that_are_all_of_a_team_are_reported(days, match):
    plan = a_plan(rules=VisitRules(reserve_days=days))

    if match:
        with pytest.warns(SchoolEktpWarning, match=match):
            warn_of_days(plan, rules=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_days(plan, rules=not match)  # old rules: their days may have been reached


def test_a_plan_with_a_day_left_has_one(three_days):
    assert three_days.calendar.last_day < FRIDAY

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_days(three_days, rules=True)
