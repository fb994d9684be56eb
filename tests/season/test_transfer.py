"""The visits of a plan in another problem: those that hold, at the time that holds."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.checker import violations
from school_ektp.planning.solution import Solution
from school_ektp.season.changes import Circumstances, under
from school_ektp.season.rebuild import rebuilt
from school_ektp.season.transfer import one_by_one, transferred


def test_a_longer_season_keeps_the_visits_as_they_are(season):
    plan = season()

    longer = under(plan, Circumstances(deadline=dt.date(2024, 9, 13)))

    assert longer.solution == plan.solution
    assert longer.problem.days == 5


def test_visits_that_hold_stay_as_they_stand(three_days):
    visits = transferred(
        three_days.names, three_days.solution, three_days.problem, three_days.names
    )

    assert visits == three_days.solution


def test_a_visit_of_a_team_or_school_that_is_gone_is_left_out(three_days, make):
    other = three_days.schools[1]
    left = rebuilt(
        three_days,
        schools=[other],
        demand=[demand for demand in three_days.demand if demand.npsn == other.npsn],
    )

    assert {visit.site for visit in left.visit_list} == {other.npsn}
    assert rebuilt(three_days, teams=[make.team(name="Tim 2")]).visit_list == ()


def test_visits_that_break_something_are_taken_one_by_one_as_far_as_they_hold(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=3)
    once = rebuilt(plan, rules=VisitRules(visits_per_school=1))

    assert len(plan.visit_list) == 2
    assert once.visit_list == plan.visit_list[:1]
    assert one_by_one(once.problem, plan.solution.visits) == once.solution


def test_a_pin_that_the_visits_do_not_know_drops_none_of_them(three_days):
    first = three_days.visit_list[0]
    wednesday = first.day + dt.timedelta(days=2)
    pin = PinnedVisit(day=wednesday, team=first.team, site=first.site)

    pinned = rebuilt(three_days, rules=VisitRules(pinned=[pin]))

    assert pinned.visit_list == three_days.visit_list
    assert {fault.rule for fault in violations(pinned.problem, pinned.solution)} == {"pinned"}


def test_a_visit_that_falls_away_does_not_move_the_others(season, make):
    """The first one begins later than it must: it was announced so."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=3), make.demand(1, pupils=3)],
        days=3,
    )
    first, last = plan.solution.visits
    late = attrs.evolve(first, start=first.start + 10, end=first.end + 10)
    announced = attrs.evolve(plan, solution=Solution([late, last]))
    assert announced.violations == ()
    day = announced.visit_list[-1].day
    closed = VisitRules(forbidden_dates=[(announced.visit_list[-1].site, day)])

    then = rebuilt(announced, rules=closed)

    assert then.solution.visits == (late,)


def test_a_slower_team_keeps_its_minute_and_has_less_room(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=3)
    (first, *_), team = plan.solution.visits, plan.teams[0]

    slower = rebuilt(plan, teams=[attrs.evolve(team, minutes_per_pupil=team.minutes_per_pupil + 1)])

    now = slower.solution.visits[0]
    assert (now.day, now.start, now.end) == (first.day, first.start, first.end)
    assert 0 < now.room < first.room
    assert slower.violations == ()
