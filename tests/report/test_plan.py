"""The plan as people hold it: sentences, frames, grid, files and edits by hand."""

from __future__ import annotations

import datetime as dt
import math

import attrs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure, VisitCalendar
from school_ektp.model.clock import DaySpan
from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.language import LANGS
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.school import Location, School
from school_ektp.model.team import Team
from school_ektp.model.visit import PinnedVisit
from school_ektp.model.worth import Worth
from school_ektp.plan import frames
from school_ektp.planning.build import build_problem
from school_ektp.planning.problem import PUPIL
from school_ektp.planning.solution import Solution
from school_ektp.report.plan import Plan
from school_ektp.report.priority_text import priority_text

MONDAY, FRIDAY = dt.date(2024, 9, 9), dt.date(2024, 9, 13)
TUESDAY, WEDNESDAY = dt.date(2024, 9, 10), dt.date(2024, 9, 11)
NO_LUCK = Risks.none()
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


def a_plan(
    *, rules=None, demand=DEMAND, teams=(TEAM,), first_day=MONDAY, risks=NO_LUCK, last=FRIDAY
):
    calendar = VisitCalendar(first_day=first_day, last_day=last)
    asked, worth = rules or VisitRules(), Worth(visit=1, team_day=3, driving_hour=0.5)
    problem, names = build_problem(
        SCHOOLS, demand, teams, calendar, rules=asked, worth=worth, risks=risks
    )
    return Plan(
        schools=SCHOOLS, demand=demand, teams=teams, calendar=calendar, rules=asked, worth=worth,
        risks=risks, problem=problem, names=names, solution=Solution(), bound=35 * PUPIL,
    )  # fmt: skip


def at_near(plan, **changes):
    return plan.with_visit(**{"team": "Tim 1", "day": MONDAY, "site": NEAR} | changes)


def test_the_summary_begins_with_who_waits_and_says_what_is_expected():
    plan = at_near(a_plan())

    assert plan.summary("en").splitlines()[:6] == [
        (
            "Of 68 first-timers on 9 September 2024, 30 are recorded and 38 wait; 0 more reach the"
            " recording age by 13 September 2024."
        ),
        (
            "From 9 September 2024 to 13 September 2024, 30 of 38 pupils are expected to be"
            " recorded; nine seasons of ten reach 30 or more."
        ),
        "Coverage: 44.1% on 9 September 2024, 88.2% expected on 13 September 2024.",
        "1 visit to 1 school in 1 team-day by 1 team; the last is on 9 September 2024.",
        "The rest, 8 pupils, are left for the office to call in.",
        "By priority class: 17 by 27 November 2024: 20 of 27; the rest: 10 of 11.",
    ]
    assert plan.summary("id").splitlines()[:2] == [
        (
            "Dari 68 pemula pada 9 September 2024, 30 sudah direkam dan 38 menunggu; 0 lagi"
            " mencapai umur perekaman sampai 13 September 2024."
        ),
        (
            "Dari 9 September 2024 sampai 13 September 2024 diperkirakan 30 dari 38 siswa terekam;"
            " sembilan dari sepuluh musim mencapai 30 atau lebih."
        ),
    ]


def test_the_day_of_the_roster_is_named_where_all_demand_is_of_one():
    dated = tuple(attrs.evolve(one, as_of=dt.date(2024, 9, 3)) for one in DEMAND)
    mixed = (attrs.evolve(DEMAND[0], as_of=dt.date(2024, 9, 3)), *DEMAND[1:])

    assert a_plan(demand=dated).summary("en").startswith("Of 30 first-timers on 3 September 2024")
    assert a_plan(demand=mixed).summary("en").startswith("Of 68 first-timers on 9 September 2024")


def test_the_demo_names_the_figures_of_the_article(hand_plan):
    """6,000 first-timers, 3,000 recorded, 3,000 waiting on 3 September 2024."""
    assert hand_plan.summary("en").splitlines()[0] == (
        "Of 6,000 first-timers on 3 September 2024, 3,000 are recorded and 3,000 wait; 575 more"
        " reach the recording age by 27 November 2024."
    )


def test_those_left_out_are_told_by_reason():
    lines = at_near(a_plan()).summary("en").splitlines()

    assert "Left out are 8 pupils at 2 schools:" in lines
    assert any(line.startswith("- 5 pupils at 1 school: ") for line in lines)
    assert "- 3 pupils at 1 school: where the school lies is not known" in lines


def test_a_plan_at_its_bound_says_that_none_is_worth_more():
    plan = at_near(a_plan())
    best = attrs.evolve(plan, bound=plan.value.total)

    assert (plan.gap > 0, best.gap) == (True, 0.0)
    assert "No plan is worth more." in best.summary("en").splitlines()


def test_a_plan_worth_nothing_tells_the_bound_in_pupils():
    plan = a_plan()

    assert plan.gap == math.inf
    assert "No plan is worth more than 35 pupils." in plan.summary("en").splitlines()


