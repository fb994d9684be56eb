"""A season: what is recorded, planned again, reported, and what is different from some day on."""

from __future__ import annotations

import datetime as dt
import time

import attrs
import pytest

from made_seasons import outcome
from pressed import interrupted_at
from school_ektp.errors import InvalidFieldError, ProblemError, SchoolEktpWarning
from school_ektp.model.demand import SchoolDemand
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.model.risks import Risks
from school_ektp.model.visit import PinnedVisit
from school_ektp.model.worth import Worth
from school_ektp.planning.stop import MaxIterations, MaxSeconds
from school_ektp.report.plan import Plan
from school_ektp.season.replan import replan
from school_ektp.season.season import begin, season_from_text

MONDAY = dt.date(2024, 9, 9)
TUESDAY = MONDAY + dt.timedelta(days=1)
FEW = MaxIterations(60)


@pytest.fixture
def plan(two_of_ten):
    return two_of_ten


# What happened


def test_a_season_records_and_replans_in_six_lines(plan):
    outcomes = [outcome(plan.visit_list[0])]

    later = begin(plan).record(outcomes).replan(on=TUESDAY)

    assert later.today == TUESDAY
    assert later.plan.recorded == 15
    assert repr(later) == "<Season on 2024-09-10: visits reported 1, planned 3>"


def test_nobody_came_so_all_wait_on(plan):
    """Past visits record nobody again, and what happened counts, not what was expected."""
    first = plan.visit_list[0]

    came = begin(plan).record(outcome(first, 5)).replan(on=TUESDAY, stop=FEW)
    nobody = begin(plan).record(outcome(first, 0, absent=10)).replan(on=TUESDAY, stop=FEW)

    assert sum(one.recorded for one in came.standing.demand) == 5
    assert came.plan.waiting == 15
    assert nobody.plan.waiting == 20
    assert all(visit.day > MONDAY for visit in nobody.plan.visit_list)


def test_counts_by_class_and_by_school_become_demand(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=3)
    by_class = Outcome(day=MONDAY, team="Tim 1", site=make.npsn[0], class_name="XI", recorded=4)

    later = begin(plan).record(by_class).replan(on=TUESDAY)

    assert [one.on(MONDAY) for one in later.plan.demand] == [6]


def test_recording_twice_changes_nothing(plan):
    once = begin(plan).record(outcome(plan.visit_list[0]))
    twice = once.record([outcome(plan.visit_list[0])] * 2)

    assert (twice.text, twice.told) == (once.text, ())


def test_outcomes_that_disagree_warn_and_a_correction_replaces(plan):
    first = plan.visit_list[0]
    with pytest.warns(SchoolEktpWarning, match=r"1 record was not taken: .* two records disagree"):
        doubt = begin(plan).record([outcome(first, 3), outcome(first, 4)])
    corrected = doubt.record(outcome(first, 3)).record(outcome(first, 4))

    assert doubt.ledger.outcomes == ()
    assert [one.recorded for one in corrected.ledger.outcomes] == [4]
    assert [one.kind for one in corrected.told] == ["disagree", "corrected"]


def test_records_of_other_schools_and_seasons_are_not_taken(plan, make):
    stranger = Outcome(day=MONDAY, team="Tim 1", site="10799999", recorded=1)
    last_year = outcome(plan.visit_list[0])
    last_year = attrs.evolve(last_year, day=dt.date(2023, 9, 9))

    with pytest.warns(SchoolEktpWarning, match="2 records were not taken"):
        begun = begin(plan).record([stranger, last_year])

    assert [one.kind for one in begun.issues] == ["unknown_site", "outside_season"]
    assert begun.ledger.outcomes == ()


def test_an_outcome_of_the_wrong_visit_can_be_withdrawn(plan):
    first = plan.visit_list[0]
    begun = begin(plan).record(outcome(first))

    back = begun.withdraw(day=first.day, team=first.team, site=first.site)

    assert back.ledger.outcomes == ()


