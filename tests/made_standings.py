"""A season of one school of twenty, played: who waits where after some outcomes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import strategies as st

from school_ektp.model.demand import SchoolDemand, WaitingGroup
from school_ektp.model.outcome import OfficeOutcome, Outcome
from school_ektp.season.ledger import Ledger
from school_ektp.season.pupil_places import PLACES
from school_ektp.season.rosters import CountedRoster
from school_ektp.season.standing import standing

MONDAY = dt.date(2024, 9, 9)
DAYS = [MONDAY + dt.timedelta(days=number) for number in range(12)]
SITE = "10700669"


def where(plan, *records, on=DAYS[11], demand=None, later=(), people=(), visits=()):
    rosters = [CountedRoster(on=MONDAY, demand=demand or plan.demand), *later]
    ledger, _ = Ledger().recorded(records)
    return standing(plan, rosters, ledger, visits, on=on, people=people)


def at(day=0, **counts):
    return Outcome(day=DAYS[day], team="Tim 1", site=SITE, **counts)


def places(found):
    return {name: found.places[SITE, name] for name in PLACES if found.places[SITE, name]}


def group(pupils, priority=0, class_name="", day=MONDAY):
    return WaitingGroup(
        priority=priority, label=str(priority), class_name=class_name, steps=[(day, pupils)]
    )


@pytest.fixture
def twenty(season, make):
    """Give the plan of a school of twenty pupils without a visit, twelve days long."""
    return season(demand=[make.demand(pupils=20)], days=12, iterations=0)


counts = st.integers(0, 9)
records = st.builds(
    lambda day, team, walk_ins, **values: Outcome(
        day=DAYS[day],
        team=team,
        site=SITE,
        walk_ins=min(walk_ins, values["recorded"]),
        **values,
    ),
    day=st.integers(0, 9),
    team=st.sampled_from(["Tim 1", "Tim 9"]),
    class_name=st.sampled_from(["", "XI", "XII"]),
    recorded=counts,
    failed=st.integers(0, 2),
    absent=st.none() | counts,
    already_recorded=st.integers(0, 2),
    elsewhere=st.integers(0, 2),
    walk_ins=st.integers(0, 3),
)
office = st.builds(
    lambda day, recorded: OfficeOutcome(day=DAYS[day], site=SITE, recorded=recorded),
    st.integers(0, 9),
    counts,
)
demands = st.builds(
    lambda groups, recorded: SchoolDemand(npsn=SITE, groups=groups, recorded=recorded),
    st.lists(
        st.builds(
            lambda pupils, rank, name, day: group(pupils, rank, name, DAYS[day]),
            st.integers(0, 15), st.integers(0, 1), st.sampled_from(["XI", "XII"]),
            st.integers(0, 11),
        ),
        max_size=4,
    ),
    st.integers(0, 20),
)  # fmt: skip
rosters = st.builds(
    lambda day, demand, knows: CountedRoster(
        on=DAYS[day], demand=[demand], knows_recorded=knows
    ),
    st.integers(1, 10), demands, st.booleans(),
)  # fmt: skip
