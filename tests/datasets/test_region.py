"""The sample regency: the reported figures to the last pupil, and nobody real."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.datasets import public_holidays, rejang_lebong
from school_ektp.datasets.pupils import ELSEWHERE_RECORDED, ELSEWHERE_TOO_YOUNG, ELSEWHERE_WAITING
from school_ektp.errors import InvalidFieldError
from school_ektp.model.clock import DaySpan
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.priorities import Priorities
from school_ektp.model.school import LocationMethod, SchoolLevel
from school_ektp.model.totals import check_totals
from school_ektp.planning.build import build_problem

REPORTED = dt.date(2024, 9, 3)
POLLING_DAY = dt.date(2024, 11, 27)
FIRST_TIMER = pl.col("birth_date") <= dt.date(2008, 9, 3)  # 16 on the day of the report

seeds = st.integers(-(2**70), 2**70)


@pytest.fixture(scope="module")
def region():
    return rejang_lebong(seed=1)


@settings(max_examples=12)
@given(seeds)
def test_everybody_is_in_the_demand_once_and_three_thousand_wait_on_the_day_of_the_report(seed):
    region = rejang_lebong(seed)
    demand, residents = region.demand(), region.demand(residents_only=True)

    assert sum(school.pupils for school in demand) == region.roster.height
    assert sum(school.pupils for school in residents) == region.roster.height
    assert sum(school.on(REPORTED) for school in demand) == 3_000
    assert sum(school.recorded for school in demand) == 3_000
    assert sum(school.set_aside for school in demand) == 0
    assert len(demand) == 45
    assert all(school.on(REPORTED) > 0 and school.recorded > 0 for school in demand)


def test_the_waiting_line_grows_until_the_deadline(region):
    demand = region.demand()
    days = [REPORTED, region.first_day, dt.date(2024, 10, 1), region.deadline]

    waiting = [sum(school.on(day) for school in demand) for day in days]

    assert waiting == sorted(waiting)
    assert 3_400 < waiting[-1] < 3_800
    assert sum(school.not_yet(region.deadline) for school in demand) > 1_000


def test_pupils_registered_elsewhere_are_counted_and_can_be_set_aside(region):
    elsewhere = ELSEWHERE_WAITING + ELSEWHERE_TOO_YOUNG
    roster = region.roster.filter(pl.col("home_region") != "")

    residents = region.demand(residents_only=True)

    assert roster.height == elsewhere + ELSEWHERE_RECORDED
    assert sum(school.set_aside for school in residents) == elsewhere
    assert sum(school.on(REPORTED) for school in residents) == 3_000 - ELSEWHERE_WAITING


def test_the_stated_totals_come_along_with_their_slip(region):
    [finding] = check_totals(region.stated)

    assert finding.likeliest.computed == 11_780
    assert region.stated.by_name["first-timers"] == region.roster.filter(FIRST_TIMER).height


def test_no_pupil_shows_in_the_repr(region):
    text = repr(rejang_lebong(seed=1, names=True))

    assert text == (
        "Region(name='Rejang Lebong', code='17.02', as_of=datetime.date(2024, 9, 3), "
        f"schools=<45 schools>, roster=<{region.roster.height} pupils>, teams=<3 teams>)"
    )


# Teams and calendar


def test_three_teams_with_two_kits_start_from_curup(region):
    assert [(team.name, team.kits) for team in region.teams] == [
        ("Tim 1", 2),
        ("Tim 2", 2),
        ("Tim 3", 2),
    ]
    assert {team.base.method for team in region.teams} == {LocationMethod.KECAMATAN}
    saturday = dt.date(2024, 9, 14)
    assert [saturday in team.working_days(region.calendar.span) for team in region.teams] == [
        False,
        False,
        True,
    ]


def test_the_season_runs_from_monday_to_polling_day(region):
    assert (region.first_day, region.deadline) == (dt.date(2024, 9, 9), POLLING_DAY)
    assert region.first_day.weekday() == 0
    assert [day for day, _ in region.calendar.holidays] == [dt.date(2024, 9, 16), POLLING_DAY]
    assert region.calendar.joint_leave == ()


def test_schools_close_for_holidays_and_assessments_and_early_on_fridays(region):
    [school] = [school for school in region.schools if school.npsn == "10700669"]  # SMA, six days
    calendar = region.calendar

    assert calendar.why_closed(school, dt.date(2024, 9, 16)).startswith("Prophet's Birthday")
    assert calendar.why_closed(school, dt.date(2024, 9, 25)) == "mid-term assessment"
    assert calendar.why_closed(school, dt.date(2024, 9, 14)) == ""
    [friday] = calendar.sessions(school, dt.date(2024, 9, 13))
    assert str(friday) == "07:30-11:30"


def test_smk_pupils_of_grade_eleven_are_away_on_placement(region):
    [smk] = [school for school in region.schools if school.npsn == "10700610"]
    classes = region.roster.filter(pl.col("npsn") == smk.npsn)["class_name"].unique().to_list()
    away = [c for c in classes if region.calendar.class_away(smk, c, dt.date(2024, 10, 15))]

    assert sorted(away) == sorted(c for c in classes if c.split()[0] == "XI")
    assert away
    assert not region.calendar.why_closed(smk, dt.date(2024, 10, 15))


def test_demand_tells_apart_the_grades_that_are_away_and_no_more(region):
    level = {school.npsn: school.level for school in region.schools}

    for school in region.demand():
        names = {group.class_name for group in school.groups}
        assert names <= ({"", "XI"} if level[school.npsn] is SchoolLevel.SMK else {""})
    apart = sum(
        group.pupils for school in region.demand() for group in school.groups if group.class_name
    )
    smk = [npsn for npsn, kind in level.items() if kind is SchoolLevel.SMK]
    roster = region.roster.filter(
        pl.col("npsn").is_in(smk), pl.col("grade") == 11, ~pl.col("recorded")
    )
    assert apart == roster.height


def test_absences_of_single_classes_are_told_apart_too(region):
    """A user's own closure: one class of one school, with another space in its name."""
    [closure] = [closure for closure in region.calendar.closures if closure.class_name]
    name = region.roster.filter(pl.col("npsn") == "10700669")["class_name"][0]
    closures = (
        attrs.evolve(closure, npsn="10700669", level=None, class_name=name.replace(" ", "  ")),
    )
    other = attrs.evolve(region, calendar=attrs.evolve(region.calendar, closures=closures))

    [school] = [one for one in other.demand() if one.npsn == "10700669"]

    assert {group.class_name for group in school.groups} == {"", name}


