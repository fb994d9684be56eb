"""The sample regency: the reported figures to the last pupil, and nobody real."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections import Counter
from importlib.resources import files

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school_ektp.datasets import public_holidays, rejang_lebong
from school_ektp.datasets.pupils import ELSEWHERE_RECORDED, ELSEWHERE_TOO_YOUNG, ELSEWHERE_WAITING
from school_ektp.datasets.rng import Rng, apportion
from school_ektp.errors import InvalidFieldError
from school_ektp.model import holidays
from school_ektp.model.clock import DaySpan
from school_ektp.model.eligibility import EligibilityPolicy
from school_ektp.model.priorities import Priorities
from school_ektp.model.school import LocationMethod, SchoolLevel
from school_ektp.model.totals import check_totals
from school_ektp.planning.build import build_problem
from school_ektp.roster.schema import ROSTER

REPORTED = dt.date(2024, 9, 3)
POLLING_DAY = dt.date(2024, 11, 27)
FIRST_TIMER = pl.col("birth_date") <= dt.date(2008, 9, 3)  # 16 on the day of the report

seeds = st.integers(-(2**70), 2**70)
few = settings(max_examples=12)


@pytest.fixture(scope="module")
def region():
    return rejang_lebong(seed=1)


def rows_of(region) -> list[dict[str, str]]:
    text = (files("school_ektp") / "data" / "schools_rejang_lebong.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def fingerprint(roster: pl.DataFrame) -> str:
    return hashlib.sha256(repr(roster.rows()).encode()).hexdigest()[:16]


# The reported figures


@few
@given(seeds)
def test_six_thousand_first_timers_half_of_them_recorded(seed):
    roster = rejang_lebong(seed).roster
    first_timers = roster.filter(FIRST_TIMER)

    assert first_timers.height == 6_000
    assert first_timers["recorded"].sum() == 3_000
    assert roster["recorded"].sum() == 3_000, "nobody is recorded before 16"


@few
@given(seeds)
def test_three_thousand_wait_on_the_day_of_the_report(seed):
    demand = rejang_lebong(seed).demand()

    assert sum(school.on(REPORTED) for school in demand) == 3_000
    assert sum(school.recorded for school in demand) == 3_000
    assert sum(school.set_aside for school in demand) == 0


@few
@given(seeds)
def test_every_pupil_of_the_roster_is_in_the_demand_once(seed):
    region = rejang_lebong(seed)

    for demand in (region.demand(), region.demand(residents_only=True)):
        assert sum(school.pupils for school in demand) == region.roster.height


@few
@given(seeds)
def test_every_school_has_pupils_who_wait_and_some_recorded(seed):
    demand = rejang_lebong(seed).demand()

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


# The pupils


def test_the_roster_is_complete_and_in_order(region):
    roster = region.roster

    assert roster.schema == ROSTER
    assert roster["source_row"].to_list() == list(range(1, roster.height + 1))
    assert roster.equals(roster.sort("npsn", "grade", "class_name", "student_id"))
    unknown = {name for name in roster.columns if roster[name].null_count()}
    assert unknown == {"recorded_on", "nik", "name"}


def test_nobody_can_be_taken_for_a_real_pupil(region):
    roster = region.roster

    assert roster["student_id"].is_unique().all()
    assert roster["nisn"].str.contains(r"^000\d{7}$").all()
    assert roster["nik"].is_null().all()
    assert roster["name"].is_null().all()


def test_names_are_given_only_when_asked_for_and_are_plainly_invented(region):
    named = rejang_lebong(seed=1, names=True).roster

    assert named["name"].str.contains(r"^Sisw[ai] Contoh \d{5}$").all()
    assert named.drop("name").equals(region.roster.drop("name"))


def test_no_pupil_shows_in_the_repr(region):
    text = repr(rejang_lebong(seed=1, names=True))

    assert text == (
        "Region(name='Rejang Lebong', code='17.02', as_of=datetime.date(2024, 9, 3), "
        f"schools=<45 schools>, roster=<{region.roster.height} pupils>, teams=<3 teams>)"
    )


@few
@given(seeds)
def test_recording_days_are_office_days_from_the_sixteenth_birthday(seed):
    policy = EligibilityPolicy()
    holidays, joint_leave = public_holidays(2024)
    recorded = rejang_lebong(seed).roster.filter(pl.col("recorded"))

    for born, day in recorded.select("birth_date", "recorded_on").iter_rows():
        assert policy.opens_on(born) <= day <= REPORTED
        assert day.weekday() < 5
        assert day not in holidays
        assert day not in joint_leave


@few
@given(seeds)
def test_ages_of_a_grade_are_natural(seed):
    roster = rejang_lebong(seed).roster
    age = (pl.lit(REPORTED) - pl.col("birth_date")).dt.total_days() / 365.25
    grades = roster.group_by("grade").agg(
        age.mean().alias("mean"),
        age.std().alias("spread"),
        FIRST_TIMER.mean().alias("old"),
        pl.len(),
    )
    by_grade = {row["grade"]: row for row in grades.iter_rows(named=True)}

    for grade, mean in ((10, 15.8), (11, 16.8), (12, 17.8)):
        assert by_grade[grade]["mean"] == pytest.approx(mean, abs=0.1)
        assert 0.4 < by_grade[grade]["spread"] < 0.65
    assert 0.25 < by_grade[10]["old"] < 0.4
    assert 0.9 < by_grade[11]["old"] < 0.98
    assert by_grade[12]["old"] > 0.99
    assert by_grade[10]["len"] > by_grade[12]["len"]


@few
@given(seeds)
def test_school_sizes_are_plausible(seed):
    region = rejang_lebong(seed)
    sizes = Counter(region.roster["npsn"].to_list())
    size = {school: sizes[school.npsn] for school in region.schools}

    special = [size[s] for s in region.schools if s.level is SchoolLevel.SLB]
    private = [size[s] for s in region.schools if not s.state and s.level is not SchoolLevel.SLB]
    town = [size[s] for s in region.schools if s.state and s.kecamatan == "Curup"]
    assert all(20 <= pupils <= 45 for pupils in special)
    assert all(8 <= pupils <= 300 for pupils in private)
    assert all(120 <= pupils <= 1_500 for pupils in town)
    ordered = sorted(size.values())
    assert sum(ordered) / 45 > 1.1 * ordered[22], "few large and many small: skewed to the right"


def test_schools_near_the_office_have_more_recorded(region):
    place = {school.npsn: school.kecamatan for school in region.schools}
    far = {"Kota Padang", "Padang Ulak Tanding", "Sindang Beliti Ilir", "Sindang Beliti Ulu"}
    first_timers = region.roster.filter(FIRST_TIMER)
    kecamatan = pl.col("npsn").replace_strict(place)

    near = first_timers.filter(kecamatan.str.starts_with("Curup"))["recorded"].mean()
    remote = first_timers.filter(kecamatan.is_in(far))["recorded"].mean()

    assert near > 1.5 * remote
    share = first_timers.group_by("npsn").agg(pl.col("recorded").mean())["recorded"]
    assert share.min() > 0.1
    assert share.max() < 0.9


def test_classes_begin_with_their_grade_and_hold_a_class(region):
    roman = {10: "X", 11: "XI", 12: "XII"}
    classes = region.roster.group_by("npsn", "grade", "class_name").len()

    for _, grade, name, pupils in classes.iter_rows():
        assert name.split()[0] == roman[grade]
        assert 1 <= pupils <= 34


def test_the_married_are_first_timers(region):
    married = region.roster.filter(pl.col("married"))

    assert married.height == 12
    assert married.select(FIRST_TIMER.all()).item()


# The schools


def test_schools_are_those_of_the_table(region):
    rows = {row["npsn"]: row for row in rows_of(region)}

    assert [school.npsn for school in region.schools] == sorted(rows)
    for school in region.schools:
        row = rows[school.npsn]
        assert (school.name, school.level, school.kecamatan) == (
            row["name"],
            row["type"],
            row["kecamatan"],
        )
        assert school.state == (row["status"] == "Negeri")
        assert (school.location.latitude, school.location.longitude) == (
            float(row["lat"]),
            float(row["lon"]),
        )


def test_the_method_of_each_place_is_kept(region):
    methods = Counter(school.location.method for school in region.schools)

    assert methods == {
        LocationMethod.SOURCE: 17,
        LocationMethod.VILLAGE: 15,
        LocationMethod.KECAMATAN: 13,
    }


def test_a_place_outside_its_kecamatan_was_repaired(region):
    """SMA Negeri 3 was published 38 km away from Curup Utara."""
    [school] = [school for school in region.schools if school.npsn == "10700685"]

    assert school.location.method is LocationMethod.VILLAGE
    assert school.location.longitude == pytest.approx(102.51, abs=0.01)


def test_most_schools_have_six_days_and_some_five(region):
    weeks = Counter(school.week_days for school in region.schools)

    assert weeks[6] > 2 * weeks[5] > 10


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


# Chance


def test_seed_one_gives_the_same_pupils_everywhere(region):
    """Pinned: a change here changes every published figure about the sample."""
    assert fingerprint(region.roster) == "c628af8b8080ef68"


def test_hash_seeds_do_not_matter(region):
    code = (
        "import hashlib; from school_ektp.datasets import rejang_lebong; "
        "rows = repr(rejang_lebong(seed=1).roster.rows()).encode(); "
        "print(hashlib.sha256(rows).hexdigest()[:16])"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout.strip() == fingerprint(region.roster)


def test_other_seeds_give_other_pupils_and_the_same_regency(region):
    other = rejang_lebong(seed=2)

    assert fingerprint(other.roster) != fingerprint(region.roster)
    assert other.schools == region.schools
    assert other.teams == region.teams
    assert other.calendar == region.calendar


@pytest.mark.parametrize("seed", [None, "1", 1.0, True])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(InvalidFieldError, match=r"rejang_lebong.seed must be a whole number, got"):
        rejang_lebong(seed)


@given(st.integers(0, 10_000), st.lists(st.integers(0, 1_000), min_size=1).filter(any))
def test_shares_add_up_and_are_off_by_less_than_one(total, weights):
    shares = apportion(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


@given(seeds, st.integers(1, 50))
def test_draws_stay_in_bounds(seed, width):
    rng = Rng(seed)

    for _ in range(20):
        assert 0 <= rng.below(width) < width
        assert -width <= rng.between(-width, width) <= width
        assert -width <= rng.bell(width) <= width
        assert rng.weighted([0, width, 0, 1]) in {1, 3}
    assert sorted(rng.shuffled(range(width))) == list(range(width))


# Holidays


def test_the_holidays_that_ship_are_those_the_calendar_package_knows():
    shipped = public_holidays(2024)
    known = holidays.public_holidays(dt.date(2024, 1, 1), dt.date(2024, 12, 31))

    assert set(shipped.holidays) == set(known.holidays)
    assert set(shipped.joint_leave) == set(known.joint_leave)
    assert (len(shipped.holidays), len(shipped.joint_leave)) == (19, 10)


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
