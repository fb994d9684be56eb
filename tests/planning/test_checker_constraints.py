"""Each constraint in the checker: a plan that keeps it, and the nearest plan that breaks it."""

from __future__ import annotations

import attrs
import pytest

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
from school_ektp.planning.problem import Luck
from school_ektp.planning.solution import Solution
from short_week import SECOND, make, only_fault, rules_broken, site, team, visit

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


def test_reserve_days_are_days_on_which_some_site_is_open():
    exams = [
        attrs.evolve(one, sessions=(*one.sessions[:2], *rest))
        for one, rest in zip(make().sites, ((((480, 720),), ()), ((), ())), strict=True)
    ]
    problem = attrs.evolve(make(ReserveDays(1)), sites=tuple(exams))

    assert rules_broken(problem, visit(), DAY_AFTER) == []
    assert only_fault(problem, visit(day=2)).limit == 2


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


@pytest.mark.parametrize("day", [1, 2])
def test_a_budget_holds_on_the_first_and_the_last_of_its_days(day):
    both = visit(day=day), visit(team=1, day=day)

    assert only_fault(make(TeamDayBudget(1, 1, 2)), *both).amount == 2
    assert rules_broken(make(TeamDayBudget(1, 3 - day, 3 - day)), *both) == []


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
