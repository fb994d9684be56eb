"""Every roster row is in exactly one place, whatever the roster and the plan."""

from __future__ import annotations

import datetime as dt

import attrs
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from plan_of import plan_of
from school_ektp.datasets import rejang_lebong
from school_ektp.plan.account import pupil_account
from school_ektp.planning.edit import with_visit
from school_ektp.roster.check import check_roster
from school_ektp.roster.demand import demand_of

REGION = rejang_lebong(seed=3)
CALENDAR = attrs.evolve(REGION.calendar, closures=())
NPSNS = [school.npsn for school in REGION.schools[:3]] + ["99999999", None]
BIRTHS = st.none() | st.dates(dt.date(2005, 1, 1), dt.date(2012, 12, 31))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "e", "f", "g"]),
        st.sampled_from(NPSNS),
        BIRTHS,
        st.booleans(),
    ),
    max_size=12,
)


def planned(roster, places):
    demand = demand_of(roster, on=REGION.as_of)
    plan = plan_of(REGION.schools, demand, REGION.teams, CALENDAR, rules=REGION.rules)
    solution = plan.solution
    for team, day, site in places:
        if site < len(plan.problem.sites):
            added = with_visit(plan.problem, solution, team=team, day=day, site=site)
            solution = added or solution
    return attrs.evolve(plan, solution=solution)


@given(
    ROWS,
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 79), st.integers(0, 2)), max_size=4),
)
def test_rows_read_are_recorded_served_waiting_too_young_or_set_aside(rows, places):
    schema = {
        "student_id": pl.String, "npsn": pl.String, "birth_date": pl.Date, "recorded": pl.Boolean,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    checked = check_roster(frame, schools=REGION.schools, on=REGION.as_of)

    found = pupil_account(checked, planned(checked.valid, places))

    assert found.rows_read == len(rows)
    assert found.difference == 0
    assert found.to_frame()["rows"].sum() == len(rows)
    assert min(found.to_frame()["rows"]) >= 0


def test_the_sample_sums_to_its_published_figures():
    checked = check_roster(REGION.roster, schools=REGION.schools, on=REGION.as_of)

    found = pupil_account(checked, planned(checked.valid, [(0, 1, 0)]))

    assert found.recorded_before == 3000
    assert found.difference == 0
    assert found.served > 0


def test_a_plan_of_another_roster_does_not_balance():
    checked = check_roster(REGION.roster, schools=REGION.schools, on=REGION.as_of)
    plan = planned(REGION.roster.head(10), [])

    assert pupil_account(checked, attrs.evolve(plan)).difference == REGION.roster.height - 10