# Frames and keys


# The account


# Planning again


def test_a_new_pin_is_kept(plan, make):
    """Whatever it costs, in `replan` and in a season."""
    friday = MONDAY + dt.timedelta(days=4)
    pin = PinnedVisit(day=friday, team="Tim 1", site=make.npsn[0])
    rules = attrs.evolve(plan.rules, pinned=(pin,))

    once = replan(plan, rules=rules, stop=FEW)
    season = begin(plan).replan(on=MONDAY, rules=rules, stop=FEW)

    for found in (once.plan, season.plan):
        assert not found.violations
        assert (friday, make.npsn[0]) in [(visit.day, visit.site) for visit in found.visit_list]
    assert once.unkept == season.unkept == ()


def test_a_pin_that_cannot_be_kept_is_reported(plan, make):
    sunday = MONDAY - dt.timedelta(days=1) + dt.timedelta(days=7)
    pin = PinnedVisit(day=sunday, team="Tim 1", site=make.npsn[0])
    calendar = attrs.evolve(plan.calendar, last_day=MONDAY + dt.timedelta(days=8))
    rules = attrs.evolve(plan.rules, pinned=(pin,))

    with pytest.warns(SchoolEktpWarning, match="1 pinned visit cannot be kept: Tim 1, "):
        later = begin(plan).replan(on=MONDAY, rules=rules, calendar=calendar, stop=FEW)

    assert later.unkept == (pin,)


def test_announced_visits_stay_inside_the_notice(season, make):
    """Nearly everybody of the second school came to the office; its visits are announced."""
    plan = season(
        schools=[make.school(), make.school(1)],
        demand=[make.demand(pupils=10), make.demand(1, pupils=10)],
        days=5,
        worth=Worth(visit=1, team_day=1, driving_hour=0, waiting_week=0),
    )
    second = {v.site for v in plan.visit_list} - {plan.visit_list[0].site}
    office = OfficeOutcome(day=MONDAY, site=next(iter(second)), recorded=9)
    begun = begin(plan).record([outcome(plan.visit_list[0]), office])

    kept = begun.replan(on=TUESDAY, notice_days=7, stop=FEW)
    free = begun.replan(on=TUESDAY, notice_days=0, pupils_per_move=0, stop=FEW)

    announced = [(v.day, v.team, v.site, v.start) for v in plan.visit_list if v.day >= TUESDAY]
    assert [(v.day, v.team, v.site, v.start) for v in kept.plan.visit_list][:3] == announced
    assert len(free.plan.visit_list) < 3


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"notice_days": -1}, "notice_days must be at least 0, got -1"),
        ({"pupils_per_move": -1}, "pupils_per_move must be at least 0, got -1"),
        ({"demand": ()}, "demand is no part that can change: schools, teams"),
        ({"school": ()}, "school is no part that can change"),
    ],
)
def test_what_replan_cannot_do_is_refused(wrong, match, plan):
    with pytest.raises(InvalidFieldError, match=match):
        begin(plan).replan(on=MONDAY, **wrong)


def test_parts_that_do_not_fit_are_refused(plan):
    with pytest.raises(ProblemError):
        begin(plan).replan(on=MONDAY, teams=())


def test_a_season_begins_from_a_plan_that_was_planned_again(plan):
    now = replan(plan, on=TUESDAY, stop=FEW).plan

    later = begin(now).replan(on=TUESDAY + dt.timedelta(days=1), stop=FEW)

    assert later.standing.stayed_away.keys() >= begin(now).standing.stayed_away.keys()
    assert later.account.difference == 0
    assert later.plan.recorded_before == 10


def test_an_interrupted_planning_gives_the_best_season_so_far(sample_plan):
    """Of all searches: the user presses Ctrl-C once."""
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=2)
    steps = []

    def press(now):
        steps.append(now)
        if len(steps) == 3:
            raise KeyboardInterrupt

    with pytest.warns(SchoolEktpWarning, match="the search was interrupted"):
        later = begin(sample_plan).replan(
            on=on, stop=MaxIterations(10_000), on_progress=press, bound=False
        )

    assert len(steps) == 3
    assert not later.plan.violations
    assert later.plan.recorded > 0


