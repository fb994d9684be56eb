"""The plan as people hold it: sentences, grid and files."""

from __future__ import annotations

import datetime as dt
import math

import attrs
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from school_ektp.errors import InvalidFieldError
from school_ektp.model.calendar import Closure
from school_ektp.model.clock import DaySpan
from school_ektp.model.language import LANGS
from school_ektp.model.risks import Risks
from school_ektp.model.rules import VisitRules
from school_ektp.model.visit import PinnedVisit
from school_ektp.planning.build import build_problem
from school_ektp.report.plan import Plan
from school_ektp.report.priority_text import priority_text
from two_schools import (
    DEMAND,
    FAR,
    FRIDAY,
    LOST,
    MONDAY,
    NEAR,
    SCHOOLS,
    TEAM,
    TUESDAY,
    WEDNESDAY,
    a_plan,
    at_near,
    demand_of,
)


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
            "Tim 1, SMA Dekat: a visit that is fixed is missing",
        ),
        (
            VisitRules(pinned=[UNPLACED]),
            "Tim 1, 9 September 2024: a visit that is fixed is missing",
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


@pytest.mark.parametrize("lang", LANGS)
def test_worth_is_told_as_part_of_the_summary(lang):
    plan = at_near(a_plan())

    assert plan.summary(lang).endswith(plan.worth_text(lang))


def test_a_class_of_the_users_own_is_said_as_it_is():
    assert priority_text("pengurus OSIS", "en") == "pengurus OSIS"
    assert priority_text("final grade", "id") == "kelas akhir"


@pytest.mark.parametrize("date", [dt.date(2024, 9, 2), FRIDAY])
def test_who_waits_where_no_team_can_come_by_a_date_is_told(date, tmp_path):
    """Three wait at a school of an unknown place; by a date before the season nobody is called."""
    plan = at_near(a_plan(rules=VisitRules(reached_by={"Curup": date})))

    (fault,) = plan.violations
    missed = 3 if date == FRIDAY else 33
    assert (fault.rule, fault.amount) == ("reached_by", missed)
    assert f"{missed} pupils are not called by then" in plan.violations_text("en")
    assert Plan.from_json(plan.to_json(tmp_path / "plan.json")).violations == plan.violations


def test_a_floor_lacks_those_who_are_not_expected():
    """Recorded and lacking are the number asked for, as they are shown."""
    risky = a_plan(rules=VisitRules(floors={"Kota Padang": 1.0}), risks=Risks(turnout=0.71))
    plan = risky.with_visit(team="Tim 1", day=MONDAY, site=FAR)

    (fault,) = plan.violations
    assert fault.amount + plan.recorded == fault.limit == 5


def test_rates_of_a_plan_without_a_school_that_can_be_visited_are_those_given():
    plan = a_plan(demand=[demand_of(LOST, 5)], risks=Risks(turnout=0.7, turnout_again=0.5))

    assert "of those called 70.0% come, 50.0% when called again" in plan.summary("en")
