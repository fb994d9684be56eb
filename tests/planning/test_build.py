"""From schools, teams and calendar to the problem in integers."""

from __future__ import annotations

import datetime as dt
import re

import attrs
import pytest

from school_ektp.errors import ProblemError, SchoolEktpWarning
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Break, KitOutage, Team
from school_ektp.model.travel import RoadEstimate, TravelTable, base_of, end_of
from school_ektp.model.visit import PinnedVisit
from school_ektp.model.worth import Worth
from school_ektp.planning import constraints as ask
from school_ektp.planning.build import build_problem, with_risks
from school_ektp.planning.problem import Luck, Price

MONDAY = dt.date(2024, 9, 9)
FRIDAY = dt.date(2024, 9, 13)
CURUP = Location(-3.4726, 102.5202)
NEAR, FAR = "10700669", "10700670"
SCHOOLS = (
    School(npsn=NEAR, name="near", level="SMA", kecamatan="Curup", location=CURUP),
    School(
        npsn=FAR, name="far", level="SLB", kecamatan="Kota Padang",
        location=Location(-3.4247, 102.9758), week_days=5,
    ),
)  # fmt: skip
TEAM = Team(name="Tim 1", base=CURUP)
WEEK = VisitCalendar(first_day=MONDAY, last_day=FRIDAY)


def demand_of(npsn=NEAR, steps=((MONDAY, 9),), **changes):
    return SchoolDemand(npsn=npsn, groups=[WaitingGroup(steps=steps, **changes)])


DEMAND = (demand_of(NEAR), demand_of(FAR))


def built(schools=SCHOOLS, demand=DEMAND, teams=(TEAM,), calendar=WEEK, **options):
    return build_problem(schools, demand, teams, calendar, **options)


def test_sites_come_by_npsn_and_teams_by_name_whatever_the_order_of_the_input():
    teams = (TEAM, Team(name="A", base=CURUP, kits=3))

    assert built(teams=teams) == built(SCHOOLS[::-1], DEMAND[::-1], teams[::-1])
    assert built(teams=teams)[1].teams == ("A", "Tim 1")


def test_pupils_who_wait_before_the_season_wait_on_its_first_day():
    steps = [(dt.date(2024, 1, 1), 5), (MONDAY, 1), (FRIDAY, 2), (dt.date(2024, 12, 1), 7)]
    problem, _ = built(demand=[demand_of(NEAR, steps)])

    assert problem.sites[0].groups[0].arrivals == ((0, 6), (4, 2))
    assert problem.pupils == 8


def test_a_school_nobody_waits_at_is_no_site():
    _, names = built(demand=[demand_of(NEAR), demand_of(FAR, [(dt.date(2025, 1, 1), 3)])])

    assert names.sites == (NEAR,)


def test_a_school_without_a_location_is_named_and_not_dropped():
    lost = attrs.evolve(SCHOOLS[0], location=None)
    problem, names = built(schools=(lost, SCHOOLS[1]))

    assert names.unplaced == (NEAR,)
    assert len(problem.sites) == 1


def test_sessions_follow_the_calendar_and_forbidden_dates():
    rules = VisitRules(forbidden_dates=[(NEAR, MONDAY)])
    problem, _ = built(rules=rules)

    assert problem.sites[0].sessions == ((), *([((450, 780),)] * 3), ((450, 690),))


def test_a_team_has_its_shift_on_working_days_only():
    team = attrs.evolve(TEAM, away=[DaySpan(MONDAY)], outages=[KitOutage(DaySpan(FRIDAY), kits=2)])
    calendar = attrs.evolve(WEEK, holidays={dt.date(2024, 9, 11): "holiday"})
    built_team = built(teams=[team], calendar=calendar)[0].teams[0]

    assert [built_team.works(day) for day in range(5)] == [False, True, False, True, False]


def test_a_break_as_long_as_the_shift_is_a_day_off():
    team = attrs.evolve(TEAM, breaks=[Break("07:00-12:00"), Break("12:00-15:30", weekdays={0})])
    built_team = built(teams=[team])[0].teams[0]

    assert built_team.shifts == (None, *([(420, 930)] * 4))


def test_breaks_that_touch_are_joined():
    team = attrs.evolve(TEAM, breaks=[Break("12:00-12:30"), Break("11:30-12:00", weekdays={4})])
    built_team = built(teams=[team])[0].teams[0]

    assert built_team.breaks == (*([((720, 750),)] * 4), ((690, 750),))


def test_minutes_per_pupil_depend_on_the_level():
    assert built()[0].teams[0].minutes_per_pupil == (5, 25)