def test_an_interrupt_before_the_search_gives_a_plan_too(sample_plan):
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=4)

    with pytest.warns(SchoolEktpWarning, match="interrupted before the search"):
        later = begin(sample_plan).replan(on=on, stop=interrupted_at(2))

    assert not later.plan.violations
    assert later.plan.bound >= later.plan.value.total


def test_progress_is_that_of_all_searches_together(sample_plan):
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=4)
    steps = []

    begin(sample_plan).replan(on=on, stop=MaxIterations(20), on_progress=steps.append, bound=False)

    assert [now.done for now in steps] == sorted(now.done for now in steps)
    assert [now.iterations for now in steps] == sorted(now.iterations for now in steps)
    assert steps[-1].iterations > 10
    assert steps[-1].done == 1


# What is different


def test_a_pause_moves_the_visits_in_it(plan):
    """Announced visits that cannot be made do not hold the plan back."""
    wednesday = MONDAY + dt.timedelta(days=2)
    longer = attrs.evolve(plan.calendar, last_day=MONDAY + dt.timedelta(days=11))

    later = begin(plan).pause(MONDAY, wednesday).replan(on=MONDAY, calendar=longer, stop=FEW)

    assert later.plan.recorded == 20
    assert all(visit.day > wednesday for visit in later.plan.visit_list)


def test_a_lost_day_and_a_closed_school_are_one_call_each(plan, make):
    site = plan.visit_list[0].site
    lost = begin(plan).lose_day("Tim 1", MONDAY).replan(on=MONDAY, stop=FEW)
    closed = begin(plan).close_school(site, TUESDAY, reason="flood").replan(on=MONDAY, stop=FEW)

    assert MONDAY not in {visit.day for visit in lost.plan.visit_list}
    assert {v.day for v in closed.plan.visit_list if v.site == site} <= {MONDAY}


def test_one_team_more_is_one_call(plan, make):
    more = begin(plan).with_team(make.team(name="Tim 2")).replan(on=MONDAY, stop=FEW)

    assert more.plan.recorded == 20
    assert {visit.team for visit in more.plan.visit_list} <= {"Tim 1", "Tim 2"}
    assert [team.name for team in more.teams] == ["Tim 1", "Tim 2"]


def test_visits_of_a_team_that_left_are_still_evidence(plan, make):
    first = plan.visit_list[0]
    begun = begin(plan).record(outcome(first, 4, absent=1))

    later = begun.replan(on=TUESDAY, teams=[make.team(name="Tim 2")], stop=FEW)

    assert [(call.team, call.came) for call in later.calls] == [("Tim 1", 4)]
    assert later.issues == ()
    assert {visit.team for visit in later.plan.visit_list} == {"Tim 2"}


def test_rates_of_a_team_that_left_are_left_out_until_it_is_back(season, make):
    teams = [make.team(), make.team(name="Tim 2")]
    risks = attrs.evolve(Risks.none(), day_lost_by_team={"Tim 2": 0.5})
    begun = begin(season(teams=teams, risks=risks))

    left = begun.replan(on=MONDAY, teams=teams[:1], learn=False, stop=FEW)
    back = left.replan(on=MONDAY, teams=teams, learn=False, stop=FEW)

    assert left.plan.risks == Risks.none()
    assert back.plan.risks == back.risks == risks


def test_a_new_school_comes_in_with_its_roster(plan, make):
    demand = [*(make.demand(number, pupils=10) for number in (0, 1)), make.demand(2, pupils=5)]
    schools = [make.school(number) for number in range(3)]

    later = (
        begin(plan)
        .with_demand(demand, on=TUESDAY, knows_recorded=False, schools=schools)
        .replan(on=TUESDAY, stop=FEW)
    )

    assert later.account.pupils("joined") == 5
    assert later.plan.names.sites == make.npsn
    assert make.npsn[2] in season_from_text(later.text, Plan).account.by_site["site"]


