"""Planning again without upsetting the schools."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from school_ektp.errors import InvalidFieldError, ProblemError, SchoolEktpWarning
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.checker import violations
from school_ektp.planning.stop import MaxIterations
from school_ektp.season.changes import Circumstances, under
from school_ektp.season.replan import replan

TUESDAY = dt.date(2024, 9, 10)


def test_replanning_without_a_change_moves_nobody(three_days):
    again = replan(three_days)

    assert (again.moved, again.kept, again.announced) == (0, 2, 2)
    assert again.comparison.count("moved") == 0


def test_only_the_visit_that_cannot_be_made_is_moved(three_days):
    lost = three_days.visit_list[0]
    closed = closed_on(three_days, lost)

    again = replan(three_days, calendar=closed)

    assert (again.moved, again.kept) == (1, 1)
    assert again.comparison.count("moved") == 1
    assert again.plan.recorded == three_days.recorded
    assert not violations(again.plan.problem, again.plan.solution)


def test_rates_of_a_school_that_left_leave_with_it(season, make):
    rates = {make.npsn[0]: 0.5, make.npsn[1]: 0.25}
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(), make.demand(1)],
        risks=attrs.evolve(Risks.none(), outage_by_school=rates),
    )

    again = replan(plan, schools=[make.school(1)], demand=[make.demand(1)])

    assert again.plan.risks.outage_by_school == ((make.npsn[1], 0.25),)
    with pytest.raises(ProblemError, match=f"outages at school {make.npsn[0]}"):
        replan(plan, schools=[make.school(1)], demand=[make.demand(1)], risks=plan.risks)


def closed_on(plan, visit):
    closure = Closure(DaySpan(visit.day), "event", npsn=visit.site)
    return attrs.evolve(plan.calendar, closures=(closure,))


def crowded(season, make):
    """One visit is possible: three pupils were announced, five wait at the other school."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=3), make.demand(1, pupils=5)],
        rules=VisitRules(visits_per_team_day=1),
        iterations=0,
    )
    return plan.with_visit(team="Tim 1", day=make.monday, site=make.npsn[0])


@pytest.mark.parametrize(("price", "recorded", "moved"), [(2, 5, 1), (3, 3, 0), (None, 3, 0)])
def test_an_announced_visit_is_moved_only_for_the_stated_number(
    price, recorded, moved, season, make
):
    again = replan(crowded(season, make), pupils_per_move=price)

    assert (again.plan.recorded, again.moved) == (recorded, moved)


def test_visits_that_were_not_announced_are_free(season, make):
    again = replan(crowded(season, make), pupils_per_move=100, announced=[])

    assert (again.plan.recorded, again.announced, again.moved) == (5, 0, 0)
    same = PinnedVisit(day=make.monday, team="Tim 1", site=make.npsn[0])
    assert replan(crowded(season, make), pupils_per_move=100, announced=[same]).kept == 1


def test_planning_goes_on_from_a_day(season, make):
    """Two pupils of fourteen were recorded on Monday; an hour holds five."""
    plan = season(demand=[make.demand(pupils=14)], days=3, iterations=0)
    plan = plan.with_visit(team="Tim 1", day=make.monday, site=make.npsn[0], pupils=2)

    again = replan(plan, on=TUESDAY, pupils_per_move=0)

    assert [(visit.day, visit.recorded) for visit in again.plan.visit_list] == [
        (TUESDAY, 5),
        (TUESDAY + dt.timedelta(days=1), 5),
    ]
    assert (again.announced, again.comparison.gained) == (0, 10)
    assert (again.plan.problem.today, again.plan.recorded_before, again.plan.waiting) == (1, 2, 12)
    assert not again.plan.violations


def test_days_kept_free_are_opened_by_planning_again_within_them(season, make):
    wednesday = TUESDAY + dt.timedelta(days=1)
    plan = season(demand=[make.demand(pupils=14)], days=3, rules=VisitRules(reserve_days=1))
    assert plan.recorded == 10

    assert replan(plan, on=TUESDAY).plan.recorded == 5
    again = replan(plan, on=wednesday).plan

    assert [(visit.day, visit.recorded) for visit in again.visit_list] == [(wednesday, 4)]


def test_who_waits_on_the_day_is_reported_by_the_demand_given(season, make):
    """Nobody came on Monday."""
    plan = season(demand=[make.demand(pupils=4)], days=3)

    again = replan(plan, on=TUESDAY, demand=[make.demand(pupils=4)])

    assert again.plan.recorded == 4


def test_a_new_pin_goes_before_announced_visits(season, make):
    plan = crowded(season, make)
    pin = PinnedVisit(day=make.monday, team="Tim 1", site=make.npsn[1])
    rules = attrs.evolve(plan.rules, pinned=(pin,))

    again = replan(plan, pupils_per_move=None, rules=rules)

    assert [visit.site for visit in again.plan.visit_list] == [make.npsn[1]]
    assert (again.moved, again.unkept) == (1, ())


