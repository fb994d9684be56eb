"""What is known of a season: the day it is planned from, what is marked, what is to be said."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from made_seasons import outcome
from school_ektp.errors import InvalidFieldError
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
TUESDAY = MONDAY + dt.timedelta(days=1)
FEW = MaxIterations(60)


@pytest.fixture
def plan(two_of_ten):
    return two_of_ten


def test_those_recorded_by_key_are_marked_in_the_roster(plan, make):
    roster = pl.DataFrame(
        {
            "student_id": ["a", "b", "c", "d"],
            "recorded": [False, False, False, True],
            "recorded_on": [None, None, None, dt.date(2024, 1, 1)],
        }
    )
    first = plan.visit_list[0]
    by_pupil = Outcome.by_pupil(
        day=first.day, team=first.team, site=first.site,
        pupils={"a": "RECORDED", "b": "ABSENT", "d": "RECORDED"},
    )  # fmt: skip
    office = OfficeOutcome(day=TUESDAY, site=first.site, recorded=1, pupils=["c"])

    marked = begin(plan).record([by_pupil, office]).marked(roster)

    assert marked["recorded"].to_list() == [True, False, True, True]
    assert marked["recorded_on"].to_list() == [MONDAY, None, TUESDAY, dt.date(2024, 1, 1)]
    assert begin(plan).marked(roster).equals(roster)


def test_changes_are_listed_by_school(plan):
    later = begin(plan).record(outcome(plan.visit_list[0], 10)).replan(on=TUESDAY, stop=FEW)

    assert set(later.changes.changes["change"]) <= {"moved", "retimed", "added", "dropped"}
    assert later.changes.visits_before == 3
    assert later.changes.count("kept") + later.changes.count("dropped") == 3


def test_the_past_stays_as_it_was(plan):
    first = begin(plan).record(outcome(plan.visit_list[0])).replan(on=TUESDAY, stop=FEW)
    second = first.replan(on=TUESDAY + dt.timedelta(days=1), stop=FEW)

    assert second.past[: len(first.past)] == first.past
    assert [one.kind for one in second.issues] == ["no_outcome"]
    with pytest.raises(InvalidFieldError, match="on must not be before 2024-09-11"):
        second.replan(on=TUESDAY)


def test_the_summary_of_a_season_speaks_from_the_day_it_is_planned_from(plan):
    later = begin(plan).record([outcome(plan.visit_list[0], 5)]).replan(on=TUESDAY, stop=FEW)

    first, second, third, *_ = later.plan.summary("en").splitlines()

    assert later.plan.today == TUESDAY
    assert first.startswith("Of 20 first-timers on 10 September 2024, 5 are recorded and 15 wait;")
    assert second.startswith("From 10 September 2024 to ")
    assert third.startswith("Coverage: 25.0% on 10 September 2024,")


def test_a_day_with_an_outcome_is_past_whatever_on_is(plan):
    """Tuesday's visit was reported before Tuesday is over."""
    monday, tuesday, *_ = plan.visit_list
    begun = begin(plan).record([outcome(monday), outcome(tuesday, 5)])

    later = begun.replan(on=TUESDAY, stop=FEW)

    assert [visit.day for visit in later.past] == [MONDAY, TUESDAY]
    assert all(visit.day > TUESDAY for visit in later.plan.visit_list)
    assert (later.plan.waiting, later.account.difference) == (10, 0)