def test_teams_of_equal_speed_share_a_matrix():
    teams = (TEAM, Team(name="A", base=CURUP), Team(name="B", base=CURUP, speed_kmh=60))
    problem, _ = built(teams=teams)

    assert [one.travel for one in problem.teams] == [0, 1, 0]
    assert len(problem.travel) == 2


def test_a_pass_over_the_mountain_is_overridden_both_ways():
    travel = RoadEstimate(overrides={(base_of("Tim 1"), FAR): 150, (NEAR, FAR): 150})
    problem, names = built(travel=travel)

    assert problem.travel[0][2][1] == problem.travel[0][1][2] == 150
    assert names.closed_pairs == ()


def test_an_override_longer_than_a_way_round_is_closed_and_reported():
    problem, names = built(travel=RoadEstimate(overrides={(base_of("Tim 1"), FAR): 900}))

    assert problem.travel[0][2][1] < 900
    assert (base_of("Tim 1"), FAR) in names.closed_pairs


def test_an_override_of_an_unknown_place_is_an_error():
    """A school where nobody waits, and where a team ends its day, are known."""
    known = RoadEstimate(overrides={(NEAR, FAR): 9, (end_of("Tim 1"), FAR): 9})
    slip = RoadEstimate(overrides={(NEAR, FAR): 9, (base_of("Tim 9"), FAR): 9})

    assert built(demand=DEMAND[:1], travel=known)
    with pytest.raises(ProblemError, match="driving time of 'Tim 9/base', which is neither"):
        built(travel=slip)


def test_a_table_of_minutes_replaces_the_estimate():
    places = [FAR, base_of("Tim 1"), NEAR]
    problem, _ = built(travel=TravelTable(places, [[0, 61, 62], [63, 0, 2], [64, 3, 0]]))

    assert problem.travel == (((0, 64, 3), (62, 0, 61), (2, 63, 0)),)


def test_groups_planning_cannot_tell_apart_are_merged():
    pkl = Closure(DaySpan(MONDAY), "PKL", class_name="XI")
    groups = [WaitingGroup(class_name=name, steps=[(MONDAY, 1)]) for name in ("X A", "X B", "XI A")]
    demand = [SchoolDemand(npsn=NEAR, groups=groups)]
    problem, _ = built(demand=demand, calendar=attrs.evolve(WEEK, closures=[pkl]))

    assert [(g.arrivals, sorted(g.away)) for g in problem.sites[0].groups] == [
        (((0, 2),), []), (((0, 1),), [0]),
    ]  # fmt: skip


def test_absences_that_cannot_bind_are_warned_of():
    pkl = Closure(DaySpan(MONDAY), "PKL", class_name="XI")
    with pytest.warns(SchoolEktpWarning, match="pass by_class=True to demand"):
        built(calendar=attrs.evolve(WEEK, closures=[pkl]))


def with_classes(*names: str) -> list[SchoolDemand]:
    return [
        SchoolDemand(
            npsn=NEAR, groups=[WaitingGroup(class_name=n, steps=[(MONDAY, 1)]) for n in names]
        )
    ]


@pytest.mark.parametrize(
    ("class_name", "fault"),
    [
        ("XII TKJ 9", "closure 'PKL' of class '12 TKJ 9', which is not among the classes of"),
        ("XI TKJ 1, XI AKL 7", "of class '11 AKL 7', which is not among"),
    ],
)
@pytest.mark.parametrize("npsn", [None, NEAR])
def test_a_closure_of_a_class_that_nobody_has_is_an_error(class_name, fault, npsn):
    pkl = Closure(DaySpan(MONDAY), "PKL", npsn=npsn, class_name=class_name)

    with pytest.raises(ProblemError, match=fault):
        built(
            demand=with_classes("XI TKJ 1", "XII TKJ 1"),
            calendar=attrs.evolve(WEEK, closures=[pkl]),
        )


@pytest.mark.parametrize("class_name", ["XI-TKJ-1", "Kelas 11 TKJ1", "XII", "X, XI TKJ"])
def test_a_closure_of_a_class_or_grade_that_is_known_is_none(class_name):
    pkl = Closure(DaySpan(MONDAY), "PKL", class_name=class_name)

    problem, _ = built(
        demand=with_classes("XI TKJ 1", "XII TKJ 1"), calendar=attrs.evolve(WEEK, closures=[pkl])
    )

    assert problem.pupils == 2


