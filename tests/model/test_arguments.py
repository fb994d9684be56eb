"""Arguments of another kind are refused with the way out."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

import school_ektp as ek
from school_ektp.errors import InvalidFieldError
from school_ektp.intake import CheckedRoster

REGION = ek.datasets.rejang_lebong(seed=1)
DAY = dt.date(2024, 9, 3)


def given(**changes):
    parts = {
        "schools": REGION.schools[:2],
        "demand": (),
        "teams": REGION.teams,
        "calendar": REGION.calendar,
    }
    return ek.plan_visits(**parts | changes)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"schools": REGION.schools[0]}, r"must be a list of School, such as .*; got a School$"),
        ({"schools": [None]}, "got a list with a NoneType in it$"),
        ({"demand": REGION.roster}, r"such as demand_of\(roster\) returns; got a DataFrame"),
        ({"demand": REGION.schools}, "got a tuple with a School in it$"),
        ({"teams": REGION.teams[0]}, "must be a list of Team; got a Team$"),
        ({"calendar": REGION}, "must be a VisitCalendar, got a Region$"),
        ({"stop": 5}, r"must be a rule such as MaxSeconds\(5\) or a callable, got a int$"),
    ],
)
def test_plan_visits_names_what_it_takes(change, fault):
    [name] = change
    with pytest.raises(InvalidFieldError, match=rf"^plan_visits\.{name} .*{fault}"):
        given(**change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"on": "2024-09-03"}, "on must be a datetime.date without a time, got a str"),
        ({"on": dt.datetime(2024, 9, 3)}, "on must be a datetime.date without a time"),
        ({"schools": REGION}, "schools must be a list of School, such as"),
    ],
)
def test_check_roster_names_what_it_takes(change, fault):
    with pytest.raises(InvalidFieldError, match=rf"^check_roster\.{fault}"):
        ek.check_roster(REGION.roster, **{"schools": REGION.schools, "on": DAY} | change)


def test_the_frame_inside_what_was_given_is_named():
    checked = ek.check_roster(REGION.roster, schools=REGION.schools, on=DAY)
    assert isinstance(checked, CheckedRoster)

    with pytest.raises(
        ek.errors.RosterSchemaError, match=r"got a CheckedRoster; give its \.valid$"
    ):
        ek.demand_of(checked)


def test_any_iterable_will_do():
    first = REGION.calendar.first_day
    short = ek.VisitCalendar(first_day=first, last_day=first + dt.timedelta(4))
    plan = given(
        schools=iter(REGION.schools[:2]), teams=iter(REGION.teams), calendar=short,
        stop=lambda _: True,
    )  # fmt: skip

    assert [school.npsn for school in plan.schools] == [one.npsn for one in REGION.schools[:2]]
    assert isinstance(plan.visits, pl.DataFrame)