def test_a_new_pin_that_cannot_be_kept_is_reported(season, make):
    """On Monday the second school is closed."""
    plan = season(
        schools=[make.school(), make.school(1, closed=[make.monday])],
        demand=[make.demand(pupils=5), make.demand(1, pupils=5)],
        days=2,
    )
    pin = PinnedVisit(day=make.monday, team="Tim 1", site=make.npsn[1])

    again = replan(plan, rules=attrs.evolve(plan.rules, pinned=(pin,)))

    assert again.unkept == (pin,)
    assert (again.moved, again.plan.recorded) == (0, 10)


def test_one_stop_rule_is_shared_by_all_searches(three_days):
    steps = []

    replan(three_days, pupils_per_move=1, stop=MaxIterations(40), on_progress=steps.append)

    assert 20 < max(step.iterations for step in steps) <= 40  # the first has half of them


def test_a_plan_of_today_keeps_its_past_under_other_circumstances(three_days):
    again = replan(three_days, on=TUESDAY).plan

    longer = under(again, Circumstances(deadline=dt.date(2024, 9, 13)))

    assert longer.problem.today == 1
    assert longer.solution == again.solution
    assert [site.held for site in longer.problem.sites] == [s.held for s in again.problem.sites]


def test_a_negative_price_is_refused(three_days):
    with pytest.raises(InvalidFieldError, match="pupils_per_move must be at least 0, got -1"):
        replan(three_days, pupils_per_move=-1)


def test_a_pin_of_a_day_gone_by_or_outside_the_season_is_reported(three_days):
    """Nobody was at the second school on Monday, and there is no Sunday in this season."""
    monday = next(one for one in three_days.visit_list if one.day < TUESDAY)
    other = next(npsn for npsn in three_days.names.sites if npsn != monday.site)
    gone = PinnedVisit(day=monday.day, team=monday.team, site=other)
    outside = PinnedVisit(day=dt.date(2024, 9, 15), team=monday.team, site=other)

    again = replan(three_days, on=TUESDAY, rules=VisitRules(pinned=[gone, outside]))

    assert set(again.unkept) == {gone, outside}
    assert [fault.rule for fault in again.plan.violations] == ["pinned", "pinned"]


def test_a_pin_that_was_kept_is_not_missed(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=3)
    monday = plan.visit_list[0]
    kept = PinnedVisit(day=monday.day, team=monday.team, site=monday.site)

    again = replan(plan, on=TUESDAY, rules=VisitRules(pinned=[kept]))

    assert monday.day < TUESDAY
    assert (again.unkept, again.plan.violations) == ((), ())


def test_lists_are_parts_like_tuples(three_days, tmp_path):
    """A plan made from lists is written and read like any other."""
    plan = replan(
        three_days,
        demand=list(three_days.demand),
        schools=list(three_days.schools),
        teams=list(three_days.teams),
    ).plan

    assert type(plan).from_json(plan.to_json(tmp_path / "plan.json")).demand == plan.demand


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"school": []}, "replan.school is no part that can change: schools, demand"),
        ({"teams": None}, "replan.teams must be a list of Team; got a NoneType"),
        ({"on": "2024-09-10"}, "replan.on must be a datetime.date without a time, got a str"),
        ({"on": dt.datetime(2024, 9, 10)}, "without a time, got a datetime"),
    ],
)
def test_what_is_no_change_is_refused_in_words(wrong, match, three_days):
    with pytest.raises(InvalidFieldError, match=match):
        replan(three_days, **wrong)


def test_past_visits_count_where_nobody_was_left(three_days):
    """The first school is done on Monday; then five more are found there."""
    monday = three_days.visit_list[0]
    rest = [one for one in three_days.demand if one.npsn != monday.site]

    at_once = replan(three_days, on=TUESDAY, demand=three_days.demand).plan
    done = replan(three_days, on=TUESDAY, demand=rest).plan
    later = replan(done, demand=three_days.demand).plan

    assert monday.site not in done.names.sites
    assert done.names.visited == ((monday.site, (monday.day,)),)
    for plan in (at_once, later):
        site = plan.problem.sites[plan.names.sites.index(monday.site)]
        assert site.held == (0,)
        assert plan.names.visited == ()


def test_a_plan_remembers_visited_schools_in_its_document(three_days, tmp_path):
    rest = [one for one in three_days.demand if one.npsn != three_days.visit_list[0].site]
    plan = replan(three_days, on=TUESDAY, demand=rest).plan

    assert type(plan).from_json(plan.to_json(tmp_path / "plan.json")).names == plan.names


def test_no_day_left_to_plan_is_reported(three_days):
    after = three_days.calendar.last_day + dt.timedelta(days=1)

    with pytest.warns(SchoolEktpWarning, match="no day is left to plan: the season ends on"):
        again = replan(three_days, on=after)

    assert again.plan.visit_list == ()


def test_rules_that_keep_every_day_free_are_reported(three_days):
    with pytest.warns(SchoolEktpWarning, match=r"=3 are all working days of Tim 1 \(3\)"):
        replan(three_days, rules=VisitRules(reserve_days=3))

    replan(three_days, rules=VisitRules(reserve_days=2))  # no word