def test_a_season_goes_on_after_its_last_day(plan):
    after = plan.calendar.last_day + dt.timedelta(days=3)

    with pytest.warns(SchoolEktpWarning, match="no day is left to plan: the season ends on"):
        over = begin(plan).replan(on=after, stop=FEW)
    with pytest.warns(SchoolEktpWarning, match="calendar= gives it another last day"):
        begun = over.record(outcome(plan.visit_list[0], 2, absent=3)).replan(on=after, stop=FEW)

    assert (over.plan.visit_list, over.account.pupils("presumed")) == ((), 20)
    assert (begun.account.pupils("recorded"), begun.account.difference) == (2, 0)


def test_kits_out_of_order_are_one_call(season, make):
    plan = season(demand=[make.demand(pupils=10)], teams=[make.team(kits=2)], days=3)
    assert plan.recorded == 10

    less = begin(plan).lose_kits("Tim 1", MONDAY, MONDAY).replan(on=MONDAY, stop=FEW)

    assert less.plan.recorded == 10
    assert [v.room for v in less.plan.visit_list if v.day == MONDAY] in ([], [5])


@pytest.mark.parametrize(
    "call",
    [
        lambda season: season.lose_day("Tim 9", MONDAY),
        lambda season: season.lose_kits("Tim 9", MONDAY, MONDAY),
        lambda season: season.close_school("10799999", MONDAY, reason="flood"),
    ],
    ids=["day", "kits", "school"],
)
def test_teams_and_schools_that_are_not_there_are_refused(call, plan):
    with pytest.raises(InvalidFieldError, match="is not in this plan"):
        call(begin(plan))


def test_a_class_that_starts_later_comes_in_with_a_new_roster(plan, make):
    wednesday = MONDAY + dt.timedelta(days=2)
    new = [make.demand(pupils=25), make.demand(1, pupils=10)]
    begun = begin(plan).record(outcome(plan.visit_list[0]))

    later = begun.with_demand(new, on=wednesday, knows_recorded=False).replan(
        on=wednesday, stop=FEW
    )

    assert later.account.pupils("joined") == 15
    assert later.account.difference == 0
    assert sum(one.pupils for one in later.plan.demand) == 35
    with pytest.raises(InvalidFieldError, match="on must be after the first day"):
        later.with_demand(new, on=MONDAY)
    with pytest.raises(InvalidFieldError, match="and not after the last"):
        later.with_demand(new, on=plan.calendar.last_day + dt.timedelta(days=1))


def test_a_roster_that_is_to_come_does_not_count_yet(plan, make):
    friday = MONDAY + dt.timedelta(days=4)
    begun = begin(plan).with_demand([SchoolDemand(npsn=make.npsn[0], groups=[])], on=friday)

    assert begun.replan(on=TUESDAY, stop=FEW).plan.waiting == 15
    assert begun.replan(on=friday, stop=FEW).plan.waiting == 0


def test_a_rate_can_be_overruled_and_reset(season, make):
    plan = season(demand=[make.demand(pupils=10)], days=3, risks=Risks())
    overruled = begin(plan).overrule("turnout", 0.4)

    assert overruled.replan(on=MONDAY, stop=FEW).plan.risks.turnout == 0.4
    assert overruled.replan(on=MONDAY, stop=FEW, learn=False).plan.risks == Risks()
    assert overruled.overrule("turnout", None).learnt.risks() == Risks()


# Faults of seasons played before


def test_a_kit_lost_for_two_weeks_costs_few_pupils_while_ten_weeks_are_free(sample_plan):
    begun = begin(sample_plan)
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=2)
    until = on + dt.timedelta(days=13)
    team = sample_plan.teams[0].name
    few = {"on": on, "stop": MaxIterations(50), "seed": 4, "bound": False}
    usual = begun.replan(**few)

    less = begun.lose_kits(team, on, until).replan(**few)

    assert less.plan.recorded >= usual.plan.recorded - 25
    assert less.changes.count("dropped") <= 2
    assert not less.plan.violations