def test_what_is_counted_on_is_named():
    told = a_plan(risks=Risks(turnout_by_school={FAR: 0.5})).summary("en")

    assert (
        "Counted on: of those called 50.0% – 85.0% come, 35.3% – 60.0% when called again, 2.0%"
        " never; 94.1% of the visits take place." in told
    )
    assert "of those called 100.0% come, 100.0% when called again, 0.0% never" in a_plan().summary(
        "en"
    )


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
        "<Plan 2024-09-09 to 2024-09-13: 30 of 38 pupils in 1 team-days, gap 34.6%>"
    )


def test_visits_are_a_frame_of_names_dates_and_times():
    assert at_near(a_plan()).visits.rows(named=True) == [
        {
            "date": MONDAY, "team": "Tim 1", "site": NEAR, "site_name": "SMA Dekat",
            "kecamatan": "Curup", "arrive": dt.time(7, 30), "start": dt.time(7, 30),
            "end": dt.time(9, 30), "minutes": 120, "room": 30, "called": 30, "recorded": 30,
            "recorded_first": 20,
        }
    ]  # fmt: skip


def test_the_schedule_has_a_row_for_each_team_day():
    plan = at_near(at_near(a_plan(), site=FAR), site=NEAR, pupils=6)

    assert plan.schedule.select("site_names", "visits", "recorded").rows() == [
        ("SMA Dekat > SMA Jauh", 2, 11)
    ]
    assert plan.schedule["driving_minutes"].item() > 200


def test_frames_have_their_documented_columns_even_when_empty():
    plan = a_plan(demand=())
    for frame, schema in (
        (plan.visits, frames.VISITS), (plan.schedule, frames.SCHEDULE),
        (plan.left_out, frames.LEFT_OUT), (plan.by_site, frames.BY_SITE),
    ):  # fmt: skip
        assert frame.schema == schema


def test_every_pupil_of_a_school_is_in_one_column():
    by_site = at_near(a_plan()).by_site

    assert by_site.row(0, named=True) == {
        "site": NEAR, "site_name": "SMA Dekat", "level": "SMA", "kecamatan": "Curup",
        "location_method": "SOURCE", "recorded_before": 30, "waiting": 30, "recorded": 30,
        "left_out": 0, "too_young": 4, "set_aside": 1, "visits": 1,
    }  # fmt: skip
    assert by_site["location_method"].to_list()[2] is None


def test_the_grid_counts_pupils_and_tells_closed_days_from_free_ones():
    """Tuesday is a holiday, no school opens on Wednesday, the last day is kept free."""
    plan = at_near(at_near(a_plan(last=dt.date(2024, 9, 16))), site=FAR, day=FRIDAY)
    closed = Closure(DaySpan(WEDNESDAY, WEDNESDAY), "exams")
    calendar = attrs.evolve(plan.calendar, holidays={TUESDAY: "Maulid"}, closures=[closed])
    rules = VisitRules(reserve_days=1)
    problem, _ = build_problem(SCHOOLS, DEMAND, (TEAM,), calendar, rules=rules)
    plan = attrs.evolve(plan, calendar=calendar, rules=rules, problem=problem)
    near, far = plan.visit_list

    assert plan.grid("en").splitlines() == [
        "Pupils per team and day (. free, x closed, - off duty, o kept free, < past)",
        "",
        "Sep 2024   Mon  Tue  Wed  Thu  Fri  Sat  Sun",
        "team         9   10   11   12   13   14   15",
        f"Tim 1       {near.recorded}    x    x    .    {far.recorded}    -    -",
        "",
        "Sep 2024   Mon  Tue  Wed  Thu  Fri  Sat  Sun",
        "team        16   17   18   19   20   21   22",
        "Tim 1        o",
    ]


def test_days_before_today_are_past():
    plan = a_plan()
    past = attrs.evolve(plan, problem=attrs.evolve(plan.problem, today=2))

    assert past.grid("en").splitlines()[-1].split()[2:] == ["<", "<", ".", ".", "."]


def test_a_season_that_begins_midweek_leaves_the_days_before_blank():
    row = a_plan(first_day=dt.date(2024, 9, 11)).grid("en").splitlines()[-1]

    assert row.split()[2:] == [".", ".", "."]


def test_csv_files_read_back(tmp_path):
    plan = at_near(a_plan())
    files = plan.to_csv(tmp_path / "out")

    assert [file.name for file in files] == [
        "visits.csv", "schedule.csv", "by_site.csv", "left_out.csv",
    ]  # fmt: skip
    read = pl.read_csv(files[2], schema=plan.by_site.schema)
    assert_frame_equal(read, plan.by_site)
    assert "07:30" in files[0].read_text(encoding="utf-8")