def test_the_deadline_cohort_comes_first_by_default(region):
    cohort = region.roster.filter(
        pl.col("birth_date") <= dt.date(2007, 11, 27), ~pl.col("recorded")
    ).height

    first = sum(school.on(POLLING_DAY, priority=0) for school in region.demand())

    assert first == cohort > 1_000
    alike = region.demand(priorities=Priorities())
    assert {group.label for school in alike for group in school.groups} == {"all"}


def test_an_older_threshold_leaves_fewer_waiting(region):
    card = sum(one.on(REPORTED) for one in region.demand(EligibilityPolicy(recording=17)))

    assert 0 < card < 3_000


def test_the_sample_is_a_sound_problem(region):
    problem, names = build_problem(
        region.schools, region.demand(), region.teams, region.calendar, rules=region.rules
    )

    assert names.unplaced == ()
    assert len(problem.sites) == 45
    assert problem.pupils == sum(school.on(POLLING_DAY) for school in region.demand())


def test_other_seeds_give_other_pupils_and_the_same_regency(region):
    other = rejang_lebong(seed=2)

    assert not other.roster.equals(region.roster)
    assert other.schools == region.schools
    assert other.teams == region.teams
    assert other.calendar == region.calendar


@pytest.mark.parametrize("seed", [None, "1", 1.0, True])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(InvalidFieldError, match=r"rejang_lebong.seed must be a whole number, got"):
        rejang_lebong(seed)


def test_holidays_of_other_years_come_from_the_calendar_package():
    assert len(public_holidays(2027).joint_leave) == 8
    with pytest.raises(InvalidFieldError, match="first_day must lie from 1946 to 2100"):
        public_holidays(1900)


def test_closures_lie_in_the_season(region):
    season = DaySpan(region.first_day, region.deadline)

    assert region.calendar.closures
    for closure in region.calendar.closures:
        assert closure.span.first in season
        assert closure.span.last in season