def test_outcomes_of_two_weeks_leave_nobody_recorded_twice(sample_plan):
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=2)
    outcomes = [outcome(visit, absent=0) for visit in sample_plan.visit_list if visit.day < on]

    later = begin(sample_plan).record(outcomes).replan(on=on, stop=MaxIterations(20), bound=False)

    recorded = sum(one.recorded for one in outcomes)
    assert later.account.pupils("recorded") == recorded
    assert later.plan.recorded_before == sample_plan.recorded_before + recorded
    assert later.plan.waiting == sample_plan.waiting - recorded
    assert later.plan.recorded <= later.plan.waiting
    assert min(visit.day for visit in later.plan.visit_list) >= on


def test_visits_of_the_past_record_nobody_again_under_a_new_demand(sample_plan):
    """Of two weeks in which, by the demand given, nobody was recorded."""
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=2)

    again = replan(sample_plan, demand=sample_plan.demand, on=on, stop=MaxIterations(2)).plan

    assert min(visit.day for visit in again.visit_list) >= on
    assert again.recorded_before == sample_plan.recorded_before
    assert again.recorded <= again.waiting == sample_plan.waiting


def test_seconds_hold_for_the_whole_call(sample_plan):
    on = sample_plan.calendar.first_day + dt.timedelta(weeks=2)
    seconds = 3.0
    stop = MaxSeconds(seconds, clock=time.process_time)  # a busy machine takes nothing from it
    started = time.process_time()

    begin(sample_plan).lose_kits(sample_plan.teams[0].name, on, on).replan(on=on, stop=stop)

    assert time.process_time() - started < 1.5 * seconds


# Found by breaking it ------------------------------------------------------------------------


def two_schools_on_a_day(season, make):
    """Return a plan in which one team visits both schools on one morning."""
    return season(
        schools=[make.school(session="08:00-10:00"), make.school(1, session="08:00-10:00")],
        demand=[make.demand(pupils=4), make.demand(1, pupils=4)],
        teams=[make.team(shift="07:00-12:00")],
        days=3,
        worth=Worth(visit=0, team_day=2, driving_hour=0),
    )


def test_a_visit_cancelled_ahead_is_not_planned_again_for_that_day(season, make):
    """Both schools are visited on Tuesday; one of them calls off, the other visit stays."""
    plan = two_schools_on_a_day(season, make)
    off, stays = plan.visit_list
    assert off.day == stays.day
    begun = begin(plan).record(
        Outcome(day=off.day, team=off.team, site=off.site, cancelled="rapat guru")
    )

    later = begun.replan(on=MONDAY, stop=FEW)

    where = [(visit.day, visit.site) for visit in later.visits]
    assert (where.count((off.day, off.site)), where.count((stays.day, stays.site))) == (1, 1)
    assert (off.day, off.site) not in {(v.day, v.site) for v in later.plan.visit_list}
    assert later.account.visits.difference == 0
    assert later.account.visits.cancelled == 1
    assert season_from_text(later.text, Plan).text == later.text


def test_what_a_team_that_is_out_has_still_to_do_counts_as_expected(season, make):
    """Of two visits of a day the first is reported; the second is neither lost nor planned anew."""
    plan = two_schools_on_a_day(season, make)
    first, _ = plan.visit_list
    later = begin(plan).record(outcome(first, 4)).replan(on=first.day, stop=FEW)

    assert (later.account.pupils("recorded"), later.account.pupils("presumed")) == (4, 4)
    assert later.plan.visit_list == ()
    assert "no_outcome" in {one.kind for one in later.issues}


