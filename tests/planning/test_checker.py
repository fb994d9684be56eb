"""Each check of the checker: a plan that keeps it, and the nearest plan that breaks it; values."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ProblemError
from school_ektp.planning import constraints
from school_ektp.planning.checker import (
    CHECK_NAMES,
    CHECKS,
    Violation,
    evaluate,
    expectations,
    violations,
)
from school_ektp.planning.constraints import (
    DrivingLimit,
    FewestPupils,
    Floor,
    Forbidden,
    KitDayCap,
    OneVisit,
    Pinned,
    ReachedBy,
    ReserveDays,
    Spacing,
    TeamDayBudget,
    TeamsAtOnce,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.problem import FieldTeam, Group, Luck, Price, Site, VisitProblem
from school_ektp.planning.solution import SiteVisit, Solution, Value
from school_ektp.testing import (
    plan_exhaustively,
    problems,
    rounding,
    thrown_together,
    tiny_problems,
)
from school_ektp.testing.stays import lone_visit

DAYS = 4


def site(*waiting, turnout=1000, district=0, sessions=((480, 720),), away=()):
    """A school whose groups wait from day 0, with priorities 0, 1, ..."""
    groups = (
        Group(priority=rank, arrivals=((0, pupils),), away=frozenset(away))
        for rank, pupils in enumerate(waiting)
    )
    return Site(
        groups=tuple(groups),
        sessions=(tuple(sessions),) * DAYS,
        district=district,
        turnout=turnout,
    )


def team(base, **changes):
    """Two kits, 5 minutes a pupil, 10 + 5 minutes around the recording, 7:30 to 13:00."""
    usual = FieldTeam(
        start=base,
        end=base,
        shifts=((450, 780),) * DAYS,
        breaks=((),) * DAYS,
        kits=(2,) * DAYS,
        minutes_per_pupil=(5, 5),
        setup=(10, 10),
        packdown=(5, 5),
    )
    return attrs.evolve(usual, **changes)


def make(*constraints, sites=None, teams=None, **changes):
    """Two schools, 30 minutes from the base of both teams and 20 from each other."""
    return VisitProblem(
        days=DAYS,
        sites=sites or (site(40, 20), site(30)),
        teams=teams or (team(2), team(2)),
        travel=(((0, 20, 30), (20, 0, 30), (30, 30, 0)),),
        constraints=constraints,
        **changes,
    )


def visit(**changes):
    """Team 0 at school 0 on day 0: 8 pupils in 4 rounds, 8:00 to 8:35."""
    usual = {
        "day": 0,
        "team": 0,
        "start": 480,
        "site": 0,
        "arrive": 480,
        "end": 515,
        "room": 8,
    }
    return SiteVisit(**{**usual, **changes})


SECOND = visit(site=1, arrive=535, start=535, end=555, room=2)


def rules_broken(problem, *visits):
    broken = [fault.rule for fault in violations(problem, Solution(visits))]
    assert set(broken) <= set(CHECK_NAMES)
    return broken


def only_fault(problem, *visits):
    (fault,) = violations(problem, Solution(visits))
    assert fault.rule in CHECK_NAMES
    return fault


def test_a_day_with_two_visits_breaks_no_rule():
    assert rules_broken(make(), visit(), SECOND) == []


def test_a_visit_may_have_room_for_one():
    assert rules_broken(make(), visit(room=1)) == []


def test_an_empty_plan_breaks_no_rule():
    assert rules_broken(make()) == []


# Form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule", "amount", "limit"),
    [
        ({"team": 2}, "unknown_team", 2, 2),
        ({"team": -1}, "unknown_team", -1, 2),
        ({"day": 4}, "unknown_day", 4, 4),
        ({"day": -1}, "unknown_day", -1, 4),
        ({"site": 2}, "unknown_site", 2, 2),
        ({"site": -1}, "unknown_site", -1, 2),
        ({"room": 0}, "no_room", 0, 1),
        ({"room": -1}, "no_room", -1, 1),
    ],
)
def test_a_malformed_visit_is_named_and_nothing_else_is_said_of_it(changes, rule, amount, limit):
    bad = visit(**changes)

    assert only_fault(make(), bad, visit()) == Violation(
        rule=rule, team=bad.team, day=bad.day, site=bad.site, amount=amount, limit=limit
    )


def test_a_malformed_visit_counts_for_nothing():
    problem = make()

    assert evaluate(problem, Solution((visit(), visit(site=7)))) == evaluate(
        problem, Solution((visit(),))
    )


def test_all_faults_of_form_are_reported_at_once():
    bad = visit(team=9, day=9, site=9)

    assert rules_broken(make(), bad) == ["unknown_team", "unknown_day", "unknown_site"]


def test_nothing_is_expected_of_a_malformed_visit():
    with pytest.raises(ProblemError, match="a visit is malformed: unknown_site"):
        expectations(make(), Solution((visit(site=7),)))


def test_a_team_stays_at_a_site_once_a_day():
    later = visit(arrive=515, start=515, end=550)
    two_sessions = make(sites=(site(40, 20, sessions=((480, 515), (515, 720))), site(30)))

    for problem in (make(), two_sessions):
        assert only_fault(problem, visit(), later) == Violation(
            rule="duplicate_visit", team=0, day=0, site=0, amount=2, limit=1
        )
    assert rules_broken(make(), visit(), attrs.evolve(later, team=1)) == []


# Time ---------------------------------------------------------------------------------------


def test_a_day_that_is_past_takes_no_visit():
    assert rules_broken(make(today=1), visit(day=1)) == []
    assert only_fault(make(today=1), visit()) == Violation(
        rule="past", team=0, day=0, site=0, amount=0, limit=1
    )


def test_a_team_without_shift_has_a_day_off():
    off = team(2, shifts=(None, *[(450, 780)] * 3))

    assert only_fault(make(teams=(off,)), visit()) == Violation(
        rule="day_off", team=0, day=0, site=0, amount=0
    )


def test_a_team_without_kits_has_a_day_off():
    assert rules_broken(make(teams=(team(2, kits=(0, 2, 2, 2)),)), visit()) == ["day_off"]


def test_nothing_is_said_of_the_drives_of_a_day_off():
    assert rules_broken(make(teams=(team(2, kits=(0, 2, 2, 2)),)), visit(arrive=450)) == ["day_off"]


def test_each_stay_of_a_day_off_is_reported():
    off = team(2, kits=(0, 2, 2, 2))

    assert rules_broken(make(teams=(off,)), visit(), SECOND) == ["day_off", "day_off"]


def test_start_is_not_before_arrival():
    early = visit(arrive=490)

    assert only_fault(make(), early) == Violation(
        rule="start_before_arrival", team=0, day=0, site=0, amount=480, limit=490
    )


def test_waiting_for_the_bell_is_allowed():
    assert rules_broken(make(), visit(start=485, end=520)) == []


def test_a_stay_needs_setup_whole_rounds_and_packdown():
    nine_pupils_need_five_rounds = visit(room=9)

    assert rules_broken(make(), visit(room=7)) == []
    assert only_fault(make(), nine_pupils_need_five_rounds) == Violation(
        rule="stay_minutes", team=0, day=0, site=0, amount=35, limit=40
    )


def test_a_longer_stay_than_needed_holds():
    assert rules_broken(make(), visit(end=560)) == []


def test_a_stay_cannot_end_before_it_starts():
    quick = team(2, minutes_per_pupil=(0, 0), setup=(0, 0), packdown=(0, 0))
    backwards = visit(end=479)

    assert rules_broken(make(teams=(quick,)), backwards) == ["stay_minutes"]


def test_a_break_makes_the_stay_longer():
    pause = team(2, breaks=(((490, 500),), (), (), ()))

    assert only_fault(make(teams=(pause,)), visit()) == Violation(
        rule="stay_minutes", team=0, day=0, site=0, amount=25, limit=35
    )
    assert rules_broken(make(teams=(pause,)), visit(end=525)) == []


def test_a_break_of_one_minute_counts():
    pause = team(2, breaks=(((490, 491),), (), (), ()))

    assert only_fault(make(teams=(pause,)), visit()).amount == 34


def test_breaks_that_overlap_count_once():
    pause = team(2, breaks=(((495, 505), (490, 500), (491, 492)), (), (), ()))

    assert only_fault(make(teams=(pause,)), visit(end=529)).amount == 34
    assert rules_broken(make(teams=(pause,)), visit(end=530)) == []


def test_a_break_partly_outside_the_stay_counts_only_inside():
    pause = team(2, breaks=(((470, 490), (510, 600)), (), (), ()))
    late = visit(arrive=500, start=500)

    assert only_fault(make(teams=(pause,)), late).amount == 10


def test_nothing_is_driven_in_a_break():
    pause = team(2, breaks=(((460, 470),), (), (), ()))

    assert only_fault(make(teams=(pause,)), visit()) == Violation(
        rule="drive", team=0, day=0, site=0, amount=20, limit=30
    )
    assert rules_broken(make(teams=(pause,)), visit(arrive=490, start=490, end=525)) == []


def test_a_stay_lies_in_a_session():
    early = visit(arrive=480, start=479, end=515)

    assert rules_broken(make(), early) == ["start_before_arrival", "session"]
    assert only_fault(make(), visit(start=690, end=725)) == Violation(
        rule="session", team=0, day=0, site=0, amount=690
    )
    assert rules_broken(make(), visit(start=685, end=720)) == []


def test_a_stay_lies_in_one_session_not_across_two():
    problem = make(sites=(site(40, 20, sessions=((480, 500), (500, 720))), site(30)))

    assert rules_broken(problem, visit()) == ["session"]
    assert rules_broken(problem, visit(start=500, end=535)) == []


def test_a_closed_site_takes_no_visit():
    assert rules_broken(make(sites=(site(40, 20, sessions=()), site(30))), visit()) == ["session"]


def test_the_first_drive_begins_with_the_shift():
    problem = make(sites=(site(40, 20, sessions=((0, 720),)), site(30)))

    assert only_fault(problem, visit(arrive=479)) == Violation(
        rule="drive", team=0, day=0, site=0, amount=29, limit=30
    )


def test_arrival_before_the_shift_is_no_drive_even_at_home():
    problem = make(sites=(site(40, 20, sessions=((0, 720),)), site(30)))
    at_home = team(0, end=2)

    assert rules_broken(attrs.evolve(problem, teams=(at_home,)), visit(arrive=449)) == ["drive"]


def test_the_next_drive_begins_with_the_end_of_the_stay():
    hasty = attrs.evolve(SECOND, arrive=534)

    assert only_fault(make(), visit(), hasty) == Violation(
        rule="drive", team=0, day=0, site=1, amount=19, limit=20
    )


def test_the_team_is_home_by_the_end_of_its_shift():
    short = team(2, shifts=((450, 545),) * DAYS)

    assert rules_broken(make(teams=(short,)), visit()) == []
    short = team(2, shifts=((450, 544),) * DAYS)
    assert only_fault(make(teams=(short,)), visit()) == Violation(
        rule="drive_home", team=0, day=0, site=0, amount=29, limit=30
    )


def test_who_comes_home_late_comes_from_the_last_school():
    short = team(2, shifts=((450, 584),) * DAYS)

    assert only_fault(make(teams=(short,)), visit(), SECOND).site == 1


def test_a_shift_that_ends_at_the_school_still_ends():
    there = team(2, end=0, shifts=((450, 514),) * DAYS)

    assert rules_broken(make(teams=(there,)), visit()) == ["drive_home"]


def test_a_break_delays_the_way_home():
    pause = team(2, shifts=((450, 545),) * DAYS, breaks=(((530, 540),), (), (), ()))

    assert rules_broken(make(teams=(pause,)), visit()) == ["drive_home"]


def test_a_team_drives_by_its_own_matrix():
    slow = ((0, 40, 60), (40, 0, 60), (60, 60, 0))
    problem = make(teams=(team(2, travel=1),))
    problem = attrs.evolve(problem, travel=(*problem.travel, slow))

    assert only_fault(problem, visit()).limit == 60


def test_start_and_end_of_a_team_may_differ():
    one_way = team(2, end=0, shifts=((450, 515),) * DAYS)

    assert rules_broken(make(teams=(one_way,)), visit()) == []


def test_stays_are_taken_in_the_order_of_their_minutes():
    """Two schools at one gate: the short stay that begins with a longer one goes first."""
    problem = make(teams=(team(2, minutes_per_pupil=(5, 0), setup=(10, 0), packdown=(5, 0)),))
    problem = attrs.evolve(problem, travel=(((0, 0, 30), (0, 0, 30), (30, 30, 0)),))
    short = visit(site=1, end=480, room=2)

    assert rules_broken(problem, visit(), short) == []


# Constraints --------------------------------------------------------------------------------------

DAY_TWO = visit(day=1)
DAY_AFTER = attrs.evolve(SECOND, day=1, arrive=480, start=480, end=500)


def test_visits_per_day():
    assert rules_broken(make(VisitsPerDay(2)), visit(), SECOND, DAY_AFTER) == []
    assert only_fault(make(VisitsPerDay(1)), visit(), SECOND, DAY_AFTER) == Violation(
        rule="visits_per_day", team=0, day=0, amount=2, limit=1
    )


def test_visits_per_site():
    assert rules_broken(make(VisitsPerSite(2)), visit(), SECOND, DAY_AFTER) == []
    assert only_fault(make(VisitsPerSite(1)), visit(), SECOND, DAY_AFTER) == Violation(
        rule="visits_per_site", site=1, amount=2, limit=1
    )


def test_spacing():
    rule = Spacing(2)

    assert rules_broken(make(rule), visit(), visit(day=2)) == []
    assert rules_broken(make(rule), visit(), visit(team=1)) == []
    assert only_fault(make(rule), visit(), visit(team=1, day=1), visit(day=3)) == Violation(
        rule="spacing", site=0, day=1, amount=1, limit=2
    )


def test_visits_held_before_today_count():
    visited = attrs.evolve(site(40, 20), held=(0,))
    problem = make(VisitsPerSite(1), Spacing(3), sites=(visited, site(30)), today=1)

    assert rules_broken(problem, visit(day=2)) == ["visits_per_site", "spacing"]
    assert rules_broken(problem, visit(day=3)) == ["visits_per_site"]


def test_visits_that_were_held_too_close_are_no_fault_of_a_plan():
    visited = attrs.evolve(site(40, 20), held=(0, 1))

    assert rules_broken(make(Spacing(2), sites=(visited, site(30)), today=2), visit(day=3)) == []


def test_spacing_late_in_the_horizon():
    assert only_fault(make(Spacing(2)), visit(day=2), visit(day=3)) == Violation(
        rule="spacing", site=0, day=3, amount=1, limit=2
    )


def test_spacing_looks_at_each_site_apart():
    assert rules_broken(make(Spacing(2)), visit(), DAY_AFTER) == []


def test_teams_at_once():
    rule = TeamsAtOnce(1)
    touching = visit(team=1, arrive=480, start=515, end=550)
    overlapping = visit(team=1, arrive=480, start=514, end=549)

    assert rules_broken(make(rule), visit(), touching) == []
    assert rules_broken(make(rule), visit(), visit(team=1, day=1)) == []
    assert only_fault(make(rule), visit(), overlapping) == Violation(
        rule="teams_at_once", site=0, day=0, amount=2, limit=1
    )
    assert rules_broken(make(TeamsAtOnce(2)), visit(), overlapping) == []


def test_fewest_pupils_are_asked_of_visits_after_the_first():
    problem = make(FewestPupils(8), sites=(site(15), site(30)))

    assert rules_broken(problem, visit()) == []
    assert only_fault(problem, visit(), visit(day=1)) == Violation(
        rule="fewest_pupils", team=0, day=1, site=0, amount=7, limit=8
    )
    assert (
        rules_broken(attrs.evolve(problem, constraints=(FewestPupils(7),)), visit(), DAY_TWO) == []
    )


def test_visits_of_a_day_share_those_who_come_by_their_room():
    problem = make(FewestPupils(8), sites=(site(15), site(30)))

    assert only_fault(problem, visit(), visit(team=1)) == Violation(
        rule="fewest_pupils", team=1, day=0, site=0, amount=7, limit=8
    )
    assert expectations(problem, Solution((visit(), visit(team=1, room=4))))[0].recorded == (800,)


def test_the_first_visit_may_be_held_already():
    visited = attrs.evolve(site(7), held=(0,))
    problem = make(FewestPupils(8), sites=(visited, site(30)), today=1)

    assert only_fault(problem, visit(day=1)).amount == 7


def test_fewest_pupils_are_those_of_a_visit_that_takes_place():
    """Half of the visits fail: the second finds 15 pupils or 7, and room for 8."""
    problem = make(FewestPupils(7), sites=(site(15), site(30)), luck=Luck(outage=500))

    assert expectations(problem, Solution((visit(), DAY_TWO)))[1].if_held == 750
    assert rules_broken(problem, visit(), DAY_TWO) == []
    problem = attrs.evolve(problem, constraints=(FewestPupils(8),))
    assert only_fault(problem, visit(), DAY_TWO).amount == 7


def test_driving_limit():
    assert rules_broken(make(DrivingLimit(80)), visit(), SECOND) == []
    assert only_fault(make(DrivingLimit(79)), visit(), SECOND) == Violation(
        rule="driving_limit", team=0, day=0, amount=80, limit=79
    )


def test_kit_day_cap_counts_all_kits_and_all_stays_of_the_day():
    assert rules_broken(make(KitDayCap(5)), visit(), SECOND) == []
    assert only_fault(make(KitDayCap(4)), visit(), SECOND) == Violation(
        rule="kit_day_cap", team=0, day=0, amount=10, limit=8
    )


def test_reserve_days_are_the_last_of_each_team():
    problem = make(ReserveDays(2))

    assert rules_broken(problem, visit(), visit(day=1)) == []
    assert only_fault(problem, visit(day=2)) == Violation(
        rule="reserve_days", team=0, day=2, site=0, amount=2, limit=2
    )


def test_reserve_days_count_working_days_only():
    part_time = team(2, kits=(2, 2, 0, 2), shifts=((450, 780), (450, 780), (450, 780), None))
    problem = make(ReserveDays(1), teams=(part_time, team(2)))

    assert only_fault(problem, visit(), DAY_AFTER).limit == 1
    assert rules_broken(problem, visit(), visit(team=1, day=2)) == []


def test_reserve_days_open_when_the_first_of_them_has_come():
    assert rules_broken(make(ReserveDays(2), today=1), visit(day=3)) == ["reserve_days"]
    assert rules_broken(make(ReserveDays(2), today=2), visit(day=2), visit(day=3)) == []


def test_a_team_with_fewer_days_than_its_reserve_has_opened_them_all():
    assert rules_broken(make(ReserveDays(9)), visit()) == []


def test_a_budget_counts_the_days_of_all_teams_within_it():
    budget = TeamDayBudget(2, 0, 1)

    assert rules_broken(make(budget), visit(), SECOND, visit(team=1), visit(day=2)) == []
    assert only_fault(make(budget), visit(), visit(team=1), visit(day=1)) == Violation(
        rule="team_day_budget", day=0, amount=3, limit=2
    )


def test_a_budget_counts_days_before_today():
    went_out = team(2, out=frozenset({0}))
    problem = make(TeamDayBudget(1, 0, 2), teams=(went_out, team(2)), today=1)

    assert only_fault(problem, visit(day=1)).amount == 2
    assert rules_broken(problem, visit(day=3)) == []
    assert rules_broken(problem) == []


def test_a_budget_that_is_overspent_already_is_no_fault_of_a_plan_that_spends_nothing():
    went_out = team(2, out=frozenset({0, 1}))

    assert rules_broken(make(TeamDayBudget(1, 0, 3), teams=(went_out, team(2)), today=2)) == []


def test_one_visit_has_room_for_all_who_wait():
    assert rules_broken(make(OneVisit(0), sites=(site(5, 3), site(30))), visit()) == []
    assert only_fault(make(OneVisit(0), sites=(site(6, 3), site(30))), visit()) == Violation(
        rule="room_for_all", team=0, day=0, site=0, amount=8, limit=9
    )
    assert rules_broken(make(OneVisit(1), sites=(site(6, 3), site(30))), visit()) == []


def test_one_visit_has_no_room_for_a_class_that_is_away():
    away = attrs.evolve(site(8), groups=(*site(8).groups, *site(9, away=(0,)).groups))

    assert rules_broken(make(OneVisit(0), sites=(away, site(30))), visit()) == []
    assert rules_broken(make(OneVisit(0), sites=(away, site(30))), visit(day=1)) == ["room_for_all"]


def test_a_one_visit_site_takes_one_visit_past_ones_counted():
    problem = make(OneVisit(0), sites=(site(8), site(30)))
    visited = attrs.evolve(site(8), held=(0,))

    assert only_fault(problem, visit(), visit(team=1)) == Violation(
        rule="one_visit", site=0, amount=2, limit=1
    )
    problem = attrs.evolve(problem, sites=(visited, site(30)), today=1)
    assert only_fault(problem, visit(day=1)).amount == 2
    assert rules_broken(problem) == []


def test_forbidden_pairs():
    rule = Forbidden(team=0, site=0)

    assert rules_broken(make(rule), visit(team=1), SECOND) == []
    assert only_fault(make(rule), visit()) == Violation(
        rule="forbidden", team=0, day=0, site=0, amount=1, limit=0
    )


@pytest.mark.parametrize(
    "change", [{"team": 1}, {"day": 1}, {"site": 1}, {"start": 481}, {"pupils": 9}]
)
def test_pinned_visits_are_kept(change):
    pin = Pinned(team=0, day=0, site=0, start=480, pupils=8)
    missed = attrs.evolve(pin, **change)

    assert rules_broken(make(pin), visit()) == []
    assert only_fault(make(missed), visit()) == Violation(
        rule="pinned",
        team=missed.team,
        day=missed.day,
        site=missed.site,
        amount=8 if "pupils" in change else 0,
        limit=missed.pupils,
    )


def test_a_pin_without_a_minute_or_a_number_asks_only_for_the_visit():
    pin = Pinned(team=0, day=0, site=0)

    assert rules_broken(make(pin), visit(start=490, end=525)) == []
    assert rules_broken(make(pin)) == ["pinned"]


def test_a_floor_or_a_date_is_never_a_violation():
    problem = make(Floor(district=0, pupils=10**6), ReachedBy(district=0, day=0))

    assert rules_broken(problem, visit()) == []
    assert evaluate(problem, Solution()).shortfall == 100 * (10**6 + 90)


def test_violations_of_every_rule_are_reported():
    """Whoever mends a plan by hand sees at once all that is wrong with it."""
    problem = make(KitDayCap(4), VisitsPerDay(1), DrivingLimit(80))
    hasty = visit(arrive=479, start=479)

    assert rules_broken(problem, hasty, SECOND) == [
        "session",
        "drive",
        "kit_day_cap",
        "visits_per_day",
    ]


def test_a_constraint_nobody_can_read_is_an_error():
    @attrs.frozen
    class Picnic:
        most: int = 1

    with pytest.raises(ProblemError, match="constraint 'Picnic' has no check"):
        violations(make(Picnic()), Solution())


def test_every_constraint_has_a_check_and_a_name():
    kinds = {kind for kind in vars(constraints).values() if is_constraint(kind)}

    assert set(CHECKS) == kinds
    assert list(CHECK_NAMES) == sorted(set(CHECK_NAMES))


def is_constraint(kind):
    base = constraints.Constraint
    return isinstance(kind, type) and issubclass(kind, base) and bool(attrs.fields(kind))


# Value --------------------------------------------------------------------------------------

PRICE = Price(visit=1_000_000, team_day=3_000_000, driving_minute=10_000, waiting=10)


def test_a_plan_is_worth_its_pupils_less_what_it_costs():
    """
    Two days out: 8 + 2 pupils on day 0 and 8 of the 52 left on day 2, who waited two days.

    10 + 8 * 0.98 pupils; 3 visits, 2 team-days, 80 + 60 minutes of driving: 3 + 6 + 1.4 pupils.
    """
    problem = make(price=PRICE)

    assert evaluate(problem, Solution((visit(), SECOND, visit(day=2, team=1)))) == Value(
        shortfall=0,
        recorded=(1_800, 0),
        worth=17_840_000,
        visits=3,
        team_days=2,
        driving=140,
        costs=10_400_000,
    )


def test_pupils_only_are_counted_without_a_price():
    plan = Solution((visit(), SECOND, visit(day=2)))

    assert evaluate(make(), plan).total == 18_000_000


def test_the_empty_plan_is_worth_nothing_and_names_every_class():
    assert evaluate(make(price=PRICE), Solution()) == Value(
        shortfall=0, recorded=(0, 0), worth=0, visits=0, team_days=0, driving=0, costs=0
    )
    assert evaluate(make(sites=(site(), site())), Solution()).recorded == (0,)


def test_classes_are_called_in_their_order_and_weigh_what_they_should():
    problem = make(sites=(site(5, 20), site(30)), price=Price(weights=(25,)))

    value = evaluate(problem, Solution((visit(),)))

    assert value.recorded == (500, 300)
    assert value.worth == 5 * 2_500_000 + 3 * 1_000_000


def test_those_who_wait_the_longest_are_recorded_first():
    """Of five since day 0 and five since day 2, eight on day 3: 5 waited 3 days, 3 waited one."""
    group = Group(arrivals=((0, 5), (2, 5)))
    problem = make(
        sites=(attrs.evolve(site(1), groups=(group,)), site(30)), price=Price(waiting=10)
    )

    value = evaluate(problem, Solution((visit(day=3),)))

    assert value.worth == 5 * 970_000 + 3 * 990_000


def test_waiting_counts_from_today_at_the_earliest():
    problem = make(price=Price(waiting=10), today=2)

    assert evaluate(problem, Solution((visit(day=3),))).worth == 8 * 990_000


def test_a_pupil_who_waits_too_long_is_worth_zero_not_less():
    problem = make(price=Price(waiting=400))

    assert evaluate(problem, Solution((visit(day=2),))).worth == 8 * 200_000
    assert evaluate(problem, Solution((visit(day=3),))).worth == 0


def test_a_visit_costs_whether_or_not_it_takes_place():
    plan = Solution((visit(),))
    certain, doubtful = (
        evaluate(make(price=PRICE, luck=Luck(outage=1_000 - h)), plan) for h in (1_000, 900)
    )

    assert (certain.recorded, doubtful.recorded) == ((800, 0), (720, 0))
    assert certain.costs == doubtful.costs


# What comes before the value ----------------------------------------------------------------


def test_floors_that_are_met_are_not_overpaid():
    problem = make(Floor(district=0, pupils=3), Floor(district=1, pupils=5))

    assert evaluate(problem, Solution((visit(),))).shortfall == 500


def test_a_floor_takes_the_schools_of_a_district_together():
    problem = make(Floor(district=0, pupils=12))

    assert evaluate(problem, Solution((visit(), SECOND))).shortfall == 200


def test_by_a_date_everybody_who_waits_then_is_called():
    """60 wait at school 0; a visit before the date calls them all, and has room for eight."""
    problem = make(ReachedBy(district=0, day=1), sites=(site(40, 20), site(30, district=1)))

    assert evaluate(problem, Solution((visit(day=2),))).shortfall == 6_000
    assert evaluate(problem, Solution((visit(day=1),))).shortfall == 5_200


def test_by_a_date_room_is_needed_for_those_who_come_only():
    """Of 20 called a tenth never comes and half of the others do: 9, and there is room for 8."""
    problem = make(
        ReachedBy(district=0, day=0),
        sites=(site(20, turnout=500), site(30, district=1)),
        luck=Luck(never=100),
    )

    assert evaluate(problem, Solution((visit(),))).shortfall == 100
    assert evaluate(problem, Solution((visit(), visit(team=1, room=2)))).shortfall == 0


def test_by_a_date_those_called_before_today_are_called():
    group = Group(arrivals=((0, 20), (2, 3)), stayed_away=(9, 1))
    school = attrs.evolve(site(1), groups=(group,))
    problem = make(ReachedBy(0, 3), sites=(school, site(0)), today=1)

    assert evaluate(problem, Solution()).shortfall == 1_300
    # Ten of them called on day 1, room for eight; three turn 16 after it.
    assert evaluate(problem, Solution((visit(day=1),))).shortfall == 300 + 200


def test_by_a_date_the_last_visit_counts():
    group = Group(arrivals=((0, 4), (2, 3)))
    problem = make(ReachedBy(0, 3), sites=(attrs.evolve(site(1), groups=(group,)), site(0)))

    assert evaluate(problem, Solution((visit(),))).shortfall == 300
    assert evaluate(problem, Solution((visit(), visit(day=2)))).shortfall == 0


def test_a_class_away_is_not_called_by_a_visit():
    problem = make(ReachedBy(0, 3), sites=(site(4, 3, away=(0,)), site(0)))

    assert evaluate(problem, Solution((visit(),))).shortfall == 700
    assert evaluate(problem, Solution((visit(day=1),))).shortfall == 0


def test_a_plan_that_falls_short_of_less_is_better_whatever_it_costs():
    problem = make(Floor(district=0, pupils=8), price=Price(visit=100_000_000))
    kept, thrifty = (evaluate(problem, plan) for plan in (Solution((visit(),)), Solution()))

    assert kept.total < 0 == thrifty.total
    assert kept.rank > thrifty.rank


# Properties ---------------------------------------------------------------------------------


@given(problems(), st.integers(0), st.integers(0), st.integers(0))
def test_the_earliest_lone_visit_breaks_no_rule_of_time(problem, team, day, site):
    """Written apart, the two readings of hours and breaks agree."""
    bare = attrs.evolve(problem, constraints=(), today=0)
    stay = lone_visit(
        bare,
        team=team % len(problem.teams),
        day=day % problem.days,
        site=site % len(problem.sites),
    )
    if stay is not None:
        assert violations(bare, Solution((stay,))) == ()
        if stay.start == stay.arrive:  # and a minute earlier is too early
            hasty = attrs.evolve(stay, arrive=stay.arrive - 1, start=stay.start - 1)
            assert violations(bare, Solution((hasty,)))
        # The stay is no longer than it must be.
        short = attrs.evolve(stay, end=stay.end - 1)
        assert violations(bare, Solution((short,)))


FIGURES = st.sampled_from([one.name for one in attrs.fields(SiteVisit)])


@given(tiny_problems(), st.data())
def test_the_best_plan_changed_in_one_figure_is_broken_or_worth_no_more(problem, data):
    best = plan_exhaustively(problem)
    if best.visits:
        old = data.draw(st.sampled_from(best.visits))
        figure, change = data.draw(FIGURES), data.draw(st.integers(-9, 9))
        new = attrs.evolve(old, **{figure: getattr(old, figure) + change})
        changed = Solution(new if visit == old else visit for visit in best.visits)

        if not violations(problem, changed):
            slack = rounding(problem, changed)
            rank, best_rank = evaluate(problem, changed).rank, evaluate(problem, best).rank
            assert rank <= tuple(map(sum, zip(best_rank, slack, strict=True)))


@given(problems(), st.integers(0, 2**32))
def test_the_value_is_the_sum_of_its_parts(problem, seed):
    plan = thrown_together(problem, seed)
    value, expected = evaluate(problem, plan), expectations(problem, plan)

    assert sum(value.recorded) == sum(one.pupils for one in expected)
    assert value.worth == sum(one.worth for one in expected)
    assert value.visits == len(plan.visits)
    assert value.team_days == len({(visit.day, visit.team) for visit in plan.visits})
    price = problem.price
    assert value.total == value.worth - (
        price.visit * value.visits
        + price.team_day * value.team_days
        + price.driving_minute * value.driving
    )
