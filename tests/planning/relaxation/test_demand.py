"""Who may come to a site, and with what chance visits record them."""

from __future__ import annotations

import pytest

from school_ektp.planning.constraints import OneVisit, VisitsPerSite
from school_ektp.planning.problem import Group
from school_ektp.planning.relaxation.demand import (
    MANY,
    SiteDemand,
    chances,
    most_visits,
    working_teams,
)
from towns import town


def test_chances_of_one_and_two_visits():
    found = chances(900, 800, 500)

    assert found[:2] == pytest.approx((0.0, 0.72))
    assert found[2] == pytest.approx(0.9 * 0.9 * 0.9 + 2 * 0.9 * 0.1 * 0.8)
    assert list(found) == sorted(found)
    assert found[-1] == 1.0


def test_a_second_visit_finds_nobody_where_all_come():
    assert chances(1000, 1000, 1000)[1:] == pytest.approx((1.0,) * (MANY + 1))


def test_how_many_visits_can_be_planned():
    assert most_visits(town(5), 0, 4) == 4
    assert most_visits(town(5, constraints=[VisitsPerSite(3)]), 0, 4) == 3
    assert most_visits(town(5, 4, constraints=[OneVisit(1)]), 0, 4) == 4
    assert most_visits(town(5, 4, constraints=[OneVisit(1)]), 1, 4) == 1


def test_a_site_has_no_more_visits_than_team_days():
    assert SiteDemand(town(40, days=2), 0, range(2)).visits == 2


def test_where_nobody_waits_or_no_team_works_there_are_no_visits():
    assert SiteDemand(town(40), 0, []).visits == 0
    assert SiteDemand(town(40, constraints=[VisitsPerSite(0)]), 0, [0]).visits == 0


def test_who_comes_to_a_first_and_to_a_second_visit():
    """Of 40 come 30; of the 10 others 2 come when called again, and 30 if the first one failed."""
    site = SiteDemand(town(40, days=2, turnout=750, again=200), 0, range(2))

    assert (site.first[0].mean, site.first[0].absent) == pytest.approx((30, 10))
    assert site.first[0].deviation == pytest.approx((40 * 0.75 * 0.25) ** 0.5)
    assert (site.second.mean, site.second.absent) == pytest.approx((2, 8))
    assert site.second.more == pytest.approx(28)


def test_who_is_away_comes_to_no_visit_that_day():
    away = town(Group(arrivals=((0, 8),), away=frozenset({0})), days=2)
    site = SiteDemand(away, 0, range(2))

    assert [comers.mean for comers in site.first] == [0.0, 8.0]
    assert site.second.more == 0.0


def test_how_many_teams_can_work_is_counted_from_today_on():
    assert working_teams(town(5, days=2, teams=3, today=1)) == [0, 3]