@pytest.mark.parametrize("by_roster", [True, False])
def test_a_school_that_came_and_left_keeps_what_happened_there(by_roster, season, make):
    plan = season(schools=[make.school()], demand=[make.demand(pupils=10)], days=5)
    both = (make.school(), make.school(1))
    came = begin(plan).with_demand(
        [make.demand(pupils=10), make.demand(1, pupils=3)], on=TUESDAY, schools=both
    )
    begun = came.replan(on=TUESDAY, stop=FEW).record(
        Outcome(day=TUESDAY, team="Tim 1", site=make.npsn[1], recorded=3)
    )
    left = (
        begun.with_demand([make.demand(pupils=10)], on=MONDAY + dt.timedelta(2), schools=both[:1])
        if by_roster
        else begun.replan(on=begun.today, schools=both[:1], stop=FEW)
    )

    later = left.replan(on=MONDAY + dt.timedelta(2), stop=FEW)

    assert later.account.pupils("recorded") == 3
    assert later.account.difference == 0
    assert season_from_text(later.text, Plan).text == later.text


def test_a_team_that_came_and_left_is_still_evidence(plan, make):
    more = begin(plan).with_team(make.team(name="Tim 2")).replan(on=MONDAY, stop=FEW)
    begun = more.record(Outcome(day=MONDAY, team="Tim 2", site=make.npsn[0], recorded=4, absent=1))

    later = begun.replan(on=TUESDAY, teams=plan.teams, stop=FEW)

    assert [call.team for call in later.calls] == ["Tim 2"]
    assert "unknown_team" not in {one.kind for one in later.issues}


@pytest.mark.parametrize(
    ("demand", "match"),
    [
        ([99], "counts schools that are not there, give schools=: 10700671"),
        ([0, 0], "counts schools twice: 10700669"),
    ],
)
def test_a_new_roster_of_what_is_not_there_is_refused(demand, match, plan, make):
    """Taken, it would be written into a document that cannot be read."""
    counted = [make.demand(2 if one == 99 else one, pupils=3) for one in demand]
    with pytest.raises(InvalidFieldError, match=match):
        begin(plan).with_demand(counted, on=TUESDAY)


def test_a_season_made_shorter_than_what_was_reported_can_be_kept(plan, make):
    friday = MONDAY + dt.timedelta(4)
    begun = begin(plan).record(Outcome(day=friday, team="Tim 1", site=make.npsn[0], recorded=2))
    shorter = attrs.evolve(plan.calendar, last_day=TUESDAY)

    later = begun.replan(on=MONDAY, calendar=shorter, stop=FEW)

    assert season_from_text(later.text, Plan).text == later.text
    assert later.account.pupils("recorded") == 2


def test_a_pause_holds_for_teams_that_come_later(plan, make):
    """And a pause to the end of the season leaves a plan without visits."""
    paused = begin(plan).pause(MONDAY, MONDAY + dt.timedelta(60))

    later = paused.with_team(make.team(name="Tim 2")).replan(on=MONDAY, stop=FEW)

    assert later.plan.visit_list == ()
    assert later.changes.count("dropped") == len(plan.visit_list)
    assert season_from_text(later.text, Plan).text == later.text


def test_a_pin_of_a_day_gone_by_is_reported(plan, make):
    pin = PinnedVisit(day=MONDAY, team="Tim 1", site=make.npsn[0])
    assert (pin.day, pin.site) not in {(v.day, v.site) for v in plan.visit_list}
    rules = attrs.evolve(plan.rules, pinned=[pin])

    with pytest.warns(SchoolEktpWarning, match="1 pinned visit cannot be kept: Tim 1, "):
        later = begin(plan).replan(on=TUESDAY, rules=rules, stop=FEW)

    assert later.unkept == (pin,)