@pytest.mark.parametrize("class_name", ["X", "XIII, kelas 10", "semua kelas", "???"])
def test_a_closure_of_a_grade_of_which_nobody_waits_is_a_warning(class_name):
    """It may be right, such as a break of grade 10, whose pupils are too young."""
    pkl = Closure(DaySpan(MONDAY), "PKL", class_name=class_name)
    demand = with_classes("XI TKJ 1", "XII TKJ 1")
    fault = (
        rf"^closure 'PKL' of class '{re.escape(class_name)}', which is not among the classes of the"
    )

    with pytest.warns(SchoolEktpWarning, match=fault) as caught:
        problem, _ = built(demand=demand, calendar=attrs.evolve(WEEK, closures=[pkl]))

    assert problem == built(demand=demand)[0]
    assert [one.filename for one in caught] == [__file__]


def test_a_closure_of_a_level_that_no_school_has_is_none():
    closed = [Closure(DaySpan(MONDAY), "ujian", level="PKBM")]
    closed += [Closure(DaySpan(MONDAY), "PKL", level="SMK", class_name="XI TKR")]

    assert built(calendar=attrs.evolve(WEEK, closures=closed[:1]))[0] == built()[0]
    assert (
        built(demand=with_classes("XI TKJ 1"), calendar=attrs.evolve(WEEK, closures=closed))[0]
        == built(demand=with_classes("XI TKJ 1"))[0]
    )


def test_a_closure_on_no_working_day_is_none():
    sunday = Closure(DaySpan(MONDAY - dt.timedelta(days=1)), "acara", npsn=NEAR)

    assert built(calendar=attrs.evolve(WEEK, closures=[sunday]))[0] == built()[0]


def test_in_a_season_a_class_that_is_recorded_to_the_last_stays_known():
    pkl = Closure(DaySpan(MONDAY), "PKL", class_name="XII TKJ 1")

    problem, _ = built(
        demand=with_classes("XI TKJ 1"),
        calendar=attrs.evolve(WEEK, closures=[pkl]),
        begins=False,
    )

    assert problem.pupils == 1


def test_every_rule_asked_becomes_a_constraint():
    rules = VisitRules(
        visits_per_team_day=1, visits_per_school=2, days_between_visits=3, teams_at_once=4,
        fewest_pupils=5, driving_minutes_per_day=6, pupils_per_kit_day=7, reserve_days=1,
        forbidden_pairs=[("Tim 1", NEAR)], slb_kit=True, floors={"Curup": 0.5},
        pinned=[PinnedVisit(day=FRIDAY, team="Tim 1", site=FAR, start=480, pupils=2)],
        team_days=8, one_visit=[FAR], reached_by={"Curup": dt.date(2024, 9, 11)},
    )  # fmt: skip

    assert built(rules=rules)[0].constraints == (
        ask.VisitsPerDay(1), ask.VisitsPerSite(2), ask.Spacing(3), ask.TeamsAtOnce(4),
        ask.FewestPupils(5), ask.DrivingLimit(6), ask.KitDayCap(7), ask.ReserveDays(1),
        ask.TeamDayBudget(8, 0, 4), ask.OneVisit(1),
        ask.Forbidden(0, 0), ask.Forbidden(0, 1), ask.Pinned(0, 4, 1, 480, 2), ask.Floor(0, 5),
        ask.ReachedBy(0, 2),
    )  # fmt: skip


def test_a_floor_counts_those_already_recorded():
    recorded = attrs.evolve(demand_of(NEAR), recorded=6)  # 6 of 15 recorded, 60 % is 9
    problem, _ = built(demand=[recorded], rules=VisitRules(floors={"Curup": 0.6}))

    assert ask.Floor(0, 3) in problem.constraints


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"schools": SCHOOLS * 2}, f"school {NEAR} is given twice"),
        ({"teams": (TEAM, TEAM)}, "team 'Tim 1' is given twice"),
        ({"demand": DEMAND * 2}, f"demand of school {NEAR} is given twice"),
        ({"demand": [demand_of("10700671")]}, "demand of school 10700671, which is not among"),
        ({"teams": ()}, "no team is given"),
        (
            {"calendar": attrs.evolve(WEEK, holidays=dict.fromkeys(WEEK.days, "x"))},
            "no working day: no team works on any open day",
        ),
        (
            {"rules": VisitRules(pinned=[PinnedVisit(day=MONDAY, team="B", site=NEAR)])},
            "pinned visit of team 'B', which is not among the teams",
        ),
        (
            {"rules": VisitRules(forbidden_pairs=[("Tim 1", "10700671")])},
            "forbidden pair at school 10700671, which is not among the schools",
        ),
        (
            {"rules": VisitRules(forbidden_dates=[("10700671", MONDAY)])},
            "forbidden date at school 10700671",
        ),
        (
            {"rules": VisitRules(one_visit=["10700671"])},
            "one visit at school 10700671, which is not among the schools",
        ),
        (
            {"risks": Risks(turnout_by_school={"10700671": 0.5})},
            "turn-out at school 10700671, which is not among the schools",
        ),
        (
            {
                "calendar": attrs.evolve(
                    WEEK, closures=[Closure(DaySpan(MONDAY), "exams", npsn="10700671")]
                )
            },
            "closure 'exams' at school 10700671, which is not among the schools",
        ),
        (
            {"rules": VisitRules(floors={"Bingin": 0.5})},
            "kecamatan 'Bingin' has a floor or a date, and no school",
        ),
        (
            {"rules": VisitRules(reached_by={"Bingin": FRIDAY})},
            "kecamatan 'Bingin' has a floor or a date, and no school",
        ),
    ],
)
def test_parts_that_do_not_fit_are_reported(changes, fault):
    with pytest.raises(ProblemError, match=fault):
        built(**changes)


