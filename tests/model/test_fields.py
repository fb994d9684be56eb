"""Values that are no counts, numbers or objects of the model are refused where they are typed."""

from __future__ import annotations

import datetime as dt

import pytest

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Break, KitOutage, Team
from school_ektp.model.travel import RoadEstimate
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.stop import MaxSeconds
from school_ektp.roster.places import KecamatanArea, Village

DAY = dt.date(2024, 9, 9)
HERE = Location(-3.47, 102.52)
NAN = float("nan")


def team(**values) -> Team:
    return Team(**{"name": "Tim 1", "base": HERE, **values})


def school(**values) -> School:
    given = {"npsn": "10700669", "name": "SMAN 1", "level": "SMA", "kecamatan": "Curup"}
    return School(**given, **values)


def season(**values) -> VisitCalendar:
    return VisitCalendar(first_day=DAY, last_day=DAY, **values)


def pinned(**values) -> PinnedVisit:
    return PinnedVisit(day=DAY, team="Tim 1", site="10700669", **values)


WRONG = {
    "a priority of a milliard": lambda: WaitingGroup(priority=10**9, steps=[]),
    "half a priority": lambda: WaitingGroup(priority=0.5, steps=[]),
    "half a pupil": lambda: WaitingGroup(steps=[(DAY, 1.5)]),
    "not a number of pupils": lambda: WaitingGroup(steps=[(DAY, NAN)]),
    "true pupils": lambda: WaitingGroup(steps=[(DAY, True)]),
    "pupils beyond any count": lambda: WaitingGroup(steps=[(DAY, 10**30)]),
    "a text for a day": lambda: WaitingGroup(steps=[("2024-09-09", 1)]),
    "a moment for a day": lambda: WaitingGroup(steps=[(dt.datetime(2024, 9, 9), 1)]),
    "no pair": lambda: WaitingGroup(steps=[DAY]),
    "no steps": lambda: WaitingGroup(steps=None),
    "no groups": lambda: SchoolDemand(npsn="10700669", groups=["all"]),
    "recorded beyond any count": lambda: SchoolDemand(npsn="10700669", groups=[], recorded=10**30),
    "no base": lambda: team(base=None),
    "a pair for a base": lambda: team(base=(-3.47, 102.52)),
    "no end": lambda: team(end="Curup"),
    "a speed that is no number": lambda: team(speed_kmh=NAN),
    "a speed in words": lambda: team(speed_kmh="30"),
    "no speed": lambda: team(speed_kmh=0),
    "a day away": lambda: team(away=[DAY]),
    "a text of days away": lambda: team(away="2024-09-09"),
    "an outage of a day": lambda: team(outages=[DAY]),
    "a break in words": lambda: team(breaks=["12:00-13:00"]),
    "kits beyond any count": lambda: team(kits=10**30),
    "an eighth day of the week": lambda: Break("12:00-13:00", weekdays=[7]),
    "a day of the week in words": lambda: Break("12:00-13:00", weekdays=["MO"]),
    "an outage without a span": lambda: KitOutage(DAY),
    "a pair for a location": lambda: school(location=(-3.47, 102.52)),
    "a closure without a span": lambda: Closure(DAY, "exam"),
    "closures in words": lambda: season(closures=["exam"]),
    "a day of Ramadan": lambda: season(ramadan=DAY),
    "holidays in words": lambda: season(holidays=["2024-09-16"]),
    "a holiday on a text": lambda: season(holidays={"2024-09-16": "Maulid"}),
    "a pinned visit of a dictionary": lambda: VisitRules(pinned=[{"day": DAY}]),
    "a forbidden text": lambda: VisitRules(forbidden_dates=[("10700669", "2024-09-09")]),
    "a pinned visit at night after": lambda: pinned(start=10_000),
    "a pinned visit at half a minute": lambda: pinned(start=450.5),
    "circuity that is no number": lambda: RoadEstimate(circuity=NAN),
    "circuity in words": lambda: RoadEstimate(circuity="1.3"),
    "half a minute of driving": lambda: RoadEstimate(overrides={("a", "b"): 1.5}),
    "a latitude that is no number": lambda: KecamatanArea(name="A", latitude=NAN, longitude=1.0),
    "an endless radius": lambda: KecamatanArea(
        name="A", latitude=1.0, longitude=1.0, radius_km=float("inf")
    ),
    "a village without a point": lambda: Village(
        name="A", kecamatan="B", latitude=None, longitude=None
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_refused_where_it_is_typed(name):
    with pytest.raises(InvalidFieldError, match=r" (must|and longitude must) "):
        WRONG[name]()


def test_valid_values_are_accepted():
    assert WaitingGroup(priority=3, steps=[(DAY, 7), [DAY, 1]]).pupils == 8
    assert team(away=[DaySpan(DAY)], speed_kmh=25).speed_kmh == 25
    assert pinned(start=450).start == 450
    assert VisitRules(pinned=[pinned()]).pinned == (pinned(),)
    assert school(location=None).location is None
    assert season(holidays=[(DAY, "Maulid")]).days_off == {DAY: "Maulid"}


HUGE = 10**5_000  # more digits than Python writes


@pytest.mark.parametrize(
    "make",
    [
        lambda number: Location(number, 1),
        lambda number: team(kits=number),
        lambda number: team(speed_kmh=number),
        lambda number: VisitRules(team_days=-number),
        MaxSeconds,
    ],
    ids=["degrees", "kits", "speed", "team-days", "seconds"],
)
def test_whole_numbers_too_large_for_a_float_are_refused_in_a_short_message(make):
    with pytest.raises(InvalidFieldError, match="must be") as caught:
        make(HUGE)

    assert len(str(caught.value)) < 200