def test_a_visit_added_moved_and_taken_back_is_judged_at_once():
    plan = at_near(a_plan())
    moved = plan.moved(team="Tim 1", day=MONDAY, site=NEAR, to_day=FRIDAY)
    bare = moved.without_visit(team="Tim 1", day=FRIDAY, site=NEAR)

    assert plan.violations == moved.violations == ()
    assert moved.visits["date"].to_list() == [FRIDAY]
    assert bare.recorded == 0
    assert [visit.site for visit in moved.visit_list] == [NEAR]


def test_an_edit_against_a_rule_is_made_and_told():
    plan = at_near(a_plan(rules=VisitRules(forbidden_pairs={("Tim 1", FAR)})), site=FAR)

    assert [fault.rule for fault in plan.violations] == ["forbidden"]
    assert (
        "Asked for and not kept: Tim 1, 9 September 2024, SMA Jauh: this team may not go to this"
        " school (equipment, or not wanted there)." in plan.summary("en").splitlines()
    )


LATE = PinnedVisit(day=dt.date(2024, 10, 1), team="Tim 1", site=NEAR)
UNPLACED = PinnedVisit(day=MONDAY, team="Tim 1", site=LOST)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (
            VisitRules(pinned=[LATE]),
            "Tim 1, SMA Dekat: a visit that is fixed is missing, or has room for fewer than 0",
        ),
        (
            VisitRules(pinned=[UNPLACED]),
            (
                "Tim 1, 9 September 2024: a visit that is fixed is missing, or has room for fewer"
                " than 0"
            ),
        ),
        (VisitRules(floors={"Kota Padang": 1.0}), "Kota Padang: 5 pupils short of the 5 asked for"),
        (
            VisitRules(reached_by={"Kota Padang": TUESDAY}),
            "10 September 2024, Kota Padang: 5 pupils are not called by then, or find no room",
        ),
    ],
)
def test_what_is_known_and_cannot_be_kept_stands_in_the_summary(rules, told):
    plan = at_near(a_plan(rules=rules))

    assert len(plan.violations) == 1
    assert f"Asked for and not kept: {told}." in plan.summary("en").splitlines()


def test_a_floor_and_a_date_that_are_kept_are_not_told():
    rules = VisitRules(floors={"Kota Padang": 1.0}, reached_by={"Kota Padang": TUESDAY})

    assert at_near(a_plan(rules=rules), site=FAR).violations == ()


# How many are called ------------------------------------------------------------------------


def test_everybody_who_waits_is_called_where_there_is_room():
    plan = at_near(a_plan(risks=Risks()))

    assert plan.visits.select("room", "called").row(0) == (30, 30)


def test_where_room_is_small_as_many_are_called_as_fill_it_and_a_tenth_more():
    """Room for 10 at a turn-out of 0.85 is filled by 11.8, and a tenth more are 13."""
    plan = at_near(a_plan(risks=Risks()), pupils=10)

    assert plan.visits.select("room", "called").row(0) == (10, 13)
    assert plan.shown.called == ((13, 0),)


def test_a_visit_again_calls_those_expected_to_wait_still():
    plan = at_near(at_near(a_plan(risks=Risks())), day=FRIDAY)
    expected = plan.expected[1].waiting

    assert plan.visit_list[1].called == -(-sum(expected) // 100) < 30


def test_two_teams_on_one_day_share_out_those_who_wait():
    second = attrs.evolve(TEAM, name="Tim 2")
    plan = at_near(a_plan(risks=Risks(), teams=(TEAM, second)), pupils=10)
    plan = at_near(plan, team="Tim 2", pupils=40)

    assert [visit.called for visit in plan.visit_list] == [13, 17]


@pytest.mark.parametrize("lang", LANGS)
def test_worth_is_told_as_part_of_the_summary(lang):
    plan = at_near(a_plan())

    assert plan.summary(lang).endswith(plan.worth_text(lang))


def test_the_outlook_is_that_of_the_plan():
    plan = at_near(a_plan(risks=Risks()))

    assert plan.outlook.seasons == 1_000
    assert plan.outlook.p10 <= plan.outlook.p50 <= plan.outlook.p90
    last = plan.outlook.by_date.row(-1, named=True)
    assert (last["planned"], last["p10"], last["p90"]) == (
        plan.recorded,
        plan.outlook.p10,
        plan.outlook.p90,
    )
    assert plan.outlook is plan.outlook


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"team": "Tim 9"}, "Plan.team is not in this plan: 'Tim 9'"),
        ({"site": "10700699"}, "Plan.site is not in this plan"),
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
        plan.without_visit(team="Tim 1", day=MONDAY, site=FAR)


def test_a_class_of_the_users_own_is_said_as_it_is():
    assert priority_text("pengurus OSIS", "en") == "pengurus OSIS"
    assert priority_text("final grade", "id") == "kelas akhir"


def test_plans_are_changed_by_evolving():
    plan = at_near(a_plan())
    moved = plan.moved(team="Tim 1", day=MONDAY, site=NEAR, to_day=FRIDAY)

    assert plan.value.total > moved.value.total  # pupils wait four days longer