def test_all_faults_are_reported_at_once():
    with pytest.raises(ProblemError, match="2 faults") as caught:
        built(teams=(), demand=[demand_of("10700671")])

    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("pin", "demand"),
    [
        (PinnedVisit(day=dt.date(2025, 1, 1), team="Tim 1", site=NEAR), DEMAND),
        (PinnedVisit(day=MONDAY, team="Tim 1", site=NEAR), DEMAND[1:]),
    ],
)
def test_a_pin_outside_the_season_or_where_nobody_waits_asks_nothing(pin, demand):
    problem, _ = built(demand=demand, rules=VisitRules(pinned=[pin]))

    assert not [*problem.all_of(ask.Pinned)]


def test_all_schools_want_one_visit_where_it_is_asked_of_all():
    problem, _ = built(rules=VisitRules(one_visit=True))

    assert [*problem.all_of(ask.OneVisit)] == [ask.OneVisit(0), ask.OneVisit(1)]


def test_a_budget_for_each_month_lies_within_the_season():
    calendar = VisitCalendar(first_day=dt.date(2024, 9, 26), last_day=dt.date(2024, 11, 2))
    problem, _ = built(calendar=calendar, rules=VisitRules(team_days_per_month=7))

    assert [*problem.all_of(ask.TeamDayBudget)] == [
        ask.TeamDayBudget(7, 0, 4),
        ask.TeamDayBudget(7, 5, 35),
        ask.TeamDayBudget(7, 36, 37),
    ]


def test_a_date_after_the_season_asks_for_its_last_day():
    problem, _ = built(rules=VisitRules(reached_by={"Curup": dt.date(2025, 1, 1)}))

    assert [*problem.all_of(ask.ReachedBy)] == [ask.ReachedBy(0, 4)]


def test_luck_is_counted_in_thousandths():
    risks = Risks(
        turnout=0.8, turnout_again=0.6, turnout_by_school={FAR: 0.4}, never=0.03,
        turnout_spread=0.07, pace_spread=0.05, day_lost=0.02, system_down=0.01, outage=0.03,
    )  # fmt: skip
    problem, _ = built(risks=risks)

    first, again = [s.turnout for s in problem.sites], [s.turnout_again for s in problem.sites]
    assert (first, again) == ([800, 400], [600, 300])
    assert problem.luck == Luck(
        never=30, turnout_spread=70, room_spread=50, day_lost=20, system_down=10, outage=30
    )


def test_other_risks_change_nothing_else():
    risks = Risks(turnout=0.7, turnout_by_school={FAR: 0.4}, outage=0.2)
    problem, names = built()

    assert with_risks(problem, names, risks) == built(risks=risks)[0] != problem


def test_without_risks_nothing_is_left_to_luck():
    problem, _ = built(risks=Risks.none())

    assert problem.luck == Luck()
    assert [(site.turnout, site.turnout_again) for site in problem.sites] == [(1_000, 1_000)] * 2


def test_prices_are_counted_in_millionths_of_a_pupil():
    """Half a pupil an hour is 8,333 a minute; 1.4 percent a week is two thousandths a day."""
    worth = Worth(
        visit=1.5, team_day=3, driving_hour=0.5, waiting_week=0.014, weights={0: 2, 2: 0.26}
    )
    problem, _ = built(worth=worth)

    assert problem.price == Price(
        visit=1_500_000, team_day=3_000_000, driving_minute=8_333, waiting=2, weights=(20, 10, 3)
    )


def test_where_only_pupils_count_nothing_has_a_price():
    assert built(worth=Worth.pupils())[0].price == Price()