def test_what_was_reported_of_the_office_can_be_withdrawn(plan, make):
    begun = begin(plan).record(OfficeOutcome(day=MONDAY, site=make.npsn[0], recorded=3))

    assert begun.withdraw(day=MONDAY, site=make.npsn[0]).ledger == begin(plan).ledger
    with pytest.raises(
        InvalidFieldError, match="something was reported of the office, got 2024-09-10"
    ):
        begun.withdraw(day=TUESDAY)
    with pytest.raises(InvalidFieldError, match="something was reported of Tim 1, 10700669"):
        begun.withdraw(day=MONDAY, team="Tim 1", site=make.npsn[0])


def test_the_summary_of_a_plan_of_a_later_day_tells_that_day(plan):
    later = begin(plan).record(outcome(plan.visit_list[0], 5)).replan(on=TUESDAY, stop=FEW)

    lines = later.plan.summary("en").splitlines()
    assert lines[0].startswith("Of 20 first-timers on 10 September 2024, 5 are recorded and 15 ")
    assert lines[1].startswith("From 10 September 2024 to 13 September 2024, 15 of 15 pupils")
    assert lines[2].startswith("Coverage: 25.0% on 10 September 2024, 100.0% expected")


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda one: one.replan(on="2024-09-10"), "on must be a datetime.date without a time"),
        (
            lambda one: one.replan(on=dt.datetime(2024, 9, 10)),
            "on must be a datetime.date without a time, got a datetime",
        ),
        (lambda one: one.replan(on=MONDAY, notice_days=2.5), "notice_days must be a whole number"),
        (
            lambda one: one.replan(on=MONDAY, notice_days=None),
            "got a NoneType",
        ),
        (lambda one: one.replan(on=MONDAY, teams=None), "teams must be a list of Team"),
        (lambda one: one.replan(on=MONDAY, rules=None), "rules must be a VisitRules"),
        (
            lambda one: one.with_team("Tim 2"),
            "teams must be a list of Team; got a tuple with a",
        ),
        (
            lambda one: one.with_demand([1], on=TUESDAY),
            "must be a list of SchoolDemand .such as",
        ),
        (
            lambda one: one.close_school("10700669", dt.date(2025, 1, 1), reason="banjir"),
            "first must lie in the season from 2024-09-09",
        ),
    ],
)
def test_what_is_of_another_kind_is_refused_in_words(call, match, plan):
    with pytest.raises(InvalidFieldError, match=match):
        call(begin(plan))


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda one, day: one.pause(day, day), "Season.pause.first must lie in the season from"),
        (lambda one, day: one.lose_day("Tim 1", day), "Season.lose_day.day must lie in the"),
        (lambda one, day: one.lose_kits("Tim 1", day, day), "Season.lose_kits.first must lie"),
        (lambda one, day: one.close_school("10700669", day, reason="x"), "close_school.first must"),
    ],
)
def test_what_happens_outside_the_season_is_refused(call, match, plan):
    """Most of all a year that was mistyped."""
    with pytest.raises(InvalidFieldError, match=match):
        call(begin(plan), MONDAY.replace(year=2042))


def test_what_reaches_beyond_the_season_is_taken(plan):
    paused = begin(plan).pause(TUESDAY, MONDAY.replace(year=2042)).replan(on=MONDAY, stop=FEW)

    assert {visit.day for visit in paused.plan.visit_list} == {MONDAY}


def test_a_notice_of_any_length_holds_every_visit(plan):
    season = begin(plan).replan(on=MONDAY, notice_days=10**12, stop=FEW)

    assert season.plan.visit_list == plan.visit_list


def test_a_visit_to_come_whose_report_is_withdrawn_is_to_come_again(plan):
    """It was past only because somebody reported it too early."""
    last = plan.visit_list[-1]
    early = begin(plan).record(outcome(last)).replan(on=TUESDAY, stop=FEW)
    assert last in early.past

    later = early.withdraw(day=last.day, team=last.team, site=last.site)
    again = later.replan(on=TUESDAY, stop=FEW)

    planned = [(one.day, one.team, one.site) for one in again.visits]
    assert len(planned) == len({*planned})
    assert last not in again.past
    assert last in again.before
    assert again.account.visits.difference == 0
