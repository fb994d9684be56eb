"""Form and time of a plan: what keeps each check, and the nearest plan that breaks it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ProblemError
from school_ektp.planning.checker import (
    Violation,
    evaluate,
    expectations,
    violations,
)
from school_ektp.planning.solution import Solution
from school_ektp.testing import (
    problems,
)
from school_ektp.testing.stays import lone_visit
from short_week import DAYS, SECOND, make, only_fault, rules_broken, site, team, visit


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
