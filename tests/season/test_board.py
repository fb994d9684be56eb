"""The waiting lines of all schools: nobody leaves twice, and whoever is away is not called."""

from __future__ import annotations

import attrs

from made_standings import DAYS, MONDAY, SITE, at, group, places, where
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.season.rosters import KnownPupil


def test_two_visits_on_one_day_miss_nobody_twice(twenty):
    other = attrs.evolve(at(recorded=3), team="Tim 2")

    found = where(twenty, at(recorded=4), other)

    assert found.stayed_away == {(SITE, 0, ""): (13,)}


def test_a_class_away_on_the_day_is_not_called(season, make):
    away = Closure(DaySpan(MONDAY), "placement", class_name="XI")
    demand = [SchoolDemand(npsn=SITE, groups=[group(6, class_name="XI"), group(4, 0, "XII")])]
    plan = season(demand=demand, days=12, iterations=0, closures=[away])

    found = where(plan, at(recorded=2))

    assert [g.pupils for g in found.demand[0].groups] == [6, 2]
    assert found.stayed_away == {(SITE, 0, "XII"): (2,)}


def test_pupils_known_by_key_leave_the_group_that_they_are_of(twenty):
    demand = [SchoolDemand(npsn=SITE, groups=[group(5), group(15, 1)])]
    people = [KnownPupil(key, SITE, "", 1) for key in "abcd"]
    first = Outcome.by_pupil(
        day=MONDAY, team="Tim 1", site=SITE, pupils={"a": "RECORDED", "b": "ABSENT", "c": "ABSENT"}
    )
    second = Outcome.by_pupil(
        day=DAYS[1], team="Tim 1", site=SITE, pupils={"b": "RECORDED", "c": "ABSENT", "d": "ABSENT"}
    )

    found = where(twenty, first, second, demand=demand, people=people)

    assert [g.pupils for g in found.demand[0].groups] == [5, 13]
    assert found.stayed_away == {(SITE, 1, ""): (1, 1)}
    assert [(c.first, c.first_came, c.again, c.again_came) for c in found.calls] == [
        (3, 1, 0, 0), (1, 0, 2, 1),
    ]  # fmt: skip


def test_nobody_is_recorded_twice(twenty):
    first = Outcome.by_pupil(day=MONDAY, team="Tim 1", site=SITE, pupils={"a": "RECORDED"})
    second = Outcome.by_pupil(
        day=DAYS[1], team="Tim 1", site=SITE, pupils={"a": "RECORDED", "b": "RECORDED"}
    )
    office = OfficeOutcome(day=DAYS[2], site=SITE, recorded=2, pupils=["b", "c"])

    found = where(twenty, first, second, office)

    assert places(found) == {"recorded": 2, "at_office": 1, "waiting": 17}
    assert [one.amount for one in found.issues if one.kind == "recorded_twice"] == [1, 1]
