"""Target against actual: every pupil counted once, in each frame alike."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from school_ektp.errors import InvalidFieldError
from school_ektp.model.achieved import Achieved
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.season.ledger import Ledger
from school_ektp.season.progress import BY_CLASS, BY_TEAM, before, progress_tables, season_progress
from school_ektp.season.resumed import resumed
from school_ektp.season.rosters import CountedRoster
from school_ektp.season.season import begin
from school_ektp.season.standing import standing

DAYS = 6


def progress_of(plan, ledger, on, since=None, walk_ins=0.0):
    """Return the progress of a season of one roster, as a season puts it together."""
    since = since or plan.calendar.first_day
    rosters = [CountedRoster(on=plan.calendar.first_day, demand=plan.demand)]
    where = standing(plan, rosters, ledger, plan.visit_list, on=on)
    earlier = standing(plan, rosters, before(ledger, since), plan.visit_list, on=since)
    return season_progress(
        plan,
        resumed(plan, where),
        where=where,
        ledger=ledger,
        since=since,
        earlier=earlier,
        roster=plan.demand,
        walk_ins=walk_ins,
    )


@pytest.fixture
def plan(season, make):
    """Three schools, two kecamatan, one team, six days; some pupils turn 16 on the fifth."""
    later = (make.monday + dt.timedelta(days=4), 2)
    return season(
        schools=[make.school(), make.school(1), make.school(2, kecamatan="Sindang")],
        demand=[make.demand(later=later), make.demand(1), make.demand(2, pupils=9)],
        days=DAYS,
    )


def outcome_of(plan, number, **counts):
    visit = plan.visit_list[number]
    return Outcome(day=visit.day, team=visit.team, site=visit.site, **counts)


def test_before_the_season_everything_is_to_come(plan, make):
    progress = progress_of(plan, Ledger(), make.monday)

    total = progress.total
    assert (total.target, total.so_far, total.planned) == (plan.waiting, 0, 0)
    assert total.to_come == plan.recorded
    assert progress.dates[0].recorded is None
    assert progress.dates[-1].expected == progress.dates[-1].planned == plan.recorded
    assert progress.low <= plan.recorded <= progress.high


def test_recorded_is_reported_and_the_rest_is_presumed(plan, make):
    first = plan.visit_list[0]
    on = plan.visit_list[1].day + dt.timedelta(days=1)
    ledger, _ = Ledger().recorded([outcome_of(plan, 0, recorded=3, absent=2)])

    progress = progress_of(plan, ledger, on)

    site = next(one for one in progress.sites if one.site == first.site)
    assert site.achieved.recorded == 3
    assert site.achieved.stayed_away >= 0
    assert progress.total.target == plan.waiting
    assert progress.total.presumed == sum(
        visit.recorded for visit in plan.visit_list[1:] if visit.day < on
    )
    (team,) = progress.teams
    assert (team.visits, team.called, team.came, team.recorded) == (1, 5, 3, 3)


def test_days_before_those_reported_are_told_apart(plan):
    days = sorted({visit.day for visit in plan.visit_list})
    ledger, _ = Ledger().recorded(
        [outcome_of(plan, 0, recorded=4, absent=0), outcome_of(plan, 1, recorded=2, absent=0)]
    )
    since = plan.visit_list[1].day

    total = progress_of(plan, ledger, days[-1], since).total

    assert (total.before, total.recorded) == (4, 2)
    assert total.so_far >= 6


def test_walk_ins_are_no_part_of_the_target(plan):
    ledger, _ = Ledger().recorded([outcome_of(plan, 0, recorded=5, walk_ins=2, absent=0)])

    total = progress_of(plan, ledger, plan.visit_list[0].day + dt.timedelta(days=1)).total

    assert (total.recorded, total.outside, total.target) == (3, 2, plan.waiting)


def test_pupils_recorded_at_the_office_count_as_recorded(plan, make):
    office = [
        OfficeOutcome(day=make.monday, site=make.npsn[2], recorded=2),
        OfficeOutcome(day=make.monday, recorded=4),
    ]
    ledger, _ = Ledger().recorded(office)

    progress = progress_of(plan, ledger, make.monday + dt.timedelta(days=1))

    assert progress.office_only == 4
    assert next(one for one in progress.sites if one.site == make.npsn[2]).achieved.recorded >= 2
    assert progress.dates[0].recorded is not None
    assert progress.dates[0].recorded >= 6


def test_a_failed_visit_is_counted_against_its_team(plan):
    ledger, _ = Ledger().recorded([outcome_of(plan, 0, cancelled="rain")])

    (team,) = progress_of(plan, ledger, plan.visit_list[0].day + dt.timedelta(days=1)).teams

    assert (team.visits, team.failed, team.recorded) == (0, 1, 0)
    assert team.expected == plan.visit_list[0].recorded


def test_progress_since_a_later_day_is_refused(plan, make):
    with pytest.raises(InvalidFieldError, match="since must not be after 2024-09-09"):
        progress_of(plan, Ledger(), make.monday, make.monday + dt.timedelta(days=1))


def test_a_season_tells_its_progress_up_to_the_last_outcome(plan):
    first = plan.visit_list[0]
    season = begin(plan).record([outcome_of(plan, 0, recorded=4, absent=1)])

    progress = season.progress()

    assert progress.on == first.day + dt.timedelta(days=1)
    assert progress.since == plan.calendar.first_day
    assert progress.total.recorded == 4
    assert progress.total.target == plan.waiting
    assert 0 < progress.total.to_come < plan.recorded
    assert season.progress(since=progress.on).total.before == 4
    with pytest.raises(InvalidFieldError, match="on must not be before 2024-09-09"):
        season.progress(on=plan.calendar.first_day - dt.timedelta(days=1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_pupil_is_counted_once_in_each_frame(plan, data):
    """Whatever was reported: sums of schools, kecamatan, classes and the curve agree."""
    records = [
        outcome_of(
            plan,
            number,
            recorded=(recorded := data.draw(st.integers(0, 5))),
            absent=data.draw(st.none() | st.integers(0, 5 - recorded)),
        )
        for number in range(len(plan.visit_list))
        if data.draw(st.booleans())
    ]
    on = plan.calendar.first_day + dt.timedelta(days=data.draw(st.integers(0, DAYS)))
    told_before, _ = Ledger().recorded([one for one in records if one.day < on])
    since = data.draw(st.dates(plan.calendar.first_day, on))

    progress = progress_of(plan, told_before, on, since)
    found = progress_tables(progress)

    total = progress.total
    assert total.target == plan.waiting
    assert Achieved.total(progress.by_kecamatan.values()) == total
    assert found.by_site["target"].sum() == found.by_kecamatan["target"].sum() == plan.waiting
    assert found.by_class["gone"].sum() == total.so_far
    assert found.by_date["expected"][-1] == total.so_far + total.to_come + total.outside
    assert found.by_date["due"].to_list() == sorted(found.by_date["due"])
    assert found.by_date["due"][-1] == plan.waiting
    assert (found.by_date["p10"] <= found.by_date["expected"]).all()
    assert (found.by_date["expected"] <= found.by_date["p90"]).all()
    assert found.by_team.schema == BY_TEAM
    assert found.by_class.schema == BY_CLASS


@pytest.mark.parametrize("knows_recorded", [True, False])
def test_a_new_roster_midway_changes_who_is_to_be_recorded(plan, make, knows_recorded):
    """Two pupils more at the first school; those recorded before it are recorded still."""
    first = plan.visit_list[0]
    on = first.day + dt.timedelta(days=1)
    season = begin(plan).record([outcome_of(plan, 0, recorded=4, absent=1)])
    number = make.npsn.index(first.site)
    old = next(one for one in plan.demand if one.npsn == first.site)
    pupils = old.on(plan.calendar.first_day) + 2
    steps = [(make.monday, pupils - 4 * knows_recorded), *old.groups[0].steps[1:]]
    group = WaitingGroup(steps=steps)
    new = SchoolDemand(npsn=make.npsn[number], groups=[group], recorded=4 * knows_recorded)
    others = [one for one in plan.demand if one.npsn != first.site]

    season = season.with_demand([new, *others], on=on, knows_recorded=knows_recorded)
    progress = season.progress(on=on)

    assert progress.total.recorded == 4
    assert progress.total.target == plan.waiting + 2
    tables = progress_tables(progress)
    assert tables.by_site["target"].sum() == plan.waiting + 2
    assert tables.by_date["due"][-1] == plan.waiting + 2


# Besides the plan -----------------------------------------------------------------------------


def test_walk_ins_are_expected_at_the_visits_to_come(plan, make):
    on = make.monday + dt.timedelta(days=2)
    left = sum(visit.day >= on for visit in plan.visit_list)

    progress = progress_of(plan, Ledger(), on, walk_ins=1.5)

    assert left > 0
    assert progress.walk_ins == round(1.5 * left)
    assert progress.total.to_come == progress_of(plan, Ledger(), on).total.to_come


def test_the_office_goes_on_as_so_far(plan, make):
    """Six in two of six days are twelve in the four left."""
    on = make.monday + dt.timedelta(days=2)
    office = [OfficeOutcome(day=make.monday, recorded=4), OfficeOutcome(day=on, recorded=9)]
    office.append(OfficeOutcome(day=make.monday + dt.timedelta(days=1), recorded=2))

    progress = progress_of(plan, Ledger(office=office), on)
    # Four and two: the variance is less than the mean, so as many times it as by chance, once.
    half = 1.2816 * (12 * (1 + 4 / 2)) ** 0.5
    assert (progress.at_office, progress.at_office_low) == (12, round(12 - half))
    assert progress.at_office_high == round(12 + half)
    assert progress_of(plan, Ledger(office=office), make.monday).at_office == 0
    assert progress_of(plan, Ledger(office=office), on + dt.timedelta(days=9)).at_office == 0


def test_an_office_whose_days_differ_is_less_sure(plan, make):
    on, days = make.monday + dt.timedelta(days=4), [make.monday + dt.timedelta(n) for n in range(4)]
    even = [OfficeOutcome(day=day, recorded=5) for day in days]
    bulk = [OfficeOutcome(day=days[0], recorded=20)]

    surely, hardly = (progress_of(plan, Ledger(office=one), on) for one in (even, bulk))

    assert surely.at_office == hardly.at_office
    assert hardly.at_office_low < surely.at_office_low
    assert hardly.at_office_high > surely.at_office_high


def test_a_season_expects_walk_ins_once_it_has_seen_a_visit(plan):
    first = plan.visit_list[0]
    began = begin(plan)
    seen = began.record(outcome_of(plan, 0, recorded=4, walk_ins=3, absent=2))

    progress = seen.progress(on=first.day + dt.timedelta(days=1))

    rate = seen.learnt.rate("walk_ins").value
    assert began.progress().walk_ins == 0
    assert progress.walk_ins == round(rate * (len(plan.visit_list) - 1)) > 0
