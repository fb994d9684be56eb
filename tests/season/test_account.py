"""The account: every pupil in one place, every visit kept, moved, cancelled or added."""

from __future__ import annotations

import datetime as dt

import pytest

from made_seasons import outcome
from school_ektp.errors import InvalidFieldError
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.account import ACCOUNT
from school_ektp.season.season import begin

MONDAY = dt.date(2024, 9, 9)
TUESDAY = MONDAY + dt.timedelta(days=1)
FEW = MaxIterations(60)


@pytest.fixture
def plan(two_of_ten):
    return two_of_ten


def test_every_pupil_and_every_visit_is_in_one_place(plan, make):
    first, second, third, fourth = plan.visit_list
    extra = Outcome(day=MONDAY, team="Tim 1", site=fourth.site, recorded=1, absent=0)
    assert extra.site != first.site
    season = (
        begin(plan)
        .record([outcome(first, 4), outcome(second, 0, cancelled="rain"), extra])
        .record(OfficeOutcome(day=TUESDAY, site=third.site, recorded=1))
        .replan(on=TUESDAY + dt.timedelta(days=1), stop=FEW)
    )

    account = season.account

    assert (account.difference, account.visits.difference) == (0, 0)
    assert account.pupils("recorded") == 5
    assert account.pupils("at_office") == 1
    assert account.visits.cancelled == 1
    assert account.visits.begun == 4
    assert account.visits.new >= 1
    assert account.to_frame()["pupils"].sum() == 20


def test_the_account_has_a_row_for_each_school_and_its_documented_columns(plan):
    account = begin(plan).account

    assert account.by_site.schema == ACCOUNT
    assert account.by_site["site"].to_list() == sorted({visit.site for visit in plan.visit_list})
    assert account.pupils("waiting") == account.pupils("first") == 20


def test_a_place_that_there_is_not_is_refused(plan):
    with pytest.raises(InvalidFieldError, match="place must be one of first, joined"):
        begin(plan).account.pupils("home")
