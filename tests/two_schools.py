"""A season of two schools that can be visited and one that cannot, planned by hand."""

from __future__ import annotations

import datetime as dt

from plan_of import plan_of
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.risks import Risks
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.worth import Worth

MONDAY, FRIDAY = dt.date(2024, 9, 9), dt.date(2024, 9, 13)
TUESDAY, WEDNESDAY = dt.date(2024, 9, 10), dt.date(2024, 9, 11)
NO_LUCK = Risks.none()
NEAR, FAR, LOST = "10700669", "10700670", "10700671"
CURUP = Location(-3.4726, 102.5202)
PADANG = Location(-3.4247, 102.9758)
SCHOOLS = (
    School(npsn=NEAR, name="SMA Dekat", level="SMA", kecamatan="Curup", location=CURUP),
    School(npsn=FAR, name="SMA Jauh", level="SMA", kecamatan="Kota Padang", location=PADANG),
    School(npsn=LOST, name="MA Entah", level="MA", kecamatan="Curup"),
)
TEAM = Team(name="Tim 1", base=CURUP)


def demand_of(npsn, first, rest=0, later=0, **counts):
    groups = [
        WaitingGroup(priority=0, label="17 by 2024-11-27", steps=[(MONDAY, first)]),
        WaitingGroup(
            priority=1, label="rest", steps=[(MONDAY, rest), (dt.date(2025, 1, 1), later)]
        ),
    ]
    return SchoolDemand(npsn=npsn, groups=groups, **counts)


DEMAND = (
    demand_of(NEAR, 20, 10, later=4, recorded=30, set_aside=1),
    demand_of(FAR, 5),
    demand_of(LOST, 2, 1),
)


def a_plan(
    *, rules=None, demand=DEMAND, teams=(TEAM,), first_day=MONDAY, risks=NO_LUCK, last=FRIDAY
):
    calendar = VisitCalendar(first_day=first_day, last_day=last)
    worth = Worth(visit=1, team_day=3, driving_hour=0.5)
    return plan_of(SCHOOLS, demand, teams, calendar, rules=rules, worth=worth, risks=risks)


def at_near(plan, **changes):
    return plan.with_visit(**{"team": "Tim 1", "day": MONDAY, "site": NEAR} | changes)
