"""Each law of the judge: a plan that keeps it, and the nearest plan that breaks it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_ektp.errors import ProblemError
from school_ektp.planning.feasibility import LAWS, READINGS, Violation, score, violations
from school_ektp.planning.problem import Crew, Group, Site, VisitProblem
from school_ektp.planning.rules import (
    CrewsAtOnce,
    DrivingLimit,
    FewestPupils,
    Floor,
    Forbidden,
    KitDayCap,
    Pinned,
    ReserveDays,
    Spacing,
    VisitsPerDay,
    VisitsPerSite,
)
from school_ektp.planning.solution import Score, SiteVisit, Solution
from school_ektp.testing.problems import problems
from school_ektp.testing.stays import lone_visit

DAYS = 4


def site(*waiting, turnout=100, district=0, sessions=((480, 720),), away=()):
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


def crew(base, **changes):
    """Two kits, 5 minutes a pupil, 10 + 5 minutes around the recording, 7:30 to 13:00."""
    usual = Crew(
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


def make(*rules, sites=None, crews=None, **changes):
    """Two schools, 30 minutes from the base of both crews and 20 from each other."""
    return VisitProblem(
        days=DAYS,
        sites=sites or (site(40, 20), site(30)),
        crews=crews or (crew(2), crew(2)),
        travel=(((0, 20, 30), (20, 0, 30), (30, 30, 0)),),
        rules=rules,
        **changes,
    )


def visit(**changes):
    """Crew 0 at school 0 on day 0: 8 pupils in 4 rounds, 8:00 to 8:35."""
    usual = {
        "day": 0,
        "crew": 0,
        "start": 480,
        "site": 0,
        "arrive": 480,
        "end": 515,
        "called": (8, 0),
        "recorded": (8, 0),
    }
    return SiteVisit(**{**usual, **changes})


SECOND = visit(site=1, arrive=535, start=535, end=555, called=(2,), recorded=(2,))


def laws_broken(problem, *visits):
    broken = [fault.rule for fault in violations(problem, Solution(visits))]
    assert set(broken) <= set(LAWS)
    return broken


def only_fault(problem, *visits):
    (fault,) = violations(problem, Solution(visits))
    assert fault.rule in LAWS
    return fault


def test_the_usual_day_holds():
    assert laws_broken(make(), visit(), SECOND) == []


def test_no_visit_at_all_holds():
    assert laws_broken(make()) == []


# Form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "law", "amount", "limit"),
    [
        ({"crew": 2}, "unknown_crew", 2, 2),
        ({"crew": -1}, "unknown_crew", -1, 2),
        ({"day": 4}, "unknown_day", 4, 4),
        ({"day": -1}, "unknown_day", -1, 4),
        ({"site": 2}, "unknown_site", 2, 2),
        ({"site": -1}, "unknown_site", -1, 2),
        ({"called": (8,)}, "group_count", 1, 2),
        ({"recorded": (8, 0, 0)}, "group_count", 3, 2),
        ({"called": (8, -1)}, "negative_pupils", -1, 0),
        ({"recorded": (8, -2)}, "negative_pupils", -2, 0),
    ],
)
def test_a_malformed_visit_is_named_and_nothing_else_is_said_of_it(changes, law, amount, limit):
    bad = visit(**changes)

    assert only_fault(make(), bad, visit()) == Violation(
        rule=law, crew=bad.crew, day=bad.day, site=bad.site, amount=amount, limit=limit
    )


def test_a_malformed_visit_counts_for_nothing():
    problem = make()

    assert score(problem, Solution((visit(), visit(site=7)))) == score(
        problem, Solution((visit(),))
    )


def test_all_faults_of_form_are_told_at_once():
    bad = visit(crew=9, day=9, site=9)

    assert laws_broken(make(), bad) == ["unknown_crew", "unknown_day", "unknown_site"]


def test_a_site_without_groups_takes_empty_counts():
    problem = make(sites=(site(), site(30)))

    assert laws_broken(problem, visit(called=(), recorded=())) == ["empty_visit"]


def test_a_visit_told_twice_is_named():
    twice = visit(end=480, called=(4, 0), recorded=(4, 0))
    quick = crew(2, minutes_per_pupil=(0, 0), setup=(0, 0), packdown=(0, 0))

    assert only_fault(make(crews=(quick,)), twice, twice) == Violation(
        rule="duplicate_visit", crew=0, day=0, site=0, amount=2, limit=1
    )


def test_a_crew_stays_at_a_site_once_in_a_session():
    later = visit(arrive=515, start=515, end=550)
    two_sessions = make(sites=(site(40, 20, sessions=((480, 515), (515, 720))), site(30)))

    assert laws_broken(make(), visit(), later) == ["duplicate_visit"]
    assert laws_broken(two_sessions, visit(), later) == []
    assert laws_broken(make(), visit(), attrs.evolve(later, crew=1)) == []


# Time ---------------------------------------------------------------------------------------


def test_a_crew_without_shift_has_a_day_off():
    off = crew(2, shifts=(None, *[(450, 780)] * 3))

    assert only_fault(make(crews=(off,)), visit()) == Violation(
        rule="day_off", crew=0, day=0, site=0, amount=0
    )


def test_a_crew_without_kits_has_a_day_off():
    assert laws_broken(make(crews=(crew(2, kits=(0, 2, 2, 2)),)), visit()) == ["day_off"]


def test_nothing_is_said_of_the_drives_of_a_day_off():
    assert laws_broken(make(crews=(crew(2, kits=(0, 2, 2, 2)),)), visit(arrive=450)) == ["day_off"]


def test_each_stay_of_a_day_off_is_told():
    off = crew(2, kits=(0, 2, 2, 2))

    assert laws_broken(make(crews=(off,)), visit(), SECOND) == ["day_off", "day_off"]


def test_start_is_not_before_arrival():
    early = visit(arrive=490)

    assert only_fault(make(), early) == Violation(
        rule="start_before_arrival", crew=0, day=0, site=0, amount=480, limit=490
    )


def test_waiting_for_the_bell_is_allowed():
    assert laws_broken(make(), visit(start=485, end=520)) == []


def test_a_stay_needs_setup_whole_rounds_and_packdown():
    nine_pupils_need_five_rounds = visit(called=(9, 0), recorded=(9, 0))

    assert only_fault(make(), nine_pupils_need_five_rounds) == Violation(
        rule="stay_minutes", crew=0, day=0, site=0, amount=35, limit=40
    )


def test_a_longer_stay_than_needed_holds():
    assert laws_broken(make(), visit(end=560)) == []


def test_a_stay_cannot_end_before_it_starts():
    quick = crew(2, minutes_per_pupil=(0, 0), setup=(0, 0), packdown=(0, 0))
    backwards = visit(end=479)

    assert laws_broken(make(crews=(quick,)), backwards) == ["stay_minutes"]


def test_without_overbooking_time_is_kept_for_all_who_are_called():
    eager = visit(called=(9, 0))

    assert laws_broken(make(), eager) == []
    assert only_fault(make(overbook=False), eager).limit == 40


def test_a_break_makes_the_stay_longer():
    pause = crew(2, breaks=(((490, 500),), (), (), ()))

    assert only_fault(make(crews=(pause,)), visit()) == Violation(
        rule="stay_minutes", crew=0, day=0, site=0, amount=25, limit=35
    )
    assert laws_broken(make(crews=(pause,)), visit(end=525)) == []


def test_a_break_of_one_minute_counts():
    pause = crew(2, breaks=(((490, 491),), (), (), ()))

    assert only_fault(make(crews=(pause,)), visit()).amount == 34


def test_breaks_that_overlap_count_once():
    pause = crew(2, breaks=(((495, 505), (490, 500), (491, 492)), (), (), ()))

    assert only_fault(make(crews=(pause,)), visit(end=529)).amount == 34
    assert laws_broken(make(crews=(pause,)), visit(end=530)) == []


def test_a_break_partly_outside_the_stay_counts_only_inside():
    pause = crew(2, breaks=(((470, 490), (510, 600)), (), (), ()))
    late = visit(arrive=500, start=500)

    assert only_fault(make(crews=(pause,)), late).amount == 10


def test_nothing_is_driven_in_a_break():
    pause = crew(2, breaks=(((460, 470),), (), (), ()))

    assert only_fault(make(crews=(pause,)), visit()) == Violation(
        rule="drive", crew=0, day=0, site=0, amount=20, limit=30
    )
    assert laws_broken(make(crews=(pause,)), visit(arrive=490, start=490, end=525)) == []


def test_a_stay_lies_in_a_session():
    early = visit(arrive=480, start=479, end=515)

    assert laws_broken(make(), early) == ["start_before_arrival", "session"]
    assert only_fault(make(), visit(start=690, end=725)) == Violation(
        rule="session", crew=0, day=0, site=0, amount=690
    )
    assert laws_broken(make(), visit(start=685, end=720)) == []


def test_a_stay_lies_in_one_session_not_across_two():
    problem = make(sites=(site(40, 20, sessions=((480, 500), (500, 720))), site(30)))

    assert laws_broken(problem, visit()) == ["session"]
    assert laws_broken(problem, visit(start=500, end=535)) == []


def test_a_closed_site_takes_no_visit():
    assert laws_broken(make(sites=(site(40, 20, sessions=()), site(30))), visit()) == ["session"]


def test_the_first_drive_begins_with_the_shift():
    problem = make(sites=(site(40, 20, sessions=((0, 720),)), site(30)))

    assert only_fault(problem, visit(arrive=479)) == Violation(
        rule="drive", crew=0, day=0, site=0, amount=29, limit=30
    )


def test_arrival_before_the_shift_is_no_drive_even_at_home():
    problem = make(sites=(site(40, 20, sessions=((0, 720),)), site(30)))
    at_home = crew(0, end=2)

    assert laws_broken(attrs.evolve(problem, crews=(at_home,)), visit(arrive=449)) == ["drive"]


def test_the_next_drive_begins_with_the_end_of_the_stay():
    hasty = attrs.evolve(SECOND, arrive=534)

    assert only_fault(make(), visit(), hasty) == Violation(
        rule="drive", crew=0, day=0, site=1, amount=19, limit=20
    )


def test_the_crew_is_home_by_the_end_of_its_shift():
    short = crew(2, shifts=((450, 545),) * DAYS)

    assert laws_broken(make(crews=(short,)), visit()) == []
    short = crew(2, shifts=((450, 544),) * DAYS)
    assert only_fault(make(crews=(short,)), visit()) == Violation(
        rule="drive_home", crew=0, day=0, site=0, amount=29, limit=30
    )


def test_who_comes_home_late_comes_from_the_last_school():
    short = crew(2, shifts=((450, 584),) * DAYS)

    assert only_fault(make(crews=(short,)), visit(), SECOND).site == 1


def test_a_shift_that_ends_at_the_school_still_ends():
    there = crew(2, end=0, shifts=((450, 514),) * DAYS)

    assert laws_broken(make(crews=(there,)), visit()) == ["drive_home"]


def test_a_break_delays_the_way_home():
    pause = crew(2, shifts=((450, 545),) * DAYS, breaks=(((530, 540),), (), (), ()))

    assert laws_broken(make(crews=(pause,)), visit()) == ["drive_home"]


def test_a_crew_drives_by_its_own_matrix():
    slow = ((0, 40, 60), (40, 0, 60), (60, 60, 0))
    problem = make(crews=(crew(2, travel=1),))
    problem = attrs.evolve(problem, travel=(*problem.travel, slow))

    assert only_fault(problem, visit()).limit == 60


def test_start_and_end_of_a_crew_may_differ():
    one_way = crew(2, end=0, shifts=((450, 515),) * DAYS)

    assert laws_broken(make(crews=(one_way,)), visit()) == []


def test_stays_are_taken_in_the_order_of_their_minutes():
    """Two schools at one gate: the short stay that begins with a longer one goes first."""
    problem = make(crews=(crew(2, minutes_per_pupil=(5, 0), setup=(10, 0), packdown=(5, 0)),))
    problem = attrs.evolve(problem, travel=(((0, 0, 30), (0, 0, 30), (30, 30, 0)),))
    short = visit(site=1, end=480, called=(2,), recorded=(2,))

    assert laws_broken(problem, visit(), short) == []


# Pupils -------------------------------------------------------------------------------------


def test_a_visit_records_somebody():
    assert only_fault(make(), visit(recorded=(0, 0))) == Violation(
        rule="empty_visit", crew=0, day=0, site=0, amount=0, limit=1
    )


def test_no_more_are_called_than_wait():
    problem = make(sites=(site(7, 20), site(30)))

    assert only_fault(problem, visit()) == Violation(
        rule="waiting", crew=0, day=0, site=0, amount=8, limit=7
    )


def test_nobody_is_recorded_twice():
    problem = make(sites=(site(15, 20), site(30)))

    assert only_fault(problem, visit(), visit(day=1)) == Violation(
        rule="waiting", crew=0, day=1, site=0, amount=8, limit=7
    )
    assert laws_broken(make(sites=(site(16), site(30))), *_two_days(visit())) == []


def _two_days(stay):
    stay = attrs.evolve(stay, called=stay.called[:1], recorded=stay.recorded[:1])
    return stay, attrs.evolve(stay, day=1)


def test_two_crews_share_those_who_wait():
    problem = make(sites=(site(15, 20), site(30)))
    later = visit(crew=1, start=481, end=516)

    assert laws_broken(problem, visit(), later) == ["waiting"]
    assert only_fault(problem, visit(crew=1), visit(start=481, end=516)).crew == 0


def test_pupils_wait_from_the_day_they_turn_16():
    group = Group(arrivals=((0, 5), (2, 3)))
    school = attrs.evolve(site(1), groups=(group,))
    problem = make(sites=(school, site(30)))
    eight = {"called": (8,), "recorded": (8,)}

    assert only_fault(problem, visit(day=1, **eight)).limit == 5
    assert laws_broken(problem, visit(day=2, **eight)) == []


def test_absentees_wait_again():
    problem = make(sites=(site(10, 0, turnout=80), site(30)))
    first = visit(called=(10, 0), recorded=(8, 0))
    second = visit(day=1, called=(2, 0), recorded=(1, 0))

    assert laws_broken(problem, first, second) == []


def test_nobody_is_called_twice_on_one_day():
    """The two who stay away in the morning do not come at noon to another crew either."""
    problem = make(sites=(site(10, 0, turnout=80), site(30)))
    first = visit(called=(10, 0), recorded=(8, 0))
    noon = visit(crew=1, start=600, arrive=600, end=620, called=(2, 0), recorded=(1, 0))

    assert only_fault(problem, first, noon) == Violation(
        rule="waiting", crew=1, day=0, site=0, amount=2, limit=0
    )
    assert laws_broken(problem, first, attrs.evolve(noon, day=1)) == []


def test_crews_of_one_day_may_call_different_pupils():
    problem = make(sites=(site(10, 0, turnout=80), site(30)))
    first = visit(called=(5, 0), recorded=(4, 0))
    second = attrs.evolve(first, crew=1)
    third = visit(day=1, called=(3, 0), recorded=(2, 0))

    assert laws_broken(problem, first, second) == []
    assert only_fault(problem, first, second, third).limit == 2


def test_a_third_crew_of_one_day_counts_the_calls_of_both_others():
    """Of ten who wait, five and four are called before; one is left to call."""
    problem = make(sites=(site(10, 0, turnout=80), site(30)), crews=(crew(2),) * 3)
    first = visit(called=(5, 0), recorded=(4, 0))
    second = visit(crew=1, start=481, called=(4, 0), recorded=(3, 0))
    third = visit(crew=2, start=482, called=(2, 0), recorded=(1, 0))

    assert laws_broken(problem, first, second) == []
    assert only_fault(problem, first, second, third) == Violation(
        rule="waiting", crew=2, day=0, site=0, amount=2, limit=1
    )


def test_a_class_away_is_not_called():
    problem = make(sites=(site(40, 20, away=(1,)), site(30)))

    assert laws_broken(problem, visit()) == []
    assert only_fault(problem, visit(day=1)) == Violation(
        rule="away", crew=0, day=1, site=0, amount=8, limit=0
    )


def test_no_more_are_recorded_than_called():
    unruly = visit(called=(7, 1))

    assert laws_broken(make(), unruly) == ["recorded_over_called", "turnout"]
    assert violations(make(), Solution((unruly,)))[0] == Violation(
        rule="recorded_over_called", crew=0, day=0, site=0, amount=8, limit=7
    )


def test_turnout_bounds_those_recorded():
    problem = make(sites=(site(40, 20, turnout=85), site(30)))

    assert laws_broken(problem, visit(called=(10, 0))) == []  # 8 of 8.5
    assert only_fault(problem, visit(called=(9, 0))) == Violation(
        rule="turnout", crew=0, day=0, site=0, amount=8, limit=7
    )


def test_turnout_is_a_percentage_of_many():
    problem = make(sites=(site(300, 0, turnout=50), site(30)))
    many = visit(end=720, called=(198, 0), recorded=(100, 0))
    quick = crew(2, minutes_per_pupil=(1, 1))

    assert only_fault(attrs.evolve(problem, crews=(quick,)), many) == Violation(
        rule="turnout", crew=0, day=0, site=0, amount=100, limit=99
    )


def test_turnout_bounds_each_prefix_of_the_groups():
    problem = make(sites=(site(40, 20, turnout=50), site(30)))

    assert laws_broken(problem, visit(called=(4, 12), recorded=(2, 6))) == []
    assert laws_broken(problem, visit(called=(12, 4), recorded=(4, 4))) == []
    assert only_fault(problem, visit(called=(4, 12), recorded=(3, 5))) == Violation(
        rule="turnout", crew=0, day=0, site=0, amount=3, limit=2
    )


# Rules --------------------------------------------------------------------------------------

DAY_AFTER = attrs.evolve(SECOND, day=1, arrive=480, start=480, end=500)


def test_visits_per_day():
    assert laws_broken(make(VisitsPerDay(2)), visit(), SECOND, DAY_AFTER) == []
    assert only_fault(make(VisitsPerDay(1)), visit(), SECOND, DAY_AFTER) == Violation(
        rule="visits_per_day", crew=0, day=0, amount=2, limit=1
    )


def test_visits_per_site():
    assert laws_broken(make(VisitsPerSite(2)), visit(), SECOND, DAY_AFTER) == []
    assert only_fault(make(VisitsPerSite(1)), visit(), SECOND, DAY_AFTER) == Violation(
        rule="visits_per_site", site=1, amount=2, limit=1
    )


def test_spacing():
    rule = Spacing(2)

    assert laws_broken(make(rule), visit(), visit(day=2)) == []
    assert laws_broken(make(rule), visit(), visit(crew=1)) == []
    assert only_fault(make(rule), visit(), visit(crew=1, day=1), visit(day=3)) == Violation(
        rule="spacing", site=0, day=1, amount=1, limit=2
    )


def test_spacing_late_in_the_horizon():
    assert only_fault(make(Spacing(2)), visit(day=2), visit(day=3)) == Violation(
        rule="spacing", site=0, day=3, amount=1, limit=2
    )


def test_spacing_looks_at_each_site_apart():
    assert laws_broken(make(Spacing(2)), visit(), DAY_AFTER) == []


def test_crews_at_once():
    rule = CrewsAtOnce(1)
    touching = visit(crew=1, arrive=480, start=515, end=550)
    overlapping = visit(crew=1, arrive=480, start=514, end=549)

    assert laws_broken(make(rule), visit(), touching) == []
    assert laws_broken(make(rule), visit(), visit(crew=1, day=1)) == []
    assert only_fault(make(rule), visit(), overlapping) == Violation(
        rule="crews_at_once", site=0, day=0, amount=2, limit=1
    )
    assert laws_broken(make(CrewsAtOnce(2)), visit(), overlapping) == []


def test_fewest_pupils():
    assert laws_broken(make(FewestPupils(8)), visit()) == []
    assert only_fault(make(FewestPupils(9)), visit()) == Violation(
        rule="fewest_pupils", crew=0, day=0, site=0, amount=8, limit=9
    )


def test_driving_limit():
    assert laws_broken(make(DrivingLimit(80)), visit(), SECOND) == []
    assert only_fault(make(DrivingLimit(79)), visit(), SECOND) == Violation(
        rule="driving_limit", crew=0, day=0, amount=80, limit=79
    )


def test_kit_day_cap_counts_all_kits_and_all_stays_of_the_day():
    assert laws_broken(make(KitDayCap(5)), visit(), SECOND) == []
    assert only_fault(make(KitDayCap(4)), visit(), SECOND) == Violation(
        rule="kit_day_cap", crew=0, day=0, amount=10, limit=8
    )


def test_reserve_days():
    assert laws_broken(make(ReserveDays(2)), visit(), SECOND, DAY_AFTER) == []
    assert only_fault(make(ReserveDays(3)), visit(), SECOND, DAY_AFTER) == Violation(
        rule="reserve_days", crew=0, amount=2, limit=1
    )


def test_reserve_days_count_working_days_only():
    part_time = crew(2, kits=(2, 2, 0, 2), shifts=((450, 780), (450, 780), (450, 780), None))

    assert only_fault(make(ReserveDays(1), crews=(part_time,)), visit(), DAY_AFTER).limit == 1


def test_a_crew_with_fewer_days_than_its_reserve_stays_home():
    assert only_fault(make(ReserveDays(9)), visit()).limit == 0


def test_forbidden_pairs():
    rule = Forbidden(crew=0, site=0)

    assert laws_broken(make(rule), visit(crew=1), SECOND) == []
    assert only_fault(make(rule), visit()) == Violation(
        rule="forbidden", crew=0, day=0, site=0, amount=1, limit=0
    )


@pytest.mark.parametrize(
    "change", [{"crew": 1}, {"day": 1}, {"site": 1}, {"start": 481}, {"pupils": 9}]
)
def test_pinned_visits_are_kept(change):
    pin = Pinned(crew=0, day=0, site=0, start=480, pupils=8)
    missed = attrs.evolve(pin, **change)

    assert laws_broken(make(pin), visit()) == []
    assert only_fault(make(missed), visit()) == Violation(
        rule="pinned",
        crew=missed.crew,
        day=missed.day,
        site=missed.site,
        amount=8 if "pupils" in change else 0,
        limit=missed.pupils,
    )


def test_a_pin_without_a_minute_or_a_number_asks_only_for_the_visit():
    pin = Pinned(crew=0, day=0, site=0)

    assert laws_broken(make(pin), visit(start=490, end=525)) == []
    assert laws_broken(make(pin)) == ["pinned"]


def test_a_pin_is_kept_by_the_largest_of_its_visits():
    problem = make(
        Pinned(crew=0, day=0, site=0, pupils=8),
        sites=(site(40, 20, sessions=((480, 515), (515, 720))), site(30)),
    )
    rest = visit(arrive=515, start=515, end=540, called=(3, 0), recorded=(3, 0))

    assert laws_broken(problem, visit(), rest) == []


def test_a_missed_pin_tells_the_most_there_is():
    problem = make(
        Pinned(crew=0, day=0, site=0, pupils=9),
        sites=(site(40, 20, sessions=((480, 515), (515, 720))), site(30)),
    )
    rest = visit(arrive=515, start=515, end=540, called=(3, 0), recorded=(3, 0))

    assert only_fault(problem, visit(), rest).amount == 8


def test_a_floor_is_never_a_breach():
    assert laws_broken(make(Floor(district=0, pupils=10**6)), visit()) == []


def test_breaches_of_laws_and_of_every_rule_are_all_told():
    """Whoever mends a plan by hand sees at once all that is wrong with it."""
    problem = make(FewestPupils(9), VisitsPerDay(1), DrivingLimit(80))
    hasty = visit(arrive=479, start=479)

    assert laws_broken(problem, hasty, SECOND) == [
        "session",
        "drive",
        "fewest_pupils",
        "fewest_pupils",
        "visits_per_day",
    ]


def test_a_rule_nobody_can_read_is_an_error():
    @attrs.frozen
    class Picnic:
        most: int = 1

    with pytest.raises(ProblemError, match="rule 'Picnic' has no reading"):
        violations(make(Picnic()), Solution())


def test_every_rule_has_a_reading_and_every_law_a_name():
    assert len(READINGS) == 11
    assert list(LAWS) == sorted(set(LAWS))


# Goals --------------------------------------------------------------------------------------


def test_score_counts_each_goal():
    problem = make(Floor(district=0, pupils=20), Floor(district=1, pupils=1))
    plan = Solution((visit(), SECOND, visit(day=2, crew=1, called=(1, 3), recorded=(1, 3))))

    assert score(problem, plan) == Score(
        floors=-(6 + 1),
        recorded=(11, 3),
        equity=0,
        team_days=-2,
        driving=-(80 + 60),
        earliness=-2 * 4,
    )


def test_floors_that_are_met_are_not_overpaid():
    problem = make(Floor(district=0, pupils=3), Floor(district=1, pupils=5))

    assert score(problem, Solution((visit(),))).floors == -5


def test_classes_without_visits_still_have_their_place_in_the_score():
    assert score(make(), Solution()).recorded == (0, 0)
    assert score(make(sites=(site(), site())), Solution()).recorded == (0,)


def test_equity_is_the_least_share_of_a_district_in_thousandths():
    sites = (site(40, 20), site(30, district=1), site(0, district=2))
    crews = (crew(3, minutes_per_pupil=(5,) * 3, setup=(10,) * 3, packdown=(5,) * 3),)
    travel = (((0, 20, 20, 30), (20, 0, 20, 30), (20, 20, 0, 30), (30, 30, 30, 0)),)
    problem = VisitProblem(days=DAYS, sites=sites, crews=crews, travel=travel, equity=True)

    assert score(problem, Solution((visit(), SECOND))).equity == 1000 * 2 // 30
    assert score(problem, Solution((visit(),))).equity == 0
    assert score(attrs.evolve(problem, equity=False), Solution((visit(), SECOND))).equity == 0


def test_equity_takes_the_schools_of_a_district_together():
    problem = make(equity=True)

    assert score(problem, Solution((visit(),))).equity == 1000 * 8 // (40 + 20 + 30)


def test_equity_counts_pupils_who_wait_later():
    late = attrs.evolve(site(1), groups=(Group(arrivals=((0, 8), (3, 8))),))
    problem = make(sites=(late, site(0, district=1)), equity=True)
    plan = Solution((visit(called=(8,), recorded=(8,)),))

    assert score(problem, plan).equity == 500


def test_equity_leaves_out_those_who_wait_after_the_horizon():
    later = attrs.evolve(site(1), groups=(Group(arrivals=((0, 8), (4, 8))),))
    problem = make(sites=(later, site(0, district=1)), equity=True)

    assert score(problem, Solution((visit(called=(8,), recorded=(8,)),))).equity == 1000


def test_equity_without_a_pupil_is_nothing():
    assert score(make(sites=(site(), site()), equity=True), Solution()).equity == 0


@given(problems(), st.integers(0), st.integers(0), st.integers(0))
def test_the_earliest_lone_visit_breaks_no_law_of_time_or_pupils(problem, crew, day, site):
    """Written apart, the two readings of hours, breaks and turn-out agree."""
    bare = attrs.evolve(problem, rules=())
    stay = lone_visit(
        bare,
        crew=crew % len(problem.crews),
        day=day % problem.days,
        site=site % len(problem.sites),
    )
    if stay is not None:
        assert violations(bare, Solution((stay,))) == ()
        if stay.start == stay.arrive:  # and a minute earlier is too early
            hasty = attrs.evolve(stay, arrive=stay.arrive - 1, start=stay.start - 1)
            assert violations(bare, Solution((hasty,)))
