"""The whole chain: same input, same plan; bad input, one clear error; nothing lost."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import school_ektp as ek
from school_ektp import workflow
from school_ektp.errors import InvalidFieldError, ProblemError
from school_ektp.planning.problem import PUPIL

REGION = ek.datasets.rejang_lebong(seed=1)
STOP = ek.MaxIterations(60)
#: A part of the sample that is planned in half a second: twelve schools, two teams, four weeks.
SCHOOLS = REGION.schools[:12]
TEAMS = REGION.teams[:2]
CALENDAR = attrs.evolve(REGION.calendar, last_day=REGION.first_day + dt.timedelta(days=26))
PLANNED = """
import hashlib
import school_ektp as ek
region = ek.datasets.rejang_lebong(seed=1)
schools = region.schools[:12]
known = {school.npsn for school in schools}
demand = [one for one in region.demand() if one.npsn in known]
plan = ek.plan_visits(schools, demand, region.teams, region.calendar, stop=ek.MaxIterations(60))
print(hashlib.sha256(repr(plan.solution).encode()).hexdigest())
"""


def demand_in(schools, region=REGION):
    known = {school.npsn for school in schools}
    return [one for one in region.demand() if one.npsn in known]


def planned(**changes):
    """Plan the part of the sample, or what is given in the place of its schools, teams, days."""
    schools = changes.pop("schools", SCHOOLS)
    given_parts = {
        "demand": demand_in(schools),
        "teams": TEAMS,
        "calendar": CALENDAR,
        "stop": STOP,
    }
    return ek.plan_visits(schools, **given_parts | changes)


@pytest.fixture(scope="module")
def plan():
    """Give the plan of the part of the sample with nothing changed."""
    return planned()


def fingerprint(hash_seed):
    done = subprocess.run(
        [sys.executable, "-c", PLANNED],
        capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
    )  # fmt: skip
    return done.stdout


def test_the_same_seed_gives_the_same_plan_in_every_process():
    assert fingerprint("1") == fingerprint("2")


def test_the_order_of_schools_pupils_and_teams_is_irrelevant(plan):
    turned = attrs.evolve(REGION, roster=REGION.roster.reverse())

    other = planned(
        schools=SCHOOLS[::-1], demand=demand_in(SCHOOLS, turned)[::-1], teams=TEAMS[::-1]
    )

    assert plan.solution == other.solution
    assert plan.summary("en") == other.summary("en")


def test_another_seed_may_give_another_plan_and_both_hold(plan):
    plans = [plan, planned(seed=1)]

    assert [one.violations for one in plans] == [(), ()]
    assert all(one.gap >= 0 for one in plans)


def test_a_plan_without_more_words_suits_an_office(capsys):
    """The six lines of the first page: no rule, no worth, no stop is given."""
    few = SCHOOLS[:3]

    plan = ek.plan_visits(few, demand_in(few), TEAMS, CALENDAR)

    assert plan.visit_list
    assert plan.worth == ek.Worth.balanced()
    assert plan.risks == ek.Risks()
    assert capsys.readouterr().out == ""


def test_the_sample_begins_with_the_figures_of_the_article():
    plan = planned(schools=REGION.schools, teams=REGION.teams, calendar=REGION.calendar)

    assert plan.waiting == REGION.roster.height - 3000 - 1593
    assert plan.recorded == sum(visit.recorded for visit in plan.visit_list)
    assert 0.85 * plan.waiting < plan.recorded < 0.98 * plan.waiting  # 2 % never come
    assert plan.summary("en").startswith(
        "Of 6,000 first-timers on 3 September 2024, 3,000 are recorded and 3,000 wait; 575 more"
    )
    assert plan.value.total <= plan.bound


@pytest.mark.parametrize("worth", [ek.Worth.thorough(), ek.Worth.thrifty(), ek.Worth.pupils()])
def test_worth_and_risks_reach_the_plan(worth):
    plan = planned(worth=worth, risks=ek.Risks.none())

    assert plan.worth == worth
    assert plan.worth_text("en") in plan.summary("en")
    assert plan.outlook.p10 == plan.outlook.p90 == plan.recorded  # nothing goes wrong


def test_progress_is_reported_in_value():
    """Up to what rounding by group makes of it: the search pools groups that count alike."""
    steps = []

    plan = planned(on_progress=steps.append)

    values = [progress.value for progress in steps]
    assert values == sorted(values)
    assert steps[-1].done == pytest.approx(1, abs=0.05)
    assert values[-1] / PUPIL == pytest.approx(plan.value.total / PUPIL, abs=1)


def test_a_warm_start_is_never_worse(plan):
    again = planned(start=plan, stop=ek.MaxIterations(5), seed=9)

    assert again.value.rank >= plan.value.rank


def test_a_visit_pinned_from_a_plan_is_kept(plan):
    visit = plan.visit_list[0]
    pin = ek.PinnedVisit(day=visit.day, team=visit.team, site=visit.site)

    again = planned(rules=ek.VisitRules(pinned=[pin]), seed=5)

    visits = {(one.day, one.team, one.site) for one in again.visit_list}
    assert (visit.day, visit.team, visit.site) in visits


HOLIDAY = dt.date(2024, 9, 16)


@pytest.mark.parametrize(
    ("rules", "unkept"),
    [
        (
            {"pinned": [ek.PinnedVisit(day=HOLIDAY, team="Tim 1", site=REGION.schools[0].npsn)]},
            "a visit that is fixed is missing",
        ),
        ({"floors": {"Curup": 1.0}}, "pupils short of the"),
        ({"reached_by": {"Curup": REGION.first_day}}, "pupils are not called by then"),
    ],
)
def test_what_is_known_and_cannot_be_kept_warns_and_stands_in_the_summary(rules, unkept):
    with pytest.warns(ek.errors.SchoolEktpWarning, match=unkept):
        plan = planned(rules=ek.VisitRules(**rules))

    assert plan.violations
    assert unkept in plan.summary("en")
    assert plan.visit_list  # what can be kept is kept


def test_a_limit_in_seconds_covers_building_and_bound(monkeypatch):
    order = []

    class Watched:
        def start(self):
            order.append("clock")
            return lambda _progress: True

    for name in ("build_problem", "bounded", "solve"):
        real = getattr(workflow, name)

        def traced(*parts, name=name, real=real, **options):
            order.append(name)
            return real(*parts, **options)

        monkeypatch.setattr(workflow, name, traced)

    planned(stop=Watched())

    assert order == ["clock", "build_problem", "bounded", "solve"]


def test_what_is_unknown_is_an_error():
    pin = ek.PinnedVisit(day=HOLIDAY, team="Tim 9", site=REGION.schools[0].npsn)

    with pytest.raises(ProblemError, match="pinned visit of team 'Tim 9', which is not among"):
        planned(rules=ek.VisitRules(pinned=[pin]))


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.data())
def test_every_row_of_any_roster_is_accounted_for(seed, data):
    """Any part of any sample, some rows damaged: rows in are rows in exactly one place."""
    rows = data.draw(st.lists(st.integers(0, REGION.roster.height - 1), max_size=60))
    roster = REGION.roster[rows].with_columns(
        pl.when(pl.int_range(pl.len()) % 7 == seed % 7)
        .then(None)
        .otherwise(pl.col("birth_date"))
        .alias("birth_date")
    )
    checked = ek.check_roster(roster, schools=REGION.schools, on=REGION.as_of)
    demand = ek.demand_of(checked.valid, on=REGION.as_of)
    calendar = attrs.evolve(CALENDAR, closures=())

    plan = planned(
        schools=REGION.schools, demand=demand, calendar=calendar, stop=ek.MaxIterations(3)
    )

    assert ek.counts.pupil_account(checked, plan).difference == 0
    assert checked.rows_read == len(rows)


# Bad input ----------------------------------------------------------------------------------


def a_roster(**columns):
    given_columns = {
        "student_id": ["a"], "npsn": ["10700669"], "birth_date": [dt.date(2008, 1, 1)],
    }  # fmt: skip
    return pl.DataFrame(given_columns | columns)


def rules_found(roster):
    checked = ek.check_roster(roster, schools=REGION.schools, on=REGION.as_of)
    assert checked.rows_read == roster.height
    return set(checked.issues["rule"])


def test_an_empty_roster_is_an_issue_and_its_plan_says_that_nobody_waits():
    empty = a_roster().clear()

    assert rules_found(empty)
    assert "no pupil waits" in planned(demand=ek.demand_of(REGION.roster.clear())).summary("en")


def test_a_pupil_of_an_unknown_school_is_an_issue_and_its_demand_an_error():
    assert rules_found(a_roster(npsn=["99999999"]))
    with pytest.raises(ProblemError, match="demand of school 99999999, which is not among"):
        planned(demand=[ek.SchoolDemand(npsn="99999999", groups=[])])


def test_a_duplicate_pupil_is_an_issue():
    twice = pl.concat([a_roster(), a_roster()])

    assert rules_found(twice)


def test_columns_a_roster_lacks_are_all_named():
    with pytest.raises(ek.errors.RosterSchemaError, match=r"(?s)npsn.*missing.*birth_date.*missing|"
                       r"birth_date.*missing.*npsn.*missing"):  # fmt: skip
        ek.check_roster(a_roster().select("student_id"), schools=REGION.schools, on=REGION.as_of)


def test_a_school_without_a_location_is_left_out_by_name():
    lost = attrs.evolve(SCHOOLS[0], location=None)

    plan = planned(schools=[lost, *SCHOOLS[1:]])

    assert set(plan.left_out.filter(site=lost.npsn)["reason"]) == {"no_location"}


def test_a_closure_of_a_school_that_is_not_there_is_an_error():
    slip = ek.Closure(CALENDAR.span, "ujian", npsn="10700000")
    calendar = attrs.evolve(CALENDAR, closures=[*CALENDAR.closures, slip])

    with pytest.raises(ProblemError, match="closure 'ujian' at school 10700000, which is not"):
        planned(calendar=calendar)


def test_no_working_day_is_an_error():
    idle = [attrs.evolve(team, away=[CALENDAR.span]) for team in TEAMS]

    with pytest.raises(ProblemError, match="no working day"):
        planned(teams=idle)


def test_no_team_no_kit_no_season_and_a_point_in_the_sea_are_errors():
    base = REGION.teams[0].base
    with pytest.raises(ProblemError, match="no team is given"):
        planned(teams=[])
    with pytest.raises(ek.errors.InvalidFieldError, match="kits must be a whole number at least 1"):
        ek.Team(name="A", base=base, kits=0)
    with pytest.raises(ek.errors.InvalidFieldError, match="must not be before the first day"):
        ek.VisitCalendar(first_day=dt.date(2024, 9, 9), last_day=dt.date(2024, 9, 8))
    with pytest.raises(ek.errors.InvalidFieldError, match="finite"):
        ek.Location(float("nan"), 102.5)
    with pytest.raises(ek.errors.InvalidFieldError, match="both 0"):
        ek.Location(0, 0)
    with pytest.raises(ek.errors.InvalidFieldError, match="look swapped"):
        ek.Location(102.5, -3.4)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"teams": TEAMS[:1]}, "teams"),
        ({"calendar": attrs.evolve(CALENDAR, last_day=dt.date(2024, 9, 20))}, "days"),
        ({"schools": SCHOOLS[:9]}, "schools"),
    ],
)
def test_a_plan_of_something_else_is_no_start(changes, what, plan):
    with pytest.raises(InvalidFieldError, match=f"start must be a plan of the same {what}"):
        planned(start=plan, **changes)
