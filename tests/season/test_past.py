"""What a plan must know of the days gone by: taken from one problem, put onto another."""

from __future__ import annotations

import datetime as dt

import attrs

from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.rules import VisitRules
from school_ektp.planning.build import build_problem
from school_ektp.season.past import Past, by_days_away
from school_ektp.season.replan import replan

TUESDAY = dt.date(2024, 9, 10)


def built(plan, **changes):
    """Return the problem and names of a plan as if nothing had happened."""
    parts = {name: getattr(plan, name) for name in ("schools", "demand", "teams", "calendar")}
    return build_problem(
        *(parts | changes).values(), rules=plan.rules, worth=plan.worth, risks=plan.risks
    )


def test_a_season_that_begins_has_no_past(three_days, make):
    past = Past.of(three_days.problem, three_days.names)

    assert past == Past(today=make.monday, stayed_away={}, held={}, out={})
    assert past.onto(three_days.problem, three_days.names) == three_days.problem


def test_what_a_problem_knows_comes_back_in_one_built_anew(season, make):
    plan = season(demand=[make.demand(pupils=20)], days=3)
    later = replan(plan, on=TUESDAY).plan
    past = Past.of(later.problem, later.names)

    problem, names = built(later)

    assert past.today == TUESDAY
    assert past.held == {make.npsn[0]: (make.monday,)}
    assert past.out == {"Tim 1": frozenset({make.monday})}
    assert past.onto(problem, names) == later.problem


def test_schools_that_are_no_sites_stay_known_by_name(three_days, make):
    """Both were visited; one has nobody left, so it is no site of the new problem."""
    gone = make.npsn[2]
    days = (make.monday, TUESDAY)
    past = Past(today=TUESDAY, stayed_away={}, held={gone: days, make.npsn[0]: days}, out={})

    names = past.elsewhere(three_days.names)

    assert names.visited == ((gone, days),)
    assert Past.of(three_days.problem, names).held == {gone: days}
    assert past.elsewhere(attrs.evolve(names, sites=(*names.sites, gone))).visited == ()


def test_no_more_stayed_away_than_wait(season, make):
    plan = season(demand=[make.demand(pupils=4)], days=3)
    away = {(make.npsn[0], 0, frozenset()): (3, 9)}
    past = Past(today=TUESDAY, stayed_away=away, held={}, out={})

    [group] = past.onto(plan.problem, plan.names).sites[0].groups

    assert group.stayed_away == (3, 1)


def test_a_team_that_has_been_out_on_a_day_to_come_stays_at_home(three_days):
    wednesday = TUESDAY + dt.timedelta(days=1)
    past = Past(today=TUESDAY, stayed_away={}, held={}, out={"Tim 1": frozenset({wednesday})})

    [team] = past.onto(three_days.problem, three_days.names).teams

    assert [team.works(day) for day in range(3)] == [True, True, False]


def test_counts_by_class_become_counts_by_the_days_away(season, make):
    closed = Closure(DaySpan(TUESDAY), "placement", class_name="XI")
    plan = season(days=3, rules=VisitRules())
    calendar = attrs.evolve(plan.calendar, closures=[closed])
    site = make.npsn[0]
    counts = {(site, 0, "XI"): (2,), (site, 0, "XII"): (1, 4), (site, 0, "X"): (3,)}

    found = by_days_away(counts, plan.schools, calendar)

    assert found == {
        (site, 0, frozenset({TUESDAY})): (2,),
        (site, 0, frozenset()): (4, 4),
    }
