"""The plan as people hold it: sentences, frames, grid, files and edits by hand."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import VisitCalendar
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.planning.build import build_problem
from school_ektp.planning.solution import Solution
from school_ektp.report import frames
from school_ektp.report.plan import Plan
from school_ektp.report.summary import priority_text

MONDAY, FRIDAY = dt.date(2024, 9, 9), dt.date(2024, 9, 13)
TUESDAY = dt.date(2024, 9, 10)
NEAR, FAR, LOST = "10700669", "10700670", "10700671"
CURUP = Location(-3.4726, 102.5202)
PADANG = Location(-3.4247, 102.9758)
SCHOOLS = (
    School(npsn=NEAR, name="SMA Dekat", level="SMA", kecamatan="Curup", location=CURUP),
    School(npsn=FAR, name="SMA Jauh", level="SMA", kecamatan="Kota Padang", location=PADANG),
    School(npsn=LOST, name="MA Entah", level="MA", kecamatan="Curup"),
)
TEAM = Team(name="Tim 1", base=CURUP)


def demand_of(npsn, first, rest=0, later=0, **counts):
    groups = [
        WaitingGroup(priority=0, label="17 by 2024-11-27", steps=[(MONDAY, first)]),
        WaitingGroup(
            priority=1, label="rest", steps=[(MONDAY, rest), (dt.date(2025, 1, 1), later)]
        ),
    ]
    return SchoolDemand(npsn=npsn, groups=groups, **counts)


DEMAND = (
    demand_of(NEAR, 20, 10, later=4, recorded=30, set_aside=1),
    demand_of(FAR, 5),
    demand_of(LOST, 2, 1),
)


def a_plan(*, rules=None, demand=DEMAND, teams=(TEAM,), first_day=MONDAY):
    calendar = VisitCalendar(first_day=first_day, last_day=FRIDAY)
    asked = rules or VisitRules(turnout=1.0)
    problem, names = build_problem(SCHOOLS, demand, teams, calendar, rules=asked)
    return Plan(
        schools=SCHOOLS, demand=demand, teams=teams, calendar=calendar, rules=asked,
        problem=problem, names=names, solution=Solution(), bound=35,
    )  # fmt: skip


def at_near(plan, **changes):
    return plan.with_visit(**{"team": "Tim 1", "day": MONDAY, "npsn": NEAR} | changes)


def test_the_sentence_speaks_of_people_in_both_languages():
    plan = at_near(a_plan())

    assert plan.summary("en").splitlines()[:2] == [
        (
            "From 9 September 2024 to 13 September 2024, 30 of 38 pupils who wait will be recorded"
            " in 1 team-day by 1 team; coverage rises from 44.1% to 88.2%."
        ),
        "First in line (17 by 27 November 2024): 20 of 27 pupils.",
    ]
    assert plan.summary("id").splitlines()[0] == (
        "Dari 9 September 2024 sampai 13 September 2024, 30 dari 38 siswa yang menunggu akan"
        " direkam dalam 1 hari-tim oleh 1 tim; cakupan naik dari 44,1 % menjadi 88,2 %."
    )


def test_those_left_out_are_told_by_reason():
    lines = at_near(a_plan()).summary("en").splitlines()

    assert lines[2:] == [
        "Left out are 8 pupils at 2 schools:",
        "- 5 pupils at 1 school: there is room; the search stopped before using it",
        "- 3 pupils at 1 school: where the school lies is not known",
        "At most 35 pupils can be recorded; this plan falls short of that by 5 pupils.",
    ]


def test_a_plan_at_its_bound_says_that_none_is_better():
    plan = at_near(at_near(a_plan()), npsn=FAR, day=TUESDAY)

    assert plan.gap == 0
    assert "No plan records more: the upper bound is 35 pupils." in plan.summary("en")


def test_turn_out_is_named_where_it_is_not_everyone():
    assert "Expected if 85.0% of those called come." in a_plan(rules=VisitRules()).summary("en")


def test_a_season_in_which_nobody_waits_says_so():
    plan = a_plan(demand=())

    assert plan.summary("id") == (
        "Dari 9 September 2024 sampai 13 September 2024 tidak ada siswa yang menunggu perekaman."
    )
    assert plan.visits.is_empty()


def test_another_language_is_refused():
    with pytest.raises(InvalidFieldError, match="must be 'id' or 'en', got 'fr'"):
        a_plan().summary("fr")


def test_repr_counts_and_names_nobody():
    assert repr(at_near(a_plan())) == (
        "<Plan 2024-09-09 to 2024-09-13: 30 of 38 pupils in 1 team-days, gap 5>"
    )


def test_visits_are_a_frame_of_names_dates_and_times():
    assert at_near(a_plan()).visits.rows(named=True) == [
        {
            "date": MONDAY, "team": "Tim 1", "npsn": NEAR, "school": "SMA Dekat",
            "kecamatan": "Curup", "arrive": dt.time(7, 30), "start": dt.time(7, 30),
            "end": dt.time(9, 30), "minutes": 120, "called": 30, "recorded": 30,
            "recorded_first": 20,
        }
    ]  # fmt: skip


def test_the_schedule_has_a_row_for_each_team_day():
    plan = at_near(at_near(a_plan(), npsn=FAR), npsn=NEAR, pupils=6)

    assert plan.schedule.select("schools", "visits", "recorded").rows() == [
        ("SMA Dekat > SMA Jauh", 2, 11)
    ]
    assert plan.schedule["driving_minutes"].item() > 200


def test_frames_have_their_documented_columns_even_when_empty():
    plan = a_plan(demand=())
    for frame, schema in (
        (plan.visits, frames.VISITS), (plan.schedule, frames.SCHEDULE),
        (plan.left_out, frames.LEFT_OUT), (plan.by_school, frames.SCHOOLS),
    ):  # fmt: skip
        assert frame.schema == schema


def test_every_pupil_of_a_school_is_in_one_column():
    by_school = at_near(a_plan()).by_school

    assert by_school.row(0, named=True) == {
        "npsn": NEAR, "school": "SMA Dekat", "level": "SMA", "kecamatan": "Curup",
        "location_method": "SOURCE", "recorded_before": 30, "waiting": 30, "recorded": 30,
        "left": 0, "too_young": 4, "set_aside": 1, "visits": 1,
    }  # fmt: skip
    assert by_school["location_method"].to_list()[2] is None


def test_the_grid_counts_the_pupils_of_the_plan():
    plan = at_near(at_near(a_plan()), npsn=FAR, day=FRIDAY)

    assert plan.grid("en").splitlines() == [
        "Pupils per team and day (- off, . free)",
        "",
        "Sep 2024   Mon  Tue  Wed  Thu  Fri  Sat  Sun",
        "team         9   10   11   12   13   14   15",
        "Tim 1       30    .    .    .    5",
    ]


def test_a_season_that_begins_midweek_leaves_the_days_before_blank():
    row = a_plan(first_day=dt.date(2024, 9, 11)).grid("en").splitlines()[-1]

    assert row.split()[2:] == [".", ".", "."]


def test_csv_files_read_back(tmp_path):
    plan = at_near(a_plan())
    files = plan.to_csv(tmp_path / "out")

    assert [file.name for file in files] == [
        "visits.csv", "schedule.csv", "by_school.csv", "left_out.csv",
    ]  # fmt: skip
    read = pl.read_csv(files[2], schema=plan.by_school.schema)
    assert_frame_equal(read, plan.by_school)
    assert "07:30" in files[0].read_text(encoding="utf-8")


def test_a_visit_added_moved_and_taken_back_is_judged_at_once():
    plan = at_near(a_plan())
    moved = plan.moved(team="Tim 1", day=MONDAY, npsn=NEAR, to_day=FRIDAY)
    bare = moved.without_visit(team="Tim 1", day=FRIDAY, npsn=NEAR)

    assert plan.violations == moved.violations == ()
    assert moved.visits["date"].to_list() == [FRIDAY]
    assert bare.recorded == 0
    assert [visit.npsn for visit in moved.visit_list] == [NEAR]


def test_an_edit_against_a_rule_is_made_and_told():
    plan = at_near(a_plan(rules=VisitRules(turnout=1.0, fewest_pupils=9)), npsn=FAR)

    assert [fault.rule for fault in plan.violations] == ["fewest_pupils"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"team": "Tim 9"}, "Plan.team is not in this plan: 'Tim 9'"),
        ({"npsn": "10700699"}, "Plan.npsn is not in this plan"),
        ({"day": dt.date(2025, 1, 1)}, "Plan.day must lie in the season, got 2025-01-01"),
    ],
)
def test_an_edit_of_something_unknown_is_refused(changes, fault):
    with pytest.raises(InvalidFieldError, match=fault):
        at_near(a_plan(), **changes)


def test_an_edit_that_finds_no_place_is_refused():
    plan = at_near(a_plan())
    with pytest.raises(InvalidFieldError, match="no place for Tim 1 at 10700669 on 2024-09-10"):
        at_near(plan, day=TUESDAY)
    with pytest.raises(InvalidFieldError, match="is not planned: Tim 1 at 10700670"):
        plan.without_visit(team="Tim 1", day=MONDAY, npsn=FAR)


def test_a_class_of_the_users_own_is_said_as_it_is():
    assert priority_text("pengurus OSIS", "en") == "pengurus OSIS"
    assert priority_text("final grade", "id") == "kelas akhir"


def test_plans_are_changed_by_evolving():
    plan = a_plan()

    assert attrs.evolve(plan, bound=40).gap == 40
