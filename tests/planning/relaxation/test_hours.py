"""Where and when a team can stay."""

from __future__ import annotations

import attrs

from school_ektp.planning.constraints import DrivingLimit, Forbidden
from school_ektp.planning.relaxation.hours import Hours
from towns import town


def test_drives_are_taken_off_a_session():
    assert Hours(town(3, 3)).spans(0, 0) == ((0, 10, 50), (1, 20, 40))


def test_a_stay_of_one_pupil_must_fit():
    assert Hours(town(3, 3, hours=45)).spans(0, 0) == ((0, 10, 35),)


def test_forbidden_and_far_sites_and_those_without_pupils_are_left_out():
    forbidden = town(3, 3, constraints=[Forbidden(0, 0)])
    near = town(3, 3, constraints=[DrivingLimit(20)])
    empty = town(3, 3)
    empty = attrs.evolve(empty, sites=(attrs.evolve(empty.sites[0], groups=()), empty.sites[1]))

    assert [site for site, _, _ in Hours(forbidden).spans(0, 0)] == [1]
    assert [site for site, _, _ in Hours(near).spans(0, 0)] == [0]
    assert [site for site, _, _ in Hours(empty).spans(0, 0)] == [1]


def test_days_before_today_are_past():
    assert Hours(town(3, days=3, teams=2, today=1)).team_days == ((0, 1), (0, 2), (1, 1), (1, 2))


def test_days_with_the_same_sessions_are_known():
    problem = town(3, days=3)
    site = problem.sites[0]
    shut = attrs.evolve(site, sessions=(site.sessions[0], (), site.sessions[2]))

    assert Hours(attrs.evolve(problem, sites=(shut,))).same_sessions == (0, 1, 0)
