"""Teams: working days, kits, speed and what they carry."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.clock import DaySpan
from school_ektp.model.school import Location, School
from school_ektp.model.team import Break, KitOutage, Team

CURUP = Location(-3.47, 102.52)
WEEK = DaySpan(dt.date(2024, 9, 9), dt.date(2024, 9, 15))  # Monday to Sunday


def a_team(**changes):
    return Team(**{"name": "Tim 1", "base": CURUP} | changes)


def a_school(level="SMA", **changes):
    return School(npsn="10700669", name="x", level=level, kecamatan="Curup", **changes)


def test_a_team_works_monday_to_friday_and_ends_at_its_base():
    team = a_team()

    assert len(team.working_days(WEEK)) == 5
    assert team.end == team.base


def test_absence_takes_days_away():
    team = a_team(away=[DaySpan(dt.date(2024, 9, 10), dt.date(2024, 9, 11))])

    assert sorted(day.day for day in team.working_days(WEEK)) == [9, 12, 13]


def test_any_recurrence_rule_sets_working_days():
    team = a_team(works="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    month = DaySpan(dt.date(2024, 9, 9), dt.date(2024, 10, 8))

    assert sorted(team.working_days(month)) == [
        dt.date(2024, 9, 10), dt.date(2024, 9, 24), dt.date(2024, 10, 8),
    ]  # fmt: skip


def test_a_broken_kit_is_missing_while_it_is_broken():
    team = a_team(kits=2, outages=[KitOutage(DaySpan(dt.date(2024, 9, 10)), kits=3)])

    assert [team.kits_on(day) for day in WEEK][:3] == [2, 0, 2]


def test_special_needs_take_longer_by_default():
    slb = a_school("SLB")

    assert a_team().pupil_minutes(slb) == 25
    assert a_team(minutes_by_level={"SLB": 15}).pupil_minutes(slb) == 15
    assert a_team().pupil_minutes(a_school()) == 5


def test_a_school_without_power_or_signal_wants_equipment():
    dark, mute = a_school(power=False), a_school(signal=False)

    assert not a_team().may_visit(dark)
    assert a_team(equipment=["power"]).may_visit(dark)
    assert not a_team(equipment="power").may_visit(mute)
    assert not a_team().may_visit(a_school("SLB"), slb_kit=True)


def test_friday_prayer_is_a_break_on_fridays_only():
    prayer = Break("11:30-13:00", weekdays={4})

    assert [prayer.falls_on(day) for day in WEEK] == [False] * 4 + [True] + [False] * 2
    assert Break("12:00-12:30").falls_on(WEEK.first)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("kits", 0, "Team.kits must be a whole number at least 1, got 0"),
        ("kits", True, "Team.kits must be a whole number at least 1, got a bool"),
        ("minutes_per_pupil", 4.5, "must be a whole number at least 1, got a float"),
        ("setup_minutes", -1, "at least 0, got -1"),
        ("speed_kmh", 0, "Team.speed_kmh must be above 0 and below 200"),
        ("works", "every day", "must be a recurrence rule such as"),
        ("minutes_by_level", {"SLB": 0}, "minutes_by_level must be a whole number at least 1"),
        ("name", "", "Team.name must be a text that is not blank"),
    ],
)
def test_a_fault_is_named_with_its_field(field, value, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        a_team(**{field: value})
